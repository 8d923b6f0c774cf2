"""The questionnaire page in a browser: what is answered there is what the library reads and computes."""

import random
from importlib import resources

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.forms.answer_file import parse_answers
from techprio.forms.questions import levels_of, ordered_pairs, pairs_of, scores_of
from techprio.forms.tables import consistency_of
from techprio.weighting.consistency import RANDOM_INDICES, measure_consistency
from techprio.weighting.priorities import priorities
from techprio.weighting.revise import best_single_revision

from .filling_in import DESK, EXPERTS, FILL, PHONE, answer, kind, save, to_scores

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stated(small_study):
    """Twelve experts who answer at random, some of them with "equal" and "don't know"."""
    stream = random.Random(7)
    found = {}
    for expert in EXPERTS:
        for pair in pairs_of(small_study):
            side = stream.choice([pair.one, pair.other, pair.one, pair.other, "="])
            found[expert.code, pair] = (side, None if side == "=" else stream.randint(2, 9))
        for score in scores_of(small_study, expert):
            levels = levels_of(small_study.criteria.by_id[score.criterion])
            found[expert.code, score] = (
                stream.choice([*levels, "?"]) if levels else stream.randint(1, 60),
                None,
            )
    return found


def test_twelve_experts_by_page_by_workbook_and_by_the_library(
    opened, sent, small_study, stated, open_workbook, tmp_path
):
    codes, devices = {}, {}
    for number, expert in enumerate(EXPERTS):
        page = opened(expert.code, PHONE if number % 2 else DESK, context=devices.get(number % 2))
        devices[number % 2] = page.context
        if number % 3 == 0:
            page.click("[data-language=en]")
        said = {question.key: both for (who, question), both in stated.items() if who == expert.code}
        shown = page.evaluate(FILL, said)
        rows = panel(small_study, stated, expert.code)
        for node, weights in shown["weights"].items():
            assert weights == pytest.approx(list(library(small_study, rows, node).overall), abs=1e-9)
        ratios = consistency_of(small_study, rows)["cr"]
        assert shown["ratios"] == pytest.approx(list(ratios), abs=1e-9)
        words = save(page, tmp_path / "pages" / f"{expert.code}.answers.json")
        codes[expert.code] = words.split(": ")[1][:6]
        form = open_workbook(sent / f"small-{expert.code}-r1.xlsx")
        for question, (answered, degree) in said.items():
            form.answer(question, answered, degree)
        form.save(tmp_path / "workbooks" / f"{expert.code}.xlsx")
    by_page, by_workbook = (
        tp.forms.collect_forms(small_study, EXPERTS, tmp_path / way, sent) for way in ("pages", "workbooks")
    )
    assert by_page.problems == by_workbook.problems == ()
    assert set(by_page.progress["state"]) == {"complete"}
    for name in ("judgments", "comparisons", "answers", "scores"):
        pd.testing.assert_frame_equal(getattr(by_page, name), getattr(by_workbook, name))
    assert by_page.files.set_index("expert")["code"].to_dict() == codes
    ours = by_page.judgments.set_index(["expert", "node", "preferred", "other"])["strength"]
    theirs = pd.concat([panel(small_study, stated, expert.code) for expert in EXPERTS])
    pd.testing.assert_series_equal(
        ours, theirs.set_index(["expert", "node", "preferred", "other"])["strength"], check_dtype=False
    )


def panel(study, stated, expert):
    """Return what an expert stated as rows of judgments."""
    rows = [
        (
            expert,
            "g",
            pair.node,
            pair.one if side == "=" else side,
            pair.other if side in ("=", pair.one) else pair.one,
            degree or 1,
        )
        for (who, pair), (side, degree) in stated.items()
        if who == expert and pair in pairs_of(study)
    ]
    return pd.DataFrame(rows, columns=["expert", "group", "node", "preferred", "other", "strength"])


def library(study, rows, node):
    return tp.ahp(tp.Judgments(rows[rows["node"] == node], {node: study.criteria.hierarchy[node]}, {}))


def test_weights_ratio_and_revision_are_those_of_the_library(chromium):
    page = chromium.new_page()
    script = (resources.files("techprio.forms.page") / "consistency.js").read_text(encoding="utf-8")
    page.add_script_tag(content=script)
    stream = np.random.default_rng(3)
    scale = [1 / k for k in range(9, 1, -1)] + list(range(1, 10))
    blocks = []
    for number in range(200):
        size = 3 + number % 7
        matrix = np.ones((size, size))
        for i, j in zip(*np.triu_indices(size, 1), strict=True):
            matrix[i, j] = stream.choice(scale)
            matrix[j, i] = 1 / matrix[i, j]
        blocks.append(matrix)
    index = list(RANDOM_INDICES["saaty"])
    both = page.evaluate(
        "([all, index]) => all.map(m => [priorities(m), consistencyRatio(m, index)])",
        [[block.tolist() for block in blocks], index],
    )
    for block, (weights, ratio) in zip(blocks, both, strict=True):
        assert weights == pytest.approx(priorities(block), abs=1e-9)
        assert ratio == pytest.approx(measure_consistency(block).cr, abs=1e-9)
    for block in blocks[:21]:
        names = tuple("abcdefghi"[: len(block)])
        rows = [
            (
                "e",
                "g",
                "root",
                *((one, other, block[i, j]) if block[i, j] >= 1 else (other, one, block[j, i])),
            )
            for i, one in enumerate(names)
            for j, other in enumerate(names)
            if i < j
        ]
        frame = pd.DataFrame(rows, columns=["expert", "group", "node", "preferred", "other", "strength"])
        ours = best_single_revision(tp.Judgments(frame, {"root": names}, {}))
        theirs = page.evaluate("([m, index]) => bestRevision(m, 0.1, index)", [block.tolist(), index])
        if measure_consistency(block).cr <= 0.1:
            continue
        assert {names[theirs["i"]], names[theirs["j"]]} == {ours["preferred"], ours["other"]}
        assert theirs["clears"] == ours["clears"]
        assert theirs["after"] == pytest.approx(ours["cr_after"], abs=1e-6)
        proposed = max(theirs["proposed"], 1 / theirs["proposed"])
        assert proposed == pytest.approx(ours["proposed_strength"], rel=1e-5)
    page.close()


def test_a_circle_is_shown_after_the_block_and_one_proposal_at_a_time(opened, small_study, tmp_path):
    page = opened("e01")
    page.click("button.main")
    circle = {("F", "J"): "F", ("F", "R"): "R", ("J", "R"): "J"}  # F > J > R > F
    for pair, _ in ordered_pairs(small_study, EXPERTS[1])[:3]:
        assert page.locator(".help").count() == 0
        answer(page, pair, circle[pair.one, pair.other], 5)
        page.click("#next")
    assert kind(page) == "check"
    words = page.inner_text("#screen")
    assert "Ba câu này mâu thuẫn vòng: Khả thi > Việc làm, Việc làm > Rủi ro, Rủi ro > Khả thi." in words
    assert page.locator("[data-revision]").count() == 1
    assert float(page.get_attribute(".ratio", "data-cr")) == pytest.approx(
        measure_consistency(np.array([[1, 5, 0.2], [0.2, 1, 5], [5, 0.2, 1]])).cr, abs=1e-9
    )
    page.click("#screen .row button:nth-child(2)")  # change
    assert kind(page) == "pair"
    key = page.get_attribute(".question", "data-q")
    pair = next(one for one in pairs_of(small_study) if one.key == key)
    other = pair.other if circle[pair.one, pair.other] == pair.one else pair.one
    answer(page, pair, other, 5)
    save(page, tmp_path / "x.answers.json")
    row = next(
        one for one in parse_answers((tmp_path / "x.answers.json").read_bytes())["answers"] if one["q"] == key
    )
    assert (row["preferred"], row["value"], row["first"], row["after_help"]) == (other, 5, 5, True)
    assert row["first_preferred"] == circle[pair.one, pair.other]


def test_scores_ranges_and_numbers_with_two_readings(opened, sent, small_study, tmp_path):
    page = opened("e00")
    to_scores(page, "F1")
    assert "5: tốt (tốt nhất)" in page.inner_text("#screen")
    row = page.locator('[data-q="score:AGR:AGR01:F1"]')
    row.locator(".choice", has_text="3").click()
    row.locator("summary", has_text="giữa hai mức").click()
    row.locator("button", has_text="3 hoặc 4").click()
    page.locator('[data-q="score:AGR:AGR02:F1"] .choice', has_text="?").click()
    to_scores(page, "J")
    for technology, words in (("AGR01", "1.500"), ("AGR02", "100-10000"), ("AGR03", "nhiều")):
        field = page.locator(f'[data-q="score:AGR:{technology}:J"] input[type=text]')
        field.fill(words)
        field.press("Tab")
    assert page.locator('[data-q="score:AGR:AGR01:J"]').inner_text().count("1.500") == 1
    page.locator("button", has_text="một nghìn năm trăm").click()
    assert "1.500 → một nghìn năm trăm việc làm" in page.inner_text("#screen")
    assert "không phải số" in page.inner_text('[data-q="score:AGR:AGR03:J"]')
    save(page, tmp_path / "back" / "x.answers.json")
    found = tp.forms.collect_forms(small_study, EXPERTS, tmp_path / "back", sent)
    assert found.problems == ()
    table = found.answers.set_index(["technology", "criterion"])[["value", "low", "high"]]
    assert table.loc[("AGR01", "F1")].tolist() == [3.5, 3, 4]
    assert table.loc[("AGR02", "J")].tolist() == [1000, 100, 10000]
    assert table.loc[("AGR01", "J"), "value"] == 1500
    assert np.isnan(table.loc[("AGR02", "F1"), "value"])
    assert ("AGR03", "J") not in table.index


def test_the_first_answer_outlives_notes_and_devices(opened, sent, small_study, tmp_path):
    page = opened("e01")
    page.click("button.main")
    (pair, _), (second, _), (third, _), *_ = ordered_pairs(small_study, EXPERTS[1])
    field = f'[data-q="{pair.key}"]'
    for degree in (3, 5):
        answer(page, pair, pair.one, degree)
        page.click("#next")
        page.click("#previous")
    page.click(f"{field} .note summary")
    page.fill(f"{field} .note textarea", "vì điện")
    page.click("#next")
    page.click(f'[data-q="{second.key}"] .note summary')
    page.fill(f'[data-q="{second.key}"] .note textarea', "hỏi lại sở")
    page.click("#next")
    answer(page, third, third.one, 7)
    page.click("#next")
    page.click("#previous")
    page.click(f'[data-q="{third.key}"] .cards input[value="?"]')
    save(page, tmp_path / "x.json", button="#screen button.quiet >> nth=0")
    other = opened("e01")
    other.set_input_files("#partial", tmp_path / "x.json")
    other.wait_for_selector(f'[data-q="{second.key}"]')
    other.click("#previous")
    answer(other, pair, pair.one, 9)
    save(other, tmp_path / "back" / "x.answers.json")
    found = tp.forms.collect_forms(small_study, EXPERTS, tmp_path / "back", sent)
    assert found.problems == ()
    table = found.comparisons.set_index(["node", "one", "other"])
    assert table.loc[pair, ["strength", "first", "note"]].tolist() == [9, 3, "vì điện"]
    assert np.isnan(table.loc[third, "strength"])
    assert table.loc[third, "first"] == 7
    assert table.loc[third, "first_preferred"] == third.one
    assert second not in table.index
    assert any("hỏi lại sở" in what.render("vi") for what in found.doubtful["what"])


def test_a_range_that_begins_at_zero_stays_a_range(opened):
    page = opened("e00")
    to_scores(page, "F3")
    row = page.locator('[data-q="score:AGR:AGR01:F3"]')
    row.locator("input[type=text]").fill("0-6")
    row.locator("input[type=text]").press("Tab")
    assert "từ không đến sáu tháng" in row.inner_text()
    second = page.locator('[data-q="score:AGR:AGR02:F3"]')
    second.locator("input[type=text]").fill(" ? ")
    second.locator("input[type=text]").press("Tab")
    assert second.locator("input[type=checkbox]").is_checked()


def test_numbers_below_zero(chromium):
    page = chromium.new_page()
    page.add_script_tag(content=(resources.files("techprio.forms.page") / "numbers.js").read_text("utf-8"))
    found = page.evaluate("[ends('-20 - -10'), ends('-10-20'), readings('-1.500'), inWords(-15, 'vi')]")
    assert found == [["-20", "-10"], ["-10", "20"], [-1.5, -1500], "âm mười lăm"]
    page.close()


def test_text_that_is_pasted_comes_back(opened, sent, small_study, tmp_path):
    page = opened("e01", before="Object.defineProperty(navigator, 'clipboard', {value: undefined});")
    page.click("button.main")
    pair, _ = ordered_pairs(small_study, EXPERTS[1])[0]
    answer(page, pair, pair.other, 9)
    while kind(page) != "finish":
        page.click("#next")
    page.click("#copy")
    words = page.input_value("#result textarea")
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "mail.txt").write_text(
        "\n".join("> " + line for line in words.split("\n")), encoding="utf-8"
    )
    found = tp.forms.collect_forms(small_study, EXPERTS, tmp_path / "back", sent)
    assert found.problems == ()
    assert found.comparisons[["preferred", "strength"]].values.tolist() == [[pair.other, 9]]
