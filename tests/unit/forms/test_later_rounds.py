"""A later round: what it shows of the earlier one, who is carried, what cannot be changed any more."""

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import techprio as tp
from techprio.cli import main
from techprio.errors import InputError
from techprio.forms.rounds import LEAST_SHOWN, answers_of, earlier_answers

EXPERTS = tuple(tp.forms.Expert(f"e{n:02}", f"Người {n}", f"g{n % 3}", ("LOG",)) for n in range(12))


def test_below_five_answers_no_group_is_shown(small_study):
    answers = pd.DataFrame(
        [(f"e{n}", "g", "LOG", "LOG01", "F1", 3, np.nan, np.nan, 3, False, "") for n in range(LEAST_SHOWN)],
        columns=["expert", "group", "sector", "technology", "criterion", "value", "low", "high", "first",
                 "kept", "note"],
    )  # fmt: skip
    comparisons = pd.DataFrame(columns=["expert", "node", "one", "other", "preferred", "strength"])
    rule = tp.forms.ConsensusRule()
    for count, shown in ((4, "still few answers"), (5, "median 3, half of the group from 3 to 3")):
        frames = {"answers": answers.head(count), "comparisons": comparisons}
        (one,) = earlier_answers(small_study, frames, "e0", rule).values()
        assert one.group_words.render("en") == shown
        assert (one.middle is None) == (count < 5)
        assert [answer.value for answer in answers_of(frames, "e0")] == [3]


@pytest.mark.parametrize(("count", "who", "shown"), [(4, "all", ()), (5, "all", ("a", "c")), (5, "team", ())])
def test_reasons_of_others_by_the_rule_and_from_five_answers_on(small_study, count, who, shown):
    notes = ["own", "c", "", "a", "c"]
    answers = pd.DataFrame(
        [(f"e{n}", "g", "LOG", "LOG01", "F1", 3, np.nan, np.nan, 3, False, notes[n]) for n in range(count)],
        columns=["expert", "group", "sector", "technology", "criterion", "value", "low", "high", "first",
                 "kept", "note"],
    )  # fmt: skip
    comparisons = pd.DataFrame(columns=["expert", "node", "one", "other", "preferred", "strength", "note"])
    frames = {"answers": answers, "comparisons": comparisons}
    (one,) = earlier_answers(small_study, frames, "e0", tp.forms.ConsensusRule(reasons=who)).values()
    assert one.reasons == shown


@pytest.mark.parametrize(
    ("who", "said"), [("team", "study team alone"), ("all", "other experts, without names")]
)
def test_the_form_says_who_reads_the_reasons(small_study, tmp_path, open_workbook, who, said):
    rule = tp.forms.ConsensusRule(reasons=who)
    tp.forms.make_forms(small_study, EXPERTS[:1], tmp_path / "r", rule=rule, kind="both", language="en")
    page = (tmp_path / "r" / "small-e00-r1.html").read_text(encoding="utf-8")
    guide = open_workbook(tmp_path / "r" / "small-e00-r1.xlsx").book.worksheets[0]
    assert said in page
    assert said in "".join(str(row[0].value) for row in guide.iter_rows())


@pytest.mark.parametrize("absent", ["keep", "drop"])
def test_an_absent_expert_is_carried_by_the_rule(small_study, new_round, tmp_path, absent):
    rule = tp.forms.ConsensusRule(absent=absent)
    one = new_round(tmp_path / "1", rule=rule)
    for code in ("e1", "e2"):
        one.put_answers(code)
    tp.forms.save_forms(small_study, one.experts, one.read(), tmp_path / "res")
    two = new_round(tmp_path / "2", before=tmp_path / "res")
    two.put_answers("e2", answers=[])
    progress = two.read().progress.set_index("expert")
    assert progress.loc["e1", ["state", "kept"]].tolist() == ["missing", 21 if absent == "keep" else 0]
    (said,) = [note.render("en") for note in two.read().notes if "returned: 1" in note.render("en")]
    way = {"keep": "carried at their earlier answers: 1", "drop": "left out by the rule: 1"}[absent]
    assert way in said
    # All 21 questions of the round before are counted; three answers are needed, and no question has them.
    assert said.endswith("0 agreed, 0 stable, 0 open, 21 with too few answers")
    assert "(e1)" in said
    assert progress.loc["e2", ["state", "kept", "pairs_answered"]].tolist() == ["complete", 6, 6]
    assert len(two.read().judgments) == (12 if absent == "keep" else 6)


def test_somebody_who_withdrew_is_in_no_later_form_and_in_no_count(small_study, tmp_path, new_round):
    experts = tuple(tp.forms.Expert(f"e{n}", f"N{n}", "g") for n in range(6))
    rule = tp.forms.ConsensusRule(reasons="all")
    one = new_round(tmp_path / "1", rule=rule, experts=experts)
    for number, expert in enumerate(experts):
        said = [
            {"q": "pair:root:F:J", "preferred": "F", "value": 9 if number == 5 else 3, "note": f"n{number}"}
        ]
        one.put_answers(expert.code, answers=said)
    tp.forms.save_forms(small_study, experts, one.read(), tmp_path / "res")
    two = new_round(tmp_path / "2", before=tmp_path / "res", experts=experts[:5], kind="both")
    page = (two.sent / "small-e0-r2.html").read_text(encoding="utf-8")
    assert '"n1"' in page
    assert '"n5"' not in page
    found = two.read()
    assert set(found.comparisons["expert"]) == {"e0", "e1", "e2", "e3", "e4"}
    assert found.movement[0]["median_before"].tolist() == pytest.approx([3])


def test_a_bad_answer_in_a_later_round_does_not_bring_the_earlier_one_back(small_study, new_round, tmp_path):
    one = new_round(tmp_path / "1")
    one.put_answers("e2")
    tp.forms.save_forms(small_study, one.experts, one.read(), tmp_path / "res")
    two = new_round(tmp_path / "2", before=tmp_path / "res")
    two.put_answers("e2", answers=[{"q": "pair:root:F:J", "preferred": "F", "value": 99}])
    found = two.read()
    assert len(found.problems) == 1
    assert ("F", "J") not in set(zip(found.comparisons["one"], found.comparisons["other"], strict=True))
    assert len(found.comparisons) == 5


def test_answers_of_the_round_before_cannot_be_changed_afterward(small_study, new_round, tmp_path):
    one = new_round(tmp_path / "1")
    one.put_answers("e2")
    tp.forms.save_forms(small_study, one.experts, one.read(), tmp_path / "res")
    two = new_round(tmp_path / "2", before=tmp_path / "res")
    place = two.sent / "earlier-comparisons.csv"
    place.write_text(place.read_text(encoding="utf-8-sig").replace(",3,", ",9,"), encoding="utf-8")
    with pytest.raises(InputError, match="changed after the forms were made"):
        two.read()


@pytest.mark.parametrize(
    "wrong",
    [{"share": 0.4}, {"within": -1}, {"least": 1}, {"spread": 0.5}, {"changed": 1}, {"shift": -1},
     {"apart": 1}, {"drift": 0}, {"rounds": 0}, {"absent": "maybe"}, {"reasons": "me"}],
)  # fmt: skip
def test_a_rule_that_means_nothing(wrong, small_study, tmp_path):
    with pytest.raises(InputError, match="rule of consensus"):
        tp.forms.make_forms(small_study, EXPERTS, tmp_path / "r1", rule=tp.forms.ConsensusRule(**wrong))
    assert not (tmp_path / "r1").exists()


def test_two_rounds_on_the_command_line(small_study, tmp_path, open_workbook):
    def run(*words):
        done = CliRunner().invoke(main, ["forms", *(str(word) for word in words), "--lang", "en"])
        return done.exit_code, done.output

    study = small_study.save(tmp_path / "study")
    experts = tmp_path / "experts.csv"
    experts.write_text(
        "ma,ho_ten,group,sectors\ne1,Nguyễn Văn An,agencies,LOG\ne2,Bình,research,\n", encoding="utf-8"
    )
    common = ["--experts", experts]
    place = tmp_path / "study" if study is None else study
    code, words = run(
        "make", place, "--out", tmp_path / "r1", "--consensus", "share=0.8,rounds=2", "--as", "both", *common
    )
    assert code == 0, words
    assert "e1: 6 comparisons, about 1 min · 10 scores, about 1 min" in words
    assert len(list((tmp_path / "r1").glob("*.html"))) == len(list((tmp_path / "r1").glob("*.xlsx"))) == 2
    open_workbook(next((tmp_path / "r1").glob("*e1-r1.xlsx"))).answer_all().save(
        tmp_path / "back" / "an.xlsx"
    )
    read = ["--sent", tmp_path / "r1", "--out", tmp_path / "res1", *common]
    code, words = run("read", place, tmp_path / "back", *read)
    assert code == 0, words
    for said in ("1 of 2 forms are in", "not in yet: e2", "go on: "):
        assert said in words
    code, words = run("make", place, "--out", tmp_path / "r2", "--before", tmp_path / "res1", *common)
    assert code == 0, words
    open_workbook(next((tmp_path / "r2").glob("*e1-r2.xlsx"))).save(tmp_path / "back2" / "an.xlsx")
    read = ["--sent", tmp_path / "r2", "--out", tmp_path / "res2", "--before", tmp_path / "res1", *common]
    code, words = run("read", place, tmp_path / "back2", *read)
    assert code == 0, words
    assert "stop: round 2 is the last by the rule" in words
    assert (tmp_path / "res2" / "movement.csv").exists()
    kept = pd.read_csv(tmp_path / "res2" / "progress.csv").set_index("expert")
    assert kept.loc["e1", ["kept", "state"]].tolist() == [16, "complete"]
    code, words = run("read", place, tmp_path / "back2", *read, "--prefer", "e1=none.xlsx")
    assert code != 0
    assert "prefer: found e1=none.xlsx" in words
