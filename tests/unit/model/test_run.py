"""What is derived from a run is made once, and is no part of it."""

import pickle
from dataclasses import replace

from techprio.model.run import derived


def test_derived_list_is_made_once_for_each_run(trimmed_result):
    made = []

    @derived
    def names(run):
        made.append(run)
        return [run.study.id]

    one, other = replace(trimmed_result), replace(trimmed_result)
    assert names(one) is names(one)
    assert names(one) is not names(other)
    assert len(made) == 2
    assert "_derived" not in pickle.loads(pickle.dumps(one)).__dict__
