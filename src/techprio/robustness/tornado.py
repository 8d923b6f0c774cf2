"""The tornado: one weight or one score at a time to the ends of its spread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Column, Quantity, Table, Words, with_names
from techprio.display.results import Result, tables_of
from techprio.errors import InputError, did_you_mean
from techprio.language import Label, Language, Text, resolve_language, text
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.model.scale import CRITERION
from techprio.ranking.order import rank_scores
from techprio.robustness.weight_change import changed_weights, check_ranking, scores_at

if TYPE_CHECKING:
    from collections.abc import Mapping

KIND_WORDS: dict[str, Text] = {"weight": text("weight"), "score": text("score")}
COLUMNS = ["input", "kind", "low", "high", "at_low", "at_high", "rank_at_low", "rank_at_high"]
MOVED_INPUT = Quantity(
    "moved_input", text("What is moved"), text("The weight of the criterion, or the score on it.")
)
FROM = Quantity("low", text("From"), text("Low end of the input."), "number", decimals=3)
TO = Quantity("high", text("To"), text("High end of the input."), "number", decimals=3)
SCORE_FROM = Quantity("at_low", text("Score, from"), text("Score at the low end."), "score")
SCORE_TO = Quantity("at_high", text("Score, to"), text("Score at the high end."), "score")
WIDTH = Quantity("width", text("Width"), text("How far the score moves between the ends."), "score")
RANK_FROM = Quantity("rank_at_low", text("Rank, from"), text("Rank at the low end."), "integer")
RANK_TO = Quantity("rank_at_high", text("Rank, to"), text("Rank at the high end."), "integer")


@dataclass(frozen=True)
class ScoreSensitivity(Result):
    """How far one input at a time moves the score and rank of one alternative.

    Parameters
    ----------
    alternative : str
    base : float
        Its score as it stands.
    table : DataFrame
        ``input, kind, low, high, at_low, at_high, rank_at_low, rank_at_high``, the widest first.
    rival : str
        The best of the others as it stands; empty where there is none.
    rival_score : float
        Its score.
    labels : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> moved = tp.robustness.score_sensitivity(tp.rank(matrix, [0.6, 0.4]), "B")
    >>> moved.alternative, moved.rival
    ('B', 'A')
    """

    alternative: str
    base: float
    table: pd.DataFrame
    rival: str = ""
    rival_score: float = float("nan")
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table

    def plot(self, ax: Any = None, *, language: Language | None = None) -> Any:
        """Draw the bars, the widest on top, beside a line at the score of the best of the others."""
        from techprio.charts.tornado import draw_tornado

        return draw_tornado(
            self.table,
            base=self.base,
            name=self.alternative,
            rival=(self.rival, self.rival_score) if self.rival else None,
            labels=self.labels,
            ax=ax,
            language=resolve_language(language),
        )

    def tables(self) -> dict[str, Table]:
        """Return the table ``inputs``, the widest first."""
        frame = self.table.assign(
            criterion=with_names(self.table["input"], self.labels),
            moved_input=[KIND_WORDS.get(kind, kind) for kind in self.table["kind"]],
            width=(self.table["at_high"] - self.table["at_low"]).abs(),
        )
        width = Column(WIDTH, bar=True)
        columns = [CRITERION, MOVED_INPUT, FROM, TO, SCORE_FROM, SCORE_TO, width, RANK_FROM, RANK_TO]
        return tables_of(Table.from_frame("inputs", self._title(), columns, frame))

    def _summary(self) -> str:
        widest = f", widest: {self.table['input'].iloc[0]}" if len(self.table) else ""
        return f"{self.alternative}, score {self.base:.3f}, {len(self.table)} inputs{widest}"

    def _title(self) -> Words:
        return text("What moves the score of {alternative}", alternative=self.alternative)

    def _facts(self) -> tuple[Words, ...]:
        now = text("score now: {score}", score=round(self.base, 4))
        if not self.rival:
            return (now,)
        score = round(self.rival_score, 4)
        return now, text("best of the others: {name}, {score}", name=self.rival, score=score)


@validated
def score_sensitivity(ranking: Ranking, alternative: str, *, spread: float = 0.25) -> ScoreSensitivity:
    """Move each weight by a share of itself, and each score of one alternative to its low and high.

    Parameters
    ----------
    ranking : Ranking
        Made from a matrix with ``low`` and ``high`` where scores are to move.
    alternative : str
    spread : float
        0.25 moves each weight a quarter down and up, the others in proportion.

    Returns
    -------
    ScoreSensitivity

    Raises
    ------
    InputError
        No ranking, an unknown alternative, a spread off its limits.

    Examples
    --------
    >>> import techprio as tp
    >>> table = pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, 1.0]}, index=["X", "Y"])
    >>> ranking = tp.rank(table, [0.6, 0.4], tp.WeightedSum("none"), directions=["maximize"] * 2)
    >>> score_sensitivity(ranking, "X").table[["input", "at_low", "at_high"]].round(3).values.tolist()
    [['a', 0.45, 0.75], ['b', 0.7, 0.5]]
    """
    check_ranking(ranking)
    if alternative not in ranking.scores.index:
        known = [str(name) for name in ranking.scores.index]
        raise InputError.argument(
            "alternative",
            found=text("unknown alternative {alternative!r}", alternative=str(alternative)),
            allowed=known,
            proposal=did_you_mean(str(alternative), known),
        )
    if not 0 < spread <= 1:
        raise InputError.argument("spread", found=spread, allowed=text("above 0, up to 1"))
    row = ranking.matrix.alternatives.index(alternative)
    lines = [*_weight_lines(ranking, row, spread), *_score_lines(ranking, row)]
    table = pd.DataFrame(lines, columns=COLUMNS)
    width = (table["at_high"] - table["at_low"]).abs()
    table = table.loc[width.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)
    base = float(ranking.scores[alternative])
    others = ranking.scores.drop(alternative)
    rival = str(others.idxmax()) if len(others) else ""
    return ScoreSensitivity(
        alternative, base, table, rival, float(others.max()), ranking.matrix.labels,
        provenance=ranking.provenance,
    )  # fmt: skip


def _weight_lines(ranking: Ranking, row: int, spread: float) -> list[tuple[Any, ...]]:
    lines = []
    for criterion, weight in ranking.weights.items():
        ends = [float(weight) * (1 - spread), min(float(weight) * (1 + spread), 1.0)]
        scores = scores_at(ranking, changed_weights(ranking.weights, [str(criterion)], ends))
        lines.append((criterion, "weight", *ends, *_ends(ranking, scores, row)))
    return lines


def _score_lines(ranking: Ranking, row: int) -> list[tuple[Any, ...]]:
    matrix, lines = ranking.matrix, []
    low = matrix.values if matrix.low is None else matrix.low
    high = matrix.values if matrix.high is None else matrix.high
    for column, criterion in enumerate(matrix.criteria):
        ends = [float(low.iat[row, column]), float(high.iat[row, column])]
        if ends[0] == ends[1]:
            continue
        values = np.repeat(matrix.values.to_numpy()[None], 2, axis=0)
        values[:, row, column] = ends
        weights = np.tile(ranking.weights.to_numpy(), (2, 1))
        scores = ranking.method(values, weights, matrix.signs)
        lines.append((criterion, "score", *ends, *_ends(ranking, np.asarray(scores), row)))
    return lines


def _ends(ranking: Ranking, scores: np.ndarray, row: int) -> tuple[float, float, int, int]:
    ranks = [int(rank_scores(one, bounded=ranking.method.bounded).iloc[row]) for one in scores]
    return float(scores[0, row]), float(scores[1, row]), ranks[0], ranks[1]
