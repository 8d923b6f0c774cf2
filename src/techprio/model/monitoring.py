"""The plan against what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from techprio.display.names import with_names
from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.errors import InputError, did_you_mean
from techprio.language import Label, Language, Text, format_month, text

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
class Monitoring(Showable):
    """What is done, late and at risk, what each slip delays, and what was spent.

    Parameters
    ----------
    as_of : str
        Month ``YYYY-MM`` up to which the status tells.
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

    def to_frame(self) -> pd.DataFrame:
        """Return :attr:`technologies`, one row each."""
        return self.technologies.copy()

    def sentence(self, technology: str) -> Text:
        """Say how a technology stands.

        Raises
        ------
        InputError
            An unknown technology.
        """
        rows = self.technologies[self.technologies["technology"] == technology]
        if rows.empty:
            known = list(self.technologies["technology"])
            raise InputError(f"unknown technology {technology!r}; {did_you_mean(technology, known)}")
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
                expected=_month(row["operational_expected"]),
                planned=_month(row["operational_planned"]),
            )
            if row["through"]:
                words = text("{words}, through {technology}", words=words, technology=row["through"])
        delayed = self.delays[self.delays["cause"] == technology]
        if len(delayed):
            words = text(
                "{words}; by itself it delays {names}", words=words, names=", ".join(delayed["technology"])
            )
        return words

    def _view(self) -> View:
        agencies = (
            Column("lead_agency", text("lead agency")),
            Column("green", text("green"), "level", 0),
            Column("yellow", text("yellow"), "level", 0),
            Column("red", text("red"), "level", 0),
            Column("technologies", text("technologies"), "number", 0),
        )
        technologies = (
            Column("name", text("technology")),
            Column("light", text("light"), "light"),
            Column("named_state", text("state")),
            Column("operational_planned", text("operational, plan"), "month"),
            Column("operational_expected", text("operational, expected"), "month"),
            Column("months_late", text("months late"), "number", 0),
            Column("through", text("held up by")),
        )
        frame = self.technologies.assign(
            name=with_names(self.technologies["technology"], self.labels),
            named_state=[STATE_WORDS.get(state, state) for state in self.technologies["state"]],
        )
        urgency = frame["light"].map({"red": 0, "yellow": 1, "green": 2}).fillna(3)
        frame = frame.loc[urgency.sort_values(kind="stable").index]
        return View(
            title=text("The plan against what became of it, up to {month}", month=_month(self.as_of)),
            facts=(self.rule.words,),
            tables=(Table(self.agencies, agencies), Table(frame, technologies)),
            notes=self.notes,
        )


def _month(month: str) -> Label:
    languages: tuple[Language, ...] = ("vi", "en")
    return Label(*(format_month(month, language) for language in languages))
