"""The plan that was approved: made again from the inputs of its result, and held against its list."""

from __future__ import annotations

import csv
from pathlib import Path

from techprio.errors import DataFileError, Problem
from techprio.language import text
from techprio.model.plan import Plan
from techprio.phasing.plan import plan_phases
from techprio.study.snapshot import RECORD, read_for_comparison

LIST = "priorities.csv"


def approved_plan(folder: str | Path) -> Plan:
    """Return the plan of a result folder.

    Parameters
    ----------
    folder : path
        Folder that ``techprio run`` has written. Its plan is computed again from the inputs it
        carries and must be the one on its list.

    Returns
    -------
    Plan

    Raises
    ------
    DataFileError
        No result folder, or a list that its inputs do not lead to, for example because it was made
        by another version or changed by hand.

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
    path = Path(folder)
    if not (path / RECORD).is_file():
        allowed = text("a folder that techprio run has written")
        raise DataFileError([Problem("S301", str(path), "", "", text("no such result"), allowed)])
    study, _ = read_for_comparison(path)
    plan = plan_phases(study)
    listed = _listed(path / LIST)
    problems = [
        Problem(
            "S344",
            LIST,
            "",
            name,
            listed.get(name, ("", ""))[1] or text("not placed"),
            str(row["operational"]) or text("not placed"),
            text("give the folder as it was written, or run the study again with this version"),
        )
        for name, row in plan.placements.iterrows()
        if listed.get(str(name)) != (row["start"], row["operational"])
    ]
    if problems:
        raise DataFileError(problems)
    return plan


def _listed(path: Path) -> dict[str, tuple[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return {row["id"]: (row["start"], row["operational"]) for row in csv.DictReader(stream)}
    except (OSError, KeyError, UnicodeDecodeError) as error:
        allowed = text("the list that a run writes")
        raise DataFileError([Problem("T102", str(path), "", "", type(error).__name__, allowed)]) from error
