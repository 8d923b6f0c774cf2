"""How the plan moved between two studies, and through what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from techprio.language import Text, text
from techprio.model.plan import Plan
from techprio.phasing.plan import plan_phases
from techprio.scoring import technology_values
from techprio.study.attribution import shapley_parts
from techprio.study.mixing import Pair

# More factors than this would solve more than eight plans; those of the ranking are then taken as one.
MOST_FACTORS = 3
TOGETHER = "value"


@dataclass(frozen=True)
class PlanDifference:
    """Placements before and after, months later by factor, and what to know."""

    table: pd.DataFrame
    factors: tuple[str, ...]
    parts: pd.DataFrame
    notes: tuple[Text, ...] = ()


def compare_plans(
    pair: Pair, factors: tuple[str, ...], screened: Mapping[str, Mapping[str, Text]]
) -> PlanDifference | None:
    """Compare the plans of two studies; None when one of them has no resources.

    Only technologies that every case places have parts of their months: for the others there is no
    number in between.
    """
    if pair.old.resources is None or pair.new.resources is None:
        return None
    named = (*factors, "resources") if pair.resources_changed() else factors
    joined = (TOGETHER, "resources") if len(named) > MOST_FACTORS and "resources" in named else named
    joined = (TOGETHER,) if len(joined) > MOST_FACTORS else joined
    plans: dict[frozenset[str], pd.DataFrame] = {}

    def solve(news: frozenset[str]) -> pd.DataFrame:
        if news not in plans:
            whole = frozenset(factors) | news - {TOGETHER} if TOGETHER in news else news
            plans[news] = _plan(pair, whole, screened).placements
        return plans[news]

    old, new = solve(frozenset()), solve(frozenset(joined))
    table = _table(old, new)
    both = [
        name
        for name in old.index.intersection(new.index)
        if old.loc[name, "operational"] and new.loc[name, "operational"]
    ]
    for case in _cases(joined):
        placements = solve(case)
        both = [name for name in both if name in placements.index and placements.loc[name, "operational"]]
    parts = shapley_parts(
        joined, lambda news: [_months(solve(news).loc[name, "operational"]) for name in both]
    )
    frame = pd.DataFrame({f: parts[f] for f in joined}, index=pd.Index(both, name="technology"))
    return PlanDifference(table, joined, frame, tuple(_notes(table, frame)))


def _cases(factors: tuple[str, ...]) -> list[frozenset[str]]:
    cases = [frozenset[str]()]
    for factor in factors:
        cases += [case | {factor} for case in cases]
    return cases


def _plan(pair: Pair, news: frozenset[str], screened: Mapping[str, Mapping[str, Text]]) -> Plan:
    study = pair.mixed(news, whole=True)
    excluded = screened["new" if "candidates" in news else "old"]
    known = {name: reason for name, reason in excluded.items() if name in study.catalog.technologies.index}
    return plan_phases(study, values=technology_values(study), excluded=known)


def _table(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    names = [*new.index, *(name for name in old.index if name not in new.index)]
    table = pd.DataFrame({"technology": names})
    for column in ("phase", "operational"):
        for side, placements in (("old", old), ("new", new)):
            table[f"{column}_{side}"] = [
                str(placements.loc[name, column]) if name in placements.index else "" for name in names
            ]
    months = [
        _months(after) - _months(before) if before and after else pd.NA
        for before, after in zip(table["operational_old"], table["operational_new"], strict=True)
    ]
    table["months_later"] = pd.array(months, dtype="Int64")
    return table


def _months(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:7])


def _notes(table: pd.DataFrame, parts: pd.DataFrame) -> list[Text]:
    notes = [
        text("a plan stops within its proven gap, so a technology may move though nothing changed for it")
    ]
    unparted = table[table["months_later"].fillna(0).ne(0) & ~table["technology"].isin(parts.index)]
    if len(unparted):
        notes.append(
            text(
                "moved, but not placed in every case between, so without parts: {names}",
                names=", ".join(unparted["technology"]),
            )
        )
    if TOGETHER in parts.columns:
        notes.append(text("for the plan, all that changed in the ranking is taken as one factor"))
    return notes
