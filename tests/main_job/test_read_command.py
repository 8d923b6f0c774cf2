"""``techprio read``: every reader of a free table from the command line, with the same overrides."""

import csv
import io

import pytest

from ..bad_files.test_overrides import READERS, ROOT
from ..commands import techprio

KINDS = {
    "scores": ("scores",), "answers": ("answers", "--scale", "1..5"), "ticks": ("ticks",),
    "weights": ("weights",), "square": ("pairwise",), "survey": ("pairwise",), "statements": ("pairwise",),
    "prerequisites": ("prerequisites", "--none-words", "-"),
    "successors": ("prerequisites", "--none-words", "-"),
    "matrix of marks": ("prerequisites", "--arrow", "needs"), "experts": ("experts",),
    "catalogue": ("catalogue",),
    "firms": ("survey", "--instrument", str(ROOT / "criteria/circular17.yaml")),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_every_reader_is_reached_and_overridden(name, tmp_path):
    """A line that is left out gives what the sound table gives, and stands among what was left out."""
    words = READERS[name][2]
    (tmp_path / "sound.csv").write_text(words, encoding="utf-8")
    lines = words.splitlines()
    lines.insert(2, ",".join("?!" for _ in lines[0].split(",")))
    (tmp_path / "odd.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    kind, *further = KINDS[name]
    read = [
        techprio(
            "read", f"{file}.csv", "--as", kind, *further, *asked, "--csv", f"{file}.read", "--lang", "en",
            cwd=tmp_path,
        )
        for file, asked in (("sound", ()), ("odd", ("--skip-rows", "3")))
    ]  # fmt: skip
    assert [one.returncode for one in read] == [0, 0], read[-1].stderr
    assert "left out as asked" in read[1].stdout
    sound, odd = (list(csv.reader(io.StringIO((tmp_path / f"{one}.read").read_text("utf-8-sig"))))
                  for one in ("sound", "odd"))  # fmt: skip
    assert len(sound) > 1
    assert [[cell.replace("sound", "odd") for cell in row] for row in sound] == odd


@pytest.mark.parametrize("name", ["scores", "ticks", "square", "statements", "successors", "experts"])
def test_what_shows_itself_needs_no_kind(name, tmp_path):
    (tmp_path / "table.csv").write_text(READERS[name][2].replace(",-,", ",,"), encoding="utf-8")
    done = techprio("read", "table.csv", "--lang", "vi", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("table.csv: ")


def test_what_can_be_two_things_is_asked(tmp_path):
    for words, kinds in (
        (READERS["answers"][2], "scores, answers"), ("criterion,cost\nA,0.4\nB,0.6\n", "scores, weights"),
    ):  # fmt: skip
        (tmp_path / "table.csv").write_text(words, encoding="utf-8")
        done = techprio("read", "table.csv", "--lang", "en", cwd=tmp_path)
        assert done.returncode == 1
        assert f"can be read as {kinds}; --as decides" in done.stderr


def test_what_is_missing_is_asked_for(tmp_path):
    (tmp_path / "links.csv").write_text(READERS["arrows"][2], encoding="utf-8")
    assert "T136" in techprio("read", "links.csv", "--lang", "en", cwd=tmp_path).stderr
    (tmp_path / "answers.csv").write_text(READERS["answers"][2], encoding="utf-8")
    assert "--scale 1..5" in techprio("read", "answers.csv", "--as", "answers", cwd=tmp_path).stderr
    wrong = techprio(
        "read", "answers.csv", "--as", "scores", "--arrow", "needs", "--lang", "en", cwd=tmp_path
    )
    assert (wrong.returncode, "prerequisites for --arrow" in wrong.stderr) == (2, True)
    (tmp_path / "words.csv").write_text("a,b\nc,d\n", encoding="utf-8")
    none = techprio("read", "words.csv", "--lang", "en", cwd=tmp_path)
    assert (none.returncode, "no table that is known" in none.stderr) == (1, True)
