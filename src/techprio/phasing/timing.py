"""Windows of the starts, and what can be refused before anything is solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from techprio.errors import InfeasibleError
from techprio.language import Month, Text, joined, text
from techprio.model.prerequisites import start_gap
from techprio.phasing.data import PhasingData
from techprio.phasing.model import Prerequisite


@dataclass(frozen=True)
class Windows:
    """First and last period of each start, the prerequisites in periods, and what has no window.

    ``ready`` is the first period by readiness alone.
    """

    earliest: np.ndarray
    latest: np.ndarray
    ready: np.ndarray
    prerequisites: tuple[Prerequisite, ...]
    refusals: dict[str, Text]


def _lag(data: PhasingData, technology: str, required: str, timing: str, lag: float) -> int:
    """Return the least number of periods from the start of ``required`` to that of ``technology``."""
    months = start_gap(timing, lag, data.lead[data.place[required]], data.lead[data.place[technology]])
    return int(np.ceil(months / data.resources.period_months - 1e-9))


def make_windows(data: PhasingData) -> Windows:
    """Find the window of each start; what has none is refused with the reason."""
    length = data.resources.period_months
    ready = -(-data.ready.astype(int) // length)
    latest = np.minimum((data.months - data.lead) // length, data.periods - 1)
    lags = {
        (row.technology, row.requires): _lag(data, row.technology, row.requires, row.timing, row.lag_months)
        for row in data.graph.edges[data.graph.edges["kind"] == "hard"].itertuples()
    }
    earliest = np.zeros(len(data.ids), dtype=int)
    waits: dict[str, str] = {}
    refusals: dict[str, Text] = {}
    for unit in data.graph.units:
        reason = _refused_outright(data, unit, refusals)
        first = max(int(ready[data.place[name]]) for name in unit)
        if reason is None:
            first = _after_prerequisites(data, unit, first, earliest, lags, waits, refusals)
        last = min(int(latest[data.place[name]]) for name in unit)
        if reason is None and first > last:
            reason = _too_late(data, unit[0], first, waits)
        for name in unit:
            earliest[data.place[name]] = first
            latest[data.place[name]] = last
            if reason is not None:
                refusals[name] = reason
    _fix_starts(data, earliest, latest, refusals)
    for name in refusals:
        earliest[data.place[name]], latest[data.place[name]] = 0, -1
    return Windows(earliest, latest, ready, tuple(_in_periods(data, lags, refusals)), refusals)


def _refused_outright(data: PhasingData, unit: Sequence[str], refusals: dict[str, Text]) -> Text | None:
    for name in unit:
        if name in data.excluded:
            return text("screened out: {reason}", reason=data.excluded[name])
        if name in data.resources.decisions.must_not:
            return text("left out by decision")
        for group in data.graph.needs[name]:
            if all(other in refusals and other not in unit for other in group):
                others = " / ".join(group)
                return text(
                    "needs {technology}, which cannot be placed: {reason}",
                    technology=others,
                    reason=refusals[group[0]],
                )
    return None


def _after_prerequisites(
    data: PhasingData,
    unit: Sequence[str],
    first: int,
    earliest: np.ndarray,
    lags: dict[tuple[str, str], int],
    waits: dict[str, str],
    refusals: dict[str, Text],
) -> int:
    for name in unit:
        for group in data.graph.needs[name]:
            outside = [other for other in group if other not in refusals]
            if any(other in unit for other in group) or not outside:
                continue
            begun, other = min(
                (int(earliest[data.place[other]]) + lags[name, other], other) for other in outside
            )
            if begun > first:
                first, waits[unit[0]] = begun, other
    return first


def _too_late(data: PhasingData, name: str, first: int, waits: dict[str, str]) -> Text:
    chain = [name]
    while chain[-1] in waits:
        chain.append(waits[chain[-1]])
    number = data.place[name]
    month = data.operational_month(number, first)
    if len(chain) == 1:
        return text(
            "cannot be operational by {end}: work can start in {start} and takes {months} months",
            end=Month(data.resources.end),
            start=Month(data.start_month(first)),
            months=int(data.lead[number]),
        )
    return text(
        "cannot be operational by {end}: the chain {chain} leads to {month} at the earliest",
        end=Month(data.resources.end),
        chain=" - ".join(reversed(chain)),
        month=Month(month),
    )


def _fix_starts(
    data: PhasingData, earliest: np.ndarray, latest: np.ndarray, refusals: dict[str, Text]
) -> None:
    """Keep decided starts; a decision that the windows rule out is an error at once."""
    decisions = data.resources.decisions
    clashes: dict[str, Text] = {}
    home = {name: unit for unit in data.graph.units for name in unit}
    for name in sorted({*decisions.must, *decisions.fixed_start}):
        if name in refusals:
            clashes[name] = wanted_but_refused(name, refusals[name])
    for name, month in decisions.fixed_start.items():
        if name in refusals:
            continue
        period = [data.start_month(t) for t in range(data.periods)].index(month)
        number = data.place[name]
        if not earliest[number] <= period <= latest[number]:
            clashes[name] = text(
                "fixed_start of {technology} in {month}: readiness, prerequisites and horizon allow"
                " {first} to {last}",
                technology=name,
                month=Month(month),
                first=Month(data.start_month(int(earliest[number]))),
                last=Month(data.start_month(int(latest[number]))),
            )
            continue
        for member in home[name]:
            earliest[data.place[member]] = latest[data.place[member]] = period
    if clashes:
        raise InfeasibleError.of(joined(clashes.values()), [("must", name) for name in clashes])


def wanted_but_refused(name: str, reason: Text) -> Text:
    """State that a technology is to be placed by decision and cannot be."""
    return text(
        "{technology} is to be placed by decision, but it cannot be placed ({reason})",
        technology=name,
        reason=reason,
    )


def _in_periods(
    data: PhasingData, lags: dict[tuple[str, str], int], refusals: dict[str, Text]
) -> list[Prerequisite]:
    bundle = {name: unit for unit in data.graph.units for name in unit}
    found = []
    for name in data.ids:
        if name in refusals:
            continue
        for group in data.graph.needs[name]:
            if any(other in bundle[name] for other in group):
                continue
            options = tuple((data.place[j], lags[name, j]) for j in group if j not in refusals)
            found.append(Prerequisite(data.place[name], options))
    return found
