"""What people write in place of a choice."""

import pytest

import techprio as tp
from techprio.forms.spoken import SpokenScale, degree_meant, is_equal, is_unknown


@pytest.mark.parametrize(
    "words", ["=", "bằng nhau", "Ngang nhau", "ngang bằng", "như  nhau", "Quan trọng như nhau", "equal"]
)
def test_equal(words):
    assert is_equal(words)
    assert not is_unknown(words)


@pytest.mark.parametrize(
    "words",
    ["không biết", "KHÔNG BIẾT", "khong biet", "?", "kb", "ko biết", "Chưa rõ", "Don't know", "don’t know"],
)
def test_unknown(words):
    assert is_unknown(words)
    assert not is_equal(words)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("5", (5, None, None)),
        ("5.0", (5, None, None)),
        ("5 - quan trọng hơn rõ rệt", (5, None, None)),
        ("rõ rệt", (5, None, None)),
        ("Clearly more important", (5, None, None)),
        ("4-9", (6, 4, 9)),
        ("9 – 4", (6, 4, 9)),
        ("4 hoặc 9", (6, 4, 9)),
        ("4 or 9", (6, 4, 9)),
        ("từ 4 đến 9", (6, 4, 9)),
        ("hơi hơn hoặc rõ rệt", (15**0.5, 3, 5)),
        ("3 - 5", (15**0.5, 3, 5)),
        ("5 – rõ rệt", (5, None, None)),
    ],
)
def test_degrees(words, span):
    found = degree_meant(words)
    assert (pytest.approx(found.value), found.low, found.high) == span


@pytest.mark.parametrize(
    "words", ["", "1", "12", "1/3", "-3", "0", "3.5", "A", "5 - rất nhiều", "3-12", "ba"]
)
def test_no_degree(words):
    assert degree_meant(words) is None


@pytest.fixture
def criteria(small_study):
    return small_study.criteria.by_id


@pytest.mark.parametrize(
    ("criterion", "words", "span"),
    [
        ("F1", "4", (4, None, None)),
        ("F1", "5 - tốt", (5, None, None)),
        ("F1", "Tốt", (5, None, None)),
        ("F1", "good", (5, None, None)),
        ("F1", "4 - giữa 3 và 5", (4, None, None)),
        ("F1", "5 – tốt", (5, None, None)),
        ("F1", "bậc 4", (4, None, None)),
        ("F1", "3 – 5", (4, 3, 5)),
        ("F1", "3-5", (4, 3, 5)),
        ("F1", "3 hoặc 4", (3.5, 3, 4)),
        ("F1", "4 or 3", (3.5, 3, 4)),
        ("F1", "3,5", (3.5, 3, 4)),
        ("F1", "vừa đến tốt", (4, 3, 5)),
        ("F3", "12", (12, None, None)),
        ("F3", "12 tháng", (12, None, None)),
        ("F3", "6-12 months", (9, 6, 12)),
        ("F3", "từ 6 đến 12", (9, 6, 12)),
        ("J", "100-10000", (1000, 100, 10000)),  # the middle on the logarithmic scale
        ("J", "1 500 việc làm", (1500, None, None)),
    ],
)
def test_scores(criteria, criterion, words, span):
    found = SpokenScale(criteria[criterion]).meant(words)
    assert (pytest.approx(found.value), found.low, found.high) == span


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        ("F1", "6"), ("F1", "0-3"), ("F1", "3.4"), ("F1", "5 - kém"), ("F1", "rất"), ("F1", "-"),
        ("F1", "3-"),
        ("J", "1.500"), ("J", "1,500"), ("J", "20000"), ("J", "nhiều"), ("J", "1.500-2.000"), ("F3", "61"),
    ],
)  # fmt: skip
def test_no_score(criteria, criterion, words):
    assert SpokenScale(criteria[criterion]).meant(words) is None


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("-2", (-2, None, None)), ("\u22122", (-2, None, None)), ("-2 - xấu", (-2, None, None)),
        ("-1 - giữa \u22122 và 2", (-1, None, None)),
        ("1 - giữa -2 và 2", (1, None, None)), ("xấu (-2)", (-2, None, None)), ("-2 - -1", (-1.5, -2, -1)),
        ("-1 hoặc 0", (-0.5, -1, 0)), ("từ -2 đến 2", (0, -2, 2)), ("-1.5", (-1.5, -2, -1)),
    ],
)  # fmt: skip
def test_levels_below_zero(words, span):
    anchors = {-2: tp.Label("xấu", "bad"), 2: tp.Label("tốt", "good")}
    scale = tp.Scale("ordinal", -2, 2)
    assert SpokenScale(tp.Criterion("L", direction="max", scale=scale, anchors=anchors)).meant(words) == span


@pytest.mark.parametrize(
    ("words", "span"),
    [("-15", (-15, None, None)), ("-1,5 điểm", (-1.5, None, None)), ("-20 - -10", (-15, -20, -10)),
     ("-10-20", (5, -10, 20)), ("- 5", None), ("-101", None), ("-1.500", None)],
)  # fmt: skip
def test_numbers_below_zero(words, span):
    scale = tp.Scale("interval", -100, 100)
    assert SpokenScale(tp.Criterion("N", direction="max", scale=scale, unit="points")).meant(words) == span


@pytest.mark.parametrize("ends", [(1, 5), (-2, 2), (0, 10)])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_entry_of_the_own_list_is_read(ends, language):
    from techprio.forms.questions import level_words

    anchors = {end: tp.Label(f"mức {end}", f"level {end}") for end in ends}
    leaf = tp.Criterion("L", direction="max", scale=tp.Scale("ordinal", *ends), anchors=anchors)
    scale = SpokenScale(leaf)
    for level in range(ends[0], ends[1] + 1):
        words = level_words(leaf, level)
        words = words if isinstance(words, str) else words.render(language)
        assert scale.meant(words) == (level, None, None), words


def test_a_level_without_words_lies_between_its_neighbours(criteria):
    from techprio.forms.questions import level_words

    words = level_words(criteria["F1"], 2)
    assert (words.render("vi"), words.render("en")) == ("2 - giữa 1 và 3", "2 - between 1 and 3")
