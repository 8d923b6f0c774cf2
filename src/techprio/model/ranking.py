"""A ranking: scores, ranks, ties, and what they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Column, Quantity, Table, Words, with_names
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Language, Text, resolve_language, text
from techprio.model.checks import unknown_name
from techprio.model.explanation import Explanation, explain
from techprio.model.matrix import ALTERNATIVE, DecisionMatrix, Directions
from techprio.model.method import Array, Method
from techprio.model.provenance import Provenance

RANK = Quantity(
    "rank", text("Rank"), text("1 is best; equal scores share the lower number and are marked =."), "integer"
)
SCORE = Quantity(
    "score", text("Score"), text("What the method gives the alternative; higher is better."), "score"
)
PRIORITY = Quantity(
    "priority",
    text("Priority"),
    text("Whether it is priority: among the first of its sector, or reaching the reference profile."),
    "mark",
)
RANK_RANGE = Quantity(
    "rank_range",
    text("Rank, 5-95%"),
    text("Ranks between which a technology stays in nine of ten draws."),
    "mark",
)
WHY_SCREENED = Quantity("why_screened", text("Reason"), text("Why a gate kept it out of the ranking."))


@dataclass(frozen=True)
class Ranking(Result):
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
        """Return one row per alternative, best first, equals by name: ``alternative, rank, score, tied``."""
        tied = {name for group in self.ties for name in group}
        frame = (
            pd.DataFrame({"rank": self.ranks, "score": self.scores}).rename_axis("alternative").reset_index()
        )
        frame["tied"] = frame["alternative"].isin(tied)
        frame = frame.sort_values(["rank", "alternative"], kind="stable", ignore_index=True)
        return frame[["alternative", "rank", "score", "tied"]]

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The alternatives, best first, equals by name."""
        return tuple(self.to_frame()["alternative"])

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

    def explain(self, a: str, b: str | None = None, *, pairwise: pd.DataFrame | None = None) -> Explanation:
        """Say which criteria put one of two alternatives ahead of the other.

        Parameters
        ----------
        a, b : str
            Without ``b``, the neighbour ahead of ``a``; behind it where ``a`` is first.
        pairwise : DataFrame, optional
            Share of the draws in which the row is ahead of the column, as ``RankAcceptability.pairwise``: two
            of which neither is ahead in 60 % of the draws are said to be equal.

        Raises
        ------
        InputError
            An unknown alternative, the same one twice, or a single one without a neighbour.
        """
        return explain(self, a, b, pairwise=pairwise)

    def dominated(self) -> pd.DataFrame:
        """Return who dominates whom, whatever the weights: ``dominator, dominated``."""
        table = dominated_pairs(self.matrix)
        rows, columns = np.nonzero(table.to_numpy())
        return pd.DataFrame({"dominator": table.index[rows], "dominated": table.columns[columns]})

    def plot(
        self,
        ax: Any = None,
        *,
        head: str | None = None,
        rows: slice = slice(None),
        language: Language | None = None,
    ) -> Any:
        """Draw the contributions of the heads as bars, best first; scores where a method has none.

        Parameters
        ----------
        ax : Axes, optional
        head : str, optional
            Draw what the criteria of this head contribute instead.
        rows : slice
            Which of them, counted from the best.
        language : {"vi", "en"}, optional

        Raises
        ------
        InputError
            An unknown head, or a head of a method whose score cannot be split.
        """
        from techprio.charts.contributions import draw_contributions

        heads = {str(name): self.matrix.heads.get(str(name), str(name)) for name in self.matrix.criteria}
        if head is not None and head not in heads.values():
            raise unknown_name(text("head"), head, list(dict.fromkeys(heads.values())))
        if head is not None or self.method.contributions(*self._inputs) is not None:
            table = self.contributions()
            of_head = [name for name, above in heads.items() if above == head]
            table = table[of_head] if head else table.T.groupby(heads, sort=False).sum().T
        else:
            table = self.scores.to_frame()
        order = self.to_frame()["alternative"]
        return draw_contributions(
            table.loc[order[rows]], labels=self.matrix.labels, ax=ax, language=resolve_language(language)
        )

    def tables(self) -> dict[str, Table]:
        """Return the table ``ranking``: rank, alternative, score, and the values that made it."""
        frame = self.to_frame()
        names = with_names(frame["alternative"], self.matrix.labels)
        values = self.matrix.values.loc[list(frame["alternative"])].to_numpy().tolist()
        places = places_of(frame)
        rows = [
            (place, name, score, *row)
            for place, name, score, row in zip(places, names, frame["score"].tolist(), values, strict=True)
        ]
        columns = [RANK, ALTERNATIVE, Column(SCORE, bar=True), *self.matrix.value_columns()]
        return tables_of(Table.of("ranking", self._title(), columns, rows))

    def to_dict(self, language: Language | None = None) -> dict[str, Any]:
        """Return all fields as plain values, the method by its repr; see :meth:`Result.to_dict`."""
        return {**super().to_dict(language), "method": repr(self.method)}

    def _summary(self) -> str:
        first = self.to_frame().iloc[0]
        more = f", {len(self.screened)} screened out" if self.screened else ""
        best = f"first: {first['alternative']} {first['score']:.3f}"
        return f"{len(self.scores)} alternatives{more}, {self.method!r}, {best}"

    def _title(self) -> Text:
        return text("Ranking of {count} alternatives", count=len(self.scores))

    def _facts(self) -> list[Words]:
        reversal = (
            text("Adding or removing an alternative can swap two others.")
            if self.reversal_possible
            else text("No other alternative can swap two of these.")
        )
        signs = text("↑ higher is better, ↓ lower is better, = shared rank")
        return [text("Method: {method}", method=repr(self.method)), reversal, signs]

    def _remarks(self) -> list[Words]:
        out = [text("{name} is screened out: {why}", name=n, why=w) for n, w in self.screened.items()]
        return [*out, *self.notes]

    @property
    def _inputs(self) -> tuple[Array, Array, Array]:
        return self.matrix.values.to_numpy(), self.weights.to_numpy(), self.matrix.signs


def places_of(ranks: pd.DataFrame) -> list[str]:
    """Return the ranks of a frame with ``rank`` and ``tied`` as they are printed, shared ones with =."""
    return [
        f"{rank} =" if tied else str(rank) for rank, tied in zip(ranks["rank"], ranks["tied"], strict=True)
    ]


@validated
def dominated_pairs(
    table: DecisionMatrix | pd.DataFrame, *, directions: Directions | None = None
) -> pd.DataFrame:
    """Return who dominates whom: at least as good on every criterion, and better on one.

    Parameters
    ----------
    table : DecisionMatrix or DataFrame, shape (m, n)
    directions : mapping, sequence or CriteriaTree, optional
        Of a DataFrame, as in :func:`techprio.rank`.

    Returns
    -------
    DataFrame of bool, shape (m, m)
        True where the row dominates the column.

    Raises
    ------
    InputError
        A DataFrame without directions, or a problem of the matrix.

    Examples
    --------
    >>> cars = pd.DataFrame({"price": [20, 25], "range": [500, 400]}, index=["A", "B"])
    >>> bool(dominated_pairs(cars, directions=["min", "max"]).loc["A", "B"])
    True
    """
    matrix = table if isinstance(table, DecisionMatrix) else DecisionMatrix(table, directions or {})
    seen = matrix.by_worth()
    oriented = seen.values.to_numpy() * seen.signs
    names = matrix.values.index
    table = np.zeros((len(names), len(names)), dtype=bool)
    for row, own in enumerate(oriented):
        table[row] = (own >= oriented).all(axis=1) & (own > oriented).any(axis=1)
    return pd.DataFrame(table, index=names, columns=names)
