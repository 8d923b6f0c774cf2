"""The catalogue: technologies, scores, dependencies and sources of all sectors."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from techprio.inputs.criteria import ReadCriteria
from techprio.inputs.diagnostics import Location
from techprio.inputs.files import StudyFiles
from techprio.inputs.links import read_dependencies
from techprio.inputs.rows import DependencyRow, ScoreRow, SourceRow
from techprio.inputs.scores import ScoreCheck, score_columns
from techprio.inputs.tables import Table, read_table
from techprio.inputs.technologies import ReadTechnologies, read_technologies
from techprio.inputs.technology_row import TechnologyRow
from techprio.inputs.unknown import UnknownNames
from techprio.language import text
from techprio.model.catalog import Catalog, CyclePolicy, MissingPolicy, Sector
from techprio.model.fields import fields_of


class ReadCatalog:
    """The tables of the catalogue, read and checked.

    Parameters
    ----------
    files : StudyFiles
    sectors : sequence of Sector
    criteria : ReadCriteria, optional
        None when the criteria could not be read; what hangs on them is then not checked.
    funds : sequence of str, optional
        Sources of funds that the resources know.
    missing : {"error", "full_range"}
    cycles : {"error", "bundle"}
    """

    def __init__(
        self,
        files: StudyFiles,
        sectors: Sequence[Sector],
        criteria: ReadCriteria | None,
        *,
        funds: Sequence[str] | None = None,
        missing: MissingPolicy = "error",
        cycles: CyclePolicy = "error",
    ) -> None:
        self.sectors = tuple(sectors)
        self.criteria = criteria
        self.missing = missing
        self.cycles = cycles
        self.sources = _read_sources(files)
        unknown_sources = UnknownNames("S305", _names(self.sources))
        self.technologies = read_technologies(files, sectors, criteria, funds, unknown_sources)
        self.scores = _read_scores(files, self.sectors)
        self.lenient = _ids_in_doubt(self.technologies, self.scores)
        if criteria:
            check = ScoreCheck(criteria, self.unknown_technologies(), unknown_sources, files.diagnostics)
            for table in self.scores.values():
                check.take(table)
            check.technologies.report(files.diagnostics)
            check.finish(self.technologies.locations, missing)
        unknown_sources.report(files.diagnostics)
        edges = files.shown("dependencies.csv")
        self.dependencies = Table(edges)
        data = files.read("dependencies.csv") if files.has("dependencies.csv") else None
        if data is not None:
            self.dependencies = read_dependencies(
                data, edges, self.unknown_technologies(), files.diagnostics, cycles=cycles
            )

    def unknown_technologies(self) -> UnknownNames:
        """Return a gatherer of technologies that the catalogue does not have."""
        known = list(self.technologies.locations) if self.technologies.tables else None
        return UnknownNames("S303", known, lenient=self.lenient)

    def build(self) -> Catalog:
        """Return the catalogue; to be called when no problem was found."""
        if self.criteria is None:
            raise RuntimeError("the criteria could not be read")
        return Catalog(
            criteria=self.criteria.tree,
            sectors=self.sectors,
            technologies=_technology_frame(self.technologies),
            scores=_score_frame(self.scores),
            dependencies=_dependency_frame(self.dependencies),
            sources=self.sources.frame(SourceRow).set_index("id") if self.sources else pd.DataFrame(),
            missing=self.missing,
            cycles=self.cycles,
        )


def _read_sources(files: StudyFiles) -> Table | None:
    if not files.has("sources.csv"):
        return None
    data = files.read("sources.csv")
    if data is None:
        return None
    table = read_table(data, files.shown("sources.csv"), SourceRow, files.diagnostics)
    first: dict[str, Location] = {}
    for line in table:
        name = line.get("id")
        if name in first:
            found = text("{id}, also in {location}", id=name, location=first[name].words)
            files.diagnostics.add(
                "S302", line.location, field="id", found=found, allowed=text("each id once")
            )
        elif name is not None:
            first[name] = line.location
    return table


def _names(sources: Table | None) -> list[str] | None:
    if sources is None or not sources.readable or any("id" in line.faulty for line in sources):
        return None
    return [line["id"] for line in sources]


def _read_scores(files: StudyFiles, sectors: Sequence[Sector]) -> dict[str, Table]:
    tables = {}
    for sector in sectors:
        file = f"{sector.folder}/scores.csv"
        name = files.shown(file)
        if not files.has_folder(sector.folder):
            tables[sector.code] = Table(name)
            continue
        data = files.read(file)
        tables[sector.code] = (
            read_table(data, name, ScoreRow, files.diagnostics) if data is not None else Table(name)
        )
    return tables


def _ids_in_doubt(technologies: ReadTechnologies, scores: dict[str, Table]) -> frozenset[str]:
    """Return ids that no technology has, but that a fault in the file of their sector explains."""
    return frozenset(
        line["technology"]
        for code in technologies.doubtful
        for line in scores.get(code, ())
        if line.get("technology") is not None
    )


def _technology_frame(technologies: ReadTechnologies) -> pd.DataFrame:
    parts = [table.frame(TechnologyRow).assign(sector=code) for code, table in technologies.tables.items()]
    frame = pd.concat(parts, ignore_index=True)
    for column in fields_of(TechnologyRow):
        if column.kind == "number":
            frame[column.name] = frame[column.name].astype(float)
    return frame.set_index("id")


def _score_frame(scores: dict[str, Table]) -> pd.DataFrame:
    rows = [row for table in scores.values() for row in score_columns(table)]
    names = [column.name for column in fields_of(ScoreRow)]
    return pd.DataFrame(rows, columns=names).astype({"value": float, "low": float, "high": float})


def _dependency_frame(table: Table) -> pd.DataFrame:
    return table.frame(DependencyRow).astype({"share": float, "confidence": float, "lag_months": int})
