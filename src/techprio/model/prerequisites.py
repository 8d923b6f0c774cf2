"""What a table of technologies and their prerequisites holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from techprio.language import Text
from techprio.model.layout import Layout

#: What a prerequisite holds back, as planning tools write it: the first letter is its start or its finish
#: (being operational), the second the start or the finish of the technology that needs it.
Timing = Literal["FS", "SS", "FF", "SF"]
#: The longest lag or lead in months; a negative lag lets the two overlap.
LONGEST_LAG = 1200.0


def start_gap(timing: str, lag: float, lead_required: float, lead: float) -> float:
    """Return the least number of months from the start of a prerequisite to that of what needs it.

    Parameters
    ----------
    timing : Timing
    lag : float
        Months between the two ends that ``timing`` names; negative where they may overlap.
    lead_required, lead : float
        Months from start to operation of the prerequisite, and of the technology that needs it.

    References
    ----------
    Precedence diagramming method with generalized relations: Elmaghraby and Kamburowski 1992,
    *Management Science* 38, 1245-1263.

    Examples
    --------
    >>> [start_gap(timing, 3, lead_required=20, lead=6) for timing in ("FS", "SS", "FF", "SF")]
    [23, 3, 17, -3]
    """
    return lag + (lead_required if timing[0] == "F" else 0) - (lead if timing[1] == "F" else 0)


@dataclass(frozen=True)
class Prerequisites:
    r"""Technologies in the order of the file, and what each needs.

    Parameters
    ----------
    technologies : tuple of str
    dependencies : DataFrame
        Columns ``technology, requires, timing, lag_months, one_of``; one row an edge. Edges of a technology
        with the same ``one_of`` are alternatives; "(A and B) or C" is the two groups "A or C", "B or C".
        A matrix of strengths adds ``strength``.
    phases : Series
        Phase by technology as it stands in the file; empty where the file has no such column.
    lead : Series
        Duration in months by technology; empty where the file has no such column.
    names : Series
        Name by technology; empty where the file has no such column.
    layout : Layout
        What the file was taken for, with what each row and column holds.
    notes : tuple of Text
        What was read as one, or left out.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "needs.csv"
    >>> _ = file.write_text("technology,requires\nT1,\nT2,T1\nT3,T1; T2\n", encoding="utf-8")
    >>> found = tp.inputs.read_prerequisites(file)
    >>> found.technologies
    ('T1', 'T2', 'T3')
    >>> tp.dependencies.build_graph(found.dependencies, found.technologies).levels.to_dict()
    {'T1': 0, 'T2': 1, 'T3': 2}
    """

    technologies: tuple[str, ...]
    dependencies: pd.DataFrame
    phases: pd.Series
    notes: tuple[Text, ...] = ()
    lead: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))
    names: pd.Series = field(default_factory=lambda: pd.Series(dtype=object))
    layout: Layout = field(default_factory=lambda: Layout(""))
