import numpy as np
import pytest

import techprio as tp
from techprio.model.weights import Weights
from techprio.robustness.weight_sampling import Fixed, PanelBootstrap, Uniform, weight_source
from techprio.robustness.weight_sources import select

NAMES = ["a", "b", "c"]


def _draw(distribution, count=20_000, weights=None, names=NAMES, seed=1):
    source = select(weight_source(distribution, weights, names), names, ())
    drawn = source.draw([np.random.default_rng(seed)], count)
    np.testing.assert_allclose(drawn.sum(axis=1), 1, atol=1e-12)
    assert (drawn >= 0).all()
    return drawn


def test_uniform_is_flat_on_the_simplex():
    drawn = _draw("uniform", 100_000)
    assert (drawn[:, 0] > 0.5).mean() == pytest.approx(0.25, abs=0.006)
    assert drawn[:, 0].mean() == pytest.approx(1 / 3, abs=0.004)
    assert drawn[:, 0].var() == pytest.approx(1 / 18, abs=0.002)


def test_uniform_by_node_gives_each_head_the_same():
    import pandas as pd

    weights = Weights(
        pd.Series({"a": 0.25, "b": 0.25, "c": 0.5}), hierarchy={"root": ("A", "c"), "A": ("a", "b")}
    )
    drawn = _draw(Uniform(by_node=True), weights=weights)
    assert drawn[:, 2].mean() == pytest.approx(0.5, abs=0.01)
    with pytest.raises(tp.InputError, match="hierarchy"):
        weight_source("uniform_by_node", None, NAMES)


def test_ordered_means_are_the_rank_order_centroid():
    # The centroid of w1 >= w2 >= w3 is (11, 5, 2) / 18 (Barron 1992).
    drawn = _draw(tp.robustness.Ordered(["b", "c", "a"]))
    assert (drawn[:, 1] >= drawn[:, 2]).all()
    assert (drawn[:, 2] >= drawn[:, 0]).all()
    np.testing.assert_allclose(drawn.mean(axis=0), [2 / 18, 11 / 18, 5 / 18], atol=0.01)


def test_groups_without_an_order_share_alike():
    drawn = _draw(tp.robustness.Ordered([["a", "b"], "c"]))
    assert (drawn[:, :2].min(axis=1) >= drawn[:, 2]).all()
    np.testing.assert_allclose(drawn.mean(axis=0), [8 / 18, 8 / 18, 2 / 18], atol=0.01)


def test_around_stays_near_and_centers_on_the_weights():
    weights = {"a": 0.5, "b": 0.3, "c": 0.2}
    drawn = _draw(tp.robustness.Around(spread=0.2), weights=weights)
    np.testing.assert_allclose(drawn.mean(axis=0), [0.5, 0.3, 0.2], atol=0.005)
    ratio = drawn[:, 0] / drawn[:, 1]
    assert ratio.min() >= (5 / 3) * (0.8 / 1.2) - 1e-9
    assert ratio.max() <= (5 / 3) * (1.2 / 0.8) + 1e-9
    np.testing.assert_allclose(_draw(tp.robustness.Around(weights, spread=0.0))[0], [0.5, 0.3, 0.2])


def test_intervals_are_flat_inside_their_bounds():
    drawn = _draw(tp.robustness.Intervals({"a": (0.2, 0.5)}))
    assert drawn[:, 0].min() >= 0.2
    assert drawn[:, 0].max() <= 0.5
    # Density of w1 is proportional to 1 - w1: P(w1 < 0.35) = (0.8^2 - 0.65^2) / (0.8^2 - 0.5^2).
    assert (drawn[:, 0] < 0.35).mean() == pytest.approx((0.64 - 0.4225) / (0.64 - 0.25), abs=0.015)
    whole = _draw(tp.robustness.Intervals())
    assert (whole[:, 0] > 0.5).mean() == pytest.approx(0.25, abs=0.015)


def test_intervals_that_leave_one_point_give_it():
    drawn = _draw(tp.robustness.Intervals({"a": (0.2, 0.2), "b": (0.3, 0.3)}), 5)
    np.testing.assert_allclose(drawn, np.tile([0.2, 0.3, 0.5], (5, 1)))


@pytest.mark.parametrize(
    ("distribution", "named"),
    [
        (tp.robustness.Intervals({"q": (0, 1)}), "'q'"),
        (tp.robustness.Intervals({"a": (0.9, 0.1)}), "'a'"),
        (tp.robustness.Intervals({"a": (0.6, 1.0), "b": (0.6, 1.0)}), "no weights fit"),
        (tp.robustness.Ordered(["a", "b"]), "missing: c"),
        (tp.robustness.Ordered(["a", "b", "c", "q"]), "unknown: q"),
        (tp.robustness.Ordered(["a", "b", "c", "a"]), "twice: a"),
        (PanelBootstrap(), "judgments"),
        (Fixed(), "needs weights"),
    ],
)
def test_bad_distributions_are_named(distribution, named):
    with pytest.raises(tp.InputError, match=named):
        weight_source(distribution, None, NAMES)
    with pytest.raises(tp.InputError, match="spread"):
        tp.robustness.Around(spread=3)


def test_neighboring_seeds_share_nothing():
    from techprio.robustness.score_sampling import generator

    one, two = (np.concatenate([generator(seed, b, 0).random(200) for b in range(20)]) for seed in (1, 2))
    assert not set(one) & set(two)
    assert len(set(one)) == len(one)


class _Strange:
    criteria = ("c", "b", "a")

    def __init__(self, rows):
        self.rows = np.asarray(rows, dtype=float)

    def draw(self, generator, count):
        return np.tile(self.rows, (count, 1))


def test_a_source_of_ones_own_is_matched_by_name():
    drawn = _draw(_Strange([0.2, 0.3, 0.5]), 4)
    assert drawn[0].tolist() == [0.5, 0.3, 0.2]


def test_a_source_that_leaves_criteria_out_is_scaled_up():
    source = select(_Strange([0.2, 0.3, 0.5]), ["a", "b"], ["c"])
    np.testing.assert_allclose(source.draw([np.random.default_rng(0)], 1), [[0.625, 0.375]])


@pytest.mark.parametrize("rows", [[0.2, 0.3, np.nan], [1.2, -0.3, 0.1]])
def test_a_source_that_draws_nonsense_is_stopped(rows):
    source = select(_Strange(rows), NAMES, ())
    with pytest.raises(tp.InputError, match="negative or not finite"):
        source.draw([np.random.default_rng(0)], 1)
    with pytest.raises(tp.InputError, match="shape"):
        select(_Strange([0.5, 0.5]), NAMES, ()).draw([np.random.default_rng(0)], 1)
    with pytest.raises(tp.InputError, match="nothing left"):
        select(_Strange([1.0, 0, 0]), ["a", "b"], ["c"]).draw([np.random.default_rng(0)], 1)


class _OneMemory:
    """A source that gives the same array each time, with other numbers in it."""

    criteria = tuple(NAMES)

    def __init__(self):
        self.memory = np.empty((5, len(NAMES)))

    def draw(self, generator, count):
        generator.random(out=self.memory)
        return self.memory


@pytest.mark.parametrize(
    "distribution",
    [
        "uniform",
        tp.robustness.Around([0.5, 0.3, 0.2], spread=0.4),
        tp.robustness.Ordered([["a", "b"], "c"]),
        tp.robustness.Intervals({"a": (0.2, 0.4)}),
        _OneMemory(),
    ],
)
def test_the_draws_of_many_generators_are_those_of_each_alone(distribution):
    source = select(weight_source(distribution, None, NAMES), NAMES, ())
    together = source.draw([np.random.default_rng(seed) for seed in range(4)], 5)
    alone = [source.draw([np.random.default_rng(seed)], 5).copy() for seed in range(4)]
    np.testing.assert_array_equal(together, np.concatenate(alone))
