"""The page as it is seen: layout on screens and paper, colours, and nothing in the way of a person."""

import importlib.util
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from .accessibility import barriers

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def distance():
    """Give the least distance of two colours over all kinds of sight."""
    path = Path(__file__).parents[1] / "unit" / "charts" / "colour_distance.py"
    spec = importlib.util.spec_from_file_location("colour_distance", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.least_distance


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
  const rows = [...table.rows].map(row => [...row.cells].filter(cell => cell.offsetParent)
    .map(cell => cell.getBoundingClientRect()));
  const apart = (one, other, side) => Math.abs(one[side] - other[side]) > 1;
  return rows.filter(cells => cells.length && cells[0].width).flatMap((cells, place) => cells.flatMap(
    (cell, column) => apart(cell, cells[0], 'top') || apart(cell, cells[0], 'bottom')
      || apart(cell, rows[0][column], 'left') ? [[table.textContent.slice(0, 40), place, column]] : []));
})"""


#: How the cells of the columns of numbers are set.
NUMBERS = """() => [...document.querySelectorAll('table.list')].flatMap(table =>
  [...table.tHead.rows[0].cells].flatMap((head, place) => head.matches('.number')
    ? [...table.tBodies[0].rows].map(row => getComputedStyle(row.cells[place]))
      .map(look => look.textAlign + look.fontVariantNumeric) : []))"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("medium", "theme"), [("screen", "light"), ("screen", "dark"), ("print", "light")])
def test_cells_of_a_row_stand_side_by_side_and_columns_below_each_other(page, width, language, medium, theme):
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(f"location.hash = '#l={language}&t={theme}'")
    page.wait_for_function(f"document.documentElement.lang === '{language}'")
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    page.emulate_media(media=medium)
    assert page.evaluate(NUMBERS).count("righttabular-nums") > 500
    assert page.evaluate(MISPLACED) == []


def test_notes_are_printed_no_larger_than_the_text_that_they_note(page):
    page.emulate_media(media="print")
    text, *notes = page.evaluate(
        "[document.body, ...document.querySelectorAll('.note')]"
        ".map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert notes
    assert max(notes) < text


def test_cells_that_are_laid_out_as_list_items_are_seen(page):
    page.add_style_tag(content="table.list td { display: list-item; margin-left: 1.2rem }")
    assert len(page.evaluate(MISPLACED)) > 500


def test_numbers_stand_to_the_right_in_letters_of_one_width(page):
    looks = set(page.evaluate(NUMBERS))
    assert looks == {"righttabular-nums"}


def test_on_a_phone_the_list_stays_in_view_while_a_slider_moves(page):
    page.set_viewport_size({"width": 390, "height": 844})
    for slider in ("w-F", "w-M", "w-W"):
        page.evaluate(
            f"document.getElementById('{slider}').scrollIntoView({{block: 'end', behavior: 'instant'}})"
        )
        seen = page.evaluate(
            """() => [...document.querySelectorAll('#ranking tbody tr')].filter(row => {
              const box = row.getBoundingClientRect(), hit = document.elementFromPoint(100, box.top + 5);
              return row.contains(hit);
            }).length"""
        )
        assert seen >= 3, slider


def test_without_javascript_the_lists_are_there_and_a_sentence_for_the_sliders(chromium, file):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.is_visible("#priorities-AGR table")
    assert page.is_visible("#roadmap svg >> nth=0")
    assert page.is_visible("text=Chỉ điều chỉnh được trọng số khi trình duyệt cho phép JavaScript")
    for gone in ("#bench", "#theme", "[data-filter]"):
        assert not page.locator(gone).first.is_visible(), gone
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(chromium, file, theme, width):
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{file.as_uri()}#l=vi&t={theme}")
    # Between the themes only the colours differ.
    assert barriers(page, colours_only=theme == "dark") == []
    page.close()


def test_axe_tells_what_cannot_be_read_or_named(chromium):
    page = chromium.new_page()
    page.set_content("<p style='color: #ccc; background: #fff'>pale</p><input>")
    assert {"color-contrast", "label"} <= {rule for rule, _ in barriers(page)}
    assert [rule for rule, _ in barriers(page, colours_only=True)] == ["color-contrast"]
    page.close()


def test_lines_of_prerequisites_are_shown_when_they_are_asked_for(page):
    lines = page.locator("#roadmap .on-demand")
    assert lines.count() > 0
    assert not lines.first.is_visible()
    page.check("#needs")
    assert lines.first.is_visible()


def test_a_picture_shows_the_words_of_one_language_and_says_its_name_in_it(page):
    words = """language => [...document.querySelectorAll(`.picture [lang=${language}]`)]
      .filter(e => e.getClientRects().length).length"""
    for language, other, name in (("vi", "en", "Quan hệ phụ thuộc"), ("en", "vi", "Dependencies")):
        page.click(f"[data-speak={language}]")
        assert page.evaluate(words, language) > 50
        assert page.evaluate(words, other) == 0
        assert page.get_by_role("img", name=name, exact=True).count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_parts_of_a_score_can_be_told_apart(page, theme, distance):
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    colours = page.evaluate(
        """() => [1, 2, 3, 4, 5, 6].map(place => {
          const probe = document.createElement('i');
          probe.style.color = `var(--part-${place})`;
          document.body.append(probe);
          const found = getComputedStyle(probe).color.match(/\\d+/g).slice(0, 3).map(one => one / 255);
          probe.remove();
          return found;
        })"""
    )
    near = {pair: distance(*pair) for pair in combinations(map(tuple, colours), 2)}
    assert {pair: found for pair, found in near.items() if found < 10} == {}


def test_the_front_is_what_is_printed(page, tmp_path):
    import pypdf

    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(tmp_path / "page.pdf").pages]
    whole = "".join(sheets)
    assert "Tóm tắt trình lãnh đạo" in sheets[0]
    assert "AGR01" in whole
    assert "Hiện trạng công nghệ" not in whole
    assert len(sheets) <= 12
