r"""The search for a plan: list schedules and exchange first, branch and bound where they are not enough.

A list schedule is close to the continuous bound, and what parts it from the bound is often one technology
that would fit if another gave way. All moves of one start (to another period, in, out) are listed with what
each changes of the value and of every limit; of all moves and pairs of moves that gain and fit, the best are
made, until there is none (2-exchange neighbourhood: Croes 1958, *Operations Research* 6, 791-812). A search
that begins from there ends sooner: of 500 invented technologies to 0.1 % in a quarter of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from techprio.phasing.highs import Solved, solve_rows
from techprio.phasing.lists import polish, rounded
from techprio.phasing.model import NEVER, PhasingModel
from techprio.phasing.rows import Rows

Array = NDArray[np.float64]
Starts = NDArray[np.int64]
Moves = tuple[tuple[int, int], ...]
PAIRED = 1_200  # moves of each side that are paired: those that lose least at the prices of the limits
TRIED = 60  # moves and pairs of one list that are tried, the best first
LEAST = 1e-9  # gain that counts, of the value of the plan
#: Columns from which on branch and bound may begin again with what it has settled. Below, the start has
#: settled it already: a plan of 90 technologies with other ranks takes a quarter of the time without; at 450
#: technologies of 35 sectors it takes three times as long.
RESTARTED = 4_000
HALF = 0.5  # a column of the relaxation with a reduced cost is 0 or 1
#: Below this gap the time goes into the proof: a good plan is sought first among the fifth of the columns
#: with the least reduced costs, and the search over all of them goes without the heuristics of the root,
#: which took half of its time at 450 technologies. A wider gap ends with the plan, which they find.
NARROWED = 1e-4
FREE = 0.2
PROVING: Mapping[str, bool] = {
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_feasibility_jump": False,
}
EXCHANGED = 3  # list schedules that are bettered


def search_plan(
    model: PhasingModel,
    rows: Rows,
    relaxed: Solved,
    *,
    gap: float,
    node_limit: int,
    time_limit: float,
) -> Solved:
    """Return a plan within a gap of the bound; where a list schedule is, no branch and bound starts.

    Parameters
    ----------
    model : PhasingModel
    rows : Rows
        Of the model, and more rows where there are any.
    relaxed : Solved
        The continuous relaxation of the rows.
    gap, node_limit, time_limit
        As for :func:`~techprio.phasing.highs.solve_rows`.
    """
    start = None
    if relaxed.solution is not None and not rows.amounts:
        listed = rounded(model, rows, relaxed.solution)
        start = _best(rows, listed, None)
        if not _has_won(rows, start, relaxed, gap):
            prices, enough = _prices(model, rows, relaxed), relaxed.objective / (1 + gap)
            better = (exchanged(model, plan, prices, enough=enough) for plan in listed[:EXCHANGED])
            start = _best(rows, [polish(model, plan) for plan in better], start)
        if start is not None and _has_won(rows, start, relaxed, gap):
            worth = float(rows.cost @ start)
            return Solved(start, worth, relaxed.objective, "optimal", "gap", relaxed.row_prices)
    solve = partial(solve_rows, rows, gap=gap, node_limit=node_limit, time_limit=time_limit)
    if start is None or not start.size:
        return solve()
    options = {"mip_allow_restart": rows.matrix.shape[1] >= RESTARTED}
    if gap < NARROWED:
        start = narrowed(rows, start, relaxed, partial(solve, options=options))
        options |= PROVING
    solved = solve(start=start, column_bounds=settled(rows, start, relaxed), options=options)
    return replace(solved, bound=max(solved.bound, float(rows.cost @ start)))


def narrowed(rows: Rows, start: Array, relaxed: Solved, solve: Callable[..., Solved]) -> Array:
    """Return the best plan, or the start, in which most columns keep their value of the relaxation.

    Only columns whose reduced cost is among the least may leave it (kernel search: Angelelli, Mansini and
    Speranza 2010, *Computers and Operations Research* 37, 2017-2026).
    """
    prices = np.abs(relaxed.column_prices)
    bounds = _kept(relaxed, prices > np.quantile(prices, FREE, method="higher"))
    inside = ((start >= bounds[0] - HALF) & (start <= bounds[1] + HALF)).all()
    found = solve(start=start if inside else None, column_bounds=bounds)
    if found.solution is None or found.objective <= float(rows.cost @ start):
        return start
    return found.solution


def settled(rows: Rows, start: Array, relaxed: Solved) -> tuple[Array, Array]:
    """Return the bounds of the columns in which every better plan than the start lies.

    A column that leaves its value of the continuous relaxation loses its reduced cost; where that is more
    than parts the start from the bound, it stays (reduced cost fixing: Dantzig, Fulkerson and Johnson 1954,
    *Journal of the Operations Research Society of America* 2, 393-410).
    """
    room = relaxed.objective - float(rows.cost @ start) + LEAST * max(1.0, abs(relaxed.objective))
    return _kept(relaxed, np.abs(relaxed.column_prices) > room)


def _kept(relaxed: Solved, stays: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Return the bounds of the columns where some keep their value of the relaxation."""
    assert relaxed.solution is not None
    begun = relaxed.solution > HALF
    return np.where(stays & begun, 1.0, 0.0), np.where(stays & ~begun, 0.0, 1.0)


def _best(rows: Rows, plans: list[NDArray[np.int64]], known: Array | None) -> Array | None:
    """Return the most valuable solution that keeps all rows."""
    best = known
    for plan in plans:
        solution = rows.solution(plan)
        activity = rows.matrix @ solution
        keeps = ((activity <= rows.upper + 1e-6) & (activity >= rows.lower - 1e-6)).all()
        if keeps and (best is None or rows.cost @ solution > rows.cost @ best):
            best = solution
    return best


def _has_won(rows: Rows, solution: Array | None, relaxed: Solved, gap: float) -> bool:
    worth = 0.0 if solution is None else float(rows.cost @ solution)
    return worth > 0 and relaxed.objective - worth <= gap * worth


def _prices(model: PhasingModel, rows: Rows, relaxed: Solved) -> Array:
    """Return the prices of the limits of a model."""
    of_row = dict(zip(rows.names, np.abs(relaxed.row_prices), strict=True))
    return np.array([of_row.get(name, 0.0) for name in model.limits])


def exchanged(model: PhasingModel, starts: Starts, prices: Array, *, enough: float = np.inf) -> Starts:
    """Return a plan that is worth no less and breaks nothing.

    Parameters
    ----------
    model : PhasingModel
    starts : array (technologies,)
        A plan that keeps all limits.
    prices : array (limits,)
        Value of a unit of each limit, from the continuous relaxation.
    enough : float
        Value at which the exchange ends.
    """
    starts = starts.copy()
    related = _related(model)
    moved = True
    while moved and model.value(starts) < enough:
        moved = _make_some(model, starts, prices, related)
    return starts


def _make_some(model: PhasingModel, starts: Starts, prices: Array, related: list[set[int]]) -> bool:
    """Make the best moves that have nothing to do with one another; False where there is none."""
    used = model.used(starts)
    touched: set[int] = set()
    for moves in _gains(model, starts, prices):
        who = {technology for technology, _ in moves}
        if who & touched or (len(who) > 1 and any(related[one] & who for one in who)):
            continue  # what they allow is another matter by now, or when both are made
        change = sum(_load(model, one, then) - _load(model, one, int(starts[one])) for one, then in moves)
        if (used + change > model.room).any() or not _minima_hold(model, starts, moves):
            continue
        for technology, period in moves:
            starts[technology] = period
        used += change
        touched |= who.union(*(related[one] for one in who))
    return bool(touched)


def _load(model: PhasingModel, technology: int, period: int) -> Array:
    return model.load[:, technology, period] if period >= 0 else np.zeros(len(model.limits))


def _minima_hold(model: PhasingModel, starts: Starts, moves: Moves) -> bool:
    after = {**dict(moves)}
    return all(
        sum(
            0 <= after.get(i, int(starts[i])) <= by for i, by in zip(minimum.members, minimum.by, strict=True)
        )
        >= minimum.count
        for minimum in model.minima
    )


def _related(model: PhasingModel) -> list[set[int]]:
    """Return with whom each technology shares a prerequisite, on either side of it."""
    found: list[set[int]] = [set() for _ in model.ids]
    for need in model.prerequisites:
        group = {need.dependent, *(j for j, _ in need.options)}
        for one in group:
            found[one] |= group - {one}
    return found


def _gains(model: PhasingModel, starts: Starts, prices: Array) -> Iterator[Moves]:
    """Give moves, alone or in pairs of different technologies, that gain and fit, the best first."""
    who, when, gain, load = _moves(model, starts)
    room = model.room - model.used(starts)
    least = LEAST * max(1.0, abs(model.value(starts)))
    worth = gain - prices @ load
    up = _first(np.flatnonzero(gain > least), worth)
    if not len(up):
        return
    down = _first(np.flatnonzero((gain <= least) & (gain > -gain[up].max())), worth)
    alone = up[(load[:, up] <= room[:, None]).all(axis=0)]
    total = gain[up][:, None] + gain[down][None, :]
    first, second = np.nonzero((total > least) & (who[up][:, None] != who[down][None, :]))
    fits = np.ones(len(first), dtype=bool)
    for row in range(len(room)):
        left = np.flatnonzero(fits)
        fits[left] = load[row, up[first[left]]] + load[row, down[second[left]]] <= room[row]
    first, second = first[fits], second[fits]
    found: list[tuple[float, tuple[int, ...]]] = [(float(gain[move]), (int(move),)) for move in alone]
    order = np.argsort(-total[first, second], kind="stable")[:TRIED]
    found += [(float(total[first[k], second[k]]), (int(up[first[k]]), int(down[second[k]]))) for k in order]
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    for _, moves in found[:TRIED]:
        yield tuple((int(who[move]), int(when[move])) for move in moves)


def _first(moves: NDArray[np.int64], worth: Array) -> NDArray[np.int64]:
    return moves[np.argsort(-worth[moves], kind="stable")[:PAIRED]]


def _moves(model: PhasingModel, starts: Starts) -> tuple[NDArray[np.int64], NDArray[np.int64], Array, Array]:
    """Return all moves of one start that prerequisites allow: who, when, change of value, of loads."""
    count = len(model.ids)
    low, high, may_leave = _windows(model, starts)
    periods = np.arange(model.periods)
    may = np.column_stack([(periods >= low[:, None]) & (periods <= high[:, None]), may_leave])
    now = np.where(starts < 0, model.periods, starts)
    may[np.arange(count), now] = False
    together = [i for group in (*(u for u in model.units if len(u) > 1), *model.exclusive) for i in group]
    may[together] = False
    who, column = np.nonzero(may)
    gains = np.column_stack([model.gain, np.zeros(count)])
    loads = np.concatenate([model.load, np.zeros((len(model.limits), count, 1))], axis=2)
    gain = gains[who, column] - gains[who, now[who]]
    load = loads[:, who, column] - loads[:, who, now[who]]
    return who, np.where(column == model.periods, NEVER, column), gain, load


def _windows(
    model: PhasingModel, starts: Starts
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return first and last period of each technology while all others stand, and whether it may be out."""
    low, high = model.earliest.astype(np.int64), model.latest.astype(np.int64)
    may_leave = np.ones(len(model.ids), dtype=bool)
    may_leave[list(model.must)] = False
    for need in model.prerequisites:
        options = [(int(starts[j]) + lag, j, lag) for j, lag in need.options if starts[j] >= 0]
        own = int(starts[need.dependent])
        if not options:
            high[need.dependent] = NEVER
            continue
        low[need.dependent] = max(int(low[need.dependent]), min(options)[0])
        serving = [(j, lag) for begun, j, lag in options if begun <= own]
        if own >= 0 and len(serving) == 1:
            j, lag = serving[0]
            high[j], may_leave[j] = min(int(high[j]), own - lag), False
    return low, high, may_leave
