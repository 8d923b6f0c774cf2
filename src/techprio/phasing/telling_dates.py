"""Which cost, lead time or number of staff, known exactly, would put a technology into another phase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.language import Text
from techprio.model.plan import Plan
from techprio.model.study import Study
from techprio.phasing.data import PhasingData
from techprio.phasing.date_draws import DrawnDates, draw_dates
from techprio.phasing.limits import need_years, staff_years
from techprio.robustness.information import Places, polynomial_bases

Array = NDArray[np.float64]
#: Figures whose polynomials are held at once.
FIGURES = 32
#: How far staff, which the catalogue states as one number, may be off either way.
STAFF_DOUBT = 0.2
_SPREADS = {
    "cost": ("capex_low", "capex_mode", "capex_high"),
    "lead": ("lead_low", "lead_mode", "lead_high"),
}


def telling_plan_figures(
    study: Study,
    plan: Plan,
    *,
    values: pd.Series | None = None,
    excluded: Mapping[str, Text] | None = None,
    draws: int = 10_000,
    seed: int = 0,
) -> Iterator[dict[str, Any]]:
    """Give a row for each cost, lead time and number of staff, as the value of information has it.

    Costs and lead times are those of :func:`techprio.phasing.date_certainty`: the phase of a technology is
    the most probable one, and known exactly a figure may make it another one. Staff is tried
    :data:`STAFF_DOUBT` either way (triangular): what passes a hard limit has to move. As no spread of it is
    stated, it settles nothing that could be counted.

    Parameters
    ----------
    study : Study
    plan : Plan
    values, excluded
        As for :func:`techprio.plan_phases`.
    draws, seed : int
    """
    drawn = draw_dates(study, plan, values=values, excluded=excluded, draws=draws, seed=seed)
    technologies = drawn.basis.catalog.technologies
    phases = Places(_phases(drawn))
    for kind, columns in _SPREADS.items():
        many = drawn.cost if kind == "cost" else drawn.lead
        varying = [i for i in np.flatnonzero(drawn.starts >= 0) if np.ptp(many[:, i]) > 0]
        for begin in range(0, len(varying), FIGURES):
            some = varying[begin : begin + FIGURES]
            settled = phases.settled(polynomial_bases(np.ascontiguousarray(many[:, some].T)))
            for i, found in zip(some, settled, strict=True):
                stated = pd.to_numeric(technologies.loc[drawn.data.ids[i]].reindex(list(columns)))
                yield {
                    **_who(drawn.data, int(i), kind),
                    **dict(zip(("low", "value", "high"), map(float, stated), strict=True)),
                    "p_phase": float(found.changed.mean()), "misplaced": found.fewer, "phases": found.names,
                }  # fmt: skip
    yield from _staff_rows(drawn.data, drawn.starts)


def _who(data: PhasingData, technology: int, kind: str) -> dict[str, Any]:
    return {"kind": kind, "sector": data.sector[technology], "technology": data.ids[technology]}


def _phases(drawn: DrawnDates) -> pd.DataFrame:
    """Return the number of the phase of each placed technology in each draw; one more is after the last."""
    data = drawn.data
    ends = [12 * (phase.last_year + 1) - data.first_month for phase in data.resources.phases]
    placed = np.flatnonzero(drawn.starts >= 0)
    numbers = np.searchsorted(np.array(sorted(ends)) + 1e-9, drawn.done[:, placed])
    return pd.DataFrame(numbers, columns=[data.ids[i] for i in placed])


def _staff_rows(data: PhasingData, starts: NDArray[np.int64]) -> Iterator[dict[str, Any]]:
    staff = data.resources.staff
    if staff is None or not staff.hard:
        return
    placed = np.flatnonzero((starts >= 0) & (data.staff > 0))
    years = need_years(data)[placed, starts[placed]]
    rooms = {}
    for year in data.years:
        together = staff_years(data, year)
        counted = np.isin(years, together)
        available = sum(float(staff.per_year.get(one, 0.0)) for one in together)
        rooms[year] = (counted, available - float(data.staff[placed][counted].sum()))
    for place, i in enumerate(map(int, placed)):
        people = float(data.staff[i])
        room = min((room for counted, room in rooms.values() if counted[place]), default=np.inf)
        passed = max(room, 0.0) / (STAFF_DOUBT * people)
        chance = 0.0 if passed >= 1 else (1 - passed) ** 2 / 2
        yield {
            **_who(data, i, "staff"), "value": people,
            "low": (1 - STAFF_DOUBT) * people, "high": (1 + STAFF_DOUBT) * people,
            "p_phase": chance,  "phases": (data.ids[i],) if chance else (),
        }  # fmt: skip
