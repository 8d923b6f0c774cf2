"""The table of the experts: who stands in it twice is named, who could not be read is not."""

import pytest

import techprio as tp

HEADING = "expert,name,group,sectors\n"


def problems(folder, words):
    (folder / "experts.csv").write_text(HEADING + words, encoding="utf-8")
    with pytest.raises(tp.DataFileError) as caught:
        tp.inputs.read_experts(folder / "experts.csv", sectors=["AGR", "ENE"])
    return [(problem.code, str(problem.place), str(problem.found)) for problem in caught.value.problems]


def test_an_expert_who_stands_there_twice(tmp_path):
    assert problems(tmp_path, "e1,An,farms,AGR\ne2,Ba,firms,\ne1,An,farms,ENE\n") == [
        ("S302", "line 4", "e1")
    ]


def test_rows_that_cannot_be_read_are_not_the_same_expert(tmp_path):
    found = problems(tmp_path, "e1,An\ne2,Ba\n")
    assert [code for code, _, _ in found] == ["T108", "T108"]


def test_a_sector_that_is_none(tmp_path):
    assert problems(tmp_path, "e1,An,farms,AGR;EEN\n") == [("S306", "line 2", "EEN")]
