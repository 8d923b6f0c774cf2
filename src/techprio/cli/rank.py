"""``techprio rank``: ranked lists to the screen or as CSV."""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.bilingual import command, option
from techprio.cli.frames import frame_lines
from techprio.cli.parameters import language_option, study_argument
from techprio.cli.screen import shorten, table_lines
from techprio.cli.spoken import read_named
from techprio.cli.words import told
from techprio.language import Language, format_number, resolve_language, text
from techprio.model.ranking import Ranking


@command(text("Rank the technologies of STUDY, sector by sector."))
@study_argument
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
    explain: tuple[str, str] | None,
    target: Path | None,
) -> None:
    """Show ranked lists, or why one technology is ahead of another."""
    from techprio.ranking.methods import make_method
    from techprio.scoring import rank_study, study_weights

    read = read_named(study)
    language = resolve_language()
    options = {} if name and name != read.ranking.method else dict(read.ranking.options)
    if normalization:
        options["normalization"] = normalization
    method = make_method(name or read.ranking.method, options)
    rankings = rank_study(read, study_weights(read), method, sectors=sectors)
    if explain:
        click.echo(_explanation(rankings, explain, language))
        return
    if target:
        _write_csv(rankings, target)
    for code, ranking in rankings.items():
        click.echo(
            "\n".join(_lines(code, ranking, read.catalog.sector(code).label.render(language), language))
        )


def _explanation(rankings: dict[str, Ranking], pair: tuple[str, str], language: Language) -> str:
    from techprio.errors import InputError
    from techprio.model.explanation import explain

    for ranking in rankings.values():
        if all(name in ranking.scores.index for name in pair):
            why = explain(ranking, *pair)
            return "\n".join([why.say(language), "", *frame_lines(told(why.to_frame(), language), language)])
    raise InputError(
        text(
            "{a} and {b} do not stand in one ranked sector; both names must be codes of one",
            a=pair[0],
            b=pair[1],
        )
    )


def _write_csv(rankings: dict[str, Ranking], target: Path) -> None:
    import pandas as pd

    frames = [ranking.to_frame().assign(sector=code) for code, ranking in rankings.items()]
    table = pd.concat(frames, ignore_index=True)
    columns = ["sector", *(c for c in table.columns if c != "sector")]
    target.write_bytes(table[columns].to_csv(index=False, lineterminator="\n").encode("utf-8-sig"))


def _lines(code: str, ranking: Ranking, label: str, language: Language) -> list[str]:
    heads = [text("rank"), text("code"), text("technology"), text("score")]
    rows = [
        [
            f"{row['rank']}" + ("=" if row["tied"] else " "),
            row["alternative"],
            shorten(ranking.matrix.labels[row["alternative"]].render(language), 70),
            format_number(row["score"], language, 4),
        ]
        for _, row in ranking.to_frame().iterrows()
    ]
    lines = [f"{code}  {label}", *table_lines([h.render(language) for h in heads], rows, right=(0, 3))]
    lines += [f"– {name}: {reason.render(language)}" for name, reason in ranking.screened.items()]
    return [*lines, *(f"! {note.render(language)}" for note in ranking.notes), ""]
