"""The role rule on arrays, many draws of values at once, and the share of draws in which a role holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from techprio.dependencies.graph import DependencyGraph
from techprio.dependencies.knockout import loss_matrix
from techprio.model.settings import RoleSettings

BLOCK = 1000  # draws of values judged at once
GRAPHS = 500  # graphs drawn where edges are in doubt
PLATFORM, CORE, ENCOURAGED, WATCH = range(4)  # places in model.roles.ROLES


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


@dataclass(frozen=True)
class Figures:
    """Figures of the rule, draws first: shapes (draws, technologies), ``lost`` with sectors last."""

    lost: np.ndarray
    breadth: np.ndarray
    own_loss: np.ndarray
    depth: np.ndarray
    cross: np.ndarray
    role: np.ndarray


def figures_of(
    rule: Rule, lost: sparse.csr_matrix, worth: np.ndarray, lines: np.ndarray | None = None
) -> Figures:
    """Apply the rule to values of shape (draws, technologies).

    ``lost`` is the table K of :mod:`techprio.dependencies.knockout`; ``lines``, of the shape of the values,
    is what a value must reach, by itself or with what it carries, to be worth doing for adopters themselves.
    """
    totals = worth @ rule.member  # draws x sectors
    table = np.empty((*worth.shape, rule.member.shape[1]))
    for sector in range(rule.member.shape[1]):
        inside = np.flatnonzero(rule.member[:, sector])
        table[:, :, sector] = (lost[:, inside] @ worth[:, inside].T).T
    table = np.divide(table, totals[:, None, :], out=np.zeros_like(table), where=totals[:, None, :] > 0)
    return _judge(rule, table, worth, totals, lines)


def _judge(
    rule: Rule, table: np.ndarray, worth: np.ndarray, totals: np.ndarray, lines: np.ndarray | None
) -> Figures:
    settings = rule.settings
    breadth = np.minimum(1, table[:, :, rule.counted] / settings.theta).sum(axis=2)
    everyone = np.arange(worth.shape[1])
    own = table[:, everyone, rule.home]
    own_total = totals[:, rule.home]
    own_share = np.divide(worth, own_total, out=np.zeros_like(worth), where=own_total > 0)
    own_loss = np.maximum(own - own_share, 0)
    depth = own * rule.member.sum(axis=0)[rule.home]
    cross = _reaches(breadth, rule.breadth)
    own_platform = rule.enabling & rule.counted[rule.home] & _reaches(own_loss, settings.own_sector)
    core = _reaches(depth, settings.depth)
    role = np.where(cross | own_platform, PLATFORM, np.where(core, CORE, _others(rule, worth, lines)))
    return Figures(table, breadth, own_loss, depth, cross, role)


def _others(rule: Rule, worth: np.ndarray, lines: np.ndarray | None) -> np.ndarray:
    """Return what a technology is that is neither platform nor core: encouraged, or watched."""
    watched = np.zeros(worth.shape, dtype=bool)
    if lines is not None and rule.carrying is not None:
        carried = (rule.carrying @ worth.T).T
        watched |= ~(_reaches(worth, lines) | _reaches(carried, lines))
    if rule.held_back is not None:
        watched |= rule.held_back
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
    role = figures_of(rule, lost, worth[None, :], stated).role[0]
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
    held = np.zeros(len(role))
    for start in range(0, len(draws), BLOCK):
        block = slice(start, start + BLOCK)
        limits = None if lines is None else lines[block]
        held += (figures_of(rule, lost, draws[block], limits).role == role).sum(axis=0)
    return held
