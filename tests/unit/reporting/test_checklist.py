"""R01 to R22: computed, supplied or missing, by what the study holds."""

from dataclasses import replace

import pandas as pd
import pytest

from techprio.model.report_material import ReportMaterial
from techprio.reporting.checklist import checklist, checklist_table, gaps


def states(run, language="vi"):
    return {point.id: point.state for point in checklist(run, language)}


def with_material(run, **parts):
    return replace(run, study=replace(run.study, material=ReportMaterial(**parts)))


def test_all_points_in_order(run):
    assert list(states(run)) == [f"R{number:02d}" for number in range(1, 23)]


def test_what_is_computed_and_what_only_people_can_write(run):
    found = states(run)
    assert {found[f"R{number:02d}"] for number in (3, 4, 5, 6, 8, 9, 10, 16, 17)} == {"computed"}
    assert {found[f"R{number:02d}"] for number in (1, 2, 7, 11, 12, 13, 15, 18, 19, 20, 21)} == {"missing"}


def test_without_a_plan_dates_and_resources_are_missing(run):
    found = states(replace(run, plan=None))
    assert (found["R09"], found["R10"]) == ("missing", "missing")


@pytest.mark.parametrize(
    ("number", "table"),
    [("R02", "goals"), ("R07", "tasks"), ("R11", "policies"), ("R12", "indicators"), ("R18", "provinces"),
     ("R20", "comments"), ("R21", "alignment")],
)  # fmt: skip
def test_a_table_supplies_its_point(run, number, table):
    told = with_material(run, tables={table: pd.DataFrame({"any": [1]})})
    assert states(told)[number] == "supplied"
    assert states(with_material(run, tables={table: pd.DataFrame({"any": []})}))[number] == "missing"


def test_prose_counts_in_its_own_language_only(run):
    told = with_material(run, texts={("basis", "vi"): "Căn cứ"})
    assert (states(told, "vi")["R19"], states(told, "en")["R19"]) == ("supplied", "missing")


def test_policies_may_be_prose_or_table(run):
    assert states(with_material(run, texts={("policies", "vi"): "x"}))["R11"] == "supplied"


def test_swot_needs_the_sides_that_no_survey_gives(run):
    half = with_material(run, tables={"swot": pd.DataFrame({"side": ["strength", "threat"]})})
    whole = with_material(run, tables={"swot": pd.DataFrame({"side": ["opportunity", "threat"]})})
    assert (states(half)["R15"], states(whole)["R15"]) == ("missing", "supplied")


def test_an_agency_that_is_not_named(run):
    technologies = run.study.catalog.technologies.assign(lead_agency="")
    catalog = replace(run.study.catalog, technologies=technologies)
    assert states(replace(run, study=replace(run.study, catalog=catalog)))["R08"] == "missing"


def test_firms_with_potential_are_not_required(run):
    points = checklist(run, "vi")
    assert "R22" not in {point.id for point in gaps(points)}
    assert next(point for point in points if point.id == "R22").state == "missing"


def test_table_says_how_many_are_missing(run):
    table = checklist_table(run, "en")
    assert len(table.rows) == 22
    count = sum(point.is_gap for point in checklist(run, "en"))
    assert str(table.notes[0]) == f"Incomplete: {count} required points are missing."
