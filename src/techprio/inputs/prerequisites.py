"""Technologies with all their prerequisites in one cell, as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import pandas as pd

from techprio.errors import Sayable
from techprio.inputs.cells import CellProblem, parse_id, plain_letters
from techprio.inputs.columns import Row
from techprio.inputs.diagnostics import Diagnostics, Location, UnknownNames, listed
from techprio.inputs.opening import read_bytes, read_grid
from techprio.inputs.tables import Line, read_table
from techprio.language import text
from techprio.model.fields import Field
from techprio.model.prerequisites import Prerequisites

# Semicolon, comma, any blank or line break, "và", "and": a code has none of them inside.
_BETWEEN = re.compile(r"[;,\s]+|(?<!\w)(?:và|and)(?!\w)", re.IGNORECASE)

_NONE = {"khong", "khong co", "none", "no", "nil", "n/a", "na", "null", "nothing", "x"}


class PrerequisiteRow(Row):
    """A technology with everything that it needs, and its phase where the table has one."""

    technology: Annotated[str, Field("Công nghệ", "Technology", kind="id", also=("ma", "ma_cong_nghe", "id"))]
    requires: Annotated[
        str, Field("Cần trước", "Requires", kind="codes", also=("can_truoc", "phu_thuoc"))
    ] = ""
    phase: Annotated[str, Field("Giai đoạn", "Phase", also=("giai_doan",))] = ""


def read_prerequisites(
    path: str | Path, *, none_words: Sequence[str] = (), sheet: str | None = None
) -> Prerequisites:
    r"""Read a table in which a cell holds all prerequisites of a technology.

    Parameters
    ----------
    path : path
        CSV file or workbook with ``technology`` (``ma``), ``requires`` (``can_truoc``) and, where
        there is one, ``phase`` (``giai_doan``). Codes in a cell are parted by semicolons, commas,
        blanks, line breaks, "và" or "and"; a code that stands twice counts once, and that is noted.
    none_words : sequence of str
        Words that stand for "needs nothing", such as ``"-"`` or ``"không"``. None is taken as such
        unless it is named here.
    sheet : str, optional
        Needed when a workbook has several sheets.

    Returns
    -------
    Prerequisites
        For :func:`techprio.dependencies.build_graph` and :func:`techprio.dependencies.check_phases`.

    Raises
    ------
    DataFileError
        With every problem: unknown codes, a technology in two rows, cells that hold no code.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "needs.csv"
    >>> _ = file.write_text("ma,can_truoc\nT1,-\nT2,T1\nT3,T1 và T2\n", encoding="utf-8")
    >>> found = tp.inputs.read_prerequisites(file, none_words=["-"])
    >>> found.dependencies[["technology", "requires"]].values.tolist()
    [['T2', 'T1'], ['T3', 'T1'], ['T3', 'T2']]
    """
    diagnostics = Diagnostics()
    file = Path(path).name
    data = read_bytes(path, diagnostics, text("a file"))
    grid = read_grid(data, file, diagnostics, sheet=sheet)
    lines = list(read_table(grid, file, PrerequisiteRow, diagnostics)) if grid is not None else []
    nothing = {plain_letters(word).casefold() for word in none_words}
    edges = [(line, code) for line in lines for code in _codes(line, nothing, diagnostics)]
    names = _technologies(lines, diagnostics)
    known = UnknownNames("S303", names)
    for line, code in edges:
        known.is_known(code, line.location, "requires")
    known.report(diagnostics)
    diagnostics.check()
    table = [(line["technology"], code) for line, code in edges]
    phases = pd.Series([line["phase"] for line in lines], index=names, dtype=object)
    return Prerequisites(
        technologies=tuple(names),
        dependencies=pd.DataFrame(table, columns=["technology", "requires"]),
        phases=phases if any(phases) else phases.iloc[:0],
        notes=tuple(diagnostics.notes),
    )


def _codes(line: Line, nothing: set[str], diagnostics: Diagnostics) -> list[str]:
    words = str(line["requires"] or "").strip()
    if plain_letters(words).casefold() in nothing:
        return []
    found = [word for word in _BETWEEN.split(words) if word]
    wrong = [word for word in found if isinstance(parse_id(word), CellProblem)]
    if wrong:
        diagnostics.add(
            "T115",
            line.location,
            field="requires",
            found=words,
            allowed=text("codes parted by semicolons, or an empty cell"),
            proposal=_nothing_needed(words),
        )
        return []
    once = list(dict.fromkeys(found))
    if len(once) < len(found):
        doubled = sorted({word for word in found if found.count(word) > 1})
        diagnostics.note(
            text(
                "{location}: {names} stands twice and counts once",
                location=line.location.words,
                names=listed(doubled),
            )
        )
    return once


def _nothing_needed(words: str) -> Sayable:
    """Propose none_words for a cell that names nothing: signs alone, or a word for no or none."""
    if re.search(r"\w", words) and plain_letters(words).casefold() not in _NONE:
        return ""
    return text("if {word} means that nothing is needed, name it in none_words", word=words)


def _technologies(lines: Sequence[Line], diagnostics: Diagnostics) -> list[str]:
    locations: dict[str, Location] = {}
    for line in lines:
        name = line["technology"]
        if name in locations:
            found = text("{id}, also in {location}", id=name, location=locations[name].words)
            diagnostics.add(
                "S302", line.location, field="technology", found=found, allowed=text("each id once")
            )
        elif name is not None:
            locations[name] = line.location
    return list(locations)
