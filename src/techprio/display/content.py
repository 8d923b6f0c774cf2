"""The content of a value: whether two are the same, and what of one is plain strings and numbers."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence, Set
from types import FunctionType
from typing import Any

import numpy as np
import pandas as pd

from techprio.language import Label, Language, Month, Percent, Text


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
