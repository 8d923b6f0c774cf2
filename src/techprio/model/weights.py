"""Weights of criteria, whatever way they were found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.display.quantities import Column, Quantity, Table, Words, with_names
from techprio.display.results import Result, tables_of
from techprio.errors import InputError, did_you_mean
from techprio.language import Label, Language, Text, resolve_language, text
from techprio.model.judgments import EXPERT, GROUP
from techprio.model.known_names import group_labels, group_name
from techprio.model.provenance import Provenance
from techprio.model.scale import CRITERION, NODE

SHARE_TOLERANCE = 0.01
ACCEPTED_RATIO = 0.1
LOCAL_WEIGHT = Quantity(
    "local", text("Local weight"), text("Weight inside its criteria group; a group adds up to 1."), "weight"
)
OVERALL_WEIGHT = Quantity(
    "overall", text("Overall weight"), text("Weight among all criteria; they add up to 1."), "weight"
)
WEIGHT = Quantity("weight", text("Weight"), text("Weight of the criterion."), "weight")
ITEMS = Quantity("n", text("Items"), text("How many criteria were compared with each other."), "integer")
CONSISTENCY_RATIO = Quantity(
    "cr",
    text("Consistency ratio"),
    text("Inconsistency of the comparisons against random ones; 0 is none, up to 0.1 is accepted."),
    "weight",
    short="CR",
)

EFFECTIVE_SHARE = Quantity(
    "effective_share",
    text("Share in the distance"),
    text("Share of the squared weights, by which a criterion moves the distances of TOPSIS."),
    "share",
)
LAMBDA_MAX = Quantity("lambda_max", "λmax", text("Largest eigenvalue of the comparisons."), "weight")
CONSISTENCY_INDEX = Quantity(
    "ci", text("Consistency index"), text("Excess of λmax over the number of items."), "weight", short="CI"
)
ADVICE = Quantity("advice", text("Advice"), text("Whether the comparisons ask for a second look."))
MEMBER = Quantity("member", text("Group or expert"), text("The panel, a stakeholder group or an expert."))


@runtime_checkable
class WeightSource(Protocol):
    """Something that weights can be drawn from, for example a panel of experts.

    Examples
    --------
    >>> import techprio as tp
    >>> panel = tp.ahp(tp.example("lai-chau").judgments).panel
    >>> len(panel.criteria)
    14
    """

    @property
    def criteria(self) -> tuple[str, ...]:
        """Criteria in the order of the columns that :meth:`draw` returns."""

    @validated
    def draw(self, generator: np.random.Generator, count: int) -> NDArray[np.float64]:
        """Return ``count`` weight vectors, shape (count, n), each summing to 1."""


@dataclass(frozen=True)
class Weights(Result):
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

    def plot(self, ax: Any = None, *, language: Language | None = None) -> Any:
        """Draw the weights, with a dot for each expert where there are any."""
        from techprio.charts.expert_strip import draw_expert_strip

        labels = {**group_labels(), **self.labels}
        return draw_expert_strip(
            self.by_expert,
            self.overall,
            group_of=self.group_of,
            labels=labels,
            ax=ax,
            language=resolve_language(language),
        )

    def plot_consistency(self, ax: Any = None, *, language: Language | None = None) -> Any:
        """Draw the consistency ratio of every expert and node.

        Raises
        ------
        InputError
            When nothing was compared.
        """
        if self.consistency.empty:
            raise InputError(
                text(
                    "weights by {method} rest on no comparisons; there is no consistency to draw",
                    method=self.method,
                )
            )
        from techprio.charts.consistency import draw_consistency

        return draw_consistency(
            self.consistency, labels=group_labels(), ax=ax, language=resolve_language(language)
        )

    def tables(self) -> dict[str, Table]:
        """Return ``weights`` and, of a panel, ``consistency`` and ``by_expert``."""
        tables = [self._weights_table()]
        if len(self.consistency):
            columns = [EXPERT, NODE, ITEMS, Column(CONSISTENCY_RATIO, bar=True)]
            frame = self.consistency.assign(node=with_names(self.consistency["node"], self.labels))
            tables.append(
                Table.from_frame("consistency", text("Consistency of the judgments"), columns, frame)
            )
        if len(self.by_expert):
            tables.append(self._expert_table())
        return tables_of(*tables)

    def _weights_table(self) -> Table:
        frame = self.to_frame()
        frame["criterion"] = with_names(frame["criterion"], self.labels)
        frame["node"] = with_names(frame["node"], self.labels)
        tree = [NODE, LOCAL_WEIGHT] if self.hierarchy else []
        columns = [CRITERION, *tree, Column(OVERALL_WEIGHT, bar=True)]
        return Table.from_frame("weights", self._title(), columns, frame)

    def _expert_table(self) -> Table:
        columns = [EXPERT, GROUP, *(WEIGHT.each(str(name)) for name in self.by_expert.columns)]
        rows = [
            (str(expert), group_name(self.group_of.get(str(expert), "")), *weights)
            for expert, weights in zip(self.by_expert.index, self.by_expert.to_numpy().tolist(), strict=True)
        ]
        return Table.of("by_expert", text("Weights by expert"), columns, rows)

    def _summary(self) -> str:
        first = self.overall.astype(float)
        panel = f", {len(self.by_expert)} experts" if len(self.by_expert) else ""
        return f"{len(first)} criteria{panel}, largest: {first.idxmax()} {first.max():.3f}, by {self.method}"

    def _title(self) -> Text:
        return text("Weights of {count} criteria", count=len(self.overall))

    def _facts(self) -> list[Words]:
        facts: list[Words] = [text("Method: {method}", method=self.method)]
        if len(self.by_expert):
            facts.append(
                text(
                    "{experts} experts; {above} of {count} consistency ratios above 0.1",
                    experts=len(self.by_expert),
                    above=int((self.consistency["cr"] > ACCEPTED_RATIO).sum()),
                    count=int(self.consistency["cr"].notna().sum()),
                )
            )
        return facts


def align(weights: pd.Series | Mapping[str, float], criteria: Sequence[str]) -> NDArray[np.float64]:
    """Order weights by the names of the criteria; both sides must name the same ones."""
    given = pd.Series(weights, dtype=float)
    known = tuple(str(name) for name in given.index)
    doubled = given.index[given.index.duplicated()]
    if len(doubled):
        raise InputError(
            text("weight of {name!r} stands twice; give one weight a criterion", name=doubled[0])
        )
    for name in criteria:
        if name not in given.index:
            raise InputError(
                text("no weight for criterion {name!r}; weights name {names}", name=name, names=known)
            )
    for name in given.index:
        if name not in criteria:
            raise _weight_without_criterion(name, criteria)
    return np.asarray(given.loc[list(criteria)], dtype=np.float64)


def _weight_without_criterion(name: object, criteria: Sequence[str]) -> InputError:
    names = [str(criterion) for criterion in criteria]
    hint = did_you_mean(str(name), names)
    if hint:
        return InputError(text("weight for unknown criterion {name!r}; {hint}", name=name, hint=hint))
    return InputError(
        text("weight for unknown criterion {name!r}; criteria are {names}", name=name, names=tuple(names))
    )
