"""The documents of the plan as files: each with its cover sheet, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from techprio.language import Language, Text, text
from techprio.model.products import Letterhead, Signer
from techprio.model.roles import ROLE_WORDS
from techprio.reporting.checklist import STATE_WORDS, Ground, checklist
from techprio.reporting.files import free_folder, put_files
from techprio.reporting.products.compose import Wish, compose
from techprio.reporting.products.letter import KIND_NAMES
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Col, Grid, Heading, Paper, Para, Part, Words
from techprio.reporting.products.summary import passed_parts
from techprio.reporting.products.wording import day, number
from techprio.reporting.products.writer import paper_bytes

POINTS: Mapping[str, tuple[str, ...]] = {
    "dinh-huong": ("R01", "R02", "R03", "R04", "R05", "R06", "R13", "R17", "R18"),
    "du-thao": ("R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R11", "R12"),
    "quyet-dinh": ("R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R11", "R12"),
    "to-trinh": ("R19", "R21"),
    "hoan-thien": ("R19", "R20", "R21"),
    "chinh-sach": ("R11",),
    "khao-sat": ("R14", "R15", "R16", "R22"),
    "phieu-viec": ("R08",),
}
"""The points that the plan asks for, by the document that holds them."""


_CHECKS: tuple[Text, ...] = (
    text("number, day, month and year; office and powers of who signs; receivers"),
    text("names of agencies and of the plan as they are written in force"),
    text("names and sums are the same as in the workbook and in the other documents of the dossier"),
    text("no figure that is an example is left in it"),
)


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


def cover_sheet(paper: Paper, matter: Matter, language: Language) -> Paper:
    """Return the cover sheet of a document: one row for each line of dots in it.

    Parameters
    ----------
    paper : Paper
    matter : Matter
    language : {"vi", "en"}
    """
    parts: list[Part] = [
        Para("", "center", lead=_named(paper)),
        Para(text("For the drafter only; not part of the dossier."), "center"),
        *passed_parts(matter),
    ]
    gaps = list(paper.gaps(language))
    parts.append(Heading(text("Parts to be written"), 2))
    if gaps:
        columns = (
            Col(text("No."), 6, "center"), Col(text("Section"), 24), Col(text("What it must answer"), 34),
            Col(text("Input file"), 20), Col(text("Whom to ask"), 16),
        )  # fmt: skip
        rows = tuple(
            (str(place), where, dots.question, dots.source, dots.agency or "-")
            for place, (where, dots) in enumerate(gaps, start=1)
        )
        parts.append(Grid(columns, rows))
    else:
        parts.append(Para(text("Nothing is missing.")))
    parts += [*_unchecked(paper, matter), *_warnings(matter, language), *_decided(matter)]
    parts.append(Heading(text("To be checked before it is signed"), 2))
    parts += [Para(words, "dash") for words in _CHECKS]
    parts += _asked(paper, matter, language)
    parts.append(Heading(text("Record of the calculation"), 2))
    parts.append(Para(_record(matter)))
    return Paper(f"{paper.id}-phieu", "plain", text("DRAFTER'S COVER SHEET"), tuple(parts), points=11)


def _unchecked(paper: Paper, matter: Matter) -> list[Part]:
    parts: list[Part] = [Heading(text("Legal basis that was not held against the original"), 2)]
    rows = [row for row in matter.legal(paper.id) if not row["checked"]]
    if not rows:
        return [*parts, Para(text("None."))]
    columns = (Col(text("Kind"), 16), Col(text("Number, date"), 26), Col(text("Title"), 58))
    cells = tuple((row["kind"], _numbered(row), row["title"]) for row in rows)
    return [*parts, Grid(columns, cells)]


def _numbered(row: Mapping[str, Any]) -> str:
    dated = day(str(row["date"])) if row["date"] else ""
    return ", ".join(one for one in (str(row["number"]), dated) if one) or "-"


def _warnings(matter: Matter, language: Language) -> list[Part]:
    notes = [matter.without_codes(note.render(language), language) for note in matter.figures.notes]
    parts: list[Part] = [Heading(text("Warnings of the figures"), 2)]
    return [*parts, *(Para(note, "dash") for note in notes)] if notes else [*parts, Para(text("None."))]


def _decided(matter: Matter) -> list[Part]:
    parts: list[Part] = [Heading(text("Where a decision differs from the calculation"), 2)]
    overrides = matter.study.role_overrides
    if not overrides:
        return [*parts, Para(text("None."))]
    columns = (Col(text("Technology"), 40), Col(text("Role"), 20), Col(text("Reason"), 40))
    rows = tuple((matter.name(id), ROLE_WORDS[role], reason) for id, (role, reason) in overrides.items())
    return [*parts, Grid(columns, rows)]


def _named(paper: Paper) -> Words:
    """Return the kind and the subject of the document that a sheet belongs to."""
    if paper.kind in KIND_NAMES:
        return text("{kind}: {title}", kind=KIND_NAMES[paper.kind], title=paper.title)
    named = {"phieu-viec": text("What each agency is charged with")}
    return named.get(paper.id, paper.title)


def _asked(paper: Paper, matter: Matter, language: Language) -> Iterator[Part]:
    """Give the points of the plan that the document answers, with what there is of each."""
    points = [
        point
        for point in checklist(Ground(matter.study, matter.survey))
        if point.id in POINTS.get(paper.id, ())
    ]
    if points:
        yield Heading(text("Points of the plan that this document answers"), 2)
        rows = tuple(
            (point.id, point.words, STATE_WORDS[point.found[language].state], point.found[language].how)
            for point in points
        )
        columns = (
            Col(text("Point"), 9, "center"), Col(text("What the plan asks for"), 42), Col(text("State"), 16),
            Col(text("Where, or what is missing"), 33),
        )  # fmt: skip
        yield Grid(columns, rows)


def _record(matter: Matter) -> Words:
    figures = matter.figures
    return text(
        "techprio {version}; study {study}; {draws} trials; {files} files of input, with their digests in "
        "the record "
        "of the result.",
        version=figures.version, study=figures.study, draws=number(figures.draws), files=len(figures.inputs),
    )  # fmt: skip
