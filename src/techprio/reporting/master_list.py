"""The master list: the priority technologies with all that is decided of them, the same table everywhere.

Workbook, page, long report and screen show it whole; the documents show the columns that their form has.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from techprio.display.quantities import NUMBER, Column, Table
from techprio.language import Label, Text, text
from techprio.model.acceptability import CLASS_WORDS, PRIORITY_CLASS
from techprio.model.catalog import SECTOR_NAME, TECHNOLOGY_NAME
from techprio.model.explanation import WHY_RANKED
from techprio.model.funds import SPENT_IN_ALL, SPENT_OF
from techprio.model.monitoring import LEAD_AGENCY
from techprio.model.plan import OPERATIONAL, REASON, START
from techprio.model.ranking import RANK
from techprio.model.roles import ROLE
from techprio.model.run import RunData
from techprio.model.sectors import Sector
from techprio.model.study import Study
from techprio.reporting.products.figures import figures_of
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.wording import agency_label
from techprio.reporting.words import role_with_certainty


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
    rows = [
        (place, matter.whole_name(name), *_sector(matter, name, sector), *_row(matter, name))
        for place, name in enumerate(chosen, start=1)
    ]
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


def _sector(matter: Matter, name: str, only: Sector | None) -> tuple[Label, ...]:
    return () if only is not None else (matter.sector_label(str(matter.table.loc[name, "sector"])),)


def _row(matter: Matter, name: str) -> tuple[Any, ...]:
    row = matter.table.loc[name]
    plan = matter.figures.has_plan
    spent = _spent(matter, name) if plan else ()
    return (
        row["rank"],
        CLASS_WORDS.get(str(row["class"]), ""),
        role_with_certainty(str(row["role"]), str(row["role_rule"]), row["certainty"]),
        *((str(row["start"] or ""), str(row["operational"] or "")) if plan else ()),
        *spent,
        *((sum(spent),) if plan else ()),
        agency_label(str(row["lead_agency"] or "")),
        matter.why(name),
        *((matter.reason(name),) if plan else ()),
    )


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
