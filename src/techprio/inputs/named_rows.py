"""Rows of a free table whose name leaves open whether they are data: each is a problem with both readings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.free_cells import is_number, plain_value
from techprio.inputs.grid import GridRow, first_words, shown
from techprio.inputs.headings import Evidence
from techprio.inputs.layout import FoundTable
from techprio.inputs.roles import bare, beginning_role, begins_as_known, ending_role, row_role
from techprio.inputs.table_doubts import ask_of_row
from techprio.language import text
from techprio.model.layout import NAMES, RowRole

_ODD: tuple[tuple[re.Pattern[str], RowRole], ...] = (
    (re.compile(r"[qpv]", re.IGNORECASE), "thresholds"),
    (re.compile(r"Q[1-4]|[pP][0-9]{1,2}"), "spread"),
    (re.compile(r"[A-Za-z]\s*[+\-\u2212\u2013*]"), "ideal"),
)
"""Names that methods give to rows about the criteria: thresholds, quartiles, ideal solutions A+ and A-."""
_ENDS = 5
"""So many of the last rows are looked at for what speaks about the columns under a name of its own."""


def doubt_names(
    table: FoundTable, rows: Sequence[GridRow], evidence: Evidence, diagnostics: Diagnostics
) -> None:
    """Report rows that may speak about the columns, by their names, and may be alternatives."""
    labels = {row.number: evidence.label(row) for row in rows}
    _doubt_odd_names(table, rows, labels, evidence, diagnostics)
    _doubt_years(table, rows, evidence, diagnostics)
    for row in rows:
        label = labels[row.number]
        said = row_role(label) if label else None
        if said in ("directions", "kind", "units") and row_role(shown(row.entry(0))) is not None:
            found = text("a row called {words} that holds numbers", words=repr(label))
            ask_of_row(table, row, found, "kind", diagnostics)
        if label[:1] in "nN" and counts_answers(label, row, rows) == "perhaps":
            ask_of_row(table, row, text("a row called {words}", words=repr(label)), "count", diagnostics)
    begin = [row for row in rows if _begins_as_sum(labels[row.number])]
    for row in begin if 2 * len(begin) < len(rows) else ():
        if row.number in table.doubted or evidence.is_like_those_below(GridRow(0, row.cells)):
            continue
        role = beginning_role(labels[row.number]) or "total"
        words = text(
            "a row called {words} among the data, whose numbers are no {role}",
            words=repr(labels[row.number]), role=NAMES[role],
        )  # fmt: skip
        ask_of_row(table, row, words, role, diagnostics)
    ends = [*rows[:2], *rows[2:][-_ENDS:]]
    about = [
        (row, said)
        for row in ends
        if (said := _speaks_of(labels[row.number])) in _ASKED and said is not None
        and _can_be(said, row, rows, evidence.numeric)
    ]  # fmt: skip
    for row, meant in about if 2 * len(about) < len(ends) else ():
        if row.number not in table.doubted and not evidence.is_like_those_below(GridRow(0, row.cells)):
            name = repr(labels[row.number])
            found = text("a row whose name speaks of {what}: {words}", what=NAMES[meant], words=name)
            ask_of_row(table, row, found, meant, diagnostics)


def counts_answers(label: str, row: GridRow, rows: Sequence[GridRow]) -> Literal["no", "perhaps", "surely"]:
    """Tell whether a row called ``N`` holds how many answered: whole numbers above all others.

    Where another name is one letter too, N is one of them; where a number is not above the others, it may be.
    """
    places = [place for place in row.filled() if is_number(row.entry(place))]
    values = [plain_value(row.entry(place)) for place in places]
    if bare(label) != "n" or not values or not all(v is not None and v.is_integer() for v in values):
        return "no"
    others = [other for other in rows if other is not row]
    if any(len(bare(first_words(other))) == 1 for other in others):
        return "no"
    answers = [_values_at([one for one in others if row_role(first_words(one)) is None], p) for p in places]
    if all(value == len(given) > 1 for value, given in zip(values, answers, strict=True)):
        return "surely"  # as many as there are answers
    is_above = (value > max(given, default=0) for value, given in zip(values, answers, strict=True) if value)
    return "surely" if all(is_above) else "perhaps"


def _values_at(rows: Sequence[GridRow], place: int) -> list[float]:
    return [value for row in rows if (value := plain_value(row.entry(place))) is not None]


def _speaks_of(label: str) -> RowRole | None:
    """Return what a name seems to speak of by its first or last words; None for one that is known."""
    if not label or row_role(label) is not None or fold(label).startswith(_OFFICES):
        return None
    return beginning_role(label) or ending_role(label)


_ASKED = (
    "weights", "mean", "total", "target", "ideal", "spread", "maximum", "minimum", "worst", "thresholds",
)  # fmt: skip
_OFFICES = ("tong_cong_ty", "tong_cuc", "tong_kho", "tong_hop", "tong_dai", "tong_lanh")
"""Names that begin like a sum and are offices or things: Tổng công ty, Tổng cục."""


def _begins_as_sum(label: str) -> bool:
    if not label or not begins_as_known(label) or fold(label).startswith(_OFFICES):
        return False
    return row_role(label) is None and beginning_role(label) in ("total", "mean")


def _doubt_odd_names(
    table: FoundTable, rows: Sequence[GridRow], labels: Mapping[int, str], evidence: Evidence,
    diagnostics: Diagnostics,
) -> None:  # fmt: skip
    """Report one of the first or last rows whose name is one that methods use, unless most names are such."""
    ends = [*rows[:2], *rows[2:][-_ENDS:]]
    for pattern, role in _ODD:
        odd = [row for row in ends if pattern.fullmatch(labels[row.number])]
        if not odd:
            continue
        others = [name for name in labels.values() if name and not pattern.fullmatch(name)]
        alike = {re.sub(r"[0-9]+", "", name) for name in others}
        if 2 * len(others) <= len(rows) or all(len(name) == 1 for name in others):
            continue
        for row in odd:
            is_code = evidence.is_like_those_below(GridRow(0, row.cells)) and len(alike) > 1
            if row.number not in table.doubted and not is_code:
                found = text("a row called {words}", words=repr(labels[row.number]))
                ask_of_row(table, row, found, role, diagnostics)


def _doubt_years(
    table: FoundTable, rows: Sequence[GridRow], evidence: Evidence, diagnostics: Diagnostics
) -> None:
    """Report a first or last row that holds years where no other row does: of when the figures are."""
    places = [place for place in evidence.numeric if place]
    if len(places) < 2 or len(rows) < 3:
        return
    for row, other in ((rows[0], rows[1]), (rows[-1], rows[-2])):
        is_alone = _are_years(row, places) and not _are_years(other, places)
        if is_alone and row.number not in table.doubted and sum(_are_years(one, places) for one in rows) == 1:
            ask_of_row(table, row, text("a row of years among other numbers"), "note", diagnostics)


def _are_years(row: GridRow, places: Sequence[int]) -> bool:
    values = [plain_value(row.entry(place)) for place in places]
    return all(value is not None and value.is_integer() and 1900 <= value <= 2150 for value in values)


def _can_be(role: RowRole, row: GridRow, rows: Sequence[GridRow], numeric: Sequence[int]) -> bool:
    """Whether the numbers of a row allow what its name may say: minima are below, maxima above all others."""
    if role not in ("minimum", "maximum"):
        return True
    for place in filter(None, numeric):
        value = plain_value(row.entry(place))
        others = [
            x for other in rows if other is not row and (x := plain_value(other.entry(place))) is not None
        ]
        if (
            value is not None
            and others
            and (value > min(others) if role == "minimum" else value < max(others))
        ):
            return False
    return True


def is_beyond(role: RowRole, row: GridRow, rows: Sequence[GridRow], numeric: Sequence[int]) -> bool:
    """Whether no other row keeps the minima, or the maxima, of a row in any column: it is hardly a limit."""
    if role not in ("minimum", "maximum") or not rows:
        return False
    for place in filter(None, numeric):
        value = plain_value(row.entry(place))
        values = [x for other in rows if (x := plain_value(other.entry(place))) is not None]
        kept = value is None or any(x >= value if role == "minimum" else x <= value for x in values)
        if kept:
            return False
    return True


def is_extreme(row: GridRow, rows: Sequence[GridRow], numeric: Sequence[int]) -> bool:
    """Whether a row holds the greatest or the least number of every column, as the best and the worst do.

    Two others tell nothing: one of three is often at an end of every column.
    """
    if len(rows) < 3:
        return False
    for place in numeric:
        value = plain_value(row.entry(place))
        values = [
            x for other in rows if other is not row and (x := plain_value(other.entry(place))) is not None
        ]
        if value is not None and values and min(values) < value < max(values):
            return False
    return True
