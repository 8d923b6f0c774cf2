"""``techprio weights``: weights, consistency, what to revise, who differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from techprio.cli.bilingual import argument, command, option, wrong_value
from techprio.cli.parameters import csv_folder_option, is_plain_file, language_option, workbook_option
from techprio.cli.screen import show_notes, show_table
from techprio.cli.spoken import read_named
from techprio.cli.table_files import write_tables
from techprio.cli.table_options import layout_options, read_options
from techprio.language import Text, resolve_language, text

if TYPE_CHECKING:
    import pandas as pd

    from techprio.display.quantities import Table
    from techprio.inputs.numbers import Locale
    from techprio.model.study import Study

SHOWN = ("weights", "consistency", "revise", "differences", "consensus")
#: So many rows of a table, and notes, stand on the screen; the files of --csv and --excel hold all.
SHOWN_DIFFERENCES = 8
SHOWN_ROWS = 12
SHOWN_NOTES = 20
REMARKS = {
    "consistency": text("the panel, and experts above 0.10; all in the files of --csv and --excel"),
    "differences": text("the {count} furthest from the panel", count=SHOWN_DIFFERENCES),
}
Tables: TypeAlias = "tuple[dict[str, pd.DataFrame], list[str], Study | None]"


@command(text("Show the weights of STUDY and the judgments behind them."))
@argument(
    "study",
    text("STUDY"),
    text("A study, or a CSV file or workbook of pairwise comparisons."),
)
@csv_folder_option
@workbook_option
@layout_options
@option(
    "--minus-means",
    type=click.Choice(["left", "right"]),
    help=text("Of a survey with answers from -9 to 9: which item of a pair a minus favours."),
)
@option(
    "--scale",
    type=click.Choice(["ratio", "signed", "positions"]),
    help=text("Of a survey: ratios, degrees with a sign, or places from 1 (first item) to 17 (second)."),
)
@option(
    "--tolerance",
    type=float,
    default=0.01,
    help=text("Of a square table: how far the product of the two sides of a pair may be from 1 (0.01)."),
)
@option(
    "--node",
    "nodes",
    multiple=True,
    shown=text("NODE:A,B"),
    help=text("Of a file: the criteria of a node, such as cost:capex,opex; may be given several times."),
)
@option(
    "--votes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    shown=text("FILE"),
    help=text("Of a file: a table with the weight of each expert."),
)
@option(
    "--aggregate",
    type=click.Choice(["judgments", "pairs", "priorities", "priorities_arithmetic"]),
    default="judgments",
    help=text("Of a file: what is averaged over the experts; pairs: each pair over those who compared it."),
)
@option(
    "--unconnected",
    type=click.Choice(["pool", "leave_out", "error"]),
    default="pool",
    help=text("Of a file: what an expert counts for whose comparisons do not link all criteria."),
)
@language_option
def weights(study: str, folder: Path | None, workbook: Path | None, **reading: Any) -> None:
    """Show weights, consistency, what to revise, who differs."""
    from techprio.weighting.overview import declared_tables

    is_file = is_plain_file(study)
    tables, notes, read = _file_tables(study, reading) if is_file else _study_tables(study, reading["locale"])
    write_tables(tables, declared_tables(tables), study, folder=folder, workbook=workbook)
    for name, table in declared_tables({key: _shown(key, frame) for key, frame in tables.items()}).items():
        if name in SHOWN and table.rows:
            remarked = replace(table, notes=_remarks(name, tables[name], len(table.rows)))
            show_table(remarked if read is None else _named(remarked, read))
    show_notes(notes[:SHOWN_NOTES])
    if len(notes) > SHOWN_NOTES:
        show_notes([text("{count} more notes in notes.csv of --csv", count=len(notes) - SHOWN_NOTES)])


def _file_tables(study: str, reading: Mapping[str, Any]) -> Tables:
    """Return the tables of a file of pairwise comparisons, and its notes."""
    from techprio.inputs.pairwise import read_pairwise
    from techprio.inputs.weight_tables import read_weight_table
    from techprio.weighting.overview import overview_tables

    options = read_options(reading)
    averaging = {name: options.pop(name) for name in ("aggregate", "unconnected")}
    votes = options.pop("votes", None)
    options["votes"] = None if votes is None else read_weight_table(votes, locale=options.get("locale"))
    options["tree"] = _tree(options.pop("nodes"))
    read = read_pairwise(study, **options)
    language = resolve_language()
    tables = overview_tables(read.judgments, language=language, **averaging)
    taken = text("read as {layout}", layout=read.layout.sentence)
    notes = [note.render(language) for note in (taken, *read.notes)]
    notes += list(tables["notes"]["note"])
    return _with_notes(tables, notes), notes, None


def _study_tables(study: str, locale: Locale | None) -> Tables:
    """Return the tables of the panel of a study, and its notes."""
    from techprio.scoring import study_weights
    from techprio.study.revisions import revision_effects
    from techprio.weighting.overview import overview_tables

    read = read_named(study, locale=locale)
    language = resolve_language()
    if read.judgments is None:
        weights = study_weights(read)
        return {"weights": weights.to_frame()}, [note.render(language) for note in weights.notes], read
    settings = read.weights
    tables = overview_tables(
        read.judgments,
        language=language,
        priorities=settings.priorities,
        aggregate=settings.aggregate,
        groups=settings.voices,
        random_index=settings.random_index,
    )
    tables["revise"] = revision_effects(read)
    change = text(
        "change among the first: what would come into (+) and leave (-) the first {k}", k=read.ranking.top
    )
    if read.ranking.priority != "top":
        change = text("change: what would reach (+) and no longer reach (-) the reference profile")
    notes = [*tables["notes"]["note"], change.render(language)]
    return _with_notes(tables, notes), notes, read


def _named(table: Table, study: Study) -> Table:
    """Return a table of the panel with the names of criteria and sectors; files keep the codes."""
    from techprio.reporting.named_codes import Names, codes_of, with_named_codes

    return with_named_codes(table, Names(codes_of(study)))


def _with_notes(tables: dict[str, pd.DataFrame], notes: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Let the files hold every note, however many the screen shows."""
    import pandas as pd

    return {**tables, "notes": pd.DataFrame({"note": list(notes)})}


def _tree(nodes: Sequence[str]) -> dict[str, tuple[str, ...]] | None:
    """Return the criteria of each node from ``NODE:A,B``."""
    tree: dict[str, tuple[str, ...]] = {}
    for stated in nodes:
        node, _, names = stated.partition(":")
        children = tuple(name.strip() for name in names.split(",") if name.strip())
        if not node.strip() or len(children) < 2:
            raise wrong_value("--node", stated, text("a node and its criteria, such as cost:capex,opex"))
        tree[node.strip()] = children
    return tree or None


def _shown(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Keep on the screen what asks for attention; files hold everything."""
    if name == "consistency" and (table["kind"] != "expert").any():
        import pandas as pd

        from techprio.model.weights import ACCEPTED_RATIO

        experts = table["kind"] == "expert"
        if len(set(table.loc[experts, "expert"])) == 1:
            return table  # one matrix: its ratio is what is asked for
        high = table[(table["kind"] == "expert") & (table["cr"] > ACCEPTED_RATIO)]
        high = high.sort_values("cr", ascending=False, kind="stable").head(SHOWN_ROWS)
        return pd.concat([table[table["kind"] != "expert"], high.sort_index()])
    if name == "revise":
        return table.head(SHOWN_ROWS)
    return table.head(SHOWN_DIFFERENCES) if name == "differences" else table


def _remarks(name: str, table: pd.DataFrame, shown: int) -> tuple[Text, ...]:
    """Say what of a table stands on the screen, and how many experts are consistent."""
    if name == "consistency" and (table["kind"] != "expert").any():
        from techprio.model.weights import ACCEPTED_RATIO

        own = table[table["kind"] == "expert"]
        high = int((own["cr"] > ACCEPTED_RATIO).sum())
        counts = text(
            "{count} sets of comparisons of the experts: {high} above 0.10, the {shown} furthest are shown",
            count=len(own),
            high=high,
            shown=min(high, SHOWN_ROWS),
        )
        return (REMARKS[name], counts) if high > SHOWN_ROWS else (REMARKS[name],)
    if name == "revise" and len(table) > shown:
        few = "the first {shown} of {count}; all in the files of --csv and --excel"
        return (text(few, shown=shown, count=len(table)),)
    return (REMARKS[name],) if name in REMARKS and name != "consistency" else ()
