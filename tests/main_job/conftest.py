"""One run of the shipped study, and copies of it to change."""

import contextlib
import csv
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from techprio.cli import main

ROOT = Path(__file__).parents[2]
SMALL = ("--draws", "300", "--lang", "both")
"""The options of the run of the small study."""
CHOOSING = ("LC_ALL", "LC_MESSAGES", "LANG", "TECHPRIO_LANGUAGE", "COLUMNS", "NO_COLOR", "FORCE_COLOR")
"""What would choose a language, a width or colours for the commands."""


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def techprio(*arguments, cwd, **environment):
    """Run a command as a user would, inside this process: nothing is imported twice."""
    choosing = dict.fromkeys(CHOOSING) | environment
    with contextlib.chdir(cwd):
        done = CliRunner(env=choosing).invoke(main, [str(a) for a in arguments], prog_name="techprio")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def program(*arguments, cwd, encoding="utf-8", **environment):
    """Run the program itself, in a process of its own; its output is decoded by ``encoding``."""
    inherited = {name: value for name, value in os.environ.items() if name not in CHOOSING}
    settings = {**inherited, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": encoding, **environment}
    command = [sys.executable, "-m", "techprio", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, env=settings)
    out, err = (stream.decode(encoding).replace("\r\n", "\n") for stream in (done.stdout, done.stderr))
    return Done(done.returncode, out, err)


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
def small_run(trimmed_folder, tmp_path_factory):
    """Run the small study once, all files, as a user would; nobody changes the folder."""
    folder = tmp_path_factory.mktemp("small-run")
    done = techprio("run", trimmed_folder, "--out", "results", *SMALL, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "results"


@pytest.fixture(scope="session")
def main_run(tmp_path_factory):
    """Run the main job once, as a user would."""
    folder = tmp_path_factory.mktemp("main-job")
    done = techprio("run", "lai-chau", "--out", "results", "--draws", "500", "--lang", "both", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "results", done.stdout
