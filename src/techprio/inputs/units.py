"""Units in headings: read from the name, compared with the unit wanted, converted where that is certain.

A conversion is certain between powers of ten of one currency or count, between years, quarters and months,
and
between shares and percents. Days and months, or two currencies, have no fixed ratio here and are refused.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from techprio.inputs.cells import plain_letters
from techprio.inputs.numbers import readings


class Unit(NamedTuple):
    """A kind of quantity and how much of it one unit is."""

    kind: str
    size: Fraction


_MULTIPLES = {
    "nghin": 10**3, "ngan": 10**3, "thousand": 10**3, "thousands": 10**3, "k": 10**3, "ty": 10**9,
    "ti": 10**9,
    "trieu": 10**6, "million": 10**6, "millions": 10**6, "mn": 10**6, "mio": 10**6, "m": 10**6, "mil": 10**6,
    "billion": 10**9, "billions": 10**9, "bn": 10**9, "tr": 10**6, "tram": 10**2, "hundred": 10**2,
    "nghin ty": 10**12, "ngan ty": 10**12, "trillion": 10**12, "muoi": 10, "tram trieu": 10**8,
}  # fmt: skip
_BASES: dict[str, tuple[str, Fraction]] = {
    **dict.fromkeys(("dong", "vnd", "d", "vn dong", "dong viet nam", "\u20ab"), ("money VND", Fraction(1))),
    **dict.fromkeys(("usd", "us$", "$", "do la", "dollar", "dollars", "us dollars"), ("money USD",
    Fraction(1))), **dict.fromkeys(("eur", "euro", "euros", "\u20ac"), ("money EUR", Fraction(1))),
    **dict.fromkeys(("jpy", "yen", "yen nhat"), ("money JPY", Fraction(1))),
    **dict.fromkeys(("cny", "rmb", "nhan dan te"), ("money CNY", Fraction(1))),
    **dict.fromkeys(("gbp", "pound", "pounds", "\u00a3"), ("money GBP", Fraction(1))),
    **dict.fromkeys(("thang", "month", "months", "mo"), ("months", Fraction(1))),
    **dict.fromkeys(("nam", "year", "years", "yr", "yrs"), ("months", Fraction(12))),
    **dict.fromkeys(("quy", "quarter", "quarters"), ("months", Fraction(3))),
    **dict.fromkeys(("ngay", "day", "days"), ("days", Fraction(1))),
    **dict.fromkeys(("tuan", "week", "weeks"), ("days", Fraction(7))),
    **dict.fromkeys(("gio", "hour", "hours", "h"), ("hours", Fraction(1))),
    **dict.fromkeys(
        ("nguoi", "people", "person", "persons", "lao dong", "nhan luc", "staff", "employees"),
        ("people", Fraction(1)),
    ),
    **dict.fromkeys(("ho", "household", "households", "ho dan", "ho gia dinh"), ("households", Fraction(1))),
    **dict.fromkeys(("%", "percent", "per cent", "phan tram", "pct"), ("share", Fraction(1, 100))),
    **dict.fromkeys(("\u2030", "phan nghin", "per mille"), ("share", Fraction(1, 1000))),
    **dict.fromkeys(("diem", "point", "points", "score", "thang diem", "pts"), ("points", Fraction(1))),
    **dict.fromkeys(("viec lam", "jobs", "job", "cho lam viec"), ("jobs", Fraction(1))),
    **dict.fromkeys(("tan", "ton", "tons", "tonnes", "t"), ("tonnes", Fraction(1))),
    **dict.fromkeys(("kg", "kilogram"), ("tonnes", Fraction(1, 1000))),
    **dict.fromkeys(("kwh",), ("energy", Fraction(1))),
    **dict.fromkeys(("mwh",), ("energy", Fraction(1000))),
    **dict.fromkeys(("gwh",), ("energy", Fraction(10**6))),
    **dict.fromkeys(("kw",), ("power", Fraction(1))),
    **dict.fromkeys(("mw",), ("power", Fraction(1000))),
    **dict.fromkeys(("ha", "hecta", "hectare", "hectares"), ("area", Fraction(1))),
    **dict.fromkeys(("km2",), ("area", Fraction(100))),
    **dict.fromkeys(("trl", "level", "muc", "cap do"), ("level", Fraction(1))),
}  # fmt: skip
_STATED = re.compile(r"^(?:don vi tinh|don vi|dvt|units?)\s*[:=]?\s*")
_BRACKETED = re.compile(r"(?P<name>.*?)\s*(?:\((?P<a>[^()]+)\)|\[(?P<b>[^\[\]]+)\])\s*:?\s*", re.DOTALL)
_BEHIND = re.compile(
    r"(?P<name>.+?)\s*(?:/|,|:|;|\s[-\u2013\u2014]|\n)\s*(?P<unit>[^/,:;\n]+(?:/[^/,:;\n]+)?)", re.DOTALL
)


def unit_in(words: str) -> Unit | None:
    """Return the unit that some words name; None for words that are none known here.

    Examples
    --------
    >>> unit_in("tỷ đồng"), unit_in("ĐVT: triệu VND/năm").kind, unit_in("sau này")
    (Unit(kind='money VND', size=Fraction(1000000000, 1)), 'money VND a year', None)
    """
    plain = " ".join(plain_letters(words).casefold().strip(" ().[]:").split())
    plain = _STATED.sub("", plain)
    amount, _, per = re.sub(r"\s*(?:/|\bper\b|\bmoi\b|\ba\b)\s*", "/", plain, count=1).partition("/")
    found = _counted(amount.strip())
    if found is None or not per:
        return found if not per else None
    over = _counted(per.strip())
    if over is None:
        return None
    name = "year" if over == Unit("months", Fraction(12)) else f"{per.strip()}"
    return Unit(f"{found.kind} a {name}", found.size)


def _counted(words: str) -> Unit | None:
    """Read a base with its multiple: ``triệu đồng``, ``bn VND``, ``VND million``, ``1000 USD``."""
    if words in _BASES:
        return Unit(*_BASES[words])
    digits = re.fullmatch(r"(1[0. ,]*)\s*(\D+)", words)
    if digits and digits[2].strip() in _BASES:
        kind, size = _BASES[digits[2].strip()]
        return Unit(kind, size * int(re.sub(r"\D", "", digits[1])))
    parts = words.split()
    for cut in (2, 1):
        for multiple, base in ((parts[:cut], parts[cut:]), (parts[-cut:], parts[:-cut])):
            if " ".join(multiple) in _MULTIPLES and (" ".join(base) in _BASES or not base):
                kind, size = _BASES[" ".join(base)] if base else ("multiple", Fraction(1))
                return Unit(kind, size * _MULTIPLES[" ".join(multiple)])
    return None


def part_unit(heading: str) -> tuple[str, str]:
    """Part a heading into its name and its unit, in brackets or behind a slash, comma or dash.

    Examples
    --------
    >>> part_unit("Chi phí đầu tư (triệu đồng)"), part_unit("Thời gian, năm"), part_unit("Kinh tế / Chi phí")
    (('Chi phí đầu tư', 'triệu đồng'), ('Thời gian', 'năm'), ('Kinh tế / Chi phí', ''))
    """
    found = _BRACKETED.fullmatch(heading)
    if found:
        return found["name"].strip(), (found["a"] or found["b"]).strip()
    found = _BEHIND.fullmatch(heading)
    if found and unit_in(found["unit"]):
        return found["name"].strip(), found["unit"].strip()
    return heading, ""


_AMOUNT = re.compile(
    r"(?P<before>[^\d\s+\-.,(]\D{0,11}?)?\s*(?P<number>[0-9][0-9.,]*)\s*(?P<behind>[^\W\d_][^0-9]*|[%€£₫$])?"
)
_BEFORE = frozenset(
    ("$", "us$", "€", "£", "₫", "usd", "vnd", "eur", "trl", "level", "muc", "cap", "bac", "crl", "mrl")
)


def amount_unit(words: str) -> str:
    """Return the unit of a number that stands with it in a cell; empty where the cell is anything else.

    Examples
    --------
    >>> amount_unit("3 tỷ đồng"), amount_unit("$3.5"), amount_unit("TRL 7"), amount_unit("T01")
    ('tỷ đồng', '$', 'TRL', '')
    """
    found = _AMOUNT.fullmatch(words)
    if found is None or not readings(found["number"]):
        return ""
    before, behind = (found["before"] or "").strip(), (found["behind"] or "").strip()
    if (before and behind) or not (before or behind):
        return ""
    if before:
        return before if (plain_letters(before).casefold().rstrip(".:") in _BEFORE) else ""
    return behind if behind in "€£₫$" or unit_in(behind) is not None else ""


def unit_above(words: str) -> str:
    """Return the unit that a line above a table states; empty for any other line.

    Examples
    --------
    >>> unit_above("Đơn vị tính: triệu đồng"), unit_above("(ĐVT: tỷ đồng)"), unit_above("BẢNG ĐIỂM")
    ('triệu đồng', 'tỷ đồng', '')
    """
    inside = words.strip().strip("()[]")
    found = _STATED.match(" ".join(plain_letters(inside).casefold().split()))
    unit = " ".join(inside.split())[found.end() :].strip() if found else ""
    return unit if unit_in(unit) else ""


def factor(given: Unit | None, wanted: Unit | None) -> Fraction | None:
    """Return what a number is multiplied with to come from one unit into another; None where it is uncertain.

    Examples
    --------
    >>> factor(unit_in("triệu đồng"), unit_in("billion VND")), factor(unit_in("years"), unit_in("months"))
    (Fraction(1, 1000), Fraction(12, 1))
    >>> factor(unit_in("USD"), unit_in("billion VND")) is None
    True
    """
    if given is None or wanted is None or given.kind != wanted.kind:
        return None
    return given.size / wanted.size


def converted(value: float, by: Fraction) -> float:
    """Multiply a number as it was typed: 1.1 thousandths are 0.0011, without binary noise."""
    exact = Fraction(repr(value)) * by
    return exact.numerator / exact.denominator
