"""The columns of a table of prerequisites, and those of other things that stand beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from techprio.errors import Edit, did_you_mean
from techprio.inputs.columns import Row, fold, headings_of
from techprio.inputs.diagnostics import Diagnostics, listed
from techprio.inputs.finding import find_known_table
from techprio.inputs.grid import Grid, GridRow, shown
from techprio.inputs.layout import FoundTable
from techprio.language import text
from techprio.model.fields import Field, fields_of
from techprio.model.layout import ColumnRole


class PrerequisiteRow(Row):
    """A technology with everything that it needs; name, duration and phase where the table has them."""

    technology: Annotated[
        str,
        Field(
            "Công nghệ", "Technology", kind="id", also=("ma", "ma_cong_nghe", "id", "task_id", "wbs", "stt"),
        ),
    ] = ""  # fmt: skip
    requires: Annotated[
        str,
        Field(
            "Cần trước",
            "Requires",
            kind="codes",
            also=(
                "can_truoc", "phu_thuoc", "predecessors", "predecessor", "depends_on", "prerequisites",
                "needs", "cong_viec_truoc", "viec_truoc", "dieu_kien_truoc", "can_co_truoc",
                "cong_nghe_can_truoc",
                "cong_nghe_can_co_truoc", "tien_quyet", "cong_nghe_tien_quyet", "dieu_kien_tien_quyet",
                "phu_thuoc_vao", "prerequisite", "predecessor_details", "depends", "dependencies",
            ),
        ),
    ] = ""  # fmt: skip
    name: Annotated[
        str,
        Field(
            "Tên",
            "Name",
            also=("task_name", "task", "activity", "ten_cong_nghe", "ten_cong_viec", "cong_viec"),
        ),
    ] = ""  # fmt: skip
    duration: Annotated[
        str,
        Field(
            "Thời gian", "Duration", also=("lead_time", "thoi_luong", "lead_mode", "lead_months", "months"),
        ),
    ] = ""  # fmt: skip
    phase: Annotated[str, Field("Giai đoạn", "Phase", also=("giai_doan",))] = ""


def has_column(grid: Grid, name: str) -> bool:
    """Return whether the headings of a table have a column."""
    names = headings_of(fields_of(PrerequisiteRow))
    layout = find_known_table(grid, Diagnostics(), names)
    return layout is not None and any(names.get(fold(heading)) == name for heading in layout.headings)


def has_successors(grid: Grid) -> bool:
    """Return whether a table is a list of arrows that says so itself."""
    return any("successor" in map(fold, map(shown, row.cells)) for row in grid.rows[:30])


def report_successors(grid: Grid, diagnostics: Diagnostics) -> None:
    """Report a table whose only links are successors, or predecessors under a heading that is not read."""
    for row in grid.rows[:30]:
        for place, entry in enumerate(row.cells):
            words, location = shown(entry), grid.location(row.number, place)
            if fold(words) in _SUCCESSORS:
                diagnostics.add(
                    "T130",
                    location,
                    field=words,
                    found=text("a column of what comes after each technology"),
                    allowed=text(
                        "a column of what each technology needs; or a list with a link a row, under the "
                        "headings predecessor and successor"
                    ),
                )
            elif words.startswith("x_") and fold(words[2:]) in headings_of(fields_of(PrerequisiteRow)[1:2]):
                diagnostics.add(
                    "T105",
                    location,
                    field=words,
                    found=text("{heading}, which is not read as it begins with x_", heading=words),
                    allowed=text("a column requires (can_truoc, Predecessors), or a square matrix"),
                    proposal=Edit.of(text("write {value}", value=words[2:]), words[2:], replaces=words),
                )
    diagnostics.check()


_SUCCESSORS = (
    "successors", "unique_id_successors", "successor_details", "cong_viec_sau", "viec_sau",
    "cong_viec_ke_tiep", "required_by", "needed_by", "blocks",
)  # fmt: skip


def known_columns(grid: Grid, diagnostics: Diagnostics) -> Grid:
    """Return the grid with the columns of other things, such as resources and costs, set aside and noted."""
    names = headings_of(fields_of(PrerequisiteRow))
    layout = find_known_table(grid, Diagnostics(), names)
    if layout is None or not has_column(grid, "requires"):
        return grid
    aside = {place: words for place, words in enumerate(layout.headings) if fold(words) not in names}
    there = {names.get(fold(words)) for words in layout.headings}
    free = [column.name for column in fields_of(PrerequisiteRow) if column.name not in there]
    aside = {place: words for place, words in aside.items() if not words or not did_you_mean(words, free)}
    if not aside:
        return grid
    unread = [words for words in aside.values() if words and not fold(words).startswith("x_")]
    if unread:
        place = grid.location(layout.heading_row).words
        diagnostics.note(
            text("{place}: columns that are not read: {names}", place=place, names=listed(unread))
        )
    rows = [
        GridRow(row.number, [f"x_{n}" if n in aside else entry for n, entry in enumerate(row.cells)])
        if row.number == layout.heading_row
        else row
        for row in grid.rows
    ]
    return replace(grid, rows=rows)


def take_columns(table: FoundTable) -> None:
    """State what the rows and columns of a table with a row a technology were taken for."""
    names = headings_of(fields_of(PrerequisiteRow))
    found = find_known_table(table.grid, Diagnostics(), names)
    if found is None:
        return
    table.headings = found.headings
    roles: dict[str, ColumnRole] = {"technology": "id"}
    places: dict[int, ColumnRole] = {}
    for place, heading in enumerate(found.headings):
        name = names.get(fold(heading))
        if name is not None:
            places[place] = roles.get(name, "data")
        elif heading:
            table.columns.setdefault(place, ("not read", text("not a column that is read")))
    table.take(found.heading_rows, found.rows, places)
