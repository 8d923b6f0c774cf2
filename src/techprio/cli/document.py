"""``techprio document``: the documents that the plan asks for, from a study or from its result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techprio.cli.bilingual import argument, command, option, wrong_value
from techprio.cli.parameters import folder_option, language_option, study_argument
from techprio.cli.progress import SHARES, Stages
from techprio.cli.screen import show, show_written
from techprio.cli.spoken import read_named
from techprio.language import Language, resolve_language, text

if TYPE_CHECKING:
    from techprio.model.study import Study
    from techprio.reporting.products.compose import Wish
    from techprio.reporting.products.matter import Matter

_WORD = ".docx"


@command(
    text(
        "Write a document of the plan, and beside it the drafter's cover sheet.\n\n"
        "ID: khao-sat (survey), dinh-huong (orientation), du-thao (draft), hoan-thien (final), chinh-sach "
        "(policies), to-trinh (submission), quyet-dinh (decision), tuyen-truyen (booklet), tien-do "
        "(progress), ke-hoach-nam (year-plan), phieu-viec (agency-page), tom-tat (summary), or all."
    )
)
@study_argument
@argument("id", text("ID"), text("Which document, by its id or its English name; all for every one."))
@folder_option(
    "--results", help=text("Folder of a result: its figures are taken, and nothing is computed again.")
)
@option(
    "--out",
    shown=text("PLACE"),
    type=click.Path(path_type=Path),
    default=Path("documents"),
    show_default=True,
    help=text("A folder, or, for one document, the name of its file."),
)
@option("--draft", shown=text("NUMBER"), type=click.IntRange(min=1), help=text("Number of the draft."))
@option("--final", is_flag=True, help=text("No draft any more; refused while figures are examples."))
@option(
    "--agency",
    shown=text("NAME"),
    default="",
    help=text("The one agency whose page or report on progress is written."),
)
@option(
    "--year",
    shown=text("YEAR"),
    type=int,
    default=0,
    help=text("Year of the yearly plan; without it the first of the roadmap."),
)
@option(
    "--period",
    shown=text("MONTHS"),
    type=int,
    default=12,
    show_default=True,
    help=text("Months that a report on progress is on: 6 or 12."),
)
@option("--as-of", shown=text("YYYY-MM"), help=text("Month of the report; else the end of the latest year."))
@folder_option(
    "--since",
    help=text("Folder of the result of the draft; the completed report tells what changed since."),
)
@language_option
def document(
    study: str,
    id: str,
    results: Path | None,
    out: Path,
    draft: int | None,
    final: bool,
    agency: str,
    year: int,
    period: int,
    as_of: str | None,
    since: Path | None,
) -> None:
    """Write documents of the plan."""
    from techprio.reporting.products.compose import Wish, known_product, possible_papers
    from techprio.reporting.products.files import paper_files, write_papers

    if id != "all":
        id = known_product(id)
    if id == "all" and out.suffix == _WORD:
        raise wrong_value("--out", str(out), text("a folder, for several documents"))
    language = resolve_language()
    wish = Wish(draft or 0, final, agency, year, period)
    with Stages(_stages(results)) as stages:
        stages(text("reading and checking the study"))
        read = read_named(study)
        matter = _matter(read, results, since, as_of, id, stages)
        ids = possible_papers(matter) if id == "all" else (id,)
        stages(text("writing the documents"))
        files: dict[str, bytes] = {}
        for place, one in enumerate(ids):
            stages.part(place, len(ids))
            files |= paper_files(matter, (one,), language=language, wish=wish)
    folder = out
    if out.suffix == _WORD:
        folder = out.parent
        files = {f"{out.stem}{name.removeprefix(id)}": content for name, content in files.items()}
    written = write_papers(folder, files, language)
    show_written(folder, written)
    gaps = sum(len(list(_gaps(matter, one, language, wish))) for one in ids)
    if gaps:
        show(text("parts still to be written by people: {count}; the cover sheets list them", count=gaps))


def _gaps(matter: Matter, id: str, language: Language, wish: Wish) -> Iterator[Any]:
    from techprio.reporting.products.compose import compose

    return compose(id, matter, wish).gaps(language)


def _stages(results: Path | None) -> list[str]:
    """Return the stages that are to come: of a result folder only reading and writing."""
    left_out = ("what every other placement would cost", "{count} scenarios", "writing the results")
    whole = [stage for stage in SHARES if stage not in left_out]
    return whole if results is None else [whole[0], whole[-1]]


def _matter(
    study: Study, results: Path | None, since: Path | None, as_of: str | None, id: str, stages: Stages
) -> Matter:
    """Return what the documents are made of: computed now, or kept with a result."""
    from techprio import __version__
    from techprio.phasing.monitor import monitor_plan
    from techprio.reporting.products.figures import figures_of, read_figures
    from techprio.reporting.products.matter import Matter
    from techprio.study.chain import run
    from techprio.study.snapshot import approved_plan

    monitored = id in ("all", "tien-do") and study.status is not None and len(study.status)
    before = None if since is None else read_figures(since)
    if before is not None and before.study != study.id:
        raise wrong_value("--since", str(since), text("a result of {id}", id=study.id))
    plan = None
    if results is None:
        result = run(study, progress=stages)
        figures, plan = figures_of(result), result.plan
    else:
        figures = read_figures(results, __version__)
        figures.check(study, results)
        if monitored and figures.has_plan:
            plan = approved_plan(results)
    progress = monitor_plan(plan, study.status, as_of=as_of) if monitored and plan is not None else None
    return Matter(study, figures, progress, before)
