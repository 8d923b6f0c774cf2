"""The problems of one column: few are reported cell by cell, many as one with count and first places."""

from __future__ import annotations

from dataclasses import dataclass, field

from techprio.errors import Sayable
from techprio.inputs.cells import CellProblem
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.free_cells import A_RANGE
from techprio.inputs.numbers import readings
from techprio.inputs.tables import report_problem
from techprio.inputs.units import amount_unit
from techprio.language import joined, text

MOST_SINGLE = 3


@dataclass
class ColumnProblems:
    """Gathers the problems of a column until all its cells are read."""

    heading: str
    cells: list[tuple[CellProblem, Location, str, str]] = field(default_factory=list)

    def add(self, fault: CellProblem, location: Location, who: str, words: str) -> None:
        """Note the problem of a cell; ``who`` names its row."""
        self.cells.append((fault, location, who, words))

    def report(self, diagnostics: Diagnostics, cells: int) -> None:
        """Hand the problems over; many of one kind are one problem of the column."""
        kinds: dict[tuple[str, bool], list[tuple[CellProblem, Location, str, str]]] = {}
        for one in self.cells:
            is_open = one[0].code == "T110" and len(readings(one[3].removesuffix("%"))) > 1
            kinds.setdefault((one[0].code, is_open), []).append(one)
        for (code, is_open), problems in kinds.items():
            problems, units = _with_units(problems)
            are_ranges = all(fault.allowed is A_RANGE for fault, *_ in problems)
            if len(problems) <= (1 if is_open or are_ranges or units else MOST_SINGLE):
                for fault, location, who, words in problems:
                    report_problem(fault, location, f"{who}: {self.heading}", words, diagnostics)
                continue
            first, location, _, words = problems[0]
            places = [f"{who}: {word or '-'}" for _, _, who, word in problems[:MOST_SINGLE]]
            diagnostics.add(
                code,
                location,
                field=self.heading,
                found=text(
                    "{count} of {cells} cells of the column, first {first}",
                    count=len(problems),
                    cells=cells,
                    first=joined(places, ", "),
                ),
                allowed=first.allowed,
                proposal=_two_readings(words) if is_open else first.proposal,
            )


def _with_units(
    problems: list[tuple[CellProblem, Location, str, str]],
) -> tuple[list[tuple[CellProblem, Location, str, str]], bool]:
    """Take the proposal off cells in different units: no heading can name both."""
    units = [amount_unit(words) for *_, words in problems]
    if not all(units):
        return problems, False
    if len(set(units)) == 1:
        return problems, True
    allowed = text("numbers alone in one unit, not {units}", units=list(dict.fromkeys(units)))
    bare = [(one[0]._replace(allowed=allowed, proposal=""), one[1], one[2], one[3]) for one in problems]
    return bare, True


def _two_readings(words: str) -> Sayable:
    vi, en = (readings(words.removesuffix("%"), locale=locale)[0] for locale in ("vi", "en"))
    return text(
        "locale=vi reads {words} as {vi}, locale=en as {en}", words=words, vi=f"{vi:.12g}", en=f"{en:.12g}"
    )
