"""R01 to R22: computed, supplied or missing, by what the study holds."""

from dataclasses import replace

import pandas as pd
import pytest

from techprio.model.report_material import ReportMaterial
from techprio.reporting.checklist import checklist, checklist_table, gaps

SAID = "Loans for the first line of processing are supported in each district of the province."


def states(run, language="vi"):
    return {point.id: point.found[language].state for point in checklist(run)}


def with_material(run, **parts):
    return replace(run, study=replace(run.study, material=ReportMaterial(**parts)))


def test_all_points_in_order(run):
    assert list(states(run)) == [f"R{number:02d}" for number in range(1, 23)]


def test_what_is_computed_and_what_only_people_can_write(run):
    found = states(run)
    assert {found[f"R{number:02d}"] for number in (3, 4, 5, 6, 8, 9, 10, 16, 17)} == {"computed"}
    assert {found[f"R{number:02d}"] for number in (1, 2, 7, 11, 12, 13, 15, 18, 19, 20, 21)} == {"missing"}


def test_without_a_plan_dates_and_resources_are_missing(run):
    found = states(replace(run, study=replace(run.study, resources=None)))
    assert (found["R09"], found["R10"]) == ("missing", "missing")


def key_sectors(run):
    return [sector for sector in run.study.catalog.sectors if not sector.cross]


def rows(run, name):
    """Return a table with something for every phase and every sector of the plan."""
    codes = [sector.code for sector in key_sectors(run)]
    if name == "goals":
        return pd.DataFrame(
            {"sector": "", "phase": [p.id for p in run.study.resources.phases], "target": "1"}
        )
    if name == "tasks":
        return pd.DataFrame({"sector": codes, "task": "x"})
    if name == "swot":
        return pd.DataFrame([(code, side) for code in codes for side in ("opportunity", "threat")],
                            columns=["sector", "side"])  # fmt: skip
    if name == "comments":
        return pd.DataFrame({"text": ["a", "b"], "answer": ["x", ""], "consequence": ["", "y"]})
    return pd.DataFrame({"any": [1]})


def point_of(run, number, language="en"):
    return next(point.found[language] for point in checklist(run) if point.id == number)


@pytest.mark.parametrize(
    ("number", "table"),
    [("R02", "goals"), ("R07", "tasks"), ("R11", "policies"), ("R12", "indicators"), ("R15", "swot"),
     ("R18", "provinces"), ("R20", "comments"), ("R21", "alignment")],
)  # fmt: skip
def test_a_table_supplies_its_point(run, number, table):
    told = with_material(run, tables={table: rows(run, table)})
    assert states(told)[number] == "supplied"
    assert states(with_material(run, tables={table: rows(run, table)[:0]}))[number] == "missing"


@pytest.mark.parametrize(
    ("number", "table", "left", "lacks"),
    [("R02", "goals", 1, "2031-2035"), ("R07", "tasks", 1, "Mining"), ("R15", "swot", 3, "Mining"),
     ("R20", "comments", None, "comments without an answer: 1")],
)  # fmt: skip
def test_a_row_is_not_yet_what_every_phase_and_sector_needs(run, number, table, left, lacks):
    frame = rows(run, table)
    frame = frame.assign(answer="") if table == "comments" else frame[:left]
    point = point_of(with_material(run, tables={table: frame}), number)
    assert point.state == "partial"
    assert lacks in str(point.how)
    first = key_sectors(run)[0].label.en
    assert first not in str(point.how)


def test_tasks_of_the_whole_province_are_not_those_of_a_sector(run):
    point = point_of(with_material(run, tables={"tasks": pd.DataFrame({"sector": ["", "CRS"]})}), "R07")
    assert all(sector.label.en in str(point.how) for sector in key_sectors(run))
    assert "Cross" not in str(point.how)


def test_goals_of_one_phase_where_the_study_has_no_resources(run):
    told = with_material(run, tables={"goals": rows(run, "goals")[:1]})
    bare = replace(told, study=replace(told.study, resources=None))
    assert point_of(bare, "R02").state == "partial"


def test_the_context_names_every_sector(run):
    names = [sector.label.en for sector in key_sectors(run)]
    whole = with_material(
        run, texts={("context", "en"): "\n\n".join(f"## {name.upper()}\n\n{SAID}" for name in names)}
    )
    assert point_of(whole, "R13").state == "supplied"
    half = with_material(run, texts={("context", "en"): "\n\n".join(names[1:])})
    assert point_of(half, "R13").state == "partial"
    assert str(point_of(half, "R13").how) == f"texts/context.en.md has nothing for: {names[0]}"


def test_sectors_whose_firms_were_not_asked(trimmed_result):
    result = trimmed_result
    assert point_of(result, "R14").state == "computed"
    sectors = result.assessment.sectors
    some = replace(result, assessment=replace(result.assessment, sectors=sectors[sectors["sector"] != "LOG"]))
    assert point_of(some, "R14").state == "partial"
    assert "logistics" in str(point_of(some, "R14").how).lower()


@pytest.mark.parametrize(("number", "column"), [("R08", "lead_agency"), ("R16", "action")])
def test_a_column_that_is_not_filled_everywhere(run, number, column):
    technologies = run.study.catalog.technologies.copy()
    technologies.loc["ENE01", column] = " "
    catalog = replace(run.study.catalog, technologies=technologies)
    point = point_of(replace(run, study=replace(run.study, catalog=catalog)), number)
    assert point.state == "partial"
    assert str(point.how) == f"the column {column} of some technologies has nothing for: Energy"


def test_prose_counts_in_its_own_language_only(run):
    told = with_material(run, texts={("basis", "vi"): SAID})
    assert (states(told, "vi")["R19"], states(told, "en")["R19"]) == ("supplied", "missing")


def test_policies_may_be_prose_or_table(run):
    assert states(with_material(run, texts={("policies", "vi"): SAID}))["R11"] == "supplied"
    dummy = "To be completed by the department before the meeting of the committee."
    assert states(with_material(run, texts={("policies", "vi"): dummy}))["R11"] == "missing"


def test_swot_needs_the_sides_that_no_survey_gives(run):
    sides = pd.DataFrame({"sector": "AGR", "side": ["strength", "weakness"]})
    assert states(with_material(run, tables={"swot": sides}))["R15"] == "missing"


def test_an_agency_that_is_not_named(run):
    technologies = run.study.catalog.technologies.assign(lead_agency="")
    catalog = replace(run.study.catalog, technologies=technologies)
    assert states(replace(run, study=replace(run.study, catalog=catalog)))["R08"] == "missing"


def test_firms_with_potential_are_not_required(run):
    points = checklist(run)
    assert "R22" not in {point.id for point in gaps(points, "vi")}
    assert states(run)["R22"] == "missing"


def test_table_says_how_many_are_missing(run):
    table = checklist_table(run)
    assert len(table.rows) == 22
    count = len(gaps(checklist(run), "en"))
    assert (
        table.notes[0].render("en")
        == f"Incomplete: {count} required points are missing or only partly there."
    )


def test_a_partial_point_is_a_gap_of_the_report(run):
    half = with_material(run, tables={"tasks": rows(run, "tasks")[:1]})
    assert "R07" in {point.id for point in gaps(checklist(half), "en")}
