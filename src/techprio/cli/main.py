"""``techprio``: the group of commands, what it says on errors, and its exit status.

Status 0: done; 1: problems that stop the work; 2: wrong use; 130: stopped by the user.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from techprio import __version__
from techprio.cli.bilingual import Group, show_wrong_use
from techprio.cli.console import file_trouble, own_warnings, prepare_console, show_error
from techprio.cli.parameters import language_option
from techprio.cli.spoken import USUAL, stated_language
from techprio.errors import TechprioError
from techprio.language import Text, set_language, text

DONE, PROBLEMS, WRONG_USE, STOPPED = 0, 1, 2, 130
COMMANDS = {
    "check": text("List every problem of a study, with its place and a proposal."),
    "compare": text("Show what changed between two runs, and why."),
    "convert": text("Write a study as one workbook, or as a folder of files."),
    "example": text("Copy a shipped study into a new folder, to work on."),
    "forms": text("Make questionnaires for experts, and read those that came back."),
    "monitor": text("Compare the plan with what became of it: slips, what they delay, money."),
    "rank": text("Rank the technologies of a study, on the screen or as CSV."),
    "run": text("Do the whole job: lists, workbook, charts, documents and record."),
    "survey": text("Assess the technology level of firms: levels, profiles of sectors, potential."),
    "template": text("Write a blank study for another province, as files or as a workbook."),
    "weights": text("Show weights, consistency, what to revise, who differs."),
}


class LazyGroup(Group):
    """Loads a command when it is called, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"techprio.cli.{cmd_name}"), cmd_name)
        return command

    def explained(self, ctx: click.Context) -> dict[str, Text]:
        """Return what each command does without loading any."""
        return COMMANDS

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run one command and leave with its status."""
        prepare_console()
        status = DONE
        try:
            set_language(USUAL)  # for a wrong name of a language, until the right one is known
            stated = stated_language(sys.argv[1:] if args is None else list(args))
            set_language(stated or USUAL)
            with own_warnings():
                left = super().main(args, prog_name, complete_var, False, obj=stated, **extra)
            status = left if isinstance(left, int) else DONE
        except click.Abort:
            click.echo(text("Stopped."), err=True)
            status = STOPPED
        except click.ClickException as error:
            show_wrong_use(error)
            status = error.exit_code
        except TechprioError as error:
            show_error(error)
            status = PROBLEMS
        except OSError as error:
            if error.filename is None:
                raise
            click.echo(file_trouble(error), err=True)
            status = PROBLEMS
        finally:
            set_language(None)
        sys.exit(status)


@click.group(
    cls=LazyGroup,
    explanation=text(
        "Technology prioritisation: from survey and judgments to ranked lists.\n\n"
        "STUDY: a folder, a workbook, or a shipped study by its name (lai-chau)."
    ),
)
@click.version_option(__version__, prog_name="techprio", message="%(prog)s %(version)s")
@language_option
def main() -> None:
    """Hold the commands."""
