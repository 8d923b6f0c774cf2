"""The direction of a criterion: the words, signs and builtins that state it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, Literal, TypeAlias, get_args

import numpy as np

from techprio.errors import Sayable, did_you_mean
from techprio.language import text
from techprio.model.checks import Checks, as_written, is_number

Direction = Literal["maximize", "minimize"]
DirectionLike: TypeAlias = str | int | Callable[..., Any]
"""What is taken for a direction: a word, 1 or -1, or the builtins ``max`` and ``min``."""

DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
#: Other words that state a direction without doubt, in both languages.
DIRECTION_WORDS: dict[str, Direction] = {
    "max": "maximize",
    "benefit": "maximize",
    "higher is better": "maximize",
    "tăng": "maximize",
    "cao hơn tốt hơn": "maximize",
    "min": "minimize",
    "cost": "minimize",
    "lower is better": "minimize",
    "giảm": "minimize",
    "thấp hơn tốt hơn": "minimize",
}
#: Words for a criterion whose best value lies inside its scale; it has no direction.
_BEST_INSIDE = ("target", "nominal", "ideal", "range", "goal", "mục tiêu", "lý tưởng", "khoảng")


def parse_direction(value: object) -> Direction | None:
    """Return the direction that a word, a sign or a builtin states; None when it states none.

    Examples
    --------
    >>> [parse_direction(value) for value in ("max", -1, min, "Tăng", True, "up")]
    ['maximize', 'minimize', 'minimize', 'maximize', None, None]
    """
    if value is max or value is min:
        return "maximize" if value is max else "minimize"
    if is_number(value):
        return {1.0: "maximize", -1.0: "minimize"}.get(float(value))  # type: ignore[return-value]
    if not isinstance(value, str):
        return None
    plain = unicodedata.normalize("NFC", value).strip().casefold()
    return next((word for word in DIRECTIONS if word == plain), DIRECTION_WORDS.get(plain))


def check_direction(checks: Checks, place: Sayable, value: object) -> Direction:
    """Return the direction, or note what states none; the first of the two then stands in."""
    found = parse_direction(value)
    if found is None:
        allowed = text("maximize or minimize, max or min, 1 or -1")
        if isinstance(value, bool | np.bool_):
            proposal: Sayable = text("True and False state no direction; write max or min")
        elif isinstance(value, str) and value.strip().casefold() in _BEST_INSIDE:
            proposal = text(
                "where the best value lies inside the scale, state maximize or minimize for the scale as a "
                "whole and the best values as its ideal: Scale(..., ideal=[30, 35])"
            )
        else:
            proposal = did_you_mean(value, [*DIRECTIONS, *DIRECTION_WORDS]) if isinstance(value, str) else ""
        checks.add(place, as_written(value), allowed, proposal)
    return found or DIRECTIONS[0]
