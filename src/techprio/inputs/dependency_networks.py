"""Dependencies as a square matrix of marks or strengths, as a list of arrows, or as a GraphML or GML file.

An arrow runs from the row to the column, from the source to the target. Whether it says "needs" or "is needed
by" is not in the file: both are in use (design structure matrices by row or by column), so it is asked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pandas as pd

from techprio.inputs.cells import clean, plain_letters
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.grid import Grid, GridRow, shown
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import Locale, readings
from techprio.inputs.predecessor_cells import Days, days_counted, months_of, read_duration, unit_named
from techprio.inputs.roles import LINK_ENDS
from techprio.inputs.square_tables import Square, find_square, same_names
from techprio.language import text
from techprio.model.layout import ColumnRole, Layout
from techprio.model.prerequisites import Prerequisites

if TYPE_CHECKING:
    import networkx as nx

Arrow = Literal["needs", "needed by"]
_MARKS = ("x", "v", "✓", "✔", "●", "•", "*", "+", "yes", "y", "co", "true", "dung")
_NO_MARKS = ("", "-", "–", "no", "n", "khong", "false", "sai")


@dataclass(frozen=True)
class Marks:
    """How cells are read: the direction of arrows, weak strengths, numbers and words, days of lags."""

    arrow: Arrow | None
    least: float = 0.0
    locale: Locale | None = None
    points: Mapping[str, float] = field(default_factory=dict)
    days: Days = "calendar"
    lag_unit: str = ""


class Link(NamedTuple):
    """An arrow from one name to another, with what the file says of it."""

    source: str
    target: str
    strength: float | None = None
    timing: str = "FS"
    lag: float = 0.0


def is_network(file: str, data: bytes) -> bool:
    """Return whether a file is GraphML or GML, by its name or its first letters."""
    return file.casefold().endswith((".graphml", ".gml")) or b"<graphml" in data[:2000]


def read_network(data: bytes, file: str, diagnostics: Diagnostics, *, arrow: Arrow | None) -> Prerequisites:
    """Read a GraphML or GML file; nodes go by their label where all labels are there and different."""
    import networkx as nx

    place = Location(file)
    if re.search(rb"<!(DOCTYPE|ENTITY)", data):
        diagnostics.add("T109", place, found="<!DOCTYPE", allowed=text("a network without entities"))
        diagnostics.check()
    try:
        if file.casefold().endswith(".gml"):
            graph = nx.parse_gml(data.decode("utf-8-sig"), label="id")
        else:
            graph = nx.read_graphml(io.BytesIO(data))
    except Exception as error:
        # The readers of networkx let errors of several parsers through.
        diagnostics.add("T109", place, found=str(error)[:200], allowed=text("a GraphML or GML file"))
        diagnostics.check()
        raise
    if not graph.is_directed():
        found = text("a network without direction")
        diagnostics.add("T136", place, found=found, allowed=text("arrows: a directed network"))
        diagnostics.check()
    names = _labels(graph)
    arrows = [Link(names[one], names[other]) for one, other in graph.edges()]
    kind = text("a network of arrows")
    return _result(arrows, list(names.values()), arrow, place, diagnostics, Layout(file, kind=kind))


def _labels(graph: nx.Graph[Any]) -> dict[Any, str]:
    for key in ("label", "name", "id"):
        labels = {node: str(data.get(key, "")).strip() for node, data in graph.nodes(data=True)}
        if all(labels.values()) and len(set(labels.values())) == len(labels):
            return labels
    return {node: str(node) for node in graph}


def read_square_marks(table: FoundTable, diagnostics: Diagnostics, marks: Marks) -> Prerequisites | None:
    """Read a list of arrows or a square matrix; None where the table is neither."""
    grid = table.grid
    listed_arrows = _read_arrows(table, diagnostics, marks)
    if listed_arrows is not None:
        return listed_arrows
    square = find_square(grid)
    if square is None or not {name for name, _ in square.rows} & set(square.columns):
        return None
    if not same_names(grid, square, diagnostics):
        diagnostics.check()
    arrows = list(_marks(grid, square, diagnostics, marks))
    diagnostics.check()
    kept = _strong(arrows, marks.least, diagnostics)
    place = grid.location(square.heading.number)
    names = [name for name, _ in square.rows]
    held: dict[int, ColumnRole] = {0: "id", **dict.fromkeys(square.columns.values(), "criterion")}
    table.headings = [clean(shown(entry)) for entry in square.heading.cells]
    table.take([square.heading.number], [row for _, row in square.rows], held)
    layout = table.layout(marks.locale, text("a square matrix, row against column"))
    return _result(kept, names, marks.arrow, place, diagnostics, layout)


def _marks(grid: Grid, square: Square, diagnostics: Diagnostics, marks: Marks) -> Iterable[Link]:
    for name, row in square.rows:
        for other, place in square.columns.items():
            words = clean(shown(row.entry(place)))
            mark = plain_letters(words).casefold()
            if mark in marks.points:
                if name != other and marks.points[mark] > 0:
                    yield Link(name, other, float(marks.points[mark]))
                continue
            if name == other or mark in _NO_MARKS:
                continue
            numbers = readings(words, locale=marks.locale)
            if mark in _MARKS:
                yield Link(name, other)
            elif len(numbers) == 1 and numbers[0] >= 0:
                if numbers[0] > 0:
                    yield Link(name, other, numbers[0])
            else:
                diagnostics.add(
                    "T113", grid.location(row.number, place), field=f"{name} / {other}", found=words,
                    allowed=text(
                        "a mark such as x, a strength of 0 or more, or an empty cell; scale= gives words "
                        "their strength"
                    ),
                )  # fmt: skip


def _read_arrows(table: FoundTable, diagnostics: Diagnostics, marks: Marks) -> Prerequisites | None:
    """Read a list with source and target; predecessor and successor state their direction themselves."""
    grid = table.grid
    for start, row in enumerate(grid.rows[:30]):
        headings = [fold(shown(entry)) for entry in row.cells]
        ends = next((ends for ends in LINK_ENDS if set(ends) <= set(headings)), None)
        if ends is None:
            continue
        one, other = (headings.index(end) for end in ends)
        direction: Arrow | None = "needed by" if ends[0] == "predecessor" else marks.arrow
        rows = grid.rows[start + 1 :]
        at = {
            what: headings.index(name)
            for what, known in BESIDE.items()
            if (name := next((name for name in known if name in headings), None))
        }
        at = {what: place for what, place in at.items() if _says(what, rows, place, marks)}
        arrows = []
        for below in rows:
            source, target = clean(shown(below.entry(one))), clean(shown(below.entry(other)))
            if not source or not target:
                diagnostics.add(
                    "T114", grid.location(below.number), found=text("empty cell"), allowed=text("both ends")
                )
            arrows.append(
                Link(
                    source,
                    target,
                    _strength(grid, below, at.get("strength"), diagnostics, marks),
                    _timing(grid, below, at.get("timing"), diagnostics),
                    _lag(grid, below, at.get("lag"), row, diagnostics, marks),
                )
            )
        names = list(dict.fromkeys(name for arrow in arrows for name in arrow[:2]))
        table.headings = [clean(shown(entry)) for entry in row.cells]
        held = {one, other, *at.values()}
        for place in row.filled():
            if place not in held:
                table.columns.setdefault(place, ("not read", text("not a column that is read")))
        table.take([row.number], rows, dict.fromkeys(held, "data"))
        layout = table.layout(marks.locale, text("a list of arrows"))
        kept = _strong(arrows, marks.least, diagnostics)
        return _result(kept, names, direction, grid.location(row.number), diagnostics, layout)
    return None


BESIDE = {
    "timing": (
        "timing", "type", "relation", "relationship", "relationship_type", "dependency_type", "link_type",
        "relation_type", "loai_quan_he", "kieu_quan_he", "quan_he", "quan_he_thoi_gian",
    ),
    "lag": ("lag_months", "lag", "do_tre", "lag_days", "lag_weeks", "lag_d", "lag_w", "lag_time"),
    "strength": ("strength", "weight", "muc_do", "do_manh"),
}  # fmt: skip
"""Headings of what a list says of each arrow."""
_STARTS = ("start", "bat_dau")
_FINISHES = ("finish", "end", "ket_thuc", "hoan_thanh")


def _says(what: str, rows: Sequence[GridRow], place: int, marks: Marks) -> bool:
    """Whether any cell of a column is what its heading may mean: ``type`` can also be hard or soft."""
    words = [word for row in rows if (word := clean(shown(row.entry(place))))]
    if what == "timing":
        return any(map(relation_in, words))
    return any(readings(re.split(r"\s", word.lstrip("+-"))[0]) or word in marks.points for word in words)


def relation_in(words: str) -> str:
    """Return the relation that words name: ``SS``, ``Finish-to-Start``, ``bắt đầu - bắt đầu``; else none."""
    folded = fold(words)
    if folded in ("fs", "ss", "ff", "sf"):
        return folded.upper()
    found = re.findall("|".join((*_STARTS, *_FINISHES)), folded)
    return "".join("S" if word in _STARTS else "F" for word in found) if len(found) == 2 else ""


def _timing(grid: Grid, row: GridRow, place: int | None, diagnostics: Diagnostics) -> str:
    words = clean(shown(row.entry(place))) if place is not None else ""
    if found := relation_in(words):
        return found
    if words:
        location = grid.location(row.number, place)
        diagnostics.add("T113", location, field="timing", found=words, allowed="FS, SS, FF, SF")
    return "FS"


def _lag(
    grid: Grid, row: GridRow, place: int | None, head: GridRow, diagnostics: Diagnostics, marks: Marks
) -> float:
    """Return the lag of a cell in months; its unit stands in the cell or in the heading, or is stated."""
    words = clean(shown(row.entry(place))) if place is not None else ""
    if not words or place is None:
        return 0.0
    sign = -1 if words[0] in "-\u2212\u2013" else 1
    found = read_duration(words.lstrip("+-\u2212\u2013 "), marks.locale)
    heading = clean(shown(head.entry(place)))
    named = unit_named(re.split(r"[\s_(/]+", heading.rstrip(")"))[-1]) if heading else ""
    months = months_of(found[0], found[1] or marks.lag_unit or named, marks.days) if found else None
    if found and not found[0]:
        return 0.0
    if months is None:
        diagnostics.add(
            "T110", grid.location(row.number, place), field="lag", found=words,
            allowed=text("a lag with its unit: hours, days, weeks, months, years, or % of a duration"),
            proposal=text("write the unit, or name it in lag_unit"),
        )  # fmt: skip
        return 0.0
    if months and found and (found[1] or marks.lag_unit or named) in ("hour", "day", "week"):
        diagnostics.note(days_counted(marks.days))
    return round(sign * months, 12)


def _strength(
    grid: Grid, row: GridRow, place: int | None, diagnostics: Diagnostics, marks: Marks
) -> float | None:
    words = clean(shown(row.entry(place))) if place is not None else ""
    if not words:
        return None
    if (named := plain_letters(words).casefold()) in marks.points:
        return float(marks.points[named])
    found = readings(words, locale=marks.locale)
    if len(found) == 1 and found[0] >= 0:
        return found[0]
    diagnostics.add(
        "T113", grid.location(row.number, place), field="strength", found=words,
        allowed=text("a strength of 0 or more; scale= gives words their strength"),
    )  # fmt: skip
    return None


def _strong(arrows: Sequence[Link], least: float, diagnostics: Diagnostics) -> list[Link]:
    """Leave out weak arrows, and say how many."""
    weak = [one for one in arrows if one.strength is not None and one.strength <= least]
    if weak:
        diagnostics.note(
            text("{count} strengths of {least} or less are no dependencies", count=len(weak), least=least)
        )
    return [one for one in arrows if one.strength is None or one.strength > least]


def _result(
    arrows: Sequence[Link],
    names: Sequence[str],
    arrow: Arrow | None,
    place: Location,
    diagnostics: Diagnostics,
    layout: Layout,
) -> Prerequisites:
    if not arrows:
        allowed = text("at least one technology that needs another")
        diagnostics.add("T103", place, found=text("no arrow"), allowed=allowed)
    elif arrow is None:
        one, other = arrows[0][:2]
        diagnostics.add(
            "T136",
            place,
            field="arrow",
            found=text("an arrow from {one} to {other}, not which needs which", one=one, other=other),
            allowed=text("needs: {one} needs {other}; needed by: {other} needs {one}", one=one, other=other),
            proposal=text('give arrow="needs" or arrow="needed by"'),
        )
    elif arrow not in ("needs", "needed by"):
        diagnostics.add("T136", place, field="arrow", found=str(arrow), allowed="needs, needed by")
    diagnostics.check()
    turned = [(a[:2] if arrow == "needs" else a[1::-1]) + (a.timing, a.lag) for a in arrows]
    edges = pd.DataFrame(turned, columns=["technology", "requires", "timing", "lag_months"]).assign(one_of="")
    if any(one.strength is not None for one in arrows):
        edges["strength"] = [one.strength for one in arrows]
    doubled = edges.duplicated(["technology", "requires"])
    if doubled.any():
        diagnostics.note(text("{count} arrows stand twice and count once", count=int(doubled.sum())))
    return Prerequisites(
        technologies=tuple(dict.fromkeys(names)),
        dependencies=edges[~doubled].reset_index(drop=True),
        phases=pd.Series(dtype=object),
        notes=tuple(diagnostics.notes),
        layout=layout,
    )
