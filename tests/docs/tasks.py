"""The tasks of the documentation: each script with what it stands on, as one program."""

from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "tasks"
SCRIPTS = {file.stem[3:]: file for file in sorted(FOLDER.glob("[0-9][0-9]_*.py"))}
#: A script that uses names of an earlier one.
STANDS_ON = {"whole_study": ("tree_of_criteria", "phases_under_budgets")}


def program(task: str) -> str:
    """Return the script of a task after the shared tables and the scripts it stands on."""
    files = [FOLDER / "shared.py", *(SCRIPTS[name] for name in STANDS_ON.get(task, ())), SCRIPTS[task]]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
