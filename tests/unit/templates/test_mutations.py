"""Whatever people do to a study workbook: problems or a study, never another exception."""

import io
import random
from datetime import date

import openpyxl
import pytest

from techprio.errors import DataFileError, InputError
from techprio.inputs.study import check_study, read_study
from techprio.templates.writing import convert_study, new_study

from .filling import fill_workbook

VALUES = (
    None, "", 0, -1, 1e300, "#N/A", "=1/0", "=A1", "a/b", "A;B", "A=1;B=2", "=", "null", "~", True, False,
    date(2027, 1, 1), "12.500", "0,35", "root", "AGR01", "C1", "\u00a0", "#1", "true", "[1]", "{a: 1}", "id",
    "Mã", "Tổng cộng", "  ",
)  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    path = new_study(
        tmp_path_factory.mktemp("sound") / "study.xlsx", sectors="AGR=Nông nghiệp", id="x", language="vi"
    )
    fill_workbook(path, "vi")
    return path.read_bytes()


def mutated(data, choose):
    book = openpyxl.load_workbook(io.BytesIO(data))
    for _ in range(choose.randint(1, 4)):
        sheet = choose.choice(book.worksheets)
        act = choose.random()
        if act < 0.75:
            cell = sheet.cell(choose.randint(1, max(2, sheet.max_row)), choose.randint(1, sheet.max_column))
            if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                cell.value = choose.choice(VALUES)
        elif act < 0.82 and len(book.worksheets) > 2:
            del book[sheet.title]
        elif act < 0.9:
            sheet.delete_rows(choose.randint(1, 5))
        else:
            sheet.delete_cols(choose.randint(1, 4))
    return book


def hold(data, seed, folder):
    path = folder / "study.xlsx"
    mutated(data, random.Random(seed)).save(path)
    problems = check_study(path)
    for problem in problems:
        assert problem.render("vi")
    if not problems:
        read_study(path)
    try:
        written = convert_study(path, folder / "folder")
    except (DataFileError, InputError):
        assert problems
        return
    again = check_study(written)
    # What a workbook cannot say in two ways, the files do not say in another way.
    assert problems or not again, [problem.render("en") for problem in again]


@pytest.mark.parametrize("seed", range(60))
def test_mutated_workbook(seed, sound, tmp_path):
    hold(sound, seed, tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(60, 3000))
def test_many_mutated_workbooks(seed, sound, tmp_path):
    hold(sound, seed, tmp_path)
