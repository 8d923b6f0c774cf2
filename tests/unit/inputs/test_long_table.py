import datetime
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.inputs import read_catalogue

from ...other_shapes import OTHERS, changed, places

ARCHIVE = Path(__file__).parents[2] / "reference" / "data" / "odd_files.zip"
#: Danish Energy Agency, Technology Data Catalogue for Energy Storage (CC BY 4.0), sheet alldata_flat as in
#: PyPSA/technology-data at commit 634cdc1: what its wide sheets print for 2030.
PRINTED = {
    "161 CAES": (1.0634, 2.5, 40),
    "180 Lithium Ion Battery": (0.6614348, 0.2, 25),
    "182 Na-S Battery": (0.244582, 0.5, 24),
}
OF_2030 = {"technology": "ws", "where": {"est": "ctrl", "year": 2030}}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    path = tmp_path_factory.mktemp("long") / "catalogue.xlsx"
    with zipfile.ZipFile(ARCHIVE) as archive:
        path.write_bytes(archive.read("301/catalogue.xlsx"))
    return path


def test_values_are_those_of_the_wide_sheets(catalogue):
    table = read_catalogue(catalogue, OF_2030)
    fields = ["Specific investment", "Construction time", "Technical lifetime"]
    assert {name: tuple(table.values.loc[name, fields]) for name in table.values.index} == PRINTED
    assert table.missing.empty


def test_fields_have_units_and_factors(catalogue):
    months = {"parameter": "Construction time", "unit": "years", "factor": 12}
    table = read_catalogue(catalogue, {**OF_2030, "fields": {"lead_mode": months}})
    assert table.values["lead_mode"].to_dict() == {
        name: years * 12 for name, (_, years, _) in PRINTED.items()
    }


def test_bounds_are_taken_where_they_are_and_else_stand_for_the_value(catalogue):
    """Lower and Upper exist for 2020 and 2050 only: for 2030 the value stands for both."""
    table = read_catalogue(catalogue, OF_2030)
    pd.testing.assert_frame_equal(table.low, table.values)
    given = read_catalogue(catalogue, {**OF_2030, "low": {"est": "Lower", "year": 2020}})
    assert given.low.loc["161 CAES", "Construction time"] == 2


def test_rows_that_say_two_things_are_one_problem_that_names_the_columns(catalogue):
    (problem,) = problems(catalogue, {"technology": "ws"})
    assert "est: Lower, Upper, ctrl; year: 2020, 2050" in str(problem.allowed)


def problems(path, mapping):
    with pytest.raises(tp.DataFileError) as caught:
        read_catalogue(path, mapping)
    assert all(one.render("en") != one.render("vi") for one in caught.value.problems)
    return caught.value.problems


@pytest.mark.parametrize(
    ("mapping", "code", "word"),
    [
        ({"technology": "wss"}, "T105", "did you mean ws?"),
        ({"where": {"est": "ctl", "year": 2030}}, "T113", "did you mean ctrl?"),
        ({"where": {"yaer": 2030}}, "T105", "did you mean year?"),
        ({**OF_2030, "fields": {"cost": "Investment"}}, "T105", "Specific investment"),
        ({**OF_2030, "fields": {"x": {"parameter": "Construction time", "unit": "months"}}}, "T126", "years"),
        ({"fielsd": {}}, "Y203", "did you mean fields?"),
        ({**OF_2030, "fields": {"x": {"paramter": "Construction time"}}}, "Y203", "did you mean parameter?"),
        ({**OF_2030, "fields": {"x": {"parameter": "Construction time", "factr": 12}}}, "Y203", "factor"),
        ({**OF_2030, "fields": {"x": {"parameter": "Construction time", "factor": -12}}}, "Y207", "above 0"),
        ({**OF_2030, "fields": {"x": {"parameter": "Construction time", "factor": "ten"}}}, "Y206", "ten"),
        ({**OF_2030, "fields": {"x": ""}}, "Y204", "a value"),
        ({**OF_2030, "fields": ["Construction time"]}, "Y205", "keys with values"),
        ({"where": "year: 2030"}, "Y205", "{year: 2030}"),
        ({"where": {"year": [2030]}}, "Y205", "a text"),
        ("no-such.yaml", "T101", "YAML"),
    ],
)
def test_wrong_mapping_is_told_with_what_is_there(mapping, code, word, catalogue):
    found = problems(catalogue, mapping)
    assert found[0].code == code
    assert word in found[0].render("en")


def test_every_key_of_a_mapping_may_be_anything(catalogue):
    months = {"parameter": "Construction time", "unit": "years", "factor": 12}
    mapping = {"technology": "ws", "sheet": None, **OF_2030, "low": {"est": "Lower"}, "fields": {"a": months}}
    read_catalogue(catalogue, mapping)
    refused = []
    for path in places(mapping):
        for other in (*OTHERS, float("nan"), float("-inf"), object(), 10**5000, {"where": {"a": {"b": {}}}}):
            try:
                read_catalogue(catalogue, changed(mapping, path, other))
            except tp.TechprioError as error:
                refused.append((error.render("vi"), error.render("en")))
    assert len(refused) > 100
    assert all(vietnamese != english for vietnamese, english in refused)


@pytest.mark.parametrize("year", [2030, 2030.0, np.int64(2030), np.float32(2030), Decimal(2030), "2030"])
def test_a_condition_in_any_type(catalogue, year):
    wanted = read_catalogue(catalogue, OF_2030).values
    assert read_catalogue(catalogue, {**OF_2030, "where": OF_2030["where"] | {"year": year}}).values.equals(
        wanted
    )


def test_a_day_as_condition(tmp_path):
    (tmp_path / "c.csv").write_text("tech,par,day,val\nA,cost,2030-01-01,2\nA,cost,2031-01-01,3\n")
    found = read_catalogue(tmp_path / "c.csv", {"where": {"day": datetime.date(2030, 1, 1)}})
    assert found.values.loc["A", "cost"] == 2


@pytest.mark.parametrize("factor", ["1e308", "1e-308", "0", "-1", ".inf", ".nan"])
def test_a_factor_that_changes_no_unit(tmp_path, factor):
    (tmp_path / "c.csv").write_text("tech,par,val\nA,cost,2\n")
    (tmp_path / "m.yaml").write_text(f"fields: {{x: {{parameter: cost, factor: {factor}}}}}")
    assert [one.field for one in problems(tmp_path / "c.csv", tmp_path / "m.yaml")] == ["fields.x.factor"]


def test_a_value_beyond_all_is_no_value(tmp_path):
    (tmp_path / "c.csv").write_text("tech,par,val\nA,cost,1e300\n")
    (found,) = problems(tmp_path / "c.csv", {"fields": {"x": {"parameter": "cost", "factor": 1e9}}})
    assert (found.code, found.found) == ("T112", "inf")


@pytest.mark.parametrize(
    "words",
    [
        "{", "a: &a [*a]", "? [1]\n: 2", "sheet: !!python/object:os.system x", "\0", "sheet: x\nsheet: y",
        "[" * 5000, "5", "- where",
    ],
)  # fmt: skip
def test_a_file_that_is_no_mapping(catalogue, tmp_path, words):
    (tmp_path / "mapping.yaml").write_text(words, encoding="utf-8")
    assert all(problem.file == "mapping.yaml" for problem in problems(catalogue, tmp_path / "mapping.yaml"))


def test_score_reader_says_in_one_problem_that_the_table_is_long(catalogue):
    with pytest.raises(tp.DataFileError) as caught:
        tp.read_score_table(catalogue)
    (problem,) = caught.value.problems
    assert "long form" in str(problem.found)
    assert all(name in str(problem.found) for name in ("ws", "par", "val"))


VIETNAMESE = "Công nghệ;Thông số;Đơn vị;Năm;Giá trị\nĐiện;Chi phí;tỷ;2030;1,5\nĐiện;Chi phí;tỷ;2040;\n"


def test_vietnamese_catalogue_with_a_gap(tmp_path):
    path = tmp_path / "danh-muc.csv"
    path.write_text(VIETNAMESE + "Gió;Chi phí;tỷ;2040;2,5\n", encoding="utf-8")
    table = read_catalogue(path, {"where": {"Năm": 2030}}, locale="vi")
    assert table.values.loc["Điện", "Chi phí"] == 1.5
    assert table.missing.to_numpy().tolist() == [["Gió", "Chi phí"]]
    assert "Gió: Chi phí" in str(table.notes[-1])


def test_study_begins_with_the_technologies_of_a_catalogue(catalogue, tmp_path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "technology: ws\nwhere: {est: ctrl, year: 2030}\nfields:\n"
        "  lead_mode: {parameter: Construction time, unit: years, factor: 12}\n"
        "  Lifetime: Technical lifetime\n",
        encoding="utf-8",
    )
    study = tp.inputs.new_study(tmp_path / "s", sectors="ENE", id="x", catalogue=catalogue, mapping=mapping)
    folder = next(study.glob("*/technologies.csv")).parent
    frame = pd.read_csv(io.StringIO((folder / "technologies.csv").read_text(encoding="utf-8")))
    assert frame["id"].tolist() == ["161_CAES", "180_Lithium_Ion_Battery", "182_Na-S_Battery"]
    assert frame["lead_mode"].tolist() == [30, 2.4, 6]
    scores = pd.read_csv(io.StringIO((folder / "scores.csv").read_text(encoding="utf-8")))
    assert scores["criterion"].unique().tolist() == ["Lifetime"]
    assert scores["value"].tolist() == [40, 25, 24]
    codes = {problem.code for problem in tp.check_study(study)}
    assert codes <= {"T103", "T114", "Y204", "S307", "S324", "R502", "S326", "J406"}
