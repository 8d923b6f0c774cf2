"""What became of technologies."""

from __future__ import annotations

from typing import Annotated, Literal

import pandas as pd

from techprio.inputs.columns import Row
from techprio.inputs.diagnostics import Diagnostics, Location, UnknownNames
from techprio.inputs.grid import Grid
from techprio.inputs.tables import read_table
from techprio.language import text
from techprio.model.fields import Field, fields_of


class StatusRow(Row):
    """``status.csv``: what became of a technology in a year."""

    year: Annotated[int, Field("Năm", "Year", least=2000, most=2100)]
    technology: Annotated[str, Field("Công nghệ", "Technology", kind="id", also=("ma", "ma_cong_nghe"))]
    status: Annotated[
        Literal["not started", "running", "done", "stopped"],
        Field(
            "Tình hình thực hiện",
            "Status",
            (
                "not started chưa bắt đầu; running đang thực hiện; done hoàn thành; stopped đã dừng",
                "what it is at the end of the year",
            ),
            also=("tinh_trang",),
            words=("chưa bắt đầu", "đang thực hiện", "hoàn thành", "đã dừng"),
        ),
    ]
    start: Annotated[
        str,
        Field(
            "Bắt đầu", "Start", ("tháng bắt đầu thực tế", "the month in which it really began"), kind="month"
        ),
    ] = ""
    operational: Annotated[
        str,
        Field(
            "Vận hành",
            "Operational",
            ("tháng vận hành thực tế", "the month in which it really went into operation"),
            kind="month",
        ),
    ] = ""
    spent_local: Annotated[
        float,
        Field(
            "Đã chi, địa phương",
            "Spent, local",
            ("trong năm này", "in this year"),
            unit="billion VND",
            least=0,
        ),
    ] = 0.0
    spent_programmes: Annotated[
        float,
        Field(
            "Đã chi, chương trình",
            "Spent, programmes",
            ("trong năm này", "in this year"),
            unit="billion VND",
            least=0,
        ),
    ] = 0.0
    spent_enterprise: Annotated[
        float,
        Field(
            "Đã chi, doanh nghiệp",
            "Spent, firms",
            ("trong năm này", "in this year"),
            unit="billion VND",
            least=0,
        ),
    ] = 0.0
    spent_other: Annotated[
        float,
        Field(
            "Đã chi, nguồn khác",
            "Spent, other",
            ("trong năm này", "in this year"),
            unit="billion VND",
            least=0,
        ),
    ] = 0.0
    note: Annotated[str, Field("Ghi chú", "Note")] = ""


def read_status(
    data: bytes | Grid, file: str, technologies: UnknownNames, diagnostics: Diagnostics
) -> pd.DataFrame:
    """Read what became of the technologies, one row a technology and year."""
    table = read_table(data, file, StatusRow, diagnostics)
    first: dict[tuple[str, int], Location] = {}
    for line in table:
        technologies.is_known(line.get("technology"), line.location, "technology")
        key = (line.get("technology"), line.get("year"))
        if key in first:
            found = text(
                "{technology} in {year}, also in {location}",
                technology=key[0],
                year=key[1],
                location=first[key].words,
            )
            diagnostics.add(
                "S302",
                line.location,
                field="technology",
                found=found,
                allowed=text("each technology once in a year"),
            )
        elif None not in key:
            first[key] = line.location
    technologies.report(diagnostics)
    there = {column.name for column in table.columns}
    silent = [field.name for field in fields_of(StatusRow) if field.name.startswith("spent_")]
    # A column that is not there states nothing, which is not a spending of nothing.
    return table.frame(StatusRow).assign(**{name: float("nan") for name in silent if name not in there})
