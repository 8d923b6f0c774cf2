"""The questionnaire page in a browser: what is answered there is what the library reads and computes."""

import json
import random
from importlib import resources

import numpy as np
import pandas as pd
import pypdf
import pytest

import techprio as tp
from techprio.forms.answer_file import parse_answers
from techprio.forms.questions import ordered_pairs, pairs_of
from techprio.weighting.consistency import RANDOM_INDICES, measure_consistency
from techprio.weighting.priorities import priorities
from techprio.weighting.revise import best_single_revision

pytestmark = pytest.mark.browser
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
EXPERTS = tuple(
    tp.forms.Expert(f"e{n:02}", f"Người {n}", f"g{n % 3}", ("AGR",) if n == 0 else ()) for n in range(12)
)


@pytest.fixture(scope="module")
def sent(small_study, tmp_path_factory):
    place = tmp_path_factory.mktemp("round") / "sent"
    tp.forms.make_forms(small_study, EXPERTS, place, language="vi", kind="both", contact="Sở, 0213")
    return place


@pytest.fixture
def opened(chromium, sent):
    """Return what opens the page of an expert; anything on the console or into the network fails."""
    contexts, heard = [], []

    def open_page(expert="e00", size=PHONE, *, context=None, path=None, before="", **options):
        context = context or chromium.new_context(viewport=size, accept_downloads=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", lambda request: heard.append(request.url) if request.url[:4] == "http" else None)
        if before:
            page.add_init_script(before)
        page.goto((path or sent / f"small-{expert}-r1.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []


def kind(page):
    return page.evaluate("document.getElementById('screen').dataset.kind")


def save(page, path, button="#download"):
    """Send from the last screen; return the code that is shown."""
    while kind(page) != "finish":
        page.click("#next")
    with page.expect_download() as download:
        page.click(button)
    download.value.save_as(path)
    return page.inner_text("#result")


def answer(page, pair, preferred, degree):
    """Answer one comparison by touches."""
    box = page.locator(f'[data-q="{pair.key}"]')
    box.locator(f'.cards input[value="{preferred}"]').check()
    if preferred not in "=?":
        if degree % 2 == 0:
            box.locator(".degrees > button").click()
        box.locator(f'.degrees input[value="{degree}"]').check()


@pytest.fixture(scope="module")
def stated(small_study):
    """Twelve experts who answer at random, some of them with "equal" and "don't know"."""
    stream = random.Random(7)
    found = {}
    for expert in EXPERTS:
        for pair in pairs_of(small_study):
            side = stream.choice([pair.one, pair.other, pair.one, pair.other, "="])
            found[expert.code, pair] = (side, 1 if side == "=" else stream.randint(2, 9))
    return found


def test_twelve_experts_by_page_by_workbook_and_by_the_library(
    opened, sent, small_study, stated, open_workbook, tmp_path
):
    for number, expert in enumerate(EXPERTS):
        page = opened(expert.code, PHONE if number % 2 else DESK)
        if number % 3 == 0:
            page.click("[data-language=en]")
        page.click("button.main")
        for pair, _ in ordered_pairs(small_study, expert):
            while not page.locator(f'[data-q="{pair.key}"]').count():
                page.click("#next")
            answer(page, pair, *stated[expert.code, pair])
        while kind(page) != "weights":
            page.click("#next")
        shown = page.eval_on_selector_all(
            "[data-node]", "all => all.map(e => [e.dataset.node, e.dataset.weights])"
        )
        for node, weights in shown:
            own = library(small_study, stated, expert.code, node)
            assert json.loads(weights) == pytest.approx(list(own.overall), abs=1e-9)
        words = save(page, tmp_path / "pages" / f"{expert.code}.answers.json")
        form = open_workbook(sent / f"small-{expert.code}-r1.xlsx")
        for pair in pairs_of(small_study):
            side, degree = stated[expert.code, pair]
            form.answer(pair.key, side, None if side == "=" else degree)
        form.save(tmp_path / "workbooks" / f"{expert.code}.xlsx")
        code = words.split(": ")[1][:6]
        assert (
            parse_answers((tmp_path / "pages" / f"{expert.code}.answers.json").read_bytes())["state"]
            == "final"
        )
    by_page, by_workbook = (
        tp.forms.collect_forms(small_study, EXPERTS, tmp_path / way, sent) for way in ("pages", "workbooks")
    )
    assert by_page.problems == by_workbook.problems == ()
    pd.testing.assert_frame_equal(by_page.judgments, by_workbook.judgments)
    assert by_page.files.set_index("expert")["code"]["e11"] == code
    strengths = {
        (row.expert, row.node, row.preferred, row.other): row.strength
        for row in by_page.judgments.itertuples()
    }
    for (expert, pair), (side, degree) in stated.items():
        preferred = pair.one if side == "=" else side
        other = pair.other if preferred == pair.one else pair.one
        assert strengths[expert, pair.node, preferred, other] == degree


def library(study, stated, expert, node):
    rows = [
        (
            expert,
            node,
            pair.one if side == "=" else side,
            pair.other if side in ("=", pair.one) else pair.one,
            degree,
        )
        for (who, pair), (side, degree) in stated.items()
        if who == expert and pair.node == node
    ]
    frame = pd.DataFrame(rows, columns=["expert", "node", "preferred", "other", "strength"])
    return tp.ahp(tp.Judgments(frame.assign(group="g"), {node: study.criteria.hierarchy[node]}, {}))


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
    assert "Ba câu này đi vòng tròn: Khả thi > Việc làm, Việc làm > Rủi ro, Rủi ro > Khả thi." in words
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


def to_scores(page, leaf):
    while f"{leaf} ·" not in page.inner_text("#screen"):
        page.click("#next")


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


def test_answers_are_kept_and_go_on_on_another_device(opened, small_study, tmp_path):
    page = opened("e01")
    page.click("button.main")
    pairs = [pair for pair, _ in ordered_pairs(small_study, EXPERTS[1])]
    answer(page, pairs[0], pairs[0].one, 7)
    assert "Đã lưu trên máy này" in page.inner_text("#store")
    again = opened("e01", context=page.context)
    assert "Tiếp tục từ câu 2" in again.inner_text("#screen")
    save(again, tmp_path / "x.json", button="#screen button.quiet >> nth=0")
    assert parse_answers((tmp_path / "x.json").read_bytes())["state"] == "partial"
    other = opened("e01", DESK)
    assert "Tiếp tục" not in other.inner_text("#screen")
    other.set_input_files("#partial", tmp_path / "x.json")
    other.wait_for_selector(f'[data-q="{pairs[1].key}"]')
    assert other.locator(f'[data-q="{pairs[0].key}"] .degrees input[value="7"]').is_checked()
    foreign = opened("e02")
    foreign.set_input_files("#partial", tmp_path / "x.json")
    foreign.wait_for_selector("text=Tệp này của chuyên gia khác")
    (tmp_path / "y.json").write_text(
        (tmp_path / "x.json").read_text(encoding="utf-8")[:-40], encoding="utf-8"
    )
    foreign.set_input_files("#partial", tmp_path / "y.json")
    foreign.wait_for_selector("text=bị sửa hoặc bị cắt")


REFUSING = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }});"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


@pytest.mark.parametrize("store", [REFUSING, FULL, "Storage.prototype.setItem = () => {};"])
def test_a_store_that_keeps_nothing_is_said(opened, store, tmp_path, small_study):
    page = opened("e01", before=store)
    assert "Trình duyệt này không lưu được gì" in page.inner_text("#store")
    page.click("button.main")
    for pair, _ in ordered_pairs(small_study, EXPERTS[1])[:3]:
        answer(page, pair, "=", 1)
        page.click("#next")
    assert page.locator("button.main", has_text="Tải bản đang làm").count() == 1
    save(page, tmp_path / "x.json")
    assert len(parse_answers((tmp_path / "x.json").read_bytes())["answers"]) == 3


def test_without_script_it_says_what_it_is(opened):
    page = opened("e00", java_script_enabled=False)
    words = page.inner_text("body")
    assert "Hãy lưu tệp rồi mở bằng trình duyệt" in words
    assert "open it with a web browser" in words
    assert "6 so sánh" in words
    assert not page.locator("#bar").is_visible()


def test_a_whole_form_by_keyboard_alone(opened, sent, small_study, tmp_path):
    page = opened("e01")
    page.keyboard.press("Enter")
    for pair, _ in ordered_pairs(small_study, EXPERTS[1]):
        while not page.locator(f'[data-q="{pair.key}"]').count():
            page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.tagName") in ("LEGEND", "H2")
        page.keyboard.press("Tab")  # into the cards
        page.keyboard.press("Space")
        page.keyboard.press("6")
        assert page.locator(".degrees input[value='6']").is_checked()
        page.keyboard.press("Enter")
    while kind(page) != "finish":
        page.keyboard.press("Enter")
    page.focus("#download")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "back" / "x.answers.json")
    found = tp.forms.collect_forms(small_study, EXPERTS, tmp_path / "back", sent)
    assert found.judgments["strength"].tolist() == [6] * 6
    turned = dict(ordered_pairs(small_study, EXPERTS[1]))
    first = [pair.other if turned[pair] else pair.one for pair in pairs_of(small_study)]
    assert found.judgments["preferred"].tolist() == first


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


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_scrolls_sideways_and_every_target_is_large_enough(opened, width):
    page = opened("e00", {"width": width, "height": 800})
    seen = set()
    while True:
        seen.add(kind(page))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), kind(page)
        small = page.evaluate(
            "[...document.querySelectorAll('button, .choice, summary, input[type=text], select')].filter("
            "e => e.offsetParent && (e.offsetHeight < 44 || e.offsetWidth < 44)).map(e => e.outerHTML)"
        )
        assert small == []
        nameless = page.evaluate(
            "[...document.querySelectorAll('#screen input, #screen select, #screen textarea')]"
            ".filter(e => !e.labels?.length && !e.getAttribute('aria-label')).map(e => e.outerHTML)"
        )
        assert nameless == []
        if page.locator("#next").is_disabled():
            break
        page.click("#next")
    assert seen == {"start", "block" if width == 1280 else "pair", "check", "scores", "weights", "finish"}


def test_the_paper_holds_every_question(opened, tmp_path, small_study):
    page = opened("e00")
    page.pdf(path=tmp_path / "x.pdf", format="A4", prefer_css_page_size=True)
    words = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(tmp_path / "x.pdf").pages)
    assert words.count("☐ Ngang nhau") + words.count("☐Ngang nhau") == 6
    for said in ("Chuyên gia: e00", "tốt nhất", "Tưới tự động", "Có nhà cung cấp.", "rất nhiều (7)"):
        assert said in words, said
    assert "Tiếp" not in words.replace("Tiếp cận", "")


def test_somebody_else_closes_the_form(opened):
    page = opened("e00")
    page.click("text=Đây không phải là tôi")
    assert "phiếu dành cho Người 0. Xin báo: Sở, 0213" in page.inner_text("#screen")
    assert not page.locator("#bar").is_visible()


def test_size_speed_and_same_bytes(chromium, tmp_path):
    study = tp.example("lai-chau")
    expert = tp.forms.Expert("e1", "An", "agencies", ("AGR",))  # 24 comparisons, 192 scores
    (tmp_path / "again").mkdir()
    tp.forms.make_forms(study, [expert], tmp_path / "r1", kind="page")
    (tmp_path / "again" / "round.key").write_bytes((tmp_path / "r1" / "round.key").read_bytes())
    tp.forms.make_forms(study, [expert], tmp_path / "again", kind="page")
    one, two = ((tmp_path / place / "lai-chau-e1-r1.html").read_bytes() for place in ("r1", "again"))
    assert one == two
    assert len(one) <= 300_000
    page = chromium.new_page(viewport=PHONE)
    page.goto((tmp_path / "r1" / "lai-chau-e1-r1.html").as_uri())
    page.click("button.main")
    assert page.locator(".question").count() == 1
    page.close()
