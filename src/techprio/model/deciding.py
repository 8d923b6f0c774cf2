"""What decides on which side of the line a technology stands: the criterion, the group, the score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.language import Label, Percent, Text, joined, text
from techprio.model.acceptability import CLASS_WORDS, chance_of
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.explanation import AHEAD
from techprio.model.known_names import group_name
from techprio.model.priority_classes import IN_FAVOR
from techprio.model.provenance import Provenance
from techprio.model.ranking import RANK
from techprio.model.reference import PROFILE

ABOVE = Quantity(
    "in_first",
    text("Above the line"),
    text("Whether it is priority as stated: among the first k, or reaching the reference profile."),
    "mark",
)
HELD_AGAINST = Quantity(
    "against_name",
    text("Held against"),
    text("The nearest on the other side of the line, or the reference profile."),
)
EQUAL = Quantity(
    "equal",
    text("Equal"),
    text("Whether neither of the two is ahead in {bound} of the draws.", bound=Percent(AHEAD)),
    "mark",
)
SPEAKS_FOR = Quantity(
    "speaks_for", text("Speaks for it"), text("Criteria on which it is ahead, the strongest first.")
)
SPEAKS_AGAINST = Quantity(
    "speaks_against", text("Speaks against it"), text("Criteria on which it is behind, the strongest first.")
)
GROUPS_AGAINST = Quantity(
    "groups_against",
    text("Not priority for"),
    text("Groups of experts by whose weights alone it is not priority."),
)
DECIDING_SCORE = Quantity(
    "deciding_score",
    text("Score that decides"),
    text("The uncertain score that moves the difference most, with its low end, value and high end."),
)
FLIPS_AT = Quantity(
    "flips_at",
    text("Changes sides at"),
    text("End of the spread of that score at which the sides change, all else as stated."),
    "number",
)


@dataclass(frozen=True)
class Deciding(Result):
    """What decides the side of the line, for each technology of some lists.

    Parameters
    ----------
    table : DataFrame
        A row a technology: ``sector, technology, rank, in_first`` (whether it is above the line as stated),
        ``p_top, priority_class, against`` (the nearest on the other side of the line, or the reference
        profile; empty where there is none), ``margin`` (of the scores, or of the credibility over the
        cutting level), ``equal`` (whether neither of the two is ahead in 60 % of the draws), ``speaks_for,
        speaks_against`` (criteria by their part in the margin), ``groups_for, groups_against``, and the
        uncertain score that moves the margin most: ``score_of`` (its technology), ``score_on, low, value,
        high``, and ``flips_at``, the end of its spread at which the sides change, all else as stated; NaN
        where it does not change them.
    top : int
    rule : {"top", "score", "outranking"}
    labels : mapping of str to Label
        Of technologies and criteria.
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> cars = pd.DataFrame({"price": [20.0, 25.0, 21.0]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, ["min"], low=cars - 2, high=cars + 2)
    >>> ranking = tp.rank(matrix, [1.0], tp.WeightedSum("minmax"))
    >>> sure = tp.simulate(matrix, [1.0], draws=1000, top=1, weight_distribution="fixed")
    >>> classes = tp.robustness.priority_classes({"cars": ranking}, {"cars": sure})
    >>> found = tp.robustness.what_decides({"cars": ranking}, classes)
    >>> [row[1] for row in found.tables()["deciding"].rows]
    ['A', 'C']
    """

    table: pd.DataFrame
    top: int
    rule: str = "top"
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table.copy()

    @property
    def contested(self) -> pd.DataFrame:
        """The contested ones of each list, above the line before below it."""
        rows = self.table[self.table["priority_class"] == "contested"]
        order = {code: place for place, code in enumerate(dict.fromkeys(self.table["sector"]))}
        places = rows.assign(place=rows["sector"].map(order), below=~rows["in_first"].astype(bool))
        return rows.loc[places.sort_values(["place", "below", "rank"], kind="stable").index]

    def tables(self) -> dict[str, Table]:
        """Return ``deciding``: the contested ones on both sides of the line, with what decides."""
        shown = self.contested
        frame = shown.assign(
            name=[self.labels.get(name, "") for name in shown["technology"]],
            in_first=["✓" if inside else "" for inside in shown["in_first"]],
            priority_class=[CLASS_WORDS[word] for word in shown["priority_class"]],
            against_name=[self._opposite(name) for name in shown["against"]],
            equal=["✓" if equal else "" for equal in shown["equal"]],
            speaks_for=list(map(self._listed, shown["speaks_for"])),
            speaks_against=list(map(self._listed, shown["speaks_against"])),
            in_favor=list(map(_groups, shown["groups_for"])),
            groups_against=list(map(_groups, shown["groups_against"])),
            deciding_score=[self._score(row) for row in shown.to_dict("records")],
        )
        columns = [
            Column(SECTOR, 7), Column(TECHNOLOGY, 9), *([Column(TECHNOLOGY_NAME, 34)] if self.labels else []),
            Column(RANK, 7), Column(ABOVE, 7), Column(chance_of(self.rule, self.top), 8, bar=True),
            Column(HELD_AGAINST, 26), Column(EQUAL, 7), Column(SPEAKS_FOR, 30), Column(SPEAKS_AGAINST, 30),
            Column(IN_FAVOR, 16), Column(GROUPS_AGAINST, 16), Column(DECIDING_SCORE, 30),
            Column(FLIPS_AT, 9),
        ]  # fmt: skip
        notes = [text("No technology is contested: nothing is left to decide.")] if not len(shown) else []
        table = Table.from_frame("deciding", self._title(), columns, frame, notes=(*notes, *self.notes))
        return tables_of(table)

    def _named(self, name: str) -> Words:
        label = self.labels.get(name)
        return label if label is not None and any(label) else name

    def _opposite(self, name: str) -> Words:
        if name == PROFILE:
            return text("the reference profile")
        label = self.labels.get(name)
        return text("{name} ({code})", name=label, code=name) if label is not None and any(label) else name

    def _listed(self, names: Sequence[str]) -> Words:
        """Return the names of criteria, which hold commas themselves."""
        return joined(map(self._named, names)) if names else ""

    def _score(self, row: Mapping[str, object]) -> Words:
        if not row["score_of"]:
            return ""
        criterion, owner = self._named(str(row["score_on"])), str(row["score_of"])
        if owner != row["technology"]:
            criterion = text("{criterion} of {owner}", criterion=criterion, owner=owner)
        ends = {end: float(str(row[end])) for end in ("low", "value", "high")}
        return text("{criterion}: {low} - {value} - {high}", criterion=criterion, **ends)

    def _summary(self) -> str:
        return f"{len(self.contested)} contested of {len(self.table)}"

    def _title(self) -> Words:
        return text("What decides between the contested ones on both sides of the line")


def _groups(names: Sequence[str]) -> Words:
    return joined(map(group_name, names)) if names else ""
