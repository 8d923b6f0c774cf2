"""``techprio aggregate``: one order of technologies from several lists, of a file or of a panel."""

import tempfile
from pathlib import Path

import pytest

import techprio as tp

from ..commands import techprio

#: The example of Condorcet with 60 voters; see tests/reference/ranking/test_several_lists.py.
YOUNG = {"ABC": 23, "BCA": 17, "BAC": 2, "CAB": 10, "CBA": 8}


def test_lists_of_technologies_from_a_file_and_from_a_panel(trimmed_folder, trimmed_study):
    with tempfile.TemporaryDirectory() as folder:
        file, votes = Path(folder) / "lists.csv", Path(folder) / "votes.csv"
        rows = [(name, *(order.index(name) + 1 for order in YOUNG)) for name in "ABC"]
        lines = [["technology", *YOUNG], *rows]
        file.write_text("\n".join(",".join(map(str, row)) for row in lines), encoding="utf-8")
        votes.write_text("list,weight\n" + "\n".join(f"{k},{v}" for k, v in YOUNG.items()), encoding="utf-8")
        done = techprio(
            "aggregate",
            str(file),
            "--votes",
            str(votes),
            "--csv",
            f"{folder}/order.csv",
            "--lang",
            "en",
            cwd=folder,
        )
        assert done.returncode == 0, done.stderr
        first = (Path(folder) / "order.csv").read_text(encoding="utf-8-sig").splitlines()[1]
        assert first.startswith("B,")
        file.write_text("technology,one\nA,1\nB,x\nA,2\n", encoding="utf-8")
        with pytest.raises(tp.DataFileError) as caught:
            tp.inputs.read_rank_lists(file)
        assert [str(problem.place) for problem in caught.value.problems] == ["line 3", "line 4"]
    orders = tp.robustness.panel_rankings(trimmed_study)
    assert set(orders) == {sector.code for sector in trimmed_study.catalog.sectors}
    assert orders["AGR"].ranks.shape[1] == len(trimmed_study.judgments.experts)
