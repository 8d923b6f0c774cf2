"""The lists of a run as lines for the screen."""

from __future__ import annotations

import pandas as pd

from techprio.cli.screen import shorten, table_lines
from techprio.language import Language, Text, format_month, format_number, format_percent, text
from techprio.model.catalog import Sector
from techprio.model.run import RunData

NAME_WIDTH = 44
REASON_WIDTH = 60


def list_lines(run: RunData, language: Language) -> list[str]:
    """Lay out the list of every sector, then the plan's figures and what to know."""
    table = run_table(run)
    lines: list[str] = []
    for sector in run.study.catalog.sectors:
        lines += ["", *_sector_lines(run, sector, table[table["sector"] == sector.code], language)]
    lines += ["", *_plan_lines(run, language), ""]
    lines += [f"! {warning.render(language)}" for warning in run.notes]
    return lines


def run_table(run: RunData) -> pd.DataFrame:
    """Return the priority list as the files have it."""
    from techprio.reporting.lists import priority_table

    return priority_table(run)


def _sector_lines(run: RunData, sector: Sector, rows: pd.DataFrame, language: Language) -> list[str]:
    heads = [
        text("rank"),
        text("code"),
        text("technology"),
        text("score"),
        text("P(top {k})", k=run.study.ranking.top),
        text("role"),
        text("phase"),
        text("operational"),
        text("reason"),
    ]
    ties = {name for group in run.rankings[sector.code].ties for name in group}
    body = [_row(run, row, row["id"] in ties, language) for _, row in rows.iterrows()]
    title = f"{sector.code}  {sector.label.render(language)}"
    return [title, *table_lines([head.render(language) for head in heads], body, right=(0, 3, 4))]


def _row(run: RunData, row: pd.Series, tied: bool, language: Language) -> list[str]:
    placed = bool(row["phase"])
    ranked = pd.notna(row["rank"]) and row["rank"] != ""
    return [
        (f"{int(row['rank'])}" + ("=" if tied else "") + ("*" if row["priority"] else " "))
        if ranked
        else "–",
        str(row["id"]),
        shorten(str(row[f"name_{language}"]), NAME_WIDTH),
        format_number(float(row["score"]), language, 3) if ranked else "",
        format_percent(float(row["p_top"]), language) if ranked else "",
        _role(str(row["role"])).render(language),
        str(row["phase"]) if placed else text("not placed").render(language),
        format_month(str(row["operational"]), language),
        shorten(_reason(run, str(row["id"]), language), REASON_WIDTH if placed else 140),
    ]


def _role(role: str) -> Text:
    return {"platform": text("platform"), "core": text("core"), "encouraged": text("encouraged")}[role]


def _reason(run: RunData, technology: str, language: Language) -> str:
    if run.plan is None or technology not in run.plan.reasons:
        return ""
    return run.plan.reasons[technology].render(language)


def _plan_lines(run: RunData, language: Language) -> list[str]:
    lines = [text("* in the first {k} of its sector; = shares its rank", k=run.study.ranking.top)]
    if run.plan is not None:
        counts = run.plan.placements["phase"].value_counts()
        for phase in run.plan.resources.phases:
            lines.append(
                text("{phase}: {count} technologies", phase=phase.id, count=int(counts.get(phase.id, 0)))
            )
        lines.append(text("not placed: {count} technologies", count=len(run.plan.unplaced)))
        gap = text(
            "value of the plan {value}; proven bound {bound}; proven gap {gap}",
            value=round(run.plan.value, 4),
            bound=round(run.plan.bound, 4),
            gap=format_percent(run.plan.gap, language, 2),
        )
        lines.append(gap)
    return [line.render(language) for line in lines]
