"""One run of the shipped study, and copies of it to change."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def plain_environment():
    """Return the environment without what would choose a language, a width or colours."""
    choosing = ("LC_ALL", "LC_MESSAGES", "LANG", "TECHPRIO_LANGUAGE", "COLUMNS", "NO_COLOR", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if name not in choosing}
    return {**kept, "PYTHONPATH": str(ROOT / "src")}


def techprio(*arguments, cwd):
    command = [sys.executable, "-m", "techprio", *map(str, arguments)]
    environment = {**plain_environment(), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", env=environment)


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
def main_run(tmp_path_factory):
    """Run the main job once, as a user would."""
    folder = tmp_path_factory.mktemp("main-job")
    done = techprio("run", "lai-chau", "--out", "results", "--draws", "500", "--lang", "both", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "results", done.stdout
