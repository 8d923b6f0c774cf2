"""A sheet names sectors, technologies and criteria: a code stands beside a name or not at all."""

import re
from dataclasses import replace

import pytest

import techprio as tp
from techprio.display.quantities import Column, Quantity, Table, render
from techprio.language import Label, text
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.monitoring import LEAD_AGENCY
from techprio.reporting.blocks import Paragraph, TableBlock
from techprio.reporting.matrix_tables import AS_WRITTEN, scores_table
from techprio.reporting.named_codes import Names, codes_of, with_named_codes
from techprio.reporting.outline import report_sections
from techprio.reporting.workbook import analysis_tables, run_tables

WHY = Quantity("why", text("Reason"), text("Reason."))
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
ENGLISH = re.compile(r"\b(the|of|and|with|from|which)\b")


def test_sectors_and_sentences_have_names_and_ids_stay_beside_theirs(small_study):
    columns = [SECTOR, TECHNOLOGY, TECHNOLOGY_NAME, Quantity("value:F1", "F1", "F1."), WHY]
    rows = [
        (
            "LOG",
            "LOG01",
            Label("Kho lạnh", "Cold store"),
            3.0,
            text("waits for {technology}", technology="AGR03"),
        )
    ]
    table = with_named_codes(Table.of("t", "T", columns, rows), Names(codes_of(small_study)))
    assert table.heads("vi") == ["Ngành", "Mã", "Công nghệ", "Tiếp cận", "Lý do"]
    assert table.printed("en") == [["Logistics", "LOG01", "Cold store", "3", "waits for Tea"]]
    assert table.printed("vi")[0][0] == "Hậu cần"


def test_ids_without_a_column_of_names_have_the_name_behind_them(small_study):
    table = with_named_codes(
        Table.of("t", "T", [TECHNOLOGY, WHY], [("AGR01", "")]), Names(codes_of(small_study))
    )
    assert table.printed("en")[0][0] == "AGR01 Irrigation"


def test_agencies_are_named_in_the_language(small_study):
    rows = [("Sở Công Thương",)]
    table = with_named_codes(
        Table.of("t", "T", [Column(LEAD_AGENCY, 20)], rows), Names(codes_of(small_study))
    )
    assert table.printed("en") == [["Department of Industry and Trade"]]
    assert table.printed("vi") == [["Sở Công Thương"]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("F", "Feasibility"),
        (text("compare {one} with {other}", one="F", other="J"), "compare Feasibility with Jobs"),
        (text("F"), "Feasibility"),
        ("F.2; IV.1", "F.2; IV.1"),
        ("Snedecor's F", "Snedecor's F"),
        ("waits for AGR01, AGR01.csv", "waits for Irrigation, AGR01.csv"),
    ],
)
def test_a_letter_is_a_code_only_where_it_stands_alone(small_study, words, said):
    """A clause of the plan, a letter of a formula and the name of a file stay as they are."""
    table = with_named_codes(Table.of("t", "T", [WHY], [(words,)]), Names(codes_of(small_study)))
    assert table.printed("en") == [[said]]


@pytest.fixture(scope="module")
def tables(trimmed_result):
    return (*run_tables(trimmed_result), *analysis_tables(trimmed_result))


OWN_WORDS = ("name_vi", "name_en", "url", "place")
"""Columns that hold names in a language of their own, or where something stands in the data."""


def test_notes_reasons_and_citations_are_in_the_language_of_the_reader(tables):
    """What is given in both languages is not said to stand in the language in which it was written."""
    shown = {table.id: table for table in tables}
    for id, key in (("scores", "note"), ("dependencies", "reason"), ("sources", "citation")):
        place = [column.key for column in shown[id].columns].index(key)
        told = [[row[place] for row in shown[id].printed(language)] for language in ("vi", "en")]
        assert all(one != other for one, other in zip(*told, strict=True) if " " in one)
        assert AS_WRITTEN not in shown[id].notes


def test_what_is_given_once_is_said_to_be_as_it_was_written(trimmed_result):
    catalog = trimmed_result.study.catalog
    scores = catalog.scores.assign(note=catalog.scores["note_en"], note_vi="", note_en="")
    study = replace(trimmed_result.study, catalog=replace(catalog, scores=scores))
    table = scores_table(replace(trimmed_result, study=study))
    assert AS_WRITTEN in table.notes
    assert table.printed("vi")[0][-1] == table.printed("en")[0][-1] == scores["note"][0]


@pytest.fixture(scope="module")
def lone_code(trimmed_result):
    """Find a code of the study in words."""
    study = trimmed_result.study
    codes = {
        *study.catalog.technologies.index,
        *study.criteria.by_id,
        *(s.code for s in study.catalog.sectors),
        *("circular17", "circular17-extension", "analyst_estimate", "root"),
    }
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(codes)))})(?!\w|\.\w)")


def strange_in(table, language, lone):
    """Give heads and cells with words of the other language, or with a code that is no id of its column."""
    foreign = ENGLISH if language == "vi" else VIETNAMESE
    for column, head in zip(table.columns, table.heads(language), strict=True):
        if lone.search(head) or foreign.search(head):
            yield table.id, column.key, head
    for row in table.rows:
        for column, value in zip(table.columns, row, strict=True):
            if not isinstance(value, str | tp.language.Text | Label) or column.key in OWN_WORDS:
                continue
            words = render(value, language)
            if foreign.search(words) and "Lai Ch" not in words:
                yield table.id, column.key, words
            if column.format != "code" and lone.search(words):
                yield table.id, column.key, words


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sheet_has_a_sentence_of_the_other_language_or_a_code_without_its_name(
    tables, lone_code, language
):
    shown = [table for table in tables if table.id != "record"]  # settings and files as they were given
    assert not [words for table in shown for words in strange_in(table, language, lone_code)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sentence_or_table_of_the_report_has_a_code_without_its_name(trimmed_result, lone_code, language):
    """The annexes with full data keep the headings that their legends explain, and ids."""
    strange = []
    for section in report_sections(trimmed_result):
        for block in section.blocks:
            if isinstance(block, Paragraph):
                strange += [words for words in [render(block.words, language)] if lone_code.search(words)]
            elif isinstance(block, TableBlock) and not section.full:
                strange += strange_in(block.table, language, lone_code)
                strange += [note for note in block.table.notes if lone_code.search(render(note, language))]
    assert not strange
