"""The page in a real browser: its numbers are Python's, and it can be used by everybody."""

import json
from dataclasses import replace
from itertools import pairwise
from urllib.parse import unquote

import numpy as np
import pytest

import techprio as tp
from techprio.reporting.page.html_page import page_bytes
from techprio.robustness.weight_change import changed_weights, members_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def study(trimmed_study):
    return trimmed_study


@pytest.fixture(scope="module")
def result(trimmed_result):
    return trimmed_result


@pytest.fixture(scope="module")
def file(result, tmp_path_factory):
    return result.to_html(tmp_path_factory.mktemp("page") / "báo cáo.html", language="vi")


@pytest.fixture
def page(chromium, file):
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.heard = []
    page.on("console", lambda message: page.heard.append(message.text))
    page.on("pageerror", lambda error: page.heard.append(str(error)))
    page.on("request", lambda request: page.heard.append(request.url) if request.url[:4] == "http" else None)
    page.goto(file.as_uri())
    yield page
    assert page.heard == [], "errors, messages or calls into the network"
    page.close()


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
    assert "4 công nghệ đầu giống của hội đồng" in page.text_content("#changes")
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
        "[lang=vi]:not([data-speak])", "all => all.filter(e => e.offsetParent !== null).length"
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
    names = page.eval_on_selector_all(
        f"{table} td:nth-child(3) [lang=vi]", "all => all.map(e => e.textContent)"
    )
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


def test_everything_has_a_name_for_a_screen_reader(page):
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('input, select, button')].filter(e => {
          const label = e.labels && e.labels.length ? e.labels[0].textContent : '';
          return !(label || e.textContent || e.getAttribute('aria-label') || '').trim();
        }).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert unnamed == []
    assert page.get_attribute("#changes", "aria-live") == "polite"
    assert page.eval_on_selector_all("img", "all => all.every(e => e.alt)")
    levels = page.eval_on_selector_all("h1, h2, h3", "all => all.map(e => Number(e.tagName[1]))")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def luminance(color):
    parts = np.array([int(part) for part in color]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast_of_words(page, theme):
    """WCAG 2.1, success criterion 1.4.3: 4.5 to 1."""
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    palette = page.evaluate(
        """() => Object.fromEntries(
          ['paper', 'ink', 'soft', 'band', 'head', 'accent', 'on-accent', 'warning', 'good']
          .map(name => {
            const probe = document.createElement('i');
            probe.style.color = `var(--${name})`;
            document.body.append(probe);
            const found = getComputedStyle(probe).color.match(/\\d+/g).slice(0, 3);
            probe.remove();
            return [name, found];
          }))"""
    )
    pairs = [
        (words, ground)
        for words in ("ink", "soft", "warning", "good", "accent")
        for ground in ("paper", "band")
    ]
    for words, ground in [*pairs, ("ink", "head"), ("on-accent", "accent")]:
        light, dark = sorted((luminance(palette[words]), luminance(palette[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (theme, words, ground)


def test_narrow_screens_do_not_scroll_sideways(chromium, file):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


MISPLACED = """() => [...document.querySelectorAll('table')].flatMap(table => {
  const rows = [...table.rows].map(row => [...row.cells].map(cell => cell.getBoundingClientRect()));
  const apart = (one, other, side) => Math.abs(one[side] - other[side]) > 1;
  return rows.filter(cells => cells.length && cells[0].width).flatMap((cells, place) => cells.flatMap(
    (cell, column) => apart(cell, cells[0], 'top') || apart(cell, cells[0], 'bottom')
      || apart(cell, rows[0][column], 'left') ? [[table.textContent.slice(0, 40), place, column]] : []));
})"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("medium", ["screen", "print"])
def test_cells_of_a_row_stand_side_by_side_and_columns_below_each_other(page, width, language, medium):
    page.set_viewport_size({"width": width, "height": 900})
    page.click(f"[data-speak={language}]")
    page.emulate_media(media=medium)
    assert page.locator("td.number").count() > 500
    assert page.evaluate(MISPLACED) == []


def test_cells_that_are_laid_out_as_list_items_are_seen(page):
    page.add_style_tag(content=".number { display: list-item; margin-left: 1.2rem }")
    assert len(page.evaluate(MISPLACED)) > 500


def test_it_prints(page, tmp_path):
    import pypdf

    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    whole = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(tmp_path / "page.pdf").pages)
    assert "AGR01" in whole


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


def test_a_method_that_the_page_does_not_know_is_said(chromium, study, tmp_path):
    page = chromium.new_page()
    page.goto(written(run_with(study, method="vikor", options={}), tmp_path / "vikor.html"))
    assert not page.is_visible("#bench")
    assert "(VIKOR, chuẩn hóa minmax (" in page.text_content("#about")
    page.close()


def test_data_in_the_page_is_json(file):
    words = file.read_text(encoding="utf-8").split('<script type="application/json" id="data">')[1]
    data = json.loads(words.split("</script>")[0])
    assert sum(len(sector["ids"]) for sector in data["sectors"]) == 17
