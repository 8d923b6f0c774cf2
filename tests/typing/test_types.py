"""What ``mypy --strict`` says of a caller's script: the scripts that must pass, the calls that must fail."""

import os
import re
from pathlib import Path

import pytest
from mypy import api

from ..docs.tasks import SCRIPTS, program

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REPORTED = re.compile(r"^(?P<file>[^:]+):(?P<line>\d+): error: .*\[(?P<code>[\w-]+)\]$")
EXPECTED = re.compile(r"#\s*E: (?P<codes>[\w-]+(, [\w-]+)*)")
REFUSED = sorted((HERE / "refused").glob("*.py"))
ACCEPTED = sorted((HERE / "accepted").glob("*.py"))
TASKS = sorted(SCRIPTS)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Return the codes that mypy reports by file and line; all scripts are read in one go."""
    folder = tmp_path_factory.mktemp("tasks")
    for task in TASKS:
        (folder / f"{task}.py").write_text(program(task), encoding="utf-8")
    scripts = [*ACCEPTED, *REFUSED, *folder.glob("*.py")]
    before = Path.cwd()
    os.chdir(ROOT)  # the settings of the project, strict, and its cache
    try:
        words, trouble, _ = api.run(["--no-error-summary", *map(str, scripts)])
    finally:
        os.chdir(before)
    assert not trouble
    codes = {}
    for line in words.splitlines():
        if match := REPORTED.match(line):
            place = (Path(match["file"]).name, int(match["line"]))
            codes.setdefault(place, set()).add(match["code"])
    return codes


@pytest.mark.parametrize("script", [*(script.stem for script in ACCEPTED), *TASKS])
def test_script_passes(found, script):
    assert {line: codes for (name, line), codes in found.items() if name == f"{script}.py"} == {}


@pytest.mark.parametrize("script", REFUSED, ids=lambda script: script.stem)
def test_each_call_fails_with_its_code(found, script):
    expected = {
        number: set(match["codes"].split(", "))
        for number, line in enumerate(script.read_text(encoding="utf-8").splitlines(), 1)
        if (match := EXPECTED.search(line))
    }
    reported = {line: codes for (name, line), codes in found.items() if name == script.name}
    assert expected
    assert set(reported) == set(expected), "each of these lines fails, and no other"
    assert {line: codes - reported[line] for line, codes in expected.items() if codes - reported[line]} == {}
