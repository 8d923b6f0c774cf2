"""Local weights that are given node by node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from techprio.errors import InputError
from techprio.language import text
from techprio.model.weights import Weights
from techprio.weighting.given import Figures, given_weights, make_weights
from techprio.weighting.panel import spread_down


def given_tree_weights(local: Mapping[str, Figures], *, normalize: bool = False) -> Weights:
    """Take the local weights of a tree as they are given and multiply them down to the leaves.

    Parameters
    ----------
    local : mapping of node to mapping of child to weight
        The root first; the weights of each node follow the rules of :func:`given_weights`.
    normalize : bool
        As in :func:`given_weights`.

    Returns
    -------
    Weights

    Raises
    ------
    InputError
        The faults of every node at once, each with the name of its node; a node that hangs nowhere.

    Examples
    --------
    >>> tree = {"goal": {"gain": 0.6, "cost": 0.4}, "gain": {"jobs": 0.5, "income": 0.5}}
    >>> given_tree_weights(tree).overall.to_dict()
    {'jobs': 0.3, 'income': 0.3, 'cost': 0.4}
    """
    if not local:
        raise InputError(
            "the tree of weights cannot be used: found no node; allowed: {node: {child: weight}}"
        )
    nodes: dict[str, Weights] = {}
    faults = []
    for node, figures in local.items():
        try:
            nodes[node] = given_weights(figures, normalize=normalize)
        except InputError as error:
            faults.append(f"node {node!r}: {error}")
    hierarchy = {node: tuple(found.overall.index) for node, found in nodes.items()}
    faults += _tree_faults(hierarchy) if not faults else []
    if faults:
        raise InputError(
            "the tree of weights cannot be used:\n" + "\n".join(f"  {fault}" for fault in faults)
        )
    shares = {node: found.overall.to_numpy() for node, found in nodes.items()}
    flat = make_weights(
        pd.Series(spread_down(hierarchy, shares), index=_leaves(hierarchy, next(iter(hierarchy)))),
        f"given_tree_weights(normalize={normalize})",
        notes=tuple(
            text("{node}: {note}", node=node, note=note)
            for node, found in nodes.items()
            for note in found.notes
        ),
    )
    places = [(node, child) for node, children in hierarchy.items() for child in children]
    index = pd.MultiIndex.from_tuples(places, names=["node", "criterion"])
    values = pd.Series(np.concatenate(list(shares.values())), index=index, name="local")
    return replace(flat, local=values, hierarchy=hierarchy)


def _tree_faults(hierarchy: Mapping[str, tuple[str, ...]]) -> list[str]:
    root = next(iter(hierarchy))
    parents = [child for children in hierarchy.values() for child in children]
    faults = [
        f"{child!r} stands under several nodes; allowed: one"
        for child in dict.fromkeys(parents)
        if parents.count(child) > 1
    ]
    faults += [
        f"node {node!r} is no child of another node"
        for node in hierarchy
        if node != root and node not in parents
    ]
    if root in parents:
        faults.append(f"the root {root!r} is a child; put the root first")
    return faults


def _leaves(hierarchy: Mapping[str, tuple[str, ...]], node: str) -> list[str]:
    if node not in hierarchy:
        return [node]
    return [leaf for child in hierarchy[node] for leaf in _leaves(hierarchy, child)]
