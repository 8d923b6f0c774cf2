"""``techprio rank`` of a plain table: scores, weights and directions from files or from the command line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techprio.cli.screen import show, show_notes, show_table
from techprio.cli.table_options import numbers, pairs, read_options
from techprio.errors import InputError
from techprio.language import Text, resolve_language, text

if TYPE_CHECKING:
    from techprio.inputs.score_table import ScoreTable
    from techprio.model.ranking import Ranking


@dataclass(frozen=True)
class TableRequest:
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


def rank_table(path: str, asked: TableRequest, reading: Mapping[str, Any]) -> None:
    """Read a table, rank it, and show, explain, simulate or write the ranking."""
    from techprio.inputs.score_table import read_score_table
    from techprio.ranking.methods import make_method
    from techprio.ranking.rank_table import rank, screen

    table = read_score_table(path, **read_options(reading))
    show(table.layout.sentence)
    weights, directions = _weights(table, asked.weights, reading.get("locale"))
    directions = _named(pairs(asked.directions, "--directions"), table) if asked.directions else directions
    _check(path, table, weights, directions)
    options = {"normalization": asked.normalization} if asked.normalization else {}
    method = make_method(asked.method or "topsis", options)
    matrix = table.decision_matrix(directions)
    gates = table.gates if asked.gates else ()
    ranking = rank(matrix, weights, method, gates=gates, normalize=asked.normalize)
    show_notes([*table.notes, *_offers(table, asked)])
    if asked.explain:
        why = ranking.explain(*asked.explain)
        show(why.sentence)
        click.echo()
        show_table(why.tables()["explanation"], titled=False)
        return
    if asked.target:
        _write(ranking, asked.target)
    click.echo()
    show_table(ranking.tables()["ranking"])
    show_notes([text("{name}: {reason}", name=n, reason=why) for n, why in ranking.screened.items()])
    show_notes(ranking.notes)
    if asked.draws:
        from techprio.robustness.simulation import simulate

        ranked = screen(matrix, gates)[0] if gates else matrix
        drawn = simulate(ranked, ranking.weights, method, draws=asked.draws, seed=asked.seed)
        click.echo()
        show_table(drawn.tables()["acceptability"])
        show_notes(drawn.notes)


def _offers(table: ScoreTable, asked: TableRequest) -> list[Text]:
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


def _check(path: str, table: ScoreTable, weights: Mapping[str, float], directions: Mapping[str, str]) -> None:
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


def _write(ranking: Ranking, target: Path) -> None:
    from techprio.csv_text import frame_csv
    from techprio.reporting.files import put_file

    put_file(target, frame_csv(ranking.to_frame()), resolve_language())
