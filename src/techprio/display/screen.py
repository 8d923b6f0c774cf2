"""A table of declared quantities on a terminal, or as whole lines for a pipe.

A terminal gets as many columns as fit: long names are cut at a word, and the last columns go below
their row where even that is not enough, so that no line is broken by the terminal itself.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import StringIO
from typing import TYPE_CHECKING, Any

from techprio.display.quantities import NOTHING, Column, Table, is_missing, render
from techprio.language import Language, resolve_language, text

if TYPE_CHECKING:
    from rich.table import Table as Drawn

GAP = 2
LEAST = 24  # letters that a name keeps, else the last columns go below
SENTENCE = 100  # from here on it is a sentence, which keeps more
LEAST_OF_SENTENCE = 45
BAR = 8
COLORS = {"green": "green", "yellow": "yellow", "red": "red"}


@dataclass(frozen=True)
class _Laid:
    """A column as it is to be drawn."""

    column: Column
    head: str
    cells: list[str]
    width: int

    @property
    def flexible(self) -> bool:
        return self.column.format == "text"

    @property
    def least(self) -> int:
        """Least width: figures and ids whole, words of the heading whole, names cut."""
        words = max((len(word) for word in self.head.split()), default=1)
        longest = max((len(cell) for cell in self.cells), default=0)
        kept = LEAST_OF_SENTENCE if longest > SENTENCE else LEAST
        return max(words, min(longest, kept) if self.flexible else longest)


def table_lines(
    table: Table, language: Language | None = None, *, width: int | None = None, color: bool = False
) -> list[str]:
    r"""Lay out a table.

    Parameters
    ----------
    table : Table
    language : {"vi", "en"}, optional
    width : int, optional
        Letters of the terminal; without it every row is one whole line.
    color : bool
        Whether the lines carry the signs of a terminal for bold and colours, and bars.

    Examples
    --------
    >>> import pandas as pd
    >>> from techprio.display.quantities import Quantity
    >>> letter = Quantity("letter", "Letter", "A letter.", "code")
    >>> share = Quantity("share", "Share", "Of all letters of a text.", "share", decimals=1)
    >>> frame = pd.DataFrame({"letter": ["e", "t"], "share": [0.127, 0.091]})
    >>> print("\n".join(table_lines(Table.from_frame("letters", "Letters", [letter, share], frame), "en")))
    Letter  Share
    ─────────────
    e       12.7%
    t        9.1%
    """
    language = resolve_language(language)
    left = len(table.rows) - table.most
    table = replace(table, rows=table.rows[: table.most])
    rows = table.rows
    columns = _columns(table, language)
    below: list[_Laid] = []
    if width is not None:
        while len(columns) > 2 and _total([c.least for c in columns]) > width:
            below.insert(0, columns.pop())
        columns = _with_bars(_fit(columns, width), table, width)
    lines = _drawn_lines(columns, rows, color=color)
    if width is None:
        lines[1] = lines[1][: len(lines[0])]  # as long as the heading, not as the longest sentence
    if below:
        lines = _with_below(lines, below, len(rows), width or 0)
    more = [text("{count} more rows", count=left)] if left > 0 else []
    below_all = [render(words, language) for words in (*more, *table.notes)]
    return [
        *lines,
        *(part for line in below_all for part in (textwrap.wrap(line, width) if width else [line])),
    ]


def shorten(words: str, width: int) -> str:
    """Cut words at the end of one and mark the cut.

    Examples
    --------
    >>> shorten("drip and sprinkler irrigation", 20)
    'drip and sprinkler…'
    """
    words = _one_line(words)
    if len(words) <= width:
        return words
    cut = words[: width - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut.strip() else cut).rstrip(",;( ") + "…"


def _one_line(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).split())


def _columns(table: Table, language: Language) -> list[_Laid]:
    printed = table.printed(language, missing=NOTHING)
    heads = table.heads(language, short=True)
    laid = []
    for place, (column, head) in enumerate(zip(table.columns, heads, strict=True)):
        cells = [_one_line(row[place]) for row in printed]
        widest = max((len(cell) for cell in (head, *cells)), default=1)
        laid.append(_Laid(column, head, cells, widest))
    return laid


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * max(len(widths) - 1, 0)


def _fit(columns: Sequence[_Laid], width: int) -> list[_Laid]:
    """Give the columns their widths: headings break first, then the widest names are cut."""
    widths = [column.width for column in columns]
    least = [column.least for column in columns]
    full = [max((len(cell) for cell in c.cells), default=0) if c.flexible else c.least for c in columns]
    for floor in ([max(f, low) for f, low in zip(full, least, strict=True)], least):
        while _total(widths) > width:
            place = max(range(len(widths)), key=lambda i: widths[i] - floor[i] and widths[i])
            if widths[place] <= floor[place]:
                break
            widths[place] -= 1
    return [
        replace(column, width=wide, cells=[shorten(cell, wide) for cell in column.cells])
        for column, wide in zip(columns, widths, strict=True)
    ]


def _with_bars(columns: Sequence[_Laid], table: Table, width: int) -> list[_Laid]:
    """Draw the bars of the columns that have one, where there is room for all of them."""
    wanted = [column.column.bar for column in columns]
    if _total([column.width for column in columns]) + (BAR + 1) * sum(wanted) > width:
        return list(columns)
    return [
        replace(laid, cells=_barred(laid, table, place), width=laid.width + BAR + 1)
        if laid.column.bar
        else laid
        for place, laid in enumerate(columns)
    ]


def _barred(laid: _Laid, table: Table, place: int) -> list[str]:
    values = [row[place] for row in table.rows]
    full = full_bar(table, place)
    return [
        f"{'█' * _letters(value, full):{BAR}} {cell:>{laid.width}}"
        for cell, value in zip(laid.cells, values, strict=True)
    ]


def full_bar(table: Table, place: int) -> float:
    """Return the number whose bar fills the cell; 0 where there is none."""
    if table.columns[place].format == "share":
        return 1.0
    values = (row[place] for row in table.rows)
    return max((abs(float(v)) for v in values if not is_missing(v) and not isinstance(v, str)), default=0.0)


def _letters(value: Any, full: float) -> int:
    if is_missing(value) or isinstance(value, str) or not full:
        return 0
    return round(BAR * min(abs(float(value)) / full, 1.0))


def _drawn_lines(columns: Sequence[_Laid], rows: Sequence[tuple[Any, ...]], *, color: bool) -> list[str]:
    from rich.console import Console

    console = Console(
        file=StringIO(),
        width=_total([column.width for column in columns]) + GAP,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(_drawn(columns, rows))
    return [line.rstrip() for line in captured.get().splitlines()]


def _drawn(columns: Sequence[_Laid], rows: Sequence[tuple[Any, ...]]) -> Drawn:
    from rich import box
    from rich.table import Table as Drawn
    from rich.text import Text as Styled

    drawn = Drawn(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
    for laid in columns:
        drawn.add_column(
            Styled(laid.head, style="bold"),
            justify="right" if laid.column.numeric else "left",
            min_width=laid.width,
            max_width=laid.width,
            overflow="fold",
        )
    for place, row in enumerate(rows):
        styles = [
            COLORS.get(str(value), "") if c.column.format == "light" else ""
            for c, value in zip(columns, row, strict=False)
        ]
        drawn.add_row(
            *(Styled(c.cells[place], style=style) for c, style in zip(columns, styles, strict=True))
        )
    return drawn


def _with_below(lines: Sequence[str], below: Sequence[_Laid], count: int, width: int) -> list[str]:
    """Put what did not fit below each row, with its headings."""
    heading = len(lines) - count
    out = list(lines[:heading])
    for place, line in enumerate(lines[heading:]):
        words = "; ".join(f"{c.head}: {c.cells[place]}" for c in below if c.cells[place] != NOTHING)
        out += [
            line,
            *textwrap.wrap(words, max(width, LEAST), initial_indent="    ", subsequent_indent="    "),
        ]
    return out
