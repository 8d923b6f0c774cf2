"""Rank acceptability: the share of the draws of weights and scores in which each rank is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from techprio.arguments import check_count
from techprio.display.quantities import Column, Quantity, Table, Words, with_names
from techprio.display.results import Result, tables_of
from techprio.language import Label, Language, Text, resolve_language, text
from techprio.model.matrix import ALTERNATIVE
from techprio.model.provenance import Provenance

P_FIRST = Quantity(
    "p_first",
    text("Probability of the first rank"),
    text("Share of the draws in which it is first."),
    "share",
    short=text("First"),
)
P_TOP = Quantity(
    "p_top",
    text("Probability of the first {k}"),
    text("Share of the draws in which its rank is {k} or better."),
    "share",
    short=text("First {k}"),
)
P_REACHES = Quantity(
    "p_top",
    text("Probability of reaching the reference profile"),
    text("Share of the draws in which it reaches the reference profile."),
    "share",
    short=text("Reaches"),
)
STANDARD_ERROR = Quantity(
    "standard_error",
    text("Standard error"),
    text("How far the probability may be off because the number of draws is limited."),
    "share",
    decimals=2,
)
EXPECTED_RANK = Quantity(
    "expected_rank", text("Expected rank"), text("Mean rank over all draws."), "number", decimals=1
)
RANK_LOW = Quantity(
    "rank_low", text("Best rank (5%)"), text("In 5% of the draws the rank is this one or better."), "integer"
)
RANK_HIGH = Quantity(
    "rank_high",
    text("Worst rank (95%)"),
    text("In 95% of the draws the rank is this one or better."),
    "integer",
)
RANK_SHARE = Quantity(
    "rank_share",
    text("Share of the draws at a rank"),
    text("Share of the draws in which it takes the rank of the column; a tie is split."),
    "share",
)

PRIORITY_CLASS = Quantity(
    "priority_class",
    text("Class"),
    text(
        "Firm: priority in at least the share of the draws that the study asks for (80% unless it says "
        "otherwise); firmly not: in no more than its lower bound (20%); contested: between the two, so that "
        "the list depends on what is not known."
    ),
    short=text("How firm"),
)
#: Classes of certainty of being among the first k, the surest first.
PRIORITY_CLASSES = ("firm", "contested", "firmly_not")
CLASS_WORDS: dict[str, Text] = {
    "firm": text("firmly priority"),
    "contested": text("contested"),
    "firmly_not": text("firmly not priority"),
}


def chance_of(rule: str, top: int) -> Quantity:
    """Return the probability of priority under a rule: of the first k, or of reaching the profile."""
    return P_TOP.fill(k=top) if rule == "top" else P_REACHES


@dataclass(frozen=True)
class RankAcceptability(Result):
    """Rank acceptability of the alternatives of one matrix.

    Parameters
    ----------
    index : DataFrame, shape (m, m)
        Share of the draws in which an alternative (row) takes a rank (column 1..m); a tie splits
        its mass over the places it covers, so rows and columns sum to 1.
    expected_rank : Series, shape (m,)
    rank_low, rank_high : Series of int, shape (m,)
        5 % and 95 % quantiles of the rank.
    pairwise : DataFrame, shape (m, m)
        Share of the draws in which the row is ahead of the column; a tie counts half.
    central_weights : DataFrame, shape (m, n)
        Mean weights of the draws in which the alternative is first; NaN-free: an alternative
        that is never first has no row.
    confidence : Series
        Share of score draws in which the alternative is first under its central weights.
    draws : int
    seed : int
    top : int
        The k of ``p_top``.
    block : int
        Draws that share a random stream; part of what a seed means.
    labels : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> ranking = tp.rank(
    ...     study.catalog.decision_matrix("AGR"), tp.ahp(study.judgments), tp.Topsis("reference")
    ... )
    >>> sure = tp.simulate(
    ...     ranking.matrix, tp.ahp(study.judgments), ranking.method, draws=1000, seed=2026
    ... )
    >>> (
    ...     round(float(sure.p_top()["AGR01"]), 2),
    ...     int(sure.rank_low["AGR01"]),
    ...     int(sure.rank_high["AGR01"]),
    ... )
    (1.0, 1, 2)
    >>> round(float(sure.pairwise.loc["AGR01", "AGR07"]), 1)
    0.9
    >>> sure.draws, sure.seed, sure.top
    (1000, 2026, 4)
    """

    index: pd.DataFrame
    expected_rank: pd.Series
    rank_low: pd.Series
    rank_high: pd.Series
    pairwise: pd.DataFrame
    central_weights: pd.DataFrame = field(default_factory=pd.DataFrame)
    confidence: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    draws: int = 0
    seed: int = 0
    top: int = 4
    block: int = 0
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def p_top(self, k: int | None = None) -> pd.Series:
        """Return the probability of a rank among the first k; those of the run where none is given."""
        if k is not None:
            check_count("k", k, least=1)
        return self.index.iloc[:, : self.top if k is None else k].sum(axis=1).clip(upper=1.0)

    def standard_error(self, k: int | None = None) -> pd.Series:
        """Return the standard error of the probability of a rank among the first k."""
        p = self.p_top(k)
        return (p * (1 - p) / max(self.draws, 1)) ** 0.5

    def to_frame(self) -> pd.DataFrame:
        """Return ``alternative, p_first, p_top, standard_error, expected_rank, rank_low, rank_high``."""
        frame = pd.DataFrame(
            {
                "p_first": self.p_top(1),
                "p_top": self.p_top(),
                "standard_error": self.standard_error(),
                "expected_rank": self.expected_rank,
                "rank_low": self.rank_low,
                "rank_high": self.rank_high,
            }
        )
        return frame.rename_axis("alternative").reset_index()

    def plot(self, ax: Any = None, *, language: Language | None = None, rows: slice = slice(None)) -> Any:
        """Draw the shares of ranks as a heatmap, the best expected rank on top.

        Parameters
        ----------
        ax : Axes, optional
        language : {"vi", "en"}, optional
        rows : slice
            Which of them, counted from the best.
        """
        from techprio.charts.acceptability import draw_acceptability

        order = self.expected_rank.sort_values(kind="stable").index[rows]
        return draw_acceptability(
            self.index.loc[order],
            top=self.top,
            labels=self.labels,
            ax=ax,
            language=resolve_language(language),
        )

    def tables(self) -> dict[str, Table]:
        """Return ``acceptability`` and ``ranks``, the best expected rank first."""
        frame = self.to_frame().sort_values("expected_rank", kind="stable")
        order = list(frame["alternative"])
        frame["alternative"] = with_names(order, self.labels)
        columns = [
            ALTERNATIVE,
            Column(P_FIRST, bar=True),
            Column(P_TOP.fill(k=self.top), bar=True),
            STANDARD_ERROR,
            EXPECTED_RANK,
            RANK_LOW,
            RANK_HIGH,
        ]
        shares = self.index.loc[order].to_numpy().tolist()
        rows = [(name, *row) for name, row in zip(frame["alternative"], shares, strict=True)]
        ranks = [ALTERNATIVE, *(RANK_SHARE.each(str(rank)) for rank in self.index.columns)]
        return tables_of(
            Table.from_frame("acceptability", self._title(), columns, frame),
            Table.of("ranks", text("Share of the draws at each rank"), ranks, rows),
        )

    def _summary(self) -> str:
        best = self.expected_rank.idxmin()
        chance = f"{best} first in {self.index.loc[best].iloc[0]:.0%}"
        return (
            f"{len(self.index)} alternatives, {self.draws} draws, seed {self.seed}, top {self.top}, {chance}"
        )

    def _title(self) -> Text:
        return text("Certainty of the ranks of {count} alternatives", count=len(self.index))

    def _facts(self) -> tuple[Words, ...]:
        return (text("{draws} draws, seed {seed}", draws=f"{self.draws}", seed=f"{self.seed}"),)
