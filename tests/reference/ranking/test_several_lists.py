"""Several lists made into one by Borda, Copeland and Kemeny: published elections; files and panels."""

import tempfile
from pathlib import Path

import pytest

import techprio as tp

from ...commands import techprio

# H. P. Young (1988), Condorcet's theory of voting, American Political Science Review 82, 1231-1244: the
# example of Condorcet (1785) with 60 voters. Borda: B, A, C; the order of Condorcet and Kemeny: B, C, A.
YOUNG = {"ABC": 23, "BCA": 17, "BAC": 2, "CAB": 10, "CBA": 8}
# The capital of Tennessee (Moulin 1988, Axioms of cooperative decision making, uses such preferences): the
# first of every rule is Nashville, which no pairwise majority goes against.
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


def test_lists_of_technologies_from_a_file_and_from_a_panel(trimmed_folder, trimmed_study):
    with tempfile.TemporaryDirectory() as folder:
        file, votes = Path(folder) / "lists.csv", Path(folder) / "votes.csv"
        rows = [(name, *(order.index(name) + 1 for order in YOUNG)) for name in "ABC"]
        lines = [["technology", *YOUNG], *rows]
        file.write_text("\n".join(",".join(map(str, row)) for row in lines), encoding="utf-8")
        votes.write_text("list,weight\n" + "\n".join(f"{k},{v}" for k, v in YOUNG.items()), encoding="utf-8")
        done = techprio(
            "aggregate",
            str(file),
            "--votes",
            str(votes),
            "--csv",
            f"{folder}/order.csv",
            "--lang",
            "en",
            cwd=folder,
        )
        assert done.returncode == 0, done.stderr
        first = (Path(folder) / "order.csv").read_text(encoding="utf-8-sig").splitlines()[1]
        assert first.startswith("B,")
        file.write_text("technology,one\nA,1\nB,x\nA,2\n", encoding="utf-8")
        with pytest.raises(tp.DataFileError) as caught:
            tp.inputs.read_rank_lists(file)
        assert [str(problem.place) for problem in caught.value.problems] == ["line 3", "line 4"]
    orders = tp.robustness.panel_rankings(trimmed_study)
    assert set(orders) == {sector.code for sector in trimmed_study.catalog.sectors}
    assert orders["AGR"].ranks.shape[1] == len(trimmed_study.judgments.experts)
