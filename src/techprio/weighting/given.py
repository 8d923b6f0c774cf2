"""Weights that are given as figures: one unit, finite, not negative, summing to 1 or to 100 %."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd

from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.provenance import Provenance
from techprio.model.weights import SHARE_TOLERANCE, Weights

Figures: TypeAlias = Mapping[str, float | str] | pd.Series

# What rounding of binary fractions may add to a sum; nothing is said about it.
_ROUNDING = 1e-9


def given_weights(
    weights: Figures | Sequence[float | str],
    *,
    criteria: Sequence[str] | None = None,
    normalize: bool = False,
) -> Weights:
    """Take weights as they are given, by name, and check them strictly.

    Parameters
    ----------
    weights : mapping, Series, or sequence with ``criteria``
        Shares that sum to 1, or percents that sum to 100 (numbers, or texts such as ``"25%"``, not both).
    criteria : sequence of str, optional
        Names, where ``weights`` is a plain sequence.
    normalize : bool
        Take raw numbers such as 2, 3, 5 and divide them by their sum.

    Returns
    -------
    Weights
        A sum within 1 % of 1 or 100 is divided out and said in ``notes``.

    Raises
    ------
    InputError
        A weight that is no finite number or is negative, units that are mixed, a doubled name, a sum
        further off, all weights 0.

    Examples
    --------
    >>> given_weights({"cost": "30%", "impact": "70%"}).overall.to_dict()
    {'cost': 0.3, 'impact': 0.7}
    >>> given_weights({"cost": 2, "impact": 3}, normalize=True).overall.to_dict()
    {'cost': 0.4, 'impact': 0.6}
    """
    named = name_figures(weights, criteria)
    numbers, percents = _parse(named)
    total = float(numbers.sum())
    if total == 0:
        raise InputError("the weights cannot be used: all are 0; at least one must be above 0")
    notes: tuple[Text, ...] = ()
    if not normalize:
        whole = _whole(total, percents)
        if abs(total / whole - 1) > _ROUNDING:
            notes = (
                text(
                    "the given weights sum to {total}, not {whole}; they were divided by their sum",
                    total=round(total, 9),
                    whole=whole,
                ),
            )
    return make_weights(numbers / total, f"given_weights(normalize={normalize})", notes=notes)


def name_figures(
    figures: Figures | Sequence[float | str], criteria: Sequence[str] | None = None
) -> pd.Series:
    """Return figures by their cleaned names (NFC, no blanks around), as objects."""
    if not isinstance(figures, Mapping | pd.Series):
        if criteria is None or len(criteria) != len(figures):
            raise InputError("figures without names: give a mapping {criterion: figure}, or as many criteria")
        figures = (
            dict(zip(criteria, figures, strict=True))
            if len(set(criteria)) == len(criteria)
            else pd.Series(list(figures), index=list(criteria))
        )
    named = pd.Series(figures, dtype=object)
    named.index = [unicodedata.normalize("NFC", str(name)).strip() for name in named.index]
    if named.empty:
        raise InputError("no figures were found; allowed: {criterion: figure}")
    doubled = list(dict.fromkeys(named.index[named.index.duplicated()]))
    if doubled:
        raise InputError(f"{', '.join(map(repr, doubled))} named twice; give one figure a criterion")
    return named


def check_figures(figures: pd.Series, what: str, *, least: float = 0.0, open_end: bool = False) -> pd.Series:
    """Return the figures as numbers, or raise one error that lists every bad one."""
    numbers = pd.to_numeric(figures, errors="coerce").astype(float)
    allowed = f"a number above {least:g}" if open_end else f"a number of {least:g} or more"
    bad = ~np.isfinite(numbers) | ((numbers <= least) if open_end else (numbers < least))
    if bad.any():
        lines = [f"  {name!r}: found {figures[name]!r}; allowed: {allowed}" for name in figures.index[bad]]
        raise InputError(f"the {what} cannot be used:\n" + "\n".join(lines))
    return numbers


def make_weights(
    shares: pd.Series, method: str, *, notes: tuple[Text, ...] = (), consistency: pd.DataFrame | None = None
) -> Weights:
    """Wrap shares that sum to 1 as :class:`Weights`."""
    from techprio import __version__

    overall = pd.Series(shares.astype(float), name="overall").rename_axis("criterion")
    return Weights(
        overall=overall / overall.sum(),
        consistency=pd.DataFrame() if consistency is None else consistency,
        method=method,
        notes=notes,
        provenance=Provenance(version=__version__, method=method),
    )


def _parse(named: pd.Series) -> tuple[pd.Series, bool]:
    signed = {name: isinstance(value, str) and value.strip().endswith("%") for name, value in named.items()}
    bare = [name for name, has_sign in signed.items() if not has_sign]
    percents = len(bare) == 0
    faults = []
    if bare and len(bare) < len(named):
        with_sign = next(name for name, has_sign in signed.items() if has_sign)
        faults += [
            f"{name!r}: found {named[name]!r} without a unit beside {with_sign!r}: {named[with_sign]!r}; "
            f"allowed: one unit for all; did you mean {named[name]}%?"
            for name in bare
        ]
    numbers = pd.Series({name: _number(value) for name, value in named.items()})
    for name, number in numbers.items():
        if not np.isfinite(number):
            faults.append(f"{name!r}: found {named[name]!r}; allowed: a finite number of 0 or more")
        elif number < 0:
            faults.append(
                f"{name!r}: found {number:g}; allowed: 0 or more; "
                "a cost is marked by its direction, not by a minus"
            )
    if faults:
        raise InputError("the weights cannot be used:\n" + "\n".join(f"  {fault}" for fault in faults))
    return numbers, percents


def _number(value: float | str) -> float:
    try:
        return float(value.strip().rstrip("%")) if isinstance(value, str) else float(value)
    except (TypeError, ValueError):
        return float("nan")


def _whole(total: float, percents: bool) -> int:
    for whole in (100,) if percents else (1, 100):
        if abs(total / whole - 1) <= SHARE_TOLERANCE + _ROUNDING:
            return whole
    allowed = "100 %" if percents else "1 (shares) or 100 (percents)"
    raise InputError(
        f"the weights cannot be used: they sum to {total:g}; allowed: within 1 % of {allowed}; "
        "for raw numbers such as 2, 3, 5 say normalize=True"
    )
