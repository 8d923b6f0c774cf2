"""The questionnaire as it is seen: nothing too small or cut, on paper too."""

import re

import pypdf
import pytest

import techprio as tp

from .filling_in import PHONE, kind

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "letters"), [(320, 100), (390, 200), (1280, 100)])
def test_nothing_scrolls_sideways_and_every_target_is_large_enough(opened, width, letters):
    page = opened("e00", {"width": width, "height": 800})
    page.evaluate(f"document.documentElement.style.fontSize = '{letters}%'")
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
        assert page.text_content("#live").startswith(page.text_content("#progress"))
        if page.locator("#next").is_disabled():
            break
        page.click("#next")
    assert seen == {"start", "block" if width == 1280 else "pair", "check", "scores", "weights", "finish"}


def test_the_paper_holds_every_question(opened, tmp_path, small_study):
    page = opened("e00")
    page.pdf(path=tmp_path / "x.pdf", format="A4", prefer_css_page_size=True)
    words = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(tmp_path / "x.pdf").pages)
    words = re.sub(r"\s+", " ", words)  # wherever a line ends
    assert words.count("☐ Ngang nhau") + words.count("☐Ngang nhau") == 6
    for said in (
        "Chuyên gia: e00",
        "Sở, 0213",
        "tốt nhất",
        "Tưới tự động",
        "Có nhà cung cấp.",
        "hơn rất nhiều (7)",
    ):
        assert said in words, said
    assert "null" not in words
    assert "Tiếp" not in words.replace("Tiếp cận", "")


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
