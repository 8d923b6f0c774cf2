"""JSON schemas for editors, from the records of keys and of rows."""

from __future__ import annotations

import json
from typing import Any

from techprio.inputs.columns import Row, heading
from techprio.inputs.study_sheets import DOCUMENTS, TABLES
from techprio.language import Label
from techprio.model.fields import Field, fields_of

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_MONTH = "^[0-9]{4}-(0[1-9]|1[0-2])$"
_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
_WORDS: dict[str, Any] = {
    "anyOf": [
        {"type": "string"},
        {"type": "object", "properties": {"vi": _TEXT, "en": _TEXT}, "additionalProperties": False},
    ]
}


def schema_files() -> dict[str, bytes]:
    """Return a schema for each YAML file and for the rows of each table, by file name.

    A row is an object whose keys are the columns, as CSV readers give it; cells are texts there, so
    numbers may be either.

    Examples
    --------
    >>> {"study.schema.json", "technologies.row.schema.json"} <= schema_files().keys()
    True
    """
    files = {f"{d.name}.schema.json": document_schema(d.record, d.file) for d in DOCUMENTS}
    files |= {f"{t.name}.row.schema.json": row_schema(t.record, t.file) for t in TABLES}
    return {
        name: (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
        for name, schema in files.items()
    }


def document_schema(record: type, title: str) -> dict[str, Any]:
    """Return the schema of a YAML file."""
    definitions: dict[str, Any] = {}
    schema = _block(record, definitions)
    return {"$schema": DRAFT, "title": title, **schema, "$defs": dict(sorted(definitions.items()))}


def row_schema(record: type[Row], title: str) -> dict[str, Any]:
    """Return the schema of a row of a table; further columns begin with ``x_`` or belong to the study."""
    columns = fields_of(record)
    return {
        "$schema": DRAFT,
        "title": title,
        "type": "object",
        "properties": {column.name: _cell(column) for column in columns},
        "required": [column.name for column in columns if column.required],
    }


def _block(record: type, definitions: dict[str, Any]) -> dict[str, Any]:
    keys = fields_of(record)
    return {
        "type": "object",
        "properties": {key.name: _value(key, definitions) for key in keys},
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }


def _value(key: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = _described(key.label, key.explanation) | _shape(key, definitions)
    if not key.required and "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        schema["type"] = [*kinds, "null"] if "null" not in kinds else kinds
    return schema


def _shape(key: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    inner = _reference(key.inner, definitions) if key.inner and key.kind != "words" else {}
    number = {"type": "number"} | _limits(key.least, key.most)
    shapes: dict[str, dict[str, Any]] = {
        "id": _TEXT,
        "text": _TEXT,
        "number": number,
        "integer": number | {"type": "integer"},
        "flag": {"type": "boolean"},
        "choice": _choice(key),
        "month": {"type": "string", "pattern": _MONTH},
        "list": {"type": "array", "items": _TEXT},
        "lists": {"type": "array", "items": {"type": "array", "items": _TEXT}},
        "shares": {"type": "array", "items": number},
        "words": _WORDS,
        "block": inner,
        "blocks": _blocks(key, inner),
        "named": {"type": "object", "additionalProperties": inner},
        "numbers": {"type": "object", "additionalProperties": {"type": "number"}},
        "months": {"type": "object", "additionalProperties": {"type": "string", "pattern": _MONTH}},
        "labels": {"type": "object", "additionalProperties": _WORDS},
        "free": {},
    }
    return dict(shapes[key.kind])


def _blocks(key: Field, inner: dict[str, Any]) -> dict[str, Any]:
    listed = {"type": "array", "items": inner}
    return {"anyOf": [listed, {"type": "integer", "minimum": 1}]} if key.may_be_count else listed


def _choice(key: Field) -> dict[str, Any]:
    """Return the allowed words; those that YAML takes for a number or a flag in both forms."""
    words: list[Any] = list(key.choices)
    words += [int(word) for word in key.choices if word.isdigit()]
    words += [word == "true" for word in key.choices if word in ("true", "false")]
    return {"enum": words if key.required else [*words, None]}


def _reference(record: type, definitions: dict[str, Any]) -> dict[str, Any]:
    name = record.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _block(record, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _cell(column: Field) -> dict[str, Any]:
    schema = _described(Label(heading(column, "vi"), heading(column, "en")), column.explanation)
    if column.choices:
        return schema | {"enum": [*column.choices] if column.required else [*column.choices, ""]}
    if column.kind in ("number", "integer"):
        kinds = ["integer" if column.kind == "integer" else "number", "string"]
        return schema | {"type": kinds} | _limits(column.least, column.most)
    if column.kind == "month":
        return schema | {"type": "string", "pattern": f"{_MONTH}|^$"}
    return schema | {"type": "string"}


def _described(label: Label, about: Label) -> dict[str, Any]:
    described = " — ".join(part for part in (about.vi, about.en) if part)
    return {"title": f"{label.vi} / {label.en}"} | ({"description": described} if described else {})


def _limits(least: float | None, most: float | None) -> dict[str, Any]:
    return {name: value for name, value in (("minimum", least), ("maximum", most)) if value is not None}
