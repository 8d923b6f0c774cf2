"""``techprio rank``: ranked lists to the screen or as CSV."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techprio.cli.bilingual import argument, command, option
from techprio.cli.parameters import is_plain_file, language_option
from techprio.cli.screen import show, show_notes, show_table
from techprio.cli.spoken import read_named
from techprio.cli.table_files import put_csv
from techprio.cli.table_options import numbers, pairs, read_options, table_options
from techprio.errors import InputError
from techprio.language import Label, Text, text

if TYPE_CHECKING:
    from pandas import DataFrame

    from techprio.display.quantities import Table
    from techprio.inputs.score_table import ScoreTable
    from techprio.model.ranking import Ranking
    from techprio.model.study import Study


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
        asked = _Asked(
            weights, directions, name, normalization, explain, draws, seed, target, normalize, gates
        )
        _rank_file(study, asked, reading)
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
        _check_pair(rankings, explain)
        if name or normalization or raw_values:
            _show_explanation(rankings, explain)
        else:
            _show_standing(read, explain)
        return
    if target:
        _write_csv(rankings, target)
    for code, ranking in rankings.items():
        show_table(_table(code, ranking, read.catalog.sector(code).label))
        show_notes([*_screened(ranking), *ranking.notes])
        click.echo()


def _show_explanation(
    rankings: Mapping[str, Ranking],
    pair: tuple[str, str],
    pairwise: Mapping[str, DataFrame] | None = None,
) -> None:
    code = _check_pair(rankings, pair)
    why = rankings[code].explain(*pair, pairwise=(pairwise or {}).get(code))
    show(why.sentence)
    click.echo()
    show_table(why.tables()["explanation"], titled=False)


def _check_pair(rankings: Mapping[str, Ranking], pair: tuple[str, str]) -> str:
    """Return the sector in which both technologies are ranked."""
    for code, ranking in rankings.items():
        if all(name in ranking.scores.index for name in pair):
            return code
    raise InputError(
        text(
            "{a} and {b} do not stand in one ranked sector; both names must be codes of one",
            a=pair[0],
            b=pair[1],
        )
    )


def _show_why(ranking: Ranking, pair: tuple[str, str]) -> None:
    from techprio.display.quantities import Column
    from techprio.model.scale import CRITERION_NAME

    why = ranking.explain(*pair)
    show(why.sentence)
    click.echo()
    table, labels = why.tables()["explanation"], ranking.matrix.labels
    if any(row[0] in labels for row in table.rows):
        rows = [(row[0], labels.get(row[0], ""), *row[1:]) for row in table.rows]
        columns = (table.columns[0], Column(CRITERION_NAME), *table.columns[1:])
        table = replace(table, columns=columns, rows=rows)
    show_table(table, titled=False)


def _show_standing(study: Study, pair: tuple[str, str]) -> None:
    """Show the sentence of both technologies, as a run of the study states it."""
    from techprio.reporting.sentences import technology_sentence
    from techprio.study.chain import run

    result = run(study)
    pairs = {code: drawn.pairwise for code, drawn in result.acceptability.items()}
    _show_explanation(result.rankings, pair, pairs)
    for technology in pair:
        click.echo()
        show(technology_sentence(result, technology))


def _write_csv(rankings: Mapping[str, Ranking], target: Path) -> None:
    import pandas as pd

    frames = [ranking.to_frame().assign(sector=code) for code, ranking in rankings.items()]
    table = pd.concat(frames, ignore_index=True)
    columns = ["sector", *(c for c in table.columns if c != "sector")]
    put_csv(target, table[columns])


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


@dataclass(frozen=True)
class _Asked:
    """What is asked of a table of scores."""

    weights: str | None
    directions: str | None
    method: str | None
    normalization: str | None
    explain: tuple[str, str] | None
    draws: int | None
    seed: int
    target: Path | None
    normalize: bool
    gates: bool = False


def _rank_file(path: str, asked: _Asked, reading: Mapping[str, Any]) -> None:
    """Read a table, rank it, and show, explain, simulate or write the ranking."""
    from techprio.inputs.score_table import read_score_table
    from techprio.ranking.methods import make_method
    from techprio.ranking.rank_table import rank, screen

    table = read_score_table(path, **read_options(reading))
    show(table.layout.sentence)
    weights, directions = _weights(table, asked.weights, reading.get("locale"))
    directions = _named(pairs(asked.directions, "--directions"), table) if asked.directions else directions
    _check_given(path, table, weights, directions)
    options = {"normalization": asked.normalization} if asked.normalization else {}
    method = make_method(asked.method or "topsis", options)
    matrix = table.decision_matrix(directions)
    gates = table.gates if asked.gates else ()
    ranking = rank(matrix, weights, method, gates=gates, normalize=asked.normalize)
    show_notes([*table.notes, *_offers(table, asked)])
    if asked.explain:
        _show_why(ranking, asked.explain)
        return
    if asked.target:
        put_csv(asked.target, ranking.to_frame())
    click.echo()
    show_table(ranking.tables()["ranking"])
    show_notes([*_screened(ranking), *ranking.notes])
    if asked.draws:
        from techprio.robustness.simulation import simulate

        ranked = screen(matrix, gates)[0] if gates else matrix
        drawn = simulate(ranked, ranking.weights, method, draws=asked.draws, seed=asked.seed)
        click.echo()
        show_table(drawn.tables()["acceptability"])
        show_notes(drawn.notes)


def _offers(table: ScoreTable, asked: _Asked) -> list[Text]:
    """Say which requirements and best values the table states, and what uses them."""
    found = []
    if table.gates and not asked.gates:
        limits = [
            f"{gate.criterion} ≥ {gate.at_least:g}" if gate.at_least is not None
            else f"{gate.criterion} ≤ {gate.at_most:g}"
            for gate in table.gates
        ]  # fmt: skip
        found.append(
            text("the table states requirements, {limits}; --gates leaves out what fails them", limits=limits)
        )
    if table.ideals:
        values = [f"{name} = {value[0]:g}" for name, value in table.ideals.items()]
        found.append(
            text(
                "the table states best values, {values}; they do not count here: a scale with an ideal does "
                "(tp.Scale)",
                values=values,
            )
        )
    return found


def _weights(table: ScoreTable, stated: str | None, locale: Any) -> tuple[dict[str, float], dict[str, str]]:
    """Return weights and directions: as stated, else from the file of weights, else from the table."""
    if stated is None:
        return dict(table.weights), dict(table.directions)
    if "=" in stated and not Path(stated).exists():
        return _named(numbers(stated, "--weights"), table), dict(table.directions)
    from techprio.inputs.weight_tables import read_weight_table

    found = read_weight_table(stated, locale=locale)
    show(found.layout.sentence)
    show_notes(found.notes)
    directions = dict(table.directions) | _named(found.directions, table)
    return _named(found, table), directions


def _named(found: Mapping[str, Any], table: ScoreTable) -> dict[str, Any]:
    """Give values the criteria's own names, where they differ in capitals, blanks or the unit only."""
    from techprio.inputs.cells import name_key
    from techprio.inputs.units import part_unit

    criteria = list(table.scores)
    named: dict[str, Any] = {}
    for name, value in found.items():
        same = [criterion for criterion in criteria if name_key(criterion) == name_key(name)]
        bare = name_key(part_unit(name)[0])
        near = same or [criterion for criterion in criteria if name_key(part_unit(criterion)[0]) == bare]
        named[near[0] if len(near) == 1 else name] = value
    return named


def _check_given(
    path: str, table: ScoreTable, weights: Mapping[str, float], directions: Mapping[str, str]
) -> None:
    """Say how weights and directions are given where the table and its files do not hold them."""
    criteria = list(table.scores)
    if not weights:
        raise InputError(
            text(
                "{file} holds no weights; give --weights FILE, or --weights {example}",
                file=path,
                example=_as_typed({name: f"{1 / len(criteria):.3g}" for name in criteria[:3]}),
            )
        )
    missing = [name for name in criteria if name not in directions]
    if missing:
        raise InputError(
            text(
                "{file} holds no direction of {names}; give --directions {example}",
                file=path,
                names=missing,
                example=_as_typed(dict.fromkeys(missing[:3], "max")),
            )
        )


def _as_typed(values: Mapping[str, str]) -> str:
    """Return values by name as they are typed in a shell: between quotes where a name needs them."""
    pairs = ",".join(f"{name}={value}" for name, value in values.items())
    return pairs if re.fullmatch(r"[\w=,.]+", pairs) else f'"{pairs}"'
