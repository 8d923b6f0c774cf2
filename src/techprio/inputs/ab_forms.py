"""The form "A or B, and how much": one pair a row, a side and a degree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from techprio.inputs.cells import CellProblem, clean
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.grid import Grid, GridRow, shown
from techprio.inputs.numbers import Locale
from techprio.inputs.ratios import read_ratio
from techprio.inputs.tables import report_fault
from techprio.language import text

_FIRST = ("tieu_chi_a", "criterion_a", "item_a", "a")
_SECOND = ("tieu_chi_b", "criterion_b", "item_b", "b")
_SIDE = ("a_hay_b", "a_or_b", "ben_nao", "side")
_DEGREE = ("muc_do", "degree", "strength", "intensity", "how_much")


@dataclass(frozen=True)
class AbForm:
    """Where the columns of a form stand."""

    heading: GridRow
    first: int
    second: int
    side: int
    degree: int


def find_ab_form(grid: Grid) -> AbForm | None:
    """Find the heading row of a form, or None when the table is something else."""
    for row in grid.rows:
        headings = [fold(shown(entry)) for entry in row.cells]
        first, second = _exact(headings, _FIRST), _exact(headings, _SECOND)
        side, degree = _beginning(headings, _SIDE), _beginning(headings, _DEGREE)
        if first is not None and second is not None and side is not None and degree is not None:
            return AbForm(row, first, second, side, degree)
    return None


def read_ab_form(
    grid: Grid, form: AbForm, diagnostics: Diagnostics, *, locale: Locale | None, largest: float
) -> pd.DataFrame:
    """Return the ratios of a form; a degree of 1 needs no side, any other does."""
    rows = [row for row in grid.rows if row.number > form.heading.number and _pair(row, form)]
    names = list(dict.fromkeys(name for row in rows for name in _pair(row, form)))
    table = pd.DataFrame(np.nan, index=names, columns=names)
    for row in rows:
        first, second = _pair(row, form)
        ratio = _ratio(grid, form, row, diagnostics, locale, largest)
        if ratio is not None:
            table.loc[first, second], table.loc[second, first] = ratio, 1 / ratio
    return table


def _pair(row: GridRow, form: AbForm) -> tuple[str, ...]:
    names = tuple(clean(shown(row.entry(place))) for place in (form.first, form.second))
    return names if all(names) else ()


def _ratio(
    grid: Grid, form: AbForm, row: GridRow, diagnostics: Diagnostics, locale: Locale | None, largest: float
) -> float | None:
    field = " / ".join(_pair(row, form))
    entry = row.entry(form.degree)
    degree = read_ratio(entry, locale=locale, largest=largest)
    if isinstance(degree, CellProblem):
        report_fault(degree, grid.location(row.number, form.degree), field, shown(entry), diagnostics)
        return None
    side = clean(shown(row.entry(form.side))).upper()
    if degree is None:
        if side:
            _missing(grid, row, form.degree, field, diagnostics)
        return None
    if degree < 1:
        allowed = text("a degree of 1 or more; the side says which item it favours")
        diagnostics.add(
            "J403", grid.location(row.number, form.degree), field=field, found=shown(entry), allowed=allowed
        )
        return None
    if degree == 1 or side in ("A", "B"):
        return 1 / degree if side == "B" else degree
    found = side or text("empty cell")
    diagnostics.add("J413", grid.location(row.number, form.side), field=field, found=found, allowed="A, B")
    return None


def _missing(grid: Grid, row: GridRow, place: int, field: str, diagnostics: Diagnostics) -> None:
    diagnostics.add(
        "T114",
        grid.location(row.number, place),
        field=field,
        found=text("empty cell"),
        allowed=text("a degree of 1 or more; the side says which item it favours"),
    )


def _exact(headings: list[str], names: tuple[str, ...]) -> int | None:
    return next((place for place, heading in enumerate(headings) if heading in names), None)


def _beginning(headings: list[str], names: tuple[str, ...]) -> int | None:
    return next((place for place, heading in enumerate(headings) if heading.startswith(names)), None)
