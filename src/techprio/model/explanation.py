"""Why one alternative is ahead of another: the difference of their scores, criterion by criterion.

Where a method is additive, the parts are the differences of its contributions. Where it is not but
can score a single row of gains (TOPSIS, weighted product, VIKOR), the parts are Shapley values:
the criteria are changed from one alternative to the other in every order, and each gets its mean
effect. In both cases the parts add up to the difference. For any other method the effect of one
criterion at a time is shown, and said not to add up.

References
----------
Shapley L.S. (1953) A value for n-person games. Contributions to the Theory of Games II, 307-317.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import factorial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Label, Language, Percent, Text, text
from techprio.model.checks import unknown_name
from techprio.model.provenance import Provenance
from techprio.model.scale import CRITERION
from techprio.model.weights import WEIGHT

if TYPE_CHECKING:
    from techprio.model.method import Method
    from techprio.model.ranking import Ranking

VALUE_OF = Quantity(
    "value", text("Value"), text("Value on the criterion of the row, in the unit of the criterion."), "number"
)
PART = Quantity(
    "part",
    text("Part of the difference"),
    text("What the criterion adds to the difference of the scores; above 0 it speaks for the one ahead."),
    "change",
    decimals=4,
)
WHY_RANKED = Quantity(
    "why_ranked",
    text("Why it stands there"),
    text("What speaks most for the technology against the next ones."),
)
STATEMENT = Quantity(
    "statement",
    text("Statement"),
    text(
        "Where it stands and how firmly, its role, its phase, what speaks for it, what holds it, and what "
        "would change it."
    ),
)
Array = NDArray[np.float64]
#: Criteria that differ, up to which every order is taken; above it orders are drawn.
EXACT_LIMIT = 14
DRAWN_ORDERS = 400
#: Criteria named in the sentence on each side.
NAMED = 3
#: Neither of two is ahead where the one in front is so in less than this share of the draws.
AHEAD = 0.6


@dataclass(frozen=True)
class Explanation(Result):
    """Why ``ahead`` is ahead of ``behind``.

    Parameters
    ----------
    ahead, behind : str
    table : DataFrame
        One row per criterion, the largest effect first: ``criterion, value_ahead, value_behind, weight,
        part``; parts above 0 speak for ``ahead``.
    difference : float
        Of the scores.
    adds_up : bool
        Whether the parts sum to the difference.
    sentence : Text
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> ranking = tp.rank(
    ...     study.catalog.decision_matrix("AGR"), tp.ahp(study.judgments), tp.Topsis("reference")
    ... )
    >>> why = ranking.explain("AGR01", "AGR07")
    >>> why.ahead, round(why.difference, 4), why.adds_up
    ('AGR01', 0.043, True)
    >>> why.table.loc[0, "criterion"], round(float(why.table.loc[0, "part"]), 4)
    ('I2', 0.0433)
    """

    ahead: str
    behind: str
    table: pd.DataFrame
    difference: float
    adds_up: bool
    sentence: Text
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table

    def say(self, language: Language | None = None) -> str:
        """State it in one sentence."""
        return self.sentence.render(language)

    def tables(self) -> dict[str, Table]:
        """Return the table ``explanation``."""
        frame = self.table.rename(
            columns={"value_ahead": f"value:{self.ahead}", "value_behind": f"value:{self.behind}"}
        )
        values = [VALUE_OF.each(name) for name in (self.ahead, self.behind)]
        columns = [CRITERION, *values, WEIGHT, Column(PART, bar=True)]
        return tables_of(Table.from_frame("explanation", self._title(), columns, frame))

    def _summary(self) -> str:
        return f"{self.ahead} ahead of {self.behind} by {self.difference:.4f}"

    def _title(self) -> Text:
        return text("Why {ahead} is ahead of {behind}", ahead=self.ahead, behind=self.behind)

    def _facts(self) -> tuple[Words, ...]:
        total = text("difference of the scores: {difference}", difference=round(self.difference, 4))
        one = text("the parts show one criterion at a time and do not add up")
        return self.sentence, total if self.adds_up else one


def explain(
    ranking: Ranking, a: str, b: str | None = None, *, pairwise: pd.DataFrame | None = None
) -> Explanation:
    """Explain why one alternative of a ranking is ahead of another; the order of the two is free."""
    if b is None and a in ranking.scores.index:
        b = _neighbour(ranking, a)
    for name in (a, *([] if b is None else [b])):
        if name not in ranking.scores.index:
            raise unknown_name(text("alternative"), name, ranking.scores.index)
    if b is None:
        raise InputError(text("{name!r} is the only alternative; two are needed", name=a))
    if a == b:
        raise InputError(text("{name!r} stands twice; two different alternatives are needed", name=a))
    ahead, behind = (a, b) if is_ahead(ranking, a, b) else (b, a)
    split, adds_up = split_of(ranking)
    rows = ranking.matrix.alternatives
    parts = split(rows.index(ahead), rows.index(behind))
    values = ranking.matrix.values
    table = pd.DataFrame(
        {
            "criterion": list(ranking.matrix.criteria),
            "value_ahead": values.loc[ahead].to_numpy(),
            "value_behind": values.loc[behind].to_numpy(),
            "weight": ranking.weights.to_numpy(),
            "part": parts,
        }
    )
    table = table.sort_values("part", ascending=False, kind="stable", ignore_index=True)
    difference = float(ranking.scores[ahead] - ranking.scores[behind])
    share = None
    if pairwise is not None and ahead in pairwise.index and behind in pairwise:
        share = float(pairwise.loc[ahead, behind])
    sentence = _sentence(ranking, ahead, behind, difference, table, share)
    return Explanation(ahead, behind, table, difference, adds_up, sentence, provenance=ranking.provenance)


def is_equal(share: float) -> bool:
    """Tell whether neither of two is ahead, from the share of the draws in which the first is."""
    return 1 - AHEAD < share < AHEAD


def _neighbour(ranking: Ranking, name: str) -> str | None:
    order = ranking.order
    place = order.index(name)
    return str(order[place - 1 if place else 1]) if len(order) > 1 else None


def split_of(ranking: Ranking) -> tuple[Callable[[int, int], Array], bool]:
    """Return what splits the lead of one row of a ranking over another by criterion; whether parts add up."""
    method = ranking.method
    inputs = (ranking.matrix.values.to_numpy(), ranking.weights.to_numpy(), ranking.matrix.signs)
    by_row = method.row_score(*inputs)
    if by_row is not None:
        gains, own = by_row
        return lambda ahead, behind: shapley_parts(own, gains[ahead], gains[behind]), True
    table = method.contributions(*inputs)
    if table is not None:
        return lambda ahead, behind: np.asarray(table[ahead] - table[behind], dtype=np.float64), True
    return lambda ahead, behind: _one_at_a_time(method, inputs, ahead, behind), False


def is_ahead(ranking: Ranking, a: str, b: str) -> bool:
    """Tell whether the first of two stands ahead in a ranking; those of one rank by their names."""
    return bool((ranking.ranks[a], a) <= (ranking.ranks[b], b))


def shapley_parts(own: Callable[[Array], Array], ahead: Array, behind: Array) -> Array:
    """Split ``own(ahead) - own(behind)`` over the criteria by Shapley values.

    Parameters
    ----------
    own : callable
        ``(..., n) -> (...)``: the score of rows of gains.
    ahead, behind : array, shape (n,)

    Returns
    -------
    array, shape (n,)

    Examples
    --------
    >>> shapley_parts(lambda rows: rows[..., 0] * rows[..., 1], np.array([2.0, 3.0]), np.zeros(2)).tolist()
    [3.0, 3.0]
    """
    parts = np.zeros(len(ahead))
    differ = np.flatnonzero(ahead != behind)
    if not len(differ):
        return parts
    split = _exact if len(differ) <= EXACT_LIMIT else _drawn
    parts[differ] = split(own, ahead, behind, differ)
    return parts


def _exact(own: Callable[[Array], Array], ahead: Array, behind: Array, differ: NDArray[np.intp]) -> Array:
    chosen, share = _subsets(len(differ))
    rows = np.tile(behind, (len(chosen), 1))
    rows[:, differ] = np.where(chosen, ahead[differ], behind[differ])
    scores = own(rows)
    parts = np.empty(len(differ))
    for place in range(len(differ)):
        # Subsets without and with a criterion differ in one bit of their numbers.
        pairs, shares = scores.reshape(-1, 2, 2**place), share.reshape(-1, 2, 2**place)
        parts[place] = (shares[:, 0] * (pairs[:, 1] - pairs[:, 0])).ravel().sum()
    return parts


@lru_cache(maxsize=EXACT_LIMIT)
def _subsets(count: int) -> tuple[NDArray[np.bool_], Array]:
    """Return all subsets of some criteria, a row each, and what a step from each counts."""
    chosen = (np.arange(2**count)[:, None] >> np.arange(count)) & 1 == 1
    steps = [factorial(s) * factorial(count - s - 1) / factorial(count) for s in range(count)]
    return chosen, np.array([*steps, 0.0])[chosen.sum(axis=1)]


def _drawn(own: Callable[[Array], Array], ahead: Array, behind: Array, differ: NDArray[np.intp]) -> Array:
    # Fixed stream: the split is part of the answer, not a simulation. Each order is taken both ways.
    generator = np.random.default_rng(0)
    orders = [generator.permutation(len(differ)) for _ in range(DRAWN_ORDERS)]
    parts = np.zeros(len(differ))
    for order in (way for one in orders for way in (one, one[::-1])):
        rows = np.tile(behind, (len(differ) + 1, 1))
        for step, place in enumerate(order, start=1):
            rows[step:, differ[place]] = ahead[differ[place]]
        parts[order] += np.diff(own(rows))
    return parts / (2 * DRAWN_ORDERS)


def _one_at_a_time(method: Method, inputs: tuple[Array, Array, Array], ahead: int, behind: int) -> Array:
    values, weights, signs = inputs
    scores = method(values, weights, signs)
    parts = np.zeros(values.shape[1])
    for column in range(values.shape[1]):
        changed = values.copy()
        changed[behind, column] = values[ahead, column]
        after = method(changed, weights, signs)
        parts[column] = (after[behind] - after[ahead]) - (scores[behind] - scores[ahead])
    return parts


def _sentence(
    ranking: Ranking, ahead: str, behind: str, difference: float, table: pd.DataFrame, share: float | None
) -> Text:
    labels = ranking.matrix.labels
    largest = max(float(np.abs(table["part"]).max()), 1e-300)
    strong = table[table["part"] > 0.01 * largest]["criterion"].tolist()[:NAMED]
    weak = table[table["part"] < -0.01 * largest]["criterion"].tolist()[::-1][:NAMED]
    places = {
        "ahead": _named(ahead, labels),
        "behind": _named(behind, labels),
        "gap": float(f"{difference:.3g}"),
    }
    if ranking.ranks[ahead] == ranking.ranks[behind]:
        return text("{ahead} and {behind} share a rank: their scores are equal.", **places)
    if share is not None and is_equal(share):
        return text(
            "{ahead} and {behind} are equal: neither is ahead in {bound} of the draws; {strong} speaks for "
            "the first, {weak} for the second.",
            strong=_listed(strong, labels),
            weak=_listed(weak, labels),
            bound=Percent(AHEAD),
            **{place: words for place, words in places.items() if place != "gap"},
        )
    if not weak:
        return text(
            "{ahead} is ahead of {behind} by {gap}: it is better on {strong}, "
            "and worse on nothing that counts.",
            strong=_listed(strong, labels),
            **places,
        )
    return text(
        "{ahead} is ahead of {behind} by {gap}: it is better on {strong}, which outweighs {weak}.",
        strong=_listed(strong, labels),
        weak=_listed(weak, labels),
        **places,
    )


def _named(name: str, labels: Any) -> object:
    label = labels.get(name)
    return text("{name} ({code})", name=label, code=name) if isinstance(label, Label) and any(label) else name


def _listed(names: Sequence[str], labels: Any) -> object:
    words: object = labels.get(names[0], names[0]) if names else "-"
    for name in names[1:]:
        words = text("{first}; {second}", first=words, second=labels.get(name, name))
    return words
