"""Keys of a YAML file as data: one declaration gives reader, template, schema and manual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from techprio.language import Label

KeyKind = Literal[
    "id", "text", "number", "integer", "flag", "choice", "month", "list", "words",
    "block", "blocks", "named", "numbers", "labels", "months", "lists", "free",
]  # fmt: skip
"""What stands under a key.

``words`` is a text in both languages; ``block`` keys with values, ``blocks`` a list of them, ``named`` one
under each name; ``numbers``, ``labels`` and ``months`` one value under each name; ``lists`` a list of
lists; ``free`` is kept, not read.
"""


class Keys(BaseModel):
    """The keys of a mapping; the fields are its keys, in the order of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Keys):
    """A text in both languages."""

    vi: str = Field("", title="Vietnamese", json_schema_extra={"vi": "Tiếng Việt"})
    en: str = Field("", title="English", json_schema_extra={"vi": "Tiếng Anh"})


@dataclass(frozen=True)
class Key:
    """A key of a YAML file.

    Parameters
    ----------
    name : str
    kind : KeyKind
    label, about : Label
        Name and explanation in both languages.
    unit : str
    least, most : float, optional
        Limits, both included.
    choices : tuple of str
        Allowed words of a choice; the first is the default.
    required : bool
    default : object
        What a key that is not there stands for.
    example : str
        How it may look, in YAML.
    inner : type of Keys, optional
        The keys below, of a block, of each block of a list, or of each named block.
    """

    name: str
    kind: KeyKind
    label: Label
    about: Label
    unit: str = ""
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    required: bool = True
    default: Any = None
    example: str = ""
    inner: type[Keys] | None = None


def key(
    vi: str,
    en: str,
    *,
    default: Any = ...,
    kind: KeyKind | None = None,
    about: tuple[str, str] = ("", ""),
    unit: str = "",
    least: float | None = None,
    most: float | None = None,
    example: str = "",
    name: str | None = None,
) -> Any:
    """Declare a key of :class:`Keys`; without a default it is required."""
    extra: Any = {"vi": vi, "about": list(about), "unit": unit, "kind": kind, "example": example}
    return Field(
        default, title=en, description=about[1], ge=least, le=most, alias=name, json_schema_extra=extra
    )


@cache
def keys_of(record: type[Keys]) -> tuple[Key, ...]:
    """Return the keys of a record in the order of the file."""
    return tuple(_key(name, info) for name, info in record.model_fields.items())


def names_of(record: type[Keys]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the required and of the optional keys, as a reader asks for them.

    Examples
    --------
    >>> names_of(Words)
    ((), ('vi', 'en'))
    """
    keys = keys_of(record)
    return tuple(k.name for k in keys if k.required), tuple(k.name for k in keys if not k.required)


def choices_of(record: type[Keys], name: str) -> tuple[str, ...]:
    """Return the allowed words of a choice; the first is the default."""
    return next(found.choices for found in keys_of(record) if found.name == name)


def _key(name: str, info: FieldInfo) -> Key:
    extra: Any = info.json_schema_extra or {}
    annotation = _without_none(info.annotation)
    limits = {type(item).__name__: item for item in info.metadata}
    kind = extra.get("kind") or _kind(annotation)
    return Key(
        name=info.alias or name,
        kind=kind,
        label=Label(extra["vi"], info.title or name),
        about=Label(*extra.get("about", ("", ""))),
        unit=extra.get("unit", ""),
        least=limits["Ge"].ge if "Ge" in limits else None,
        most=limits["Le"].le if "Le" in limits else None,
        choices=get_args(annotation) if get_origin(annotation) is Literal else (),
        required=info.is_required(),
        default=None if info.is_required() else info.default,
        example=extra.get("example", ""),
        inner=_inner(annotation) if kind in ("block", "blocks", "named") else None,
    )


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    kept = [part for part in get_args(annotation) if part is not NoneType]
    return kept[0]


def _is_keys(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Keys)


def _inner(annotation: Any) -> type[Keys] | None:
    candidates: Sequence[Any] = (annotation, *get_args(annotation))
    return next((part for part in candidates if _is_keys(part)), None)


def _kind(annotation: Any) -> KeyKind:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return "choice"
    if origin is tuple:
        return "blocks" if _is_keys(parts[0]) else "lists" if get_origin(parts[0]) is tuple else "list"
    if origin is dict:
        if parts[1] is Words:
            return "labels"
        return "named" if _is_keys(parts[1]) else "numbers" if parts[1] in (int, float) else "free"
    if annotation is Words:
        return "words"
    if _is_keys(annotation):
        return "block"
    simple: dict[Any, KeyKind] = {str: "text", float: "number", int: "integer", bool: "flag", Any: "free"}
    return simple[annotation]
