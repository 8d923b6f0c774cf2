"""The scale of answers: words with their points, the lowest and highest point, or words at its ends only."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from techprio.errors import InputError, Sayable, did_you_mean
from techprio.inputs.cells import CellProblem, clean, name_key, parse_number_freely, tidy
from techprio.inputs.diagnostics import listed
from techprio.inputs.entries import limits_words
from techprio.inputs.free_cells import read_free_text
from techprio.inputs.grid import Cell, Entry
from techprio.inputs.numbers import Locale, readings
from techprio.language import text
from techprio.model.scale import Scale

OneScale: TypeAlias = (
    Mapping[str, float] | Mapping[float, str] | tuple[float, float] | Sequence[float] | Scale
)
ScaleLike: TypeAlias = OneScale | Mapping[str, OneScale]
"""Words with their points, the two ends, a :class:`~techprio.Scale`; or one of these for each column."""
_NO_ANSWER = {0, -1, -9, -99, -999, 77, 88, 97, 98, 99, 777, 888, 977, 988, 997, 998, 999}
"""Numbers by which questionnaires code that there is no answer."""
_POINT = r"[+-]?[0-9]+(?:[.,][0-9]+)?"
_NUMBER_FIRST = re.compile(rf"\(?\s*({_POINT})\s*(?:[)\-\u2013\u2014:.=]|(?=\())\s*(\D.*)", re.DOTALL)
_UNIT = re.compile(r"\s+(?:điểm|points?|pts?)\.?$", re.IGNORECASE)
_NUMBER_LAST = re.compile(rf"(.*\D)\s*(?:[\-\u2013\u2014:=(])\s*({_POINT})\s*\)?", re.DOTALL)


@dataclass(frozen=True)
class AnswerScale:
    """A scale on which cells are read.

    Parameters
    ----------
    words : mapping of str to float
        As given; empty for a scale of numbers only.
    least, most : float
    is_open : bool
        Whether numbers between the ends are points too: a scale without words, or with words at its ends.
    """

    words: Mapping[str, float]
    least: float
    most: float
    is_open: bool

    @classmethod
    def of(cls, scale: OneScale) -> AnswerScale:
        """Take a scale as callers write it.

        Raises
        ------
        InputError
            It is none.

        Examples
        --------
        >>> AnswerScale.of({1: "Not important", 5: "Very important"}).point("3")
        3.0
        >>> AnswerScale.of({"Thấp": 1, "Vừa": 3, "Cao": 5}).point("2").code
        'T112'
        """
        if isinstance(scale, AnswerScale):
            return scale
        if isinstance(scale, Scale):
            return cls({}, scale.lowest, scale.highest, is_open=True)
        if isinstance(scale, Mapping) and scale:
            words = _words(scale)
            points = list(words.values())
            is_open = len(set(points)) == 2 and max(points) - min(points) > 1
            return cls(words, min(points), max(points), is_open)
        if isinstance(scale, Sequence) and not isinstance(scale, str) and len(scale) == 2:
            least, most = scale
            if _is_point(least) and _is_point(most) and least < most:
                return cls({}, float(least), float(most), is_open=True)
        raise InputError(
            text(
                "scale: found {found}; allowed: words with their points, the lowest and the highest point, "
                "a Scale, or one of these for each column",
                found=repr(scale),
            )
        )

    def point(self, entry: Entry, *, locale: Locale | None = None) -> float | CellProblem:
        """Return the point of a cell: a number, a word, or both where they agree."""
        if isinstance(entry, Cell) and entry.kind in ("number", "percent"):
            return self._on_scale(entry.number)
        words = read_free_text(entry)
        if isinstance(words, CellProblem) or words is None:
            return words or CellProblem("T114", self.allowed)
        points = {name_key(word): point for word, point in self.words.items()}
        if name_key(words) in points:
            return points[name_key(words)]
        labelled = self._labelled(tidy(words), points)
        if labelled is not None:
            return labelled
        value = parse_number_freely(_UNIT.sub("", clean(words)), locale=locale)
        if isinstance(value, CellProblem):
            near = did_you_mean(words, [*self.words]) if self.words else value.proposal
            return CellProblem("T113", self.allowed, near)
        return self._on_scale(value)

    def _labelled(self, words: str, points: Mapping[str, float]) -> float | CellProblem | None:
        """Read a number with its word; None for anything else."""
        for pattern, number, label in ((_NUMBER_FIRST, 1, 2), (_NUMBER_LAST, 2, 1)):
            found = pattern.fullmatch(words)
            if not found or not re.search(r"[^\W\d_]", found[label]) or len(readings(found[number])) != 1:
                continue
            value, word = readings(found[number])[0], name_key(found[label].strip(" ()[]:=-\u2013"))
            if word in points:
                return value if points[word] == value else CellProblem("T113", self.allowed)
            if self.is_open and not re.match(r"[0-9]", word):
                return self._on_scale(value)
        return None

    def _on_scale(self, value: float) -> float | CellProblem:
        if value in self.words.values() or (self.is_open and self.least <= value <= self.most):
            return value
        silent = text("if {value} stands for no answer, name it in no_answer", value=f"{value:g}")
        return CellProblem("T112", self.allowed, silent if value in _NO_ANSWER else "")

    @property
    def allowed(self) -> Sayable:
        """What a cell can hold."""
        if not self.words:
            return limits_words(self.least, self.most)
        named = listed([f"{point:g} - {word}" for word, point in self.words.items()])
        return text("{words}, and numbers between", words=named) if self.is_open else named


def _is_point(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _words(scale: Mapping[Any, Any]) -> dict[str, float]:
    if all(_is_point(point) for point in scale.values()):
        return {str(word): float(point) for word, point in scale.items()}
    if all(_is_point(point) and isinstance(word, str) for point, word in scale.items()):
        return {str(word): float(point) for point, word in scale.items()}
    raise InputError(
        text("scale: each word has one number as its point; found {found}", found=repr(dict(scale)))
    )


class Scales:
    """The scale of each column of a table: one for all, or one for each by its heading.

    Examples
    --------
    >>> scales = Scales({"Q1": (1, 5), "Q2": {"No": 0, "Yes": 1}})
    >>> scales.of(["Q1"]).most, scales.of(["Q2"]).words, scales.of(["Q3"]) is None
    (5.0, {'No': 0.0, 'Yes': 1.0}, True)
    """

    def __init__(self, scale: ScaleLike | None) -> None:
        self.one: AnswerScale | None = None
        self.each: dict[str, AnswerScale] = {}
        self.names: list[str] = []
        if scale is None:
            return
        nested = isinstance(scale, Mapping) and any(
            isinstance(value, Mapping | Scale | Sequence) and not isinstance(value, str)
            for value in scale.values()
        )
        if nested:
            self.names = [str(name) for name in scale]  # type: ignore[union-attr]
            self.each = {name_key(str(name)): AnswerScale.of(one) for name, one in scale.items()}  # type: ignore[union-attr, arg-type]
        else:
            self.one = AnswerScale.of(scale)  # type: ignore[arg-type]

    def of(self, names: Iterable[str]) -> AnswerScale | None:
        """Return the scale of a column by any of its names; None where none is stated."""
        return next((self.each[key] for name in names if (key := name_key(name)) in self.each), self.one)
