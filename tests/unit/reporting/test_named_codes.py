"""A sheet names sectors, technologies and criteria: a code stands beside a name or not at all."""

import re

import pytest

import techprio as tp
from techprio.display.quantities import Column, Quantity, Table, render
from techprio.language import Label, text
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.monitoring import LEAD_AGENCY
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


OWN_WORDS = ("name_vi", "name_en", "note", "reason", "citation", "url", "kind", "place")
"""Columns that hold names in a language of their own, what people wrote, or where it stands in the data."""


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
