"""``techprio``: the group of commands, what it says on errors, and its exit status.

Status 0: done; 1: problems that stop the work; 2: wrong use; 130: stopped by the user.
"""

from __future__ import annotations

import codecs
import sys
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any

import click

from techprio import __version__
from techprio.cli.bilingual import Group, show_wrong_use
from techprio.cli.parameters import language_option
from techprio.cli.spoken import USUAL, stated_language
from techprio.errors import DataFileError, TechprioError, TechprioWarning, file_reason
from techprio.language import Text, set_language, text

PLAIN = {
    "–": "-", "—": "-", "−": "-", "…": "...", "×": "x", "≤": "<=", "≥": ">=", "→": "->", "█": "#", "─": "-",
    "━": "-", "“": '"', "”": '"', "’": "'", "đ": "d", "Đ": "D", "λ": "lambda", "²": "2", "Σ": "sum",
}  # fmt: skip
"""What stands for a sign that a code page does not have."""
TONES = "\u0300\u0301\u0303\u0309\u0323"


def prepare_console() -> None:
    """Show the nearest sign where a code page lacks one, rather than stop the work."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # The error itself names "charmap" alone, so each code page has a handler that knows its name.
            codecs.register_error(f"readable-{stream.encoding}", partial(_readable, encoding=stream.encoding))
            stream.reconfigure(errors=f"readable-{stream.encoding}")


def _readable(error: UnicodeError, *, encoding: str) -> tuple[str, int]:
    """Write letter and tone apart where the code page has them so (cp1258), else the letter alone."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_nearest(sign, encoding) for sign in signs), error.end


def _nearest(sign: str, encoding: str) -> str:
    parts = unicodedata.normalize("NFD", sign)
    tone = next((part for part in parts[1:] if part in TONES), "")
    letter = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else parts[0]
    for candidate in (letter + tone, letter, PLAIN.get(letter, ""), parts[0], PLAIN.get(sign, "")):
        if candidate and candidate.encode(encoding, "ignore").decode(encoding) == candidate:
            return candidate
    return "?"


@contextmanager
def own_warnings() -> Iterator[None]:
    """Show what the library warns of as a plain sentence, on stderr."""
    others = warnings.showwarning

    def said(message: Warning | str, category: type[Warning], *place: Any, **named: Any) -> None:
        if issubclass(category, TechprioWarning):
            _show(str(message), mark="! ")
        else:
            others(message, category, *place, **named)

    with warnings.catch_warnings():
        warnings.simplefilter("always", TechprioWarning)
        warnings.showwarning = said
        yield


def _show(words: Text | str, *, mark: str = "") -> None:
    """Print on stderr; what prints is loaded then, so that ``--help`` is quick."""
    from techprio.cli.screen import show

    show(words, mark=mark, err=True)


def show_error(error: TechprioError) -> None:
    """Print what stops the work, every problem of it, and how many there are."""
    _show(error.render())
    if isinstance(error, DataFileError):
        count = len(error.problems)
        _show(text("{count} problems; nothing was computed", count=count))


def file_trouble(error: OSError) -> Text:
    """Say in words why a file cannot be read or written."""
    return text("{file}: {reason}", file=error.filename, reason=file_reason(error))


DONE, PROBLEMS, WRONG_USE, STOPPED = 0, 1, 2, 130
COMMANDS = {
    "advise": text("Say which uncertain figures of a study to check first."),
    "aggregate": text("Make one order of several rankings."),
    "check": text("List every problem of a study, with its place and a proposal."),
    "compare": text("Show what changed between two runs, and why."),
    "document": text("Write a document of the plan in the form of official papers."),
    "convert": text("Write a study as one workbook, or as a folder of files."),
    "example": text("Copy a shipped study into a new folder, to work on."),
    "forms": text("Make questionnaires for experts, and read those that came back."),
    "monitor": text("Compare the plan with what became of it: slips, what they delay, money."),
    "notebooks": text("Write the course: notebooks over the shipped study, to work on."),
    "rank": text("Rank the technologies of a study, on the screen or as CSV."),
    "read": text("Show what a table was taken for, and what was read of it."),
    "run": text("Do the whole job: lists, workbook, charts, documents and record."),
    "survey": text("Assess the technology level of firms: levels, profiles of sectors, potential."),
    "template": text("Write a blank study for another province, as files or as a workbook."),
    "why-not": text("Say why a technology is not operational by a month, and what that would cost."),
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
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"techprio.cli.{name}"), name)
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
            _show(text("Stopped."))
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
            _show(file_trouble(error))
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
