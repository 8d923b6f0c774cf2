"""Every notebook runs from top to bottom, on the shipped study and on another, and is stored as text too."""

import re
import shutil
from pathlib import Path

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient

import techprio as tp

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
OPENING = 'tp.read_study("lai-chau")  # or the folder or workbook of your own study'
#: Makes its own study.
OWN = "07-your-own-study"
#: Other codes for the sectors of the shipped study; two of its sectors are left out.
CODES = {"AGR": "NNG", "MIN": "KKS", "ENE": "NLG", "TOU": "DLI", "CRS": "LNG"}
LEFT_OUT = {"PRO": "processing", "LOG": "logistics"}


def test_there_are_notebooks():
    assert NOTEBOOKS
    assert [path.stem[:2] for path in NOTEBOOKS] == [f"{number:02}" for number in range(len(NOTEBOOKS))]


def _run(notebook, folder):
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path, tmp_path):
    _run(nbformat.read(path, as_version=4), tmp_path)


@pytest.fixture(scope="module")
def other_study(tmp_path_factory):
    """Give a study with other codes, fewer sectors and none of the shipped codes."""
    folder = tmp_path_factory.mktemp("study") / "hoa-lam"
    folder = tp.copy_example("lai-chau", folder)
    for directory in LEFT_OUT.values():
        shutil.rmtree(folder / directory)
    for file in folder.rglob("*.csv"):
        head, *rows = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        kept = [row for row in rows if not any(re.search(rf"\b{code}(\d\d)?\b", row) for code in LEFT_OUT)]
        _rename(file, head + "".join(kept))
    for file in folder.rglob("*.yaml"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        _rename(file, "".join(line for line in lines if not re.search(r"code: (PRO|LOG)\b", line)))
    return folder


def _rename(file, words):
    for old, new in CODES.items():
        words = re.sub(rf"\b{old}(?=\d\d\b|\b)", new, words)
    file.write_text(words, encoding="utf-8")


@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p.stem != OWN], ids=lambda path: path.stem)
def test_notebook_runs_on_a_study_of_ones_own(path, other_study, tmp_path):
    notebook = nbformat.read(path, as_version=4)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert OPENING in first.source
    first.source = first.source.replace('"lai-chau"', repr(str(other_study)))
    _run(notebook, tmp_path)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_stored_without_outputs(path):
    cells = nbformat.read(path, as_version=4).cells
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_its_text_says_the_same(path):
    notebook, words = nbformat.read(path, as_version=4), jupytext.read(path.with_suffix(".md"))
    assert notebook.metadata["jupytext"]["formats"] == "ipynb,md"
    both = [[(cell.cell_type, cell.source) for cell in one.cells] for one in (notebook, words)]
    assert both[0] == both[1]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_asks_a_question(path):
    first = nbformat.read(path, as_version=4).cells[0].source
    assert re.match(r"# \d\d · ", first)
    assert re.search(r"The questions? of this notebook: \*.*\?\*", first)
