"""The pool against the best plan of every draw, found by trying all plans."""

import itertools

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.errors import InputError
from techprio.phasing.case import make_case
from techprio.phasing.robust import plan_robustness

NAMES = ["A", "B", "C", "D"]
EXACT = {"gap": 0.0, "node_limit": 100_000}


def _study(catalog, resources):
    """Four technologies of which the money pays for two or three; C needs A."""
    rows = [("A", "s", 14, 6, 0), ("B", "s", 16, 6, 0), ("C", "s", 9, 6, 0), ("D", "s", 12, 6, 0)]
    needs = [{"technology": "C", "requires": "A", "kind": "hard", "timing": "FS", "lag_months": 0}]
    return catalog(rows, needs), resources()


def _draws(count=60, seed=3):
    return np.random.default_rng(seed).uniform(0.2, 1.0, (count, 4))


def _all_plans(technologies, limits):
    case = make_case(technologies, limits, pd.Series(1.0, NAMES), excluded={})
    choices = [[-1, *range(case.model.earliest[i], case.model.latest[i] + 1)] for i in range(4)]
    plans = (np.array(starts) for starts in itertools.product(*choices))
    return case, [starts for starts in plans if not case.model.violations(starts)]


def test_index_is_the_share_of_draws_with_the_best_of_all_plans(catalog, resources):
    technologies, limits = _study(catalog, resources)
    draws = _draws()
    found = plan_robustness(technologies, limits, pd.Series(0.6, NAMES), draws, plans=61, **EXACT)

    case, plans = _all_plans(technologies, limits)
    counts = pd.DataFrame(0.0, index=NAMES, columns=found.index.columns)
    for values in draws:
        discount = case.model.gain
        worth = [sum(values[i] * discount[i, s] for i, s in enumerate(starts) if s >= 0) for starts in plans]
        best = plans[int(np.argmax(worth))]
        for i, start in enumerate(best):
            phase = (
                case.data.phase_of(case.data.operational_number(i, int(start)))
                if start >= 0
                else "not placed"
            )
            counts.loc[NAMES[i], phase] += 1
    pd.testing.assert_frame_equal(found.index, counts / len(draws), check_names=False)
    assert found.pool["gap"].max() == pytest.approx(0, abs=1e-9)


def test_regrets_and_proposals(catalog, resources):
    technologies, limits = _study(catalog, resources)
    values, draws = pd.Series([1.0, 0.2, 0.2, 0.2], NAMES), _draws()
    best = plan_robustness(technologies, limits, values, draws, plans=20, **EXACT)
    least = plan_robustness(technologies, limits, values, draws, plans=20, propose="minimax regret", **EXACT)
    nominal = plan_robustness(technologies, limits, values, draws, plans=20, propose="nominal", **EXACT)
    pool = best.pool
    assert pool.loc[best.proposed, "mean_regret"] == pool["mean_regret"].min()
    assert pool.loc[least.proposed, "worst_regret"] == pool["worst_regret"].min()
    assert nominal.proposed == 0
    assert pool["best_in"].sum() == pytest.approx(1)
    assert (pool["mean_regret"] <= pool["worst_regret"] + 1e-12).all()


def test_rows_sum_to_one_and_the_band_holds_the_index(catalog, resources):
    technologies, limits = _study(catalog, resources)
    found = plan_robustness(technologies, limits, pd.Series(0.5, NAMES), _draws(500), tolerance=0.05, **EXACT)
    assert np.allclose(found.index.sum(axis=1), 1)
    assert (found.lower <= found.index + 1e-12).all(axis=None)
    assert (found.index <= found.upper + 1e-12).all(axis=None)
    frame = found.to_frame()
    assert set(frame["group"]) <= {"firm", "border", "never"}
    assert frame["phase_firm"].tolist() == (found.index.max(axis=1) >= 0.95).tolist()


def test_workers_change_nothing(catalog, resources):
    technologies, limits = _study(catalog, resources)
    one, two = (
        plan_robustness(technologies, limits, pd.Series(0.5, NAMES), _draws(), plans=12, jobs=jobs)
        for jobs in (1, 2)
    )
    pd.testing.assert_frame_equal(one.index, two.index, check_exact=True)
    pd.testing.assert_frame_equal(one.pool, two.pool, check_exact=True)


def test_a_dask_cluster_takes_the_plans(catalog, resources):
    import joblib
    from distributed import Client, LocalCluster

    technologies, limits = _study(catalog, resources)
    values = pd.Series(0.5, NAMES)
    here = plan_robustness(technologies, limits, values, _draws(), plans=6)
    settings = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with LocalCluster(**settings) as cluster, Client(cluster), joblib.parallel_config(backend="dask"):
        there = plan_robustness(technologies, limits, values, _draws(), plans=6, jobs=None)
    pd.testing.assert_frame_equal(here.index, there.index, check_exact=True)


@pytest.mark.parametrize(
    ("draws", "options", "said"),
    [
        (np.ones((5, 3)), {}, "shape"),
        (-np.ones((5, 4)), {}, "negative or not finite"),
        (np.full((5, 4), np.nan), {}, "negative or not finite"),
        (np.ones((5, 4)), {"plans": 0}, "plans"),
        (np.ones((5, 4)), {"propose": "best"}, "best mean"),
        (np.ones((5, 4)), {"tolerance": 1.0}, "tolerance"),
    ],
)
def test_bad_arguments_are_named(catalog, resources, draws, options, said):
    technologies, limits = _study(catalog, resources)
    with pytest.raises(InputError, match=said):
        plan_robustness(technologies, limits, pd.Series(0.5, NAMES), draws, **options)


def test_shipped_study_in_one_call():
    found = tp.phasing.plan_robustness(tp.example("lai-chau"), draws=400, plans=4, gap=0.005)
    assert found.draws == 400
    assert len(found.index) == 90
    assert set(found.plan.placements["phase"]) >= {"2026-2030", "2031-2035"}
