"""One picture for both languages shows in each what was drawn in it."""

import re
from xml.etree import ElementTree

import pytest

from techprio.charts.svg import ON_DEMAND, svg_markup
from techprio.charts.svg_pair import Looks, joined_markup, svg_label

RULE = re.compile(r"\.([\w-]+)\{([^}]*)\}")
WORDS = {"vi": ("Hạ tầng & mạng", "Dữ liệu <dùng chung>"), "en": ("Networks & lines", "Data <shared>")}


def drawn(language, *, height=2.0):
    """Draw bars, a line on demand, marks and names; in Vietnamese one word more."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3, height))
    axes = figure.subplots()
    axes.bar([0, 1], [1, 2], color=["#0b5cad", "#b4530a"], hatch=["", "///"])
    axes.plot([0, 1], [0, 1 if language == "vi" else 2], gid=ON_DEMAND)
    axes.scatter([0, 1], [1, 2], marker="D")
    axes.set_xticks([0, 1], WORDS[language])
    if language == "vi":
        axes.text(0.5, 0.5, "chỉ tiếng Việt", fontsize=6)
    return svg_markup(figure, name=f"{language[0]}3-", label=f"Bars, {language}")


@pytest.fixture(scope="module")
def markups():
    return {language: drawn(language) for language in ("vi", "en")}


def joined_of(markups, looks=None):
    """Return the joined picture, and the looks of its page."""
    looks = looks or Looks()
    return joined_markup(markups, name="p3-", caption="said", looks=looks), looks


def seen(markup, language, looks=""):
    """Return what is seen in a language: every element with its look, what it is clipped by and uses."""
    root = ElementTree.fromstring(markup)
    rules = dict(RULE.findall(looks + "".join(one.text for one in root.findall("style"))))
    parts = {one.attrib["id"]: one for one in root.iter() if "id" in one.attrib}

    def resolved(words):
        return re.sub(r"url\(#([^)]+)\)", lambda found: said(parts[found[1]]), words)

    def said(element):
        attributes = {}
        for key, value in element.attrib.items():
            if key == "class":
                whole = ";".join(rules.get(one, one) for one in value.split())
                attributes["look"] = sorted(filter(None, resolved(whole).split(";")))
            elif key == "href":
                attributes["of"] = said(parts[value[1:]])
            elif key not in ("id", "lang"):
                attributes[key] = resolved(value)
        inside = "".join(map(said, element))
        return f"<{element.tag} {sorted(attributes.items())}>{element.text or ''}{inside}"

    def shown(elements):
        for one in elements:
            if one.get("lang", language) != language or one.tag == "style":
                continue
            if one.tag == "g" and "lang" in one.attrib:
                yield from shown(one)
            else:
                yield said(one)

    return list(shown(root))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_in_each_language_the_joined_picture_shows_what_was_drawn_in_it(markups, language):
    joined, looks = joined_of(markups)
    assert seen(joined, language, looks.style) == seen(markups[language], language)
    assert len(seen(joined, language)) > 10


def test_what_both_languages_draw_stands_once(markups):
    joined, looks = joined_of(markups)
    assert (joined + looks.style).count("0b5cad") == 1
    assert markups["vi"].count("0b5cad") + markups["en"].count("0b5cad") > 1
    for language, words in WORDS.items():
        for one in words:
            shown = ElementTree.fromstring(joined).findall(f".//text[@lang='{language}']")
            assert [each.text for each in shown].count(one) == 1
    assert len(joined + looks.style) < 0.75 * sum(map(len, markups.values()))


def test_no_part_has_two_meanings_and_none_is_missing(markups):
    joined, looks = joined_of(markups)
    ids = re.findall(r'id="([^"]+)"', joined)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"#(p3-p\d+)", joined)) == set(ids)
    worn = {one for said in re.findall(r'class="([^"]+)"', joined) for one in said.split()}
    assert worn - {"p3-", ON_DEMAND} == {name for name, _ in RULE.findall(joined + looks.style)}


def test_pictures_of_a_page_share_their_looks(markups):
    first, looks = joined_of(markups)
    alone = looks.style
    second, _ = joined_of({language: drawn(language) for language in markups}, looks)
    assert second == first
    assert looks.style == alone


def test_a_line_on_demand_that_differs_is_hidden_with_its_language(markups):
    root = ElementTree.fromstring(joined_of(markups)[0])
    for line in root.findall(f".//*[@class='{ON_DEMAND}']"):
        assert "lang" not in line.attrib
    assert len(root.findall(f".//*[@lang]//*[@class='{ON_DEMAND}']")) == 2


def test_pictures_of_two_sizes_stay_two(markups):
    assert joined_of({"vi": markups["vi"], "en": drawn("en", height=3.0)})[0] is None


def test_the_picture_is_named_by_its_caption(markups):
    root = ElementTree.fromstring(joined_of(markups)[0])
    assert root.attrib["aria-labelledby"] == "said"
    assert "aria-label" not in root.attrib
    assert svg_label(markups["en"]) == "Bars, en"
