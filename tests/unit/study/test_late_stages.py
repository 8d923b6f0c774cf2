"""What follows from a run is found when it is asked for; a search that stopped is stated, not an error."""

import pickle
from dataclasses import replace

import pytest

import techprio as tp
from techprio.study import late_stages
from tests.laws.test_sizes import run


@pytest.fixture
def asked(monkeypatch):
    """What was found so far, by the name of its function."""
    found = []

    def counted(study, known):
        found.append("advice")
        return

    monkeypatch.setattr(late_stages, "advice_of", counted)
    return found


def test_a_late_stage_is_found_once_and_only_when_it_is_read(asked):
    result = run(6, 2)
    assert asked == []
    assert result.advice is None
    assert result.advice is None
    assert asked == ["advice"]


def test_a_run_that_is_complete_is_complete_after_it_was_sent_to_another_process(asked):
    names = []
    result = run(6, 2).complete(lambda stage: names.append(stage.render("en")))
    assert "the plan with other ranks" in names
    again = pickle.loads(pickle.dumps(result))
    assert again == result
    assert again.influence is not None
    assert asked == ["advice"]


def test_what_is_given_is_not_found_again(asked):
    result = run(6, 2)
    other = replace(result, notes=())
    assert len(asked) == 1
    assert other.advice is None
    assert len(asked) == 1


def test_a_stopped_search_for_other_ranks_is_stated(monkeypatch):
    def stopped(*args, **options):
        raise tp.InfeasibleError("stopped")

    result = run(6, 2)
    monkeypatch.setattr("techprio.phasing.influence.canonical_starts", stopped)
    sentences = [one.render("en") for one in result.influence.sentences()]
    assert sentences[0].startswith("what other ranks change is not stated (all ranks equal; ")
    assert "held by readiness" in sentences[1]
    assert result.influence.tables() == {}
    assert result.influence.to_frame().empty


def test_without_limits_there_is_nothing_to_state_but_what_the_plan_has(monkeypatch):
    def stopped(*args, **options):
        raise tp.InfeasibleError("stopped")

    result = run(6, 2)
    monkeypatch.setattr("techprio.phasing.influence.weighed_case", stopped)
    assert len(result.influence.sentences()) == 1
    assert result.influence.placed == 6
