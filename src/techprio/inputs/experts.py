"""The list of experts who are asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Annotated

from techprio.arguments import validated
from techprio.inputs.columns import Row
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.finding import LayoutLike, TableOptions
from techprio.inputs.numbers import Locale
from techprio.inputs.tables import read_record_table
from techprio.language import Text, text
from techprio.model.fields import Field
from techprio.model.forms import Expert
from techprio.model.layout import Layout


class ExpertRow(Row):
    """``experts.csv``: who is asked, for which sectors."""

    expert: Annotated[
        str, Field("Mã chuyên gia", "Expert", kind="id", also=("ma", "ma_chuyen_gia"), person=True)
    ]
    name: Annotated[str, Field("Họ và tên", "Name", also=("ho_ten",))]
    group: Annotated[str, Field("Nhóm", "Group")]
    sectors: Annotated[
        tuple[str, ...],
        Field(
            "Ngành chấm điểm",
            "Sectors to score",
            ("mã ngành; trống: chỉ so sánh cặp", "codes of sectors; empty: pairs only"),
        ),
    ] = ()
    contact: Annotated[str, Field("Liên hệ", "Contact", ("hỏi ai", "whom to ask"), also=("lien_he",))] = ""
    deadline: Annotated[str, Field("Hạn trả lời", "Deadline", also=("han", "han_tra_loi"))] = ""


class Experts(tuple[Expert, ...]):
    r"""The experts in the order of the table, and its layout.

    Attributes
    ----------
    layout : Layout
        What each row and column was taken for.
    notes : tuple of Text

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> file = Path(tempfile.mkdtemp()) / "experts.csv"
    >>> _ = file.write_text("expert,name,group,phone\ne1,An,agencies,0912\n", encoding="utf-8")
    >>> experts = tp.inputs.read_experts(file)
    >>> len(experts), experts.layout.left_out["name"].tolist()
    (1, ['phone'])
    """

    layout: Layout
    notes: tuple[Text, ...]


@validated
def read_experts(
    path: str | Path,
    *,
    sectors: Sequence[str] = (),
    sheet: str | None = None,
    locale: Locale | None = None,
    layout: LayoutLike | None = None,
    header_rows: int | None = None,
    columns: Mapping[str, str] | None = None,
    skip_rows: Collection[int] = (),
) -> Experts:
    r"""Read the list of experts; columns that are not asked for are left out and listed.

    Parameters
    ----------
    path : path
        Table with ``expert, name, group`` and, optional, ``sectors, contact, deadline``.
    sectors : sequence of str
        Codes that may stand there; empty takes every code.
    sheet : str, optional
    locale : {"vi", "en"}, optional
    layout : {"rows", "columns"} or mapping of int to str, optional
        Whether each row or each column is an expert; or what single rows are, by their number in the file.
    header_rows : int, optional
        How many rows of headings there are.
    columns : mapping of str to str, optional
        What headings stand for: ``{"Họ tên": "name"}``.
    skip_rows : collection of int
        Lines (rows of a sheet) to be left out.

    Returns
    -------
    Experts
        A tuple of Expert in the order of the table, with ``layout`` and ``notes``.

    Raises
    ------
    DataFileError
        Every problem of the table, with its line.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "experts.csv"
    >>> _ = file.write_text("expert,name,group,sectors\ne1,An,agencies,AGR;ENE\n", encoding="utf-8")
    >>> tp.inputs.read_experts(file)[0].sectors
    ('AGR', 'ENE')
    """
    diagnostics = Diagnostics()
    options = TableOptions(layout, header_rows, columns, skip_rows, sheet, locale)
    allowed = text("a table of experts: expert, name, group, sectors")
    table, taken_for = read_record_table(path, ExpertRow, diagnostics, options, allowed)
    seen: set[str] = set()
    found = []
    for line in table:
        if line["expert"] and line["expert"] in seen:
            once = text("each id once")
            diagnostics.add("S302", line.location, field="expert", found=line["expert"], allowed=once)
        seen.add(line["expert"])
        for code in line["sectors"] or ():
            if sectors and code not in sectors:
                diagnostics.unknown(
                    "S306", line.location, field="sectors", found=code, name=code, known=list(sectors)
                )
        found.append(
            Expert(
                line["expert"] or "",
                line["name"] or "",
                line["group"] or "",
                tuple(line["sectors"] or ()),
                line["contact"] or "",
                line["deadline"] or "",
            )
        )
    if not found and not len(diagnostics):
        location = Location(table.file)
        diagnostics.add("T103", location, found=text("no expert"), allowed=text("one expert a row"))
    diagnostics.check()
    experts = Experts(found)
    experts.layout, experts.notes = taken_for, tuple(diagnostics.notes)
    return experts
