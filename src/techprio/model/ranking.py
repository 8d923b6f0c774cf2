"""A ranking: scores, ranks, ties, and what they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from techprio.display.cells import ARROWS
from techprio.display.names import with_names
from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.errors import InputError
from techprio.language import Language, Text, text
from techprio.model.dominance import dominance_rows
from techprio.model.explanation import Explanation, explain
from techprio.model.matrix import DecisionMatrix
from techprio.model.method import Array, Method
from techprio.model.provenance import Provenance


@dataclass(frozen=True)
class Ranking(Showable):
    """Alternatives of one matrix in order.

    Parameters
    ----------
    scores : Series, shape (m,)
        Score of each alternative, higher is better, in the order of the matrix.
    ranks : Series of int, shape (m,)
        1 is best; equal scores share the lower number (1, 2, 2, 4).
    ties : tuple of tuple of str
        Alternatives that share a rank.
    matrix : DecisionMatrix
    weights : Series
        By criterion, aligned with the matrix.
    method : Method
        The frozen method that made the scores; its repr is the provenance.
    reversal_possible : bool
        Whether adding or removing an alternative can swap two others.
    screened : mapping of str to Text
        Alternatives that a gate kept out, with the reason.
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> ranking = tp.rank(
    ...     study.catalog.decision_matrix("AGR"), tp.ahp(study.judgments), tp.Topsis("reference")
    ... )
    >>> int(ranking.ranks["AGR01"]), round(float(ranking.scores["AGR01"]), 4), ranking.ties
    (1, 0.7412, ())
    >>> ranking.reversal_possible
    False
    >>> list(ranking.steps)[:2]
    ['normalized', 'weighted']
    >>> ranking.contributions().loc["AGR01"].idxmax()
    'I2'
    """

    scores: pd.Series
    ranks: pd.Series
    ties: tuple[tuple[str, ...], ...]
    matrix: DecisionMatrix
    weights: pd.Series
    method: Method
    reversal_possible: bool
    screened: Mapping[str, Text] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return one row per alternative, best first, equals by name: ``rank, alternative, score, tied``."""
        tied = {name for group in self.ties for name in group}
        frame = (
            pd.DataFrame({"rank": self.ranks, "score": self.scores}).rename_axis("alternative").reset_index()
        )
        frame["tied"] = frame["alternative"].isin(tied)
        frame = frame.sort_values(["rank", "alternative"], kind="stable", ignore_index=True)
        return frame[["rank", "alternative", "score", "tied"]]

    @property
    def steps(self) -> dict[str, pd.Series | pd.DataFrame]:
        """The intermediate tables of the method, each under its name from the paper.

        Raises
        ------
        InputError
            A method that does not show its steps.
        """
        names = {"alternative": self.matrix.values.index, "criterion": self.matrix.values.columns}
        tables: dict[str, pd.Series | pd.DataFrame] = {}
        steps = self.method.steps(*self._inputs)
        if not steps:
            raise InputError(text("{method} has no steps to show", method=repr(self.method)))
        for name, step in steps.items():
            labels = [names[axis] for axis in step.axes]
            if len(labels) == 1:
                tables[name] = pd.Series(step.values, index=labels[0], name=name)
            else:
                tables[name] = pd.DataFrame(step.values, index=labels[0], columns=labels[1])
        return tables

    def contributions(self) -> pd.DataFrame:
        """Split each score by criterion, shape (m, n); rows add up to the score.

        Exact for additive methods (weighted sum, PROMETHEE II). A TOPSIS closeness is not a sum: there
        it is split by the share of each criterion in the squared distance to the anti-ideal.

        Raises
        ------
        InputError
            A method whose score cannot be split; ``explain`` compares two alternatives for any method.
        """
        table = self.method.contributions(*self._inputs)
        if table is None:
            raise InputError(text("{method} has no contributions", method=repr(self.method)))
        return pd.DataFrame(table, index=self.matrix.values.index, columns=self.matrix.values.columns)

    def explain(self, a: str, b: str) -> Explanation:
        """Say which criteria put one of two alternatives ahead of the other."""
        return explain(self, a, b)

    def dominated(self) -> pd.DataFrame:
        """Return who dominates whom, whatever the weights: ``dominator, dominated``."""
        return dominance_rows(self.matrix)

    def plot(self, ax: Any = None, *, language: Language = "vi", rows: slice = slice(None)) -> Any:
        """Draw the contributions as bars, best first; scores where a method has no contributions.

        Parameters
        ----------
        ax : Axes, optional
        language : {"vi", "en"}
        rows : slice
            Which of them, counted from the best.
        """
        from techprio.charts.contributions import draw_contributions

        split = self.method.contributions(*self._inputs) is not None
        table = self.contributions() if split else self.scores.to_frame()
        order = self.to_frame()["alternative"]
        return draw_contributions(table.loc[order[rows]], labels=self.matrix.labels, ax=ax, language=language)

    def _view(self) -> View:
        frame = self.to_frame()
        order = list(frame["alternative"])
        frame["name"] = with_names(order, self.matrix.labels)
        frame["place"] = [
            f"{rank} =" if tied else str(rank)
            for rank, tied in zip(frame["rank"], frame["tied"], strict=True)
        ]
        frame = pd.concat([frame, self.matrix.values.loc[order].reset_index(drop=True)], axis=1)
        columns = [
            Column("place", text("rank")),
            Column("name", text("alternative")),
            Column("score", text("score"), "level", 4),
            *(
                Column(criterion, f"{criterion} {ARROWS[self.matrix.directions[criterion]]}", "number", None)
                for criterion in self.matrix.criteria
            ),
        ]
        out = [text("{name} is screened out: {why}", name=n, why=w) for n, w in self.screened.items()]
        return View(
            title=text("Ranking of {count} alternatives", count=len(frame)),
            facts=(*_method_facts(self), text("↑ higher is better, ↓ lower is better, = shared rank")),
            tables=(Table(frame, columns),),
            notes=(*out, *self.notes),
        )

    @property
    def _inputs(self) -> tuple[Array, Array, Array]:
        return self.matrix.values.to_numpy(), self.weights.to_numpy(), self.matrix.signs


def _method_facts(ranking: Ranking) -> tuple[Text, ...]:
    reversal = (
        text("Adding or removing an alternative can swap two others.")
        if ranking.reversal_possible
        else text("No other alternative can swap two of these.")
    )
    return text("Method: {method}", method=repr(ranking.method)), reversal
