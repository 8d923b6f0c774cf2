"""The sums of the workbook, added by LibreOffice, are those of the plan to the last digit."""

import io

import openpyxl
import pytest

from techprio.reporting.workbook import workbook_bytes

DIGITS = 15  # that a sheet holds of a number
SHEETS = ("Money by year", "Budget use")


def _digits(cell):
    return f"{cell.value:.{DIGITS - 1}g}" if cell.value else "0"


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_recalculated_sums_are_those_of_the_plan(trimmed_result, to_pdf, tmp_path):
    content = workbook_bytes(trimmed_result, language="en")
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name in set(book.sheetnames) - set(SHEETS):
        del book[name]
    book.save(tmp_path / "bare.xlsx")  # without the values that were kept beside the formulas
    (again,) = to_pdf.all([tmp_path / "bare.xlsx"], kind="xlsx", folder=tmp_path / "counted")
    counted = openpyxl.load_workbook(again, data_only=True)
    kept = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    for name in SHEETS:
        cells = [cell for row in book[name].iter_rows() for cell in row if cell.data_type == "f"]
        assert len(cells) > 30
        places = [cell.coordinate for cell in cells]
        assert [_digits(counted[name][one]) for one in places] == [_digits(kept[name][one]) for one in places]
    money, plan = counted[SHEETS[0]], trimmed_result.plan
    rows = [row for row in money.iter_rows(min_row=5, values_only=True) if isinstance(row[-1], int | float)]
    total = sum(row[-1] for row in rows if row[0])  # of the technologies
    assert total == pytest.approx(float(plan.spending["amount"].sum()), rel=1e-12)
    assert rows[-1][-1] == pytest.approx(total, rel=1e-12)  # need from all sources
    gathered = [row[6] for row in counted[SHEETS[1]].iter_rows(min_row=5, values_only=True) if row[2]]
    assert gathered == pytest.approx(plan.budget_use["cumulative_used"].tolist(), rel=1e-9)
