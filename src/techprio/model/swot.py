"""The four sides of a SWOT table and the words for them."""

from __future__ import annotations

from typing import Literal, get_args

Side = Literal["strength", "weakness", "opportunity", "threat"]
SIDES: tuple[Side, ...] = get_args(Side)
_ALSO: dict[str, Side] = {
    "s": "strength",
    "w": "weakness",
    "o": "opportunity",
    "t": "threat",
    "điểm mạnh": "strength",
    "điểm yếu": "weakness",
    "cơ hội": "opportunity",
    "thách thức": "threat",
}


def swot_side(word: str) -> Side | None:
    """Return the side that a word means; None when it means none.

    Examples
    --------
    >>> swot_side("Cơ hội"), swot_side("T"), swot_side("luck")
    ('opportunity', 'threat', None)
    """
    folded = word.strip().casefold()
    return next((side for side in SIDES if side == folded), _ALSO.get(folded))
