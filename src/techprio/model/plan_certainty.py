"""How firmly a plan stands: what another placement would cost, how likely dates are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.language import Label, Language, Percent, Text, resolve_language, text
from techprio.model.catalog import TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.checks import unknown_name
from techprio.model.provenance import Provenance

VERDICT_WORDS = {"firm": text("stands firm"), "free": text("free to move"), "open": text("not settled")}
OPTION = Quantity("option", text("Placement"), text("Phase, or left out."))
LOSS_LOW = Quantity(
    "loss_low",
    text("Loss, at least"),
    text("What any plan with this placement gives up at the least, in units of the objective."),
    "score",
)
LOSS_HIGH = Quantity(
    "loss_high",
    text("Loss, at most"),
    text("What the best plan with this placement that is known gives up; empty: there is no such plan."),
    "score",
)
SHARE_OF_OWN = Quantity(
    "share_of_own",
    text("Share of its own part"),
    text("Least loss against what the technology itself counts in the plan."),
    "share",
)
SHARE_OF_PLAN = Quantity(
    "share_of_plan",
    text("Share of the plan"),
    text("Least loss against the worth of the best plan that is known."),
    "share",
)
PLACEMENT_VERDICT = Quantity(
    "placement",
    text("Placement stands"),
    text("Firm: every other placement costs more than is tolerated; free: one costs no more than that."),
)
P_IN_PHASE = Quantity(
    "p_in_phase",
    text("Probability of its phase"),
    text("Share of the draws in which it is operational by the end of its planned phase."),
    "share",
)
PLANNED = Quantity(
    "planned_month", text("Operation planned"), text("Month of operation in the plan."), "month"
)
P50 = Quantity("p50", text("Even chance by"), text("Month reached in half of the draws."), "month")
P80 = Quantity("p80", text("Four of five by"), text("Month reached in four of five draws."), "month")
P_HOLDS = Quantity(
    "p_holds",
    text("Probability that it holds"),
    text("Share of the draws in which the fund is not passed up to the year, at the planned starts."),
    "share",
)


@dataclass(frozen=True)
class ReplacementCosts(Result):
    """What another placement of each technology would cost.

    Parameters
    ----------
    table : DataFrame
        One row a technology and placement; columns ``technology, option, loss_low, loss_high,
        share_of_own, placement``: the interval of the least loss, in units of the objective (infinite
        where no plan has the placement), its lower end against the technology's own part in the plan,
        and what follows for the technology: firm, free or open.
    groups : tuple of tuple of str
        Technologies that change their phase together in the plans that were found.
    tolerance : float
        Share of its own part up to which a loss is tolerated.
    best, bound : float
        Value of the best plan that is known, and what no plan can pass.
    planned : mapping of str to str
        Placement of each technology in the plan in question.
    labels : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> rows = [("A", "2026-2030", 0.0, 0.0, 0.0, "firm"), ("A", "not placed", 2.0, 2.1, 0.4, "firm")]
    >>> columns = ["technology", "option", "loss_low", "loss_high", "share_of_own", "placement"]
    >>> ReplacementCosts(pd.DataFrame(rows, columns=columns), (), 0.1, 9.0, 9.0)
    ReplacementCosts(1 firm, 0 free, 0 open of 1)
    """

    table: pd.DataFrame
    groups: tuple[tuple[str, ...], ...]
    tolerance: float
    best: float
    bound: float
    planned: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table

    @property
    def verdicts(self) -> pd.Series:
        """Verdict of each technology."""
        return self.table.drop_duplicates("technology").set_index("technology")["placement"]

    @property
    def cheapest(self) -> pd.DataFrame:
        """The cheapest other placement of each technology: ``option, low, high`` (shares), ``verdict``."""
        table = self.table
        own = (table["loss_low"] / table["share_of_own"]).replace([np.inf, -np.inf, 0.0], np.nan)
        own = own.groupby(table["technology"]).transform("max")
        others = table.assign(low=table["share_of_own"], high=table["loss_high"] / own)[
            table["option"] != table["technology"].map(dict(self.planned))
        ]
        others = others.sort_values(["low", "high"], kind="stable").drop_duplicates("technology")
        found = others.set_index("technology").rename(columns={"placement": "verdict"})
        found["high"] = found["high"].fillna(np.inf)
        return found.loc[list(self.verdicts.index), ["option", "low", "high", "verdict"]]

    def explain(self, technology: str) -> Text:
        """Say what the cheapest other placement of a technology would cost, against the best plans."""
        if technology not in set(self.table["technology"]):
            raise unknown_name(text("technology"), technology, self.verdicts.index)
        found = self.cheapest.loc[technology]
        option = _option_words(str(found["option"]))
        if not np.isfinite(found["low"]):
            return text("no plan has it otherwise")
        return text(
            "{option} instead would cost {low} of what it counts at least, {of_plan} of the plan: {verdict}",
            option=option,
            low=Percent(float(found["low"])),
            of_plan=Percent(self._share_of_plan(technology, str(found["option"])), 2),
            verdict=VERDICT_WORDS[str(found["verdict"])],
        )

    def _share_of_plan(self, technology: str, option: str) -> float:
        rows = self.table[(self.table["technology"] == technology) & (self.table["option"] == option)]
        return float(rows["loss_low"].iloc[0]) / self.best if self.best > 0 else 0.0

    def sentences(self) -> tuple[Text, ...]:
        """State how many placements stand firm, are free or are not settled, and which move together."""
        counts = self.verdicts.value_counts()
        found = text(
            "{firm} of {all} placements stand firm: every other one costs more than {share} of what the"
            " technology itself counts. {free} are free to move, {open} are not settled",
            firm=int(counts.get("firm", 0)),
            all=len(self.verdicts),
            share=Percent(self.tolerance),
            free=int(counts.get("free", 0)),
            open=int(counts.get("open", 0)),
        )
        moving = [text("these change their phase together: {names}", names=", ".join(g)) for g in self.groups]
        return (found, *moving)

    def plot(self, ax: Any = None, *, most: int = 24, language: Language | None = None) -> Any:
        """Draw the cheapest other placement of the technologies for which it costs least, those on top.

        Parameters
        ----------
        ax : Axes, optional
        most : int
            How many are drawn.
        language : {"vi", "en"}, optional

        Returns
        -------
        Axes
        """
        from techprio.charts.replacement import draw_replacement_costs

        found = self.cheapest
        found = found[np.isfinite(found["low"])].sort_values(["low", "high"], kind="stable").head(most)
        return draw_replacement_costs(
            found,
            ax,
            tolerance=self.tolerance,
            words=VERDICT_WORDS,
            labels=self.labels,
            language=resolve_language(language),
        )

    def tables(self) -> dict[str, Table]:
        """Return the table ``plan_certainty``."""
        infinite = float("inf")
        frame = self.table.assign(
            name=[self.labels.get(name, "") for name in self.table["technology"]],
            option=[_option_words(option) for option in self.table["option"]],
            placement=[VERDICT_WORDS[verdict] for verdict in self.table["placement"]],
            loss_low=self.table["loss_low"].replace(infinite, None),
            loss_high=self.table["loss_high"].replace(infinite, None),
            share_of_own=self.table["share_of_own"].replace(infinite, None),
            share_of_plan=(self.table["loss_low"] / self.best).replace(infinite, None)
            if self.best > 0
            else None,
        )
        columns = [
            TECHNOLOGY,
            *([Column(TECHNOLOGY_NAME, 44)] if self.labels else []),
            *(Column(OPTION, 12), LOSS_LOW, LOSS_HIGH, Column(SHARE_OF_OWN, bar=True), SHARE_OF_PLAN),
            PLACEMENT_VERDICT,
        ]
        none = text("Without a least loss no plan has the placement; without a greatest one none is known.")
        notes: tuple[Words, ...] = (*self.sentences(), none, *self.notes)
        name = text("Certainty of the plan")
        return tables_of(
            Table.from_frame("plan_certainty", self._title(), columns, frame, notes=notes, name=name)
        )

    def _summary(self) -> str:
        counts = self.verdicts.value_counts()
        words = ", ".join(f"{int(counts.get(verdict, 0))} {verdict}" for verdict in VERDICT_WORDS)
        return f"{words} of {len(self.verdicts)}"

    def _title(self) -> Text:
        return text("What another placement would cost")

    def _facts(self) -> list[Words]:
        return list(self.sentences())


def _option_words(option: str) -> Words:
    return text("not placed") if option == "not placed" else option


@dataclass(frozen=True)
class DateCertainty(Result):
    """How likely the dates and the money of a plan hold when lead times and costs are drawn.

    Parameters
    ----------
    technologies : DataFrame
        One row a placed technology; columns ``technology, phase, planned_month, p_in_phase, p50,
        p80``; a month is empty where fewer draws than that end inside the horizon. All three are empty
        where neither its lead time nor one that it waits for has a spread and no draw moves its date.
    funds : DataFrame
        One row a hard fund and year; columns ``fund, year, p_holds``.
    expected_in_phase : float
        Of the :attr:`drawn` technologies, how many are expected to be operational by the end of their phase.
    draws : int
    labels, fund_names : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> dates = pd.DataFrame(
    ...     [("A", "2026-2030", "2028-06", 0.9, "2028-08", "2029-01")],
    ...     columns=["technology", "phase", "planned_month", "p_in_phase", "p50", "p80"],
    ... )
    >>> DateCertainty(dates, pd.DataFrame(columns=["fund", "year", "p_holds"]), 0.9, 1000)
    DateCertainty(0.9 of 1 expected in their phase, 1000 draws)
    """

    technologies: pd.DataFrame
    funds: pd.DataFrame
    expected_in_phase: float
    draws: int
    labels: Mapping[str, Label] = field(default_factory=dict)
    fund_names: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the technologies."""
        return self.technologies

    def tables(self) -> dict[str, Table]:
        """Return the tables ``dates`` and ``funds``."""
        from techprio.model.resources import FUND, PHASE, YEAR

        named = [Column(TECHNOLOGY_NAME, 44)] if self.labels else []
        dates = [TECHNOLOGY, *named, PHASE, PLANNED, Column(P_IN_PHASE, bar=True), P50, P80]
        frame = self.technologies.assign(
            name=[self.labels.get(name, "") for name in self.technologies["technology"]]
        )
        money = self.funds.assign(
            fund_name=[self.fund_names.get(fund, fund) for fund in self.funds["fund"]],
            year=self.funds["year"].astype(int),
        )
        holds = [Column(FUND, 40), YEAR, Column(P_HOLDS, bar=True)]
        drawn = text(
            "{draws} draws of lead times and costs, from low through likely to high.", draws=float(self.draws)
        )
        title, name = text("Probability that money holds"), text("Money under draws")
        return tables_of(
            Table.from_frame(
                "dates",
                self._title(),
                dates,
                frame,
                notes=(drawn, *self.notes),
                name=text("Dates under draws"),
            ),
            Table.from_frame("funds", title, holds, money, notes=(drawn,), name=name),
        )

    @property
    def drawn(self) -> int:
        """How many technologies have a date that was drawn."""
        return int(self.technologies["p_in_phase"].notna().sum())

    def by_technology(self, column: str) -> pd.Series:
        """Return ``p_in_phase``, ``p50`` or ``p80`` by technology."""
        return self.technologies.set_index("technology")[column]

    def _summary(self) -> str:
        expected = f"{self.expected_in_phase:.1f} of {self.drawn} expected in their phase"
        return f"{expected}, {self.draws} draws"

    def _title(self) -> Text:
        return text("Dates under drawn lead times and costs")

    def _facts(self) -> list[Words]:
        return list(self.notes)
