"""The files of a comparison: one table, a workbook, a chart, and the record."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from techprio.csv_text import frame_csv
from techprio.errors import InputError
from techprio.language import Language, Text, text
from techprio.model.difference import CHANGE_WORDS, FACTOR_WORDS, Difference
from techprio.model.provenance import Provenance
from techprio.model.study import Study
from techprio.reporting.consultation import consultation_frame, consultation_table
from techprio.reporting.files import put_file
from techprio.reporting.tables import Column, Table
from techprio.reporting.workbook import workbook_bytes


@dataclass(frozen=True)
class Headed:
    """What the workbook prints around its tables."""

    study: Study
    provenance: Provenance


def difference_tables(difference: Difference) -> tuple[Table, ...]:
    """Return the printed tables of a comparison: changes, parts of ranks and scores, plan."""
    tables = [
        _changes(difference),
        _parts(difference, "rank", text("Parts of the change of rank"), difference.rank_parts),
        _parts(difference, "score", text("Parts of the change of score"), difference.score_parts),
    ]
    if not difference.plan.empty:
        tables.append(_plan(difference))
    return tuple(tables)


def write_difference(
    difference: Difference,
    folder: str | Path,
    *,
    language: Language = "vi",
    comments: pd.DataFrame | None = None,
) -> list[Path]:
    """Write ``difference.csv``, ``.xlsx``, ``.png`` and ``.json`` into a folder.

    All contents are made first; each file is written under another name and then put in place.

    Parameters
    ----------
    difference : Difference
    folder : path
        Made when it is not there.
    language : {"vi", "en"}
    comments : DataFrame, optional
        Of the consultation between the two runs; written as ``consultation.csv`` and a sheet, with
        what moved of what each comment is on.

    Returns
    -------
    list of Path

    Raises
    ------
    InputError
        The folder is a file, or a difference without its study.
    """
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise InputError(f"{target}: found a file; allowed: a folder, or a name that is not taken")
    if difference.study is None or difference.provenance is None:
        raise InputError("only a difference made by compare can be written; this one names no study")
    headed = Headed(difference.study, difference.provenance)
    tables = difference_tables(difference)
    files = {}
    if comments is not None:
        tables = (*tables, consultation_table(difference, comments))
        record = consultation_frame(difference, comments)
        files["consultation.csv"] = frame_csv(record, language=language)
    files |= {
        "difference.csv": frame_csv(difference.to_frame()),
        "difference.xlsx": workbook_bytes(
            headed,  # type: ignore[arg-type]  # with tables given, the workbook reads these two only
            language=language,
            tables=tables,
        ),
        "difference.png": _png(difference.plot(language=language)),
        "difference.json": _record(difference, language),
    }
    target.mkdir(parents=True, exist_ok=True)
    return [put_file(target / name, content, language) for name, content in sorted(files.items())]


def _changes(difference: Difference) -> Table:
    columns = (
        Column(text("Sector"), "code", 9),
        Column(text("Technology"), "code", 12),
        Column(text("Change"), "text", 20),
        Column(text("Rank before"), "integer", 10),
        Column(text("Rank now"), "integer", 10),
        Column(text("Score before"), "score", 10),
        Column(text("Score now"), "score", 10),
        Column(text("In one sentence"), "text", 90),
    )
    rows = [
        (
            row["sector"],
            row["technology"],
            CHANGE_WORDS[row["change"]],
            *(_known(row[name]) for name in ("rank_old", "rank_new", "score_old", "score_new")),
            difference.sentence(row["technology"]),
        )
        for _, row in difference.ranks.iterrows()
    ]
    return Table(
        "changes",
        text("Changes"),
        text("What changed from the run before, and why"),
        columns,
        rows,
        (_factor_note(difference.factors), *difference.notes),
    )


def _factor_note(factors: Sequence[str]) -> Text:
    if not factors:
        return text("no factor of the ranking has changed")
    words = FACTOR_WORDS[factors[0]]
    for factor in factors[1:]:
        words = text("{first}, {second}", first=words, second=FACTOR_WORDS[factor])
    return text("what differs between the two runs: {factors}", factors=words)


def _parts(difference: Difference, kind: str, title: Text, parts: pd.DataFrame) -> Table:
    changes = parts.sum(axis=1)
    columns = (
        Column(text("Technology"), "code", 12),
        *(Column(FACTOR_WORDS[factor], "score", 16) for factor in parts.columns),
        Column(text("Sum of the parts"), "score", 16),
    )
    rows = [(name, *(float(part) for part in parts.loc[name]), float(changes[name])) for name in parts.index]
    note = text("Shapley values: the parts of a row add up to its change; below 0 is a better rank")
    notes = (note,) if kind == "rank" else ()
    return Table(f"{kind}_parts", title, title, columns, rows, notes)


def _plan(difference: Difference) -> Table:
    factors = difference.plan_parts.columns
    columns = (
        Column(text("Technology"), "code", 12),
        Column(text("Phase before"), "mark", 13),
        Column(text("Phase now"), "mark", 13),
        Column(text("Operational before"), "month", 13),
        Column(text("Operational now"), "month", 13),
        Column(text("Months later"), "integer", 10),
        *(Column(FACTOR_WORDS[factor], "score", 16) for factor in factors),
    )
    rows = [
        (
            row["technology"],
            *(row[name] for name in ("phase_old", "phase_new")),
            *(row[name] for name in ("operational_old", "operational_new")),
            _known(row["months_later"]),
            *(_part(difference.plan_parts, row["technology"], factor) for factor in factors),
        )
        for _, row in difference.plan.iterrows()
    ]
    title = text("Changes of the plan")
    return Table("plan", title, title, columns, rows)


def _part(parts: pd.DataFrame, technology: str, factor: str) -> float | None:
    return float(parts.loc[technology, factor]) if technology in parts.index else None


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def _png(ax: Any) -> bytes:
    import matplotlib.pyplot as plt

    stream = io.BytesIO()
    ax.figure.savefig(stream, format="png", dpi=150, bbox_inches="tight", metadata={"Software": None})
    plt.close(ax.figure)
    return stream.getvalue()


def _record(difference: Difference, language: Language) -> bytes:
    provenance = difference.provenance
    record = {
        "version": provenance.version if provenance else "",
        "method": provenance.method if provenance else "",
        "inputs": dict(provenance.inputs) if provenance else {},
        "factors": list(difference.factors),
        "plan_factors": list(difference.plan_factors),
        "renamed": dict(difference.renamed),
        "notes": [note.render(language) for note in difference.notes],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
