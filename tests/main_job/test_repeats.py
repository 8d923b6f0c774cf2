"""Same seed, same bytes; and 0 is a seed."""

import json

import pytest

from ..commands import techprio

FILES = ("priorities.csv", "plan.csv", "run.json")


@pytest.fixture(scope="module")
def runs(trimmed_folder, tmp_path_factory):
    """Run three times: twice with seed 0, in different folders and with other workers, once with seed 1."""
    folder = tmp_path_factory.mktemp("repeats")
    for name, seed, jobs in (("first", 0, 1), ("second", 0, 2), ("other", 1, 1)):
        done = techprio(
            "run",
            trimmed_folder,
            "--files",
            "workbook",
            "--out",
            name,
            "--draws",
            300,
            "--seed",
            seed,
            "--jobs",
            jobs,
            cwd=folder,
        )
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("name", FILES)
def test_same_seed_gives_same_bytes(runs, name):
    assert (runs / "first" / name).read_bytes() == (runs / "second" / name).read_bytes()


def test_zero_is_a_seed(runs):
    record = json.loads((runs / "first" / "run.json").read_text(encoding="utf-8"))
    assert record["seed"] == 0
    assert (runs / "first" / "priorities.csv").read_bytes() != (
        runs / "other" / "priorities.csv"
    ).read_bytes()
