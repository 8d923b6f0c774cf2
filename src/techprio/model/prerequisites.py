"""What a table of technologies and their prerequisites holds."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from techprio.language import Text


@dataclass(frozen=True)
class Prerequisites:
    """Technologies in the order of the file, and what each needs.

    Parameters
    ----------
    technologies : tuple of str
    dependencies : DataFrame
        Columns ``technology, requires``; one row an edge.
    phases : Series
        Phase by technology as it stands in the file; empty where the file has no such column.
    notes : tuple of Text
        What was read as one, or left out.
    """

    technologies: tuple[str, ...]
    dependencies: pd.DataFrame
    phases: pd.Series
    notes: tuple[Text, ...] = ()
