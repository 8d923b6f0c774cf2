import re

import pytest

import techprio as tp
from techprio.inputs.study import examine_study
from techprio.language import Label
from techprio.model.two_languages import in_two_languages, lacks_a_language

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
    problems, notes, _ = examine_study(study)
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


def test_a_note_is_given_once_or_in_both_languages(study):
    head = "technology,criterion,value,note,note_vi,note_en\n"
    put(study, "agr/scores.csv", head + "AGR01,C1,3,steep roads,,\nAGR02,C1,4,,chè,tea\n")
    put(study, "dependencies.csv", "technology,requires,reason_en\nAGR02,AGR01,needs heat\n")
    catalog = tp.read_study(study).catalog
    assert in_two_languages(catalog.scores, "note") == [
        Label("steep roads", "steep roads"),
        Label("chè", "tea"),
    ]
    assert in_two_languages(catalog.dependencies, "reason") == [Label("needs heat", "needs heat")]


def test_a_note_that_stands_twice_is_a_problem_in_its_row(study):
    put(
        study, "agr/scores.csv", "technology,criterion,value,note,note_en\nAGR01,C1,3,,\nAGR02,C1,4,trà,tea\n"
    )
    put(study, "dependencies.csv", "technology,requires,reason,reason_vi\nAGR02,AGR01,heat,nhiệt\n")
    found = [(one.code, one.file, one.place.render("en"), one.field) for one in tp.check_study(study)]
    assert found == [
        ("T142", "agr/scores.csv", "line 3", "note"),
        ("T142", "dependencies.csv", "line 2", "reason"),
    ]


def test_a_source_needs_a_citation_in_some_language(study):
    put(study, "sources.csv", "id,citation_vi,citation_en\nS-1,Luật,\nS-2,,\n")
    (problem,) = tp.check_study(study)
    assert (problem.code, problem.place.render("en"), problem.field) == ("T114", "line 3", "citation")


def test_every_note_of_the_shipped_study_is_in_both_languages(shipped_study):
    catalog = shipped_study.catalog
    for table, column in (("scores", "note"), ("dependencies", "reason"), ("sources", "citation")):
        frame = getattr(catalog, table)
        assert not lacks_a_language(frame, column)
        strange = [
            label
            for label in in_two_languages(frame, column)
            if re.search(r"\b(the|of|and|with|from|which|not|no)\b", label.vi)
            or re.search("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]", label.en)
            or not any(label)
        ]
        assert not strange
