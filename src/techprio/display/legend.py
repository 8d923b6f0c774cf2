"""What the columns of some tables mean, and what tables there are: two tables about tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from techprio.display.quantities import NUMBER, Column, Quantity, Table, Words, render
from techprio.language import LANGUAGES, Label, text

SHEET = Quantity("sheet", text("Sheet"), text("Name of the sheet, which leads to it."))
CONTENTS = Quantity("contents", text("Contents"), text("Title of the sheet."))
ROWS = Quantity("rows", text("Rows"), text("How many rows the sheet has."), "integer")
BOOK = Quantity("book", text("Workbook"), text("File that has the sheet."))
HEADING = Quantity("heading", text("Heading"), text("Head of a column of this workbook."))
MEANING = Quantity("meaning", text("Meaning"), text("What the figures or words of the column state."))
KEY = Quantity("key", text("Name in CSV files"), text("Name of the column in CSV files and frames."))
SHEETS = Quantity("sheets", text("Sheets"), text("Sheets that have the column."))


def name_of(table: Table) -> Words:
    """Return the short name of a table; its title where it has none."""
    return table.title if table.name is None else table.name


def index_table(tables: Sequence[Table], *, elsewhere: Sequence[tuple[str, Table]] = ()) -> Table:
    """Return the list of some tables with their titles and sizes, the index itself behind the first.

    Parameters
    ----------
    tables : sequence of Table
    elsewhere : sequence of (file, Table)
        Tables of other files, which are listed below.
    """
    index = text("Index")
    listed: list[tuple[Words, int | None]] = [(table.title, len(table.rows)) for table in tables]
    listed.insert(1, (index, None))
    this = text("this workbook")
    rows: list[tuple[Any, ...]] = [
        (place, "", title, count, this) for place, (title, count) in enumerate(listed, 1)
    ]
    rows += [
        (place, "", table.title, len(table.rows), file)
        for place, (file, table) in enumerate(elsewhere, len(rows) + 1)
    ]
    columns = [NUMBER, Column(SHEET, 34), Column(CONTENTS, 80), ROWS, Column(BOOK, 20)]
    if elsewhere:
        return Table.of("index", index, columns, rows)
    return Table.of("index", index, columns[:-1], [row[:-1] for row in rows])


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
    rows: list[tuple[Any, ...]] = []
    for (key, _), places in found.items():
        heads = Label(*(_some({q.head(language): None for _, q in places}) for language in LANGUAGES))
        names = [name_of(table) for table, _ in places]
        sheets = Label(*("; ".join({render(name, one): None for name in names}) for one in LANGUAGES))
        rows.append((heads, places[0][1].explanation, key, sheets))
    columns = [Column(HEADING, 30), Column(MEANING, 80), Column(KEY, 20), Column(SHEETS, 50)]
    return Table.of("legend", text("What the columns mean"), columns, rows, name=text("Legend"))


def _some(names: Iterable[str], most: int = 3) -> str:
    listed = list(names)
    return ", ".join([*listed[:most], *(["…"] if len(listed) > most else [])])
