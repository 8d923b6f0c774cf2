"""Arguments that contradict their annotation are answered in words, not by an error from deep inside.

The functions of the public face check what they can only know themselves: names, limits, what belongs
together. That a table stands where a table is wanted is known from the signature. :func:`validated` reads
it: words, flags, numbers and whether a sequence or mapping of them is one before the call, because a wrong
one may be taken for something in silence; everything else when the call has failed.
"""

from __future__ import annotations

import inspect
import math
import types
import typing
from collections import abc
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, lru_cache, wraps
from numbers import Integral, Real
from os import PathLike
from typing import Any, NamedTuple, ParamSpec, TypeVar

from techprio.errors import InputError, Problem, TechprioError, did_you_mean, in_python
from techprio.language import Text, joined, text

P = ParamSpec("P")
R = TypeVar("R")


def validated(function: Callable[P, R]) -> Callable[P, R]:
    """Return the function with arguments that contradict their annotation reported by name.

    All of them are listed, with what was found and what is allowed. An error with all arguments as annotated
    is a problem of techprio and is passed on as it is. A table of another library is refused by name before
    anything else: it has no index, and none is guessed.

    Examples
    --------
    >>> @validated
    ... def share(part: float, whole: float = 1.0) -> float:
    ...     return part / whole
    >>> share(1.0, 4.0)
    0.25
    >>> share("1")
    Traceback (most recent call last):
    techprio.errors.InputError: part; found '1'; allowed: a number
    """

    @wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        names, plain = plain_parameters(function)
        for name, value in (*zip(names, args, strict=False), *kwargs.items()):
            if not plain[name].takes(value) if name in plain else is_of_another_library(type(value)):
                refuse_contradictions(function, args, kwargs)
        try:
            return function(*args, **kwargs)
        except (TechprioError, OSError, Warning):
            raise
        except Exception as error:
            refuse_contradictions(function, args, kwargs, error)
            raise

    return checked


class _Plain(NamedTuple):
    """What a parameter takes; a value of one of the types fits without a closer look."""

    hint: Any
    default: Any
    types: frozenset[type]

    def takes(self, value: Any) -> bool:
        """Whether a value is what the annotation says, as far as its kind."""
        kind = type(value)
        if kind in self.types and (abs(value) < _LARGEST if kind is int else value == value):
            return True
        return value is self.default or _is_of_kind(value, self.hint)


@cache
def plain_parameters(function: Callable[..., Any]) -> tuple[tuple[str, ...], dict[str, _Plain]]:
    """Return the parameters by position, and what those take that take plain values."""
    parameters = inspect.signature(function).parameters
    hints = {name: _hint(function, name) for name in parameters}
    plain = {
        name: _Plain(hint, parameters[name].default, frozenset(_sure_types(hint)))
        for name, hint in hints.items()
        if hint is not None and _takes_plain(hint)
    }
    return tuple(parameters), plain


def _sure_types(hint: Any) -> Iterator[type]:
    """Give the types that fit an annotation, all their values but NaN and whole numbers beyond all."""
    hint = _plain(hint)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        for one in typing.get_args(hint):
            yield from _sure_types(one)
    elif hint in (None, type(None)):
        yield type(None)
    elif hint in (bool, int, float, str):
        yield hint


def _takes_plain(hint: Any) -> bool:
    """Whether an annotation is a word, a flag, a number, nothing, or a sequence or mapping of them."""
    hint = _plain(hint)
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType, abc.Mapping, *_CONTAINERS):
        return all(_takes_plain(one) for one in inner if one is not Ellipsis)
    return origin is typing.Literal or hint in (bool, int, float, str, None, type(None))


def _is_of_kind(value: Any, hint: Any) -> bool:
    """Whether a value is of the kind that an annotation says, whatever stands inside it."""
    hint = _plain(hint)
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return any(_is_of_kind(value, one) for one in typing.get_args(hint))
    if origin is None or origin is typing.Literal:
        return hint is Numbers or fits(value, hint)
    if inspect.isclass(origin) and issubclass(origin, abc.Mapping):
        return isinstance(value, abc.Mapping) or hasattr(value, "items")
    if origin in _CONTAINERS:
        is_table = getattr(value, "ndim", 1) != 1
        return isinstance(value, abc.Iterable) and not isinstance(value, str | bytes) and not is_table
    return fits(value, hint)


def validate_methods(owner: type[R]) -> type[R]:
    """Return the class with :func:`validated` around each public method that it declares."""
    for name, member in list(vars(owner).items()):
        if name.startswith("_"):
            continue
        if isinstance(member, classmethod | staticmethod):
            setattr(owner, name, type(member)(validated(member.__func__)))
        elif inspect.isfunction(member):
            setattr(owner, name, validated(member))
    return owner


def refuse_contradictions(
    function: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    error: Exception | None = None,
) -> None:
    """Stop with a problem for each argument that is not what its annotation says; go on where all are."""
    try:
        given = inspect.signature(function).bind(*args, **kwargs)
    except TypeError:
        return  # a missing or unknown argument: Python says it best
    problems = []
    for name, value in given.arguments.items():
        hint = _hint(function, name)
        default = inspect.signature(function).parameters[name].default
        if is_of_another_library(type(value)):
            problems.append(_of_another_library(name, value, hint))
            continue
        if hint is not None and value is not default and not (fits(value, hint) and _is_of_kind(value, hint)):
            near = did_you_mean(value, _choices(hint)) if isinstance(value, str) else ""
            problems.append(Problem("", "", name, "", as_written(value), allowed_by(hint), near))
    if problems:
        raise InputError(None, problems) from error


def _choices(hint: Any) -> list[str]:
    """Return the words that an annotation lists."""
    hint = _plain(hint)
    inner = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Literal:
        return [word for word in inner if isinstance(word, str)]
    return [word for one in inner for word in _choices(one)]


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


def _of_another_library(name: str, value: Any, hint: Any) -> Problem:
    proposal = text("a table of pandas: {name}.to_pandas(), with the names of its rows as index", name=name)
    allowed = "" if hint is None else allowed_by(hint)
    return Problem("", "", name, "", with_library(value), allowed, proposal)


#: More would take weeks; a number of ten digits is a slip.
MOST_DRAWS = 100_000_000


def check_count(name: str, value: object, *, least: int, most: int | None = None) -> None:
    """Refuse what is not a whole number of at least ``least``, and at most ``most``."""
    if _is_whole(value) and value >= least and (most is None or value <= most):  # type: ignore[operator]
        return
    if most is None:
        allowed = text("a whole number, {least} or more", least=least)
    else:
        allowed = text("a whole number from {least} to {most}", least=least, most=float(most))
    raise InputError.argument(name, found=value, allowed=allowed)


class Numbers:
    """Stands for ``ArrayLike``, whose own union admits any text: what becomes an array of numbers."""


def _hint(function: Callable[..., Any], name: str) -> Any:
    hint = getattr(function, "__annotations__", {}).get(name)
    if not isinstance(hint, str):
        return hint
    known = {**vars(abc), **function.__globals__, "ArrayLike": Numbers}
    try:
        return eval(hint, known)  # an annotation of our own
    except NameError:  # imported for type checkers only
        return None


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
        return any(type(value) is type(one) and value == one for one in inner)
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
_LARGEST = 2**1024


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool) or type(value).__name__ in ("bool_", "bool")


def _is_whole(value: Any) -> bool:
    """Whether a value is a whole number that can be written and computed with."""
    return isinstance(value, Integral) and not _is_flag(value) and abs(int(value)) < _LARGEST


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
    int: _is_whole,
    float: _is_real,
    Numbers: _are_numbers,
}
_CONTAINERS = (abc.Sequence, abc.Collection, abc.Iterable, abc.Set, list, tuple, set, frozenset)
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
    if hints and kind in _CONTAINERS and isinstance(value, Collection):
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
        return [text("a sequence of {kind}", kind=joined(_words(inner[0]), " | "))]
    return [getattr(kind, "__name__", str(kind))]
