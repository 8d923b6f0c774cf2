"""The kinds of question: the table of their answers, how two answers are compared, and when many agree.

Comparisons are ratios: they are compared by their logarithms (Aczél and Saaty 1983). Scores are compared as
they are, values of bisection by where they stand on their scale, so that one rule fits all units.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from techprio.forms.answers import Answer
from techprio.forms.questions import Half, Pair, Question, Score
from techprio.model.forms import ConsensusRule

SLACK = 1e-9
_COMMON = ("kept", "note")


@dataclass(frozen=True)
class Kind:
    """One kind of question.

    Parameters
    ----------
    table : str
        Name of the table of its answers, and of its file.
    question : callable
        Makes the question of the words of :attr:`keys`.
    keys : tuple of str
        Columns that name a question.
    block : str
        Column by which a verdict counts.
    number : str
        Column of the answer.
    extra : tuple of str
        Columns between the range of the answer and ``kept``.
    compared : callable
        What two answers are compared by, of known rows.
    """

    table: str
    question: Callable[..., Question]
    keys: tuple[str, ...]
    block: str
    number: str
    extra: tuple[str, ...]
    compared: Callable[[pd.DataFrame], pd.Series]

    @property
    def columns(self) -> list[str]:
        """Columns of the table."""
        side = ("preferred",) if self is PAIRS else ()
        return ["expert", "group", *self.keys, *side, self.number, "low", "high", *self.extra, *_COMMON]

    @property
    def numbers(self) -> list[str]:
        """Columns that hold numbers."""
        shares = [name for name in ("share",) if name in self.extra]
        return [self.number, "low", "high", "first", *shares]

    def known(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows with an answer that has a value."""
        return frame[frame[self.number].notna()]

    def center(self, values: pd.Series) -> float:
        """Return what stands for a group: the mean of logarithms, the median of all else."""
        if not len(values):
            return float("nan")
        return float(values.mean() if self is PAIRS else values.median())

    def plain(self, value: float) -> float:
        """Return a compared figure as it is shown."""
        return math.exp(value) if self is PAIRS else float(value)

    def agree(self, values: pd.Series, rule: ConsensusRule) -> bool:
        """Whether answers agree by the rule."""
        if self is PAIRS:
            return agreed_ratios(values, rule)
        return agreed(values, rule, within=rule.apart if self is HALVED else rule.within)

    def most_shift(self, rule: ConsensusRule) -> float:
        """Return by how much the middle of a stable question may move."""
        return {PAIRS: math.log(rule.drift), SCORES: rule.shift, HALVED: rule.apart}[self]

    def of_row(self, row: Mapping[Any, Any]) -> Answer:
        """Return the answer that a row of the table holds."""
        question = self.question(*(str(row[key]) for key in self.keys))
        value, low, high, first = (_maybe(row[key]) for key in (self.number, "low", "high", "first"))
        sided = self is PAIRS
        return Answer(
            question,
            value,
            str(row["preferred"]) if sided and value is not None else "",
            low,
            high,
            "" if pd.isna(row["note"]) else str(row["note"]),
            None if first is None else (str(row["first_preferred"]) if sided else "", first),
            bool(row["after_help"]) if sided else False,
            kept=True,
        )


def _log_ratios(known: pd.DataFrame) -> pd.Series:
    """Return the logarithm of one to other."""
    sign = np.where(known["preferred"] == known["one"], 1.0, -1.0)
    return sign * np.log(known["strength"].astype(float))


PAIRS = Kind(
    "comparisons", Pair, ("node", "one", "other"), "node", "strength",
    ("first_preferred", "first", "after_help"), _log_ratios,
)  # fmt: skip
SCORES = Kind(
    "answers", Score, ("sector", "technology", "criterion"), "sector", "value", ("first",),
    lambda known: known["value"].astype(float),
)  # fmt: skip
HALVED = Kind(
    "halves", lambda criterion, worth: Half(criterion, float(worth)), ("criterion", "worth"), "criterion",
    "value", ("share", "first"), lambda known: known["share"].astype(float),
)  # fmt: skip
KINDS = (PAIRS, SCORES, HALVED)


def kind_of(question: Question) -> Kind:
    """Return the kind of a question."""
    return {Pair: PAIRS, Score: SCORES, Half: HALVED}[type(question)]


def kind_of_table(frame: pd.DataFrame) -> Kind:
    """Return the kind whose answers a table holds."""
    return next((kind for kind in KINDS if {*kind.keys} <= {*frame.columns}), SCORES)


def by_question(frame: pd.DataFrame) -> dict[Question, pd.Series]:
    """Return by question what the answers are compared by, with the experts as index."""
    kind = kind_of_table(frame)
    known = kind.known(frame)
    keys = [known[name].astype(str) for name in kind.keys]
    found: dict[Question, tuple[list[str], list[float]]] = {}
    for *parts, expert, value in zip(*keys, known["expert"].astype(str), kind.compared(known), strict=True):
        names, numbers = found.setdefault(kind.question(*parts), ([], []))
        names.append(expert)
        numbers.append(float(value))
    return {question: pd.Series(numbers, index=names) for question, (names, numbers) in found.items()}


def agreed(values: pd.Series, rule: ConsensusRule, *, within: float | None = None) -> bool:
    """Whether scores agree by the rule.

    Examples
    --------
    >>> agreed(pd.Series([4.0, 4.0, 5.0, 1.0]), ConsensusRule(share=0.75, within=1.0, least=3))
    True
    """
    if len(values) < rule.least:
        return False
    near = (values - values.median()).abs().le((rule.within if within is None else within) + SLACK)
    return bool(near.mean() >= rule.share - SLACK)


def agreed_ratios(logs: pd.Series, rule: ConsensusRule) -> bool:
    """Whether comparisons agree: the middle half of the answers spans the factor ``spread`` at most.

    Examples
    --------
    >>> logs = np.log(pd.Series([3.0, 3.0, 5.0, 5.0]))
    >>> agreed_ratios(logs, ConsensusRule(spread=2.0))
    True
    """
    return len(logs) >= rule.least and spread_of(logs) <= math.log(rule.spread) + SLACK


def spread_of(values: pd.Series) -> float:
    """Return the width of the middle half."""
    return float(values.quantile(0.75) - values.quantile(0.25)) if len(values) else float("nan")


def numeric(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return a table with numbers in the named columns."""
    return frame.assign(**{name: pd.to_numeric(frame[name]) for name in columns})


def _maybe(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
