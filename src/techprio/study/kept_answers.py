"""The answers that a round keeps for the next one, taken only as they were written."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from techprio.csv_text import unguarded
from techprio.forms.kinds import HALVED
from techprio.forms.round_folder import A_ROUND
from techprio.kept_files import checksum_of, read_words

#: The tables of a folder of results.
RESULTS = {"answers": "answers.csv", "comparisons": "comparisons.csv", "halves": "halves.csv"}
_WORDS = (
    *("expert", "group", "sector", "technology", "criterion", "node", "one", "other", "preferred"),
    *("first_preferred", "note"),
)


def kept_words(folder: Path, names: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each table of a round; a round that asked no halves has none of them.

    Raises
    ------
    DataFileError
        A table is missing or no text.
    """
    found: dict[str, str] = {}
    for name, file in names.items():
        if name == HALVED.table and not (folder / file).exists():
            continue
        found[name] = read_words(folder / file, code="T101", allowed=A_ROUND)
    return found


def mark_of_words(words: Mapping[str, str]) -> str:
    """Return the mark of the tables of a round: another one when anything in them changes."""
    return checksum_of("\n".join(words.values()))[:16]


def kept_tables(words: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Return the tables of texts that have the mark of their round."""
    return {name: _table_of(content) for name, content in words.items()}


def _table_of(content: str) -> pd.DataFrame:
    table = pd.read_csv(
        io.StringIO(content), dtype=dict.fromkeys(_WORDS, str), keep_default_na=False, na_values=[""]
    )
    table["note"] = [unguarded(str(note)) if isinstance(note, str) else "" for note in table["note"]]
    return table
