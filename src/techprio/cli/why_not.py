"""``techprio why-not``: whether one technology can be operational by a month, and who would wait."""

from __future__ import annotations

from pathlib import Path

import click

from techprio.cli.bilingual import argument, command, option
from techprio.cli.parameters import language_option, locale_option, study_argument
from techprio.cli.screen import show, show_notes, show_table
from techprio.cli.spoken import read_named
from techprio.language import text


@command(text("Say why a technology of STUDY is not operational by a month, and what that would cost."))
@study_argument
@argument("technology", text("TECHNOLOGY"), text("Id of the technology."))
@option(
    "--by",
    "by",
    required=True,
    shown=text("YYYY-MM"),
    help=text("Month by whose end it is to be operational."),
)
@option(
    "--plan",
    "approved",
    shown=text("FOLDER"),
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help=text("Folder of the result that was approved; else the plan of the study as it is now."),
)
@locale_option
@language_option
def why_not(study: str, technology: str, by: str, approved: Path | None) -> None:
    """Answer one technology that asks for a date."""
    from techprio.phasing.date_request import request_date
    from techprio.phasing.plan import plan_phases
    from techprio.phasing.source import study_priorities
    from techprio.study.snapshot import approved_plan

    read = read_named(study)
    priorities = study_priorities(read)
    plan = plan_phases(read, priorities=priorities) if approved is None else approved_plan(approved)
    found = request_date(read, plan, technology, by, priorities=priorities)
    show(found.explain())
    show(plan.explain(technology))
    if len(found.others):
        click.echo()
        show_table(found.tables()["others"])
    else:
        show_notes(found.notes)
