"""The role rule on arrays, many draws of values at once, and the share of draws in which a role holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from techprio.dependencies.graph import DependencyGraph
from techprio.dependencies.knockout import loss_matrix
from techprio.model.study import RoleSettings

BLOCK = 1000  # draws of values judged at once
GRAPHS = 500  # graphs drawn where edges are in doubt
PLATFORM, CORE, ENCOURAGED = range(3)  # places in model.roles.ROLES


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
    """

    settings: RoleSettings
    breadth: float
    member: np.ndarray
    counted: np.ndarray
    enabling: np.ndarray

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


def figures_of(rule: Rule, lost: sparse.csr_matrix, worth: np.ndarray) -> Figures:
    """Apply the rule to values of shape (draws, technologies).

    ``lost`` is the table K of :mod:`techprio.dependencies.knockout`.
    """
    totals = worth @ rule.member  # draws x sectors
    table = np.empty((*worth.shape, rule.member.shape[1]))
    for sector in range(rule.member.shape[1]):
        inside = np.flatnonzero(rule.member[:, sector])
        table[:, :, sector] = (lost[:, inside] @ worth[:, inside].T).T
    table = np.divide(table, totals[:, None, :], out=np.zeros_like(table), where=totals[:, None, :] > 0)
    return _judge(rule, table, worth, totals)


def _judge(rule: Rule, table: np.ndarray, worth: np.ndarray, totals: np.ndarray) -> Figures:
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
    role = np.where(cross | own_platform, PLATFORM, np.where(core, CORE, ENCOURAGED))
    return Figures(table, breadth, own_loss, depth, cross, role)


def _reaches(figure: np.ndarray, threshold: float) -> np.ndarray:
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
) -> tuple[np.ndarray, bool]:
    """Return the share of draws in which each role holds, and whether every edge is taken as certain.

    The share is NaN where nothing is drawn, neither values nor edges. Values come from ``draws``; each
    edge is left out with one minus its stated confidence. An alternative (``one_of``) in doubt leaves
    the group; a group without alternatives is no requirement.
    """
    role = figures_of(rule, lost, worth[None, :]).role[0]
    confidence = graph.edges["confidence"].fillna(1.0).to_numpy(dtype=float)
    certain = bool((confidence >= 1).all())
    if certain and draws is None:
        return np.full(len(role), np.nan), True
    values = worth[None, :] if draws is None else draws
    if certain:
        return _held(rule, lost, values, role) / len(values), True
    count = GRAPHS if draws is None else min(GRAPHS, len(draws))
    dropped = np.random.default_rng(seed).random((count, len(confidence))) >= confidence
    parts = [values] * count if draws is None else np.array_split(values, count)
    held = np.zeros(len(role))
    known: dict[bytes, sparse.csr_matrix] = {}
    for pattern, part in zip(dropped, parts, strict=True):
        key = pattern.tobytes()
        if key not in known:
            known[key] = loss_matrix(graph.without(np.flatnonzero(pattern)))
        held += _held(rule, known[key], part, role)
    return held / sum(len(part) for part in parts), False


def _held(rule: Rule, lost: sparse.csr_matrix, draws: np.ndarray, role: np.ndarray) -> np.ndarray:
    held = np.zeros(len(role))
    for start in range(0, len(draws), BLOCK):
        held += (figures_of(rule, lost, draws[start : start + BLOCK]).role == role).sum(axis=0)
    return held
