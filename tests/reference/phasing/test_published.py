"""Published selection and scheduling problems, stated in the model of the phasing."""

import gzip
import json
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from techprio.phasing.highs import solve_rows
from techprio.phasing.lists import rounded
from techprio.phasing.model import PhasingModel, Prerequisite
from techprio.phasing.rows import build_rows

DATA = Path(__file__).parents[1] / "data"
EXAMPLES = {
    record["id"]: record for record in json.loads((DATA / "phasing_examples.json").read_text("utf-8"))
}
SCHEDULES = [name for name in EXAMPLES if name.startswith("schedule")]


def test_capital_budgeting():
    """Trick, A Tutorial on Integer Programming: LP 22, integer 21, investments 2, 3 and 4."""
    record = EXAMPLES["portfolio_trick_capital_budgeting"]
    value = np.array(record["inputs"]["value"], dtype=float)
    count = len(value)
    rows = build_rows(
        PhasingModel(
            ids=tuple(str(number + 1) for number in range(count)),
            gain=value[:, None],
            earliest=np.zeros(count, dtype=int),
            latest=np.zeros(count, dtype=int),
            limits=(("budget", 1),),
            load=np.array(record["inputs"]["use"], dtype=float)[:, :, None],
            capacity=np.array(record["inputs"]["capacity"], dtype=float),
        )
    )
    assert solve_rows(rows, integer=False).objective == pytest.approx(record["published"]["lp_bound"])
    solved = solve_rows(rows)
    assert solved.objective == pytest.approx(record["published"]["optimum"])
    chosen = np.flatnonzero(rows.starts(solved.solution) >= 0) + 1
    assert chosen.tolist() == record["published"]["selected"]


@pytest.mark.parametrize("name", SCHEDULES)
def test_makespan(name):
    """Patterson 1984 and PSPLIB (Kolisch and Sprecher 1996): the shortest project."""
    record = EXAMPLES[name]
    makespan = record["published"]["makespan"]
    rows = build_rows(project(record["inputs"], periods=makespan + 3))
    solved = solve_rows(rows, gap=0.0, time_limit=300.0)
    assert solved.status == "optimal"
    starts = rows.starts(solved.solution)
    assert starts[-1] == makespan
    assert_feasible(record["inputs"], starts)


def project(inputs, *, periods):
    """A project whose sink is worth the more the earlier it starts; all activities must be placed."""
    durations = np.array(inputs["durations"])
    count = len(durations)
    use = np.array(inputs["resources"], dtype=float)
    capacity = np.array(inputs["capacity"], dtype=float)
    pairs = np.array(inputs["precedence"]) - 1
    head, tail = longest_ways(pairs, durations)
    period = np.arange(periods)
    running = (period[:, None, None] >= period) & (
        period[:, None, None] < period + durations[:, None]
    )  # at each period (axis 0), of a start of i (1) in t (2)
    gain = np.zeros((count, periods))
    gain[-1] = periods - period
    return PhasingModel(
        ids=tuple(map(str, range(count))),
        gain=gain,
        earliest=head,
        latest=periods - 1 - tail,
        limits=tuple(("use", k, t) for k in range(len(capacity)) for t in period),
        load=(use.T[:, None, :, None] * running[None]).reshape(-1, count, periods),
        capacity=np.repeat(capacity, periods),
        prerequisites=tuple(Prerequisite(b, ((a, int(durations[a])),)) for a, b in pairs.tolist()),
        must=tuple(range(count)),
    )


def longest_ways(pairs, durations):
    """Longest way from the source to each start, and from each start to that of the sink."""
    graph = nx.DiGraph(pairs.tolist())
    head = np.zeros(len(durations), dtype=int)
    tail = np.zeros(len(durations), dtype=int)
    for node in nx.topological_sort(graph):
        head[node] = max((head[j] + durations[j] for j in graph.predecessors(node)), default=0)
    for node in reversed(list(nx.topological_sort(graph))):
        tail[node] = max((tail[j] + durations[node] for j in graph.successors(node)), default=0)
    return head, tail


def assert_feasible(inputs, starts):
    """Count the use of every resource in every period, without the model."""
    durations, use = np.array(inputs["durations"]), np.array(inputs["resources"])
    for a, b in np.array(inputs["precedence"]) - 1:
        assert starts[b] >= starts[a] + durations[a]
    for period in range(int(starts[-1]) + 1):
        running = (starts <= period) & (period < starts + durations)
        assert (use[running].sum(axis=0) <= inputs["capacity"]).all()


@pytest.fixture(scope="module")
def newman():
    """MineLib newman1 (Espinoza et al. 2013), CPIT: 1 060 blocks, 6 periods, two capacities."""
    with gzip.open(DATA / "minelib_newman1.json.gz", "rt", encoding="utf-8") as stream:
        record = json.load(stream)
    value = np.array(record["values"])
    periods = record["periods"]
    limits = np.array(record["limits"])
    load = np.zeros((len(limits), periods, len(value), periods))
    for block, limit, amount in record["coefficients"]:
        load[int(limit), range(periods), int(block), range(periods)] = amount
    discount = (1 + record["discount_rate"]) ** -np.arange(periods)
    return PhasingModel(
        ids=tuple(map(str, range(len(value)))),
        gain=value[:, None] * discount,
        earliest=np.zeros(len(value), dtype=int),
        latest=np.full(len(value), periods - 1),
        limits=tuple((str(k), t) for k in range(len(limits)) for t in range(periods)),
        load=load.reshape(-1, len(value), periods),
        capacity=limits.reshape(-1),
        prerequisites=tuple(Prerequisite(a, ((b, 0),)) for a, b in record["precedence"]),
    )


LP_BOUND = 24_486_184.09  # published LP bound of CPIT
OPTIMUM = 24_176_864.82  # integer optimum, AMPL notebook "MineLib in AMPL", Gurobi 13.0
MINELIB_BEST = 23_483_671  # best feasible plan of the MineLib page


def test_mine_of_newman_against_its_published_bound(newman):
    rows = build_rows(newman)
    relaxed = solve_rows(rows, integer=False)
    assert relaxed.objective == pytest.approx(LP_BOUND, rel=1e-8)
    listed = rounded(newman, rows, relaxed.solution)[0]
    assert newman.violations(listed) == []
    assert MINELIB_BEST < newman.value(listed) <= OPTIMUM * (1 + 1e-9)


@pytest.mark.nightly
def test_mine_of_newman_at_its_published_optimum(newman):
    rows = build_rows(newman)
    solved = solve_rows(rows, gap=0.0, time_limit=900.0)
    assert solved.objective == pytest.approx(OPTIMUM, rel=1e-9)
    assert solved.bound == pytest.approx(OPTIMUM, rel=1e-6)
