"""What the folder of a finished result states, as other steps read it: its record, its list, its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, TypedDict

import pandas as pd

from techprio.csv_text import unguarded
from techprio.inputs.columns import Row, number_column
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.finding import TableOptions
from techprio.inputs.tables import TypedTable, read_record_table
from techprio.kept_files import read_kept
from techprio.language import Text, text
from techprio.model.acceptability import CLASS_WORDS
from techprio.model.fields import Field, fields_of
from techprio.model.roles import ROLES
from techprio.reporting.result_folder import A_RECORD, RECORD

LIST, PLAN = "priorities.csv", "plan.csv"


class _Drawing(TypedDict):
    """How a run simulated."""

    draws: int
    seed: int
    weights: str
    scores: str


class _Weights(TypedDict):
    """The weights of the criteria."""

    overall: Mapping[str, float]


class RunRecord(TypedDict):
    """``run.json``, as far as other steps read it."""

    version: str
    weights: _Weights
    robustness: _Drawing


class ListRow(Row):
    """A row of ``priorities.csv``; each step reads the columns that it needs, whatever the others hold."""

    # A study of Python may have any names, so that ids are texts here.
    id: Annotated[str, Field("Mã", "ID")]


class PlacementRow(ListRow):
    """Where a technology stands in the plan."""

    phase: Annotated[str, Field("Giai đoạn", "Phase")] = ""
    start: Annotated[str, Field("Bắt đầu", "Start", kind="month")] = ""
    operational: Annotated[str, Field("Vận hành", "Operational", kind="month")] = ""


class CertaintyRow(ListRow):
    """How certain its place among the first is."""

    p_top: Annotated[float | None, Field("Xác suất", "Probability", least=0, most=1)] = None
    priority_class: Annotated[str, Field("Nhóm", "Class", choices=tuple(CLASS_WORDS))] = ""


class RoleRow(ListRow):
    """What it is called, and its role."""

    name_vi: Annotated[str, Field("Tên", "Vietnamese name")] = ""
    name_en: Annotated[str, Field("Tên tiếng Anh", "English name")] = ""
    role_final: Annotated[str, Field("Vai trò sau quyết định", "Final role", choices=ROLES)] = ""


class PlanRow(Row):
    """``plan.csv``, without the money of each source of funds."""

    technology: Annotated[str, Field("Công nghệ", "Technology")]
    sector: Annotated[str, Field("Ngành", "Sector")] = ""
    phase: Annotated[str, Field("Giai đoạn", "Phase")] = ""
    start: Annotated[str, Field("Bắt đầu", "Start", kind="month")] = ""
    operational: Annotated[str, Field("Vận hành", "Operational", kind="month")] = ""
    period: Annotated[str, Field("Kỳ", "Period", kind="month")] = ""
    people: Annotated[float, Field("Người", "People", least=0)]


def read_run_record(folder: Path) -> RunRecord:
    """Return the record of the result in a folder.

    Raises
    ------
    DataFileError
        No record, or one that is not as a run writes it.
    """
    return read_kept(folder / RECORD, RunRecord, code="T102", allowed=A_RECORD)


def read_list(folder: Path, record: type[ListRow]) -> pd.DataFrame:
    """Return the list of a result, index technology; people may have taken lines out of it.

    Parameters
    ----------
    folder : Path
    record : type of ListRow
        With the columns that are needed.

    Returns
    -------
    DataFrame
        The columns of the record beside the id; a cell may be empty.

    Raises
    ------
    DataFileError
        No list, a column that is not there, a cell that cannot be read, a technology twice.
    """
    table, diagnostics = _read(folder / LIST, record, text("the list that a run writes"))
    needed = [column.name for column in fields_of(record)]
    there = [column.name for column in table.columns]
    for name in needed:
        if table.readable and name not in there:
            found = text("no such column; the file has {names}", names=listed(there))
            diagnostics.add("T105", Location(LIST), field=name, found=found, allowed=listed(needed))
    seen: set[str] = set()
    for line in table:
        if line["id"] and line["id"] in seen:
            once = text("each id once")
            diagnostics.add("S302", line.location, field="id", found=line["id"], allowed=once)
        seen.add(line["id"])
    diagnostics.check()
    frame = table.frame(record)
    words = [name for name in ("id", "name_vi", "name_en") if name in needed]
    frame[words] = frame[words].map(lambda cell: unguarded(str(cell or "")))
    return frame.set_index("id").rename_axis("technology")


def read_spending(folder: Path, funds: Sequence[str]) -> pd.DataFrame:
    """Return the plan of a result: a row a technology and period, with ``people`` and the money of each fund.

    Raises
    ------
    DataFileError
        No plan, or a cell that cannot be read.
    """
    money = [replace(number_column(f"spent_{fund}"), required=True) for fund in funds]
    table, diagnostics = _read(folder / PLAN, PlanRow, text("the plan that a run writes"), money)
    diagnostics.check()
    return table.frame(PlanRow)


def _read(
    path: Path, record: type[Row], allowed: Text, extra: Sequence[Field] = ()
) -> tuple[TypedTable, Diagnostics]:
    diagnostics = Diagnostics()
    return read_record_table(path, record, diagnostics, TableOptions(), allowed, extra=extra)[0], diagnostics
