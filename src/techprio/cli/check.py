"""``techprio check``: every problem of a study at once, and what is still to be filled in."""

from __future__ import annotations

from collections.abc import Sequence

import click

from techprio.cli.bilingual import command
from techprio.cli.parameters import language_option, study_argument
from techprio.errors import Problem, say
from techprio.language import resolve_language, text

UNFILLED = frozenset({"T103", "T114", "Y204", "S307", "R502"})
"""Codes of what is not there yet, which is no fault of what is there."""


@command(
    text(
        "List every problem of STUDY, with its place and a proposal.\n\n"
        "What is still empty is listed apart from what is wrong."
    )
)
@study_argument
@language_option
def check(study: str) -> None:
    """List what is empty, then what is wrong."""
    from techprio.inputs.shipped import find_study
    from techprio.inputs.study import check_study

    problems = check_study(find_study(study))
    if not problems:
        click.echo(text("{study}: no problems", study=study))
        return
    wrong = [problem for problem in problems if problem.code not in UNFILLED]
    _show_empty([problem for problem in problems if problem.code in UNFILLED])
    for problem in wrong:
        click.echo(problem)
    if wrong:
        click.echo(text("{count} problems; nothing was computed", count=len(wrong)))
    else:
        click.echo(text("{study}: what is filled in has no fault so far", study=study))
    raise SystemExit(1)


def _show_empty(problems: Sequence[Problem]) -> None:
    if not problems:
        return
    language = resolve_language()
    click.echo(text("Still to be filled in ({count}):", count=len(problems)))
    for problem in problems:
        where = ":".join(part for part in (problem.file, say(problem.place, language)) if part)
        field = f"{say(problem.field, language)} – " if problem.field else ""
        click.echo(f"  [{problem.code}] {where}: {field}{say(problem.allowed, language)}")
    click.echo()
