import pytest

import techprio as tp
from techprio.inputs.study import check_with_notes

from ..templates.filling import fill_folder


@pytest.fixture
def study(tmp_path):
    """Give a study with the columns that a calculation needs, and no more."""
    folder = tp.inputs.new_study(tmp_path / "study", sectors="AGR", id="x")
    fill_folder(folder)
    put(
        folder,
        "agr/technologies.csv",
        "id,name_en,capex_mode,lead_mode\nAGR01,House,10,12\nAGR02,Dryer,20,24\n",
    )
    put(folder, "agr/scores.csv", "technology,criterion,value\nAGR01,C1,3\nAGR02,C1,4\n")
    put(folder, "dependencies.csv", "technology,requires\nAGR02,AGR01\n")
    return folder


def put(folder, name, words):
    (folder / name).write_text(words, encoding="utf-8")


def test_defaults_of_what_is_left_out_are_stated(study):
    problems, notes = check_with_notes(study)
    assert problems == []
    said = [note.render("en") for note in notes]
    assert said == [
        "agr/technologies.csv: no such columns; taken as function: production_or_application, status: none, "
        "staff: 0",
        "no shares of the sources of funds; taken as in proportion to the budgets",
        "agr/scores.csv: no such columns; taken as evidence: D",
        "dependencies.csv: no such columns; taken as kind: hard",
    ]


def test_what_stands_in_is_in_the_catalogue(study):
    catalog = tp.read_study(study).catalog
    row = catalog.technologies.loc["AGR02"]
    assert (row["capex_low"], row["capex_high"], row["lead_low"], row["lead_high"]) == (20, 20, 24, 24)
    assert (row["name_vi"], row["name_en"], row["staff"]) == ("Dryer", "Dryer", 0)
    assert row[["fund_local", "fund_programmes", "fund_enterprise", "fund_other"]].tolist() == [0.25] * 4
    assert catalog.scores.loc[0, ["low", "high", "evidence"]].tolist() == [3, 3, "D"]
    assert catalog.dependencies.loc[0, "kind"] == "hard"


def test_cost_and_lead_time_have_no_default_where_something_is_phased(study):
    put(study, "agr/technologies.csv", "id,name_vi\nAGR01,Nhà\nAGR02,Sấy\n")
    assert {problem.field for problem in tp.check_study(study) if problem.code == "T105"} == {
        "capex_mode", "lead_mode"
    }  # fmt: skip


def test_a_technology_needs_a_name(study):
    put(study, "agr/technologies.csv", "id,name_en,capex_mode,lead_mode\nAGR01,,10,12\nAGR02,Dryer,20,24\n")
    (problem,) = tp.check_study(study)
    assert (problem.code, problem.field) == ("T114", "name_vi")


def test_shares_that_some_technologies_state_are_not_guessed_for_the_others(study):
    put(
        study,
        "agr/technologies.csv",
        "id,name_en,capex_mode,lead_mode,fund_local,fund_other\nAGR01,A,10,12,0.5,0.5\nAGR02,B,20,24,,\n",
    )
    (problem,) = tp.check_study(study)
    assert problem.code == "S311"
