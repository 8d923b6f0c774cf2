"""Where the headings of a table stand: by the names looked for, or by evidence over the whole sheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from techprio.inputs.cells import clean, name_key, tidy
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.entries import text_problem
from techprio.inputs.free_cells import is_number
from techprio.inputs.grid import Box, Cell, Grid, GridRow, shown
from techprio.inputs.legacy_text import repaired
from techprio.inputs.roles import CODES, CRITERIA, LABELS, bare, column_role, direction_in, row_role
from techprio.inputs.units import unit_in
from techprio.language import Text, text

_SEARCHED = 30
_LOOKED_AT = 400
"""Rows that are looked at, evenly over the sheet, to see which columns hold numbers."""
_TECHNICAL = '{"ImportId"'
"""Begins the cells of a row of headings for programs, as exports of surveys have it."""
_MOST_HEADING_ROWS = 5


def known_headings(grid: Grid, known: Collection[str]) -> int | None:
    """Return the index of the row with most of the headings looked for; None in an empty grid."""
    if not grid.rows:
        return None
    candidates = range(min(len(grid.rows), _SEARCHED))
    matches = {index: _matches(grid.rows[index], known) for index in candidates}
    return max(candidates, key=lambda index: (matches[index], -index))


def _matches(row: GridRow, known: Collection[str]) -> int:
    return len({fold(shown(entry)) for entry in row.cells if shown(entry)} & set(known))


class Evidence:
    """What the cells of a sheet say about it: which columns hold numbers, how names at the left look."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        step = max(1, len(grid.rows) // _LOOKED_AT)
        self.sample = grid.rows[1:2] + grid.rows[2::step]
        numbers, filled = Counter[int](), Counter[int]()
        for row in self.sample:
            for place, entry in enumerate(row.cells):
                if shown(entry):
                    filled[place] += 1
                    numbers[place] += is_number(entry)
        self.filled = filled
        self.numeric = [place for place, count in sorted(filled.items()) if 2 * numbers[place] >= count]

    def numbers_in(self, row: GridRow) -> list[int]:
        """Return the columns of numbers in which a row has a number too, but the first of all columns."""
        return [place for place in self.numeric if place and is_number(row.entry(place))]

    def label(self, row: GridRow) -> str:
        """Return the name of a row: its first text, where that stands to the left of the numbers."""
        place = row.first()
        left = min((place for place in self.numeric if place), default=2)
        return shown(row.entry(place)) if place < left else ""

    def speaks(self, row: GridRow) -> bool:
        """Whether a row speaks about columns: weights, directions and the like, named at its left."""
        role = row_role(self.label(row))
        cells = [shown(row.entry(place)) for place in row.filled()[1:]]
        if role is None or not cells:
            return False
        if role == "directions":
            return all(direction_in(words) for words in cells)
        return role != "units" and any(is_number(row.entry(place)) for place in row.filled()[1:])

    def is_like_those_below(self, row: GridRow) -> bool:
        """Whether the name at the left of a row is of one shape, with digits, with those below it."""
        shapes = Counter(_shape(shown(other.entry(0))) for other in self.sample if other.number > row.number)
        shapes.pop("", None)
        mine = _shape(shown(row.entry(0)))
        return "9" in mine and bool(shapes) and mine == shapes.most_common(1)[0][0]

    def have_codes(self, place: int) -> bool:
        """Whether nearly all rows have a code with digits in a column."""
        words = [shown(row.entry(place)) for row in self.sample]
        return 4 * sum(any(sign.isdigit() for sign in word) for word in words) >= 3 * len(words)

    def words_come_again(self, row: GridRow) -> bool:
        """Whether the words of a row stand in the cells below them too, as those of data do."""
        places = [place for place in row.filled() if place]
        again = 0
        for place in places:
            mine = name_key(shown(row.entry(place)))
            again += any(
                name_key(shown(other.entry(place))) == mine
                for other in self.sample
                if other.number > row.number
            )
        return len(places) >= 2 and 2 * again > len(places)


def _shape(words: str) -> str:
    return re.sub(r"[0-9]+", "9", re.sub(r"[^\W\d_]+", "a", words.casefold()))


def free_headings(grid: Grid, evidence: Evidence) -> tuple[int, bool | None]:
    """Find the first wide row, and whether it holds headings; None where both are possible."""
    candidates = range(min(len(grid.rows), _SEARCHED))
    widths = {index: _width(grid, index) for index in candidates}
    # A title has two or three texts at most; headings stand over nearly all columns.
    wide = [
        index for index in candidates
        if _may_head(grid, grid.rows[index]) and 3 * widths[index] >= 2 * max(widths.values())
        and not evidence.speaks(grid.rows[index])
    ] or [max(candidates, key=lambda index: (widths[index], -index))]  # fmt: skip
    first = grid.rows[wide[0]]
    if not evidence.numbers_in(first):
        is_data = evidence.is_like_those_below(first) and len(first.filled()) > 1
        if evidence.words_come_again(first) and not _is_head(first):
            return wide[0], (False if is_data else None)
        return wide[0], True
    for index in wide[1:]:  # numbers above the headings, such as years or a line of column numbers
        row = grid.rows[index]
        if not evidence.numbers_in(row) and not evidence.is_like_those_below(row) and _are_texts(row):
            return index, True
    return wide[0], _numbers_head(first, evidence)


def counted_headings(grid: Grid, evidence: Evidence, start: int, count: int) -> tuple[int, int]:
    """Return the first heading row, and the first row after them, where the caller says how many there are.

    Rows above the first wide one are taken before a row below it that holds data: the upper of two rows of
    headings often has a single cell.
    """
    end = start
    while count and end < len(grid.rows) and end - start < count:
        if end > start and _is_data(grid.rows[end], evidence) and start - (count - (end - start)) >= 0:
            break
        end += 1
    first = max(0, end - count) if count else start
    while not count and first and _is_data(grid.rows[first - 1], evidence):
        first -= 1
    return first, (end if count else first)


def _is_data(row: GridRow, evidence: Evidence) -> bool:
    return bool(evidence.numbers_in(row)) or evidence.is_like_those_below(row)


def _numbers_head(row: GridRow, evidence: Evidence) -> bool | None:
    """Tell whether a row with numbers holds headings: years and points of a scale do, scores do not."""
    numbers = [shown(row.entry(place)) for place in evidence.numbers_in(row)]
    if any(not re.fullmatch(r"[0-9]+", words) for words in numbers):
        return False
    values = [int(words) for words in numbers]
    if evidence.is_like_those_below(row):
        return None if _is_sequence(values) else False
    are_years = _is_sequence(values) and all(1900 <= value <= 2150 for value in values)
    return True if are_years or (_is_head(row) and len(set(values)) == len(values)) else None


def _is_sequence(numbers: Sequence[int]) -> bool:
    """Whether numbers are years in order, or points in steps: ``2025, 2030``, ``1, 3, 5, 7``."""
    steps = {after - before for before, after in pairwise(numbers)}
    if not steps or min(steps) < 1:
        return False
    are_years = all(1900 <= number <= 2150 for number in numbers)
    return are_years or steps == {1} or (len(steps) == 1 and len(numbers) > 2 and max(numbers) <= 100)


def _is_head(row: GridRow) -> bool:
    corner = bare(shown(row.entry(0)))
    return corner in {"", *CODES, *LABELS, *CRITERIA} or column_role(corner) is not None


def further_headings(grid: Grid, start: int, evidence: Evidence) -> int:
    """Return the index of the last heading row: merged groups and surveys have several."""
    first = grid.rows[start].number
    lowest = max((box.bottom for box in grid.merged if box.top == first), default=first)
    last = start
    if lowest - first <= 2:
        while last + 1 < len(grid.rows) and grid.rows[last + 1].number <= lowest:
            last += 1
    below = range(last + 1, min(len(grid.rows), start + _MOST_HEADING_ROWS))
    technical = [index for index in below if any(_TECHNICAL in shown(e) for e in grid.rows[index].cells)]
    if technical:
        return technical[-1]
    numeric = [place for place in evidence.numeric if place]
    for index in below:
        if not _goes_on(grid.rows[index], numeric, grid.rows[index + 1 : index + 6]):
            break
        last = index
    return last


def _is_question(row: GridRow, below: Sequence[GridRow]) -> bool:
    """Whether the first cell of a row is a text over numbers or times, as the questions of an export are."""
    first = row.entry(0)
    cells = [other.entry(0) for other in below if shown(other.entry(0))]
    return (
        bool(cells)
        and not is_number(first)
        and row_role(shown(first)) is None
        and all(is_number(entry) or _DAY.match(shown(entry)) for entry in cells)
    )


_DAY = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}")


def _goes_on(row: GridRow, numeric: Sequence[int], below: Sequence[GridRow]) -> bool:
    """Whether a row below headings is one more of them: texts over numbers, without a name."""
    cells = [row.entry(place) for place in numeric if shown(row.entry(place))]
    corner = bare(shown(row.entry(0)))
    if not cells or 2 * len(cells) < len(numeric) or any(is_number(entry) for entry in cells):
        return False
    if corner and corner not in CODES | LABELS and not _is_question(row, below):
        return False
    words = [shown(entry) for entry in cells]
    return not all(map(is_unit, words)) and not all(map(direction_in, words)) and not is_numbering(row)


def is_unit(words: str) -> bool:
    """Whether a cell of a row of units holds one: known, in brackets, or a dash for none."""
    return unit_in(words) is not None or words in "-\u2013" or bool(re.fullmatch(r"[(\[].+[)\]]", words))


def is_numbering(row: GridRow) -> bool:
    """Whether a row numbers the columns, as administrative forms do: ``A, B, 1, 2`` or ``(1), (2), (3)``.

    Examples
    --------
    >>> is_numbering(GridRow(2, ["A", "B", "1", "2"])), is_numbering(GridRow(2, ["(1)", "(2)", "(3)"]))
    (True, True)
    >>> is_numbering(GridRow(2, ["CN01", "1", "2"])), is_numbering(GridRow(2, ["1", "2", "3"]))
    (False, False)
    """
    words = [shown(entry) for entry in row.cells if shown(entry)]
    in_brackets = all(re.fullmatch(r"[(\[].+[)\]]", word) for word in words)
    plain = [word.strip("()[]") for word in words]
    capitals = [word for word in plain if re.fullmatch("[A-Z]", word)]
    numbers = plain[len(capitals) :]
    if len(plain) < 3 or plain[: len(capitals)] != capitals or not all(n.isdigit() for n in numbers):
        return False
    in_order = capitals == [chr(65 + place) for place in range(len(capitals))]
    return (
        in_order and [*map(int, numbers)] == [*range(1, len(numbers) + 1)] and bool(capitals or in_brackets)
    )


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


def _are_texts(row: GridRow) -> bool:
    return all(isinstance(row.cells[place], str) or row.cells[place].kind == "text" for place in row.filled())  # type: ignore[union-attr]


def heading_parts(grid: Grid, upper: Sequence[GridRow]) -> list[tuple[str, ...]]:
    """Return the headings over each column, the upper one first, as repaired from legacy code pages."""
    width = max((len(row.cells) for row in upper), default=0)
    boxes = _boxes(grid, upper)
    widest = max((len(row.cells) for row in grid.rows), default=0)
    width = min(max([width, *(box.right for box in boxes.values())]), widest)
    by_number = {row.number: row for row in upper if not any(_TECHNICAL in shown(e) for e in row.cells)}
    found = []
    for place in range(width):
        parts: list[str] = []
        for row in upper:
            box = boxes.get((row.number, place + 1), Box(row.number, place + 1, row.number, place + 1))
            source = by_number.get(box.top)
            words = tidy(clean(shown(source.entry(box.left - 1)))) if source else ""
            if words and words not in parts:
                parts.append(words)
        found.append(tuple(parts))
    return found


def _boxes(grid: Grid, upper: Sequence[GridRow]) -> Mapping[tuple[int, int], Box]:
    return {
        (row, column): box
        for box in grid.merged
        if upper and box.top >= upper[0].number and box.bottom <= upper[-1].number
        for row in range(box.top, box.bottom + 1)
        for column in range(box.left, box.right + 1)
    }


def joined_parts(parts: Sequence[str]) -> str:
    """Join the headings of several rows: ``Kinh tế / Chi phí``."""
    words = " / ".join(parts)
    return repaired(words) or words


def report_legacy(grid: Grid, upper: Sequence[GridRow], diagnostics: Diagnostics) -> None:
    """Report headings of a legacy code page; they are matched as repaired, so that the rest is found."""
    for row in upper:
        for place, entry in enumerate(row.cells):
            fault = text_problem(clean(shown(entry)), entry.font if isinstance(entry, Cell) else "")
            if fault is not None:
                diagnostics.add(
                    fault.code, grid.location(row.number, place), found=shown(entry), allowed=fault.allowed,
                    proposal=fault.proposal,
                )  # fmt: skip


def no_headings(grid: Grid, diagnostics: Diagnostics) -> None:
    """Report a grid without a line of text."""
    diagnostics.add(
        "T103", grid.location(0), found=text("no line with text"), allowed=text("a line of headings")
    )


def without_headings() -> Text:
    """Propose how a table without headings is read."""
    return text("where the table has no headings, header_rows=0 with columns= names its columns")
