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
from dataclasses import replace

import numpy as np
import pandas as pd

from techprio.arguments import check_count, validated
from techprio.dependencies.chain import transitive_reduction
from techprio.dependencies.graph import DependencyGraph
from techprio.dependencies.knockout import check_values, loss_matrix
from techprio.dependencies.rule import (
    WATCH,
    Figures,
    Overrides,
    Rule,
    figures_of,
    losses_by_sector,
    lost_shares,
    make_rule,
    role_certainty,
    roles_of,
    subject_of,
)
from techprio.dependencies.shapley import Shares, carrying_shares
from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.catalog import Catalog, CyclePolicy
from techprio.model.checks import Checks
from techprio.model.provenance import Provenance
from techprio.model.roles import ROLES, Roles
from techprio.model.settings import RoleSettings
from techprio.model.study import Study
from techprio.scoring import reference_values


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
    reference: pd.Series | None = None,
    reference_draws: pd.DataFrame | None = None,
    not_now: Mapping[str, Text | str] | None = None,
) -> Roles:
    """Classify technologies as platform, core, encouraged, or to be watched and not begun now.

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
    reference : Series, optional
        By technology, the value that makes it worth doing for adopters themselves: that of the reference
        profile. What is neither platform nor core and reaches it neither by its own value nor by what it
        unlocks is watched. A study with a profile has its own; without one nothing is held against it.
    reference_draws : DataFrame, optional
        The same in each of ``draws``.
    not_now : mapping of str to Text or str, optional
        What cannot be begun, with the reason: without a place in the plan, not ready inside its horizon.
        It is watched where it is neither platform nor core.
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
    subject = subject_of(source, values, sectors, cycles)
    graph = subject.graph
    check_count("seed", seed, least=0)
    chosen = settings or subject.settings
    decided = _check_overrides(subject.overrides if overrides is None else overrides, graph)
    worth = check_values(graph, subject.values)
    drawn = None if draws is None else _check_draws(graph, draws)
    held = _check_held_back(not_now or {}, graph)
    shares = carrying_shares(graph, seed=seed)
    rule = replace(
        make_rule(subject, chosen),
        carrying=shares.matrix,
        held_back=np.array([name in held for name in graph.technologies]),
    )
    line, lines = _lines(graph, subject.reference if reference is None else reference, reference_draws, drawn)
    lost = loss_matrix(graph)
    losses = losses_by_sector(rule, lost)
    figures = figures_of(rule, losses, worth[None, :], None if line is None else line[None, :])
    certainty, confident = role_certainty(
        rule, graph, worth, drawn, seed=seed, lost=lost, line=line, lines=lines
    )
    carried, notes = _carried(shares, worth)
    table = _table(rule, graph, figures, certainty, worth, carried, subject.codes)
    table["watch_reason"] = _watch_reasons(table, held, line)
    table["role_final"] = [decided.get(name, (role, ""))[0] for name, role in table["role"].items()]
    table["role_reason"] = [decided.get(name, ("", ""))[1] for name in table.index]
    count = 0 if drawn is None else len(drawn)
    return Roles(
        table=table,
        knockout=pd.DataFrame(lost_shares(rule, losses, figures), index=table.index, columns=subject.codes),
        settings=chosen,
        notes=(*_notes(rule, nothing_drawn=not count and confident, with_profile=line is not None), *notes),
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
    subject = subject_of(source, values.iloc[0], None, cycles)
    rule = make_rule(subject, settings or subject.settings)
    drawn = _check_draws(subject.graph, values)
    line, _ = _lines(
        subject.graph, reference_values(source) if isinstance(source, Study) else None, None, None
    )
    lines = None if line is None else np.broadcast_to(line, drawn.shape)
    rule = rule if line is None else replace(rule, carrying=carrying_shares(subject.graph).matrix)
    numbers = roles_of(rule, loss_matrix(subject.graph), drawn, lines)
    words = np.array(ROLES, dtype=object)[numbers]
    return pd.DataFrame(words, index=values.index, columns=list(subject.graph.technologies))


def _check_draws(graph: DependencyGraph, draws: pd.DataFrame, *, least: float | None = 0.0) -> np.ndarray:
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
    if not np.isfinite(drawn).all() or (least is not None and (drawn < least).any()):
        raise InputError(text("the draws must be finite and not negative"))
    return drawn


def _lines(
    graph: DependencyGraph,
    reference: pd.Series | None,
    reference_draws: pd.DataFrame | None,
    drawn: np.ndarray | None,
) -> tuple[np.ndarray | None, np.ndarray | None]:
    """Return the value that makes a technology worth doing, as stated and in each draw."""
    if reference is None:
        return None, None
    line = check_values(graph, reference)
    if reference_draws is None or drawn is None:
        return line, None
    lines = _check_draws(graph, reference_draws, least=None)
    if len(lines) != len(drawn):
        allowed = text("{count} rows, as the draws", count=len(drawn))
        raise InputError.argument("reference_draws", found=len(lines), allowed=allowed)
    return line, lines


def _check_held_back(not_now: Mapping[str, Text | str], graph: DependencyGraph) -> Mapping[str, Text | str]:
    checks = Checks(text("what cannot be begun cannot be used"))
    for name in not_now:
        if name not in graph.needs:
            checks.unknown("not_now", name, graph.technologies)
    checks.check()
    return not_now


def _watch_reasons(
    table: pd.DataFrame, held: Mapping[str, Text | str], line: np.ndarray | None
) -> list[Text | str]:
    """Return why each technology is only watched; empty for any other."""
    reasons: list[Text | str] = []
    for place, (name, row) in enumerate(table.iterrows()):
        if row["role"] != ROLES[WATCH]:
            reasons.append("")
        elif str(name) in held:
            reasons.append(held[str(name)])
        else:
            reasons.append(
                text(
                    "its value {own} and the {carried} that it unlocks lie below the {line} of the reference "
                    "profile",
                    own=round(float(row["own_value"]), 3),
                    carried=round(float(row["carried"]), 3),
                    line=round(float(line[place]) if line is not None else float("nan"), 3),
                )
            )
    return reasons


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


def _carried(shares: Shares, worth: np.ndarray) -> tuple[np.ndarray, tuple[Text, ...]]:
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
        "role": [ROLES[number] for number in figures.role[:, 0]],
        "scope": [
            _scope(cross, role) for cross, role in zip(figures.cross[:, 0], figures.role[:, 0], strict=True)
        ],
        "breadth": figures.breadth[:, 0],
        "breadth_margin": figures.breadth[:, 0] / rule.breadth,
        "own_loss": figures.own_loss[:, 0],
        "own_loss_margin": figures.own_loss[:, 0] / rule.settings.own_sector,
        "depth": figures.depth[:, 0],
        "depth_margin": figures.depth[:, 0] / rule.settings.depth,
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


def _notes(rule: Rule, *, nothing_drawn: bool, with_profile: bool) -> tuple[Text, ...]:
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
    if with_profile:
        notes.append(
            text(
                "encouraged: its own value, or what it unlocks, reaches the reference profile; watched: what "
                "does not, or cannot be begun"
            )
        )
    if nothing_drawn:
        notes.append(text("no certainty is given: neither values nor edges were drawn"))
    return tuple(notes)
