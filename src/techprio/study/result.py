"""The result of a run with its writers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from techprio.language import Language
from techprio.model.run import RunData


@dataclass(frozen=True)
class StudyResult(RunData):
    """All stages of a run; see :class:`techprio.model.run.RunData` for the fields.

    The writers call down to the reporting room, which knows only the nouns.
    """

    def to_frame(self) -> pd.DataFrame:
        """Return the priority list, one row per technology."""
        from techprio.reporting.lists import priority_table

        return priority_table(self)

    def to_excel(self, path: str | Path, *, language: Language = "vi") -> Path:
        """Write the workbook of the priority lists."""
        from techprio.reporting.workbook import workbook_bytes

        target = Path(path)
        target.write_bytes(workbook_bytes(self, language=language))
        return target

    def save(self, folder: str | Path, *, languages: Sequence[Language] = ("vi",)) -> list[Path]:
        """Write all that ``techprio run`` writes; an earlier result is replaced at the end."""
        from techprio.reporting.write import write_results

        return write_results(self, Path(folder), languages=tuple(languages))
