"""What each column of a free table holds: by its heading, by its cells, or as the caller says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from techprio.errors import InputError, Sayable
from techprio.inputs.cells import name_key
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.free_cells import is_number, plain_value
from techprio.inputs.grid import Cell, Entry, shown
from techprio.inputs.layout import FoundTable
from techprio.inputs.ranges import read_range
from techprio.inputs.roles import CRITERIA, GRADES, bare, column_role
from techprio.inputs.units import amount_unit
from techprio.language import joined, text
from techprio.model.layout import NAMES, ColumnRole

Columns = Sequence[str] | Mapping[str, str]
"""Columns to be read, by their headings or letters; or what each of some columns holds."""
ASIDE = (
    "row number", "time stamp", "address", "remark", "total", "mean", "count", "spread", "rank", "weights",
    "directions", "units", "empty", "left out",
)  # fmt: skip
"""Roles of columns that are neither values nor names."""
SAID: dict[str, ColumnRole] = {
    "id": "id", "name": "name", "criterion": "criterion", "item": "criterion", "number": "criterion",
    "text": "text", "remark": "remark", "left out": "left out", "none": "left out",
    "time stamp": "time stamp",
}  # fmt: skip
"""What a caller can say that a column holds."""
_FEW = 9


def find_place(table: FoundTable, name: str, diagnostics: Diagnostics) -> int | None:
    """Return the place of a column by its heading, by one of its heading rows, or by its letter."""
    width = range(len(table.headings))
    for spelled in (
        [(table.headings[place],) for place in width],
        [table.heading_parts[place] if place < len(table.heading_parts) else () for place in width],
        [(table.column_place(place),) for place in width],
    ):
        found = [place for place in width if name_key(name) in map(name_key, spelled[place])]
        if len(found) == 1:
            return found[0]
    known = [heading for heading in table.headings if heading]
    location = table.grid.location(table.heading_row)
    diagnostics.unknown("T105", location, field=name, found=name, name=name, known=known)
    return None


def stated_roles(
    table: FoundTable, columns: Columns | None, diagnostics: Diagnostics
) -> dict[int, ColumnRole]:
    """Return what the caller says of columns; a plain list names those that are read, and no others are."""
    if columns is None:
        return {}
    if isinstance(columns, str) or not isinstance(columns, Mapping | Sequence):
        raise InputError(text("columns is a list of headings, or a mapping of headings to what they hold"))
    said = columns if isinstance(columns, Mapping) else dict.fromkeys(columns, "criterion")
    roles: dict[int, ColumnRole] = {}
    for name, role in said.items():
        if role not in SAID:
            raise InputError(
                text("columns: found {found}; allowed: {allowed}", found=repr(role), allowed=list(SAID))
            )
        place = find_place(table, str(name), diagnostics)
        if place is not None:
            roles[place] = SAID[role]
    return roles


def column_roles(
    table: FoundTable, columns: Columns | None, is_value: Callable[[Entry], bool], diagnostics: Diagnostics
) -> dict[int, ColumnRole]:
    """Return what every column holds.

    Parameters
    ----------
    table : FoundTable
    columns : list or mapping, optional
        What the caller says of them.
    is_value : callable
        Whether a cell is what the reader looks for: a number, an answer, a tick.
    """
    stated = stated_roles(table, columns, diagnostics)
    table.stated = frozenset(stated)
    only = columns is not None and not isinstance(columns, Mapping)
    width = len(table.headings)
    if table.grid.is_workbook:  # in a text file a cell beyond the headings is a row out of step
        width = max([width, *(len(row.cells) for row in table.rows)])
    roles: dict[int, ColumnRole] = {}
    for place in range(width):
        heading = table.headings[place] if place < len(table.headings) else ""
        entries = [row.entry(place) for row in table.rows]
        filled = [entry for entry in entries if shown(entry)]
        if place in stated:
            roles[place] = stated[place]
        elif not filled:
            named = column_role(heading)
            roles[place] = named if named in ("remark", "id", "name") else ("empty" if heading else "none")
        else:
            roles[place] = _role_of(heading, filled, is_value)
            if only and roles[place] in ("criterion", "words", "ranges", "text", "empty"):
                roles[place] = "left out" if roles[place] == "criterion" else roles[place]
    return roles


def _role_of(heading: str, filled: Sequence[Entry], is_value: Callable[[Entry], bool]) -> ColumnRole:
    role = column_role(heading)
    if role is not None and _holds(role, filled):
        return role
    values = sum(map(is_value, filled))
    have_codes = are_codes(filled)
    if values == len(filled) and not have_codes:
        return "criterion"
    spans = sum(read_range(shown(entry)) is not None for entry in filled)
    if 2 * spans >= len(filled) and all(_is_span(entry) for entry in filled):
        return "ranges"
    if 2 * values >= len(filled) and not have_codes:
        return "criterion"
    if all(is_moment(entry) for entry in filled):
        return "time stamp"
    if values and not have_codes:
        return "criterion"
    if 2 * spans >= len(filled):
        return "ranges"
    if all(map(_is_amount, filled)):
        return "criterion"  # each cell is reported: the unit belongs into the heading
    return "words" if are_words(filled) else "text"


def _is_span(entry: Entry) -> bool:
    """Whether a cell is a range, a triple, or a number, which is a range without width."""
    return is_number(entry) or read_range(shown(entry)) is not None


def _holds(role: ColumnRole, filled: Sequence[Entry]) -> bool:
    """Whether the cells of a column are what its heading says: a criterion can be called Time or Rank too."""
    words = [shown(entry) for entry in filled]
    if role == "row number":
        numbers = [int(word) for word in words if re.fullmatch(r"[0-9]{1,7}", word)]
        return len(numbers) == len(words) and numbers == [*range(numbers[0], numbers[0] + len(numbers))]
    if role == "time stamp":
        return all(map(is_moment, filled))
    if role in ("rank", "total", "mean"):
        return all(map(is_number, filled))
    if role in ("address", "remark", "name", "text"):
        return not any(map(is_number, filled))
    return role == "id"


def check_sums(table: FoundTable, roles: dict[int, ColumnRole], diagnostics: Diagnostics) -> None:
    """Leave out columns that sum up the others, and ranks; one that is called so and is none is a problem."""
    values = [place for place, role in roles.items() if role == "criterion"]
    for place, role in roles.items():
        if role not in ("total", "mean", "rank"):
            continue
        heading, location = table.headings[place], table.grid.location(table.heading_row, place)
        if not values:
            roles[place] = "criterion"
        elif not (_is_rank(table, place) if role == "rank" else _sums_up(table, place, values)):
            diagnostics.add(
                "T137",
                location,
                field=heading,
                found=text(
                    "a column called {heading} whose numbers are no {role}", heading=heading, role=NAMES[role]
                ),
                allowed=text("what the column holds"),
                proposal=text(
                    "columns={values} takes it for values, columns={aside} leaves it out",
                    values=f"{{{heading!r}: 'criterion'}}",
                    aside=f"{{{heading!r}: 'left out'}}",
                ),
            )


def _is_rank(table: FoundTable, place: int) -> bool:
    values = [plain_value(row.entry(place)) for row in table.rows]
    whole = [value for value in values if value is not None and 1 <= value <= len(values)]
    return len(whole) == len([value for value in values if value is not None]) and 1 in whole


def _sums_up(table: FoundTable, place: int, values: Sequence[int]) -> bool:
    for row in table.rows:
        whole = plain_value(row.entry(place))
        parts = [value for other in values if (value := plain_value(row.entry(other))) is not None]
        if whole is None or not parts:
            continue
        if min(abs(whole - sum(parts)), abs(whole - sum(parts) / len(parts))) > 0.006 * max(1, abs(whole)):
            return False
    return True


def are_codes(entries: Sequence[Entry]) -> bool:
    """Whether some cell is a code such as ``007``, which is no number."""
    return any(re.fullmatch(r"0[0-9]+", shown(entry)) for entry in entries)


_SIGNS = re.compile(r"[*+\-\u2212\u2013\u2713\u2714\u25cf\u25cb\u2605\u2606\u2022\u2191\u2193xX]{1,5}")


def _is_amount(entry: Entry) -> bool:
    """Whether a cell is a number with its unit: ``3 tỷ đồng``, ``12 months``, ``$3.5``, ``TRL 7``."""
    return is_number(entry) or amount_unit(shown(entry)) != ""


_ROMAN = re.compile(r"(?:ix|iv|v?i{0,3}|x)(?<=.)")


def are_words(entries: Sequence[Entry]) -> bool:
    """Whether cells hold words of a scale: the usual ones, signs, or a few that come again and again."""
    words = Counter(name_key(shown(entry)) for entry in entries)
    if all(fold(word) in GRADES or _SIGNS.fullmatch(word) for word in words):
        return True
    if len(words) > 1 and all(_ROMAN.fullmatch(word) for word in words):
        return True
    return len(words) <= _FEW and 2 * len(words) <= len(entries) and all(len(word) <= 40 for word in words)


_MOMENT = re.compile(
    r"(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4})"
    r"(?:[ T,]+[0-9]{1,2}:[0-9]{2}.*)?",
    re.DOTALL,
)


def is_moment(entry: Entry) -> bool:
    """Whether a cell holds a date or a time of one."""
    if isinstance(entry, Cell) and entry.kind == "date":
        return entry.number > 10_000
    return bool(_MOMENT.fullmatch(shown(entry)))


def pick_names(
    table: FoundTable, roles: dict[int, ColumnRole], code: str | None, diagnostics: Diagnostics
) -> int | None:
    """Return the column that names the rows: the one asked for, one of ids or names, else the first that can.

    None where no column can: the rows are then named by their lines. Columns of ids beside it are texts.
    """
    chosen = find_place(table, code, diagnostics) if code is not None else None
    if chosen is None:
        chosen = next((place for place, role in roles.items() if role == "id"), None)
    if chosen is None:
        chosen = _first_that_names(table, roles, diagnostics)
    for place, role in roles.items():
        if role == "id" and place != chosen:
            roles[place] = "text"
    if chosen is not None:
        roles[chosen] = "id"
    return chosen


def _first_that_names(
    table: FoundTable, roles: dict[int, ColumnRole], diagnostics: Diagnostics
) -> int | None:
    first = next((place for place, role in roles.items() if role != "none"), None)
    if first is None or roles[first] in ("name", "text", "words", "ranges"):
        return first
    texts = [p for p, role in roles.items() if role in ("name", "text") and _tell_apart(table, p)]
    if texts:
        if roles[first] == "criterion" and first not in table.stated and _counts(table, first):
            roles[first] = "row number"
            where = table.grid.location(table.heading_row, first).words
            diagnostics.note(
                text("{place}: column {name} numbers the rows", place=where, name=_heading(table, first))
            )
        return texts[0]
    if roles[first] == "row number":
        return first
    if roles[first] != "criterion" or first in table.stated:
        return None
    words = [shown(row.entry(first)) for row in table.rows]
    whole = [int(word) for word in words if re.fullmatch(r"[0-9]{1,9}", word)]
    if len(whole) < len(words) or len(set(whole)) < len(whole):
        return None  # decimals or a number twice: these are values
    heading = bare(_heading(table, first))
    if not (words and heading) or heading in CRITERIA or whole == [*range(whole[0], whole[0] + len(whole))]:
        return first
    readings = text(
        "{heading} holds whole numbers, each once: they may be ids or values", heading=_heading(table, first)
    )
    diagnostics.add(
        "T137",
        table.grid.location(table.heading_row, first),
        field=_heading(table, first),
        found=readings,
        allowed=text("a column of ids, or none"),
        proposal=text(
            "columns={ids} takes them for ids, columns={values} for values",
            ids=f"{{{_heading(table, first)!r}: 'id'}}",
            values=f"{{{_heading(table, first)!r}: 'criterion'}}",
        ),
    )
    return first


def _counts(table: FoundTable, place: int) -> bool:
    """Whether a column holds 1, 2, 3 and so on."""
    return [shown(row.entry(place)) for row in table.rows] == [str(n) for n in range(1, len(table.rows) + 1)]


def _tell_apart(table: FoundTable, place: int) -> bool:
    words = [name_key(shown(row.entry(place))) for row in table.rows]
    return len(set(words)) == len(words) and all(words)


def _heading(table: FoundTable, place: int) -> str:
    return table.headings[place] if place < len(table.headings) else ""


def state_columns(table: FoundTable, roles: Mapping[int, ColumnRole]) -> None:
    """Write into the layout what every column was taken for."""
    for place, role in roles.items():
        if role == "none":
            continue
        reason: Sayable = ""
        if role in ASIDE:
            reason = text("holds {what}, not values", what=NAMES[role])
        elif role == "words":
            words = list(dict.fromkeys(w for row in table.rows if (w := shown(row.entry(place)))))[:_FEW]
            reason = text(
                "words without points: {words}; scale= gives them points", words=joined(words, ", ")
            )
        elif role == "ranges":
            reason = text("ranges have no value in the middle; scale= or a column of values decides")
        elif role == "not read":
            reason = text("not a column that is read")
        elif role in ("name", "text"):
            reason = text("holds {what}, not values", what=NAMES[role])
        table.columns[place] = (role, reason)
