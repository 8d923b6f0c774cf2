"""A table of phases that somebody else has drawn up, held against the prerequisites."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from techprio.arguments import validated
from techprio.dependencies.graph import DependencyGraph
from techprio.errors import InputError, Problem, did_you_mean
from techprio.language import Text, text

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


@validated
def check_phases(
    phases: pd.Series, graph: DependencyGraph, order: Sequence[str], *, file: str = "plan.csv"
) -> list[Problem]:
    """Find every technology that is planned for an earlier phase than what it needs.

    Parameters
    ----------
    phases : Series
        Phase by technology, in the order of the file; row k stands on line k + 2. A long dash is a
        hyphen; an empty cell is a technology that is not placed.
    graph : DependencyGraph
    order : sequence of str
        The phases from first to last.
    file : str
        Name for the problems.

    Returns
    -------
    list of Problem
        Empty when every hard prerequisite (of alternatives one) stands in the same phase or an
        earlier one. Each conflict proposes both ways out: the later phase for the one, or the
        earlier one for the other.

    Raises
    ------
    InputError
        No phases, or the same phase twice in ``order``.

    Examples
    --------
    >>> import techprio as tp
    >>> needs = pd.DataFrame({"technology": ["B"], "requires": ["A"]})
    >>> graph = tp.dependencies.build_graph(needs, ["A", "B"])
    >>> given = pd.Series({"A": "2031-2035", "B": "2026–2030"})
    >>> (problem,) = check_phases(given, graph, ["2026-2030", "2031-2035"])
    >>> print(problem.found)
    B in 2026-2030 needs A, which stands in 2031-2035
    """
    ordered = [_plain(phase) for phase in order]
    if not ordered or len(set(ordered)) < len(ordered):
        allowed = text("the phases from first to last, each once")
        raise InputError.argument("order", found=list(order), allowed=allowed)
    given = {str(name): _plain(phase) for name, phase in phases.items()}
    lines = {name: f"line {number + 2}" for number, name in enumerate(given)}
    place = {phase: number for number, phase in enumerate(ordered)}
    problems = list(_unknown(given, graph, ordered, lines, file))
    known = {name: place[phase] for name, phase in given.items() if phase in place}
    return problems + list(_conflicts(known, given, graph, ordered, lines, file))


def _plain(phase: object) -> str:
    if phase is None or (isinstance(phase, float) and phase != phase):
        return ""
    words = unicodedata.normalize("NFKC", str(phase)).translate(_DASHES).split()
    return " ".join(words).replace(" - ", "-")


def _unknown(
    given: Mapping[str, str],
    graph: DependencyGraph,
    ordered: Sequence[str],
    lines: Mapping[str, str],
    file: str,
) -> Iterator[Problem]:
    for name, phase in given.items():
        if name not in graph.needs:
            near = did_you_mean(name, graph.technologies)
            allowed = text("an id of technologies.csv")
            yield Problem("S303", file, lines[name], "technology", name, allowed, near)
        if phase and phase not in ordered:
            near = did_you_mean(phase, ordered)
            yield Problem("R505", file, lines[name], name, phase, ", ".join(ordered), near)


def _conflicts(
    known: Mapping[str, int],
    given: Mapping[str, str],
    graph: DependencyGraph,
    ordered: Sequence[str],
    lines: Mapping[str, str],
    file: str,
) -> Iterator[Problem]:
    for name, phase in known.items():
        for group in graph.needs.get(name, ()):
            if any(given.get(other) and other not in known for other in group):
                continue  # reported already: its phase is unknown
            placed = [other for other in group if other in known]
            if any(known[other] <= phase for other in placed):
                continue
            found = _missing(name, group, given) if not placed else _too_late(name, placed, given)
            yield Problem(
                "S351",
                file,
                lines[name],
                name,
                found,
                text("a prerequisite in the same phase or an earlier one"),
                _ways_out(name, placed, phase, known, ordered),
            )


def _missing(name: str, group: Sequence[str], given: Mapping[str, str]) -> Text:
    return text(
        "{technology} in {phase} needs {other}, which is not placed",
        technology=name,
        phase=given[name],
        other=" / ".join(group),
    )


def _too_late(name: str, placed: Sequence[str], given: Mapping[str, str]) -> Text:
    return text(
        "{technology} in {phase} needs {other}, which stands in {later}",
        technology=name,
        phase=given[name],
        other=" / ".join(placed),
        later=" / ".join(given[other] for other in placed),
    )


def _ways_out(
    name: str, placed: Sequence[str], phase: int, known: Mapping[str, int], ordered: Sequence[str]
) -> Text | str:
    if not placed:
        return text("place it, or take {technology} out", technology=name)
    nearest = min(placed, key=known.__getitem__)
    return text(
        "{technology} to {later}, or {other} to {earlier}",
        technology=name,
        later=ordered[known[nearest]],
        other=nearest,
        earlier=ordered[phase],
    )
