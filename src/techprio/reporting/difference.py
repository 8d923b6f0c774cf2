"""The files of a comparison: tables, a workbook, a chart, the record, and what a consultation moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from techprio.csv_text import frame_csv
from techprio.display.quantities import Column, Quantity, Table
from techprio.errors import InputError
from techprio.inputs.report_tables import CommentRow
from techprio.language import Language, Text, resolve_language, text
from techprio.model.acceptability import CLASS_WORDS
from techprio.model.catalog import SECTOR, TECHNOLOGY
from techprio.model.difference import (
    CHANGE,
    CHANGE_WORDS,
    CLASS_NEW,
    CLASS_OLD,
    FACTOR_WORDS,
    MONTHS_LATER,
    MONTHS_PART,
    MOVE_BELOW_GAP,
    MOVED,
    OPERATIONAL_NEW,
    OPERATIONAL_OLD,
    P_TOP_NEW,
    P_TOP_OLD,
    PARTS_SUM,
    PHASE_NEW,
    PHASE_OLD,
    RANK_NEW,
    RANK_OLD,
    RANK_PART,
    SCORE_NEW,
    SCORE_OLD,
    SCORE_PART,
    SENTENCE,
    Difference,
)
from techprio.model.fields import stated
from techprio.model.scenarios import IS_BELOW
from techprio.reporting.figures import png
from techprio.reporting.files import free_folder, put_files, record_bytes
from techprio.reporting.sheets import Imprint, tables_bytes
from techprio.reporting.words import joined

SENTENCES = 6  # of a sector or of the whole; the sheet of changes holds all


def difference_tables(difference: Difference) -> tuple[Table, ...]:
    """Return the printed tables of a comparison: changes, parts of ranks and scores, plan."""
    tables = [
        _changes(difference),
        _parts(difference, "rank", RANK_PART, text("Parts of the change of rank"), difference.rank_parts),
        _parts(difference, "score", SCORE_PART, text("Parts of the change of score"), difference.score_parts),
    ]
    if not difference.plan.empty:
        tables.append(_plan(difference))
    if difference.settings or not difference.certainty.empty:
        tables.append(_certainty(difference))
    return tuple(tables)


def write_difference(
    difference: Difference,
    folder: str | Path,
    *,
    language: Language | None = None,
    comments: pd.DataFrame | None = None,
) -> list[Path]:
    """Write ``difference.csv``, ``.xlsx``, ``.png`` and ``.json`` into a folder.

    All contents are made first; each file is written under another name and then put in place.

    Parameters
    ----------
    difference : Difference
    folder : path
        Made when it is not there.
    language : {"vi", "en"}, optional
    comments : DataFrame, optional
        Of the consultation between the two runs; written as ``consultation.csv`` and a sheet, with
        what moved of what each comment is on.

    Returns
    -------
    list of Path

    Raises
    ------
    InputError
        The folder is a file, or a difference without its study.
    """
    target, language = free_folder(folder), resolve_language(language)
    if difference.study is None or difference.provenance is None:
        raise InputError(
            text("only a difference made by compare_runs can be written; this one names no study")
        )
    study = difference.study
    imprint = Imprint(study.title, study.id, difference.provenance.version)
    tables = difference_tables(difference)
    files = {}
    if comments is not None:
        tables = (*tables, consultation_table(difference, comments))
        record = consultation_frame(difference, comments)
        files["consultation.csv"] = frame_csv(record, language=language)
    files |= {
        "difference.csv": frame_csv(difference.to_frame()),
        "difference.xlsx": tables_bytes(tables, imprint, language=language),
        "difference.png": png(difference.plot(language=language), tight=True),
        "difference.json": record_bytes(
            difference.provenance,
            factors=list(difference.factors),
            plan_factors=list(difference.plan_factors),
            renamed=dict(difference.renamed),
            settings=[words.render(language) for words in difference.settings],
            certainty=[note.render(language) for note in difference.certainty_notes],
            notes=[note.render(language) for note in difference.notes],
        ),
    }
    return put_files(target, files, language)


def _changes(difference: Difference) -> Table:
    ranks = difference.ranks
    frame = ranks.assign(
        change=[CHANGE_WORDS[change] for change in ranks["change"]],
        sentence=[difference.explain(name) for name in ranks["technology"]],
    )
    columns = [
        SECTOR,
        TECHNOLOGY,
        Column(CHANGE, 20),
        *(RANK_OLD, RANK_NEW, SCORE_OLD, SCORE_NEW),
        Column(SENTENCE, 90),
    ]
    notes = (_factor_note(difference), *difference.notes)
    title = text("What changed from the run before, and why")
    return Table.from_frame("changes", title, columns, frame, notes=notes, name=text("Changes"))


def _factor_note(difference: Difference) -> Text:
    words = [*(FACTOR_WORDS[factor] for factor in difference.factors), *difference.settings]
    if not words:
        return text("no factor of the ranking has changed")
    return text("what differs between the two runs: {factors}", factors=words)


def _certainty(difference: Difference) -> Table:
    """Return how certain a place among the first was and is, the largest move first."""
    frame = difference.certainty
    if not frame.empty:
        size = (frame["p_top_new"] - frame["p_top_old"]).abs()
        frame = frame.loc[size.sort_values(ascending=False, kind="stable").index]
        frame = frame.assign(
            **{
                key: [CLASS_WORDS.get(word, word) for word in frame[key]]
                for key in ("class_old", "class_new")
            }
        )
    columns = [TECHNOLOGY, P_TOP_OLD, P_TOP_NEW, Column(CLASS_OLD, 18), Column(CLASS_NEW, 18)]
    notes = (*difference.settings, *difference.certainty_notes)
    title = text("Certainty of the priorities in both runs")
    return Table.from_frame("certainty", title, columns, frame, notes=notes, name=text("Certainty"))


def _parts(difference: Difference, kind: str, part: Quantity, title: Text, parts: pd.DataFrame) -> Table:
    columns = [
        TECHNOLOGY,
        *(Column(part.each(str(factor), FACTOR_WORDS[factor]), 16) for factor in parts.columns),
        Column(PARTS_SUM, 16),
    ]
    rows = [(name, *row, sum(row)) for name, row in zip(parts.index, parts.to_numpy().tolist(), strict=True)]
    note = text("Shapley values: the parts of a row add up to its change; below 0 is a better rank")
    return Table.of(f"{kind}_parts", title, columns, rows, notes=(note,) if kind == "rank" else ())


def _plan(difference: Difference) -> Table:
    parts = difference.plan_parts
    part = {factor: MONTHS_PART.each(str(factor), FACTOR_WORDS[factor]) for factor in parts.columns}
    frame = difference.plan.assign(
        move_below_gap=[IS_BELOW if below else "" for below in difference.plan["below_gap"]],
        **{q.key: difference.plan["technology"].map(parts[factor]) for factor, q in part.items()},
    )
    columns = [
        TECHNOLOGY,
        *(Column(q, 13) for q in (PHASE_OLD, PHASE_NEW, OPERATIONAL_OLD, OPERATIONAL_NEW)),
        MONTHS_LATER,
        Column(MOVE_BELOW_GAP, 14),
        *(Column(quantity, 16) for quantity in part.values()),
    ]
    return Table.from_frame("plan", text("Changes of the plan"), columns, frame)


def consultation_frame(difference: Difference, comments: pd.DataFrame) -> pd.DataFrame:
    """Return the comments with what became of what they are on.

    Parameters
    ----------
    difference : Difference
        From the run before the consultation to the run after it.
    comments : DataFrame
        Of :func:`techprio.inputs.report_tables.read_comments`.

    Returns
    -------
    DataFrame
        ``round, group, on, text, answer, consequence, moved``. That two things happened between two
        runs does not mean that one caused the other: the column states what moved, the parts of the
        difference by which factor. ``moved`` holds texts in no language yet.
    """
    moved = [joined(_moved(difference, tuple(ids)), " ") for ids in comments["on"]]
    return comments.assign(on=["; ".join(ids) for ids in comments["on"]], moved=moved)


def consultation_table(difference: Difference, comments: pd.DataFrame) -> Table:
    """Return the record of the consultation as a printed table."""
    column = stated(CommentRow)
    widths = {"round": 9, "group": 18, "on": 14, "text": 40, "answer": 34, "consequence": 26}
    columns = [*(Column(column[key], width) for key, width in widths.items()), Column(MOVED, 60)]
    note = text("What moved: between the run before and the run after, for what the comment is on.")
    frame = consultation_frame(difference, comments).rename(columns={"moved": MOVED.key})
    title = text("Record of the consultation")
    return Table.from_frame("consultation", title, columns, frame, notes=(note,))


def _moved(difference: Difference, ids: tuple[str, ...]) -> Iterator[Text]:
    technologies = list(difference.ranks["technology"])
    for name in ids:
        if name in technologies:
            yield text("{sentence}.", sentence=difference.explain(name))
            continue
        sector = difference.ranks[difference.ranks["sector"] == name]
        yield from _changed(difference, technologies if sector.empty else list(sector["technology"]))
    if not ids:
        yield from _changed(difference, technologies)


def _changed(difference: Difference, names: list[str]) -> Iterator[Text]:
    rows = difference.ranks[difference.ranks["technology"].isin(names)]
    changed = rows[(rows["change"] != "kept") | (rows["rank_change"].fillna(0) != 0)]
    if changed.empty:
        yield text("{sentence}.", sentence=text("no rank moved"))
    for name in changed["technology"].head(SENTENCES):
        yield text("{sentence}.", sentence=difference.explain(name))
    if len(changed) > SENTENCES:
        rest = text("and {count} more, on the sheet of changes", count=len(changed) - SENTENCES)
        yield text("{sentence}.", sentence=rest)
