"""``techprio check``: every problem of a study at once, and what is still to be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from techprio.cli.bilingual import command, option
from techprio.cli.parameters import LOCALE, language_option, locale_option, study_argument
from techprio.cli.screen import show, show_notes
from techprio.errors import DataFileError, Problem, say
from techprio.language import resolve_language, text
from techprio.problems import SCREENFUL

if TYPE_CHECKING:
    from techprio.model.study import Study

UNFILLED = frozenset({"T103", "T114", "Y204", "S307", "R502"})
"""Codes of what is not there yet, which is no problem of what is there."""


@command(
    text(
        "List every problem of STUDY, with its place and a proposal.\n\n"
        "What is still empty is listed apart from what is wrong. Problems of one cause are one finding; "
        "at most a screenful is shown."
    )
)
@study_argument
@option("--all", "each_alone", is_flag=True, help=text("Show every problem by itself."))
@option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help=text("Write every problem into this workbook, with the cells marked in copies of the tables."),
)
@locale_option
@language_option
def check(study: str, each_alone: bool, report: Path | None) -> None:
    """List what is empty, then what is wrong."""
    from techprio.inputs.shipped import find_study
    from techprio.inputs.study import examine_study

    source = find_study(study)
    locale = click.get_current_context().meta[LOCALE]
    examined = examine_study(source, locale=locale)
    made = None if examined.build is None else examined.build()
    problems = examined.problems if made is None else _unplannable(source, made)
    show_notes(examined.notes)
    if report:
        from techprio.reporting.problem_workbook import write_problems

        show(write_problems(problems, source, report))
    if made is not None and not problems:
        _show_unwritten(study, made)
        return
    wrong = [problem for problem in problems if problem.code not in UNFILLED]
    _show_empty([problem for problem in problems if problem.code in UNFILLED], each_alone=each_alone)
    if each_alone:
        for problem in wrong:
            show(problem)
    elif wrong:
        show(DataFileError(wrong))
    if wrong:
        show(text("{count} problems; nothing was computed", count=len(wrong)))
    else:
        show(text("{study}: what is filled in has no fault so far", study=study))
    raise SystemExit(1)


def _show_unwritten(name: str, study: Study) -> None:
    """Say that nothing is wrong, and apart from it what report and documents of the plan still lack."""
    from techprio.reporting.checklist import Ground, checklist, gaps
    from techprio.reporting.products.unwritten import unwritten
    from techprio.survey.assess import assess_study

    language = resolve_language()
    missing = gaps(checklist(Ground(study, assess_study(study))), language)
    names = unwritten(study, language)
    if not missing and not names:
        show(text("{study}: no problems, and the documents of the plan lack nothing", study=name))
        return
    show(text("{study}: no problems in what is there", study=name))
    if missing:
        click.echo()
        show(text("The report still lacks {count} points that the plan asks for:", count=len(missing)))
    for point in missing:
        how = point.found[language].how
        show(text("{point} {words}: {how}", point=point.id, words=point.words, how=how), mark="  ")
    said = " ".join(point.found[language].how.render(language) for point in missing)
    others = [one for one in names if one not in said]
    if others:
        click.echo()
        show(text("not written yet for the documents of the plan: {names}", names=", ".join(others)))


def _unplannable(source: Path, study: Study) -> list[Problem]:
    """Return limits and decisions that no plan can keep, at the place of the first that can be changed."""
    from techprio.errors import InfeasibleError
    from techprio.inputs.study import key_location
    from techprio.phasing.feasibility import check_feasible

    try:
        check_feasible(study)
    except InfeasibleError as error:
        keys = min((_keys(rule, study) for rule in error.rules), default=(9, ()))[1]
        location = key_location(source, "resources", keys)
        allowed = text("limits and decisions that a plan can keep")
        return [Problem("R511", location.file, location.place, ".".join(keys), error.message, allowed)]
    return []


def _keys(rule: tuple[str | int, ...], study: Study) -> tuple[int, tuple[str, ...]]:
    """Return where a rule stands in the resources, and how willingly it is changed."""
    kind, *rest = map(str, rule)
    fixed = study.resources.decisions.fixed_start if study.resources else {}
    if kind == "budget":
        return (
            (0, ("budgets", rest[0], "caps"))
            if len(rest) > 3
            else (4, ("budgets", rest[0], "per_year", rest[1]))
        )
    places: dict[str, tuple[int, tuple[str, ...]]] = {
        "must": (1, ("decisions", *(("fixed_start", rest[0]) if rest[0] in fixed else ("must",)))),
        "exclusive": (2, ("decisions", "exclusive")),
        "sector minimum": (3, ("sector_minimum", rest[0])),
        "staff": (5, ("staff", "per_year", rest[0])),
    }
    return places.get(kind, (9, ()))


def _show_empty(problems: Sequence[Problem], *, each_alone: bool) -> None:
    if not problems:
        return
    language = resolve_language()
    show(text("Still to be filled in ({count}):", count=len(problems)))
    if not each_alone and len(problems) > SCREENFUL:
        show(DataFileError(problems))
        click.echo()
        return
    for problem in problems:
        where = ":".join(part for part in (problem.file, say(problem.place, language)) if part)
        field = f"{say(problem.field, language)} – " if problem.field else ""
        show(f"  [{problem.code}] {where}: {field}{say(problem.allowed, language)}")
    click.echo()
