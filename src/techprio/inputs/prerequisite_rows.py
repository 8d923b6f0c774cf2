"""A table with a row a technology: its ids, names and durations, what each needs, and what needs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeAlias

import pandas as pd

from techprio.inputs.cells import CellProblem, clean, parse_id, plain_letters
from techprio.inputs.columns import Row
from techprio.inputs.diagnostics import Diagnostics, Location, UnknownNames, listed
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import Locale
from techprio.inputs.predecessor_cells import (
    Atom,
    CellFinding,
    Clause,
    Days,
    References,
    days_counted,
    months_of,
    nothing_needed,
    read_cell,
    read_duration,
    unit_named,
)
from techprio.inputs.tables import Line, TypedTable, read_table
from techprio.language import text
from techprio.model.fields import Field
from techprio.model.prerequisites import Prerequisites

EDGE_COLUMNS = ["technology", "requires", "timing", "lag_months", "one_of"]
EdgeRow: TypeAlias = tuple[str, str, str, float, str]
"""What needs, what is needed, relation, lag in months, group of alternatives."""


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
                "blocked_by", "dependency", "immediate_predecessor", "immediate_predecessors",
                "cong_viec_di_truoc", "cong_viec_lien_truoc", "cong_nghe_truoc",
            ),
        ),
    ] = ""  # fmt: skip
    needed_by: Annotated[
        str,
        Field(
            "Cần cho",
            "Needed by",
            (
                "những gì cần công nghệ này; quan hệ được đọc theo chiều ngược lại",
                "what needs this technology; the links are read the other way round",
            ),
            kind="codes",
            also=(
                "successors", "successor", "successor_details", "immediate_successors",
                "immediate_successor", "cong_viec_sau", "viec_sau", "cong_viec_ke_tiep", "cong_viec_lien_sau",
                "cong_nghe_sau", "cong_nghe_ke_tiep", "can_cho", "tien_de_cho", "dieu_kien_cho",
                "required_by", "blocks", "blocking", "dependents", "prerequisite_for", "enables",
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


class RowReader:
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
        self.field = "requires"

    def read(self, found: FoundTable, file: str) -> Prerequisites:
        """Return what the rows say, each link once; every problem of them is reported together."""
        table = read_table(found.grid, file, PrerequisiteRow, self.diagnostics, locale=self.locale)
        lines = list(table)
        ids = self._ids(table, lines)
        known = UnknownNames("S303", list(dict.fromkeys(ids)))
        self._read_durations(table, lines, ids)
        references = References(ids, [str(line["name"] or "") for line in lines])
        rows: list[EdgeRow] = []
        seen: dict[tuple[str, str], tuple[str, float]] = {}
        for line, own in zip(lines, ids, strict=True):
            rows += self._edges(line, own, self._clauses(line, "requires", references, known), seen)
        if any(column.name == "needed_by" for column in table.columns):
            after = [
                edge
                for line, own in zip(lines, ids, strict=True)
                for edge in self._edges_after(line, own, self._clauses(line, "needed_by", references, known))
            ]
            rows = self._joined(table, rows, after, ids)
        known.report(self.diagnostics)
        if not rows and not len(self.diagnostics):
            self.diagnostics.add(
                "T103", Location(file), field=self.field, found=text("no prerequisite in any row"),
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
        rows: list[EdgeRow],
    ) -> Prerequisites:
        edges = pd.DataFrame(rows, columns=EDGE_COLUMNS)
        phases = pd.Series([line["phase"] for line in lines], index=list(ids), dtype=object)
        names = pd.Series([line["name"] for line in lines], index=list(ids), dtype=object)
        there = listed([column.name for column in table.columns])
        kind = text("a row a technology with {columns}", columns=there)
        if self.field == "needed_by":
            kind = text("a row a technology with {columns}, links read from what needs it", columns=there)
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
        self.field = "requires" if "requires" in there or "needed_by" not in there else "needed_by"
        if table.readable and not there & {"requires", "needed_by"} and not len(self.diagnostics):
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
            self.diagnostics.note(days_counted(self.days))

    def _clauses(self, line: Line, field: str, references: References, known: UnknownNames) -> list[Clause]:
        words = str(line[field] or "").strip()
        if not words or plain_letters(words).casefold() in self.nothing:
            return []
        found = read_cell(words, references.resolve, self.locale)
        clauses = [one for one in found if not isinstance(one, CellFinding)]
        for fault in found:
            if isinstance(fault, CellFinding):
                self._report(fault, words, line, field, known)
        self._note_doubled(line, words, references)
        return clauses

    def _report(self, fault: CellFinding, words: str, line: Line, field: str, known: UnknownNames) -> None:
        proposal = nothing_needed(words) if fault.is_reference else fault.proposal
        if fault.is_reference and not proposal and not isinstance(parse_id(fault.found), CellProblem):
            known.is_known(fault.found, line.location, field)
            return
        self.diagnostics.add(
            "T115",
            line.location,
            field=field,
            found=fault.found,
            allowed=fault.allowed,
            proposal=proposal,
        )

    def _note_doubled(self, line: Line, words: str, references: References) -> None:
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
        self,
        line: Line,
        own: str,
        clauses: Sequence[Clause],
        seen: dict[tuple[str, str], tuple[str, float]],
    ) -> list[EdgeRow]:
        rows = []
        groups = 0
        for clause in clauses:
            groups += len(clause) > 1
            for atom in clause:
                lag = self._lag(atom, line, "requires", atom.ref)
                if lag is None:
                    continue
                if seen.setdefault((own, atom.ref), (atom.timing, lag)) != (atom.timing, lag):
                    self._report_twice(line.location, "requires", f"{own} -> {atom.ref}")
                group = f"{own}-{groups}" if len(clause) > 1 else ""
                rows.append((own, atom.ref, atom.timing, lag, group))
        return rows

    def _report_twice(self, location: Location, field: str, pair: str) -> None:
        allowed = text("one relation and lag for each pair")
        self.diagnostics.add("S314", location, field=field, found=pair, allowed=allowed)

    def _edges_after(self, line: Line, own: str, clauses: Sequence[Clause]) -> list[tuple[Location, EdgeRow]]:
        """Return the links of a cell of successors, turned round: each of them needs this technology."""
        rows = []
        for clause in clauses:
            if len(clause) > 1:
                self.diagnostics.add(
                    "T115",
                    line.location,
                    field="needed_by",
                    found=str(line["needed_by"]),
                    allowed=text(
                        "technologies without 'or': what one of several needs stands in its own row"
                    ),
                )
                continue
            (atom,) = clause
            lag = self._lag(atom, line, "needed_by", own)
            if lag is not None:
                rows.append((line.location, (atom.ref, own, atom.timing, lag, "")))
        return rows

    def _joined(
        self,
        table: TypedTable,
        before: list[EdgeRow],
        after: Sequence[tuple[Location, EdgeRow]],
        ids: Sequence[str],
    ) -> list[EdgeRow]:
        """Return the links of both columns; where both are there, they must say the same."""
        relations: dict[tuple[str, str], tuple[str, float]] = {}
        for location, (one, other, timing, lag, _) in after:
            if relations.setdefault((one, other), (timing, lag)) != (timing, lag):
                self._report_twice(location, "needed_by", f"{one} -> {other}")
        place = {own: number for number, own in enumerate(ids)}
        turned = [(*pair, *relation, "") for pair, relation in relations.items()]
        turned.sort(key=lambda edge: (place.get(edge[0], 0), place.get(edge[1], 0)))
        if not any(column.name == "requires" for column in table.columns):
            self.diagnostics.note(
                text("each technology is needed by those of its cell: the links are read the other way round")
            )
            return turned
        both = {(one, other): (timing, lag) for one, other, timing, lag, _ in before}
        pairs = [pair for pair in both.keys() | relations.keys() if both.get(pair) != relations.get(pair)]
        pairs.sort(key=lambda pair: (place.get(pair[0], 0), place.get(pair[1], 0)))
        if pairs and not len(self.diagnostics):
            self.diagnostics.add(
                "T137",
                Location(table.file),
                field="needed_by",
                found=text(
                    "{count} links that only one of the two columns states, or otherwise: {pairs}",
                    count=len(pairs),
                    pairs=listed([f"{one} -> {other}" for one, other in pairs[:5]]),
                ),
                allowed=text("the same links in both columns, or one of them"),
                proposal=text(
                    "columns={before} or columns={after} leaves one of the two out",
                    before="{'requires': 'left out'}",
                    after="{'needed_by': 'left out'}",
                ),
            )
        return before

    def _lag(self, atom: Atom, line: Line, field: str, first: str) -> float | None:
        """Return the lag in months; where it is a percent, a share of the duration of ``first``."""
        if not atom.lag:
            return 0.0
        unit = atom.unit or self.unit
        share = self.lead.get(first) if unit == "percent" else None
        months = atom.lag / 100 * share if share is not None else months_of(atom.lag, unit, self.days)
        if months is None:
            found = text("the lag {lag} {unit} of {name}", lag=atom.lag, unit=unit or "", name=atom.ref)
            self.diagnostics.add(
                "T110", line.location, field=field, found=found,
                allowed=text("a lag with its unit: hours, days, weeks, months, years, or % of a duration"),
                proposal=text("write the unit, or name it in lag_unit"),
            )  # fmt: skip
            return None
        if unit in ("day", "week", "hour"):
            self.diagnostics.note(days_counted(self.days))
        return round(months, 12)
