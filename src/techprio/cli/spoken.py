"""The language of the command line: ``--lang``, the environment, the locale, else the study's own."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from techprio.cli.parameters import LOCALE
from techprio.language import LANGUAGE_VARIABLE, LANGUAGES, Language, check_language, set_language

if TYPE_CHECKING:
    from techprio.inputs.numbers import Locale
    from techprio.model.study import Study

OPTION = "--lang"
USUAL: Language = "vi"
"""The language where nothing names one: the first studies are Vietnamese."""
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def stated_language(
    arguments: Sequence[str], environment: Mapping[str, str] | None = None
) -> Language | None:
    """Return the language that the command line, the environment or the locale states; None where none does.

    Examples
    --------
    >>> stated_language(["run", "--help", "--lang", "vi"]), stated_language(["--lang=en", "--help"])
    ('vi', 'en')
    >>> stated_language(["--help"], {"LANG": "vi_VN.UTF-8"}), stated_language([], {"LANG": "C.UTF-8"})
    ('vi', None)
    """
    environment = os.environ if environment is None else environment
    asked = _of_option(arguments)
    if asked is not None:
        return asked
    if environment.get(LANGUAGE_VARIABLE):
        return check_language(environment[LANGUAGE_VARIABLE])
    stated = next((environment[name] for name in LOCALE_VARIABLES if environment.get(name)), "")
    if not stated and sys.platform == "win32":
        stated = locale.getlocale()[0] or ""  # "Vietnamese_Vietnam"; elsewhere C is read as English
    return next((language for language in LANGUAGES if _speaks(stated, language)), None)


def _of_option(arguments: Sequence[str]) -> Language | None:
    """Find the option wherever it stands, so that ``--help`` before it is in its language already."""
    words = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    found: Language | None = None
    for place, word in enumerate(words):
        name, _, value = word.partition("=")
        if name == OPTION:
            value = value or (words[place + 1] if place + 1 < len(words) else "")
            found = next((one for one in LANGUAGES if value in (one, "both")), found)
    return found


def _speaks(name: str, language: Language) -> bool:
    word = name.replace("-", "_").split("_")[0].split(".")[0].casefold()
    return word in {"vi": ("vi", "vietnamese"), "en": ("en", "english")}[language]


def read_named(name: str, *, locale: Locale | None = None, asked_only: bool = False) -> Study:
    """Read the study that was named; its own language is spoken where no other is stated.

    ``asked_only`` takes what experts are asked about: judgments and scores may still be missing.
    """
    from techprio.inputs.asked import read_asked
    from techprio.inputs.shipped import find_study
    from techprio.inputs.study import read_study

    stated = locale or click.get_current_context().meta.get(LOCALE)
    read = read_asked if asked_only else read_study
    study = read(find_study(name), locale=stated)
    if click.get_current_context().find_root().obj is None:
        set_language(own_language(study))
    return study


def own_language(study: Study) -> Language:
    """Return English for a study whose names are all English, else Vietnamese."""
    names = [study.title, *(sector.label for sector in study.catalog.sectors)]
    english = any(name.en for name in names) and not any(name.vi for name in names)
    return "en" if english else USUAL
