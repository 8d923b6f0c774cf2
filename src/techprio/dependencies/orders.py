"""Shares of a value by random orders of arrival, where the closed form would be too long.

The value goes to the one whose arrival lets the technologies run (Castro, Gomez and Tejada, 2009).
Which one that is, is found by halving: a technology that runs with some still runs with more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from techprio.dependencies.graph import DependencyGraph

Needs = tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...]  # units with their outside groups


def share_by_orders(
    graph: DependencyGraph,
    games: Sequence[tuple[float, tuple[str, ...]]],
    samples: int,
    generator: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Share parts of a value over all that may carry it.

    Parameters
    ----------
    graph : DependencyGraph
    games : sequence of (part, technologies)
        The part is given once all of the technologies run.
    samples : int
    generator : numpy Generator

    Returns
    -------
    rows : array of int
        Places of the carriers in the order of the graph.
    mean, variance : array
        Share of each, and its squared standard error.
    """
    place = {name: number for number, name in enumerate(graph.technologies)}
    carriers = {name for _, wanted in games for name in wanted}
    carriers |= {other for name in tuple(carriers) for other in graph.prerequisites(name)}
    players = np.array(sorted(place[name] for name in carriers))
    needs = _needs(graph, carriers)
    totals, squares = np.zeros(len(place)), np.zeros(len(place))
    for _ in range(samples):
        order = generator.permutation(players)
        names = [graph.technologies[number] for number in order]
        given = np.zeros(len(place))
        for part, wanted in games:
            given[place[names[_completing(needs, names, wanted)]]] += part
        totals += given
        squares += given**2
    mean = totals[players] / samples
    variance = np.maximum(squares[players] / samples - mean**2, 0) / (samples - 1)
    return players, mean, variance


def _needs(graph: DependencyGraph, carriers: Collection[str]) -> Needs:
    return tuple(
        (
            unit,
            tuple(
                group
                for name in unit
                for group in graph.needs[name]
                if not any(other in unit for other in group)
            ),
        )
        for unit in graph.units
        if unit[0] in carriers
    )


def _completing(needs: Needs, names: Sequence[str], wanted: Sequence[str]) -> int:
    """Return the place of the arrival with which all of the wanted can run."""
    first, last = 0, len(names) - 1
    while first < last:
        middle = (first + last) // 2
        if _run(needs, set(names[: middle + 1]), wanted):
            last = middle
        else:
            first = middle + 1
    return first


def _run(needs: Needs, here: Collection[str], wanted: Sequence[str]) -> bool:
    running: set[str] = set()
    for unit, groups in needs:
        if all(name in here for name in unit) and all(not running.isdisjoint(group) for group in groups):
            running.update(unit)
    return running.issuperset(wanted)
