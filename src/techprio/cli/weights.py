"""``techprio weights``: weights, consistency, what to revise, who differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import click
import pandas as pd

from techprio.cli.bilingual import argument, command, option
from techprio.cli.frames import frame_lines, write_frames
from techprio.cli.parameters import csv_folder_option, language_option, workbook_option
from techprio.cli.spoken import read_named
from techprio.cli.words import told
from techprio.language import Language, Text, resolve_language, text

TITLES = {
    "weights": text("Weights"),
    "consistency": text("Consistency"),
    "revise": text("Judgments to look at again"),
    "differences": text("Who differs most"),
    "consensus": text("Consensus"),
}
SHOWN_DIFFERENCES = 8
Tables: TypeAlias = tuple[dict[str, pd.DataFrame], list[str]]


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
    from techprio.inputs.workbook_study import is_study_workbook

    path = Path(study)
    is_file = path.is_file() and path.name != "study.yaml" and not is_study_workbook(path)
    tables, notes = file_tables(study, reading) if is_file else study_tables(study)
    for path in write_frames(tables, folder=folder, workbook=workbook):
        click.echo(str(path), err=True)
    click.echo("\n".join(_lines(tables, notes, resolve_language())))


def file_tables(study: str, reading: Mapping[str, Any]) -> Tables:
    """Return the tables of a file of pairwise comparisons, and its notes."""
    from techprio.inputs.pairwise import read_pairwise
    from techprio.weighting.matrices import judgments_from_matrices
    from techprio.weighting.overview import overview_tables

    read = read_pairwise(study, **reading)
    language = resolve_language()
    tables = overview_tables(judgments_from_matrices(read.matrices), language=language)
    notes = [note.render(language) for note in read.notes]
    return tables, [*notes, *tables.pop("notes")["note"]]


def study_tables(study: str) -> Tables:
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


def _lines(tables: dict[str, pd.DataFrame], notes: list[str], language: Language) -> Iterator[str]:
    for name, title in TITLES.items():
        table = _shown(name, tables.get(name))
        if table is not None and not table.empty:
            yield from ("", f"{title.render(language)}{_remark(name, language)}")
            yield from frame_lines(told(table, language), language)
    yield ""
    yield from (f"! {note}" for note in notes)


def _shown(name: str, table: pd.DataFrame | None) -> pd.DataFrame | None:
    """Keep on the screen what asks for attention; files hold everything."""
    if table is None:
        return None
    if name == "consistency":
        return table[(table["kind"] != "expert") | (table["cr"] > 0.1)]
    return table.head(SHOWN_DIFFERENCES) if name == "differences" else table


def _remark(name: str, language: Language) -> str:
    remark: Text | None = {
        "consistency": text("the panel, and experts above 0.10; all in the files of --csv and --excel"),
        "differences": text("the {count} furthest from the panel", count=SHOWN_DIFFERENCES),
    }.get(name)
    return f" ({remark.render(language)})" if remark else ""
