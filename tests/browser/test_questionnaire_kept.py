"""What is kept of a questionnaire in the browser, and what goes on on another device."""

import pytest

import techprio as tp
from techprio.forms.answer_file import parse_answers
from techprio.forms.questions import ordered_pairs

from ..answer_files import pasted_text
from .filling_in import DESK, EXPERTS, answer, save

pytestmark = pytest.mark.browser


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


def test_somebody_else_closes_the_form(opened):
    page = opened("e00")
    page.click("text=Đây không phải là tôi")
    assert "phiếu dành cho Người 0. Xin báo: Sở, 0213" in page.inner_text("#screen")
    assert not page.locator("#bar").is_visible()


def test_answers_that_came_as_text_go_on_too(opened, small_study, tmp_path):
    page = opened("e01")
    page.click("button.main")
    pair, _ = ordered_pairs(small_study, EXPERTS[1])[0]
    answer(page, pair, pair.other, 8)
    save(page, tmp_path / "x.json", button="#screen button.quiet >> nth=0")
    words = pasted_text((tmp_path / "x.json").read_text(encoding="utf-8"))
    mail = "\n".join(f"> {line}" for line in f"Em gửi lại\n{words}\nTrân trọng".split("\n"))
    (tmp_path / "x.txt").write_text(mail, encoding="utf-8")
    other = opened("e01", DESK)
    other.click("#next")  # a file may be dropped on any screen
    other.evaluate(
        """words => {
          const data = new DataTransfer();
          data.items.add(new File([words], 'x.txt', {type: 'text/plain'}));
          dispatchEvent(new DragEvent('drop', {dataTransfer: data, cancelable: true}));
        }""",
        mail,
    )
    other.wait_for_selector(f'[data-q="{pair.key}"] .degrees input[value="8"]')
    assert other.locator(f'[data-q="{pair.key}"] .degrees input[value="8"]').is_checked()


def test_a_later_round_keeps_what_is_not_touched_and_shows_reasons_of_others(
    opened, later_page, small_study, tmp_path
):
    page = opened(path=later_page)
    assert "Câu nào Ông/Bà không sửa thì giữ câu trả lời của vòng trước." in page.inner_text("#screen")
    page.click("button.main")
    box = page.locator("#screen [data-q]")
    key = box.get_attribute("data-q")
    assert box.locator(".reasons li").all_inner_texts() == ["lý do 1", "lý do 3", "lý do 5"]
    assert box.locator(".reasons").get_attribute("open") is not None  # the own answer lies outside
    assert "nằm ngoài khoảng giữa" in box.inner_text()
    whole = page.content()
    assert not any(f"Người {number}" in whole or f'"e0{number}"' in whole for number in range(1, 7))
    box.locator(".cards input[value='=']").check()
    save(page, tmp_path / "back" / "x.answers.json")
    sent = later_page.parent
    found = tp.forms.collect_forms(small_study, EXPERTS[:7], tmp_path / "back", sent)
    own = found.comparisons[found.comparisons["expert"] == "e00"].set_index(["node", "one", "other"])
    changed = tuple(key.split(":")[1:])
    assert own.loc[changed, ["strength", "kept", "first"]].tolist() == [1, False, 2]
    assert own.drop(index=[changed])["kept"].all()
    assert found.answers.query("expert == 'e00'")["kept"].all()
    assert "returned: 1; carried at their earlier answers: 6 (e01, e02, e03, e04, e05, e06)" in " ".join(
        note.render("en") for note in found.notes
    )
