"""``techprio read``: what a table was taken for, what was read of it, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techprio.cli.bilingual import argument, command, option, wrong_value
from techprio.cli.parameters import language_option
from techprio.cli.screen import show, show_notes, show_table
from techprio.cli.table_options import read_options, table_options
from techprio.errors import DataFileError, InputError
from techprio.language import Text, resolve_language, text

if TYPE_CHECKING:
    import pandas as pd

    from techprio.display.quantities import Table

KINDS = {
    "scores": "score_table.read_score_table",
    "answers": "answers.read_answers",
    "ticks": "ticks.read_ticks",
    "weights": "weight_tables.read_weight_table",
    "pairwise": "pairwise.read_pairwise",
    "prerequisites": "prerequisites.read_prerequisites",
    "experts": "experts.read_experts",
    "catalogue": "long_table.read_catalogue",
    "survey": "survey.read_survey",
}
"""The reader of each kind of table."""
TRIED = ("scores", "ticks", "weights", "pairwise", "prerequisites", "experts", "catalogue")
"""Kinds that a table shows by itself; the others need a scale, a mapping or an instrument."""
SHOWN_ROWS = 20
SHOWN_COLUMNS = 8


@command(text("Show what FILE was taken for, and what was read of it."))
@argument("file", text("FILE"), text("A CSV file or workbook with one table."))
@option(
    "--as",
    "kind",
    type=click.Choice(list(KINDS)),
    help=text("What FILE holds; without it every kind is tried that a table shows by itself."),
)
@table_options
@option(
    "--leave-out",
    type=click.Choice(["empty"]),
    help=text("Of a file: leave out rows and columns without any value, and list them."),
)
@option("--no-answer", shown=text("WORDS"), help=text("Of answers: words for don't know, such as '?,KB'."))
@option(
    "--none-words",
    shown=text("WORDS"),
    help=text("Of prerequisites: words for nothing needed, such as '-,none'."),
)
@option(
    "--arrow",
    type=click.Choice(["needs", "needed by"]),
    help=text("Of a matrix or list of arrows: whether the row needs the column, or is needed by it."),
)
@option("--least", type=float, help=text("Of a matrix: strengths at or below it are no dependencies."))
@option(
    "--days",
    type=click.Choice(["calendar", "working"]),
    help=text("Of prerequisites: how days of lags and durations become months."),
)
@option("--lag-unit", shown=text("UNIT"), help=text("Of prerequisites: the unit of lags that have none."))
@option(
    "--minus-means",
    type=click.Choice(["left", "right"]),
    help=text("Of a survey with answers from -9 to 9: which item of a pair a minus favours."),
)
@option(
    "--tolerance",
    type=float,
    help=text("Of a square table: how far the product of the two sides of a pair may be from 1 (0.01)."),
)
@option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=text("Of a long table: which column holds what, as YAML."),
)
@option(
    "--instrument",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=text("Of a survey of firms: its instrument, as YAML."),
)
@option(
    "--csv",
    "target",
    shown=text("FILE"),
    type=click.Path(path_type=Path, dir_okay=False),
    help=text("Write what was read as CSV."),
)
@language_option
def read(file: str, kind: str | None, target: Path | None, **reading: Any) -> None:
    """Show what a table was taken for, and what was read of it."""
    from techprio.csv_text import frame_csv
    from techprio.reporting.files import put_file

    options = read_options(reading)
    if kind is None:
        kind, found = _recognised(file, options)
    else:
        found = _reader(kind)(file, **_taken(kind, options))
    frame = FRAMES[kind](found)
    show(found.layout.sentence)
    click.echo()
    left = found.layout.left_out
    if len(left):
        layout = found.layout.tables()["layout"]
        held = {
            (row.part, row.place)
            for row in found.layout.parts.itertuples()
            if row.role in left["role"].values
        }
        parts = zip(layout.rows, found.layout.parts.itertuples(index=False), strict=True)
        rows = [row for row, part in parts if (part.part, part.place) in held]
        show_table(replace(layout, title=text("Left out, or about the others"), rows=rows))
    show_table(_table(kind, frame))
    show_notes(found.notes)
    if target is not None:
        click.echo(str(put_file(target, frame_csv(frame), resolve_language())), err=True)


def _reader(kind: str) -> Callable[..., Any]:
    module, name = KINDS[kind].split(".")
    reader: Callable[..., Any] = getattr(import_module(f"techprio.inputs.{module}"), name)
    return reader


def _takes(kind: str, name: str) -> bool:
    """Whether the reader of a kind has an argument."""
    return name in signature(_reader(kind)).parameters


def _taken(kind: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of the reader of a kind; an option that it does not take is wrong use."""
    for name in options:
        if not _takes(kind, name):
            kinds = [one for one in KINDS if _takes(one, name)]
            spelled = "--" + name.replace("_", "-")
            raise wrong_value("--as", kind, text("{kinds} for {option}", kinds=kinds, option=spelled))
    taken = dict(options)
    for name in ("none_words", "no_answer"):
        if name in taken:
            taken[name] = [word.strip() for word in taken[name].split(",") if word.strip()]
    if kind == "answers" and "scale" not in taken:
        raise InputError(text("answers need their scale: --scale 1..5, or --scale low=1,high=5"))
    if kind == "survey":
        if "instrument" not in taken:
            raise InputError(text("a table of firms needs its instrument: --instrument FILE"))
        from techprio.inputs.instrument import read_instrument

        taken["instrument"] = read_instrument(taken["instrument"])
    if "mapping" in taken:
        taken["mapping"] = str(taken["mapping"])
    return taken


def _recognised(file: str, options: Mapping[str, Any]) -> tuple[str, Any]:
    """Return the only kind as which a table can be read; several, or none, are stated with what decides."""
    found: dict[str, Any] = {}
    failed: dict[str, DataFileError] = {}
    tried = [*TRIED, *(("answers",) if "scale" in options else ())]
    tried = [kind for kind in tried if all(_takes(kind, name) for name in options)]
    for kind in tried:
        try:
            found[kind] = _reader(kind)(file, **_taken(kind, options))
        except DataFileError as error:
            failed[kind] = error
        except InputError:
            continue
    if len(found) == 1 and not _are_experts(found):
        return next(iter(found.items()))
    if found:
        said = [
            text("--as {kind}: {layout}", kind=kind, layout=one.layout.sentence)
            for kind, one in found.items()
        ]
        if _are_experts(found):
            said.append(text("--as answers --scale 1..5: one expert a row, answers on a scale"))
        click.echo("\n".join(map(str, said)), err=True)
        kinds = [*found, *(("answers",) if _are_experts(found) else ())]
        raise InputError(text("{file} can be read as {kinds}; --as decides", file=file, kinds=kinds))
    needs = failed.get("prerequisites")
    if needs is not None and {problem.code for problem in needs.problems} == {"T136"}:
        raise needs  # only the direction of the arrows is missing
    first = {(error.problems[0].code, str(error.problems[0].found)) for error in failed.values()}
    if len(first) == 1:
        raise next(iter(failed.values()))  # the file itself cannot be read
    reasons = [
        text("--as {kind}: {count} problems, first {problem}", kind=kind, count=len(error.problems),
             problem=error.problems[0].render())
        for kind, error in failed.items()
    ]  # fmt: skip
    click.echo("\n".join(map(str, reasons)), err=True)
    raise InputError(text("{file} is no table that is known; --as says what it holds", file=file))


def _are_experts(found: Mapping[str, Any]) -> bool:
    """Whether a table of scores has experts in its rows, so that it may hold their answers."""
    from techprio.inputs.columns import fold

    parts = found["scores"].layout.parts if "scores" in found and "answers" not in found else None
    return parts is not None and any(
        word in fold(name) for name in parts.loc[parts["role"] == "id", "name"] for word in EXPERTS
    )


EXPERTS = ("expert", "respond", "chuyen_gia", "tra_loi")


def _table(kind: str, frame: pd.DataFrame) -> Table:
    """Return what was read as a table for the screen, of its first rows and columns."""
    from pandas.api.types import is_numeric_dtype

    from techprio.display.quantities import Quantity, Table

    read = Quantity("read", text("Read"), text("What was read under this heading."))
    names = [str(name) for name in frame]
    columns = [
        replace(
            read.each(name, HEADINGS.get(name, name)),
            format="number" if is_numeric_dtype(frame.iloc[:, at]) else "text",
        )
        for at, name in enumerate(names[:SHOWN_COLUMNS])
    ]
    rows = [tuple(row) for row in frame.iloc[:SHOWN_ROWS, :SHOWN_COLUMNS].itertuples(index=False, name=None)]
    notes = []
    if frame.shape[0] > SHOWN_ROWS or frame.shape[1] > SHOWN_COLUMNS:
        few = "the first of {rows} rows and {columns} columns; all with --csv"
        notes.append(text(few, rows=frame.shape[0], columns=frame.shape[1]))
    return Table.of("read", TITLES[kind], columns, rows, notes=tuple(notes))


HEADINGS: dict[str, Text] = {
    "technology": text("Technology"), "requires": text("Needs"), "timing": text("Timing"),
    "lag_months": text("Lag (months)"), "one_of": text("One of"), "strength": text("Strength"),
    "criterion": text("Criterion"), "weight": text("Weight"), "direction": text("Direction"),
    "item": text("Item"), "point": text("Point"), "expert": text("Expert"), "group": text("Group"),
    "node": text("Node"), "preferred": text("Preferred"), "other": text("Other"), "name": text("Name"),
    "sectors": text("Sectors"), "id": text("Id"),
}  # fmt: skip
TITLES: dict[str, Text] = {
    "scores": text("Table of scores"),
    "answers": text("Answers"),
    "ticks": text("Points"),
    "weights": text("Weights"),
    "pairwise": text("Comparisons"),
    "prerequisites": text("Dependencies"),
    "experts": text("Experts"),
    "catalogue": text("Values"),
    "survey": text("Points of the firms"),
}


def _scores(found: Any) -> pd.DataFrame:
    """Return the scores, with the rows about the criteria below them."""
    import pandas as pd

    from techprio.model.layout import NAMES

    spoken = {"weights": found.weights, "directions": found.directions, "units": found.units}
    spoken |= {role: row.dropna().to_dict() for role, row in found.about.iterrows()}
    rows = {str(NAMES.get(role, role)): values for role, values in spoken.items() if values}
    both = found.scores.astype(object)
    if rows:
        about = pd.DataFrame.from_dict(rows, orient="index", dtype=object)
        both = pd.concat([both, about.reindex(columns=both.columns)])
    return both.rename_axis("id").reset_index()


def _named(found: pd.Series | pd.DataFrame, name: str) -> pd.DataFrame:
    frame: pd.DataFrame = found.rename_axis(name).reset_index()
    return frame


def _weights(found: Any) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame({"criterion": list(found), "weight": list(found.values())})
    return (
        frame.assign(direction=[found.directions.get(name, "") for name in found])
        if found.directions
        else frame
    )


def _experts(found: Sequence[Any]) -> pd.DataFrame:
    import pandas as pd

    rows = [(one.code, one.name, one.group, "; ".join(one.sectors)) for one in found]
    return pd.DataFrame(rows, columns=["expert", "name", "group", "sectors"])


FRAMES: dict[str, Callable[[Any], pd.DataFrame]] = {
    "scores": _scores,
    "answers": lambda found: _named(found.table, "expert"),
    "ticks": lambda found: _named(found.to_frame("point"), "item"),
    "weights": _weights,
    "pairwise": lambda found: found.judgments.statements,
    "prerequisites": lambda found: found.dependencies,
    "experts": _experts,
    "catalogue": lambda found: _named(found.values, "technology"),
    "survey": lambda found: found,
}
"""What was read, as one frame."""
