"""Technologies with all their prerequisites in one cell, as people and planning tools write them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd

from techprio.arguments import validated
from techprio.errors import DataFileError
from techprio.inputs.cells import CellProblem, clean, parse_id, plain_letters
from techprio.inputs.dependency_networks import Arrow, Marks, is_network, read_network, read_square_marks
from techprio.inputs.diagnostics import Diagnostics, Location, UnknownNames, listed
from techprio.inputs.finding import LayoutLike, TableOptions
from techprio.inputs.grid import Grid, shown
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import Locale
from techprio.inputs.opening import read_bytes, read_grid
from techprio.inputs.predecessor_cells import (
    DAYS_PER_MONTH,
    Atom,
    CellFinding,
    Clause,
    Days,
    References,
    months_of,
    nothing_needed,
    read_cell,
    read_duration,
    unit_named,
)
from techprio.inputs.prerequisite_columns import (
    PrerequisiteRow,
    has_column,
    has_successors,
    known_columns,
    report_successors,
    take_columns,
)
from techprio.inputs.stated_table import as_stated
from techprio.inputs.table_columns import Columns
from techprio.inputs.tables import Line, TypedTable, read_table
from techprio.language import text
from techprio.model.fields import fields_of
from techprio.model.prerequisites import Prerequisites

EDGE_COLUMNS = ["technology", "requires", "timing", "lag_months", "one_of"]


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
    locale: Locale | None = None,
    layout: LayoutLike | None = None,
    header_rows: int | None = None,
    columns: Columns | None = None,
    skip_rows: Collection[int] = (),
    scale: Mapping[str, float] | None = None,
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
    locale : {"vi", "en"}, optional
        Settles numbers such as ``1,200`` that have two readings.
    layout : {"rows", "columns"} or mapping of int to str, optional
        Whether each row or each column is a technology; or what single rows are, by their number in the file:
        ``{1: "title", 40: "total"}``.
    header_rows : int, optional
        How many rows of headings there are; 0: none, the columns are named by ``columns`` or A, B, C.
    columns : sequence or mapping, optional
        Headings of the columns that are read; or what headings stand for: ``{"Vorgänger": "requires",
        "Kosten": "left out"}``.
    skip_rows : collection of int
        Lines (rows of a sheet) to be left out.
    scale : mapping of str to float, optional
        Strengths of the words in a matrix: ``{"yếu": 1, "mạnh": 3}``; 0 for a word that means none.

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
    options = TableOptions(layout, header_rows, columns, skip_rows, sheet, locale)
    grid = read_grid(data, file, diagnostics, sheet=sheet)
    if grid is None:
        raise DataFileError(diagnostics.problems)
    table = as_stated(grid, options, diagnostics)
    diagnostics.check()
    if has_successors(table.grid) or not has_column(table.grid, "requires"):
        marks = Marks(
            arrow, least, locale, {plain_letters(w).casefold(): p for w, p in (scale or {}).items()}
        )
        square = read_square_marks(table, diagnostics, marks)
        if square is not None:
            return square
        if not any(has_column(table.grid, column.name) for column in fields_of(PrerequisiteRow)):
            _report_other_table(table.grid, diagnostics)
        report_successors(table.grid, diagnostics)
    reader = _Reader(diagnostics, none_words, days, lag_unit, locale)
    take_columns(table)
    table.grid = known_columns(table.grid, diagnostics)
    return reader.read(table, file)


def _report_other_table(grid: Grid, diagnostics: Diagnostics) -> None:
    row = max(grid.rows[:30], key=lambda one: len(one.filled()))
    found = listed([shown(row.cells[place]) for place in row.filled()[:6]])
    allowed = text(
        "technology (id, ma) or name with requires (can_truoc, Predecessors); a square matrix; "
        "a list with source and target"
    )
    seen = text("another table, with the headings {names}", names=found)
    diagnostics.add("T130", grid.location(row.number), found=seen, allowed=allowed)
    diagnostics.check()


class _Reader:
    """Reads a table with a row a technology."""

    def __init__(
        self,
        diagnostics: Diagnostics,
        none_words: Sequence[str],
        days: Days,
        lag_unit: str | None,
        locale: Locale | None,
    ) -> None:
        self.diagnostics = diagnostics
        self.nothing = {plain_letters(word).casefold() for word in none_words}
        self.days: Days = days
        self.unit = unit_named(lag_unit) if lag_unit else ""
        self.locale = locale
        self.lead: dict[str, float] = {}

    def read(self, found: FoundTable, file: str) -> Prerequisites:
        table = read_table(found.grid, file, PrerequisiteRow, self.diagnostics, locale=self.locale)
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
        return self._result(found, table, lines, ids, rows)

    def _result(
        self,
        found: FoundTable,
        table: TypedTable,
        lines: Sequence[Line],
        ids: Sequence[str],
        rows: list[tuple[str, str, str, float, str]],
    ) -> Prerequisites:
        edges = pd.DataFrame(rows, columns=EDGE_COLUMNS)
        phases = pd.Series([line["phase"] for line in lines], index=list(ids), dtype=object)
        names = pd.Series([line["name"] for line in lines], index=list(ids), dtype=object)
        kind = text("a row a technology with {columns}", columns=listed([c.name for c in table.columns]))
        return Prerequisites(
            technologies=tuple(ids),
            dependencies=edges,
            phases=phases if any(phases) else phases.iloc[:0],
            notes=tuple(self.diagnostics.notes),
            lead=pd.Series(self.lead, dtype=float),
            names=names if any(names) else names.iloc[:0],
            layout=found.layout(self.locale, kind),
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
        read = {
            own: read_duration(str(line["duration"] or ""), self.locale)
            for own, line in zip(ids, lines, strict=True)
        }
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
        found = read_cell(words, references.resolve, self.locale)
        clauses = [one for one in found if not isinstance(one, CellFinding)]
        for fault in found:
            if isinstance(fault, CellFinding):
                self._report(fault, words, line, known)
        atoms = [atom for clause in clauses for atom in clause]
        self._note_doubled(line, words, atoms, references)
        return clauses

    def _report(self, fault: CellFinding, words: str, line: Line, known: UnknownNames) -> None:
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
