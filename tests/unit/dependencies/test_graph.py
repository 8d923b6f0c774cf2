"""The graph of prerequisites: order, levels, and every fault at its row."""

import pandas as pd
import pytest

from techprio.dependencies.check import check_graph
from techprio.dependencies.graph import build_graph
from techprio.errors import DataFileError, InputError


def edges(*pairs, **columns):
    frame = pd.DataFrame(pairs, columns=["technology", "requires"])
    return frame.assign(**columns)


def test_order_takes_the_first_row_whose_prerequisites_are_taken():
    graph = build_graph(
        edges(("B", "A1"), ("A1", "10"), ("3", "2"), ("3", "10")), ["10", "B", "2", "A1", "3"]
    )
    assert graph.order == ("10", "2", "A1", "B", "3")


def test_levels_stand_one_above_the_highest_prerequisite():
    pairs = [("CN03", "CN01"), ("CN03", "CN02"), ("CN04", "CN03"), ("CN05", "CN04"), ("CN05", "CN03")]
    graph = build_graph(edges(*pairs), ["CN05", "CN04", "CN03", "CN02", "CN01"])
    assert graph.levels.to_dict() == {"CN01": 0, "CN02": 0, "CN03": 1, "CN04": 2, "CN05": 3}


def test_cycle_is_stated_as_a_path_with_the_edges_that_open_it():
    table = edges(("CN01", "CN02"), ("CN02", "CN03"), ("CN03", "CN01"), ("CN04", "CN01"))
    (problem,) = check_graph(table, ["CN01", "CN02", "CN03", "CN04", "CN05"])
    said = problem.render("en")
    assert "CN01 needs CN02, CN02 needs CN03, CN03 needs CN01" in said
    assert "CN01 -> CN02 (2), CN02 -> CN03 (3), CN03 -> CN01 (4)" in said
    assert "CN04" not in said
    assert "CN05" not in said


def test_only_edges_on_every_cycle_open_a_component():
    table = edges(("A", "B"), ("B", "A"), ("B", "C"), ("C", "A"))
    (problem,) = check_graph(table, ["A", "B", "C"])
    assert str(problem.found).endswith(
        "3 technologies that need each other by 4 dependencies; a shortest cycle: A needs B, B needs A"
    )
    assert "no cycle: A -> B (2); if they start together" in str(problem.proposal)


def test_technology_that_needs_itself():
    (problem,) = check_graph(edges(("CN02", "CN02")), ["CN01", "CN02"])
    assert str(problem.found) == "CN02 needs CN02"


def test_all_faults_are_listed_at_once_with_their_lines():
    table = edges(
        ("A", "X1"),
        ("A", "B"),
        ("A", "B"),
        ("B", "C"),
        kind=["hard", "hrad", "soft", "soft"],
        share=[None, None, 1.5, 0.2],
    )
    problems = check_graph(table, ["A", "B", "C", "X2"])
    assert [(problem.code, problem.place) for problem in problems] == [
        ("D202", "line 2"),
        ("D203", "line 3"),
        ("D204", "line 4"),
        ("D206", "line 4"),
    ]
    with pytest.raises(DataFileError) as error:
        build_graph(table, ["A", "B", "C", "X2"])
    assert len(error.value.problems) == 4


def test_table_without_its_columns():
    (problem,) = check_graph(pd.DataFrame({"technology": ["A"]}), ["A"])
    assert problem.field == "requires"


def test_soft_shares_of_one_technology_are_scaled_to_the_limit():
    table = edges(("A", "B"), ("A", "C"), ("A", "D"), kind="soft", share=[None, 0.5, 0.4])
    graph = build_graph(table, ["A", "B", "C", "D"])
    assert graph.soft["A"] == pytest.approx({"B": 0.15, "C": 0.25, "D": 0.2})


def test_bundle_starts_together_and_keeps_what_it_needs():
    table = edges(("A", "B"), ("B", "A"), ("B", "C"))
    graph = build_graph(table, ["A", "B", "C"], cycles="bundle")
    assert graph.bundles == (("A", "B"),)
    assert graph.units == (("C",), ("A", "B"))
    assert graph.prerequisites("A") == {"B", "C"}


def test_bundle_refuses_a_lag_inside():
    table = edges(("A", "B"), ("B", "A"), lag_months=[0, 3])
    with pytest.raises(DataFileError, match="start together"):
        build_graph(table, ["A", "B"], cycles="bundle")


def test_unknown_policy_for_cycles():
    with pytest.raises(InputError, match="bundle"):
        build_graph(edges(("A", "B")), ["A", "B"], cycles="drop")


def test_prerequisites_of_a_stranger():
    with pytest.raises(InputError, match="technology: found 'Z'"):
        build_graph(edges(("A", "B")), ["A", "B"]).prerequisites("Z")
