"""The lists as data: priorities and plan, one row per technology or period, as frames and as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from techprio.csv_text import frame_csv
from techprio.language import Language, text
from techprio.model.plan import Plan
from techprio.model.plan_certainty import ReplacementCosts
from techprio.model.run import RunData, derived
from techprio.reporting.sentences import run_sentences
from techprio.robustness.certainty_of_places import run_classes
from techprio.robustness.deciding import run_deciding

COLUMNS = (
    "sector", "rank", "id", "name_vi", "name_en", "score", "rank_low", "rank_high", "p_top", "priority",
    "priority_class", "role", "certainty", "unlocked_value", "phase", "start", "operational", "steadiness",
    "p_in_phase", "p50", "p80", "cost", "reason", "lead_agency", "evidence",
    "action", "partners", "role_final",
)  # fmt: skip
_DECIMALS = {
    "score": 9,
    "p_top": 6,
    "unlocked_value": 9,
    "evidence": 6,
    "certainty": 6,
    "steadiness": 6,
    "p_in_phase": 6,
}
_DATES = ("p_in_phase", "p50", "p80")
_GRADES_WITH_A_SOURCE = ("A", "B", "C")


@derived
def priority_table(run: RunData) -> pd.DataFrame:
    """Return the priority lists of all sectors as one table, the reasons as texts in no language yet.

    Parameters
    ----------
    run : RunData

    Returns
    -------
    DataFrame
        The columns :data:`COLUMNS`; sectors in the order of the study, inside a sector by rank, equal
        ranks by id, and last what a gate kept out: without rank and score, with its reason.
        ``priority_class`` says how certain a place among the first k is: firm, contested, firmly_not;
        ``certainty`` in which share of the draws the rule gives the role; ``steadiness`` in which share
        of the continuous plans it stands where it does; ``p_in_phase, p50, p80`` how likely it is
        operational inside its phase, and by when in half and in four of five draws; ``cost`` in the
        currency of the study, ``p_top`` the probability of a place among the first
        k, ``evidence`` the share of the weight that rests on evidence of the grades A to C.
    """
    known = _Known.of(run)
    classes = run_classes(run).table.set_index("technology")
    standing = {str(name): row for name, row in classes[_CLASS_COLUMNS].to_dict("index").items()}
    rows = [
        _row(run, known, code, name) | _class_of(standing.get(name))
        for code in run.rankings
        for name in _ordered(run, code)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


_CLASS_COLUMNS = ["priority_class", "in_first", "p_top"]


def _class_of(row: Mapping[Any, Any] | None) -> dict[str, Any]:
    """Return the class with the probability that it rests on, and whether it is priority as stated."""
    if row is None:
        return {"priority_class": "", "priority": "", "p_top": None}
    priority = "yes" if row["in_first"] else ""
    return {"priority_class": row["priority_class"], "priority": priority, "p_top": float(row["p_top"])}


def priority_frame(run: RunData, language: Language | None = None) -> pd.DataFrame:
    """Return :func:`priority_table` with the reasons in one language."""
    frame = priority_table(run)
    return frame.assign(reason=[reason.render(language) for reason in frame["reason"]])


def priorities_csv(run: RunData, *, language: Language | None = None) -> bytes:
    """Return ``priorities.csv``: UTF-8 with byte order mark, comma, decimal point, LF at line ends.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers never.
    """
    return frame_csv(priority_table(run), decimals=_DECIMALS, language=language)


def evidence_shares(run: RunData) -> pd.Series:
    """Return, per technology, the share of the weight that rests on evidence of grade A, B or C.

    A criterion read from a column of the catalogue counts when the column states another basis
    (``capex_basis`` beside ``capex_mode``) than the estimate of an analyst.
    """
    catalog, weights = run.study.catalog, run.weights.overall
    graded = catalog.scores[catalog.scores["evidence"].isin(_GRADES_WITH_A_SOURCE)]
    shares = graded["criterion"].map(weights).fillna(0.0).groupby(graded["technology"]).sum()
    shares = shares.reindex(catalog.technologies.index).fillna(0.0)
    for leaf in catalog.criteria.leaves:
        basis = f"{leaf.field.partition('_')[0]}_basis"
        if leaf.field and basis in catalog.technologies:
            stated = ~catalog.technologies[basis].isin(["analyst_estimate", ""])
            shares = shares + float(weights.get(leaf.id, 0.0)) * stated
    return shares


def _ordered(run: RunData, code: str) -> Iterator[str]:
    ranking = run.rankings[code]
    yield from ranking.order
    yield from sorted(ranking.screened)


@dataclass(frozen=True)
class _Known:
    """What the rows are made of, by technology, looked up once for all of them."""

    technologies: Mapping[str, Mapping[Any, Any]]
    roles: Mapping[str, Mapping[Any, Any]]
    evidence: Mapping[Any, float]
    placements: Mapping[str, Mapping[Any, Any]]
    steadiness: Mapping[Any, float]
    dates: Mapping[str, Mapping[Any, Any]]

    @classmethod
    def of(cls, run: RunData) -> _Known:
        plan, dates = run.plan, run.dates
        return cls(
            rows_of(run.study.catalog.technologies),
            rows_of(run.roles.table),
            evidence_shares(run).to_dict(),
            {} if plan is None else rows_of(plan.placements),
            {} if plan is None else plan.steadiness.to_dict(),
            {} if dates is None else rows_of(dates.technologies.set_index("technology")[list(_DATES)]),
        )


def rows_of(frame: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    """Return the cells of a table by its index and its columns."""
    names = list(frame.columns)
    cells = zip(*(frame[name] for name in names), strict=True)
    return {
        str(row): dict(zip(names, values, strict=True))
        for row, values in zip(frame.index, cells, strict=True)
    }


def _row(run: RunData, known: _Known, code: str, name: str) -> dict[str, Any]:
    technology, roles = known.technologies[name], known.roles[name]
    return {
        "sector": code,
        "id": name,
        "name_vi": technology["name_vi"],
        "name_en": technology["name_en"],
        "role": roles["role"],
        "certainty": float(roles["certainty"]),
        "unlocked_value": float(roles["carried"]),
        "cost": float(technology["capex_mode"]),
        "lead_agency": technology["lead_agency"],
        "evidence": float(known.evidence[name]),
        "action": technology["action"],
        "partners": technology["partners"],
        "role_final": roles["role_final"],
        **_standing(run, code, name),
        **_placement(run, known, code, name),
    }


def _standing(run: RunData, code: str, name: str) -> dict[str, Any]:
    ranking, drawn = run.rankings[code], run.acceptability.get(code)
    if name in ranking.screened:
        return dict.fromkeys(("rank", "score", "rank_low", "rank_high"))
    rank = int(ranking.ranks[name])
    return {
        "rank": rank,
        "score": float(ranking.scores[name]),
        "rank_low": int(drawn.rank_low[name]) if drawn else None,
        "rank_high": int(drawn.rank_high[name]) if drawn else None,
    }


def _placement(run: RunData, known: _Known, code: str, name: str) -> dict[str, Any]:
    screened = run.rankings[code].screened
    empty: dict[str, Any] = dict.fromkeys(("phase", "start", "operational", "p50", "p80"), "")
    empty |= {"steadiness": None, "p_in_phase": None}
    if name in screened:
        return empty | {"reason": screened[name]}
    if run.plan is None:
        return empty | {"reason": text("the study gives no resources, so nothing is phased")}
    steadiness = known.steadiness[name]
    found = {
        **{key: str(known.placements[name][key]) for key in ("phase", "start", "operational")},
        "steadiness": None if pd.isna(steadiness) else float(steadiness),
        "reason": run.plan.reasons[name],
    }
    return {**empty, **found, **known.dates.get(name, {})}


def plan_table(run: RunData) -> pd.DataFrame:
    """Return one row per placed technology and period in which it spends money or takes on people.

    Returns
    -------
    DataFrame
        ``technology, sector, phase, start, operational, period``, one ``spent_<fund>`` per source of
        funds (in the currency of the study), and ``people``: those needed from that period on, so
        that a running sum over the periods is the need. ``period`` is the first month ``YYYY-MM``
        of the period. Empty when nothing is phased.
    """
    if run.plan is None:
        return pd.DataFrame(
            columns=["technology", "sector", "phase", "start", "operational", "period", "people"]
        )
    plan = run.plan
    funds = [fund.id for fund in plan.resources.funds]
    spent = plan.spending.pivot_table(
        index=["technology", "period"], columns="fund", values="amount", aggfunc="sum", sort=False
    )
    spent = spent.reindex(columns=funds).add_prefix("spent_")
    people = plan.staff.groupby(["technology", "period"], sort=False)["people"].sum()
    frame = spent.join(people.rename("people"), how="outer").fillna(0.0).reset_index()
    return _with_placement(plan, frame, funds)


def _with_placement(plan: Plan, frame: pd.DataFrame, funds: list[str]) -> pd.DataFrame:
    order = {name: place for place, name in enumerate(plan.placements.index)}
    frame = frame.join(plan.placements[["sector", "phase", "start", "operational"]], on="technology")
    frame = frame.sort_values(
        ["technology", "period"], key=lambda c: c.map(order) if c.name == "technology" else c, kind="stable"
    )
    columns = ["technology", "sector", "phase", "start", "operational", "period"]
    return frame[[*columns, *(f"spent_{fund}" for fund in funds), "people"]].reset_index(drop=True)


def plan_csv(run: RunData) -> bytes:
    """Return ``plan.csv``, in the form of ``priorities.csv``."""
    return frame_csv(plan_table(run))


def statements_csv(run: RunData, *, language: Language | None = None) -> bytes:
    """Return ``statements.csv``: what is said of each technology, and what it rests on.

    Names in a cell are parted by semicolons; what a gate kept out has its statement alone.
    """
    said = run_sentences(run)
    sectors = {name: code for code in run.rankings for name in _ordered(run, code)}
    frame = pd.DataFrame({"id": list(said), "statement": list(said.values())})
    frame.insert(0, "sector", [sectors[name] for name in frame["id"]])
    decides = run_deciding(run).table.set_index("technology")[list(_DECIDES)]
    decides = decides.assign(
        **{key: decides[key].map(";".join) for key in ("speaks_for", "speaks_against", "groups_for",
                                                      "groups_against")},
        equal=decides["equal"].map({True: "yes", False: ""}),
    )  # fmt: skip
    return frame_csv(frame.join(decides, on="id"), language=language)


_DECIDES = (
    "priority_class", "against", "margin", "equal", "speaks_for", "speaks_against", "groups_for",
    "groups_against", "score_of", "score_on", "low", "value", "high", "flips_at",
)  # fmt: skip


def certainty_files(run: RunData) -> dict[str, bytes]:
    """Return the CSV files of what is known of the plan: dates, influence, other placements, scenarios."""
    files = {}
    if run.dates is not None:
        files["plan-dates.csv"] = frame_csv(run.dates.to_frame())
        files["plan-funds.csv"] = frame_csv(run.dates.funds)
    if run.certainty is not None:
        files["plan-certainty.csv"] = frame_csv(_placement_costs(run.certainty))
    if run.influence is not None:
        files["plan-influence.csv"] = frame_csv(run.influence.to_frame())
    if run.scenarios is not None:
        files["scenarios.csv"] = frame_csv(run.scenarios.to_frame())
        files["scenario-summary.csv"] = frame_csv(run.scenarios.summary)
    return files


def _placement_costs(found: ReplacementCosts) -> pd.DataFrame:
    """Return what other placements cost; empty where no plan has the placement, or none is known."""
    frame = found.table.rename(columns={"share_of_own": "share", "placement": "verdict"})
    losses = ["loss_low", "loss_high", "share"]
    return frame.assign(**{name: frame[name].replace(float("inf"), float("nan")) for name in losses})
