"""Every notebook runs from top to bottom, on the shipped study and on another, and is stored as text too."""

import re
from pathlib import Path

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
OPENING = 'tp.read_study("lai-chau")  # or the folder or workbook of your own study'
#: Makes its own study.
OWN = "07-your-own-study"
#: Other codes for the sectors of the trimmed study.
CODES = {"AGR": "NNG", "CRS": "LNG", "LOG": "VTK"}


def test_there_are_notebooks():
    assert NOTEBOOKS
    numbers = [path.stem.partition("-")[0] for path in NOTEBOOKS]
    assert [number for number in numbers if number.isdigit()] == [f"{place:02}" for place in range(10)]
    assert [number for number in numbers if not number.isdigit()] == ["04b"]


def _run(notebook, folder):
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path, tmp_path):
    _run(nbformat.read(path, as_version=4), tmp_path)


@pytest.fixture(scope="module")
def other_study(copy_trimmed_study, tmp_path_factory):
    """Give a study with other codes, fewer sectors and none of the shipped codes."""
    shipped = copy_trimmed_study(tmp_path_factory.mktemp("study"))
    folder = shipped.rename(shipped.with_name("hoa-lam"))
    for file in (*folder.rglob("*.csv"), *folder.rglob("*.yaml")):
        words = file.read_text(encoding="utf-8-sig")
        # half of the money, which a notebook tries, still lets one technology of each sector be in operation
        _rename(file, words.replace('sector_minimum: {"2026-2030": 2}', 'sector_minimum: {"2026-2030": 1}'))
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
    assert re.match(r"# \d\db? · ", first)
    assert re.search(r"The questions? of this notebook: \*.*\?\*", first)
