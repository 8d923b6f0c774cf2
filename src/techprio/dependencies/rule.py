"""What is classified, and the role rule: on arrays, many draws of values at once, with its certainty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from techprio.dependencies.graph import DependencyGraph, build_graph, catalog_graph
from techprio.dependencies.knockout import loss_matrix, sector_members
from techprio.errors import InputError
from techprio.language import Label, text
from techprio.model.catalog import Catalog, CyclePolicy
from techprio.model.checks import Checks, numbers_between
from techprio.model.settings import RoleSettings
from techprio.model.study import Study
from techprio.scoring import reference_values, technology_values

Overrides = Mapping[str, tuple[str, str]]
BLOCK = 500  # draws of values judged at once
GRAPHS = 500  # graphs drawn where edges are in doubt
PLATFORM, CORE, ENCOURAGED, WATCH = range(4)  # places in model.roles.ROLES


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


@dataclass(frozen=True)
class Rule:
    """Thresholds with what they are applied to.

    Parameters
    ----------
    settings : RoleSettings
    breadth : float
        Number of sectors from which on a technology is a cross-sector platform.
    member : array of shape (technologies, sectors)
        1 where the technology belongs to the sector.
    counted : array of shape (sectors,)
        Whether the sector counts in the breadth.
    enabling : array of shape (technologies,)
    carrying : sparse matrix, optional
        What each technology (row) carries of the value of each other (column); needed with ``lines``.
    held_back : array of bool, shape (technologies,), optional
        What cannot be begun, whatever it is worth: watched where it is neither platform nor core.
    """

    settings: RoleSettings
    breadth: float
    member: np.ndarray
    counted: np.ndarray
    enabling: np.ndarray
    carrying: sparse.csr_matrix | None = None
    held_back: np.ndarray | None = None

    @cached_property
    def home(self) -> np.ndarray:
        """Place of the sector of each technology."""
        return self.member.argmax(axis=1)


def make_rule(subject: Subject, settings: RoleSettings) -> Rule:
    """Return the rule for what is classified.

    Raises
    ------
    InputError
        Thresholds that are not above 0.
    """
    member, codes = sector_members(subject.graph, subject.sectors)
    counted = _counted_sectors(codes, subject.cross)
    breadth = _wanted_breadth(settings, counted)
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


def breadth_threshold(catalog: Catalog, settings: RoleSettings) -> float:
    """Return from how many sectors on a technology is a cross-sector platform."""
    cross = {sector.code for sector in catalog.sectors if sector.cross}
    return _wanted_breadth(settings, _counted_sectors(list(catalog.technologies["sector"].unique()), cross))


def _wanted_breadth(settings: RoleSettings, counted: np.ndarray) -> float:
    """With one sector below 2, a technology that nothing needs would be a cross-sector platform."""
    return float(max(2, int(counted.sum()) // 2)) if settings.breadth is None else float(settings.breadth)


def _counted_sectors(codes: Sequence[str], cross: frozenset[str] | set[str]) -> np.ndarray:
    """Whether each sector counts in the breadth: all do where every one of them is cross-sector."""
    counted = np.array([code not in cross for code in codes])
    return counted if counted.any() else np.ones(len(codes), dtype=bool)


@dataclass(frozen=True)
class SectorLosses:
    """The table K by sector: the pairs of a technology and a sector in which it takes something away.

    Most technologies touch a sector or two of many, so a nation's table has few pairs.

    Parameters
    ----------
    technology, sector : array of shape (pairs,)
    losses : sparse matrix of shape (pairs, technologies)
        The rows of K, with the columns of the sector alone.
    own : array of shape (technologies,)
        The pair of each technology with its own sector.
    """

    technology: np.ndarray
    sector: np.ndarray
    losses: sparse.csr_matrix
    own: np.ndarray


def losses_by_sector(rule: Rule, lost: sparse.csr_matrix) -> SectorLosses:
    """Return the table K of :mod:`techprio.dependencies.knockout` by sector."""
    technologies, sectors = rule.member.shape
    table, everyone = lost.tocoo(), np.arange(technologies)
    row, column = (np.concatenate([part, everyone]) for part in (table.row, table.col))
    found, pair = np.unique(row * sectors + rule.home[column], return_inverse=True)
    return SectorLosses(
        technology=found // sectors,
        sector=found % sectors,
        losses=sparse.csr_matrix(
            (np.append(table.data, np.zeros(technologies)), (pair, column)), shape=(len(found), technologies)
        ),
        own=pair[len(table.data) :],
    )


@dataclass(frozen=True)
class Figures:
    """Figures of the rule, technologies first: shapes (technologies, draws), ``shares`` (pairs, draws)."""

    shares: np.ndarray
    breadth: np.ndarray
    own_loss: np.ndarray
    depth: np.ndarray
    cross: np.ndarray
    role: np.ndarray


def figures_of(
    rule: Rule, losses: SectorLosses, worth: np.ndarray, lines: np.ndarray | None = None
) -> Figures:
    """Apply the rule to values of shape (draws, technologies).

    ``lines``, of the shape of the values, is what a value must reach, by itself or with what it carries, to
    be worth doing for adopters themselves.
    """
    settings, home = rule.settings, rule.home
    totals = np.ascontiguousarray((worth @ rule.member).T)  # sectors x draws
    worth = np.ascontiguousarray(worth.T)
    shares = _share_of(losses.losses @ worth, totals[losses.sector])
    breadth = _breadth(rule, losses, shares)
    own = shares[losses.own]
    own_loss = np.maximum(own - _share_of(worth, totals[home]), 0)
    depth = own * rule.member.sum(axis=0)[home][:, None]
    cross = _reaches(breadth, rule.breadth)
    may = (rule.enabling & rule.counted[home])[:, None]
    own_platform = may & _reaches(own_loss, settings.own_sector)
    core = _reaches(depth, settings.depth)
    others = _others(rule, worth, None if lines is None else lines.T)
    role = np.where(cross | own_platform, PLATFORM, np.where(core, CORE, others))
    return Figures(shares, breadth, own_loss, depth, cross, role)


def lost_shares(rule: Rule, losses: SectorLosses, figures: Figures) -> np.ndarray:
    """Return the share of each sector that is lost without each technology, of the first draw."""
    table = np.zeros(rule.member.shape)
    table[losses.technology, losses.sector] = figures.shares[:, 0]
    return table


def _breadth(rule: Rule, losses: SectorLosses, shares: np.ndarray) -> np.ndarray:
    """Return in how many counted sectors much is lost, those below theta in part."""
    counted = np.flatnonzero(rule.counted[losses.sector])
    who = losses.technology[counted]
    adds = sparse.csr_matrix(
        (np.ones(len(who)), (who, np.arange(len(who)))), shape=(len(rule.member), len(who))
    )
    return np.asarray(adds @ np.minimum(1, shares[counted] / rule.settings.theta))


def _share_of(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return the share of a whole, 0 of nothing."""
    if (whole > 0).all():
        return np.asarray(part / whole)
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def roles_of(
    rule: Rule, lost: sparse.csr_matrix, worth: np.ndarray, lines: np.ndarray | None = None
) -> np.ndarray:
    """Return the roles of :func:`figures_of`, draws first; some at once: their tables stay in the cache."""
    losses = losses_by_sector(rule, lost)
    parts = [
        figures_of(rule, losses, worth[block], None if lines is None else lines[block]).role.T
        for block in (slice(start, start + BLOCK) for start in range(0, len(worth), BLOCK))
    ]
    return np.concatenate(parts) if parts else np.zeros(worth.shape, dtype=int)


def _others(rule: Rule, worth: np.ndarray, lines: np.ndarray | None) -> np.ndarray:
    """Return what a technology is that is neither platform nor core: encouraged, or watched."""
    watched = np.zeros(worth.shape, dtype=bool)
    if lines is not None and rule.carrying is not None:
        watched |= ~(_reaches(worth, lines) | _reaches(rule.carrying @ worth, lines))
    if rule.held_back is not None:
        watched |= rule.held_back[:, None]
    return np.where(watched, WATCH, ENCOURAGED)


def _reaches(figure: np.ndarray, threshold: float | np.ndarray) -> np.ndarray:
    """At least, with room for the rounding of sums."""
    return figure >= threshold * (1 - 1e-12)


def role_certainty(
    rule: Rule,
    graph: DependencyGraph,
    worth: np.ndarray,
    draws: np.ndarray | None,
    *,
    seed: int,
    lost: sparse.csr_matrix,
    line: np.ndarray | None = None,
    lines: np.ndarray | None = None,
) -> tuple[np.ndarray, bool]:
    """Return the share of draws in which each role holds, and whether every edge is taken as certain.

    The share is NaN where nothing is drawn, neither values nor edges. Values come from ``draws``; each
    edge is left out with one minus its stated confidence. An alternative (``one_of``) in doubt leaves
    the group; a group without alternatives is no requirement. ``line`` is what a value must reach as
    stated, ``lines`` in each draw.
    """
    stated = None if line is None else line[None, :]
    role = figures_of(rule, losses_by_sector(rule, lost), worth[None, :], stated).role[:, 0]
    confidence = graph.edges["confidence"].fillna(1.0).to_numpy(dtype=float)
    certain = bool((confidence >= 1).all())
    if certain and draws is None:
        return np.full(len(role), np.nan), True
    values = worth[None, :] if draws is None else draws
    limits = stated if draws is None or lines is None else lines
    if limits is not None:
        limits = np.broadcast_to(limits, values.shape)
    if certain:
        return _held(rule, lost, values, role, limits) / len(values), True
    count = GRAPHS if draws is None else min(GRAPHS, len(draws))
    dropped = np.random.default_rng(seed).random((count, len(confidence))) >= confidence
    parts = [values] * count if draws is None else np.array_split(values, count)
    whole: list[np.ndarray | None] = [limits] * count
    if draws is not None and limits is not None:
        whole = [*np.array_split(limits, count)]
    held = np.zeros(len(role))
    known: dict[bytes, sparse.csr_matrix] = {}
    for pattern, part, limit in zip(dropped, parts, whole, strict=True):
        key = pattern.tobytes()
        if key not in known:
            known[key] = loss_matrix(graph.without(np.flatnonzero(pattern)))
        held += _held(rule, known[key], part, role, limit)
    return held / sum(len(part) for part in parts), False


def _held(
    rule: Rule, lost: sparse.csr_matrix, draws: np.ndarray, role: np.ndarray, lines: np.ndarray | None
) -> np.ndarray:
    return np.asarray((roles_of(rule, lost, draws, lines) == role).sum(axis=0, dtype=float))
