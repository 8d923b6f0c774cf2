"""Helps and errors of the command line in both languages, and which of the two is spoken."""

import re
import unicodedata

import click
import pytest
from click.testing import CliRunner

from techprio.cli import main

from ..commands import program, techprio

ENGLISH = re.compile(
    r"\b(the|of|and|or|is|are|for|from|with|without|this|that|each|every|when|what|which|write|show|"
    r"else|instead|not|no|such|missing|invalid|value|usage|option|options|argument|error|required|default)\b"
)
VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỵỷỹ]", re.IGNORECASE)


def _commands(group, path=()):
    yield path
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from _commands(found, (*path, name))
        else:
            yield (*path, name)


COMMANDS = list(_commands(main))
TYPED = "|".join(sorted({re.escape(name) for path in COMMANDS for name in path}))
"""The names of the commands, which are the same in every language."""


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_is_in_the_language_that_was_asked_for(path, tmp_path):
    vietnamese = techprio(*path, "--help", "--lang", "vi", cwd=tmp_path)
    english = techprio("--lang", "en", *path, "--help", cwd=tmp_path)
    assert (vietnamese.returncode, english.returncode) == (0, 0)
    prose = re.sub(r"--[\w-]+|\[[\w-]+(\|[\w-]+)+\]|\w+=\w+|\b(" + TYPED + r")\b", "", vietnamese.stdout)
    assert not ENGLISH.findall(prose)
    assert not VIETNAMESE.findall(english.stdout.replace("AGR=Nông nghiệp,ENE=Năng lượng", ""))
    assert vietnamese.stdout.count("\n  ") >= english.stdout.count("\n  --")


WRONG = [
    (["rnak"], "No such command 'rnak'; did you mean rank?"),
    (["zzz"], "No such command 'zzz'."),
    (["run", "lai-chau", "--sed", "1"], "No such option"),
    (["run"], "Missing argument 'STUDY'."),
    (["forms", "make", "lai-chau", "--out", "x"], "Missing option '--experts'."),
    (["run", "lai-chau", "--draws"], "Option '--draws' requires an argument."),
    (["run", "lai-chau", "--certify=3"], "Option '--certify' does not take a value."),
    (["run", "lai-chau", "--seed", "x"], "'x' is not a valid integer"),
    (["run", "lai-chau", "--draws", "0"], "0 is not in the range x>=1."),
    (["check", "lai-chau", "--lang", "fr"], "'fr' is not one of 'vi', 'en'."),
    (["check", "a", "b"], "Got unexpected extra argument (b)"),
    (["monitor", "lai-chau", "--plan", "nowhere"], "Directory 'nowhere' does not exist."),
    (["run", "lai-chau", "--files", "pdf"], "found pdf; allowed: workbook"),
    (["compare", "a", "b", "--renamed", "A"], "found A; allowed: OLD=NEW"),
    (["forms", "make", "x", "--experts", "e", "--out", "o", "--consensus", "share"], "allowed: share="),
    (
        ["forms", "read", "x", "y", "--experts", "e", "--sent", "s", "--out", "o", "--prefer", "e"],
        "EXPERT=FILE",
    ),
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=[words for _, words in WRONG])
def test_wrong_use_is_said_in_both_languages(arguments, words, tmp_path):
    english = techprio(*arguments, cwd=tmp_path, LANG="en_US.UTF-8")
    vietnamese = techprio(*arguments, cwd=tmp_path, LANG="vi_VN.UTF-8")
    assert (english.returncode, vietnamese.returncode) == (2, 2)
    assert words in english.stderr
    assert not ENGLISH.findall(re.sub(r"'[^']*'|--[\w-]+|\w+=|workbook.*none", "", vietnamese.stderr))
    assert VIETNAMESE.search(vietnamese.stderr)
    assert english.stdout == vietnamese.stdout == ""
    assert not list(tmp_path.iterdir())


STOPPED = [
    (["check", "lai-chua"], "no such folder or file", "không có thư mục hay tệp này"),
    (["rank", "lai-chau", "--sector", "AGRI"], "did you mean AGR?", "AGR"),
    (["rank", "lai-chau", "--explain", "AGR01", "TOU01"], "one ranked sector", "cùng một ngành"),
    (["weights", "nothing.csv"], "nothing.csv", "nothing.csv"),
    (["survey", "lai-chau", "--swot", "none.csv"], "none.csv", "none.csv"),
]


@pytest.mark.parametrize(
    ("arguments", "english", "vietnamese"), STOPPED, ids=[" ".join(a) for a, *_ in STOPPED]
)
def test_what_stops_the_work_is_said_in_both_languages(arguments, english, vietnamese, tmp_path):
    done = techprio(*arguments, "--lang", "en", cwd=tmp_path)
    other = techprio(*arguments, "--lang", "vi", cwd=tmp_path)
    assert (done.returncode, other.returncode) == (1, 1)
    assert english in done.stderr
    assert vietnamese in other.stderr
    assert not ENGLISH.findall(other.stderr.replace(arguments[-1], ""))


def test_option_then_variable_then_locale(tmp_path):
    def spoken(*arguments, **environment):
        return techprio(*arguments, "--help", cwd=tmp_path, **environment).stdout.split()[0]

    english, vietnamese = "Usage:", "Cách"
    assert spoken() == vietnamese
    assert spoken(LANG="en_GB.UTF-8") == english
    assert spoken(LANG="en_GB.UTF-8", LC_ALL="vi_VN.UTF-8") == vietnamese
    assert spoken(LANG="fr_FR.UTF-8") == spoken(LANG="C") == vietnamese
    assert spoken(LANG="vi_VN.UTF-8", TECHPRIO_LANGUAGE="en") == english
    assert spoken("--lang", "vi", TECHPRIO_LANGUAGE="en") == vietnamese
    assert spoken("run", "--lang=en", TECHPRIO_LANGUAGE="vi") == english


def test_language_of_the_variable_that_is_none_is_an_error(tmp_path):
    done = techprio("check", "lai-chau", cwd=tmp_path, TECHPRIO_LANGUAGE="fr")
    assert done.returncode == 1
    assert "'fr'" in done.stderr


def test_study_with_english_names_alone_speaks_english(tmp_path):
    file = tmp_path / "study.yaml"
    assert techprio("example", "lai-chau", "mine", cwd=tmp_path).returncode == 0
    (file,) = tmp_path.glob("mine/catalogs/*/study.yaml")
    lines = re.sub(r"vi: [^,}]+, en: ", "en: ", file.read_text(encoding="utf-8"))
    file.write_text(lines, encoding="utf-8")
    assert "vi:" not in lines.split("gates")[0]
    assert "rank" in techprio("rank", file.parent, "--sector", "AGR", cwd=tmp_path).stdout.lower()


def test_stopping_by_the_user_has_its_own_status(tmp_path, monkeypatch):
    monkeypatch.setattr("techprio.inputs.shipped.find_study", _raise(KeyboardInterrupt))
    assert techprio("check", "lai-chau", cwd=tmp_path).returncode == 130


def test_mistakes_of_the_program_are_not_swallowed(monkeypatch):
    monkeypatch.setattr("techprio.inputs.shipped.find_study", _raise(RuntimeError("a mistake")))
    done = CliRunner().invoke(main, ["check", "lai-chau"])
    assert isinstance(done.exception, RuntimeError)


def _raise(error):
    def stop(*arguments):
        raise error

    return stop


@pytest.mark.parametrize(
    ("encoding", "word"),
    [("cp1258", "Lỗi"), ("cp1252", "Lôi"), ("cp437", "Lôi"), ("utf-8", "Lỗi")],
)
def test_code_pages_get_the_nearest_signs(encoding, word, tmp_path):
    done = program("rnak", "--lang", "vi", cwd=tmp_path, encoding=encoding)
    assert done.returncode == 2
    assert word in unicodedata.normalize("NFC", done.stderr)
    assert done.stderr.count("?") == 1  # that of the question itself
