"""Ranks and their certainty, what a gate kept out, and roles, as printed tables."""

from __future__ import annotations

from typing import Any

from techprio.dependencies.candidates import platform_candidates
from techprio.display.quantities import Column, Table
from techprio.language import Percent, Text, text
from techprio.model.acceptability import EXPECTED_RANK, P_FIRST, P_TOP, RANK_SHARE
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.ranking import RANK, WHY_SCREENED
from techprio.model.roles import (
    BREADTH,
    BREADTH_MARGIN,
    CERTAINTY,
    DEPTH,
    DEPTH_MARGIN,
    OWN_LOSS,
    OWN_VALUE,
    ROLE,
    ROLE_BY_RULE,
    ROLE_REASON,
    ROLES,
    SCOPE,
    SCOPE_WORDS,
    SECTOR_LOSS,
    UNLOCKED_VALUE,
)
from techprio.model.run import RunData
from techprio.reporting.words import role_name


def acceptability_table(run: RunData) -> Table:
    """Return the rank acceptability of every technology: the share of draws in which it takes each rank."""
    longest = max((len(drawn.index.columns) for drawn in run.acceptability.values()), default=0)
    rows: list[tuple[Any, ...]] = []
    for code, drawn in run.acceptability.items():
        ranking, columns_of = run.rankings[code], ["expected_rank", "p_first", "p_top"]
        means = drawn.to_frame().set_index("alternative")[columns_of].T.to_dict("list")
        shares = drawn.index.T.to_dict("list")
        for technology in ranking.order:
            ranks = [share if share >= 0.0005 else None for share in shares[technology]]
            head = (code, technology, run.study.catalog.label(technology), int(ranking.ranks[technology]))
            rows.append((*head, *means[technology], *ranks, *[None] * (longest - len(ranks))))
    columns = [
        SECTOR,
        TECHNOLOGY,
        Column(TECHNOLOGY_NAME, 40),
        RANK,
        EXPECTED_RANK,
        P_FIRST,
        Column(P_TOP.fill(k=run.study.ranking.top), bar=True),
        *(Column(RANK_SHARE.each(str(rank)), 6.3) for rank in range(1, longest + 1)),
    ]
    first = next(iter(run.acceptability.values()), None)
    notes = (
        []
        if first is None
        else [
            text(
                "{draws} draws of weights and scores; seed {seed}.", draws=float(first.draws), seed=first.seed
            )
        ]
    )
    title = text("Rank acceptability: share of the draws in which a technology takes each rank")
    name = text("Rank acceptability")
    return Table.of("acceptability", title, columns, rows, notes=tuple(notes), name=name)


def screening_table(run: RunData) -> Table:
    """Return what a gate kept out of the ranking, with the reason."""
    rows = [
        (code, name, run.study.catalog.label(name), reason)
        for code, ranking in run.rankings.items()
        for name, reason in ranking.screened.items()
    ]
    columns = [SECTOR, TECHNOLOGY, Column(TECHNOLOGY_NAME, 50), Column(WHY_SCREENED, 70)]
    notes = () if rows else (text("No technology was screened out."),)
    title = text("Screened before ranking")
    return Table.of("screening", title, columns, rows, notes=notes, name=text("Screening"))


def roles_table(run: RunData) -> Table:
    """Return platform, core and encouraged technologies with the figures and margins behind them."""
    names = role_order(run)
    losses = {SECTOR_LOSS.each(str(code)).key: str(code) for code in run.roles.knockout.columns}
    frame = (
        run.roles.table.loc[names]
        .rename_axis(index=None)
        .assign(
            technology=names,
            name=[run.study.catalog.label(name) for name in names],
            role=lambda table: list(map(role_name, table["role"])),
            role_final=lambda table: list(map(role_name, table["role_final"])),
            scope=lambda table: [SCOPE_WORDS.get(scope, scope) for scope in table["scope"]],
            **{
                key: run.roles.knockout[code].where(lambda share: share >= 0.005)
                for key, code in losses.items()
            },
        )
    )
    columns = [
        SECTOR,
        TECHNOLOGY,
        Column(TECHNOLOGY_NAME, 38),
        *(Column(quantity, 11) for quantity in (ROLE_BY_RULE, ROLE, SCOPE)),
        Column(CERTAINTY, bar=True),
        *(BREADTH, BREADTH_MARGIN, OWN_LOSS, DEPTH, DEPTH_MARGIN, OWN_VALUE, UNLOCKED_VALUE),
        *(
            Column(SECTOR_LOSS.each(code, text("Out of reach {sector}", sector=code)), 8)
            for code in losses.values()
        ),
        Column(ROLE_REASON, 20),
    ]
    settings = run.roles.settings
    notes = (
        text("A margin of 1 is on the line of the rule. Role by rule and final role are both shown."),
        text(
            "Out of reach: the share of a sector's value that is lost when this technology alone is missing. "
            "These shares are never added up over technologies."
        ),
        text(
            "Platform: breadth at least {breadth} sectors at {theta}, "
            "or {own} of its own sector; core: depth {depth}.",
            breadth=text("half of the") if settings.breadth is None else float(settings.breadth),
            theta=float(settings.theta), own=float(settings.own_sector), depth=float(settings.depth),
        ),
        *run.roles.notes,
        *candidate_notes(run),
    )  # fmt: skip
    title = text("Roles: platform, core, encouraged")
    return Table.from_frame("roles", title, columns, frame, notes=notes, name=text("Roles"))


def candidate_notes(run: RunData) -> list[Text]:
    """Say, for each sector without a platform, what comes closest and what would have to need it."""
    notes = []
    for row in platform_candidates(run.roles, run.study.catalog).itertuples():
        reached = text(
            "{sector} has no platform; {technology} reaches {share} of the line",
            sector=row.sector,
            technology=row.technology,
            share=Percent(row.margin, 0),
        )
        if row.missing:
            reached = text("{words}, and passes it if {names} need it", words=reached, names=row.missing)
        notes.append(reached)
    return notes


def role_order(run: RunData) -> list[str]:
    """Return the technologies by final role, then sector in the order of the study, then unlocked value."""
    table = run.roles.table
    sectors = {sector.code: place for place, sector in enumerate(run.study.catalog.sectors)}

    def place(name: Any) -> tuple[Any, ...]:
        row = table.loc[name]
        role = ROLES.index(row["role_final"]) if row["role_final"] in ROLES else len(ROLES)
        return role, sectors.get(row["sector"], len(sectors)), -float(row["carried"]), str(name)

    return sorted(table.index, key=place)
