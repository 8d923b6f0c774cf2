"""What must hold for the synchronization coefficient of any firm."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import techprio as tp

GROUPS = (30, 20, 19, 17, 14)
INSTRUMENT = tp.survey.Instrument(
    "five", tuple(tp.survey.PointGroup(f"g{n}", most) for n, most in enumerate(GROUPS))
)
ATTAINED = st.lists(st.floats(0, 1), min_size=5, max_size=5)


@given(ATTAINED)
def test_between_zero_and_the_attained_share(shares):
    points = np.array(shares) * GROUPS
    k = float(tp.survey.measure_synchronization(points, INSTRUMENT))
    assert 0 <= k <= points.sum() / 100 + 1e-12


@given(st.floats(0, 1))
def test_equal_attainment_is_the_share_itself(share):
    k = float(tp.survey.measure_synchronization(share * np.array(GROUPS), INSTRUMENT))
    assert abs(k - share) < 1e-12


@given(ATTAINED, st.integers(0, 4))
def test_a_zero_makes_it_zero(shares, place):
    points = np.array(shares) * GROUPS
    points[place] = 0
    assert tp.survey.measure_synchronization(points, INSTRUMENT) == 0


@given(ATTAINED, st.integers(0, 4))
def test_more_points_never_lower_it(shares, place):
    points = np.array(shares) * GROUPS
    more = points.copy()
    more[place] = GROUPS[place]
    assert (
        tp.survey.measure_synchronization(more, INSTRUMENT)
        >= tp.survey.measure_synchronization(points, INSTRUMENT) - 1e-12
    )
