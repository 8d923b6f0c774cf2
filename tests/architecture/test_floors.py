"""The house keeps its floors, its small files and a light import."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import techprio

SOURCE = Path(techprio.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(SOURCE)))
def test_files_stay_small(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400


def test_import_is_light():
    code = "import techprio, sys; print([m for m in ('matplotlib', 'pymcdm', 'pandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_imports_go_down_the_floors_only():
    done = subprocess.run(
        ["lint-imports", "--no-cache"], cwd=SOURCE.parents[1], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE.parent)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_one_module_writes_csv():
    wrong = [
        str(file.relative_to(SOURCE))
        for file in FILES
        if re.search(r"\.to_csv\(|csv\.(writer|DictWriter)\(", file.read_text(encoding="utf-8"))
    ]
    assert wrong == ["csv_text.py"]


def test_a_figure_is_declared_beside_its_noun_never_where_it_is_printed():
    declared = re.compile(r"^\w+ = Quantity\(", re.MULTILINE)
    printed = [file for file in FILES if file.is_relative_to(SOURCE / "reporting")]
    assert printed
    assert not [file.name for file in printed if declared.search(file.read_text(encoding="utf-8"))]
    assert any(declared.search(file.read_text(encoding="utf-8")) for file in FILES)
