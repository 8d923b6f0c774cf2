"""What only the documents of the plan need: their head, their legal basis, and how far the work is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
import yaml

from techprio.arguments import validated
from techprio.errors import Sayable
from techprio.inputs.columns import Row
from techprio.inputs.diagnostics import Diagnostics, listed
from techprio.inputs.grid import Grid
from techprio.inputs.opening import read_bytes
from techprio.inputs.records import read_record
from techprio.inputs.tables import Line, read_table
from techprio.inputs.yaml_reader import read_yaml
from techprio.language import text
from techprio.model.fields import Field
from techprio.model.products import CLAUSES, PRODUCTS, Letterhead, product_id

_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


class LegalRow(Row):
    """``legal.csv``: a document that the documents of the plan may cite; nothing else is cited."""

    order: Annotated[
        int,
        Field("Thứ tự", "Order", ("thẩm quyền trước, nội dung sau", "powers first, then subject"), least=1),
    ]
    kind: Annotated[str, Field("Loại văn bản", "Kind", ("Luật, Nghị định, Kế hoạch", "as it is written"))]
    number: Annotated[
        str, Field("Số, ký hiệu", "Number", ("Luật không có số", "a law has none"), also=("so_ky_hieu",))
    ] = ""
    date: Annotated[str, Field("Ngày ban hành", "Date", ("YYYY-MM-DD", "YYYY-MM-DD"))] = ""
    issuer: Annotated[str, Field("Cơ quan ban hành", "Issuer", ("Luật không ghi", "empty for a law"))] = ""
    title: Annotated[
        str, Field("Trích yếu", "Title", ("viết sau ngày ban hành", "what stands behind the date"))
    ]
    used_in: Annotated[
        tuple[str, ...],
        Field(
            "Dùng trong",
            "Used in",
            ("mã tài liệu như quyet-dinh;to-trinh; trống: mọi tài liệu", "ids of documents; empty: all"),
        ),
    ] = ()
    checked: Annotated[
        str,
        Field(
            "Ngày đối chiếu",
            "Checked",
            ("ngày đã đối chiếu với bản gốc, YYYY-MM-DD", "day on which it was held against the original"),
        ),
    ] = ""


class WorkstreamRow(Row):
    """``workstreams.csv``: how far each content of the plan is, until the roadmap is approved."""

    clause: Annotated[str, Field("Nội dung", "Clause", (" … ".join((*CLAUSES,)[:: len(CLAUSES) - 1]),) * 2)]
    status: Annotated[
        Literal["not started", "running", "done", "late"],
        Field(
            "Tình hình thực hiện",
            "Status",
            (
                "not started chưa bắt đầu; running đang thực hiện; done hoàn thành; late chậm",
                "what it is on the date",
            ),
            also=("tinh_trang",),
            words=("chưa bắt đầu", "đang thực hiện", "hoàn thành", "chậm"),
        ),
    ]
    date: Annotated[str, Field("Ngày", "Date", ("YYYY-MM-DD", "YYYY-MM-DD"))] = ""
    product: Annotated[str, Field("Sản phẩm", "Product")] = ""
    note: Annotated[str, Field("Ghi chú", "Note")] = ""


@validated
def read_legal(path: str | Path) -> pd.DataFrame:
    r"""Read a table of the legal basis.

    Parameters
    ----------
    path : str or Path
        Table with ``order, kind, title`` and, optional, ``number, date, issuer, used_in, checked``.

    Returns
    -------
    DataFrame
        In the stated order; ``used_in`` is a tuple of ids of documents.

    Raises
    ------
    DataFileError
        Every problem of the table, with its line: an order twice, an unknown document, no date.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "legal.csv"
    >>> _ = file.write_text("order,kind,date,title\n1,Luật,2025-06-16,Tổ chức\n", encoding="utf-8")
    >>> tp.inputs.read_legal(file)[["order", "kind", "date"]].values.tolist()
    [[1, 'Luật', '2025-06-16']]
    """
    diagnostics = Diagnostics()
    data = read_bytes(path, diagnostics, text("a table of documents: order, kind, title"))
    frame = parse_legal(data, Path(path).name, diagnostics)
    diagnostics.check()
    return frame


def parse_legal(data: bytes | Grid, file: str, diagnostics: Diagnostics) -> pd.DataFrame:
    """Read the bytes of a table of the legal basis and note every problem of it."""
    table = read_table(data, file, LegalRow, diagnostics)
    seen: dict[int, Line] = {}
    for line in table:
        _check_days(line, ("date", "checked"), diagnostics)
        order = line.get("order")
        if order in seen:
            found = text("{id}, also in {location}", id=order, location=seen[order].location.words)
            diagnostics.add(
                "T129", line.location, field="order", found=found, allowed=text("each number once")
            )
        elif order is not None:
            seen[order] = line
        for name in line.get("used_in") or ():
            if product_id(name) is None:
                diagnostics.unknown(
                    "T113", line.location, field="used_in", found=name, name=name, known=list(PRODUCTS)
                )
    frame = table.frame(LegalRow)
    named = [
        tuple(id for name in str(names).split(";") if (id := product_id(name))) for names in frame["used_in"]
    ]
    return frame.assign(used_in=named).sort_values("order", kind="stable").reset_index(drop=True)


def parse_workstreams(data: bytes | Grid, file: str, diagnostics: Diagnostics) -> pd.DataFrame:
    """Read the bytes of a table of the contents of the plan and note every problem of it."""
    table = read_table(data, file, WorkstreamRow, diagnostics)
    for line in table:
        _check_days(line, ("date",), diagnostics)
        clause = line.get("clause")
        if clause and clause not in CLAUSES:
            diagnostics.add("T113", line.location, field="clause", found=clause, allowed=listed([*CLAUSES]))
    return table.frame(WorkstreamRow)


def _check_days(line: Line, columns: Sequence[str], diagnostics: Diagnostics) -> None:
    for column in columns:
        words = line.get(column)
        if words and not _is_day(words):
            proposal: Sayable = ""
            if (parts := _DAY_FIRST.fullmatch(words)) is not None:
                day, month, year = parts.groups()
                proposal = text("did you mean {name}?", name=f"{year}-{month:0>2}-{day:0>2}")
            diagnostics.add(
                "T141", line.location, field=column, found=words, allowed=text("a day YYYY-MM-DD"),
                proposal=proposal,
            )  # fmt: skip


def _is_day(words: str) -> bool:
    try:
        return len(words) == 10 and dt.date.fromisoformat(words) is not None
    except ValueError:
        return False


def parse_letterhead(data: bytes | yaml.Node, file: str, diagnostics: Diagnostics) -> Letterhead | None:
    """Read the bytes of ``letterhead.yaml``; None when it cannot be read."""
    value = read_yaml(data, file, diagnostics)
    return None if value is None else read_record(value, Letterhead).build()
