"""Which declared column stands under which heading, in which unit; headings that are missing or unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from techprio.errors import Edit, did_you_mean
from techprio.inputs.cells import CellProblem
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics, listed
from techprio.inputs.entries import read_entry
from techprio.inputs.grid import Entry, shown
from techprio.inputs.layout import FoundTable
from techprio.inputs.units import factor, part_unit, unit_above, unit_in
from techprio.language import joined, text
from techprio.model.fields import Field
from techprio.model.known_names import unit_name
from techprio.near_names import near_name

_CODE = re.compile(r"(?<![\w.\-])[A-Za-z]{0,12}[0-9]+")
"""A code at the beginning of an entry such as ``4SS+30``."""


def find_columns(
    layout: FoundTable,
    columns: Sequence[Field],
    names: dict[str, str],
    diagnostics: Diagnostics,
    *,
    factors: dict[str, Fraction] | None = None,
    only_known: bool = True,
) -> dict[str, int] | None:
    """Find each column under its heading; None when a column that is needed is not there.

    A heading with a unit is found by its name. Its unit must be the one of the column, or one that can be
    converted where the caller takes ``factors``. A column beside the declared ones is a problem where only
    known columns may stand, else it is left out and listed.
    """
    places: dict[str, int] = {}
    wanted = {column.name: column.unit for column in columns if column.unit}
    over_all = _unit_above(layout)
    unknown: list[tuple[str, int]] = []
    for place, heading in enumerate(layout.headings):
        name = names.get(fold(heading))
        stated = over_all
        if name is None and (parts := part_unit(heading))[1] and names.get(fold(parts[0])) in wanted:
            name, stated = names[fold(parts[0])], parts[1]
        elif name in wanted and unit_in(part_unit(heading)[1]):
            stated = part_unit(heading)[1]
        if name in wanted and stated and name not in places:
            _take_unit(layout, place, (stated, wanted[name], name), factors, diagnostics)
        if name is None:
            if heading or any(shown(row.entry(place)) for row in layout.rows):
                unknown.append((heading, place))
        elif name in places:
            _report_doubled(layout, name, places[name], place, diagnostics)
        else:
            places[name] = place
    missing = [c.name for c in columns if c.required and c.name not in places]
    for name in missing:
        headings = [heading for heading in layout.headings if heading]
        near = _meant(layout, next(c for c in columns if c.name == name), unknown)
        unknown = [
            (heading, place) for heading, place in unknown if heading != (near.replaces if near else None)
        ]
        diagnostics.add(
            "T105",
            layout.grid.location(layout.heading_row),
            field=name,
            found=text("no such column; the file has {names}", names=listed(headings)),
            allowed=listed([c.name for c in columns]),
            proposal=near or "",
        )
    free = [c for c in columns if c.name not in places and c.name not in missing]
    ids = [places[c.name] for c in columns if c.kind == "id" and c.name in places]
    for heading, place in unknown:
        if not only_known and heading:
            layout.columns[place] = ("not read", text("not a column that is read"))
            where = layout.grid.location(layout.heading_row, place).words
            diagnostics.note(text("{place}: column {name} is not read", place=where, name=heading))
        elif not fold(heading).startswith("x_"):
            _report_unknown(layout, heading, place, free, ids[:1], diagnostics)
    return None if missing else places


def _unit_above(layout: FoundTable) -> str:
    """Return the unit that a line above the headings states: ``Đơn vị tính: triệu đồng``."""
    for row in layout.grid.rows:
        if row.number >= layout.heading_row:
            break
        for entry in row.cells:
            unit = unit_above(shown(entry))
            if unit:
                return unit
    return ""


def _take_unit(
    layout: FoundTable,
    place: int,
    named: tuple[str, str, str],
    factors: dict[str, Fraction] | None,
    diagnostics: Diagnostics,
) -> None:
    """Note how a column is converted, or report a unit that cannot be."""
    stated, wanted, name = named
    given, own = unit_in(stated), unit_in(wanted)
    is_for_others = given is not None and own is not None and given.kind.split()[0] != own.kind.split()[0]
    if is_for_others and not part_unit(layout.headings[place])[1]:
        return  # a line above the table speaks of its columns of that kind only
    by = factor(given, own)
    if by == 1:
        return
    location = layout.grid.location(layout.heading_row, place)
    if by is None or factors is None:
        unit = unit_name(wanted)
        diagnostics.add(
            "T139", location, field=name, found=text("numbers in {unit}", unit=stated),
            allowed=text("numbers in {unit}", unit=unit),
            proposal=text("convert the numbers, then write {unit} in the heading", unit=unit),
        )  # fmt: skip
        return
    factors[name] = by
    diagnostics.note(
        text(
            "{place}: {heading} is converted from {stated} to {unit}",
            place=location.words, heading=layout.headings[place], stated=stated, unit=unit_name(wanted),
        )
    )  # fmt: skip


def _report_doubled(layout: FoundTable, name: str, first: int, second: int, diagnostics: Diagnostics) -> None:
    location = layout.grid.location(layout.heading_row, second)
    found = text("{first} and {second}", first=layout.headings[first], second=layout.headings[second])
    if layout.grid.is_workbook:
        other = layout.grid.location(layout.heading_row, first).words
        found = text("{heading}, also in {location}", heading=layout.headings[second], location=other)
    diagnostics.add("T106", location, field=name, found=found, allowed=text("each column once"))


def _report_unknown(
    layout: FoundTable,
    heading: str,
    place: int,
    free: Sequence[Field],
    ids: Sequence[int],
    diagnostics: Diagnostics,
) -> None:
    """Note a column that the record does not have, with the one whose name and cells it has."""
    cells = [row.entry(place) for row in layout.rows if shown(row.entry(place))]
    fitting = [column for column in free if _fits(layout, cells, column, ids)]
    near = did_you_mean(heading, [column.name for column in fitting]) if heading else ""
    are_words = any(sign.isalpha() for cell in cells for sign in shown(cell))  # numbers may be anything
    telling = [column for column in fitting if are_words and (column.choices or column.kind == "codes")]
    meant = [column.name for column in telling]
    if heading and not near and (len(meant) == 1 or (meant and telling[0].kind == "codes")):
        words = text("did you mean {name}?", name=joined(meant, " / "))
        near = Edit.of(words, *meant, replaces=heading)
    names = listed([column.name for column in free]) or "-"
    location = layout.grid.location(layout.heading_row, place)
    diagnostics.add(
        "T107",
        location,
        field=heading,
        found=heading or text("a column without heading"),
        allowed=text("{names}; a heading that begins with x_ is not read", names=names),
        proposal=near,
    )


def _meant(layout: FoundTable, column: Field, unknown: Sequence[tuple[str, int]]) -> Edit | None:
    """Return the renaming of the one unknown heading that is near a missing column and holds such cells."""
    fitting = {
        heading: place
        for heading, place in unknown
        if heading and _fits(layout, [row.entry(place) for row in layout.rows], column, ())
    }
    near = near_name(column.name, list(fitting))
    if near is None:
        return None
    sentence = text("did you mean {name}?", name=near)
    return Edit.of(sentence, column.name, replaces=near)


def _fits(layout: FoundTable, cells: Sequence[Entry], column: Field, ids: Sequence[int]) -> bool:
    """Return whether every cell could stand in a column; codes must be ids of the table."""
    cells = [cell for cell in cells if shown(cell)]
    if column.kind != "codes":
        return not any(isinstance(read_entry(cell, column), CellProblem) for cell in cells)
    known = {shown(row.entry(place)) for place in ids for row in layout.rows}
    words = [word for cell in cells for word in _CODE.findall(shown(cell))]
    return bool(words) and sum(word in known for word in words) * 2 > len(words)
