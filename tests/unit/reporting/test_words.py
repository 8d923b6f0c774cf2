"""What people read is words and numbers of their language, never how Python writes a value."""

import re
from dataclasses import replace

import docx
import numpy as np
import pytest

import techprio as tp
from techprio.display.quantities import render
from techprio.language import Label, Month, Percent, text
from techprio.model.known_names import group_name, unit_name
from techprio.reporting.criteria_tables import consistency_table, experts_table, weights_table
from techprio.reporting.matrix_tables import matrix_table
from techprio.reporting.plan_tables import plan_notes
from techprio.reporting.record import method_words, record_table
from techprio.reporting.words import role_with_certainty
from techprio.reporting.workbook import Tables

PYTHON = re.compile(r"\w\([a-z_]+=|\{'|\['|\bTrue\b|\bFalse\b|\bNone\b|\bnan\b|\bdtype\b")
ENGLISH_NUMBER = re.compile(r"\d %|\b\d+\.\d{1,2}\b(?!\.)|(?<![\d.,])\d{5,}")
DIGEST = re.compile(r"[0-9a-f]{64}")


@pytest.fixture(scope="module")
def document(shipped_run):
    folder, _ = shipped_run
    return docx.Document(folder / "report.docx")


def test_no_value_is_shown_as_python_writes_it(document):
    told = [p.text for p in document.paragraphs]
    told += ["".join(t.text or "" for t in cell.iter() if t.tag.endswith("}t"))
             for table in document.tables for row in table._tbl.tr_lst for cell in row.tc_lst]  # fmt: skip
    assert [words for words in told if PYTHON.search(words)] == []


def test_numbers_in_vietnamese_sentences_are_vietnamese(document):
    told = [p.text for p in document.paragraphs]
    assert [words for words in told if ENGLISH_NUMBER.search(words)] == []
    assert any("10.000 lượt mô phỏng" in words for words in told)
    assert any("TOPSIS, quy về thang chung: reference (theo thang cố định" in words for words in told)
    assert any("trung bình của 128 phương án phân kỳ liên tục" in words for words in told)


def test_record_is_a_table_of_words(run):
    table = record_table(run)
    rows = {render(item, "vi"): render(value, "vi") for item, value in table.rows}
    assert rows["Phương pháp xếp hạng"].startswith("TOPSIS, quy về thang chung: reference")
    assert rows["Phân kỳ: chênh lệch tối đa so với giới hạn trên"] == "0,3%"
    assert rows["Phân kỳ: tháng đầu"] == "tháng 7/2027"
    assert rows["Phân kỳ: các giới hạn là minh họa"] == "có"
    assert rows["Mô phỏng: số lượt mô phỏng"] == "10.000"
    assert not [name for name in rows if re.match(r"[a-z_]+\.", name)]
    assert all(not ENGLISH_NUMBER.search(value) for value in rows.values() if not DIGEST.search(value)
               and value != rows["Phiên bản techprio"])  # fmt: skip


def test_each_remark_has_a_row_in_the_language(run):
    plan = replace(run.plan, notes=(text("billion VND"), text("panel")))
    rows = [(render(a, "en"), render(b, "en")) for a, b in record_table(replace(run, plan=plan)).rows]
    assert [value for item, value in rows if item == "Plan: remarks"] == ["billion VND", "panel"]


@pytest.mark.parametrize(
    ("method", "en", "vi"),
    [
        (tp.Topsis("vector"), "TOPSIS, normalization vector (by the length of each column)",
         "TOPSIS, quy về thang chung: vector (theo độ dài vectơ của từng cột)"),
        (tp.ranking.Vikor(v=0.25), "VIKOR, normalization minmax (", "VIKOR, quy về thang chung: minmax ("),
        (tp.ranking.make_method("edas"), "edas, normalization", "edas, quy về thang chung"),
    ],
)  # fmt: skip
def test_methods_in_words(method, en, vi):
    assert method_words(method).render("en").startswith(en)
    assert method_words(method).render("vi").startswith(vi)


def test_settings_of_a_method_have_the_decimal_sign_of_the_language():
    assert method_words(tp.ranking.Vikor(v=0.25)).render("vi").endswith(", v 0,25")


def test_gap_of_the_plan(run):
    note = plan_notes(replace(run.plan, gap=0.00215498))[0]
    assert "0,22%" in note.render("vi")
    assert "0.22%" in note.render("en")


def test_groups_and_units_are_named_in_the_language(run):
    assert [render(row[0], "vi") for row in experts_table(run).rows][1:4] == [
        "cơ quan quản lý", "nhà khoa học", "doanh nghiệp",
    ]  # fmt: skip
    assert render(consistency_table(run).rows[0][0], "vi") == "toàn thể chuyên gia"
    assert {render(row[6], "vi") for row in weights_table(run).rows} == {
        "", "TRL", "điểm", "tháng", "tỷ đồng", "tỷ đồng/năm", "việc làm hoặc hộ",
    }  # fmt: skip
    assert matrix_table(run).notes[2].render("vi").endswith("(tỷ đồng)")
    assert (group_name("Hội Nông dân"), unit_name("ha")) == ("Hội Nông dân", "ha")


def test_charts_name_the_groups_in_the_language(run):
    weights = replace(run.weights, group_of=dict.fromkeys(run.weights.by_expert.index, "agencies"))
    strip = weights.plot(language="vi")
    assert "cơ quan quản lý" in [t.get_text() for t in strip.get_legend().get_texts()]
    names = [t.get_text() for t in weights.plot_consistency(language="vi").get_yticklabels()]
    assert "toàn thể chuyên gia" in names
    assert not {"group", "panel"} & set(names)


@pytest.mark.parametrize(
    ("value", "vi"),
    [(1234.5, "1.234,5"), (np.float64(0.5), "0,5"), (Month("2028-07"), "tháng 7/2028"), (Percent(0.5), "50%"),
     (Label("a", "b"), "a"), (7, "7"), ("x", "x")],
)  # fmt: skip
def test_plain_values(value, vi):
    assert render(value, "vi") == vi


@pytest.mark.parametrize(
    ("role", "by_rule", "certainty", "shown"),
    [
        ("core", "core", 0.26, "core (26%)"),
        ("core", "core", float("nan"), "core"),
        ("core", "encouraged", 0.9, "core"),  # people decided it; the draws are of the rule
    ],
)
def test_a_role_stands_with_its_certainty(role, by_rule, certainty, shown):
    assert str(role_with_certainty(role, by_rule, certainty)) == shown


def test_every_list_that_shows_a_role_shows_its_certainty(trimmed_result):
    run, shown = trimmed_result, 0
    for table in (*Tables.of(run).run, *Tables.of(run).analysis, *run.tables().values()):
        keys = [column.key for column in table.columns]
        if "role_final" not in keys:
            continue
        shown += 1
        roles = {row[keys.index("role_final")] for row in table.printed("en")}
        assert "certainty" in keys or all(role.endswith("%)") for role in roles)
    assert shown >= 5
