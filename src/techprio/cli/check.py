"""``techprio check``: every problem of a study at once."""

from __future__ import annotations

import click

from techprio.cli.screen import FINDINGS, findings_stop, language_option, show_problems
from techprio.language import Language, text


@click.command()
@click.argument("study")
@language_option()
def command(study: str, language: Language) -> None:
    """List every problem of STUDY, with its place and a proposal."""
    from techprio.inputs.shipped import find_study
    from techprio.inputs.study import check_study

    with findings_stop(language):
        path = find_study(study)
    problems = check_study(path)
    if problems:
        show_problems(problems, language, err=False)
        raise SystemExit(FINDINGS)
    click.echo(text("{study}: no problems", study=study).render(language))
