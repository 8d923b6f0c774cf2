"""The priority lists: one row per technology, as data (CSV) and as a printed table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from techprio.csv_text import frame_csv
from techprio.language import Language, text
from techprio.model.run import RunData
from techprio.reporting.tables import Column, Table
from techprio.reporting.words import ACTION_NAMES, role_name

COLUMNS = (
    "sector", "rank", "id", "name_vi", "name_en", "score", "rank_low", "rank_high", "p_top", "priority",
    "role", "unlocked_value", "phase", "start", "operational", "cost", "reason", "lead_agency", "evidence",
    "action", "partners", "role_final",
)  # fmt: skip
_DECIMALS = {"score": 9, "p_top": 6, "unlocked_value": 9, "evidence": 6}
_GRADES_WITH_A_SOURCE = ("A", "B", "C")


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
        ``cost`` in the currency of the study, ``p_top`` the probability of a place among the first
        k, ``evidence`` the share of the weight that rests on evidence of the grades A to C.
    """
    evidence = evidence_shares(run)
    rows = [_row(run, code, name, evidence) for code in run.rankings for name in _ordered(run, code)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


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
    yield from ranking.to_frame()["alternative"]
    yield from sorted(ranking.screened)


def _row(run: RunData, code: str, name: str, evidence: pd.Series) -> dict[str, Any]:
    technology = run.study.catalog.technologies.loc[name]
    roles = run.roles.table.loc[name]
    return {
        "sector": code,
        "id": name,
        "name_vi": technology["name_vi"],
        "name_en": technology["name_en"],
        "role": roles["role"],
        "unlocked_value": float(roles["carried"]),
        "cost": float(technology["capex_mode"]),
        "lead_agency": technology["lead_agency"],
        "evidence": float(evidence[name]),
        "action": technology["action"],
        "partners": technology["partners"],
        "role_final": roles["role_final"],
        **_standing(run, code, name),
        **_placement(run, code, name),
    }


def _standing(run: RunData, code: str, name: str) -> dict[str, Any]:
    ranking, sure = run.rankings[code], run.acceptability.get(code)
    if name in ranking.screened:
        return dict.fromkeys(("rank", "score", "rank_low", "rank_high", "p_top")) | {"priority": ""}
    rank = int(ranking.ranks[name])
    return {
        "rank": rank,
        "score": float(ranking.scores[name]),
        "rank_low": int(sure.rank_low[name]) if sure else None,
        "rank_high": int(sure.rank_high[name]) if sure else None,
        "p_top": float(sure.p_top()[name]) if sure else None,
        "priority": "yes" if rank <= run.study.ranking.top else "",
    }


def _placement(run: RunData, code: str, name: str) -> dict[str, Any]:
    screened = run.rankings[code].screened
    empty = {"phase": "", "start": "", "operational": ""}
    if name in screened:
        return empty | {"reason": screened[name]}
    if run.plan is None:
        return empty | {"reason": text("the study gives no resources, so nothing is phased")}
    place = run.plan.placements.loc[name]
    return {key: str(place[key]) for key in empty} | {"reason": run.plan.reasons[name]}


def priority_list(run: RunData) -> Table:
    """Return the priority lists as a printed table, the names in both languages."""
    frame = priority_table(run)
    rows = [_printed(row) for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False)]
    return Table(
        "priorities",
        text("Priority list"),
        text("Priority list of technologies by sector"),
        (
            Column(text("Sector"), "code", 6.5),
            Column(text("Rank"), "integer", 6),
            Column(text("Id"), "code", 7.5),
            Column(text("Technology (Vietnamese)"), "text", 36, language="vi"),
            Column(text("Technology (English)"), "text", 36, language="en"),
            Column(text("Score"), "score", 7.5, bar=True),
            Column(text("Best rank (5%)"), "integer", 7.5),
            Column(text("Worst rank (95%)"), "integer", 7.5),
            Column(text("Probability of the first {k}", k=run.study.ranking.top), "share", 9, bar=True),
            Column(text("Priority"), "mark", 7),
            Column(text("Role"), "text", 11),
            Column(text("Unlocked value"), "score", 8.5),
            Column(text("Phase"), "text", 10.5),
            Column(text("Start"), "month", 8.5),
            Column(text("Operational"), "month", 9.5),
            Column(text("Cost ({currency})", currency=_currency(run)), "money", 9.5),
            Column(text("Reason for the phase"), "text", 32),
            Column(text("Lead agency"), "text", 17),
            Column(text("Evidence A-C"), "share", 8.5),
            Column(text("Action"), "text", 12, place="beside"),
            Column(text("Partners"), "text", 34, place="beside"),
            Column(text("Final role"), "text", 12, place="beside"),
        ),
        rows,
        _notes(run),
    )


def _printed(row: Any) -> tuple[Any, ...]:
    return (
        row.sector, row.rank, row.id, row.name_vi, row.name_en, row.score, row.rank_low, row.rank_high,
        row.p_top, "✓" if row.priority else "", role_name(row.role), row.unlocked_value,
        row.phase or text("not placed"), row.start, row.operational, row.cost, row.reason,
        row.lead_agency, row.evidence, ACTION_NAMES.get(row.action, row.action),
        str(row.partners).replace(";", "; "), role_name(row.role_final),
    )  # fmt: skip


def _currency(run: RunData) -> Any:
    return run.plan.resources.money if run.plan else text("billion VND")


def _notes(run: RunData) -> tuple[Any, ...]:
    top = run.study.ranking.top
    notes = [
        text(
            "Priority: among the first {k} of its sector. "
            "Ranks are inside a sector; equal scores share a rank.",
            k=top,
        ),
        text(
            "Rank, 5-95%: the ranks between which a technology stays "
            "in nine of ten draws of weights and scores."
        ),
        text(
            "Unlocked value: what the technology makes possible, its own value included; "
            "nothing is counted twice."
        ),
    ]
    if run.study.illustrative:
        notes.insert(
            0, text("Illustrative data: to be replaced by official figures before any official use.")
        )
    return tuple(notes)
