"""Names that Excel takes for sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable

from techprio.csv_text import clean

_BARRED_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_LENGTH = 31


def sheet_names(titles: Iterable[str]) -> tuple[str, ...]:
    """Return names that Excel takes: 31 letters at most, no barred sign, all different.

    Examples
    --------
    >>> sheet_names(["Roadmap: 2026/2030", "History", "history"])
    ('Roadmap 2026 2030', 'History 2', 'history 3')
    """
    names: list[str] = []
    taken = {"history"}
    for place, title in enumerate(titles, start=1):
        plain = " ".join(_BARRED_IN_SHEET_NAMES.sub(" ", clean(title)).split()).strip("'")
        name = plain[:_SHEET_NAME_LENGTH].strip() or str(place)
        if name.casefold() in taken:
            mark = f" {place}"
            name = plain[: _SHEET_NAME_LENGTH - len(mark)].strip() + mark
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)
