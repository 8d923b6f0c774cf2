"""The studies that ship with techprio: read one, or copy one to work on."""

from __future__ import annotations

import shutil
from pathlib import Path

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.inputs.shipped import find_study
from techprio.inputs.study import read_study
from techprio.language import text
from techprio.model.study import Study


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
    source, target = find_study(name), Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InputError(
            text("{folder} is not an empty folder; choose a new one, nothing is overwritten", folder=target)
        )
    copy = target / "catalogs" / source.name
    shutil.copytree(source, copy)
    shutil.copytree(source.parents[1] / "criteria", target / "criteria")
    return copy
