"""The plan: which technology starts when, in which phase, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.language import Label, Language, Month, Text, format_percent, resolve_language, text
from techprio.model.catalog import COST, SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.checks import unknown_name
from techprio.model.plan_certainty import DateCertainty
from techprio.model.plan_priorities import STEADINESS, PlanPriorities
from techprio.model.provenance import Provenance
from techprio.model.resources import FUND, PHASE, YEAR, Resources
from techprio.model.roles import Roles

START = Quantity("start", text("Start"), text("Month in which the work starts."), "month")
OPERATIONAL = Quantity(
    "operational", text("Operational"), text("Month from which the technology works."), "month"
)
VALUE = Quantity("value", text("Value"), text("Value of the technology, before it is discounted."), "score")
REASON = Quantity(
    "reason",
    text("Reason for the phase"),
    text("Why it stands where it stands, or the least change that would place it."),
    short=text("Reason"),
)
LIMIT = Quantity("limit", text("Limit of the year"), text("Money available in the year."), "money")
USED = Quantity("used", text("Used in the year"), text("Money that the plan spends in the year."), "money")
CUMULATIVE_LIMIT = Quantity(
    "cumulative_limit",
    text("Limit, cumulative"),
    text("Money available up to the year, as carried over."),
    "money",
)
CUMULATIVE_USED = Quantity(
    "cumulative_used", text("Used, cumulative"), text("Money spent up to the year, as carried over."), "money"
)
AVAILABLE = Quantity("available", text("Available"), text("People who can work in the year."), "number")
SPENT_OF_LIMIT = Quantity(
    "cumulative_share",
    text("Share used, cumulative"),
    text("Used against available, both counted from the beginning."),
    "share",
)
LIMIT_KIND = Quantity("limit_kind", text("Limit is"), text("Hard: kept; soft: reported when it is passed."))
USED_IN_PHASE = Quantity(
    "used_in",
    text("Used in a phase"),
    text("Money that the plan spends in the phase of the column."),
    "money",
)
LIMIT_OF_PHASE = Quantity(
    "limit_of", text("Limit of a phase"), text("Money available in the phase of the column."), "money"
)
USED_IN_ALL = Quantity("used_in_all", text("Used in all"), text("Money that the plan spends."), "money")
PHASE_BEFORE = Quantity("phase_before", text("Phase before"), text("Phase in the plan before."))
START_BEFORE = Quantity("start_before", text("Start before"), text("Start in the plan before."), "month")
FORCED_BY = Quantity("forced_by", text("Forced by"), text("What the technology would break if it went back."))
STRADDLES = Quantity(
    "straddles",
    text("Begun in the phase before"),
    text("Whether the work starts in an earlier phase than the one of its operation."),
    "mark",
)
STATE_IN_YEAR = Quantity(
    "state_in", text("State in a year"), text("Under way, becomes operational, or in use."), "mark"
)
NEEDED = Quantity("needed", text("Needed"), text("People whom the plan needs in the year."), "number")
PLACEMENT_COLUMNS = (
    "sector", "phase", "start", "operational", "lead_months", "straddles", "value", "cost", "placed",
)  # fmt: skip
EDGE_COLUMNS = (
    "technology", "requires", "kind", "timing", "lag_months", "share", "one_of", "confidence",
)  # fmt: skip


@dataclass(frozen=True)
class Plan(Result):
    """Placement of every technology, or the reason why it has none.

    Parameters
    ----------
    placements : DataFrame
        Index technology, all of them; columns ``sector, phase, start, operational, lead_months,
        straddles, value, cost, placed``. Months are texts ``YYYY-MM``, empty where not placed;
        ``phase`` is that of the operational month.
    reasons : mapping of str to Text
        Why it stands where it stands, or the least change that would place it.
    spending : DataFrame
        Columns ``technology, period, fund, amount``; period is the first month ``YYYY-MM`` of the
        period in which the money is spent.
    staff : DataFrame
        Columns ``technology, period, people``: people needed from that period on.
    budget_use : DataFrame
        Columns ``fund, phase, year, limit, used, cumulative_limit, cumulative_used, hard``, cumulative
        as the carry-over rule reads it.
    staff_use : DataFrame
        Columns ``year, available, needed``, both cumulative where staff accumulates.
    value, bound : float
        Discounted value of the plan, and the proven upper bound.
    gap : float
        bound / value - 1: no plan is better by more than this share.
    status : str
        ``"optimal"`` or ``"stopped"``.
    stopped_on : str
        ``"gap"``, ``"nodes"``, ``"time"``.
    resources : Resources
    shadow : DataFrame
        Columns ``limit, year, price``: value per unit of a limit, about, from the LP relaxation.
    priorities : PlanPriorities, optional
        Rank classes, counts against proven maxima and steadiness, of a canonical plan.
    changes : DataFrame, optional
        Against the earlier plan that was kept: columns ``technology, phase_before, start_before, phase,
        start, forced_by``, one row a technology that moved; None where no plan was kept.
    notes : tuple of Text
    provenance : Provenance, optional
    labels, sectors : mapping of str to Label
        Names of the technologies; names of the sectors, in the order of the study.
    edges : DataFrame
        Dependencies that the plan keeps: ``technology, requires, kind, timing, lag_months, share, one_of,
        confidence``.
    bundles : tuple of tuple of str
        Technologies that can only start together.
    agencies : mapping of str to str
        Lead agency of each technology that has one.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> plan = tp.plan_phases(study, gap=0.05)
    >>> plan.gap <= 0.05, plan.status
    (True, 'optimal')
    >>> plan.placements.loc["CRS01", ["start", "operational", "phase"]].tolist()
    ['2027-07', '2028-06', '2026-2030']
    >>> print(plan.reasons["CRS01"])
    as early as possible
    >>> sum(plan.placements["placed"]) + len(plan.unplaced)
    90
    """

    placements: pd.DataFrame
    reasons: Mapping[str, Text]
    spending: pd.DataFrame
    staff: pd.DataFrame
    budget_use: pd.DataFrame
    staff_use: pd.DataFrame
    value: float
    bound: float
    gap: float
    status: str
    stopped_on: str
    resources: Resources
    shadow: pd.DataFrame = field(default_factory=pd.DataFrame)
    priorities: PlanPriorities | None = None
    changes: pd.DataFrame | None = None
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None
    labels: Mapping[str, Label] = field(default_factory=dict)
    sectors: Mapping[str, Label] = field(default_factory=dict)
    edges: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(EDGE_COLUMNS)))
    bundles: tuple[tuple[str, ...], ...] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)

    def to_frame(self, language: Language | None = None) -> pd.DataFrame:
        """Return one row per technology: ``technology``, the placement columns and ``reason``.

        Parameters
        ----------
        language : {"vi", "en"}, optional
            Of the reasons.
        """
        language = resolve_language(language)
        frame = self.placements.rename_axis("technology").reset_index()
        frame["reason"] = [self.reasons[name].render(language) for name in frame["technology"]]
        return frame

    def proofs(self) -> tuple[Text, ...]:
        """State which soft limits are passed, then how many of each class are placed of the most."""
        return () if self.priorities is None else (*self.priorities.warnings, *self.priorities.sentences())

    def quality(self) -> Text:
        """Say how far the plan can be from the best one."""
        if self.priorities is not None:
            return text(
                "rank weights placed {value}, no plan places more than {bound}: the loss is at most {loss}",
                value=round(self.value, 1),
                bound=round(self.bound, 1),
                loss=Label(
                    format_percent(self.priorities.loss, "vi", 2),
                    format_percent(self.priorities.loss, "en", 2),
                ),
            )
        return text(
            "value {value}, proven bound {bound}: no plan is better by more than {gap}",
            value=round(self.value, 3),
            bound=round(self.bound, 3),
            gap=Label(format_percent(self.gap, "vi", 3), format_percent(self.gap, "en", 3)),
        )

    def explain(self, technology: str) -> Text:
        """Say in one sentence where a technology stands, and why.

        Parameters
        ----------
        technology : str

        Raises
        ------
        InputError
            An unknown technology.
        """
        if technology not in self.placements.index:
            raise unknown_name(text("technology"), technology, self.placements.index)
        row = self.placements.loc[technology]
        reason = self.reasons.get(technology, text("no reason is on record"))
        if not row["placed"]:
            return text("{technology}: not placed; {reason}", technology=technology, reason=reason)
        return text(
            "{technology}: start {start}, operational {operational}, phase {phase}; {reason}",
            technology=technology,
            start=Month(row["start"]),
            operational=Month(row["operational"]),
            phase=row["phase"],
            reason=reason,
        )

    def plot(
        self,
        ax: Any = None,
        *,
        roles: Roles | None = None,
        dates: DateCertainty | None = None,
        language: Language | None = None,
    ) -> Any:
        """Draw the roadmap: lanes of sectors, budgets below; more than 35 rows in several pictures.

        Parameters
        ----------
        ax : Axes, optional
        roles : Roles, optional
            Gives colors.
        dates : DateCertainty, optional
            Gives, at the right edge, how likely each technology is operational inside its phase.
        language : {"vi", "en"}, optional

        Returns
        -------
        Axes or list of Axes
            A list where there are several pictures; on Axes of your own all rows are drawn.
        """
        from techprio.charts.roadmap_panels import roadmap_in_panels

        return roadmap_in_panels(
            self.roadmap_rows(
                role=None if roles is None else roles.table["role_final"],
                certainty=None if dates is None else dates.by_technology("p_in_phase"),
            ),
            phases=self.phase_years,
            budget=self.named_budget,
            unplaced=self.unplaced,
            title=self.title,
            ax=ax,
            language=resolve_language(language),
        )

    def roadmap_rows(
        self, *, role: pd.Series | None = None, certainty: pd.Series | None = None
    ) -> pd.DataFrame:
        """Return the placed technologies as the roadmap chart reads them, sectors in the order of the study.

        Parameters
        ----------
        role : Series, optional
            Role of each technology; without it all are drawn alike.
        certainty : Series, optional
            Of the date, from 0 to 1, drawn at the right edge; without it nothing is.
        """
        placed = self.placements[self.placements["placed"].astype(bool)]
        order = {code: place for place, code in enumerate(dict.fromkeys([*self.sectors, *placed["sector"]]))}
        placed = placed.sort_values("sector", key=lambda codes: codes.map(order), kind="stable")
        nothing = pd.Series(float("nan"), index=placed.index)
        return pd.DataFrame(
            {
                "name": [self.labels.get(name, name) for name in placed.index],
                "sector": placed["sector"],
                "sector_name": [self.sectors.get(code, code) for code in placed["sector"]],
                "role": "" if role is None else role.reindex(placed.index),
                "start": placed["start"],
                "operational": placed["operational"],
                "certainty": nothing if certainty is None else certainty.reindex(placed.index),
            },
            index=placed.index,
        )

    @property
    def title(self) -> Text:
        """How many technologies of all are placed."""
        return text(
            "Roadmap: {placed} of {all} technologies placed; budgets in {currency}",
            placed=int(self.placements["placed"].sum()),
            all=len(self.placements),
            currency=self.resources.money,
        )

    @property
    def phase_years(self) -> list[tuple[str, int, int]]:
        """The phases with their first and last year."""
        return [(phase.id, phase.first_year, phase.last_year) for phase in self.resources.phases]

    @property
    def named_budget(self) -> pd.DataFrame:
        """Use of the budgets with the name of each fund."""
        labels = {fund.id: fund.label for fund in self.resources.funds}
        return self.budget_use.assign(fund_name=self.budget_use["fund"].map(labels))

    @property
    def steadiness(self) -> pd.Series:
        """Share of the continuous plans in which each technology stands where it does; NaN where unknown."""
        if self.priorities is None:
            return pd.Series(float("nan"), index=self.placements.index)
        return self.priorities.steadiness(self.placements["phase"])

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Technologies that the plan leaves out."""
        return tuple(self.placements.index[~self.placements["placed"]])

    def tables(self) -> dict[str, Table]:
        """Return ``plan``, the earliest first, ``budget_use``, ``staff_use``; if kept ``plan_changes``."""
        frame = self.placements.rename_axis("technology").reset_index()
        frame["reason"] = [self.reasons.get(name, "") for name in frame["technology"]]
        frame["name"] = [self.labels.get(name, "") for name in frame["technology"]]
        frame["steadiness"] = self.steadiness.to_numpy()
        frame = frame.sort_values(["placed", "operational"], ascending=[False, True], kind="stable")
        money = self.resources.money
        columns = [
            TECHNOLOGY,
            *([TECHNOLOGY_NAME] if self.labels else []),
            *(SECTOR, PHASE, START, OPERATIONAL),
            *([] if self.priorities is None else [Column(STEADINESS, bar=True)]),
            Column(VALUE, bar=True),
            Column(COST.per(money), bar=True),
            REASON,
        ]
        budgets = [FUND, YEAR, *(q.per(money) for q in (LIMIT, USED, CUMULATIVE_LIMIT, CUMULATIVE_USED))]
        return tables_of(
            Table.from_frame("plan", self._title(), columns, frame),
            Table.from_frame(
                "budget_use", text("Use of the budgets by source of funds"), budgets, self.named_budget
            ),
            Table.from_frame(
                "staff_use",
                text("Trained people: needed and available"),
                [YEAR, AVAILABLE, NEEDED],
                self.staff_use,
            ),
            *([] if self.changes is None else [self._changes(self.changes)]),
        )

    def _changes(self, changes: pd.DataFrame) -> Table:
        frame = changes.assign(name=[self.labels.get(name, "") for name in changes["technology"]])
        for column in ("phase_before", "phase"):
            frame[column] = [phase or text("not placed") for phase in frame[column]]
        columns = [
            TECHNOLOGY,
            *([Column(TECHNOLOGY_NAME, 44)] if self.labels else []),
            *(Column(PHASE_BEFORE, 12), START_BEFORE, Column(PHASE, 12), START, Column(FORCED_BY, 44)),
        ]
        title, name = text("Changes against the earlier plan, which is kept"), text("Changes of the plan")
        return Table.from_frame("plan_changes", title, columns, frame, name=name)

    def _summary(self) -> str:
        placed = f"{int(self.placements['placed'].sum())} of {len(self.placements)} technologies placed"
        return f"{placed}, value {self.value:.3f}, gap {self.gap:.2%}, {self.status} by {self.stopped_on}"

    def _title(self) -> Text:
        return text("Plan of {count} technologies", count=len(self.placements))

    def _facts(self) -> list[Words]:
        by_phase = self.placements.loc[self.placements["placed"].astype(bool), "phase"].value_counts()
        counts = [
            text("{phase}: {count} technologies", phase=phase.id, count=int(by_phase.get(phase.id, 0)))
            for phase in self.resources.phases
        ]
        return [self.quality(), *counts, text("not placed: {count}", count=len(self.unplaced))]
