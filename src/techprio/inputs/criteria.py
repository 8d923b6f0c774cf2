"""The criteria tree from YAML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from techprio.inputs.cells import Fault, parse_id, parse_number
from techprio.inputs.criteria_keys import CriteriaKeys, CriterionKeys, ScaleKeys
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.keys import choices_of, names_of
from techprio.inputs.yaml_reader import YamlValue, read_yaml
from techprio.language import NO_LABEL, Label, text
from techprio.model.criteria import CriteriaTree, Criterion
from techprio.model.scale import Scale


@dataclass
class ReadCriteria:
    """The tree with the place of each criterion, for the checks across files."""

    tree: CriteriaTree
    locations: dict[str, Location] = field(default_factory=dict)


def read_criteria(data: bytes | yaml.Node, file: str, diagnostics: Diagnostics) -> ReadCriteria | None:
    """Read a criteria file; None when it has no tree that could be used.

    Parameters
    ----------
    data : bytes or Node
    file : str
        Name for the problems.
    findings : Diagnostics
        Takes the problems.
    """
    value = read_yaml(data, file, diagnostics)
    if value is None:
        return None
    parts = value.fields(*names_of(CriteriaKeys))
    if "criteria" not in parts:
        return None
    root = parts["root"].text() if "root" in parts else "root"
    locations: dict[str, Location] = {root: Location(file)}
    heads = tuple(c for item in parts["criteria"].items() if (c := _criterion(item, locations)) is not None)
    if not heads:
        parts["criteria"].complain("Y205", text("at least one criterion"))
        return None
    tree = CriteriaTree(
        id=parts["id"].text() if "id" in parts else "",
        root=root,
        heads=heads,
        version=parts["version"].text() if "version" in parts else "",
        label=parts["label"].label() if "label" in parts else NO_LABEL,
    )
    return ReadCriteria(tree, locations)


def _criterion(value: YamlValue, locations: dict[str, Location]) -> Criterion | None:
    parts = value.fields(*names_of(CriterionKeys))
    if "id" not in parts:
        return None
    name = parts["id"].text()
    if not _usable_id(parts["id"], name, locations):
        return None
    locations[name] = parts["id"].location
    children = tuple(
        c
        for item in (parts["children"].items() if "children" in parts else ())
        if (c := _criterion(item, locations))
    )
    words: dict[str, Any] = {
        key: parts[key].text()
        for key in ("unit", "field", "field_low", "field_high", "plan_clause")
        if key in parts
    }
    labels: dict[str, Any] = {key: parts[key].label() for key in ("label", "definition") if key in parts}
    labels.setdefault("label", Label(name, name))
    if "children" in parts:
        _refuse_leaf_keys(parts)
        words = {key: value for key, value in words.items() if key != "field"}
        way = None if children else "maximize"  # a node without children was refused above
        return Criterion(name, children=children, direction=way, **labels, **words)
    scale = _scale(parts["scale"]) if "scale" in parts else None
    direction = _direction(value, parts, name)
    if scale and (scale.best > scale.worst) != (direction == "maximize"):
        allowed = text("best above worst when it is to be maximized, below when it is to be minimized")
        found = text(
            "{direction}, worst {worst}, best {best}", direction=direction, worst=scale.worst, best=scale.best
        )
        parts["scale"].complain("S319", allowed, found=found)
        scale = Scale(scale.type, scale.best, scale.worst, scale.transform)
    anchors = _anchors(parts["anchors"], scale) if "anchors" in parts else {}
    return Criterion(
        name,
        direction=direction,
        scale=scale,
        anchors=anchors,
        **labels,
        **words,
    )


def _usable_id(value: YamlValue, name: str, locations: dict[str, Location]) -> bool:
    fault = parse_id(name)
    if isinstance(fault, Fault):
        value.complain("Y205", fault.allowed, fault.proposal)
        return False
    if name in locations:
        found = text("{id}, also in {location}", id=name, location=locations[name].words)
        value.complain("S302", text("each id once"), found=found)
        return False
    return True


def _direction(value: YamlValue, parts: dict[str, YamlValue], name: str) -> str:
    if "direction" in parts:
        return parts["direction"].choice(choices_of(CriterionKeys, "direction"), "maximize")
    value.diagnostics.add(
        "Y204",
        value.location,
        field=f"{value.path}.direction",
        found=text("nothing for {id}", id=name),
        allowed="maximize, minimize",
    )
    return "maximize"


def _refuse_leaf_keys(parts: dict[str, YamlValue]) -> None:
    for key in ("direction", "scale", "field"):
        if key in parts:
            parts[key].complain("S317", text("{key} belongs to criteria without children", key=key))
    if not parts["children"].items():
        parts["children"].complain("Y205", text("at least one criterion"))


def _scale(value: YamlValue) -> Scale | None:
    parts = value.fields(*names_of(ScaleKeys))
    if not {"type", "worst", "best"} <= parts.keys():
        return None
    kind = parts["type"].choice(choices_of(ScaleKeys, "type"), "interval")
    worst, best = parts["worst"].number(), parts["best"].number()
    transform = parts["transform"].choice(("log10",), "log10") if "transform" in parts else None
    if worst is None or best is None:
        return None
    found = text("worst {worst}, best {best}", worst=worst, best=best)
    if worst == best:
        value.complain("S318", text("two different points"), found=found)
        return None
    if transform == "log10" and min(worst, best) <= 0:
        value.complain("S318", text("points above 0, because they are compared on log10"), found=found)
        return None
    return Scale(kind, worst, best, transform)  # type: ignore[arg-type]


def _anchors(value: YamlValue, scale: Scale | None) -> dict[float, Label]:
    anchors: dict[float, Label] = {}
    for key, words in value.entries():
        point = parse_number(key)
        if isinstance(point, Fault):
            words.complain("Y206", point.allowed, point.proposal, found=key)
        elif scale and not scale.lowest <= point <= scale.highest:
            allowed = text("a number from {least} to {most}", least=scale.lowest, most=scale.highest)
            words.complain("S309", allowed, found=key)
        else:
            anchors[point] = words.label()
    return anchors
