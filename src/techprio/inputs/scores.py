"""The scores of all sectors: every leaf scored exactly once, or listed as missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from techprio.inputs.criteria import ReadCriteria
from techprio.inputs.diagnostics import Diagnostics, Location, UnknownNames, listed
from techprio.inputs.tables import Line, TypedTable
from techprio.inputs.technologies import check_order, check_scale
from techprio.language import text
from techprio.model.catalog import MissingPolicy
from techprio.model.criteria import Criterion
from techprio.near_names import near_name

Cell = tuple[str, str]


@dataclass
class ScoreCheck:
    """What the scores of all sectors name, gathered line by line.

    A line that is faulty covers the cell that it probably meant, so that one problem is reported once.
    """

    criteria: ReadCriteria
    technologies: UnknownNames
    sources: UnknownNames
    diagnostics: Diagnostics
    first: dict[Cell, Location] = field(default_factory=dict)
    last_line: dict[str, Location] = field(default_factory=dict)
    covered: set[Cell] = field(default_factory=set)
    unsure_technologies: set[str] = field(default_factory=set)
    unsure_files: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        leaves = self.criteria.tree.leaves
        self.scored: dict[str, Criterion] = {leaf.id: leaf for leaf in leaves if leaf.field in ("", "survey")}
        self.unknown_criteria = UnknownNames("S304", list(self.criteria.tree.by_id))

    def take(self, table: TypedTable) -> None:
        """Check the lines of a sector."""
        if not table.readable:
            self.unsure_files.add(table.file)
        for line in table:
            self._take_line(line)

    def _take_line(self, line: Line) -> None:
        technology, criterion = line.get("technology"), line.get("criterion")
        known = self.technologies.is_known(technology, line.location, "technology")
        if line.get("source"):
            self.sources.is_known(line["source"], line.location, "source")
        leaf = self._leaf(line, criterion)
        meant = self.technologies.meant(technology)
        self._cover(line, meant, criterion)
        if leaf is None:
            return
        on_scale = [check_scale(line, name, leaf, self.diagnostics) for name in ("value", "low", "high")]
        if all(on_scale):
            check_order(line, ("low", "value", "high"), self.diagnostics)
        if known and technology is not None:
            self._check_once(line, (technology, leaf.id))

    def _leaf(self, line: Line, criterion: str | None) -> Criterion | None:
        if criterion is None or criterion in self.scored:
            return self.scored.get(criterion or "")
        if not self.unknown_criteria.is_known(criterion, line.location, "criterion"):
            return None
        declared = self.criteria.tree.by_id[criterion]
        if declared.children:
            allowed = text(
                "a criterion without children: {names}", names=listed([c.id for c in declared.children])
            )
        else:
            allowed = text(
                "no score here: its value stands in column {column} of technologies.csv",
                column=declared.field,
            )
        self.diagnostics.add("S317", line.location, field="criterion", found=criterion, allowed=allowed)
        return None

    def _cover(self, line: Line, technology: str | None, criterion: str | None) -> None:
        if technology is None:
            self.unsure_files.add(line.location.file)
            return
        self.last_line[technology] = line.location
        if criterion is None:
            self.unsure_technologies.add(technology)
            return
        meant = criterion if criterion in self.scored else near_name(criterion, list(self.scored))
        self.covered.add((technology, meant or criterion))

    def _check_once(self, line: Line, cell: Cell) -> None:
        if cell in self.first:
            found = text(
                "{technology} on {criterion}, also in {location}",
                technology=cell[0],
                criterion=cell[1],
                location=self.first[cell].words,
            )
            self.diagnostics.add(
                "S308", line.location, field="criterion", found=found, allowed=text("each score once")
            )
        self.first.setdefault(cell, line.location)

    def finish(self, locations: Mapping[str, Location], policy: MissingPolicy) -> None:
        """Report unknown names and missing scores, once all sectors are taken."""
        self.unknown_criteria.report(self.diagnostics)
        never = [leaf for leaf in self.scored if not any((name, leaf) in self.covered for name in locations)]
        if policy == "error" and not self.unsure_files and locations:
            for leaf in never:
                self._missing(self.criteria.locations[leaf], text("no score on {criteria}", criteria=leaf))
        for technology, location in locations.items():
            file = location.file.replace("technologies.csv", "scores.csv")
            gaps = [
                leaf for leaf in self.scored if leaf not in never and (technology, leaf) not in self.covered
            ]
            if not gaps or technology in self.unsure_technologies or file in self.unsure_files:
                continue
            place = self.last_line.get(technology, location)
            if policy == "error":
                found = text(
                    "no score of {technology} on {criteria}", technology=technology, criteria=", ".join(gaps)
                )
                self._missing(place, found)
            self._need_scales(gaps, technology, place, policy)

    def _missing(self, location: Location, found: object) -> None:
        proposal = text("give the score, or set missing: full_range in the study")
        allowed = text("one score for each technology and criterion")
        self.diagnostics.add("S307", location, field="value", found=found, allowed=allowed, proposal=proposal)  # type: ignore[arg-type]

    def _need_scales(self, gaps: list[str], technology: str, place: Location, policy: MissingPolicy) -> None:
        without = [leaf for leaf in gaps if policy == "full_range" and self.scored[leaf].scale is None]
        if without:
            found = text(
                "no score of {technology} on {criteria}", technology=technology, criteria=", ".join(without)
            )
            allowed = text("a declared scale, which stands in for a missing score")
            self.diagnostics.add("S324", place, field="value", found=found, allowed=allowed)


def score_columns(table: TypedTable) -> list[dict[str, object]]:
    """Return the lines with empty low and high filled by the value."""
    rows = []
    for line in table:
        low, high = line["low"], line["high"]
        value = line["value"]
        rows.append(
            {**line.values, "low": value if low is None else low, "high": value if high is None else high}
        )
    return rows
