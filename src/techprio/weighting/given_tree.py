"""Local weights that are given node by node."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.checks import Faults
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
            text(
                "the tree of weights cannot be used: found no node; allowed: weights of the children by node"
            )
        )
    nodes: dict[str, Weights] = {}
    faults = Faults(text("the tree of weights cannot be used"))
    for node, figures in local.items():
        try:
            nodes[node] = given_weights(figures, normalize=normalize)
        except InputError as error:
            _take(faults, text("node {node!r}", node=node), error)
    hierarchy = {node: tuple(found.overall.index) for node, found in nodes.items()}
    faults.check()
    _check_tree(faults, hierarchy)
    faults.check()
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


def _take(faults: Faults, place: Text, error: InputError) -> None:
    """Note the faults of one node, or its message where that is all there is."""
    if error.problems:
        faults.take(error, place)
    else:
        message = error.message if isinstance(error.message, Text) else str(error)
        faults.add(place, message, text("weights of its children"))


def _check_tree(faults: Faults, hierarchy: Mapping[str, tuple[str, ...]]) -> None:
    root = next(iter(hierarchy))
    parents = [child for children in hierarchy.values() for child in children]
    for child in dict.fromkeys(parents):
        if parents.count(child) > 1:
            faults.add(
                text("node {node!r}", node=child), text("stands under several nodes"), text("one parent")
            )
    for node in hierarchy:
        if node != root and node not in parents:
            no_child = text("no child of another node")
            faults.add(text("node {node!r}", node=node), no_child, text("a place below {root!r}", root=root))
    if root in parents:
        first = text("put the root first")
        faults.add(text("root {node!r}", node=root), text("a child"), text("the child of no node"), first)


def _leaves(hierarchy: Mapping[str, tuple[str, ...]], node: str) -> list[str]:
    if node not in hierarchy:
        return [node]
    return [leaf for child in hierarchy[node] for leaf in _leaves(hierarchy, child)]
