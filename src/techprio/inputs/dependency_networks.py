"""Dependencies as a square matrix of marks or strengths, as a list of arrows, or as a GraphML or GML file.

An arrow runs from the row to the column, from the source to the target. Whether it says "needs" or "is needed
by" is not in the file: both are in use (design structure matrices by row or by column), so it is asked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from techprio.inputs.cells import clean, plain_letters
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.grid import Grid, shown
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import Locale, readings
from techprio.inputs.square_tables import Square, find_square, same_names
from techprio.language import text
from techprio.model.layout import ColumnRole, Layout
from techprio.model.prerequisites import Prerequisites

if TYPE_CHECKING:
    import networkx as nx

Arrow = Literal["needs", "needed by"]
_MARKS = ("x", "v", "✓", "✔", "●", "•", "*", "+", "yes", "y", "co", "true", "dung")
_NO_MARKS = ("", "-", "–", "no", "n", "khong", "false", "sai")
_ENDS = (("source", "target"), ("from", "to"), ("tu", "den"), ("predecessor", "successor"))


@dataclass(frozen=True)
class Marks:
    """How the cells of a matrix are read: the direction of arrows, weak strengths, numbers and words."""

    arrow: Arrow | None
    least: float = 0.0
    locale: Locale | None = None
    points: Mapping[str, float] = field(default_factory=dict)


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
    arrows = [(names[one], names[other], None) for one, other in graph.edges()]
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
    listed_arrows = _read_arrows(table, diagnostics, marks.arrow)
    if listed_arrows is not None:
        return listed_arrows
    square = find_square(grid)
    if square is None or not {name for name, _ in square.rows} & set(square.columns):
        return None
    if not same_names(grid, square, diagnostics):
        diagnostics.check()
    arrows = list(_marks(grid, square, diagnostics, marks))
    diagnostics.check()
    least = marks.least
    weak = [strength for _, _, strength in arrows if strength is not None and strength <= least]
    if weak:
        diagnostics.note(
            text("{count} strengths of {least} or less are no dependencies", count=len(weak), least=least)
        )
    kept = [one for one in arrows if one[2] is None or one[2] > least]
    place = grid.location(square.heading.number)
    names = [name for name, _ in square.rows]
    held: dict[int, ColumnRole] = {0: "id", **dict.fromkeys(square.columns.values(), "criterion")}
    table.headings = [clean(shown(entry)) for entry in square.heading.cells]
    table.take([square.heading.number], [row for _, row in square.rows], held)
    layout = table.layout(marks.locale, text("a square matrix, row against column"))
    return _result(kept, names, marks.arrow, place, diagnostics, layout)


def _marks(
    grid: Grid, square: Square, diagnostics: Diagnostics, marks: Marks
) -> Iterable[tuple[str, str, float | None]]:
    for name, row in square.rows:
        for other, place in square.columns.items():
            words = clean(shown(row.entry(place)))
            mark = plain_letters(words).casefold()
            if mark in marks.points:
                if name != other and marks.points[mark] > 0:
                    yield name, other, float(marks.points[mark])
                continue
            if name == other or mark in _NO_MARKS:
                continue
            numbers = readings(words, locale=marks.locale)
            if mark in _MARKS:
                yield name, other, None
            elif len(numbers) == 1 and numbers[0] >= 0:
                if numbers[0] > 0:
                    yield name, other, numbers[0]
            else:
                diagnostics.add(
                    "T113", grid.location(row.number, place), field=f"{name} / {other}", found=words,
                    allowed=text(
                        "a mark such as x, a strength of 0 or more, or an empty cell; scale= gives words "
                        "their strength"
                    ),
                )  # fmt: skip


def _read_arrows(table: FoundTable, diagnostics: Diagnostics, arrow: Arrow | None) -> Prerequisites | None:
    """Read a list with source and target; predecessor and successor state their direction themselves."""
    grid = table.grid
    for start, row in enumerate(grid.rows[:30]):
        headings = [fold(shown(entry)) for entry in row.cells]
        ends = next((ends for ends in _ENDS if set(ends) <= set(headings)), None)
        if ends is None:
            continue
        one, other = (headings.index(end) for end in ends)
        direction: Arrow | None = "needed by" if ends[0] == "predecessor" else arrow
        rows = grid.rows[start + 1 :]
        arrows = [(clean(shown(below.entry(one))), clean(shown(below.entry(other))), None) for below in rows]
        for below, (source, target, _) in zip(rows, arrows, strict=True):
            if not source or not target:
                diagnostics.add(
                    "T114", grid.location(below.number), found=text("empty cell"), allowed=text("both ends")
                )
        names = list(dict.fromkeys(name for ends in arrows for name in ends[:2]))
        table.headings = [clean(shown(entry)) for entry in row.cells]
        for place in row.filled():
            if place not in (one, other):
                table.columns.setdefault(place, ("not read", text("not a column that is read")))
        table.take([row.number], rows, {one: "data", other: "data"})
        layout = table.layout(kind=text("a list of arrows"))
        return _result(arrows, names, direction, grid.location(row.number), diagnostics, layout)
    return None


def _result(
    arrows: Sequence[tuple[str, str, float | None]],
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
        one, other, _ = arrows[0]
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
    turned = [(one, other) if arrow == "needs" else (other, one) for one, other, _ in arrows]
    edges = pd.DataFrame(turned, columns=["technology", "requires"]).assign(
        timing="FS", lag_months=0.0, one_of=""
    )
    if any(strength is not None for _, _, strength in arrows):
        edges["strength"] = [strength for _, _, strength in arrows]
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
