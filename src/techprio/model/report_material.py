"""What only people can write for the report: prose by section and a few tables, SWOT among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Quantity
from techprio.language import Language, text
from techprio.model.products import Letterhead

POINT = Quantity("point", text("Point"), text("Number of the point in the checklist."), "code")
ASKED = Quantity("asked", text("What is asked"), text("What the plan asks the roadmap to hold."))
POINT_STATE = Quantity("point_state", text("State"), text("Computed, supplied, partly there or missing."))
WHERE = Quantity("where", text("Where, or what to supply"), text("Where it stands, or what supplies it."))
ORIGIN = Quantity("origin", text("Origin"), text("Whether it follows from the survey or was written."))

#: Sections that take prose, in the order of the report.
SECTIONS = (
    "orientation",
    "context",
    "method",
    "current-state",
    "priorities",
    "roadmap",
    "policies",
    "monitoring",
    "basis",
    "conclusion",
    "necessity",
    "process",
    "feasibility",
    "support",
    "contacts",
    "proposals",
)
#: Tables that a study folder may hold, each a CSV file of this name.
TABLES = (
    "goals",
    "tasks",
    "policies",
    "swot",
    "provinces",
    "alignment",
    "indicators",
    "comments",
    "legal",
    "workstreams",
)


@dataclass(frozen=True)
class ReportMaterial:
    """Prose and tables beside the computed results.

    Parameters
    ----------
    texts : mapping of (section, language) to str
        Markdown.
    tables : mapping of str to DataFrame
        By name, of :data:`TABLES`.
    pictures : mapping of str to bytes
        What the prose shows, by the address that it gives.
    letterhead : Letterhead, optional
        Who issues the documents; None where the study does not say it.

    Examples
    --------
    >>> import techprio as tp
    >>> material = tp.model.ReportMaterial(texts={("foreword", "en"): "Written by the department."})
    >>> material.text("foreword", "en")
    'Written by the department.'
    """

    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    letterhead: Letterhead | None = None

    @validated
    def text(self, section: str, language: Language) -> str:
        """Return the prose of a section in one language; empty where there is none."""
        return self.texts.get((section, language), "")

    @validated
    def table(self, name: str) -> pd.DataFrame:
        """Return a table; one without rows where there is none."""
        return self.tables.get(name, pd.DataFrame())


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
