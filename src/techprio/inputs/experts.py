"""The list of experts who are asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from techprio.inputs.columns import Row
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.opening import read_bytes
from techprio.inputs.tables import read_table
from techprio.language import text
from techprio.model.fields import Field
from techprio.model.forms import Expert


class ExpertRow(Row):
    """``experts.csv``: who is asked, for which sectors."""

    expert: Annotated[str, Field("Mã chuyên gia", "Expert", kind="id", also=("ma", "ma_chuyen_gia"))]
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


def read_experts(path: str | Path, *, sectors: Sequence[str] = ()) -> tuple[Expert, ...]:
    r"""Read the list of experts.

    Parameters
    ----------
    path : path
        Table with ``expert, name, group`` and, optional, ``sectors, contact, deadline``.
    sectors : sequence of str
        Codes that may stand there; empty takes every code.

    Returns
    -------
    tuple of Expert
        In the order of the table.

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
    data = read_bytes(path, diagnostics, text("a table of experts: expert, name, group, sectors"))
    seen: set[str] = set()
    found = []
    for line in read_table(data, Path(path).name, ExpertRow, diagnostics):
        if line["expert"] in seen:
            allowed = text("each id once")
            diagnostics.add("S302", line.location, field="expert", found=line["expert"], allowed=allowed)
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
    diagnostics.check()
    return tuple(found)
