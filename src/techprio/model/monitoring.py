"""The plan against what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Column, Quantity, Table, Words, with_names
from techprio.display.results import Result, tables_of
from techprio.language import Label, Month, Text, text
from techprio.model.catalog import TECHNOLOGIES, TECHNOLOGY_NAME
from techprio.model.checks import unknown_name
from techprio.model.provenance import Provenance
from techprio.model.resources import YEAR

INDICATOR_NAME = Quantity("name_of_indicator", text("Name"), text("Name of the indicator."))

LIGHT_WORDS: dict[str, Text] = {
    "green": text("green"),
    "yellow": text("yellow"),
    "red": text("red"),
}
STATE_WORDS: dict[str, Text] = {
    "done": text("done"),
    "on time": text("on time"),
    "at risk": text("at risk"),
    "late": text("late"),
    "stopped": text("stopped"),
    "blocked": text("blocked"),
    "not planned": text("not planned"),
}
LEAD_AGENCY = Quantity("lead_agency", text("Lead agency"), text("Agency that is responsible."))
GREEN = Quantity("green", text("Green"), text("Technologies that are done or on time."), "integer")
YELLOW = Quantity("yellow", text("Yellow"), text("Technologies that are late, but not much."), "integer")
RED = Quantity("red", text("Red"), text("Technologies that are stopped, blocked or very late."), "integer")
LIGHT = Quantity(
    "light", text("Light"), text("Green, yellow or red by the rule that is printed with it."), "light"
)
STATE = Quantity("state", text("State"), text("How the work stands against the plan."))
OPERATIONAL_PLANNED = Quantity(
    "operational_planned", text("Operational, plan"), text("Month of operation by the plan."), "month"
)
OPERATIONAL_EXPECTED = Quantity(
    "operational_expected",
    text("Operational, expected"),
    text("Month of operation as it stands now; empty where it cannot be placed."),
    "month",
)
MONTHS_LATE = Quantity(
    "months_late",
    text("Late"),
    text("Expected against planned operation; below 0 is early."),
    "integer",
    unit=text("months"),
)
HELD_UP_BY = Quantity(
    "through", text("Held up by"), text("The prerequisite whose slip makes the technology late."), "code"
)

FUND_CODE = Quantity("fund", text("Fund"), text("Code of the source that pays."), "code")
PLANNED = Quantity("planned", text("Planned"), text("Money by the plan, up to the month."), "money")
SPENT = Quantity("spent", text("Spent"), text("Money that was spent, up to the month."), "money")
MONEY_DIFFERENCE = Quantity(
    "difference",
    text("Spent less planned"),
    text("Above 0: more was spent than planned."),
    "change",
    decimals=1,
)


@dataclass(frozen=True)
class LightRule:
    """When a light is yellow, and when red; printed with the table.

    Parameters
    ----------
    red_months : int
        A technology this many months late or more is red; one less late is yellow.

    Examples
    --------
    >>> print(LightRule(red_months=6).words)
    red: stopped, blocked, or 6 months late or more; yellow: late by less; green: done or on time
    """

    red_months: int = 6

    @property
    def words(self) -> Text:
        """The rule as a sentence."""
        return text(
            "red: stopped, blocked, or {months} months late or more; "
            "yellow: late by less; green: done or on time",
            months=self.red_months,
        )

    @validated
    def light(self, state: str, months_late: int | None) -> str:
        """Return green, yellow, red, or nothing for what was never planned."""
        if state == "not planned":
            return ""
        if state in ("stopped", "blocked"):
            return "red"
        late = max(months_late or 0, 0)
        if state == "done" or late == 0:
            return "green"
        return "red" if late >= self.red_months else "yellow"


@dataclass(frozen=True)
class Monitoring(Result):
    """What is done, late and at risk, what each slip delays, and what was spent.

    Parameters
    ----------
    as_of : str
        Month ``YYYY-MM`` up to which the status reports.
    technologies : DataFrame
        One row a technology: ``technology, sector, lead_agency, status, state, light, start_planned,
        start_expected, operational_planned, operational_expected, months_late, own_months, through``.
        ``months_late`` compares operation with the plan; ``own_months`` is what its own start or work
        adds, ``through`` names the prerequisite that holds it up.
    delays : DataFrame
        ``cause, technology, months``: what the slip of ``cause`` alone delays, all else by plan.
        ``months`` is empty where it can no longer be placed at all.
    money : DataFrame
        ``fund, year, planned, spent, difference``, up to ``as_of``.
    spending : DataFrame
        ``technology, planned, spent, difference`` over all funds, up to ``as_of``.
    agencies : DataFrame
        ``lead_agency, green, yellow, red, technologies``.
    rule : LightRule
    labels : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> plan = tp.plan_phases(tp.example("lai-chau"), gap=0.05)
    >>> status = pd.DataFrame(
    ...     [(2028, "CRS01", "running", "2028-01", "", 40.0)],
    ...     columns=["year", "technology", "status", "start", "operational", "spent_local"],
    ... )
    >>> tp.monitor_plan(plan, status).as_of
    '2028-12'
    """

    as_of: str
    technologies: pd.DataFrame
    delays: pd.DataFrame
    money: pd.DataFrame
    spending: pd.DataFrame
    agencies: pd.DataFrame
    rule: LightRule
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return :attr:`technologies`, one row each."""
        return self.technologies.copy()

    def explain(self, technology: str) -> Text:
        """Say how a technology stands.

        Raises
        ------
        InputError
            An unknown technology.
        """
        rows = self.technologies[self.technologies["technology"] == technology]
        if rows.empty:
            raise unknown_name(text("technology"), technology, self.technologies["technology"])
        row = rows.iloc[0]
        words = text(
            "{id} {name}: {state}",
            id=technology,
            name=self.labels.get(technology, Label(technology, technology)),
            state=STATE_WORDS[row["state"]],
        )
        if row["state"] == "blocked":
            return text("{words}, needs {technology}", words=words, technology=row["through"])
        if row["months_late"] is not pd.NA and row["months_late"] > 0:
            words = text(
                "{words}, {months} months late: operational {expected} instead of {planned}",
                words=words,
                months=int(row["months_late"]),
                expected=Month(row["operational_expected"]),
                planned=Month(row["operational_planned"]),
            )
            if row["through"]:
                words = text("{words}, through {technology}", words=words, technology=row["through"])
        delayed = self.delays[self.delays["cause"] == technology]
        if len(delayed):
            words = text(
                "{words}; by itself it delays {names}", words=words, names=", ".join(delayed["technology"])
            )
        return words

    def tables(self) -> dict[str, Table]:
        """Return ``agencies``, ``technologies``, the red ones first, and ``money``."""
        agencies = [LEAD_AGENCY, *(Column(light, bar=True) for light in (GREEN, YELLOW, RED)), TECHNOLOGIES]
        technologies = [
            TECHNOLOGY_NAME, LIGHT, STATE, OPERATIONAL_PLANNED, OPERATIONAL_EXPECTED, MONTHS_LATE, HELD_UP_BY,
        ]  # fmt: skip
        frame = self.technologies.assign(
            name=with_names(self.technologies["technology"], self.labels),
            state=[STATE_WORDS.get(state, state) for state in self.technologies["state"]],
        )
        urgency = frame["light"].map({"red": 0, "yellow": 1, "green": 2}).fillna(3)
        frame = frame.loc[urgency.sort_values(kind="stable").index]
        return tables_of(
            Table.from_frame("agencies", text("By lead agency"), agencies, self.agencies),
            Table.from_frame("technologies", text("By technology"), technologies, frame),
            Table.from_frame(
                "money",
                text("Money, up to this month"),
                [FUND_CODE, YEAR, PLANNED, SPENT, MONEY_DIFFERENCE],
                self.money,
            ),
        )

    def _summary(self) -> str:
        lights = self.technologies["light"]
        counts = ", ".join(f"{int((lights == light).sum())} {light}" for light in LIGHT_WORDS)
        return f"{counts} of {len(self.technologies)} up to {self.as_of}"

    def _title(self) -> Text:
        return text("The plan against what became of it, up to {month}", month=Month(self.as_of))

    def _facts(self) -> tuple[Words, ...]:
        return (self.rule.words,)
