"""Dates and money under draws, held against closed forms and a plain loop over draws."""

import numpy as np
import pytest

from techprio.phasing.dates import (
    Course,
    Need,
    Purse,
    fund_use,
    operational_months,
    triangular,
    triangular_quantile,
)

RNG = np.random.default_rng(0)
# 5 a year in the first phase of two years and 6 in the second, carried over inside each.
PURSE = Purse(
    np.array([1.0, 1.0, 0.5]),
    np.array([0, 0, 2, 2]),
    np.array([0, 1, 2, 3]),
    np.array([5.0, 10.0, 6.0, 12.0]),
)


def _course(**changes):
    settings = {
        "order": (0, 1, 2),
        "start": np.array([0.0, 12.0, 0.0]),
        "needs": ((), (Need(((0, "FS", 2.0),)),), (Need(((0, "FF", 0.0), (1, "FF", 1.0))),)),
        "purses": (PURSE,),
        "year_ends": np.array([12.0, 24.0, 36.0, 48.0]),
        "period": 6,
        "months": 48,
    }
    return Course(**{**settings, **changes})


def test_triangular_draws_have_the_published_mean_variance_and_quantiles():
    low, mode, high = 2.0, 3.0, 7.0
    drawn = triangular(*(np.array([x]) for x in (low, mode, high)), RNG.random((200_000, 1)))
    assert drawn.mean() == pytest.approx((low + mode + high) / 3, abs=0.01)
    variance = (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
    assert drawn.var() == pytest.approx(variance, abs=0.01)
    q80 = triangular_quantile(np.array(low), np.array(mode), np.array(high), 0.8)
    assert q80 == pytest.approx(high - np.sqrt(0.2 * (high - low) * (high - mode)))
    assert triangular_quantile(np.array(4.0), np.array(4.0), np.array(4.0), 0.8) == 4.0


def test_the_share_of_dates_in_time_is_the_distribution_of_the_lead():
    course = _course(order=(0,), start=np.array([0.0, np.nan, np.nan]), needs=((), (), ()), purses=())
    lead = triangular(*(np.array([x, 0, 0]) for x in (6.0, 12.0, 24.0)), RNG.random((100_000, 3)))
    done = operational_months(course, lead, np.ones_like(lead), money=True)
    assert (done[:, 0] <= 18).mean() == pytest.approx(1 - (24 - 18) ** 2 / (18 * 12), abs=0.005)
    assert np.isnan(done[:, 1]).all()


@pytest.mark.parametrize("money", [False, True])
def test_blocks_of_draws_equal_a_loop_over_draws(money):
    course = _course()
    lead = RNG.uniform(3, 20, (300, 3))
    cost = RNG.uniform(1, 9, (300, 3))
    found = operational_months(course, lead, cost, money=money)
    for draw in range(300):
        assert found[draw] == pytest.approx(_by_hand(course, lead[draw], cost[draw], money))


def _by_hand(course, lead, cost, money):
    """One draw in plain Python, month by month for the money."""
    done, spent = {}, np.zeros(48)
    for i in course.order:
        start = course.start[i]
        for need in course.needs[i]:
            start = max(start, _first(need, "FS", done))
        start = np.ceil(start / 6 - 1e-9) * 6
        while money and np.isfinite(start):
            tried = spent + course.purses[0].share[i] * cost[i] * _monthly(start, lead[i])
            years = tried.reshape(4, 12).sum(axis=1)
            held = years[0] <= 5 + 1e-9 and years[:2].sum() <= 10 + 1e-9
            if held and years[2] <= 6 + 1e-9 and years[2:].sum() <= 12 + 1e-9:
                spent = tried
                break
            start = start + 6 if start + 6 < 48 else np.inf
        end = start + lead[i]
        for need in course.needs[i]:
            end = max(end, _first(need, "FF", done))
        done[i] = end
    return [done[i] for i in range(3)]


def _first(need, timing, done):
    return min(done[j] + lag if kind == timing else -np.inf for j, kind, lag in need.options)


def _monthly(start, lead):
    edges = np.clip((np.arange(49) - start) / max(lead, 1.0), 0, 1)
    return np.diff(edges)


def test_use_of_a_fund_is_counted_up_to_each_year_of_a_span():
    course = _course(order=(0,), needs=((), (), ()))
    lead, cost = np.array([[24.0, 1, 1]]), np.array([[8.0, 0, 0]])
    starts = np.array([6.0, np.nan, np.nan])
    over = dict(fund_use(course, course.purses[0], starts, lead, cost))
    assert over[0] == pytest.approx([2 - 5])
    assert over[1] == pytest.approx([6 - 10])
    assert over[2] == pytest.approx([2 - 6])


@pytest.mark.parametrize(("timing", "lag", "end"), [("FS", -8, 18.0), ("SS", 3, 12.0), ("SF", 30, 30.0)])
def test_each_relation_with_a_lag_holds_back_the_side_that_it_names(timing, lag, end):
    """A takes 20 months from month 0, B 6: B starts at 12 (20 - 8), at 3, on half-years 6, or ends at 30."""
    course = _course(
        order=(0, 1),
        start=np.array([0.0, 0.0, np.nan]),
        needs=((), (Need(((0, timing, lag),)),), ()),
        purses=(),
    )
    done = operational_months(course, np.array([[20.0, 6.0, 0.0]]), np.zeros((1, 3)), money=False)
    assert done[0, 1] == end
