"""What an annotation takes, and how it is said: for arguments, and for files that techprio reads again."""

from __future__ import annotations

import inspect
import math
import types
import typing
from collections import abc
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from numbers import Integral, Real
from os import PathLike
from typing import Any, TypeVar

from techprio.errors import in_python
from techprio.language import Text, joined, text


class Numbers:
    """Stands for ``ArrayLike``, whose own union admits any text: what becomes an array of numbers."""


def fits(value: Any, hint: Any) -> bool:
    """Whether a value is what an annotation says; True where the annotation says too little.

    Examples
    --------
    >>> fits(3, float), fits(True, int), fits("a", str | None), fits(["a", 1], list[str])
    (True, False, True, False)
    """
    hint = _plain(hint)
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any or isinstance(hint, str | TypeVar):
        return True
    if origin in (typing.Union, types.UnionType):
        return any(fits(value, one) for one in inner)
    if hint is None or hint is type(None):
        return value is None
    if origin is typing.Literal:
        alike = [one for one in inner if isinstance(value, type(one)) and _is_flag(value) == _is_flag(one)]
        return any(value == one for one in alike)
    if hint in _PLAIN:
        return _PLAIN[hint](value)
    if typing.is_typeddict(hint):
        return isinstance(value, Mapping) and _has_keys(value, hint)
    kind = origin or hint
    if kind is abc.Callable:
        return callable(value)
    if not inspect.isclass(kind) or getattr(kind, "_is_protocol", False):
        return True
    return _is_a(value, kind) and all(
        fits(one, part) for part, ones in _parts(value, kind, inner) for one in ones
    )


def _has_keys(value: Mapping[Any, Any], hint: Any) -> bool:
    """Whether a mapping has the keys of a ``TypedDict`` that it needs, and what fits under each it has."""
    wanted = typing.get_type_hints(hint)
    return value.keys() >= hint.__required_keys__ and all(
        fits(value[key], wanted[key]) for key in wanted if key in value
    )


def _plain(hint: Any) -> Any:
    """Take an alias or the remarks of an ``Annotated`` off."""
    while hasattr(hint, "__value__"):
        hint = hint.__value__
    return typing.get_args(hint)[0] if typing.get_origin(hint) is typing.Annotated else hint


#: Beyond the range of double precision.
LARGEST = 2**1024


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool) or type(value).__name__ in ("bool_", "bool")


def is_whole(value: Any) -> bool:
    """Whether a value is a whole number that can be written and computed with."""
    return isinstance(value, Integral) and not _is_flag(value) and abs(int(value)) < LARGEST


def _is_real(value: Any) -> bool:
    """Whether a value is a number of double precision; True and False are none."""
    if not isinstance(value, Real) or _is_flag(value):
        return False
    try:
        return not math.isnan(value)
    except OverflowError:
        return False


def _are_numbers(value: Any) -> bool:
    import numpy as np

    try:
        return np.asarray(value, dtype=float).ndim > 0
    except (TypeError, ValueError, OverflowError):
        return False


_PLAIN: dict[Any, Callable[[Any], bool]] = {
    bool: _is_flag,
    int: is_whole,
    float: _is_real,
    Numbers: _are_numbers,
}
#: Words of more than one.
_SEVERAL: dict[Any, Text] = {
    int: text("whole numbers"),
    float: text("numbers"),
    str: text("texts"),
}
CONTAINERS = (abc.Sequence, abc.Collection, abc.Iterable, abc.Set, list, tuple, set, frozenset)
_WORDS: dict[Any, Callable[[], Text | str]] = {
    bool: lambda: "True, False",
    int: lambda: text("a whole number"),
    float: lambda: text("a number"),
    str: lambda: text("a text"),
    type(None): lambda: text("nothing"),
    Numbers: lambda: text("an array of numbers"),
}


def _is_a(value: Any, kind: type) -> bool:
    if issubclass(kind, PathLike):
        return isinstance(value, PathLike)
    if kind in (abc.Sequence, abc.Collection, abc.Iterable, abc.Set):
        right = isinstance(value, kind) and not isinstance(value, str | bytes | Mapping)
        return right and not hasattr(value, "ndim")
    return isinstance(value, kind)


def _parts(value: Any, kind: type, inner: tuple[Any, ...]) -> list[tuple[Any, Collection[Any]]]:
    """Return the values inside a value, with what each must be."""
    hints: list[Any] = list(inner)
    if kind is abc.Mapping and len(hints) == 2:
        return [(hints[0], list(value.keys())), (hints[1], [one for _, one in value.items()])]
    if kind is tuple and hints[1:] and hints[-1] is not Ellipsis:
        if len(hints) != len(value):
            return [(None, [value])]
        return [(hint, [one]) for hint, one in zip(hints, value, strict=True)]
    if hints and kind in CONTAINERS and isinstance(value, Collection):
        return [(hints[0], list(value))]
    return []


def as_written(value: Any) -> Text | str:
    """Show a value in a line: a table by its size, what is long by its beginning."""
    if value is None:
        return text("nothing")
    if is_of_another_library(type(value)):
        return with_library(value)
    if hasattr(value, "dtype") and hasattr(value, "item") and not getattr(value, "ndim", 1):
        value = value.item()
    shape: tuple[int, ...] = getattr(value, "shape", ())
    if len(shape) == 2:
        return text("a table of {rows} x {columns}", rows=shape[0], columns=shape[1])
    if len(shape) == 1:
        return text("{count} values", count=shape[0])
    if isinstance(value, type):
        return text("the class {name}", name=value.__name__)
    shown = in_python(value)
    if isinstance(shown, Text):
        return shown
    shown = " ".join(shown.split())
    if " object at 0x" in shown:
        return text("an object of type {name}", name=type(value).__name__)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def allowed_by(hint: Any) -> Text:
    """Say in words what an annotation allows."""
    words = {str(one): one for one in _words(hint)}
    return joined(words.values(), ", ")


def _words(hint: Any) -> list[Text | str]:
    hint = _plain(hint)
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return [words for one in inner for words in _words(one)]
    if origin is typing.Literal:
        return [str(one) for one in inner]
    if hint in _WORDS:
        return [_WORDS[hint]()]
    kind = origin or hint
    if inspect.isclass(kind) and issubclass(kind, PathLike):
        return [text("a path")]
    if kind is abc.Mapping or typing.is_typeddict(kind):
        return [text("a mapping by name")]
    if kind in (abc.Sequence, abc.Collection, abc.Iterable, abc.Set, tuple) and inner:
        kinds = [_SEVERAL.get(one) or words for one in inner[:1] for words in _words(one)]
        return [text("a sequence of {kind}", kind=joined(kinds, " | "))]
    return [getattr(kind, "__name__", str(kind))]


def takes_plain(hint: Any) -> bool:
    """Whether an annotation is a word, a flag, a number, nothing, or a sequence or mapping of them."""
    hint = _plain(hint)
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType, abc.Mapping, *CONTAINERS):
        return all(takes_plain(one) for one in inner if one is not Ellipsis)
    return origin is typing.Literal or hint in (bool, int, float, str, None, type(None))


def sure_types(hint: Any) -> Iterator[type]:
    """Give the types that fit an annotation, all their values but NaN and whole numbers beyond all."""
    hint = _plain(hint)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        for one in typing.get_args(hint):
            yield from sure_types(one)
    elif hint in (None, type(None)):
        yield type(None)
    elif hint in (bool, int, float, str):
        yield hint


def is_of_kind(value: Any, hint: Any) -> bool:
    """Whether a value is of the kind that an annotation says, whatever stands inside it."""
    hint = _plain(hint)
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return any(is_of_kind(value, one) for one in typing.get_args(hint))
    if origin is None or origin is typing.Literal:
        return hint is Numbers or fits(value, hint)
    if inspect.isclass(origin) and issubclass(origin, abc.Mapping):
        return isinstance(value, abc.Mapping) or hasattr(value, "items")
    if origin in CONTAINERS:
        is_table = getattr(value, "ndim", 1) != 1
        return isinstance(value, abc.Iterable) and not isinstance(value, str | bytes) and not is_table
    return fits(value, hint)


def choices_of(hint: Any) -> list[str]:
    """Return the words that an annotation lists for one value."""
    hint = _plain(hint)
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return [word for word in inner if isinstance(word, str)]
    is_choice = origin in (typing.Union, types.UnionType)
    return [word for one in inner for word in choices_of(one)] if is_choice else []


def has_kind(hint: Any, kinds: Collection[Any]) -> bool:
    """Whether an annotation is one of some kinds, or one of its alternatives is."""
    hint = _plain(hint)
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return any(has_kind(one, kinds) for one in typing.get_args(hint))
    return origin in kinds


def as_container(value: Any, hint: Any, *, plain: bool) -> Any:
    """Return a sequence or mapping that can be gone through again.

    An iterator is a tuple then. Where an annotation is of plain values only, a column of numpy or pandas is a
    tuple too, or a dict where a mapping is wanted.
    """
    if isinstance(value, abc.Iterator):
        return tuple(value)
    if plain and getattr(value, "ndim", 0) == 1:
        if hasattr(value, "items") and has_kind(hint, (abc.Mapping,)):
            return dict(value.items())
        return tuple(value.tolist())
    return value


def is_of_another_library(kind: type) -> bool:
    """Whether it is a table or a column of polars, pyarrow, dask, Spark or another library than pandas."""
    return _is_foreign(kind)


@lru_cache(maxsize=1024)
def _is_foreign(kind: type) -> bool:
    library = kind.__module__.partition(".")[0]
    if library in ("builtins", "numpy", "pandas", "techprio"):
        return False
    ways = ("__arrow_c_stream__", "__dataframe__", "to_pandas", "toPandas", "collect_schema")
    return any(hasattr(kind, way) for way in ways)


def with_library(value: object) -> Text:
    """Name a table of another library by its kind, as an error shows it."""
    library = type(value).__module__.partition(".")[0]
    return text("{kind} of {library}", kind=type(value).__name__, library=library)
