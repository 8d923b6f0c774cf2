"""The questionnaire for everybody: by keyboard alone, and nothing that axe finds in the way of a person."""

import pytest

import techprio as tp
from techprio.forms.questions import ordered_pairs, pairs_of, scores_of

from .accessibility import barriers
from .filling_in import DESK, EXPERTS, PHONE, kind

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]
)
def test_axe_finds_nothing_on_any_kind_of_screen(opened, later_page, size, scheme):
    seen, found = set(), []

    def look(page, name):
        if name not in seen:
            seen.add(name)
            # In the dark only the colours differ.
            found.extend((name, *one) for one in barriers(page, colours_only=scheme == "dark"))

    for path, name in ((None, "first"), (later_page, "later")):
        page = opened("e00", size, path=path, color_scheme=scheme)
        while True:
            screen = kind(page)
            if screen in ("pair", "block") and (name, screen) not in seen:
                page.locator(".cards input").first.check()
                page.locator(".degrees input").first.check()
                page.locator("summary").first.click()
            look(page, (name, screen))
            if page.locator("#next").is_disabled():
                break
            if screen == "scores" and size is DESK and page.locator("text=Hiện dạng bảng").count():
                page.locator("text=Hiện dạng bảng").click()
                look(page, (name, "grid"))
            page.click("#next")
        page.click("#copy")
        look(page, (name, "sent"))
        page.click("#progress")
        look(page, (name, "overview"))
    page = opened("e00", size, color_scheme=scheme)
    page.click("text=Đây không phải là tôi")
    look(page, "closed")
    assert found == []
    assert len(seen) >= 17


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


def test_scores_and_arrows_by_keyboard_alone(opened, sent, small_study, tmp_path):
    page = opened("e04")
    asked = [score.key for score in scores_of(small_study, EXPERTS[4])]
    page.keyboard.press("Enter")
    side = f"[data-q='{page.get_attribute('.question', 'data-q')}'] .cards input"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")  # from the first card to "equal"
    assert page.locator(f"{side}[value='=']").is_checked()
    page.keyboard.press("ArrowUp")
    assert page.locator(side).first.is_checked()
    page.keyboard.press("?")
    assert page.locator(f"{side}[value='?']").is_checked()
    for key in asked:
        while not page.locator(f"[data-q='{key}']").count():
            page.evaluate("document.activeElement.blur()")
            page.keyboard.press("Enter")
        while page.evaluate("document.activeElement.closest('[data-q]')?.dataset.q") != key:
            page.keyboard.press("Tab")
        if key.rpartition(":")[2] in ("F3", "J"):
            page.keyboard.type("12")
            page.keyboard.press("Tab")
        else:
            page.keyboard.press("4")
    while kind(page) != "finish":
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Enter")
    page.focus("#download")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "back" / "x.answers.json")
    found = tp.forms.collect_forms(small_study, EXPERTS, tmp_path / "back", sent)
    values = found.answers.set_index(["technology", "criterion"])["value"]
    assert {value for (_, leaf), value in values.items() if leaf in ("F3", "J")} == {12}
    assert {value for (_, leaf), value in values.items() if leaf not in ("F3", "J")} == {4}
    assert len(values) == len(asked) == 15
    assert found.progress.set_index("expert").loc["e04", "unknown"] == 1
