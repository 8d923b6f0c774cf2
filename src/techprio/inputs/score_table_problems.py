"""Problems of a table of scores as a whole: its headings, codes and names, and what it does not hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from techprio.inputs.cells import clean, name_key
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.grid import GridRow, shown
from techprio.inputs.layout import FoundTable
from techprio.inputs.roles import CODES, CRITERIA, LABELS, LINK_ENDS, PLACES, bare
from techprio.inputs.score_columns import ColumnReader
from techprio.language import text
from techprio.model.judgments import are_inverse
from techprio.model.layout import NAMES, ColumnRole


def check_side_by_side(table: FoundTable, roles: dict[int, ColumnRole], diagnostics: Diagnostics) -> None:
    """Report a second table to the right of an empty column, by a heading of names of its own."""
    held = [place for place, role in sorted(roles.items()) if role != "none"]
    for before, place in pairwise(held):
        heading = table.headings[place] if place < len(table.headings) else ""
        if place == before + 1 or bare(heading) not in CODES | LABELS | CRITERIA:
            continue
        right = [table.headings[at] for at in held if at >= place and at < len(table.headings)]
        left = [table.headings[at] for at in held if at < place and at < len(table.headings)]
        diagnostics.add(
            "T137",
            table.grid.location(table.heading_row, place),
            field=heading,
            found=text("a second table to the right: {columns}", columns=listed(right)),
            allowed=text("one table"),
            proposal=text("columns={columns} reads the left one", columns=repr(left[1:])),
        )
        roles |= {at: "left out" for at in held if at >= place}
        return


def check_headings(
    table: FoundTable, roles: dict[int, ColumnRole], diagnostics: Diagnostics, *, only_stated: bool = False
) -> None:
    """Report a heading that stands twice or is missing over cells; not of columns nobody asked for."""
    first: dict[str, int] = {}
    for place, role in roles.items():
        heading = table.headings[place] if place < len(table.headings) else ""
        location = table.grid.location(table.heading_row, place)
        if role in ("none", "row number", "left out") or (role == "id" and not heading):
            continue
        if only_stated and place not in table.stated and name_key(heading) in first:
            roles[place] = "left out"
            continue
        if not heading:
            found = text("a column without heading")
            diagnostics.add("T107", location, found=found, allowed=text("a heading over each column"))
            roles[place] = "left out"
        elif name_key(heading) in first:
            other = table.grid.location(table.heading_row, first[name_key(heading)])
            found = text("{heading}, also in {location}", heading=heading, location=other.words)
            diagnostics.add("T106", location, field=heading, found=found, allowed=text("each column once"))
            roles[place] = "left out"
        else:
            first[name_key(heading)] = place


def report_codes_twice(
    table: FoundTable,
    roles: Mapping[int, ColumnRole],
    names_at: int | None,
    codes: Sequence[str],
    twice: Sequence[tuple[str, Location, Location]],
    diagnostics: Diagnostics,
) -> bool:
    """Report each code that stands twice; a long table, with one number a row, is one finding, and True."""
    if 2 * len(twice) <= len(codes) or len(codes) < 4:
        for value, location, first in twice:
            found = text("{id}, also in {location}", id=value, location=first.words)
            diagnostics.add("S302", location, found=found, allowed=text("each id once"))
        return False
    heading = table.headings
    values = [heading[place] for place, role in roles.items() if role == "criterion"]
    kinds = [
        heading[place] for place, role in roles.items()
        if role in ("words", "text", "name", "criterion") and 1 < _different(table, place) < len(codes)
    ]  # fmt: skip
    diagnostics.clear()
    diagnostics.add(
        "T130",
        table.grid.location(table.heading_row),
        field=heading[names_at] if names_at is not None else "",
        found=text(
            "a long table: {count} rows for {ids} ids; what is measured stands in {columns}, "
            "the numbers in {values}",
            count=len(codes),
            ids=len(set(codes)),
            columns=listed([name for name in kinds if name not in values[-1:]]) or "-",
            values=listed(values[-1:]) or "-",
        ),
        allowed=text("one row for each technology, one column for each criterion"),
        proposal=text("turn it into a wide table: one column for each thing that is measured"),
    )
    return True


def _different(table: FoundTable, place: int) -> int:
    return len({name_key(shown(row.entry(place))) for row in table.rows})


def check_contents(
    table: FoundTable, roles: Mapping[int, ColumnRole], reader: ColumnReader, diagnostics: Diagnostics
) -> None:
    """Report a table without rows or without criteria, and names that look alike."""
    location = table.grid.location(table.heading_row)
    if not table.rows and not len(diagnostics):
        diagnostics.add(
            "T103", location, found=text("no technology"), allowed=text("at least one technology")
        )
    elif not reader.numbers and not len(diagnostics):
        held = [
            text("{heading}: {role}", heading=table.headings[place], role=NAMES[role])
            for place, role in roles.items()
            if place < len(table.headings) and role != "none"
        ]
        diagnostics.add(
            "T130",
            location,
            found=text("no column that holds numbers, so no criterion ({columns})", columns=held[:8]),
            allowed=text("one technology a row, and columns of numbers"),
            proposal=text("name the sheet with the scores, or give words their points by scale="),
        )
    for place, role in roles.items():
        if role in ("name", "text") and fold(table.headings[place]) in LABELS:
            _check_names(table, place, reader.codes, diagnostics)


def check_index(table: FoundTable, reader: ColumnReader, diagnostics: Diagnostics) -> None:
    """Report a list of contents: its numbers say where something stands, or since when, and judge nothing."""
    headings = list(reader.numbers)
    if not headings or len(diagnostics) or not all(fold(heading) in PLACES for heading in headings):
        return
    diagnostics.add(
        "T130",
        table.grid.location(table.heading_row),
        found=text("a list of contents: the only numbers are {columns}", columns=listed(headings)),
        allowed=text("one technology a row, and columns of numbers"),
        proposal=text("name the sheet with the scores; a criterion that is called so is taken by columns="),
    )


def check_comparisons(table: FoundTable, reader: ColumnReader, diagnostics: Diagnostics) -> None:
    """Report a square table of comparisons: the same names on both sides, and reciprocals in its cells."""
    names = list(reader.numbers)
    if len(names) < 2 or len(diagnostics) or sorted(names) != sorted(reader.codes):
        return
    cells = {(row, name): reader.numbers[name][n] for n, row in enumerate(reader.codes) for name in names}
    pairs = [(cells[one, other], cells[other, one]) for one in names for other in names if one <= other]
    if all(isinstance(a, float) and isinstance(b, float) and are_inverse(a, b) for a, b in pairs):
        diagnostics.add(
            "T130",
            table.grid.location(table.heading_row),
            found=text("a square table of comparisons of {names}", names=listed(names)),
            allowed=text("one technology a row, one column for each criterion"),
            proposal=text("read_pairwise and techprio weights read it; columns= takes it for scores"),
        )


def check_links(table: FoundTable, roles: Mapping[int, ColumnRole], diagnostics: Diagnostics) -> None:
    """Report a list of links, from one technology to another: its numbers judge the links."""
    held = {fold(heading): place for place, heading in enumerate(table.headings)}
    ends = next((ends for ends in LINK_ENDS if set(ends) <= held.keys()), None)
    if ends is None or len(diagnostics) or any(roles.get(held[end]) == "criterion" for end in ends):
        return
    diagnostics.add(
        "T130",
        table.grid.location(table.heading_row),
        found=text("a list of links: {one} and {other}", one=table.headings[held[ends[0]]],
                   other=table.headings[held[ends[1]]]),
        allowed=text("a row for each technology or criterion"),
        proposal=text("read_prerequisites and techprio read --as prerequisites read it"),
    )  # fmt: skip


def _check_names(table: FoundTable, place: int, codes: Sequence[str], diagnostics: Diagnostics) -> None:
    """Report names that look alike on the screen: one technology must not take two places."""
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(table.rows):
        groups.setdefault(name_key(shown(row.entry(place))), []).append(number)
    for key, numbers in groups.items():
        if not key or len(numbers) < 2:
            continue
        rows: list[GridRow] = [table.rows[number] for number in numbers]
        who = ", ".join(codes[number] for number in numbers)
        found = text("{name} in {names}", name=clean(shown(rows[0].entry(place))), names=who)
        diagnostics.add(
            "T129",
            table.grid.location(rows[1].number, place),
            found=found,
            allowed=text("each technology once"),
            proposal=text("tell the technologies apart by their names"),
        )
