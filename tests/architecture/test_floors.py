"""The house keeps its floors, its small files, its public list and its two languages."""

import subprocess
import sys
from pathlib import Path

import pytest

import techprio

SOURCE = Path(techprio.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))


def test_public_names_are_sorted_and_load():
    names = [name for name in techprio.__all__ if name != "__version__"]
    assert names == sorted(names)
    for name in names:
        assert getattr(techprio, name).__doc__, f"{name} has no docstring"


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(SOURCE)))
def test_files_stay_small(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400


def test_import_is_light():
    code = "import techprio, sys; print([m for m in ('matplotlib', 'pymcdm', 'pandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
