"""The sums of the workbook, added by LibreOffice, are those of the plan."""

import io

import openpyxl
import pytest

from techprio.reporting.workbook import workbook_bytes

SHEET = "Money by year"


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_recalculated_sums_are_those_of_the_plan(trimmed_result, to_pdf, tmp_path):
    content = workbook_bytes(trimmed_result, language="en")
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name in set(book.sheetnames) - {SHEET}:
        del book[name]
    book.save(tmp_path / "bare.xlsx")  # without the values that were kept beside the formulas
    (again,) = to_pdf.all([tmp_path / "bare.xlsx"], kind="xlsx", folder=tmp_path / "counted")
    counted = openpyxl.load_workbook(again, data_only=True)[SHEET]
    kept = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[SHEET]
    formulas = [cell.coordinate for row in book[SHEET].iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) > 50
    for place in formulas:
        assert counted[place].value == pytest.approx(kept[place].value, rel=1e-12, abs=1e-9)
    total = sum(
        row[-1] for row in counted.iter_rows(values_only=True) if row[1] and isinstance(row[-1], int | float)
    )
    assert total == pytest.approx(float(trimmed_result.plan.spending["amount"].sum()), rel=1e-12)
