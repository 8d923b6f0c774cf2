"""Arguments that contradict their annotation are answered in words, not by an error from deep inside.

The functions of the public face check what they can only know themselves: names, limits, what belongs
together. That a table stands where a table is wanted is known from the signature. :func:`validated` reads
it: words, flags, numbers and whether a sequence or mapping of them is one before the call, because a wrong
one may be taken for something in silence; everything else when the call has failed.
"""

from __future__ import annotations

import inspect
from collections import abc
from collections.abc import Callable
from functools import cache, wraps
from itertools import zip_longest
from typing import Any, NamedTuple, ParamSpec, TypeVar

from techprio.annotations import (
    CONTAINERS,
    LARGEST,
    Numbers,
    allowed_by,
    as_container,
    as_written,
    choices_of,
    fits,
    has_kind,
    is_of_another_library,
    is_of_kind,
    is_whole,
    sure_types,
    takes_plain,
    with_library,
)
from techprio.errors import InputError, Problem, TechprioError, did_you_mean
from techprio.language import text

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
        names, stated = parameters_of(function)
        is_held = False
        for name, value in (*zip(names, args, strict=False), *kwargs.items()):
            if name not in stated:
                if is_of_another_library(type(value)):
                    refuse_contradictions(function, args, kwargs)
                continue
            if not stated[name].takes(value):
                refuse_contradictions(function, args, kwargs)
            is_held = is_held or (stated[name].holds and type(value) not in _USUAL)
        if is_held:
            held = {name: one for name, one in stated.items() if one.holds}
            args = tuple(  # type: ignore[assignment]
                held[name].taken(value) if name in held else value
                for name, value in zip_longest(names[: len(args)], args)
            )
            for name in kwargs.keys() & held.keys():
                kwargs[name] = held[name].taken(kwargs[name])
        try:
            return function(*args, **kwargs)
        except (TechprioError, OSError, Warning):
            raise
        except Exception as error:
            refuse_contradictions(function, args, kwargs, error)
            raise

    return checked


#: What can be gone through again as it is.
_USUAL = (list, tuple, dict, set, frozenset, str, type(None))


class _Parameter(NamedTuple):
    """What a parameter takes; a value of one of the types fits without a closer look."""

    hint: Any
    default: Any
    types: frozenset[type]
    is_plain: bool
    holds: bool

    def takes(self, value: Any) -> bool:
        """Whether a value is what the annotation says: of plain values its kind, else no foreign table."""
        if not self.is_plain:
            return not is_of_another_library(type(value))
        kind = type(value)
        if kind in self.types and (abs(value) < LARGEST if kind is int else value == value):
            return True
        return value is self.default or (not is_of_another_library(kind) and is_of_kind(value, self.hint))

    def taken(self, value: Any) -> Any:
        """Return a sequence or mapping that can be gone through again."""
        return as_container(value, self.hint, plain=self.is_plain)


@cache
def parameters_of(function: Callable[..., Any]) -> tuple[tuple[str, ...], dict[str, _Parameter]]:
    """Return the parameters by position, and what those take that take plain values or hold several."""
    single = [one for one in inspect.signature(function).parameters.values() if one.kind not in _SEVERAL]
    hints = {one.name: (_hint(function, one.name), one.default) for one in single}
    stated = {}
    for name, (hint, default) in hints.items():
        if hint is None:
            continue
        is_plain, holds = takes_plain(hint), has_kind(hint, (abc.Mapping, *CONTAINERS))
        if is_plain or holds:
            stated[name] = _Parameter(hint, default, frozenset(sure_types(hint)), is_plain, holds)
    return tuple(hints), stated


_SEVERAL = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


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
        parameter = given.signature.parameters[name]
        if parameter.kind in _SEVERAL:
            continue
        hint, default = _hint(function, name), parameter.default
        if is_of_another_library(type(value)):
            problems.append(_of_another_library(name, value, hint))
            continue
        if hint is not None and value is not default and not (fits(value, hint) and is_of_kind(value, hint)):
            near = did_you_mean(value, choices_of(hint)) if isinstance(value, str) else ""
            problems.append(Problem("", "", name, "", as_written(value), allowed_by(hint), near))
    if problems:
        raise InputError(None, problems) from error


def _of_another_library(name: str, value: Any, hint: Any) -> Problem:
    proposal = text("a table of pandas: {name}.to_pandas(), with the names of its rows as index", name=name)
    allowed = "" if hint is None else allowed_by(hint)
    return Problem("", "", name, "", with_library(value), allowed, proposal)


#: More would take weeks; a number of ten digits is a slip.
MOST_DRAWS = 100_000_000


def check_count(name: str, value: object, *, least: int, most: int | None = None) -> None:
    """Refuse what is not a whole number of at least ``least``, and at most ``most``."""
    if is_whole(value) and value >= least and (most is None or value <= most):  # type: ignore[operator]
        return
    if most is None:
        allowed = text("a whole number, {least} or more", least=least)
    else:
        allowed = text("a whole number from {least} to {most}", least=least, most=float(most))
    raise InputError.argument(name, found=value, allowed=allowed)


def _hint(function: Callable[..., Any], name: str) -> Any:
    hint = getattr(function, "__annotations__", {}).get(name)
    if not isinstance(hint, str):
        return hint
    known = {**vars(abc), **function.__globals__, "ArrayLike": Numbers}
    try:
        return eval(hint, known)  # an annotation of our own
    except NameError:  # imported for type checkers only
        return None
