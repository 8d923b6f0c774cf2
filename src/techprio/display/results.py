"""What every result can do: state itself in a line, show its tables, be compared, be handed to other tools.

How to use it. A result is a frozen dataclass that inherits :class:`Result` and says what is its own::

    @dataclass(frozen=True)
    class Walk(Result):
        table: pd.DataFrame
        notes: tuple[Text, ...] = ()

        def _summary(self) -> str:                  # repr: Walk(12 criteria, leader kept by 9)
            return f"{len(self.table)} criteria, leader kept by {self.kept}"

        def _title(self) -> Text:                   # head of show()
            return text("Weights of {count} criteria", count=len(self.table))

        def _facts(self) -> Sequence[Text]: ...     # lines below the head; none by default

        def tables(self) -> dict[str, Table]:       # declared quantities, the main table first
            return tables_of(Table.from_frame("weights", ..., [CRITERION, WEIGHT], self.table))

``__repr__``, ``__eq__``, ``__hash__``, ``show``, ``_repr_html_``, ``to_dict`` and ``to_json`` follow. A
field that is no content (a cache, a callback) is declared with ``field(compare=False, repr=False)``;
with ``repr=False`` it stays out of ``to_dict`` too.
"""

from __future__ import annotations

import dataclasses
import json
import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence, Set
from types import FunctionType
from typing import Any

import numpy as np
import pandas as pd

from techprio.arguments import check_count, validate_methods, validated
from techprio.display.quantities import Table, Words
from techprio.display.show import Shown, View
from techprio.language import Label, Language, Month, Percent, Text, resolve_language, text

LONGEST = 120


def tables_of(*tables: Table) -> dict[str, Table]:
    """Name tables by their ids."""
    return {table.id: table for table in tables}


class Result(ABC):
    """A value that states itself, shows its tables and is compared by its content.

    The base of every noun and result of the library; see the module for how to use it.
    """

    def __init_subclass__(cls, **options: Any) -> None:
        """Keep ``dataclass`` from writing its own ``repr``, ``==`` and ``hash``, which frames cannot take.

        Public methods answer for their arguments, see :mod:`techprio.arguments`.
        """
        super().__init_subclass__(**options)
        validate_methods(cls)
        for name in ("__repr__", "__eq__", "__hash__"):
            if name not in cls.__dict__ or cls.__dict__[name] is None:
                setattr(cls, name, getattr(Result, name))

    def __repr__(self) -> str:
        line = f"{type(self).__name__}({' '.join(self._summary().split())})"
        return line if len(line) <= LONGEST else f"{line[: LONGEST - 2]}…)"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return False
        names = [field.name for field in dataclasses.fields(self) if field.compare]  # type: ignore[arg-type]
        return all(same(getattr(self, name), getattr(other, name)) for name in names)

    def __hash__(self) -> int:
        message = text(
            "{kind} cannot be a key: it holds tables, which have no hash",
            kind=type(self).__name__,
        )
        raise TypeError(str(message))

    def tables(self) -> dict[str, Table]:
        """Return the tables of the result under their names, the main one first; in no language yet."""
        return {}

    def show(self, language: Language | None = None) -> Shown:
        """Return what a notebook or a terminal shows of it: facts, tables with bars, notes.

        Parameters
        ----------
        language : {"vi", "en"}, optional
            By :func:`techprio.set_language`, else the environment, else English.
        """
        return Shown(self._view(), resolve_language(language))

    def _repr_html_(self) -> str:
        return self._view().html(resolve_language())

    def to_dict(self, language: Language | None = None) -> dict[str, Any]:
        """Return all fields as strings, numbers, booleans, None, lists and dicts.

        Frames are lists of rows, series dicts by their index; what is missing is None.

        Parameters
        ----------
        language : {"vi", "en"}, optional
            Of the sentences and names inside.
        """
        language = resolve_language(language)
        fields = [field for field in dataclasses.fields(self) if field.repr]  # type: ignore[arg-type]
        return {field.name: plain(getattr(self, field.name), language) for field in fields}

    @validated
    def to_json(self, language: Language | None = None, *, indent: int | None = None) -> str:
        """Return :meth:`to_dict` as JSON text.

        Parameters
        ----------
        language : {"vi", "en"}, optional
        indent : int, optional
            Spaces a level; one line without it.
        """
        if indent is not None:
            check_count("indent", indent, least=0, most=100)
        return json.dumps(self.to_dict(language), ensure_ascii=False, allow_nan=False, indent=indent)

    @abstractmethod
    def _summary(self) -> str:
        """Return what stands in the parentheses of the repr."""

    @abstractmethod
    def _title(self) -> Words:
        """Return the head of what is shown."""

    def _facts(self) -> Sequence[Words]:
        """Return what must be known to read the tables."""
        return ()

    def _remarks(self) -> Sequence[Words]:
        """Return what is printed below the tables."""
        return getattr(self, "notes", ())

    def _view(self) -> View:
        return View(self._title(), self._facts(), tuple(self.tables().values()), self._remarks())


def same(a: Any, b: Any) -> bool:
    """Whether two values hold the same content; never raises.

    NaN equals NaN and numbers of different types are equal by value; frames and arrays are compared
    cell by cell, mappings by key.

    Examples
    --------
    >>> same(pd.DataFrame({"a": [1.0, np.nan]}), pd.DataFrame({"a": [1.0, np.nan]}))
    True
    >>> same({"a": np.array([1, 2])}, {"a": np.array([1, 3])})
    False
    """
    if a is b:
        return True
    if _is_nothing(a) or _is_nothing(b):
        return _is_nothing(a) and _is_nothing(b)
    if isinstance(a, pd.DataFrame | pd.Series | pd.Index | np.ndarray):
        return type(a) is type(b) and _same_arrays(a, b)
    if isinstance(a, Mapping):
        return isinstance(b, Mapping) and a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if _holds_fields(a):
        return type(a) is type(b) and same(_fields(a), _fields(b))
    try:
        return bool(a == b)
    except (TypeError, ValueError):
        return False


def _is_nothing(value: Any) -> bool:
    return value is pd.NA or value is pd.NaT or (isinstance(value, float | np.floating) and math.isnan(value))


def _holds_fields(value: Any) -> bool:
    """Whether a value is compared by its fields: its own ``==`` is of identity, or of a tuple of frames."""
    if dataclasses.is_dataclass(value):
        return not hasattr(value, "to_dict")
    by_identity = getattr(type(value), "__eq__", None) is object.__eq__
    return by_identity and hasattr(value, "__dict__") and not isinstance(value, FunctionType)


def _fields(value: Any) -> dict[str, Any]:
    if dataclasses.is_dataclass(value):
        return {
            field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.compare
        }
    return vars(value)


def _same_arrays(a: Any, b: Any) -> bool:
    if a.shape != b.shape:
        return False
    if isinstance(a, pd.DataFrame):
        return (
            _same_arrays(a.index, b.index)
            and _same_arrays(a.columns, b.columns)
            and all(_same_arrays(a.iloc[:, place], b.iloc[:, place]) for place in range(a.shape[1]))
        )
    if isinstance(a, pd.Series) and not _same_arrays(a.index, b.index):
        return False
    left, right = np.asarray(a), np.asarray(b)
    if left.dtype.kind in "biuf" and right.dtype.kind in "biuf":
        return bool(np.array_equal(left, right, equal_nan="f" in left.dtype.kind + right.dtype.kind))
    return all(map(same, left.ravel().tolist(), right.ravel().tolist()))


def plain(value: Any, language: Language) -> Any:
    """Return a value as strings, numbers, booleans, None, lists and dicts.

    A frame is a list of rows (its index first, where it has a name), a series a dict by its index, a
    text its sentence in the language; what is missing or infinite is None.

    Examples
    --------
    >>> plain({"a": (np.int64(1), np.nan), ("x", "y"): Label("Giá", "Cost")}, "en")
    {'a': [1, None], 'x, y': 'Cost'}
    """
    if isinstance(value, Text | Label):
        return value.render(language)
    if isinstance(value, Month | Percent):
        return value[0]
    if isinstance(value, np.generic):
        value = value.item()
    if _is_nothing(value):
        return None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, str | bool | int):
        return str(value) if isinstance(value, str) else value
    return _plain_container(value, language)


def _plain_container(value: Any, language: Language) -> Any:
    if isinstance(value, pd.DataFrame):
        frame = value if isinstance(value.index, pd.RangeIndex) else value.reset_index()
        names = [_key(name) for name in frame.columns]
        return [
            {name: plain(cell, language) for name, cell in zip(names, row, strict=True)}
            for row in frame.itertuples(index=False, name=None)
        ]
    if isinstance(value, pd.Series):
        return {_key(name): plain(cell, language) for name, cell in value.items()}
    if isinstance(value, np.ndarray | pd.Index):
        return plain(value.tolist(), language)
    if isinstance(value, Mapping):
        return {_key(name): plain(cell, language) for name, cell in value.items()}
    if isinstance(value, Set):
        return sorted((plain(cell, language) for cell in value), key=str)
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [plain(cell, language) for cell in value]
    if hasattr(value, "to_dict"):
        return value.to_dict(language)
    if dataclasses.is_dataclass(value):
        return {f.name: plain(getattr(value, f.name), language) for f in dataclasses.fields(value)}
    words = str(value)
    return type(value).__name__ if " object at 0x" in words else words  # an address says nothing to others


def _key(name: Any) -> str:
    return ", ".join(map(str, name)) if isinstance(name, tuple) else str(name)
