"""The study behind a result folder, and the plan that was approved: its list, held against its inputs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from techprio.arguments import validated
from techprio.errors import DataFileError, Problem
from techprio.inputs.shipped import find_study
from techprio.inputs.study import read_study
from techprio.language import Text, text
from techprio.model.plan import Plan
from techprio.model.study import Study
from techprio.phasing.plan import plan_phases
from techprio.reporting.kept_result import LIST, PlacementRow, read_list, read_run_record
from techprio.reporting.result_folder import RECORD

INPUTS = "inputs"


def read_for_comparison(path: Path) -> tuple[Study, tuple[Text, ...]]:
    """Read a study, or the study of a result folder, with what is to be said of it.

    Parameters
    ----------
    path : Path

    Returns
    -------
    tuple of Study and tuple of Text

    Raises
    ------
    DataFileError
        Neither a study nor a result; a result without its inputs or with an unreadable record.
    """
    if not (path / RECORD).is_file():
        return read_study(find_study(str(path))), ()
    if not (path / INPUTS).is_dir():
        allowed = text("a result folder with the inputs it was made from")
        proposal = text("run the study again with this version")
        raise DataFileError(
            [Problem("S301", str(path), "", INPUTS, text("no such folder"), allowed, proposal)]
        )
    version = read_run_record(path)["version"]
    study = read_study(path / INPUTS)
    return study, _version_notes(path, version)


def _version_notes(path: Path, version: str) -> tuple[Text, ...]:
    from techprio import __version__

    if version == __version__:
        return ()
    return (
        text(
            "{folder} was made by version {old}; it is computed again with version {new}",
            folder=path.name,
            old=version,
            new=__version__,
        ),
    )


ANY_VALUE = 0.999  # what was approved stays, whatever it is worth


@validated
def approved_plan(folder: str | Path) -> Plan:
    """Return the plan of a result folder.

    Parameters
    ----------
    folder : path
        Folder that ``techprio run`` has written. The plan on its list must keep the limits of the inputs
        that it carries.

    Returns
    -------
    Plan

    Raises
    ------
    DataFileError
        No result folder, or a list that contradicts its inputs, for example because it was changed by
        hand.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> import tempfile
    >>> folder = tempfile.mkdtemp() + "/results"
    >>> _ = tp.run(study, draws=100).save(folder, outputs=())
    >>> tp.reporting.approved_plan(folder).placements.loc["CRS01", "start"]
    '2027-07'
    """
    study, _ = _inputs(Path(folder))
    listed = listed_placements(folder)
    plan = plan_phases(study, keep=listed, epsilon=ANY_VALUE)
    problems = [
        Problem(
            "S344",
            LIST,
            "",
            str(name),
            str(listed["operational"].get(name, "")) or text("not placed"),
            str(row["operational"]) or text("not placed"),
            text("give the folder as it was written, or run the study again with this version"),
        )
        for name, row in plan.placements.iterrows()
        if any(str(listed[column].get(name, "")) != row[column] for column in ("start", "operational"))
    ]
    if problems:
        raise DataFileError(problems)
    return plan


def _inputs(path: Path) -> tuple[Study, tuple[Text, ...]]:
    if not (path / RECORD).is_file():
        allowed = text("a folder that techprio run has written")
        raise DataFileError([Problem("S301", str(path), "", "", text("no such result"), allowed)])
    return read_for_comparison(path)


def listed_placements(folder: str | Path) -> pd.DataFrame:
    """Return the placements on the list of a result: index technology, ``phase, start, operational``.

    Raises
    ------
    DataFileError
        A folder without the list that a run writes, or a list that cannot be read.
    """
    return read_list(Path(folder), PlacementRow)


def earlier_placements(folder: str | Path, study: Study) -> pd.DataFrame:
    """Return the placements of an earlier result of a study; technologies that it does not know are free.

    Raises
    ------
    DataFileError
        No result folder, the result of another study, or a list with technologies that the study does not
        have.
    """
    before, _ = _inputs(Path(folder))
    if before.id != study.id:
        found = text("the result of {id}", id=before.id)
        allowed = text("a result of {id}", id=study.id)
        raise DataFileError([Problem("S301", str(folder), "", "id", found, allowed)])
    listed = listed_placements(folder)
    names = list(map(str, study.catalog.technologies.index))
    lines = {str(name): line for line, name in enumerate(listed.index, start=2)}
    proposal = text("take its line out of the list, where the study has given it up")
    problems = [
        Problem(
            "S303",
            str(Path(folder) / LIST),
            text("line {line}", line=line),
            "id",
            name,
            text("a technology of {id}", id=study.id),
            proposal,
        )
        for name, line in lines.items()
        if name not in names
    ]
    if problems:
        raise DataFileError(problems)
    return listed.reindex(names)
