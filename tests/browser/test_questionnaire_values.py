"""Values of bisection on the questionnaire page: typed, checked where they are typed, read by the library."""

import pytest

import techprio as tp
from techprio.forms.halves_sheet import HOW

from .filling_in import DESK, EXPERTS, kind, save

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def with_values(small_study, tmp_path_factory):
    place = tmp_path_factory.mktemp("values") / "sent"
    tp.forms.make_forms(small_study, EXPERTS[1:2], place, language="en", kind="page", value_functions=True)
    return place


def typed(page, q, words):
    field = page.locator(f'[data-q="{q}"] input[type=text]')
    field.fill(words)
    field.dispatch_event("change")


def to_values(page, criterion):
    while not (kind(page) == "halves" and criterion in page.inner_text("#screen")):
        page.click("#next")


def test_values_are_asked_checked_and_read(opened, with_values, small_study, tmp_path):
    page = opened(path=with_values / "small-e01-r1.html", size=DESK)
    assert "6 values, about 3 min" in page.inner_text("#screen")
    to_values(page, "Training")
    words = page.inner_text("#screen")
    assert "from 60 (worst) to 0 (best) months" in words
    assert HOW.render("en") in words
    typed(page, "half:F3:0.5", "60")
    assert "without the ends" in page.inner_text("#screen")
    typed(page, "half:F3:0.5", "20")
    typed(page, "half:F3:0.25", "10")
    assert "do not stand in order" in page.inner_text("#screen")
    typed(page, "half:F3:0.25", "40")
    assert "the half alone, or all three" in page.inner_text("#screen")
    typed(page, "half:F3:0.75", "8,5")
    assert "half alone" not in page.inner_text("#screen")
    to_values(page, "Jobs")
    typed(page, "half:J:0.5", "10-1000")
    page.click("#progress")
    assert "What are values worth to you? Training" in page.inner_text("#screen")
    page.click("#progress")
    save(page, tmp_path / "back" / "e01.answers.json")
    found = tp.forms.collect_forms(small_study, EXPERTS[1:2], tmp_path / "back", with_values)
    assert found.problems == ()
    assert found.scales["F3"].points == {40: 0.25, 20: 0.5, 8.5: 0.75}
    assert found.scales["J"].points == {100: 0.5}
