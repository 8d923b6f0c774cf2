"""Firms with high potential, by a rule that is stated and can be changed."""

from __future__ import annotations

import pandas as pd

from techprio.errors import InputError
from techprio.model.assessment import PotentialRule
from techprio.model.instrument import Instrument

COLUMNS = ("instrument", "sector", "firm", "year", "total", "total_needed", "attained", "attained_needed",
           "synchronization", "rnd_share", "judged", "potential")  # fmt: skip


def check_rule(rule: PotentialRule, instrument: Instrument) -> None:
    """Stop when a rule cannot be used with an instrument.

    Raises
    ------
    InputError
        Unknown groups, or thresholds outside 0..1.
    """
    known = list(instrument.maxima.index)
    unknown = [group for group in rule.groups if group not in known]
    if unknown or not rule.groups:
        raise InputError(
            f"groups of the potential rule must be among {', '.join(known)}; "
            f"got {', '.join(rule.groups) or 'none'}"
        )
    for name in ("upper_share", "sector_upper_share", "synchronization_min"):
        value = getattr(rule, name)
        if not 0 <= value <= 1:
            raise InputError(f"{name} of the potential rule must lie between 0 and 1; got {value!r}")
    if rule.rnd_share_min is not None and not 0 <= rule.rnd_share_min <= 1:
        raise InputError(
            f"rnd_share_min of the potential rule must lie between 0 and 1; got {rule.rnd_share_min!r}"
        )


def potential_table(firms: pd.DataFrame, instrument: Instrument, rule: PotentialRule) -> pd.DataFrame:
    """Judge the latest year of each firm; a firm with a gap is not judged, and says so.

    A firm has high potential when its points in the named groups are among the upper share of all
    firms of its instrument, its total is among the upper share of its sector, and K and the share
    of revenue for research reach what the rule asks.
    """
    latest = firms[firms["latest"]].copy()
    groups = list(rule.groups)
    latest["attained"] = latest[groups].sum(axis=1, skipna=False) / float(instrument.maxima[groups].sum())
    complete = latest["missing"] == ""
    known = latest[complete]
    attained = known.groupby("instrument")["attained"].quantile(1 - rule.upper_share)
    totals = known.groupby(["instrument", "sector"])["total"].quantile(1 - rule.sector_upper_share)
    latest["attained_needed"] = latest["instrument"].map(attained)
    pairs = pd.MultiIndex.from_frame(latest[["instrument", "sector"]])
    latest["total_needed"] = totals.reindex(pairs).to_numpy()
    judged = complete if rule.rnd_share_min is None else complete & latest["rnd_share"].notna()
    reached = (
        _at_least(latest["attained"], latest["attained_needed"])
        & _at_least(latest["total"], latest["total_needed"])
        & _at_least(latest["synchronization"], rule.synchronization_min)
    )
    if rule.rnd_share_min is not None:
        reached &= _at_least(latest["rnd_share"], rule.rnd_share_min)
    latest["judged"] = judged
    latest["potential"] = judged & reached
    numbers = dict.fromkeys(("attained", "attained_needed", "total_needed"), "Float64")
    return latest[list(COLUMNS)].astype(numbers).reset_index(drop=True)


def _at_least(values: pd.Series, least: pd.Series | float) -> pd.Series:
    return (
        (values.astype("Float64") >= pd.Series(least, index=values.index).astype("Float64") - 1e-9)
        .fillna(False)
        .astype(bool)
    )
