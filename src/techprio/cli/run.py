"""``techprio run``: the whole job."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techprio.cli.screen import findings_stop, language_option, stage_printer
from techprio.errors import TechprioWarning
from techprio.language import Language, check_language, text

if TYPE_CHECKING:
    from techprio.study.result import StudyResult


@click.command()
@click.argument("study")
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("results"),
    show_default=True,
    help="Folder of the results; an earlier result is replaced only when all is done.",
)
@click.option(
    "--draws", type=click.IntRange(min=1), help="Draws of weights and scores, instead of the study's."
)
@click.option(
    "--seed", type=click.IntRange(min=0), help="Seed of the draws, instead of the study's; 0 is a seed."
)
@click.option(
    "--jobs", type=int, default=1, show_default=True, help="Workers; the results do not depend on it."
)
@click.option("--robust", is_flag=True, help="Also find how sure each placement of the plan is (minutes).")
@click.option(
    "--scenario",
    "scenarios",
    multiple=True,
    metavar="CHANGES",
    help="Also plan under other limits: budget=0.8, a fund such as local=1.2, staff=0.5, must=ID, "
    "must_not=ID, start:ID=YYYY-MM; several with commas; may be given again.",
)
@click.option(
    "--files",
    "outputs",
    default="all",
    show_default=True,
    metavar="KINDS",
    help="What to write besides lists and record: workbook, charts, document, page, with commas between "
    "them; all; or none.",
)
@language_option(both=True)
def command(study: str, folder: Path, language: str, outputs: str, **options: Any) -> None:
    """Read and check STUDY, run every stage, write lists, workbook, charts and record."""
    from techprio.cli.lists import list_lines
    from techprio.inputs.shipped import find_study
    from techprio.inputs.study import read_study
    from techprio.study.chain import run

    chosen = _outputs(outputs)
    languages: tuple[Language, ...] = ("vi", "en") if language == "both" else (check_language(language),)
    spoken = languages[0]
    say = stage_printer(spoken)
    with findings_stop(spoken):
        say(text("reading and checking the study"))
        read = read_study(find_study(study))
        result = run(read, progress=say, **options)
        say(text("writing the results"))
        written = _save(result, folder, languages, chosen)
    click.echo("\n".join(list_lines(result, spoken)))
    click.echo()
    click.echo(text("{count} files in {folder}:", count=len(written), folder=folder).render(spoken))
    for path in written:
        click.echo(f"  {path}")


def _outputs(words: str) -> tuple[str, ...]:
    from techprio.reporting.write import OUTPUTS

    if words in ("all", "none"):
        return OUTPUTS if words == "all" else ()
    chosen = tuple(part.strip() for part in words.split(",") if part.strip())
    unknown = [name for name in chosen if name not in OUTPUTS]
    if unknown or not chosen:
        found = ", ".join(unknown) or words
        raise click.BadParameter(
            f"found {found!r}; allowed: {', '.join(OUTPUTS)}, all, none", param_hint="--files"
        )
    return chosen


def _save(
    result: StudyResult, folder: Path, languages: Sequence[Language], outputs: Sequence[str]
) -> list[Path]:
    """Write the results; what the writer has to say about it goes to stderr as plain words."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", TechprioWarning)
        written = result.save(folder, languages=languages, outputs=outputs)
    for warning in said:
        if issubclass(warning.category, TechprioWarning):
            click.echo(f"! {warning.message}", err=True)
    return written
