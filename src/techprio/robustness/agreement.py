"""Do rankings agree? Rank correlations, and the same matrix through many methods.

References
----------
Kendall M.G. (1945) The treatment of ties in ranking problems. Biometrika 33(3), 239-251 (tau-b);
Spearman C. (1904) American Journal of Psychology 15(1), 72-101;
Pinto da Costa J., Soares C. (2005) A weighted rank measure of correlation. ANZJS 47(4), 515-529;
Salabun W., Urbaniak K. (2020) A new coefficient of rankings similarity in decision-making problems. ICCS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.display.quantities import Column, Quantity, Table, Words, with_names
from techprio.display.results import Result, tables_of
from techprio.errors import InputError, did_you_mean
from techprio.language import Label, Language, resolve_language, text
from techprio.model.matrix import ALTERNATIVE, DecisionMatrix
from techprio.model.method import Method
from techprio.model.ranking import Ranking
from techprio.ranking.promethee import Promethee2
from techprio.ranking.pymcdm_methods import ALLOWED, from_pymcdm
from techprio.ranking.rank_table import rank
from techprio.ranking.topsis import Topsis
from techprio.ranking.validation import WeightsLike
from techprio.ranking.vikor import Vikor
from techprio.ranking.weighted_product import WeightedProduct
from techprio.ranking.weighted_sum import WeightedSum

Array = NDArray[np.float64]


def rank_correlation(first: pd.Series, second: pd.Series, coefficient: str = "tau_b") -> float:
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
        hint = did_you_mean(str(coefficient), list(COEFFICIENTS))
        raise InputError(f"unknown coefficient {coefficient!r}; known: {', '.join(COEFFICIENTS)}; {hint}")
    if (x == y).all():
        return 1.0
    value = COEFFICIENTS[coefficient](x, y)
    return float(np.clip(value, -1.0, 1.0)) if np.isfinite(value) else 0.0


def rank_agreement(rankings: Mapping[str, Ranking | pd.Series], coefficient: str = "tau_b") -> pd.DataFrame:
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


def borda(ranks: pd.DataFrame) -> pd.Series:
    """Return Borda points: for each ranking (column) the number of alternatives behind, ties half.

    Examples
    --------
    >>> borda(pd.DataFrame({"one": [1, 2, 3], "two": [2, 1, 3]}, index=["a", "b", "c"])).tolist()
    [3.0, 3.0, 0.0]
    """
    return sum((_ahead(ranks[name]) for name in ranks), pd.Series(0.0, index=ranks.index)).rename("borda")


def copeland(ranks: pd.DataFrame) -> pd.Series:
    """Return Copeland scores: pairwise majorities won less those lost, over the rankings (columns)."""
    table = ranks.to_numpy()
    ahead = (table[:, None, :] < table[None, :, :]).sum(axis=-1)
    won = np.sign(ahead - ahead.T)
    return pd.Series(won.sum(axis=1), index=ranks.index, name="copeland")


def _ahead(ranks: pd.Series) -> pd.Series:
    values = ranks.to_numpy()
    points = (values[:, None] < values).sum(axis=1) + 0.5 * ((values[:, None] == values).sum(axis=1) - 1)
    return pd.Series(points, index=ranks.index)


BORDA = Quantity(
    "borda",
    text("Borda points"),
    text("Number of alternatives behind it, summed over the methods; ties count half."),
    "number",
    decimals=1,
)
BEST_RANK = Quantity("best", text("Best rank"), text("Best rank by any of the methods."), "integer")
WORST_RANK = Quantity("worst", text("Worst rank"), text("Worst rank by any of the methods."), "integer")
RANK_BY = Quantity(
    "rank_by_method", text("Rank by a method"), text("Rank by the method of the column."), "integer"
)


@dataclass(frozen=True)
class MethodComparison(Result):
    """One matrix and one set of weights through many methods.

    Parameters
    ----------
    rankings : mapping of str to Ranking
    refused : mapping of str to str
        Methods that cannot be used on this matrix, with the reason.
    labels : mapping of str to Label
    """

    rankings: Mapping[str, Ranking]
    refused: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)

    @property
    def ranks(self) -> pd.DataFrame:
        """Ranks, alternatives by method."""
        return pd.DataFrame({name: ranking.ranks for name, ranking in self.rankings.items()})

    def agreement(self, coefficient: str = "tau_b") -> pd.DataFrame:
        """Return the rank correlation of each pair of methods."""
        return rank_agreement(self.rankings, coefficient)

    def to_frame(self) -> pd.DataFrame:
        """Return ranks by method, with the best, the worst and the Borda points of each alternative."""
        ranks = self.ranks
        spread = {"best": ranks.min(axis=1), "worst": ranks.max(axis=1), "borda": borda(ranks)}
        return ranks.assign(**spread).rename_axis("alternative").reset_index()

    def plot(self, ax: Any = None, *, coefficient: str = "tau_b", language: Language | None = None) -> Any:
        """Draw the agreement of the methods."""
        from techprio.charts.agreement import draw_agreement

        return draw_agreement(
            self.agreement(coefficient), coefficient=coefficient, ax=ax, language=resolve_language(language)
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
        return [f"{name}: {why}" for name, why in self.refused.items()]


def default_methods() -> dict[str, Method]:
    """Return the methods and normalizations that a comparison takes without being told."""
    own: dict[str, Method] = {
        **{f"topsis ({n})": Topsis(n) for n in ("vector", "minmax", "reference")},
        **{f"weighted_sum ({n})": WeightedSum(n) for n in ("minmax", "max", "reference")},
        **{f"weighted_product ({n})": WeightedProduct(n) for n in ("max", "reference")},
        "vikor": Vikor(),
        "promethee2 (usual)": Promethee2(),
    }
    return {**own, **{name: from_pymcdm(name) for name in ALLOWED}}


def compare_methods(
    matrix: DecisionMatrix, weights: WeightsLike, methods: Mapping[str, Method] | None = None, **options: Any
) -> MethodComparison:
    """Rank one matrix with many methods.

    Parameters
    ----------
    matrix : DecisionMatrix
    weights : Weights, Series, mapping or array
    methods : mapping of str to method, optional
        Default :func:`default_methods`; one that cannot be used here is listed with the reason.
    **options
        Passed on to :func:`techprio.rank`.

    Returns
    -------
    MethodComparison

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> found = tp.compare_methods(
    ...     matrix,
    ...     {"price": 0.6, "range": 0.4},
    ...     {"topsis": tp.Topsis(), "sum": tp.WeightedSum("minmax"), "vikor": tp.ranking.Vikor()},
    ... )
    >>> found.ranks.loc["A"].to_dict()
    {'topsis': 1, 'sum': 1, 'vikor': 1}
    """
    rankings: dict[str, Ranking] = {}
    refused: dict[str, str] = {}
    chosen = default_methods() if methods is None else methods
    for name, method in chosen.items():
        try:
            rankings[name] = rank(matrix, weights, method, **options)
        except InputError as error:
            refused[name] = str(error)
    if not rankings:
        raise InputError(
            "no method can be used:\n" + "\n".join(f"  {n}: {why}" for n, why in refused.items())
        )
    return MethodComparison(rankings, refused, getattr(matrix, "labels", {}))


def _ranks(ranking: Ranking | pd.Series) -> pd.Series:
    return ranking.ranks if isinstance(ranking, Ranking) else ranking


def _aligned(first: pd.Series, second: pd.Series) -> tuple[Array, Array]:
    one, other = pd.Series(_ranks(first), dtype=float), pd.Series(_ranks(second), dtype=float)
    if set(one.index) != set(other.index) or one.index.has_duplicates or other.index.has_duplicates:
        raise InputError("two rankings of the same alternatives are needed, each named once")
    x, y = one.to_numpy(), other.reindex(one.index).to_numpy()
    if not len(x) or not np.isfinite(x).all() or not np.isfinite(y).all():
        raise InputError("ranks must be finite numbers, one at least")
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
