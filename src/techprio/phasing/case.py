"""The question of a plan as a mixed-integer linear programme (MILP)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from techprio.errors import InfeasibleError
from techprio.language import Text, joined
from techprio.model.catalog import Catalog, CyclePolicy
from techprio.model.resources import Resources
from techprio.phasing.clashes import infeasible
from techprio.phasing.data import PhasingData, read_data
from techprio.phasing.highs import NO_PLAN_YET, Solved, solve_rows
from techprio.phasing.limits import make_model
from techprio.phasing.lists import polish
from techprio.phasing.model import PhasingModel
from techprio.phasing.rows import Rows, build_rows
from techprio.phasing.timing import make_windows, wanted_but_refused


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

    def starts_of(self, solved: Solved) -> np.ndarray:
        """Read and polish the plan of a solve, or name what clashes."""
        if solved.status == "infeasible":
            raise infeasible(self.data, self.model)
        if solved.solution is None:
            raise InfeasibleError(NO_PLAN_YET)
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
