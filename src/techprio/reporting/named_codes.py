"""Names for codes in printed tables: a reader of a sheet or a screen need not know an id."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from techprio.display.quantities import Column, Table, render
from techprio.language import LANGUAGES, Label, Language, Text
from techprio.model.catalog import SECTOR, SECTOR_NAME
from techprio.model.study import Study
from techprio.reporting.products.wording import agency_label, row_of
from techprio.reporting.words import without_codes

_NAMES = ("name", "name_vi", "name_en", "criterion_name", "prerequisite")
"""Columns of names: columns of ids keep their ids beside them."""
_IDS = ("technology", "requires", "criterion", "node")
_AGENCIES = ("lead_agency", "partners")
_WIDE, _NAMED = 14.0, 40.0
_FIXED = {"analyst_estimate": Label("ước lượng của người đánh giá", "estimate of the analyst")}
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
    names |= _FIXED
    return {code: name for code, name in names.items() if any(name) and code not in name}


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
        elif column.format == "code" and any(str(row[place]) in names for row in table.rows):
            column = replace(column, width=_NAMED)
            written.append(lambda value: _beside(value, names))
        else:
            written.append(lambda value: _said(value, names))
        columns.append(column)
    rows = [tuple(say(value) for say, value in zip(written, row, strict=True)) for row in table.rows]
    return replace(table, columns=tuple(columns), rows=rows)


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
    """Return words in which names stand for codes; themselves where there are none."""
    if not isinstance(words, str | Text | Label) or not words:
        return words
    whole = [render(words, one) for one in LANGUAGES]
    whole = [_named_once(sentence, names, one) for sentence, one in zip(whole, LANGUAGES, strict=True)]
    said = [without_codes(sentence, names, one) for sentence, one in zip(whole, LANGUAGES, strict=True)]
    return words if said == [render(words, one) for one in LANGUAGES] else Label(*said)


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
    return Label(*(f"{id} {names[id].render(one)}" for one in LANGUAGES)) if id in names else id


def _agencies(value: Any) -> Any:
    """Return agencies by their names in each language."""
    if not isinstance(value, str) or not value:
        return value
    return row_of(agency_label(one) for one in value.split(";"))
