"""Commands of techprio as a user runs them: inside this process, or in one of their own."""

import contextlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from techprio.cli import main

ROOT = Path(__file__).parents[1]
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
