"""Pairwise judgments from a table, checked against the criteria tree."""

from __future__ import annotations

from collections.abc import Mapping

from techprio.errors import Sayable
from techprio.inputs.diagnostics import Diagnostics, Location, UnknownNames, listed
from techprio.inputs.grid import Grid
from techprio.inputs.rows import JudgmentRow
from techprio.inputs.tables import Line, TypedTable, read_table
from techprio.language import text
from techprio.model.criteria import CriteriaTree
from techprio.model.judgments import Judgments


def read_judgments(
    data: bytes | Grid, file: str, tree: CriteriaTree | None, diagnostics: Diagnostics
) -> Judgments | None:
    """Read the judgments of a panel.

    Parameters
    ----------
    data : bytes or Grid
    file : str
        Name for the problems.
    tree : CriteriaTree, optional
        None when it could not be read; names are then not checked.
    diagnostics : Diagnostics
        Takes the problems.
    """
    table = read_table(data, file, JudgmentRow, diagnostics)
    if not table.readable:
        return None
    if not table.lines:
        allowed = text("at least one comparison of two criteria")
        diagnostics.add("T103", Location(file), found=text("no judgment"), allowed=allowed)
        return None
    _check_rows(table, diagnostics)
    _check_groups(table, diagnostics)
    votes = _votes(table, diagnostics)
    if tree is None:
        return None
    _check_names(table, tree.hierarchy, diagnostics)
    labels = {tree.root: tree.label, **{name: criterion.label for name, criterion in tree.by_id.items()}}
    frame = table.frame(JudgmentRow)
    if not votes:
        frame = frame.drop(columns="weight")
    return Judgments(frame, tree.hierarchy, labels, expert_weights=votes)


def _votes(table: TypedTable, diagnostics: Diagnostics) -> dict[str, float]:
    """Return the weight of each expert; empty where the table gives none."""
    votes: dict[str, float] = {}
    first: dict[str, Location] = {}
    for line in table:
        expert, weight = line.get("expert"), line.get("weight")
        if expert is None or weight is None:
            continue
        location = first.setdefault(expert, line.location)
        if votes.setdefault(expert, weight) != weight:
            found = text(
                "{expert}: {weight}, but {other} in {location}",
                expert=expert,
                weight=weight,
                other=votes[expert],
                location=location.words,
            )
            allowed = text("one weight for an expert")
            diagnostics.add("J407", line.location, field="weight", found=found, allowed=allowed)
    without = list(dict.fromkeys(line.get("expert") for line in table if line.get("expert") not in votes))
    if votes and without:
        diagnostics.add(
            "J407",
            Location(table.file),
            field="weight",
            found=text("no weight of {names}", names=listed([str(name) for name in without])),
            allowed=text("a weight for each expert, or for none"),
        )
    return votes if any(votes.values()) else {}


def _check_rows(table: TypedTable, diagnostics: Diagnostics) -> None:
    first: dict[tuple[str, str, frozenset[str]], Location] = {}
    for line in table:
        preferred, other, strength = line.get("preferred"), line.get("other"), line.get("strength")
        if strength is not None and strength < 1:
            proposal: Sayable = ""
            if strength > 0 and preferred and other:
                proposal = text(
                    "write {other} as preferred, with strength {strength}",
                    other=other,
                    strength=_turned(strength),
                )
            allowed = text("a number from 1 (equal) on, usually up to 9")
            diagnostics.add(
                "J403",
                line.location,
                field="strength",
                found=f"{strength:g}",
                allowed=allowed,
                proposal=proposal,
            )
        if line.faulty:
            continue
        if preferred == other:
            diagnostics.add(
                "J404", line.location, field="other", found=other, allowed=text("two different criteria")
            )
            continue
        key = (line["expert"], line["node"], frozenset((preferred, other)))
        if key in first:
            pair = text(
                "{first} and {second}, also in {location}",
                first=preferred,
                second=other,
                location=first[key].words,
            )
            allowed = text("each pair once for an expert, in one order")
            diagnostics.add("J405", line.location, field="preferred", found=pair, allowed=allowed)
        first.setdefault(key, line.location)


def _turned(strength: float) -> float:
    """Return the inverse of a ratio below 1: the whole number whose rounded inverse it is, if any."""
    whole = round(1 / strength)
    return float(whole) if abs(1 / whole - strength) <= 0.005 else 1 / strength


def _check_groups(table: TypedTable, diagnostics: Diagnostics) -> None:
    group_of: dict[str, tuple[str, Location]] = {}
    reported: set[str] = set()
    for line in table:
        expert, group = line.get("expert"), line.get("group")
        if expert is None or group is None:
            continue
        known, location = group_of.setdefault(expert, (group, line.location))
        if known != group and expert not in reported:
            reported.add(expert)
            found = text(
                "{expert} in {group}, but in {other} in {location}",
                expert=expert,
                group=group,
                other=known,
                location=location.words,
            )
            diagnostics.add(
                "J407", line.location, field="group", found=found, allowed=text("one group for an expert")
            )


def _check_names(
    table: TypedTable, hierarchy: Mapping[str, tuple[str, ...]], diagnostics: Diagnostics
) -> None:
    nodes = UnknownNames("J401", list(hierarchy))
    criteria = UnknownNames("S304", [child for children in hierarchy.values() for child in children])
    links: dict[tuple[str, str], list[tuple[str, str]]] = {}
    first: dict[tuple[str, str], Location] = {}
    doubtful: set[tuple[str | None, str | None]] = set()
    for line in table:
        nodes.is_known(line.get("node"), line.location, "node")
        node = nodes.meant(line.get("node"))
        pair = [_child(line, side, node, hierarchy, criteria, diagnostics) for side in ("preferred", "other")]
        expert = line.get("expert")
        if expert is None or node is None or None in pair:
            doubtful.add((expert, node))
            continue
        first.setdefault((expert, node), line.location)
        links.setdefault((expert, node), []).append((str(pair[0]), str(pair[1])))
    nodes.report(diagnostics)
    criteria.report(diagnostics)
    if any(expert is None for expert, _ in doubtful):
        return
    for node, children in hierarchy.items():
        speakers = [expert for expert, other in links if other == node]
        if speakers and not any(other in (node, None) for _, other in doubtful):
            pairs = [pair for expert in speakers for pair in links[expert, node]]
            _check_connected(speakers, node, pairs, children, first[speakers[0], node], diagnostics)
    if not doubtful:
        _check_every_node(table, hierarchy, {node for _, node in links}, diagnostics)


def _child(
    line: Line,
    side: str,
    node: str | None,
    hierarchy: Mapping[str, tuple[str, ...]],
    criteria: UnknownNames,
    diagnostics: Diagnostics,
) -> str | None:
    """Return the criterion meant; None when that is not sure."""
    name = line.get(side)
    if not criteria.is_known(name, line.location, side):
        meant = criteria.meant(name)
        return meant if node and meant in hierarchy[node] else None
    if node is None or name in hierarchy[node]:
        return name
    diagnostics.add(
        "J402",
        line.location,
        field=side,
        found=text("{id} under {node}", id=name, node=node),
        allowed=listed(hierarchy[node]),
    )
    return None


def _check_connected(
    experts: list[str],
    node: str,
    pairs: list[tuple[str, str]],
    children: tuple[str, ...],
    location: Location,
    diagnostics: Diagnostics,
) -> None:
    """Note a node whose items the comparisons of all experts together do not join.

    An expert alone may leave components apart: :func:`techprio.ahp` pools by pair, and names the expert.
    """
    components = connected_components(children, pairs)
    if len(components) == 1:
        return
    expert = listed(experts[:5])
    shown = " | ".join(", ".join(component) for component in components)
    found = text("{expert} at {node}: {components}", expert=expert, node=node, components=shown)
    proposal = text(
        "ask {expert} to compare {first} with {second}",
        expert=expert,
        first=components[0][0],
        second=components[1][0],
    )
    allowed = text("comparisons that link all criteria of the node")
    diagnostics.add("J406", location, field="node", found=found, allowed=allowed, proposal=proposal)


def connected_components(names: tuple[str, ...], pairs: list[tuple[str, str]]) -> list[list[str]]:
    """Part names into groups that the pairs link.

    Examples
    --------
    >>> connected_components(("a", "b", "c"), [("a", "c")])
    [['a', 'c'], ['b']]
    """
    component = {name: {name} for name in names}
    for one, other in pairs:
        if component[one] is not component[other]:
            component[one] |= component[other]
            for name in component[other]:
                component[name] = component[one]
    seen: list[list[str]] = []
    for name in names:
        members = [other for other in names if other in component[name]]
        if members not in seen:
            seen.append(members)
    return seen


def _check_every_node(
    table: TypedTable, hierarchy: Mapping[str, tuple[str, ...]], judged: set[str], diagnostics: Diagnostics
) -> None:
    for node, children in hierarchy.items():
        if len(children) > 1 and node not in judged:
            found = text("no comparison at {node}", node=node)
            diagnostics.add(
                "J406",
                Location(table.file),
                field="node",
                found=found,
                allowed=text("comparisons that link all criteria of the node"),
            )
