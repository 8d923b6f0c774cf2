"""``techprio run``: the whole job."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techprio.cli.bilingual import command, option, wrong_value
from techprio.cli.parameters import locale_option, studies_argument
from techprio.cli.screen import show, show_notes, show_stage, show_table, show_written
from techprio.cli.spoken import read_named
from techprio.language import Label, Language, Percent, resolve_language, text

if TYPE_CHECKING:
    import pandas as pd

    from techprio.display.quantities import Table
    from techprio.model.catalog import Sector
    from techprio.model.run import RunData
    from techprio.model.study import Study


@command(text("Read and check STUDY, run every stage, write lists, workbook, charts, documents and record."))
@studies_argument
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
@option(
    "--keep",
    shown=text("FOLDER"),
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help=text("Folder of an earlier result: its plan changes as little as it can."),
)
@option(
    "--with-judgments",
    is_flag=True,
    help=text("Print the notes of the experts beside their comparisons; without it they stay in the study."),
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
@option("--lists", is_flag=True, help=text("Also show the whole lists of all sectors."))
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
    show_stage(text("reading and checking the study"))
    read = read_named(studies[0])
    languages: tuple[Language, ...] = ("vi", "en") if language == "both" else (resolve_language(),)
    if len(studies) > 1:
        others = [read_named(name) for name in studies[1:]]
        _run_many([read, *others], folder, languages, chosen, engine, keep=keep, lists=lists, **options)
        return
    if engine is not None:
        raise wrong_value("--engine", engine, text("for several studies; one has --jobs"))
    open_result_folder(folder)  # said before the minute of computing, not after it
    earlier = None if keep is None else earlier_placements(keep, read)
    result = run_study(read, progress=show_stage, keep=earlier, **options)
    show_stage(text("writing the results"))
    written = result.save(folder, languages=languages, outputs=chosen)
    if lists:
        _show_lists(result)
    _show_plan(result, lists=lists)
    show_notes(result.notes)
    click.echo()
    _show_files(folder, written)
    click.echo()
    _show_summary(result)


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


def _show_files(folder: Path, written: Sequence[Path]) -> None:
    """List the files for readers; of the inputs beside them only how many there are."""
    from techprio.reporting.write import INPUTS

    copies = [path for path in written if (folder / INPUTS) in path.parents]
    show_written(folder, [path for path in written if path not in copies])
    show(text("and {count} copies of the inputs in {folder}", count=len(copies), folder=folder / INPUTS))


def _show_summary(run: RunData) -> None:
    """Show what leaders ask first; the lists stand in the files."""
    from techprio.reporting.products.figures import figures_of
    from techprio.reporting.products.matter import Matter
    from techprio.reporting.products.summary import leaders_lines

    matter = Matter(run.study, figures_of(run))
    count, whole = len(matter.priorities), len(matter.table)
    show(text("Priority technologies ({count} of {all} that were looked at)", count=count, all=whole))
    for words in leaders_lines(matter):
        show(words)


def _show_lists(run: RunData) -> None:
    from techprio.reporting.lists import priority_table

    frame = priority_table(run)
    for sector in run.study.catalog.sectors:
        show_table(_list(run, sector, frame[frame["sector"] == sector.code]))


def _list(run: RunData, sector: Sector, rows: pd.DataFrame) -> Table:
    """Return the list of a sector; what a gate kept out has no rank and no score."""
    import pandas as pd

    from techprio.display.quantities import Column, Table, with_names
    from techprio.model.acceptability import CLASS_WORDS, P_TOP, PRIORITY_CLASS
    from techprio.model.catalog import TECHNOLOGY, TECHNOLOGY_NAME
    from techprio.model.plan import OPERATIONAL, REASON
    from techprio.model.plan_certainty import P_IN_PHASE
    from techprio.model.plan_priorities import STEADINESS
    from techprio.model.ranking import RANK, SCORE
    from techprio.model.resources import PHASE
    from techprio.model.roles import ROLE, ROLE_WORDS

    tied = {name for group in run.rankings[sector.code].ties for name in group}
    first = P_TOP.fill(k=run.study.ranking.top)
    columns = [
        RANK,
        TECHNOLOGY,
        TECHNOLOGY_NAME,
        Column(SCORE, bar=True),
        first,
        PRIORITY_CLASS,
        ROLE,
        PHASE,
        OPERATIONAL,
        *([] if run.plan is None or run.plan.priorities is None else [STEADINESS]),
        *([] if run.dates is None else [P_IN_PHASE]),
        REASON,
    ]
    cells = [
        (
            f"{'=' if row.id in tied else ''}{'*' if row.priority else ''} {int(row.rank)}"
            if pd.notna(row.rank)
            else None,
            row.id,
            Label(row.name_vi, row.name_en),
            row.score,
            row.p_top,
            CLASS_WORDS.get(row.priority_class, ""),
            ROLE_WORDS[row.role],
            row.phase or text("not placed"),
            row.operational,
            *([] if run.plan is None or run.plan.priorities is None else [row.steadiness]),
            *([] if run.dates is None else [row.p_in_phase]),
            row.reason,
        )
        for row in rows.itertuples(index=False)
    ]
    return Table.of(sector.code, with_names([sector.code], {sector.code: sector.label})[0], columns, cells)


def _show_plan(run: RunData, *, lists: bool) -> None:
    if lists:
        show(text("* in the first {k} of its sector; = shares its rank", k=run.study.ranking.top))
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
