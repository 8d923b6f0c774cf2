"""The rows below the headings: data, rows that speak about the columns, sums, notes and signatures."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from techprio.errors import Sayable
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.free_cells import is_number, plain_value
from techprio.inputs.grid import Entry, GridRow, first_words, shown
from techprio.inputs.headings import Evidence, is_numbering, is_unit
from techprio.inputs.layout import FoundTable
from techprio.inputs.named_rows import counts_answers, doubt_names, is_beyond, is_extreme
from techprio.inputs.roles import (
    WHOLE,
    bare,
    beginning_role,
    begins_as_known,
    clear_direction,
    ending_role,
    is_remark,
    row_role,
    speaks_of_directions,
    stated_direction,
)
from techprio.inputs.table_doubts import (
    SUMS,
    ask_of_row,
    check_twice,
    doubt_inner_sum,
    doubt_sums,
    doubt_weights,
    doubt_words,
    one_table,
    sum_of,
)
from techprio.language import text
from techprio.model.layout import NAMES, RowRole

ABOUT = ("weights", "directions", "units", "ideal", "worst", "target", "minimum", "maximum", "thresholds")


_MAYBE_NAMES = ("ideal", "worst", "target", "minimum", "maximum", "spread", "count", "rank", "thresholds")
"""Roles whose words may also name an alternative."""


def known_rows(table: FoundTable, rows: list[GridRow], diagnostics: Diagnostics) -> None:
    """Take the rows of a table with declared columns: all but totals, means and what stands below them."""
    ended = False
    before: int | None = None
    rows = _filled_from_merges(table, rows)
    worded = _worded_columns(rows)
    for row in rows:
        after_gap = table.grid.is_workbook and before is not None and row.number > before + 1
        before = row.number
        role, filled = row_role(first_words(row)), len(row.filled())
        is_total = role == "total" and (filled == 1 or _has_digit(row))
        is_sum = is_total or (
            role in SUMS and _has_digit(row) and any(not shown(row.entry(place)) for place in worded)
        )
        ended = ended or is_sum or (after_gap and filled == 1)
        if is_sum and role is not None:
            note_row(table, row, role, diagnostics)
        elif ended and filled == 1:
            note_row(table, row, "note", diagnostics)
        else:
            table.rows.append(row)
    note_hidden(table, diagnostics)


def _worded_columns(rows: Sequence[GridRow]) -> list[int]:
    """Return the columns in which every row but the last few has words: a mean or maximum has none there."""
    kept = [row for row in rows if row_role(first_words(row)) is None and len(row.filled()) > 1]
    if not kept:
        return []
    places = set(kept[0].filled()[1:])
    for row in kept[1:]:
        places &= set(row.filled())
    return [place for place in places if not any(is_number(row.entry(place)) for row in kept)]


def _has_digit(row: GridRow) -> bool:
    """Return whether any cell has a digit; a row of words alone, as ``Cộng dồn: true``, is no total."""
    return any(sign.isdigit() for entry in row.cells for sign in shown(entry))


def free_rows(
    table: FoundTable,
    rows: list[GridRow],
    evidence: Evidence,
    roles: Mapping[int, RowRole],
    diagnostics: Diagnostics,
) -> None:
    """Take the rows of a free table; those that speak about its columns are kept apart, under their role."""
    numeric = [place for place in evidence.numeric if place]
    rows = one_table(table, _filled_from_merges(table, rows), numeric, roles, diagnostics)
    found = [_role(row, number, rows, numeric, evidence) for number, row in enumerate(rows)]
    for number, row in enumerate(rows):
        if row.number in roles:
            said = roles[row.number]
            found[number] = None if said == "data" else said
    last = _last_of_data(rows, found, numeric, evidence)
    ended = False
    for number, (row, role) in enumerate(zip(rows, found, strict=True)):
        gap = table.grid.is_workbook and number > 0 and row.number > rows[number - 1].number + 1
        alone = number > last and (len(row.filled()) == 1 or not _is_data(row, numeric, evidence))
        ended = ended or (number > last and (gap or role in SUMS))
        if role in ("total", "mean") and row.number not in roles and number < last:
            doubt_inner_sum(table, row, role, (rows, number, numeric), diagnostics)
        elif role in _MAYBE_NAMES and row.number not in roles:
            is_inner = 2 <= number < len(rows) - _LAST
            is_plain = bare(evidence.label(row)) in ("best", "worst", "tot_nhat", "xau_nhat", "kem_nhat")
            others = [other for other, said in zip(rows, found, strict=True) if said is None]
            is_odd = is_beyond(role, row, others, numeric) or (
                is_plain and not is_extreme(row, others, numeric)
            )
            if is_inner or is_odd:
                called = text("a row called {words}", words=repr(evidence.label(row)))
                ask_of_row(table, row, called, role, diagnostics)
        if role in ABOUT:
            keep_about(table, row, role, diagnostics)
        elif role is not None:
            note_row(table, row, role, diagnostics)
        elif ended and alone:
            note_row(table, row, "note", diagnostics)
        else:
            table.rows.append(row)
    open_rows = [row for row in table.rows if row.number not in roles]
    doubt_names(table, open_rows, evidence, diagnostics)
    doubt_sums(table, open_rows, numeric, evidence, diagnostics)
    doubt_weights(table, open_rows, numeric, evidence, diagnostics)
    doubt_words(table, open_rows, evidence.numeric, diagnostics)
    check_twice(table, diagnostics)
    note_hidden(table, diagnostics)


def _role(
    row: GridRow, number: int, rows: Sequence[GridRow], numeric: Sequence[int], evidence: Evidence
) -> RowRole | None:
    """Return what a row is by its name and by its cells; None for data."""
    label = evidence.label(row)
    is_last = number >= len(rows) - _LAST
    if (
        label
        and not is_last
        and not begins_as_known(label)
        and any(is_number(row.entry(p)) for p in numeric[:2])
    ):
        return None  # nearly all rows end here
    cells = [entry for place in row.filled()[1 if label else 0 :] if shown(entry := row.entry(place))]
    words = [shown(entry) for entry in cells]
    role = row_role(label) if label else None
    if is_remark(label) and not any(map(is_number, cells)):
        return "note"
    if number < 2 and is_numbering(row) and not _are_lettered(rows[number : number + 2]):
        return "numbering"
    if is_section(row, numeric, evidence):
        return "section"
    if _are_directions(label, role, words):
        return "directions"
    if role is None:
        over_numbers = [shown(row.entry(place)) for place in numeric if shown(row.entry(place))]
        if not label and over_numbers and all(map(is_unit, over_numbers)):
            return "units"
        if label and evidence.is_like_those_below(GridRow(0, row.cells)):
            return None
        return _by_arithmetic(label, rows, number, numeric)
    if not cells or _is_name_of_data(row, evidence):
        return None
    if role in ("units", "kind", "directions"):
        has_numbers = any(is_number(row.entry(place)) for place in numeric)
        return None if has_numbers else ("kind" if role == "directions" else role)
    return role if any(is_number(entry) for entry in cells) else None


def _are_directions(label: str, role: RowRole | None, words: Sequence[str]) -> bool:
    """Whether a row states directions: by its name and its words, or by words that can be nothing else."""
    if role in ("directions", "target", "kind"):
        return bool(words) and all(map(stated_direction, words))
    if role is not None or len(words) < (2 if label else 1):
        return False
    said = len(words) > 1 and speaks_of_directions(label) and all(map(stated_direction, words))
    return said or all(map(clear_direction, words))


def _are_lettered(rows: Sequence[GridRow]) -> bool:
    """Whether rows are named A, B and so on: ``A, 1, 2`` are then scores of A, no numbers of columns."""
    names = [shown(row.entry(0)) for row in rows]
    return len(names) == 2 and all(len(name) == 1 and name.isupper() for name in names)


def _last_of_data(
    rows: Sequence[GridRow],
    found: Sequence[RowRole | None],
    numeric: Sequence[int],
    evidence: Evidence,
) -> int:
    """Return the number of the last row of data; signatures below it hold no numbers and no codes."""
    ends = (n for n in range(len(rows) - 1, -1, -1) if found[n] is None and len(rows[n].filled()) > 1)
    first = next(ends, len(rows))
    if first == len(rows):
        return first
    return next((n for n in (first, *ends) if _is_data(rows[n], numeric, evidence)), first)


def _is_data(row: GridRow, numeric: Sequence[int], evidence: Evidence) -> bool:
    """Whether a row has a number, a code like the others, or as many cells as a row of data."""
    return (
        not numeric
        or any(is_number(row.entry(place)) for place in row.filled())
        or evidence.is_like_those_below(GridRow(0, row.cells))
        or len(row.filled()) > max(2, len(evidence.filled) // 2)
    )


_ORDINAL = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})|[A-Z]")


def is_section(row: GridRow, numeric: Sequence[int], evidence: Evidence) -> bool:
    """Whether a row only heads the rows below it: ``II. Nông nghiệp``, without a code and without numbers."""
    places = row.filled()
    if len(places) > 2 or len(numeric) < 2 or any(is_number(row.entry(p)) for p in places[1:]):
        return False
    first = shown(row.entry(places[0]))
    ordinal = re.split(r"[.)\s]", first, maxsplit=1)[0]
    if is_number(row.entry(places[0])) or len(evidence.grid.rows) < 4:
        return False
    alike = sum(bool(_ORDINAL.fullmatch(shown(other.entry(places[0])))) for other in evidence.sample)
    if 2 * alike > len(evidence.sample):
        return False  # A, B, C name the rows themselves
    if _ORDINAL.fullmatch(ordinal) and (len(places) == 2 or ordinal != first):
        return True
    return len(places) == 1 and evidence.have_codes(places[0]) and not any(sign.isdigit() for sign in first)


def _is_name_of_data(row: GridRow, evidence: Evidence) -> bool:
    """Whether the row has an id like those of the others, so that the word is the name of an alternative."""
    return row_role(shown(row.entry(0))) is None and evidence.is_like_those_below(GridRow(0, row.cells))


_LAST = 3


def _by_arithmetic(
    label: str, rows: Sequence[GridRow], number: int, numeric: Sequence[int]
) -> RowRole | None:
    """Tell weights, counts and sums by their values, where the name is missing or only begins so."""
    row, above = rows[number], rows[:number]
    is_last = number >= len(rows) - _LAST
    if (is_last or number < 2) and counts_answers(label, row, rows) == "surely":
        return "count"
    begins = (beginning_role(label) or ending_role(label)) if label else None
    if begins == "weights":
        values = [value for place in numeric if (value := plain_value(row.entry(place))) is not None]
        return "weights" if any(abs(sum(values) - whole) <= 0.005 * whole for whole in (1, 100)) else None
    if label and begins is None:
        is_whole = is_last and len(above) > 1 and fold(label) in WHOLE
        return sum_of(row, above, numeric) if is_whole else None
    data = [other for other in above if not _begins_as_sum(other)]
    begin = max((n + 1 for n, other in enumerate(above) if _begins_as_sum(other)), default=0)
    least = 0 if begins else 2
    held = [sum_of(row, part, numeric, least=least) for part in (above, data, above[begin:])]
    return next((role for role in held if role is not None and begins in (None, role)), None)


def _begins_as_sum(row: GridRow) -> bool:
    words = first_words(row)
    return begins_as_known(words) and beginning_role(f"{words} x") in SUMS


def keep_about(table: FoundTable, row: GridRow, role: RowRole, diagnostics: Diagnostics) -> None:
    """Keep a row that speaks about the columns, and say so."""
    reason = text("speaks about the columns")
    table.about.append((role, row))
    table.set_aside(row, role, reason)
    diagnostics.note(
        text(
            "{place}: {words} holds {what}; it speaks about the columns and is not one of the rows",
            place=table.grid.location(row.number).words,
            words=repr(first_words(row)[:60]),
            what=NAMES[role],
        )
    )


def note_row(table: FoundTable, row: GridRow, role: RowRole, diagnostics: Diagnostics) -> None:
    """Leave a row out, and say so."""
    reasons: dict[str, Sayable] = {
        "title": text("stands above the headings"),
        "note": text("stands below the table"),
        "skipped": text("named in skip_rows"),
    }
    table.set_aside(row, role, reasons.get(role, text("summarises or describes other rows")))
    diagnostics.note(
        text(
            "{place}: {words} is not a row of the table and is left out",
            place=table.grid.location(row.number).words,
            words=repr(first_words(row)[:60]),
        )
    )


def note_hidden(table: FoundTable, diagnostics: Diagnostics) -> None:
    """Say which hidden rows are read."""
    for row in table.rows:
        if row.number in table.grid.hidden:
            diagnostics.note(
                text(
                    "{place}: hidden row {what} is read like the others",
                    place=table.grid.location(row.number).words,
                    what=first_words(row),
                )
            )


def _filled_from_merges(table: FoundTable, rows: list[GridRow]) -> list[GridRow]:
    """Write the text of a merged block into each of its cells; blanks elsewhere stay blank."""
    numbers = [row.number for row in rows]
    for box in table.grid.merged:
        inside = rows[bisect_left(numbers, box.top) : bisect_right(numbers, box.bottom)]
        value: Entry = inside[0].entry(box.left - 1) if inside and inside[0].number == box.top else ""
        if not shown(value):
            continue
        for row in inside:
            row.cells += [""] * (box.left - len(row.cells))
            row.cells[box.left - 1] = value
    return rows
