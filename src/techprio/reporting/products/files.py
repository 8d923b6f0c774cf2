"""The documents of the plan as files: each with its cover sheet, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from techprio.language import Language
from techprio.reporting.files import free_folder, put_files
from techprio.reporting.products.compose import Wish, compose
from techprio.reporting.products.drafter import cover_sheet
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.writer import paper_bytes


def paper_files(
    matter: Matter, ids: Sequence[str], *, language: Language, wish: Wish | None = None
) -> dict[str, bytes]:
    """Return documents and their cover sheets by the names of their files.

    Parameters
    ----------
    matter : Matter
    ids : sequence of str
    language : {"vi", "en"}
    wish : Wish, optional

    Raises
    ------
    InputError
        What keeps one of them from being written; then none is.
    """
    files: dict[str, bytes] = {}
    for id in ids:
        paper = compose(id, matter, wish)
        for one, illustrative in (
            (paper, matter.study.illustrative),
            (cover_sheet(paper, matter, language), False),
        ):
            files[f"{one.id}.docx"] = paper_bytes(
                one,
                language=language,
                letterhead=matter.letterhead,
                illustrative=illustrative,
                draft=wish.draft if wish else 0,
                version=matter.figures.version,
            )
    return files


def write_papers(folder: str | Path, files: Mapping[str, bytes], language: Language) -> list[Path]:
    """Write documents into a folder; return their places."""
    return put_files(free_folder(folder), files, language)
