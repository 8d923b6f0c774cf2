"""What a round keeps for the next step, damaged in every way: answered in words, never taken otherwise."""

import json
import shutil

import numpy as np
import pytest

import techprio as tp
from techprio.forms.round_folder import RECORD, SHOWN, read_results, read_round

from ...other_shapes import check_answers, other_contents


@pytest.fixture
def taken(a_round, tmp_path):
    """Return a round of its own with an answer, and its results."""
    shutil.copytree(a_round.sent, tmp_path / "sent")
    a_round.sent = tmp_path / "sent"
    a_round.put_answers("e1")
    tp.forms.save_forms(a_round.study, a_round.experts, a_round.read(), tmp_path / "results")
    return a_round


@pytest.mark.parametrize("name", [RECORD, SHOWN])
def test_a_round_that_was_sent(taken, name):
    def read():
        made = read_round(taken.sent)
        made.marks("e1")
        made.files()

    assert check_answers(taken.sent / name, read) > 50


@pytest.mark.parametrize(
    "content",
    [
        {"criterion F": "x"}, {"criterion F": {"words": 5}}, {"": {"words": {}}},
        {" ": {"words": {"a": "b"}}},
        {"technology AGR01": {"words": {}, "sector": ["AGR"]}}, [], {"halves": {"words": {"a": None}}},
    ],
)  # fmt: skip
def test_forms_are_read_or_refused_whatever_was_shown(taken, content):
    (taken.sent / SHOWN).write_text(json.dumps(content), encoding="utf-8")
    try:
        problems = taken.read().problems
    except tp.DataFileError as error:
        problems = error.problems
        assert all(SHOWN in str(problem.file) for problem in problems)
    assert problems, "forms that showed something else are not taken"


@pytest.mark.parametrize("content", [b"", b"xyz", b"abc", b"\xff\xfe", "６６".encode(), b"61 62"])
def test_a_key_that_is_none(taken, content):
    (taken.sent / "round.key").write_bytes(content)
    with pytest.raises(tp.DataFileError, match=r"round\.key"):
        taken.read()


@pytest.mark.parametrize("folder", ["sent", "results"])
@pytest.mark.parametrize(
    ("key", "other"),
    [("rule", {"share": 0.51}), ("rule", {}), ("round", 2), ("round", 0), ("round", -1), ("study", "other")],
)
def test_a_record_that_somebody_changed(taken, tmp_path, folder, key, other):
    place = tmp_path / folder / RECORD
    record = json.loads(place.read_text(encoding="utf-8"))
    record[key] = record[key] | other if other and key == "rule" else other
    place.write_text(json.dumps(record, ensure_ascii=False, indent=2), encoding="utf-8")
    with pytest.raises(tp.DataFileError, match=r"round\.json"):
        (read_round if folder == "sent" else read_results)(tmp_path / folder)


def test_blanks_of_another_editor_change_nothing(taken):
    place = taken.sent / RECORD
    record = json.loads(place.read_text(encoding="utf-8"))
    place.write_text("\ufeff" + json.dumps(record, indent=7).replace("\n", "\r\n"), encoding="utf-8")
    assert len(taken.read().comparisons)


def test_a_rule_of_numpy_numbers_is_kept(small_study, tmp_path):
    rule = tp.forms.ConsensusRule(share=np.float32(0.75), within=np.int64(2), least=np.int64(4))
    experts = [tp.forms.Expert("e1", "An", "agencies", np.array(["AGR"]))]
    tp.forms.make_forms(small_study, (one for one in experts), tmp_path / "sent", rule=rule)
    made = read_round(tmp_path / "sent")
    assert (made.rule, made.asked) == (
        tp.forms.ConsensusRule(share=0.75, within=2, least=4),
        {"e1": ("AGR",)},
    )
    assert len([*(tmp_path / "sent").glob("*.xlsx")]) == 1


def test_results_of_a_round(taken, tmp_path):
    def read():
        read_results(tmp_path / "results")

    assert check_answers(tmp_path / "results" / RECORD, read) > 50


def test_results_are_not_written_beside_a_record_that_cannot_be_read(taken, tmp_path):
    found = taken.read()

    def write():
        tp.forms.save_forms(taken.study, taken.experts, found, tmp_path / "results")

    def contents(whole):
        yield from (
            (what, content) for what, content in other_contents(whole) if "files" in what or "b'" in what
        )

    assert check_answers(tmp_path / "results" / RECORD, write, contents) > 10
    kept = tmp_path / "results" / "answers.csv"
    assert kept.exists()


@pytest.mark.parametrize("name", ["answers.csv", "comparisons.csv"])
@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("e1", "e2"), lambda t: t + t, lambda t: "", lambda t: t.replace(",", ";"),
        lambda t: t.replace(",note", ""),
    ],
)  # fmt: skip
def test_answers_that_were_changed_are_not_shown_in_the_next_round(taken, tmp_path, name, change):
    place = tmp_path / "results" / name
    place.write_text(change(place.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(tp.InputError, match="changed after the round was read"):
        tp.forms.make_forms(taken.study, taken.experts, tmp_path / "next", before=tmp_path / "results")
    assert not (tmp_path / "next").exists()


def test_the_answers_as_they_were_read_are_shown(taken, tmp_path):
    tp.forms.make_forms(taken.study, taken.experts, tmp_path / "next", before=tmp_path / "results")
    assert read_round(tmp_path / "next").number == 2
