"""A study as one workbook gives the lists of the folder, and its result carries the workbook."""

from ..commands import techprio
from .conftest import SMALL


def test_workbook_gives_the_same_lists_and_runs_again_from_its_inputs(trimmed_folder, small_run, tmp_path):
    folder = small_run
    made = techprio("convert", trimmed_folder, "study.xlsx", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    told = techprio("check", "study.xlsx", "--lang", "vi", cwd=tmp_path)
    assert told.stdout.startswith("study.xlsx: số liệu hiện có không có lỗi\n\nBáo cáo còn thiếu ")
    assert "goals.csv" in told.stdout
    first = techprio("run", "study.xlsx", "--files", "workbook", "--out", "first", *SMALL, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert sorted(f.name for f in (tmp_path / "first" / "inputs").iterdir()) == [
        "snapshot.json",
        "study.xlsx",
    ]
    for name in ("priorities.csv", "plan.csv"):
        assert (tmp_path / "first" / name).read_bytes() == (folder / name).read_bytes(), name
    second = techprio("run", "first/inputs", "--files", "workbook", "--out", "second", *SMALL, cwd=tmp_path)
    assert second.returncode == 0, second.stderr
    for name in ("priorities.csv", "plan.csv", "run.json"):
        again = (tmp_path / "second" / name).read_bytes()
        assert again == (tmp_path / "first" / name).read_bytes(), name
    compared = techprio("compare", folder, "first", "--no-plan", "--lang", "en", cwd=tmp_path)
    assert compared.returncode == 0, compared.stderr
    assert "nothing that the ranking uses has changed" in compared.stdout


def test_the_commands_of_one_step_read_a_workbook(trimmed_folder, tmp_path):
    assert techprio("convert", trimmed_folder, "study.xlsx", "--lang", "en", cwd=tmp_path).returncode == 0
    for arguments in (
        ("rank", "study.xlsx", "--sector", "AGR"),
        ("weights", "study.xlsx"),
        ("survey", "study.xlsx"),
    ):
        by_book = techprio(*arguments, "--lang", "en", cwd=tmp_path)
        by_name = techprio(arguments[0], trimmed_folder, *arguments[2:], "--lang", "en", cwd=tmp_path)
        assert by_book.returncode == 0, by_book.stderr
        assert by_book.stdout == by_name.stdout
