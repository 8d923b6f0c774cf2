"""``techprio convert``: a folder of files into one workbook, and back."""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.screen import findings_stop, language_option
from techprio.language import Language, text


@click.command()
@click.argument("study")
@click.argument("target", type=click.Path(path_type=Path))
@language_option()
def command(study: str, target: Path, language: Language) -> None:
    """Write STUDY as one workbook (TARGET ends in .xlsx) or as a folder of files."""
    from techprio.templates.writing import convert_study

    with findings_stop(language):
        written = convert_study(study, target, language=language)
    click.echo(text("{study} written as {target}", study=study, target=written).render(language))
