"""Forms with a comparison a row: "A or B, and how much", and lists of statements "this rather than that"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd

from techprio.inputs.cells import CellProblem, clean
from techprio.inputs.columns import Row, fold, headings
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.grid import Grid, GridRow, shown
from techprio.inputs.numbers import Locale
from techprio.inputs.ratios import (
    PairScale,
    Side,
    as_ratios,
    check_minus,
    off_scale,
    off_scale_problem,
    read_ratio,
    read_signed,
    scale_of,
)
from techprio.inputs.tables import Line, read_table, report_problem
from techprio.language import text
from techprio.model.fields import Field, fields_of

_FIRST = (
    "tieu_chi_a", "criterion_a", "item_a", "a", "tieu_chi_1", "criterion_1", "item_1", "criterion1", "item1",
    "left", "ben_trai", "factor_a", "factor_1", "element_a", "element_1", "yeu_to_1", "yeu_to_a",
)  # fmt: skip
_SECOND = (
    "tieu_chi_b", "criterion_b", "item_b", "b", "tieu_chi_2", "criterion_2", "item_2", "criterion2", "item2",
    "right", "ben_phai", "factor_b", "factor_2", "element_b", "element_2", "yeu_to_2", "yeu_to_b",
)  # fmt: skip
_EXPERT = ("expert", "respondent", "chuyen_gia", "ma_chuyen_gia")
_SIDE = ("a_hay_b", "a_or_b", "ben_nao", "side")
_DEGREE = ("muc_do", "degree", "strength", "intensity", "how_much")


@dataclass(frozen=True)
class AbForm:
    """Where the columns of a form stand."""

    heading: GridRow
    first: int
    second: int
    side: int
    degree: int
    expert: int | None = None


def find_ab_form(grid: Grid) -> AbForm | None:
    """Find the heading row of a form, or None when the table is something else."""
    for row in grid.rows:
        headings = [fold(shown(entry)) for entry in row.cells]
        first, second = _exact(headings, _FIRST), _exact(headings, _SECOND)
        side, degree = _beginning(headings, _SIDE), _beginning(headings, _DEGREE)
        if first is not None and second is not None and side is not None and degree is not None:
            return AbForm(row, first, second, side, degree, _exact(headings, _EXPERT))
    return None


def read_ab_form(
    grid: Grid,
    form: AbForm,
    name: str,
    diagnostics: Diagnostics,
    *,
    locale: Locale | None,
    largest: float,
) -> dict[str, pd.DataFrame]:
    """Return the ratios of a form by expert; a degree of 1 needs no side, any other does."""
    rows = [row for row in grid.rows if row.number > form.heading.number and ab_pair(row, form)]
    names = list(dict.fromkeys(one for row in rows for one in ab_pair(row, form)))
    tables: dict[str, pd.DataFrame] = {}
    for row in rows:
        expert = name if form.expert is None else clean(shown(row.entry(form.expert))) or name
        table = tables.setdefault(expert, pd.DataFrame(np.nan, index=names, columns=names))
        first, second = ab_pair(row, form)
        ratio = _ab_ratio(grid, form, row, diagnostics, locale, largest)
        if ratio is not None:
            table.loc[first, second], table.loc[second, first] = ratio, 1 / ratio
    return tables


def ab_pair(row: GridRow, form: AbForm) -> tuple[str, ...]:
    """Return the two items of a row; nothing where one is missing."""
    names = tuple(clean(shown(row.entry(place))) for place in (form.first, form.second))
    return names if all(names) else ()


def _ab_ratio(
    grid: Grid, form: AbForm, row: GridRow, diagnostics: Diagnostics, locale: Locale | None, largest: float
) -> float | None:
    field = " / ".join(ab_pair(row, form))
    side = clean(shown(row.entry(form.side))).upper()
    degree = read_degree(grid, row, form.degree, field, diagnostics, locale, largest, side=side)
    if degree is None:
        return None
    if degree == 1 or side in ("A", "B"):
        return 1 / degree if side == "B" else degree
    found = side or text("empty cell")
    diagnostics.add("J413", grid.location(row.number, form.side), field=field, found=found, allowed="A, B")
    return None


def read_degree(
    grid: Grid,
    row: GridRow,
    place: int,
    name: str,
    diagnostics: Diagnostics,
    locale: Locale | None,
    largest: float,
    *,
    side: str,
) -> float | None:
    """Return how much one side counts more, from 1 on; None where it is not given or is no degree."""
    entry, location = row.entry(place), grid.location(row.number, place)
    degree = read_ratio(entry, locale=locale, largest=largest)
    allowed = text("a degree of 1 or more; the side says which item it favours")
    if isinstance(degree, CellProblem):
        report_problem(degree, location, name, shown(entry), diagnostics)
        return None
    if degree is None:
        if side:
            diagnostics.add("T114", location, field=name, found=text("empty cell"), allowed=allowed)
        return None
    if degree < 1:
        diagnostics.add("J403", location, field=name, found=shown(entry), allowed=allowed)
        return None
    return degree


def _exact(headings: list[str], names: tuple[str, ...]) -> int | None:
    return next((place for place, heading in enumerate(headings) if heading in names), None)


def _beginning(headings: list[str], names: tuple[str, ...]) -> int | None:
    return next((place for place, heading in enumerate(headings) if heading.startswith(names)), None)


class StatementRow(Row):
    """A list of comparisons: an expert prefers one criterion to another, so many times."""

    preferred: Annotated[str, Field("Quan trọng hơn", "Preferred", also=("uu_tien",))]
    other: Annotated[str, Field("Tiêu chí còn lại", "Other", also=("tieu_chi_kia", "con_lai", "kem_hon"))]
    strength: Annotated[float, Field("Mức độ", "Strength", kind="number", also=("muc_do", "degree"))]
    expert: Annotated[str, Field("Chuyên gia", "Expert", also=("ma_chuyen_gia", "respondent"))] = ""
    group: Annotated[str, Field("Nhóm", "Group")] = ""
    node: Annotated[str, Field("Nhóm tiêu chí", "Node", also=("nut",))] = ""
    weight: Annotated[
        float | None,
        Field("Trọng số chuyên gia", "Weight", least=0, also=("vote", "votes", "phieu", "trong_so")),
    ] = None


class PairRow(Row):
    """A list of comparisons: an expert, two criteria, and how many times the first counts more."""

    first: Annotated[str, Field("Tiêu chí A", "Criterion A", also=_FIRST)]
    second: Annotated[str, Field("Tiêu chí B", "Criterion B", also=_SECOND)]
    value: Annotated[
        str,
        Field(
            "Giá trị",
            "Value",
            also=(
                "ratio", "ty_so", "ti_so", "ty_le", "comparison", "answer", "tra_loi", "judgment",
                "judgement", "rating", "score", "diem", "so_sanh", *_DEGREE,
            ),
        ),
    ]  # fmt: skip
    expert: Annotated[str, Field("Chuyên gia", "Expert", also=("ma_chuyen_gia", "respondent"))] = ""
    group: Annotated[str, Field("Nhóm", "Group")] = ""
    node: Annotated[str, Field("Nhóm tiêu chí", "Node", also=("parent", "cluster", "nut"))] = ""
    weight: Annotated[
        float | None,
        Field("Trọng số chuyên gia", "Weight", least=0, also=("vote", "votes", "phieu", "trong_so")),
    ] = None


def list_record(grid: Grid) -> type[Row] | None:
    """Return the record of a list with a comparison a row; None where the table is something else."""
    for record in (StatementRow, PairRow):
        needed = [headings(column) for column in fields_of(record)[:3]]
        if any(
            all(any(fold(shown(entry)) in names for entry in row.cells) for names in needed)
            for row in grid.rows[:30]
        ):
            return record
    return None


STATEMENT_COLUMNS = ["expert", "group", "node", "preferred", "other", "strength"]


def read_statement_list(
    grid: Grid, name: str, diagnostics: Diagnostics, *, largest: float, locale: Locale | None = None
) -> tuple[pd.DataFrame, Mapping[str, float]]:
    """Return the statements, and the weights of the experts where the list gives them."""
    rows: list[tuple[object, ...]] = []
    votes: dict[str, float] = {}
    for line in read_table(grid, grid.file, StatementRow, diagnostics, locale=locale):
        if line.faulty:
            continue
        strength, location = float(line["strength"]), line.location
        if not 1 <= strength <= largest * 1.01:
            allowed = text("a number from 1 (equal) to {largest}", largest=f"{largest:g}")
            code = "J403" if strength < 1 else "J409"
            diagnostics.add(code, location, field="strength", found=f"{strength:g}", allowed=allowed)
        _take_vote(votes, line, name, diagnostics)
        rows.append((*_whose(line, name), line["preferred"], line["other"], strength))
    return pd.DataFrame(rows, columns=STATEMENT_COLUMNS), votes


def read_pair_list(
    grid: Grid,
    name: str,
    diagnostics: Diagnostics,
    *,
    largest: float,
    locale: Locale | None,
    minus_means: Side | None,
    scale: PairScale | None,
) -> tuple[pd.DataFrame, Mapping[str, float], PairScale]:
    """Return the statements of a list with two items and a number, votes, and what the numbers are."""
    votes: dict[str, float] = {}
    lines, numbers = [], []
    for line in read_table(grid, grid.file, PairRow, diagnostics, locale=locale):
        value = read_signed(str(line["value"] or ""), locale=locale, largest=largest)
        if line.faulty:
            continue
        _take_vote(votes, line, name, diagnostics)
        if isinstance(value, CellProblem):
            report_problem(value, line.location, _pair(line), str(line["value"]), diagnostics)
        elif value is not None:
            lines.append(line)
            numbers.append(float(value))
    answers = np.array(numbers)
    scale = scale or scale_of(answers, minus_means, largest)
    check_minus(answers, scale, minus_means, grid.location(0), diagnostics)
    for at in map(int, np.flatnonzero(off_scale(answers, scale, largest))):
        fault = off_scale_problem(answers[at], scale, largest)
        report_problem(fault, lines[at].location, _pair(lines[at]), str(lines[at]["value"]), diagnostics)
    rows = [
        (*_whose(line, name), line["first"], line["second"], ratio) if ratio >= 1
        else (*_whose(line, name), line["second"], line["first"], 1 / ratio)
        for line, ratio in zip(lines, as_ratios(answers, scale, minus_means, largest), strict=True)
        if ratio > 0
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=STATEMENT_COLUMNS), votes, scale


def _pair(line: Line) -> str:
    return f"{line['first']} / {line['second']}"


def _whose(line: Line, name: str) -> tuple[str, str, str]:
    return line["expert"] or name, line["group"] or "panel", line["node"] or "goal"


def _take_vote(votes: dict[str, float], line: Line, name: str, diagnostics: Diagnostics) -> None:
    expert = line["expert"] or name
    if line["weight"] is not None and votes.setdefault(expert, line["weight"]) != line["weight"]:
        found = text("{weight}, and {other} before", weight=line["weight"], other=votes[expert])
        allowed = text("one weight for an expert")
        diagnostics.add("J407", line.location, field="weight", found=found, allowed=allowed)
