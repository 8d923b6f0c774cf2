"""Rows of a free table that can be read in two ways: each is a problem that shows both readings."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from techprio.errors import Sayable
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.free_cells import is_number, plain_value
from techprio.inputs.grid import GridRow, first_words, shown
from techprio.inputs.headings import Evidence
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import readings
from techprio.inputs.roles import (
    CODES,
    CRITERIA,
    LABELS,
    bare,
    column_role,
    direction_in,
    row_role,
)
from techprio.language import text
from techprio.model.layout import NAMES, RowRole

SUMS = ("total", "mean", "count", "spread", "minimum", "maximum")


def ask_of_row(
    table: FoundTable, row: GridRow, found: Sayable, other: RowRole, diagnostics: Diagnostics,
    *, first: RowRole = "data",
) -> None:  # fmt: skip
    """Report a row that may be one thing or another, with what settles it."""
    table.doubted.add(row.number)
    diagnostics.add(
        "T137",
        table.grid.location(row.number),
        field=first_words(row)[:60],
        found=found,
        allowed=text("what the row is"),
        proposal=text(
            "layout={first} takes it for {one}, layout={second} for {other}",
            first=f"{{{row.number}: '{first}'}}",
            one=NAMES[first],
            second=f"{{{row.number}: '{other}'}}",
            other=NAMES[other],
        ),
    )


def doubt_inner_sum(
    table: FoundTable,
    row: GridRow,
    role: RowRole,
    at: tuple[Sequence[GridRow], int, Sequence[int]],
    diagnostics: Diagnostics,
) -> None:
    """Report a row called a total or mean that stands among data and is none: it may be a name."""
    rows, number, numeric = at
    begin = max((n + 1 for n in range(number) if row_role(first_words(rows[n])) in SUMS), default=0)
    data = [other for other in rows if row_role(first_words(other)) is None]
    before = [other for other in data if other.number < row.number]
    group = [other for other in before if other.number >= rows[begin].number]
    if not before or any(is_sum(role, row, some, numeric) for some in (before, group, data)):
        return
    words = repr(first_words(row)[:60])
    found = text(
        "a row called {words} among the data, whose numbers are no {role}", words=words, role=NAMES[role]
    )
    ask_of_row(table, row, found, role, diagnostics)


def is_sum(role: RowRole, row: GridRow, parts: Sequence[GridRow], numeric: Sequence[int]) -> bool:
    """Whether some column of a row holds the total, or the mean, of other rows."""
    for place in numeric:
        value = plain_value(row.entry(place))
        values = [x for part in parts if (x := plain_value(part.entry(place))) is not None]
        if value is not None and len(values) > 1:
            rounded = 0.5 * 10.0 ** -decimals(shown(row.entry(place))) + 1e-9
            whole = sum(values) if role == "total" else sum(values) / len(values)
            if abs(whole - value) <= rounded:
                return True
    return False


def doubt_weights(
    table: FoundTable,
    rows: Sequence[GridRow],
    numeric: Sequence[int],
    evidence: Evidence,
    diagnostics: Diagnostics,
) -> None:
    """Report a first or last row under an unknown name whose numbers sum up to 1 or 100, as weights do."""
    if len(numeric) < 2 or len(rows) < 3:
        return
    for row in {rows[0].number: rows[0], rows[-1].number: rows[-1]}.values():
        mine = _values(row, numeric)
        whole = whole_of_weights(mine)
        if not whole or len(mine) < len(numeric) or row.number in table.doubted:
            continue
        others = [values for other in rows if other is not row if (values := _values(other, numeric))]
        flat = [value for values in others for value in values]
        is_small = whole == 1 and 4 * sum(value > 1 for value in flat) >= 3 * len(flat)
        is_odd = whole == 100 and _is_odd(row, rows, evidence)
        if is_small or (is_odd and not any(abs(sum(values) - 100) < 0.1 for values in others)):
            found = text("a row whose numbers sum up to {whole}, as weights do", whole=whole)
            ask_of_row(table, row, found, "weights", diagnostics)


def doubt_words(
    table: FoundTable, rows: Sequence[GridRow], numeric: Sequence[int], diagnostics: Diagnostics
) -> None:
    """Report a row of words for better and worse under every column of numbers: it may state directions."""
    places = [place for place in numeric if place]
    for row in rows if len(places) > 1 and len(rows) > 2 else ():
        words = [shown(row.entry(place)) for place in places]
        if row.number in table.doubted or not all(words) or any(is_number(row.entry(p)) for p in places):
            continue
        if all(map(direction_in, words)):
            found = text("a row of words for better and worse: {words}", words=" | ".join(words[:6]))
            ask_of_row(table, row, found, "directions", diagnostics)
            table.rows.remove(row)


def whole_of_weights(values: Sequence[float]) -> int:
    """Return 1 or 100 where numbers sum up to it as weights do, else 0."""
    if len(values) > 1 and all(0 <= value < 1 for value in values) and abs(sum(values) - 1) <= 0.001:
        return 1
    if len(values) > 1 and all(0 <= value < 100 for value in values) and abs(sum(values) - 100) <= 0.1:
        return 100
    return 0


def _is_odd(row: GridRow, rows: Sequence[GridRow], evidence: Evidence) -> bool:
    """Whether a row has no name, or one without digits among names that have them."""
    label = evidence.label(row)
    names = [evidence.label(other) for other in rows if other is not row]
    return not label or (not _has_digit(label) and all(map(_has_digit, names)))


def _has_digit(words: str) -> bool:
    return any(sign.isdigit() for sign in words)


def _values(row: GridRow, places: Sequence[int]) -> list[float]:
    return [value for place in places if (value := plain_value(row.entry(place))) is not None]


SURE_ROWS = 4
"""So many rows above one of the last tell that it may be their sum or mean, if it is in every column."""


def doubt_sums(
    table: FoundTable, rows: Sequence[GridRow], numeric: Sequence[int], evidence: Evidence,
    diagnostics: Diagnostics,
) -> None:  # fmt: skip
    """Report a last row under a name of its own that holds the totals, or the means, of those above."""
    if len(rows) <= SURE_ROWS or not evidence.label(rows[-1]) or rows[-1].number in table.doubted:
        return
    role = sum_of(rows[-1], rows[:-1], numeric)
    if role is not None and not evidence.is_like_those_below(GridRow(0, rows[-1].cells)):
        found = text("a row whose numbers are the {role} of those above, in every column", role=NAMES[role])
        ask_of_row(table, rows[-1], found, role, diagnostics)


def check_twice(table: FoundTable, diagnostics: Diagnostics) -> None:
    """Report two rows of weights, or of directions and so on: which of them counts is not guessed."""
    for role in ("weights", "directions", "units", "ideal", "worst", "target", "minimum", "maximum"):
        rows = [row for said, row in table.about if said == role]
        if len(rows) > 1:
            one, other = (table.grid.location(row.number).words for row in rows[:2])
            diagnostics.add(
                "T137",
                table.grid.location(rows[1].number),
                field=first_words(rows[1])[:60],
                found=text("two rows of {what}: {one} and {other}", what=NAMES[role], one=one, other=other),
                allowed=text("one row of {what}", what=NAMES[role]),
                proposal=text(
                    "layout={first} or layout={second} leaves one out",
                    first=f"{{{rows[0].number}: 'skipped'}}",
                    second=f"{{{rows[1].number}: 'skipped'}}",
                ),
            )


def one_table(
    table: FoundTable,
    rows: Sequence[GridRow],
    numeric: Sequence[int],
    roles: Collection[int],
    diagnostics: Diagnostics,
) -> list[GridRow]:
    """Return the rows before a second table; headings that come again, as on printed pages, are left out."""
    heads = [[fold(part) for part in parts[-1:]] or [""] for parts in table.heading_parts]
    kept: list[GridRow] = []
    # Nearly all rows have a number where the headings have none, and can be no headings.
    plain = next((p for p in numeric if p < len(heads) and not readings(heads[p][0])), None)
    for number, row in enumerate(rows):
        if plain is not None and is_number(row.entry(plain)):
            kept.append(row)
            continue
        cells = [fold(shown(row.entry(place))) for place in range(len(heads))]
        is_stated = row.number in roles
        if heads and not is_stated and len(row.filled()) > 1 and cells == [head[0] for head in heads]:
            table.set_aside(row, "headings", text("the headings again"))
            continue
        if kept and not is_stated and _begins_another(row, rows, number, numeric):
            last = rows[-1].number
            diagnostics.add(
                "T137",
                table.grid.location(row.number),
                found=text("a second table begins here: {headings}", headings=_shown(row)),
                allowed=text("one table"),
                proposal=text(
                    "skip_rows={rows} leaves it out; skip_rows={others} leaves the first out",
                    rows=f"range({row.number}, {last + 1})",
                    others=f"range({table.heading_row}, {row.number})",
                ),
            )
            return kept
        kept.append(row)
    return kept


def _begins_another(row: GridRow, rows: Sequence[GridRow], number: int, numeric: Sequence[int]) -> bool:
    places = [place for place in row.filled() if place]
    words = [place for place in places if not is_number(row.entry(place))]
    over = [place for place in words if place in numeric]
    if len(words) < len(places) or not over or 2 * len(over) < min(len(numeric), len(places)):
        return False
    corner = bare(shown(row.entry(0)))
    after_gap = row.number > rows[number - 1].number + 1
    is_head = bool(corner) and (corner in CODES | LABELS | CRITERIA or column_role(corner) is not None)
    below = rows[number + 1 : number + 3]
    has_numbers = bool(below) and all(any(is_number(other.entry(p)) for p in over) for other in below)
    return has_numbers and (is_head or after_gap) and row_role(shown(row.entry(0))) is None


def _shown(row: GridRow) -> str:
    return " | ".join(words for entry in row.cells[:6] if (words := shown(entry)))


def decimals(words: str) -> int:
    """Return how many decimals a number is written with."""
    return len(words.replace(",", ".").partition(".")[2])


def sum_of(
    row: GridRow, above: Sequence[GridRow], numeric: Sequence[int], *, least: int = 2
) -> RowRole | None:
    """Return whether a row holds the totals or the means of the rows above it, in every column of numbers."""
    if len(above) < 2 or not shown(row.entry(numeric[0] if numeric else 0)):
        return None
    found: set[RowRole] = set()
    columns = 0
    for place in numeric:
        value = plain_value(row.entry(place))
        if value is None:
            continue
        values = [x for other in above if (x := plain_value(other.entry(place))) is not None]
        near = 1e-9 * max(1.0, abs(value))
        if len(values) < 2:
            return None
        rounded = 0.5 * 10.0 ** -decimals(shown(row.entry(place)))
        if abs(sum(values) - value) <= near:
            found.add("total")
            columns += value > max(values)  # a sum above every part, and a mean between, are no chance
        elif abs(sum(values) / len(values) - value) <= max(near, rounded):
            found.add("mean")
            columns += not value.is_integer()
        else:
            return None
    return found.pop() if len(found) == 1 and columns >= least else None
