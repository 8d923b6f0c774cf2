"""``techprio notebooks``: the course, to be opened in Jupyter."""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.bilingual import argument, command
from techprio.cli.parameters import language_option
from techprio.language import text


@command(
    text("Write the course, a notebook a question, into the new FOLDER, with the shipped study beside it.")
)
@argument(
    "folder",
    text("FOLDER"),
    text("A folder that is not there yet, or empty."),
    type=click.Path(path_type=Path),
)
@language_option
def notebooks(folder: Path) -> None:
    """Copy the course to work on."""
    from techprio.study.examples import copy_notebooks

    for path in copy_notebooks(folder):
        click.echo(str(path))
    click.echo(text("open them with: jupyter lab {folder}", folder=folder))
