"""Where the figures of a study stand: file and line, or workbook, sheet and row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.grid import Grid, shown
from techprio.inputs.opening import read_delimited
from techprio.inputs.sniffing import sniff
from techprio.inputs.workbooks import read_workbook
from techprio.model.study import Study

#: ("score", technology, criterion), ("technology", id), ("dependency", technology, required) or
#: ("judgment", expert, one, other), the two in the order of their letters.
FigureKey: TypeAlias = tuple[str, ...]


def places_of_figures(study: Study) -> dict[FigureKey, str]:
    """Return where each figure of a study stands, as ``energy/scores.csv:67``; empty for one from frames.

    A row is known by what stands in it: the id of a technology and a criterion is a score, two technologies
    are a dependency, an expert and two criteria are a judgment, a technology with its name is its own row.
    """
    found: dict[FigureKey, str] = {}
    rows = _Rows(study)
    for grid in _grids(study):
        for row in grid.rows:
            key = rows.key([shown(entry) for entry in row.cells])
            if key is not None:
                place = grid.location(row.number)
                found.setdefault(key, f"{place.file}: {place.address}" if place.address else
                                 f"{place.file}:{place.line}")  # fmt: skip
    return found


def _grids(study: Study) -> Iterator[Grid]:
    for file, content in study.files.items():
        notes = Diagnostics()
        if file.lower().endswith((".yaml", ".yml", ".md", ".png", ".jpg", ".jpeg", ".svg")):
            continue
        kind = sniff(content, file, notes)
        if kind == "text":
            grid = read_delimited(content, file, notes)
            yield from () if grid is None else (grid,)
        elif kind is not None:
            yield from read_workbook(content, file, kind, notes)


class _Rows:
    """What can be known of a row of any table."""

    def __init__(self, study: Study) -> None:
        technologies = study.catalog.technologies
        self.technologies = set(map(str, technologies.index))
        self.names = {
            str(id): {str(name).strip() for name in names}
            for id, *names in technologies[["name_vi", "name_en"]].itertuples(name=None)
        }
        self.criteria = set(study.criteria.by_id)
        self.experts = set() if study.judgments is None else set(map(str, study.judgments.experts))

    def key(self, cells: list[str]) -> FigureKey | None:
        """Return the figure of a row; None for any other row."""
        technologies = [cell for cell in cells if cell in self.technologies]
        criteria = [cell for cell in cells if cell in self.criteria]
        if technologies:
            if self.names[technologies[0]] & set(cells):
                return ("technology", technologies[0])
            if len(technologies) == 2:
                return ("dependency", *technologies)
            return ("score", technologies[0], criteria[0]) if criteria else None
        expert = next((cell for cell in cells if cell in self.experts), None)
        if expert is None or len(criteria) < 2:
            return None
        return ("judgment", expert, *sorted(criteria[-2:]))
