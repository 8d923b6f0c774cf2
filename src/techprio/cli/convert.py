"""``techprio convert``: a folder of files into one workbook, and back."""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.bilingual import argument, command
from techprio.cli.parameters import language_option, study_argument
from techprio.cli.screen import show
from techprio.language import resolve_language, text


@command(text("Write STUDY as one workbook or as a folder of files."))
@study_argument
@argument(
    "target",
    text("TARGET"),
    text("The new workbook, whose name ends in .xlsx, or the new folder."),
    type=click.Path(path_type=Path),
)
@language_option
def convert(study: str, target: Path) -> None:
    """Write the other face of a study."""
    from techprio.templates.writing import convert_study

    written = convert_study(study, target, language=resolve_language())
    show(text("{study} written as {target}", study=study, target=written))
