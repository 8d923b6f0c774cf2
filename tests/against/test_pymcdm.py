"""Our kernels against pymcdm, where pymcdm is right."""

import numpy as np
import pytest
from pymcdm import methods as pm
from pymcdm import normalizations as norm

import techprio as tp

VECTOR, MINMAX, LINEAR, SUM = (
    norm.vector_normalization,
    norm.minmax_normalization,
    norm.linear_normalization,
    norm.sum_normalization,
)
PAIRS = {
    "topsis-minmax": (tp.Topsis("minmax"), pm.TOPSIS(MINMAX), 1),
    "weighted_sum-minmax": (tp.WeightedSum("minmax"), pm.WSM(MINMAX), 1),
    "weighted_sum-max": (tp.WeightedSum("max"), pm.WSM(LINEAR), 1),
    "weighted_sum-sum": (tp.WeightedSum("sum"), pm.WSM(SUM), 1),
    "weighted_product-max": (tp.ranking.WeightedProduct("max"), pm.WPM(LINEAR), 1),
    "weighted_product-sum": (tp.ranking.WeightedProduct("sum"), pm.WPM(SUM), 1),
}


def _problem(seed):
    rng = np.random.default_rng(seed)
    m, n = rng.integers(3, 12), rng.integers(2, 8)
    return rng.uniform(1, 100, (m, n)), rng.dirichlet(np.ones(n)), rng.choice([-1.0, 1.0], n)


@pytest.mark.parametrize("name", list(PAIRS))
@pytest.mark.parametrize("seed", range(20))
def test_same_scores(name, seed):
    ours, theirs, turn = PAIRS[name]
    values, weights, signs = _problem(seed)
    expected = turn * theirs(values, weights, signs.astype(int), validation=False)
    np.testing.assert_allclose(ours(values, weights, signs), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_same_topsis_with_vector_normalization(seed):
    # pymcdm turns a cost into 1 - x / length before it weighs; gaps to the ideals are the same.
    values, weights, signs = _problem(seed)
    expected = pm.TOPSIS(VECTOR)(values, weights, signs.astype(int), validation=False)
    np.testing.assert_allclose(tp.Topsis()(values, weights, signs), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("v", [0.0, 0.5, 0.8])
def test_same_vikor(seed, v):
    values, weights, signs = _problem(seed)
    expected = pm.VIKOR(v=v)(values, weights, signs.astype(int), validation=False)
    np.testing.assert_allclose(1 - tp.ranking.Vikor(v)(values, weights, signs), expected, rtol=0, atol=1e-12)


FUNCTIONS = {
    "usual": "usual",
    "u_shape": "ushape",
    "v_shape": "vshape",
    "level": "level",
    "linear": "vshape_2",
}


@pytest.mark.parametrize("name", list(FUNCTIONS))
@pytest.mark.parametrize("seed", range(10))
def test_same_promethee(name, seed):
    values, weights, signs = _problem(seed)
    n = len(weights)
    p, q = np.full(n, 40.0), np.full(n, 10.0)
    options = {"u_shape": {"q": q}, "v_shape": {"p": p}}.get(name, {"p": p, "q": q})
    # Made anew for every call: pymcdm uses up its thresholds.
    method = pm.PROMETHEE_II(FUNCTIONS[name], **({} if name == "usual" else options))
    expected = method(values, weights, signs.astype(int), validation=False)
    ours = tp.ranking.Promethee2({"type": name, "p": 40.0, "q": 0.0 if name == "v_shape" else 10.0})
    np.testing.assert_allclose(ours(values, weights, signs), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_same_spotis_as_a_weighted_sum_on_scales(seed):
    values, weights, signs = _problem(seed)
    bounds = np.tile([0.0, 100.0], (len(weights), 1))
    expected = pm.SPOTIS(bounds)(values, weights, signs.astype(int), validation=False)
    scales = tuple(tp.Scale("ratio", worst=0 if s > 0 else 100, best=100 if s > 0 else 0) for s in signs)
    ours = tp.WeightedSum("reference", scales=scales)(values, weights, signs)
    np.testing.assert_allclose(1 - ours, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_same_rank_correlations(seed):
    import pandas as pd
    from pymcdm import correlations
    from scipy import stats

    rng = np.random.default_rng(seed)
    x, y = rng.permutation(8) + 1.0, rng.permutation(8) + 1.0
    tied = rng.integers(1, 4, 8).astype(float)
    one, other = pd.Series(x), pd.Series(y)
    assert tp.robustness.rank_correlation(one, other, "ws") == pytest.approx(correlations.ws(x, y), abs=1e-12)
    assert tp.robustness.rank_correlation(one, other, "weighted_spearman") == pytest.approx(
        correlations.weighted_spearman(x, y), abs=1e-12
    )
    assert tp.robustness.rank_correlation(one, pd.Series(tied)) == pytest.approx(
        stats.kendalltau(x, tied).statistic, abs=1e-12
    )
    assert tp.robustness.rank_correlation(one, pd.Series(tied), "spearman") == pytest.approx(
        stats.spearmanr(x, tied).statistic, abs=1e-12
    )
