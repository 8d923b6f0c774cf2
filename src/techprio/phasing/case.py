"""The question of a plan as a mixed-integer linear programme (MILP), and limits that no plan can keep.

Of limits that clash, an irreducible infeasible subset is named: rules are dropped one after the other;
what can be dropped while the rest still clashes is no part of it (the deletion filter of Chinneck and
Dravnieks, 1991, *ORSA Journal on Computing* 3, 157-168).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from techprio.errors import InfeasibleError
from techprio.language import Text, joined, text
from techprio.model.catalog import Catalog, CyclePolicy
from techprio.model.resources import Resources
from techprio.phasing.data import PhasingData, read_data
from techprio.phasing.highs import Solved, solve_rows
from techprio.phasing.limits import make_model
from techprio.phasing.lists import polish, rounded
from techprio.phasing.model import Name, PhasingModel, budget_years
from techprio.phasing.rows import Rows, build_rows
from techprio.phasing.timing import make_windows, wanted_but_refused

SECONDS = 5.0  # for each question whether a plan exists
REFUSED = 3  # members of a minimum that are named with their reason
ALWAYS = ("once", "bundle")


@dataclass(frozen=True)
class Case:
    """A MILP, ready to be solved.

    Parameters
    ----------
    data : PhasingData
    model : PhasingModel
    rows : Rows
    refusals : dict of str to Text
        What was refused before the solve.
    ready : array
    relaxed : Solved
        The continuous relaxation.
    hard : PhasingModel
        Without the soft limits.
    """

    data: PhasingData
    model: PhasingModel
    rows: Rows
    refusals: dict[str, Text]
    ready: np.ndarray
    relaxed: Solved
    hard: PhasingModel

    def warm_start(self) -> np.ndarray | None:
        """Return the best plan of the list schedules; None when each breaks a sector minimum."""
        if self.relaxed.solution is None:
            return None
        return rounded(self.model, self.rows, self.relaxed.solution)

    def starts_of(self, solved: Solved) -> np.ndarray:
        """Read and polish the plan of a solve, or name what clashes."""
        if solved.status == "infeasible":
            raise infeasible(self.model, self.refusals)
        if solved.solution is None:
            raise InfeasibleError(
                text("no plan was found before the search stopped; allow more nodes or time")
            )
        return polish(self.model, self.rows.starts(solved.solution))


def make_case(
    catalog: Catalog,
    resources: Resources,
    values: pd.Series,
    *,
    excluded: Mapping[str, Text],
    cycles: CyclePolicy | None = None,
    soft: bool = False,
) -> Case:
    """Check a study's data and make the model of it; with ``soft`` the soft limits are rows too."""
    data = read_data(catalog, resources, values, excluded=excluded, cycles=cycles)
    windows = make_windows(data)
    hard, refusals = make_model(data, windows)
    model = make_model(data, windows, soft=True)[0] if soft else hard
    _check_wanted(model, refusals)
    rows = build_rows(model)
    return Case(data, model, rows, refusals, windows.ready, solve_rows(rows, integer=False), hard)


def _check_wanted(model: PhasingModel, refusals: Mapping[str, Text]) -> None:
    refused = [model.ids[i] for i in model.must if model.ids[i] in refusals]
    if refused:
        words = joined(wanted_but_refused(name, refusals[name]) for name in refused)
        raise InfeasibleError.of(words, [("must", name) for name in refused])


def infeasible(model: PhasingModel, refusals: Mapping[str, Text]) -> InfeasibleError:
    """Return the error that names limits and rules that clash, and why members of a minimum are refused."""
    names = irreducible_infeasible_subset(model)
    words = text("no plan can keep all of: {limits}", limits=joined(map(limit_name, names)))
    refused = [
        text("{technology} ({reason})", technology=model.ids[i], reason=refusals[model.ids[i]])
        for minimum in model.minima
        if minimum.name in names
        for i in minimum.members
        if model.ids[i] in refusals
    ]
    if refused:
        shown = joined(refused[:REFUSED])
        if len(refused) > REFUSED:
            shown = text("{first} and {count} more", first=shown, count=len(refused) - REFUSED)
        words = text("{words}; of its members cannot be placed: {refused}", words=words, refused=shown)
    return InfeasibleError.of(words, names)


def irreducible_infeasible_subset(model: PhasingModel) -> tuple[Name, ...]:
    """Return limits and rules that clash, none of which can be left out of them."""
    rows = build_rows(model)
    names = list(dict.fromkeys(name for name in rows.names if name[0] not in ALWAYS))
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


def limit_name(name: Name) -> Text | str:
    """Give the name of a limit or rule in words."""
    kind, *rest = name
    if kind == "prerequisite":
        return text("{technology} needs {other}", technology=rest[0], other=rest[1])
    if kind == "exclusive":
        return text("only one of {group}", group=tuple(rest))
    if kind == "budget":
        return text("budget {fund} {year}", fund=rest[0], year=budget_years(name))
    if kind == "staff":
        return text("staff {year}", year=rest[0])
    if kind == "sector minimum":
        return text("sector minimum {phase} {sector}", phase=rest[0], sector=rest[1])
    if kind == "must":
        return text("must {technology}", technology=rest[0])
    return " ".join(map(str, name))
