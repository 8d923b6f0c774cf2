"""One returned workbook: its marks and its answers, each answer by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from techprio.display.quantities import render
from techprio.errors import Sayable, proposed
from techprio.forms.answers import Answer, Filled
from techprio.forms.questions import (
    HALVES,
    Half,
    Pair,
    Question,
    Score,
    halved_criteria,
    judged_criteria,
    unit_of,
)
from techprio.forms.sheet_writer import DEGREE, FIRST_SIDE, META, MISSING, NOTE, QUESTION, SIDE, VALUE
from techprio.forms.spoken import SpokenScale, degree_meant, is_equal, is_unknown, side_meant, spellings
from techprio.forms.workbook import VERSION
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.grid import Cell, Entry, Grid, GridRow, shown
from techprio.inputs.numbers import readings
from techprio.inputs.sniffing import sniff
from techprio.inputs.workbooks import read_workbook
from techprio.language import LANGUAGES, Text, text
from techprio.model.criteria import Criterion
from techprio.model.study import Study


def open_form(data: bytes, file: str, diagnostics: Diagnostics) -> tuple[list[Grid], dict[str, str]] | None:
    """Return the sheets and the marks of a workbook; None, with the problem noted, when it is no form."""
    if not data.strip(b"\0"):
        allowed = text("a form that techprio forms make has written")
        diagnostics.add("T124", Location(file), found=text("an empty file"), allowed=allowed)
        return None
    kind = sniff(data, file, diagnostics)
    ours = text("a form that techprio forms make has written")
    if kind is None:
        return None
    if kind == "text":
        diagnostics.add("T124", Location(file), found=text("a text file"), allowed=ours)
        return None
    before = len(diagnostics)
    grids = read_workbook(data, file, kind, diagnostics)
    if len(diagnostics) > before:
        return None
    sheet = next((grid for grid in grids if grid.sheet == META), None)
    marks = {} if sheet is None else {shown(row.entry(0)): shown(row.entry(1)) for row in sheet.rows}
    if not {"version", "study", "round", "expert"} <= marks.keys():
        diagnostics.add("F601", Location(file), found=text("no mark of a form"), allowed=ours)
        return None
    if marks["version"] != VERSION:
        proposal = text("send the expert the present form")
        diagnostics.add(
            "F602",
            Location(file),
            field="version",
            found=marks["version"],
            allowed=VERSION,
            proposal=proposal,
        )
        return None
    return grids, marks


def take_sheets(
    found: Filled, grids: list[Grid], study: Study, asked: set[Question], diagnostics: Diagnostics
) -> None:
    """Take the answers of all sheets, wherever their columns stand now."""
    reader = _Reader(found, study, {question.key: question for question in asked}, diagnostics)
    for grid in grids:
        if grid.sheet != META:
            reader.sheet(grid)
    reader.missing()


class _Reader:
    def __init__(
        self, found: Filled, study: Study, known: Mapping[str, Question], diagnostics: Diagnostics
    ) -> None:
        self.found, self.study, self.known, self.diagnostics = found, study, known, diagnostics
        self.scales = {
            leaf.id: SpokenScale(leaf) for leaf in (*judged_criteria(study), *halved_criteria(study))
        }
        self.seen: set[str] = set()
        self.names = {one.id: _names_of(one) for one in study.criteria.by_id.values()}
        self.technologies = [str(name) for name in study.catalog.technologies.index]
        scores = [question for question in known.values() if isinstance(question, Score)]
        self.grid_rows = {f"grid:{one.sector}:{one.technology}": one[:2] for one in scores}

    def sheet(self, grid: Grid) -> None:
        keys = next((row for row in grid.rows if QUESTION in map(shown, row.cells)), None)
        if keys is None:
            self._without_questions(grid)
            return
        places: dict[str, int] = {}
        for place, entry in enumerate(keys.cells):
            places.setdefault(shown(entry), place)
        for row in grid.rows:
            if row.number <= keys.number:
                continue
            key = shown(row.entry(places[QUESTION]))
            self.seen.add(key)
            if key.startswith("grid:"):
                self._grid_row(key, grid, row, places)
            elif key.startswith(("pair:", "score:", "half:")):
                self._row(key, grid, row, places)

    def missing(self) -> None:
        """Say which questions stand on no sheet any more: a sheet or rows were deleted."""
        gone = [question for key, question in sorted(self.known.items()) if key not in self.seen]
        if gone:
            self.diagnostics.add(
                "F601", Location(self.found.file),
                found=text(
                    "{count} questions stand on no sheet: {names}", count=len(gone),
                    names=listed([question.name for question in gone]),
                ),
                allowed=text("all sheets and rows of the form as it was sent"),
                proposal=text("ask the expert for the missing part, or to fill in the form again"),
            )  # fmt: skip

    def _without_questions(self, grid: Grid) -> None:
        """Take the free field of the guide; say so where a sheet has lost its marks."""
        for row in grid.rows:
            if MISSING in map(shown, row.cells):
                self.found.missing = shown(row.entry(0))
                return
        marks = ("pair:", "score:", "half:", "grid:")
        marked = {shown(entry) for row in grid.rows for entry in row.cells if shown(entry).startswith(marks)}
        self.seen |= marked
        if marked:
            self.diagnostics.add(
                "F601",
                grid.location(0),
                found=text("a sheet without the marks of its questions"),
                allowed=text("a sheet of the form as it was sent, or a copy of it"),
            )

    def _row(self, key: str, grid: Grid, row: GridRow, places: Mapping[str, int]) -> None:
        cells = {name: row.entry(place) for name, place in places.items()}
        note = shown(cells.get(NOTE, ""))
        said = [name for name in (SIDE, DEGREE, VALUE) if shown(cells.get(name, ""))]
        question = self.known.get(key)
        if question is None:
            if said:
                place = grid.location(row.number, places[said[0]])
                self.diagnostics.add(
                    "F611", place, field="", found=key,
                    allowed=text("a question that this expert was asked"),
                )  # fmt: skip
            return
        if not said:
            if note:
                self.found.bare_notes.append((question, note))
            return
        at = {name: grid.location(row.number, place) for name, place in places.items()}
        if not self._is_of(question, cells):
            self._refuse(
                "F612", question, at[said[0]], found=_seen(cells),
                allowed=_name_of(question, self.study),
                proposal=text("rows were moved against their hidden marks; fill in the form as it was sent"),
            )  # fmt: skip
        elif isinstance(question, Pair):
            self._pair(question, cells, at, note)
        else:
            self._value(question, cells.get(VALUE, ""), at[VALUE], note)

    def _is_of(self, question: Question, cells: Mapping[str, Entry]) -> bool:
        """Whether the row still shows the question that its mark names."""
        if isinstance(question, Half):
            fits = shown(cells.get("worth", "")) in spoken_worth(question.worth)
            return fits and self._named(cells.get("criterion", ""), self.names) == question.criterion
        if isinstance(question, Score):
            return self._named(cells.get("technology", ""), self.technologies) == question.technology
        ids = {self._named(cells.get(side, ""), self.names) for side in "AB"}
        return ids == {question.one, question.other}

    @staticmethod
    def _named(entry: Entry, ids: Iterable[str]) -> str:
        """Return the id with which a cell begins: the longest, because an id may hold a blank."""
        words = re.split(r"\s", shown(entry))
        beginnings = {" ".join(words[:count]) for count in range(1, len(words) + 1)}
        return max((name for name in ids if name in beginnings), key=len, default="")

    def _grid_row(self, key: str, grid: Grid, row: GridRow, places: Mapping[str, int]) -> None:
        sector, technology = self.grid_rows.get(key, ("", key.removeprefix("grid:")))
        for criterion, place in places.items():
            entry = row.entry(place)
            if criterion in self.scales and shown(entry):
                self.seen.add(Score(sector, technology, criterion).key)
                question = self.known.get(Score(sector, technology, criterion).key)
                at = grid.location(row.number, place)
                if question is None:
                    allowed = text("a question that this expert was asked")
                    self.diagnostics.add("F611", at, found=f"{technology} {criterion}", allowed=allowed)
                elif self._named(row.entry(places["technology"]), self.technologies) != technology:
                    self._refuse(
                        "F612", question, at, found=shown(row.entry(places["technology"])),
                        allowed=_name_of(question, self.study),
                    )  # fmt: skip
                elif isinstance(question, Score):
                    self._value(question, entry, at, "")

    def _pair(self, pair: Pair, cells: Mapping[str, Entry], at: Mapping[str, Location], note: str) -> None:
        side, degree = shown(cells.get(SIDE, "")), shown(cells.get(DEGREE, ""))
        sides = text("{one}, {other}, = or ?", one=pair.one, other=pair.other)
        first = shown(cells.get(FIRST_SIDE, ""))
        order = (pair.other, pair.one) if first == pair.other else (pair.one, pair.other)
        if not side:
            self._refuse("F604", pair, at[SIDE], found=text("no side"), allowed=sides)
        elif is_unknown(side):
            if degree and not is_unknown(degree):
                self._refuse(
                    "F604", pair, at[DEGREE], found=degree, allowed=text('no degree beside "don\'t know"')
                )
            else:
                self._take(Answer(pair, None, note=note), at[SIDE])
        elif is_equal(side) and side_meant(side, self._names(order)) is None:
            if degree and not (is_equal(degree) or degree == "1"):
                self._refuse(
                    "F604", pair, at[DEGREE], found=degree,
                    allowed=text('no degree beside "equally important"'),
                    proposal=text("choose a side"),
                )  # fmt: skip
            else:
                self._take(Answer(pair, 1.0, pair.one, note=note), at[SIDE])
        else:
            self._preferred(pair, side_meant(side, self._names(order)), cells, at, note)

    def _preferred(
        self,
        pair: Pair,
        meant: str | None,
        cells: Mapping[str, Entry],
        at: Mapping[str, Location],
        note: str,
    ) -> None:
        degree = shown(cells.get(DEGREE, ""))
        if meant is None:
            allowed = text("{one}, {other}, = or ?", one=pair.one, other=pair.other)
            self._refuse("F603", pair, at[SIDE], found=shown(cells.get(SIDE, "")), allowed=allowed)
            return
        span = None if _is_odd(cells.get(DEGREE, "")) else degree_meant(degree)
        if span is None:
            self._refuse(
                "F603" if degree else "F604",
                pair,
                at[DEGREE],
                found=degree or text("no degree"),
                allowed=text("a degree from 2 to 9"),
                proposal=text("where both are equal: = as the side")
                if degree == "1" or is_equal(degree)
                else _odd_proposal(cells.get(DEGREE, "")),
            )
            return
        self._take(Answer(pair, span.value, meant, span.low, span.high, note), at[SIDE])

    def _names(self, order: tuple[str, str]) -> dict[str, set[str]]:
        return {side: {*self.names[side], letter} for letter, side in zip("ab", order, strict=True)}

    def _value(self, score: Score | Half, entry: Entry, at: Location, note: str) -> None:
        words = shown(entry)
        if is_unknown(words):
            self._take(Answer(score, None, note=note), at)
            return
        span = None if _is_odd(entry) else self.scales[score.criterion].meant(words)
        if span is not None and isinstance(score, Half) and self._is_end(score, span.value):
            span = None
        if span is None:
            scale = self.study.criteria.by_id[score.criterion].scale
            assert scale is not None
            lowest, highest = float(scale.lowest), float(scale.highest)
            levels = self.scales[score.criterion].levels
            allowed = (
                text(
                    "a level from {lowest} to {highest}; or a range such as 3-5",
                    lowest=lowest, highest=highest,
                )
                if levels
                else text(
                    "a number from {lowest} to {highest} {unit}; or a range such as 100-200",
                    lowest=lowest, highest=highest, unit=unit_of(self.study.criteria.by_id[score.criterion]),
                )
            )  # fmt: skip
            if isinstance(score, Half):
                allowed = text(
                    "a number between {lowest} and {highest} {unit}, without the ends", lowest=lowest,
                    highest=highest, unit=unit_of(self.study.criteria.by_id[score.criterion]),
                )  # fmt: skip
            fits = [value for value in readings(words) if lowest <= value <= highest]
            if isinstance(score, Half):
                fits = [value for value in fits if not self._is_end(score, value)]
            proposal = _odd_proposal(entry, [value for value in fits if not levels or value in levels])
            self._refuse("F603", score, at, found=words, allowed=allowed, proposal=proposal)
            return
        self._take(Answer(score, span.value, "", span.low, span.high, note), at)

    def _is_end(self, half: Half, value: float) -> bool:
        scale = self.study.criteria.by_id[half.criterion].scale
        return scale is not None and value in (scale.lowest, scale.highest)

    def _take(self, answer: Answer, place: Location) -> None:
        self.found.take(answer, place, self.diagnostics)

    def _refuse(self, code: str, question: Question, place: Location, **why: Any) -> None:
        self.found.refuse(code, question, place, self.diagnostics, **why)


_NAMING = ("technology", "criterion", "worth", "A", "B")


def spoken_worth(worth: float) -> set[str]:
    """Return how the sheet says what is asked, in both languages."""
    return {render(HALVES[worth], language) for language in LANGUAGES}


def _names_of(criterion: Criterion) -> set[str]:
    """Return how a side may be written: its id, its name, both."""
    both = (f"{criterion.id} {render(criterion.label, language)}" for language in LANGUAGES)
    return spellings(criterion.id, criterion.label, *both)


def _is_odd(entry: Entry) -> bool:
    """Whether Excel stored something else than was typed: a date, an error, a formula without value."""
    return isinstance(entry, Cell) and entry.kind not in ("text", "number")


def _odd_proposal(entry: Entry, values: Sequence[float] = ()) -> Sayable:
    """Propose what is meant where Excel made a date, or the values that a number may stand for."""
    if isinstance(entry, Cell) and entry.kind == "date":
        return text("Excel made a date of it; write a range as {example}", example="3 - 5")
    return proposed(*(f"{value:.15g}" for value in values)) if values else ""


def _seen(cells: Mapping[str, Entry]) -> str:
    return listed([shown(cells[name]).split("\n")[0] for name in _NAMING if name in cells])  # type: ignore[return-value]


def _name_of(question: Question, study: Study) -> Text:
    if isinstance(question, Pair):
        return text("{one} and {other}", one=question.one, other=question.other)
    if isinstance(question, Half):
        return text("{id} {name}", id=question.criterion, name=HALVES[question.worth])
    label = study.catalog.label(question.technology)
    return text("{id} {name}", id=question.technology, name=label)
