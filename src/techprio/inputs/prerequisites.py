"""Technologies with all their prerequisites in one cell, as people and planning tools write them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import pandas as pd

from techprio.arguments import validated
from techprio.errors import did_you_mean
from techprio.inputs.cells import CellProblem, clean, parse_id, plain_letters
from techprio.inputs.columns import Row, fold, headings_of
from techprio.inputs.dependency_networks import Arrow, is_network, read_network, read_square_marks
from techprio.inputs.diagnostics import Diagnostics, Location, UnknownNames, listed
from techprio.inputs.finding import find_known_table
from techprio.inputs.grid import Grid, GridRow, shown
from techprio.inputs.opening import read_bytes, read_grid
from techprio.inputs.predecessor_cells import (
    DAYS_PER_MONTH,
    Atom,
    CellFault,
    Clause,
    Days,
    References,
    months_of,
    nothing_needed,
    read_cell,
    read_duration,
    unit_named,
)
from techprio.inputs.tables import Line, TypedTable, read_table
from techprio.language import text
from techprio.model.fields import Field, fields_of
from techprio.model.prerequisites import Prerequisites

EDGE_COLUMNS = ["technology", "requires", "timing", "lag_months", "one_of"]


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
                "needs", "cong_viec_truoc", "viec_truoc", "dieu_kien_truoc",
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


@validated
def read_prerequisites(
    path: str | Path,
    *,
    none_words: Sequence[str] = (),
    sheet: str | None = None,
    days: Days = "calendar",
    lag_unit: str | None = None,
    arrow: Arrow | None = None,
    least: float = 0.0,
) -> Prerequisites:
    r"""Read what technologies need: a cell with all prerequisites, a square matrix, or a network.

    Parameters
    ----------
    path : path
        CSV file or workbook with ``technology`` (``ma``, ``ID``) or ``name`` (``Task Name``), ``requires``
        (``can_truoc``, ``Predecessors``) and, where there are, ``duration`` and ``phase``. A cell names ids,
        names or row numbers, parted by semicolons, commas, blanks, line breaks, "và" or "and"; "or" makes
        alternatives, parentheses group; ``4SS+30 days`` and ``7FF-1w`` are relations with lags. A code that
        stands twice counts once, and that is noted. Or a square matrix of marks or strengths, an edge list
        with ``source`` and ``target`` (``from``, ``to``), or a GraphML or GML file.
    none_words : sequence of str
        Words that stand for "needs nothing", such as ``"-"`` or ``"không"``. None is taken as such
        unless it is named here.
    sheet : str, optional
        Needed when a workbook has several sheets.
    days : {"calendar", "working"}
        How days and weeks become months: 30.4 days and 7 days a week, or 20 and 5 as planning tools count.
    lag_unit : str, optional
        Unit of lags that have none (``day``, ``week``, ``month``); else that of the durations.
    arrow : {"needs", "needed by"}, optional
        Of a matrix or network, needed there: "needs" where the row (the source) needs the column (the
        target), "needed by" the other way round.
    least : float
        Strengths of a matrix at or below it are no dependencies.

    Returns
    -------
    Prerequisites
        For :func:`techprio.dependencies.build_graph` and :func:`techprio.dependencies.check_phases`.

    Raises
    ------
    DataFileError
        With every problem: unknown codes, a technology in two rows, cells that hold no code, no edge at all.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "needs.csv"
    >>> _ = file.write_text("ma,can_truoc\nT1,-\nT2,T1\nT3,T1 và T2SS+3 months\n", encoding="utf-8")
    >>> found = tp.inputs.read_prerequisites(file, none_words=["-"])
    >>> found.dependencies[["technology", "requires", "timing", "lag_months"]].values.tolist()
    [['T2', 'T1', 'FS', 0.0], ['T3', 'T1', 'FS', 0.0], ['T3', 'T2', 'SS', 3.0]]
    """
    diagnostics = Diagnostics()
    file = Path(path).name
    data = read_bytes(path, diagnostics, text("a file"))
    if is_network(file, data):
        return read_network(data, file, diagnostics, arrow=arrow)
    grid = read_grid(data, file, diagnostics, sheet=sheet)
    if grid is not None and (_has_successors(grid) or not _has_column(grid, "requires")):
        square = read_square_marks(grid, diagnostics, arrow=arrow, least=least)
        if square is not None:
            return square
        if not any(_has_column(grid, column.name) for column in fields_of(PrerequisiteRow)):
            row = max(grid.rows[:30], key=lambda one: len(one.filled()))
            found = listed([shown(row.cells[place]) for place in row.filled()[:6]])
            allowed = text(
                "technology (id, ma) or name with requires (can_truoc, Predecessors); a square matrix; "
                "a list with source and target"
            )
            seen = text("another table, with the headings {names}", names=found)
            diagnostics.add("T130", grid.location(row.number), found=seen, allowed=allowed)
            diagnostics.check()
    reader = _Reader(diagnostics, none_words, days, lag_unit)
    return reader.read(_known_columns(grid, diagnostics) if grid is not None else None, file)


def _has_column(grid: Grid, name: str) -> bool:
    names = headings_of(fields_of(PrerequisiteRow))
    layout = find_known_table(grid, Diagnostics(), names)
    return layout is not None and any(names.get(fold(heading)) == name for heading in layout.headings)


def _has_successors(grid: Grid) -> bool:
    return any("successor" in map(fold, map(shown, row.cells)) for row in grid.rows[:30])


def _known_columns(grid: Grid, diagnostics: Diagnostics) -> Grid:
    """Return the grid with the columns of other things, such as resources and costs, set aside and noted."""
    names = headings_of(fields_of(PrerequisiteRow))
    layout = find_known_table(grid, Diagnostics(), names)
    if layout is None or not _has_column(grid, "requires"):
        return grid
    aside = {place: words for place, words in enumerate(layout.headings) if fold(words) not in names}
    there = {names.get(fold(words)) for words in layout.headings}
    free = [column.name for column in fields_of(PrerequisiteRow) if column.name not in there]
    aside = {place: words for place, words in aside.items() if not words or not did_you_mean(words, free)}
    if not aside:
        return grid
    told = [words for words in aside.values() if words and not fold(words).startswith("x_")]
    if told:
        place = grid.location(layout.heading_row).words
        diagnostics.note(text("{place}: columns that are not read: {names}", place=place, names=listed(told)))
    rows = [
        GridRow(row.number, [f"x_{n}" if n in aside else entry for n, entry in enumerate(row.cells)])
        if row.number == layout.heading_row
        else row
        for row in grid.rows
    ]
    return Grid(grid.file, grid.sheet, rows, grid.merged, grid.hidden, grid.is_hidden_sheet)


class _Reader:
    """Reads a table with a row a technology."""

    def __init__(
        self, diagnostics: Diagnostics, none_words: Sequence[str], days: Days, lag_unit: str | None
    ) -> None:
        self.diagnostics = diagnostics
        self.nothing = {plain_letters(word).casefold() for word in none_words}
        self.days: Days = days
        self.unit = unit_named(lag_unit) if lag_unit else ""
        self.lead: dict[str, float] = {}

    def read(self, grid: Grid | None, file: str) -> Prerequisites:
        table = (
            read_table(grid, file, PrerequisiteRow, self.diagnostics)
            if grid is not None
            else TypedTable(file)
        )
        lines = list(table)
        ids = self._ids(table, lines)
        known = UnknownNames("S303", list(dict.fromkeys(ids)))
        self._read_durations(table, lines, ids)
        references = References(ids, [str(line["name"] or "") for line in lines])
        rows: list[tuple[str, str, str, float, str]] = []
        for line, own in zip(lines, ids, strict=True):
            clauses = self._clauses(line, own, references, known)
            rows += self._edges(line, own, clauses)
        known.report(self.diagnostics)
        if not rows and not len(self.diagnostics):
            self.diagnostics.add(
                "T103", Location(file), field="requires", found=text("no prerequisite in any row"),
                allowed=text("at least one technology that needs another"),
            )  # fmt: skip
        self.diagnostics.check()
        if references.used_rows:
            self.diagnostics.note(
                text("numbers in the prerequisites are taken as row numbers, the first is 1")
            )
        return self._result(table, lines, ids, rows)

    def _result(
        self,
        table: TypedTable,
        lines: Sequence[Line],
        ids: Sequence[str],
        rows: list[tuple[str, str, str, float, str]],
    ) -> Prerequisites:
        edges = pd.DataFrame(rows, columns=EDGE_COLUMNS)
        phases = pd.Series([line["phase"] for line in lines], index=list(ids), dtype=object)
        names = pd.Series([line["name"] for line in lines], index=list(ids), dtype=object)
        told = text("a row a technology with {columns}", columns=listed([c.name for c in table.columns]))
        return Prerequisites(
            technologies=tuple(ids),
            dependencies=edges,
            phases=phases if any(phases) else phases.iloc[:0],
            notes=tuple(self.diagnostics.notes),
            lead=pd.Series(self.lead, dtype=float),
            names=names if any(names) else names.iloc[:0],
            layout=told,
        )

    def _ids(self, table: TypedTable, lines: Sequence[Line]) -> list[str]:
        """Return the id of each line: that of its column, else its name."""
        there = {column.name for column in table.columns}
        has_id = "technology" in there
        if table.readable and "requires" not in there and not len(self.diagnostics):
            self.diagnostics.add(
                "T105", Location(table.file), field="requires", found=text("no such column"),
                allowed=text("a column requires (can_truoc, Predecessors), or a square matrix"),
            )  # fmt: skip
        if table.readable and not there & {"technology", "name"}:
            self.diagnostics.add(
                "T105", Location(table.file), field="technology", found=text("no such column"),
                allowed=text("a column technology (id, ma) or name (Task Name)"),
            )  # fmt: skip
        found: list[str] = []
        places: dict[str, Location] = {}
        for line in lines:
            own = str((line["technology"] if has_id else clean(str(line["name"] or ""))) or "")
            if own in places:
                again = text("{id}, also in {location}", id=own, location=places[own].words)
                self.diagnostics.add(
                    "S302", line.location, field="technology", found=again, allowed=text("each id once")
                )
            elif not own and not line.faulty:
                self.diagnostics.add(
                    "T114", line.location, field="technology", found=text("empty cell"), allowed=text("an id")
                )
            places.setdefault(own, line.location)
            found.append(own)
        return found

    def _read_durations(self, table: TypedTable, lines: Sequence[Line], ids: Sequence[str]) -> None:
        """Read the durations in months; a number without unit stands only where the heading names one."""
        read = {own: read_duration(str(line["duration"] or "")) for own, line in zip(ids, lines, strict=True)}
        written = {own: str(line["duration"] or "") for own, line in zip(ids, lines, strict=True)}
        units = {found[1] for found in read.values() if found and found[1]}
        if len(units) == 1 and not self.unit:
            self.unit = next(iter(units))
        for own, found in read.items():
            months = months_of(found[0], found[1] or self.unit, self.days) if found else None
            if months is not None:
                self.lead[own] = months
        missing = [own for own, words in written.items() if words and own not in self.lead]
        if missing:
            self.lead = {}
            self.diagnostics.note(
                text(
                    "durations are not read: {found} has no unit that is known; name it in the cell or in "
                    "lag_unit",
                    found=written[missing[0]],
                )
            )
        if (self.lead and units - {"month", "year"}) or self.unit in ("day", "week", "hour"):
            self._note_days()

    def _note_days(self) -> None:
        self.diagnostics.note(
            text(
                "days are counted as {days}: {count} a month (days=)",
                days=self.days,
                count=round(DAYS_PER_MONTH[self.days], 2),
            )
        )

    def _clauses(self, line: Line, own: str, references: References, known: UnknownNames) -> list[Clause]:
        words = str(line["requires"] or "").strip()
        if not words or plain_letters(words).casefold() in self.nothing:
            return []
        found = read_cell(words, references.resolve)
        clauses = [one for one in found if not isinstance(one, CellFault)]
        for fault in found:
            if isinstance(fault, CellFault):
                self._report(fault, words, line, known)
        atoms = [atom for clause in clauses for atom in clause]
        self._note_doubled(line, words, atoms, references)
        return clauses

    def _report(self, fault: CellFault, words: str, line: Line, known: UnknownNames) -> None:
        proposal = nothing_needed(words) if fault.is_reference else fault.proposal
        if fault.is_reference and not proposal and not isinstance(parse_id(fault.found), CellProblem):
            known.is_known(fault.found, line.location, "requires")
            return
        self.diagnostics.add(
            "T115",
            line.location,
            field="requires",
            found=fault.found,
            allowed=fault.allowed,
            proposal=proposal,
        )

    def _note_doubled(self, line: Line, words: str, atoms: Sequence[Atom], references: References) -> None:
        pieces = [references.resolve(piece) for piece in words.replace(";", " ").replace(",", " ").split()]
        doubled = sorted({name for name in pieces if name and pieces.count(name) > 1})
        if doubled:
            self.diagnostics.note(
                text(
                    "{location}: {names} stands twice and counts once",
                    location=line.location.words,
                    names=listed(doubled),
                )
            )

    def _edges(
        self, line: Line, own: str, clauses: Sequence[Clause]
    ) -> list[tuple[str, str, str, float, str]]:
        rows = []
        seen: dict[str, tuple[str, float]] = {}
        groups = 0
        for clause in clauses:
            groups += len(clause) > 1
            for atom in clause:
                lag = self._lag(atom, line)
                if lag is None:
                    continue
                if seen.setdefault(atom.ref, (atom.timing, lag)) != (atom.timing, lag):
                    self.diagnostics.add(
                        "S314", line.location, field="requires", found=f"{own} -> {atom.ref}",
                        allowed=text("one relation and lag for each pair"),
                    )  # fmt: skip
                group = f"{own}-{groups}" if len(clause) > 1 else ""
                rows.append((own, atom.ref, atom.timing, lag, group))
        return rows

    def _lag(self, atom: Atom, line: Line) -> float | None:
        """Return the lag in months; a share of the prerequisite's duration where it is a percent."""
        if not atom.lag:
            return 0.0
        unit = atom.unit or self.unit
        share = self.lead.get(atom.ref) if unit == "percent" else None
        months = atom.lag / 100 * share if share is not None else months_of(atom.lag, unit, self.days)
        if months is None:
            found = text("the lag {lag} {unit} of {name}", lag=atom.lag, unit=unit or "", name=atom.ref)
            self.diagnostics.add(
                "T110", line.location, field="requires", found=found,
                allowed=text("a lag with its unit: hours, days, weeks, months, years, or % of a duration"),
                proposal=text("write the unit, or name it in lag_unit"),
            )  # fmt: skip
            return None
        if unit in ("day", "week", "hour"):
            self._note_days()
        return round(months, 12)
