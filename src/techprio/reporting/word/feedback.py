"""The page back to an expert: own weights beside the group's, what to look at again."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from techprio.csv_text import clean
from techprio.display.quantities import Column, Table, Words, render
from techprio.language import Language, Text, resolve_language, text
from techprio.model.catalog import TECHNOLOGY_NAME, Catalog
from techprio.model.criteria import CriteriaTree
from techprio.model.forms import (
    GROUP_HALF,
    GROUP_MEDIAN,
    GROUP_WEIGHT,
    JUDGED_CRITERION,
    MEANING,
    OWN_BAR,
    OWN_SCORE,
    OWN_WEIGHT,
    PROPOSED,
    STATED_JUDGMENT,
    Expert,
)
from techprio.model.scale import NODE_NAME
from techprio.model.weights import CONSISTENCY_RATIO
from techprio.reporting.word.document import without_clock
from techprio.reporting.word.styles import TABLE, new_document, set_page, set_styles, text_width
from techprio.reporting.word.table_xml import table_xml

ACCEPTED = 0.10


@dataclass(frozen=True)
class Feedback:
    """What goes back to an expert; nothing in it shows a single other expert.

    Parameters
    ----------
    expert : Expert
    code : str
        Six letters that the page showed when the answers were saved; may be empty.
    pairs, scores, halves : (answered, asked)
    unknown, findings : int
    weights : sequence of (node, criterion, own, group)
        Local weights; the group is NaN below five answers.
    ratios : mapping of node to float
    revisions : sequence of rows of :func:`~techprio.weighting.revise.best_single_revision`
        One a node at most.
    far : DataFrame
        ``sector, technology, criterion, value, median, low, high``: scores two steps or more from the
        median, with the middle half of the group.
    """

    expert: Expert
    code: str
    pairs: tuple[int, int]
    scores: tuple[int, int]
    unknown: int
    findings: int
    weights: Sequence[tuple[str, str, float, float]]
    ratios: Mapping[str, float]
    revisions: Sequence[Mapping[str, Any]]
    far: pd.DataFrame
    halves: tuple[int, int] = (0, 0)


def feedback_bytes(
    feedback: Feedback, tree: CriteriaTree, catalog: Catalog, language: Language | None = None
) -> bytes:
    """Return the page for an expert as a Word document."""
    language = resolve_language(language)
    document = new_document()
    set_styles(document, language)
    set_page(document.sections[0], wide=False)
    document.core_properties.author = "techprio"
    title = text("Your answers: {name}", name=feedback.expert.name)
    document.add_heading(clean(title.render(language)), level=1)
    for words in _received(feedback):
        document.add_paragraph(clean(render(words, language)))
    tables = (
        _weights(feedback, tree),
        _consistency(feedback, tree),
        _revisions(feedback.revisions, tree),
        _far(feedback.far, tree, catalog),
    )
    for table in tables:
        document.add_heading(clean(render(table.title, language)), level=2)
        if not table.rows:
            document.add_paragraph(clean(text("Nothing stands out here.").render(language)))
            continue
        width = text_width(document.sections[0])
        element = table_xml(table, language, width=width, points=TABLE.pt)
        document._body._body.insert_element_before(element, "w:sectPr")
        for note in table.notes:
            document.add_paragraph(clean(render(note, language)))
    stream = io.BytesIO()
    document.save(stream)
    return without_clock(stream.getvalue())


def _received(feedback: Feedback) -> list[Text]:
    """Say what was read: counts, what is open, the code to compare."""
    lines = [
        text("Thank you. Below stands what was read of your answers; nothing was changed."),
        text(
            "Comparisons: {judged} of {pairs}; scores: {scored} of {scores}; don't know: {unknown}.",
            judged=feedback.pairs[0], pairs=feedback.pairs[1], scored=feedback.scores[0],
            scores=feedback.scores[1], unknown=feedback.unknown,
        ),
    ]  # fmt: skip
    answered, asked = feedback.halves
    if asked:
        lines.append(text("Values of bisection: {answered} of {asked}.", answered=answered, asked=asked))
    counts = (feedback.pairs, feedback.scores, feedback.halves)
    missing = sum(asked - answered for answered, asked in counts) - feedback.unknown
    if missing > 0:
        lines.append(text("Still open: {count} questions. You may send them later.", count=missing))
    if feedback.findings:
        lines.append(
            text("{count} answers could not be read and are counted as open.", count=feedback.findings)
        )
    if feedback.code:
        lines.append(
            text("Code of your answers: {code}. It is the one that your page showed.", code=feedback.code)
        )
    return lines


def _node(tree: CriteriaTree, node: str) -> Words:
    return text("heads of criteria") if node == tree.root else tree.by_id[node].label


def _weights(feedback: Feedback, tree: CriteriaTree) -> Table:
    rows = [
        (_node(tree, node), tree.by_id[name].label, own, None if group != group else group, _bar(own))
        for node, name, own, group in feedback.weights
    ]
    hidden = any(row[3] is None for row in rows)
    note = text("The group is shown from five answers on.")
    columns = [
        *(Column(NODE_NAME, 26), Column(JUDGED_CRITERION, 34), OWN_WEIGHT, GROUP_WEIGHT),
        Column(OWN_BAR, 28),
    ]
    return Table.of("weights", text("Weights"), columns, rows, notes=(note,) if hidden else ())


def _bar(weight: float) -> str:
    return "█" * max(round(12 * weight), 1 if weight > 0 else 0)


def _consistency(feedback: Feedback, tree: CriteriaTree) -> Table:
    rows = [(_node(tree, node), ratio, _meaning(ratio)) for node, ratio in feedback.ratios.items()]
    columns = [Column(NODE_NAME, 30), CONSISTENCY_RATIO, Column(MEANING, 60)]
    note = text("Random index of Saaty 1980; up to 0.10 is accepted as a rule.")
    return Table.of(
        "consistency", text("How well your comparisons fit each other"), columns, rows, notes=(note,)
    )


def _meaning(ratio: float) -> Text:
    if ratio <= ACCEPTED:
        return text("the answers fit each other")
    if ratio < 1:
        return text("some answers do not fit each other; see below")
    return text("the answers fit no better than chance; see below")


def _revisions(rows: Sequence[Mapping[str, Any]], tree: CriteriaTree) -> Table:
    shown = [
        (
            _node(tree, row["node"]),
            _judged(tree, row["preferred"], row["other"], row["strength"]),
            _judged(tree, row["proposed_preferred"], row["proposed_other"], row["proposed_strength"]),
        )
        for row in rows
    ]
    columns = [Column(NODE_NAME, 24), Column(STATED_JUDGMENT, 34), Column(PROPOSED, 34)]
    notes = [
        text(
            "One comparison a group: the one whose change alone helps most. "
            "Keep it if you are sure; you decide."
        )
    ]
    if any(not row["clears"] for row in rows):
        notes.append(text("Where the ratio stays above 0.10 with it, no single change is enough."))
    return Table.of("revisions", text("A comparison to look at again"), columns, shown, notes=tuple(notes))


def _judged(tree: CriteriaTree, preferred: str, other: str, strength: float) -> Text:
    names = {"one": tree.by_id[preferred].label, "other": tree.by_id[other].label}
    if strength == 1:
        return text("{one} and {other}: equal", **names)
    return text("{one} over {other}: {strength}", **names, strength=round(float(strength), 1))


def _far(frame: pd.DataFrame, tree: CriteriaTree, catalog: Catalog) -> Table:
    names = {name: catalog.label(name) for name in frame["technology"].unique()}
    rows = [
        (
            names[row.technology],
            tree.by_id[row.criterion].label,
            float(row.value),
            float(row.median),
            text("{low} to {high}", low=float(row.low), high=float(row.high)),
        )
        for row in frame.itertuples(index=False)
    ]
    columns = [
        *(Column(TECHNOLOGY_NAME, 36), Column(JUDGED_CRITERION, 30), OWN_SCORE, Column(GROUP_MEDIAN, 14)),
        Column(GROUP_HALF, 16),
    ]
    note = text("Two steps or more from the median. You may know more than the others: say why in the note.")
    return Table.of("far", text("Scores far from the group"), columns, rows, notes=(note,))
