"""The workshop of the page marks what the rule of the study says, also where it is a reference profile."""

import pytest

import techprio as tp

from ..profile_study import study_of

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(chromium, tmp_path):
    """Return what opens the page of a study; anything on the console fails."""
    heard = []

    def open_page(rule, method=None):
        study = study_of(rule)
        if method is not None:
            study = tp.Study(
                study.catalog, judgments=study.judgments, reference=study.reference,
                ranking=tp.model.RankingSettings(*method, priority=rule), robustness=study.robustness,
            )  # fmt: skip
        result = tp.run(study)
        page = chromium.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(result.to_html(tmp_path / "page.html", language="en").as_uri())
        return page, result

    yield open_page
    assert heard == []


def marked(page):
    rows = page.eval_on_selector_all(
        "#ranking tbody tr", "rows => rows.map(row => [row.dataset.id, row.cells[0].textContent])"
    )
    return {name for name, rank in rows if rank.startswith("●")}


@pytest.mark.parametrize("method", [None, ("topsis", {"normalization": "vector"})])
def test_marks_follow_the_sliders_as_what_if_does(opened, method):
    page, result = opened("score", method)
    for weight in (0.1, 0.5, 0.75):
        page.fill("#w-yield", str(round(1000 * weight)))
        tried = tp.what_if(result, {"root": {"yield": weight}}, plan=False).ranks()
        assert marked(page) == set(tried.loc[tried["priority"], "technology"])
    if method is None:
        assert page.text_content("#changes") == "leave: B"
        page.click("#reset")
        assert "reach the reference profile (●) as under the panel" in page.text_content("#changes")


def test_what_outranks_is_that_of_the_run_and_says_so(opened):
    page, result = opened("outranking")
    page.fill("#w-yield", "900")
    assert marked(page) == set(result.to_frame().query("priority == 'yes'")["technology"])
    assert "does not follow the sliders" in page.text_content("#changes")
