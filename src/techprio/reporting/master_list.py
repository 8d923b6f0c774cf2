"""The master list: the priority technologies with all that is decided of them, the same table everywhere.

Workbook, page, long report and screen show it whole; the documents show the columns that their form has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from techprio.display.quantities import NUMBER, Column, Table
from techprio.language import Text, text
from techprio.model.acceptability import CLASS_WORDS, PRIORITY_CLASS
from techprio.model.catalog import ACTION, PARTNERS, SECTOR_NAME, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.explanation import WHY_RANKED
from techprio.model.funds import SPENT_IN_ALL, SPENT_OF
from techprio.model.monitoring import LEAD_AGENCY
from techprio.model.plan import OPERATIONAL, REASON, START
from techprio.model.ranking import RANK
from techprio.model.resources import PHASE
from techprio.model.roles import ROLE, ROLE_WORDS
from techprio.model.run import RunData
from techprio.model.sectors import Sector
from techprio.model.study import Study
from techprio.reporting.products.figures import figures_of
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.wording import agency_label
from techprio.reporting.words import ACTION_NAMES, role_with_certainty


def master_list(matter: Matter, *, sector: Sector | None = None) -> Table:
    """Return the master list.

    Parameters
    ----------
    matter : Matter
    sector : Sector, optional
        All technologies of one sector, instead of those of priority.
    """
    chosen = matter.priorities if sector is None else matter.of_sector(sector.code)
    plan = matter.figures.has_plan
    columns = [
        Column(NUMBER, 5),
        Column(TECHNOLOGY_NAME, 34),
        *((Column(SECTOR_NAME, 20),) if sector is None else ()),
        Column(RANK, 6),
        Column(PRIORITY_CLASS, 12),
        Column(ROLE, 15),
        *((Column(START, 9), Column(OPERATIONAL, 9)) if plan else ()),
        *(Column(SPENT_OF.each(fund.id, fund.label), 12) for fund in matter.funds if plan),
        *((Column(SPENT_IN_ALL, 12),) if plan else ()),
        Column(LEAD_AGENCY, 20),
        Column(WHY_RANKED, 34),
        *((Column(REASON, 34),) if plan else ()),
    ]
    rows = [_row(matter, name, place, columns) for place, name in enumerate(chosen, start=1)]
    notes = [what_priority_is(matter.study)]
    if plan:
        notes.append(text("Money in {currency}, spent over all years of the plan.", currency=matter.money))
    if sector is not None:
        return Table.of(f"list-{sector.code}", sector.label, columns, rows, notes=tuple(notes[1:]))
    return Table.of("master", text("Priority technologies"), columns, rows, notes=tuple(notes))


def what_priority_is(study: Study) -> Text:
    """Return what priority means in the lists of a study."""
    if study.ranking.priority != "top":
        return text(
            "Priority: reaches the reference profile. Ranks are inside a sector; equal scores share a rank."
        )
    return text(
        "Priority: among the first {k} of its sector. Ranks are inside a sector; equal scores share a rank.",
        k=study.ranking.top,
    )


def master_list_of(run: RunData) -> Table:
    """Return the master list of a run."""
    return master_list(Matter(run.study, figures_of(run)))


def annex_list(matter: Matter, names: Sequence[str], *, role: bool = False, phase: bool = False) -> Table:
    """Return the list as an annex of the roadmap has it: no score and no money, sector by sector.

    Parameters
    ----------
    matter : Matter
    names : sequence of str
    role : bool
        With the role in place of the form of action.
    phase : bool
        With the phase; without it names have one line each.
    """
    columns = [
        Column(NUMBER, 4.4),
        Column(TECHNOLOGY, 5.8),
        Column(TECHNOLOGY_NAME, 33.5 if phase else 37),
        Column(ROLE if role else ACTION, 9.6),
        *([Column(PHASE, 8.7)] * phase),
        Column(START, 6.6 if phase else 7.8),
        Column(OPERATIONAL, 8),
        Column(LEAD_AGENCY, 8),
        Column(PARTNERS, 17.5),
    ]
    rows: list[tuple[Any, ...]] = []
    count = 0
    for sector in matter.sectors:
        own = [name for name in names if matter.cells[name]["sector"] == sector.code]
        if own:
            rows.append(("", "", matter.sector_label(sector.code), *[""] * (len(columns) - 3)))
        for name in own:
            count += 1
            rows.append(_row(matter, name, count, columns, decided=True))
    return Table.of("annex-list", text("Technologies"), columns, rows)


def _row(
    matter: Matter, name: str, place: int, columns: Sequence[Column], *, decided: bool = False
) -> tuple[Any, ...]:
    """Return what the columns ask of a technology; in a decision a role has no probability."""
    row, spent = matter.cells[name], _spent(matter, name)
    values: dict[str, Any] = {
        NUMBER.key: place,
        TECHNOLOGY.key: name,
        TECHNOLOGY_NAME.key: matter.whole_name(name),
        SECTOR_NAME.key: matter.sector_label(str(row["sector"])),
        RANK.key: row["rank"],
        PRIORITY_CLASS.key: CLASS_WORDS.get(str(row["class"]), ""),
        ROLE.key: ROLE_WORDS.get(str(row["role"]), str(row["role"]))
        if decided
        else role_with_certainty(str(row["role"]), str(row["role_rule"]), row["certainty"]),
        ACTION.key: ACTION_NAMES.get(str(row["action"]), ""),
        PHASE.key: str(row["phase"] or ""),
        START.key: str(row["start"] or ""),
        OPERATIONAL.key: str(row["operational"] or ""),
        SPENT_IN_ALL.key: sum(spent),
        LEAD_AGENCY.key: agency_label(str(row["lead_agency"] or "")),
        PARTNERS.key: matter.partners(name),
        WHY_RANKED.key: matter.why(name),
        REASON.key: matter.reason(name) if matter.figures.has_plan else "",
    }
    values |= {
        SPENT_OF.each(f.id, f.label).key: amount for f, amount in zip(matter.funds, spent, strict=True)
    }
    return tuple(values[column.key] for column in columns)


def _spent(matter: Matter, name: str) -> tuple[float, ...]:
    """Return what a technology takes of each source of funds."""
    return tuple(matter.spent_of.get((name, fund.id), 0.0) for fund in matter.funds)


_ON_PAPER = {"number": 7.0, "rank": 8.0, "priority_class": 14.0, "role_final": 16.0, "start": 12.0,
             "operational": 18.0, "spent_in_all": 12.0, "lead_agency": 22.0}  # fmt: skip


def on_paper(table: Table) -> Table:
    """Return the list as a page across holds it: all money in one column, the single sources left out."""
    kept = [p for p, column in enumerate(table.columns) if not column.key.startswith(f"{SPENT_OF.key}:")]
    columns = tuple(
        replace(table.columns[p], width=_ON_PAPER.get(table.columns[p].key, table.columns[p].width))
        for p in kept
    )
    return replace(table, columns=columns, rows=[tuple(row[p] for p in kept) for row in table.rows])
