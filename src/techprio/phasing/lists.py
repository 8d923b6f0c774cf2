"""Plans by list scheduling, and the last touches on any plan.

A list schedule takes technologies in an order and puts each in the first period that
prerequisites and limits allow. The order of the continuous relaxation gives plans that get
better with the size of the catalogue.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np

from techprio.phasing.model import NEVER, PhasingModel
from techprio.phasing.rows import Rows

CUTS = (0.0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9)  # of what the relaxation places


def first_fit(model: PhasingModel, unit: Sequence[int], starts: np.ndarray, used: np.ndarray) -> int:
    """Return the first period in which a unit that is not placed fits beside the others; -1 if none."""
    begin = [model.allowed_from(i, starts) for i in unit]
    if any(first is None for first in begin) or _shut_out(model, unit, starts):
        return NEVER
    first = max(int(one) for one in begin if one is not None)
    last = min(int(model.latest[i]) for i in unit)
    if first > last:
        return NEVER
    load = model.load[:, list(unit), first : last + 1].sum(axis=1)
    fits = (used[:, None] + load <= model.room[:, None]).all(axis=0)
    return first + int(fits.argmax()) if fits.any() else NEVER


def _shut_out(model: PhasingModel, unit: Sequence[int], starts: np.ndarray) -> bool:
    return any(
        any(i in group for i in unit) and any(starts[j] >= 0 for j in group if j not in unit)
        for group in model.exclusive
    )


def list_schedule(model: PhasingModel, key: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """Place units in the order of their key, prerequisites first, each as early as it fits."""
    units = model.units
    number = {i: place for place, unit in enumerate(units) for i in unit}
    waiting = np.zeros(len(units), dtype=int)
    opens: list[list[int]] = [[] for _ in units]
    for need in model.prerequisites:
        for j, _ in need.options:
            waiting[number[need.dependent]] += 1
            opens[number[j]].append(number[need.dependent])
    heap = [(min(key[i] for i in units[u]), u) for u in range(len(units)) if waiting[u] == 0]
    heapq.heapify(heap)
    starts = np.full(len(model.ids), NEVER)
    used = np.zeros(len(model.limits))
    while heap:
        _, u = heapq.heappop(heap)
        if all(allowed[i] for i in units[u]):
            _place(model, units[u], starts, used)
        for after in opens[u]:
            waiting[after] -= 1
            if waiting[after] == 0:
                heapq.heappush(heap, (min(key[i] for i in units[after]), after))
    return starts


def _place(model: PhasingModel, unit: Sequence[int], starts: np.ndarray, used: np.ndarray) -> bool:
    period = first_fit(model, unit, starts, used)
    if period == NEVER:
        return False
    starts[list(unit)] = period
    used += model.load[:, list(unit), period].sum(axis=1)
    return True


def rounded(model: PhasingModel, rows: Rows, relaxed: np.ndarray) -> list[np.ndarray]:
    """Round a continuous solution: list schedules in its order that break nothing, the best one first."""
    expected, placed = _expected(model, rows, relaxed)
    found: dict[bytes, np.ndarray] = {}
    for cut in CUTS:
        starts = polish(model, list_schedule(model, expected, placed > cut - 1e-12))
        if starts.tobytes() not in found and not model.violations(starts):
            found[starts.tobytes()] = starts
    return sorted(found.values(), key=model.value, reverse=True)


def _expected(model: PhasingModel, rows: Rows, relaxed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    expected = np.full(len(model.ids), float(model.periods))
    placed = np.zeros(len(model.ids))
    for i in np.flatnonzero(rows.width):
        begun = relaxed[rows.first[i] : rows.first[i] + rows.width[i]]
        steps = np.diff(begun, prepend=0.0)
        placed[i] = begun[-1]
        expected[i] = (
            steps @ np.arange(model.earliest[i], model.latest[i] + 1) + (1 - begun[-1]) * model.periods
        )
    return expected, placed


def polish(model: PhasingModel, starts: np.ndarray) -> np.ndarray:
    """Move every start to the first period that is worth no less, and add what still fits.

    The result breaks nothing that the given plan keeps, is worth no less, and cannot be bettered by
    one such move: that is what makes the reasons of the plan true.
    """
    starts = starts.copy()
    used = model.used(starts)
    moved = True
    while moved:
        moved = _earlier(model, starts, used) | _added(model, starts, used)
    return starts


def _earlier(model: PhasingModel, starts: np.ndarray, used: np.ndarray) -> bool:
    moved = False
    placed = [unit for unit in model.units if starts[unit[0]] >= 0]
    for unit in sorted(placed, key=lambda unit: (starts[unit[0]], unit)):
        members, now = list(unit), int(starts[unit[0]])
        begin = [model.allowed_from(i, starts) for i in unit]
        first = max(int(one) for one in begin if one is not None)
        if first >= now or (model.earliest[members] == model.latest[members]).any():
            continue
        rest = used - model.load[:, members, now].sum(axis=1)
        load = model.load[:, members, first:now].sum(axis=1)
        fits = (rest[:, None] + load <= model.room[:, None]).all(axis=0)
        fits &= model.gain[members, first:now].sum(axis=0) >= model.gain[members, now].sum()
        if fits.any():
            starts[members] = first + int(fits.argmax())
            used[:] = rest + load[:, int(fits.argmax())]
            moved = True
    return moved


def _added(model: PhasingModel, starts: np.ndarray, used: np.ndarray) -> bool:
    moved = False
    gain = np.array([model.gain[list(unit)].sum(axis=0).max() for unit in model.units])
    for place in np.argsort(-gain, kind="stable"):
        unit = model.units[place]
        if starts[unit[0]] >= 0 or gain[place] <= 0:
            continue
        period = first_fit(model, unit, starts, used)
        if period != NEVER and model.gain[list(unit), period].sum() > 0:
            starts[list(unit)] = period
            used += model.load[:, list(unit), period].sum(axis=1)
            moved = True
    return moved
