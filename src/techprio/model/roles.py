"""What a technology is to the others: platform, core, encouraged, or watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Label, Language, Percent, Text, resolve_language, text
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.checks import unknown_name
from techprio.model.provenance import Provenance
from techprio.model.settings import RoleSettings

STUDIES = Quantity("studies", text("Studies"), text("In how many studies it is a platform."), "integer")
FOUND_IN = Quantity(
    "found_in", text("Found in"), text("The studies in which it is a platform, by their ids.")
)

ROLES = ("platform", "core", "encouraged", "watch")
ROLE_WORDS: dict[str, Text] = {
    "platform": text("platform"),
    "core": text("core"),
    "encouraged": text("encouraged"),
    "watch": text("watch, not now"),
}
SCOPE_WORDS: dict[str, Text] = {
    "cross-sector": text("cross-sector"),
    "own sector": text("of its own sector"),
}
ROLE = Quantity(
    "role_final", text("Role"), text("Platform, core, encouraged or watched, with the decisions of people.")
)
ROLE_BY_RULE = Quantity("role", text("Role by rule"), text("Role by the thresholds alone."))
SCOPE = Quantity("scope", text("Scope"), text("Whether a platform serves several sectors or its own."))
BREADTH = Quantity(
    "breadth",
    text("Breadth"),
    text("Number of sectors that lose a good part of their value without the technology."),
    "number",
    decimals=3,
)
BREADTH_MARGIN = Quantity(
    "breadth_margin",
    text("Breadth, margin"),
    text("Breadth against its threshold; 1 is on the line."),
    "number",
    decimals=3,
)
OWN_LOSS = Quantity(
    "own_loss",
    text("Loss of own sector"),
    text("Share of the value of its own sector, beside its own, that is lost without it."),
    "share",
)
OWN_LOSS_MARGIN = Quantity(
    "own_loss_margin",
    text("Loss of own sector, margin"),
    text("Loss of its own sector against its threshold; 1 is on the line."),
    "number",
    decimals=3,
)
DEPTH = Quantity(
    "depth",
    text("Depth"),
    text("Loss of its own sector, counted in average technologies of that sector."),
    "number",
    decimals=3,
)
DEPTH_MARGIN = Quantity(
    "depth_margin",
    text("Depth, margin"),
    text("Depth against its threshold; 1 is on the line."),
    "number",
    decimals=3,
)
CERTAINTY = Quantity(
    "certainty", text("Certainty"), text("Share of the draws in which the role holds."), "share"
)
OWN_VALUE = Quantity("own_value", text("Own value"), text("Value of the technology by itself."), "score")
UNLOCKED_VALUE = Quantity(
    "carried",
    text("Unlocked value"),
    text("Value that the technology makes possible, its own included; nothing is counted twice."),
    "score",
)
ROLE_REASON = Quantity(
    "role_reason", text("Reason of the decision"), text("Why people decided otherwise than the rule.")
)
WATCH_REASON = Quantity(
    "watch_reason", text("Why not now"), text("Why a technology is watched and not begun now.")
)
SECTOR_LOSS = Quantity(
    "loss",
    text("Out of reach"),
    text("Share of the value of a sector that is lost when this technology alone is missing."),
    "share",
)


@dataclass(frozen=True)
class Roles(Result):
    """Roles of all technologies with the figures that say so.

    Parameters
    ----------
    table : DataFrame
        Index technology; columns ``sector, role, scope, breadth, breadth_margin, own_loss,
        own_loss_margin, depth, depth_margin, certainty, own_value, carried, difference, kept_value,
        watch_reason, role_final, role_reason``. ``scope`` is ``"cross-sector"``, ``"own sector"`` or ``""``;
        a margin of 1 is on the line; ``certainty`` is the share of draws in which the role holds
        (NaN where nothing is drawn). ``carried`` is the Shapley value, ``difference`` carried minus own;
        ``watch_reason`` says why a technology is only watched.
    knockout : DataFrame
        Share of each sector's value (column) out of reach when the technology (row) alone is missing.
    settings : RoleSettings
    notes : tuple of Text
    provenance : Provenance, optional
    draws : int
        Draws behind ``certainty``; 0 when nothing was drawn.
    seed : int, optional
    levels : Series of int
        Level of each technology in the graph, prerequisites first; 0 needs nothing.
    labels : mapping of str to Label
        Names of the technologies.
    sectors : mapping of str to Label
        Names of the sectors.
    edges : DataFrame
        Columns ``technology, requires`` and what more was stated: the dependencies as they are drawn,
        implied ones left out.
    stated_edges : int
        How many dependencies were stated, implied ones included.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> plan = tp.plan_phases(study, gap=0.05)
    >>> roles = tp.classify_roles(study.catalog, plan.placements["value"])
    >>> len(roles.of("platform")), "CRS01" in roles.of("platform")
    (11, True)
    >>> roles.table.loc["CRS01", ["role", "scope"]].tolist()
    ['platform', 'cross-sector']
    >>> round(float(roles.knockout.loc["CRS01", "AGR"]), 2)
    0.32
    """

    table: pd.DataFrame
    knockout: pd.DataFrame
    settings: RoleSettings
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None
    draws: int = 0
    seed: int | None = None
    levels: pd.Series = field(default_factory=lambda: pd.Series(dtype=int))
    labels: Mapping[str, Label] = field(default_factory=dict)
    edges: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["technology", "requires"]))
    stated_edges: int = 0
    sectors: Mapping[str, Label] = field(default_factory=dict)

    def to_frame(self) -> pd.DataFrame:
        """Return the table with ``technology`` as a column."""
        return self.table.rename_axis("technology").reset_index()

    def plot(self, ax: Any = None, *, sector: str | None = None, language: Language | None = None) -> Any:
        """Draw which technologies carry which sectors, or what needs what in one sector.

        Parameters
        ----------
        ax : Axes, optional
        sector : str, optional
            Without it, the share of each sector that is out of reach when a technology that others need
            is missing. With it, the technologies of the sector in layers, prerequisites first, those of
            other sectors pale.
        language : {"vi", "en"}, optional

        Returns
        -------
        Axes

        Raises
        ------
        InputError
            An unknown sector, or roles without any dependency.
        """
        if sector is not None:
            return self._plot_sector(ax, sector, resolve_language(language))
        from techprio.charts.platform_reach import draw_platform_reach

        carriers = self.carriers()
        if not carriers:
            raise InputError(text("no technology needs another, so there is nothing to draw"))
        return draw_platform_reach(
            self.knockout.loc[carriers],
            ax,
            sector_of=self.table["sector"].to_dict(),
            role_of=self.table["role_final"].to_dict(),
            labels={**self.labels, **self.sectors},
            title=text("Share of each sector out of reach when one technology is missing"),
            language=resolve_language(language),
        )

    def carriers(self, *, most: int = 30) -> list[str]:
        """Return platforms and technologies that other sectors need, those of all sectors first.

        Parameters
        ----------
        most : int
            Return those that carry most; a picture has so many rows.
        """
        needed = set(self.edges["requires"])
        own, shares = self.table["sector"], self.knockout
        others = {n: shares.loc[n].drop(own[n], errors="ignore").sum() for n in shares.index if n in needed}
        kept = [n for n in others if others[n] > 0 or self.table.loc[n, "role_final"] == "platform"]
        kept = kept or list(others)
        order = sorted(kept, key=lambda n: (-others[n], -float(shares.loc[n].sum())))[:most]
        return [str(name) for name in order]

    def layers(self, technologies: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return technologies with those that they need, pale, and the edges between, for a picture.

        Returns
        -------
        nodes : DataFrame
            Index id; columns ``name, sector, role, ghost``.
        edges : DataFrame
        """
        known = self.edges[self.edges["technology"].isin(list(technologies))]
        names = list(dict.fromkeys([*technologies, *known["requires"]]))
        nodes = pd.DataFrame(
            {
                "name": [self.labels.get(name, name) for name in names],
                "sector": self.table["sector"].reindex(names),
                "role": self.table["role_final"].reindex(names),
                "ghost": [name not in technologies for name in names],
            },
            index=names,
        )
        return nodes, known

    def _plot_sector(self, ax: Any, sector: str, language: Language) -> Any:
        from techprio.charts.dependency_layers import draw_dependency_layers, measures_within

        if sector not in self.knockout.columns:
            raise unknown_name(text("sector"), sector, self.knockout.columns)
        nodes, edges = self.layers(list(self.table.index[self.table["sector"] == sector]))
        title = text("What needs what: {sector}", sector=self.sectors.get(sector, sector))
        measures = measures_within(nodes, edges)
        return draw_dependency_layers(nodes, edges, title=title, ax=ax, measures=measures, language=language)

    def explain(self, technology: str) -> Text:
        """Say in one sentence why a technology has its role, with the figures against their thresholds.

        Parameters
        ----------
        technology : str

        Raises
        ------
        InputError
            An unknown technology.
        """
        if technology not in self.table.index:
            raise unknown_name(text("technology"), technology, self.table.index)
        return _explain(self, technology)

    def of(self, role: str) -> tuple[str, ...]:
        """Return the technologies of a role, human decisions included."""
        return tuple(self.table.index[self.table["role_final"] == role])

    def tables(self) -> dict[str, Table]:
        """Return ``roles``, platforms first, and ``losses`` of each sector when one technology is missing."""
        order = pd.Series(range(len(ROLES)), index=ROLES)
        frame = self.to_frame().assign(place=self.table["role_final"].map(order).to_numpy())
        frame = frame.sort_values(["place", "carried"], ascending=[True, False], kind="stable")
        names = list(frame["technology"])
        frame["name"] = [self.labels.get(name, "") for name in names]
        frame["role_final"] = [ROLE_WORDS.get(role, role) for role in frame["role_final"]]
        frame["scope"] = [SCOPE_WORDS.get(scope, scope) for scope in frame["scope"]]
        watched = "watch_reason" in frame and bool(frame["watch_reason"].astype(bool).any())
        columns = [
            TECHNOLOGY,
            *([TECHNOLOGY_NAME] if self.labels else []),
            *(SECTOR, ROLE, SCOPE, BREADTH_MARGIN, OWN_LOSS_MARGIN, DEPTH_MARGIN),
            Column(CERTAINTY, bar=True),
            Column(UNLOCKED_VALUE, bar=True),
            *([WATCH_REASON] if watched else []),
            ROLE_REASON,
        ]
        losses = [TECHNOLOGY, *(SECTOR_LOSS.each(str(code)) for code in self.knockout.columns)]
        shares = self.knockout.loc[names].to_numpy().tolist()
        return tables_of(
            Table.from_frame("roles", self._title(), columns, frame),
            Table.of(
                "losses",
                text("What each sector loses when one technology is missing"),
                losses,
                [(name, *row) for name, row in zip(names, shares, strict=True)],
            ),
        )

    def _summary(self) -> str:
        counts = ", ".join(f"{len(self.of(role))} {role}" for role in ROLES)
        return f"{len(self.table)} technologies: {counts}, {self.draws} draws"

    def _title(self) -> Text:
        return text("Roles of {count} technologies", count=len(self.table))

    def _facts(self) -> list[Words]:
        counts = [text("{role}: {count}", role=ROLE_WORDS[role], count=len(self.of(role))) for role in ROLES]
        return [*counts, text("a margin of 1 is on the line of the rule")]


def _explain(roles: Roles, technology: str) -> Text:
    row = roles.table.loc[technology]
    places = {
        "technology": technology,
        "role": ROLE_WORDS.get(row["role"], row["role"]),
        "breadth": round(float(row["breadth"]), 2),
        "breadth_line": round(float(row["breadth"] / row["breadth_margin"]), 2) if row["breadth"] else "–",
        "own": Percent(float(row["own_loss"]), 1),
        "own_line": Percent(roles.settings.own_sector),
        "depth": round(float(row["depth"]), 2),
        "depth_line": float(roles.settings.depth),
    }
    words = text(
        "{technology}: {role} by the rule; breadth {breadth} of {breadth_line} sectors, loss of its own "
        "sector {own} of {own_line}, depth {depth} of {depth_line} average technologies",
        **places,
    )
    if pd.notna(row["certainty"]):
        words = text("{words}; holds in {share} of the draws", words=words, share=Percent(row["certainty"]))
    if row.get("watch_reason"):
        words = text("{words}; not now: {reason}", words=words, reason=row["watch_reason"])
    if row["role_final"] != row["role"]:
        final = ROLE_WORDS.get(row["role_final"], row["role_final"])
        words = text("{words}; decided: {role}, {reason}", words=words, role=final, reason=row["role_reason"])
    return words
