"""Whatever people and programs do to a file: a right reading or its problems, never anything else.

Five hundred examples run each time, ten thousand under the marker ``nightly``.
"""

import datetime
import io
import math
import unicodedata
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import techprio as tp
from techprio.inputs.study import check_study

from ..unit.templates.filling import fill_folder
from .files_of_cases import open_document, rezipped, saved

HEAD = ["Mã", "Tên", "Chi phí", "Lợi ích", "TRL"]
ROWS = [["CN01", "Điện mặt trời", 3.5, 4, 7], ["CN02", "Khí sinh học", 2, 4.25, 6], ["CN03", "Pin", 1, 5, 9]]
SOUND = {row[0]: dict(zip(HEAD[2:], row[2:], strict=True)) for row in ROWS}
# What is typed over a score, and the number that it is; None where it must be refused.
TYPED = [
    (5, 5), (0, 0), (-1, -1), (1e300, 1e300), ("3,5", 3.5), ("4.25", 4.25), ("1 250", 1250), ("５", 5),
    ("−2", -2),
    ("7\u00a0", 7), ("1.250.000", 1250000), (None, None), ("", None), ("12.500", None),
    ("1,250", None),
    ("4*", None), ("1 2", None), ("#N/A", None), ("#DIV/0!", None), ("=1/0", None),
    ("=A1", None), (True, None),
    (False, None), (datetime.date(2026, 5, 3), None), (datetime.datetime(1900, 1, 4), None),
    (datetime.time(3, 5), None), ("nan", None), ("inf", None), ("1e400", None), ("-", None), ("Cao", None),
    ("C«ng nghÖ", None), ("CÃ´ng nghá»‡", None), ("\u200b", None), ("9" * 400, None),
    ("0x10", None), ("½", None),
    ("1_000", None), ("٣", None), ("--1", None), ("1/3", None), ("50%", None),
]  # fmt: skip
SETTINGS = {"deadline": None, "suppress_health_check": list(HealthCheck), "derandomize": True}
FEW = settings(max_examples=170, **SETTINGS)
MANY = settings(max_examples=3400, **SETTINGS)


def outcome(data, name, folder):
    """Return the scores read; None when the file was refused, with words in both languages."""
    path = folder / name
    path.write_bytes(data)
    try:
        table = tp.read_score_table(path)
    except tp.DataFileError as error:
        problems = error.problems
    else:
        problems = ()
    assert all(problem.render("en") != problem.render("vi") for problem in problems)
    if problems:
        return None
    for note in table.notes:
        assert note.render("vi")
    scores = {code: row.to_dict() for code, row in table.scores.iterrows()}
    assert all(math.isfinite(value) for row in scores.values() for value in row.values())
    assert "" not in scores
    return scores


# --- cells, rows and columns, of which it is known what must come out -------------------------------------


cells = st.tuples(st.integers(0, 2), st.integers(2, 4), st.sampled_from(TYPED))
layouts = st.fixed_dictionaries(
    {
        "titles": st.integers(0, 3), "blank_rows": st.integers(0, 2), "blank_columns": st.integers(0, 2),
        "decomposed": st.booleans(), "total": st.booleans(), "row_twice": st.booleans(),
        "column_twice": st.booleans(), "merged_title": st.booleans(), "hidden": st.booleans(),
        "turned": st.booleans(),
    }
)  # fmt: skip


def expected(typed, layout):
    """Return the scores that the file means; None when it must be refused."""
    meant = {code: dict(row) for code, row in SOUND.items()}
    for (row, place), (_, value) in typed.items():
        meant[ROWS[row][0]][HEAD[place]] = value
    refused = any(value is None for row in meant.values() for value in row.values())
    return None if refused or layout["row_twice"] or layout["column_twice"] else meant


def table_of(typed, layout):
    rows = [list(row) for row in ROWS]
    for (row, place), (entry, _) in typed.items():
        rows[row][place] = entry
    table = [list(HEAD), *rows]
    if layout["decomposed"]:
        table = [[unicodedata.normalize("NFD", x) if isinstance(x, str) else x for x in row] for row in table]
    if layout["row_twice"]:
        table.append(list(table[1]))
    if layout["column_twice"]:
        table = [[*row, row[2]] for row in table]
    if layout["turned"]:
        table = [[*row[:2], *row[:1:-1]] for row in table]
    return table


def book_of(typed, layout):
    book = openpyxl.Workbook()
    sheet = book.active
    for number in range(layout["titles"]):
        sheet.append([f"BẢNG ĐIỂM {number}"])
    for _ in range(layout["blank_rows"]):
        sheet.append([])
    first = layout["titles"] + layout["blank_rows"] + 1
    for number, row in enumerate(table_of(typed, layout)):
        for place, entry in enumerate(row):
            sheet.cell(first + number, place + 1 + layout["blank_columns"], entry)
    if layout["total"]:
        last = sheet.max_row + 1
        for place, entry in enumerate(["Tổng cộng", None, 6.5, 13.25, 22]):
            sheet.cell(last, place + 1 + layout["blank_columns"], entry)
    if layout["merged_title"] and layout["titles"]:
        sheet.merge_cells("A1:E1")
    if layout["hidden"]:
        sheet.row_dimensions[first + 1].hidden = True
    return saved(book)


def hold_cells(typed, layout, folder):
    found = outcome(book_of(typed, layout), "data.xlsx", folder)
    meant = expected(typed, layout)
    without_number = {name for place, name in enumerate(HEAD) if place >= 2 and all(
        typed.get((row, place), (0, 0))[1] is None for row in range(3)
    )}  # fmt: skip
    if found is not None and without_number:  # a column of texts, which is kept beside the scores
        assert all(without_number.isdisjoint(row) for row in found.values())
        assert all(row[name] == SOUND[code][name] or typed for code, row in found.items() for name in row)
        return
    assert found == meant


mutated_cells = st.lists(cells, max_size=3).map(lambda found: {(row, place): v for row, place, v in found})


@FEW
@given(typed=mutated_cells, layout=layouts)
def test_cells_and_rows_of_a_workbook(typed, layout, tmp_path_factory):
    hold_cells(typed, layout, tmp_path_factory.mktemp("cells", numbered=True))


@pytest.mark.nightly
@MANY
@given(typed=mutated_cells, layout=layouts)
def test_many_cells_and_rows_of_a_workbook(typed, layout, tmp_path_factory):
    hold_cells(typed, layout, tmp_path_factory.mktemp("cells", numbered=True))


# --- bytes, of which only the kind of outcome is known ---------------------------------------------------


CSV = "\r\n".join(",".join(map(str, row)) for row in [HEAD, *ROWS]).encode()
BOOK = book_of({}, dict.fromkeys(["titles", "blank_rows", "blank_columns"], 0) | dict.fromkeys(
    ["decomposed", "total", "row_twice", "column_twice", "merged_title", "hidden", "turned"], False
))  # fmt: skip
OPEN_DOCUMENT = open_document(
    "<table:table-row>"
    + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{x}</text:p></table:table-cell>' for x in HEAD
    )
    + "</table:table-row><table:table-row>"
    + '<table:table-cell office:value-type="string"><text:p>CN01</text:p></table:table-cell>' * 2
    + '<table:table-cell office:value-type="float" office:value="4" table:number-columns-repeated="3"/>'
    + "</table:table-row>"
)
acts = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "put", "drop", "double", "swap", "encode"]),
        st.floats(0, 1, exclude_max=True),
        st.binary(min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=3,
)
ENCODINGS = ("utf-16", "utf-8-sig", "cp1258", "utf-16-be", "latin-1")


def spoiled(data, deeds):
    for act, where, put in deeds:
        at = int(where * len(data))
        if act == "flip" and data:
            data = data[:at] + bytes([data[at] ^ (put[0] or 1)]) + data[at + 1 :]
        elif act == "cut":
            data = data[:at]
        elif act == "put":
            data = data[:at] + put + data[at:]
        elif act == "drop":
            data = data[:at] + data[at + len(put) :]
        elif act == "double":
            data = data[:at] + data[at // 2 :]
        elif act == "swap":
            data = data.replace(b",", (b";", b"\t", b"|", b" ")[put[0] % 4])
        else:
            words = data.decode("utf-8", errors="replace")
            data = words.encode(ENCODINGS[put[0] % len(ENCODINGS)], errors="replace")
    return data


def inside(data, deeds):
    """Spoil one part of a workbook and zip it again; sometimes leave the part out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    name = names[int(deeds[0][1] * len(names))]
    if deeds[0][0] == "cut" and deeds[0][2][0] % 2:
        return rezipped(data, lambda part, content: None if part == name else content)
    return rezipped(data, lambda part, content: spoiled(content, deeds) if part == name else content)


def hold_bytes(kind, deeds, folder):
    if kind == "csv":
        outcome(spoiled(CSV, deeds), "data.csv", folder)
    elif kind == "book":
        outcome(spoiled(BOOK, deeds), "data.xlsx", folder)
    elif kind == "part":
        outcome(inside(BOOK, deeds), "data.xlsx", folder)
    else:
        outcome(inside(OPEN_DOCUMENT, deeds), "data.ods", folder)


kinds = st.sampled_from(["csv", "book", "part", "open document"])


@FEW
@given(kind=kinds, deeds=acts)
def test_bytes_of_files(kind, deeds, tmp_path_factory):
    hold_bytes(kind, deeds, tmp_path_factory.mktemp("bytes", numbered=True))


@pytest.mark.nightly
@MANY
@given(kind=kinds, deeds=acts)
def test_many_bytes_of_files(kind, deeds, tmp_path_factory):
    hold_bytes(kind, deeds, tmp_path_factory.mktemp("bytes", numbered=True))


# --- the files of a study ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tp.inputs.new_study(
        tmp_path_factory.mktemp("sound") / "study", sectors="AGR=Nông nghiệp", id="x"
    )
    fill_folder(folder)
    assert not check_study(folder)
    return folder


def hold_study(study, where, deeds):
    files = sorted(path for path in study.rglob("*") if path.suffix in (".csv", ".yaml"))
    path = files[int(where * len(files))]
    sound = path.read_bytes()
    try:
        path.write_bytes(spoiled(sound, deeds))
        problems = check_study(study)
        for problem in problems:
            assert problem.render("en") != problem.render("vi")
        if not problems:
            tp.read_study(study)
    finally:
        path.write_bytes(sound)


files_of_a_study = st.floats(0, 1, exclude_max=True)


@FEW
@given(where=files_of_a_study, deeds=acts)
def test_files_of_a_study(study, where, deeds):
    hold_study(study, where, deeds)


@pytest.mark.nightly
@MANY
@given(where=files_of_a_study, deeds=acts)
def test_many_files_of_a_study(study, where, deeds):
    hold_study(study, where, deeds)
