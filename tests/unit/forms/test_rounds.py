"""Delphi rounds: consensus, stability and stop, computed here by themselves."""

import math
import statistics
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import techprio as tp
from techprio.cli import main
from techprio.errors import InputError
from techprio.forms.rounds import LEAST_SHOWN, answers_of, earlier_answers

EXPERTS = tuple(tp.forms.Expert(f"e{n:02}", f"Người {n}", f"g{n % 3}", ("LOG",)) for n in range(12))
RULE = tp.forms.ConsensusRule(
    share=0.75, within=1, least=5, spread=2.0, changed=0.2, shift=0.5, drift=1.2, rounds=3
)
#: The answers of three rounds; None leaves a question open, so that the earlier answer holds.
SCORES = {
    "score:LOG:LOG01:F1": [
        [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3, 3],  # apart
        [2, 3, 3, 4, 4, 2, 3, 3, 4, 4, 3, None],  # closer
        [None] * 12,
    ],
    "score:LOG:LOG02:F1": [
        [1, 1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5],  # two camps
        [None] * 12,
        [1, 1, None, None, None, None, None, None, None, None, None, 4],
    ],
    "score:LOG:LOG01:R": [
        [1, 5, 1, 5, 1, 5, 1, 5, 1, 5, 1, 5],
        [5, 1, 5, 1, 5, 1, 5, 1, 5, 1, 5, 1],  # everybody turns round
        [5, 1, 5, 1, 5, 1, 5, 1, 5, 1, 5, 1],
    ],
}
#: Signed degrees towards the first of the pair.
PAIRS = {
    "pair:root:F:J": [[3, 3, 3, 5, 5, 5, 3, 3, 5, 5, 3, 5], [None] * 12, [None] * 12],
    "pair:root:F:R": [
        [9, -9, 9, -9, 9, -9, 9, -9, 9, -9, 9, -9],
        [3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2],
        [3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, None],
    ],
}


def row_of(key, value):
    parts = key.split(":")
    if parts[0] == "score":
        return {"q": key, "value": value, "note": ""}
    return {"q": key, "preferred": parts[2] if value > 0 else parts[3], "value": abs(value), "note": ""}


def quartile(values, share):
    """The quantile by linear interpolation, written out."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def log_of(degree):
    return math.log(degree) if degree > 0 else -math.log(-degree)


def expected(key, before, after):
    """State of a question by the words of the rule."""
    is_pair = key.startswith("pair")
    if is_pair:
        before = None if before is None else [log_of(one) for one in before]
        after = [log_of(one) for one in after]
        is_agreed = quartile(after, 0.75) - quartile(after, 0.25) <= math.log(2) + 1e-12
    else:
        middle = statistics.median(after)
        is_agreed = sum(abs(one - middle) <= 1 for one in after) / len(after) >= 0.75
    if is_agreed:
        return "agreed"
    if before is None:
        return "open"
    changed = sum(one != other for one, other in zip(before, after, strict=True)) / len(after)
    center = statistics.fmean if is_pair else statistics.median
    most = math.log(1.2) if is_pair else 0.5
    return "stable" if changed <= 0.2 and abs(center(after) - center(before)) <= most else "open"


@pytest.fixture(scope="module")
def delphi(small_study, tmp_path_factory, open_workbook):
    """Three rounds: sent, answered by file, read, saved."""
    from techprio.forms.answer_file import answers_text
    from techprio.forms.round_folder import read_round

    top = tmp_path_factory.mktemp("delphi")
    found, before = [], None
    for number in (1, 2, 3):
        sent, back, results = (top / f"{name}-{number}" for name in ("sent", "back", "results"))
        back.mkdir()
        tp.forms.make_forms(
            small_study,
            EXPERTS,
            sent,
            language="vi",
            rule=None if before else RULE,
            before=before,
            kind="both",
        )
        made = read_round(sent)
        for place, expert in enumerate(EXPERTS):
            said = [
                row_of(key, rounds[number - 1][place])
                for key, rounds in {**SCORES, **PAIRS}.items()
                if rounds[number - 1][place] is not None
            ]
            if number > 1 and not said:
                continue  # does not return
            head = {"format": "techprio-answers", "version": 1, **made.marks(expert.code), "round": number,
                    "state": "final", "sequence": 1}  # fmt: skip
            (back / f"{expert.code}.answers.json").write_text(
                answers_text({**head, "answers": said}), encoding="utf-8"
            )
        read = tp.forms.collect_forms(small_study, EXPERTS, back, sent)
        tp.forms.save_forms(small_study, EXPERTS, read, results, language="en")
        found.append((read, sent, results))
        before = results
    return found


@pytest.fixture(scope="module")
def held():
    """The answers that hold after each round, an open question with the earlier one."""
    found = {}
    for key, rounds in {**SCORES, **PAIRS}.items():
        now = [None] * 12
        for number, said in enumerate(rounds):
            now = [old if new is None else new for old, new in zip(now, said, strict=True)]
            found[key, number] = now
    return found


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_holds_after_a_round(delphi, held, number):
    read = delphi[number][0]
    scores = read.answers.set_index(["technology", "criterion", "expert"])["value"]
    for key in SCORES:
        _, _, technology, criterion = key.split(":")
        values = [scores[technology, criterion, expert.code] for expert in EXPERTS]
        assert values == held[key, number]
    pairs = read.comparisons.set_index(["one", "other", "expert"])
    for key in PAIRS:
        _, _, one, other = key.split(":")
        for expert, degree in zip(EXPERTS, held[key, number], strict=True):
            row = pairs.loc[(one, other, expert.code)]
            assert (row["preferred"], row["strength"]) == (one if degree > 0 else other, abs(degree))
            assert row["kept"] == (PAIRS[key][number][EXPERTS.index(expert)] is None)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_consensus_stability_and_stop(delphi, held, number):
    read = delphi[number][0]
    states = {
        key: expected(key, None if number == 0 else held[key, number - 1], held[key, number])
        for key in (*SCORES, *PAIRS)
    }
    blocks = read.verdict.set_index("block")
    for block, keys in (("root", PAIRS), ("LOG", SCORES)):
        for state in ("agreed", "stable", "open"):
            assert blocks.loc[block, state] == sum(states[key] == state for key in keys), (block, state)
    is_open = "open" in states.values()
    assert read.advice.render("en").startswith("go on" if is_open and number < 2 else "stop")


def test_the_verdicts_of_the_three_rounds(delphi):
    said = [read.advice.render("en") for read, _, _ in delphi]
    assert said == [
        "go on: 1 agreed, 0 stable, 4 open, 0 with too few answers; open in Logistics, heads of criteria",
        "go on: 3 agreed, 1 stable, 1 open, 0 with too few answers; open in Logistics",
        "stop: every question is agreed or stable (3 agreed, 2 stable, 0 open, 0 with too few answers)",
    ]


def test_movement_of_comparisons_and_scores(delphi, held):
    comparisons, scores = delphi[1][0].movement
    row = comparisons.set_index(["one", "other"]).loc[("F", "R")]
    logs = [[log_of(one) for one in held["pair:root:F:R", number]] for number in (0, 1)]
    assert row["median_before"] == pytest.approx(math.exp(statistics.fmean(logs[0])))
    assert row["median_after"] == pytest.approx(math.exp(statistics.fmean(logs[1])))
    assert row["spread_after"] == pytest.approx(math.exp(quartile(logs[1], 0.75) - quartile(logs[1], 0.25)))
    assert (row["moved"], row["experts"], row["changed"]) == (12, 12, 1)
    row = scores.set_index(["technology", "criterion"]).loc[("LOG01", "F1")]
    old, new = (held["score:LOG:LOG01:F1", number] for number in (0, 1))
    assert row["moved"] == sum(one != other for one, other in zip(old, new, strict=True))
    assert (row["median_before"], row["median_after"]) == (3, 3)
    assert row["mean_move"] == pytest.approx(sum(new) / 12 - sum(old) / 12)


def test_first_and_last_answers_are_compared(delphi, small_study):
    read, _, results = delphi[2]
    first = read.comparisons.set_index(["one", "other", "expert"]).loc[("F", "R", "e01")]
    assert (first["first_preferred"], first["first"], first["strength"]) == ("R", 9, 2)
    table = pd.read_csv(results / "first-and-last.csv").set_index("criterion")
    # F against J and R are the only comparisons: a star, whose weights are the geometric means.
    given = {"J": [3, 3, 3, 5, 5, 5, 3, 3, 5, 5, 3, 5], "R": [3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2]}
    last = {key: math.exp(statistics.fmean(log_of(one) for one in rounds)) for key, rounds in given.items()}
    whole = 1 + 1 / last["J"] + 1 / last["R"]
    assert table.loc["F", "last"] == pytest.approx(1 / whole, abs=1e-8)
    assert table.loc["R", "last"] == pytest.approx(1 / last["R"] / whole, abs=1e-8)
    assert table.loc["R", "first"] == pytest.approx(1 / (1 + 1 / last["J"] + 1), abs=1e-8)


def test_the_next_form_shows_own_and_group_answers_and_what_is_open_first(delphi, small_study, open_workbook):
    _, sent, _ = delphi[1]
    form = open_workbook(sent / "small-e00-r2.xlsx")
    assert form.cell("pair:root:F:R", "before").value == "Khả thi: 9"
    assert form.cell("pair:root:F:J", "group").value.startswith("trung vị Khả thi: ")
    assert form.cell("score:LOG:LOG02:F1", "before").value == "1"
    rows = {question: row for question, (_, row) in form.rows.items()}
    assert rows["pair:root:F:R"] < rows["pair:root:F:J"]  # that one is agreed
    page = (sent / "small-e00-r2.html").read_text(encoding="utf-8")
    assert "Người 1" not in page
    assert "e01" not in page


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


def test_results_of_another_round_are_refused(delphi, small_study, tmp_path):
    (_, sent_1, results_1), (_, sent_2, _), _ = delphi
    back = tmp_path / "back"
    back.mkdir()
    assert tp.forms.collect_forms(small_study, EXPERTS, back, sent_2, before=results_1).round == 2
    for sent, before in ((sent_2, delphi[1][2]), (sent_1, results_1)):
        with pytest.raises(InputError, match="results of another round"):
            tp.forms.collect_forms(small_study, EXPERTS, back, sent, before=before)
    with pytest.raises(InputError, match="fixed before the first round"):
        tp.forms.make_forms(small_study, EXPERTS, tmp_path / "x", rule=RULE, before=results_1)
    with pytest.raises(tp.DataFileError, match="techprio forms make or read has written"):
        tp.forms.make_forms(small_study, EXPERTS, tmp_path / "x", before=back)


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
     {"drift": 0}, {"rounds": 0}, {"absent": "maybe"}, {"reasons": "me"}],
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


def test_the_rule_is_kept_in_every_folder(delphi):
    from techprio.forms.round_folder import read_record

    for _, sent, results in delphi:
        assert asdict(read_record(sent)["rule"]) == asdict(read_record(results)["rule"]) == asdict(RULE)
