"""What a table or a text leaves out of the phases and sectors that its point asks for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from techprio.language import Label, Language
from techprio.model.catalog import Sector
from techprio.model.run import RunData

#: The sides of the table that no survey gives.
ASKED_SIDES = ("opportunity", "threat")


def key_sectors(run: RunData) -> tuple[Sector, ...]:
    """Return the sectors of the plan, without the group that serves several."""
    return tuple(sector for sector in run.study.catalog.sectors if not sector.cross)


def phases_left_out(run: RunData, table: str) -> list[str]:
    """Return the phases that a table has no row for."""
    resources = run.study.resources
    named = set(run.study.material.table(table).get("phase", ()))
    return [] if resources is None else [p.id for p in resources.phases if p.id not in named]


def sectors_left_out(run: RunData, table: str) -> list[Label]:
    """Return the key sectors that a table has no row for."""
    return _without(run, run.study.material.table(table).get("sector", ()))


def sectors_not_surveyed(run: RunData) -> list[Label]:
    """Return the key sectors of which no firm answered in full."""
    if run.assessment is None:
        return []
    sectors = run.assessment.sectors
    return _without(run, sectors.loc[sectors["complete"] > 0, "sector"])


def sectors_without_swot(run: RunData) -> list[Label]:
    """Return the key sectors without an opportunity or without a threat."""
    table = run.study.material.table("swot")
    if not len(table):
        return [sector.label for sector in key_sectors(run)]
    sides = table.groupby("sector")["side"].agg(set)
    return _without(run, [code for code, found in sides.items() if set(ASKED_SIDES) <= found])


def sectors_with_blanks(run: RunData, column: str) -> list[Label]:
    """Return the sectors, also the one across, with a technology that has nothing in the column."""
    technologies = run.study.catalog.technologies
    if column not in technologies:
        return [sector.label for sector in run.study.catalog.sectors]
    blank = technologies[column].fillna("").astype(str).str.strip() == ""
    bare = set(technologies.loc[blank, "sector"])
    return [sector.label for sector in run.study.catalog.sectors if sector.code in bare]


def sectors_not_named(run: RunData, words: str, language: Language) -> list[Label]:
    """Return the key sectors that a text names neither by name nor by code."""
    told = _plain(words)
    return [
        sector.label
        for sector in key_sectors(run)
        if _plain(sector.label.render(language)) not in told and sector.code not in words
    ]


def _without(run: RunData, named: Iterable[object]) -> list[Label]:
    there = set(named)
    return [sector.label for sector in key_sectors(run) if sector.code not in there]


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())
