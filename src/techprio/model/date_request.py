"""A date that is asked for one technology: whether it can be, what it costs, and who would wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.language import Label, Month, Percent, Text, text
from techprio.model.catalog import TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.plan import OPERATIONAL
from techprio.model.provenance import Provenance

ANSWERS = ("as planned", "impossible", "possible", "not settled")
OPERATIONAL_THEN = Quantity(
    "operational_then",
    text("Operational then"),
    text("Month of operation if the date that is asked for is kept; empty: left out."),
    "month",
)
WAITS = Quantity(
    "waits",
    text("Months it would wait"),
    text("Later than in the plan; empty where it is left out."),
    "integer",
)


@dataclass(frozen=True)
class DateRequest(Result):
    """Whether one technology can be operational by a month, at what cost, and which others would wait.

    Parameters
    ----------
    technology, by : str
    planned : str
        Month of operation in the plan, empty where it is left out.
    answer : str
        One of :data:`ANSWERS`.
    obstacle : Text, optional
        What stands against it, where it is impossible.
    loss_low, loss_high : float
        Interval of what the best plan that keeps the date gives up against the plan, in units of the
        objective; infinite where it is not known.
    share : float
        What the plan with the date and the fewest changes gives up of the worth of the plan.
    others : DataFrame
        Technologies that come later or not at all in that plan; columns
        ``technology, operational, operational_then, waits``.
    labels : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> others = pd.DataFrame(columns=["technology", "operational", "operational_then", "waits"])
    >>> asked = DateRequest("A", "2029-12", "2029-06", "as planned", None, 0.0, 0.0, 0.0, others)
    >>> print(asked.explain())
    A is operational in 2029-06 by the plan, no later than 2029-12
    """

    technology: str
    by: str
    planned: str
    answer: str
    obstacle: Text | None
    loss_low: float
    loss_high: float
    share: float
    others: pd.DataFrame
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def explain(self) -> Text:
        """Answer in one sentence."""
        asked = {"technology": self.technology, "by": Month(self.by)}
        if self.answer == "as planned":
            planned = Month(self.planned)
            return text(
                "{technology} is operational in {planned} by the plan, no later than {by}",
                planned=planned,
                **asked,
            )
        if self.obstacle is not None:
            return text(
                "{technology} cannot be operational by {by}: {obstacle}", obstacle=self.obstacle, **asked
            )
        if self.answer == "not settled":
            return text(
                "whether {technology} can be operational by {by} is not settled: the search stopped before",
                **asked,
            )
        late = self.others["operational_then"] != ""
        return text(
            "{technology} can be operational by {by}: at the fewest changes {waiting} others would wait and"
            " {left} would be left out; that plan is worth {share} less",
            waiting=int(late.sum()),
            left=int((~late).sum()),
            share=Percent(self.share, 2),
            **asked,
        )

    def to_frame(self) -> pd.DataFrame:
        """Return the others that would wait."""
        return self.others

    def tables(self) -> dict[str, Table]:
        """Return the table ``others``."""
        frame = self.others.assign(name=[self.labels.get(name, "") for name in self.others["technology"]])
        columns = [TECHNOLOGY, Column(TECHNOLOGY_NAME, 44), OPERATIONAL, OPERATIONAL_THEN, WAITS]
        title = text("Technologies that would wait")
        return tables_of(Table.from_frame("others", title, columns, frame, notes=self.notes))

    def _summary(self) -> str:
        return f"{self.technology} by {self.by}: {self.answer}, {len(self.others)} others would wait"

    def _title(self) -> Text:
        return text("{technology} by {by}", technology=self.technology, by=Month(self.by))

    def _facts(self) -> list[Words]:
        return [self.explain()]
