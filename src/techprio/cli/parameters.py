"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from techprio.cli.bilingual import Decorated, argument, option
from techprio.language import Text, text

study_argument = argument(
    "study",
    text("STUDY"),
    text("A folder, a workbook, or a shipped study by its name (lai-chau)."),
)
studies_argument = argument(
    "studies",
    text("STUDY"),
    text("A folder, a workbook, or a shipped study by its name (lai-chau); several are run side by side."),
    nargs=-1,
    required=True,
)
language_option = option(
    "--lang",
    expose_value=False,
    type=click.Choice(["vi", "en"]),
    help=text("Language of what is shown; else that of TECHPRIO_LANGUAGE, of the locale, or of the study."),
)
LOCALE = "techprio.locale"
"""Under this name the context holds how the tables of a study write numbers."""


def _keep_locale(context: click.Context, _: click.Parameter, value: str | None) -> None:
    context.meta[LOCALE] = value


locale_option = option(
    "--locale",
    expose_value=False,
    callback=_keep_locale,
    type=click.Choice(["vi", "en"]),
    help=text("How the tables write numbers: vi with decimal commas, en with points; else as they show it."),
)


def folder_option(
    *names: str, help: Text, default: Path | None = None, must_exist: bool = False
) -> Callable[[Decorated], Decorated]:
    """Return an option that names a folder.

    Parameters
    ----------
    *names : str
        The option, and the argument of the command where it has another name.
    help : Text
    default : Path, optional
        Shown with the help.
    must_exist : bool
    """
    kind = click.Path(path_type=Path, exists=must_exist, file_okay=not must_exist)
    return option(
        *names, shown=text("FOLDER"), type=kind, help=help, default=default, show_default=default is not None
    )


csv_folder_option = option(
    "--csv",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help=text("Write every table as a CSV file of this folder."),
)
workbook_option = option(
    "--excel",
    "workbook",
    type=click.Path(path_type=Path, dir_okay=False),
    help=text("Write every table as a sheet of this workbook."),
)


def is_plain_file(name: str) -> bool:
    """Whether an argument is a table by itself: a file, but neither of a study nor a study workbook."""
    from techprio.inputs.study_tree import is_study_workbook

    path = Path(name)
    return path.is_file() and path.suffix != ".yaml" and not is_study_workbook(path)
