"""Where a test stands: the rule of the tests, held.

``tests/unit/<room>/test_<module>.py`` tests that module of that room. A file that tests several
modules together has a name of its own and states in its first line what holds. The other folders
are named after what the library is held against there.
"""

import ast
from pathlib import Path

import techprio

SOURCE = Path(techprio.__file__).parent
TESTS = Path(__file__).parents[1]
KINDS = {
    "unit": "one module, or several of one room",
    "laws": "properties that hold for any input",
    "reference": "published examples with their source",
    "against": "other libraries",
    "bad_files": "files as people send them",
    "main_job": "the commands, from files to files",
    "docs": "examples, tasks and pages, run as they stand",
    "typing": "callers' scripts, read by mypy",
    "architecture": "rules of the house",
    "notebooks": "the notebooks, run",
    "browser": "the page and the sliders in a browser",
    "office": "the documents in LibreOffice",
}
ROOMS = {file.parent.name for file in SOURCE.glob("*/__init__.py")}
FILES = sorted(TESTS.rglob("test_*.py"))


def test_every_folder_is_of_a_kind():
    found = {folder.name for folder in TESTS.iterdir() if list(folder.rglob("test_*.py"))}
    assert found == set(KINDS)


def test_folders_of_unit_tests_are_rooms():
    assert {file.parent.name for file in FILES if file.parts[-3] == "unit"} <= ROOMS


def test_a_file_is_named_after_its_module_or_states_what_holds():
    unstated = [
        str(file.relative_to(TESTS))
        for file in FILES
        if not (SOURCE / file.parent.name / f"{file.stem[5:]}.py").is_file()
        and not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert unstated == []


def test_files_that_begin_first_exist():
    """A file that was renamed would begin last, and the whole run would wait for it."""
    lines = ast.parse((TESTS / "conftest.py").read_text(encoding="utf-8")).body
    stated = next(one.value for one in lines if ast.unparse(one).startswith("LONGEST_FIRST ="))
    assert [name for name in ast.literal_eval(stated) if not (TESTS.parent / name).is_file()] == []
