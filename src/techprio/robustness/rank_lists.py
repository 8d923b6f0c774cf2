r"""Several rankings of the same things made into one: Borda, Copeland, Kemeny.

Borda: the mean rank over the lists, ties sharing their places (Borda 1784). Copeland: pairwise majorities
won less those lost (Copeland 1951). Kemeny: the order with the fewest pairs against the lists (Kemeny 1959,
*Daedalus* 88, 577-591); what a majority puts before all others comes first, so it is searched exactly inside
each strongly connected component of the majorities (Truchon 1998), by dynamic programming over subsets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.checks import Checks, as_written, to_numbers
from techprio.model.matrix import ALTERNATIVE
from techprio.model.provenance import Provenance
from techprio.weighting.concordance import kendall_w

#: Alternatives by list, 1 is the best; or the names of each list from the best down.
RankLists: TypeAlias = pd.DataFrame | Mapping[str, Sequence[str] | pd.Series]
#: Largest component of contradicting majorities that is searched for the order of Kemeny.
MOST_KEMENY = 13

MEAN_RANK = Quantity(
    "mean_rank", text("Mean rank"), text("Mean of the ranks over the lists."), "number", decimals=2
)
BORDA_RANK = Quantity("borda_rank", text("Rank by Borda"), text("By the mean rank."), "integer")
COPELAND = Quantity(
    "copeland_score",
    text("Majorities"),
    text("Pairwise majorities won less those lost."),
    "number",
    decimals=0,
)
COPELAND_RANK = Quantity("copeland_rank", text("Rank by Copeland"), text("By the majorities."), "integer")
KEMENY_RANK = Quantity(
    "kemeny_rank",
    text("Rank by Kemeny"),
    text("In the order with the fewest pairs against the lists; empty where it is not searched."),
    "integer",
)


@dataclass(frozen=True)
class RankAggregation(Result):
    """Several rankings made into one, by three rules.

    Parameters
    ----------
    table : DataFrame
        Index alternative; ``mean_rank, borda_rank, copeland_score, copeland_rank, kemeny_rank``; equal ones
        share the better rank. ``kemeny_rank`` is NaN where a component of contradicting majorities is too
        large to be searched.
    ranks : DataFrame
        The lists, alternatives by list; ties share the mean of their places.
    majority : DataFrame
        Share of the votes that put the row before the column, ties half.
    kendall_w : float
        How far the lists agree, 0 to 1; NaN where every list holds all for equal.
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> found = rank_aggregation({"r1": ["A", "B", "C"], "r2": ["A", "C", "B"], "r3": ["B", "A", "C"]})
    >>> found.table[["borda_rank", "copeland_rank", "kemeny_rank"]].astype(int).values.tolist()
    [[1, 1, 1], [2, 2, 2], [3, 3, 3]]
    """

    table: pd.DataFrame
    ranks: pd.DataFrame
    majority: pd.DataFrame
    kendall_w: float
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = field(default=None)

    def to_frame(self) -> pd.DataFrame:
        """Return the table, the best mean rank first."""
        return self.table.sort_values("mean_rank", kind="stable").reset_index()

    def tables(self) -> dict[str, Table]:
        """Return ``ranks``: the alternatives with their ranks by each rule."""
        columns = [ALTERNATIVE, Column(MEAN_RANK), BORDA_RANK, COPELAND, COPELAND_RANK, KEMENY_RANK]
        return tables_of(Table.from_frame("ranks", self._title(), columns, self.to_frame()))

    def _summary(self) -> str:
        first = self.table["borda_rank"].idxmin()
        return f"{len(self.table)} alternatives, {self.ranks.shape[1]} lists, first by mean rank: {first}"

    def _title(self) -> Words:
        return text("One order of {count} lists", count=self.ranks.shape[1])


@validated
def rank_aggregation(rankings: RankLists, *, votes: Mapping[str, float] | None = None) -> RankAggregation:
    """Make one order of several rankings of the same alternatives or criteria.

    Parameters
    ----------
    rankings : DataFrame, or mapping of str to sequence of str
        A column a list with the rank of each row (1 is the best, equal ranks are ties; a column
        ``alternative`` becomes the index), or the names of each list from the best down.
    votes : mapping of str to float, optional
        Weight of each list; equal without it.

    Returns
    -------
    RankAggregation

    Raises
    ------
    InputError
        A rank that is missing or no number, lists of different names, votes of other lists.

    Examples
    --------
    >>> lists = pd.DataFrame({"r1": [1, 2, 3], "r2": [2, 1, 3]}, index=["A", "B", "C"])
    >>> rank_aggregation(lists, votes={"r1": 2, "r2": 1}).table["copeland_rank"].to_dict()
    {'A': 1, 'B': 2, 'C': 3}
    """
    ranks = _as_ranks(rankings)
    shares = _shares(votes, list(ranks.columns))
    values = ranks.to_numpy(dtype=float)
    before = (values[:, None, :] < values[None, :, :]) @ shares
    majority = before + (1 - before - before.T) / 2
    mean = pd.Series(values @ shares, index=ranks.index).round(12)
    score = pd.Series(_copeland(before), index=ranks.index)
    order, notes = _kemeny(before, list(ranks.index))
    table = pd.DataFrame(
        {
            "mean_rank": mean,
            "borda_rank": mean.rank(method="min").astype(int),
            "copeland_score": score,
            "copeland_rank": score.rank(method="min", ascending=False).astype(int),
            "kemeny_rank": pd.Series(order, index=ranks.index),
        }
    )
    return RankAggregation(
        table=table.rename_axis("alternative"),
        ranks=ranks,
        majority=pd.DataFrame(majority, index=ranks.index, columns=list(ranks.index)),
        kendall_w=_concordance(values),
        notes=tuple(notes),
        provenance=Provenance.of("rank_aggregation"),
    )


def borda(ranks: pd.DataFrame) -> pd.Series:
    """Return Borda points: for each ranking (column) the number of alternatives behind, ties half.

    Examples
    --------
    >>> borda(pd.DataFrame({"one": [1, 2, 3], "two": [2, 1, 3]}, index=["a", "b", "c"])).tolist()
    [3.0, 3.0, 0.0]
    """
    return (len(ranks) - ranks.rank(method="average")).sum(axis=1).rename("borda")


def copeland(ranks: pd.DataFrame) -> pd.Series:
    """Return Copeland scores: pairwise majorities won less those lost, over the rankings (columns)."""
    values = ranks.to_numpy(dtype=float)
    before = (values[:, None, :] < values[None, :, :]).sum(axis=-1).astype(float)
    return pd.Series(_copeland(before), index=ranks.index, name="copeland")


def _copeland(before: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.sign((before - before.T).round(12)).sum(axis=1).astype(int)


def _as_ranks(rankings: RankLists) -> pd.DataFrame:
    checks = Checks(text("the rankings cannot be used"))
    if isinstance(rankings, pd.DataFrame):
        table = rankings.set_index("alternative") if "alternative" in rankings else rankings
    elif isinstance(rankings, Mapping) and rankings:
        table = pd.DataFrame({str(name): _ranks_of(names) for name, names in rankings.items()})
    else:
        allowed = text("a table of ranks, or the names of each list from the best down")
        raise InputError.argument("rankings", found=rankings, allowed=allowed)
    if table.shape[0] < 2 or table.shape[1] < 1:
        found = text("{names} names and {lists} lists", names=table.shape[0], lists=table.shape[1])
        raise InputError.argument("rankings", found=found, allowed=text("two names and one list or more"))
    for name in dict.fromkeys(table.index[table.index.duplicated()]):
        checks.add(repr(name), text("stands twice"), text("each name once"))
    numbers = table.apply(to_numbers)
    for row, column in np.argwhere(~np.isfinite(numbers.to_numpy(dtype=float))):
        place = text("{name}, list {list}", name=str(table.index[row]), list=str(table.columns[column]))
        value = table.iat[row, column]
        said = text("nothing") if pd.isna(value) else as_written(value)
        checks.add(place, said, text("a rank for each name in every list"))
    checks.check()
    numbers.columns = [str(name) for name in numbers.columns]
    return numbers.rank(method="average")


def _ranks_of(names: Sequence[str] | pd.Series) -> pd.Series:
    if isinstance(names, pd.Series):
        return names
    if isinstance(names, str) or len(set(names)) < len(names):
        allowed = text("different names, the best first")
        raise InputError.argument("rankings", found=names, allowed=allowed)
    return pd.Series(range(1, len(names) + 1), index=list(names), dtype=float)


def _shares(votes: Mapping[str, float] | None, lists: Sequence[str]) -> NDArray[np.float64]:
    given = np.array([1.0 if votes is None else float(votes.get(name, np.nan)) for name in lists])
    if votes is not None and (set(votes) != set(lists) or not (np.isfinite(given) & (given >= 0)).all()):
        allowed = text("a weight of 0 or more for each of {names}", names=", ".join(lists))
        raise InputError.argument("votes", found=dict(votes), allowed=allowed)
    if not given.sum() > 0:
        raise InputError.argument("votes", found=dict(votes or {}), allowed=text("one above 0"))
    return np.asarray(given / given.sum())


def _concordance(values: NDArray[np.float64]) -> float:
    if values.shape[1] < 2 or (values == values[0]).all():
        return float("nan")
    return float(kendall_w(-values.T).w)


def _kemeny(before: NDArray[np.float64], names: Sequence[str]) -> tuple[list[float], list[Text]]:
    """Return the rank of each name in an order with the fewest pairs against the lists, and what to know."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(names)))
    # An edge where at least half of the votes put one before the other; ties run both ways.
    graph.add_edges_from(
        zip(*np.nonzero((before >= before.T - 1e-12) & ~np.eye(len(names), dtype=bool)), strict=True)
    )
    whole = nx.condensation(graph)
    ranks, done, several = [float("nan")] * len(names), 0, False
    for part in nx.topological_sort(whole):
        members = sorted(int(one) for one in whole.nodes[part]["members"])
        if len(members) > MOST_KEMENY:
            note = text(
                "the order of Kemeny is not searched: majorities contradict each other among {count} names, "
                "more than {most}",
                count=len(members),
                most=MOST_KEMENY,
            )
            return [float("nan")] * len(names), [note]
        order, ways = _best_order(before[np.ix_(members, members)])
        several |= ways > 1
        for place, one in enumerate(order, start=done + 1):
            ranks[members[one]] = float(place)
        done += len(members)
    notes = (
        [text("several orders are equally near to the lists (Kemeny); one of them is shown")]
        if several
        else []
    )
    return ranks, notes


def _best_order(before: NDArray[np.float64]) -> tuple[list[int], int]:
    """Return an order with the least sum of votes against it, and how many orders have that sum."""
    n = len(before)
    least, ways, last = np.full(1 << n, np.inf), np.zeros(1 << n), np.zeros(1 << n, dtype=int)
    least[0], ways[0] = 0.0, 1
    for mask in range(1, 1 << n):
        inside = [one for one in range(n) if mask >> one & 1]
        # The last of the set stands behind the others: against it are the votes that put it before them.
        costs = [least[mask ^ (1 << one)] + before[one, inside].sum() for one in inside]
        best = min(costs)
        least[mask], last[mask] = best, inside[costs.index(best)]
        ways[mask] = sum(
            ways[mask ^ (1 << one)] for one, cost in zip(inside, costs, strict=True) if cost <= best + 1e-9
        )
    order, mask = [], (1 << n) - 1
    while mask:
        order.append(int(last[mask]))
        mask ^= 1 << order[-1]
    return order[::-1], int(ways[-1])
