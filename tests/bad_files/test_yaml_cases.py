"""YAML as people write it: nothing guessed, every fault with line and column (cases of CASES.md)."""

import pytest

from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.yaml_reader import read_yaml


def read(words):
    diagnostics = Diagnostics()
    value = read_yaml(words.encode() if isinstance(words, str) else words, "project.yaml", diagnostics)
    return value, diagnostics


def told(diagnostics):
    for problem in diagnostics.problems:
        assert problem.file == "project.yaml"
        assert problem.render("vi") != problem.render("en")
    return [(problem.code, str(problem.place)) for problem in diagnostics.problems]


# 083
def test_ratio_is_no_number_of_base_sixty():
    words = (
        "judgements:\n  - {left: KT, value: 3:1}\n  - {left: KT, value: 1:3}\n  - {left: XH, value: 1/5}\n"
    )
    value, diagnostics = read(words)
    items = [item.fields(("left", "value")) for item in value.fields(("judgements",))["judgements"].items()]
    assert [item["value"].text() for item in items] == ["3:1", "1:3", "1/5"]
    assert [item["value"].number() for item in items] == [None, None, None]
    assert told(diagnostics) == [
        ("Y206", "line 2, column 23"), ("Y206", "line 3, column 23"), ("Y206", "line 4, column 23")
    ]  # fmt: skip


# 084
def test_codes_stay_as_written():
    words = (
        "alternatives:\n  - {id: NO}\n  - {id: on}\n  - {id: 010}\n  - {id: 1_000}\n  - {id: 2026-01-05}\n"
    )
    value, diagnostics = read(words)
    items = value.fields(("alternatives",))["alternatives"].items()
    assert [item.fields(("id",))["id"].text() for item in items] == ["NO", "on", "010", "1_000", "2026-01-05"]
    assert not len(diagnostics)


@pytest.mark.parametrize("word", ["on", "off", "1", "0", "tru", "tRUE", "ja", "[true]", "{a: 1}"])
def test_flag_is_true_or_false_only(word):
    value, diagnostics = read(f"top: {word}\n")
    assert value.fields(("top",))["top"].flag() is None
    assert told(diagnostics) == [("Y208", "line 1, column 6")]


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        (["true", "True", "TRUE", "yes", "có", "Đúng"], True),
        (["false", "FALSE", "no", "không", "sai"], False),
    ],
)
def test_flag_is_a_word_of_yaml_or_of_the_language(words, flag):
    for word in words:
        value, diagnostics = read(f"top: {word}\n")
        assert value.fields(("top",))["top"].flag() is flag
        assert not len(diagnostics)


# 085
def test_exponents_are_numbers():
    value, diagnostics = read("simulation:\n  tolerance: 1e-6\n  draws: 1e5\n  seed: 7\n")
    keys = value.fields(("simulation",))["simulation"].fields(("tolerance", "draws", "seed"))
    assert (keys["tolerance"].number(), keys["draws"].integer(), keys["seed"].integer()) == (1e-6, 100000, 7)
    assert not len(diagnostics)


# 087
def test_tab_stops_and_decimal_comma_is_told():
    words = "weights:\n  Kinh tế: 0,35\n  Xã hội: 0.65\n{}Môi trường: 0\n"
    value, diagnostics = read(words.format("\t"))
    assert value is None
    ((code, place),) = told(diagnostics)
    assert code == "Y201"
    assert place.startswith("line 4")
    assert str(diagnostics.problems[0].proposal) == "indent with blanks, never with a tab"
    value, diagnostics = read(words.format("  "))
    numbers = [item.number() for _, item in value.fields(("weights",))["weights"].entries()]
    assert numbers == [None, 0.65, 0]
    assert told(diagnostics) == [("Y206", "line 2, column 12")]
    assert str(diagnostics.problems[0].proposal) == "write 0.35"


# 109
def test_decimal_comma_inside_braces():
    value, diagnostics = read("criteria:\n  - {id: KT, weight: 0,65}\n  - {id: XH, weight: 0,35}\n")
    for item in value.fields(("criteria",))["criteria"].items():
        item.fields(("id", "weight"))
    assert told(diagnostics) == [("Y203", "line 2, column 24"), ("Y203", "line 3, column 24")]
    for problem in diagnostics.problems:
        assert "decimal comma" in problem.render("en")
        assert "dấu phẩy thập phân" in problem.render("vi")


def test_doubled_key_names_both_lines():
    value, diagnostics = read("seed: 1\ntop: 5\nseed: 2\n")
    value.fields(optional=("seed", "top"))
    assert told(diagnostics) == [("Y202", "line 3, column 1")]
    assert str(diagnostics.problems[0].found) == "lines 1 and 3"


def test_doubled_key_in_other_letters():
    value, diagnostics = read("Môi trường: 1\nMo\u0302i trươ\u0300ng: 2\n")
    value.entries()
    assert told(diagnostics) == [("Y202", "line 2, column 1")]


def test_misspelt_key_has_its_near_name():
    value, diagnostics = read("ranking:\n  metod: topsis\n")
    value.fields(("ranking",))["ranking"].fields(("method",), ("top",))
    assert told(diagnostics) == [("Y203", "line 2, column 3")]
    assert str(diagnostics.problems[0].proposal) == "did you mean method?"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "T103"), ("# nothing\n", "T103"), ("a: [1, 2\n", "Y201"), ("a: &x 1\nb: *x\n", "Y209"),
        ("a: !!python/object:os.system x\n", "Y209"), ("- 1\n", "Y205"), ("a: 1\n---\nb: 2\n", "Y201"),
        ("Môi tr\u01b0\u1eddng".encode("utf-16"), "Y205"), (b"a: \xff\xfe\n", "T104"),
        ("[" * 5000, "Y201"),
        ("a: \x0b\n", "Y201"),
    ],
)  # fmt: skip
def test_what_is_no_mapping_is_told(words, code):
    value, diagnostics = read(words)
    if value is not None:
        value.fields()
    assert [problem.code for problem in diagnostics.problems] == [code]
    told(diagnostics)
