"""Weights that are given as figures: one unit, finite, not negative, summing to 1 or to 100 %.

Given for all criteria, or node by node of their tree, or as a combination of weights from elsewhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError, did_you_mean
from techprio.language import Label, Text, text
from techprio.model.checks import Checks
from techprio.model.criteria import CriteriaTree
from techprio.model.provenance import Provenance
from techprio.model.weights import SHARE_TOLERANCE, Weights, align
from techprio.weighting.group import spread_down

Figures: TypeAlias = Mapping[str, float | str] | pd.Series

# What rounding of binary fractions may add to a sum; nothing is said about it.
_ROUNDING = 1e-9


@validated
def given_weights(
    weights: Figures | Sequence[float | str],
    *,
    criteria: CriteriaTree | Sequence[str] | None = None,
    normalize: bool = False,
) -> Weights:
    """Take weights as they are given, by name, and check them strictly.

    Parameters
    ----------
    weights : mapping, Series, or sequence with ``criteria``
        Shares that sum to 1, or percents that sum to 100 (numbers, or texts such as ``"25%"``, not both).
    criteria : CriteriaTree or sequence of str, optional
        The criteria that must each have a weight, a tree by its leaves; the result is in their order, and
        a plain sequence of weights goes by it.
    normalize : bool
        Take raw numbers such as 2, 3, 5 and divide them by their sum.

    Returns
    -------
    Weights
        A sum within 1 % of 1 or 100 is divided out and stated in ``notes``.

    Raises
    ------
    InputError
        A weight that is no finite number or is negative, units that are mixed, a doubled name, a sum
        further off, all weights 0, a criterion without a weight or a weight without a criterion.

    Examples
    --------
    >>> given_weights({"cost": "30%", "impact": "70%"}).overall.to_dict()
    {'cost': 0.3, 'impact': 0.7}
    >>> given_weights({"cost": 2, "impact": 3}, criteria=["impact", "cost"], normalize=True).overall.to_dict()
    {'impact': 0.6, 'cost': 0.4}
    """
    names = [leaf.id for leaf in criteria.leaves] if isinstance(criteria, CriteriaTree) else criteria
    named = name_figures(weights, names)
    numbers, percents = _parse(named)
    total = float(numbers.sum())
    if total == 0:
        checks = Checks(text("the weights cannot be used"))
        checks.add("weights", text("all are 0"), text("at least one above 0"))
        checks.check()
    notes: tuple[Text, ...] = ()
    if not normalize:
        whole = _whole(total, percents)
        if abs(total / whole - 1) > _ROUNDING:
            notes = (
                text(
                    "the given weights sum to {total}, not {whole}; they were divided by their sum",
                    total=round(total, 9),
                    whole=whole,
                ),
            )
    shares = numbers / total
    if names is not None:
        shares = pd.Series(align(shares, list(map(clean_name, names))), index=list(map(clean_name, names)))
    found = make_weights(shares, f"given_weights(normalize={normalize})", notes=notes)
    return replace(found, labels=_leaf_labels(criteria)) if isinstance(criteria, CriteriaTree) else found


def _leaf_labels(criteria: CriteriaTree) -> dict[str, Label]:
    return {leaf.id: leaf.label for leaf in criteria.leaves if any(leaf.label)}


def name_figures(
    figures: Figures | Sequence[float | str], criteria: Sequence[str] | None = None
) -> pd.Series:
    """Return figures by their cleaned names (NFC, no blanks around), as objects."""
    if not isinstance(figures, Mapping | pd.Series):
        if criteria is None or len(criteria) != len(figures):
            raise InputError(
                text("figures without names: give a mapping of criterion to figure, or as many criteria")
            )
        figures = (
            dict(zip(criteria, figures, strict=True))
            if len(set(criteria)) == len(criteria)
            else pd.Series(list(figures), index=list(criteria))
        )
    named = pd.Series(figures, dtype=object)
    named.index = [clean_name(name) for name in named.index]
    if named.empty:
        raise InputError(text("no figures were found; allowed: a mapping of criterion to figure"))
    doubled = list(dict.fromkeys(named.index[named.index.duplicated()]))
    if doubled:
        raise InputError(
            text("{names} named twice; give one figure a criterion", names=tuple(map(repr, doubled)))
        )
    return named


def clean_name(name: object) -> str:
    """Return a name as it is compared: letters composed (NFC), no blanks around."""
    return unicodedata.normalize("NFC", str(name)).strip()


def check_figures(figures: pd.Series, message: Text, *, least: float = 0.0) -> pd.Series:
    """Return the figures as numbers, or raise one error that lists every bad one."""
    checks = Checks(message)
    numbers = pd.to_numeric(figures, errors="coerce").astype(float)
    for name in figures.index[~np.isfinite(numbers) | (numbers < least)]:
        checks.add(repr(name), repr(figures[name]), text("a number of {least} or more", least=f"{least:g}"))
    checks.check()
    return numbers


def make_weights(
    shares: pd.Series, method: str, *, notes: tuple[Text, ...] = (), consistency: pd.DataFrame | None = None
) -> Weights:
    """Wrap shares that sum to 1 as :class:`Weights`."""
    overall = pd.Series(shares.astype(float), name="overall").rename_axis("criterion")
    return Weights(
        overall=overall / overall.sum(),
        consistency=pd.DataFrame() if consistency is None else consistency,
        method=method,
        notes=notes,
        provenance=Provenance.of(method),
    )


def _parse(named: pd.Series) -> tuple[pd.Series, bool]:
    signed = {name: isinstance(value, str) and value.strip().endswith("%") for name, value in named.items()}
    bare = [name for name, has_sign in signed.items() if not has_sign]
    checks = Checks(text("the weights cannot be used"))
    if bare and len(bare) < len(named):
        other = next(name for name, has_sign in signed.items() if has_sign)
        for name in bare:
            checks.add(
                repr(name),
                text(
                    "{found} without a unit beside {other!r}: {figure!r}",
                    found=repr(named[name]),
                    other=other,
                    figure=str(named[other]),
                ),
                text("one unit for all"),
                text("did you mean {name}?", name=f"{named[name]}%"),
            )
    numbers = pd.Series({name: _number(value) for name, value in named.items()})
    for name, number in numbers.items():
        if not np.isfinite(number):
            checks.add(repr(name), repr(named[name]), text("a finite number of 0 or more"))
        elif number < 0:
            minus = text("a cost is marked by its direction, not by a minus")
            checks.add(repr(name), f"{number:g}", text("0 or more"), minus)
    checks.check()
    return numbers, not bare


def _number(value: float | str) -> float:
    try:
        return float(value.strip().rstrip("%")) if isinstance(value, str) else float(value)
    except (TypeError, ValueError):
        return float("nan")


def _whole(total: float, percents: bool) -> int:
    for whole in (100,) if percents else (1, 100):
        if abs(total / whole - 1) <= SHARE_TOLERANCE + _ROUNDING:
            return whole
    checks = Checks(text("the weights cannot be used"))
    allowed = text("within 1 % of 100 %") if percents else text("within 1 % of 1 (shares) or 100 (percents)")
    raw = text("for raw numbers such as 2, 3, 5 give normalize=True")
    checks.add("weights", text("they sum to {total}", total=f"{total:g}"), allowed, raw)
    checks.check()
    return 1


@validated
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
        The problems of every node at once, each with the name of its node; a node that hangs nowhere.

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
    checks = Checks(text("the tree of weights cannot be used"))
    for node, figures in local.items():
        try:
            nodes[node] = given_weights(figures, normalize=normalize)
        except InputError as error:
            _take(checks, text("node {node!r}", node=node), error)
    hierarchy = {node: tuple(found.overall.index) for node, found in nodes.items()}
    checks.check()
    _check_tree(checks, hierarchy)
    checks.check()
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


def _take(checks: Checks, place: Text, error: InputError) -> None:
    """Note the problems of one node, or its message where that is all there is."""
    if error.problems:
        checks.take(error, place)
    else:
        message = error.message if isinstance(error.message, Text) else str(error)
        checks.add(place, message, text("weights of its children"))


def _check_tree(checks: Checks, hierarchy: Mapping[str, tuple[str, ...]]) -> None:
    root = next(iter(hierarchy))
    parents = [child for children in hierarchy.values() for child in children]
    for child in dict.fromkeys(parents):
        if parents.count(child) > 1:
            checks.add(
                text("node {node!r}", node=child), text("stands under several nodes"), text("one parent")
            )
    for node in hierarchy:
        if node != root and node not in parents:
            no_child = text("no child of another node")
            checks.add(text("node {node!r}", node=node), no_child, text("a place below {root!r}", root=root))
    if root in parents:
        first = text("put the root first")
        checks.add(text("root {node!r}", node=root), text("a child"), text("the child of no node"), first)


def _leaves(hierarchy: Mapping[str, tuple[str, ...]], node: str) -> list[str]:
    if node not in hierarchy:
        return [node]
    return [leaf for child in hierarchy[node] for leaf in _leaves(hierarchy, child)]


Rule = Literal["product", "linear"]
RULES: tuple[Rule, ...] = get_args(Rule)


@validated
def combine_weights(
    subjective: Weights, objective: Weights, *, rule: Rule = "product", share: float = 0.5
) -> Weights:
    """Combine two sets of weights of the same criteria, matched by name.

    Parameters
    ----------
    subjective, objective : Weights
    rule : {"product", "linear"}
        ``"product"``: w proportional to subjective^(2 share) objective^(2 (1 - share)), the plain product for
        share 0.5. A criterion of weight 0 in one of them keeps 0. ``"linear"``: share subjective +
        (1 - share) objective.
    share : float
        From 0 (objective only) to 1 (subjective only).

    Raises
    ------
    InputError
        Different criteria, an unknown rule, a share outside 0..1, no criterion above 0 in both.

    References
    ----------
    Hwang and Yoon 1981, *Multiple Attribute Decision Making*, section 2.2.

    Examples
    --------
    >>> import techprio as tp
    >>> said = tp.given_weights({"a": 0.5, "b": 0.5})
    >>> seen = tp.given_weights({"b": 0.2, "a": 0.8})
    >>> combine_weights(said, seen).overall.round(3).to_dict()
    {'a': 0.8, 'b': 0.2}
    """
    if rule not in RULES:
        raise InputError.argument("rule", found=rule, allowed=RULES, proposal=did_you_mean(str(rule), RULES))
    if not (np.isfinite(share) and 0 <= share <= 1):
        raise InputError.argument("share", found=share, allowed=text("a number from 0 to 1"))
    names = list(subjective.overall.index)
    said, seen = subjective.overall.to_numpy(), objective.aligned(names)
    if rule == "linear":
        mixed = share * said + (1 - share) * seen
    else:
        mixed = said ** (2 * share) * seen ** (2 * (1 - share))
    if mixed.sum() == 0:
        raise InputError(text("no criterion has a weight above 0 in both; use rule='linear'"))
    return make_weights(
        pd.Series(mixed / mixed.sum(), index=names),
        f"combine_weights({subjective.method}, {objective.method}, rule={rule!r}, share={share!r})",
        notes=(
            *subjective.notes,
            *objective.notes,
            text("the weights combine {one} and {other}", one=subjective.method, other=objective.method),
        ),
    )
