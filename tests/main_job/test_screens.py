"""Screens of the commands: width of the terminal, pipes, colours, code pages, languages."""

import re
import unicodedata

import pytest

from ..commands import program, techprio

SHOWN = [
    ("rank", "--sector", "AGR"),
    ("rank", "--explain", "AGR01", "AGR02"),
    ("weights",),
    ("survey",),
    ("check",),
]
ENGLISH = re.compile(
    r"\b(the|of|and|or|is|are|for|from|with|rank|score|sector|technology|expert|criterion|weight|name|level|"
    r"firms|points|consistency|look again|yes|moderate|panel|overall|difference|value)\b"
)


@pytest.mark.parametrize("arguments", SHOWN, ids=" ".join)
def test_vietnamese_screen_has_no_english_and_fits_the_terminal(arguments, trimmed_folder):
    command, *rest = arguments
    shown, folder = (command, ".", *rest, "--lang", "vi"), trimmed_folder
    narrow = techprio(*shown, cwd=folder, COLUMNS="60")
    wide = techprio(*shown, cwd=folder, COLUMNS="200")
    piped = techprio(*shown, cwd=folder)
    assert (narrow.returncode, wide.returncode, piped.returncode) == (0, 0, 0)
    assert max(map(len, narrow.stdout.splitlines())) <= 60
    assert max(map(len, wide.stdout.splitlines())) <= 200
    assert not ENGLISH.findall(piped.stdout.replace("reference", ""))
    assert not re.search(r"[ \t]$|\x1b", piped.stdout, re.MULTILINE)


def test_figures_have_the_sign_of_the_language(tmp_path):
    english = techprio("rank", "lai-chau", "--sector", "TOU", "--lang", "en", cwd=tmp_path).stdout
    vietnamese = techprio("rank", "lai-chau", "--sector", "TOU", "--lang", "vi", cwd=tmp_path).stdout
    scores = re.findall(r"0\.\d{3}$", english, re.MULTILINE)
    assert len(scores) == 13
    assert [score.replace(",", ".") for score in re.findall(r"0,\d{3}$", vietnamese, re.MULTILINE)] == scores


CODE_PAGES = [("cp1258", "Du lịch"), ("cp1252", "Du lich"), ("cp437", "Du lich")]


@pytest.mark.parametrize(("encoding", "name"), CODE_PAGES)
def test_every_code_page_can_show_a_list(encoding, name, tmp_path):
    done = program("rank", "lai-chau", "--sector", "TOU", "--lang", "vi", cwd=tmp_path, encoding=encoding)
    assert done.returncode == 0, done.stderr
    assert name in unicodedata.normalize("NFC", done.stdout)
    assert "?" not in done.stdout


def test_a_list_in_two_languages_and_what_was_written(shipped_run):
    folder, shown = shipped_run
    assert "Hạng" in shown
    assert str(folder.name) in shown
