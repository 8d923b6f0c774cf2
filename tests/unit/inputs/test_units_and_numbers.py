"""Declared tables: units in headings are converted or refused by name, numbers follow those of their file."""

import csv
import io
import re
from typing import Annotated

import pytest

import techprio as tp
from techprio.inputs.columns import Row
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.tables import read_table
from techprio.inputs.units import factor, part_unit, unit_in
from techprio.model.fields import Field

from ..templates.filling import fill_folder


class Plant(Row):
    id: Annotated[str, Field("Mã", "Id", kind="id")]
    capex: Annotated[float, Field("Vốn đầu tư", "Capital cost", unit="billion VND", least=0, most=100_000)]
    months: Annotated[
        int | None,
        Field("Thời gian", "Lead time", kind="integer", unit="months", least=0, most=600, required=False),
    ] = None


def read(words):
    diagnostics = Diagnostics()
    table = read_table(words.encode(), "t.csv", Plant, diagnostics)
    return [tuple(line.values.values()) for line in table], diagnostics


@pytest.mark.parametrize(
    ("head", "row", "value"),
    [
        ("Vốn đầu tư (triệu đồng)", "3500", 3.5), ("Vốn đầu tư, nghìn đồng", "3500000", 3.5),
        ("Capital cost / million VND", "1.1", 0.0011), ("Vốn đầu tư [nghìn tỷ đồng]", "3.5", 3500),
        ("Vốn đầu tư (tỷ VND)", "3.5", 3.5), ("capex", "3.5", 3.5),
        ("Capital cost (billion VND)", "3.5", 3.5),
        ("Vốn đầu tư (ĐVT: triệu đồng)", "3500", 3.5),
    ],
)  # fmt: skip
def test_money_of_one_currency_is_converted(head, row, value):
    lines, diagnostics = read(f'id,"{head}"\nA,{row}\n')
    assert diagnostics.problems == []
    assert lines == [("A", value, None)]
    assert bool(diagnostics.notes) == (float(row) != value)


def test_years_are_months_and_a_line_above_speaks_of_its_kind():
    lines, diagnostics = read("id,capex,Thời gian (năm)\nA,3.5,2\n")
    assert lines == [("A", 3.5, 24)]
    assert "converted from năm to months" in diagnostics.notes[0].render("en")
    lines, _ = read("Đơn vị tính: triệu đồng,,\nid,capex,months\nA,3500,2\n")
    assert lines == [("A", 3.5, 2)]


@pytest.mark.parametrize(
    ("head", "found", "wanted"),
    [
        ("Vốn đầu tư (USD)", "USD", "tỷ đồng"), ("capex [triệu EUR]", "triệu EUR", "tỷ đồng"),
        ("Vốn đầu tư, tỷ đồng/năm", "tỷ đồng/năm", "tỷ đồng"), ("capex (%)", "%", "tỷ đồng"),
        ("capex (người)", "người", "tỷ đồng"),
    ],
)  # fmt: skip
def test_other_units_are_refused_by_name(head, found, wanted):
    _, diagnostics = read(f'id,"{head}"\nA,3.5\n')
    (problem,) = diagnostics.problems
    assert problem.code == "T139"
    assert found in problem.render("vi")
    assert wanted in problem.render("vi")


def test_days_are_no_months_and_limits_hold_after_conversion():
    _, diagnostics = read("id,capex,Thời gian (ngày)\nA,3.5,90\n")
    assert [p.code for p in diagnostics.problems] == ["T139"]
    _, diagnostics = read("id,capex,Thời gian (năm)\nA,3.5,60\n")
    assert [(p.code, str(p.found)) for p in diagnostics.problems] == [("T112", "60")]
    _, diagnostics = read("id,capex,Thời gian (năm)\nA,3.5,1.1\n")
    assert [p.code for p in diagnostics.problems] == ["T111"]


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        ("tỷ đồng", "triệu đồng", 1000), ("bn VND", "tỷ VND", 1), ("people", "nghìn người", 1 / 1000),
        ("%", "‰", 10), ("quý", "tháng", 3), ("USD", "VND", None), ("ngày", "tháng", None),
        ("điểm", "%", None),
    ],
)  # fmt: skip
def test_factors(one, other, by):
    found = factor(unit_in(one), unit_in(other))
    assert (None if found is None else float(found)) == by


@pytest.mark.parametrize(
    "heading", ["Kinh tế / Chi phí", "Thời gian, thấp", "Tiêu chí A: rủi ro", "Chi phí - lợi ích"]
)
def test_a_heading_is_not_cut_where_no_unit_stands(heading):
    assert part_unit(heading) == (heading, "")


def test_decimal_commas_of_a_whole_file():
    lines, diagnostics = read("id;capex;months\nA;3,5;12\nB;1.250,5;6\nC;12.500;6\n")
    assert [line[1] for line in lines] == [3.5, 1250.5, 12500]
    assert diagnostics.problems == []
    assert "dấu phẩy thập phân" in diagnostics.notes[0].render("vi")
    _, diagnostics = read('id,capex\nA,"3,5"\nB,2.5\n')
    assert [(p.code, str(p.place)) for p in diagnostics.problems] == [("T110", "line 2")]


def test_a_study_saved_by_a_vietnamese_excel_reads_the_same(tmp_path):
    folder = tp.inputs.new_study(tmp_path / "study", sectors="AGR=Nông nghiệp", id="x")
    fill_folder(folder)
    sound = tp.read_study(folder)
    for file in folder.rglob("*.csv"):
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        rows = [[re.sub(r"^(-?[0-9]+)\.([0-9]+)$", r"\1,\2", cell) for cell in row] for row in rows]
        out = io.StringIO()
        csv.writer(out, delimiter=";").writerows(rows)
        file.write_text(out.getvalue(), encoding="utf-8-sig")
    assert tp.read_study(folder).catalog == sound.catalog
