"""One run of the small study, and copies of the shipped one to change."""

import csv
import shutil
from pathlib import Path

import pytest

from ..commands import techprio

ROOT = Path(__file__).parents[2]
SMALL = ("--draws", "300", "--lang", "both")
"""The options of the run of the small study."""


def copy_study(folder):
    shutil.copytree(ROOT / "catalogs" / "lai-chau", folder / "catalogs" / "lai-chau")
    shutil.copytree(ROOT / "criteria", folder / "criteria")
    return folder / "catalogs" / "lai-chau"


def read_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def keep_rows(path, keep):
    rows = read_rows(path)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows if keep(row))


@pytest.fixture(scope="session")
def small_run(trimmed_folder, once):
    """Run the small study once, all files, as a user would; nobody changes the folder."""

    def run(folder):
        results = folder / "small-run"
        done = techprio("run", trimmed_folder, "--out", results, *SMALL, cwd=folder)
        assert done.returncode == 0, done.stderr
        return results

    return once("small-run", run)
