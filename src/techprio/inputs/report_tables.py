"""Tables that only the report needs: indicators, SWOT, comments of a consultation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd

from techprio.arguments import validated
from techprio.inputs.columns import Row
from techprio.inputs.diagnostics import Diagnostics, listed
from techprio.inputs.grid import Grid
from techprio.inputs.opening import read_bytes
from techprio.inputs.tables import Line, TypedTable, read_table
from techprio.language import text
from techprio.model.fields import Field
from techprio.model.report_material import SIDES, swot_side


class IndicatorRow(Row):
    """A table of indicators: one figure a row."""

    indicator: Annotated[str, Field("Chỉ tiêu", "Indicator", kind="id", also=("ma_chi_so", "chi_so"))]
    name_vi: Annotated[str, Field("Tên chỉ tiêu", "Vietnamese name", also=("ten_chi_so",))] = ""
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


@validated
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
        if key in seen and line["indicator"] and line["kind"]:
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


class SwotRow(Row):
    """``swot.csv``: one strength, weakness, opportunity or threat of a sector."""

    sector: Annotated[str, Field("Ngành", "Sector", kind="id", also=("linh_vuc",))]
    side: Annotated[
        str,
        Field(
            "Mặt",
            "Side",
            (
                "S điểm mạnh, W điểm yếu, O cơ hội, T thách thức",
                "S strength, W weakness, O opportunity, T threat",
            ),
        ),
    ]
    text: Annotated[str, Field("Nội dung", "Text")]


@validated
def read_swot(path: str | Path, *, sectors: Sequence[str] = ()) -> pd.DataFrame:
    r"""Read strengths, weaknesses, opportunities and threats in the words of the analysts.

    Parameters
    ----------
    path : str or Path
        Table with ``sector, side, text``.
    sectors : sequence of str
        Known sector codes; empty takes every code.

    Returns
    -------
    DataFrame
        ``sector, side, text``; the side is strength, weakness, opportunity or threat.

    Raises
    ------
    DataFileError
        Every problem of the table, with its line.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "swot.csv"
    >>> _ = file.write_text("sector,side,text\nTOU,O,visitors from abroad\n", encoding="utf-8")
    >>> tp.inputs.read_swot(file).values.tolist()
    [['TOU', 'opportunity', 'visitors from abroad']]
    """
    diagnostics = Diagnostics()
    data = read_bytes(path, diagnostics, text("a table with sector, side and text"))
    frame = parse_swot(data, Path(path).name, diagnostics, sectors=sectors)
    diagnostics.check()
    return frame


def parse_swot(
    data: bytes | Grid, file: str, diagnostics: Diagnostics, *, sectors: Sequence[str] = ()
) -> pd.DataFrame:
    """Read the bytes of a SWOT table and note every problem of it."""
    table = read_table(data, file, SwotRow, diagnostics)
    for line in table:
        if line["sector"] and sectors and line["sector"] not in sectors:
            diagnostics.unknown(
                "S306",
                line.location,
                field="sector",
                found=line["sector"],
                name=line["sector"],
                known=tuple(sectors),
            )
        if line["side"] and swot_side(line["side"]) is None:
            allowed = listed((*SIDES, "S", "W", "O", "T"))
            diagnostics.add("T113", line.location, field="side", found=line["side"], allowed=allowed)
    frame = table.frame(SwotRow)
    return frame.assign(side=[swot_side(str(word)) for word in frame["side"]])


class CommentRow(Row):
    """``comments.csv``: one comment of the consultation."""

    round: Annotated[str, Field("Đợt", "Round", also=("dot_gop_y",))] = ""
    group: Annotated[
        str,
        Field(
            "Nhóm góp ý", "Group", ("sở ngành, nhà khoa học, doanh nghiệp", "departments, scientists, firms")
        ),
    ]
    on: Annotated[
        tuple[str, ...],
        Field(
            "Về",
            "On",
            (
                "mã công nghệ, ngành hoặc tiêu chí; nhiều mã cách nhau bằng dấu chấm phẩy; để trống: toàn bộ",
                "ids of technologies, sectors or criteria, semicolons between them; empty: the whole",
            ),
        ),
    ] = ()
    text: Annotated[str, Field("Ý kiến", "Comment", also=("noi_dung",))]
    answer: Annotated[str, Field("Giải trình", "Answer", also=("tra_loi",))] = ""
    consequence: Annotated[str, Field("Tiếp thu", "Consequence")] = ""


@validated
def read_comments(path: str | Path, *, known: Sequence[str] = ()) -> pd.DataFrame:
    r"""Read the comments of a consultation.

    Parameters
    ----------
    path : str or Path
        Table with ``group, text`` and, optional, ``round, on, answer, consequence``.
    known : sequence of str
        Ids that a comment can be on; empty takes every id.

    Returns
    -------
    DataFrame
        ``round, group, on, text, answer, consequence``; ``on`` is a tuple of ids.

    Raises
    ------
    DataFileError
        Every problem of the table, with its line.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "comments.csv"
    >>> _ = file.write_text("group,on,text\nfirms,AGR01;AGR02,too dear\n", encoding="utf-8")
    >>> tp.inputs.read_comments(file).loc[0, ["group", "on", "text"]].tolist()
    ['firms', ('AGR01', 'AGR02'), 'too dear']
    """
    diagnostics = Diagnostics()
    allowed = text("a table of comments: group, text, and what they are on")
    data = read_bytes(path, diagnostics, allowed)
    frame = parse_comments(data, Path(path).name, diagnostics, known=known)
    diagnostics.check()
    return frame


def parse_comments(
    data: bytes | Grid, file: str, diagnostics: Diagnostics, *, known: Sequence[str] = ()
) -> pd.DataFrame:
    """Read the bytes of a table of comments and note every problem of it."""
    table = read_table(data, file, CommentRow, diagnostics)
    for line in table:
        for name in line["on"] or ():
            if known and name not in known:
                diagnostics.unknown(
                    "S303", line.location, field="on", found=name, name=name, known=list(known)
                )
    frame = table.frame(CommentRow)
    return frame.assign(on=[tuple(part for part in str(ids).split(";") if part) for ids in frame["on"]])
