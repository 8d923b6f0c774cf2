"""What the nouns check of themselves when they are made: small tests that gather every fault."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral, Real
from typing import Any, get_args

import numpy as np
import pandas as pd

from techprio.errors import InputError, Problem, Sayable, did_you_mean
from techprio.language import NO_LABEL, Label, Text, text


class Faults:
    """The faults of one noun, gathered before anything is raised.

    Parameters
    ----------
    message : Text
        What cannot be used, with a comma between it and the faults on the lines below.

    Examples
    --------
    >>> faults = Faults(text("the scale cannot be used"))
    >>> faults.add("worst", "nothing", text("a finite number"))
    >>> faults.check()
    Traceback (most recent call last):
        ...
    techprio.errors.InputError: the scale cannot be used
      worst: found nothing; allowed: a finite number
    """

    def __init__(self, message: Text) -> None:
        self.message = message
        self.problems: list[Problem] = []

    def add(self, place: Sayable, found: Any, allowed: Any, proposal: Sayable = "") -> None:
        """Note a fault; what is found is shown as Python writes it unless it is a text."""
        seen = found if isinstance(found, Text | str) else repr(found)
        words = allowed if isinstance(allowed, Text | str) else ", ".join(map(str, allowed))
        self.problems.append(Problem("", "", place, "", seen, words, proposal))

    def unknown(self, place: Sayable, name: object, known: Iterable[object]) -> None:
        """Note a name that is none of the known ones, with the nearest of them."""
        names = [str(one) for one in known]
        self.add(place, repr(name), _some(names), did_you_mean(str(name), names))

    def take(self, error: InputError, place: Sayable) -> None:
        """Note the faults of a part under the name that it has in the whole."""
        parts: Sequence[Problem] = error.problems
        for problem in parts:
            where = text("{whole}, {part}", whole=place, part=problem.place)
            self.problems.append(
                Problem("", "", where, problem.field, problem.found, problem.allowed, problem.proposal)
            )

    def check(self) -> None:
        """Raise one error with every fault; nothing when there is none."""
        if self.problems:
            raise InputError(self.message, self.problems)


def _some(names: Sequence[str], most: int = 12) -> Text | str:
    """List names, the first of them when there are many."""
    if len(names) <= most:
        return ", ".join(names) or text("nothing")
    return text("{names} and {count} more", names=", ".join(names[:most]), count=len(names) - most)


def is_number(value: object) -> bool:
    """Whether a value is a finite number; True and False are none.

    Examples
    --------
    >>> is_number(2), is_number(True), is_number("2"), is_number(float("nan"))
    (True, False, False, False)
    """
    return isinstance(value, Real) and not isinstance(value, bool | np.bool_) and math.isfinite(value)


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
    faults: Faults, place: Sayable, value: object, least: float | None = None, most: float | None = None
) -> None:
    """Note what is no finite number inside the limits."""
    inside = is_number(value) and (least is None or value >= least) and (most is None or value <= most)  # type: ignore[operator]
    if not inside:
        faults.add(place, as_written(value), numbers_between(least, most))


def numbers_between(least: float | None, most: float | None) -> Text:
    """Say which numbers are allowed."""
    if least is not None and most is not None:
        return text("a number from {least} to {most}", least=float(least), most=float(most))
    if least is not None:
        return text("a number from {least} on", least=float(least))
    return text("a finite number")


def check_choice(faults: Faults, place: Sayable, value: object, choices: Any) -> None:
    """Note a word that is none of a few; ``choices`` are words, or a ``Literal``."""
    words = [str(word) for word in (get_args(choices) or choices)]
    if not (isinstance(value, str) and value in words):
        near = did_you_mean(value, words) if isinstance(value, str) else ""
        faults.add(place, as_written(value), words, near)


def check_type(faults: Faults, place: Sayable, value: object, kind: type, *, optional: bool = False) -> bool:
    """Note a value of another kind; answers whether it is of the kind."""
    if optional and value is None:
        return False
    right = isinstance(value, kind)
    if not right:
        faults.add(place, as_written(value), kind.__name__)
    return right


def check_flag(faults: Faults, place: Sayable, value: object) -> None:
    """Note what is neither True nor False."""
    if not isinstance(value, bool | np.bool_):
        faults.add(place, as_written(value), "True, False")


def check_named_once(faults: Faults, place: Sayable, names: Iterable[object]) -> None:
    """Note names that are empty, no text, or given twice."""
    seen: set[object] = set()
    for name in names:
        if not is_name(name):
            faults.add(place, as_written(name), text("a name"))
        elif name in seen:
            faults.add(place, text("{name} twice", name=str(name)), text("each name once"))
        seen.add(name if isinstance(name, str) else str(name))


def label_of(value: object, name: str = "") -> Label | None:
    """Return a label, or a plain text as the label of both languages; None for anything else.

    An empty one becomes the name. None stands for an empty one.

    Examples
    --------
    >>> label_of("Energy"), label_of("", "ENE"), label_of(3)
    (Label(vi='Energy', en='Energy'), Label(vi='ENE', en='ENE'), None)
    """
    if value is None or value == "" or value == NO_LABEL:
        return Label(name, name)
    if isinstance(value, Label):
        return value if all(isinstance(words, str) for words in value) else None
    return Label(value, value) if isinstance(value, str) else None


def check_label(faults: Faults, place: Sayable, value: object, name: str = "") -> Label:
    """Return the label of a value, or note what is neither a label nor a text."""
    label = label_of(value, name)
    if label is None:
        faults.add(place, as_written(value), text("a text, or a Label in both languages"))
        return Label(name, name)
    return label


def check_texts(faults: Faults, noun: object, *names: str) -> None:
    """Note fields of a noun that are no texts; None becomes an empty text."""
    for name in names:
        value = getattr(noun, name)
        if value is None:
            set_field(noun, name, "")
        elif not isinstance(value, str):
            faults.add(name, as_written(value), text("a text"))


def set_field(noun: object, name: str, value: object) -> None:
    """Set a field of a frozen noun while it is made."""
    object.__setattr__(noun, name, value)


def as_mapping(value: object) -> Mapping[Any, Any] | None:
    """Return a mapping, a Series as one; None for anything else."""
    if isinstance(value, pd.Series):
        return {str(name): one for name, one in value.items()}
    return value if isinstance(value, Mapping) else None


def as_written(value: object) -> Text | str:
    """Show a value in an error: short, and a table only by its size."""
    if value is None:
        return text("nothing")
    if isinstance(value, pd.DataFrame):
        return text("a table of {rows} x {columns}", rows=value.shape[0], columns=value.shape[1])
    if isinstance(value, type):
        return text("the class {name}", name=value.__name__)
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."


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
    if kind in "bmMc":
        return pd.Series(float("nan"), column.index, name=column.name)
    numbers = pd.to_numeric(column, errors="coerce").astype(float)
    flags = column.map(lambda cell: isinstance(cell, bool | np.bool_)).astype(bool)
    return numbers.mask(flags)
