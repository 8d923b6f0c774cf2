"""What must hold for every ranking method, our own and those on the allow-list."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import techprio as tp
from techprio.ranking.methods import bind
from techprio.ranking.pymcdm_methods import ALLOWED

OWN = {
    "topsis-vector": tp.Topsis("vector"),
    "topsis-minmax": tp.Topsis("minmax"),
    "topsis-reference": tp.Topsis("reference"),
    "weighted_sum-minmax": tp.WeightedSum("minmax"),
    "weighted_sum-max": tp.WeightedSum("max"),
    "weighted_sum-sum": tp.WeightedSum("sum"),
    "weighted_sum-vector": tp.WeightedSum("vector"),
    "weighted_sum-none": tp.WeightedSum("none"),
    "weighted_sum-reference": tp.WeightedSum("reference"),
    "weighted_product-max": tp.ranking.WeightedProduct("max"),
    "weighted_product-sum": tp.ranking.WeightedProduct("sum"),
    "weighted_product-none": tp.ranking.WeightedProduct("none"),
    "weighted_product-reference": tp.ranking.WeightedProduct("reference"),
    "vikor": tp.ranking.Vikor(),
    "promethee2-usual": tp.ranking.Promethee2(),
    "promethee2-linear": tp.ranking.Promethee2({"type": "linear", "q": 1, "p": 4}),
    "promethee2-gaussian": tp.ranking.Promethee2({"type": "gaussian", "s": 2}),
}
ALL = {**OWN, **{name: tp.ranking.from_pymcdm(name) for name in ALLOWED}}
FIXED = [name for name, method in ALL.items() if not method.reversal_possible]
#: Scores in the units of the values, or thresholds in them: a new unit is a new question.
UNITS_MATTER = {"weighted_sum-none", "weighted_product-none", "promethee2-linear", "promethee2-gaussian"}
#: These divide by a largest or smallest sum, and have no number where it is 0; shown below.
NO_NUMBER = {"cocoso", "edas"}

every = pytest.mark.parametrize("name", list(ALL))
quick = settings(max_examples=25, deadline=None, derandomize=True)


@st.composite
def problems(draw, least=2):
    m, n = draw(st.integers(least, 6)), draw(st.integers(2, 4))
    cells = st.integers(1, 9)
    values = draw(st.lists(st.lists(cells, min_size=n, max_size=n), min_size=m, max_size=m))
    weights = draw(st.lists(st.integers(1, 9), min_size=n, max_size=n))
    ups = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    return np.array(values, dtype=float), np.array(weights) / sum(weights), ups


def _matrix(values, ups, stretch=None):
    n = values.shape[1]
    stretch = np.ones(n) if stretch is None else stretch
    frame = pd.DataFrame(values * stretch, index=[f"A{i}" for i in range(len(values))])
    frame.columns = [f"C{j}" for j in range(n)]
    directions = {c: "maximize" if up else "minimize" for c, up in zip(frame, ups, strict=True)}
    scales = {
        c: tp.Scale("ratio", worst=(0 if up else 10) * s, best=(10 if up else 0) * s)
        for c, up, s in zip(frame, ups, stretch, strict=True)
    }
    return tp.DecisionMatrix(frame, directions, scales=scales)


def _scores(name, matrix, weights):
    method = bind(ALL[name], matrix)
    scores = method(matrix.values.to_numpy(), weights, matrix.signs)
    if name in NO_NUMBER:
        assume(np.isfinite(scores).all())
    assert np.isfinite(scores).all()
    return scores


@every
@quick
@given(problem=problems(), data=st.data())
def test_a_dominated_alternative_is_never_ahead(name, problem, data):
    values, weights, ups = problem
    worse = values[0].copy()
    for column, up in enumerate(ups):
        step = data.draw(st.integers(0, 3))
        worse[column] = max(worse[column] - step, 1) if up else min(worse[column] + step, 9)
    scores = _scores(name, _matrix(np.vstack([values, worse]), ups), weights)
    ranks = tp.ranking.rank_scores(scores, bounded=getattr(ALL[name], "bounded", None))
    assert ranks.iloc[0] <= ranks.iloc[-1]


@pytest.mark.parametrize("name", [n for n in ALL if n not in UNITS_MATTER])
@quick
@given(problem=problems(), data=st.data())
def test_another_unit_changes_nothing(name, problem, data):
    values, weights, ups = problem
    factors = [data.draw(st.sampled_from([0.01, 0.5, 3.0, 1000.0])) for _ in ups]
    before = _scores(name, _matrix(values, ups), weights)
    after = _scores(name, _matrix(values, ups, np.array(factors)), weights)
    np.testing.assert_allclose(after, before, rtol=1e-9, atol=1e-9)


@every
@quick
@given(problem=problems(), seed=st.integers(0, 99))
def test_the_order_of_rows_and_columns_does_not_matter(name, problem, seed):
    values, weights, ups = problem
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(len(values)), rng.permutation(len(weights))
    before = _scores(name, _matrix(values, ups), weights)
    turned = _matrix(values[rows][:, columns], np.array(ups)[columns])
    after = _scores(name, turned, weights[columns])
    np.testing.assert_allclose(after, before[rows], rtol=1e-9, atol=1e-9)


@every
@quick
@given(first=problems(), seed=st.integers(0, 99))
def test_a_batch_is_a_loop(name, first, seed):
    values, weights, ups = first
    matrix = _matrix(values, ups)
    method = bind(ALL[name], matrix)
    rng = np.random.default_rng(seed)
    many_weights = rng.dirichlet(np.ones(len(weights)), 5)
    many_values = rng.integers(1, 10, (5, *values.shape)).astype(float)
    cases = [(values, many_weights), (many_values, many_weights), (many_values, weights)]
    with np.errstate(all="ignore"):
        for batch_values, batch_weights in cases:
            batch = method(batch_values, batch_weights, matrix.signs)
            each_values = np.broadcast_to(batch_values, many_values.shape)
            each_weights = np.broadcast_to(batch_weights, many_weights.shape)
            loop = [method(v, w, matrix.signs) for v, w in zip(each_values, each_weights, strict=True)]
            np.testing.assert_allclose(batch, loop, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", FIXED)
@quick
@given(problem=problems(least=3))
def test_removing_a_candidate_changes_no_other_score(name, problem):
    values, weights, ups = problem
    matrix = _matrix(values, ups)
    before = _scores(name, matrix, weights)
    after = _scores(name, matrix.without("A0"), weights)
    np.testing.assert_allclose(after, before[1:], rtol=0, atol=1e-12)


def test_the_fixed_methods_are_these():
    assert set(FIXED) == {
        "topsis-reference",
        "weighted_sum-none",
        "weighted_sum-reference",
        "weighted_product-none",
        "weighted_product-reference",
        "spotis",
    }


@pytest.mark.parametrize("name", sorted(NO_NUMBER))
def test_where_pymcdm_has_no_number_the_error_says_so(name):
    # All alternatives equal (EDAS), one worst on everything (CoCoSo): both divide by 0.
    values = np.array([[2.0, 2.0], [2.0, 2.0]]) if name == "edas" else np.array([[1.0, 1.0], [2.0, 3.0]])
    with pytest.raises(tp.InputError, match="no finite score for A0"):
        tp.rank(_matrix(values, [True, True]), [0.5, 0.5], ALL[name])


@every
@quick
@given(problem=problems())
def test_equal_alternatives_share_a_rank(name, problem):
    values, weights, ups = problem
    scores = _scores(name, _matrix(np.vstack([values, values[0]]), ups), weights)
    ranks = tp.ranking.rank_scores(scores, bounded=getattr(ALL[name], "bounded", None))
    assert ranks.iloc[0] == ranks.iloc[-1]
