"""Writes the page: one file that needs no network, in both languages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from techprio.language import LANGUAGES, Language, Text, resolve_language, text, translate
from techprio.model.run import RunData
from techprio.reporting.blocks import Section
from techprio.reporting.figures import figure_files
from techprio.reporting.outline import report_sections
from techprio.reporting.page.parts import chapters, picture
from techprio.reporting.page.workshop import workshop_data
from techprio.reporting.words import ROLE_NAMES

_WORDS: dict[str, Text] = {
    "skip": text("Skip to the content"),
    "contents": text("Contents"),
    "theme": text("Light or dark"),
    "language": text("Language"),
    "filter": text("Filter rows"),
    "workshop": text("Workshop: move the weights"),
    "about": text(
        "Move a weight: the others keep their proportions, and ranks, scores and parts change at once. "
        "The mark on each slider is the panel, the band its members."
    ),
    "elsewhere": text("The method of this study ({method}) cannot be computed in the page."),
    "sector": text("Sector"),
    "reset": text("Back to the panel"),
    "share": text("Copy the link of this setting"),
    "copied": text("The link is copied."),
    "rank": text("Rank"),
    "move": text("Against the panel"),
    "technology": text("Technology"),
    "score": text("Score"),
    "parts": text("Parts of the score"),
    "role": text("Role"),
    "phase": text("Phase"),
    "in": text("come in: {names}"),
    "out": text("leave: {names}"),
    "same": text("the first {k} are those of the panel"),
    "panel": text("panel {share}"),
    "overall": text("overall"),
    "roadmap": text("Roadmap"),
    "dependencies": text("Dependencies"),
    "screened": text("Screened before ranking"),
    "not_placed": text("not placed"),
}


def page_bytes(
    run: RunData,
    *,
    language: Language | None = None,
    sections: Sequence[Section] | None = None,
    pictures: Mapping[Language, Mapping[str, bytes]] | None = None,
) -> bytes:
    """Return the report of a run as one HTML page.

    Parameters
    ----------
    run : RunData
    language : {"vi", "en"}, optional
        In which the page opens; it holds both.
    sections : sequence of Section, optional
        Of :func:`techprio.reporting.outline.report_sections`, where they are composed already.
    pictures : mapping of language to mapping of name to PNG, optional
        The charts, where they are drawn already.

    Returns
    -------
    bytes
        The same for the same run.
    """
    language = resolve_language(language)
    drawn = pictures or {one: figure_files(run, language=one) for one in LANGUAGES}
    page = _template().render(
        language=language,
        title={one: run.study.title.render(one) for one in LANGUAGES},
        version=run.provenance.version,
        words={key: {one: words.render(one) for one in LANGUAGES} for key, words in _WORDS.items()},
        chapters=chapters(report_sections(run) if sections is None else sections),
        pictures=_pictures(drawn),
        style=_asset("page.css"),
        script=_asset("page.js"),
        data=_as_json(_data(run)),
    )
    return page.encode()


def _data(run: RunData) -> dict[str, Any]:
    return workshop_data(run) | {
        "words": {key: {one: _bare(words, one) for one in LANGUAGES} for key, words in _WORDS.items()},
        "roles": {role: {one: words.render(one) for one in LANGUAGES} for role, words in ROLE_NAMES.items()},
    }


def _bare(words: Text, language: Language) -> str:
    """Return the sentence with its places open, for the page to fill in."""
    return translate(words.template, language)


def _pictures(drawn: Mapping[Language, Mapping[str, bytes]]) -> list[dict[str, Any]]:
    """Return each chart in both languages under the section that it belongs to."""
    names = list(next(iter(drawn.values())))
    return [
        {
            "section": "dependencies" if "dependencies" in name else "roadmap",
            "address": {language: picture(files[name]) for language, files in drawn.items()},
        }
        for name in names
    ]


def _as_json(data: Any) -> str:
    """Write data so that no text in it can end the element that holds it."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        words = words.replace(sign, f"\\u{ord(sign):04x}")
    return words


def _asset(name: str) -> str:
    return (resources.files("techprio.reporting.page") / name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_asset("page.html"))
