"""The page back to an expert: own weights beside the group's, what to look at again."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd

from techprio.csv_text import clean
from techprio.display.quantities import Column, Quantity, Table, Words, render
from techprio.language import Language, Text, resolve_language, text
from techprio.model.catalog import TECHNOLOGY
from techprio.model.criteria import CriteriaTree
from techprio.model.forms import Expert
from techprio.model.scale import CRITERION, CRITERION_NAME, NODE_NAME
from techprio.model.weights import Weights
from techprio.reporting.word.document import without_clock
from techprio.reporting.word.styles import TABLE, set_page, set_styles, text_width
from techprio.reporting.word.table_xml import table_xml

OWN_WEIGHT = Quantity("own_weight", text("You"), text("Weight by your own answers."), "share")
GROUP_WEIGHT = Quantity("group_weight", text("Group"), text("Weight by the answers of all."), "share")
OWN_BAR = Quantity("own_bar", text("Your weight"), text("Weight by your own answers, as a bar."))
STATED_JUDGMENT = Quantity("stated_judgment", text("You stated"), text("Your own comparison."))
IMPLIED_JUDGMENT = Quantity(
    "implied_judgment", text("Your other answers imply about"), text("What your other comparisons add up to.")
)
OWN_SCORE = Quantity("own_score", text("Your score"), text("The score that you gave."), "number")
GROUP_MEDIAN = Quantity(
    "median", text("Median of the group"), text("Half of the group gave no more, half no less."), "number"
)


def feedback_bytes(
    expert: Expert,
    weights: Weights,
    tree: CriteriaTree,
    *,
    revisions: pd.DataFrame,
    far: pd.DataFrame,
    language: Language | None = None,
) -> bytes:
    """Return the page for an expert as a Word document.

    Parameters
    ----------
    expert : Expert
    weights : Weights
        Of the whole panel, this expert in it.
    tree : CriteriaTree
    revisions : DataFrame
        Judgments of this expert to look at again; may be empty.
    far : DataFrame
        ``technology, criterion, value, median``: scores two steps or more from the median of the group.
    language : {"vi", "en"}, optional
    """
    import docx

    language = resolve_language(language)
    document = docx.Document()
    set_styles(document, language)
    set_page(document.sections[0], wide=False)
    document.core_properties.author = "techprio"
    title = text("Your answers: {name}", name=expert.name)
    document.add_heading(clean(title.render(language)), level=1)
    _paragraph(
        document,
        text("Thank you. Below your weights stand beside those of the group; nothing was changed."),
        language,
    )
    for table in (_weights(expert, weights, tree), _revisions(revisions, tree), _far(far, tree)):
        document.add_heading(clean(render(table.title, language)), level=2)
        if not table.rows:
            _paragraph(document, text("Nothing stands out here."), language)
            continue
        width = text_width(document.sections[0])
        element = table_xml(table, language, width=width, points=TABLE.pt)
        document._body._body.insert_element_before(element, "w:sectPr")
        for note in table.notes:
            _paragraph(document, note, language)
    stream = io.BytesIO()
    document.save(stream)
    return without_clock(stream.getvalue())


def _paragraph(document: Any, words: Words, language: Language) -> None:
    document.add_paragraph(clean(render(words, language)))


def _weights(expert: Expert, weights: Weights, tree: CriteriaTree) -> Table:
    own = weights.by_expert.loc[expert.code]
    rows = [
        (name, tree.by_id[name].label, float(own[name]), float(value), _bar(float(own[name])))
        for name, value in weights.overall.items()
    ]
    columns = [CRITERION, Column(CRITERION_NAME, 38), OWN_WEIGHT, GROUP_WEIGHT, Column(OWN_BAR, 28)]
    return Table.of("weights", text("Weights"), columns, rows)


def _bar(weight: float) -> str:
    return "█" * max(round(100 * weight / 2), 1 if weight > 0 else 0)


def _revisions(frame: pd.DataFrame, tree: CriteriaTree) -> Table:
    rows = [
        (
            text("heads of criteria") if row.node == tree.root else tree.by_id[row.node].label,
            _judged(row.preferred, row.other, row.strength),
            _judged(row.proposed_preferred, row.proposed_other, row.proposed_strength),
        )
        for row in frame.itertuples(index=False)
    ]
    columns = [Column(NODE_NAME, 30), Column(STATED_JUDGMENT, 26), Column(IMPLIED_JUDGMENT, 26)]
    note = text("They fit the other answers least. Keep them if you are sure; you decide.")
    return Table.of("revisions", text("Judgments to look at again"), columns, rows, notes=(note,))


def _judged(preferred: str, other: str, strength: float) -> Text:
    return text(
        "{one} over {other}: {strength}", one=preferred, other=other, strength=round(float(strength), 1)
    )


def _far(frame: pd.DataFrame, tree: CriteriaTree) -> Table:
    named = frame.assign(criterion_name=[tree.by_id[name].label for name in frame["criterion"]])
    columns = [TECHNOLOGY, Column(CRITERION_NAME, 40), OWN_SCORE, Column(GROUP_MEDIAN, 14)]
    note = text("Two steps or more from the median. You may know more than the others: say why in the note.")
    return Table.from_frame(
        "far",
        text("Scores far from the group"),
        columns,
        named.rename(columns={"value": "own_score"}),
        notes=(note,),
    )
