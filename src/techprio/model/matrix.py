"""The decision matrix: alternatives, criteria, directions, scales and spreads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from techprio.display.quantities import Quantity, Table, Words, with_names
from techprio.display.results import Result, tables_of
from techprio.display.show import ARROWS
from techprio.errors import InputError, did_you_mean
from techprio.language import Label, Text, text
from techprio.model.checks import (
    Checks,
    as_mapping,
    as_written,
    check_label,
    check_type,
    set_field,
    to_numbers,
)
from techprio.model.criteria import CriteriaTree
from techprio.model.direction import DIRECTIONS, Direction, DirectionLike, check_direction
from techprio.model.scale import Scale

Directions: TypeAlias = Mapping[str, DirectionLike] | Sequence[DirectionLike] | CriteriaTree
"""A direction for each criterion: by name, in the order of the columns, or from a tree."""
ALTERNATIVE = Quantity("alternative", text("Alternative"), text("What is ranked: a row of the matrix."))
#: Squares and sums of greater numbers leave the range of a computer's numbers, and everything ties.
GREATEST = 1e100
VALUE_ON = Quantity(
    "value_on",
    text("Value on a criterion"),
    text("Value of the alternative on the criterion, in the unit of the criterion."),
    "number",
)


@dataclass(frozen=True)
class DecisionMatrix(Result):
    """Alternatives by criteria, with all that a ranking needs to read the numbers.

    Parameters
    ----------
    values : DataFrame, shape (m, n)
        Raw scores; index are alternatives, columns are criteria.
    directions : mapping, sequence or CriteriaTree
        ``"maximize"`` or ``"minimize"`` for each criterion, by name or in the order of the columns;
        ``"max"``, ``"min"``, 1, -1, the builtins ``max`` and ``min`` and the words of
        :data:`~techprio.model.scale.DIRECTION_WORDS` are taken too. A tree also brings its
        scales, units and labels.
    units : mapping of str to str
    scales : mapping of str to Scale
        Declared scales; values off their scale are an error.
    low, high : DataFrame, shape (m, n), optional
        Spread of each score, ``low <= value <= high``. Where one of them is given, the other is the value.
    labels : mapping of str to Label or str
        Names of alternatives, criteria and heads.
    name : str
        What the matrix is about, for example the sector.
    heads : mapping of str to str
        The head that each criterion stands under, by which charts group; from a tree where that is given.

    Raises
    ------
    InputError
        A value that is not a finite number, a name that is doubled or unknown, a direction
        that is missing or misspelt, a value off its scale, a spread that does not hold its value.

    Examples
    --------
    >>> import pandas as pd
    >>> cars = pd.DataFrame({"price": [20, 25], "range": [400, 520]}, index=["A", "B"])
    >>> DecisionMatrix(cars, {"price": "minimize", "range": "maximize"}).shape
    (2, 2)
    """

    values: pd.DataFrame
    directions: Mapping[str, Direction]
    units: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    low: pd.DataFrame | None = None
    high: pd.DataFrame | None = None
    labels: Mapping[str, Label] = field(default_factory=dict)
    name: str = ""
    heads: Mapping[str, str] = field(default_factory=dict)

    if TYPE_CHECKING:

        def __init__(
            self,
            values: pd.DataFrame,
            directions: Directions,
            units: Mapping[str, str] = ...,
            scales: Mapping[str, Scale] = ...,
            low: pd.DataFrame | None = ...,
            high: pd.DataFrame | None = ...,
            labels: Mapping[str, Label] | Mapping[str, str] | Mapping[str, Label | str] = ...,
            name: str = ...,
            heads: Mapping[str, str] = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Check everything at once."""
        checks = Checks(text("the decision matrix cannot be used"))
        _check_names(checks, self.values)
        checks.check()
        if isinstance(self.directions, CriteriaTree):
            _take_from_tree(self, self.directions)
        criteria = list(self.values.columns)
        set_field(self, "directions", _check_directions(checks, self.directions, criteria))
        _check_words(checks, self)
        values = _check_values(checks, self.values, self.scales)
        set_field(self, "values", values)
        for name, spread, sign in (("low", self.low, 1.0), ("high", self.high, -1.0)):
            if spread is not None:
                set_field(self, name, _check_spread(checks, name, spread, values, sign, self.scales))
        checks.check()
        if (self.low is None) != (self.high is None):
            set_field(self, "low" if self.low is None else "high", values.copy())

    @property
    def shape(self) -> tuple[int, int]:
        """Number of alternatives and of criteria."""
        return self.values.shape[0], self.values.shape[1]

    @property
    def alternatives(self) -> tuple[str, ...]:
        """Alternatives in the order of the rows."""
        return tuple(self.values.index)

    @property
    def criteria(self) -> tuple[str, ...]:
        """Criteria in the order of the columns."""
        return tuple(self.values.columns)

    @property
    def signs(self) -> np.ndarray:
        """+1 for each criterion to maximize, -1 for each to minimize, shape (n,)."""
        return np.array([1.0 if self.directions[c] == "maximize" else -1.0 for c in self.criteria])

    def without(self, *alternatives: str) -> DecisionMatrix:
        """Return the matrix without some alternatives."""
        for name in alternatives:
            if name not in self.values.index:
                _refuse_name(text("unknown alternative {name!r}", name=name), name, self.alternatives)
        keep = [a for a in self.alternatives if a not in alternatives]
        return self.select(alternatives=keep)

    def select(
        self, *, alternatives: list[str] | None = None, criteria: list[str] | None = None
    ) -> DecisionMatrix:
        """Return the matrix of some alternatives and criteria, in the order given."""
        rows = list(self.alternatives) if alternatives is None else alternatives
        columns = list(self.criteria) if criteria is None else criteria
        values = self.values.loc[rows, columns]
        checks = Checks(text("the decision matrix cannot be used"))
        _check_names(checks, values)
        checks.check()
        # All else was checked when this matrix was made.
        part = object.__new__(DecisionMatrix)
        fields = {
            **vars(self),
            "values": values,
            "directions": {c: self.directions[c] for c in columns},
            "units": {c: u for c, u in self.units.items() if c in columns},
            "scales": {c: s for c, s in self.scales.items() if c in columns},
            "low": None if self.low is None else self.low.loc[rows, columns],
            "high": None if self.high is None else self.high.loc[rows, columns],
            "heads": {c: head for c, head in self.heads.items() if c in columns},
        }
        for name, field_of_part in fields.items():
            set_field(part, name, field_of_part)
        return part

    def by_worth(self) -> DecisionMatrix:
        """Return the matrix with worth, 0 to 1, on each criterion with a transform or a value function.

        Such a criterion is to be maximized then, whatever its direction was.
        """
        shaped = [c for c in self.criteria if c in self.scales and not self.scales[c].is_straight]
        if not shaped:
            return self
        parts = {"values": self.values.copy()}
        if self.low is not None and self.high is not None:
            parts |= {"low": self.low.copy(), "high": self.high.copy()}
        for c in shaped:
            scale, worth = self.scales[c], self.scales[c].share(self.values[c])
            if "low" in parts:
                bounds = zip(parts["low"][c], parts["high"][c], strict=True)
                ends = np.array([scale.share_range(low, high) for low, high in bounds])
                parts["low"][c] = np.minimum(ends[:, 0], worth)
                parts["high"][c] = np.maximum(ends[:, 1], worth)
            parts["values"][c] = worth
        return replace(
            self,
            **parts,
            directions={**self.directions, **dict.fromkeys(shaped, "maximize")},
            scales={**self.scales, **dict.fromkeys(shaped, Scale("interval", 0.0, 1.0))},
            units={c: u for c, u in self.units.items() if c not in shaped},
        )

    def value_columns(self) -> list[Quantity]:
        """Return the quantity of each criterion, headed by its name and an arrow for its direction."""
        return [VALUE_ON.each(c, f"{c} {ARROWS[self.directions[c]]}") for c in self.criteria]

    def tables(self) -> dict[str, Table]:
        """Return the table ``matrix``."""
        names = with_names(self.alternatives, self.labels)
        rows = [(name, *row) for name, row in zip(names, self.values.to_numpy().tolist(), strict=True)]
        columns = [ALTERNATIVE, *self.value_columns()]
        return tables_of(Table.of("matrix", self._title(), columns, rows))

    def _summary(self) -> str:
        return (
            f"{self.shape[0]} alternatives x {self.shape[1]} criteria{f', {self.name}' if self.name else ''}"
        )

    def _title(self) -> Words:
        return text(
            "{count} alternatives by {criteria} criteria", count=self.shape[0], criteria=self.shape[1]
        )

    def _facts(self) -> tuple[Words, ...]:
        return (text("↑ higher is better, ↓ lower is better"),)

    def _remarks(self) -> list[Words]:
        names = with_names(self.criteria, self.labels)
        return [
            text("{criterion} [{unit}]", criterion=name, unit=self.units.get(c, ""))
            if self.units.get(c)
            else name
            for c, name in zip(self.criteria, names, strict=True)
            if name != c or self.units.get(c)
        ]


def _refuse_name(message: Text, name: object, known: Sequence[object]) -> None:
    names = [str(one) for one in known]
    hint = did_you_mean(str(name), names)
    said = text("{fault}; known: {names}", fault=message, names=", ".join(names))
    raise InputError(text("{fault}; {hint}", fault=said, hint=hint) if hint else said)


def _check_names(checks: Checks, values: object) -> None:
    if not isinstance(values, pd.DataFrame):
        checks.add("values", as_written(values), text("a DataFrame, alternatives x criteria"))
        return
    if 0 in values.shape:
        checks.add("values", as_written(values), text("at least one alternative and one criterion"))
    named = ((text("alternative"), values.index), (text("criterion"), values.columns))
    for what, names in named:
        if isinstance(names, pd.MultiIndex):
            checks.add(what, text("names of {count} levels", count=names.nlevels), text("one name each"))
            continue
        for name in names[names.duplicated()]:
            allowed = text("each name once")
            checks.add(
                text("{what} {name!r}", what=what, name=name), text("{name} twice", name=str(name)), allowed
            )
        if names.hasnans:
            checks.add(what, text("nothing"), text("a name"))


def _take_from_tree(matrix: DecisionMatrix, tree: CriteriaTree) -> None:
    """Take directions, scales, units, labels and heads of the columns from a tree, unless they are given."""
    leaves = {leaf.id: leaf for leaf in tree.leaves if leaf.id in matrix.values.columns}
    set_field(matrix, "directions", {name: leaf.direction for name, leaf in leaves.items()})
    scales = {name: leaf.scale for name, leaf in leaves.items() if leaf.scale}
    set_field(matrix, "scales", scales | dict(matrix.scales))
    set_field(matrix, "units", {name: leaf.unit for name, leaf in leaves.items()} | dict(matrix.units))
    labels = {name: one.label for name, one in tree.by_id.items() if name in leaves or one in tree.heads}
    set_field(matrix, "labels", labels | dict(matrix.labels))
    set_field(matrix, "heads", {name: tree.head_of(name) for name in leaves} | dict(matrix.heads))


def _check_directions(checks: Checks, given: object, criteria: Sequence[Any]) -> dict[str, Direction]:
    named = as_mapping(given)
    if named is None and (isinstance(given, str) or not isinstance(given, Sequence)):
        allowed = text("a direction for each of {criteria}", criteria=", ".join(map(str, criteria)))
        checks.add("directions", as_written(given), allowed)
        return {}
    if named is None:
        words = list(given)  # type: ignore[call-overload]  # a sequence, see above
        if len(words) != len(criteria):
            found = text("{count} of them", count=len(words))
            allowed = text("one is needed for each of the {count} criteria", count=len(criteria))
            checks.add("directions", found, allowed)
            return {}
        named = dict(zip(criteria, words, strict=True))
    directions: dict[str, Direction] = {}
    for name in criteria:
        place = text("criterion {name}", name=repr(name))
        if name in named:
            directions[name] = check_direction(checks, text("{place}, direction", place=place), named[name])
        else:
            checks.add(place, text("no direction"), DIRECTIONS)
    for name in named:
        if name not in criteria:
            checks.unknown("directions", name, criteria)
    return directions


def _check_words(checks: Checks, matrix: DecisionMatrix) -> None:
    """Check the mappings beside the values; labels that are plain texts become labels."""
    for name in ("units", "scales", "labels", "heads"):
        if as_mapping(getattr(matrix, name)) is None:
            checks.add(name, as_written(getattr(matrix, name)), text("a mapping by name"))
            set_field(matrix, name, {})
    for name, scale in matrix.scales.items():
        check_type(checks, text("scales, {name}", name=repr(name)), scale, Scale)
        if name not in matrix.values.columns:
            checks.unknown("scales", name, list(matrix.values.columns))
    for name, head in matrix.heads.items():
        check_type(checks, text("heads, {name}", name=repr(name)), head, str)
    given = matrix.labels.items()
    labels = {one: check_label(checks, text("labels, {name}", name=repr(one)), word) for one, word in given}
    set_field(matrix, "labels", labels)
    if not isinstance(matrix.name, str):
        checks.add("name", as_written(matrix.name), text("a text"))


def _check_values(
    checks: Checks, values: pd.DataFrame, scales: Mapping[str, Scale], which: str = ""
) -> pd.DataFrame:
    if values.columns.is_unique and all(kind == np.float64 for kind in values.dtypes):
        # a column is one piece of memory, as in a frame that is made of columns
        numbers = pd.DataFrame(values.to_numpy().T.copy(order="C").T, values.index, values.columns)
        if _all_on_scale(numbers, scales):
            return numbers
    numbers = pd.DataFrame({name: to_numbers(values[name]) for name in values}, index=values.index)
    numbers.columns = values.columns
    for position, name in enumerate(values):
        column, raw = numbers.iloc[:, position].to_numpy(), values.iloc[:, position]
        wrong = ~(np.abs(column) <= GREATEST)
        types = pd.api.types
        plain = types.is_numeric_dtype(raw) and not types.is_bool_dtype(raw)
        names = not plain or bool(raw.isna().all())
        if names and not np.isfinite(column).any() and len(wrong) > 1:
            proposal = text("where it names the alternatives, make it the index of the table")
            found = text("no number at all, {first} first", first=as_written(raw.iloc[0]))
            place = text("criterion {name}", name=repr(name))
            checks.add(_of_spread(place, which), found, text("finite numbers"), proposal)
            continue
        scale = scales.get(name)
        off = np.zeros_like(wrong)
        if isinstance(scale, Scale):
            off = ~wrong & ((column < scale.lowest) | (column > scale.highest))
        for row in np.flatnonzero(wrong | off):
            place = _of_spread(_place(values, int(row), position), which)
            if wrong[row] or scale is None:
                allowed = text("a finite number, no more than {most} in size", most=f"{GREATEST:g}")
                checks.add(place, as_written(raw.iloc[row]), allowed)
            else:
                allowed = text("{least} to {most}", least=scale.lowest, most=scale.highest)
                checks.add(place, f"{column[row]:g}", allowed)
    return numbers


def _all_on_scale(numbers: pd.DataFrame, scales: Mapping[str, Scale]) -> bool:
    """Return whether every number is finite and on the scale of its criterion."""
    known = [scale if isinstance(scale := scales.get(name), Scale) else None for name in numbers]
    least = np.array([-GREATEST if one is None else max(one.lowest, -GREATEST) for one in known])
    most = np.array([GREATEST if one is None else min(one.highest, GREATEST) for one in known])
    return bool(((numbers.to_numpy() >= least) & (numbers.to_numpy() <= most)).all())


def _check_spread(
    checks: Checks, name: str, spread: object, values: pd.DataFrame, sign: float, scales: Mapping[str, Scale]
) -> pd.DataFrame | None:
    if not isinstance(spread, pd.DataFrame):
        checks.add(name, as_written(spread), text("a DataFrame like that of the values"))
        return None
    if not (spread.index.equals(values.index) and spread.columns.equals(values.columns)):
        allowed = text("the alternatives and criteria of the values, in the same order")
        checks.add(name, text("other names"), allowed)
        return None
    numbers = _check_values(checks, spread, scales, name)
    outside = np.isfinite(numbers.to_numpy()) & (sign * (values.to_numpy() - numbers.to_numpy()) < 0)
    for row, column in np.argwhere(outside):
        found = text(
            "{name} {bound}, value {value}",
            name=name, bound=float(numbers.iat[row, column]), value=float(values.iat[row, column]),
        )  # fmt: skip
        checks.add(_place(values, int(row), int(column)), found, "low <= value <= high")
    return numbers


def _of_spread(place: Text, which: str) -> Text:
    return text("{place}, {name}", place=place, name=which) if which else place


def _place(values: pd.DataFrame, row: int, column: int) -> Text:
    return text(
        "{name}, criterion {criterion}", name=repr(values.index[row]), criterion=repr(values.columns[column])
    )
