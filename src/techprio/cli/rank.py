"""``techprio rank``: ranked lists to the screen or as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techprio.cli.bilingual import argument, command, option
from techprio.cli.parameters import is_plain_file, language_option
from techprio.cli.rank_table import TableRequest, rank_table
from techprio.cli.screen import show, show_notes, show_table
from techprio.cli.spoken import read_named
from techprio.cli.table_options import table_options
from techprio.errors import InputError
from techprio.language import Label, Text, resolve_language, text

if TYPE_CHECKING:
    from techprio.display.quantities import Table
    from techprio.model.ranking import Ranking


@command(text("Rank the technologies of STUDY, sector by sector, or the rows of a table of scores."))
@argument("study", text("STUDY"), text("A study, or a CSV file or workbook of scores."))
@option(
    "--weights",
    shown=text("WEIGHTS"),
    help=text("Of a file: a table of weights, or C1=0.4,C2=0.6; else the weights in the table."),
)
@option(
    "--directions",
    shown=text("DIRECTIONS"),
    help=text("Of a file: C1=max,C2=min; else the directions in the table or with the weights."),
)
@option(
    "--gates",
    is_flag=True,
    help=text("Of a file: leave out what fails the minima and maxima that it states."),
)
@option("--normalize", is_flag=True, help=text("Of a file: divide raw weights by their sum."))
@option(
    "--draws",
    type=click.IntRange(min=1),
    help=text("Of a file: simulate the ranking with so many draws of weights and scores."),
)
@option("--seed", type=int, default=0, show_default=True, help=text("Of a file: seed of the draws."))
@table_options
@option(
    "--leave-out",
    type=click.Choice(["empty"]),
    help=text("Of a file: leave out rows and columns without any value, and list them."),
)
@option(
    "--sector",
    "sectors",
    multiple=True,
    shown=text("CODE"),
    help=text("Only this sector; may be given again."),
)
@option("--method", "name", shown=text("NAME"), help=text("Ranking method instead of the study's."))
@option(
    "--normalization",
    shown=text("NAME"),
    help=text("Normalization of TOPSIS: vector, minmax or reference."),
)
@option(
    "--raw-values",
    is_flag=True,
    help=text("Of a study: take criteria as measured, without log10 and value functions."),
)
@option(
    "--explain",
    nargs=2,
    shown=text("A B"),
    help=text("Explain why technology A stands where it does against B."),
)
@option(
    "--csv",
    "target",
    shown=text("FILE"),
    type=click.Path(path_type=Path, dir_okay=False),
    help=text("Write the list as CSV."),
)
@language_option
def rank(
    study: str,
    sectors: tuple[str, ...],
    name: str | None,
    normalization: str | None,
    raw_values: bool,
    explain: tuple[str, str] | None,
    target: Path | None,
    weights: str | None,
    directions: str | None,
    normalize: bool,
    gates: bool,
    draws: int | None,
    seed: int,
    **reading: Any,
) -> None:
    """Show ranked lists, or why one technology is ahead of another."""
    if is_plain_file(study):
        asked = TableRequest(
            weights, directions, name, normalization, explain, draws, seed, target, normalize, gates
        )
        rank_table(study, asked, reading)
        return
    from techprio.ranking.methods import make_method
    from techprio.ranking.worth import RawValues
    from techprio.scoring import rank_study, study_weights

    read = read_named(study, locale=reading["locale"])
    options = {} if name and name != read.ranking.method else dict(read.ranking.options)
    if normalization:
        options["normalization"] = normalization
    method = make_method(name or read.ranking.method, options)
    if raw_values or not read.ranking.transforms:
        method = RawValues(method)
    rankings = rank_study(read, study_weights(read), method, sectors=sectors)
    if explain:
        _show_explanation(rankings, explain)
        return
    if target:
        _write_csv(rankings, target)
    for code, ranking in rankings.items():
        show_table(_table(code, ranking, read.catalog.sector(code).label))
        show_notes([*_screened(ranking), *ranking.notes])
        click.echo()


def _show_explanation(rankings: Mapping[str, Ranking], pair: tuple[str, str]) -> None:
    for ranking in rankings.values():
        if all(name in ranking.scores.index for name in pair):
            why = ranking.explain(*pair)
            show(why.sentence)
            click.echo()
            show_table(why.tables()["explanation"], titled=False)
            return
    raise InputError(
        text(
            "{a} and {b} do not stand in one ranked sector; both names must be codes of one",
            a=pair[0],
            b=pair[1],
        )
    )


def _write_csv(rankings: Mapping[str, Ranking], target: Path) -> None:
    import pandas as pd

    from techprio.csv_text import frame_csv
    from techprio.reporting.files import put_file

    frames = [ranking.to_frame().assign(sector=code) for code, ranking in rankings.items()]
    table = pd.concat(frames, ignore_index=True)
    columns = ["sector", *(c for c in table.columns if c != "sector")]
    put_file(target, frame_csv(table[columns]), resolve_language())


def _table(code: str, ranking: Ranking, label: Label) -> Table:
    from techprio.display.quantities import Column, Table, with_names
    from techprio.model.catalog import TECHNOLOGY, TECHNOLOGY_NAME
    from techprio.model.ranking import RANK, SCORE, places_of

    frame = ranking.to_frame()
    names = [ranking.matrix.labels[name] for name in frame["alternative"]]
    rows = zip(places_of(frame), frame["alternative"], names, frame["score"], strict=True)
    columns = [RANK, TECHNOLOGY, TECHNOLOGY_NAME, Column(SCORE, bar=True)]
    return Table.of("ranking", with_names([code], {code: label})[0], columns, list(rows))


def _screened(ranking: Ranking) -> list[Text]:
    return [text("{name}: {reason}", name=name, reason=why) for name, why in ranking.screened.items()]
