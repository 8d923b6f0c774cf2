"""What the nouns check of themselves when they are made: small tests that gather every problem."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import Any, TypeGuard, get_args

import numpy as np
import pandas as pd

from techprio.annotations import as_written as as_written
from techprio.errors import InputError, Problem, Sayable, did_you_mean, in_python
from techprio.language import NO_LABEL, Label, Text, text
from techprio.model.fields import Field, Names, fields_of


class Checks:
    """The problems of one noun, gathered before anything is raised.

    Parameters
    ----------
    message : Text
        What cannot be used; each problem stands on a line below it.

    Examples
    --------
    >>> checks = Checks(text("the scale cannot be used"))
    >>> checks.add("worst", "nothing", text("a finite number"))
    >>> try:
    ...     checks.check()
    ... except InputError as error:
    ...     print(error)
    the scale cannot be used
      worst; found nothing; allowed: a finite number
    """

    def __init__(self, message: Text) -> None:
        self.message = message
        self.problems: list[Problem] = []

    def add(self, place: Sayable, found: Any, allowed: Any, proposal: Sayable = "") -> None:
        """Note a problem; what is found is shown as Python writes it unless it is a text."""
        seen = found if isinstance(found, Text | str) else repr(found)
        words = allowed if isinstance(allowed, Text | str) else ", ".join(map(str, allowed))
        self.problems.append(Problem("", "", place, "", seen, words, proposal))

    def unknown(self, place: Sayable, name: object, known: Iterable[object]) -> None:
        """Note a name that is none of the known ones, with the nearest of them."""
        names = [str(one) for one in known]
        self.add(place, repr(name), _some(names), did_you_mean(str(name), names))

    def take(self, error: InputError, place: Sayable) -> None:
        """Note the problems of a part under the name that it has in the whole."""
        parts: Sequence[Problem] = error.problems
        for problem in parts:
            where = text("{whole}, {part}", whole=place, part=problem.place)
            self.problems.append(
                Problem("", "", where, problem.field, problem.found, problem.allowed, problem.proposal)
            )

    def check(self) -> None:
        """Raise one error with every problem; nothing when there is none."""
        if self.problems:
            raise InputError(self.message, self.problems)


def unknown_name(what: Text, name: object, known: Iterable[object]) -> InputError:
    """Return the error of a name that is none of the known ones, with the nearest of them.

    Examples
    --------
    >>> print(unknown_name(text("technology"), "AGR1", ["AGR01", "ENE01"]))
    unknown technology 'AGR1'; did you mean AGR01?
    """
    names = [str(one) for one in known]
    hint = did_you_mean(str(name), names)
    if hint:
        return InputError(text("unknown {kind} {name!r}; {hint}", kind=what, name=name, hint=hint))
    return InputError(
        text("unknown {kind} {name!r}; known: {names}", kind=what, name=name, names=_some(names))
    )


def _some(names: Sequence[str], most: int = 12) -> Text | str:
    """List names, the first of them when there are many."""
    if len(names) <= most:
        return ", ".join(names) or text("nothing")
    return text("{names} and {count} more", names=", ".join(names[:most]), count=len(names) - most)


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a finite number; True and False are none.

    Examples
    --------
    >>> is_number(2), is_number(True), is_number("2"), is_number(float("nan")), is_number(10**400)
    (True, False, False, False, False)
    """
    if not isinstance(value, Real) or isinstance(value, bool | np.bool_):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number or a fraction beyond the range of double precision
        return False


def is_integer(value: object) -> bool:
    """Whether a value is a whole number; True and False are none."""
    return isinstance(value, Integral) and not isinstance(value, bool | np.bool_)


def is_name(value: object) -> bool:
    """Whether a value is a text that is not empty."""
    return isinstance(value, str) and bool(value.strip())


def is_month(value: object) -> bool:
    """Whether a value is a month ``YYYY-MM``.

    Examples
    --------
    >>> is_month("2027-07"), is_month("2027-13"), is_month(202707)
    (True, False, False)
    """
    if not (isinstance(value, str) and len(value) == 7 and value[4] == "-"):
        return False
    year, month = value[:4], value[5:]
    return year.isascii() and year.isdigit() and month.isascii() and month.isdigit() and 1 <= int(month) <= 12


def check_number(
    checks: Checks,
    place: Sayable,
    value: object,
    least: float | None = None,
    most: float | None = None,
    *,
    whole: bool = False,
) -> None:
    """Note what is no finite number inside the limits."""
    right = is_integer(value) if whole else is_number(value)
    inside = right and (least is None or value >= least) and (most is None or value <= most)  # type: ignore[operator]
    if not inside:
        allowed = text("a whole number from {least} on", least=least) if whole and most is None else None
        checks.add(place, as_written(value), allowed or numbers_between(least, most))


def numbers_between(least: float | None, most: float | None) -> Text:
    """Say which numbers are allowed."""
    if least is not None and most is not None:
        return text("a number from {least} to {most}", least=float(least), most=float(most))
    if least is not None:
        return text("a number from {least} on", least=float(least))
    return text("a finite number")


def check_choice(checks: Checks, place: Sayable, value: object, choices: Any) -> None:
    """Note a word that is none of a few; ``choices`` are words, or a ``Literal``."""
    words = [str(word) for word in (get_args(choices) or choices)]
    if not (isinstance(value, str) and value in words):
        near = did_you_mean(value, words) if isinstance(value, str) else ""
        checks.add(place, as_written(value), words, near)


def check_type(checks: Checks, place: Sayable, value: object, kind: type, *, optional: bool = False) -> bool:
    """Note a value of another kind; answers whether it is of the kind."""
    if optional and value is None:
        return False
    right = isinstance(value, kind)
    if not right:
        checks.add(place, as_written(value), kind.__name__)
    return right


def check_flag(checks: Checks, place: Sayable, value: object) -> None:
    """Note what is neither True nor False."""
    if not isinstance(value, bool | np.bool_):
        checks.add(place, as_written(value), "True, False")


def check_named_once(checks: Checks, place: Sayable, names: Iterable[object]) -> None:
    """Note names that are empty, no text, or given twice."""
    seen: set[object] = set()
    for name in names:
        if not is_name(name):
            checks.add(place, as_written(name), text("a name"))
        elif name in seen:
            checks.add(place, text("{name} twice", name=str(name)), text("each name once"))
        seen.add(name if isinstance(name, str) else str(name))


def label_of(value: object, name: str = "") -> Label | None:
    """Return a label, or a plain text as the label of both languages; None for anything else.

    An empty one becomes the name. None stands for an empty one.

    Examples
    --------
    >>> label_of("Energy"), label_of("", "ENE"), label_of(3)
    (Label(vi='Energy', en='Energy'), Label(vi='ENE', en='ENE'), None)
    """
    if value is None or (isinstance(value, str | Label) and value in ("", NO_LABEL)):
        return Label(name, name)
    if isinstance(value, Label):
        return value if all(isinstance(words, str) for words in value) else None
    return Label(value, value) if isinstance(value, str) else None


def check_label(checks: Checks, place: Sayable, value: object, name: str = "") -> Label:
    """Return the label of a value, or note what is neither a label nor a text."""
    label = label_of(value, name)
    if label is None:
        checks.add(place, as_written(value), text("a text, or a Label in both languages"))
        return Label(name, name)
    return label


def set_field(noun: object, name: str, value: object) -> None:
    """Set a field of a frozen noun while it is made."""
    object.__setattr__(noun, name, value)


def as_mapping(value: object) -> Mapping[Any, Any] | None:
    """Return a mapping, a Series as one; None for anything else."""
    if isinstance(value, pd.Series):
        return dict(value.items())
    return value if isinstance(value, Mapping) else None


def to_numbers(column: pd.Series) -> pd.Series:
    """Return a column as floats, NaN for what is no number; True and False are none.

    Examples
    --------
    >>> to_numbers(pd.Series([1, "2.5", True, None])).tolist()
    [1.0, 2.5, nan, nan]
    """
    kind = getattr(column.dtype, "kind", "O")
    if kind in "iuf":
        return pd.Series(column.to_numpy(dtype=float, na_value=float("nan")), column.index, name=column.name)
    if kind in "bmM":
        return pd.Series(float("nan"), column.index, name=column.name)
    no, most = bool | np.bool_ | complex | np.complexfloating, 1e300
    cells: list[Any] = [x.real if kind == "c" and x.imag == 0 else x for x in column]
    cells = [None if isinstance(x, no) or (isinstance(x, int) and abs(x) > most) else x for x in cells]
    return pd.to_numeric(pd.Series(cells, column.index, object, column.name), errors="coerce").astype(float)


def check_fields(checks: Checks, noun: object) -> None:
    """Check every declared field of a noun by its declaration, and bring it into its stored form.

    Plain texts become labels, sequences tuples, mappings of a part the part itself; None stands for what
    is not given. Kind, limits and choices are those that the readers of files take.
    """
    record: Any = type(noun)
    for declared in fields_of(record):
        value = getattr(noun, declared.attribute)
        if value is None and not declared.required:
            value = declared.default
        else:
            value = _checked(checks, declared, value)
        if declared.kind == "words" and declared.like and not any(value):
            like = getattr(noun, declared.like)
            value = Label(like, like) if isinstance(like, str) else NO_LABEL
        set_field(noun, declared.attribute, value)


def _checked(checks: Checks, declared: Field, value: Any) -> Any:
    place, kind = declared.attribute, "flag" if declared.type is bool else declared.kind
    if kind == "words":
        return check_label(checks, place, value)
    if kind in ("text", "id", "codes") and not (is_name(value) if kind == "id" else isinstance(value, str)):
        checks.add(place, as_written(value), text("a name") if kind == "id" else text("a text"))
    elif kind == "month" and not is_month(value):
        checks.add(place, as_written(value), text("a month YYYY-MM"))
    elif kind == "flag":
        check_flag(checks, place, value)
    elif kind == "choice":
        word = in_python(int(value)) if declared.type is int and is_integer(value) else value
        check_choice(checks, place, word, declared.choices)
    elif kind == "integer" and not is_integer(value):
        checks.add(place, as_written(value), text("a whole number"))
    elif kind in ("number", "integer"):
        check_number(checks, place, value, declared.least, declared.most)
    elif kind in ("list", "lists", "shares", "blocks", "named"):
        return _checked_sequence(checks, declared, value)
    elif kind in ("numbers", "labels", "months") or (kind == "block" and not _is_dataclass(declared.inner)):
        return _checked_mapping(checks, declared, value)
    elif kind == "block" and declared.inner:
        return checked_part(checks, place, declared.inner, value)
    return value


def _checked_sequence(checks: Checks, declared: Field, value: Any) -> Any:
    if isinstance(value, str | Mapping) or not isinstance(value, Sequence | np.ndarray | pd.Index):
        kind = declared.inner.__name__ if declared.inner else "str"
        checks.add(declared.attribute, as_written(value), text("a sequence of {kind}", kind=kind))
        return ()
    places = [
        text("{noun}, number {number}", noun=declared.attribute, number=one + 1) for one in range(len(value))
    ]
    if declared.inner:
        inner = declared.inner
        return tuple(
            checked_part(checks, where, inner, one) for where, one in zip(places, value, strict=True)
        )
    if declared.kind == "lists":
        return tuple(
            _checked_sequence(checks, dataclasses.replace(declared, kind="list"), group) for group in value
        )
    for where, one in zip(places, value, strict=True):
        if declared.kind == "shares":
            check_number(checks, where, one, declared.least, declared.most)
        elif not is_name(one):
            checks.add(where, as_written(one), text("a name"))
    return tuple(value)


def _checked_mapping(checks: Checks, declared: Field, value: Any) -> Any:
    entries = as_mapping(value)
    if entries is None:
        checks.add(declared.attribute, as_written(value), text("a mapping by name"))
        return {}
    found: dict[Any, Any] = {}
    for name, one in entries.items():
        place = text("{what} of {name}", what=declared.attribute, name=str(name))
        known = fields_of(declared.inner) if declared.inner else ()
        if known and name not in [field.name for field in known]:
            checks.unknown(declared.attribute, name, [field.name for field in known])
            continue
        _check_key(checks, place, declared.names, name)
        if declared.kind == "labels":
            one = check_label(checks, place, one)
        elif declared.kind == "months" and not is_month(one):
            checks.add(place, as_written(one), text("a month YYYY-MM"))
        elif declared.kind != "months":
            limits = known[0] if known else declared
            whole = get_args(declared.type)[1:] == (int,)
            check_number(checks, place, one, limits.least, limits.most, whole=whole)
        found[name] = one
    return found


def _check_key(checks: Checks, place: Sayable, names: Names | None, key: object) -> None:
    if names is None:
        right: bool = is_name(key)
    else:
        right = (is_integer if names.kind == "integer" else is_number)(key) and not (
            (names.least is not None and key < names.least) or (names.most is not None and key > names.most)  # type: ignore[operator]
        )
    if not right:
        allowed = text("a name") if names is None else names.allowed or text("a finite number")
        checks.add(place, as_written(key), allowed)


def checked_part(checks: Checks, place: Sayable, kind: type, value: Any) -> Any:
    """Return a part of a noun, also from a mapping of its fields."""
    if not isinstance(value, Mapping) or isinstance(value, kind):
        check_type(checks, place, value, kind)
        return value
    fields = dataclasses.fields(kind)
    known = [field.name for field in fields]
    unknown = [name for name in value if name not in known]
    for name in unknown:
        checks.unknown(place, name, known)
    lacking = [
        field.name for field in dataclasses.fields(kind) if _is_needed(field) and field.name not in value
    ]
    for name in lacking:
        checks.add(text("{whole}, {part}", whole=place, part=name), text("nothing"), text("a value"))
    if unknown or lacking:
        return value
    try:
        return kind(**value)
    except InputError as error:
        checks.take(error, place)
        return value


def _is_needed(field: dataclasses.Field[Any]) -> bool:
    return (
        field.init and field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    )


def _is_dataclass(kind: type | None) -> bool:
    return kind is not None and dataclasses.is_dataclass(kind)
