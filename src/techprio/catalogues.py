"""Message catalogues: compiled when the wheel is built, read from their sources in a checkout.

``locale/<language>/*.po`` are the sources, one a room. A wheel carries them compiled into one file,
``techprio.mo``, which Python reads by itself; Babel is needed to build and to test, not to run.
``hatch_build.py`` runs this file alone, so it imports nothing of the library.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from gettext import GNUTranslations
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO

COMPILED = "techprio.mo"
NO_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
"""The date in the head of the compiled messages: the same sources give the same bytes on any day."""


def read_catalogue(language: str) -> GNUTranslations:
    """Return the messages of a language.

    Examples
    --------
    >>> read_catalogue("vi").gettext("proposal: {proposal}")
    'đề nghị: {proposal}'
    """
    folder = resources.files("techprio") / "locale" / language
    sources = [file for file in folder.iterdir() if file.name.endswith(".po")]
    if sources:  # a checkout: what stands there now counts, not what was compiled once
        return GNUTranslations(BytesIO(compile_catalogue(sources)))
    with (folder / COMPILED).open("rb") as stream:
        return GNUTranslations(stream)


def compile_catalogue(sources: Iterable[Traversable]) -> bytes:
    """Return the content of the ``.mo`` file of several ``.po`` files."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(charset="utf-8", creation_date=NO_CLOCK, revision_date=NO_CLOCK)
    for source in sorted(sources, key=lambda file: file.name):
        with source.open("rb") as stream:
            for message in read_po(stream):
                if message.id and not message.fuzzy:
                    merged.add(message.id, message.string)
    content = BytesIO()
    write_mo(content, merged)
    return content.getvalue()
