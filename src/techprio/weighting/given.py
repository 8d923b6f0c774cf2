"""Weights that are given as figures: one unit, finite, not negative, summing to 1 or to 100 %."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import pandas as pd

from techprio.errors import InputError
from techprio.language import Label, Text, text
from techprio.model.checks import Faults
from techprio.model.criteria import CriteriaTree
from techprio.model.provenance import Provenance
from techprio.model.weights import SHARE_TOLERANCE, Weights, align

Figures: TypeAlias = Mapping[str, float | str] | pd.Series

# What rounding of binary fractions may add to a sum; nothing is said about it.
_ROUNDING = 1e-9


def given_weights(
    weights: Figures | Sequence[float | str],
    *,
    criteria: CriteriaTree | Sequence[str] | None = None,
    normalize: bool = False,
) -> Weights:
    """Take weights as they are given, by name, and check them strictly.

    Parameters
    ----------
    weights : mapping, Series, or sequence with ``criteria``
        Shares that sum to 1, or percents that sum to 100 (numbers, or texts such as ``"25%"``, not both).
    criteria : CriteriaTree or sequence of str, optional
        The criteria that must each have a weight, a tree by its leaves; the result is in their order, and
        a plain sequence of weights goes by it.
    normalize : bool
        Take raw numbers such as 2, 3, 5 and divide them by their sum.

    Returns
    -------
    Weights
        A sum within 1 % of 1 or 100 is divided out and stated in ``notes``.

    Raises
    ------
    InputError
        A weight that is no finite number or is negative, units that are mixed, a doubled name, a sum
        further off, all weights 0, a criterion without a weight or a weight without a criterion.

    Examples
    --------
    >>> given_weights({"cost": "30%", "impact": "70%"}).overall.to_dict()
    {'cost': 0.3, 'impact': 0.7}
    >>> given_weights({"cost": 2, "impact": 3}, criteria=["impact", "cost"], normalize=True).overall.to_dict()
    {'impact': 0.6, 'cost': 0.4}
    """
    names = [leaf.id for leaf in criteria.leaves] if isinstance(criteria, CriteriaTree) else criteria
    named = name_figures(weights, names)
    numbers, percents = _parse(named)
    total = float(numbers.sum())
    if total == 0:
        faults = Faults(text("the weights cannot be used"))
        faults.add("weights", text("all are 0"), text("at least one above 0"))
        faults.check()
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
    shares = numbers / total
    if names is not None:
        shares = pd.Series(align(shares, list(map(clean_name, names))), index=list(map(clean_name, names)))
    found = make_weights(shares, f"given_weights(normalize={normalize})", notes=notes)
    return replace(found, labels=_leaf_labels(criteria)) if isinstance(criteria, CriteriaTree) else found


def _leaf_labels(criteria: CriteriaTree) -> dict[str, Label]:
    return {leaf.id: leaf.label for leaf in criteria.leaves if any(leaf.label)}


def name_figures(
    figures: Figures | Sequence[float | str], criteria: Sequence[str] | None = None
) -> pd.Series:
    """Return figures by their cleaned names (NFC, no blanks around), as objects."""
    if not isinstance(figures, Mapping | pd.Series):
        if criteria is None or len(criteria) != len(figures):
            raise InputError(
                text("figures without names: give a mapping of criterion to figure, or as many criteria")
            )
        figures = (
            dict(zip(criteria, figures, strict=True))
            if len(set(criteria)) == len(criteria)
            else pd.Series(list(figures), index=list(criteria))
        )
    named = pd.Series(figures, dtype=object)
    named.index = [clean_name(name) for name in named.index]
    if named.empty:
        raise InputError(text("no figures were found; allowed: a mapping of criterion to figure"))
    doubled = list(dict.fromkeys(named.index[named.index.duplicated()]))
    if doubled:
        raise InputError(
            text("{names} named twice; give one figure a criterion", names=tuple(map(repr, doubled)))
        )
    return named


def clean_name(name: object) -> str:
    """Return a name as it is compared: letters composed (NFC), no blanks around."""
    return unicodedata.normalize("NFC", str(name)).strip()


def check_figures(figures: pd.Series, message: Text, *, least: float = 0.0) -> pd.Series:
    """Return the figures as numbers, or raise one error that lists every bad one."""
    faults = Faults(message)
    numbers = pd.to_numeric(figures, errors="coerce").astype(float)
    for name in figures.index[~np.isfinite(numbers) | (numbers < least)]:
        faults.add(repr(name), repr(figures[name]), text("a number of {least} or more", least=f"{least:g}"))
    faults.check()
    return numbers


def make_weights(
    shares: pd.Series, method: str, *, notes: tuple[Text, ...] = (), consistency: pd.DataFrame | None = None
) -> Weights:
    """Wrap shares that sum to 1 as :class:`Weights`."""
    overall = pd.Series(shares.astype(float), name="overall").rename_axis("criterion")
    return Weights(
        overall=overall / overall.sum(),
        consistency=pd.DataFrame() if consistency is None else consistency,
        method=method,
        notes=notes,
        provenance=Provenance.of(method),
    )


def _parse(named: pd.Series) -> tuple[pd.Series, bool]:
    signed = {name: isinstance(value, str) and value.strip().endswith("%") for name, value in named.items()}
    bare = [name for name, has_sign in signed.items() if not has_sign]
    faults = Faults(text("the weights cannot be used"))
    if bare and len(bare) < len(named):
        other = next(name for name, has_sign in signed.items() if has_sign)
        for name in bare:
            faults.add(
                repr(name),
                text(
                    "{found} without a unit beside {other!r}: {figure!r}",
                    found=repr(named[name]),
                    other=other,
                    figure=str(named[other]),
                ),
                text("one unit for all"),
                text("did you mean {name}?", name=f"{named[name]}%"),
            )
    numbers = pd.Series({name: _number(value) for name, value in named.items()})
    for name, number in numbers.items():
        if not np.isfinite(number):
            faults.add(repr(name), repr(named[name]), text("a finite number of 0 or more"))
        elif number < 0:
            minus = text("a cost is marked by its direction, not by a minus")
            faults.add(repr(name), f"{number:g}", text("0 or more"), minus)
    faults.check()
    return numbers, not bare


def _number(value: float | str) -> float:
    try:
        return float(value.strip().rstrip("%")) if isinstance(value, str) else float(value)
    except (TypeError, ValueError):
        return float("nan")


def _whole(total: float, percents: bool) -> int:
    for whole in (100,) if percents else (1, 100):
        if abs(total / whole - 1) <= SHARE_TOLERANCE + _ROUNDING:
            return whole
    faults = Faults(text("the weights cannot be used"))
    allowed = text("within 1 % of 100 %") if percents else text("within 1 % of 1 (shares) or 100 (percents)")
    raw = text("for raw numbers such as 2, 3, 5 give normalize=True")
    faults.add("weights", text("they sum to {total}", total=f"{total:g}"), allowed, raw)
    faults.check()
    return 1
