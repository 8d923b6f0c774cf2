"""Surveys with a row an expert: which columns compare two criteria, and how their answers become ratios.

A pair stands in one column (a ratio, a signed number, a place on the line from 9 over 1 to 9) or in two (the
side, then how much). A heading is a pair when its two sides are criteria: joined by a word such as "vs", or
by another sign when the same names come again in other headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.inputs.cells import CellProblem, clean
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics, listed
from techprio.inputs.grid import Grid, GridRow, first_words, shown
from techprio.inputs.named_rows import counts_answers
from techprio.inputs.numbers import Locale, readings
from techprio.inputs.pairwise_forms import read_degree
from techprio.inputs.pairwise_headings import Pair, pairs_of_headings, same_name
from techprio.inputs.ratios import (
    SCALES,
    PairScale,
    Side,
    as_ratios,
    check_minus,
    off_scale,
    off_scale_problem,
    read_signed,
    scale_of,
)
from techprio.inputs.roles import LABELS, row_role
from techprio.inputs.survey_people import EXPERT
from techprio.inputs.table_columns import is_moment
from techprio.inputs.table_doubts import SUMS
from techprio.inputs.tables import report_problem
from techprio.language import Text, text

_FIRST = ("1", "a", "left", "trái", "first")
_SECOND = ("2", "b", "right", "phải", "second")
_EQUAL = ("equal", "equally", "same", "=", "0", "bằng nhau", "ngang nhau", "bang nhau", "ngang nhau")


@dataclass(frozen=True)
class PairColumns:
    """The columns of a survey.

    Parameters
    ----------
    heading : GridRow
    pairs : dict of int to tuple of str
        The two criteria of each column.
    degrees : dict of int to int
        The column of the degree, where the column of the pair holds a side.
    expert : int or None
        None: experts are numbered by their rows.
    kept : dict of int to str
        Further columns, kept as attributes of the expert.
    """

    heading: GridRow
    pairs: dict[int, Pair]
    degrees: dict[int, int] = field(default_factory=dict)
    expert: int | None = None
    kept: dict[int, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Criteria in the order in which they first stand."""
        return list(dict.fromkeys(name for pair in self.pairs.values() for name in pair))


@dataclass(frozen=True)
class SurveyAnswers:
    """What the rows of a survey say: ratios by expert, and what else is known of each expert."""

    matrices: dict[str, pd.DataFrame]
    attributes: pd.DataFrame
    layout: Text
    rows: Sequence[GridRow] = ()


def find_pair_columns(grid: Grid, criteria: Sequence[str] = ()) -> PairColumns | None:
    """Find the row of headings with pairs, and what its other columns are; None when there is none."""
    for place, row in enumerate(grid.rows[:-1]):
        headings = [clean(shown(entry)) for entry in row.cells]
        # Headings hold no numbers, and stand over several columns.
        if len(row.filled()) < 2 or any(readings(words) for words in headings):
            continue
        pairs = pairs_of_headings(headings, criteria)
        below = grid.rows[place + 1 :]
        if pairs and any(shown(under.entry(one)) for under in below for one in pairs):
            return _columns(row, pairs, below)
    return None


def _columns(heading: GridRow, pairs: dict[int, Pair], below: Sequence[GridRow]) -> PairColumns:
    degrees = _degree_columns(heading, pairs, below)
    width = max([len(heading.cells), *(len(row.cells) for row in below)])
    rest = [place for place in range(width) if place not in pairs and place not in degrees.values()]
    names = {place: clean(shown(heading.entry(place))) for place in rest}
    used = [place for place in rest if any(shown(row.entry(place)) for row in below)]
    can = [place for place in used if not _are_moments(place, below)]
    named = [place for place in can if fold(names[place]) in EXPERT]
    called = [place for place in can if fold(names[place]) in LABELS and _are_different(place, below)]
    blank = [place for place in can if not names[place] and place < min(pairs)]
    before = [place for place in can if place < min(pairs) and _are_different(place, below)]
    expert = next(iter([*named, *called, *blank, *before]), None)
    kept = {place: names[place] or f"column {place + 1}" for place in used if place != expert}
    return PairColumns(heading, pairs, degrees, expert, kept)


def _are_moments(place: int, rows: Sequence[GridRow]) -> bool:
    """Whether a column holds times of answers, which name no expert."""
    return all(is_moment(row.entry(place)) for row in rows if shown(row.entry(place)))


def _are_different(place: int, rows: Sequence[GridRow]) -> bool:
    cells = [words for row in rows if (words := clean(shown(row.entry(place))))]
    return bool(cells) and len(set(cells)) == len(cells)


def _degree_columns(heading: GridRow, pairs: Mapping[int, Pair], below: Sequence[GridRow]) -> dict[int, int]:
    """Return the column right of each pair when all pairs hold a side and the next columns a degree."""
    if any(place + 1 in pairs for place in pairs):
        return {}
    for place, pair in pairs.items():
        sides = [words for row in below if (words := clean(shown(row.entry(place))))]
        degrees = [words for row in below if (words := clean(shown(row.entry(place + 1))))]
        if not degrees or any(_side(one, pair) is None and same_name(one) not in _EQUAL for one in sides):
            return {}
        if not all(readings(words) for words in degrees):
            return {}
    return {place: place + 1 for place in pairs}


def _side(words: str, pair: Pair) -> int | None:
    """Return 0 for the item named first, 1 for the second; None for anything else."""
    said = same_name(words.removesuffix(".0"))
    for place, known in enumerate((_FIRST, _SECOND)):
        if said in known or said == same_name(pair[place]):
            return place
    return None


def read_pair_columns(
    grid: Grid,
    columns: PairColumns,
    diagnostics: Diagnostics,
    *,
    locale: Locale | None,
    minus_means: Side | None,
    scale: PairScale | None,
    largest: float,
) -> SurveyAnswers:
    """Return the ratios of every expert; what a minus means is asked where one occurs, never guessed."""
    rows = [row for row in grid.rows if row.number > columns.heading.number and _speaks(row, columns)]
    rows = _without_sums(grid, rows, diagnostics)
    experts = _experts(grid, columns, rows, diagnostics)
    if columns.degrees:
        kind = text("which side, then how much; 1, A or the name of the first favours the item named first")
        ratios = _sided(grid, columns, rows, experts, diagnostics, locale, largest)
    else:
        answers = _signed(grid, columns, rows, experts, diagnostics, locale, largest)
        scale = scale or scale_of(answers, minus_means, largest)
        kind = SCALES[scale]
        _check_scale(grid, columns, rows, experts, answers, diagnostics, scale, minus_means, largest)
        ratios = as_ratios(answers, scale, minus_means, largest)
    matrices = dict(zip(experts, _matrices(columns, ratios), strict=True))
    attributes = pd.DataFrame(
        {
            name: pd.Series([clean(shown(row.entry(place))) for row in rows], index=experts, dtype=object)
            for place, name in columns.kept.items()
        },
        index=pd.Index(experts, name="expert", dtype=object),
    )
    return SurveyAnswers(matrices, attributes, _layout(columns, len(rows), kind), rows)


def _layout(columns: PairColumns, experts: int, kind: Text) -> Text:
    kept = listed(list(columns.kept.values())) if columns.kept else text("none")
    return text(
        "a survey with a row an expert: {experts} experts, {pairs} pairs of {criteria}; answers: {kind}; "
        "further columns, kept as attributes of the experts: {kept}",
        experts=experts,
        pairs=len(columns.pairs),
        criteria=listed(columns.names),
        kind=kind,
        kept=kept,
    )


def _without_sums(grid: Grid, rows: Sequence[GridRow], diagnostics: Diagnostics) -> list[GridRow]:
    """Leave out rows of means, totals and counts below the answers, and say so."""
    kept = list(rows)
    while len(kept) > 1 and _sums_up(kept[-1], kept):
        row = kept.pop()
        diagnostics.note(
            text(
                "{place}: {words} is not a row of the table and is left out",
                place=grid.location(row.number).words,
                words=repr(first_words(row)[:60]),
            )
        )
    return kept


def _sums_up(row: GridRow, rows: Sequence[GridRow]) -> bool:
    name = first_words(row)
    return row_role(name) in SUMS or counts_answers(name, row, rows) != "no"


def _speaks(row: GridRow, columns: PairColumns) -> bool:
    """Return whether a row is that of an expert: it has an id or an answer."""
    places = [*columns.pairs, *columns.degrees.values()]
    places += [] if columns.expert is None else [columns.expert]
    return any(shown(row.entry(place)) for place in places)


def _experts(
    grid: Grid, columns: PairColumns, rows: Sequence[GridRow], diagnostics: Diagnostics
) -> list[str]:
    if columns.expert is None:
        return [str(number) for number in range(1, len(rows) + 1)]
    names: list[str] = []
    for number, row in enumerate(rows, start=1):
        name = clean(shown(row.entry(columns.expert)))
        location = grid.location(row.number, columns.expert)
        if not name:
            name = str(number) if str(number) not in names else f"row {row.number}"
            diagnostics.note(
                text("{place}: the expert has no id and is called {name}", place=location.words, name=name)
            )
        elif name in names:
            diagnostics.add("S302", location, field="expert", found=name, allowed=text("each id once"))
            name = f"{name} ({row.number})"
        names.append(name)
    return names


def _answers(
    columns: PairColumns, rows: Sequence[GridRow], experts: Sequence[str]
) -> Iterator[tuple[int, int, GridRow, int, str]]:
    """Give every answer: number of the expert and of the pair, row, column, and words for a problem."""
    for e, (row, expert) in enumerate(zip(rows, experts, strict=True)):
        for p, (place, (left, right)) in enumerate(columns.pairs.items()):
            yield e, p, row, place, f"{expert}: {left} / {right}"


def _sided(
    grid: Grid, columns: PairColumns, rows: Sequence[GridRow], experts: Sequence[str],
    diagnostics: Diagnostics, locale: Locale | None, largest: float,
) -> NDArray[np.float64]:  # fmt: skip
    ratios = np.full((len(rows), len(columns.pairs)), np.nan)
    pairs = list(columns.pairs.values())
    for e, p, row, place, name in _answers(columns, rows, experts):
        side = clean(shown(row.entry(place)))
        degree = read_degree(grid, row, columns.degrees[place], name, diagnostics, locale, largest, side=side)
        if degree is None:
            continue
        favours = _side(side, pairs[p]) if side else None
        if favours is None and degree != 1:
            location = grid.location(row.number, place)
            found, allowed = side or text("empty cell"), text("which of the two, where the degree is not 1")
            diagnostics.add("J413", location, field=name, found=found, allowed=allowed)
            continue
        ratios[e, p] = 1 / degree if favours == 1 else degree
    return ratios


def _signed(
    grid: Grid, columns: PairColumns, rows: Sequence[GridRow], experts: Sequence[str],
    diagnostics: Diagnostics, locale: Locale | None, largest: float,
) -> NDArray[np.float64]:  # fmt: skip
    """Return the numbers as they stand; a ratio, or a degree with a sign; NaN for an empty cell."""
    answers = np.full((len(rows), len(columns.pairs)), np.nan)
    for e, p, row, place, name in _answers(columns, rows, experts):
        entry = row.entry(place)
        value = read_signed(entry, locale=locale, largest=largest)
        if isinstance(value, CellProblem):
            report_problem(value, grid.location(row.number, place), name, shown(entry), diagnostics)
        elif value is not None:
            answers[e, p] = value
    return answers


def _check_scale(
    grid: Grid, columns: PairColumns, rows: Sequence[GridRow], experts: Sequence[str],
    answers: NDArray[np.float64], diagnostics: Diagnostics, scale: PairScale, minus_means: Side | None,
    largest: float,
) -> None:  # fmt: skip
    check_minus(answers, scale, minus_means, grid.location(columns.heading.number), diagnostics)
    places, pairs = list(columns.pairs), list(columns.pairs.values())
    for e, p in np.argwhere(off_scale(answers, scale, largest)):
        report_problem(
            off_scale_problem(answers[e, p], scale, largest),
            grid.location(rows[e].number, places[p]),
            f"{experts[e]}: {' / '.join(pairs[p])}",
            shown(rows[e].entry(places[p])),
            diagnostics,
        )


def _matrices(columns: PairColumns, ratios: NDArray[np.float64]) -> list[pd.DataFrame]:
    names = columns.names
    place = {name: number for number, name in enumerate(names)}
    left, right = (np.array([place[pair[side]] for pair in columns.pairs.values()]) for side in (0, 1))
    values = np.full((len(ratios), len(names), len(names)), np.nan)
    values[:, left, right] = ratios
    values[:, right, left] = 1 / ratios
    index = pd.Index(names)
    return [pd.DataFrame(one, index=index, columns=index) for one in values]
