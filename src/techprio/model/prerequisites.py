"""What a table of technologies and their prerequisites holds."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from techprio.language import Text


@dataclass(frozen=True)
class Prerequisites:
    r"""Technologies in the order of the file, and what each needs.

    Parameters
    ----------
    technologies : tuple of str
    dependencies : DataFrame
        Columns ``technology, requires``; one row an edge.
    phases : Series
        Phase by technology as it stands in the file; empty where the file has no such column.
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
