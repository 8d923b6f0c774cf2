"""The analysts' words for the SWOT table."""

import pytest

import techprio as tp


def test_sides_in_any_of_their_words(tmp_path):
    (tmp_path / "swot.csv").write_text(
        "sector,side,text\nAGR,O,a\nAGR,Thách thức,b\nMIN,strength,c\n", encoding="utf-8"
    )
    frame = tp.inputs.read_swot(tmp_path / "swot.csv", sectors=["AGR", "MIN"])
    assert frame["side"].tolist() == ["opportunity", "threat", "strength"]


def test_every_problem_with_its_line(tmp_path):
    (tmp_path / "swot.csv").write_text("sector,side,text\nAGX,O,a\nAGR,Q,b\nAGR,O,\n", encoding="utf-8")
    with pytest.raises(tp.DataFileError) as caught:
        tp.inputs.read_swot(tmp_path / "swot.csv", sectors=["AGR"])
    told = [(p.code, str(p.place), p.field) for p in caught.value.problems]
    assert told == [("S306", "line 2", "sector"), ("T113", "line 3", "side"), ("T114", "line 4", "text")]
    with pytest.raises(tp.DataFileError):
        tp.inputs.read_swot(tmp_path / "none.csv")
