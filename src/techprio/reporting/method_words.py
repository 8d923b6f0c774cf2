"""The ranking method in words, in place of how Python writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from techprio.language import Text, text
from techprio.model.run import RunData

_NAMES: dict[str, Text | str] = {
    "Topsis": "TOPSIS",
    "WeightedSum": text("weighted sum"),
    "WeightedProduct": text("weighted product"),
    "Vikor": "VIKOR",
    "Promethee2": "PROMETHEE II",
}
_NORMALIZATIONS: dict[str, Text] = {
    "reference": text("on the declared, fixed scale of each criterion"),
    "minmax": text("between the lowest and the highest of the candidates"),
    "vector": text("by the length of each column"),
}


def method_words(method: object) -> Text:
    """Return a ranking method in words: its name, its normalization, its other settings.

    Examples
    --------
    >>> from techprio.ranking.topsis import Topsis
    >>> print(method_words(Topsis("reference")))
    TOPSIS, normalization reference (on the declared, fixed scale of each criterion)
    """
    known = _NAMES.get(type(method).__name__)
    name: Any = known if known is not None else str(getattr(method, "name", type(method).__name__))
    words = text("{method}", method=name)
    normalization = getattr(method, "normalization", None)
    if isinstance(normalization, str) and normalization:
        told = _NORMALIZATIONS.get(normalization)
        how = text("{name} ({meaning})", name=normalization, meaning=told) if told else normalization
        words = text("{method}, normalization {normalization}", method=words, normalization=how)
    for key, value in _settings(method):
        words = text("{words}, {setting} {value}", words=words, setting=key, value=value)
    return words


def run_method(run: RunData) -> Text:
    """Return the ranking method of a run in words."""
    first = next(iter(run.rankings.values()), None)
    return text("{method}", method=run.provenance.method) if first is None else method_words(first.method)


def _settings(method: object) -> list[tuple[str, Any]]:
    """Return the plain settings of a method besides name and normalization."""
    found: dict[str, Any] = {}
    for field in fields(method) if is_dataclass(method) else ():
        value = getattr(method, field.name)
        if field.repr and field.name not in ("name", "normalization"):
            found |= value if isinstance(value, Mapping) else {field.name: value}
    return [
        (key, value) for key, value in found.items() if isinstance(value, str | int | float) and value != ""
    ]
