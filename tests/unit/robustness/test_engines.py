"""Any engine makes the same numbers; work and memory do not grow where they must not."""

import tracemalloc

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.robustness.experiment import BLOCK


def _matrix(m=6, n=4, spread=0.1):
    values = pd.DataFrame(np.random.default_rng(1).uniform(0.2, 0.8, (m, n)), columns=list("abcdefgh"[:n]))
    values.index = [f"T{i}" for i in range(m)]
    scales = dict.fromkeys(values.columns, tp.Scale("interval", worst=0, best=1))
    directions = dict.fromkeys(values.columns, "maximize")
    if not spread:
        return tp.DecisionMatrix(values, directions, scales=scales)
    return tp.DecisionMatrix(values, directions, scales=scales, low=values - spread, high=values + spread)


def test_a_dask_cluster_takes_the_blocks():
    distributed = pytest.importorskip("distributed")
    from joblib import parallel_config

    options = {"draws": 6100, "seed": 11, "weight_distribution": "uniform"}
    alone = tp.simulate(_matrix(), None, tp.Topsis("reference"), **options)
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    )
    with cluster, distributed.Client(cluster), parallel_config(backend="dask"):
        spread = tp.simulate(_matrix(), None, tp.Topsis("reference"), jobs=None, **options)
    pd.testing.assert_frame_equal(alone.index, spread.index, check_exact=True)
    pd.testing.assert_frame_equal(alone.central_weights, spread.central_weights, check_exact=True)
    pd.testing.assert_frame_equal(alone.pairwise, spread.pairwise, check_exact=True)


class _Counted:
    """A method that counts what it is asked for."""

    def __init__(self):
        self.calls, self.rows = 0, 0

    def __call__(self, values, weights, signs):
        self.calls += 1
        self.rows += len(weights) if weights.ndim == 2 else 1
        return (values * weights[..., None, :]).sum(axis=-1)


@pytest.mark.parametrize("spread", [0.0, 0.1])
def test_each_draw_is_scored_once_and_in_blocks(spread):
    method = _Counted()
    tp.simulate(_matrix(spread=spread), None, method, draws=10_000, weight_distribution="uniform", collect=[])
    assert method.rows == 10_000
    assert method.calls == 10_000 // BLOCK


def test_memory_does_not_grow_with_draws():
    def peak(draws):
        tracemalloc.start()
        tp.simulate(
            _matrix(m=40),
            None,
            tp.Topsis("reference"),
            draws=draws,
            weight_distribution="uniform",
            collect=[],
        )
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(400)
    assert peak(12_000) < 1.1 * peak(2_000)


def test_a_method_for_one_matrix_is_stopped_and_can_be_wrapped():
    def only_one(values, weights, signs):
        return np.array([float(row @ weights) for row in values])

    options = {"draws": 300, "weight_distribution": "uniform"}
    with pytest.raises((tp.InputError, ValueError)):
        tp.simulate(_matrix(), None, only_one, **options)
    wrapped = tp.simulate(_matrix(), None, tp.ranking.OneByOne(only_one), **options)
    direct = tp.simulate(_matrix(), None, tp.WeightedSum("none"), **options)
    pd.testing.assert_frame_equal(wrapped.index, direct.index)


def test_scores_that_are_no_numbers_stop_the_simulation():
    def bad(values, weights, signs):
        return np.full((len(weights), values.shape[-2]), np.nan)

    with pytest.raises(tp.InputError, match="not finite"):
        tp.simulate(_matrix(), None, bad, draws=10, weight_distribution="uniform")
    with pytest.raises(tp.InputError, match="shape"):
        tp.simulate(_matrix(), None, lambda v, w, s: np.ones(3), draws=10, weight_distribution="uniform")


def test_confidence_is_that_of_the_central_weights():
    sure = tp.simulate(_matrix(), None, tp.Topsis("reference"), draws=2000, weight_distribution="uniform",
                       collect=["confidence"])  # fmt: skip
    leader = sure.p_top(1).idxmax()
    again = tp.simulate(
        _matrix(),
        sure.central_weights.loc[leader],
        tp.Topsis("reference"),
        draws=2000,
        weight_distribution="fixed",
    )
    assert sure.confidence[leader] == pytest.approx(again.p_top(1)[leader], abs=1e-12)


def test_what_is_not_asked_for_is_not_there():
    bare = tp.simulate(_matrix(), None, draws=200, weight_distribution="uniform", collect=[])
    assert bare.pairwise.empty
    assert bare.central_weights.empty
    assert bare.confidence.empty
    some = tp.simulate(_matrix(), None, draws=200, weight_distribution="uniform", collect=["confidence"])
    assert len(some.confidence) == len(some.central_weights) > 0
    usual = tp.simulate(_matrix(), None, draws=200, weight_distribution="uniform")
    assert usual.confidence.empty
    assert not usual.central_weights.empty
    assert "<table" in bare._repr_html_()
    assert bare.block == BLOCK


def test_panel_of_a_study_is_drawn_with_the_same_weights_in_every_sector():
    class _Panel:
        criteria = ("b", "a")

        def draw(self, generator, count):
            first = generator.random((count, 1))
            return np.hstack([first, 1 - first])

    from techprio.model.weights import Weights

    weights = Weights(pd.Series({"a": 0.5, "b": 0.5}), panel=_Panel())
    one, other = _matrix(m=3, n=2, spread=0), _matrix(m=5, n=2, spread=0)
    method = tp.WeightedSum("reference")
    drawn = [tp.robustness.draw_scores(matrix, weights, method, draws=500, seed=5) for matrix in (one, other)]
    solved = [
        np.linalg.lstsq(matrix.values.to_numpy(), scores.T, rcond=None)[0]
        for matrix, scores in zip((one, other), drawn, strict=True)
    ]
    np.testing.assert_allclose(solved[0], solved[1], atol=1e-9)
