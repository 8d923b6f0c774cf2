"""A study as one workbook: lists for enumerations, notes on headings, frozen headings, A4."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from techprio.errors import InputError
from techprio.inputs.key_cells import packed
from techprio.inputs.study_sheets import (
    BLOCKS,
    DOCUMENTS,
    GUIDE,
    KEY_SHEETS,
    PROSE,
    TABLES,
    TableSheet,
    sheet_title,
)
from techprio.language import LANGUAGES, Label, Language, Text, text
from techprio.model.fields import fields_of
from techprio.model.report_material import SECTIONS
from techprio.templates.book_cells import LAST_ROW, Styles, set_page
from techprio.templates.book_tables import (
    Body,
    block_body,
    body_width,
    node_at,
    table_body,
    write_body,
    write_keys,
)
from techprio.templates.raw_study import RawStudy, RawTable, with_parts

_ORDER = (
    "study", "sectors", "criteria", "anchors", "judgments", "technologies", "scores", "dependencies",
    "sources", "resources", "phases", "funds", "amounts", "gates", "overrides", "survey", "status",
    "goals", "tasks", "policies", "indicators", "swot", "provinces", "alignment", "comments", "prose",
    "letterhead", "legal", "workstreams", "instrument",
)  # fmt: skip
# A fixed date of creation, so that the same study gives the same bytes.
_NO_CLOCK = datetime.datetime(2000, 1, 1)
# A column that names what another sheet declares: column, that sheet, the sheets it stands in.
_DECLARED = (
    ("parent", "criteria", ("criteria",)),
    ("criterion", "criteria", ("anchors", "scores", "gates")),
    ("preferred", "criteria", ("judgments",)),
    ("other", "criteria", ("judgments",)),
    ("technology", "technologies", ("scores",)),
    ("sector", "sectors", ("survey", "goals", "tasks", "policies", "swot", "provinces", "alignment")),
    ("source", "sources", ("scores",)),
)
_TWO_FIXED = ("technologies", "scores", "criteria", "dependencies")


@dataclass(frozen=True)
class _Planned:
    name: str
    title: str
    sector: str = ""
    body: Body | None = None


def study_workbook(raw: RawStudy, *, language: Language) -> bytes:
    """Write a study, complete or blank, as one workbook.

    Parameters
    ----------
    raw : RawStudy
    language : {"vi", "en"}
        Of the names of sheets, the headings and the explanations. Either is read back.

    Raises
    ------
    InputError
        What a workbook cannot hold: a text of more than 32,767 signs, a key with a slash.
    """
    import xlsxwriter

    raw = with_parts(raw)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": _NO_CLOCK})
    styles = Styles(book)
    title = _title(raw, language)
    planned = list(_planned(raw, language))
    guide = book.add_worksheet(GUIDE.render(language))
    write_guide(guide, styles, title, [_guide_line(sheet) for sheet in planned], language=language)
    for part in planned:
        sheet = book.add_worksheet(part.title)
        if part.body is None:
            documents = [document for document in DOCUMENTS if document.sheet == part.name]
            write_keys(sheet, documents, raw, styles, language=language)
            set_page(sheet, title, frozen=(1, 0))
        else:
            lists = _lists(part, planned)
            write_body(sheet, part.body, styles, language=language, lists=lists)
            fixed = (1, 2 if part.name in _TWO_FIXED else 1)
            set_page(sheet, title, frozen=fixed, width=body_width(part.body))
    guide.activate()
    book.close()
    return stream.getvalue()


def _title(raw: RawStudy, language: Language) -> str:
    study = raw.documents.get("study")
    spoken = [packed(node) if (node := node_at(study, ("title", name))) else "" for name in ("vi", "en")]
    whole = node_at(study, ("title",))
    if isinstance(whole, yaml.ScalarNode):
        spoken = [packed(whole), packed(whole)]
    title = Label(*(words or "" for words in spoken)).render(language)
    return title or text("A study of technology priorities").render(language)


def _planned(raw: RawStudy, language: Language) -> Iterator[_Planned]:
    blocks = {block.name: block for block in BLOCKS}
    tables = {table.name: table for table in TABLES}
    for name in _ORDER:
        if name in blocks:
            title = sheet_title(blocks[name].label, language)
            yield _Planned(name, title, body=block_body(blocks[name], raw))
        elif name == PROSE.name:
            yield _Planned(
                name, sheet_title(PROSE.label, language), body=table_body(PROSE, prose_table(raw.texts))
            )
        elif name in tables:
            yield from _table_sheets(tables[name], raw, language)
        elif name not in ("instrument", "letterhead") or name in raw.documents:
            yield _Planned(name, sheet_title(KEY_SHEETS[name], language))


def _table_sheets(table: TableSheet, raw: RawStudy, language: Language) -> Iterator[_Planned]:
    for sector in raw.folders if table.by_sector else ("",):
        given = raw.tables.get((table.name, sector)) or blank_table(table)
        title = sheet_title(table.label, language, sector)
        yield _Planned(table.name, title, sector, table_body(table, given))


def blank_table(table: TableSheet) -> RawTable:
    """Return a table with its headings and no row."""
    return RawTable(tuple(column.name for column in fields_of(table.record)))


def prose_table(texts: Mapping[str, str]) -> RawTable:
    """Return the texts of the report with one row for each section, written or not.

    Raises
    ------
    InputError
        A text under a name that the sheet has no place for.
    """
    placed = {f"{section}.{language}.md" for section in SECTIONS for language in LANGUAGES}
    strange = sorted(texts.keys() - placed)
    if strange:
        raise InputError(
            text("texts: found {found}; allowed: {allowed}", found=strange, allowed=sorted(placed))
        )
    rows = [
        (section, *(texts.get(f"{section}.{one}.md", "").strip() for one in LANGUAGES))
        for section in SECTIONS
    ]
    return RawTable(tuple(column.name for column in fields_of(PROSE.record)), tuple(rows))


def _guide_line(part: _Planned) -> GuideLine:
    filled = sum(any(row[1:]) for row in part.body.rows) if part.body else None
    return GuideLine(part.name, part.title, filled)


def _cells_of(planned: list[_Planned], name: str, sector: str = "") -> str:
    """Return the cells that hold the ids of a sheet, as a list of allowed words."""
    title = next((part.title for part in planned if part.name == name and part.sector == sector), "")
    quoted = title.replace("'", "''")
    return f"='{quoted}'!$A$2:$A${LAST_ROW}" if title else ""


def _lists(part: _Planned, planned: list[_Planned]) -> dict[str, str]:
    """Return the cells that hold the allowed ids of the columns of a sheet."""
    return {
        column: _cells_of(planned, source, part.sector if source == "technologies" else "")
        for column, source, sheets in _DECLARED
        if part.name in sheets
    }


@dataclass(frozen=True)
class GuideLine:
    """A sheet and how many rows it has; none where rows do not count."""

    name: str
    title: str
    rows: int | None = None


_STEPS = (
    text(
        "This workbook is a whole study. Fill in the sheets in the order below; cells with a list offer "
        "the allowed words. Rest the pointer on a heading to read what its column means."
    ),
    text("Dark headings and 'required' mark what is needed. All else may stay empty."),
    text(
        "Do not rename sheets, headings and keys. A column or sheet whose name begins with x_ is yours and "
        "is left alone. Ids have no marks and no blanks, for example AGR01."
    ),
    text("Leave out what you do not know. An empty cell is never taken for a zero."),
    text("Save it as an Excel Workbook (.xlsx) and check it, as often as you like:"),
)
_COMMANDS = ("techprio check study.xlsx", "techprio run study.xlsx --out results")
_PURPOSES: dict[str, Text] = {
    "study": text("name of the study and how it is computed"),
    "sectors": text("the sectors and their codes; a new sector needs its own two sheets"),
    "criteria": text("the criteria, each below the one it belongs to"),
    "anchors": text("what the points of each scale mean"),
    "judgments": text("which criterion matters more to each expert, and how much"),
    "technologies": text("the candidate technologies of a sector"),
    "scores": text("one score a technology and criterion, with its source"),
    "dependencies": text("which technology needs which other one"),
    "sources": text("where figures come from"),
    "resources": text("when work can start, and how limits are used"),
    "phases": text("the phases of the roadmap"),
    "funds": text("the sources of funds"),
    "amounts": text("money by source and people to be trained, year by year"),
    "gates": text("what a technology must fulfil to be ranked at all"),
    "overrides": text("roles that people decided, with the reason"),
    "survey": text("points of the surveyed firms; needs an instrument"),
    "status": text("what became of the technologies, for monitoring"),
    "goals": text("for the report: goals by phase"),
    "tasks": text("for the report: tasks, who leads, until when"),
    "policies": text("for the report: support policies that are proposed"),
    "indicators": text("for the report: indicators with baseline, targets, what was measured"),
    "swot": text("for the report: strengths, weaknesses, opportunities, threats"),
    "provinces": text("for the report: what other provinces have done"),
    "alignment": text("for the report: how the roadmap fits plans in force"),
    "comments": text("for the report: comments of the consultation with the answers"),
    "prose": text("for the report: the words that only people can write, by section"),
    "letterhead": text("for the documents: who issues them, who gets them, who signs"),
    "legal": text("for the documents: the legal basis that may be cited"),
    "workstreams": text("for the documents: how far each content of the plan is"),
    "instrument": text("the survey instrument; seldom changed"),
}
_NEEDED = ("study", "sectors", "criteria", "judgments", "technologies", "scores")


def write_guide(
    sheet: Any, styles: Styles, title: str, lines: Sequence[GuideLine], *, language: Language
) -> None:
    """Write the first sheet."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 62)
    sheet.set_column(2, 2, 14)
    sheet.set_column(3, 3, 10)
    sheet.merge_range(0, 0, 0, 3, title, styles.title)
    sheet.set_row(0, 26)
    row = 2
    for step in _STEPS:
        words = step.render(language)
        sheet.merge_range(row, 0, row, 3, words, styles.paragraph)
        sheet.set_row(row, 15 * (1 + len(words) // 112))
        row += 1
    for command in _COMMANDS:
        sheet.merge_range(row, 0, row, 3, f"    {command}", styles.key)
        row += 1
    row += 1
    headings = (text("Sheet"), text("What it holds"), text("Needed"), text("Rows"))
    for place, heading in enumerate(headings):
        sheet.write_string(row, place, heading.render(language), styles.needed)
    for line in lines:
        row += 1
        quoted = line.title.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{quoted}'!A1", styles.link, line.title)
        sheet.write_string(row, 1, _PURPOSES[line.name].render(language), styles.about)
        need = text("required") if line.name in _NEEDED else text("where it applies")
        sheet.write_string(row, 2, need.render(language), styles.about)
        if line.rows is None:
            sheet.write_blank(row, 3, None, styles.about)
        else:
            sheet.write_number(row, 3, line.rows, styles.about)
    set_page(sheet, title, frozen=None)
