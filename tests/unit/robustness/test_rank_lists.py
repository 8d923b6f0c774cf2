"""Several rankings made into one: published lists, small cases by hand, laws."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest

import techprio as tp

# Arslan and Bircan 2020, as in the tests of JMcDM (testcopeland.jl): four rankings of 23 alternatives.
ARSLAN_BIRCAN = {
    "r1": [7, 17, 3, 14, 6, 18, 10, 19, 8, 15, 22, 12, 2, 9, 23, 11, 16, 20, 5, 13, 1, 21, 4],
    "r2": [9, 17, 3, 14, 6, 18, 7, 19, 8, 16, 22, 13, 1, 10, 23, 11, 15, 20, 5, 12, 2, 21, 4],
    "r3": [7, 17, 3, 14, 5, 18, 10, 19, 8, 16, 22, 13, 1, 9, 23, 11, 15, 20, 6, 12, 2, 21, 4],
    "r4": [3, 14, 2, 15, 16, 21, 10, 23, 8, 9, 19, 6, 7, 5, 22, 17, 13, 18, 12, 11, 1, 20, 4],
}


def test_published_rankings_of_23():
    names = [f"T{number:02d}" for number in range(1, 24)]
    found = tp.robustness.rank_aggregation(pd.DataFrame(ARSLAN_BIRCAN, index=names))
    by_majority = found.table["copeland_rank"]
    first = {"T13": 1, "T21": 1, "T03": 3, "T23": 4, "T19": 5, "T05": 6, "T01": 7}
    assert by_majority[list(first)].to_dict() == first
    assert by_majority["T12"] == by_majority["T20"] == 12
    assert by_majority["T10"] == by_majority["T17"] == 15
    by_mean = found.table["borda_rank"]
    assert by_mean[["T21", "T03", "T13", "T23", "T01"]].tolist() == [1, 2, 2, 4, 5]
    assert found.kendall_w == pytest.approx(0.920702, abs=1e-6)


VOTERS = {"An": "cost jobs risk", "Binh": "risk jobs cost", "Chi": "jobs cost risk"}


def test_lists_of_names_and_votes():
    lists = {
        "An": ["cost", "jobs", "risk"],
        "Binh": ["risk", "jobs", "cost"],
        "Chi": ["jobs", "cost", "risk"],
    }
    even = tp.robustness.rank_aggregation(lists)
    assert even.table["borda_rank"].to_dict() == {"cost": 2, "jobs": 1, "risk": 3}
    weighed = tp.robustness.rank_aggregation(lists, votes={"An": 1, "Binh": 3, "Chi": 1})
    assert weighed.table["copeland_rank"].to_dict() == {"cost": 3, "jobs": 2, "risk": 1}
    assert weighed.majority.loc["risk", "jobs"] == pytest.approx(0.6)


def test_circle_of_majorities_and_ties():
    circle = {"a": ["A", "B", "C"], "b": ["B", "C", "A"], "c": ["C", "A", "B"]}
    found = tp.robustness.rank_aggregation(circle)
    assert found.table["copeland_rank"].tolist() == [1, 1, 1]
    assert sorted(found.table["kemeny_rank"]) == [1, 2, 3]
    assert "several orders" in str(found.notes[0])
    tied = tp.robustness.rank_aggregation(pd.DataFrame({"r": [1, 1, 3]}, index=["A", "B", "C"]))
    assert tied.table["borda_rank"].to_dict() == {"A": 1, "B": 1, "C": 3}
    assert np.isnan(tied.kendall_w)


@pytest.mark.parametrize("seed", range(5))
def test_no_order_is_nearer_than_that_of_kemeny(seed):
    ranks = pd.DataFrame(np.random.default_rng(seed).random((6, 5)).argsort(axis=0) + 1, index=list("ABCDEF"))
    order = tp.robustness.rank_aggregation(ranks).table["kemeny_rank"]

    def against(places):
        mine = np.sign(places[:, None] - places[None, :])
        return sum((np.sign(r[:, None] - r[None, :]) * mine < 0).sum() for r in ranks.to_numpy().T)

    least = min(against(np.array(one)) for one in permutations(range(6)))
    assert against(order.to_numpy()) == least


@pytest.mark.parametrize(
    ("lists", "options", "words"),
    [
        (pd.DataFrame({"r": [1, None]}, index=["A", "B"]), {}, "a rank for each name"),
        ({"r1": ["A", "B"], "r2": ["A"]}, {}, "B, list r2"),
        ({"r1": ["A", "A"]}, {}, "different names"),
        ({"r1": ["A", "B"]}, {"votes": {"r2": 1}}, "each of r1"),
        ("A, B", {}, "a table of ranks"),
        (pd.DataFrame({"r": [1, 2]}, index=["A", "A"]), {}, "each name once"),
    ],
)
def test_what_cannot_be_aggregated(lists, options, words):
    with pytest.raises(tp.InputError, match=words):
        tp.robustness.rank_aggregation(lists, **options)


def test_many_are_searched_part_by_part_and_too_many_said():
    names = [f"T{number}" for number in range(60)]
    same = tp.robustness.rank_aggregation({"r1": names, "r2": names})
    assert same.table["kemeny_rank"].tolist() == list(range(1, 61))
    turned = names[20:] + names[:20]
    other = tp.robustness.rank_aggregation({"r1": names, "r2": turned, "r3": names[40:] + names[:40]})
    assert other.table["kemeny_rank"].isna().all()
    assert "60 names" in str(other.notes[0])
