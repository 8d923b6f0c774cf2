"""Candidates sorted into ordered categories: by ELECTRE TRI-B, and how certain the category is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words, with_names
from techprio.display.results import Result, tables_of
from techprio.language import Label, Text, text
from techprio.model.acceptability import STANDARD_ERROR
from techprio.model.matrix import ALTERNATIVE
from techprio.model.provenance import Provenance

CATEGORY = Quantity("category", text("Category"), text("Category to which it is assigned."))
CREDIBILITY = Quantity(
    "credibility",
    text("Credibility"),
    text("How credible it is that the alternative is at least as good as the profile of the column, 0 to 1."),
    "number",
    decimals=3,
)
CATEGORY_SHARE = Quantity(
    "category_share",
    text("Share of the draws in a category"),
    text("Share of the draws in which it is assigned to the category of the column."),
    "share",
)


@dataclass(frozen=True)
class Sorting(Result):
    """Alternatives assigned to ordered categories by ELECTRE TRI-B.

    Parameters
    ----------
    categories : Series of str, shape (m,)
        Category of each alternative.
    names : tuple of str
        The categories, the worst first.
    credibility : DataFrame, shape (m, p)
        Credibility that the alternative (row) outranks the profile (column).
    credibility_of_profiles : DataFrame, shape (m, p)
        Credibility that the profile outranks the alternative.
    cut : float
    procedure : {"pessimistic", "optimistic"}
    labels : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 90], "range": [400, 500]}, index=["A", "B"])
    >>> profile = pd.DataFrame({"price": [50], "range": [300]}, index=["fair"])
    >>> found = tp.ranking.electre_tri_b(cars, [0.6, 0.4], profile, directions=["min", "max"])
    >>> found.categories.to_dict(), found.names
    ({'A': 'C2', 'B': 'C1'}, ('C1', 'C2'))
    """

    categories: pd.Series
    names: tuple[str, ...]
    credibility: pd.DataFrame
    credibility_of_profiles: pd.DataFrame
    cut: float = 0.75
    procedure: str = "pessimistic"
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return ``alternative, category`` and the credibility against each profile."""
        frame = self.categories.rename("category").to_frame().join(self.credibility)
        return frame.rename_axis("alternative").reset_index()

    def tables(self) -> dict[str, Table]:
        """Return ``sorting``, the best category first."""
        frame = self.to_frame()
        place = frame["category"].map({name: place for place, name in enumerate(self.names)})
        frame = frame.assign(place=-place).sort_values("place", kind="stable")
        profiles = list(self.credibility.columns)
        shares = frame[profiles].to_numpy().tolist()
        names = with_names(list(frame["alternative"]), self.labels)
        rows = [(*row[:2], *row[2]) for row in zip(names, frame["category"], shares, strict=True)]
        columns = [ALTERNATIVE, CATEGORY, *(CREDIBILITY.each(str(name)) for name in profiles)]
        return tables_of(Table.of("sorting", self._title(), columns, rows))

    def _summary(self) -> str:
        counts = self.categories.value_counts()
        return ", ".join(f"{int(counts.get(name, 0))} {name}" for name in reversed(self.names))

    def _title(self) -> Words:
        return text("Sorting of {count} alternatives", count=len(self.categories))

    def _facts(self) -> tuple[Words, ...]:
        kind = (
            text("the lower category where they differ (pessimistic)")
            if self.procedure == "pessimistic"
            else text("the higher category where they differ (optimistic)")
        )
        return (text("ELECTRE TRI-B, cutting level {cut}; {procedure}", cut=self.cut, procedure=kind),)


@dataclass(frozen=True)
class CategoryAcceptability(Result):
    """How often each alternative falls into each category when weights, values and the cut are drawn.

    Parameters
    ----------
    index : DataFrame, shape (m, categories)
        Share of the draws in which the alternative (row) is assigned to the category (column), the worst
        category first.
    stated : Series of str, shape (m,)
        Category under the stated weights and values.
    draws, seed : int
    labels : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 90], "range": [400, 500]}, index=["A", "B"])
    >>> profile = pd.DataFrame({"price": [50], "range": [300]}, index=["fair"])
    >>> found = tp.robustness.smaa_tri(
    ...     cars, None, profile, directions=["min", "max"], cut=0.6, weight_distribution="uniform",
    ...     draws=4000, seed=1,
    ... )
    >>> found.index.round(1).to_dict("index")
    {'A': {'C1': 0.0, 'C2': 1.0}, 'B': {'C1': 0.6, 'C2': 0.4}}
    """

    index: pd.DataFrame
    stated: pd.Series
    draws: int
    seed: int
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    @property
    def best(self) -> str:
        """The best category."""
        return str(self.index.columns[-1])

    def p_best(self) -> pd.Series:
        """Return the probability of the best category."""
        return self.index.iloc[:, -1].rename("p_best")

    def standard_error(self) -> pd.DataFrame:
        """Return the standard error of each share."""
        return (self.index * (1 - self.index) / max(self.draws, 1)) ** 0.5

    def likeliest(self) -> pd.Series:
        """Return the category that is most frequent."""
        return self.index.idxmax(axis=1).rename("category")

    def to_frame(self) -> pd.DataFrame:
        """Return ``alternative, category`` (the most frequent), its ``standard_error``, and all shares."""
        frame = self.likeliest().to_frame()
        frame["standard_error"] = self.standard_error().max(axis=1)
        return frame.join(self.index).rename_axis("alternative").reset_index()

    def tables(self) -> dict[str, Table]:
        """Return ``categories``: the most frequent category, its standard error, the shares of all."""
        frame = self.to_frame()
        shares = self.index.loc[list(frame["alternative"])].to_numpy().tolist()
        names = with_names(list(frame["alternative"]), self.labels)
        parts = zip(names, frame["category"], frame["standard_error"], shares, strict=True)
        rows = [(name, category, error, *row) for name, category, error, row in parts]
        columns = [
            ALTERNATIVE, CATEGORY, STANDARD_ERROR,
            *(Column(CATEGORY_SHARE.each(str(name)), bar=True) for name in self.index.columns),
        ]  # fmt: skip
        return tables_of(Table.of("categories", self._title(), columns, rows))

    def _summary(self) -> str:
        counts = self.likeliest().value_counts()
        most = ", ".join(f"{int(counts.get(name, 0))} {name}" for name in reversed(self.index.columns))
        return f"{most}, {self.draws} draws, seed {self.seed}"

    def _title(self) -> Words:
        return text("Certainty of the categories of {count} alternatives", count=len(self.index))

    def _facts(self) -> tuple[Words, ...]:
        return (text("{draws} draws, seed {seed}", draws=f"{self.draws}", seed=f"{self.seed}"),)
