"""The catalogue: technologies, scores, dependencies and sources of all sectors."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from techprio.inputs.catalog_rows import DependencyRow, ScoreRow, SourceRow
from techprio.inputs.criteria import ReadCriteria
from techprio.inputs.diagnostics import Diagnostics, Location, UnknownNames
from techprio.inputs.grid import Grid
from techprio.inputs.scores import ScoreCheck, score_columns
from techprio.inputs.study_tree import StudyTree
from techprio.inputs.tables import Line, TypedTable, note_defaults, read_table
from techprio.inputs.technologies import ReadTechnologies, read_technologies
from techprio.inputs.technology_row import TechnologyRow
from techprio.language import text
from techprio.model.catalog import Catalog, CyclePolicy, MissingPolicy
from techprio.model.catalog_tables import twice_said
from techprio.model.cycles import cyclic_components
from techprio.model.fields import fields_of
from techprio.model.resources import Resources
from techprio.model.sectors import Sector
from techprio.model.two_languages import forms_of


class ReadCatalog:
    """The tables of the catalogue, read and checked.

    Parameters
    ----------
    tree : StudyTree
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
        tree: StudyTree,
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
        self.sources = _read_sources(tree)
        unknown_sources = UnknownNames("S305", _names(self.sources))
        self.technologies = read_technologies(tree, sectors, criteria, funds, unknown_sources)
        self.scores = _read_scores(tree, self.sectors)
        self.lenient = _ids_in_doubt(self.technologies, self.scores)
        if criteria:
            check = ScoreCheck(criteria, self.unknown_technologies(), unknown_sources, tree.diagnostics)
            for table in self.scores.values():
                check.take(table)
            check.technologies.report(tree.diagnostics)
            check.finish(self.technologies.locations, missing)
        unknown_sources.report(tree.diagnostics)
        edges = tree.name_of("dependencies")
        self.dependencies = TypedTable(edges)
        data = tree.table("dependencies") if tree.has("dependencies") else None
        if data is not None:
            self.dependencies = read_dependencies(
                data, edges, self.unknown_technologies(), tree.diagnostics, cycles=cycles
            )

    def unknown_technologies(self) -> UnknownNames:
        """Return a gatherer of technologies that the catalogue does not have."""
        known = list(self.technologies.locations) if self.technologies.tables else None
        return UnknownNames("S303", known, lenient=self.lenient)

    def build(self, resources: Resources | None = None) -> Catalog:
        """Return the catalogue; to be called when no problem was found.

        Where no technology says who pays, the funds of the resources do, in proportion to their budgets.
        """
        if self.criteria is None:
            raise RuntimeError("the criteria could not be read")
        return Catalog(
            criteria=self.criteria.tree,
            sectors=self.sectors,
            technologies=technology_frame(self.technologies).assign(**self._shares(resources)),
            scores=_score_frame(self.scores),
            dependencies=_dependency_frame(self.dependencies),
            sources=self.sources.frame(SourceRow).set_index("id") if self.sources else pd.DataFrame(),
            missing=self.missing,
            cycles=self.cycles,
        )

    def _shares(self, resources: Resources | None) -> dict[str, float]:
        lines = [line for table in self.technologies.tables.values() for line in table]
        stated = (value for line in lines for name, value in line.values.items() if name.startswith("fund_"))
        if resources is None or len(resources.funds) < 2 or any(value is not None for value in stated):
            return {}
        amounts = {f"fund_{fund.id}": sum(fund.per_year.values()) for fund in resources.funds}
        total = sum(amounts.values())
        return {name: amount / total for name, amount in amounts.items()} if total > 0 else {}


def _read_sources(tree: StudyTree) -> TypedTable | None:
    data = tree.table("sources") if tree.has("sources") else None
    if data is None:
        return None
    table = read_table(data, tree.name_of("sources"), SourceRow, tree.diagnostics)
    first: dict[str, Location] = {}
    for line in table:
        name = line.get("id")
        if name in first:
            found = text("{id}, also in {location}", id=name, location=first[name].words)
            tree.diagnostics.add("S302", line.location, field="id", found=found, allowed=text("each id once"))
        elif name is not None:
            first[name] = line.location
        if not any(line.get(form) or form in line.faulty for form in forms_of("citation")):
            allowed = text("a citation")
            tree.diagnostics.add(
                "T114", line.location, field="citation", found=text("nothing"), allowed=allowed
            )
    check_forms(table, "citation", tree.diagnostics)
    return table


def _names(sources: TypedTable | None) -> list[str] | None:
    if sources is None or not sources.readable or any("id" in line.faulty for line in sources):
        return None
    return [line["id"] for line in sources]


def _read_scores(tree: StudyTree, sectors: Sequence[Sector]) -> dict[str, TypedTable]:
    tables = {}
    for sector in sectors:
        name = tree.name_of("scores", sector.code)
        data = tree.table("scores", sector.code) if tree.has_sector(sector.code) else None
        tables[sector.code] = (
            read_table(data, name, ScoreRow, tree.diagnostics) if data is not None else TypedTable(name)
        )
        note_defaults(tables[sector.code], ScoreRow, tree.diagnostics)
        check_forms(tables[sector.code], "note", tree.diagnostics)
    return tables


def check_forms(table: TypedTable, column: str, diagnostics: Diagnostics) -> None:
    """Report words that stand once and in a language of their own too."""
    for line in table:
        once, *both = (line.get(form) for form in forms_of(column))
        if once and any(both):
            found, allowed = twice_said(column)
            diagnostics.add("T142", line.location, field=column, found=found, allowed=allowed)


def _ids_in_doubt(technologies: ReadTechnologies, scores: dict[str, TypedTable]) -> frozenset[str]:
    """Return ids that no technology has, but that a problem in the file of their sector explains."""
    return frozenset(
        line["technology"]
        for code in technologies.doubtful
        for line in scores.get(code, ())
        if line.get("technology") is not None
    )


def technology_frame(technologies: ReadTechnologies) -> pd.DataFrame:
    """Return the technologies of all sectors, empty cells filled where another cell says them."""
    parts = [table.frame(TechnologyRow).assign(sector=code) for code, table in technologies.tables.items()]
    frame = pd.concat(parts, ignore_index=True)
    for name in ("capex", "lead"):
        for end in (f"{name}_low", f"{name}_high"):
            frame[end] = frame[end].astype(float).fillna(frame[f"{name}_mode"].astype(float))
    frame["name_vi"] = frame["name_vi"].where(frame["name_vi"] != "", frame["name_en"])
    shares = [name for name in frame if name.startswith("fund_")]
    return frame.drop(columns=[name for name in shares if frame[name].isna().all()]).set_index("id")


def _score_frame(scores: dict[str, TypedTable]) -> pd.DataFrame:
    rows = [row for table in scores.values() for row in score_columns(table)]
    names = [column.name for column in fields_of(ScoreRow)]
    return pd.DataFrame(rows, columns=names).astype({"value": float, "low": float, "high": float})


def _dependency_frame(table: TypedTable) -> pd.DataFrame:
    return table.frame(DependencyRow).astype({"share": float, "confidence": float, "lag_months": float})


Edge = tuple[str, str]


def read_dependencies(
    data: bytes | Grid,
    file: str,
    technologies: UnknownNames,
    diagnostics: Diagnostics,
    *,
    cycles: CyclePolicy = "error",
) -> TypedTable:
    """Read what technologies require, and check the graph.

    Parameters
    ----------
    data : bytes or Grid
    file : str
        Name for the problems.
    technologies : UnknownNames
        The technologies that are known.
    diagnostics : Diagnostics
        Takes the problems.
    cycles : {"error", "bundle"}
        With ``"bundle"`` a cycle is no problem, as long as no lag lies inside it.
    """
    table = read_table(data, file, DependencyRow, diagnostics)
    note_defaults(table, DependencyRow, diagnostics)
    check_forms(table, "reason", diagnostics)
    edges: dict[Edge, Location] = {}
    seen: dict[Edge, list[Line]] = {}
    for line in table:
        ends = [line.get(name) for name in ("technology", "requires")]
        known = [
            technologies.is_known(end, line.location, name)
            for end, name in zip(ends, ("technology", "requires"), strict=True)
        ]
        if line.get("share") is not None and line.get("kind") == "hard":
            diagnostics.add(
                "S316",
                line.location,
                field="share",
                found=f"{line['share']:g}",
                allowed=text("empty when the kind is hard"),
            )
        if all(known):
            _take((ends[0], ends[1]), line, seen, edges, diagnostics)
    technologies.report(diagnostics)
    if cycles == "error":
        _check_cycles(edges, diagnostics)
    else:
        _check_lags_of_bundles(table, edges, diagnostics)
    return table


def _take(
    edge: Edge,
    line: Line,
    seen: dict[Edge, list[Line]],
    edges: dict[Edge, Location],
    diagnostics: Diagnostics,
) -> None:
    """Take an edge; a pair may stand in several groups of alternatives, once in each."""
    if edge[0] == edge[1]:
        diagnostics.add(
            "S313", line.location, field="requires", found=edge[1], allowed=text("another technology")
        )
        return
    before = seen.setdefault(edge, [])
    if any(not _is_other_group(line, other) for other in before):
        found = text("{edge}, also in {location}", edge=" -> ".join(edge), location=edges[edge].words)
        allowed = text("each pair once, or once in each group of alternatives, with one timing")
        diagnostics.add("S314", line.location, field="requires", found=found, allowed=allowed)
    before.append(line)
    edges.setdefault(edge, line.location)


def _is_other_group(line: Line, other: Line) -> bool:
    groups = {line.get("one_of"), other.get("one_of")}
    same = all(line.get(name) == other.get(name) for name in ("timing", "lag_months", "kind"))
    return same and len(groups) == 2 and all(groups)


def _check_cycles(edges: dict[Edge, Location], diagnostics: Diagnostics) -> None:
    lines = {edge: location.line for edge, location in edges.items()}
    for component in cyclic_components(edges):
        location = min((edges[edge] for edge in component.edges), key=lambda place: place.line)
        diagnostics.add(
            "S315",
            location,
            field="requires",
            found=component.found(),
            allowed=text("no cycle"),
            proposal=component.proposal(lines),
        )


def _check_lags_of_bundles(table: TypedTable, edges: dict[Edge, Location], diagnostics: Diagnostics) -> None:
    import networkx as nx

    hard = [line for line in table if line.get("kind") == "hard"]
    pairs = {(line.get("technology"), line.get("requires")): line for line in hard}
    graph = nx.DiGraph([pair for pair in pairs if pair in edges])
    home = {
        name: place
        for place, component in enumerate(nx.strongly_connected_components(graph))
        for name in component
    }
    for pair, line in pairs.items():
        inside = pair in edges and home[pair[0]] == home[pair[1]]
        if inside and line.get("lag_months"):
            diagnostics.add(
                "S327",
                line.location,
                field="lag_months",
                found=f"{line['lag_months']:g}",
                allowed=text("0 inside a bundle, because its members start together"),
            )
