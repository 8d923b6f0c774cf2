"""Where the headings of a table stand, and which rows below them are its rows.

Administrative forms have titles above, headings in two rows with merged groups, and totals,
notes and signatures below. What is left out is always stated in a note.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field

from techprio.inputs.cells import clean, tidy
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.entries import text_problem
from techprio.inputs.grid import Box, Cell, Entry, Grid, GridRow, shown
from techprio.inputs.legacy_text import repaired
from techprio.language import text

_TOTALS = {"tong", "tong_cong", "tong_so", "cong", "total", "totals", "sum", "grand_total"}
_SEARCHED = 30


@dataclass
class Layout:
    """A table found in a grid."""

    grid: Grid
    headings: list[str]
    heading_row: int
    rows: list[GridRow] = field(default_factory=list)


def find_layout(grid: Grid, diagnostics: Diagnostics, *, known: Collection[str] = ()) -> Layout | None:
    """Find headings and rows of the table in a grid; None when there is none.

    Parameters
    ----------
    grid : Grid
    diagnostics : Diagnostics
        Takes problems and notes.
    known : collection of str
        Folded headings that are looked for; without them the first row of several texts is taken.
    """
    start = _heading_index(grid, known)
    if start is None:
        location = grid.location(0)
        diagnostics.add("T103", location, found=text("no line with text"), allowed=text("a line of headings"))
        return None
    first = grid.rows[start].number
    last = max((box.bottom for box in grid.merged if box.top == first), default=first)
    if last - first > 2 or known:
        last = first
    upper = [row for row in grid.rows if first <= row.number <= last]
    _note_rows([row for row in grid.rows if row.number < first], grid, diagnostics)
    layout = Layout(grid, [_sound(heading) for heading in _headings(grid, upper)], first)
    _report_legacy(grid, upper, diagnostics)
    below = [row for row in grid.rows if row.number > last]
    layout.rows = _body(_filled_from_merges(grid, below), grid, diagnostics)
    hidden = [row for row in layout.rows if row.number in grid.hidden]
    for row in hidden:
        what = next((shown(entry) for entry in row.cells if shown(entry)), "")
        diagnostics.note(
            text(
                "{place}: hidden row {what} is read like the others",
                place=grid.location(row.number).words,
                what=what,
            )
        )
    return layout


def _heading_index(grid: Grid, known: Collection[str]) -> int | None:
    if not grid.rows:
        return None
    candidates = range(min(len(grid.rows), _SEARCHED))
    if known:
        matches = {index: _matches(grid.rows[index], known) for index in candidates}
        return max(candidates, key=lambda index: (matches[index], -index))
    widths = {index: _width(grid, index) for index in candidates}
    for index in candidates:
        # A title has two or three texts at most; headings stand over nearly all columns.
        if (
            _may_head(grid, grid.rows[index])
            and 3 * widths[index] >= 2 * max(widths.values())
            and _are_texts(grid.rows[index])
        ):
            return index
    return max(candidates, key=lambda index: (widths[index], -index))


def _may_head(grid: Grid, row: GridRow) -> bool:
    """Return whether a row has several texts, not all of them across columns like agency and motto."""
    across = {box.left - 1 for box in grid.merged if box.top == row.number and box.right > box.left}
    places = row.filled()
    return len(places) >= 2 and not across.issuperset(places)


def _width(grid: Grid, index: int) -> int:
    """Count the cells with text; a merged one as often as there are cells with text below it."""
    row = grid.rows[index]
    after = grid.rows[index + 1] if index + 1 < len(grid.rows) else None
    below = after.filled() if after is not None and after.number == row.number + 1 else []
    boxes = {box.left - 1: box for box in grid.merged if box.top == row.number}
    return sum(
        max(1, sum(box.left <= place + 1 <= box.right for place in below)) if (box := boxes.get(at)) else 1
        for at in row.filled()
    )


def _matches(row: GridRow, known: Collection[str]) -> int:
    return len({fold(shown(entry)) for entry in row.cells if shown(entry)} & set(known))


def _are_texts(row: GridRow) -> bool:
    return all(isinstance(row.cells[place], str) or row.cells[place].kind == "text" for place in row.filled())  # type: ignore[union-attr]


def _headings(grid: Grid, upper: list[GridRow]) -> list[str]:
    """Join the headings of several rows: ``Kinh tế / Chi phí``."""
    width = max((len(row.cells) for row in upper), default=0)
    boxes = {
        (row, column): box
        for box in grid.merged
        for row in range(box.top, box.bottom + 1)
        for column in range(box.left, box.right + 1)
        if box.top >= upper[0].number and box.bottom <= upper[-1].number
    }
    widest = max((len(row.cells) for row in grid.rows), default=0)
    width = min(max([width, *(box.right for box in boxes.values())]), widest)
    by_number = {row.number: row for row in upper}
    headings = []
    for place in range(width):
        parts = []
        for number in range(upper[0].number, upper[-1].number + 1):
            box = boxes.get((number, place + 1), Box(number, place + 1, number, place + 1))
            source = by_number.get(box.top)
            words = clean(shown(source.entry(box.left - 1))) if source else ""
            if words and words not in parts:
                parts.append(tidy(words))
        headings.append(" / ".join(parts))
    return headings


def _sound(heading: str) -> str:
    return repaired(heading) or heading


def _report_legacy(grid: Grid, upper: list[GridRow], diagnostics: Diagnostics) -> None:
    """Report headings of a legacy code page; they are matched as repaired, so that the rest is found."""
    for row in upper:
        for place, entry in enumerate(row.cells):
            fault = text_problem(clean(shown(entry)), entry.font if isinstance(entry, Cell) else "")
            if fault is not None:
                diagnostics.add(
                    fault.code, grid.location(row.number, place), found=shown(entry), allowed=fault.allowed,
                    proposal=fault.proposal,
                )  # fmt: skip


def _filled_from_merges(grid: Grid, rows: list[GridRow]) -> list[GridRow]:
    """Write the text of a merged block into each of its cells; blanks elsewhere stay blank."""
    numbers = [row.number for row in rows]
    for box in grid.merged:
        inside = rows[bisect_left(numbers, box.top) : bisect_right(numbers, box.bottom)]
        value: Entry = inside[0].entry(box.left - 1) if inside and inside[0].number == box.top else ""
        if not shown(value):
            continue
        for row in inside:
            row.cells += [""] * (box.left - len(row.cells))
            row.cells[box.left - 1] = value
    return rows


def _body(rows: list[GridRow], grid: Grid, diagnostics: Diagnostics) -> list[GridRow]:
    kept: list[GridRow] = []
    left_out: list[GridRow] = []
    ended = False
    before: int | None = None
    for row in rows:
        after_gap = grid.is_workbook and before is not None and row.number > before + 1
        before = row.number
        is_total, filled = _is_total(row), len(row.filled())
        ended = ended or is_total or (after_gap and filled == 1)
        if is_total or (ended and filled == 1):
            left_out.append(row)
        else:
            kept.append(row)
    _note_rows(left_out, grid, diagnostics)
    return kept


def _is_total(row: GridRow) -> bool:
    first = next((words for entry in row.cells if (words := shown(entry))), "")
    return len(first) < 20 and fold(first) in _TOTALS


def _note_rows(rows: list[GridRow], grid: Grid, diagnostics: Diagnostics) -> None:
    for row in rows:
        words = next((shown(entry) for entry in row.cells if shown(entry)), "")
        diagnostics.note(
            text(
                "{place}: {words} is not a row of the table and is left out",
                place=grid.location(row.number).words,
                words=repr(words[:60]),
            )
        )
