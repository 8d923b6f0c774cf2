from dataclasses import replace
from html import escape

import openpyxl
import pytest

import techprio as tp
from techprio.display.quantities import render
from techprio.reporting.comparison import comparison_files, comparison_tables


@pytest.fixture(scope="module")
def two(trimmed_result, tmp_path_factory):
    """Give a study with a plan under two ids, with their folders."""
    top = tmp_path_factory.mktemp("two")
    studies = {name: replace(trimmed_result.study, id=name) for name in ("an", "binh")}
    for name, study in studies.items():
        replace(trimmed_result, study=study).save(top / name, languages=("vi",), outputs=())
    return studies, {name: top / name for name in studies}


def test_figures_are_those_of_each_result(two, trimmed_result):
    studies, weights, platforms = comparison_tables(*two)
    plan = trimmed_result.plan
    row = studies.rows[0]
    assert row[0] == "an"
    assert row[2:4] == (len(trimmed_result.study.catalog.technologies), int(plan.placements["placed"].sum()))
    assert row[4] == pytest.approx(plan.spending["amount"].sum())
    assert row[6] == pytest.approx(plan.staff["people"].sum())
    assert [column.key for column in weights.columns] == ["criterion", "weight:an", "weight:binh"]
    assert sum(row[1] for row in weights.rows) == pytest.approx(1)
    roles = trimmed_result.roles.table
    wanted = {
        trimmed_result.study.catalog.label(name) for name in roles.index[roles["role_final"] == "platform"]
    }
    assert {row[0] for row in platforms.rows} == wanted
    assert {row[1:] for row in platforms.rows} == {(2, "an, binh")}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_workbook_and_page_speak_one_language(two, tmp_path, language):
    files = comparison_files(*two, language=language)
    page = files["comparison.html"].decode()
    titles = {"vi": "Công nghệ nền tảng lặp lại", "en": "Platforms that recur"}
    assert titles[language] in page
    (tmp_path / "c.xlsx").write_bytes(files["comparison.xlsx"])
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert titles[language] in book.sheetnames
    assert escape(render(two[0]["an"].title, language)) in page


def test_a_study_without_a_plan_has_no_money(small_study, tmp_path):
    tp.run(small_study, draws=50).save(tmp_path / "small", outputs=())
    studies, *_ = comparison_tables({"small": small_study}, {"small": tmp_path / "small"})
    assert studies.rows[0][3:] == (0, 0.0, "", 0.0)
