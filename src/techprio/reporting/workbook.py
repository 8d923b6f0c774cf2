"""The workbook: one sheet a table, finished like a printed document."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from techprio.csv_text import clean
from techprio.language import Language, Text, resolve_language, text
from techprio.model.run import RunData
from techprio.reporting.annex_tables import stability_table
from techprio.reporting.chain_table import chain_tables
from techprio.reporting.checklist import checklist_table
from techprio.reporting.lists import priority_list
from techprio.reporting.matrix_tables import matrix_table, scores_table, sources_table
from techprio.reporting.plan_sureness import sureness_tables
from techprio.reporting.record_tables import record_table
from techprio.reporting.roadmap_tables import budget_table, roadmap_table, staff_table
from techprio.reporting.role_tables import dependencies_table, roles_table
from techprio.reporting.sheet_names import sheet_names
from techprio.reporting.sheet_styles import Styles
from techprio.reporting.standing_tables import acceptability_table, screening_table
from techprio.reporting.supplied_tables import swot_print
from techprio.reporting.survey_prints import survey_prints
from techprio.reporting.tables import NUMBERS, Column, Table, say
from techprio.reporting.weight_tables import consistency_table, experts_table, revision_tables, weights_table

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


def run_tables(run: RunData) -> tuple[Table, ...]:
    """Return all tables of a run in the order of the workbook."""
    return (
        priority_list(run),
        weights_table(run),
        consistency_table(run),
        *revision_tables(run),
        experts_table(run),
        matrix_table(run),
        scores_table(run),
        acceptability_table(run),
        roles_table(run),
        dependencies_table(run),
        roadmap_table(run),
        budget_table(run),
        staff_table(run),
        *chain_tables(run),
        *sureness_tables(run),
        stability_table(run),
        screening_table(run),
        *survey_prints(run),
        swot_print(run),
        sources_table(run),
        checklist_table(run),
        record_table(run),
    )


def workbook_bytes(
    run: RunData, *, language: Language | None = None, tables: Sequence[Table] | None = None
) -> bytes:
    """Return the workbook of a run.

    The first sheet is the priority list, the second an index of all sheets with their full titles.
    Every text is written as text, so that no name can become a formula; numbers stay numbers and
    take the decimal sign of the reader's own settings.

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
    import xlsxwriter

    language = resolve_language(language)
    printed = tuple(run_tables(run) if tables is None else tables)
    with_index = (printed[0], _index(printed), *printed[1:])
    names = sheet_names(say(table.name, language) for table in with_index)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties(
        {
            "title": clean(run.study.title.render(language)),
            "author": f"techprio {run.provenance.version}",
            "created": _CREATED,
        }
    )
    book.set_size(2400, 1500)
    styles = Styles(book)
    for table, name in zip(with_index, names, strict=True):
        sheet = book.add_worksheet(name)
        SheetWriter(sheet, styles, language).write(table, run)
        if table.id == "index":
            _link(sheet, styles, names)
    book.close()
    return stream.getvalue()


class SheetWriter:
    """Writes one table on one sheet."""

    def __init__(self, sheet: Any, styles: Styles, language: Language) -> None:
        self.sheet = sheet
        self.styles = styles
        self.language = language

    def write(self, table: Table, run: RunData) -> None:
        """Write title, notes, headings, rows; set widths, filter, frozen panes and the printed page."""
        head = self._opening(table, run)
        self._headings(table, head)
        for place, row in enumerate(table.rows, start=head + 1):
            self.sheet.set_row(place, _LINE_HEIGHT * row_lines(table, row, self.language) + 3)
            for column, value in enumerate(row):
                self._cell(place, column, value, table.columns[column], striped=place % 2 == head % 2)
        last = head + max(len(table.rows), 1)
        self._bars(table, head, last)
        self._page(table, run, head, last)

    def _opening(self, table: Table, run: RunData) -> int:
        self.sheet.write_string(0, 0, clean(say(table.title, self.language)), self.styles.title)
        study = clean(run.study.title.render(self.language))
        self.sheet.write_string(1, 0, study, self.styles.subtitle)
        place = 2
        for note in table.notes:
            for line in _folded(clean(say(note, self.language))):
                self.sheet.write_string(place, 0, line, self.styles.note)
                place += 1
        return place + 1

    def _headings(self, table: Table, head: int) -> None:
        for place, column in enumerate(table.columns):
            folded = {"level": 1, "hidden": True} if column.place_in(self.language) == "folded" else {}
            self.sheet.set_column(place, place, column.width, None, folded)
            heading = clean(say(column.heading, self.language))
            self.sheet.write_string(head, place, heading, self.styles.heading)
        self.sheet.set_row(head, _LINE_HEIGHT * heading_lines(table, self.language) + 6)
        self.sheet.freeze_panes(head + 1, _frozen(table))
        if table.rows:
            self.sheet.autofilter(head, 0, head + len(table.rows), len(table.columns) - 1)

    def _cell(self, row: int, place: int, value: Any, column: Column, *, striped: bool) -> None:
        style = self.styles.body(column.kind, striped=striped)
        if value is None or (isinstance(value, str) and not value):
            self.sheet.write_blank(row, place, None, style)
        elif column.kind in NUMBERS:
            self.sheet.write_number(row, place, float(value), style)
        else:
            self.sheet.write_string(row, place, clean(say(value, self.language)), style)

    def _bars(self, table: Table, head: int, last: int) -> None:
        for place, column in enumerate(table.columns):
            if column.bar:
                self.sheet.conditional_format(
                    head + 1, place, last, place,
                    {"type": "data_bar", "bar_solid": True, "bar_color": "#9CC3E0", "min_type": "num",
                     "min_value": 0, "max_type": "max"},
                )  # fmt: skip

    def _page(self, table: Table, run: RunData, head: int, last: int) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(head)
        printed = [place for place, column in enumerate(table.columns) if column.place != "beside"]
        self.sheet.print_area(0, 0, last, printed[-1])
        page = text("Page &P of &N").render(self.language)
        self.sheet.set_footer(
            f"&L&8{run.study.id.replace('&', '&&')} · techprio {run.provenance.version}&R&8{page}"
        )
        self.sheet.hide_gridlines(2)


def _index(tables: Sequence[Table]) -> Table:
    rows: list[tuple[Any, ...]] = []
    titles: list[Any] = [tables[0].title, text("Index"), *(table.title for table in tables[1:])]
    counts = [len(tables[0].rows), None, *(len(table.rows) for table in tables[1:])]
    for place, (title, count) in enumerate(zip(titles, counts, strict=True), start=1):
        rows.append((place, "", title, count))
    return Table(
        "index",
        text("Index"),
        text("Index"),
        (
            Column(text("No."), "integer", 7),
            Column(text("Sheet"), "text", 34),
            Column(text("Contents"), "text", 80),
            Column(text("Rows"), "integer", 9),
        ),
        rows,
    )


def _link(sheet: Any, styles: Styles, names: Sequence[str]) -> None:
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
    return max(lines_at(say(column.heading, language), 0.85 * column.width) for column in table.columns)


def row_lines(table: Table, row: Sequence[Any], language: Language) -> int:
    """Return how many lines the tallest wrapped cell of a row needs."""
    wrapped = (
        (value, column)
        for value, column in zip(row, table.columns, strict=True)
        if column.kind == "text" and column.place_in(language) != "folded" and value
    )
    return max((lines_at(clean(say(value, language)), column.width) for value, column in wrapped), default=1)


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
    for place, column in enumerate(table.columns[:5]):
        if isinstance(column.heading, Text) and column.heading.template.startswith("Technology"):
            return place + 1
    return 1
