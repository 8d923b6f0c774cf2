"""Names for codes in printed tables: a reader of a sheet or a screen need not know an id."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from techprio.display.quantities import Column, Table
from techprio.language import LANGUAGES, Label, Language, Text, text
from techprio.model.catalog import SECTOR, SECTOR_NAME
from techprio.model.run import RunData, derived
from techprio.model.study import Study
from techprio.reporting.blocks import Block, Paragraph, Section, TableBlock
from techprio.reporting.products.wording import agency_label, row_of
from techprio.reporting.words import Codes

_NAMES = ("name", "name_vi", "name_en", "criterion_name", "prerequisite")
"""Columns of names: columns of ids keep their ids beside them."""
_IDS = ("technology", "requires", "criterion", "node")
_SPOKEN = ("instrument", "source")
"""Columns of ids that nobody looks up: the name stands alone."""
_AGENCIES = ("lead_agency", "partners")
_WIDE, _NAMED = 14.0, 40.0
_SAYS = str | Text | Label
_IN_BRACKETS = re.compile(r" \(([^()\s]+)\)")
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


@derived
def names_in(run: RunData) -> Names:
    """Return the names that stand for codes in the tables and sentences of a run."""
    return Names(codes_of(run.study))


def with_named_codes(table: Table, names: Names) -> Table:
    """Return a table whose sectors, headings and sentences have names in place of codes.

    A column of ids keeps them where the names stand beside it; else each has its name behind it.

    Parameters
    ----------
    table : Table
    names : Names
    """
    keys = {column.key for column in table.columns}
    columns: list[Column] = []
    written: list[Callable[[Any], Any] | None] = []
    for place, column in enumerate(table.columns):
        column = _headed(column, names, named=SECTOR_NAME.key in keys)
        if column.key == SECTOR_NAME.key:
            written.append(names.of)
        elif column.key in _AGENCIES:
            written.append(_agencies)
        elif column.key in _IDS and keys & {*_NAMES}:
            written.append(None)
        elif (
            column.format == "code"
            and column.key not in _SPOKEN
            and any(str(row[place]) in names.by_code for row in table.rows)
        ):
            column = replace(column, width=_NAMED)
            written.append(names.beside)
        else:
            written.append(names.said)
        columns.append(column)
    return replace(table, columns=tuple(columns), rows=_written(table.rows, written))


def _written(
    rows: Sequence[tuple[Any, ...]], written: Sequence[Callable[[Any], Any] | None]
) -> list[tuple[Any, ...]]:
    """Return rows, column by column as each is written; None leaves a column as it is."""
    columns = zip(written, zip(*rows, strict=True), strict=True) if rows else ()
    return list(zip(*(cells if say is None else map(say, cells) for say, cells in columns), strict=True))


def with_names(section: Section, names: Names) -> Section:
    """Return a section of the report whose tables and sentences have names in place of codes.

    The annexes with full data keep ids and the headings that their legends explain.

    Parameters
    ----------
    section : Section
    names : Names
    """

    def named(block: Block) -> Block:
        if isinstance(block, Paragraph):
            return replace(block, words=names.said(block.words))
        if not isinstance(block, TableBlock):
            return block
        if section.full:
            return replace(block, table=_in_words(block.table, names))
        table = with_named_codes(block.table, names)
        return replace(block, table=replace(table, notes=tuple(map(names.said, table.notes))))

    return replace(section, blocks=tuple(named(block) for block in section.blocks))


def _in_words(table: Table, names: Names) -> Table:
    """Return a table whose sectors and sentences have names; other ids, and headings, stay."""
    written = [
        None if column.format == "code" and column.key != SECTOR.key else names.said
        for column in table.columns
    ]
    rows = _written(table.rows, written)
    sectors = [_headed(c, names, named=False) if c.key == SECTOR.key else c for c in table.columns]
    return replace(table, columns=tuple(sectors), rows=rows)


def _headed(column: Column, names: Names, *, named: bool) -> Column:
    """Return a column with a heading without codes; that of sectors is headed as their names are."""
    if column.key == SECTOR.key and not named:
        return Column(replace(SECTOR_NAME, heading=SECTOR_NAME.short or SECTOR_NAME.heading, short=None), 22)
    heading = column.quantity.heading
    said = names.said(heading)
    if said is heading:
        return column
    return replace(
        column,
        quantity=replace(column.quantity, heading=said, short=None),
        width=max(column.width or 0.0, _WIDE),
    )


class Names:
    """Names that stand for codes, with what sentences need of them, and the sentences that were asked for.

    A code of one letter, or one that could be a word, is taken for a code only where it stands alone or fills
    a place of a sentence: clause I.2 of a plan and the W of Kendall are no criteria.

    Parameters
    ----------
    by_code : mapping of str to Label

    Examples
    --------
    >>> names = Names({"AGR01": Label("Chè", "Tea"), "W": Label("Nước", "Water")})
    >>> names.said("waits for AGR01").en, names.said("Kendall's W"), names.said("W").en
    ('waits for Tea', "Kendall's W", 'Water')
    """

    def __init__(self, by_code: Mapping[str, Label]) -> None:
        self.by_code = by_code
        telling = [code for code in by_code if _is_telling(code)]
        self._others = {code: name for code, name in by_code.items() if not _is_telling(code)}
        self._telling = [Codes({code: by_code[code].render(one) for code in telling}) for one in LANGUAGES]
        self._found: dict[tuple[str, str], Label | None] = {}
        self._beside: dict[str, Label] = {}

    def of(self, value: Any) -> Any:
        """Return the name of a code; anything else as it is."""
        return self.by_code.get(value, value) if isinstance(value, str) else value

    def said(self, words: Any) -> Any:
        """Return words in which names stand for codes; themselves where there are none."""
        if not isinstance(words, _SAYS) or not words:
            return words
        if isinstance(words, Text):
            words = _filled(words, self._others)
        whole = (words, words) if isinstance(words, str) else (words.render("vi"), words.render("en"))
        if whole not in self._found:
            self._found[whole] = self._named(whole)
        found = self._found[whole]
        return words if found is None else found

    def _named(self, whole: tuple[str, str]) -> Label | None:
        """Return a sentence, in both languages, in which names stand for codes; None where there are none."""
        if whole[0] == whole[1] and whole[0] in self.by_code:
            return self.by_code[whole[0]]
        named = [self._named_once(sentence, one) for sentence, one in zip(whole, LANGUAGES, strict=True)]
        said = Label(*(codes.named(one) for codes, one in zip(self._telling, named, strict=True)))
        return None if said == whole else said

    def _named_once(self, sentence: str, language: Language) -> str:
        """Return a sentence without the codes that stand in brackets behind their names."""

        def kept(found: re.Match[str]) -> str:
            code = self.by_code.get(found[1])
            name = None if code is None else code.render(language)
            return "" if name and sentence[: found.start()].endswith(name) else found[0]

        return _IN_BRACKETS.sub(kept, sentence) if " (" in sentence else sentence

    def beside(self, value: Any) -> Any:
        """Return an id, or several, each with its name behind it."""
        if not isinstance(value, str):
            return self.said(value)
        if value not in self._beside:
            self._beside[value] = row_of(self._with_name(one.strip()) for one in value.split(","))
        return self._beside[value]

    def _with_name(self, id: str) -> Label | str:
        if id in _FIXED:
            return _FIXED[id]  # words, not an id that leads anywhere
        name = self.by_code.get(id)
        return id if name is None else Label(*(f"{id} {name.render(one)}" for one in LANGUAGES))


def _is_telling(code: str) -> bool:
    """Whether a code cannot be a word: of two letters or more, in capitals or with a digit or a bar."""
    return len(code) > 1 and (code.isupper() or re.search(r"[\d_]", code) is not None)


def _filled(words: Text, names: Mapping[str, Label]) -> Text:
    """Return a sentence in which a code that fills a place of its own is a name; itself without such."""
    values = {key: _place_filled(value, names) for key, value in words.values.items()}
    same = all(value is before for value, before in zip(values.values(), words.values.values(), strict=True))
    return words if same else Text(words.template, values)


def _place_filled(value: Any, names: Mapping[str, Label]) -> Any:
    if isinstance(value, Text):
        return _filled(value, names)
    return names.get(value, value) if isinstance(value, str) else value


def _agencies(value: Any) -> Any:
    """Return agencies by their names in each language."""
    if not isinstance(value, str) or not value:
        return value
    return row_of(agency_label(one) for one in value.split(";"))
