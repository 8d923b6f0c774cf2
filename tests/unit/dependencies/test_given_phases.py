"""Phases drawn up by somebody else, against the prerequisites."""

import pandas as pd
import pytest

from techprio.dependencies.given_phases import check_phases
from techprio.dependencies.graph import build_graph
from techprio.errors import InputError

ORDER = ["2026-2030", "2031-2035"]


def graph_of(*pairs, names=("CN01", "CN02", "CN03", "CN04"), **columns):
    return build_graph(pd.DataFrame(pairs, columns=["technology", "requires"]).assign(**columns), list(names))


# Case: CN02 is planned for 2026-2030 but needs CN01, planned for 2031-2035; CN04 has an en dash.
def test_phase_before_its_prerequisite():
    graph = graph_of(("CN02", "CN01"), ("CN03", "CN02"))
    given = pd.Series({"CN01": "2031-2035", "CN02": "2026-2030", "CN03": "2031-2035", "CN04": "2026–2030"})
    (problem,) = check_phases(given, graph, ORDER)
    assert (problem.code, problem.place, problem.field) == ("S351", "line 3", "CN02")
    assert str(problem.found) == "CN02 in 2026-2030 needs CN01, which stands in 2031-2035"
    assert str(problem.proposal) == "CN02 to 2031-2035, or CN01 to 2026-2030"
    assert "CN02 thuộc 2026-2030 cần CN01" in problem.render("vi")


def test_same_phase_is_allowed():
    given = pd.Series({"CN01": "2026-2030", "CN02": "2026 - 2030"})
    assert check_phases(given, graph_of(("CN02", "CN01")), ORDER) == []


@pytest.mark.parametrize("empty", ["", None, float("nan")])
def test_a_prerequisite_that_is_not_placed(empty):
    given = pd.Series({"CN01": empty, "CN02": "2026-2030"}, dtype=object)
    (problem,) = check_phases(given, graph_of(("CN02", "CN01")), ORDER)
    assert "CN01, which is not placed" in str(problem.found)


def test_one_alternative_in_time_is_enough():
    graph = graph_of(("CN03", "CN01"), ("CN03", "CN02"), one_of="way")
    given = pd.Series({"CN01": "2031-2035", "CN02": "2026-2030", "CN03": "2026-2030"})
    assert check_phases(given, graph, ORDER) == []
    given["CN02"] = "2031-2035"
    (problem,) = check_phases(given, graph, ORDER)
    assert "CN01 / CN02" in str(problem.found)


def test_soft_edges_do_not_count():
    given = pd.Series({"CN01": "2031-2035", "CN02": "2026-2030"})
    assert check_phases(given, graph_of(("CN02", "CN01"), kind="soft"), ORDER) == []


def test_unknown_names_and_phases_are_told_once_each():
    given = pd.Series({"CN1": "2026-2030", "CN02": "2026-2030", "CN01": "2026-203O"})
    problems = check_phases(given, graph_of(("CN02", "CN01")), ORDER)
    assert [problem.code for problem in problems] == ["S303", "R505"]
    assert "did you mean CN01?" in str(problems[0].proposal)
    assert "did you mean 2026-2030?" in str(problems[1].proposal)


def test_an_order_that_cannot_be_used():
    with pytest.raises(InputError, match="first to last"):
        check_phases(pd.Series({"CN01": "2026-2030"}), graph_of(), ["2026-2030", "2026–2030"])
