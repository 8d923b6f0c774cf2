"""Tables of the document: heading row repeated on every page, no row split, letters that fit.

The rows are written as XML in one piece; a table of a thousand rows takes a fraction of a second.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from techprio.csv_text import clean
from techprio.display.quantities import Column, Table
from techprio.language import Language

_EMU_PER_TWIP = 635
_TWIPS_PER_POINT = 20
_MARGINS = 2 * 55 + 20
_MOST_LETTERS = 24  # of a word that a column is widened for: addresses and digests may break
_SMALLEST = 7.5  # points
_CENTERED = ("mark", "month")
_HEAD, _STRIPE, _RULE = "DCE6F1", "F7F9FB", "9AA5B1"


def table_xml(table: Table, language: Language, *, width: int, points: float) -> Any:
    """Return a table as an element of the document.

    Parameters
    ----------
    table : Table
        Columns that stand beside the printed page are left out.
    language : {"vi", "en"}
    width : int
        Of the page between its margins, in EMU.
    points : float
        Size of the letters.
    """
    shown = [place for place, column in enumerate(table.columns) if column.place_in(language) == "page"]
    heads = [table.columns[place].quantity.head(language, short=True) for place in shown]
    body = [[row[place] for place in shown] for row in table.printed(language)]
    wanted = [table.columns[place].letters for place in shown]
    widths = _widths(wanted, _least(heads, body, points), width / _EMU_PER_TWIP)
    rows = [_row(heads, ["center"] * len(shown), widths, points, head=True)]
    aligned = [_alignment(table.columns[place]) for place in shown]
    for number, cells in enumerate(body):
        rows.append(_row(cells, aligned, widths, points, striped=number % 2 == 1))
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders(_RULE)}'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="55" w:type="dxa"/>'
        f'<w:right w:w="55" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def add_gap(document: Any) -> None:
    """Part a table from what follows by a paragraph so low that it never opens a page of its own."""
    layout = document.add_paragraph().paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
    layout.space_after = Pt(8)


def column_widths(
    heads: Sequence[str], rows: Sequence[Sequence[str]], wanted: list[float], width: float, points: float
) -> list[int]:
    """Return the widths of columns in twips: shared as wanted, but no word of a head or a cell is parted.

    Parameters
    ----------
    heads : sequence of str
    rows : sequence of sequence of str
    wanted : list of float
        Shares of the width.
    width : float
        Of all columns, in twips.
    points : float
        Size of the letters.

    Examples
    --------
    >>> column_widths(["No.", "Operational"], [["1", "7/2027"]], [80, 20], 3000, 12)
    [1506, 1493]
    """
    return _widths(wanted, _least(heads, rows, points), width)


def fitting_points(heads: Sequence[str], rows: Sequence[Sequence[str]], width: float, points: float) -> float:
    """Return the size of letters, as wanted or smaller, at which the longest words stand side by side.

    Parameters
    ----------
    heads : sequence of str
    rows : sequence of sequence of str
    width : float
        Of all columns, in twips.
    points : float
        The size that is wanted.

    Examples
    --------
    >>> fitting_points(["Year", "Logistics"], [["2027", "1"]], 3000, 12)
    12
    >>> fitting_points(["Year", "Logistics"], [["2027", "1"]], 1400, 12)
    8.0
    """
    while points > _SMALLEST and sum(_least(heads, rows, points)) > width:
        points -= 0.5
    return points


def _least(heads: Sequence[str], rows: Sequence[Sequence[str]], points: float) -> list[float]:
    """Return the width that each column needs for its longest word."""
    return [
        max(_longest_word([head], points, bold=True), _longest_word((row[k] for row in rows), points))
        for k, head in enumerate(heads)
    ]


def _widths(wanted: list[float], least: list[float], whole: float) -> list[int]:
    """Share the width as wanted, but give every column its longest word, where there is room for all."""
    if sum(least) >= whole:
        return [int(whole * one / sum(least)) for one in least]
    fixed: set[int] = set()
    while True:
        rest = whole - sum(least[place] for place in fixed)
        share = rest / sum(one for place, one in enumerate(wanted) if place not in fixed)
        narrow = {p for p, one in enumerate(wanted) if p not in fixed and share * one < least[p]}
        if not narrow:
            break
        fixed |= narrow
    return [int(least[p] if p in fixed else share * one) for p, one in enumerate(wanted)]


def _longest_word(cells: Iterable[str], points: float, *, bold: bool = False) -> float:
    """Return the width in twips of the longest word, with the margins of its cell."""
    words = {word for cell in cells for word in cell.split() if len(word) <= _MOST_LETTERS}
    widest = max((sum(_letter(sign) for sign in word) for word in words), default=0.0)
    return widest * points * _TWIPS_PER_POINT * (1.06 if bold else 1.0) + _MARGINS


def _letter(sign: str) -> float:
    """Return about how wide a letter of Times New Roman is, as a share of its size."""
    base = unicodedata.normalize("NFD", sign)[0]
    if base in "ijlftrI.,;:'!|()[]-/ ":
        return 0.36
    if base in "mwMW%@—…✓◆":
        return 0.9
    return 0.74 if base.isupper() else 0.53


def _alignment(column: Column) -> str:
    if column.numeric:
        return "right"
    return "center" if column.format in _CENTERED else "left"


def borders(color: str) -> str:
    """Return lines of one color around and inside a table."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{color}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"<w:tblBorders>{sides}</w:tblBorders>"


def _row(
    cells: list[str],
    aligned: list[str],
    widths: list[int],
    points: float,
    *,
    head: bool = False,
    striped: bool = False,
) -> str:
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    fill = _HEAD if head else _STRIPE if striped else ""
    body = "".join(
        _cell(words, side, width, points, fill=fill, bold=head)
        for words, side, width in zip(cells, aligned, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{body}</w:tr>"


def _cell(words: str, side: str, width: int, points: float, *, fill: str, bold: bool) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    size = int(2 * points)
    letters = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(words).split("\n")
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/><w:jc w:val="{side}"/></w:pPr>'
        f"<w:r>{letters}{lines}</w:r></w:p></w:tc>"
    )


def paper_row(
    cells: list[str],
    sides: list[Any],
    widths: list[int],
    points: float,
    *,
    head: bool = False,
    bold: bool = False,
    kept: bool = False,
) -> str:
    """Return a row of a table of an official paper; the name of a group lies across it."""
    columns = len(cells)
    filled = [words for words in cells if words]
    spanned = bold and len(filled) == 1 and len(cells) > 2  # the name of a group lies across the table
    if spanned:
        cells, sides, widths = filled, ["left"], [sum(widths)]
    span = f'<w:gridSpan w:val="{columns}"/>' if spanned else ""
    keep = "<w:keepNext/>" if kept else ""  # a short table is not parted by a page
    size, air = int(2 * points), 15 if points > 10 else 6
    letters = (
        f'<w:rPr>{"<w:b/>" if head or bold else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )
    body = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{keep}<w:spacing w:before="{air}" w:after="{air}"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r>{letters}<w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p></w:tc>'
        for words, side, width in zip(cells, sides, widths, strict=True)
    )
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{marks}</w:trPr>{body}</w:tr>"
