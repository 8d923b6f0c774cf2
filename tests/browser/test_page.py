"""The page in a real browser: its numbers are Python's, and it can be used by everybody."""

import json
from dataclasses import replace
from urllib.parse import unquote

import numpy as np
import pytest

import techprio as tp
from techprio.model.roles import ROLE_WORDS
from techprio.reporting.figures import draw_charts
from techprio.reporting.page.html_page import page_bytes
from techprio.reporting.page.workshop import workshop_data
from techprio.reporting.sentences import run_sentences
from techprio.robustness.weight_change import changed_weights, members_of
from techprio.scoring import technology_values

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def study(trimmed_study):
    return trimmed_study


@pytest.fixture(scope="module")
def result(trimmed_result):
    return trimmed_result


def shown(page):
    """Score and rank of every technology that the workshop shows."""
    rows = page.eval_on_selector_all(
        "#ranking tbody tr", "rows => rows.map(r => [r.dataset.id, r.dataset.score, r.dataset.rank])"
    )
    return {name: (float(score), int(rank)) for name, score, rank in rows}


def agrees(page, ranking):
    found = shown(page)
    assert list(found) == list(ranking.to_frame()["alternative"])
    for name, (score, rank) in found.items():
        assert score == pytest.approx(ranking.scores[name], abs=1e-9), name
        assert rank == ranking.ranks[name], name


def ranked(study, weights, code):
    method = tp.Topsis(normalization="reference")
    return tp.rank(study.catalog.decision_matrix(code), weights, method)


@pytest.mark.parametrize("code", ["CRS", "AGR", "LOG"])
def test_with_the_weights_of_the_panel_the_page_gives_the_ranking_of_the_run(page, result, code):
    page.select_option("#sector", code)
    agrees(page, result.rankings[code])


@pytest.mark.parametrize(("node", "value"), [("M", 0.7), ("F", 0.0), ("I", 1.0), ("W", 0.123)])
def test_a_moved_head(page, study, result, node, value):
    page.select_option("#sector", "LOG")
    page.fill(f"#w-{node}", str(round(1000 * value)))
    overall = result.weights.overall
    members = members_of(node, list(overall.index), study.criteria)
    moved = dict(zip(overall.index, changed_weights(overall, members, value), strict=True))
    agrees(page, ranked(study, moved, "LOG"))


def test_a_moved_criterion_stays_inside_its_head(page, study, result):
    page.select_option("#sector", "AGR")
    page.fill("#w-M1", "800")
    overall = result.weights.overall.copy()
    head = ["M1", "M2", "M3", "M6"]
    inside = overall[head] / overall[head].sum()
    others = inside.drop("M1") / inside.drop("M1").sum() * 0.2
    overall[head] = np.array([0.8, *others]) * overall[head].sum()
    agrees(page, ranked(study, overall / overall.sum(), "AGR"))


def test_who_comes_in_and_who_leaves(page, study, result):
    page.select_option("#sector", "AGR")
    assert "4 công nghệ đầu giống của toàn thể chuyên gia" in page.text_content("#changes")
    page.fill("#w-M", "900")
    top = {name for name, (_, rank) in shown(page).items() if rank <= 4}
    before = set(result.rankings["AGR"].ranks.index[result.rankings["AGR"].ranks <= 4])
    said = page.text_content("#changes")
    assert top != before
    assert all(name in said for name in top ^ before)


def test_reset_gives_the_panel_back(page, result):
    page.fill("#w-M", "950")
    page.fill("#w-I1", "10")
    page.click("#reset")
    agrees(page, result.rankings["AGR"])


def test_a_link_carries_the_setting_exactly(page, chromium, file):
    page.select_option("#sector", "LOG")
    page.fill("#w-F", "333")
    page.fill("#w-W4", "77")
    page.click("[data-speak=en]")
    address = page.url
    assert "s=LOG" in unquote(address)
    other = chromium.new_page()
    other.goto(address)
    assert shown(other) == shown(page)
    assert other.evaluate("document.documentElement.lang") == "en"
    other.close()


@pytest.mark.parametrize("words", ["#s=XXX&h=F:2&c=&l=fr", "#h=F:abc&s=AGR", "ALL ONE", "#s=AGR&h=<script>"])
def test_a_broken_link_shows_the_panel(chromium, file, result, words):
    if words == "ALL ONE":  # each weight is allowed, but they do not add up
        overall = result.weights.overall
        heads = ";".join(f"{head.id}:1" for head in result.study.criteria.heads)
        words = f"#s=AGR&h={heads}&c=" + ";".join(f"{name}:1" for name in overall.index)
    page = chromium.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri() + words)
    agrees(page, result.rankings["AGR"])
    assert errors == []
    page.close()


def test_both_languages(page):
    assert page.evaluate("document.title").startswith("Lộ trình")
    assert page.is_visible("text=Danh mục công nghệ ưu tiên >> nth=0")
    page.click("[data-speak=en]")
    assert page.evaluate("document.title").startswith("Technology innovation")
    hidden = page.eval_on_selector_all(
        "[lang=vi]:not([data-speak]), td > i", "all => all.filter(e => e.getClientRects().length).length"
    )
    assert hidden == 0
    assert "0." in page.text_content("#ranking tbody tr td:nth-child(4)")


def test_lists_sort_by_number_and_by_vietnamese_alphabet(page):
    table = "#priorities-AGR table.list"
    score = f"{table} th:nth-child(4) button"
    page.click(score)
    values = page.eval_on_selector_all(f"{table} td:nth-child(4)", "all => all.map(e => Number(e.dataset.v))")
    assert values == sorted(values)
    assert page.get_attribute(f"{table} th:nth-child(4)", "aria-sort") == "ascending"
    page.click(score)
    assert page.get_attribute(f"{table} th:nth-child(4)", "aria-sort") == "descending"
    page.click(f"{table} th:nth-child(3) button")
    names = page.eval_on_selector_all(f"{table} td:nth-child(3) i", "all => all.map(e => e.textContent)")
    in_order = page.evaluate("names => [...names].sort(new Intl.Collator('vi').compare)", names)
    assert names == in_order


def test_filter_takes_words_without_marks(page):
    figure = page.locator("figure.table:has([data-filter])", has_text="Truy xuất").first
    rows = figure.locator("tbody tr")
    every = rows.count()
    figure.locator("[data-filter]").fill("truy xuat")
    left = [row.inner_text() for row in rows.all() if row.is_visible()]
    assert 0 < len(left) < every
    assert all("truy xuất" in words.lower() for words in left)


def test_everything_by_keyboard(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#w-M")
    before = shown(page)
    for _ in range(5):
        page.keyboard.press("PageUp")
    assert shown(page) != before
    assert page.get_attribute("#w-M", "aria-valuetext").endswith("%")


def test_dates_sort_as_dates(page):
    place = page.eval_on_selector_all(
        "#priorities-AGR table.list th",
        "all => all.findIndex(e => /^Vận hành/.test(e.querySelector('[lang=vi]').textContent)) + 1",
    )
    page.click(f"#priorities-AGR table.list th:nth-child({place}) button")
    dates = page.eval_on_selector_all(
        f"#priorities-AGR table.list td:nth-child({place})",
        """all => all.map(e => (e.querySelector('i') || e).textContent.trim())""",
    )
    told = [date for date in dates if date]
    assert dates[: len(told)] == told  # what has no date comes last
    months = [tuple(map(int, reversed(date.split("/")))) for date in told]
    assert len({year for year, _ in months}) > 1
    assert months == sorted(months)


@pytest.mark.parametrize(("slider", "others"), [("M", ["F", "I", "W"]), ("M1", ["M2", "M3", "M6"])])
def test_the_others_keep_their_proportions_after_all_and_back(page, slider, others):
    def weights():
        said = unquote(page.url).split("#")[1]
        pairs = [pair.split(":") for part in said.split("&")[:2] for pair in part[2:].split(";")]
        return {name: float(value) for name, value in pairs}

    page.fill(f"#w-{others[0]}", "700")
    before = weights()
    page.fill(f"#w-{slider}", "1000")
    assert all(weights()[name] == 0 for name in others)
    page.fill(f"#w-{slider}", "400")
    after = weights()
    for name in others[1:]:
        assert after[name] / after[others[0]] == pytest.approx(before[name] / before[others[0]], rel=1e-9)


def test_what_does_not_follow_the_sliders_says_so(page):
    assert page.is_visible("text=không thay đổi theo thanh trượt")


def test_what_is_said_of_a_technology_stands_in_its_row_in_both_languages(page, result):
    said = run_sentences(result)
    page.select_option("#sector", "AGR")
    name = page.get_attribute("#ranking tbody tr", "data-id")
    page.click("#ranking tbody tr summary")
    place = f"#ranking tr[data-id={name}] details p"
    page.wait_for_function("place => document.querySelector(place).textContent", arg=place)
    assert page.text_content(place) == said[name].render("vi")
    role, sure = result.roles.table.loc[name, ["role_final", "certainty"]]
    shown = f"{ROLE_WORDS[role].render('vi')} ({sure:.0%})"
    assert page.text_content(f"#ranking tr[data-id={name}] td:nth-child(6)") == shown
    page.click("[data-speak=en]")
    page.wait_for_function("place => document.querySelector(place).textContent.includes('Role')", arg=place)
    assert page.text_content(place) == said[name].render("en")


def test_roles_and_phases_are_switched_to_what_was_computed_beside(page, chromium, result):
    names = page.eval_on_selector_all("#view option", "all => all.map(e => e.textContent)")
    groups = list(result.weights.by_group.index)
    assert names[0] == "lần tính này"
    assert len(names) == 2 + len(groups)
    views = workshop_data(result)["views"]
    moved = 0
    for place, view in enumerate(views):
        page.select_option("#view", str(place))
        assert page.inner_text("#view-note") == view["note"]["vi"]
        shown = set()
        for code in result.rankings:
            page.select_option("#sector", code)
            cells = "all => all.map(e => [e.closest('tr').dataset.id, e.cellIndex])"
            shown |= {tuple(one) for one in page.eval_on_selector_all("#ranking td.other", cells)}
        told = {(name, 5) for name in view.get("roles", {})} | {(name, 6) for name in view.get("phases", {})}
        assert shown == told
        moved += len(told)
    assert moved > 0
    other = chromium.new_page()
    other.goto(page.url)
    assert other.input_value("#view") == str(len(views) - 1)
    other.close()


def test_what_a_view_says_is_what_was_computed(study, result):
    views = workshop_data(result)["views"]
    assert views[0].keys() == {"name", "note"}
    for (group, overall), view in zip(result.weights.by_group.iterrows(), views[1:], strict=False):
        values = technology_values(study, tp.given_weights(overall.to_dict(), normalize=True))
        table = tp.classify_roles(
            study.catalog, values, settings=study.roles, overrides=study.role_overrides
        ).table
        before = result.roles.table["role_final"]
        moved = table["role_final"][table["role_final"] != before]
        assert view["roles"] == moved.to_dict(), group
    shares = result.plan.priorities.shares
    for name, phase in views[-1]["phases"].items():
        assert shares.loc[name].idxmax() == (phase or "not placed")


def test_summary_list_and_roadmap_stand_before_the_workshop(page):
    order = page.eval_on_selector_all("main > section", "all => all.map(e => e.id)")
    first = [order.index(name) for name in ("summary", "priorities", "roadmap", "workshop", "method")]
    assert first == sorted(first)
    assert first[0] == 0
    assert page.locator("#summary table").first.inner_text().startswith("Phần")


def test_theme_and_language_are_remembered_in_the_address(page, chromium):
    page.click("#theme")
    page.click("[data-speak=en]")
    page.click("nav a[href='#roadmap']")
    other = chromium.new_page()
    other.goto(page.url)
    assert other.evaluate("[document.documentElement.lang, document.documentElement.dataset.theme]") == [
        "en",
        page.evaluate("document.documentElement.dataset.theme"),
    ]
    assert abs(other.evaluate("document.getElementById('roadmap').getBoundingClientRect().top")) < 5
    other.close()


def test_a_script_that_is_not_its_own_does_not_run(page):
    page.evaluate(
        "() => { const made = document.createElement('script'); made.textContent = 'window.foreign = 1';"
        "document.body.append(made); }"
    )
    assert page.evaluate("window.foreign") is None
    assert "Content Security Policy" in page.heard.pop()


def written(run, path):
    """Write the page of a run without its charts, and return its address."""
    path.write_bytes(page_bytes(run, language="vi", pictures={"vi": {}, "en": {}}))
    return path.as_uri()


def test_nothing_in_a_name_can_break_out(chromium, study, result, tmp_path):
    bad = "</script><script>document.title='broken'</script>"
    technologies = study.catalog.technologies.copy()
    technologies.loc["AGR01", "name_vi"] = bad
    catalog = replace(study.catalog, technologies=technologies)
    page = chromium.new_page()
    page.goto(written(replace(result, study=replace(study, catalog=catalog)), tmp_path / "bad.html"))
    assert page.evaluate("document.title").startswith("Lộ trình")
    assert bad in page.text_content("#ranking [data-id=AGR01]")
    page.close()


def run_with(study, **ranking):
    """Run the study without a plan under another method."""
    return tp.run(replace(study, resources=None, ranking=replace(study.ranking, **ranking)), draws=20)


def test_the_weighted_sum_is_computed_too(chromium, study, tmp_path):
    run = run_with(study, method="weighted_sum")
    page = chromium.new_page()
    page.goto(written(run, tmp_path / "sum.html"))
    page.select_option("#sector", "AGR")
    agrees(page, run.rankings["AGR"])
    page.close()


def test_a_study_without_plan_survey_and_dependencies_leaves_out_what_it_does_not_have(
    chromium, study, tmp_path
):
    catalog = replace(study.catalog, dependencies=study.catalog.dependencies.iloc[:0])
    run = run_with(replace(study, catalog=catalog, survey=None))
    assert draw_charts(run, language="vi").markup == {}
    page = chromium.new_page()
    page.goto(written(run, tmp_path / "bare.html"))
    assert page.locator("table").count() > 5
    assert not page.locator("#needs").count()
    empty = page.eval_on_selector_all(
        "table", "all => all.filter(e => !e.tBodies[0].rows.length).map(e => e.outerHTML)"
    )
    assert empty == []
    assert page.locator("#ranking thead th").count() == 6
    bare = page.eval_on_selector_all(
        "main > section.level-2", "all => all.filter(e => e.children.length < 2)"
    )
    assert bare == []
    page.close()


def test_a_method_that_the_page_does_not_know_is_said(chromium, study, tmp_path):
    page = chromium.new_page()
    page.goto(written(run_with(study, method="vikor", options={}), tmp_path / "vikor.html"))
    assert not page.is_visible("#bench")
    assert "(VIKOR, quy về thang chung: minmax (" in page.text_content("#about")
    page.close()


def test_data_in_the_page_is_json(file):
    words = file.read_text(encoding="utf-8").split('<script type="application/json" id="data">')[1]
    data = json.loads(words.split("</script>")[0])
    assert sum(len(sector["ids"]) for sector in data["sectors"]) == 17
