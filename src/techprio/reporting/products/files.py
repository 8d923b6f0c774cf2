"""The documents of the plan as files: each with its cover sheet, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from techprio.language import Language
from techprio.model.products import Letterhead, Signer
from techprio.reporting.files import free_folder, put_files
from techprio.reporting.products.compose import Wish, compose
from techprio.reporting.products.drafter import cover_sheet
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Paper
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
                letterhead=_letterhead(matter, one),
                illustrative=illustrative,
                draft=wish.draft if wish else 0,
                version=matter.figures.version,
            )
    return files


def _letterhead(matter: Matter, paper: Paper) -> Letterhead:
    """Return the letterhead of who issues a document; with blanks for what is not known of another agency."""
    known, issuer = matter.letterhead, paper.issuer
    if issuer is None:
        return known
    department = issuer.vi.startswith("Sở ")
    signer = known.signer if department else Signer(office="THỦ TRƯỞNG ĐƠN VỊ")
    parent = known.parent if department or issuer.vi.startswith("Ban Quản lý") else ""
    return replace(known, agency=issuer.vi, symbol="……", drafting_unit="", signer=signer, parent=parent)


def write_papers(folder: str | Path, files: Mapping[str, bytes], language: Language) -> list[Path]:
    """Write documents into a folder; return their places."""
    return put_files(free_folder(folder), files, language)
