"""Limits and decisions that no plan can keep: which they are, and the least change that opens them.

Of limits that clash, an irreducible infeasible subset is named: rules are dropped one after the other;
what can be dropped while the rest still clashes is no part of it (the deletion filter of Chinneck and
Dravnieks, 1991, *ORSA Journal on Computing* 3, 157-168). What can never be paid or manned alone takes part,
so that the money or the people that keep it out are named beside what asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from techprio.errors import InfeasibleError
from techprio.language import Text, joined, text
from techprio.phasing.data import PhasingData
from techprio.phasing.highs import solve_rows
from techprio.phasing.limits import fund_windows, make_model
from techprio.phasing.model import Name, PhasingModel, budget_years
from techprio.phasing.overrun import Overrun, cap_soft_limits
from techprio.phasing.rows import Rows, build_rows
from techprio.phasing.timing import make_windows

SECONDS = 5.0  # for each question whether a plan exists
NODES = 20_000
REFUSED = 3  # members of a minimum that are named with their reason
SETS = 3  # of limits that clash, that are named
ALWAYS = ("once", "bundle")
DEMANDS = ("sector minimum", "must")
EACH_YEAR = "next year"  # the rule of carry-over under which no one year lifts all spans


def infeasible(data: PhasingData, model: PhasingModel) -> InfeasibleError:
    """Return the error that names what clashes, why members of a minimum are refused, and what opens it.

    Parameters
    ----------
    data : PhasingData
    model : PhasingModel
        What no plan keeps; it is asked where money and people that lack for one alone do not explain it.
    """
    whole, refusals = make_model(data, make_windows(data), alone=False)
    if solve_rows(build_rows(whole), time_limit=SECONDS, gap=1.0).status == "infeasible":
        model = whole
    sets, complete = clashing_sets(model)
    words = text("no plan can keep all of: {limits}", limits=_named(data, sets[0]))
    for names in sets[1:]:
        words = text("{words}; nor all of: {limits}", words=words, limits=_named(data, names))
    if not complete:
        words = text("{words}; nor others", words=words)
    refused = [
        text("{technology} ({reason})", technology=model.ids[i], reason=refusals[model.ids[i]])
        for minimum in model.minima
        if any(minimum.name in names for names in sets)
        for i in minimum.members
        if model.ids[i] in refusals
    ]
    if refused:
        shown = joined(refused[:REFUSED])
        if len(refused) > REFUSED:
            shown = text("{first} and {count} more", first=shown, count=len(refused) - REFUSED)
        words = text("{words}; of its members cannot be placed: {refused}", words=words, refused=shown)
    for change in _openings(data, model):
        words = text("{words}; {change}", words=words, change=change)
    return InfeasibleError.of(words, dict.fromkeys(name for names in sets for name in names))


def _named(data: PhasingData, names: Sequence[Name]) -> Text:
    return joined(limit_name(name, data) for name in names)


def clashing_sets(model: PhasingModel) -> tuple[list[tuple[Name, ...]], bool]:
    """Return up to three sets of limits that clash, no two with one demand, and whether these are all."""
    rows = build_rows(model)
    names = list(dict.fromkeys(name for name in rows.names if name[0] not in ALWAYS))
    sets: list[tuple[Name, ...]] = []
    while not sets or _clashes(rows, set(names)):
        if len(sets) == SETS:
            return sets, False
        sets.append(_irreducible(rows, names))
        demands = [name for name in sets[-1] if name[0] in DEMANDS]
        if not demands:
            break
        names = [name for name in names if name != demands[0]]
    return sets, True


def irreducible_infeasible_subset(model: PhasingModel) -> tuple[Name, ...]:
    """Return limits and rules that clash, none of which can be left out of them."""
    rows = build_rows(model)
    return _irreducible(rows, list(dict.fromkeys(name for name in rows.names if name[0] not in ALWAYS)))


def _irreducible(rows: Rows, names: Sequence[Name]) -> tuple[Name, ...]:
    kept = _reduced(rows, names, max(1, int(np.sqrt(len(names)))))
    return tuple(_reduced(rows, kept, 1))


def _reduced(rows: Rows, names: Sequence[Name], size: int) -> list[Name]:
    kept = list(names)
    for begin in range(0, len(names), size):
        part = set(names[begin : begin + size])
        rest = [name for name in kept if name not in part]
        if _clashes(rows, set(rest)):
            kept = rest
    return kept


def _clashes(rows: Rows, names: set[Name]) -> bool:
    chosen = np.array([name in names or name[0] in ALWAYS for name in rows.names], dtype=bool)
    part = Rows(
        matrix=rows.matrix[chosen],
        lower=rows.lower[chosen],
        upper=rows.upper[chosen],
        names=tuple(name for name, keep in zip(rows.names, chosen, strict=True) if keep),
        cost=np.zeros_like(rows.cost),
        first=rows.first,
        width=rows.width,
        earliest=rows.earliest,
    )
    return solve_rows(part, time_limit=SECONDS, gap=1.0).status == "infeasible"


def _openings(data: PhasingData, model: PhasingModel) -> Iterator[Text]:
    """State the least money and people, and the least lowering of minima, that would let a plan exist."""
    groups = dict(_groups(data, model))
    try:
        found = cap_soft_limits(model, build_rows(model), groups, node_limit=NODES, time_limit=SECONDS)
    except InfeasibleError:
        pass  # the search stopped: whether money or people open it is not known
    else:
        yield from _extras(data, found)
    lowered = _lowered(model)
    if lowered:
        reach = joined(
            text("{minimum} at most {count}", minimum=limit_name(name, data), count=count)
            for name, count in lowered.items()
        )
        yield text("what the limits as they are allow: {reach}", reach=reach)


def _extras(data: PhasingData, found: Overrun | None) -> Iterator[Text]:
    if found is not None and found.amounts:
        extra = joined(_extra(data, group, amount) for group, amount in found.amounts.items())
        if found.is_proved and not any(_is_each_year(data, group) for group in found.amounts):
            yield text("the least extra that opens it: {extra}", extra=extra)
        else:
            yield text("this extra would open it, and less may do: {extra}", extra=extra)
    elif found is None:
        yield text("no money and no people alone open it")


def _groups(data: PhasingData, model: PhasingModel) -> Iterator[tuple[Name, Name]]:
    """Give each limit with what is raised for it: the first year of what counts together, or a cap."""
    first_of = {
        name: (first, fund.carry_over)
        for fund in data.resources.funds
        for name, first, _, _ in fund_windows(data, fund)
    }
    staff = data.resources.staff
    for name in model.limits:
        if name[0] == "staff":
            yield name, ("staff", data.years[0] if staff is None or staff.accumulates else name[1])
        elif name[-1] == "cap":
            yield name, ("budget", *name[1:])
        else:
            first, rule = first_of[name]
            begin = data.years[0] if rule == EACH_YEAR else max(first, data.years[0])
            yield name, ("budget", name[1], begin)


def _is_each_year(data: PhasingData, group: Name) -> bool:
    """Whether an amount is meant for each year from one on: no single year lifts all spans of the fund."""
    return (
        group[0] == "budget"
        and len(group) == 3
        and data.resources.fund(str(group[1])).carry_over == EACH_YEAR
    )


def _extra(data: PhasingData, group: Name, amount: float) -> Text:
    if group[0] == "staff":
        people = int(np.ceil(amount - 1e-6))
        return text("{people} trained people in {year}", people=people, year=group[1])
    places = {
        "amount": float(np.ceil(round(amount * 100, 3)) / 100),
        "currency": data.resources.money,
        "fund": data.fund_name(str(group[1])),
        "year": budget_years(group),
    }
    if _is_each_year(data, group):
        return text("{amount} {currency} of {fund} in each year from {year} on", **places)
    return text("{amount} {currency} of {fund} in {year}", **places)


def _lowered(model: PhasingModel) -> dict[Name, int]:
    """Return what minima must be lowered to, by the least in all; empty where that does not help."""
    rows = build_rows(model)
    minima = {minimum.name: (place, minimum.count) for place, minimum in enumerate(model.minima)}
    entries = [(row, minima[name][0]) for row, name in enumerate(rows.names) if name in minima]
    if not entries:
        return {}
    extra = sparse.coo_matrix(
        (np.ones(len(entries)), ([row for row, _ in entries], [place for _, place in entries])),
        shape=(len(rows.names), len(minima)),
    )
    lacking = replace(
        rows,
        matrix=sparse.hstack([rows.matrix, extra]).tocsr(),
        cost=np.append(np.zeros(len(rows.cost)), -np.ones(len(minima))),
        amounts=len(minima),
    )
    solved = solve_rows(lacking, gap=1e-6, node_limit=NODES, time_limit=SECONDS)
    if solved.solution is None or solved.status != "optimal":
        return {}
    short = np.round(solved.solution[len(rows.cost) :]).astype(int)
    return {name: count - int(short[place]) for name, (place, count) in minima.items() if short[place]}


def limit_name(name: Name, data: PhasingData) -> Text | str:
    """Give the name of a limit or rule in words, a fund as people call it."""
    kind, *rest = name
    if kind == "prerequisite":
        return text("{technology} needs {other}", technology=rest[0], other=rest[1])
    if kind == "exclusive":
        return text("only one of {group}", group=tuple(rest))
    if kind == "budget":
        return text(
            "{fund} {year}",
            fund=data.fund_name(str(rest[0])),
            year=budget_years(name),
        )
    if kind == "staff":
        return text("staff {year}", year=rest[0])
    if kind == "sector minimum":
        return text("sector minimum {phase} {sector}", phase=rest[0], sector=rest[1])
    if kind == "must":
        return text("must {technology}", technology=rest[0])
    return " ".join(map(str, name))
