"""The Vietnamese words of lists: one for each English word, none for two."""

import pytest

from techprio.inputs.choice_words import WORDS, meant, spoken
from techprio.inputs.columns import columns_of, fold
from techprio.inputs.entries import read_entry
from techprio.inputs.rows import DependencyRow
from techprio.inputs.sheet_columns import block_columns
from techprio.inputs.study_sheets import BLOCKS, TABLES
from techprio.inputs.technology_row import TechnologyRow

LISTS = {c.choices for t in TABLES for c in columns_of(t.record) if c.choices}
LISTS |= {c.choices for b in BLOCKS for c, _ in block_columns(b.name).values() if c.choices}


@pytest.mark.parametrize("choices", WORDS, ids=str)
def test_each_word_comes_back(choices):
    assert len({fold(word) for word in (*WORDS[choices], *choices)}) == 2 * len(choices)
    for choice in choices:
        assert meant(choices, spoken(choices, choice, "vi")) == choice
        assert spoken(choices, choice, "en") == choice


def test_words_are_those_of_lists_that_there_are():
    assert WORDS.keys() <= LISTS


def test_a_table_takes_either_word_and_tells_both():
    kind = next(column for column in columns_of(DependencyRow) if column.name == "kind")
    assert read_entry("cứng", kind) == read_entry("hard", kind) == "hard"
    fault = read_entry("cưg", kind)
    assert fault.code == "T113"
    assert fault.allowed.render("vi") == "cứng (hard), mềm (soft)"
    status = next(column for column in columns_of(TechnologyRow) if column.name == "status")
    assert "đang vận hành" in str(read_entry("đang vận hàn", status).proposal)
