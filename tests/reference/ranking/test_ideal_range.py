"""The example of the Reference Ideal Method by Cables, Lamata, Verdegay (2016)."""

import pandas as pd
import pytest

import techprio as tp

CANDIDATES = pd.DataFrame(
    {
        "age": [30, 40, 25, 27, 45], "c2": [0, 9, 0, 0, 15], "c3": [2, 1, 3, 5, 2],
        "c4": [3, 3, 1, 3, 2], "c5": [3, 2, 3, 3, 3], "c6": [2, 2, 2, 1, 4],
    },
    index=list("ABCDE"),
)  # fmt: skip
RANGES = {"age": (23, 60), "c2": (0, 15), "c3": (0, 10), "c4": (1, 3), "c5": (1, 3), "c6": (1, 5)}
IDEALS = {"age": (30, 35), "c2": (10, 15), "c3": (0, 0), "c4": (3, 3), "c5": (3, 3), "c6": (4, 5)}
WEIGHTS = dict(zip(RANGES, [0.2262, 0.2143, 0.1786, 0.1429, 0.1190, 0.1190], strict=True))


def test_scores_of_the_paper():
    near = tp.ranking.closeness_to_ideal(CANDIDATES, ranges=RANGES, ideals=IDEALS)
    scales = dict.fromkeys(RANGES, tp.Scale("ratio", worst=0, best=1))
    matrix = tp.DecisionMatrix(near, dict.fromkeys(RANGES, "max"), scales=scales)
    ranking = tp.rank(matrix, WEIGHTS, tp.Topsis("reference"))
    printed = {"A": 0.58663, "B": 0.75584, "C": 0.37163, "D": 0.46658, "E": 0.74015}
    assert ranking.scores.to_dict() == pytest.approx(printed, abs=1e-5)


def test_an_ideal_inside_the_scale_of_a_criterion_gives_the_scores_of_the_paper():
    scales = {name: tp.Scale("ratio", *RANGES[name], ideal=IDEALS[name]) for name in RANGES}
    matrix = tp.DecisionMatrix(CANDIDATES, dict.fromkeys(RANGES, "max"), scales=scales)
    ranking = tp.rank(matrix, WEIGHTS, tp.Topsis("reference"))
    printed = {"A": 0.58663, "B": 0.75584, "C": 0.37163, "D": 0.46658, "E": 0.74015}
    assert ranking.scores.to_dict() == pytest.approx(printed, abs=1e-5)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ranges": {"age": (23, 60)}},
        {"ideals": IDEALS | {"age": (70, 80)}},
        {"ranges": RANGES | {"age": (26, 60)}},
    ],
)
def test_ranges_that_do_not_hold(wrong):
    with pytest.raises(tp.errors.InputError):
        tp.ranking.closeness_to_ideal(CANDIDATES, **({"ranges": RANGES, "ideals": IDEALS} | wrong))


def test_a_direction_called_target_points_to_it():
    with pytest.raises(tp.errors.InputError, match="as its ideal"):
        tp.DecisionMatrix(CANDIDATES[["age"]], {"age": "target"})
