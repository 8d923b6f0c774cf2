"""Tables of the documents and bars drawn with their cells, as Word keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from techprio.reporting.products.parts import Bars, Grid
from techprio.reporting.word.table_xml import borders, column_widths, fitting_points, paper_row

SMALL = 11.0
WHOLE = 9
"""How many rows a table has at most that stays on one page."""
_LETTERS = 1200  # of a table that stays on one page; a longer one would leave the page before half empty


def add_grid(writer: Any, grid: Grid) -> None:
    """Write a table and what stands under it."""
    points = grid.points * writer.usual / writer.paper.points or (SMALL if grid.small else writer.points - 1)
    heads = [_capital(writer.say(column.head)) for column in grid.columns]
    cells = [[writer.say(cell) for cell in row] for row in grid.rows]
    across = {place for place, row in enumerate(cells) if place in grid.strong and sum(map(bool, row)) == 1}
    own = [row for place, row in enumerate(cells) if place not in across]
    points = fitting_points(heads, own, writer.width(), points)
    widths = column_widths(heads, own, [column.width for column in grid.columns], writer.width(), points)
    whole = len(cells) <= WHOLE and sum(len(cell) for row in cells for cell in row) <= _LETTERS
    head = paper_row(
        heads,
        ["center"] * len(widths),
        widths,
        points,
        head=True,
        kept=len(grid.rows) > 0,
    )
    sides = [column.side for column in grid.columns]
    rows = [
        paper_row(
            row,
            sides,
            widths,
            points,
            bold=place in grid.strong,
            kept=(whole or place in across) and place < len(cells) - 1,
        )
        for place, row in enumerate(cells)
    ]
    headed = head if any(heads) else ""
    after = _put_table(writer, widths, [headed, *rows], margin=60)
    after.paragraph_format.space_after = Pt(2 if writer.points < 12 else 4)
    if grid.note:
        run = after.add_run(writer.say(grid.note))
        run.italic, run.font.size = True, Pt(max(9.5, points - 1))
    else:
        after.paragraph_format.line_spacing = Pt(4)


def _put_table(writer: Any, widths: Sequence[int], rows: Sequence[str], *, margin: int) -> Any:
    """Put a table of rows in XML at the end of the document; return the paragraph behind it."""
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders("000000")}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/>'
        f'<w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )
    writer.document._body._body.insert_element_before(table, "w:sectPr")
    return writer.document.add_paragraph()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def add_bars(writer: Any, bars: Bars) -> None:
    """Write bars of parts, drawn with the cells of a table: the letters stay those of the document."""
    whole = writer.width()
    unit = int(0.68 * whole / UNITS)
    first = whole - unit * UNITS
    shades = range(len(bars.key))[:: -1 if bars.dark_first else 1]
    rows = []
    for name, parts in bars.rows:
        units = parted([share for share, _ in parts])
        cells = [_bar_cell(writer.say(name), first, 1, side="left")]
        cells += [
            _bar_cell(writer.say(words), unit * span, span, shade=shades[place])
            for place, (span, (_, words)) in enumerate(zip(units, parts, strict=True))
            if span
        ]
        left = UNITS - sum(units)
        cells += [_bar_cell("", unit * left, left)] * bool(left)
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    each = UNITS // max(len(bars.key), 1)
    spans = [each] * (len(bars.key) - 1) + [UNITS - each * (len(bars.key) - 1)]
    key = [_bar_cell(writer.say(bars.title), first, 1, side="left")]
    key += [
        _bar_cell(_capital(writer.say(words)), unit * span, span, shade=shades[place])
        for place, (words, span) in enumerate(zip(bars.key, spans, strict=True))
    ]
    head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(key)}</w:tr>"
    after = _put_table(writer, [first, *[unit] * UNITS], [head, *rows], margin=30)
    after.paragraph_format.space_after = Pt(4)
    after.paragraph_format.line_spacing = Pt(4)


UNITS = 50
"""Into how many columns a bar is parted; a table has 63 at most."""
_SHADES = (("FFFFFF", "000000"), ("D9D9D9", "000000"), ("A6A6A6", "000000"), ("404040", "FFFFFF"))
_LEAST = 2


def parted(shares: Sequence[float]) -> list[int]:
    """Return how many units each part of a bar has; what is there is seen, and the whole is no longer.

    Parameters
    ----------
    shares : sequence of float
        Of the whole bar, from 0 to 1 together.

    Examples
    --------
    >>> parted([0.5, 0.25, 0.25]), parted([0.999, 0.001]), parted([0.3])
    ([25, 13, 12], [48, 2], [15])
    """
    units = [max(_LEAST, int(UNITS * share + 0.5)) if share > 0 else 0 for share in shares]
    over = [unit - UNITS * share for unit, share in zip(units, shares, strict=True)]
    while sum(units) > UNITS:
        place = max((p for p, unit in enumerate(units) if unit > _LEAST), key=lambda p: (over[p], p))
        units[place], over[place] = units[place] - 1, over[place] - 1
    while sum(units) < UNITS and sum(shares) > 1 - 0.5 / UNITS:
        place = min((p for p, unit in enumerate(units) if unit), key=lambda p: over[p])
        units[place], over[place] = units[place] + 1, over[place] + 1
    return units


def _bar_cell(words: str, width: int, span: int, *, shade: int = 0, side: str = "center") -> str:
    ground, ink = _SHADES[shade % len(_SHADES)]
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    letters = f'<w:rPr><w:color w:val="{ink}"/><w:sz w:val="22"/><w:szCs w:val="22"/></w:rPr>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:keepNext/><w:spacing w:before="15" w:after="15"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r>{letters}<w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p></w:tc>'
    )
