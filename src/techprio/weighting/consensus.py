"""How far a panel agrees: by node and over all, who differs on what, clusters of opinion.

Shannon consensus (Goepel 2013, *ISAHP*; word scale by the same author, 2022): with the experts' priorities
p_k and their mean, H_α is the mean entropy of the experts, H_γ the entropy of the mean, and
exp(H_α - H_γ) the homogeneity. It is stretched so that 1 is full agreement and 0 is what the panel would
show if each expert put the whole scale behind another criterion. Below 0.5 very low, 0.625 low, 0.75
moderate, 0.875 high, above very high.

The word for a node is the lower of two: that of the Shannon consensus, which measures how alike the weights
are, and that of Kendall's W, which measures how alike the orders are: below 0.3 at most low, below 0.5 at
most moderate, below 0.7 at most high (weak, moderate and strong agreement in R. C. Schmidt 1997, Managing
Delphi surveys using nonparametric statistical techniques, Decision Sciences 28(3), 763-774). Weights that
are all nearly equal are alike without any agreement on what matters more.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from techprio.arguments import validated
from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.checks import is_number
from techprio.model.dissent import EXPERTS
from techprio.model.judgments import EXPERT
from techprio.model.provenance import Provenance
from techprio.model.scale import CRITERION, NODE
from techprio.model.weights import Weights
from techprio.weighting.concordance import kendall_w

Array = NDArray[np.float64]
BANDS = ((0.5, "very low"), (0.625, "low"), (0.75, "moderate"), (0.875, "high"))
BAND_WORDS: dict[str, Text] = {
    "very low": text("very low"),
    "low": text("low"),
    "moderate": text("moderate"),
    "high": text("high"),
    "very high": text("very high"),
}
#: Below which W an agreement is called no better than a word.
CONCORDANCE_BANDS = ((0.3, "low"), (0.5, "moderate"), (0.7, "high"))
_BLOCK = 50  # experts compared with all others at once
BAND = Quantity(
    "band",
    text("Degree"),
    text("What consensus and Kendall's W together mean: the lower of their two words."),
)
CONSENSUS = Quantity(
    "consensus", text("Consensus"), text("Agreement of the weights, 0 (none) to 100% (all alike)."), "share"
)
KENDALL_W = Quantity(
    "kendall_w",
    text("Kendall's W"),
    text("Agreement of the orders, 0 (none) to 1 (all alike)."),
    "number",
    decimals=3,
)
P_VALUE = Quantity(
    "p_value",
    text("p-value"),
    text("Chance of such an agreement if all ordered at random."),
    "number",
    decimals=4,
)
GROUP_DISTANCE = Quantity(
    "group_distance",
    text("Distance of groups"),
    text(
        "Share of the weight that would have to move to turn the weights of one group of experts into those "
        "of another; of the two groups farthest apart."
    ),
    "share",
)
SIMILARITY = Quantity(
    "similarity", text("Similarity to the panel"), text("Of the expert's weights, 0 to 100%."), "share"
)
EXPERT_WEIGHT = Quantity(
    "expert_weight", text("Weight of the expert"), text("Weight of the criterion by the expert."), "weight"
)
PANEL_WEIGHT = Quantity(
    "panel_weight", text("Weight of the panel"), text("Weight of the criterion by the panel."), "weight"
)


@dataclass(frozen=True)
class Consensus(Result):
    """How far a panel agrees.

    Parameters
    ----------
    by_node : DataFrame
        One row a node and one for all criteria (node ``overall``): ``node, experts, n, consensus, band,
        kendall_w, p_value, group_distance``; ``band`` is the lower of the words for consensus and
        ``kendall_w``, which is NaN where every expert holds all for equal; ``group_distance`` is NaN with
        fewer than two groups.
    differences : DataFrame
        One row an expert and node, the largest difference first: ``expert, node, similarity, criterion,
        expert_weight, panel_weight``; the criterion is the one with the largest gap.
    clusters : Series
        Number of the opinion cluster of each expert, from 1; in a cluster any two are as similar as asked.
    similarity : DataFrame
        Similarity of every two experts, 0 to 1, over all criteria.
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> pairs = {"e1": {("a", "b"): 3}, "e2": {("a", "b"): 2}, "e3": {("a", "b"): 1 / 5}}
    >>> agreement = tp.weighting.panel_consensus(tp.ahp(tp.weighting.judgments_from_matrices(pairs)))
    >>> agreement.by_node[["node", "experts", "band"]].values.tolist()
    [['goal', 3, 'low'], ['overall', 3, 'low']]
    >>> agreement.clusters.to_dict()
    {'e1': 1, 'e2': 1, 'e3': 2}
    """

    by_node: pd.DataFrame
    differences: pd.DataFrame
    clusters: pd.Series
    similarity: pd.DataFrame = field(default_factory=pd.DataFrame)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the table by node."""
        return self.by_node.copy()

    def tables(self) -> dict[str, Table]:
        """Return ``by_node`` and ``differences``, the largest first."""
        nodes = [NODE, EXPERTS, BAND, Column(CONSENSUS, bar=True), KENDALL_W, P_VALUE, GROUP_DISTANCE]
        differences = [
            EXPERT, NODE, Column(SIMILARITY, bar=True), CRITERION, EXPERT_WEIGHT, PANEL_WEIGHT
        ]  # fmt: skip
        who = text("who differs on what")
        worded = self.by_node.assign(band=[BAND_WORDS[band] for band in self.by_node["band"]])
        return tables_of(
            Table.from_frame("by_node", self._title(), nodes, worded),
            Table.from_frame("differences", who, differences, self.differences, most=10),
        )

    def _summary(self) -> str:
        overall = self.by_node.loc[self.by_node["node"] == "overall", "consensus"]
        consensus = f", consensus {float(overall.iloc[0]):.0%}" if len(overall) else ""
        return f"{len(self.clusters)} experts, {self.clusters.nunique()} clusters of opinion{consensus}"

    def _title(self) -> Words:
        return text("Agreement of {count} experts", count=len(self.clusters))

    def _facts(self) -> tuple[Words, ...]:
        return (text("clusters of opinion: {count}", count=int(self.clusters.nunique())),)


@validated
def panel_consensus(weights: Weights, *, largest: float = 9.0, similar: float = 0.75) -> Consensus:
    """Measure the agreement of the experts behind weights.

    Parameters
    ----------
    weights : Weights
        From :func:`techprio.ahp` on a panel of at least two experts.
    largest : float
        End of the scale of comparisons.
    similar : float
        Similarity that any two experts of one opinion cluster must have.

    Raises
    ------
    InputError
        Weights without individual experts.

    Examples
    --------
    >>> import techprio as tp
    >>> said = {"e1": {("a", "b"): 3}, "e2": {("a", "b"): 3}, "e3": {("a", "b"): 1 / 5}}
    >>> found = panel_consensus(tp.ahp(tp.weighting.judgments_from_matrices(said)))
    >>> found.clusters.to_dict()
    {'e1': 1, 'e2': 1, 'e3': 2}
    """
    if len(weights.local_by_expert) < 2:
        raise InputError(
            text("consensus needs weights of at least two experts; use ahp() on the judgments of a panel")
        )
    if not 0 < similar <= 1:
        raise InputError.argument("similar", found=similar, allowed=text("above 0, at most 1"))
    rows = [
        _agreement(node, local.dropna(), largest)
        for node, local in _by_node(weights)
        if len(local.dropna()) > 1
    ]
    complete = weights.by_expert
    similarity = _similarities(complete)
    if len(complete) > 1:
        rows.append(_agreement("overall", complete, None))
    columns = ["node", "experts", "n", "consensus", "band", "kendall_w", "p_value"]
    by_node = pd.DataFrame(rows, columns=columns)
    by_node["group_distance"] = [_group_distance(weights, str(node)) for node in by_node["node"]]
    return Consensus(
        by_node=by_node,
        differences=_differences(weights),
        clusters=_clusters(similarity, similar),
        similarity=similarity,
        provenance=weights.provenance,
    )


def _by_node(weights: Weights) -> list[tuple[str, pd.DataFrame]]:
    return [
        (node, weights.local_by_expert[node])
        for node in weights.hierarchy
        if len(weights.hierarchy[node]) > 1
    ]


def _agreement(node: str, local: pd.DataFrame, largest: float | None) -> tuple[object, ...]:
    shared = shannon_consensus(local.to_numpy(float), largest=largest)
    try:
        concordance = kendall_w(local.round(12))
        figures = (concordance.w, concordance.p_value)
    except InputError:
        figures = (float("nan"), float("nan"))
    return (node, len(local), local.shape[1], shared, consensus_band(shared, figures[0]), *figures)


def _group_distance(weights: Weights, node: str) -> float:
    """Return the largest distance of two groups: half the summed differences of their weights."""
    groups = weights.by_group
    if groups is None or len(groups) < 2:
        return float("nan")
    shares = groups.to_numpy(float)
    if node != "overall":
        totals = [groups[_leaves(weights, child)].sum(axis=1) for child in weights.hierarchy[node]]
        shares = np.column_stack(totals)
    shares = shares / shares.sum(axis=1, keepdims=True)
    return float(np.abs(shares[:, None, :] - shares[None, :, :]).sum(axis=2).max() / 2)


def _leaves(weights: Weights, node: str) -> list[str]:
    if node not in weights.hierarchy:
        return [node]
    return [leaf for child in weights.hierarchy[node] for leaf in _leaves(weights, child)]


def _differences(weights: Weights) -> pd.DataFrame:
    columns = ["expert", "node", "similarity", "criterion", "expert_weight", "panel_weight"]
    parts = []
    for node, local in _by_node(weights):
        table = local.dropna()
        own, panel = table.to_numpy(float), weights.local[node].to_numpy(float)
        place = np.abs(own - panel).argmax(axis=1)
        figures = (
            table.index, node, _similarity(own, panel[None])[:, 0], table.columns[place],
            np.take_along_axis(own, place[:, None], axis=1)[:, 0], panel[place],
        )  # fmt: skip
        parts.append(pd.DataFrame(dict(zip(columns, figures, strict=True))))
    rows = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    return rows.sort_values("similarity", kind="stable", ignore_index=True)


def _similarities(by_expert: pd.DataFrame) -> pd.DataFrame:
    p = by_expert.to_numpy(float)
    alike = np.eye(len(p))
    for begin in range(0, len(p), _BLOCK):
        end = begin + _BLOCK
        alike[begin:end, begin:] = _similarity(p[begin:end], p[begin:])
        alike[begin:, begin:end] = alike[begin:end, begin:].T
    np.fill_diagonal(alike, 1.0)
    return pd.DataFrame(alike, index=by_expert.index, columns=list(by_expert.index))


def _similarity(some: Array, others: Array) -> Array:
    """Return the Shannon consensus of each of some with each of the others, shape (s, o)."""
    together = (some[:, None, :] + others[None, :, :]) / 2
    alone = (_entropy(some)[:, None] + _entropy(others)[None, :]) / 2
    # Two experts on a free scale: at worst each puts all behind another criterion, exp(0 - ln 2).
    return np.clip(2.0 * np.exp(alone - _entropy(together)) - 1.0, 0.0, 1.0)


def _clusters(similarity: pd.DataFrame, similar: float) -> pd.Series:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(similarity) < 2:
        return pd.Series(1, index=similarity.index, name="cluster", dtype=int)
    distance = squareform(1.0 - similarity.to_numpy(float), checks=False)
    # Complete linkage: the height of a cluster is the distance of its two most different members.
    found = fcluster(linkage(distance, "complete"), t=1.0 - similar, criterion="distance")
    # Numbers in the order of the experts, so that they do not depend on the linkage.
    order = {old: new for new, old in enumerate(dict.fromkeys(found), start=1)}
    return pd.Series([order[c] for c in found], index=similarity.index, name="cluster")


@validated
def shannon_consensus(priorities: ArrayLike, *, largest: float | None = 9.0) -> float:
    """Return the Shannon consensus of priorities, 0 to 1.

    Parameters
    ----------
    priorities : array_like, shape (k, n)
        One row an expert, each summing to 1.
    largest : float or None
        End of the scale of comparisons; None when priorities are free, as overall weights are.

    Raises
    ------
    InputError
        Fewer than two experts or criteria, or rows that are no shares.

    Examples
    --------
    >>> shannon_consensus([[0.9, 0.1], [0.9, 0.1]])
    1.0
    >>> round(shannon_consensus([[0.9, 0.1], [0.1, 0.9]]), 9)
    0.0
    """
    p = np.asarray(priorities, dtype=np.float64)
    if p.ndim != 2 or p.shape[0] < 2 or p.shape[1] < 2:
        raise InputError.argument(
            "priorities",
            found=text("the shape {shape}", shape=str(p.shape)),
            allowed=text("two experts and two criteria or more"),
        )
    if not ((p >= 0).all() and np.allclose(p.sum(axis=1), 1.0, atol=1e-6)):
        raise InputError(text("priorities: each row must be shares of 0 or more that sum to 1"))
    if largest is not None and not (is_number(largest) and largest > 1):
        raise InputError.argument("largest", found=largest, allowed=text("a number above 1, or None"))
    k, n = p.shape
    homogeneity = np.exp(_entropy(p).mean() - _entropy(p.mean(axis=0)))
    lowest_alpha, highest_gamma = _ends(k, n, largest)
    floor = np.exp(lowest_alpha - highest_gamma)
    return float(np.clip((homogeneity - floor) / (1.0 - floor), 0.0, 1.0))


def consensus_band(value: float, concordance: float = float("nan")) -> str:
    """Return the word for a Shannon consensus, no better than Kendall's W allows where it is known.

    Examples
    --------
    >>> consensus_band(0.64), consensus_band(0.82, concordance=0.042)
    ('moderate', 'low')
    """
    word = next((word for bound, word in BANDS if value < bound), "very high")
    most = next((word for bound, word in CONCORDANCE_BANDS if concordance < bound), "very high")
    order = [*(word for _, word in BANDS), "very high"]
    return min(word, most, key=order.index)


def _entropy(p: Array) -> Array:
    from scipy.special import entr

    return np.asarray(entr(p).sum(axis=-1))


def _ends(experts: int, n: int, largest: float | None) -> tuple[float, float]:
    """Return the least mean entropy and the largest entropy of the mean that the scale allows."""
    k = min(experts, n)
    if largest is None:
        return 0.0, float(np.log(k))
    top, rest = largest / (n + largest - 1), 1 / (n + largest - 1)
    favorite = (largest + k - 1) / (k * (n + largest - 1))
    lowest_alpha = -top * np.log(top) - (n - 1) * rest * np.log(rest)
    highest_gamma = -k * favorite * np.log(favorite) - (n - k) * rest * np.log(rest)
    return float(lowest_alpha), float(highest_gamma)
