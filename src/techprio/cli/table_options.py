"""How a free table is to be read: the arguments of the readers, spelled for the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import click

from techprio.cli.bilingual import Decorated, option
from techprio.errors import InputError
from techprio.language import text

PAIR_SCALES = ("ratio", "signed", "positions")
"""Scales of a survey of pairs, which are words as they stand."""
OPTIONS = (
    option("--sheet", shown=text("NAME"), help=text("Of a file: the sheet.")),
    option(
        "--locale",
        type=click.Choice(["vi", "en"]),
        help=text("Of a file: settles numbers such as 1,200 that have two readings."),
    ),
    option(
        "--layout",
        shown=text("LAYOUT"),
        help=text(
            "Of a file: rows or columns, whichever is ranked; or what single rows are, "
            "such as 8=weights,9=data."
        ),
    ),
    option(
        "--header-rows",
        type=click.IntRange(0, 20),
        help=text("Of a file: how many rows of headings there are; 0: the first row is data."),
    ),
    option(
        "--columns",
        shown=text("NAMES"),
        help=text(
            "Of a file: the columns of values, C1,C2; or what columns hold, C1=criterion,C3=text,"
            "Q1=cost vs jobs."
        ),
    ),
    option("--skip-rows", shown=text("ROWS"), help=text("Of a file: lines to be left out, such as 3,8-10.")),
    option(
        "--scale",
        shown=text("SCALE"),
        help=text(
            "Of a file: the points of words, low=1,high=5, or the ends, 1..5; for one column 'C1: 1..5'."
        ),
    ),
)  # fmt: skip
"""In the order of the help."""


def layout_options(function: Decorated) -> Decorated:
    """Give a command the options of a free table but that of words, which means another thing there."""
    for one in reversed(OPTIONS[:-1]):
        function = one(function)
    return function


def table_options(function: Decorated) -> Decorated:
    """Give a command the options of a free table."""
    for one in reversed(OPTIONS):
        function = one(function)
    return function


def read_options(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a reader that were given on the command line.

    Examples
    --------
    >>> read_options({"skip_rows": "3,8-10", "columns": "C1=criterion", "scale": "low=1,high=5"})
    {'skip_rows': [3, 8, 9, 10], 'columns': {'C1': 'criterion'}, 'scale': {'low': 1.0, 'high': 5.0}}
    >>> read_options({"layout": "8=weights", "scale": "Q1: 1..5; Q2: no=0, yes=1"})
    {'layout': {8: 'weights'}, 'scale': {'Q1': (1.0, 5.0), 'Q2': {'no': 0.0, 'yes': 1.0}}}
    """
    readers = {"skip_rows": _rows, "columns": _columns, "layout": _layout, "scale": read_scale}
    return {
        name: readers[name](value) if name in readers and value not in PAIR_SCALES else value
        for name, value in given.items() if value is not None
    }  # fmt: skip


def pairs(words: str, option_name: str) -> dict[str, str]:
    """Read ``a=1, b=2``."""
    found: dict[str, str] = {}
    for part in re.split(r"\s*[,;]\s*", words.strip(" ,;")):
        name, sign, value = (piece.strip() for piece in part.rpartition("="))
        if not sign or not name or not value:
            raise InputError(
                text(
                    "{option}: found {found}; allowed: NAME=VALUE,NAME=VALUE", option=option_name, found=words
                )
            )
        found[name] = value
    return found


def numbers(words: str, option_name: str) -> dict[str, float]:
    """Read ``a=0.4, b=0.6``."""
    return {name: _number(value, option_name) for name, value in pairs(words, option_name).items()}


def _number(words: str, option_name: str) -> float:
    try:
        return float(words)
    except ValueError:
        raise InputError(
            text(
                "{option}: found {found}; allowed: a number with decimal point",
                option=option_name,
                found=words,
            )
        ) from None


def _rows(words: str) -> list[int]:
    rows: list[int] = []
    for part in words.replace(" ", "").strip(",").split(","):
        ends = part.split("-")
        if len(ends) > 2 or not all(end.isdigit() for end in ends):
            raise InputError(text("--skip-rows: found {found}; allowed: lines such as 3,8-10", found=words))
        rows += range(int(ends[0]), int(ends[-1]) + 1)
    return rows


def _columns(words: str) -> list[str] | dict[str, str]:
    if "=" in words:
        return pairs(words, "--columns")
    return [name.strip() for name in re.split(r"[,;]", words) if name.strip()]


def _layout(words: str) -> str | dict[int, str]:
    if "=" not in words:
        return words
    said = pairs(words, "--layout")
    if not all(row.isdigit() for row in said):
        raise InputError(
            text("--layout: found {found}; allowed: rows, columns, or 8=weights,9=data", found=words)
        )
    return {int(row): role for row, role in said.items()}


def read_scale(words: str) -> Any:
    """Read one scale, or one for each column."""
    if re.match(r"[^=:]+:", words):
        parts = [part.partition(":") for part in words.strip(" ;").split(";")]
        return {name.strip(): read_scale(scale) for name, _, scale in parts}
    ends = re.fullmatch(r"\s*([+-]?[0-9.]+)\s*(?:\.\.|–|-)\s*([+-]?[0-9.]+?)\s*", words)
    if ends and "=" not in words:
        return _number(ends[1].rstrip("."), "--scale"), _number(ends[2], "--scale")
    found = pairs(words, "--scale")
    if all(re.fullmatch(r"[+-]?[0-9.]+", name) for name in found):
        return {_number(point, "--scale"): word for point, word in found.items()}
    return {word: _number(point, "--scale") for word, point in found.items()}
