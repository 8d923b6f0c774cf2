"""The mapping of a catalogue in long form: which columns, rows, parameters and units hold what is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from techprio.annotations import as_written
from techprio.inputs.cells import tidy
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.opening import read_bytes
from techprio.inputs.yaml_reader import YamlValue, read_yaml
from techprio.language import text
from techprio.model.checks import is_number

#: Keys that name a column.
COLUMNS = ("technology", "name", "parameter", "value", "unit")
_CONDITIONS = ("where", "low", "high")
_DEEPEST = 4
_LONGEST = 1e15  # whole numbers beyond it are written by powers of ten
#: A factor changes a unit; beyond these limits it is a slip.
LEAST_FACTOR, MOST_FACTOR = 1e-12, 1e12


@dataclass(frozen=True)
class WantedField:
    """What a field is made of.

    Parameters
    ----------
    parameter : str
        Of the catalogue.
    unit : str
        Rows of another unit are a problem; empty takes any.
    factor : float
        By which a value is multiplied, as for months from years.
    """

    parameter: str
    unit: str = ""
    factor: float = 1.0


@dataclass(frozen=True)
class LongMapping:
    """Which cells of a catalogue in long form are taken.

    Parameters
    ----------
    columns : mapping of str to str
        Heading of each column of :data:`COLUMNS` that is named.
    where, low, high : mapping of str to str
        Word by heading: which rows hold the value, and what is different for its bounds.
    fields : mapping of str to WantedField
        Empty takes every parameter.
    sheet : str, optional
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    low: Mapping[str, str] = field(default_factory=dict)
    high: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, WantedField] = field(default_factory=dict)
    sheet: str | None = None


def read_long_mapping(given: Mapping[str, Any] | str | Path | None) -> LongMapping:
    """Read a mapping, or its YAML file.

    Raises
    ------
    DataFileError
        Every unknown or doubled key, and every value that is none.
    """
    if given is None:
        return LongMapping()
    diagnostics = Diagnostics()
    if isinstance(given, Mapping):
        value = read_yaml(_as_node(given), "mapping", diagnostics)
    else:
        data = read_bytes(given, diagnostics, text("a mapping in YAML"))
        value = read_yaml(data, tidy(Path(given).name), diagnostics)
    found = LongMapping() if value is None else _read(value)
    diagnostics.check()
    return found


def _read(value: YamlValue) -> LongMapping:
    parts = value.fields((), (*COLUMNS, *_CONDITIONS, "fields", "sheet"))
    columns = {key: words for key in COLUMNS if key in parts and (words := parts[key].text())}
    conditions = {key: _words(parts[key]) for key in _CONDITIONS if key in parts}
    wanted = {name: _wanted(part) for name, part in parts["fields"].entries()} if "fields" in parts else {}
    return LongMapping(
        columns,
        **conditions,
        fields={name: one for name, one in wanted.items() if one is not None},
        sheet=parts["sheet"].text() if "sheet" in parts else None,
    )


def _words(part: YamlValue) -> dict[str, str]:
    for _, item in part.entries():
        if item.is_empty:
            item.complain("Y204", text("a value"), found=text("nothing"))
    return {name: words for name, item in part.entries() if not item.is_empty and (words := item.text())}


def _wanted(part: YamlValue) -> WantedField | None:
    """Read a field: its parameter, or parameter, unit and factor."""
    if not part.is_keys:
        words = part.text()
        if words == "":
            part.complain("Y204", text("a value"))
        return WantedField(words) if words else None
    keys = part.fields(("parameter",), ("unit", "factor"))
    parameter = keys["parameter"].text() if "parameter" in keys else None
    unit = keys["unit"].text() if "unit" in keys else ""
    factor = keys["factor"].number() if "factor" in keys else 1.0
    if factor is not None and not LEAST_FACTOR <= factor <= MOST_FACTOR:
        keys["factor"].complain("Y207", text("a number above 0, such as {example}", example="12"))
    return WantedField(parameter, unit or "", factor) if parameter and factor else None


def _as_node(value: Any, depth: int = 0) -> yaml.Node:
    """Return a value of Python as the node that a file would have."""
    mark = yaml.Mark("mapping", 0, -1, -1, None, 0)  # nowhere in a file
    if isinstance(value, Mapping) and depth < _DEEPEST:
        pairs = [(_as_node(key, _DEEPEST), _as_node(part, depth + 1)) for key, part in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, mark, mark)
    if isinstance(value, list | tuple) and depth < _DEEPEST:
        parts = [_as_node(part, depth + 1) for part in value]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", parts, mark, mark)
    if isinstance(value, str):
        return yaml.ScalarNode("tag:yaml.org,2002:str", value, mark, mark, '"')
    return yaml.ScalarNode("tag:yaml.org,2002:str", _spelled(value), mark, mark)


def _spelled(value: Any) -> str:
    """Return a value of Python as a file spells it."""
    if value is None:
        return ""
    if is_number(value):
        is_short = abs(value) < _LONGEST and value == int(value)
        return str(int(value)) if is_short else repr(float(value))
    if isinstance(value, date | Decimal):
        return str(value)
    return str(as_written(value))
