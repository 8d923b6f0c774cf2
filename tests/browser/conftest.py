"""A Chromium without a window, driven from the tests; a round of questionnaires to open in it."""

import pytest

import techprio as tp
from techprio.forms.questions import pairs_of, scores_of
from techprio.forms.round_folder import read_round

from ..answer_files import answers_text
from .filling_in import EXPERTS, PHONE


@pytest.fixture(scope="session")
def chromium(chromium_program):
    """Give a started browser; skip, or in CI fail, where there is none."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sent(small_study, tmp_path_factory):
    """Give the folder of a first round of twelve experts; nobody writes into it."""
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


@pytest.fixture(scope="session")
def file(trimmed_result, tmp_path_factory):
    """Give the page of the trimmed study, which opens in Vietnamese."""
    return trimmed_result.to_html(tmp_path_factory.mktemp("page") / "báo cáo.html", language="vi")


@pytest.fixture
def page(chromium, file):
    """Open that page at a desk; anything on the console or into the network fails."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.heard = []
    page.on("console", lambda message: page.heard.append(message.text))
    page.on("pageerror", lambda error: page.heard.append(str(error)))
    page.on("request", lambda request: page.heard.append(request.url) if request.url[:4] == "http" else None)
    page.goto(file.as_uri())
    yield page
    assert page.heard == [], "errors, messages or calls into the network"
    page.close()


@pytest.fixture(scope="session")
def later_page(small_study, tmp_path_factory):
    """Give the page of e00 in a second round: six others answered, with reasons that all may read."""
    place = tmp_path_factory.mktemp("later")
    rule = tp.forms.ConsensusRule(reasons="all", share=0.9, spread=1.2)
    tp.forms.make_forms(small_study, EXPERTS[:7], place / "sent", rule=rule, language="vi")
    made = read_round(place / "sent")
    (place / "back").mkdir()
    for number, expert in enumerate(EXPERTS[:7]):
        said = [
            {"q": pair.key, "preferred": pair.other if number else pair.one, "value": 2 + number,
             "note": f"lý do {number}" if number % 2 else ""}
            for pair in pairs_of(small_study)
        ]  # fmt: skip
        said += [
            {"q": score.key, "value": 5 if number % 3 else 1, "note": "" if number % 4 else "gần điện"}
            for score in scores_of(small_study, expert)
        ]
        head = {"format": "techprio-answers", "version": 1, **made.marks(expert.code), "round": 1,
                "state": "final", "sequence": 1}  # fmt: skip
        content = answers_text({**head, "answers": said})
        (place / "back" / f"{expert.code}.answers.json").write_text(content, encoding="utf-8")
    found = tp.forms.collect_forms(small_study, EXPERTS[:7], place / "back", place / "sent")
    tp.forms.save_forms(small_study, EXPERTS[:7], found, place / "results")
    tp.forms.make_forms(
        small_study, EXPERTS[:7], place / "sent-2", before=place / "results", kind="page", language="vi"
    )
    return place / "sent-2" / "small-e00-r2.html"
