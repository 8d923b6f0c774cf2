"""Indicators of the roadmap: where they started, where they should be, where they are."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd

from techprio.inputs.columns import Row
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.grid import Grid
from techprio.inputs.opening import read_bytes
from techprio.inputs.tables import Line, TypedTable, read_table
from techprio.language import text
from techprio.model.fields import Field


class IndicatorRow(Row):
    """A table of indicators: one figure a row."""

    indicator: Annotated[str, Field("Chỉ số", "Indicator", kind="id", also=("ma_chi_so",))]
    name_vi: Annotated[str, Field("Tên chỉ số", "Vietnamese name")] = ""
    name_en: Annotated[str, Field("Tên tiếng Anh", "English name")] = ""
    unit: Annotated[str, Field("Đơn vị", "Unit")] = ""
    kind: Annotated[
        Literal["baseline", "target", "measured"],
        Field(
            "Loại",
            "Kind",
            (
                "baseline: hiện trạng; target: mục tiêu; measured: kết quả",
                "baseline: where it started; target: where it should be; measured: where it is",
            ),
            words=("hiện trạng", "mục tiêu", "kết quả"),
        ),
    ]
    year: Annotated[int, Field("Năm", "Year", least=2000, most=2100)]
    value: Annotated[float, Field("Giá trị", "Value")]


def read_indicators(path: str | Path) -> pd.DataFrame:
    r"""Read a table of indicators.

    Parameters
    ----------
    path : str or Path
        Table with ``indicator, kind, year, value`` and, optional, ``name_vi, name_en, unit``; one
        baseline an indicator, one target or more after it, and what was measured.

    Returns
    -------
    DataFrame
        The columns of the file.

    Raises
    ------
    DataFileError
        Every problem of the table, with its line: a figure twice, no baseline or two, no target after
        it, a target that is the baseline, so that no direction follows from it.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "indicators.csv"
    >>> _ = file.write_text(
    ...     "indicator,kind,year,value\nfirms,baseline,2025,40\nfirms,target,2030,120\n",
    ...     encoding="utf-8",
    ... )
    >>> tp.inputs.read_indicators(file)[["indicator", "kind", "value"]].values.tolist()
    [['firms', 'baseline', 40.0], ['firms', 'target', 120.0]]
    """
    diagnostics = Diagnostics()
    allowed = text("a table of indicators: indicator, kind, year, value")
    data = read_bytes(path, diagnostics, allowed)
    frame = parse_indicators(data, Path(path).name, diagnostics)
    diagnostics.check()
    return frame


def parse_indicators(data: bytes | Grid, file: str, diagnostics: Diagnostics) -> pd.DataFrame:
    """Read the bytes of a table of indicators and note every problem of it."""
    before = len(diagnostics)
    table = read_table(data, file, IndicatorRow, diagnostics)
    if len(diagnostics) == before:
        _check(table, diagnostics)
    return table.frame(IndicatorRow)


def _check(table: TypedTable, diagnostics: Diagnostics) -> None:
    lines: dict[str, list[Line]] = defaultdict(list)
    seen: set[tuple[str, str, int]] = set()
    for line in table:
        key = (line["indicator"], line["kind"], line["year"])
        if key in seen:
            found = f"{line['indicator']}, {line['kind']}, {line['year']}"
            diagnostics.add("T129", line.location, found=found, allowed=text("each figure once"))
        seen.add(key)
        lines[line["indicator"]].append(line)
    for name, own in lines.items():
        _check_one(name, own, diagnostics)


def _check_one(name: str, own: list[Line], diagnostics: Diagnostics) -> None:
    first = own[0].location
    baselines = [line for line in own if line["kind"] == "baseline"]
    if len(baselines) != 1:
        found = text("{count} baselines", count=len(baselines))
        diagnostics.add("S345", first, field=name, found=found, allowed=text("one baseline an indicator"))
        return
    base = baselines[0]
    targets = sorted((line for line in own if line["kind"] == "target"), key=lambda line: int(line["year"]))
    if not targets:
        diagnostics.add(
            "S345", first, field=name, found=text("no target"), allowed=text("one target or more")
        )
        return
    for line in targets:
        if line["year"] <= base["year"]:
            allowed = text("a target after the baseline of {year}", year=base["year"])
            diagnostics.add("S345", line.location, field=name, found=str(line["year"]), allowed=allowed)
    if targets[-1]["value"] == base["value"]:
        allowed = text("a last target other than the baseline, so that there is a direction")
        diagnostics.add("S345", targets[-1].location, field=name, found=f"{base['value']:g}", allowed=allowed)
