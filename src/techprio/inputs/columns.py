"""Columns of a table as data: one declaration gives check, template and manual."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from techprio.inputs.cells import plain_letters
from techprio.language import LANGUAGES, Label, Language

Kind = Literal["id", "text", "number", "integer", "choice", "list", "codes", "month"]
UNITS = {
    "billion VND": Label("tỷ đồng", "billion VND"),
    "months": Label("tháng", "months"),
    "people": Label("người", "people"),
    "TRL": Label("TRL", "TRL"),
}
"""Units of columns, in both languages."""


class Row(BaseModel):
    """A row of a table; the fields are its columns, in the order of the file."""

    model_config = ConfigDict(frozen=True, extra="allow")


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    name : str
    kind : {"id", "text", "number", "integer", "choice", "list", "codes", "month"}
        ``codes`` are as people write them, parted by any sign; their reader takes them apart.
    label, about : Label
        Heading and explanation in both languages.
    also : tuple of str
        Further headings that are understood.
    unit : str
    least, most : float, optional
        Limits, both included.
    choices : tuple of str
        Allowed words of a choice.
    required : bool
        The column must be there and no cell of it may be empty.
    default : object
        What an empty cell, or a column that is not there, stands for.
    """

    name: str
    kind: Kind
    label: Label
    about: Label
    also: tuple[str, ...] = ()
    unit: str = ""
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    required: bool = True
    default: Any = None

    @property
    def headings(self) -> frozenset[str]:
        """All headings under which the column is found, folded."""
        spoken = [self.heading(language) for language in LANGUAGES] if self.unit else []
        return frozenset(fold(name) for name in (self.name, *self.label, *self.also, *spoken) if name)

    def heading(self, language: Language) -> str:
        """Return the heading for people, with the unit."""
        label = self.label.render(language)
        unit = UNITS.get(self.unit, Label(self.unit, self.unit)).render(language)
        return f"{label} ({unit})" if unit and unit not in label else label


def column(
    vi: str,
    en: str,
    *,
    default: Any = ...,
    kind: Kind | None = None,
    about: tuple[str, str] = ("", ""),
    also: Sequence[str] = (),
    unit: str = "",
    least: float | None = None,
    most: float | None = None,
) -> Any:
    """Declare a column of a :class:`Row`; without a default the column is required."""
    extra: Any = {"vi": vi, "about": list(about), "also": list(also), "unit": unit, "kind": kind}
    return Field(default, title=en, description=about[1], ge=least, le=most, json_schema_extra=extra)


@cache
def columns_of(record: type[Row]) -> tuple[Column, ...]:
    """Return the columns of a record in the order of the file."""
    return tuple(_column(name, info) for name, info in record.model_fields.items())


def fold(heading: str) -> str:
    """Bring a heading to the form in which headings are compared.

    Examples
    --------
    >>> fold("  Cần trước "), fold("can_truoc")
    ('can_truoc', 'can_truoc')
    """
    return re.sub(r"[\W_]+", "_", plain_letters(heading).casefold()).strip("_")


def _column(name: str, info: FieldInfo) -> Column:
    extra: Any = info.json_schema_extra
    annotation = _without_none(info.annotation)
    limits = {type(item).__name__: item for item in info.metadata}
    return Column(
        name=name,
        kind=extra["kind"] or _kind(annotation),
        label=Label(extra["vi"], info.title or name),
        about=Label(*extra["about"]),
        also=tuple(extra["also"]),
        unit=extra["unit"],
        least=limits["Ge"].ge if "Ge" in limits else None,
        most=limits["Le"].le if "Le" in limits else None,
        choices=get_args(annotation) if get_origin(annotation) is Literal else (),
        required=info.is_required(),
        default=None if info.is_required() else info.default,
    )


def _without_none(annotation: Any) -> Any:
    kept = [part for part in get_args(annotation) if part is not NoneType]
    return kept[0] if NoneType in get_args(annotation) else annotation


def _kind(annotation: Any) -> Kind:
    if get_origin(annotation) is Literal:
        return "choice"
    if get_origin(annotation) is tuple:
        return "list"
    return {str: "text", float: "number", int: "integer"}[annotation]  # type: ignore[return-value]
