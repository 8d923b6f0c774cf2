"""``techprio run``: the whole job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techprio.cli.bilingual import command, option, wrong_value
from techprio.cli.parameters import folder_option, locale_option, studies_argument
from techprio.cli.progress import SHARES, Stages
from techprio.cli.screen import show, show_file, show_notes, show_table
from techprio.cli.spoken import read_named
from techprio.language import Language, Percent, Text, resolve_language, text

if TYPE_CHECKING:
    from techprio.model.run import RunData
    from techprio.model.study import Study


@command(text("Read and check STUDY, run every stage, write lists, workbook, charts, documents and record."))
@studies_argument
@folder_option(
    "--out",
    "folder",
    default=Path("results"),
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
    "--engine",
    shown=text("NAME"),
    help=text(
        "What spreads several studies: loky (processes of this machine), dask=ADDRESS of a scheduler, ray; "
        "with --jobs."
    ),
)
@option(
    "--certify",
    is_flag=True,
    help=text("Also prove what every other placement would cost (minutes)."),
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
@folder_option(
    "--keep",
    must_exist=True,
    help=text("Folder of an earlier result: its plan changes as little as it can."),
)
@option(
    "--with-judgments",
    is_flag=True,
    help=text(
        "Print comparisons, notes and weights of single experts, by their codes; without it only groups."
    ),
)
@option(
    "--files",
    "outputs",
    default="usual",
    show_default=True,
    shown=text("KINDS"),
    help=text(
        "What to write besides lists and record: workbook, charts, papers (summary and draft roadmap), page, "
        "reference (the long report), with commas between them; usual: all but the reference; all; or none."
    ),
)
@locale_option
@option(
    "--lists",
    is_flag=True,
    help=text("Also show the whole lists of all sectors, how firm the plan is, and all remarks."),
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
def run(
    studies: tuple[str, ...],
    folder: Path,
    language: str | None,
    engine: str | None,
    outputs: str,
    lists: bool,
    keep: Path | None,
    **options: Any,
) -> None:
    """Do the whole job and show the lists."""
    from techprio.reporting.result_folder import open_result_folder
    from techprio.study.chain import run as run_study
    from techprio.study.snapshot import earlier_placements

    chosen = _outputs(outputs)
    languages: tuple[Language, ...] = ("vi", "en") if language == "both" else (resolve_language(),)
    if len(studies) > 1:
        read = [read_named(name) for name in studies]
        _run_many(read, folder, languages, chosen, engine, keep=keep, lists=lists, **options)
        return
    if engine is not None:
        raise wrong_value("--engine", engine, text("for several studies; one has --jobs"))
    with Stages(_stages(options)) as stages:
        stages(text("reading and checking the study"))
        study = read_named(studies[0])
        open_result_folder(folder)  # said before the minute of computing, not after it
        earlier = None if keep is None else earlier_placements(keep, study)
        result = run_study(study, progress=stages, keep=earlier, **options).complete(stages)
        stages(text("writing the results"))
        written = result.save(folder, languages=languages, outputs=chosen, progress=stages.part)
    if lists:
        _show_lists(result)
        _show_plan(result)
        show_notes(result.notes)
        click.echo()
    _show_summary(result)
    click.echo()
    _show_files(folder, written, studies[0], lists=lists)


def _stages(options: Mapping[str, Any]) -> list[str]:
    """Return the stages of a run that are to come."""
    left_out = {
        "what every other placement would cost": not options["certify"],
        "{count} scenarios": not options["scenarios"],
        "writing the documents": True,
    }
    return [stage for stage in SHARES if not left_out.get(stage, False)]


def _run_many(
    studies: list[Study],
    folder: Path,
    languages: tuple[Language, ...],
    outputs: tuple[str, ...],
    engine: str | None,
    *,
    draws: int | None,
    seed: int | None,
    jobs: int,
    **single: Any,
) -> None:
    """Run several studies side by side, each into its own folder; ``single`` are options of one alone."""
    from techprio.study.many import run_many

    for name, given in single.items():
        if given:
            option = "--scenario" if name == "scenarios" else f"--{name}"
            raise wrong_value(option, text("several studies").render(), text("one study"))
    found = run_many(
        studies,
        folder,
        jobs=jobs,
        engine=engine,
        draws=draws,
        seed=seed,
        languages=languages,
        outputs=outputs,
        progress=show,
    )
    for place in found.values():
        click.echo(f"  {place}")


def _outputs(words: str) -> tuple[str, ...]:
    from techprio.reporting.write import OUTPUTS, USUAL

    named = {"usual": USUAL, "all": OUTPUTS, "none": ()}
    if words in named:
        return named[words]
    chosen = tuple(part.strip() for part in words.split(",") if part.strip())
    unknown = [name for name in chosen if name not in OUTPUTS]
    if unknown or not chosen:
        raise wrong_value("--files", ", ".join(unknown) or words, (*OUTPUTS, *named))
    return chosen


#: The files that a reader opens, in this order, with what each is.
MATTER: Mapping[str, Text] = {
    "documents/tom-tat.docx": text("one page for leaders"),
    "documents/du-thao.docx": text("draft of the roadmap"),
    "priorities.xlsx": text("priority technologies, money by year"),
    "analysis.xlsx": text("what the figures rest on"),
    "report.html": text("page with charts and all lists"),
    "report.docx": text("long report"),
    "priorities.csv": text("all technologies as a table"),
}


def _show_files(folder: Path, written: Sequence[Path], study: str, *, lists: bool) -> None:
    """List the files that matter; of the others how many there are."""
    names = {path.relative_to(folder).as_posix() for path in written if path.is_relative_to(folder)}
    shown = [name for name in MATTER if name in names]
    show(text("Files in {folder}:", folder=folder))
    for name in shown:
        show_file(name, MATTER[name])
    show(text("and {count} others, copies of the inputs among them", count=len(written) - len(shown)))
    if not lists:
        show(text("Whole lists on the screen: --lists, or techprio rank {study}", study=study))


def _show_summary(run: RunData) -> None:
    """Show what leaders ask first; the lists stand in the files."""
    from techprio.reporting.products.matter import matter_of
    from techprio.reporting.products.summary import leaders_lines

    matter = matter_of(run)
    count, whole = len(matter.priorities), len(matter.table)
    show(text("Priority technologies ({count} of {all} that were looked at)", count=count, all=whole))
    for words in leaders_lines(matter):
        show(words)
    if run.study.illustrative:
        show_notes(run.notes[:1])


def _show_lists(run: RunData) -> None:
    from techprio.reporting.master_list import master_list
    from techprio.reporting.products.figures import figures_of
    from techprio.reporting.products.matter import Matter

    matter = Matter(run.study, figures_of(run))
    for sector in matter.sectors:
        show_table(master_list(matter, sector=sector))


def _show_plan(run: RunData) -> None:
    if run.plan is None:
        return
    for words in run.plan.proofs():
        show(words)
    counts = run.plan.placements["phase"].value_counts()
    for phase in run.plan.resources.phases:
        show(text("{phase}: {count} technologies", phase=phase.id, count=int(counts.get(phase.id, 0))))
    show(text("not placed: {count} technologies", count=len(run.plan.unplaced)))
    show(
        text(
            "value of the plan {value}; proven bound {bound}; proven gap {gap}",
            value=round(run.plan.value, 4),
            bound=round(run.plan.bound, 4),
            gap=Percent(run.plan.gap, 2),
        )
        if run.plan.priorities is None
        else run.plan.quality()
    )
    show_notes([note for note in run.plan.notes if note not in run.plan.proofs()])
    if run.plan.changes is not None and len(run.plan.changes):
        show_table(run.plan.tables()["plan_changes"])
    if run.dates is not None:
        show_notes(run.dates.notes)
    for found in (run.influence, run.certainty):
        if found is not None:
            show_notes(found.sentences())
