"""Columns of a table for people: the headings under which they are found, and the words of their lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from techprio.errors import say
from techprio.inputs.cells import parse_flag, plain_letters
from techprio.inputs.diagnostics import listed
from techprio.language import LANGUAGES, Label, Language, Text, text
from techprio.model.fields import Field
from techprio.model.known_names import unit_name


class Row:
    """A row of a table; its declared attributes are the columns, in the order of the file."""


@lru_cache(maxsize=4096)
def fold(heading: str) -> str:
    """Bring a heading to the form in which headings are compared.

    Examples
    --------
    >>> fold("  Cần trước "), fold("can_truoc")
    ('can_truoc', 'can_truoc')
    """
    return re.sub(r"[\W_]+", "_", plain_letters(heading).casefold()).strip("_")


def heading(column: Field, language: Language) -> str:
    """Return the heading for people, with the unit."""
    label = column.label.render(language)
    unit = say(unit_name(column.unit), language)
    return f"{label} ({unit})" if unit and unit not in label else label


def headings(column: Field) -> frozenset[str]:
    """Return all headings under which a column is found, folded."""
    spelled = [heading(column, language) for language in LANGUAGES] if column.unit else []
    return frozenset(fold(name) for name in (column.name, *column.label, *column.also, *spelled) if name)


def headings_of(columns: Iterable[Field]) -> dict[str, str]:
    """Return the column of each folded heading; the name of a column goes before any other heading."""
    names: dict[str, str] = {}
    columns = tuple(columns)
    for column in columns:
        for name in headings(column):
            names.setdefault(name, column.name)
    return names | {fold(column.name): column.name for column in columns}


def number_column(name: str, *, least: float | None = None, most: float | None = None) -> Field:
    """Declare a further column of numbers, which may be empty."""
    return Field(name, name, kind="number", name=name, least=least, most=most, required=False)


def word_shown(field: Field, word: str, language: Language) -> str:
    """Return a word of a list as people of the language write it.

    Examples
    --------
    >>> limit = Field("Hạn mức", "Limit", choices=("hard", "soft"), words=("không được vượt", "tham khảo"))
    >>> word_shown(limit, "soft", "vi"), word_shown(Field("", "", choices=("FS", "FF")), "FS", "vi")
    ('tham khảo', 'FS')
    """
    if language == "en" or not field.words or word not in field.choices:
        return word
    return field.words[field.choices.index(word)]


def word_kept(field: Field, word: str) -> str:
    """Return the word that files keep; the word itself when it is none of the list.

    Examples
    --------
    >>> limit = Field("Hạn mức", "Limit", choices=("hard", "soft"), words=("không được vượt", "tham khảo"))
    >>> word_kept(limit, "Tham khảo"), word_kept(limit, "weak")
    ('soft', 'weak')
    """
    if word in field.choices:
        return word
    if "true" in field.choices and isinstance(flag := parse_flag(word), bool):
        return str(flag).lower()
    folded = [fold(one) for one in field.words]
    return field.choices[folded.index(fold(word))] if fold(word) in folded else word


def allowed_choices(field: Field) -> Text | str:
    """List the words of a list, in Vietnamese with those that files keep.

    Examples
    --------
    >>> limit = Field("Hạn mức", "Limit", choices=("hard", "soft"), words=("không được vượt", "tham khảo"))
    >>> allowed_choices(limit).render("vi")
    'không được vượt (hard), tham khảo (soft)'
    """
    if not field.words:
        return listed(field.choices)
    both = [f"{shown} ({kept})" for shown, kept in zip(field.words, field.choices, strict=True)]
    return text("{words}", words=Label(", ".join(both), ", ".join(field.choices)))
