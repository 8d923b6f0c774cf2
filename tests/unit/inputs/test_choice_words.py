"""The Vietnamese words of lists: one for each English word, none for two."""

import pytest

from techprio.inputs.catalog_rows import DependencyRow
from techprio.inputs.columns import fold, word_kept, word_shown
from techprio.inputs.entries import read_entry
from techprio.inputs.study_sheets import BLOCKS, TABLES, block_columns
from techprio.inputs.technology_row import TechnologyRow
from techprio.model.fields import field_of, fields_of

LISTS = [c for t in TABLES for c in fields_of(t.record) if c.words]
LISTS += [c for b in BLOCKS for c, _ in block_columns(b.name).values() if c.words]


@pytest.mark.parametrize("column", LISTS, ids=lambda column: column.name)
def test_each_word_comes_back(column):
    assert len({fold(word) for word in (*column.words, *column.choices)}) == 2 * len(column.choices)
    for choice in column.choices:
        assert word_kept(column, word_shown(column, choice, "vi")) == choice
        assert word_shown(column, choice, "en") == choice


def test_a_table_takes_either_word_and_shows_both():
    kind = field_of(DependencyRow, "kind")
    assert read_entry("bắt buộc", kind) == read_entry("hard", kind) == "hard"
    fault = read_entry("băt buộ", kind)
    assert fault.code == "T113"
    assert fault.allowed.render("vi") == "bắt buộc (hard), có thì tốt hơn (soft)"
    status = field_of(TechnologyRow, "status")
    assert "đang vận hành" in str(read_entry("đang vận hàn", status).proposal)
