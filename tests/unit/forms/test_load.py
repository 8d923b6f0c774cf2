"""How long forms take, and splits under which every score is asked of three."""

import pandas as pd
import pytest

import techprio as tp
from techprio.forms.load import load_lines, load_of, propose_split
from techprio.forms.questions import ordered_pairs, pairs_of
from techprio.forms.tables import is_connected


@pytest.fixture(scope="module")
def study():
    return tp.example("lai-chau")


def everybody(study, count):
    sectors = tuple(sector.code for sector in study.catalog.sectors)
    return [tp.forms.Expert(f"e{n}", f"N{n}", "g", sectors) for n in range(count)]


def test_questions_and_minutes(study):
    load = load_of(study, tp.forms.Expert("e", "E", "g", ("LOG",)))
    assert (load.pairs, load.scores) == (24, 168)
    assert load.minutes == round((24 * 12 + 168 * 8) / 60)
    assert load.words.render("en") == "24 comparisons, about 5 min · 168 scores, about 22 min"


@pytest.mark.parametrize("count", [3, 9, 21])
def test_a_split_asks_every_score_of_three_and_spreads_the_work(study, count):
    experts = everybody(study, count)
    split = propose_split(study, experts)
    asked = [code for codes in split.values() for code in codes]
    assert {code: asked.count(code) for code in set(asked)} == {s.code: 3 for s in study.catalog.sectors}
    sizes = {s.code: len(study.catalog.technologies_of(s.code)) for s in study.catalog.sectors}
    loads = [sum(sizes[code] for code in codes) for codes in split.values()]
    assert max(loads) - min(loads) <= max(sizes.values())


def test_own_sectors_come_first_and_others_fill_up(study):
    experts = [tp.forms.Expert(f"a{n}", "A", "g", ("AGR",)) for n in range(3)]
    experts += [tp.forms.Expert("b", "B", "g", ("LOG",))]
    split = propose_split(study, experts)
    assert all("AGR" in split[f"a{n}"] for n in range(3))
    assert sum("LOG" in codes for codes in split.values()) == 3
    assert "LOG" in split["b"]


def test_the_lines_warn_above_thirty_minutes(study):
    said = [line.render("en") for line in load_lines(study, everybody(study, 21))]
    assert said[21].startswith("above 30 minutes: e0, e1")
    assert said[22] == "sectors so that every score is asked of at least 3:"
    assert len(said) == 44
    few = [line.render("en") for line in load_lines(study, everybody(study, 3))]
    assert few[-1].startswith("no split of the sectors makes it shorter")
    short = load_lines(study, [tp.forms.Expert("e", "E", "g")])
    assert [line.render("vi") for line in short] == ["e: 24 so sánh, khoảng 5 phút"]


def flat(size):
    names = [f"C{n:02}" for n in range(size)]
    heads = tuple(tp.Criterion(name, direction="max", scale=tp.Scale("ordinal", 1, 5)) for name in names)
    tree = tp.CriteriaTree("t", "root", heads)
    catalog = tp.Catalog.from_frame(
        pd.DataFrame({"sector": ["S"], "cost": [1.0]}, index=["T1"]),
        pd.DataFrame(3, index=["T1"], columns=names), tree,
    )  # fmt: skip
    return tp.Study(catalog, weights=dict.fromkeys(names, 1 / size))


@pytest.mark.parametrize("size", [2, 3, 4, 5, 6, 7, 8, 9, 12, 15])
def test_large_groups_are_asked_by_a_connected_design(size):
    study = flat(size)
    pairs = pairs_of(study)
    names = study.criteria.hierarchy["root"]
    assert len(pairs) == (size * (size - 1) // 2 if size <= 7 else 2 * size)
    assert is_connected(names, [(pair.one, pair.other) for pair in pairs])
    for left_out in pairs if size > 7 else ():  # one "don't know" does not break it
        rest = [(pair.one, pair.other) for pair in pairs if pair != left_out]
        assert is_connected(names, rest)


@pytest.mark.parametrize("code", ["e1", "e2", "e3"])
@pytest.mark.parametrize("size", [3, 5, 6, 7, 9, 12])
def test_no_criterion_stands_first_too_often(size, code):
    study, expert = flat(size), tp.forms.Expert(code, "E", "g")
    asked = ordered_pairs(study, expert)
    assert asked == ordered_pairs(study, expert)
    for name in study.criteria.hierarchy["root"]:
        own = [(pair.other if turned else pair.one) == name for pair, turned in asked if name in pair[1:]]
        assert sum(own) <= 0.6 * len(own) + 1e-9
