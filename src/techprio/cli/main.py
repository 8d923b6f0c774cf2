"""``techprio``: the group of commands."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from techprio import __version__

COMMANDS = {
    "check": "List every problem of a study, with its place and a proposal.",
    "compare": "Say what changed between two runs, and why.",
    "convert": "Write a study as one workbook, or as a folder of files.",
    "example": "Copy a shipped study into a new folder, to work on.",
    "forms": "Make questionnaires for experts, and read those that came back.",
    "monitor": "Hold the plan against what became of it: slips, what they delay, money.",
    "rank": "Rank the technologies of a study on the screen or as CSV.",
    "template": "Write a blank study for another province, as files or as a workbook.",
    "weights": "Show weights, consistency, what to revise, who differs.",
    "survey": "Assess the technology level of firms: levels, profiles of sectors, potential.",
    "run": "Do the whole job: lists, workbook, charts and record.",
}


class LazyGroup(click.Group):
    """Loads a command when it is called, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"techprio.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="techprio")
def main() -> None:
    """Technology prioritisation: from survey and judgments to ranked lists.

    STUDY is a folder, a workbook, or the name of a shipped study such as lai-chau.
    """
    for stream in (sys.stdout, sys.stderr):
        # A console of an old code page shows a question mark rather than stopping the work.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
