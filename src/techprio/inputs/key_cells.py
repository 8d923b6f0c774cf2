"""One cell of a sheet of keys: the value of a YAML key as an official can write it.

A list is ``F3; F5``; values under names are ``9=0; 5=12``; groups of a list of lists are parted by ``|``, and
so are blocks, ``first_year=2028; amount=5 | first_year=2031; amount=7``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from techprio.inputs.cells import parse_number_freely
from techprio.inputs.grid import Cell, Entry, shown
from techprio.model.fields import Kind

NAMED: frozenset[Kind] = frozenset({"numbers", "months", "free"})
_NUMBERS: frozenset[Kind] = frozenset({"number", "integer"})
_AS_WRITTEN: frozenset[Kind] = frozenset({"text", "id", "words", "month"})
_RESOLVER: Any = yaml.resolver.Resolver()
_TEXT = "tag:yaml.org,2002:str"


@dataclass(frozen=True)
class CellMark:
    """Where a value stands in a workbook, in the place of a mark of a YAML file."""

    line: int
    column: int
    address: str


def cell_words(entry: Entry, kind: Kind) -> str:
    """Return what a cell of a workbook says, as it would stand in a YAML or CSV file."""
    if isinstance(entry, Cell):
        if entry.kind == "percent":
            return f"{entry.number:.15g}"
        if entry.kind == "flag":
            return entry.shown.lower()
        if entry.kind == "date" and kind in ("month", "months"):
            return entry.shown[:7]
        if entry.kind == "text" and kind in _NUMBERS:
            number = parse_number_freely(shown(entry))
            return f"{number:.15g}" if isinstance(number, float) else shown(entry)
    return shown(entry)


def unpacked(words: str, kind: Kind, mark: Any) -> yaml.Node:
    """Return the node of a value; a blank cell is an empty scalar."""
    if not words:
        return scalar("", mark)
    if kind in ("list", "shares"):
        return sequence([scalar(part, mark, text=kind == "list") for part in _parts(words, ";")], mark)
    if kind == "lists":
        groups = [_parts(group, ";") for group in _parts(words, "|")]
        return sequence([sequence([scalar(p, mark, text=True) for p in g], mark) for g in groups], mark)
    if kind in NAMED and "=" in words and not _run_together(words, kind):
        return _pairs(words, mark, text=kind == "months")
    if kind == "blocks" and "=" in words:
        return sequence([_pairs(block, mark, text=False) for block in _parts(words, "|")], mark)
    return scalar(words, mark, text=kind in _AS_WRITTEN)


def _pairs(words: str, mark: Any, *, text: bool) -> yaml.MappingNode:
    pairs = [_parts(part, "=") for part in _parts(words, ";")]
    return mapping({pair[0]: scalar("=".join(pair[1:]), mark, text=text) for pair in pairs}, mark)


def _run_together(words: str, kind: Kind) -> bool:
    """Whether a value would hold another pair, because its sign is not the semicolon: ``9=0, 8=6``."""
    return kind != "free" and any(part.count("=") > 1 for part in _parts(words, ";"))


def pairs_meant(words: str) -> list[tuple[str, str]]:
    """Return the names and values that words mean with other signs; none where they mean something else.

    Examples
    --------
    >>> pairs_meant("F1: 5; F2: 0,5"), pairs_meant("9=0, 8=6"), pairs_meant("soon")
    ([('F1', '5'), ('F2', '0,5')], [('9', '0'), ('8', '6')], [])
    """
    parts = [part for part in re.split(r"[;\n]|,(?=[^,:=]*[:=])", words) if part.strip()]
    found = [re.fullmatch(r"\s*([^:=]+?)\s*[:=]\s*([^\s:=]+)\s*", part) for part in parts]
    pairs = [(one[1], one[2]) for one in found if one is not None]
    return pairs if len(pairs) == len(parts) else []


def packed_blocks(node: yaml.Node) -> str | None:
    """Return a list of blocks as one cell; None when a cell cannot say it.

    Examples
    --------
    >>> packed_blocks(yaml.compose("[{first_year: 2028, amount: 5}, {first_year: 2031, amount: 7}]"))
    'first_year=2028; amount=5 | first_year=2031; amount=7'
    """
    blocks = node.value if isinstance(node, yaml.SequenceNode) else []
    words = [packed(block) if isinstance(block, yaml.MappingNode) else None for block in blocks]
    shown = " | ".join(map(str, words))
    return None if None in words or not _is_sound(shown, "|", len(words)) else shown


def packed(node: yaml.Node) -> str | None:
    """Return the value of a key as one cell; None when a cell cannot say it.

    Examples
    --------
    >>> packed(yaml.compose("{9: 0, 5: 12}")), packed(yaml.compose("[F3, F5]"))
    ('9=0; 5=12', 'F3; F5')
    """
    if isinstance(node, yaml.ScalarNode):
        return "" if not node.style and node.value in ("", "~", "null") else str(node.value)
    if isinstance(node, yaml.MappingNode):
        pairs = [(packed(name), packed(value)) for name, value in node.value]
        plain = all(isinstance(value, yaml.ScalarNode) for _, value in node.value)
        words = "; ".join(f"{name}={value}" for name, value in pairs)
        return words if plain and _is_sound(words, ";", len(pairs)) else None
    if all(isinstance(item, yaml.ScalarNode) for item in node.value):
        words = "; ".join(str(packed(item)) for item in node.value)
        return words if _is_sound(words, ";", len(node.value)) else None
    groups = [packed(item) for item in node.value]
    if None in groups or any(isinstance(item, yaml.MappingNode) for item in node.value):
        return None
    words = " | ".join(str(group) for group in groups)
    return words if _is_sound(words, "|", len(groups)) else None


def scalar(words: str, mark: Any, *, text: bool = False) -> yaml.ScalarNode:
    """Return a scalar node; one that is not empty is never taken for nothing."""
    tag = _TEXT if text and words else _RESOLVER.resolve(yaml.ScalarNode, words, (True, False))
    style = '"' if words in ("~", "null", "Null", "NULL") else None
    return yaml.ScalarNode(tag, words, mark, mark, style)


def reported(words: str, mark: Any) -> yaml.ScalarNode:
    """Return the scalar of a cell whose problem has been noted: no reader notes it again."""
    node = scalar(words or "?", mark, text=True)
    node.is_reported = True  # type: ignore[attr-defined]
    return node


def sequence(items: list[Any], mark: Any) -> yaml.SequenceNode:
    """Return a list."""
    return yaml.SequenceNode("tag:yaml.org,2002:seq", items, mark, mark)


def mapping(values: dict[str, Any], mark: Any) -> yaml.MappingNode:
    """Return keys with values; each key stands where its value does."""
    pairs = [(scalar(name, value.start_mark), value) for name, value in values.items()]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, mark, mark)


def _parts(words: str, sign: str) -> list[str]:
    return [part.strip() for part in words.split(sign) if part.strip()]


def _is_sound(words: str, sign: str, count: int) -> bool:
    return len(_parts(words, sign)) == count
