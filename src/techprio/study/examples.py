"""The studies and the course that ship with techprio: read a study, or copy them to work on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.inputs.shipped import STUDY_FILE, find_study, shipped_folder
from techprio.inputs.study import read_study
from techprio.language import Language, resolve_language, text, translate
from techprio.model.study import Study

#: Folder of the study beside the notebooks, and the line in which a notebook says its language.
STUDY, SPEAKS = "study", 'tp.set_language("en")'


@validated
def example(name: str = "lai-chau") -> Study:
    """Read a study that ships with techprio.

    Parameters
    ----------
    name : str

    Returns
    -------
    Study

    Raises
    ------
    DataFileError
        No study of that name ships; the message lists those that do.

    Examples
    --------
    >>> import techprio as tp
    >>> len(tp.example("lai-chau").catalog.technologies)
    90
    """
    return read_study(find_study(name))


@validated
def copy_example(name: str, folder: str | Path) -> Path:
    """Copy a shipped study, its criteria and judgments, into a new folder.

    Parameters
    ----------
    name : str
        Name of a shipped study.
    folder : path
        New or empty folder; it gets ``criteria/`` and ``catalogs/<name>/``, so that the paths
        inside the study stay true.

    Returns
    -------
    Path
        The folder of the copied study.

    Raises
    ------
    InputError
        The folder holds files already; nothing is overwritten.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> folder = tp.copy_example("lai-chau", tempfile.mkdtemp() + "/mine")
    >>> folder.name, (folder / "study.yaml").is_file()
    ('lai-chau', True)
    """
    return _copied(name, folder)


_STATUS = "status.csv"
SAMPLE = "sample"
"""The folder of a shipped study with invented texts and tables, so that sample documents are whole."""


def copy_filled_example(name: str, folder: str | Path) -> Path:
    """Copy a shipped study as :func:`copy_example` does, with its sample texts and tables in their places.

    Raises
    ------
    InputError
        The folder holds files already, or the study has no sample.
    """
    if not (find_study(name) / SAMPLE).is_dir():
        raise InputError(text("{name} has no sample texts; copy it without --filled", name=name))
    copy = _copied(name, folder)
    shutil.copytree(copy / SAMPLE, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns("README.md"))
    if (copy / _STATUS).is_file():
        with (copy / STUDY_FILE).open("a", encoding="utf-8") as stream:
            stream.write(f"status: {_STATUS}\n")
    return copy


def _copied(name: str, folder: str | Path) -> Path:
    source, target = find_study(name), _new_folder(folder)
    copy = target / "catalogs" / source.name
    shutil.copytree(source, copy)
    shutil.copytree(source.parents[1] / "criteria", target / "criteria")
    return copy


@validated
def copy_notebooks(folder: str | Path, *, language: Language | None = None) -> list[Path]:
    """Write the course, a notebook a question, into a new folder with the shipped study beside it.

    Parameters
    ----------
    folder : path
        New or empty folder; the study stands in ``study/``, and the notebooks read it there.
    language : {"vi", "en"}, optional
        Of the prose, and of the tables and charts; the code is the same.

    Returns
    -------
    list of Path
        The notebooks.

    Raises
    ------
    InputError
        The folder holds files already; nothing is overwritten.

    Examples
    --------
    >>> import tempfile
    >>> written = copy_notebooks(tempfile.mkdtemp() + "/course", language="vi")
    >>> written[0].name
    '00-what-this-does.ipynb'
    """
    spoken, target = resolve_language(language), _new_folder(folder)
    course = course_notebooks(spoken)
    copy_example("lai-chau", target / STUDY)
    for name, notebook in course.items():
        words = notebook.replace('tp.read_study(\\"lai-chau\\")', f'tp.read_study(\\"{STUDY}\\")')
        (target / name).write_text(words, encoding="utf-8")
    return [target / name for name in course]


def course_notebooks(language: Language) -> dict[str, str]:
    """Return the notebooks of the course in a language, by the names of their files."""
    files = sorted((shipped_folder() / "notebooks").glob("*.ipynb"))
    return {file.name: _in_language(file.read_text(encoding="utf-8"), language) for file in files}


def _in_language(notebook: str, language: Language) -> str:
    """Return a notebook with its paragraphs from the catalogue; its code speaks the language too."""
    content: dict[str, Any] = json.loads(notebook)
    for cell in content["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            source = "\n\n".join(translate(part, language) for part in source.split("\n\n"))
        else:
            source = source.replace(SPEAKS, SPEAKS.replace("en", language))
        cell["source"] = source.splitlines(keepends=True)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _new_folder(folder: str | Path) -> Path:
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(
            text("{folder} is not an empty folder; choose a new one, nothing is overwritten", folder=target)
        )
    return target
