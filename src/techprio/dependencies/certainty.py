"""How sure a role is: the share of draws in which it holds."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from techprio.dependencies.graph import DependencyGraph
from techprio.dependencies.knockout import loss_matrix
from techprio.dependencies.rule import Rule, figures_of

BLOCK = 1000  # draws of values judged at once
GRAPHS = 500  # graphs drawn where edges are in doubt


def role_certainty(
    rule: Rule,
    graph: DependencyGraph,
    worth: np.ndarray,
    draws: np.ndarray | None,
    *,
    seed: int,
    lost: sparse.csr_matrix,
) -> tuple[np.ndarray, bool]:
    """Return the certainty of each role, and whether every edge is taken as certain.

    Values come from ``draws``; each edge is left out with one minus its stated confidence. An
    alternative (``one_of``) in doubt leaves the group; a group without alternatives is no requirement.
    """
    role = figures_of(rule, lost, worth[None, :]).role[0]
    confidence = graph.edges["confidence"].fillna(1.0).to_numpy(dtype=float)
    certain = bool((confidence >= 1).all())
    if certain and draws is None:
        return np.ones(len(role)), True
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
