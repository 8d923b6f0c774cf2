"""A YAML file with every key explained: filled, or blank for a new study."""

from __future__ import annotations

import posixpath
import textwrap
from collections.abc import Iterator
from typing import Any

import yaml

from techprio.csv_text import csv_bytes
from techprio.errors import say
from techprio.inputs.key_cells import scalar
from techprio.inputs.study_sheets import DOCUMENTS, PROSE, TABLES, Document
from techprio.language import Language, text
from techprio.model.fields import Field, fields_of
from techprio.model.known_names import unit_name
from techprio.templates.raw_study import RawStudy, with_parts

_WIDTH = 100


def yaml_text(
    document: Document, node: yaml.MappingNode | None, *, language: Language, schema: str = ""
) -> str:
    """Write a YAML file: each key with what it means, its value, or how it could look.

    Parameters
    ----------
    document : Document
        Which file.
    node : MappingNode, optional
        The values that are given; keys that are needed and not given are left to be filled in, the
        others stand as comments.
    language : {"vi", "en"}
        Of the comments.
    schema : str
        Address of the schema, for editors.
    """
    pruned = _pruned(node, document.record) if node is not None else None
    given = {name.value: value for name, value in pruned.value} if pruned is not None else {}
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    lines += [f"# {document.label.render(language)}", ""]
    for key in fields_of(document.record):
        for line in _explained(key, language):
            lines += textwrap.wrap(line, _WIDTH, initial_indent="# ", subsequent_indent="#       ")
        value = given.pop(key.name, None)
        lines += [*_lines(key, None if value is None or _is_blank(value) else value), ""]
    for name, value in given.items():
        lines += [*_dumped(name, value), ""]
    return "\n".join(lines).rstrip() + "\n"


def _explained(key: Field, language: Language) -> Iterator[str]:
    yield described(key, language)
    if key.inner and key.kind != "words":
        for inner in fields_of(key.inner):
            yield f"  {inner.name}: {described(inner, language)}"
            if inner.kind == "block" and inner.inner:
                yield from (
                    f"    {below.name}: {described(below, language)}" for below in fields_of(inner.inner)
                )


def described(key: Field, language: Language) -> str:
    """Say in one line what a key means, what it may hold and whether it is needed."""
    label = key.label.render(language)
    return "; ".join(part for part in (label, explained(key, language)) if part)


def explained(key: Field, language: Language) -> str:
    """Say what :func:`described` says, without the name of the key."""
    parts = [key.explanation.render(language), allowed_of(key, language)]
    if key.required:
        parts.append(text("required").render(language))
    elif key.default_word:
        parts.append(text("without it: {value}", value=key.default_word).render(language))
    return "; ".join(part for part in parts if part)


def allowed_of(key: Field, language: Language) -> str:
    """Say what a key may hold; empty for a free text."""
    if key.kind == "flag":
        return "true | false"
    if key.choices:
        return " | ".join(key.choices)
    unit = say(unit_name(key.unit), language)
    if key.kind in ("number", "integer") and (key.least is not None or key.most is not None):
        return f"{_range(key.least, key.most)} {unit}".strip()
    return {"month": "YYYY-MM"}.get(key.kind, unit)


def _range(least: float | None, most: float | None) -> str:
    if most is None:
        return f"≥ {least:.15g}"
    return f"≤ {most:.15g}" if least is None else f"{least:.15g}-{most:.15g}"


def _lines(key: Field, value: yaml.Node | None) -> list[str]:
    if value is not None:
        return _dumped(key.name, value)
    if key.required:
        example = _example(key)
        if key.kind in ("blocks", "named"):
            return [f"{key.name}:", *(f"#  {line}" for line in example)]
        return [f"{key.name}:  # {example[0]}" if example else f"{key.name}:"]
    shown = key.example or _default(key)
    return [f"# {key.name}: {shown}".rstrip()] if shown else [f"# {key.name}:"]


def _default(key: Field) -> str:
    if key.inner and key.kind in ("block", "blocks"):
        parts = [
            f"{inner.name}: {inner.example or inner.default_word}"
            for inner in fields_of(key.inner)
            if inner.example or inner.default_word
        ]
        return "{" + ", ".join(parts) + "}" if key.kind == "block" else "[{" + ", ".join(parts) + "}]"
    return key.default_word


def _example(key: Field) -> list[str]:
    """Show how a list of blocks is written, from the examples of its keys."""
    if key.example or key.kind not in ("blocks", "named") or key.inner is None:
        return key.example.splitlines()
    inner = [(k.name, k.example or k.default_word) for k in fields_of(key.inner)]
    pairs = ", ".join(f"{name}: {value}" for name, value in inner if value)
    return [f"- {{{pairs}}}"] if key.kind == "blocks" else [f"local: {{{pairs}}}"]


def _pruned(node: Any, record: type | None) -> Any:
    """Return a node without keys that say nothing; needed ones stay, to be filled in."""
    if isinstance(node, yaml.SequenceNode):
        items = [_pruned(item, record) for item in node.value]
        return yaml.SequenceNode(node.tag, items, node.start_mark, node.end_mark)
    if not isinstance(node, yaml.MappingNode):
        return node
    keys = {key.name: key for key in fields_of(record)} if record else {}
    pairs = []
    for name, value in node.value:
        key = keys.get(name.value)
        kept = _pruned_below(value, key)
        if not _is_blank(kept) or (key is not None and key.required):
            pairs.append((name, kept))
    return yaml.MappingNode(node.tag, pairs, node.start_mark, node.end_mark)


def _pruned_below(value: Any, key: Field | None) -> Any:
    inner = key.inner if key else None
    if key is not None and key.kind == "named" and isinstance(value, yaml.MappingNode):
        pairs = [(name, _pruned(block, inner)) for name, block in value.value]
        return yaml.MappingNode(value.tag, pairs, value.start_mark, value.end_mark)
    return _pruned(value, inner)


def _is_blank(node: yaml.Node) -> bool:
    if isinstance(node, yaml.ScalarNode):
        return not node.style and node.value in ("", "~", "null")
    return not node.value


def _dumped(name: str, value: yaml.Node) -> list[str]:
    _fold_leaves(value)
    pair = (yaml.ScalarNode("tag:yaml.org,2002:str", name), value)
    whole = yaml.MappingNode("tag:yaml.org,2002:map", [pair], flow_style=False)
    words: str = yaml.serialize(whole, allow_unicode=True, width=_WIDTH, indent=2)
    return words.rstrip("\n").splitlines()


def _fold_leaves(node: Any) -> bool:
    """Set small branches on one line; return whether a node is a single value."""
    if isinstance(node, yaml.ScalarNode):
        return True
    branches = [value for _, value in node.value] if isinstance(node, yaml.MappingNode) else node.value
    single = [_fold_leaves(branch) for branch in branches]
    signs = sum(len(branch.value) for branch in branches) if all(single) else _WIDTH
    node.flow_style = all(single) and signs + 6 * len(branches) < _WIDTH
    return False


def study_folder(raw: RawStudy, *, language: Language, schemas: str = "") -> dict[str, bytes]:
    """Return the files of a study by their names in its folder.

    Parameters
    ----------
    raw : RawStudy
    language : {"vi", "en"}
        Of the comments in the YAML files.
    schemas : str
        Where editors find the JSON schemas; empty leaves the line out.
    """
    files: dict[str, bytes] = {}
    raw = with_parts(raw)
    for document in DOCUMENTS:
        node = raw.documents.get(document.name)
        if node is None:
            continue
        shown = _named(node, raw) if document.name == "study" else node
        schema = f"{schemas}/{document.name}.schema.json" if schemas else ""
        words = yaml_text(document, shown, language=language, schema=schema)
        files[document.file] = words.encode()
    by_name = {table.name: table for table in TABLES}
    for (name, sector), table in raw.tables.items():
        file = by_name[name].file
        files[f"{raw.folders[sector]}/{file}" if sector else file] = csv_bytes(
            table.headings, table.rows, mark=False
        )
    files |= {f"{PROSE.file}/{name}": words.encode() for name, words in raw.texts.items()}
    files |= {posixpath.normpath(f"{PROSE.file}/{name}"): data for name, data in raw.pictures.items()}
    return files


def _named(node: yaml.MappingNode, raw: RawStudy) -> yaml.MappingNode:
    """Return the study with the names that its files have in this folder."""
    files = {d.name: d.file for d in DOCUMENTS[1:] if d.name in raw.documents}
    files |= {table.key: table.file for table in TABLES if table.key and _counts(table.name, raw)}
    naming = {d.name for d in DOCUMENTS[1:]} | {table.key for table in TABLES if table.key}
    kept = [(name, value) for name, value in node.value if name.value not in naming]
    added = [(scalar(name, None), scalar(file, None, text=True)) for name, file in files.items()]
    return yaml.MappingNode(node.tag, [*kept, *added])


def _counts(name: str, raw: RawStudy) -> bool:
    """Return whether the study reads a table: judgments always, others once they have rows."""
    table = raw.tables.get((name, ""))
    return table is not None and (name == "judgments" or bool(table.rows))
