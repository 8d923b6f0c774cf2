"""The criteria tree: heads, criteria, directions and fixed scales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techprio.language import NO_LABEL, Label
from techprio.model.fields import Field, Names

Direction = Literal["maximize", "minimize"]
ScaleType = Literal["ordinal", "interval", "ratio"]
Transform = Literal["log10"]


@dataclass(frozen=True)
class Scale:
    """The declared, fixed scale of a criterion.

    Parameters
    ----------
    type : {"ordinal", "interval", "ratio"}
    worst, best : float
        Fixed reference points in raw units. They do not move when an alternative comes or goes.
    transform : {"log10"}, optional
        Applied to the value and to both points before they are compared.

    Examples
    --------
    >>> Scale("ratio", worst=10, best=1000, transform="log10").share([10, 100, 1000]).tolist()
    [0.0, 0.5, 1.0]
    """

    type: Annotated[
        ScaleType,
        Field(
            "Loại thang",
            "Type",
            (
                "ordinal: thứ bậc (1-5); interval: khoảng; ratio: tỷ lệ, có số 0 thật",
                "ordinal: steps (1-5); interval: distances; ratio: with a true zero",
            ),
            words=("thứ bậc", "khoảng", "tỷ lệ"),
        ),
    ]
    worst: Annotated[float, Field("Mức xấu nhất", "Worst", ("mốc cố định", "fixed point"), example="1")]
    best: Annotated[float, Field("Mức tốt nhất", "Best", ("mốc cố định", "fixed point"), example="5")]
    transform: Annotated[
        Transform | None,
        Field(
            "Biến đổi",
            "Transform",
            (
                "log10 cho tiền, số lượng chênh lệch lớn",
                "log10 for money and counts of very different size",
            ),
        ),
    ] = None

    @property
    def lowest(self) -> float:
        """Smallest raw value on the scale."""
        return min(self.worst, self.best)

    @property
    def highest(self) -> float:
        """Largest raw value on the scale."""
        return max(self.worst, self.best)

    def share(self, values: ArrayLike) -> NDArray[np.float64]:
        """Return (x - worst) / (best - worst) after the transform: 0 is worst, 1 is best."""
        x = self.transformed(values)
        worst, best = self.transformed([self.worst, self.best])
        return np.asarray((x - worst) / (best - worst), dtype=np.float64)

    def transformed(self, values: ArrayLike) -> NDArray[np.float64]:
        """Return the values after the declared transform."""
        x = np.asarray(values, dtype=np.float64)
        return np.log10(x) if self.transform == "log10" else x


@dataclass(frozen=True)
class Criterion:
    """A head (with children) or a leaf (with direction and scale) of the tree.

    Parameters
    ----------
    id : str
    label : Label
    children : tuple of Criterion
        Empty for a leaf.
    direction : {"maximize", "minimize"}, optional
        Of a leaf.
    unit : str
    scale : Scale, optional
    definition : Label
    anchors : mapping of float to Label
        What a score means.
    field : str
        Column of ``technologies.csv`` that holds the value, or ``"survey"``; empty when the score
        stands in ``scores.csv``.
    field_low, field_high : str
        Columns that hold the spread of ``field``.
    plan_clause : str

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> cost = study.criteria.by_id["F3"]
    >>> cost.label.en, cost.direction, cost.unit
    ('Capital cost', 'minimize', 'billion VND')
    >>> cost.scale.worst, cost.scale.best, cost.scale.transform
    (25000.0, 2.0, 'log10')
    """

    id: Annotated[str, Field("Mã", "Id", kind="id", example="F1")]
    label: Annotated[
        Label, Field("Tên", "Name", required=False, example="{vi: Chi phí đầu tư, en: Capital cost}")
    ]
    children: Annotated[tuple[Criterion, ...], Field("Tiêu chí con", "Children")] = ()
    direction: Annotated[
        Direction | None,
        Field(
            "Chiều",
            "Direction",
            (
                "bắt buộc với tiêu chí không có tiêu chí con; minimize: càng nhỏ càng tốt",
                "needed without children; minimize: less is better",
            ),
            words=("càng lớn càng tốt", "càng nhỏ càng tốt"),
        ),
    ] = None
    unit: Annotated[str, Field("Đơn vị", "Unit", example="billion VND")] = ""
    scale: Annotated[
        Scale | None,
        Field("Thang", "Scale", ("cần cho normalization: reference", "needed for normalization: reference")),
    ] = None
    definition: Annotated[Label, Field("Định nghĩa", "Definition")] = NO_LABEL
    anchors: Annotated[
        Mapping[float, Label],
        Field(
            "Mô tả mức điểm",
            "Anchors",
            ("ý nghĩa của từng mức điểm", "what points of the scale mean"),
            names=Names("number"),
            example="{1: {vi: kém, en: poor}, 5: {vi: tốt, en: good}}",
        ),
    ] = field(default_factory=dict)
    field: Annotated[
        str,
        Field(
            "Lấy từ cột",
            "Column",
            (
                "cột của technologies.csv thay cho điểm trong scores.csv",
                "column of technologies.csv in place of scores",
            ),
            example="capex_mode",
        ),
    ] = ""
    field_low: Annotated[str, Field("Cột mức thấp", "Column of the low value")] = ""
    field_high: Annotated[str, Field("Cột mức cao", "Column of the high value")] = ""
    plan_clause: Annotated[str, Field("Mục của kế hoạch", "Clause of the plan")] = ""

    @property
    def is_leaf(self) -> bool:
        """Whether alternatives are scored on it."""
        return not self.children

    def walk(self) -> Iterator[Criterion]:
        """Give this criterion and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class CriteriaTree:
    """Criteria in a tree of any depth, leaves at any level.

    Parameters
    ----------
    id : str
    root : str
        Name of the node that compares the heads.
    heads : tuple of Criterion
    version : str
    label : Label

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> study.criteria.root
    'root'
    >>> [leaf.id for leaf in study.criteria.leaves][:4]
    ['F1', 'F2', 'F3', 'F6']
    >>> study.criteria.hierarchy["W"]
    ('W1', 'W3', 'W4')
    """

    id: str
    root: str
    heads: tuple[Criterion, ...]
    version: str = ""
    label: Label = NO_LABEL

    @cached_property
    def by_id(self) -> dict[str, Criterion]:
        """Every criterion by its id, parents first."""
        return {criterion.id: criterion for head in self.heads for criterion in head.walk()}

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The criteria on which alternatives are scored, in the order of the file."""
        return tuple(criterion for criterion in self.by_id.values() if criterion.is_leaf)

    @cached_property
    def hierarchy(self) -> dict[str, tuple[str, ...]]:
        """The children of each node, the root first."""
        nodes = {self.root: tuple(head.id for head in self.heads)}
        for criterion in self.by_id.values():
            if criterion.children:
                nodes[criterion.id] = tuple(child.id for child in criterion.children)
        return nodes

    def head_of(self, criterion: str) -> str:
        """Return the id of the head above a criterion (itself, when it is a head)."""
        return next(head.id for head in self.heads if any(below.id == criterion for below in head.walk()))
