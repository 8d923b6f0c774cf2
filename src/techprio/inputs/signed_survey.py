"""Exports of online surveys: one row an expert, one column a pair, answers from -9 to 9."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from techprio.inputs.cells import CellProblem, clean, parse_number_freely
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.grid import Grid, GridRow, shown
from techprio.inputs.tables import report_fault
from techprio.language import text


@dataclass(frozen=True)
class SignedSurvey:
    """The heading row and the pair of each column."""

    heading: GridRow
    pairs: dict[int, tuple[str, str]]


def find_signed_survey(grid: Grid) -> SignedSurvey | None:
    """Find the heading row whose names are pairs ``A_B``, or None when the table is something else."""
    for row in grid.rows:
        pairs = {}
        for place, entry in enumerate(row.cells[1:], start=1):
            parts = clean(shown(entry)).split("_")
            if len(parts) == 2 and all(parts):
                pairs[place] = (parts[0], parts[1])
        names = {name for pair in pairs.values() for name in pair}
        if pairs and len(pairs) == len(row.filled()) - 1 and len(names) <= len(pairs) + 1:
            return SignedSurvey(row, pairs)
    return None


def read_signed_survey(
    grid: Grid,
    survey: SignedSurvey,
    diagnostics: Diagnostics,
    *,
    minus_means: Literal["left", "right"] | None,
    largest: float,
) -> dict[str, pd.DataFrame]:
    """Return the ratios of every expert; what a minus means must be said, either way is in use."""
    if minus_means is None:
        diagnostics.add(
            "J414",
            grid.location(survey.heading.number),
            field="minus_means",
            found=text("answers with a sign, and no word on what a minus means"),
            allowed=text("left: a minus favours the item named first; right: the one named second"),
            proposal=text("look at the form, and give --minus-means left or right"),
        )
        return {}
    names = list(dict.fromkeys(name for pair in survey.pairs.values() for name in pair))
    tables = {}
    for row in grid.rows:
        expert = clean(shown(row.entry(0)))
        if row.number <= survey.heading.number or not expert:
            continue
        table = pd.DataFrame(np.nan, index=names, columns=names)
        for place, (left, right) in survey.pairs.items():
            answer = _answer(grid, row, place, f"{expert}: {left} / {right}", diagnostics, largest)
            if answer is not None:
                ratio = _left_ratio(answer, minus_means)
                table.loc[left, right], table.loc[right, left] = ratio, 1 / ratio
        tables[expert] = table
    return tables


def _answer(
    grid: Grid, row: GridRow, place: int, field: str, diagnostics: Diagnostics, largest: float
) -> float | None:
    words = clean(shown(row.entry(place)))
    if not words:
        return None
    value = parse_number_freely(words)
    if not isinstance(value, CellProblem) and 1 <= abs(value) <= largest:
        return value
    if not isinstance(value, CellProblem):
        ends = text("from -{largest} to -1, or from 1 to {largest}", largest=f"{largest:g}")
        value = CellProblem("J409", ends, text("leave the cell empty for no opinion; 1 means equal"))
    report_fault(value, grid.location(row.number, place), field, words, diagnostics)
    return None


def _left_ratio(answer: float, minus_means: str) -> float:
    favours_left = (answer < 0) == (minus_means == "left")
    return abs(answer) if favours_left else 1 / abs(answer)
