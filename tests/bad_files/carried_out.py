"""A proposal carried out as a program would: one cell, one heading or one value of a file is replaced."""

import csv
import io
import re

import openpyxl


def carry_out(problem, folder, by):
    """Replace what a problem found by one of the values that its proposal names.

    Returns the file before and after, as rows of cells or as lines of YAML.
    """
    path = folder / problem.file.partition(": ")[0]
    if path.suffix == ".xlsx":
        return _in_workbook(problem, path, by)
    if path.suffix == ".yaml":
        return _in_lines(problem, path, by)
    return _in_table(problem, path, by)


def _replaced(cell, edit, by):
    """Return a cell with a name in it replaced, or the whole cell."""
    if edit.replaces and edit.replaces != cell:
        return re.sub(rf"(?<![\w.\-]){re.escape(edit.replaces)}(?![\w.\-])", by, cell)
    return by


def _in_table(problem, path, by):
    data = path.read_bytes()
    words = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    separator = max(",;\t", key=words.partition("\n")[0].count)
    before = list(csv.reader(io.StringIO(words), delimiter=separator))
    after = [list(row) for row in before]
    line, column = _place(problem)
    row = after[line - 1]
    if problem.code == "T105":
        column = row.index(problem.edit.replaces)
    elif column is None:
        column = _column(problem, before[0], [cell.strip() for cell in row])
    row[column] = _replaced(row[column], problem.edit, by)
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows(after)
    path.write_text(stream.getvalue(), encoding="utf-8")
    return before, after


def _column(problem, headings, row):
    """Return the column of the field, else that of what was found."""
    names = [heading.strip() for heading in headings]
    if problem.field in names:
        return names.index(problem.field)
    return row.index(problem.edit.replaces or str(problem.found))


def _place(problem):
    values = problem.place.values
    return values["line"], values["column"] - 1 if "column" in values else None


def _in_workbook(problem, path, by):
    book = openpyxl.load_workbook(path)
    before = _cells(book)
    sheet, _, address = str(problem.place).rpartition("!")
    if not re.fullmatch(r"[A-Z]+[0-9]+", address):
        sheet, address = str(problem.place), ""
    page = book[sheet]
    if not address:
        page.title = by
    else:
        cell = page[address]
        cell.value = _replaced("" if cell.value is None else str(cell.value), problem.edit, by)
        cell.number_format = "@"
    book.save(path)
    return before, _cells(book)


def _cells(book):
    return [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]


def _in_lines(problem, path, by):
    before = path.read_text(encoding="utf-8").splitlines()
    after = list(before)
    line, _ = _place(problem)
    found = problem.edit.replaces or str(problem.found)
    after[line - 1] = re.sub(
        rf"(?<![\w.\-]){re.escape(found)}(?![\w.\-])", lambda _: by, after[line - 1], count=1
    )
    path.write_text("\n".join(after) + "\n", encoding="utf-8")
    return [[line] for line in before], [[line] for line in after]
