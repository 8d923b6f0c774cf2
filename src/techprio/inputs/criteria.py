"""The criteria tree from YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Annotated, Any

import yaml

from techprio.inputs.cells import parse_number
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.records import Reading, read_record
from techprio.inputs.yaml_reader import read_yaml
from techprio.language import NO_LABEL, Label, text
from techprio.model.criteria import CriteriaTree, Criterion
from techprio.model.fields import Field, fields_of
from techprio.model.scale import Scale, scale_problems

_EXAMPLE = """- id: F
  label: {vi: Tính khả thi, en: Feasibility}
  children:
  - id: F3
    label: {vi: Chi phí đầu tư, en: Capital cost}
    direction: minimize
    unit: billion VND
    scale: {type: ratio, worst: 25000, best: 2, transform: log10}
    field: capex_mode
  - id: F2
    label: {vi: Khả năng tiếp cận, en: Access}
    direction: maximize
    scale: {type: ordinal, worst: 1, best: 5}
    anchors: {1: {vi: không mua được, en: unavailable}, 5: {vi: nhiều nhà cung cấp, en: several suppliers}}"""


class CriteriaFile:
    """The file of the criteria tree."""

    id: Annotated[str, Field("Mã cây tiêu chí", "Id", kind="id", example="my-province")]
    version: Annotated[str, Field("Phiên bản", "Version", example='"0.1"')] = ""
    label: Annotated[Label, Field("Tên cây tiêu chí", "Name")] = NO_LABEL
    horizon: Annotated[
        Mapping[str, Any],
        Field(
            "Thời kỳ", "Horizon", ("chỉ để tham khảo", "for readers only"), example="{from: 2026, to: 2035}"
        ),
    ] = {}
    root: Annotated[
        str,
        Field(
            "Mã gốc",
            "Root",
            ("mã đứng trên các nhóm tiêu chí trong judgments.csv", "node of the heads in judgments.csv"),
            kind="id",
        ),
    ] = "root"
    heads: Annotated[tuple[Criterion, ...], Field("Tiêu chí", "Criteria", name="criteria", example=_EXAMPLE)]


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
    diagnostics : Diagnostics
        Takes the problems.
    """
    value = read_yaml(data, file, diagnostics)
    if value is None:
        return None
    reading = read_record(value, CriteriaFile)
    if "heads" not in reading:
        return None
    locations: dict[str, Location] = {reading["root"]: Location(file)}
    heads = _criteria(reading.blocks("heads"), locations)
    if not heads:
        reading.complain("heads", "Y205", text("at least one criterion"))
        return None
    tree = CriteriaTree(
        reading["id"] or "", reading["root"], heads, version=reading["version"], label=reading["label"]
    )
    return ReadCriteria(tree, locations)


def _criteria(readings: list[Reading], locations: dict[str, Location]) -> tuple[Criterion, ...]:
    """Return the criteria that could be read, each id once, parents before their children."""
    made = (_criterion(reading, locations) for reading in readings)
    return tuple(criterion for criterion in made if criterion is not None)


def _criterion(reading: Reading, locations: dict[str, Location]) -> Criterion | None:
    name = reading["id"]
    if name is None:
        return None
    if name in locations:
        found = text("{id}, also in {location}", id=name, location=locations[name].words)
        reading.complain("id", "S302", text("each id once"), found=found)
        return None
    locations[name] = reading.parts["id"].location
    if "children" in reading:
        _refuse_leaf_keys(reading)
        children = _criteria(reading.blocks("children"), locations)
        way = None if children else "maximize"  # a node without children was refused above
        criterion: Criterion | None = reading.build(
            children=children, direction=way, scale=None, anchors={}, field=""
        )
        return criterion
    _check_leaf(reading, name)
    leaf: Criterion | None = reading.build()
    return leaf


def _refuse_leaf_keys(reading: Reading) -> None:
    for key in ("direction", "scale", "field"):
        if key in reading:
            reading.complain(key, "S317", text("{key} belongs to criteria without children", key=key))
    if not reading.blocks("children"):
        reading.complain("children", "Y205", text("at least one criterion"))


def _check_leaf(reading: Reading, name: str) -> None:
    """Check a criterion without children, and leave out what contradicts itself."""
    if "direction" not in reading:
        reading.source.diagnostics.add(
            "Y204",
            reading.source.location,
            field=f"{reading.source.path}.direction",
            found=text("nothing for {id}", id=name),
            allowed="maximize, minimize",
        )
    direction = reading.values.setdefault("direction", "maximize")
    scale: Reading | None = reading.values.get("scale")
    if scale is None:
        return
    if not _is_sound(scale):
        del reading.values["scale"]
        return
    worst, best = scale["worst"], scale["best"]
    if (best > worst) != (direction == "maximize"):
        allowed = text("best above worst when it is to be maximized, below when it is to be minimized")
        found = text("{direction}, worst {worst}, best {best}", direction=direction, worst=worst, best=best)
        reading.complain("scale", "S319", allowed, found=found)
        scale.values |= {"worst": best, "best": worst}
    for point, label in reading.parts["anchors"].entries() if "anchors" in reading else ():
        least, most = min(worst, best), max(worst, best)
        number = parse_number(point)
        if isinstance(number, float) and not least <= number <= most:
            allowed = text("a number from {least} to {most}", least=least, most=most)
            label.complain("S309", allowed, found=point)
            reading.values["anchors"].pop(number, None)


def _is_sound(scale: Reading) -> bool:
    """Return whether a scale was read and has two points that can be compared."""
    worst, best = scale["worst"], scale["best"]
    if worst is None or best is None or "type" not in scale:
        return False
    scale.values.setdefault("type", "interval")
    read = SimpleNamespace(**{field.attribute: scale[field.attribute] for field in fields_of(Scale)})
    problems = scale_problems(read)
    for key, found, allowed in problems:
        part = scale.source if key == "worst, best" else scale.parts[key]
        part.complain("S318", allowed, found=found)
    return not problems
