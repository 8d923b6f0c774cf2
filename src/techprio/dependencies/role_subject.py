"""What is classified: a graph with values and sectors, from a study, a catalogue, a graph or a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from techprio.dependencies.graph import DependencyGraph, build_graph, catalog_graph
from techprio.errors import InputError
from techprio.language import Label, text
from techprio.model.catalog import Catalog, CyclePolicy
from techprio.model.settings import RoleSettings
from techprio.model.study import Study
from techprio.scoring import reference_values, technology_values

Overrides = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Subject:
    """What is classified: the graph, values, sectors, and which technologies are enabling."""

    graph: DependencyGraph
    values: pd.Series
    sectors: Mapping[str, str] | pd.Series
    cross: frozenset[str] = frozenset()
    enabling: frozenset[str] = frozenset()
    settings: RoleSettings = field(default_factory=RoleSettings)
    overrides: Overrides = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    sector_names: Mapping[str, Label] = field(default_factory=dict)
    reference: pd.Series | None = None

    @property
    def codes(self) -> list[str]:
        """Sectors in the order of the technologies."""
        return list(dict.fromkeys(str(self.sectors[name]) for name in self.graph.technologies))


def subject_of(
    source: Study | Catalog | DependencyGraph | pd.DataFrame,
    values: pd.Series | None,
    sectors: Mapping[str, str] | pd.Series | None,
    cycles: CyclePolicy | None,
) -> Subject:
    """Return what is classified, from whatever of it was given."""
    if isinstance(source, Study):
        worth = technology_values(source) if values is None else values
        own = _of_catalog(source.catalog, worth, cycles)
        line = reference_values(source) if values is None else None
        subject = replace(own, settings=source.roles, overrides=source.role_overrides, reference=line)
    elif values is None:
        raise InputError(
            text("roles of {kind} need values, one for each technology", kind=type(source).__name__)
        )
    elif isinstance(source, Catalog):
        subject = _of_catalog(source, values, cycles)
    elif isinstance(source, DependencyGraph):
        subject = _of_graph(source, values)
    elif isinstance(source, pd.DataFrame):
        subject = _of_graph(_graph_of_edges(source, values, cycles), values)
    else:
        allowed = text("a study, a catalogue, a dependency graph, or a table of dependencies")
        raise InputError.argument("source", found=source, allowed=allowed)
    return subject if sectors is None else replace(subject, sectors=sectors)


def _of_catalog(catalog: Catalog, values: pd.Series, cycles: CyclePolicy | None) -> Subject:
    """Return what is classified, from whatever of it was given."""
    technologies = catalog.technologies
    function = technologies.get("function", pd.Series("", index=technologies.index))
    return Subject(
        graph=catalog_graph(catalog, cycles=cycles),
        values=values,
        sectors=technologies["sector"],
        cross=frozenset(sector.code for sector in catalog.sectors if sector.cross),
        enabling=frozenset(map(str, technologies.index[function == "enabling"])),
        labels={name: catalog.label(name) for name in technologies.index},
        sector_names={sector.code: sector.label for sector in catalog.sectors},
    )


def _of_graph(graph: DependencyGraph, values: pd.Series) -> Subject:
    """Return what is classified, from whatever of it was given."""
    return Subject(graph, values, dict.fromkeys(graph.technologies, "all"))


def _graph_of_edges(edges: pd.DataFrame, values: pd.Series, cycles: CyclePolicy | None) -> DependencyGraph:
    ends = [edges[column] for column in ("technology", "requires") if column in edges]
    names = dict.fromkeys(str(name) for part in (pd.Series(values).index, *ends) for name in part)
    return build_graph(edges, tuple(names), cycles=cycles or "error")
