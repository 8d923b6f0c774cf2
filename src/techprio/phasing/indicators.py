"""Indicators against their targets: on the straight line from the baseline, ahead of it, or behind."""

from __future__ import annotations

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Quantity, Table
from techprio.errors import InputError
from techprio.language import Label, Text, text
from techprio.model.scale import UNIT

INDICATOR_STATES: dict[str, Text] = {
    "reached": text("reached"),
    "on track": text("on track"),
    "behind": text("behind"),
    "not measured": text("not measured"),
}


INDICATOR = Quantity("indicator_name", text("Indicator"), text("What is measured."))
BASELINE = Quantity("baseline", text("Baseline"), text("What it was before the plan."), "number")
MEASURED = Quantity("measured", text("Measured"), text("The latest measurement up to the year."), "number")
EXPECTED = Quantity(
    "expected",
    text("Expected"),
    text("On the straight line from figure to figure, in the year of the measurement."),
    "number",
    decimals=2,
)
NEXT_TARGET = Quantity(
    "next_target", text("Next target"), text("Target of the year or the one after."), "number"
)
NEXT_YEAR = Quantity("next_year", text("Year of the target"), text("Year of the next target."), "code")
INDICATOR_STATE = Quantity("state", text("State"), text("Reached, on track, behind or not measured."))


def indicator_table(judged: pd.DataFrame) -> Table:
    """Return what :func:`judge_indicators` found as a table of declared quantities."""
    names = [
        Label(row.name_vi or row.indicator, row.name_en or row.indicator)
        for row in judged.itertuples(index=False)
    ]
    shown = judged.assign(
        indicator_name=names, state=[INDICATOR_STATES.get(state, state) for state in judged["state"]]
    )
    columns = [INDICATOR, UNIT, BASELINE, MEASURED, EXPECTED, NEXT_TARGET, NEXT_YEAR, INDICATOR_STATE]
    return Table.from_frame("indicators", text("Indicators"), columns, shown)


@validated
def judge_indicators(indicators: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Hold what was measured against baseline and targets.

    Parameters
    ----------
    indicators : DataFrame
        Of :func:`techprio.inputs.read_indicators`: ``indicator, kind, year, value``, names and unit.
    year : int
        Year of the report; later measurements are left out.

    Returns
    -------
    DataFrame
        One row an indicator: ``indicator, name_vi, name_en, unit, baseline, baseline_year, measured,
        measured_year, expected`` (on the straight line from figure to figure, in the year of the
        measurement), ``next_target, next_year, last_target, last_year, state``. Reached: the next target is
        met; on track: at the line or past it, in the direction from baseline to last target.

    Raises
    ------
    InputError
        The table lacks a column that is needed.

    Examples
    --------
    >>> table = pd.DataFrame({"indicator": "R1", "kind": ["baseline", "target", "measured"],
    ...     "year": [2026, 2030, 2028], "value": [10.0, 30.0, 21.0]})
    >>> judge_indicators(table, year=2028)[["expected", "state"]].values.tolist()
    [[20.0, 'on track']]
    """
    missing = {"indicator", "kind", "year", "value"} - set(indicators.columns)
    if missing:
        raise InputError(text("indicators lack the columns {names}", names=tuple(sorted(missing))))
    rows = [_judged(str(name), own, year) for name, own in indicators.groupby("indicator", sort=False)]
    return pd.DataFrame(rows)


def _judged(name: str, own: pd.DataFrame, year: int) -> dict[str, object]:
    base = own[own["kind"] == "baseline"].iloc[0]
    targets = own[own["kind"] == "target"].sort_values("year")
    measured = own[(own["kind"] == "measured") & (own["year"] <= year)].sort_values("year")
    last = targets.iloc[-1]
    following = targets[targets["year"] >= year]
    ahead = following.iloc[0] if len(following) else last
    row: dict[str, object] = {
        "indicator": name,
        **{key: str(base.get(key, "") or "") for key in ("name_vi", "name_en", "unit")},
        "baseline": float(base["value"]),
        "baseline_year": int(base["year"]),
        "measured": None,
        "measured_year": None,
        "expected": None,
        "next_target": float(ahead["value"]),
        "next_year": int(ahead["year"]),
        "last_target": float(last["value"]),
        "last_year": int(last["year"]),
        "state": "not measured",
    }
    if measured.empty:
        return row
    now = measured.iloc[-1]
    years = [int(base["year"]), *targets["year"].astype(int)]
    values = [float(base["value"]), *targets["value"].astype(float)]
    expected = float(np.interp(int(now["year"]), years, values))
    sign = 1.0 if float(last["value"]) > float(base["value"]) else -1.0
    state = "behind"
    if sign * (float(now["value"]) - float(ahead["value"])) >= 0:
        state = "reached"
    elif sign * (float(now["value"]) - expected) >= -1e-9:
        state = "on track"
    return row | {
        "measured": float(now["value"]),
        "measured_year": int(now["year"]),
        "expected": expected,
        "state": state,
    }
