"""Rows and borders of the tables of the documents, as Word keeps them."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

BORDERS = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)


def table_row(
    cells: list[str],
    sides: list[Any],
    widths: list[int],
    points: float,
    *,
    head: bool = False,
    bold: bool = False,
    kept: bool = False,
) -> str:
    """Return a row of a table; the name of a group lies across it, a short table is not parted by a page."""
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
