"""The criteria tree: heads, criteria, directions and fixed scales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import pandas as pd

from techprio.display.quantities import Table, Words
from techprio.display.results import Result, tables_of
from techprio.display.show import ARROWS
from techprio.errors import InputError, did_you_mean
from techprio.language import NO_LABEL, Label, Language, text
from techprio.model.checks import (
    Checks,
    as_written,
    check_fields,
    check_label,
    check_named_once,
    check_type,
    set_field,
)
from techprio.model.direction import DIRECTIONS, Direction, DirectionLike, check_direction
from techprio.model.fields import Field, Names
from techprio.model.rows import check_parents, children_of, read_rows
from techprio.model.scale import (
    CRITERION,
    CRITERION_NAME,
    DIRECTION,
    FUNCTIONS,
    UNIT,
    Scale,
    check_against_scale,
    scale_of_row,
)
from techprio.model.worth_curves import worth_curves

_ANCHORS = ("ý nghĩa của từng mức điểm", "what points of the scale mean")
_ANCHORS_EXAMPLE = "{1: {vi: kém, en: poor}, 5: {vi: tốt, en: good}}"


@dataclass(frozen=True)
class Criterion:
    """A head (with children) or a leaf (with direction and scale) of the tree.

    Parameters
    ----------
    id : str
    label : Label or str
        Empty: the id.
    children : sequence of Criterion
        Empty for a leaf.
    direction : {"maximize", "minimize", "max", "min", 1, -1} or the builtins ``max``, ``min``
        Of a leaf.
    unit : str
    scale : Scale, optional
        Of a leaf; its best point lies above the worst where more is better, below it where less is.
    definition : Label or str
    anchors : mapping of float to Label or str
        What a score means; points of the scale.
    field : str
        Column of ``technologies.csv`` that holds the value, or ``"survey"``; empty when the score
        stands in ``scores.csv``.
    field_low, field_high : str
        Columns that hold the spread of ``field``.
    plan_clause : str

    Raises
    ------
    InputError
        With every problem at once.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> cost = study.criteria.by_id["F3"]
    >>> cost.label.en, cost.direction, cost.unit
    ('Capital cost', 'minimize', 'billion VND')
    >>> cost.scale.worst, cost.scale.best, cost.scale.transform
    (25000.0, 2.0, 'log10')
    >>> Criterion("jobs", direction=max).direction
    'maximize'
    """

    id: Annotated[str, Field("Mã", "Id", kind="id", example="F1")]
    label: Annotated[
        Label,
        Field("Tên", "Name", required=False, like="id", example="{vi: Chi phí đầu tư, en: Capital cost}"),
    ] = NO_LABEL
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
        Field("Mô tả mức điểm", "Anchors", _ANCHORS, names=Names("number"), example=_ANCHORS_EXAMPLE),
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
    plan_clause: Annotated[str, Field("Mục của Kế hoạch", "Clause of the plan")] = ""

    if TYPE_CHECKING:

        def __init__(
            self,
            id: str,
            label: Label | str = ...,
            children: Sequence[Criterion] = ...,
            direction: DirectionLike | None = ...,
            unit: str = ...,
            scale: Scale | None = ...,
            definition: Label | str = ...,
            anchors: Mapping[float, Label] | Mapping[float, str] = ...,
            field: str = ...,
            field_low: str = ...,
            field_high: str = ...,
            plan_clause: str = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Check everything at once."""
        checks = Checks(text("the criterion {name} cannot be used", name=as_written(self.id)))
        if self.direction is not None:
            set_field(self, "direction", check_direction(checks, "direction", self.direction))
        check_fields(checks, self)
        for name in ("direction", "scale", "field"):
            if self.children and getattr(self, name):
                allowed = text("{key} belongs to criteria without children", key=name)
                checks.add(name, as_written(getattr(self, name)), allowed)
        if not checks.problems and self.scale:
            check_against_scale(checks, self.scale, str(self.direction or ""), self.anchors)
        checks.check()

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
class CriteriaTree(Result):
    """Criteria in a tree of any depth, leaves at any level.

    Parameters
    ----------
    id : str
        Empty: ``criteria``.
    root : str
        Name of the node that compares the heads.
    heads : sequence of Criterion
    version : str
    label : Label or str

    Raises
    ------
    InputError
        A name that is given twice, a leaf without a direction, or a head that is no Criterion.

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

    if TYPE_CHECKING:

        def __init__(
            self,
            id: str,
            root: str,
            heads: Sequence[Criterion],
            version: str = ...,
            label: Label | str = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Check the names of the whole tree and the directions of its leaves."""
        checks = Checks(text("the criteria tree cannot be used"))
        check_named_once(checks, "root", [self.root])
        for name in ("id", "version"):
            check_type(checks, name, getattr(self, name), str)
        set_field(self, "id", self.id or "criteria")
        set_field(self, "label", check_label(checks, "label", self.label))
        heads = self.heads
        if not isinstance(heads, Sequence) or not all(isinstance(one, Criterion) for one in heads):
            checks.add("heads", as_written(heads), text("a sequence of {kind}", kind="Criterion"))
            checks.check()
        set_field(self, "heads", tuple(heads))
        walked = [criterion for head in self.heads for criterion in head.walk()]
        check_named_once(checks, "criteria", [self.root, *(criterion.id for criterion in walked)])
        for criterion in walked:
            if criterion.is_leaf and criterion.direction is None:
                checks.add(
                    text("criterion {name}", name=repr(criterion.id)), text("no direction"), DIRECTIONS
                )
        checks.check()

    @classmethod
    def from_frame(
        cls, frame: pd.DataFrame, *, root: str = "goal", id: str = "", label: Label | str = ""
    ) -> CriteriaTree:
        """Build a tree from a table with one row a criterion.

        Parameters
        ----------
        frame : DataFrame
            ``criterion`` (a column, or the index); all else may be left out: ``parent`` (the root where
            it is empty; a parent without a row of its own becomes a head), ``direction`` (of each leaf),
            ``label`` or ``label_vi, label_en``, ``unit``, ``scale`` (ordinal, interval, ratio; interval
            where it is empty), ``worst, best`` (both or none), ``transform``, ``field``.
        root : str
            Name of the node that compares the heads.
        id : str
        label : Label or str

        Raises
        ------
        InputError
            With every problem of every row at once.

        Examples
        --------
        >>> import pandas as pd
        >>> tree = CriteriaTree.from_frame(pd.DataFrame({
        ...     "criterion": ["readiness", "cost", "jobs"],
        ...     "parent": ["feasible", "feasible", "impact"],
        ...     "direction": ["max", "min", "max"],
        ... }))
        >>> tree.hierarchy
        {'goal': ('feasible', 'impact'), 'feasible': ('readiness', 'cost'), 'impact': ('jobs',)}
        """
        checks = Checks(text("the table of criteria cannot be used"))
        rows = read_rows(checks, frame, _COLUMNS, key="criterion")
        check_named_once(checks, "criterion", [row["criterion"] for row in rows])
        parents = {str(row["criterion"]): str(row["parent"] or root) for row in rows}
        check_parents(checks, parents, root)
        checks.check()
        children = children_of(parents, root)
        given = {row["criterion"]: row for row in rows}
        heads = [_criterion_of(checks, name, children, given) for name in children.get(root, ())]
        checks.check()
        return cls(id, root, [head for head in heads if head is not None], label=label)

    def tables(self) -> dict[str, Table]:
        """Return ``criteria``: one row a criterion without children."""
        rows = [(one.id, one.label, ARROWS.get(one.direction or "", ""), one.unit) for one in self.leaves]
        columns = [CRITERION, CRITERION_NAME, DIRECTION, UNIT]
        return tables_of(Table.of("criteria", text("Criteria"), columns, rows))

    def _summary(self) -> str:
        return f"{self.id!r}: {len(self.leaves)} criteria below {', '.join(head.id for head in self.heads)}"

    def _title(self) -> Words:
        return self.label if any(self.label) else text("Criteria")

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

    def to_frame(self) -> pd.DataFrame:
        """Return the tree with one row a criterion, as :meth:`from_frame` takes it."""
        parents = {child: node for node, children in self.hierarchy.items() for child in children}
        rows = [_row_of(criterion, parents[name]) for name, criterion in self.by_id.items()]
        return pd.DataFrame(rows, columns=[name for name in _COLUMNS if name != "label"])

    def plot_worth(
        self, ax: Any = None, *, criteria: Sequence[str] | None = None, language: Language | None = None
    ) -> Any:
        """Draw what values are worth on criteria with a transform or a value function, or on those named.

        Raises
        ------
        InputError
            No such criterion, or one without a scale.
        """
        from techprio.charts.value_functions import draw_value_functions

        return draw_value_functions(worth_curves(self.leaves, criteria, language), ax=ax, language=language)

    def head_of(self, criterion: str) -> str:
        """Return the id of the head above a criterion (itself, when it is a head)."""
        for head in self.heads:
            if any(below.id == criterion for below in head.walk()):
                return head.id
        raise InputError.argument(
            "criterion",
            found=criterion,
            allowed=list(self.by_id),
            proposal=did_you_mean(criterion, list(self.by_id)),
        )


_COLUMNS = (
    "criterion", "parent", "direction", "label", "label_vi", "label_en", "unit", "scale", "worst", "best",
    "transform", "ideal", "points", "middle", "definition", "field", "field_low", "field_high", "plan_clause",
)  # fmt: skip


def _row_of(criterion: Criterion, parent: str) -> dict[str, Any]:
    scale = criterion.scale
    own = {name: getattr(criterion, name) for name in _COLUMNS if hasattr(criterion, name)}
    points = {key: getattr(scale, key) or None for key in ("transform", *FUNCTIONS)} if scale else {}
    points |= {"worst": scale.worst, "best": scale.best} if scale else {}
    named = {"label_vi": criterion.label.vi, "label_en": criterion.label.en, "scale": scale and scale.type}
    return {**own, **points, **named, "criterion": criterion.id, "parent": parent}


def _criterion_of(
    checks: Checks, name: str, children: Mapping[str, Sequence[str]], given: Mapping[str, Mapping[str, Any]]
) -> Criterion | None:
    row = given.get(name, {})
    below = [_criterion_of(checks, child, children, given) for child in children.get(name, ())]
    place = text("criterion {name}", name=repr(name))
    texts = {key: row[key] for key in (*_COLUMNS[-5:], "unit") if row.get(key) is not None}
    try:
        return Criterion(
            name,
            label=_label(row, name),
            children=[child for child in below if child is not None],
            direction=row.get("direction"),
            scale=scale_of_row(checks, place, row),
            **texts,
        )
    except InputError as error:
        checks.take(error, place)
        return None


def _label(row: Mapping[str, Any], name: str) -> Label | str:
    both = [row.get(f"label_{language}") for language in ("vi", "en")]
    return Label(*(str(words or "") for words in both)) if any(both) else str(row.get("label") or name)


NO_CRITERIA = CriteriaTree("", "root", ())  # of a catalogue whose technologies are not scored
