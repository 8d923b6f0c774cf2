"""A file is written whole, beside what holds it open, or not at all."""

import os
from pathlib import Path

import pytest

from techprio.errors import InputError, TechprioWarning
from techprio.reporting import files
from techprio.reporting.files import put_file
from techprio.study.result import StudyResult


def test_new_content_replaces_the_old_and_leaves_nothing_over(tmp_path):
    place = tmp_path / "báo cáo" / "report.docx"
    assert put_file(place, b"one", "vi") == place
    assert put_file(place, b"two", "vi") == place
    assert place.read_bytes() == b"two"
    assert list(place.parent.iterdir()) == [place]


def test_a_disk_that_is_full_leaves_the_earlier_file(tmp_path, monkeypatch):
    place = tmp_path / "report.docx"
    place.write_bytes(b"earlier")

    def half(self, content):
        with self.open("wb") as stream:
            stream.write(content[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(InputError, match=r"report\.docx: cannot be written \(No space left on device\)"):
        put_file(place, b"later", "vi")
    assert place.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [place]


def test_a_file_that_is_open_elsewhere_is_kept_and_the_new_one_stands_beside(tmp_path, monkeypatch):
    place = tmp_path / "report.docx"
    place.write_bytes(b"open in Word")
    replace = os.replace

    def refuse(source, target):
        if Path(target).name == "report.docx":
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(files.os, "replace", refuse)
    with pytest.warns(TechprioWarning, match=r"report\.docx is open .* report \(2\)\.docx"):
        second = put_file(place, b"new", "en")
    assert (place.read_bytes(), second.read_bytes()) == (b"open in Word", b"new")
    assert sorted(tmp_path.iterdir()) == [second, place]


def test_a_place_that_cannot_be(tmp_path):
    with pytest.raises(InputError, match="found a folder; allowed: the name of a file"):
        put_file(tmp_path, b"x", "vi")
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(InputError, match="cannot be written"):
        put_file(tmp_path / "file" / "report.docx", b"x", "vi")


@pytest.mark.parametrize("writer", ["to_excel", "to_word", "to_html"])
def test_the_writers_of_a_result_write_whole_files(writer, run, tmp_path, monkeypatch):
    result = StudyResult(**{name: getattr(run, name) for name in run.__dataclass_fields__})
    made = {"to_excel": "workbook.workbook_bytes", "to_word": "word.document.document_bytes",
            "to_html": "page.html_page.page_bytes"}[writer]  # fmt: skip
    monkeypatch.setattr(f"techprio.reporting.{made}", lambda run, *, language: b"content")
    place = tmp_path / "result"
    place.write_bytes(b"earlier")
    monkeypatch.setattr(os, "replace", lambda source, target: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        getattr(result, writer)(place)
    assert place.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [place]
    monkeypatch.undo()
    monkeypatch.setattr(f"techprio.reporting.{made}", lambda run, *, language: b"content")
    assert getattr(result, writer)(place).read_bytes() == b"content"
