"""Any tables as a workbook: one sheet a table, finished like a printed document.

Notes stand below the rows, so that what stays in sight is at most a third of the window of a laptop.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from numbers import Real
from typing import Any, NamedTuple

from techprio.csv_text import clean
from techprio.display.legend import index_table, legend_table, name_of
from techprio.display.quantities import Column, Table, Words, is_missing, render
from techprio.language import Label, Language, Month, Percent, Text, resolve_language, text
from techprio.model.catalog import NAME_EN, NAME_VI, TECHNOLOGY_NAME
from techprio.reporting.live_figures import Live
from techprio.reporting.sheet_styles import MONTH_FORMATS, Styles

FROZEN_LETTERS = 42.0
"""How wide the columns that stay in sight may be: a third of a window of 15 usual columns."""
# A workbook must hold a date of creation; a fixed one keeps the bytes of equal results equal.
_CREATED = datetime(2000, 1, 1)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_A4 = 9
_LONGEST_ID = 60
_LONG_NOTE = 150
_NARROW = 60
_LINE_HEIGHT = 12
_BARRED_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_LENGTH = 31
_WORDS = str | Text | Label
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class Imprint(NamedTuple):
    """What the workbook prints around its tables: title and id of the study, version of techprio."""

    title: Words
    id: str
    version: str


def tables_bytes(
    tables: Sequence[Table],
    imprint: Imprint,
    *,
    language: Language | None = None,
    beside: Mapping[str, Sequence[Table]] | None = None,
) -> bytes:
    """Return any tables as a workbook, with an index behind the first and what its columns mean at the end.

    Parameters
    ----------
    tables : sequence of Table
    imprint : Imprint
        What is printed around them.
    language : {"vi", "en"}, optional
    beside : mapping of file name to tables, optional
        Other workbooks of the same folder, whose sheets the index leads to.
    """
    import xlsxwriter

    language = resolve_language(language)
    printed = _with_legend(tables)
    names = list(_names(_indexed(printed), language))
    links = [f"internal:{_at(name)}" for name in names]
    elsewhere: list[tuple[str, Table]] = []
    for file, others in (beside or {}).items():
        whole = _indexed(_with_legend(others))
        for table, name in zip(whole, _names(whole, language), strict=True):
            if table.id not in ("index", "legend"):
                elsewhere.append((file, table))
                names.append(name)
                links.append(f"external:{file}#{_at(name)}")
    with_index = (printed[0], index_table(printed, elsewhere=elsewhere), *printed[1:])
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
    styles = Styles(book, language)
    for table, name in zip(with_index, names, strict=False):
        sheet = book.add_worksheet(name)
        SheetWriter(sheet, styles, language).write(table, imprint)
        if table.id == "index":
            for place, (link, shown) in enumerate(zip(links, names, strict=True)):
                sheet.write_url(4 + place, 1, link, styles.link, shown)
    book.close()
    return stream.getvalue()


def _with_legend(tables: Sequence[Table]) -> tuple[Table, ...]:
    filled = tuple(map(without_empty, tables))
    return (*filled, legend_table(filled))


def _indexed(tables: Sequence[Table]) -> tuple[Table, ...]:
    return (tables[0], index_table(tables), *tables[1:])


def _names(tables: Sequence[Table], language: Language) -> tuple[str, ...]:
    return sheet_names(render(name_of(table), language) for table in tables)


def _at(name: str) -> str:
    return "'" + name.replace("'", "''") + "'!A1"


def without_empty(table: Table) -> Table:
    """Return a table without the columns that are empty throughout; one without rows stays as it is.

    Examples
    --------
    >>> from techprio.display.quantities import Quantity
    >>> letter, sign = Quantity("letter", "Letter", ""), Quantity("sign", "Sign", "")
    >>> without_empty(Table.of("letters", "Letters", [letter, sign], [("a", None), ("b", "")])).heads("en")
    ['Letter']
    """
    rows = table.rows
    if not rows or any(isinstance(cell, Live) for cell in rows[-1]):  # which know their columns
        return table
    kept = [p for p in range(len(table.columns)) if any(not is_missing(row[p]) for row in rows)]
    if len(kept) == len(table.columns):
        return table
    filled = [tuple(row[place] for place in kept) for row in rows]
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=filled)


class SheetWriter:
    """Writes one table on one sheet."""

    def __init__(self, sheet: Any, styles: Styles, language: Language) -> None:
        self.sheet, self.styles, self.language, self.head = sheet, styles, language, 0

    def write(self, table: Table, imprint: Imprint) -> None:
        """Write title, headings, rows, notes; set widths, filter, frozen panes and the printed page."""
        self.head = head = self._opening(table, imprint)
        self._headings(table, head)
        whole = [_is_whole(table, place) for place in range(len(table.columns))]
        widths = [
            column.letters if column.format == "text" and column.place_in(self.language) != "folded" else 0.0
            for column in table.columns
        ]  # of what is wrapped
        for place, row in enumerate(table.rows, start=head + 1):
            said = [
                self._said(value) if wide and not is_missing(value) else ""
                for value, wide in zip(row, widths, strict=True)
            ]
            lines = [lines_at(words, wide) for words, wide in zip(said, widths, strict=True) if words]
            self.sheet.set_row(place, _LINE_HEIGHT * max(lines, default=1) + 3)
            for column, value in enumerate(row):
                self._cell(
                    place, column, value, table.columns[column], said[column],
                    striped=place % 2 == head % 2, whole=whole[column],
                )  # fmt: skip
        last = head + max(len(table.rows), 1)
        self._bars(table, head, last)
        self.sheet.ignore_errors(
            {"number_stored_as_text": f"A{head + 2}:{_letter(len(table.columns))}{last + 1}"}
        )
        self._page(table, imprint, head, self._notes(table, last + 2) if table.notes else last)

    def _said(self, value: Any) -> str:
        return clean(render(value, self.language))

    def _opening(self, table: Table, imprint: Imprint) -> int:
        self.sheet.write_string(0, 0, self._said(table.title), self.styles.title)
        study = self._said(imprint.title)
        self.sheet.write_string(1, 0, study, self.styles.subtitle)
        return 3

    def _notes(self, table: Table, place: int) -> int:
        """Write the notes below the rows, out of the panes that stay in sight; return the last row."""
        width = int(min(max(_letters(table), _NARROW), _LONG_NOTE))
        for note in table.notes:
            words = self._said(note)
            for line in _folded(words[:1].upper() + words[1:], width):
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
        self.sheet.freeze_panes(head + 1, frozen_columns(table, self.language))
        if table.rows:
            self.sheet.autofilter(head, 0, head + len(table.rows), len(table.columns) - 1)

    def _cell(
        self, row: int, place: int, value: Any, column: Column, said: str, *, striped: bool, whole: bool
    ) -> None:
        """Write a cell; ``said`` are its words where they were needed before."""
        style = self.styles.body(column.quantity, striped=striped, whole=whole)
        if is_missing(value):
            self.sheet.write_blank(row, place, None, style)
        elif isinstance(value, _WORDS) and column.format != "month":
            self.sheet.write_string(row, place, said or self._said(value), style)
        elif isinstance(value, Live):
            self.sheet.write_formula(row, place, value.formula(row, place, self.head), style, float(value))
        elif column.numeric and not isinstance(value, _WORDS):
            self.sheet.write_number(row, place, float(value), style)
        elif isinstance(value, Percent):  # a figure among words, as the next
            self.sheet.write_number(row, place, value.share, self.styles.plain("0.0#%", striped=striped))
        elif isinstance(value, Real) and not isinstance(value, bool):
            self.sheet.write_number(row, place, float(value), self.styles.plain("General", striped=striped))
        elif isinstance(value, Month):
            shown = self.styles.plain(MONTH_FORMATS[self.language], striped=striped)
            self.sheet.write_datetime(row, place, date.fromisoformat(f"{value.month}-01"), shown)
        elif column.format == "month" and isinstance(value, str) and _MONTH.fullmatch(value):
            self.sheet.write_datetime(row, place, date.fromisoformat(f"{value}-01"), style)
        else:
            self.sheet.write_string(row, place, said or self._said(value), style)

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
        spare = max(0, int((_NARROW - _letters(table)) // 8) + 1)  # for the notes of a narrow table
        self.sheet.print_area(0, 0, last, printed[-1] + spare)
        page = text("Page &P of &N").render(self.language)
        name = imprint.id[:_LONGEST_ID].replace("&", "&&")  # a footer has 255 letters at most
        self.sheet.set_footer(f"&L&8{name} · techprio {imprint.version}&R&8{page}")
        self.sheet.hide_gridlines(2)


def _is_whole(table: Table, place: int) -> bool:
    if table.columns[place].format != "number":
        return False
    values = (row[place] for row in table.rows)
    return all(float(v).is_integer() for v in values if isinstance(v, Real) and v == v)


def _letters(table: Table) -> float:
    return sum(column.letters for column in table.columns if column.place == "page")


def _letter(count: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(count - 1))


def _folded(note: str, width: int) -> list[str]:
    lines = [""]
    for word in note.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def heading_lines(table: Table, language: Language) -> int:
    """Return how many lines the tallest heading needs at its width."""
    return max(lines_at(column.quantity.head(language), 0.85 * column.letters) for column in table.columns)


def lines_at(words: str, width: float) -> int:
    """Return how many lines a text needs in so many letters."""
    if len(words) <= width and "\n" not in words:
        return 1
    count = 0
    for paragraph in words.split("\n"):
        count, used = count + 1, 0
        for word in paragraph.split():
            if used and used + 1 + len(word) > width:
                count, used = count + 1, len(word)
            else:
                used += len(word) + bool(used)
    return count


def frozen_columns(table: Table, language: Language) -> int:
    """Return how many columns stay in sight: up to the name of the technology, as far as there is room."""
    names = (TECHNOLOGY_NAME.key, NAME_VI.key, NAME_EN.key)
    last = next((place for place, column in enumerate(table.columns[:5], 1) if column.key in names), 1)
    used = 0.0
    for place, column in enumerate(table.columns[:last]):
        used += 0.0 if column.place_in(language) == "folded" else column.letters
        if used > FROZEN_LETTERS:
            return place
    return last


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
