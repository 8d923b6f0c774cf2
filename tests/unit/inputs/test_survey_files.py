"""Survey and instrument files: every problem with its place."""

from pathlib import Path

import pytest

import techprio as tp
from techprio.inputs.study import read_study

ROOT = Path(__file__).parents[3]

PILOT = """\
id: pilot
groups:
  - {id: R, label: {vi: Nghiên cứu, en: Research}, max_points: 60}
  - {id: I, label: {vi: Đổi mới, en: Innovation}, max_points: 40}
"""


@pytest.fixture
def instrument(tmp_path):
    (tmp_path / "pilot.yaml").write_text(PILOT, encoding="utf-8")
    return tp.inputs.read_instrument(tmp_path / "pilot.yaml")


def problems(call, *arguments, **options):
    with pytest.raises(tp.DataFileError) as caught:
        call(*arguments, **options)
    return caught.value.problems


def test_shipped_instrument_is_read_with_what_is_verified():
    circular = tp.inputs.read_instrument(ROOT / "criteria" / "circular17.yaml")
    assert circular.ids == ("circular17", "circular17-extension")
    assert not circular.bounds_verified
    assert circular.exponents_verified == "derived"
    assert {labels.id: labels.verified for labels in circular.label_sets} == {"circular": False, "plan": True}
    assert [bound.k_min for bound in circular.bounds] == [None] * 4
    assert circular.level_labels(3)["plan"].en == "advanced"
    assert circular.level_labels(4)["circular"].en == "advanced"


@pytest.mark.parametrize(
    ("change", "code", "field", "words"),
    [
        (("max_points: 40", "max_points: 30"), "S340", "groups.max_points", "maxima that sum to 100"),
        (("max_points: 40", "max_points: many"), "Y206", "groups[2].max_points", "many"),
        (("id: I,", "id: R,"), "S340", "groups", "each id once"),
        (("groups:", "grups:"), "Y203", "grups", "did you mean groups"),
        (("max_points: 40", "max_point: 40"), "Y203", "groups[2].max_point", "did you mean max_points"),
    ],
)
def test_bad_instrument_files(change, code, field, words, tmp_path):
    (tmp_path / "bad.yaml").write_text(PILOT.replace(*change), encoding="utf-8")
    found = problems(tp.inputs.read_instrument, tmp_path / "bad.yaml")
    assert any(p.code == code and p.field == field and words in str(p) for p in found), list(map(str, found))


def test_official_bounds_come_from_the_file(tmp_path):
    bounds = "[{rank: 1, total_min: 0}, {rank: 2, total_min: 50, k_min: 0.4}]"
    classes = f"classes:\n  verified: true\n  bounds: {bounds}\n"
    (tmp_path / "own.yaml").write_text(PILOT + classes, encoding="utf-8")
    own = tp.inputs.read_instrument(tmp_path / "own.yaml")
    assert own.bounds_verified
    assert own.bounds[1] == tp.survey.ClassBound(2, 50, 0.4)


def test_criteria_of_a_group_may_be_listed(tmp_path):
    listed = PILOT.replace(
        "max_points: 40}",
        "max_points: 40, criteria: [{id: q1, max_points: 15}, {id: q2, max_points: 25}]}",
    )
    (tmp_path / "listed.yaml").write_text(listed, encoding="utf-8")
    own = tp.inputs.read_instrument(tmp_path / "listed.yaml")
    assert [question.id for question in own.groups[1].questions] == ["q1", "q2"]
    (tmp_path / "points.csv").write_text("firm,sector,year,R,q1,q2\na,AGR,2026,30,10,20\n", encoding="utf-8")
    points = tp.inputs.read_survey(tmp_path / "points.csv", own)
    assert tp.assess_survey(points, own).firms.loc[0, "total"] == 60


def test_every_problem_of_a_survey_with_its_line(tmp_path, instrument):
    lines = ["firm,sector,year,R,I", "a,AGR,2026,61,10", "b,AGX,2026,10,", "a,AGR,2026,5,5", "c,AGR,2026,x,5"]
    (tmp_path / "firms.csv").write_text("\n".join(lines), encoding="utf-8")
    found = problems(tp.inputs.read_survey, tmp_path / "firms.csv", instrument, sectors=["AGR", "MIN"])
    told = {(p.code, str(p.place), p.field) for p in found}
    assert told == {
        ("S321", "line 2", "R"),
        ("S306", "line 3", "sector"),
        ("S320", "line 4", "firm"),
        ("T110", "line 5", "R"),
    }


def test_a_missing_group_column_stops(tmp_path, instrument):
    (tmp_path / "firms.csv").write_text("firm,sector,year,R\na,AGR,2026,5\n", encoding="utf-8")
    (problem,) = problems(tp.inputs.read_survey, tmp_path / "firms.csv", instrument)
    assert (problem.code, problem.field) == ("T105", "I")


def test_an_empty_cell_is_a_gap_not_a_problem(tmp_path, instrument):
    (tmp_path / "firms.csv").write_text("firm,sector,year,R,I\na,AGR,2026,5,\n", encoding="utf-8")
    firms = tp.assess_survey(tp.inputs.read_survey(tmp_path / "firms.csv", instrument), instrument).firms
    assert firms.loc[0, "missing"] == "I"


@pytest.mark.parametrize("content", ["", "firm,sector,year,R,I\n"])
def test_a_survey_without_firms(content, tmp_path, instrument):
    (tmp_path / "firms.csv").write_text(content, encoding="utf-8")
    assert problems(tp.inputs.read_survey, tmp_path / "firms.csv", instrument)[0].code == "T103"


def test_files_that_are_not_there(tmp_path, instrument):
    assert problems(tp.inputs.read_instrument, tmp_path / "none.yaml")[0].code == "T101"
    assert problems(tp.inputs.read_survey, tmp_path / "none.csv", instrument)[0].code == "T101"


def test_the_shipped_study_brings_survey_and_instrument():
    study = read_study("lai-chau")
    assert study.instrument.id == "circular17"
    assert len(study.survey) == 121
