"""``techprio example``: copy a shipped study."""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.screen import findings_stop, language_option
from techprio.language import Language, text


@click.command()
@click.argument("name")
@click.argument("folder", type=click.Path(path_type=Path))
@language_option()
def command(name: str, folder: Path, language: Language) -> None:
    """Copy the shipped study NAME into the new FOLDER."""
    from techprio.study.examples import copy_example

    with findings_stop(language):
        copy_example(name, folder)
    click.echo(
        text("{name} copied; run it with: techprio run {folder}", name=name, folder=folder).render(language)
    )
