"""``techprio aggregate``: several rankings made into one."""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.bilingual import argument, command, option
from techprio.cli.parameters import is_plain_file, language_option
from techprio.cli.screen import show_notes, show_table
from techprio.cli.spoken import read_named
from techprio.language import resolve_language, text


@command(text("Make one order of several LISTS by the rules of Borda, Copeland and Kemeny."))
@argument(
    "lists",
    text("LISTS"),
    text("A table of ranks (a row a name, a column a list), or a study: the lists of its experts."),
)
@option(
    "--votes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    shown=text("FILE"),
    help=text("A table with the weight of each list, or of each expert."),
)
@option(
    "--sheet", shown=text("NAME"), help=text("Of a workbook with several sheets: the one with the ranks.")
)
@option(
    "--csv",
    "target",
    shown=text("FILE"),
    type=click.Path(path_type=Path, dir_okay=False),
    help=text("Write the orders as CSV."),
)
@language_option
def aggregate(lists: str, votes: Path | None, sheet: str | None, target: Path | None) -> None:
    """Show the orders of one table, or of each sector of a study."""
    import pandas as pd

    from techprio.csv_text import frame_csv
    from techprio.inputs.rank_lists import read_rank_lists
    from techprio.inputs.weight_tables import read_weight_table
    from techprio.reporting.files import put_file
    from techprio.robustness.opinions import panel_rankings
    from techprio.robustness.rank_lists import rank_aggregation

    weights = None if votes is None else dict(read_weight_table(votes))
    if is_plain_file(lists):
        found = {"": rank_aggregation(read_rank_lists(lists, sheet=sheet), votes=weights)}
    else:
        found = dict(panel_rankings(read_named(lists), votes=weights))
    if target:
        frames = [one.to_frame().assign(sector=code) for code, one in found.items()]
        put_file(target, frame_csv(pd.concat(frames, ignore_index=True)), resolve_language())
    for code, one in found.items():
        if code:
            click.echo(code)
        for table in one.tables().values():
            show_table(table)
        show_notes(one.notes)
