"""What to check first: the uncertain figures, and what knowing each one exactly would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.language import Label, Language, Percent, Text, resolve_language, text
from techprio.model.catalog import SECTOR
from techprio.model.known_names import group_name
from techprio.model.provenance import Provenance
from techprio.model.scale import CRITERION

FIGURE = Quantity("figure", text("Figure"), text("What is uncertain, and of what."))
SPREAD = Quantity("spread", text("Low, value, high"), text("Between what the figure lies, and its value."))
GRADE = Quantity(
    "grade", text("Grade of evidence"), text("Grade of the evidence, A (measured) to D (estimated).")
)
SOURCE = Quantity("source", text("Source of the figure"), text("Where the figure comes from."), "code")
PLACE = Quantity("stands_in", text("Stands in"), text("File and line of the figure."))
P_CHANGE = Quantity(
    "p_change",
    text("Probability of a change"),
    text(
        "How likely it is that a list, a role or a phase would be another one if the figure were known "
        "exactly."
    ),
    "share",
    short=text("May change"),
)
GAIN = Quantity(
    "gain",
    text("Expected gain"),
    text("Expected rise of the summed scores of the first k if the figure were known exactly."),
    "number",
    decimals=5,
)
MISPLACED = Quantity(
    "misplaced",
    text("Fewer misplaced"),
    text(
        "How many technologies fewer, on average, would stand in a wrong list, role or phase if the figure "
        "were known exactly."
    ),
    "number",
    decimals=3,
)
FIRM_GAIN = Quantity(
    "firm_share",
    text("Rise of firm priorities"),
    text("By how much the share of firm ones among the priorities would rise, on average."),
    "share",
    decimals=1,
    short=text("More firm"),
)
DECIDED_GAIN = Quantity(
    "decided_gain",
    text("Fewer contested"),
    text("How many technologies fewer would be contested, on average, if the figure were known exactly."),
    "number",
    decimals=2,
)
ALONE = Quantity(
    "alone",
    text("Alone"),
    text("Whether it changes a list by itself inside its spread, all else as stated."),
    "mark",
)
WOULD_CHANGE = Quantity(
    "would_change",
    text("What would change"),
    text("Technologies that would come into a list or leave it, or have another role or phase."),
)
#: Figures that can be looked up or asked again; weights and comparisons are made of them.
LOOKED_UP = ("score", "judgment", "dependency", "cost", "lead", "staff")
COLUMNS = [
    "kind", "sector", "technology", "criterion", "against", "expert", "group", "low", "value", "high",
    "grade", "source", "stands_in", "p_change", "p_list", "p_role", "p_phase", "gain", "misplaced",
    "firm_gain", "decided_gain", "alone", "lists", "roles", "phases",
]  # fmt: skip
_EMPTY: dict[str, Any] = {
    **dict.fromkeys(("sector", "technology", "criterion", "against", "expert", "group"), ""),
    **dict.fromkeys(("grade", "source", "stands_in"), ""),
    **dict.fromkeys(("p_list", "p_role", "p_phase", "gain", "misplaced", "firm_gain", "decided_gain"), 0.0),
    **dict.fromkeys(("low", "value", "high"), np.nan),
    **dict.fromkeys(("lists", "roles", "phases"), ()),
    "alone": False,
}


def figures_frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return rows of figures as a table, the most telling first; what a row does not state is nothing."""
    whole = [{**_EMPTY, **row} for row in rows]
    for row in whole:
        row["p_change"] = max(row["p_list"], row["p_role"], row["p_phase"])
    frame = pd.DataFrame(whole, columns=COLUMNS)
    return frame.sort_values(
        ["misplaced", "p_change", "gain"], ascending=False, kind="stable", ignore_index=True
    )


@dataclass(frozen=True)
class ValueOfInformation(Result):
    """What each uncertain figure would be worth if it were known exactly, the most telling first.

    Parameters
    ----------
    table : DataFrame
        A row a figure. ``kind`` is score, judgment (of an expert), dependency, cost, lead, staff, or what is
        made of judgments: weight and comparison. ``sector, technology, criterion, against`` (the other of a
        comparison, or what is required), ``expert, group, low, value, high, grade, source, stands_in`` (file
        and line). ``p_list, p_role, p_phase``: probability that a list, a role or a phase would be another
        one; ``p_change`` is the greatest of them. ``gain``: expected value of partial perfect information, in
        summed scores of the first k. ``misplaced``: how many technologies fewer, on average, would stand in a
        wrong list, role or phase. ``firm_gain, decided_gain``: how many more would be firm, and how many
        fewer contested. ``alone``: whether it changes a list by itself inside its spread, all else as stated.
        ``lists, roles, phases``: the technologies that would be placed otherwise.
    top, draws, seed : int
    places : int
        Places among the first of all lists together, for the share of firm priorities.
    labels : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> energy = {"ENE": study.catalog.decision_matrix("ENE")}
    >>> found = tp.robustness.value_of_information(
    ...     energy, tp.ahp(study.judgments), tp.Topsis("reference"), draws=1000, seed=1
    ... )
    >>> bool(found.table["alone"].any()), bool((found.table["gain"] >= 0).all())
    (True, True)
    """

    table: pd.DataFrame
    top: int
    draws: int
    seed: int
    places: int = 0
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def first(self, count: int = 10, *, kinds: Sequence[str] = LOOKED_UP) -> pd.DataFrame:
        """Return the figures to check first; none that changes nothing.

        ``kinds`` are those that can be looked up or asked again; ``("comparison",)`` and ``("weight",)`` are
        what the panel would have to settle together.
        """
        matters = (self.table["p_change"] > 0) | self.table["alone"].astype(bool)
        return self.table[self.table["kind"].isin(list(kinds)) & matters].head(count)

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table.copy()

    def plot(self, ax: Any = None, *, language: Language | None = None, most: int = 10) -> Any:
        """Draw the figures to check first, by what knowing each one would settle."""
        from techprio.charts.check_first import draw_check_first

        language = resolve_language(language)
        shown = self.first(most)
        words = [figure_words(row).render(language) for row in shown.itertuples()]
        return draw_check_first(shown.assign(figure=words), ax=ax, language=language)

    def tables(self) -> dict[str, Table]:
        """Return ``check_first``, ten figures, and ``settle_first``, five comparisons of the panel."""
        columns = [
            Column(SECTOR, 7), Column(FIGURE, 38), Column(SPREAD, 14), Column(GRADE, 9), Column(SOURCE, 14),
            Column(PLACE, 24), Column(P_CHANGE, bar=True), Column(MISPLACED, bar=True), FIRM_GAIN,
            Column(WOULD_CHANGE, 30), ALONE,
        ]  # fmt: skip
        comparisons = self.first(5, kinds=("comparison",))
        settle = comparisons.assign(
            criterion=list(map(figure_words, comparisons.itertuples())), firm_share=self._shares(comparisons)
        )
        asked = text("Comparisons that the panel should settle first")
        settled = [CRITERION, Column(P_CHANGE, bar=True), Column(MISPLACED, bar=True), GAIN, FIRM_GAIN]
        return tables_of(
            Table.from_frame("check_first", self._title(), columns, self._shown(), notes=self._facts()),
            Table.from_frame("settle_first", asked, [*settled, DECIDED_GAIN], settle),
        )

    def _shares(self, frame: pd.DataFrame) -> pd.Series:
        return frame["firm_gain"] / max(self.places, 1)

    def _shown(self) -> pd.DataFrame:
        frame = self.first()
        return frame.assign(
            figure=list(map(figure_words, frame.itertuples())),
            spread=list(map(_spread_words, frame.itertuples())),
            would_change=list(map(_change_words, frame.itertuples())),
            firm_share=self._shares(frame),
            alone=["✓" if alone else "" for alone in frame["alone"]],
        )

    def facts(self) -> tuple[Words, ...]:
        """Return how many scores can change a list by themselves, and from how many draws all this comes."""
        return self._facts()

    def _summary(self) -> str:
        alone = int(self.table["alone"].sum())
        return f"{len(self.table)} figures, {alone} of which can change a list alone, {self.draws} draws"

    def _title(self) -> Words:
        return text("Check these figures first")

    def _facts(self) -> tuple[Words, ...]:
        scores = self.table[self.table["kind"] == "score"]
        alone = scores[scores["alone"]]
        return (
            text(
                "{alone} of {count} scores with a spread, of {technologies} technologies, can change a list "
                "by themselves.",
                alone=len(alone), count=len(scores), technologies=alone["technology"].nunique(),
            ),
            text(
                "From {draws} draws (seed {seed}), by regression; what the draws cannot tell from chance "
                "counts as nothing.",
                draws=float(self.draws), seed=self.seed,
            ),
            *self.notes,
        )  # fmt: skip


_FIGURES: dict[str, Text] = {
    "weight": text("weight of {criterion}"),
    "comparison": text("{criterion} against {against}"),
    "dependency": text("whether {technology} needs {against}"),
    "cost": text("capital cost of {technology}"),
    "lead": text("lead time of {technology}"),
    "staff": text("staff of {technology}"),
}


def figure_words(row: Any) -> Text:
    """Say what a figure of the table is."""
    if row.kind == "score":
        return text("{technology}, {criterion}", technology=row.technology, criterion=row.criterion)
    if row.kind == "judgment":
        return text(
            "judgment of {group}: {criterion} against {against}",
            group=group_name(row.group), criterion=row.criterion, against=row.against,
        )  # fmt: skip
    names = {"technology": row.technology, "criterion": row.criterion, "against": row.against}
    return Text(_FIGURES[row.kind].template, names)


def _spread_words(row: Any) -> Text | str:
    if np.isnan(row.low):
        return ""
    if row.kind == "dependency":
        return text("confidence {share}", share=Percent(float(row.value)))
    return text(
        "{low}, {value}, {high}",
        low=_rounded(row.low), value=_rounded(row.value), high=_rounded(row.high),
    )  # fmt: skip


def _rounded(value: float) -> float:
    return round(float(value), 2)


def _change_words(row: Any) -> Text | str:
    parts = [
        text("{what}: {names}", what=what, names=names)
        for what, names in ((text("list"), row.lists), (text("role"), row.roles), (text("phase"), row.phases))
        if names
    ]
    if not parts:
        return ""
    words = parts[0]
    for part in parts[1:]:
        words = text("{first}; {second}", first=words, second=part)
    return words
