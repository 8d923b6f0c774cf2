"""The files that offices send, written anew: workbooks cell by cell, texts byte by byte."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.styles import Font

import techprio as tp


def workbook(rows, *, sheet="DL", merged=(), hidden=(), formats=None, fonts=None):
    """Return the bytes of a workbook with one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    for row in hidden:
        page.row_dimensions[row].hidden = True
    for address, number_format in (formats or {}).items():
        page[address].number_format = number_format
    for address, font in (fonts or {}).items():
        page[address].font = Font(name=font)
    return saved(book)


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def open_document(rows):
    """Return an OpenDocument workbook whose sheet DL has these rows of XML."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="DL">{rows}</table:table>'
    ends = "</office:spreadsheet></office:body></office:document-content>"
    content = f"<office:document-content {names}>{body}{ends}"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()


def rezipped(data, change):
    """Return a workbook whose parts went through ``change(name, content)``; None drops a part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def read(tmp_path, data, name="data.xlsx", **options):
    """Read a table of scores from the bytes of a file."""
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return tp.read_score_table(path, **options)


def problems(tmp_path, data, name="data.xlsx", **options):
    """Return the problems of a file by their place; each must have its words in both languages."""
    with pytest.raises(tp.DataFileError) as caught:
        read(tmp_path, data, name, **options)
    found = caught.value.problems
    for problem in found:
        assert problem.file == name
        assert problem.render("vi") != problem.render("en")
    return {str(problem.place): problem for problem in found}


def notes(table, language="en"):
    return [note.render(language) for note in table.notes]
