"""How firmly a plan stands: what another placement would cost, how likely dates and money hold."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table
from techprio.display.results import Result, tables_of
from techprio.language import Text, text
from techprio.model.catalog import TECHNOLOGY
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
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> rows = [("A", "2026-2030", 0.0, 0.0, 0.0, "firm"), ("A", "not placed", 2.0, 2.1, 0.4, "firm")]
    >>> columns = ["technology", "option", "loss_low", "loss_high", "share_of_own", "placement"]
    >>> ReplacementCosts(pd.DataFrame(rows, columns=columns), (), 0.1, 9.0, 9.0)
    ReplacementCosts(1 technologies, 1 firm, 0 free, 0 open)
    """

    table: pd.DataFrame
    groups: tuple[tuple[str, ...], ...]
    tolerance: float
    best: float
    bound: float
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table

    @property
    def verdicts(self) -> pd.Series:
        """Verdict of each technology."""
        return self.table.drop_duplicates("technology").set_index("technology")["placement"]

    def tables(self) -> dict[str, Table]:
        """Return the table ``plan_certainty``."""
        infinite = float("inf")
        frame = self.table.assign(
            placement=[VERDICT_WORDS[verdict] for verdict in self.table["placement"]],
            loss_low=self.table["loss_low"].replace(infinite, None),
            loss_high=self.table["loss_high"].replace(infinite, None),
            share_of_own=self.table["share_of_own"].replace(infinite, None),
        )
        columns = [TECHNOLOGY, OPTION, LOSS_LOW, LOSS_HIGH, Column(SHARE_OF_OWN, bar=True), PLACEMENT_VERDICT]
        return tables_of(Table.from_frame("plan_certainty", self._title(), columns, frame))

    def _summary(self) -> str:
        counts = self.verdicts.value_counts()
        words = ", ".join(f"{int(counts.get(verdict, 0))} {verdict}" for verdict in VERDICT_WORDS)
        return f"{len(self.verdicts)} technologies, {words}"

    def _title(self) -> Text:
        return text("What another placement would cost")


@dataclass(frozen=True)
class DateCertainty(Result):
    """How likely the dates and the money of a plan hold when lead times and costs are drawn.

    Parameters
    ----------
    technologies : DataFrame
        One row a placed technology; columns ``technology, phase, planned_month, p_in_phase, p50,
        p80``; a month is empty where fewer draws than that end inside the horizon.
    funds : DataFrame
        One row a hard fund and year; columns ``fund, year, p_holds``.
    expected_in_phase : float
        Expected number of technologies that are operational by the end of their planned phase.
    draws : int
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> dates = pd.DataFrame(
    ...     [("A", "2026-2030", "2028-06", 0.9, "2028-08", "2029-01")],
    ...     columns=["technology", "phase", "planned_month", "p_in_phase", "p50", "p80"],
    ... )
    >>> DateCertainty(dates, pd.DataFrame(columns=["fund", "year", "p_holds"]), 0.9, 1000)
    DateCertainty(1 technologies, 0.9 expected in their phase, 1000 draws)
    """

    technologies: pd.DataFrame
    funds: pd.DataFrame
    expected_in_phase: float
    draws: int
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the technologies."""
        return self.technologies

    def tables(self) -> dict[str, Table]:
        """Return the tables ``dates`` and ``funds``."""
        from techprio.model.resources import FUND, PHASE, YEAR

        dates = [TECHNOLOGY, PHASE, PLANNED, Column(P_IN_PHASE, bar=True), P50, P80]
        money = self.funds.rename(columns={"fund": "fund_name"})
        return tables_of(
            Table.from_frame("dates", self._title(), dates, self.technologies),
            Table.from_frame(
                "funds", text("Probability that money holds"), [FUND, YEAR, Column(P_HOLDS, bar=True)], money
            ),
        )

    def _summary(self) -> str:
        return (
            f"{len(self.technologies)} technologies, {self.expected_in_phase:.1f} expected in their phase,"
            f" {self.draws} draws"
        )

    def _title(self) -> Text:
        return text("Dates under drawn lead times and costs")
