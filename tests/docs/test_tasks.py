"""The twelve tasks of the documentation run as they stand on the page."""

import re

import matplotlib.pyplot as plt
import pytest

from .tasks import FOLDER, SCRIPTS, program

PAGE = FOLDER.parent / "how-to" / "twelve-tasks.md"


@pytest.mark.parametrize("task", sorted(SCRIPTS))
def test_task_runs(task, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(compile(program(task), f"{task}.py", "exec"), names)
    plt.close("all")
    if task == "inside_a_service":
        assert [status for status, _ in names["answers"]] == [200, 422]


def test_page_shows_every_task():
    words = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"^```\{literalinclude\} \.\./tasks/(\S+)$", words, re.MULTILINE)
    assert shown == ["shared.py", *(file.name for file in SCRIPTS.values())]
