"""The candidate technologies of all sectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from techprio.inputs.cells import name_key
from techprio.inputs.columns import number_column
from techprio.inputs.criteria import ReadCriteria
from techprio.inputs.diagnostics import Diagnostics, Location, UnknownNames
from techprio.inputs.study_tree import StudyTree
from techprio.inputs.tables import Line, TypedTable, note_defaults, read_table
from techprio.inputs.technology_row import TechnologyRow, UnplannedTechnologyRow
from techprio.inputs.yaml_reader import YamlValue
from techprio.language import text
from techprio.model.criteria import Criterion
from techprio.model.fields import Field, fields_of
from techprio.model.matrix import GREATEST
from techprio.model.sectors import Sector

LONGEST_SHORT_NAME = 40
NUMBERS = tuple(c.name for c in fields_of(TechnologyRow) if c.kind in ("number", "integer"))


@dataclass
class ReadTechnologies:
    """The tables by sector, where each id stands, and the sectors whose ids are in doubt."""

    tables: dict[str, TypedTable] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)
    names: dict[str, tuple[str, Location]] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)


def read_technologies(
    tree: StudyTree,
    sectors: Sequence[Sector],
    criteria: ReadCriteria | None,
    funds: Sequence[str] | None,
    sources: UnknownNames,
) -> ReadTechnologies:
    """Read ``technologies.csv`` of every sector.

    Parameters
    ----------
    tree : StudyTree
    sectors : sequence of Sector
    criteria : ReadCriteria, optional
        Criteria whose value stands in a column are checked against their scale.
    funds : sequence of str, optional
        Sources of funds that the resources know; None when there are none.
    sources : UnknownNames
        Takes sources that are not known.
    """
    leaves = [leaf for leaf in criteria.tree.leaves if leaf.field] if criteria else []
    extra = [number_column(name) for name in _further_columns(leaves)]
    extra += [
        number_column(f"fund_{fund}", least=0, most=1)
        for fund in funds or ()
        if f"fund_{fund}" not in NUMBERS
    ]
    result = ReadTechnologies()
    for sector in sectors:
        data = tree.table("technologies", sector.code) if sector.folder else None
        if data is None:
            result.doubtful.add(sector.code)
            continue
        name = tree.name_of("technologies", sector.code)
        record = UnplannedTechnologyRow if funds is None else TechnologyRow
        table = read_table(data, name, record, tree.diagnostics, extra=extra)
        result.tables[sector.code] = table
        note_defaults(table, record, tree.diagnostics)
        if not table.readable or any("id" in line.faulty for line in table):
            result.doubtful.add(sector.code)
        _check_table(table, sector, result, tree.diagnostics)
        for line in table:
            _check_line(line, leaves, tree.diagnostics)
            for source in line.get("sources") or ():
                sources.is_known(source, line.location, "sources")
    _check_all_shares(result, funds, tree.diagnostics)
    if criteria:
        _check_fields(leaves, criteria, result, tree.diagnostics)
    return result


def _further_columns(leaves: Sequence[Criterion]) -> list[str]:
    names = [name for leaf in leaves for name in (leaf.field, leaf.field_low, leaf.field_high)]
    known = {column.name for column in fields_of(TechnologyRow)}
    return [name for name in dict.fromkeys(names) if name and name not in known and name != "survey"]


def _check_table(
    table: TypedTable, sector: Sector, result: ReadTechnologies, diagnostics: Diagnostics
) -> None:
    for line in table:
        name = line.get("id")
        if name is None:
            continue
        if name in result.locations:
            result.doubtful.add(sector.code)
            found = text("{id}, also in {location}", id=name, location=result.locations[name].words)
            diagnostics.add(
                "S302", line.location, field="id", found=found, allowed=text("each id once in the study")
            )
        else:
            _check_name(line, result, diagnostics)
        result.locations.setdefault(name, line.location)
    if table.readable and not table.lines:
        diagnostics.add(
            "T103", Location(table.file), found=text("no technology"), allowed=text("at least one technology")
        )


def _check_name(line: Line, result: ReadTechnologies, diagnostics: Diagnostics) -> None:
    """Report names that are one on the screen: a technology must not take two places of a list."""
    words = line.get("name_vi")
    if not words:
        return
    first, location = result.names.setdefault(name_key(words), (line["id"], line.location))
    if first != line["id"]:
        found = text("{name}, also of {id} in {location}", name=words, id=first, location=location.words)
        allowed = text("each technology once")
        proposal = text("tell the technologies apart by their names")
        diagnostics.add(
            "T129", line.location, field="name_vi", found=found, allowed=allowed, proposal=proposal
        )


def _check_line(line: Line, leaves: Sequence[Criterion], diagnostics: Diagnostics) -> None:
    for name in ("capex", "lead"):
        check_order(line, (f"{name}_low", f"{name}_mode", f"{name}_high"), diagnostics)
    if line.get("name_vi") == "" == line.get("name_en"):
        allowed = text("a name in Vietnamese or English")
        diagnostics.add("T114", line.location, field="name_vi", found=text("nothing"), allowed=allowed)
    for name in ("short_vi", "short_en"):
        if len(short := line.get(name) or "") > LONGEST_SHORT_NAME:
            found = text("{count} letters", count=len(short))
            allowed = text("{count} letters at most", count=LONGEST_SHORT_NAME)
            diagnostics.add("T140", line.location, field=name, found=found, allowed=allowed)
    for leaf in leaves:
        for name in (leaf.field, leaf.field_low, leaf.field_high):
            check_scale(line, name, leaf, diagnostics)


def check_order(line: Line, names: tuple[str, str, str], diagnostics: Diagnostics) -> None:
    """Note when low, value and high do not stand in that order."""
    low, value, high = (line.get(name) for name in names)
    if None in (low, value, high) or low <= value <= high:
        return
    found = text("{low}, {value}, {high}", low=float(low), value=float(value), high=float(high))
    turned = low >= value >= high
    proposal = text("exchange {low} and {high}", low=names[0], high=names[2]) if turned else ""
    diagnostics.add(
        "S310", line.location, field=names[1], found=found, allowed=" <= ".join(names), proposal=proposal
    )


def check_scale(line: Line, name: str, leaf: Criterion, diagnostics: Diagnostics) -> bool:
    """Note when a value is off the declared scale of its criterion, or too great to be compared at all."""
    value = line.get(name) if name else None
    least, most = (-GREATEST, GREATEST) if leaf.scale is None else (leaf.scale.lowest, leaf.scale.highest)
    if value is None or least <= value <= most:
        return True
    allowed = text("a number from {least} to {most}", least=least, most=most)
    diagnostics.add(
        "S309",
        line.location,
        field=name,
        found=text("{value} on {id}", value=float(value), id=leaf.id),
        allowed=allowed,
    )
    return False


def _check_all_shares(
    result: ReadTechnologies, funds: Sequence[str] | None, diagnostics: Diagnostics
) -> None:
    """Check who pays; where no technology says so, all are paid in proportion to the budgets."""
    lines = [line for table in result.tables.values() for line in table]
    shares = [value for line in lines for name, value in line.values.items() if name.startswith("fund_")]
    is_stated = any(value is not None for value in shares)
    is_faulty = any(name.startswith("fund_") for line in lines for name in line.faulty)
    if lines and not is_stated and not is_faulty:
        if funds and len(funds) > 1:
            words = text("no shares of the sources of funds; taken as in proportion to the budgets")
            diagnostics.note(words)
        return
    for line in lines:
        _check_shares(line, funds, diagnostics)


def _check_shares(line: Line, funds: Sequence[str] | None, diagnostics: Diagnostics) -> None:
    shares = {name: value for name, value in line.values.items() if name.startswith("fund_")}
    if any(name.startswith("fund_") for name in line.faulty):
        return
    if all(value is None for value in shares.values()) and (funds is None or len(funds) == 1):
        return  # nothing is phased, or the only source of funds pays for all
    total = sum(value or 0.0 for value in shares.values())
    if line.faulty.issuperset(shares):
        return
    if abs(total - 1) > 1e-6:
        found = text("a sum of {total}", total=round(total, 9))
        diagnostics.add(
            "S311", line.location, field=", ".join(shares), found=found, allowed=text("a sum of 1")
        )
    for name, value in shares.items():
        if funds is not None and value and name.removeprefix("fund_") not in funds:
            diagnostics.unknown(
                "S312",
                line.location,
                field=name,
                found=f"{value:g}",
                name=name,
                known=[f"fund_{f}" for f in funds],
            )


def _check_fields(
    leaves: Sequence[Criterion], criteria: ReadCriteria, result: ReadTechnologies, diagnostics: Diagnostics
) -> None:
    there = {c.name for table in result.tables.values() for c in _number_columns(table)}
    if not any(table.readable for table in result.tables.values()):
        return
    for leaf in leaves:
        for name in (leaf.field, leaf.field_low, leaf.field_high):
            if name and name != "survey" and name not in there:
                diagnostics.unknown(
                    "S323",
                    criteria.locations[leaf.id],
                    field=leaf.id,
                    found=name,
                    name=name,
                    known=sorted(there),
                )


def _number_columns(table: TypedTable) -> list[Field]:
    return [column for column in table.columns if column.kind in ("number", "integer")]


def check_grants(
    tied: Mapping[str, YamlValue], technologies: ReadTechnologies, diagnostics: Diagnostics
) -> None:
    """Note what sources of funds are tied to that is not known, and others whom they would pay.

    Parameters
    ----------
    tied : mapping of str to YamlValue
        By source of funds, the list of technologies and sectors.
    technologies : ReadTechnologies
    diagnostics : Diagnostics
        Takes the problems.
    """
    lines = {code: list(table) for code, table in technologies.tables.items()}
    is_stated = any(
        value is not None
        for line in (line for one in lines.values() for line in one)
        for column, value in line.values.items()
        if column.startswith("fund_")
    )
    for fund, part in tied.items():
        unknown = UnknownNames("R509", [*technologies.locations, *lines] if lines else None)
        items = [item for item in part.items() if isinstance(item.node, yaml.ScalarNode)]
        names = tuple(item.scalar() for item in items)
        for name, item in zip(names, items, strict=True):
            unknown.is_known(name, item.location, item.path)
        unknown.report(diagnostics)
        others = [
            line for code in lines if code not in names for line in lines[code] if line.get("id") not in names
        ]
        if others and not is_stated:
            allowed = text("a column fund_{fund} that says for which technologies it pays", fund=fund)
            part.complain("R510", allowed, found=text("nothing that says who pays for a technology"))
        for line in others:
            if line.get(f"fund_{fund}"):
                found = text("money of {fund} for {technology}", fund=fund, technology=line.get("id"))
                allowed = text("only {names}", names=names)
                diagnostics.add("R510", line.location, field=f"fund_{fund}", found=found, allowed=allowed)
