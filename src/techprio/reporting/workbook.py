"""The workbook: one sheet a table, finished like a printed document."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from techprio.csv_text import clean
from techprio.display.quantities import Column, Quantity, Table, Words, is_missing, render
from techprio.language import LANGUAGES, Label, Language, Text, resolve_language, text
from techprio.model.catalog import NAME_EN, NAME_VI, TECHNOLOGY_NAME
from techprio.model.run import RunData
from techprio.reporting.advice_tables import check_tables, opinion_tables
from techprio.reporting.checklist import checklist_table
from techprio.reporting.criteria_tables import (
    consistency_table,
    experts_table,
    revision_tables,
    stability_table,
    weights_table,
)
from techprio.reporting.finance import Live, finance_tables
from techprio.reporting.leaders import leaders_table
from techprio.reporting.list_tables import classes_table, priority_list
from techprio.reporting.matrix_tables import dependencies_table, matrix_table, scores_table, sources_table
from techprio.reporting.plan_tables import (
    budget_table,
    certainty_tables,
    chain_tables,
    roadmap_table,
    staff_table,
)
from techprio.reporting.ranking_tables import acceptability_table, roles_table, screening_table
from techprio.reporting.record import record_table
from techprio.reporting.sheet_styles import ListStyles
from techprio.reporting.supplied_tables import swot_print
from techprio.reporting.survey_tables import survey_tables

NUMBER = Quantity("number", text("No."), text("Number of the sheet."), "integer")
SHEET = Quantity("sheet", text("Sheet"), text("Name of the sheet, which leads to it."))
CONTENTS = Quantity("contents", text("Contents"), text("Title of the sheet."))
ROWS = Quantity("rows", text("Rows"), text("How many rows the sheet has."), "integer")
HEADING = Quantity("heading", text("Heading"), text("Head of a column of this workbook."))
MEANING = Quantity("meaning", text("Meaning"), text("What the figures or words of the column state."))
KEY = Quantity("key", text("Name in CSV files"), text("Name of the column in CSV files and frames."))
SHEETS = Quantity("sheets", text("Sheets"), text("Sheets that have the column."))
# A workbook must hold a date of creation; a fixed one keeps the bytes of equal results equal.
_CREATED = datetime(2000, 1, 1)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_A4 = 9
_LONG_NOTE = 150
_LINE_HEIGHT = 12
_BARRED_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_LENGTH = 31


class Imprint(NamedTuple):
    """What the workbook prints around its tables: title and id of the study, version of techprio."""

    title: Words
    id: str
    version: str


def run_tables(run: RunData) -> tuple[Table, ...]:
    """Return all tables of a run in the order of the workbook."""
    return (
        leaders_table(run),
        priority_list(run),
        classes_table(run),
        *check_tables(run),
        weights_table(run),
        consistency_table(run),
        *revision_tables(run),
        experts_table(run),
        *opinion_tables(run),
        matrix_table(run),
        scores_table(run),
        acceptability_table(run),
        roles_table(run),
        dependencies_table(run),
        roadmap_table(run),
        *finance_tables(run),
        budget_table(run),
        staff_table(run),
        *chain_tables(run),
        *certainty_tables(run),
        stability_table(run),
        screening_table(run),
        *survey_tables(run),
        swot_print(run),
        sources_table(run),
        checklist_table(run),
        record_table(run),
    )


def workbook_bytes(
    run: RunData, *, language: Language | None = None, tables: Sequence[Table] | None = None
) -> bytes:
    """Return the workbook of a run.

    The first sheet is what leaders ask first, the second an index of all sheets with their full titles.
    Every text is written as text, so that no name can become a formula; numbers stay numbers and
    take the decimal sign of the reader's own settings. Sums of money by year are formulas.

    Parameters
    ----------
    run : RunData
    language : {"vi", "en"}, optional
    tables : sequence of Table, optional
        Other tables than those of :func:`run_tables`.

    Returns
    -------
    bytes
        The same for the same run.
    """
    imprint = Imprint(run.study.title, run.study.id, run.provenance.version)
    return tables_bytes(run_tables(run) if tables is None else tables, imprint, language=language)


def tables_bytes(tables: Sequence[Table], imprint: Imprint, *, language: Language | None = None) -> bytes:
    """Return any tables as a workbook, with an index behind the first and what its columns mean at the end.

    Parameters
    ----------
    tables : sequence of Table
    imprint : Imprint
        What is printed around them.
    language : {"vi", "en"}, optional
    """
    import xlsxwriter

    language = resolve_language(language)
    printed = (*tables, legend_table(tables))
    with_index = (printed[0], _index(printed), *printed[1:])
    names = sheet_names(
        render(table.title if table.name is None else table.name, language) for table in with_index
    )
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties(
        {
            "title": clean(render(imprint.title, language)),
            "author": f"techprio {imprint.version}",
            "created": _CREATED,
        }
    )
    book.set_size(2400, 1500)
    styles = ListStyles(book)
    for table, name in zip(with_index, names, strict=True):
        sheet = book.add_worksheet(name)
        SheetWriter(sheet, styles, language).write(table, imprint)
        if table.id == "index":
            _link(sheet, styles, names)
    book.close()
    return stream.getvalue()


class SheetWriter:
    """Writes one table on one sheet."""

    def __init__(self, sheet: Any, styles: ListStyles, language: Language) -> None:
        self.sheet = sheet
        self.styles = styles
        self.language = language
        self.head = 0

    def write(self, table: Table, imprint: Imprint) -> None:
        """Write title, headings, rows, notes; set widths, filter, frozen panes and the printed page."""
        self.head = head = self._opening(table, imprint)
        self._headings(table, head)
        for place, row in enumerate(table.rows, start=head + 1):
            self.sheet.set_row(place, _LINE_HEIGHT * row_lines(table, row, self.language) + 3)
            for column, value in enumerate(row):
                self._cell(place, column, value, table.columns[column], striped=place % 2 == head % 2)
        last = head + max(len(table.rows), 1)
        self._bars(table, head, last)
        self._page(table, imprint, head, self._notes(table, last + 2) if table.notes else last)

    def _opening(self, table: Table, imprint: Imprint) -> int:
        self.sheet.write_string(0, 0, clean(render(table.title, self.language)), self.styles.title)
        study = clean(render(imprint.title, self.language))
        self.sheet.write_string(1, 0, study, self.styles.subtitle)
        return 3

    def _notes(self, table: Table, place: int) -> int:
        """Write the notes below the rows, out of the panes that stay in sight; return the last row."""
        for note in table.notes:
            for line in _folded(clean(render(note, self.language))):
                self.sheet.write_string(place, 0, line, self.styles.note)
                place += 1
        return place - 1

    def _headings(self, table: Table, head: int) -> None:
        for place, column in enumerate(table.columns):
            folded = {"level": 1, "hidden": True} if column.place_in(self.language) == "folded" else {}
            self.sheet.set_column(place, place, column.letters, None, folded)
            heading = clean(column.quantity.head(self.language))
            self.sheet.write_string(head, place, heading, self.styles.heading)
        self.sheet.set_row(head, _LINE_HEIGHT * heading_lines(table, self.language) + 6)
        self.sheet.freeze_panes(head + 1, _frozen(table))
        if table.rows:
            self.sheet.autofilter(head, 0, head + len(table.rows), len(table.columns) - 1)

    def _cell(self, row: int, place: int, value: Any, column: Column, *, striped: bool) -> None:
        style = self.styles.body(column.quantity, striped=striped)
        if is_missing(value):
            self.sheet.write_blank(row, place, None, style)
        elif isinstance(value, Live):
            self.sheet.write_formula(row, place, value.formula(row, place, self.head), style, float(value))
        elif column.numeric and not isinstance(value, str | Text | Label):
            self.sheet.write_number(row, place, float(value), style)
        else:
            self.sheet.write_string(row, place, clean(render(value, self.language)), style)

    def _bars(self, table: Table, head: int, last: int) -> None:
        for place, column in enumerate(table.columns):
            if column.bar:
                self.sheet.conditional_format(
                    head + 1, place, last, place,
                    {"type": "data_bar", "bar_solid": True, "bar_color": "#9CC3E0", "min_type": "num",
                     "min_value": 0, "max_type": "max"},
                )  # fmt: skip

    def _page(self, table: Table, imprint: Imprint, head: int, last: int) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(head)
        printed = [place for place, column in enumerate(table.columns) if column.place != "beside"]
        self.sheet.print_area(0, 0, last, printed[-1])
        page = text("Page &P of &N").render(self.language)
        self.sheet.set_footer(f"&L&8{imprint.id.replace('&', '&&')} · techprio {imprint.version}&R&8{page}")
        self.sheet.hide_gridlines(2)


def _index(tables: Sequence[Table]) -> Table:
    titles: list[Any] = [tables[0].title, text("Index"), *(table.title for table in tables[1:])]
    counts = [len(tables[0].rows), None, *(len(table.rows) for table in tables[1:])]
    rows = [
        (place, "", title, count) for place, (title, count) in enumerate(zip(titles, counts, strict=True), 1)
    ]
    columns = [NUMBER, Column(SHEET, 34), Column(CONTENTS, 80), ROWS]
    return Table.of("index", text("Index"), columns, rows)


def legend_table(tables: Iterable[Table]) -> Table:
    """Return what each column of some tables means, once for each quantity, with the tables that have it.

    The members of a family (one column a criterion, a year) stand in one row; plain headings have none.
    """
    found: dict[tuple[str, str], list[tuple[Table, Quantity]]] = {}
    for table in tables:
        for column in table.columns:
            meaning = render(column.quantity.explanation, "en")
            if meaning:
                same = column.key.partition(":")[0], meaning
                found.setdefault(same, []).append((table, column.quantity))
    rows = []
    for (key, _), places in found.items():
        heads = Label(*(_some({q.head(language): None for _, q in places}) for language in LANGUAGES))
        names = [table.title if table.name is None else table.name for table, _ in places]
        sheets = Label(*("; ".join({render(name, one): None for name in names}) for one in LANGUAGES))
        rows.append((heads, places[0][1].explanation, key, sheets))
    columns = [Column(HEADING, 30), Column(MEANING, 80), Column(KEY, 20), Column(SHEETS, 50)]
    return Table.of("legend", text("What the columns mean"), columns, rows, name=text("Legend"))


def _some(names: Iterable[str], most: int = 3) -> str:
    listed = list(names)
    return ", ".join([*listed[:most], *(["…"] if len(listed) > most else [])])


def _link(sheet: Any, styles: ListStyles, names: Sequence[str]) -> None:
    """Fill the column of sheet names with links; the index has no notes, so its rows begin at the fifth."""
    for place, name in enumerate(names):
        quoted = name.replace("'", "''")
        sheet.write_url(4 + place, 1, f"internal:'{quoted}'!A1", styles.link, name)


def _folded(note: str) -> list[str]:
    lines = [""]
    for word in note.split():
        if len(lines[-1]) + len(word) > _LONG_NOTE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def heading_lines(table: Table, language: Language) -> int:
    """Return how many lines the tallest heading needs at its width."""
    return max(lines_at(column.quantity.head(language), 0.85 * column.letters) for column in table.columns)


def row_lines(table: Table, row: Sequence[Any], language: Language) -> int:
    """Return how many lines the tallest wrapped cell of a row needs."""
    wrapped = (
        (value, column)
        for value, column in zip(row, table.columns, strict=True)
        if column.format == "text" and column.place_in(language) != "folded" and not is_missing(value)
    )
    return max(
        (lines_at(clean(render(value, language)), column.letters) for value, column in wrapped), default=1
    )


def lines_at(words: str, width: float) -> int:
    """Return how many lines a text needs in so many letters."""
    count = 0
    for paragraph in words.split("\n"):
        count, used = count + 1, 0
        for word in paragraph.split():
            if used and used + 1 + len(word) > width:
                count, used = count + 1, len(word)
            else:
                used += len(word) + bool(used)
    return count


def _frozen(table: Table) -> int:
    """Return how many columns stay in sight: up to the name of the technology, if the table has one."""
    names = (TECHNOLOGY_NAME.key, NAME_VI.key, NAME_EN.key)
    return next((place for place, column in enumerate(table.columns[:5], 1) if column.key in names), 1)


def sheet_names(titles: Iterable[str]) -> tuple[str, ...]:
    """Return names that Excel takes: 31 letters at most, no barred sign, all different.

    Examples
    --------
    >>> sheet_names(["Roadmap: 2026/2030", "History", "history"])
    ('Roadmap 2026 2030', 'History 2', 'history 3')
    """
    names: list[str] = []
    taken = {"history"}
    for place, title in enumerate(titles, start=1):
        plain = " ".join(_BARRED_IN_SHEET_NAMES.sub(" ", clean(title)).split()).strip("'")
        name = plain[:_SHEET_NAME_LENGTH].strip() or str(place)
        if name.casefold() in taken:
            mark = f" {place}"
            name = plain[: _SHEET_NAME_LENGTH - len(mark)].strip() + mark
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)
