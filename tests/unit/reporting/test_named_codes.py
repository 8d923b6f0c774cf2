"""A sheet names sectors, technologies and criteria: a code stands beside a name or not at all."""

import re
from dataclasses import replace

import pytest

import techprio as tp
from techprio.display.quantities import Column, Quantity, Table, render
from techprio.language import Label, text
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.monitoring import LEAD_AGENCY
from techprio.reporting.matrix_tables import AS_WRITTEN, scores_table
from techprio.reporting.named_codes import with_named_codes
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
    table = with_named_codes(Table.of("t", "T", columns, rows), small_study)
    assert table.heads("vi") == ["Ngành", "Mã", "Công nghệ", "Tiếp cận", "Lý do"]
    assert table.printed("en") == [["Logistics", "LOG01", "Cold store", "3", "waits for Tea"]]
    assert table.printed("vi")[0][0] == "Hậu cần"


def test_ids_without_a_column_of_names_have_the_name_behind_them(small_study):
    table = with_named_codes(Table.of("t", "T", [TECHNOLOGY, WHY], [("AGR01", "")]), small_study)
    assert table.printed("en")[0][0] == "AGR01 Irrigation"


def test_agencies_are_named_in_the_language(small_study):
    rows = [("Sở Công Thương",)]
    table = with_named_codes(Table.of("t", "T", [Column(LEAD_AGENCY, 20)], rows), small_study)
    assert table.printed("en") == [["Department of Industry and Trade"]]
    assert table.printed("vi") == [["Sở Công Thương"]]


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


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sheet_has_a_sentence_of_the_other_language_or_a_code_without_its_name(
    tables, trimmed_result, language
):
    study = trimmed_result.study
    codes = {
        *study.catalog.technologies.index,
        *study.criteria.by_id,
        *(s.code for s in study.catalog.sectors),
    }
    lone = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(codes)))}|root)(?!\w)")
    foreign = ENGLISH if language == "vi" else VIETNAMESE
    strange = []
    for table in tables:
        if table.id == "record":  # settings and files as they were given
            continue
        keys = [column.key for column in table.columns]
        for head in table.heads(language):
            strange += [(table.id, head)] * bool(lone.search(head) or foreign.search(head))
        for row in table.rows:
            for key, column, value in zip(keys, table.columns, row, strict=True):
                if not isinstance(value, str | tp.language.Text | Label) or key in OWN_WORDS:
                    continue
                words = render(value, language)
                if foreign.search(words) and "Lai Ch" not in words:
                    strange.append((table.id, key, words))
                if column.format != "code" and lone.search(words):
                    strange.append((table.id, key, words))
    assert not strange
