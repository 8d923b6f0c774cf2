"""``techprio advise``: which figures to check first."""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.bilingual import command, option
from techprio.cli.parameters import language_option, study_argument
from techprio.cli.screen import show_table
from techprio.cli.spoken import read_named
from techprio.cli.table_files import put_csv
from techprio.language import text


@command(text("Say which uncertain figures of STUDY to check first, and what they would change."))
@study_argument
@option("--draws", type=click.IntRange(min=1), help=text("Draws instead of those of the study."))
@option("--seed", type=click.IntRange(min=0), help=text("Seed instead of that of the study."))
@option(
    "--csv",
    "target",
    shown=text("FILE"),
    type=click.Path(path_type=Path, dir_okay=False),
    help=text("Write every uncertain figure as CSV, not only the first ten."),
)
@language_option
def advise(study: str, draws: int | None, seed: int | None, target: Path | None) -> None:
    """Show ten figures to check, and what the panel should settle."""
    from techprio.reporting.named_codes import Names, codes_of, with_named_codes
    from techprio.study.advice import advise as find

    read = read_named(study)
    advice = find(read, draws=draws, seed=seed)
    tables = advice.tables()
    if target:
        listed = {
            key: [";".join(names) for names in advice.table[key]] for key in ("lists", "roles", "phases")
        }
        put_csv(target, advice.table.assign(**listed))
    names = Names(codes_of(read))
    for table in tables.values():
        show_table(with_named_codes(table, names))
        click.echo()
