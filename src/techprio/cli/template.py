"""``techprio template``: a blank study for another province."""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.screen import findings_stop, language_option
from techprio.language import Language, text

DEFAULT_SECTORS = "S1,S2"


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--sectors",
    default=DEFAULT_SECTORS,
    show_default=True,
    metavar="LIST",
    help='Sectors with commas: codes (AGR,ENE), names, or both ("AGR=Nông nghiệp,ENE=Năng lượng").',
)
@click.option("--id", default="", metavar="ID", help="Id of the study, for example dien-bien.")
@click.option(
    "--criteria", default="", metavar="STUDY", help="Take the criteria of this study, such as lai-chau."
)
@click.option("--instrument", default="", metavar="STUDY", help="Take the survey instrument of this study.")
@click.option("--schema", is_flag=True, help="Instead: JSON schemas for editors, into the folder TARGET.")
@click.option("--manual", is_flag=True, help="Instead: the manual of all files and columns, as file TARGET.")
@language_option()
def command(target: Path, schema: bool, manual: bool, language: Language, **options: str) -> None:
    """Write a blank study into the new folder or workbook (.xlsx) TARGET."""
    if schema or manual:
        _write_reference(target, language, schema=schema)
        return
    from techprio.templates.writing import new_study

    with findings_stop(language):
        written = new_study(target, language=language, **options)
    said = text(
        "{target}: a blank study; see what is still to be filled in with: techprio check {target}",
        target=written,
    )
    click.echo(said.render(language))


def _write_reference(target: Path, language: Language, *, schema: bool) -> None:
    from techprio.templates.manual import manual_text
    from techprio.templates.schemas import schema_files

    files = schema_files() if schema else {"": manual_text(language).encode()}
    for name, content in files.items():
        place = target / name if name else target
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        click.echo(str(place))
