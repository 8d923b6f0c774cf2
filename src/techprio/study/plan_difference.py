"""How two plans of one study differ: months later by what changed, and moves that nothing forced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from techprio.language import Percent, Text, text
from techprio.model.plan import Plan
from techprio.model.study import Study
from techprio.phasing.keep import EPSILON
from techprio.phasing.months import month_number, month_text
from techprio.phasing.plan import plan_phases
from techprio.phasing.source import Priorities, study_priorities
from techprio.scoring import technology_values
from techprio.study.counterfactual import StudyPair, cases_of, shapley_parts

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


def plan_changes(
    pair: StudyPair,
    factors: tuple[str, ...],
    screened: Mapping[str, Mapping[str, Text]],
    given: tuple[pd.DataFrame | None, pd.DataFrame | None],
) -> PlanDifference | None:
    """Compare the plans of two studies; None when one of them has no resources.

    The plans of results are those that they state; all cases between keep the old one where they can, and
    so does the plan that shows which moves of a stated one are below the gap.
    Only technologies that every case places have parts of their months: for the others there is no
    number in between.
    """
    if pair.old.resources is None or pair.new.resources is None:
        return None
    named = (*factors, "resources") if pair.resources_changed() else factors
    joined = (TOGETHER, "resources") if len(named) > MOST_FACTORS and "resources" in named else named
    joined = (TOGETHER,) if len(joined) > MOST_FACTORS else joined
    plans: dict[frozenset[str], pd.DataFrame] = {}
    for end, stated in zip((frozenset[str](), frozenset(joined)), given, strict=True):
        if stated is not None:
            plans.setdefault(end, stated)

    ranked: dict[object, Priorities | None] = {}

    def solve(news: frozenset[str]) -> pd.DataFrame:
        if news not in plans:
            whole = frozenset(factors) | news - {TOGETHER} if TOGETHER in news else news
            earlier = None if not news else solve(frozenset())
            plans[news] = _counterfactual_plan(pair, whole, screened, ranked, earlier).placements
        return plans[news]

    old = solve(frozenset())
    new = solve(frozenset(joined)) if given[1] is None else given[1]
    table = _placement_table(old, new)
    if given[1] is not None and _moved(table).any():
        least = _counterfactual_plan(pair, frozenset((*factors, "resources")), screened, ranked, old)
        stays = _placement_table(old, least.placements)
        # The tables come in the order of their plans, so technologies are compared by name.
        table["below_gap"] = _moved(table) & ~table["technology"].isin(stays.loc[_moved(stays), "technology"])
    both = [
        name
        for name in old.index.intersection(new.index)
        if old.loc[name, "operational"] and new.loc[name, "operational"]
    ]
    for case in cases_of(joined):
        placements = solve(case)
        both = [name for name in both if name in placements.index and placements.loc[name, "operational"]]
    parts = shapley_parts(
        joined, lambda news: [_months(solve(news).loc[name, "operational"]) for name in both]
    )
    frame = pd.DataFrame({f: parts[f] for f in joined}, index=pd.Index(both, name="technology"))
    return PlanDifference(table, joined, frame, tuple(_plan_notes(table, frame)))


def _counterfactual_plan(
    pair: StudyPair,
    news: frozenset[str],
    screened: Mapping[str, Mapping[str, Text]],
    ranked: dict[object, Priorities | None],
    earlier: pd.DataFrame | None,
) -> Plan:
    """Plan a case; all but the first keep the placements of the old study where they can, new ones are free.

    What only ranks on the way is kept in ``ranked``: limits do not change a ranking.
    """
    study = pair.mixed(news, whole=True)
    excluded = screened["new" if "candidates" in news else "old"]
    known = {name: reason for name, reason in excluded.items() if name in study.catalog.technologies.index}
    limits = study.resources
    key = (news - {"resources"}, None if limits is None else (limits.objective, limits.rank_classes))
    if key not in ranked:
        ranked[key] = study_priorities(study)
    kept = None if earlier is None else _startable(earlier, study)
    return plan_phases(
        study, values=technology_values(study), excluded=known, priorities=ranked[key], keep=kept
    )


def _startable(earlier: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Return the earlier placements of a study's technologies; a start that its periods lack is free."""
    kept = earlier.reindex(study.catalog.technologies.index)
    limits = study.resources
    if limits is None:
        return kept
    first, last = month_number(limits.start), month_number(limits.end)
    there = {month_text(month) for month in range(first, last + 1, limits.period_months)}
    lost = kept["start"].map(lambda month: bool(month == month and month) and str(month) not in there)
    return kept.assign(start=kept["start"].mask(lost.astype(bool)))


def _placement_table(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
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
    table["below_gap"] = False
    return table


def _moved(table: pd.DataFrame) -> pd.Series:
    return table["operational_old"] != table["operational_new"]


def _months(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:7])


def _plan_notes(table: pd.DataFrame, parts: pd.DataFrame) -> list[Text]:
    notes = []
    if table["below_gap"].any():
        notes.append(
            text(
                "{count} of the {moved} moves of the plan are below the gap: a plan within {share} of the"
                " bound, or of a plan made anew, leaves them where they were",
                count=int(table["below_gap"].sum()),
                moved=int(_moved(table).sum()),
                share=Percent(EPSILON),
            )
        )
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
