"""``techprio template``: a blank study for another province."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from techprio.cli.bilingual import argument, command, option
from techprio.cli.parameters import language_option
from techprio.cli.screen import show
from techprio.language import resolve_language, text

DEFAULT_SECTORS = "S1,S2"


@command(text("Write a blank study into the new folder or workbook TARGET."))
@argument(
    "target",
    text("TARGET"),
    text("The new folder, or the new workbook, whose name ends in .xlsx."),
    type=click.Path(path_type=Path),
)
@option(
    "--sectors",
    default=DEFAULT_SECTORS,
    show_default=True,
    shown=text("LIST"),
    help=text('Sectors with commas: codes (AGR,ENE), names, or both ("AGR=Nông nghiệp,ENE=Năng lượng").'),
)
@option("--id", default="", shown=text("ID"), help=text("Id of the study, for example dien-bien."))
@option(
    "--criteria",
    default="",
    shown=text("STUDY"),
    help=text("Take the criteria of this study, such as lai-chau."),
)
@option(
    "--instrument", default="", shown=text("STUDY"), help=text("Take the survey instrument of this study.")
)
@option(
    "--from",
    "catalogue",
    default="",
    shown=text("FILE"),
    help=text("Take the technologies of this catalogue in long form (a row a technology, parameter, year)."),
)
@option(
    "--mapping",
    default=None,
    shown=text("FILE"),
    help=text("YAML file that says how to read the catalogue; else the one of its name beside it."),
)
@option(
    "--locale",
    type=click.Choice(["vi", "en"]),
    help=text("Of the catalogue: settles numbers such as 1,200 that have two readings."),
)
@option("--schema", is_flag=True, help=text("Instead: JSON schemas for editors, into the folder TARGET."))
@option("--manual", is_flag=True, help=text("Instead: the manual of all files and columns, as file TARGET."))
@language_option
def template(target: Path, schema: bool, manual: bool, **options: Any) -> None:
    """Write a blank study, or what helps to fill it in."""
    if schema or manual:
        _write_reference(target, schema=schema)
        return
    from techprio.templates.writing import new_study

    written = new_study(target, language=resolve_language(), **options)
    show(
        text(
            "{target}: a blank study; see what is still to be filled in with: techprio check {target}",
            target=written,
        )
    )


def _write_reference(target: Path, *, schema: bool) -> None:
    from techprio.templates.manual import manual_text
    from techprio.templates.schemas import schema_files

    files = schema_files() if schema else {"": manual_text(resolve_language()).encode()}
    for name, content in files.items():
        place = target / name if name else target
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        show(str(place))
