"""Platform, core, encouraged: the role of each technology, from the knock-out table.

1. platform, cross-sector: breadth, the sum over the sectors of min(1, loss / theta), reaches m;
2. platform of its own sector: function ``enabling``, and what its sector loses beside the
   technology itself reaches a stated share;
3. core: no platform, and the loss of its own sector reaches a number of average technologies;
4. encouraged: the rest.

Sectors in the breadth are those of the plan; a cross-sector group does not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from techprio.dependencies.certainty import role_certainty
from techprio.dependencies.graph import DependencyGraph, catalog_graph
from techprio.dependencies.knockout import check_values, loss_matrix, sector_members
from techprio.dependencies.rule import Figures, Rule, figures_of
from techprio.dependencies.shapley import carrying_shares
from techprio.errors import InputError, near_name
from techprio.language import Text, text
from techprio.model.catalog import Catalog, CyclePolicy
from techprio.model.provenance import Provenance
from techprio.model.roles import ROLES, Roles
from techprio.model.study import RoleSettings


def classify_roles(
    catalog: Catalog,
    values: pd.Series,
    *,
    settings: RoleSettings = RoleSettings(),  # noqa: B008 - frozen
    value_draws: np.ndarray | None = None,
    draw_names: Sequence[str] | None = None,
    seed: int = 0,
    overrides: Mapping[str, tuple[str, str]] | None = None,
    cycles: CyclePolicy | None = None,
) -> Roles:
    """Tell platforms, core and encouraged technologies apart.

    Parameters
    ----------
    catalog : Catalog
        Technologies with ``sector`` and ``function``, sectors, dependencies.
    values : Series
        Value of each technology: finite, not negative.
    settings : RoleSettings
        Thresholds; ``breadth`` None means half of the sectors of the plan, rounded down.
    value_draws : array of shape (draws, m), optional
        Values drawn by the simulation, for the certainty of each role.
    draw_names : sequence of str, optional
        Technologies of the columns of ``value_draws``; by default those of the catalogue.
    seed : int
        For dropping edges at their confidence, and for sampled Shapley shares.
    overrides : mapping of str to (role, reason), optional
        Human decisions; they stand beside the rule in ``role_final`` and ``role_reason``.
    cycles : {"error", "bundle"}, optional
        What technologies that need each other are; by default what the catalogue says.

    Returns
    -------
    Roles

    Raises
    ------
    InputError, DataFileError
        Values, draws or overrides that cannot be used; a circle of dependencies.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> plan = tp.plan_phases(study, gap=0.05)
    >>> roles = tp.classify_roles(study.catalog, plan.placements["value"])
    >>> roles.table["role"].value_counts().to_dict()
    {'encouraged': 44, 'core': 35, 'platform': 11}
    >>> roles.table.loc["CRS01", ["role", "scope"]].tolist()
    ['platform', 'cross-sector']
    """
    graph = catalog_graph(catalog, cycles=cycles)
    decided = _check_overrides(overrides or {}, graph)
    worth = check_values(graph, values)
    draws = _check_draws(graph, value_draws, draw_names)
    member, codes = sector_members(graph, catalog.technologies["sector"])
    rule = _make_rule(catalog, graph, settings, member, codes)
    lost = loss_matrix(graph)
    figures = figures_of(rule, lost, worth[None, :])
    certainty, confident = role_certainty(rule, graph, worth, draws, seed=seed, lost=lost)
    carried, notes = _carried(graph, worth, seed)
    table = _table(rule, graph, figures, certainty, worth, carried, codes)
    table["role_final"] = [decided.get(name, (role, ""))[0] for name, role in table["role"].items()]
    table["role_reason"] = [decided.get(name, ("", ""))[1] for name in table.index]
    knockout = pd.DataFrame(figures.lost[0], index=table.index, columns=codes)
    count = 0 if draws is None else len(draws)
    return Roles(
        table=table,
        knockout=knockout,
        settings=settings,
        notes=(*_notes(rule, count, confident), *notes),
        provenance=_provenance(settings, seed),
        draws=count,
        seed=seed,
        levels=graph.levels,
    )


def breadth_threshold(catalog: Catalog, settings: RoleSettings) -> float:
    """Return from how many sectors on a technology is a cross-sector platform."""
    if settings.breadth is not None:
        return float(settings.breadth)
    return float(max(1, int(_counted(catalog, list(catalog.technologies["sector"].unique())).sum()) // 2))


def _counted(catalog: Catalog, codes: Sequence[str]) -> np.ndarray:
    """Whether each sector counts in the breadth: all do where every one of them is cross-sector."""
    cross = {sector.code for sector in catalog.sectors if sector.cross}
    counted = np.array([code not in cross for code in codes])
    return counted if counted.any() else np.ones(len(codes), dtype=bool)


def _make_rule(
    catalog: Catalog, graph: DependencyGraph, settings: RoleSettings, member: np.ndarray, codes: Sequence[str]
) -> Rule:
    counted = _counted(catalog, codes)
    breadth = breadth_threshold(catalog, settings)
    technologies = catalog.technologies
    function = (
        technologies["function"] if "function" in technologies else pd.Series("", index=technologies.index)
    )
    for name, value in (
        ("theta", settings.theta),
        ("breadth", breadth),
        ("own_sector", settings.own_sector),
        ("depth", settings.depth),
    ):
        if not value > 0:
            raise InputError(f"roles.{name} must be above 0; got {value}")
    if not 0 <= settings.kept <= 1:
        raise InputError(f"roles.kept must lie between 0 and 1; got {settings.kept}")
    enabling = np.array([str(function[name]) == "enabling" for name in graph.technologies])
    return Rule(settings, breadth, member, counted, enabling)


def _check_draws(
    graph: DependencyGraph, value_draws: np.ndarray | None, names: Sequence[str] | None
) -> np.ndarray | None:
    if value_draws is None:
        return None
    draws = np.asarray(value_draws, dtype=float)
    columns = list(graph.technologies if names is None else map(str, names))
    if draws.ndim != 2 or draws.shape[1] != len(columns) or not len(draws):
        raise InputError(f"value_draws must have shape (draws, {len(columns)}); got {draws.shape}")
    missing = [name for name in graph.technologies if name not in set(columns)]
    if missing:
        raise InputError(f"value_draws have no column for {', '.join(missing)}")
    if not np.isfinite(draws).all() or (draws < 0).any():
        raise InputError("value_draws must be finite and not negative")
    place = {name: number for number, name in enumerate(columns)}
    return draws[:, [place[name] for name in graph.technologies]]


def _check_overrides(
    overrides: Mapping[str, tuple[str, str]], graph: DependencyGraph
) -> Mapping[str, tuple[str, str]]:
    faults = []
    for name, (role, reason) in overrides.items():
        if name not in graph.needs:
            faults.append(f"unknown technology {name!r} (near: {near_name(name, graph.technologies) or '-'})")
        if role not in ROLES:
            faults.append(f"{name}: role {role!r}; allowed: {', '.join(ROLES)}")
        if not str(reason).strip():
            faults.append(f"{name}: a decision beside the rule needs its reason")
    if faults:
        raise InputError("overrides: " + "; ".join(faults))
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


def _notes(rule: Rule, draws: int, confident: bool) -> tuple[Text, ...]:
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
    if not draws and confident:
        notes.append(text("certainty 1 means that nothing was drawn: neither values nor edges"))
    return tuple(notes)


def _provenance(settings: RoleSettings, seed: int) -> Provenance:
    from techprio import __version__

    return Provenance(version=__version__, method=repr(settings), seed=seed)
