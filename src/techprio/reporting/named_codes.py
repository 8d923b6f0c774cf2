"""Names for codes in printed tables: a reader of a sheet or a screen need not know an id."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from techprio.display.quantities import Column, Table, render
from techprio.language import LANGUAGES, Label, Language, Text, text
from techprio.model.catalog import SECTOR, SECTOR_NAME
from techprio.model.study import Study
from techprio.reporting.blocks import Block, Paragraph, Section, TableBlock
from techprio.reporting.products.wording import agency_label, row_of
from techprio.reporting.words import without_codes

_NAMES = ("name", "name_vi", "name_en", "criterion_name", "prerequisite")
"""Columns of names: columns of ids keep their ids beside them."""
_IDS = ("technology", "requires", "criterion", "node")
_SPOKEN = ("instrument", "source")
"""Columns of ids that nobody looks up: the name stands alone."""
_AGENCIES = ("lead_agency", "partners")
_WIDE, _NAMED = 14.0, 40.0
_FIXED = {
    "analyst_estimate": Label("ước lượng của người đánh giá", "estimate of the analyst"),
    "scaled_from_source": Label("quy mô lại từ nguồn trích dẫn", "scaled from a source"),
}
"""Words that data files have for what is no source."""


def codes_of(study: Study) -> dict[str, Label]:
    """Return the names of technologies, criteria and sectors by their codes.

    Parameters
    ----------
    study : Study
    """
    catalog = study.catalog
    names = {str(id): catalog.label(str(id)) for id in catalog.technologies.index}
    names |= {id: one.label for id, one in study.criteria.by_id.items()}
    names |= {sector.code: sector.label for sector in catalog.sectors}
    names |= _instruments(study) | _FIXED
    return {code: name for code, name in names.items() if any(name) and code not in name}


def _instruments(study: Study) -> dict[str, Label]:
    """Return what the questionnaire and its extension are called."""
    instrument = study.instrument
    if instrument is None or not instrument.extension:
        return {} if instrument is None else {instrument.id: instrument.label}
    forms = {instrument.id: text("main form"), instrument.extension: text("extended form")}
    return {id: Label(words.render("vi"), words.render("en")) for id, words in forms.items()}


def with_named_codes(table: Table, study: Study) -> Table:
    """Return a table whose sectors, headings and sentences have names in place of codes.

    A column of ids keeps them where the names stand beside it; else each has its name behind it.

    Parameters
    ----------
    table : Table
    study : Study
    """
    names = codes_of(study)
    keys = {column.key for column in table.columns}
    columns: list[Column] = []
    written: list[Callable[[Any], Any]] = []
    for place, column in enumerate(table.columns):
        column = _headed(column, names, named=SECTOR_NAME.key in keys)
        if column.key == SECTOR_NAME.key:
            written.append(lambda value: names.get(value, value) if isinstance(value, str) else value)
        elif column.key in _AGENCIES:
            written.append(_agencies)
        elif column.key in _IDS and keys & {*_NAMES}:
            written.append(lambda value: value)
        elif (
            column.format == "code"
            and column.key not in _SPOKEN
            and any(str(row[place]) in names for row in table.rows)
        ):
            column = replace(column, width=_NAMED)
            written.append(lambda value: _beside(value, names))
        else:
            written.append(lambda value: _said(value, names))
        columns.append(column)
    rows = [tuple(say(value) for say, value in zip(written, row, strict=True)) for row in table.rows]
    return replace(table, columns=tuple(columns), rows=rows)


def with_names(section: Section, study: Study) -> Section:
    """Return a section of the report whose tables and sentences have names in place of codes.

    The annexes with full data keep ids and the headings that their legends explain.

    Parameters
    ----------
    section : Section
    study : Study
    """
    names = codes_of(study)

    def named(block: Block) -> Block:
        if isinstance(block, Paragraph):
            return replace(block, words=_said(block.words, names))
        if not isinstance(block, TableBlock):
            return block
        if section.full:
            return replace(block, table=_in_words(block.table, names))
        table = with_named_codes(block.table, study)
        return replace(block, table=replace(table, notes=tuple(_said(note, names) for note in table.notes)))

    return replace(section, blocks=tuple(named(block) for block in section.blocks))


def _in_words(table: Table, names: Mapping[str, Label]) -> Table:
    """Return a table whose sectors and sentences have names; other ids, and headings, stay."""
    ids = {place for place, column in enumerate(table.columns)
           if column.format == "code" and column.key != SECTOR.key}  # fmt: skip
    rows = [
        tuple(value if place in ids else _said(value, names) for place, value in enumerate(row))
        for row in table.rows
    ]
    sectors = [_headed(c, names, named=False) if c.key == SECTOR.key else c for c in table.columns]
    return replace(table, columns=tuple(sectors), rows=rows)


def _headed(column: Column, names: Mapping[str, Label], *, named: bool) -> Column:
    """Return a column with a heading without codes; that of sectors is headed as their names are."""
    if column.key == SECTOR.key and not named:
        return Column(replace(SECTOR_NAME, heading=SECTOR_NAME.short or SECTOR_NAME.heading, short=None), 22)
    heading = column.quantity.heading
    said = _said(heading, names)
    if said is heading:
        return column
    return replace(
        column,
        quantity=replace(column.quantity, heading=said, short=None),
        width=max(column.width or 0.0, _WIDE),
    )


def _said(words: Any, names: Mapping[str, Label]) -> Any:
    """Return words in which names stand for codes; themselves where there are none.

    A code of one letter, or one that could be a word, is taken for a code only where it stands alone or fills
    a place of a sentence: clause I.2 of a plan and the W of Kendall are no criteria.
    """
    if not isinstance(words, str | Text | Label) or not words:
        return words
    telling = _telling(tuple(names))
    if isinstance(words, Text):
        words = _filled(words, {code: name for code, name in names.items() if code not in telling})
    whole = [render(words, one) for one in LANGUAGES]
    if whole[0] == whole[1] and whole[0] in names:
        return names[whole[0]]
    known = {code: name for code, name in names.items() if code in telling}
    named = [_named_once(sentence, names, one) for sentence, one in zip(whole, LANGUAGES, strict=True)]
    said = [without_codes(sentence, known, one) for sentence, one in zip(named, LANGUAGES, strict=True)]
    return words if said == whole else Label(*said)


def _filled(words: Text, names: Mapping[str, Label]) -> Text:
    """Return a sentence in which a code that fills a place of its own is a name."""

    def filled(value: Any) -> Any:
        if isinstance(value, Text):
            return _filled(value, names)
        return names.get(value, value) if isinstance(value, str) else value

    said = Text(words.template, {key: filled(value) for key, value in words.values.items()})
    return words if said == words else said


@lru_cache(maxsize=8)
def _telling(codes: tuple[str, ...]) -> frozenset[str]:
    """Return the codes that cannot be words: of two letters or more, in capitals or with a digit or a bar."""
    return frozenset(
        code for code in codes if len(code) > 1 and (code.isupper() or re.search(r"[\d_]", code) is not None)
    )


def _named_once(sentence: str, names: Mapping[str, Label], language: Language) -> str:
    """Return a sentence without the codes that stand in brackets behind their names."""

    def kept(found: re.Match[str]) -> str:
        name = names[found[1]].render(language) if found[1] in names else None
        return "" if name and sentence[: found.start()].endswith(name) else found[0]

    return re.sub(r" \(([^()\s]+)\)", kept, sentence)


def _beside(value: Any, names: Mapping[str, Label]) -> Any:
    """Return an id, or several, each with its name behind it."""
    if not isinstance(value, str):
        return _said(value, names)
    return row_of(_with_name(one.strip(), names) for one in value.split(","))


def _with_name(id: str, names: Mapping[str, Label]) -> Label | str:
    if id in _FIXED:
        return _FIXED[id]  # words, not an id that leads anywhere
    return Label(*(f"{id} {names[id].render(one)}" for one in LANGUAGES)) if id in names else id


def _agencies(value: Any) -> Any:
    """Return agencies by their names in each language."""
    if not isinstance(value, str) or not value:
        return value
    return row_of(agency_label(one) for one in value.split(";"))
