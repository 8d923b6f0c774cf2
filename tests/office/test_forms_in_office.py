"""A form that was opened and saved by LibreOffice, in any of its formats, says the same."""

import subprocess

import openpyxl
import pandas as pd
import pytest

import techprio as tp

pytestmark = pytest.mark.office
EXPERTS = (tp.forms.Expert("e1", "Nguyễn Văn An", "agencies", ("AGR",)),)


@pytest.fixture(scope="module")
def saved_again(soffice, small_study, tmp_path_factory, open_workbook):
    """Fill in a form and save it by LibreOffice as xlsx, ods and xls; ods back to xlsx too."""
    place = tmp_path_factory.mktemp("office")
    tp.forms.make_forms(small_study, EXPERTS, place / "sent", language="vi")
    form = open_workbook(place / "sent" / "small-e1-r1.xlsx").answer_all()
    form.answer("pair:root:F:J", "bằng nhau")
    form.cell("pair:root:F:J", "degree").value = None
    form.answer("pair:root:F:R", "B", "3-5", note="vì điện")
    form.answer("pair:F:F1:F2", "A")
    form.cell("pair:F:F1:F2", "degree").value = None  # a degree is missing
    form.answer("score:AGR:AGR01:F1", "3-5")
    form.answer("score:AGR:AGR02:F1", "không biết")
    form.answer("score:AGR:AGR01:J", "100-10000")
    form.cell("score:AGR:AGR03:R", "value").value = None
    form.cell("grid:AGR:AGR03", "R").value = 2
    source = form.save(place / "plain" / "phieu.xlsx")
    for kind, given, into in (
        ("xlsx", source, "xlsx"),
        ("ods", source, "ods"),
        ("xls", source, "xls"),
        ("xlsx", place / "ods" / "phieu.ods", "back"),
    ):
        subprocess.run(
            [soffice, "--headless", f"-env:UserInstallation={(place / 'profile').as_uri()}", "--convert-to",
             kind, "--outdir", str(place / into), str(given)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    return place


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", "back"])
def test_it_reads_the_same(saved_again, small_study, kind):
    plain, other = (
        tp.forms.collect_forms(small_study, EXPERTS, saved_again / folder, saved_again / "sent")
        for folder in ("plain", kind)
    )
    assert len(plain.comparisons) == 5
    assert len(plain.answers) == 15
    for name in ("comparisons", "answers", "judgments"):
        pd.testing.assert_frame_equal(getattr(plain, name), getattr(other, name))
    assert [one.code for one in other.problems] == [one.code for one in plain.problems] == ["F604"]


def test_what_is_open_is_counted(saved_again):
    guide = openpyxl.load_workbook(saved_again / "xlsx" / "phieu.xlsx", data_only=True).worksheets[0]
    words = [str(cell.value) for row in guide.iter_rows() for cell in row if "còn thiếu:" in str(cell.value)]
    assert words == ["So sánh cặp: còn thiếu: 1", "Chấm điểm AGR: còn thiếu: 0"]
