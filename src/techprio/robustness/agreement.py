"""Do rankings agree? Rank correlations, and the same matrix through many methods.

References
----------
Kendall M.G. (1945) The treatment of ties in ranking problems. Biometrika 33(3), 239-251 (tau-b);
Spearman C. (1904) American Journal of Psychology 15(1), 72-101;
Pinto da Costa J., Soares C. (2005) A weighted rank measure of correlation. ANZJS 47(4), 515-529;
Salabun W., Urbaniak K. (2020) A new coefficient of rankings similarity in decision-making problems. ICCS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.display.quantities import Column, Quantity, Table, Words, with_names
from techprio.display.results import Result, tables_of
from techprio.errors import InputError, Problem, Sayable, did_you_mean
from techprio.language import Label, Language, Text, resolve_language, text
from techprio.model.checks import to_numbers
from techprio.model.matrix import ALTERNATIVE, Directions
from techprio.model.method import Method
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.ranking.methods import MethodLike, resolve_method
from techprio.ranking.promethee import Promethee2
from techprio.ranking.pymcdm_methods import ALLOWED, from_pymcdm
from techprio.ranking.rank_table import rank
from techprio.ranking.topsis import Topsis
from techprio.ranking.validation import Table as TableLike
from techprio.ranking.validation import WeightsLike, validate_table, weight_shares
from techprio.ranking.vikor import Vikor
from techprio.ranking.weighted_product import WeightedProduct
from techprio.ranking.weighted_sum import WeightedSum
from techprio.robustness.rank_lists import borda

Array = NDArray[np.float64]
Coefficient = Literal["tau_b", "spearman", "weighted_spearman", "ws"]


@validated
def rank_correlation(first: pd.Series, second: pd.Series, coefficient: Coefficient = "tau_b") -> float:
    """Return how well two rankings of the same alternatives agree, from -1 (reversed) to 1 (equal).

    Parameters
    ----------
    first, second : Series of ranks, or Ranking
        1 is best; matched by name. ``first`` is the reference where the coefficient has one (WS).
    coefficient : {"tau_b", "spearman", "weighted_spearman", "ws"}

    Returns
    -------
    float
        1 for equal rankings; 0 where a ranking that ties everything makes the coefficient undefined.

    Examples
    --------
    >>> round(rank_correlation(pd.Series([1, 2, 3, 4, 5]), pd.Series([1, 3, 2, 4, 5]), "ws"), 4)
    0.8542
    """
    x, y = _aligned(first, second)
    if coefficient not in COEFFICIENTS:
        raise InputError.argument(
            "coefficient",
            found=coefficient,
            allowed=tuple(COEFFICIENTS),
            proposal=did_you_mean(str(coefficient), list(COEFFICIENTS)),
        )
    if (x == y).all():
        return 1.0
    value = COEFFICIENTS[coefficient](x, y)
    return float(np.clip(value, -1.0, 1.0)) if np.isfinite(value) else 0.0


@validated
def rank_agreement(
    rankings: Mapping[str, Ranking | pd.Series], coefficient: Coefficient = "tau_b"
) -> pd.DataFrame:
    """Return the rank correlation of each pair of rankings, shape (k, k); rows are the reference.

    Parameters
    ----------
    rankings : mapping of str to (Ranking or Series of ranks)
        Of the same alternatives, matched by name.
    coefficient : {"tau_b", "spearman", "weighted_spearman", "ws"}

    Returns
    -------
    DataFrame, shape (k, k)
        -1 is reversed, 1 is equal.

    Raises
    ------
    InputError
        Rankings of different alternatives, or an unknown coefficient.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> ranking = tp.rank(matrix, {"price": 0.6, "range": 0.4}, tp.Topsis("minmax"))
    >>> other = tp.rank(matrix, {"price": 0.6, "range": 0.4}, tp.WeightedSum("minmax"))
    >>> tp.robustness.rank_agreement({"topsis": ranking, "sum": other}, "spearman").round(3).values.tolist()
    [[1.0, 0.5], [0.5, 1.0]]
    """
    names = list(rankings)
    table = [
        [rank_correlation(_ranks(rankings[a]), _ranks(rankings[b]), coefficient) for b in names]
        for a in names
    ]
    return pd.DataFrame(table, index=names, columns=names)


BORDA = Quantity(
    "borda",
    text("Borda points"),
    text("Number of alternatives behind it, summed over the methods; ties count half."),
    "number",
    decimals=1,
)
BEST_RANK = Quantity("best_rank", text("Best rank"), text("Best rank by any of the methods."), "integer")
WORST_RANK = Quantity("worst_rank", text("Worst rank"), text("Worst rank by any of the methods."), "integer")
RANK_BY = Quantity(
    "rank_by_method", text("Rank by a method"), text("Rank by the method of the column."), "integer"
)


@dataclass(frozen=True)
class MethodComparison(Result):
    """One matrix and one set of weights through many methods.

    Parameters
    ----------
    rankings : mapping of str to Ranking
    refused : mapping of str to Text
        Methods that cannot be used on this table, with the reason.
    labels : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> found = tp.compare_methods(cars, [0.6, 0.4], ["topsis", "vikor"], directions=["min", "max"])
    >>> found.agreement.round(2).values.tolist()
    [[1.0, 0.33], [0.33, 1.0]]
    """

    rankings: Mapping[str, Ranking]
    refused: Mapping[str, Text] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    @property
    def ranks(self) -> pd.DataFrame:
        """Ranks, alternatives by method."""
        return pd.DataFrame({name: ranking.ranks for name, ranking in self.rankings.items()})

    @property
    def agreement(self) -> pd.DataFrame:
        """Kendall's tau-b of each pair of methods, shape (k, k); :func:`rank_agreement` has others."""
        return rank_agreement(self.rankings)

    def to_frame(self) -> pd.DataFrame:
        """Return ranks by method, with the best, the worst and the Borda points of each alternative."""
        ranks = self.ranks
        spread = {"best": ranks.min(axis=1), "worst": ranks.max(axis=1), "borda": borda(ranks)}
        return ranks.assign(**spread).rename_axis("alternative").reset_index()

    def plot(
        self, ax: Any = None, *, coefficient: Coefficient = "tau_b", language: Language | None = None
    ) -> Any:
        """Draw the agreement of the methods."""
        from techprio.charts.agreement import draw_agreement

        return draw_agreement(
            rank_agreement(self.rankings, coefficient),
            coefficient=coefficient,
            ax=ax,
            language=resolve_language(language),
        )

    def tables(self) -> dict[str, Table]:
        """Return the table ``methods``, the most Borda points first."""
        frame = self.to_frame().sort_values("borda", ascending=False, kind="stable")
        names = with_names(frame["alternative"], self.labels)
        figures = frame[["borda", "best", "worst", *self.rankings]].to_numpy(object).tolist()
        columns = [
            ALTERNATIVE,
            Column(BORDA, bar=True),
            *(BEST_RANK, WORST_RANK),
            *(RANK_BY.each(name) for name in self.rankings),
        ]
        rows = [(name, *row) for name, row in zip(names, figures, strict=True)]
        return tables_of(Table.of("methods", self._title(), columns, rows))

    def _summary(self) -> str:
        first = self.ranks.eq(1).sum(axis=1).idxmax()
        return f"{len(self.ranks)} alternatives, {len(self.rankings)} methods, most often first: {first}"

    def _title(self) -> Words:
        return text("Ranks by {count} methods", count=len(self.rankings))

    def _remarks(self) -> list[Words]:
        refused = [text("{name}: {reason}", name=name, reason=why) for name, why in self.refused.items()]
        return [*refused, *self.notes]


def default_methods() -> dict[str, Method]:
    """Return the methods and normalizations that a comparison takes unless others are named."""
    own: dict[str, Method] = {
        **{f"topsis ({n})": Topsis(n) for n in ("vector", "minmax", "reference")},
        **{f"weighted_sum ({n})": WeightedSum(n) for n in ("minmax", "max", "reference")},
        **{f"weighted_product ({n})": WeightedProduct(n) for n in ("max", "reference")},
        "vikor": Vikor(),
        "promethee2 (usual)": Promethee2(),
    }
    return {**own, **{name: from_pymcdm(name) for name in ALLOWED}}


@validated
def compare_methods(
    table: TableLike,
    weights: WeightsLike,
    methods: Sequence[str] | Mapping[str, MethodLike] | None = None,
    *,
    directions: Directions | None = None,
    normalize: bool = False,
) -> MethodComparison:
    """Rank one table with many methods.

    Parameters
    ----------
    table : DecisionMatrix or DataFrame, shape (m, n)
    weights : Weights, Series, mapping or sequence, shape (n,)
    methods : sequence of str, or mapping of str to method, optional
        Names of :data:`METHODS`, or methods under names of one's own. Default :func:`default_methods`;
        one that cannot be used here is listed with the reason.
    directions : mapping, sequence or CriteriaTree, optional
        Of a DataFrame, as in :func:`techprio.rank`.
    normalize : bool
        As in :func:`techprio.rank`.

    Returns
    -------
    MethodComparison

    Raises
    ------
    InputError
        A table or weights that cannot be used, an unknown name, or no method that can be used.

    Examples
    --------
    >>> import techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> found = tp.compare_methods(
    ...     cars, [0.6, 0.4], ["topsis", "weighted_sum", "vikor"], directions=["min", "max"]
    ... )
    >>> found.ranks.loc["A"].to_dict()
    {'topsis': 1, 'weighted_sum': 1, 'vikor': 1}
    """
    matrix = validate_table(table, directions)
    weight_shares(weights, matrix.criteria, normalize=normalize)  # what no method can use is no refusal
    rankings: dict[str, Ranking] = {}
    refused: dict[str, InputError] = {}
    for name, method in _named_methods(methods).items():
        try:
            rankings[name] = rank(matrix, weights, method, normalize=normalize)
        except InputError as error:
            refused[name] = error
    if not rankings:
        problems = [
            replace(p, place=_at(name, p.place)) for name, why in refused.items() for p in _problems(why)
        ]
        raise InputError(text("no method can be used"), problems)
    reasons = {name: _reason(why) for name, why in refused.items()}
    provenance = Provenance.of(f"compare_methods({', '.join(rankings)})")
    return MethodComparison(rankings, reasons, matrix.labels, provenance=provenance)


def _named_methods(methods: Sequence[str] | Mapping[str, MethodLike] | None) -> Mapping[str, MethodLike]:
    if methods is None:
        return default_methods()
    if isinstance(methods, Mapping):
        return {str(name): resolve_method(method) for name, method in methods.items()}
    allowed = text("a sequence of names of METHODS, or a mapping of name to method")
    if isinstance(methods, str) or not all(isinstance(name, str) for name in methods):
        raise InputError.argument("methods", found=methods, allowed=allowed)
    return {name: resolve_method(name) for name in methods}


def _problems(error: InputError) -> Sequence[Problem]:
    return error.problems or (Problem("", "", "", "", error.message, text("what the method can take")),)


def _reason(error: InputError) -> Text:
    parts = tuple(
        text("{place}: found {found}; allowed: {allowed}", place=p.place, found=p.found, allowed=p.allowed)
        for p in error.problems
    )
    if not parts:
        return text("{message}", message=error.message)
    return text("{message}: {parts}", message=error.message, parts=parts)


def _at(name: str, place: Sayable) -> Text | str:
    return text("{name}, {place}", name=name, place=place) if place else name


def _ranks(ranking: Ranking | pd.Series) -> pd.Series:
    return ranking.ranks if isinstance(ranking, Ranking) else ranking


def _aligned(first: pd.Series, second: pd.Series) -> tuple[Array, Array]:
    one, other = to_numbers(pd.Series(_ranks(first))), to_numbers(pd.Series(_ranks(second)))
    if set(one.index) != set(other.index) or one.index.has_duplicates or other.index.has_duplicates:
        raise InputError(text("two rankings of the same alternatives are needed, each named once"))
    x, y = one.to_numpy(), other.reindex(one.index).to_numpy()
    if not len(x) or not np.isfinite(x).all() or not np.isfinite(y).all():
        raise InputError(text("ranks must be finite numbers, one at least"))
    return x, y


def _tau_b(x: Array, y: Array) -> float:
    pairs = np.triu_indices(len(x), 1)
    dx, dy = np.sign(x[:, None] - x)[pairs], np.sign(y[:, None] - y)[pairs]
    untied = np.sqrt(float((dx != 0).sum()) * float((dy != 0).sum()))
    return float((dx * dy).sum() / untied) if untied else float("nan")


def _spearman(x: Array, y: Array) -> float:
    middle_x, middle_y = pd.Series(x).rank().to_numpy(), pd.Series(y).rank().to_numpy()
    dx, dy = middle_x - middle_x.mean(), middle_y - middle_y.mean()
    length = np.sqrt((dx**2).sum() * (dy**2).sum())
    return float((dx * dy).sum() / length) if length else float("nan")


def _weighted_spearman(x: Array, y: Array) -> float:
    n = len(x)
    weighted = ((x - y) ** 2 * ((n - x + 1) + (n - y + 1))).sum()
    return float(1 - 6 * weighted / (n**4 + n**3 - n**2 - n)) if n > 1 else float("nan")


def _ws(x: Array, y: Array) -> float:
    n = len(x)
    furthest = np.maximum(np.abs(1 - x), np.abs(n - x))
    return float(1 - (2.0 ** (-x) * np.abs(x - y) / furthest).sum()) if n > 1 else float("nan")


COEFFICIENTS: dict[str, Callable[[Array, Array], float]] = {
    "tau_b": _tau_b,
    "spearman": _spearman,
    "weighted_spearman": _weighted_spearman,
    "ws": _ws,
}
