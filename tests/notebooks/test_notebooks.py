"""Every notebook runs from top to bottom and shows no raw object; it is stored as text and exists in Vietnamese."""

import re
from pathlib import Path

import pytest

import techprio as tp
from techprio.study.examples import course_notebooks

from ..commands import techprio

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
COURSE = course_notebooks("vi")
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


def _read(path):
    import nbformat  # takes seconds, which every worker would spend that only collects this file

    return nbformat.read(path, as_version=4)


def _run(notebook, folder):
    from nbclient import NotebookClient

    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()


def _raw(notebook):
    """Return what a cell shows as a plain repr: no table, chart, sliders or printed sentence."""
    shown = {"text/html", "image/png", "application/vnd.jupyter.widget-view+json"}
    return [
        (cell.source[-60:], output.data["text/plain"][:80])
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output.output_type == "execute_result" and not shown & set(output.data)
    ]


@pytest.mark.nightly
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_on_the_shipped_study(path, tmp_path):
    """As building the documentation does too."""
    _run(_read(path), tmp_path)


def test_a_notebook_makes_its_own_study(tmp_path):
    (path,) = (path for path in NOTEBOOKS if path.stem == OWN)
    notebook = _read(path)
    _run(notebook, tmp_path)
    assert _raw(notebook) == []


def test_raw_objects_are_seen():
    import nbformat

    outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "{'a': 1}"})]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("{'a': 1}", outputs=outputs)])
    assert _raw(notebook) == [("{'a': 1}", "{'a': 1}")]


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
    notebook = _read(path)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert OPENING in first.source
    first.source = first.source.replace('"lai-chau"', repr(str(other_study)))
    _run(notebook, tmp_path)
    assert _raw(notebook) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_stored_without_outputs(path):
    cells = _read(path).cells
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_its_text_says_the_same(path):
    import jupytext

    notebook, words = _read(path), jupytext.read(path.with_suffix(".md"))
    assert notebook.metadata["jupytext"]["formats"] == "ipynb,md"
    both = [[(cell.cell_type, cell.source) for cell in one.cells] for one in (notebook, words)]
    assert both[0] == both[1]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_asks_a_question(path):
    first = _read(path).cells[0].source
    assert re.match(r"# \d\db? · ", first)
    assert re.search(r"The questions? of this notebook: \*.*\?\*", first)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_ends_with_what_it_tells_and_an_exercise_with_its_answer(path):
    cells = _read(path).cells
    before, answer = cells[-2:]
    heads = re.findall("^#+ (.*)$", before.source, re.MULTILINE)
    assert heads[-3:] == ["What this tells you", "Exercise", "Answer"]
    assert answer.cell_type == "code"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_exists_in_vietnamese_with_the_same_code(path):
    import nbformat

    english, vietnamese = _read(path), nbformat.reads(COURSE[path.name], as_version=4)
    assert len(english.cells) == len(vietnamese.cells)
    said = 0
    for one, other in zip(english.cells, vietnamese.cells, strict=True):
        if one.cell_type == "code":
            assert other.source.replace('set_language("vi")', 'set_language("en")') == one.source
            said += one.source != other.source
            continue
        for mine, theirs in zip(one.source.split("\n\n"), other.source.split("\n\n"), strict=True):
            assert mine != theirs, f"no Vietnamese: {mine[:60]}"
            code = [re.sub(r"\.vi\.md", ".md", words) for words in re.findall("`.*?`", theirs)]
            assert code == re.findall("`.*?`", mine)
            level = [words.partition(" ")[0] for words in (mine, theirs) if words.startswith("#")]
            assert len(set(level)) <= 1
    assert said == 1, "the code says once which language tables and charts speak"


def test_the_course_is_written_with_the_study_beside_it(tmp_path):
    done = techprio("notebooks", "course", "--lang", "vi", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    written = sorted((tmp_path / "course").glob("*.ipynb"))
    assert [path.name for path in written] == [path.name for path in NOTEBOOKS]
    cells = _read(written[1]).cells
    assert cells[0].source.startswith("# 01 · Danh mục ưu tiên đầu tiên")
    assert 'tp.read_study("study")' in next(cell.source for cell in cells if cell.cell_type == "code")
    assert len(tp.read_study(tmp_path / "course" / "study").catalog.technologies) == 90


@pytest.mark.parametrize(("there", "language", "words"), [
    ("course/mine.txt", "en", "course is not an empty folder; choose a new one, nothing is overwritten"),
    ("course", "vi", "course không phải thư mục trống"),
])  # fmt: skip
def test_nothing_is_overwritten_by_the_course(there, language, words, tmp_path):
    place = tmp_path / there
    place.parent.mkdir(exist_ok=True)
    place.write_text("mine", encoding="utf-8")
    done = techprio("notebooks", "course", "--lang", language, cwd=tmp_path)
    assert done.returncode == 1
    assert words in done.stderr
    assert place.read_text(encoding="utf-8") == "mine"
    assert not list(tmp_path.rglob("*.ipynb"))
