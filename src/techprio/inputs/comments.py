"""The record of a consultation: who wrote what on what, the answer, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import pandas as pd

from techprio.inputs.columns import Row
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.grid import Grid
from techprio.inputs.opening import read_bytes
from techprio.inputs.tables import read_table
from techprio.language import text
from techprio.model.fields import Field


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
