"""The page on questionnaires: its commands run as they are typed, and write the files that it names."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from techprio.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "forms.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("techprio ")]


@pytest.fixture(scope="module")
def place(copy_trimmed_study, tmp_path_factory):
    """Give a folder with a study ``my-study`` and the list of experts that the page shows."""
    around = tmp_path_factory.mktemp("how-to")
    study = around / "catalogs" / "my-study"
    copy_trimmed_study(around).rename(study)
    words = (study / "study.yaml").read_text(encoding="utf-8")
    (study / "study.yaml").write_text(re.sub(r"(?m)^id: .*$", "id: my-study", words), encoding="utf-8")
    (around / "catalogs" / "experts.csv").write_text(BLOCKS[0], encoding="utf-8")
    return around / "catalogs"


def typed(command):
    done = CliRunner().invoke(main, [*shlex.split(command)[1:], "--lang", "en"])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_whole_round_as_it_is_typed(place, open_workbook, monkeypatch):
    monkeypatch.chdir(place)
    make, read, make_2, read_2 = COMMANDS
    assert "--value-functions" in PAGE
    assert "4 forms in" in typed(f"{make} --value-functions")
    for name in ("my-study-e01-r1.html", "my-study-e01-r1.xlsx", "round.json", "shown.json", "round.key"):
        assert f"`{name}`" in PAGE
        assert (place / "forms" / "round-1" / name).is_file()
    for code in ("e01", "e02"):
        form = open_workbook(place / "forms" / "round-1" / f"my-study-{code}-r1.xlsx").answer_all(degree=2)
        form.answer(next(one for one in form.rows if one.startswith("half:")), 12)
        form.save(place / "returned" / "week 1" / f"{code}.xlsx")
    assert "2 of 2 forms are in" in typed(read)
    typed(f"{make_2} --value-functions")
    form = open_workbook(place / "forms" / "round-2" / "my-study-e01-r2.xlsx")
    question = next(one for one in form.rows if one.startswith("pair:"))
    form.answer(question, "B", 5)
    score = next(one for one in form.rows if one.startswith("score:"))
    form.answer(score, 5)
    form.save(place / "returned-2" / "e01.xlsx")
    words = typed(read_2)
    assert "carried at their earlier answers: 1 (e02)" in words
    assert "stop" in words or "go on" in words
    results = [place / "results" / round for round in ("round-1", "round-2")]
    listed = re.findall(r"^\| (`[^|]*) \|", PAGE, re.MULTILINE)
    for name in (one for cell in listed for one in re.findall(r"`([^`]+\.(?:csv|docx))`", cell)):
        pattern = re.sub(r"<\w+>", "*", name)
        assert any(list(folder.glob(pattern)) for folder in results), name
    assert "points: {12: 0.5}" in (results[0] / "value-functions.yaml").read_text(encoding="utf-8")
    for name in ("movement.csv", "movement-comparisons.csv", "movement-halves.csv"):
        assert f"`{name}`" in PAGE
        assert (results[1] / name).is_file()


def test_the_page_states_every_key_of_the_rule():
    from techprio.forms import ConsensusRule

    rule = vars(ConsensusRule())
    said = dict(
        pair
        for keys, values in re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| ([^|]*) \|", PAGE, re.MULTILINE)
        for pair in zip(re.findall(r"\w+", keys), values.split(", "), strict=False)
    )
    assert {key: type(rule[key])(value.strip()) for key, value in said.items() if key in rule} == rule
