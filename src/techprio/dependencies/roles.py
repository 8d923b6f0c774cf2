"""Platform, core, encouraged: the role of each technology, from the knock-out losses.

1. platform, cross-sector: breadth, the sum over the sectors of min(1, loss / theta), reaches m;
2. platform of its own sector: function ``enabling``, and what its sector loses beside the
   technology itself reaches a stated share;
3. core: no platform, and the loss of its own sector reaches a number of average technologies;
4. encouraged: the rest.

Sectors in the breadth are those of the plan; a cross-sector group does not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from techprio.arguments import check_count, validated
from techprio.dependencies.chain import transitive_reduction
from techprio.dependencies.graph import DependencyGraph, build_graph, catalog_graph
from techprio.dependencies.knockout import check_values, loss_matrix, sector_members
from techprio.dependencies.rule import Figures, Rule, figures_of, role_certainty
from techprio.dependencies.shapley import carrying_shares
from techprio.errors import InputError
from techprio.language import Label, Text, text
from techprio.model.catalog import Catalog, CyclePolicy
from techprio.model.checks import Checks, numbers_between
from techprio.model.provenance import Provenance
from techprio.model.roles import ROLES, Roles
from techprio.model.study import RoleSettings, Study
from techprio.scoring import technology_values

Overrides = Mapping[str, tuple[str, str]]


@validated
def classify_roles(
    source: Study | Catalog | DependencyGraph | pd.DataFrame,
    values: pd.Series | None = None,
    *,
    sectors: Mapping[str, str] | pd.Series | None = None,
    settings: RoleSettings | None = None,
    overrides: Overrides | None = None,
    draws: pd.DataFrame | None = None,
    seed: int = 0,
    cycles: CyclePolicy | None = None,
) -> Roles:
    """Classify technologies as platform, core or encouraged.

    Parameters
    ----------
    source : Study, Catalog, DependencyGraph or DataFrame
        Technologies and what needs what; a table of dependencies has the columns ``technology,
        requires``.
    values : Series, optional
        Value of each technology: finite, not negative. A study has its own.
    sectors : mapping or Series of str, optional
        Sector of each technology. Studies and catalogues have them; without any, all technologies stand
        in one sector.
    settings : RoleSettings, optional
        Thresholds; by default those of the study, else ``RoleSettings()``. Its ``breadth`` None means
        half of the sectors of the plan, rounded down, and never below 2.
    overrides : mapping of str to (role, reason), optional
        Human decisions; they stand beside the rule in ``role_final`` and ``role_reason``. By default
        those of the study.
    draws : DataFrame, optional
        Drawn values, a row a draw, a column a technology, for the certainty of each role. Where neither
        values nor edges are drawn, the certainty is NaN.
    seed : int
        For leaving out edges at their confidence, and for sampled Shapley values.
    cycles : {"error", "bundle"}, optional
        What technologies that need each other are; by default what the catalogue states, else an error.

    Returns
    -------
    Roles

    Raises
    ------
    InputError, DataFileError
        Values, draws or overrides that cannot be used; a cycle of dependencies.

    Notes
    -----
    Which technologies are enabling is known of a study or a catalogue only; from a table of
    dependencies no technology is the platform of its own sector.

    Examples
    --------
    >>> import techprio as tp
    >>> edges = pd.DataFrame({"technology": ["B", "C", "D"], "requires": ["A", "A", "C"]})
    >>> values = pd.Series({"A": 1.0, "B": 2.0, "C": 3.0, "D": 4.0})
    >>> sectors = {"A": "s", "B": "s", "C": "t", "D": "t"}
    >>> roles = tp.classify_roles(edges, values, sectors=sectors)
    >>> roles.of("platform"), roles.table.loc["A", "scope"]
    (('A',), 'cross-sector')
    """
    subject = _subject(source, values, sectors, cycles)
    graph = subject.graph
    check_count("seed", seed, least=0)
    chosen = settings or subject.settings
    decided = _check_overrides(subject.overrides if overrides is None else overrides, graph)
    worth = check_values(graph, subject.values)
    drawn = None if draws is None else _check_draws(graph, draws)
    rule = _make_rule(subject, chosen)
    lost = loss_matrix(graph)
    figures = figures_of(rule, lost, worth[None, :])
    certainty, confident = role_certainty(rule, graph, worth, drawn, seed=seed, lost=lost)
    carried, notes = _carried(graph, worth, seed)
    table = _table(rule, graph, figures, certainty, worth, carried, subject.codes)
    table["role_final"] = [decided.get(name, (role, ""))[0] for name, role in table["role"].items()]
    table["role_reason"] = [decided.get(name, ("", ""))[1] for name in table.index]
    count = 0 if drawn is None else len(drawn)
    return Roles(
        table=table,
        knockout=pd.DataFrame(figures.lost[0], index=table.index, columns=subject.codes),
        settings=chosen,
        notes=(*_notes(rule, nothing_drawn=not count and confident), *notes),
        provenance=Provenance.of(repr(chosen), seed=seed),
        draws=count,
        seed=seed,
        levels=graph.levels,
        labels=subject.labels,
        edges=transitive_reduction(graph),
        stated_edges=len(graph.edges),
        sectors=subject.sector_names,
    )


@validated
def roles_under(
    source: Study | Catalog | DependencyGraph | pd.DataFrame,
    values: pd.DataFrame,
    *,
    settings: RoleSettings | None = None,
    cycles: CyclePolicy | None = None,
) -> pd.DataFrame:
    """Return the role of each technology under other values, by the rule alone.

    Parameters
    ----------
    source, settings, cycles
        As in :func:`classify_roles`.
    values : DataFrame
        A row a set of values, a column a technology.

    Returns
    -------
    DataFrame of str
        In the form of ``values``.

    Raises
    ------
    InputError
        Values that are missing, not finite or negative; a cycle of dependencies.

    Examples
    --------
    >>> edges = pd.DataFrame({"technology": ["B", "C"], "requires": ["A", "A"]})
    >>> roles_under(edges, pd.DataFrame({"A": [1.0, 0.1], "B": [1.0, 5.0], "C": [1.0, 5.0]}))["A"].tolist()
    ['core', 'core']
    """
    subject = _subject(source, values.iloc[0], None, cycles)
    rule = _make_rule(subject, settings or subject.settings)
    drawn = _check_draws(subject.graph, values)
    numbers = figures_of(rule, loss_matrix(subject.graph), drawn).role
    words = np.array(ROLES, dtype=object)[numbers]
    return pd.DataFrame(words, index=values.index, columns=list(subject.graph.technologies))


@dataclass(frozen=True)
class _Subject:
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

    @property
    def codes(self) -> list[str]:
        """Sectors in the order of the technologies."""
        return list(dict.fromkeys(str(self.sectors[name]) for name in self.graph.technologies))


def _subject(
    source: Study | Catalog | DependencyGraph | pd.DataFrame,
    values: pd.Series | None,
    sectors: Mapping[str, str] | pd.Series | None,
    cycles: CyclePolicy | None,
) -> _Subject:
    if isinstance(source, Study):
        own = _of_catalog(source.catalog, technology_values(source) if values is None else values, cycles)
        subject = replace(own, settings=source.roles, overrides=source.role_overrides)
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


def _of_catalog(catalog: Catalog, values: pd.Series, cycles: CyclePolicy | None) -> _Subject:
    technologies = catalog.technologies
    function = technologies.get("function", pd.Series("", index=technologies.index))
    return _Subject(
        graph=catalog_graph(catalog, cycles=cycles),
        values=values,
        sectors=technologies["sector"],
        cross=frozenset(sector.code for sector in catalog.sectors if sector.cross),
        enabling=frozenset(map(str, technologies.index[function == "enabling"])),
        labels={name: catalog.label(name) for name in technologies.index},
        sector_names={sector.code: sector.label for sector in catalog.sectors},
    )


def _of_graph(graph: DependencyGraph, values: pd.Series) -> _Subject:
    return _Subject(graph, values, dict.fromkeys(graph.technologies, "all"))


def _graph_of_edges(edges: pd.DataFrame, values: pd.Series, cycles: CyclePolicy | None) -> DependencyGraph:
    ends = [edges[column] for column in ("technology", "requires") if column in edges]
    names = dict.fromkeys(str(name) for part in (pd.Series(values).index, *ends) for name in part)
    return build_graph(edges, tuple(names), cycles=cycles or "error")


def breadth_threshold(catalog: Catalog, settings: RoleSettings) -> float:
    """Return from how many sectors on a technology is a cross-sector platform."""
    cross = {sector.code for sector in catalog.sectors if sector.cross}
    return _breadth(settings, _counted(list(catalog.technologies["sector"].unique()), cross))


def _breadth(settings: RoleSettings, counted: np.ndarray) -> float:
    """With one sector below 2, a technology that nothing needs would be a cross-sector platform."""
    return float(max(2, int(counted.sum()) // 2)) if settings.breadth is None else float(settings.breadth)


def _counted(codes: Sequence[str], cross: frozenset[str] | set[str]) -> np.ndarray:
    """Whether each sector counts in the breadth: all do where every one of them is cross-sector."""
    counted = np.array([code not in cross for code in codes])
    return counted if counted.any() else np.ones(len(codes), dtype=bool)


def _make_rule(subject: _Subject, settings: RoleSettings) -> Rule:
    member, codes = sector_members(subject.graph, subject.sectors)
    counted = _counted(codes, subject.cross)
    breadth = _breadth(settings, counted)
    checks = Checks(text("the thresholds of the roles cannot be used"))
    for name, value in (
        ("theta", settings.theta),
        ("breadth", breadth),
        ("own_sector", settings.own_sector),
        ("depth", settings.depth),
    ):
        if not value > 0:
            checks.add(f"roles.{name}", repr(value), text("a number above 0"))
    if not 0 <= settings.kept <= 1:
        checks.add("roles.kept", repr(settings.kept), numbers_between(0, 1))
    checks.check()
    enabling = np.array([name in subject.enabling for name in subject.graph.technologies])
    return Rule(settings, breadth, member, counted, enabling)


def _check_draws(graph: DependencyGraph, draws: pd.DataFrame) -> np.ndarray:
    if not isinstance(draws, pd.DataFrame) or not len(draws):
        raise InputError(
            text(
                "draws must be a DataFrame with a row a draw and a column a technology; got {kind}",
                kind=type(draws).__name__,
            )
        )
    columns = draws.rename(columns=str)
    missing = tuple(name for name in graph.technologies if name not in columns)
    if missing:
        raise InputError(text("the draws have no column for {names}", names=missing))
    drawn = columns[list(graph.technologies)].to_numpy(dtype=float)
    if not np.isfinite(drawn).all() or (drawn < 0).any():
        raise InputError(text("the draws must be finite and not negative"))
    return drawn


def _check_overrides(overrides: Overrides, graph: DependencyGraph) -> Overrides:
    checks = Checks(text("the decisions beside the rule cannot be used"))
    for name, (role, reason) in overrides.items():
        if name not in graph.needs:
            checks.unknown(text("technology"), name, graph.technologies)
        if role not in ROLES:
            checks.add(text("role of {technology}", technology=name), repr(role), ROLES)
        if not str(reason).strip():
            checks.add(text("reason of {technology}", technology=name), text("nothing"), text("its reason"))
    checks.check()
    return overrides


def _carried(graph: DependencyGraph, worth: np.ndarray, seed: int) -> tuple[np.ndarray, tuple[Text, ...]]:
    shares = carrying_shares(graph, seed=seed)
    if not shares.sampled:
        return shares.matrix @ worth, ()
    error = float(np.sqrt(shares.variance @ worth**2).max())
    note = text(
        "unlocked value of {count} technologies is sampled; largest standard error {error}",
        count=len(shares.sampled),
        error=error,
    )
    return shares.matrix @ worth, (note,)


def _table(
    rule: Rule,
    graph: DependencyGraph,
    figures: Figures,
    certainty: np.ndarray,
    worth: np.ndarray,
    carried: np.ndarray,
    codes: Sequence[str],
) -> pd.DataFrame:
    kept = rule.settings.kept
    columns = {
        "sector": np.array(codes)[rule.home],
        "role": [ROLES[number] for number in figures.role[0]],
        "scope": [_scope(cross, role) for cross, role in zip(figures.cross[0], figures.role[0], strict=True)],
        "breadth": figures.breadth[0],
        "breadth_margin": figures.breadth[0] / rule.breadth,
        "own_loss": figures.own_loss[0],
        "own_loss_margin": figures.own_loss[0] / rule.settings.own_sector,
        "depth": figures.depth[0],
        "depth_margin": figures.depth[0] / rule.settings.depth,
        "certainty": certainty,
        "own_value": worth,
        "carried": carried,
        "difference": carried - worth,
        "kept_value": kept * worth + (1 - kept) * carried,
    }
    return pd.DataFrame(columns, index=pd.Index(graph.technologies, name="technology"))


def _scope(cross: bool, role: int) -> str:
    if cross:
        return "cross-sector"
    return "own sector" if ROLES[role] == "platform" else ""


def _notes(rule: Rule, *, nothing_drawn: bool) -> tuple[Text, ...]:
    settings = rule.settings
    notes = [
        text(
            "a sector counts from a loss of {theta} on; platform: breadth from {breadth} sectors,"
            " or enabling with {own} of its own sector; core: from {depth} average technologies",
            theta=settings.theta,
            breadth=rule.breadth,
            own=settings.own_sector,
            depth=settings.depth,
        ),
        text("losses must not be added over technologies: what two of them open is counted in both"),
    ]
    if nothing_drawn:
        notes.append(text("no certainty is given: neither values nor edges were drawn"))
    return tuple(notes)
