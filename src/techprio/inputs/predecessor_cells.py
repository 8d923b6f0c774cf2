"""What stands in a cell of prerequisites: ``3FS+2d; 4SS+30 days``, ``(A and B) or C``.

An entry is an id, a name or a row number, and, as planning tools write it, a relation (FS, SS, FF, SF) with a
lag. Entries are parted by semicolons, commas, blanks or "and"; "or" makes alternatives, parentheses group.
Where "or" stands beside "and" or a comma without parentheses there are two readings, and none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, NamedTuple, TypeAlias

from techprio.errors import Sayable
from techprio.inputs.cells import clean, plain_letters
from techprio.inputs.numbers import Locale, number_proposal, readings
from techprio.language import Text, text

#: How days become months: by the calendar, or as planning tools count work (5 days a week, 20 a month).
Days = Literal["calendar", "working"]
DAYS_PER_MONTH = {"calendar": 365.25 / 12, "working": 20.0}
_DAYS_PER_WEEK = {"calendar": 7.0, "working": 5.0}
_HOURS_PER_DAY = {"calendar": 24.0, "working": 8.0}
_UNITS = {
    "hour": ("h", "hr", "hrs", "hour", "hours", "gio"),
    "day": ("d", "dy", "day", "days", "ngay"),
    "week": ("w", "wk", "wks", "week", "weeks", "tuan"),
    "month": ("mo", "mos", "mon", "mons", "month", "months", "thang"),
    "year": ("y", "yr", "yrs", "year", "years", "nam"),
    "percent": ("%",),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
MOST_CLAUSES = 64
_NONE = {"khong", "khong co", "none", "no", "nil", "n/a", "na", "null", "nothing", "x"}

_KEPT_COMMA = "\ue000"
"""Stands for a decimal comma while the commas of a list are looked for."""
_LAG = r"(?P<sign>[+\-\u2212\u2013])\s*(?P<lag>[0-9]+(?:[.,\ue000][0-9]+)?)\s*(?P<unit>%|[^\W\d_]+)?\??"
_ISO_LAG = r"=?P?(?P<iso_sign>-?)P?T?(?P<iso>[0-9]+(?:\.[0-9]+)?)(?P<iso_unit>[HDWMY])"
_BARE_LAG = _LAG.replace("?P<", "?P<bare_")
_ENTRY = re.compile(
    rf"(?P<ref>.+?)\s*[-:]?\s*(?:(?P<type>FS|SS|FF|SF)(?![^\W_])\s*(?:{_LAG}|{_ISO_LAG})?|{_BARE_LAG})",
    re.IGNORECASE,
)
_DURATION = re.compile(r"(?P<number>[0-9]+(?:[.,][0-9]+)?)\s*(?P<unit>[^\W\d_]+)?\s*\??")
_WORD = {"and": "và|va|and", "or": "hoặc|hoac|hay|or"}
_TOKENS = re.compile(
    rf"(?P<open>\()|(?P<close>\))|(?P<list>[;,\n])|(?P<and>(?<!\w)(?:{_WORD['and']})(?!\w)|&)"
    rf"|(?P<or>(?<!\w)(?:{_WORD['or']})(?!\w)|\|)",
    re.IGNORECASE,
)
_DECIMAL_COMMA = re.compile(r"(?<=[+\-][0-9]),(?=[0-9]+\s*[^\W\d_])")


class Atom(NamedTuple):
    """One prerequisite: what is needed, the relation, and the lag as it is written (number and unit)."""

    ref: str
    timing: str = "FS"
    lag: float = 0.0
    unit: str = ""


Clause: TypeAlias = tuple[Atom, ...]
"""Alternatives: one of them is enough."""
Resolve: TypeAlias = Callable[[str], str | None]
"""Returns the id that an id, a name or a row number stands for; None where it stands for none."""


@dataclass(frozen=True)
class CellFinding:
    """Why a cell cannot be read: what was found in it, and what to write."""

    found: str
    allowed: Text
    proposal: Sayable = ""
    is_reference: bool = False


def read_cell(words: str, resolve: Resolve, locale: Locale | None = None) -> list[Clause] | list[CellFinding]:
    """Return what a cell needs in conjunctive normal form: of every clause one is enough.

    Parameters
    ----------
    words : str
    resolve : callable
        From an id, a name or a row number to the id; None where there is none.
    locale : {"vi", "en"}, optional
        How the numbers of lags are written.

    Examples
    --------
    >>> known = {"A", "B", "C"}
    >>> found = read_cell("A; B SS+2w", lambda name: name if name in known else None)
    >>> [[tuple(atom) for atom in clause] for clause in found]
    [[('A', 'FS', 0.0, '')], [('B', 'SS', 2.0, 'week')]]
    >>> found = read_cell("(A and B) or C", lambda name: name if name in known else None)
    >>> [[atom.ref for atom in clause] for clause in found]
    [['A', 'C'], ['B', 'C']]
    """
    words = _DECIMAL_COMMA.sub(_KEPT_COMMA, clean(words))
    if (whole := resolve(words)) is not None:
        found: list[Clause] = [(Atom(whole),)]
        return found
    parts = [part for part in re.split(r"[;\n]", words) if clean(part)] if "(" not in words else [words]
    reader = _Reader(resolve, locale)
    clauses = [clause for part in parts for clause in reader.read(part)]
    if reader.problems:
        return reader.problems
    return _without_implied(clauses)


class _Reader:
    """Reads the expression of one cell, and gathers what is wrong with it."""

    def __init__(self, resolve: Resolve, locale: Locale | None) -> None:
        self.locale = locale
        self.resolve = resolve
        self.problems: list[CellFinding] = []

    def read(self, words: str) -> list[Clause]:
        if (whole := self.resolve(clean(words))) is not None:
            return [(Atom(whole),)]
        tokens = _tokens(words)
        clauses, rest = self._level(tokens, words)
        if rest:
            self._fault(words, text("each parenthesis closed, and none closed that is not open"))
        return clauses

    def _level(self, tokens: list[tuple[str, str]], words: str) -> tuple[list[Clause], list[tuple[str, str]]]:
        """Read up to the end or the closing parenthesis: operands, joined in one way."""
        operands: list[list[Clause]] = []
        joined: set[str] = set()
        while tokens and tokens[0][0] != "close":
            kind, part = tokens.pop(0)
            if kind == "open":
                inside, tokens = self._level(tokens, words)
                if not tokens:
                    self._fault(words, text("each parenthesis closed, and none closed that is not open"))
                operands.append(inside)
                tokens = tokens[1:]
            elif kind == "entry":
                atoms = self._atoms(part)
                joined |= {"and"} if len(atoms) > 1 else set()
                operands += [[(atom,)] for atom in atoms]
            else:
                joined.add("or" if kind == "or" else "and")
        if {"and", "or"} <= joined:
            allowed = text("parentheses where 'or' stands beside 'and' or a comma: there are two readings")
            self._fault(words, allowed, text("write (A and B) or C, or A and (B or C)"))
            return [], tokens
        if "or" not in joined:
            return [clause for operand in operands for clause in operand], tokens
        count = 1
        for operand in operands:
            count *= max(len(operand), 1)
        if count > MOST_CLAUSES:
            self._fault(words, text("at most {count} combinations of alternatives", count=MOST_CLAUSES))
            return [], tokens
        choices = product(*(operand for operand in operands if operand))
        return [tuple(dict.fromkeys(atom for one in chosen for atom in one)) for chosen in choices], tokens

    def _atoms(self, words: str) -> list[Atom]:
        """Read an entry, or several that only blanks part."""
        whole = self._atom(words)
        if whole is not None:
            return [whole]
        pieces = words.split()
        found = [self._atom(piece) for piece in pieces]
        if len(pieces) > 1 and any(atom is not None for atom in found):
            for piece, atom in zip(pieces, found, strict=True):
                if atom is None:
                    self._unknown(piece)
            return [atom for atom in found if atom is not None]
        self._unknown(words if _ENTRY.fullmatch(words) else pieces[0] if len(pieces) == 1 else words)
        return []

    def _atom(self, words: str) -> Atom | None:
        if (known := self.resolve(words)) is not None:
            return Atom(known)
        match = _ENTRY.fullmatch(words)
        known = self.resolve(clean(match["ref"])) if match else None
        if match is None or known is None:
            return None
        atom = Atom(known, (match["type"] or "FS").upper())
        if match["iso"]:
            letters = {"H": "hour", "D": "day", "W": "week", "M": "month", "Y": "year"}
            unit = letters[match["iso_unit"].upper()]
            return atom._replace(lag=float(match["iso"]) * (-1 if match["iso_sign"] else 1), unit=unit)
        sign, number = match["sign"] or match["bare_sign"], match["lag"] or match["bare_lag"]
        unit = match["unit"] or match["bare_unit"] or ""
        if not number or not sign:
            return atom
        if match["bare_lag"] and not unit:
            return None  # "3-2" may be an id; a lag without relation names its unit
        number = number.replace(_KEPT_COMMA, ",")
        found = readings(number, locale=self.locale)
        if len(found) != 1:
            allowed = text("a lag with one reading; locale= says how numbers are written")
            self._fault(words.replace(_KEPT_COMMA, ","), allowed, number_proposal(number))
            return atom
        value = found[0] * (1 if sign == "+" else -1)
        return atom._replace(lag=value, unit=unit_named(unit) if unit else "")

    def _unknown(self, words: str) -> None:
        match = _ENTRY.fullmatch(words)
        ref = clean(match["ref"]) if match else words
        allowed = text("an id, a name or a row number of the table")
        self.problems.append(CellFinding(ref, allowed, is_reference=True))

    def _fault(self, found: str, allowed: Text, proposal: Sayable = "") -> None:
        self.problems.append(CellFinding(clean(found), allowed, proposal))


def _tokens(words: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    end = 0
    for match in [*_TOKENS.finditer(words), None]:
        part = clean(words[end : match.start()] if match else words[end:])
        if part:
            tokens.append(("entry", part))
        if match:
            tokens.append((match.lastgroup or "", match[0]))
            end = match.end()
    while tokens and tokens[-1][0] in ("list", "and"):
        tokens.pop()
    return tokens


def _without_implied(clauses: Iterable[Clause]) -> list[Clause]:
    """Leave out what another clause implies: needing A makes "A or B" empty."""
    once = list(dict.fromkeys(clauses))
    sets = [frozenset(clause) for clause in once]
    return [
        clause
        for place, clause in enumerate(once)
        if not any(
            other < sets[place] or (other == sets[place] and earlier < place)
            for earlier, other in enumerate(sets)
        )
    ]


def unit_named(word: str) -> str:
    """Return the unit of a word (``d``, ``weeks``, ``ngày``), elapsed ones with ``e``; else the word.

    Examples
    --------
    >>> unit_named("days"), unit_named("tuần"), unit_named("ed"), unit_named("m")
    ('day', 'week', 'eday', 'm')
    """
    plain = plain_letters(word).casefold()
    if plain in _UNIT_OF:
        return _UNIT_OF[plain]
    if plain.startswith("e") and plain[1:] in _UNIT_OF:
        return "e" + _UNIT_OF[plain[1:]]
    return plain


def months_of(number: float, unit: str, days: Days) -> float | None:
    """Return a time in months; None where the unit is none that is known.

    Examples
    --------
    >>> months_of(30, "day", "working"), months_of(2, "week", "working"), months_of(1, "m", "working")
    (1.5, 0.5, None)
    """
    if unit.startswith("e") and unit[1:] in _UNITS:
        return months_of(number, unit[1:], "calendar")
    day = 1 / DAYS_PER_MONTH[days]
    factors = {
        "hour": day / _HOURS_PER_DAY[days], "day": day, "week": day * _DAYS_PER_WEEK[days], "month": 1.0,
        "year": 12.0,
    }  # fmt: skip
    return number * factors[unit] if unit in factors else None


def days_counted(days: Days) -> Text:
    """Say how days became months."""
    count = round(DAYS_PER_MONTH[days], 2)
    return text("days are counted as {days}: {count} a month (days=)", days=days, count=count)


def read_duration(words: str, locale: Locale | None = None) -> tuple[float, str] | None:
    """Return number and unit of a duration (``30 days?``, ``2 tuần``); None where it is none.

    Examples
    --------
    >>> read_duration("30 days?"), read_duration("2,5 tuần"), read_duration("soon")
    ((30.0, 'day'), (2.5, 'week'), None)
    """
    match = _DURATION.fullmatch(clean(words))
    if match is None:
        return None
    found = readings(match["number"], locale=locale)
    if len(found) != 1:
        return None
    return found[0], unit_named(match["unit"]) if match["unit"] else ""


class References:
    """What an entry may name: an id, a name, or the number of a row."""

    def __init__(self, ids: Sequence[str], names: Sequence[str]) -> None:
        self.ids = set(ids) - {""}
        self.by_name: Mapping[str, str] = {
            _same(name): own for name, own in reversed(list(zip(names, ids, strict=True))) if name
        }
        numbered = any(own.isdigit() for own in ids)
        self.rows = {} if numbered else {str(number): own for number, own in enumerate(ids, start=1)}
        self.used_rows = False

    def resolve(self, words: str) -> str | None:
        """Return the id; None where the words name nothing."""
        if words in self.ids:
            return words
        if _same(words) in self.by_name:
            return self.by_name[_same(words)]
        if words in self.rows:
            self.used_rows = True
            return self.rows[words]
        return None


def _same(name: str) -> str:
    return " ".join(name.casefold().split())


def nothing_needed(words: str) -> Sayable:
    """Propose none_words for a cell that names nothing: signs alone, or a word for no or none."""
    if re.search(r"\w", words) and plain_letters(words).casefold() not in _NONE:
        return ""
    return text("if {word} means that nothing is needed, name it in none_words", word=words)
