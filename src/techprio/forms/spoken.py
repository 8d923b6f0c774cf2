"""What people write into a cell in place of a choice: words, signs, ranges.

One stated rule each: words of either language, the id, the name, the letter of the column; ``3-5`` and
``3 hoặc 4`` are ranges; a half stands between two levels; ``~5``, ``mức 5`` and ``5 (rõ rệt)`` are 5.
What has two readings has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from techprio.display.quantities import Words, render
from techprio.forms.answers import Span, middle_degree, middle_of
from techprio.forms.questions import DEGREES, EQUAL, UNKNOWN, level_name, levels_of, unit_of
from techprio.inputs.cells import CellProblem, parse_number_freely, plain_letters
from techprio.language import LANGUAGES
from techprio.model.criteria import Criterion

_BETWEEN = re.compile(
    r"(?:tu|from|between|khoang)?\s*(\S.*?)\s*(?:-|–|—|~|\.\.+|…|den|to|hoac|or|va|and)\s*(\S.*)",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"(?:~|≈|khoang|chung|about|muc do|muc|bac|diem|level|degree)?\s*(.+?)\s*(?:diem|points?)?", re.IGNORECASE
)
_BRACKETS = re.compile(r"(.+?)\s*\((.+)\)")
_EQUAL = ("=", "bang nhau", "ngang nhau", "ngang bang", "nhu nhau", "equal", "same", "ngang", "bang")
#: What needs no degree, as it is counted inside the workbook.
ALONE = (
    "=",
    "?",
    "bằng nhau",
    "ngang nhau",
    "ngang bằng",
    "như nhau",
    "equal",
    "same",
    "kb",
    "ko biết",
    "chưa rõ",
)
_UNKNOWN = (
    "?",
    "kb",
    "k biet",
    "ko biet",
    "chua biet",
    "khong ro",
    "chua ro",
    "dont know",
    "do not know",
    "unknown",
    "n/a",
)
_DEGREE_WORDS = {
    3: ("hoi hon", "mot chut", "hon mot chut", "slightly", "slightly more"),
    5: ("nhieu", "hon nhieu", "ro ret", "hon ro ret", "quan trong hon ro ret", "clearly", "clearly more"),
    7: ("rat nhieu", "hon rat nhieu", "very much", "very much more"),
    9: ("tuyet doi", "hon tuyet doi", "absolutely", "absolutely more"),
}


@lru_cache(maxsize=10_000)
def folded(words: str) -> str:
    """Return words without marks, case and doubled blanks, so that spellings can be compared."""
    return " ".join(plain_letters(words).casefold().split())


def spellings(*words: Words) -> set[str]:
    """Return words in both languages, folded; without the empty one."""
    return {folded(render(one, language)) for one in words for language in LANGUAGES} - {""}


def is_unknown(words: str) -> bool:
    """Whether words say "don't know".

    Examples
    --------
    >>> is_unknown("Không  biết"), is_unknown("?"), is_unknown("3")
    (True, True, False)
    """
    return folded(words).replace("'", "").replace("’", "") in _unknown_words()


@cache
def _unknown_words() -> frozenset[str]:
    return frozenset({*(one.replace("'", "") for one in spellings(UNKNOWN)), *_UNKNOWN})


def is_equal(words: str) -> bool:
    """Whether words say that both sides are equally important."""
    return folded(words) in _equal_words()


@cache
def _equal_words() -> frozenset[str]:
    return frozenset({*spellings(EQUAL, DEGREES[1]), *_EQUAL})


@cache
def _degree_words(degree: int) -> frozenset[str]:
    return frozenset({*spellings(DEGREES[degree]), *_DEGREE_WORDS.get(degree, ())})


def side_meant(words: str, names: Mapping[str, set[str]]) -> str | None:
    """Return the one side that words name, of sides and their spellings; None for none or more than one."""
    said = folded(words)
    found = {side for side, spoken in names.items() if said in spoken}
    return found.pop() if len(found) == 1 else None


def degree_meant(words: str) -> Span | None:
    """Return the degree from 2 to 9 that words name, or a range of them.

    Examples
    --------
    >>> degree_meant("5 - rõ rệt").value, degree_meant("rất nhiều").value, degree_meant("12")
    (5.0, 7.0, None)
    >>> degree_meant("4 hoặc 9")
    Span(value=6.0, low=4.0, high=9.0)
    """
    one = _one_degree(words)
    if one is not None:
        return Span(one)
    ends = _ends(words)
    if ends is None:
        return None
    low, high = (_one_degree(end) for end in ends)
    return None if low is None or high is None else middle_degree(min(low, high), max(low, high))


def _bare(words: str) -> str:
    """Return words without what people put around a value: ``~5``, ``mức 5``, ``5 điểm``, ``5 (rõ rệt)``.

    Examples
    --------
    >>> _bare("~5"), _bare("Mức 4"), _bare("rõ rệt (5)"), _bare("5 - rõ rệt")
    ('5', '4', '5 - ro ret', '5 - ro ret')
    """
    plain = re.sub(r"\s[–—]\s", " - ", folded(words))
    around = _AROUND.fullmatch(plain)
    said = around[1] if around else plain
    both = _BRACKETS.fullmatch(said)
    if both is None:
        return said
    number, rest = (both[1], both[2]) if _begins_number(both[1]) else (both[2], both[1])
    return f"{number} - {rest}"


def _one_degree(words: str) -> float | None:
    said = _bare(words)
    for degree in DEGREES:
        if degree > 1 and said in _degree_words(degree):
            return float(degree)
    number, sign, rest = said.partition(" - ")
    value = _number(number)
    if value is None or not value.is_integer() or not 2 <= value <= 9:
        return None
    if not sign:
        return value
    if _number(rest) is not None:
        return None
    named = _one_degree(rest)
    return value if named in (None, value) else None


class SpokenScale:
    """The scale of a criterion as people write its values, made once for many answers.

    Parameters
    ----------
    criterion : Criterion
    """

    def __init__(self, criterion: Criterion) -> None:
        self.criterion = criterion
        self.levels = levels_of(criterion)
        self.names = {level: spellings(level_name(criterion, level)) for level in self.levels}
        self.units = sorted(spellings(unit_of(criterion), criterion.unit), key=len, reverse=True)

    def meant(self, words: str) -> Span | None:
        """Return the score that words name, or a range of them; None when it is not on the scale.

        Examples
        --------
        >>> from techprio.model.scale import Scale
        >>> jobs = Criterion("jobs", direction="max", scale=Scale("ratio", 1, 1000, "log10"), unit="jobs")
        >>> scale = SpokenScale(jobs)
        >>> scale.meant("12 việc làm").value, scale.meant("10-1000")
        (12.0, Span(value=100.0, low=10.0, high=1000.0))
        """
        one = self._one(words)
        if one is not None and self._is_on(one):
            if not self.levels or one in self.levels:
                return Span(one)
            below = int(one // 1)  # a half stands between two levels
            return Span(one, float(below), below + 1.0) if one % 1 == 0.5 else None
        ends = _ends(words)
        if one is not None or ends is None:
            return None
        low, high = (self._one(end) for end in ends)
        if low is None or high is None or not (self._is_on(low) and self._is_on(high)):
            return None
        if self.levels and not (low in self.levels and high in self.levels):
            return None
        return middle_of(self.criterion, min(low, high), max(low, high))

    def _one(self, words: str) -> float | None:
        return self._level(words) if self.levels else self._with_unit(words)

    def _level(self, words: str) -> float | None:
        said = folded(words)
        said = said if any(said in names for names in self.names.values()) else _bare(words)
        value = _number(said)
        if value is not None:
            return value
        number, sign, rest = said.partition(" - ")
        value = _number(number)
        if sign and _number(rest) is not None:
            return None
        if value is not None:
            named = {level for level in self.levels if rest in self.names[level]}
            return None if not sign or (named and value not in named) else value
        meant = {level for level in self.levels if said in self.names[level]}
        return float(meant.pop()) if len(meant) == 1 else None

    def _with_unit(self, words: str) -> float | None:
        said = folded(words)
        for unit in self.units:
            if said.endswith(unit):
                said = said.removesuffix(unit).strip()
                break
        return _number(_bare(said))

    def _is_on(self, value: float) -> bool:
        scale = self.criterion.scale
        return scale is not None and scale.lowest <= value <= scale.highest


def _ends(words: str) -> tuple[str, str] | None:
    """Return two numbers, or two words; a number and a word say one thing twice."""
    found = _BETWEEN.fullmatch(folded(words))
    if found is None or _begins_number(found[1]) != _begins_number(found[2]):
        return None
    return found[1], found[2]


def _begins_number(words: str) -> bool:
    return words.lstrip("-\u2212")[:1].isdigit()


def _number(words: str) -> float | None:
    digits = words.replace("\u2212", "-")
    if not digits.removeprefix("-")[:1].isdigit() and digits[:1] not in ".,":
        return None
    value = parse_number_freely(digits)
    return None if isinstance(value, CellProblem) else float(value)
