"""A result folder holds the old result or the new one, whatever happens while it is written."""

import json
import os
import shutil

import pytest

import techprio as tp
from techprio.reporting import result_folder
from techprio.reporting.result_folder import open_result_folder, replace_result

OLD = {"priorities.csv": b"old", "charts/a.png": b"old", "gone.csv": b"old"}
NEW = {"priorities.csv": b"new", "charts/a.png": b"new", "charts/b.png": b"new"}
STEPS = ("rename", "replace", "mkdir", "rmdir", "unlink", "open")


def with_record(files):
    return {**files, "run.json": json.dumps({"files": [*files, "run.json"]}).encode()}


def content(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def write(folder, files):
    return replace_result(open_result_folder(folder), with_record(files), "en")


def killed_at(number, action):
    """Do an action in a process of its own that ends at once before its step of that number.

    A step is a call that changes the disk. Returns whether the process was killed.
    """
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] != 0
    left = [number]

    def counted(function):
        def step(*args, **options):
            left[0] -= 1
            if left[0] == 0:
                os._exit(9)
            return function(*args, **options)

        return step

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
    result_folder._exchange = counted(result_folder._exchange)
    shutil.copy2 = counted(shutil.copy2)
    try:
        action()
    except BaseException:
        os._exit(7)
    os._exit(0)


@pytest.mark.parametrize("one_step", [True, False], ids=["names exchanged", "moved aside"])
def test_result_is_old_or_new_after_a_kill_at_any_step(tmp_path, monkeypatch, one_step):
    if not one_step:
        monkeypatch.setattr(result_folder, "_exchange", lambda fresh, target: False)
    old = {**with_record(OLD), "notes of mine.txt": b"mine"}
    new = {**with_record(NEW), "notes of mine.txt": b"mine"}
    kills = 0
    for number in range(1, 200):
        target = tmp_path / f"run-{number}" / "results"
        write(target, OLD)
        (target / "notes of mine.txt").write_bytes(b"mine")
        killed = killed_at(number, lambda folder=target: write(folder, NEW))
        if one_step:
            assert content(target) in (old, new)
        open_result_folder(target)  # the next run puts right what is left
        assert content(target) in (old, new)
        assert [one.name for one in target.parent.iterdir()] == ["results"]
        kills += killed
        if not killed:
            assert content(target) == new
            break
    assert kills >= 8


def test_files_of_others_stay_and_files_of_the_last_run_go(tmp_path):
    target = tmp_path / "results"
    write(target, OLD)
    (target / "charts" / "mine.png").write_bytes(b"mine")
    (target / "empty").mkdir()
    written = write(target, NEW)
    assert content(target) == {**with_record(NEW), "charts/mine.png": b"mine"}
    assert (target / "empty").is_dir()
    assert written == sorted(target / name for name in with_record(NEW))


def test_folder_that_the_terminal_stands_in_is_filled(tmp_path, monkeypatch):
    target = tmp_path / "results"
    write(target, OLD)
    monkeypatch.chdir(target)
    write(".", NEW)
    assert content(target) == with_record(NEW)


def test_folder_open_in_another_program_gives_a_second_one(tmp_path, monkeypatch):
    target = tmp_path / "results"
    write(target, OLD)
    rename = os.rename

    def refuses_as_windows_does(source, place):
        if os.fspath(source) == os.fspath(target):
            raise PermissionError(13, "The process cannot access the file", str(source))
        rename(source, place)

    monkeypatch.setattr(result_folder, "_exchange", lambda fresh, target: False)
    monkeypatch.setattr(os, "rename", refuses_as_windows_does)
    with pytest.warns(tp.TechprioWarning, match=r"results is open in another program.*results \(2\)"):
        written = write(target, NEW)
    assert content(target) == with_record(OLD)
    assert content(tmp_path / "results (2)") == with_record(NEW)
    assert written[0].parent.name in ("results (2)", "charts")


def a_file(tmp_path):
    (tmp_path / "results").write_bytes(b"")
    return tmp_path / "results"


def below_a_file(tmp_path):
    (tmp_path / "note.txt").write_bytes(b"")
    return tmp_path / "note.txt" / "deep" / "results"


PLACES = {
    "a file": (a_file, "found a file"),
    "below a file": (below_a_file, "note.txt: found a file"),
    "a name too long": (lambda folder: folder / ("x" * 300), "a name of more than 255 bytes"),
    "a name too long in Vietnamese": (lambda folder: folder / ("ộ" * 100), "a name of more than 255 bytes"),
}


@pytest.mark.parametrize("place", PLACES)
def test_place_that_cannot_be_used_is_said_before_the_work(tmp_path, place):
    make, words = PLACES[place]
    with pytest.raises(tp.InputError, match=words):
        open_result_folder(make(tmp_path))


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), PermissionError(13, "Permission denied")]
)
def test_disk_that_refuses_leaves_the_old_result(tmp_path, monkeypatch, error):
    target = tmp_path / "results"
    write(target, OLD)

    def refuse(*args, **options):
        raise error

    prepared = open_result_folder(target)
    monkeypatch.setattr("pathlib.Path.write_bytes", refuse)
    with pytest.raises(tp.InputError, match=error.strerror):
        replace_result(prepared, with_record(NEW), "en")
    assert content(target) == with_record(OLD)
    assert [one.name for one in tmp_path.iterdir()] == ["results"]


def test_full_disk_is_said_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda place: shutil._ntuple_diskusage(10, 10, 3_000_000))
    with pytest.raises(tp.InputError, match="3 MB are free, 20 MB are needed"):
        open_result_folder(tmp_path / "results")
