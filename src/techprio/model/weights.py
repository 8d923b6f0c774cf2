"""Weights of criteria, whatever way they were found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.display.names import with_names
from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.errors import InputError, did_you_mean
from techprio.language import Label, Language, Text, text
from techprio.model.known_names import group_labels
from techprio.model.provenance import Provenance

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHARE_TOLERANCE = 0.01


@runtime_checkable
class WeightSource(Protocol):
    """Something that weights can be drawn from, for example a panel of experts."""

    @property
    def criteria(self) -> tuple[str, ...]:
        """Criteria in the order of the columns that :meth:`draw` returns."""

    def draw(self, generator: np.random.Generator, count: int) -> NDArray[np.float64]:
        """Return ``count`` weight vectors, shape (count, n), each summing to 1."""


@dataclass(frozen=True)
class Weights(Showable):
    """Weights of the criteria with the way to them.

    Parameters
    ----------
    overall : Series
        Weight of each leaf by its name; sums to 1.
    local : Series
        Weight of each child inside its node; MultiIndex ``(node, criterion)``; each node sums to 1.
    consistency : DataFrame
        One row per expert and node, the group under its own name; columns ``expert, node, n,
        lambda_max, ci, cr, gci, complete, kind, verdict``. ``cr`` is NaN where it is not defined (gaps
        without redundancy); ``kind`` is expert or panel. Empty when nothing was compared.
    by_expert, by_group : DataFrame
        Overall weights (rows) of each expert who answered every node, of each stakeholder group.
    group_of : mapping of str to str
        Stakeholder group of each expert.
    local_by_expert : DataFrame
        Local weights of each expert (rows); columns are those of ``local``; NaN where nothing was said.
    panel : WeightSource, optional
        Where the simulation draws weights from.
    method : str
        Repr of the method and its options.
    hierarchy : mapping of str to tuple of str
        The children of each node, the root first; empty for a flat list.
    labels : mapping of str to Label
    notes : tuple of Text
        What was done that the analyst should know, for example a sum of 100.4 normalised.
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> weights = tp.ahp(study.judgments)
    >>> round(float(weights.overall["M1"]), 4), round(float(weights.overall.sum()), 9)
    (0.1037, 1.0)
    >>> weights.local["root"].round(3).to_dict()
    {'F': 0.297, 'I': 0.242, 'W': 0.189, 'M': 0.272}
    >>> weights.consistency.query("cr > 0.1 and kind == 'expert'")[["expert", "node"]].values.tolist()
    [['e04', 'root'], ['e11', 'M']]
    """

    overall: pd.Series
    local: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    consistency: pd.DataFrame = field(default_factory=pd.DataFrame)
    by_expert: pd.DataFrame = field(default_factory=pd.DataFrame)
    by_group: pd.DataFrame = field(default_factory=pd.DataFrame)
    local_by_expert: pd.DataFrame = field(default_factory=pd.DataFrame)
    group_of: Mapping[str, str] = field(default_factory=dict)
    panel: WeightSource | None = None
    method: str = "given"
    hierarchy: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def aligned(self, criteria: Sequence[str]) -> NDArray[np.float64]:
        """Return the weights in the order of the criteria, matched by name.

        Raises
        ------
        InputError
            A criterion without a weight, or a weight without a criterion.
        """
        return align(self.overall, criteria)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per leaf: ``criterion, node, local, overall``; the node is empty in a flat list."""
        parent = {child: node for node, children in self.hierarchy.items() for child in children}
        criteria = list(self.overall.index)
        nodes = [parent.get(criterion, "") for criterion in criteria]
        local = [
            float(self.local[node, criterion]) if node and len(self.local) else float(self.overall[criterion])
            for node, criterion in zip(nodes, criteria, strict=True)
        ]
        overall = self.overall.to_numpy(dtype=float)
        return pd.DataFrame({"criterion": criteria, "node": nodes, "local": local, "overall": overall})

    def plot(self, ax: Axes | None = None, *, language: Language = "vi") -> Axes:
        """Draw the weights, with a dot for each expert where there are any."""
        from techprio.charts.expert_strip import draw_expert_strip

        labels = {**group_labels(), **self.labels}
        return draw_expert_strip(
            self.by_expert, self.overall, group_of=self.group_of, labels=labels, ax=ax, language=language
        )

    def plot_consistency(self, ax: Axes | None = None, *, language: Language = "vi") -> Axes:
        """Draw the consistency ratio of every expert and node.

        Raises
        ------
        InputError
            When nothing was compared.
        """
        if self.consistency.empty:
            raise InputError(
                f"weights by {self.method} rest on no comparisons; there is no consistency to draw"
            )
        from techprio.charts.consistency import draw_consistency

        return draw_consistency(self.consistency, labels=group_labels(), ax=ax, language=language)

    def _view(self) -> View:
        frame = self.to_frame()
        frame["criterion"] = with_names(frame["criterion"], self.labels)
        frame["node"] = with_names(frame["node"], self.labels)
        columns = [Column("criterion", text("criterion"))]
        if self.hierarchy:
            columns += [Column("node", text("node")), Column("local", text("weight in its node"), "share", 1)]
        columns.append(Column("overall", text("weight"), "level", 4))
        facts = [text("Method: {method}", method=self.method)]
        if len(self.by_expert):
            facts.append(
                text(
                    "{experts} experts; {above} of {count} consistency ratios above 0.1",
                    experts=len(self.by_expert),
                    above=int((self.consistency["cr"] > 0.1).sum()),
                    count=int(self.consistency["cr"].notna().sum()),
                )
            )
        title = text("Weights of {count} criteria", count=len(frame))
        return View(title=title, facts=facts, tables=(Table(frame, columns),), notes=self.notes)


def align(weights: pd.Series | Mapping[str, float], criteria: Sequence[str]) -> NDArray[np.float64]:
    """Order weights by the names of the criteria; both sides must name the same ones."""
    given = pd.Series(weights, dtype=float)
    doubled = given.index[given.index.duplicated()]
    if len(doubled):
        raise InputError(f"weight of {doubled[0]!r} stands twice; give one weight a criterion")
    for name in criteria:
        if name not in given.index:
            known = [str(i) for i in given.index]
            raise InputError(f"no weight for criterion {name!r}; weights name {', '.join(known)}")
    for name in given.index:
        if name not in criteria:
            known = [str(c) for c in criteria]
            raise InputError(f"weight for unknown criterion {name!r}; {did_you_mean(str(name), known)}")
    return np.asarray(given.loc[list(criteria)], dtype=np.float64)
