"""Fields of a record as data: one declaration reads, checks, documents and blanks a key or a column.

A record is a class whose attributes carry a :class:`Field` in their type, as in
``theta: Annotated[float, Field("Ngưỡng", "Share", least=0, most=1)] = 0.1``. The type gives the kind, the
value of the attribute its default; an attribute without value is required.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from techprio.display.quantities import Format, Quantity, render
from techprio.errors import Sayable
from techprio.language import NO_LABEL, Label
from techprio.model.known_names import unit_name

Kind = Literal[
    "id", "text", "number", "integer", "flag", "choice", "month", "list", "codes", "words",
    "block", "blocks", "named", "numbers", "labels", "months", "lists", "shares", "free",
]  # fmt: skip
"""What a field holds.

``codes`` are as people write them, parted by any sign; ``words`` is a text in both languages; ``block``
holds keys with values, ``blocks`` a list of them, ``named`` one under each name; ``numbers``, ``labels``
and ``months`` hold one value under each name; ``lists`` is a list of lists, ``shares`` one of numbers;
``free`` is kept, not read.
"""
FLAGS = ("true", "false")
FLAG_WORDS = ("có", "không")


@dataclass(frozen=True)
class Names:
    """What stands as name before each of the values under a key: a number, and what people read of it."""

    kind: Literal["integer", "number"] = "integer"
    allowed: Sayable = ""
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Field:
    """A key of a YAML file or a column of a table.

    Parameters
    ----------
    vi, en : str
        Its name for people.
    about : tuple of str
        Explanation in both languages.
    kind : Kind, optional
        Needed where the type of the attribute does not say it.
    also : tuple of str
        Further headings under which a column is found.
    unit : str
    least, most : float, optional
        Limits, both included.
    words : tuple of str
        The Vietnamese words of a choice, in the order of the English ones that files keep.
    choices : tuple of str
        The words that files keep; needed where the type is not a ``Literal``.
    example : str
        How it may look, in YAML.
    name : str
        Name in the file; that of the attribute unless it is given.
    attribute : str
        Of the record.
    required : bool, optional
        Without it a field is required when its attribute has no value.
    default : object
        What a field that is not given stands for.
    names : Names, optional
        Of values under names.
    named_by : str
        Of named blocks: the attribute of each block that takes its name.
    like : str
        Of a text in both languages: the attribute that stands in for it where it is blank.
    may_be_count : bool
        Of a list of blocks: their number alone will do.
    person : bool
        Of an id: it stands for a person, so that none is proposed that is made of a name.
    inner : type, optional
        The record of a block.
    type : object
        Of the attribute, without ``None``.

    Examples
    --------
    >>> from techprio.model.study import RoleSettings
    >>> theta = fields_of(RoleSettings)[0]
    >>> theta.name, theta.kind, theta.label.en, theta.least, theta.most, theta.default, theta.required
    ('theta', 'number', 'Share of a sector', 0, 1, 0.1, False)
    """

    vi: str
    en: str
    about: tuple[str, str] = ("", "")
    kind: Kind = "text"
    also: tuple[str, ...] = ()
    unit: str = ""
    least: float | None = None
    most: float | None = None
    words: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    example: str = ""
    name: str = ""
    attribute: str = ""
    required: bool | None = None
    default: Any = None
    names: Names | None = None
    named_by: str = ""
    like: str = ""
    may_be_count: bool = False
    person: bool = False
    inner: type | None = None
    type: Any = None

    @property
    def label(self) -> Label:
        """Name in both languages."""
        return Label(self.vi, self.en)

    @property
    def explanation(self) -> Label:
        """Explanation in both languages."""
        return Label(*self.about)

    @property
    def default_word(self) -> str:
        """The default as a file spells it; empty when there is none."""
        if self.default in (None, "", (), {}, NO_LABEL) or self.inner:
            return ""
        if isinstance(self.default, bool):
            return self.choices[0 if self.default else 1]
        if isinstance(self.default, tuple):
            return "; ".join(map(str, self.default))
        return f"{self.default:g}" if isinstance(self.default, float) else str(self.default)


def fields_of(record: Any) -> tuple[Field, ...]:
    """Return the fields of a record, a class, in the order of the file."""
    return _fields(record)


@cache
def _fields(record: Any) -> tuple[Field, ...]:
    return tuple(_field(record, name, hint) for name, hint in _declared(record).items())


@cache
def _declared(record: Any) -> dict[str, Any]:
    hints = get_type_hints(record, include_extras=True)
    return {
        name: hint
        for name, hint in hints.items()
        if get_origin(hint) is Annotated and isinstance(get_args(hint)[1], Field)
    }


def stated(record: Any) -> dict[str, Quantity]:
    """Return the columns of a table that people write, by name, as they are declared for its reader.

    Examples
    --------
    >>> from techprio.inputs.rows import GoalRow
    >>> stated(GoalRow)["target"].head("vi")
    'Mục tiêu'
    """
    return {field.name: _quantity(field) for field in fields_of(record)}


_FORMATS: dict[str, Format] = {
    "id": "code",
    "number": "number",
    "integer": "integer",
    "month": "month",
}


def _quantity(field: Field) -> Quantity:
    unit = unit_name(field.unit)
    named = render(unit, "en") in field.label.en  # a heading may have its unit in it
    format = _FORMATS.get(field.kind, "text")
    return Quantity(field.name, field.label, field.explanation, format, unit="" if named else unit)


def field_of(record: type, name: str) -> Field:
    """Return a field by its name in the file."""
    return next(field for field in fields_of(record) if field.name == name)


def _field(record: type, attribute: str, hint: Any) -> Field:
    annotation, declared = get_args(hint)
    annotation = _without_none(annotation)
    kind = _kind(annotation, declared) if declared.kind == "text" else declared.kind
    has_default, default = _default(record, attribute)
    choices, words = declared.choices, declared.words
    if get_origin(annotation) is Literal and not choices:
        choices = get_args(annotation)
    if kind == "flag":
        choices, words = FLAGS, FLAG_WORDS
    return dataclasses.replace(
        declared,
        kind=kind,
        name=declared.name or attribute,
        attribute=attribute,
        choices=choices,
        words=words,
        required=not has_default if declared.required is None else declared.required,
        default=NO_LABEL if kind == "words" and not has_default else default,
        inner=declared.inner or (_record_in(annotation) if kind in ("block", "blocks", "named") else None),
        type=annotation,
    )


def _default(record: type, attribute: str) -> tuple[bool, Any]:
    item = getattr(record, "__dataclass_fields__", {}).get(attribute)
    if item is None:
        return hasattr(record, attribute), getattr(record, attribute, None)
    if item.default_factory is not dataclasses.MISSING:
        return True, item.default_factory()
    return (
        item.default is not dataclasses.MISSING,
        None if item.default is dataclasses.MISSING else item.default,
    )


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    return next(part for part in get_args(annotation) if part is not NoneType)


def is_record(annotation: Any) -> bool:
    """Tell whether a type is a record: a class with declared fields."""
    return isinstance(annotation, type) and annotation is not Label and bool(_declared(annotation))


def _record_in(annotation: Any) -> type | None:
    return next((part for part in (annotation, *get_args(annotation)) if is_record(part)), None)


def _kind(annotation: Any, declared: Field) -> Kind:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal or declared.choices:
        return "choice"
    if origin is tuple:
        if parts[0] is float:
            return "shares"
        return "lists" if get_origin(parts[0]) is tuple else "blocks" if is_record(parts[0]) else "list"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        values: dict[Any, Kind] = {float: "numbers", int: "numbers", Label: "labels"}
        return "named" if is_record(parts[1]) else values.get(parts[1], "free")
    if annotation is Label:
        return "words"
    simple: dict[Any, Kind] = {str: "text", float: "number", int: "integer", bool: "flag"}
    return simple.get(annotation) or ("block" if is_record(annotation) else "free")
