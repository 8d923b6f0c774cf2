"""``techprio run``: the whole job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from techprio.cli.bilingual import command, option, wrong_value
from techprio.cli.lists import list_lines
from techprio.cli.parameters import study_argument
from techprio.cli.screen import show_stage, show_written
from techprio.cli.spoken import read_named
from techprio.language import Language, resolve_language, text


@command(text("Read and check STUDY, run every stage, write lists, workbook, charts, documents and record."))
@study_argument
@option(
    "--out",
    "folder",
    shown=text("FOLDER"),
    type=click.Path(path_type=Path),
    default=Path("results"),
    show_default=True,
    help=text("Folder of the results; an earlier result is replaced only when all is done."),
)
@option(
    "--draws",
    shown=text("NUMBER"),
    type=click.IntRange(min=1),
    help=text("Draws of weights and scores, instead of the study's."),
)
@option(
    "--seed",
    shown=text("NUMBER"),
    type=click.IntRange(min=0),
    help=text("Seed of the draws, instead of the study's; 0 is a seed."),
)
@option(
    "--jobs",
    shown=text("NUMBER"),
    type=int,
    default=1,
    show_default=True,
    help=text("Workers; the results do not depend on it."),
)
@option(
    "--robust", is_flag=True, help=text("Also compute how certain each placement of the plan is (minutes).")
)
@option(
    "--scenario",
    "scenarios",
    multiple=True,
    shown=text("CHANGES"),
    help=text(
        "Also plan under other limits: budget=0.8, a fund such as local=1.2, staff=0.5, must=ID, "
        "must_not=ID, start:ID=YYYY-MM; several with commas; may be given again."
    ),
)
@option(
    "--files",
    "outputs",
    default="all",
    show_default=True,
    shown=text("KINDS"),
    help=text(
        "What to write besides lists and record: workbook, charts, document, page, with commas between "
        "them; all; or none."
    ),
)
@option(
    "--lang",
    "language",
    type=click.Choice(["vi", "en", "both"]),
    help=text(
        "Language of the screen and of the files, both: files in two; else that of TECHPRIO_LANGUAGE, "
        "of the locale, or of the study."
    ),
)
def run(study: str, folder: Path, language: str | None, outputs: str, **options: Any) -> None:
    """Do the whole job and show the lists."""
    from techprio.study.chain import run as run_study

    chosen = _outputs(outputs)
    show_stage(text("reading and checking the study"))
    read = read_named(study)
    languages: tuple[Language, ...] = ("vi", "en") if language == "both" else (resolve_language(),)
    result = run_study(read, progress=show_stage, **options)
    show_stage(text("writing the results"))
    written = result.save(folder, languages=languages, outputs=chosen)
    click.echo("\n".join(list_lines(result, resolve_language())))
    click.echo()
    show_written(folder, written)


def _outputs(words: str) -> tuple[str, ...]:
    from techprio.reporting.write import OUTPUTS

    if words in ("all", "none"):
        return OUTPUTS if words == "all" else ()
    chosen = tuple(part.strip() for part in words.split(",") if part.strip())
    unknown = [name for name in chosen if name not in OUTPUTS]
    if unknown or not chosen:
        raise wrong_value("--files", ", ".join(unknown) or words, (*OUTPUTS, "all", "none"))
    return chosen
