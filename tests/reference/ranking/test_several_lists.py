"""Several lists made into one by Borda, Copeland and Kemeny: published elections; files and panels."""

import techprio as tp

# H. P. Young (1988), Condorcet's theory of voting, American Political Science Review 82, 1231-1244: the
# example of Condorcet (1785) with 60 voters. Borda: B, A, C; the order of Condorcet and Kemeny: B, C, A.
YOUNG = {"ABC": 23, "BCA": 17, "BAC": 2, "CAB": 10, "CBA": 8}
# The capital of Tennessee, the usual example of electoral reform (electowiki.org, "Tennessee", "Kemeny-Young
# method": the order N, C, K, M has the least distance, 207); no pairwise majority goes against Nashville.
TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}


def aggregated(votes):
    lists = {order: list(order) for order in votes}
    return tp.robustness.rank_aggregation(lists, votes=votes).table


def test_condorcets_example_in_young():
    table = aggregated(YOUNG)
    assert table["borda_rank"].sort_values().index.tolist() == ["B", "A", "C"]
    assert table["kemeny_rank"].sort_values().index.tolist() == ["B", "C", "A"]
    points = (3 - table["mean_rank"]) * 60  # Young: 69, 58 and 53
    assert points.round(9).to_dict() == {"A": 58.0, "B": 69.0, "C": 53.0}
    assert set(table["copeland_score"]) == {0}  # a cycle: A before B before C before A


def test_the_capital_of_tennessee():
    table = aggregated(TENNESSEE)
    assert table["kemeny_rank"].sort_values().index.tolist() == ["N", "C", "K", "M"]
    assert table["copeland_score"].to_dict() == {"M": -3, "N": 3, "C": 1, "K": -1}
    assert ((4 - table["mean_rank"]) * 100).round(9).to_dict() == {"M": 126, "N": 194, "C": 173, "K": 107}
