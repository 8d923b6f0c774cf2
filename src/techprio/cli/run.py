"""``techprio run``: the whole job."""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.screen import findings_stop, language_option, stage_printer
from techprio.language import Language, text


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
@language_option(both=True)
def command(study: str, folder: Path, draws: int | None, seed: int | None, jobs: int, language: str) -> None:
    """Read and check STUDY, run every stage, write lists, workbook, charts and record."""
    from techprio.cli.lists import list_lines
    from techprio.inputs.shipped import find_study
    from techprio.inputs.study import read_study
    from techprio.study.chain import run

    languages: tuple[Language, ...] = ("vi", "en") if language == "both" else (language,)  # type: ignore[assignment]  # click's choice
    spoken = languages[0]
    say = stage_printer(spoken)
    with findings_stop(spoken):
        say(text("reading and checking the study"))
        read = read_study(find_study(study))
        result = run(read, draws=draws, seed=seed, jobs=jobs, progress=say)
        say(text("writing the results"))
        written = result.save(folder, languages=languages)
    click.echo("\n".join(list_lines(result, spoken)))
    click.echo()
    click.echo(text("{count} files in {folder}:", count=len(written), folder=folder).render(spoken))
    for path in written:
        click.echo(f"  {path}")
