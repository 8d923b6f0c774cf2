"""Which uncertain figure of some lists, known exactly, would change the first k, and what that is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Label, Text, text
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.matrix import DecisionMatrix
from techprio.model.provenance import Provenance
from techprio.model.scale import CRITERION
from techprio.ranking.methods import MethodLike
from techprio.ranking.validation import WeightsLike, weight_shares
from techprio.robustness.experiment import Experiment, prepare
from techprio.robustness.information import information_of, own_information, polynomial_basis
from techprio.robustness.score_sampling import Quantile
from techprio.robustness.weight_sampling import Distribution

Array = NDArray[np.float64]
P_CHANGE = Quantity(
    "p_change",
    text("Probability of a change"),
    text("How likely it is that the list would be another one if the figure were known exactly."),
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
_COLUMNS = [
    "kind", "sector", "technology", "criterion", "against", "low", "value", "high", "p_change", "gain",
    "decided_gain", "alone",
]  # fmt: skip


@dataclass(frozen=True)
class ValueOfInformation(Result):
    """What each uncertain figure would be worth if it were known exactly, the most telling first.

    Parameters
    ----------
    table : DataFrame
        ``kind`` (score, weight, comparison), ``sector, technology, criterion, against`` (the other
        criterion of a comparison), ``low, value, high``, ``p_change`` (probability that a list would be
        another one), ``gain`` (expected value of partial perfect information, in summed scores of the
        first k), ``decided_gain`` (how many fewer would be contested, on average), ``alone`` (whether it
        changes a list by itself inside its spread, all else as stated).
    top, draws, seed : int
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
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def first(self, count: int = 10, *, kinds: Sequence[str] = ("score",)) -> pd.DataFrame:
        """Return the figures to check first, of the greatest gain; none that changes no list.

        ``kinds`` are the scores, which can be looked up; ``("comparison",)`` and ``("weight",)`` are what
        the panel would have to settle.
        """
        chosen = self.table["kind"].isin(list(kinds)) & (self.table["p_change"] > 0)
        return self.table[chosen].head(count)

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table.copy()

    def tables(self) -> dict[str, Table]:
        """Return ``check_first``, ten scores, and ``settle_first``, five comparisons of the panel."""
        comparisons = self.first(5, kinds=("comparison",))
        asked = text("Comparisons that the panel should settle first")
        return tables_of(
            self._table("check_first", self._title(), self.first(), self._facts()),
            self._table("settle_first", asked, comparisons),
        )

    def _table(self, name: str, title: Words, frame: pd.DataFrame, notes: tuple[Words, ...] = ()) -> Table:
        shown = frame.assign(
            name=[self.labels.get(name, "") for name in frame["technology"]],
            criterion=list(map(_criterion_words, frame["criterion"], frame["against"])),
            alone=["✓" if alone else "" for alone in frame["alone"]],
        )
        scores = bool(any(frame["technology"]))
        columns = [
            *([SECTOR, TECHNOLOGY, TECHNOLOGY_NAME] if scores else []), CRITERION,
            Column(P_CHANGE, bar=True), Column(GAIN, bar=True), DECIDED_GAIN, *([ALONE] if scores else []),
        ]  # fmt: skip
        return Table.from_frame(name, title, columns, shown, notes=notes)

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
        )  # fmt: skip


def _criterion_words(criterion: str, against: str) -> Text | str:
    return text("{first} against {second}", first=criterion, second=against) if against else criterion


@validated
def value_of_information(
    lists: Mapping[str, DecisionMatrix] | DecisionMatrix,
    weights: WeightsLike | None = None,
    method: MethodLike = None,
    *,
    top: int = 4,
    draws: int = 10_000,
    seed: int = 0,
    weight_distribution: Distribution | None = None,
    score_distribution: str | Quantile = "triangular",
    firm: float = 0.8,
    firmly_not: float = 0.2,
) -> ValueOfInformation:
    """Find which figures, known exactly, would change the first k of a list, and what that is worth.

    Parameters
    ----------
    lists : mapping of str to DecisionMatrix, or DecisionMatrix
        One matrix a list, by its name.
    weights, method, draws, seed, weight_distribution, score_distribution
        As in :func:`techprio.simulate`; the draws are the same.
    top : int
        The k of each list.
    firm, firmly_not : float
        Bounds of what is not contested, for ``decided_gain``.

    Returns
    -------
    ValueOfInformation

    Raises
    ------
    InputError
        Whatever a simulation cannot use; bounds that cross.

    Notes
    -----
    Weights are seen as one figure a criterion, and as one a pair of criteria under the same head (their
    ratio), each over all lists. Figures that the draws cannot tell from chance have no gain.

    Examples
    --------
    >>> import techprio as tp
    >>> cars = pd.DataFrame({"price": [20.0, 25.0, 21.0]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, ["min"], low=cars - 2, high=cars + 2)
    >>> found = value_of_information(matrix, [1.0], top=1, weight_distribution="fixed", draws=1000)
    >>> sorted(found.first()["technology"])
    ['A', 'C']
    """
    if not 0 <= firmly_not < firm <= 1:
        found = text("firm {firm}, firmly_not {not_}", firm=float(firm), not_=float(firmly_not))
        raise InputError.argument("firm, firmly_not", found=found, allowed="0 <= firmly_not < firm <= 1")
    given = {lists.name: lists} if isinstance(lists, DecisionMatrix) else lists
    bounds = (firm, firmly_not)
    rows: list[tuple[object, ...]] = []
    drawn_lists: list[tuple[Array, int]] = []
    weight_draws, criteria = np.empty((0, 0)), tuple[str, ...]()
    for code, matrix in given.items():
        experiment = prepare(
            matrix, weights, method, draws=draws, seed=seed, weight_distribution=weight_distribution,
            score_distribution=score_distribution,
        )  # fmt: skip
        values, drawn, scores = _drawn(experiment)
        k = min(top, scores.shape[1])
        stated = drawn.mean(axis=0)
        if weights is not None:
            stated = weight_shares(weights, experiment.matrix.criteria)[0].to_numpy()
        rows += _score_rows(code, experiment, stated, values, scores, k, bounds)
        drawn_lists.append((scores, k))
        weight_draws, criteria = drawn, experiment.matrix.criteria
    hierarchy = getattr(weights, "hierarchy", None) or {}
    for kind, criterion, against, figure in _weight_figures(weight_draws, criteria, hierarchy):
        basis, ends = polynomial_basis(figure), np.quantile(figure, [0.05, 0.5, 0.95])
        parts = [information_of(basis, figure, scores, k, bounds) for scores, k in drawn_lists]
        # One weight moves all lists in the same draw.
        changed = float(np.any([part.changed for part in parts], axis=0).mean())
        gain, decided = (sum(getattr(part, name) for part in parts) for name in ("gain", "decided_gain"))
        rows.append((kind, "", "", criterion, against, *ends, changed, gain, decided, False))
    table = pd.DataFrame(rows, columns=_COLUMNS)
    order = table.sort_values(["gain", "p_change"], ascending=False, kind="stable", ignore_index=True)
    labels = {name: label for matrix in given.values() for name, label in matrix.labels.items()}
    provenance = Provenance.of("value_of_information", seed=seed)
    return ValueOfInformation(order, top, draws, seed, labels, provenance=provenance)


def _drawn(experiment: Experiment) -> tuple[Array | None, Array, Array]:
    """Return values (draws, m, n) where they vary, weights (draws, n) and scores (draws, m)."""
    blocks = range(experiment.blocks)
    weights = [experiment.draw_weights(block) for block in blocks]
    values = None if experiment.scores is None else list(experiment.draw_values(blocks))
    if values is None:
        scores = [score for _, score in experiment.scored(blocks)]
        return None, np.concatenate(weights), np.concatenate(scores)
    scores = [experiment.score(one, w) for one, w in zip(values, weights, strict=True)]
    return np.concatenate(values), np.concatenate(weights), np.concatenate(scores)


def _score_rows(
    code: str, experiment: Experiment, stated: Array, values: Array | None, scores: Array, top: int,
    bounds: tuple[float, float],
) -> list[tuple[object, ...]]:  # fmt: skip
    if values is None or experiment.scores is None:
        return []
    source, matrix = experiment.scores, experiment.matrix
    own_only = not experiment.method.reversal_possible
    alone = _changes_alone(experiment, stated, top)
    means, rows = scores.mean(axis=0), []
    for i, j in zip(*np.nonzero(source.low < source.high), strict=True):
        figure = values[:, i, j]
        basis = polynomial_basis(figure)
        found = (
            own_information(basis, figure, scores, means, int(i), top, bounds)
            if own_only
            else information_of(basis, figure, scores, top, bounds)
        )
        spread = (float(part[i, j]) for part in (source.low, source.value, source.high))
        rows.append(
            ("score", code, matrix.alternatives[i], matrix.criteria[j], "", *spread, found.p_change,
             found.gain, found.decided_gain, bool(alone[i, j]))
        )  # fmt: skip
    return rows


def _changes_alone(experiment: Experiment, stated: Array, top: int) -> NDArray[np.bool_]:
    """Return which scores change the first k by themselves at an end of their spread, all else as stated."""
    source = experiment.scores
    assert source is not None
    values, shape = experiment.values, experiment.values.shape
    first = _first_of(experiment.method(values[None], stated[None], experiment.signs), top)[0]
    changes = np.zeros(shape, dtype=bool)
    for i, j in zip(*np.nonzero(source.low < source.high), strict=True):
        ends = np.repeat(values[None], 2, axis=0)
        ends[:, i, j] = source.low[i, j], source.high[i, j]
        scores = experiment.method(ends, np.repeat(stated[None], 2, axis=0), experiment.signs)
        changes[i, j] = bool((_first_of(np.asarray(scores), top) != first).any())
    return changes


def _first_of(scores: Array, top: int) -> NDArray[np.intp]:
    return np.sort(np.argsort(-scores, axis=1, kind="stable")[:, :top], axis=1)


def _weight_figures(
    drawn: Array, criteria: Sequence[str], hierarchy: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str, str, Array]]:
    """Give the weight of each criterion and head, and the ratio of each two under one head."""
    places = {name: place for place, name in enumerate(criteria)}

    def below(name: str) -> list[int]:
        if name in places:
            return [places[name]]
        return [place for child in hierarchy.get(name, ()) for place in below(child)]

    heads = [name for children in hierarchy.values() for name in children if name not in places]
    totals = {name: drawn[:, below(name)].sum(axis=1) for name in (*places, *heads)}
    for name, total in totals.items():
        if np.ptp(total) > 0:
            yield "weight", name, "", total
    for children in hierarchy.values():
        for one, other in combinations([name for name in children if name in totals], 2):
            first, second = totals[one], totals[other]
            if (first > 0).all() and (second > 0).all() and np.ptp(first / second) > 1e-12:
                yield "comparison", one, other, np.log(first / second)
