"""YAML read as text: every scalar gets its type from the schema that asks for it.

``NO``, ``010``, ``1e-6`` and ``2026-01-05`` are therefore what stands in the file. Doubled,
misspelt and missing keys are reported with line and column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import yaml

from techprio.errors import Sayable, did_you_mean
from techprio.inputs.cells import CellProblem, clean, parse_flag, parse_integer, parse_month, parse_number
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.entries import limits_words, within
from techprio.inputs.key_cells import CellMark, pairs_meant
from techprio.inputs.sniffing import decode
from techprio.language import LANGUAGES, Label, text

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = ("", "~", "null", "Null", "NULL")
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value")
}
_T = TypeVar("_T")


@dataclass(frozen=True)
class YamlValue:
    """A value of a YAML file: its node, its path for people, and where problems go."""

    node: yaml.Node
    file: str
    diagnostics: Diagnostics
    path: str = ""

    @property
    def location(self) -> Location:
        """Line and column, counted from 1."""
        return location_of(self.node, self.file)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is given; a text without a letter, as an empty cell of a sheet, is nothing."""
        if not isinstance(self.node, yaml.ScalarNode):
            return False
        return not clean(self.node.value) or (not self.node.style and self.node.value in _NOTHING)

    @property
    def is_reported(self) -> bool:
        """Whether a problem of the cell that holds the value has been noted already."""
        return getattr(self.node, "is_reported", False)

    @property
    def is_list(self) -> bool:
        """Whether a list is given."""
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_keys(self) -> bool:
        """Whether keys with values are given."""
        return isinstance(self.node, yaml.MappingNode)

    def complain(
        self, code: str, allowed: Sayable, proposal: Sayable = "", found: Sayable | None = None
    ) -> None:
        """Note a problem of this value."""
        if self.is_reported:
            return
        words = found if found is not None else self._shown()
        self.diagnostics.add(
            code, self.location, field=self.path, found=words, allowed=allowed, proposal=proposal
        )

    def fields(
        self, required: Sequence[str] = (), optional: Sequence[str] = (), *, blank: Sequence[str] = ()
    ) -> dict[str, YamlValue]:
        """Return the values of a mapping with fixed keys; wrong keys are reported.

        Keys of ``blank`` may stand there as long as they say nothing.
        """
        allowed = (*required, *optional)
        given = dict(self.entries())
        for key, value in given.items():
            if key not in allowed and not (value.is_empty and key in blank):
                self._unknown_key(key, value, allowed)
        kept = {key: value for key, value in given.items() if key in allowed and not value.is_empty}
        for key in required:
            near = did_you_mean(key, [name for name in given if name not in allowed])
            if key not in kept and not near and isinstance(self.node, yaml.MappingNode):
                location = given[key].location if key in given else self.location
                self.diagnostics.add(
                    "Y204", location, field=self._join(key), found=text("nothing"), allowed=text("a value")
                )
        return kept

    def entries(self) -> list[tuple[str, YamlValue]]:
        """Return the keys and values of a mapping; a key that stands twice is reported with both lines."""
        return self._entries

    def items(self) -> list[YamlValue]:
        """Return the values of a list."""
        return self._items

    @cached_property
    def _entries(self) -> list[tuple[str, YamlValue]]:
        if self.is_empty:
            return []
        if not isinstance(self.node, yaml.MappingNode):
            self._not_pairs()
            return []
        first: dict[str, yaml.Node] = {}
        found: list[tuple[str, YamlValue]] = []
        for key_node, node in self.node.value:
            key = clean(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            if not key:
                YamlValue(key_node, self.file, self.diagnostics, self.path).complain("Y205", text("a key"))
            elif key in first:
                self._doubled_key(key, first[key], key_node)
            else:
                first[key] = key_node
                found.append((key, YamlValue(node, self.file, self.diagnostics, self._join(key))))
        return found

    def _not_pairs(self) -> None:
        """Say how keys with values are written here, with what seems to be meant."""
        is_scalar = isinstance(self.node, yaml.ScalarNode)
        pairs = pairs_meant(self.scalar()) if is_scalar else []
        if isinstance(self.node.start_mark, CellMark):
            allowed = text("names with values, such as {example}", example="F1=5; F2=3")
            proposal = "; ".join(f"{name}={value}" for name, value in pairs)
        else:
            allowed = text("keys with values")
            plain = all("," not in value for _, value in pairs)
            inside = ", ".join(f"{name}: {value}" for name, value in pairs)
            proposal = f"{{{inside}}}" if pairs and plain else ""
        self.complain("Y205", allowed, proposal)

    @cached_property
    def _items(self) -> list[YamlValue]:
        if self.is_empty:
            return []
        if not isinstance(self.node, yaml.SequenceNode):
            self.complain("Y205", text("a list"))
            return []
        return [
            YamlValue(node, self.file, self.diagnostics, f"{self.path}[{place}]")
            for place, node in enumerate(self.node.value, 1)
        ]

    def text(self) -> str | None:
        """Return a scalar as it stands, or note a problem and return None."""
        if isinstance(self.node, yaml.ScalarNode):
            return clean(self.node.value)
        self.complain("Y205", text("a text"))
        return None

    def texts(self) -> tuple[str, ...]:
        """Return a list of scalars as they stand."""
        return tuple(words for item in self.items() if (words := item.text()) is not None)

    def number(self, least: float | None = None, most: float | None = None) -> float | None:
        """Return a number inside its limits, or note a problem and return None."""
        return self._limited(self._parsed(parse_number(self.scalar())), least, most)

    def integer(self, least: float | None = None, most: float | None = None) -> int | None:
        """Return a whole number inside its limits, or note a problem and return None."""
        return self._limited(self._parsed(parse_integer(self.scalar())), least, most)

    def month(self) -> str | None:
        """Return a month ``YYYY-MM``, or note a problem and return None."""
        return self._parsed(parse_month(self.scalar()), "Y205")

    def flag(self) -> bool | None:
        """Return true or false, or note a problem and return None."""
        return self._parsed(parse_flag(self.scalar()), "Y208")

    def label(self) -> Label:
        """Return a name in both languages: ``{vi: ..., en: ...}`` or one text for both."""
        if isinstance(self.node, yaml.ScalarNode):
            return Label(clean(self.node.value), clean(self.node.value))
        parts = self.fields(optional=LANGUAGES)
        return Label(*((parts[name].text() or "") if name in parts else "" for name in LANGUAGES))

    def plain(self) -> Any:
        """Return what stands here as it is read without a declaration: numbers, texts, lists, mappings."""
        if isinstance(self.node, yaml.MappingNode):
            return {name: item.plain() for name, item in self.entries()}
        if isinstance(self.node, yaml.SequenceNode):
            return [item.plain() for item in self.items()]
        number = parse_number(self.scalar())
        return self.scalar() if isinstance(number, CellProblem) else number

    def scalar(self) -> str:
        """Return a scalar as it stands; of a list or a mapping its brackets."""
        if isinstance(self.node, yaml.ScalarNode):
            return clean(self.node.value)
        return "[...]" if isinstance(self.node, yaml.SequenceNode) else "{...}"

    def _shown(self) -> Sayable:
        return self.scalar() or text("nothing")

    def _parsed(self, value: _T | CellProblem, code: str = "Y206") -> _T | None:
        if not isinstance(value, CellProblem):
            return value
        self.complain(code, value.allowed, value.proposal)
        return None

    def _limited(self, value: _T | None, least: float | None, most: float | None) -> _T | None:
        if value is None or within(value, least, most):  # type: ignore[arg-type]
            return value
        self.complain("Y207", limits_words(least, most))
        return None

    def _join(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _unknown_key(self, key: str, value: YamlValue, allowed: Sequence[str]) -> None:
        near: Sayable = did_you_mean(key, list(allowed))
        if value.is_empty and re.fullmatch(r"[0-9]+", key):
            near = text("was a decimal comma meant? write a decimal point")
        key_node = next(k for k, v in self.node.value if v is value.node)
        self.diagnostics.add(
            "Y203",
            location_of(key_node, self.file),
            field=self._join(key),
            found=key,
            allowed=listed(tuple(allowed)),
            proposal=near,
        )

    def _doubled_key(self, key: str, first: yaml.Node, second: yaml.Node) -> None:
        lines = text(
            "lines {first} and {second}", first=first.start_mark.line + 1, second=second.start_mark.line + 1
        )
        self.diagnostics.add(
            "Y202",
            location_of(second, self.file),
            field=self._join(key),
            found=lines,
            allowed=text("each key once"),
        )


def location_of(node: yaml.Node, file: str) -> Location:
    """Return where a node begins: line and column, or the cell of a workbook."""
    address = getattr(node.start_mark, "address", "")
    return Location(file, node.start_mark.line + 1, node.start_mark.column + 1, address)


def read_yaml(data: bytes | yaml.Node, file: str, diagnostics: Diagnostics) -> YamlValue | None:
    """Compose a YAML file into a value that can be asked; None when it cannot be read.

    Parameters
    ----------
    data : bytes or Node
        A file, or what the sheets of a workbook say in its place.
    file : str
        Name for the problems.
    diagnostics : Diagnostics
        Takes the problems.
    """
    if isinstance(data, yaml.Node):
        return YamlValue(data, file, diagnostics)
    words = decode(data, file, diagnostics)
    if words is None:
        return None
    try:
        node = yaml.compose(words, Loader=_Loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        _report_syntax(error, file, diagnostics)
        return None
    if node is None:
        diagnostics.add("T103", Location(file), found=text("an empty file"), allowed=text("a file with text"))
        return None
    return YamlValue(node, file, diagnostics) if _is_plain(node, file, diagnostics) else None


def _report_syntax(error: Exception, file: str, diagnostics: Diagnostics) -> None:
    mark = getattr(error, "problem_mark", None)
    location = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file)
    words = str(getattr(error, "problem", None) or type(error).__name__)
    hint = (
        text("indent with blanks, never with a tab")
        if "tab" in words or "cannot start any token" in words
        else ""
    )
    diagnostics.add("Y201", location, found=words, allowed=text("YAML"), proposal=hint)


def _is_plain(root: yaml.Node, file: str, diagnostics: Diagnostics) -> bool:
    """Return whether the file is free of aliases, which could hide a cycle, and of tags."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen or str(node.tag) not in _PLAIN_TAGS:
            diagnostics.add(
                "Y209", location_of(node, file), found=text("an alias or a tag"), allowed=text("plain values")
            )
            return False
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return True
