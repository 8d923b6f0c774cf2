"""Earliest times, slack and the longest chain; edges that a drawing can leave out."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from techprio.dependencies.chain import find_critical_chain, transitive_reduction
from techprio.dependencies.graph import build_graph
from techprio.errors import InputError


def graph_of(names, *rows, cycles="error"):
    columns = ["technology", "requires", "kind", "timing", "lag_months", "one_of"]
    rows = [(*row, *("hard", "FS", 0, "")[len(row) - 2 :]) for row in rows]
    return build_graph(pd.DataFrame(rows, columns=columns), list(names), cycles=cycles)


def months(**values):
    return pd.Series(values, dtype=float)


def test_a_network_counted_by_hand():
    graph = graph_of("ABCDE", ("C", "A"), ("D", "A"), ("D", "B"), ("E", "C"), ("E", "D"))
    found = find_critical_chain(graph, months(A=3, B=5, C=4, D=2, E=6))
    assert found.months == 13
    assert found.table["earliest_start"].to_dict() == {"A": 0, "B": 0, "C": 3, "D": 5, "E": 7}
    # Both ways to E are seven months long, so nothing has slack.
    assert found.table["slack"].to_dict() == {"A": 0, "B": 0, "C": 0, "D": 0, "E": 0}
    shorter = find_critical_chain(graph, months(A=3, B=4, C=4, D=2, E=6))
    assert shorter.table["slack"].to_dict() == {"A": 0, "B": 1, "C": 0, "D": 1, "E": 0}
    assert shorter.chain == ("A", "C", "E")


@pytest.mark.parametrize(
    ("timing", "lag", "start"),
    [
        ("FS", 0, 12), ("FS", 3, 15), ("FS", -5, 7), ("FS", 0.5, 12.5), ("FS", -20, 0),
        ("SS", 0, 0), ("SS", 3, 3), ("SS", -3, 0),
        ("FF", 0, 4), ("FF", 3, 7), ("FF", -4, 0), ("FF", -1, 3),
        ("SF", 0, 0), ("SF", 10, 2),
    ],
)  # fmt: skip
def test_timing_and_lag(timing, lag, start):
    found = find_critical_chain(graph_of("AB", ("B", "A", "hard", timing, lag)), months(A=12, B=8))
    assert found.table.loc["B", "earliest_start"] == start


def test_readiness_holds_up_and_a_late_one_breaks_the_chain():
    graph = graph_of("AB", ("B", "A"))
    found = find_critical_chain(graph, months(A=6, B=6), ready=months(A=0, B=24))
    assert found.chain == ("B",)
    assert found.months == 30
    assert found.table.loc["A", "slack"] == 18


def test_soft_edges_carry_no_timing():
    found = find_critical_chain(graph_of("AB", ("B", "A", "soft")), months(A=12, B=8))
    assert found.table.loc["B", "earliest_start"] == 0
    assert found.table.loc["B", "waits_for"] == ""


def test_the_earliest_alternative_counts_and_the_other_has_all_the_slack():
    graph = graph_of("ABC", ("C", "A", "hard", "FS", 0, "way"), ("C", "B", "hard", "FS", 0, "way"))
    found = find_critical_chain(graph, months(A=20, B=5, C=30))
    assert found.chain == ("B", "C")
    assert found.table["slack"].to_dict() == {"A": 15, "B": 0, "C": 0}


def test_the_alternative_taken_has_the_slack_even_where_another_need_sets_the_start():
    graph = graph_of(
        "ABCD", ("D", "A", "hard", "FS", 0, "way"), ("D", "B", "hard", "FS", 0, "way"), ("D", "C")
    )
    found = find_critical_chain(graph, months(A=20, B=5, C=30, D=10))
    assert found.table["slack"].to_dict() == {"A": 20, "B": 25, "C": 0, "D": 0}


def test_members_of_a_bundle_start_together():
    graph = graph_of("ABC", ("A", "B"), ("B", "A"), ("B", "C"), cycles="bundle")
    found = find_critical_chain(graph, months(A=4, B=2, C=6))
    assert found.table["earliest_start"].to_dict() == {"A": 6, "B": 6, "C": 0}
    assert found.table["slack"].to_dict() == {"A": 0, "B": 0, "C": 0}


@pytest.mark.parametrize("seed", range(30))
def test_as_long_as_the_longest_path_of_networkx(seed):
    stream = np.random.default_rng(seed)
    names = [f"T{k}" for k in range(12)]
    pairs = [(names[j], names[i]) for i in range(12) for j in range(i + 1, 12) if stream.random() < 0.25]
    lead = pd.Series(stream.integers(1, 30, 12).astype(float), names)
    found = find_critical_chain(graph_of(names, *pairs), lead)
    weighted = nx.DiGraph()
    weighted.add_nodes_from(["end", *names])
    weighted.add_weighted_edges_from((i, j, lead[i]) for j, i in pairs)
    weighted.add_weighted_edges_from((name, "end", lead[name]) for name in names)
    assert found.months == nx.dag_longest_path_length(weighted)
    assert lead[list(found.chain)].sum() == found.months
    assert (found.table.loc[list(found.chain), "slack"] == 0).all()
    assert (found.table["slack"] >= 0).all()
    for name in found.table.index[found.table["slack"] > 0]:
        slipped = lead.copy()
        slipped[name] += found.table.loc[name, "slack"]
        assert find_critical_chain(graph_of(names, *pairs), slipped).months == found.months
        slipped[name] += 1
        assert find_critical_chain(graph_of(names, *pairs), slipped).months == found.months + 1


def test_every_fault_of_the_leads_at_once():
    with pytest.raises(InputError) as error:
        find_critical_chain(graph_of("ABC", ("B", "A")), pd.Series({"A": -1.0, "B": np.nan, "CC": 3.0}))
    said = str(error.value)
    assert "lead of C; found nothing; allowed: a number of months from 0 on" in said
    assert "lead; found 'CC'; allowed: A, B, C" in said
    assert "lead of A" in said
    assert "lead of B" in said


def test_empty_graph():
    found = find_critical_chain(graph_of(()), pd.Series(dtype=float))
    assert (found.chain, found.months, len(found.to_frame())) == ((), 0.0, 0)


def test_implied_edges_are_not_drawn_and_others_stay():
    graph = graph_of(
        "ABCDE", ("B", "A"), ("C", "B"), ("C", "A"), ("D", "C"), ("D", "A", "soft"),
        ("E", "A", "hard", "FS", 0, "way"), ("E", "C", "hard", "FS", 0, "way"),
    )  # fmt: skip
    shown = set(transitive_reduction(graph)[["technology", "requires"]].itertuples(index=False, name=None))
    assert shown == {("B", "A"), ("C", "B"), ("D", "C"), ("D", "A"), ("E", "A"), ("E", "C")}


def test_edges_inside_a_bundle_are_drawn():
    graph = graph_of(
        "ABCD", ("A", "B"), ("B", "A"), ("A", "C"), ("B", "C"), ("D", "A"), ("D", "C"), cycles="bundle"
    )
    shown = set(transitive_reduction(graph)[["technology", "requires"]].itertuples(index=False, name=None))
    assert shown == {("A", "B"), ("B", "A"), ("A", "C"), ("B", "C"), ("D", "A")}


def test_a_prerequisite_counts_as_the_cause_where_readiness_allows_the_same_month():
    graph = graph_of("AB", ("B", "A"))
    found = find_critical_chain(graph, months(A=6, B=6), ready=months(A=0, B=6))
    assert found.chain == ("A", "B")
