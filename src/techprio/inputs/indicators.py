"""Indicators of the roadmap: where they started, where they should be, where they are."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Literal

import pandas as pd

from techprio.inputs.columns import Row, column
from techprio.inputs.findings import Findings, Spot
from techprio.inputs.grid import Grid
from techprio.inputs.tables import Line, Table, read_table
from techprio.language import text


class IndicatorRow(Row):
    """A table of indicators: one figure a row."""

    indicator: str = column("Chỉ số", "Indicator", kind="id", also=("ma_chi_so",))
    name_vi: str = column("Tên chỉ số", "Vietnamese name", default="")
    name_en: str = column("Tên tiếng Anh", "English name", default="")
    unit: str = column("Đơn vị", "Unit", default="")
    kind: Literal["baseline", "target", "measured"] = column(
        "Loại",
        "Kind",
        about=(
            "baseline: hiện trạng; target: mục tiêu; measured: kết quả",
            "baseline: where it started; target: where it should be; measured: where it is",
        ),
    )
    year: int = column("Năm", "Year", least=2000, most=2100)
    value: float = column("Giá trị", "Value")


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
    >>> tp.read_indicators(file)[["indicator", "kind", "value"]].values.tolist()
    [['firms', 'baseline', 40.0], ['firms', 'target', 120.0]]
    """
    findings = Findings()
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        allowed = text("a table of indicators: indicator, kind, year, value")
        findings.add("T101", Spot(str(path)), found=error.strerror or str(error), allowed=allowed)
        findings.check()
        raise
    frame = parse_indicators(data, Path(path).name, findings)
    findings.check()
    return frame


def parse_indicators(data: bytes | Grid, file: str, findings: Findings) -> pd.DataFrame:
    """Read the bytes of a table of indicators and note every problem of it."""
    before = len(findings)
    table = read_table(data, file, IndicatorRow, findings)
    if len(findings) == before:
        _check(table, findings)
    return table.frame(IndicatorRow)


def _check(table: Table, findings: Findings) -> None:
    lines: dict[str, list[Line]] = defaultdict(list)
    seen: set[tuple[str, str, int]] = set()
    for line in table:
        key = (line["indicator"], line["kind"], line["year"])
        if key in seen:
            found = f"{line['indicator']}, {line['kind']}, {line['year']}"
            findings.add("T129", line.spot, found=found, allowed=text("each figure once"))
        seen.add(key)
        lines[line["indicator"]].append(line)
    for name, own in lines.items():
        _check_one(name, own, findings)


def _check_one(name: str, own: list[Line], findings: Findings) -> None:
    first = own[0].spot
    baselines = [line for line in own if line["kind"] == "baseline"]
    if len(baselines) != 1:
        found = text("{count} baselines", count=len(baselines))
        findings.add("S345", first, field=name, found=found, allowed=text("one baseline an indicator"))
        return
    base = baselines[0]
    targets = sorted((line for line in own if line["kind"] == "target"), key=lambda line: int(line["year"]))
    if not targets:
        findings.add("S345", first, field=name, found=text("no target"), allowed=text("one target or more"))
        return
    for line in targets:
        if line["year"] <= base["year"]:
            allowed = text("a target after the baseline of {year}", year=base["year"])
            findings.add("S345", line.spot, field=name, found=str(line["year"]), allowed=allowed)
    if targets[-1]["value"] == base["value"]:
        allowed = text("a last target other than the baseline, so that there is a direction")
        findings.add("S345", targets[-1].spot, field=name, found=f"{base['value']:g}", allowed=allowed)
