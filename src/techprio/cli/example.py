"""``techprio example``: copy a shipped study."""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.bilingual import argument, command, option
from techprio.cli.parameters import language_option
from techprio.cli.screen import show
from techprio.language import text


@command(text("Copy the shipped study NAME into the new FOLDER."))
@argument("name", text("NAME"), text("A shipped study, such as lai-chau."))
@argument(
    "folder",
    text("FOLDER"),
    text("A folder that is not there yet, or empty."),
    type=click.Path(path_type=Path),
)
@option("--filled", is_flag=True, help=text("With sample texts and tables, so that its documents are whole."))
@language_option
def example(name: str, folder: Path, filled: bool) -> None:
    """Copy a study to work on."""
    from techprio.study.examples import copy_example, copy_filled_example

    copy_filled_example(name, folder) if filled else copy_example(name, folder)
    show(text("{name} copied; run it with: techprio run {folder}", name=name, folder=folder))
