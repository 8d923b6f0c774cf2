"""Delphi rounds: consensus, stability and stop, computed here by themselves."""

import math
import statistics
from dataclasses import asdict

import pandas as pd
import pytest

import techprio as tp
from techprio.errors import InputError

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
    from techprio.forms.round_folder import read_round

    from ...answer_files import answers_text

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


def test_the_rule_is_kept_in_every_folder(delphi):
    from techprio.forms.round_folder import read_results, read_round

    for _, sent, results in delphi:
        assert asdict(read_round(sent).rule) == asdict(read_results(results)[1]) == asdict(RULE)
