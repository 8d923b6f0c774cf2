import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.ranking.weighted_sum import WeightedSum


def _matrix(m=5, n=3, spread=0.2, seed=3):
    values = np.random.default_rng(seed).uniform(0.3, 0.7, (m, n))
    names = [f"T{i}" for i in range(m)]
    frame = pd.DataFrame(values, index=names, columns=list("abcdefgh"[:n]))
    return tp.DecisionMatrix(
        frame,
        dict.fromkeys(frame.columns, "maximize"),
        scales=dict.fromkeys(frame.columns, tp.Scale("interval", worst=0, best=1)),
        low=frame - spread,
        high=frame + spread,
    )


METHOD = tp.Topsis("reference")


def _same(one, other):
    pd.testing.assert_frame_equal(one.index, other.index, check_exact=True)
    pd.testing.assert_frame_equal(one.pairwise, other.pairwise, check_exact=True)
    pd.testing.assert_frame_equal(one.central_weights, other.central_weights, check_exact=True)
    pd.testing.assert_series_equal(one.confidence, other.confidence, check_exact=True)


def test_rows_and_columns_sum_to_one():
    sure = tp.simulate(_matrix(), None, METHOD, draws=1000, weight_distribution="uniform")
    np.testing.assert_allclose(sure.index.sum(axis=0), 1)
    np.testing.assert_allclose(sure.index.sum(axis=1), 1)
    np.testing.assert_allclose(sure.pairwise + sure.pairwise.T, 1)
    np.testing.assert_allclose(sure.expected_rank.sum(), 15)


def test_ties_split_their_mass():
    frame = pd.DataFrame({"a": [1.0, 1.0, 0.0], "b": [1.0, 1.0, 0.0]}, index=["x", "y", "z"])
    matrix = tp.DecisionMatrix(frame, dict.fromkeys("ab", "maximize"))
    sure = tp.simulate(matrix, weight_distribution="uniform", draws=450)
    assert sure.index.to_numpy().tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]
    assert sure.pairwise.loc["x", "y"] == 0.5
    np.testing.assert_allclose(sure.central_weights.sum(axis=1), 1)


@pytest.mark.parametrize(("jobs", "backend"), [(2, "threading"), (2, "loky"), (None, "threading")])
def test_any_number_of_workers_gives_the_same_bytes(jobs, backend):
    from joblib import parallel_config

    options = {"draws": 4500, "weight_distribution": "uniform", "seed": 9}
    alone = tp.simulate(_matrix(), None, METHOD, **options)
    with parallel_config(backend=backend, n_jobs=2):
        _same(alone, tp.simulate(_matrix(), None, METHOD, jobs=jobs, **options))


def test_zero_is_a_seed_and_seeds_differ():
    options = {"draws": 400, "weight_distribution": "uniform"}
    _same(
        tp.simulate(_matrix(), None, METHOD, seed=0, **options),
        tp.simulate(_matrix(), None, METHOD, **options),
    )
    other = tp.simulate(_matrix(), None, METHOD, seed=1, **options)
    assert not other.index.equals(tp.simulate(_matrix(), None, METHOD, seed=0, **options).index)


def test_score_draws_meet_the_same_world_in_every_matrix():
    whole = _matrix(m=6)
    options = {"draws": 450, "seed": 4, "weight_distribution": "uniform"}
    drawn = tp.robustness.draw_scores(whole, None, METHOD, **options)
    assert drawn.shape == (450, 6)
    part = tp.robustness.draw_scores(whole.select(alternatives=["T4", "T1"]), None, METHOD, **options)
    np.testing.assert_array_equal(part, drawn[:, [4, 1]])
    fewer = tp.robustness.draw_scores(whole, None, METHOD, **{**options, "draws": 130})
    np.testing.assert_array_equal(fewer, drawn[:130])


def test_scores_stay_within_their_spread_and_constants_stay():
    matrix = _matrix(m=3, n=1)
    fixed = matrix.low.copy()
    fixed.loc["T0"] = matrix.values.loc["T0"]
    high = matrix.high.copy()
    high.loc["T0"] = matrix.values.loc["T0"]
    matrix = tp.DecisionMatrix(matrix.values, matrix.directions, scales=matrix.scales, low=fixed, high=high)
    drawn = tp.robustness.draw_scores(
        matrix, [1.0], WeightedSum("reference"), draws=600, weight_distribution="fixed"
    )
    assert np.ptp(drawn[:, 0]) == 0
    assert (drawn >= fixed.to_numpy()[:, 0] - 1e-12).all()
    assert (drawn <= high.to_numpy()[:, 0] + 1e-12).all()
    assert abs(drawn[:, 1].mean() - matrix.values.to_numpy()[1, 0]) < 0.02


def test_leaving_a_criterion_out_keeps_the_draws_of_the_others():
    matrix = _matrix(n=3)
    weights = {"a": 0.5, "b": 0.3, "c": 0.2}
    alone = tp.robustness.draw_scores(
        matrix, weights, WeightedSum("reference"), draws=50, weight_distribution="fixed", leave_out=["b"]
    )
    both = [
        tp.robustness.draw_scores(
            matrix,
            {**dict.fromkeys("abc", 0.0), c: 1.0},
            WeightedSum("reference"),
            draws=50,
            weight_distribution="fixed",
        )
        for c in "ac"
    ]
    np.testing.assert_allclose(alone, (0.5 * both[0] + 0.2 * both[1]) / 0.7, atol=1e-11)


def test_adaptive_stop_says_how_far_it_went():
    sure = tp.simulate(
        _matrix(), None, METHOD, draws=100_000, weight_distribution="uniform", standard_error=0.02, top=2
    )
    assert sure.draws < 100_000
    assert sure.to_frame()["standard_error"].max() <= 0.02
    assert any(str(sure.draws) in str(note) for note in sure.notes)


def test_progress_is_told():
    seen = []
    tp.simulate(
        _matrix(),
        None,
        METHOD,
        draws=4100,
        weight_distribution="uniform",
        progress=lambda a, b: seen.append((a, b)),
    )
    assert seen == [(2000, 4100), (4000, 4100), (4100, 4100)]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"draws": 0}, "draws"),
        ({"draws": 10.5}, "draws"),
        ({"seed": -1}, "seed"),
        ({"top": 0}, "top"),
        ({"jobs": 0}, "jobs"),
        ({"weight_distribution": "panle"}, "did you mean panel"),
        ({"weight_distribution": "panel"}, "judgments"),
        ({"score_distribution": "triangle"}, "did you mean triangular"),
        ({"collect": ["pairs"]}, "pairs"),
        ({"standard_error": 2}, "standard_error"),
        ({"weight_distribution": 3}, "weight_distribution"),
    ],
)
def test_bad_arguments_are_named(options, named):
    with pytest.raises(tp.InputError, match=named):
        tp.simulate(_matrix(), None, METHOD, **{"weight_distribution": "uniform", "draws": 10, **options})


def test_a_table_with_directions_and_spread_is_simulated_like_its_matrix():
    table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 2.5, 1.0]}, index=["x", "y", "z"])
    options = {"draws": 400, "seed": 3, "weight_distribution": "around"}
    matrix = tp.DecisionMatrix(table, {"a": "min", "b": "max"}, low=0.9 * table, high=1.1 * table)
    plain = tp.simulate(
        table, [0.5, 0.5], "topsis", directions=["min", "max"], low=0.9 * table, high=1.1 * table, **options
    )
    pd.testing.assert_frame_equal(plain.index, tp.simulate(matrix, [0.5, 0.5], **options).index)
    with pytest.raises(tp.InputError, match="directions are missing"):
        tp.simulate(table, [0.5, 0.5])
    with pytest.raises(tp.InputError, match="low and high stand in the DecisionMatrix"):
        tp.simulate(matrix, [0.5, 0.5], low=table, high=table)


def test_weights_are_drawn_from_their_panel_else_around_them_and_the_notes_state_it():
    table = pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 1.0]}, index=["x", "y"])
    judgments = {"e1": {("a", "b"): 3}, "e2": {("a", "b"): 1 / 2}}
    panel = tp.ahp(tp.weighting.judgments_from_matrices(judgments))
    by_panel = tp.simulate(table, panel, directions=["max", "max"], draws=200)
    stated = tp.simulate(table, panel, directions=["max", "max"], draws=200, weight_distribution="panel")
    assert by_panel.provenance == stated.provenance
    around = tp.simulate(table, panel.overall, directions=["max", "max"], draws=200)
    assert "25%" in str(around.notes[0])
    assert "Around(weights=None, spread=0.25)" in around.provenance.method
    with pytest.raises(tp.InputError, match="needs weights"):
        tp.simulate(table, directions=["max", "max"])
