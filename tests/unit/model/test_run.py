"""What is derived from a run is made once, and is no part of it."""

import pickle
from dataclasses import replace

import pytest

from techprio.model.run import derived, keep_derived, take_derived


@pytest.fixture
def counted():
    """Give a derived list of a run, and the runs for which it was made."""
    made = []

    @derived
    def names(run):
        made.append(run)
        return [run.study.id]

    return names, made


def test_derived_list_is_made_once_for_each_run(trimmed_result, counted):
    names, made = counted
    one, other = replace(trimmed_result), replace(trimmed_result)
    assert names(one) is names(one)
    assert names(one) is not names(other)
    assert len(made) == 2
    assert "_derived" not in pickle.loads(pickle.dumps(one)).__dict__


def test_what_is_known_already_is_not_made_again_and_can_be_taken_away(trimmed_result, counted):
    names, made = counted
    run, known = replace(trimmed_result), ["known"]
    keep_derived(run, names, known)
    assert take_derived(run, names) is known
    assert names(run) == [run.study.id]
    assert made == [run]
