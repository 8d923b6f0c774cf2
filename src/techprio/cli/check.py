"""``techprio check``: every problem of a study at once, and what is still to be filled in."""

from __future__ import annotations

from collections.abc import Sequence

import click

from techprio.cli.screen import FINDINGS, findings_stop, language_option, show_problems
from techprio.errors import Problem, say
from techprio.language import Language, text

UNFILLED = frozenset({"T103", "T114", "Y204", "S307", "R502"})
"""Codes of what is not there yet, which is no fault of what is there."""


@click.command()
@click.argument("study")
@language_option()
def command(study: str, language: Language) -> None:
    """List every problem of STUDY, with its place and a proposal.

    What is still empty is listed apart from what is wrong.
    """
    from techprio.inputs.shipped import find_study
    from techprio.inputs.study import check_study

    with findings_stop(language):
        path = find_study(study)
    problems = check_study(path)
    if not problems:
        click.echo(text("{study}: no problems", study=study).render(language))
        return
    wrong = [problem for problem in problems if problem.code not in UNFILLED]
    empty = [problem for problem in problems if problem.code in UNFILLED]
    if empty:
        _show_empty(empty, language)
    if wrong:
        show_problems(wrong, language, err=False)
    else:
        said = text("{study}: what is filled in has no fault so far", study=study)
        click.echo(said.render(language))
    raise SystemExit(FINDINGS)


def _show_empty(problems: Sequence[Problem], language: Language) -> None:
    click.echo(text("Still to be filled in ({count}):", count=len(problems)).render(language))
    for problem in problems:
        where = ":".join(part for part in (problem.file, say(problem.place, language)) if part)
        field = f"{say(problem.field, language)} – " if problem.field else ""
        click.echo(f"  [{problem.code}] {where}: {field}{say(problem.allowed, language)}")
    click.echo()
