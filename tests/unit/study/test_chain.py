"""A run does not fail for want of what is only said beside the plan."""

import techprio as tp
from techprio.study.chain import NO_INFLUENCE
from tests.laws.test_sizes import run


def test_a_stopped_search_for_other_ranks_leaves_the_run(monkeypatch):
    def stopped(*args, **options):
        raise tp.InfeasibleError("stopped")

    monkeypatch.setattr("techprio.study.chain.plan_influence", stopped)
    result = run(6, 2)
    assert result.plan is not None
    assert result.influence is None
    assert NO_INFLUENCE in result.notes
