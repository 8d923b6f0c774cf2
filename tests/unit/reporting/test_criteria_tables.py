"""Comparisons, notes and codes of single experts leave the study only where they were asked for."""

import json
import re
from dataclasses import replace

import pytest

from techprio.display.quantities import render
from techprio.reporting.outline import report_sections
from techprio.reporting.page.workshop import workshop_data
from techprio.reporting.products.figures import figures_of
from techprio.reporting.workbook import Tables


def words_of_all_products(run):
    """Give the words of the long report, both workbooks, the page and what the documents are made of."""
    for section in report_sections(run):
        for block in section.spoken("en"):
            if hasattr(block, "words"):
                yield render(block.words, "en")
            if hasattr(block, "table"):
                yield from table_words(block.table)
    for tables in Tables.of(run):
        for table in tables:
            yield from table_words(table)
    yield figures_of(run).json().decode()
    yield json.dumps(workshop_data(run), ensure_ascii=False)


def table_words(table):
    yield from (cell for row in table.printed("en") for cell in row)
    yield from (render(note, "en") for note in table.notes)


@pytest.mark.parametrize("asked", [False, True])
def test_single_experts_leave_the_study_only_where_they_are_asked_for(trimmed_result, asked):
    judgments = trimmed_result.study.judgments
    notes = {note for note in judgments.statements["note"] if note}
    code = re.compile(rf"\b({'|'.join(map(str, judgments.experts))})\b")
    run = replace(trimmed_result, options={"with_judgments": True} if asked else {})
    said = set(words_of_all_products(run))
    assert notes
    assert bool(notes & said) == asked
    assert any(code.search(words) for words in said) == asked
