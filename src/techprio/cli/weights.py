"""``techprio weights``: weights, consistency, what to revise, who differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from techprio.cli.bilingual import argument, command, option
from techprio.cli.parameters import csv_folder_option, language_option, workbook_option
from techprio.cli.screen import show_notes, show_table
from techprio.cli.spoken import read_named
from techprio.cli.table_files import write_tables
from techprio.language import resolve_language, text

if TYPE_CHECKING:
    import pandas as pd

SHOWN = ("weights", "consistency", "revise", "differences", "consensus")
SHOWN_DIFFERENCES = 8
REMARKS = {
    "consistency": (text("the panel, and experts above 0.10; all in the files of --csv and --excel"),),
    "differences": (text("the {count} furthest from the panel", count=SHOWN_DIFFERENCES),),
}
Tables: TypeAlias = "tuple[dict[str, pd.DataFrame], list[str]]"


@command(text("Show the weights of STUDY and the judgments behind them."))
@argument(
    "study",
    text("STUDY"),
    text("A study, or a CSV file or workbook of pairwise comparisons."),
)
@csv_folder_option
@workbook_option
@option("--sheet", shown=text("NAME"), help=text("Of a file: the sheet; without it, one sheet an expert."))
@option(
    "--locale",
    type=click.Choice(["vi", "en"]),
    help=text("Of a file: settles numbers such as 1,200 that have two readings."),
)
@option(
    "--minus-means",
    type=click.Choice(["left", "right"]),
    help=text("Of a survey with answers from -9 to 9: which item of a pair a minus favours."),
)
@language_option
def weights(study: str, folder: Path | None, workbook: Path | None, **reading: Any) -> None:
    """Show weights, consistency, what to revise, who differs."""
    from techprio.inputs.study_tree import is_study_workbook
    from techprio.weighting.overview import declared_tables

    path = Path(study)
    is_file = path.is_file() and path.name != "study.yaml" and not is_study_workbook(path)
    tables, notes = _file_tables(study, reading) if is_file else _study_tables(study)
    write_tables(tables, declared_tables(tables), study, folder=folder, workbook=workbook)
    for name, table in declared_tables({key: _shown(key, frame) for key, frame in tables.items()}).items():
        if name in SHOWN and table.rows:
            show_table(replace(table, notes=REMARKS.get(name, ())))
    show_notes(notes)


def _file_tables(study: str, reading: Mapping[str, Any]) -> Tables:
    """Return the tables of a file of pairwise comparisons, and its notes."""
    from techprio.inputs.pairwise import read_pairwise
    from techprio.weighting.matrices import judgments_from_matrices
    from techprio.weighting.overview import overview_tables

    read = read_pairwise(study, **reading)
    language = resolve_language()
    tables = overview_tables(judgments_from_matrices(read.matrices), language=language)
    notes = [note.render(language) for note in read.notes]
    return tables, [*notes, *tables.pop("notes")["note"]]


def _study_tables(study: str) -> Tables:
    """Return the tables of the panel of a study, and its notes."""
    from techprio.scoring import study_weights
    from techprio.study.revisions import revision_effects
    from techprio.weighting.overview import overview_tables

    read = read_named(study)
    language = resolve_language()
    if read.judgments is None:
        weights = study_weights(read)
        return {"weights": weights.to_frame()}, [note.render(language) for note in weights.notes]
    settings = read.weights
    tables = overview_tables(
        read.judgments,
        language=language,
        priorities=settings.priorities,
        aggregate=settings.aggregate,
        groups=settings.groups,
        random_index=settings.random_index,
    )
    tables["revise"] = revision_effects(read)
    change = text(
        "change among the first: what would come into (+) and leave (-) the first {k}", k=read.ranking.top
    )
    return tables, [*tables.pop("notes")["note"], change.render(language)]


def _shown(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Keep on the screen what asks for attention; files hold everything."""
    if name == "consistency":
        from techprio.model.weights import ACCEPTED_RATIO

        return table[(table["kind"] != "expert") | (table["cr"] > ACCEPTED_RATIO)]
    return table.head(SHOWN_DIFFERENCES) if name == "differences" else table
