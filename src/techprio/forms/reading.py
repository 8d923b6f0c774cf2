"""One returned form: its answers, or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from techprio.forms.questions import DEGREES, EQUAL, UNKNOWN, Pair, Score, criteria_mark, levels_of
from techprio.forms.workbook import FIRST_ROW, IDS_FROM, META, VERSION
from techprio.inputs.cells import CellProblem, parse_number_freely, plain_letters
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.grid import Grid, GridRow, shown
from techprio.inputs.sniffing import sniff
from techprio.inputs.workbooks import read_workbook
from techprio.language import LANGUAGES, text
from techprio.model.study import Study

_SIDE, _DEGREE, _NOTE = 3, 4, 5


@dataclass
class Answered:
    """What stands in a form: judgments as (pair, preferred, strength, note), scores by question."""

    expert: str
    group: str
    judgments: list[tuple[Pair, str, float, str]] = field(default_factory=list)
    scores: dict[Score, float] = field(default_factory=dict)
    unknown: int = 0


def read_form(
    data: bytes, file: str, study: Study, diagnostics: Diagnostics, *, round: int
) -> Answered | None:
    """Read a form; None, with the problems noted, when it is not one of this study and round."""
    kind = sniff(data, file, diagnostics)
    if kind is None or kind == "text":
        if kind == "text":
            allowed = text("a form that techprio forms make has written")
            diagnostics.add("T124", Location(file), found=text("a text file"), allowed=allowed)
        return None
    grids = read_workbook(data, file, kind, diagnostics)
    meta = _meta(grids)
    if not _is_ours(meta, file, study, diagnostics, round=round):
        return None
    found = Answered(meta["expert"], meta["group"])
    known = set(study.criteria.by_id)
    for grid in grids:
        for row in grid.rows if grid.sheet != META else ():
            ids = [shown(row.entry(IDS_FROM + place)) for place in range(3)]
            if row.number <= FIRST_ROW or not all(ids):
                continue
            if ids[1] in known and ids[2] in known:
                _take_pair(found, Pair(*ids), grid, row, study, diagnostics)
            else:
                _take_score(found, Score(*ids), grid, row, study, diagnostics)
    return found


def _meta(grids: list[Grid]) -> dict[str, str]:
    sheet = next((grid for grid in grids if grid.sheet == META), None)
    return {} if sheet is None else {shown(row.entry(0)): shown(row.entry(1)) for row in sheet.rows}


def _is_ours(
    meta: Mapping[str, str], file: str, study: Study, diagnostics: Diagnostics, *, round: int
) -> bool:
    needed = ("version", "study", "criteria", "expert", "group", "round")
    if any(key not in meta for key in needed):
        allowed = text("a form that techprio forms make has written")
        diagnostics.add("F601", Location(file), found=text("no mark of a form"), allowed=allowed)
        return False
    wanted = {
        "version": str(VERSION),
        "study": study.id,
        "criteria": criteria_mark(study),
        "round": str(round),
    }
    wrong = [key for key, value in wanted.items() if meta[key] != value]
    for key in wrong:
        proposal = (
            text("send the expert the present form") if key != "round" else text("read that round by itself")
        )
        diagnostics.add(
            "F602", Location(file), field=key, found=meta[key], allowed=wanted[key], proposal=proposal
        )
    return not wrong


def _take_pair(
    found: Answered, pair: Pair, grid: Grid, row: GridRow, study: Study, diagnostics: Diagnostics
) -> None:
    side, degree = shown(row.entry(_SIDE)), shown(row.entry(_DEGREE))
    note = shown(row.entry(_NOTE))
    meant = _side(side, pair, study)
    strength = _degree(degree)
    if meant == "unknown":
        found.unknown += 1
    elif side and meant is None:
        allowed = listed([pair.one, pair.other, "="])
        diagnostics.add(
            "F603",
            grid.location(row.number, _SIDE),
            field=f"{pair.one} / {pair.other}",
            found=side,
            allowed=allowed,
        )
    elif degree and strength is None:
        diagnostics.add(
            "F603",
            grid.location(row.number, _DEGREE),
            field=f"{pair.one} / {pair.other}",
            found=degree,
            allowed=text("a degree from 2 to 9"),
        )
    elif meant == "equal":
        if strength not in (None, 1.0):
            diagnostics.add(
                "F604",
                grid.location(row.number, _DEGREE),
                field=f"{pair.one} / {pair.other}",
                found=degree,
                allowed=text('no degree beside "equally important"'),
                proposal=text("choose a side, or empty the degree"),
            )
            return
        found.judgments.append((pair, pair.one, 1.0, note))
    elif meant is not None:
        if strength is None:
            diagnostics.add(
                "F604",
                grid.location(row.number, _DEGREE),
                field=f"{pair.one} / {pair.other}",
                found=text("no degree"),
                allowed=text("a degree from 2 to 9"),
            )
            return
        found.judgments.append((pair, meant, strength, note))
    elif strength is not None:
        diagnostics.add(
            "F604",
            grid.location(row.number, _SIDE),
            field=f"{pair.one} / {pair.other}",
            found=text("no side"),
            allowed=listed([pair.one, pair.other, "="]),
        )


def _side(words: str, pair: Pair, study: Study) -> str | None:
    """Return the criterion that is meant, ``equal`` or ``unknown``; None for nothing or something else."""
    folded = _folded(words)
    for name in (pair.one, pair.other):
        label = study.criteria.by_id[name].label
        if folded in {_folded(f"{name} {label.render(language)}") for language in LANGUAGES} | {
            _folded(name)
        }:
            return name
    for meaning, said in (("equal", EQUAL), ("unknown", UNKNOWN)):
        if folded in {_folded(said.render(language)) for language in LANGUAGES}:
            return meaning
    return None


def _degree(words: str) -> float | None:
    first = words.split("-")[0].strip()
    return float(first) if first.isdigit() and int(first) in DEGREES else None


def _take_score(
    found: Answered, score: Score, grid: Grid, row: GridRow, study: Study, diagnostics: Diagnostics
) -> None:
    entry: Any = row.entry(_SIDE)
    words = shown(entry)
    criterion = study.criteria.by_id.get(score.criterion)
    if not words or criterion is None or criterion.scale is None:
        return
    if _folded(words) in {_folded(UNKNOWN.render(language)) for language in LANGUAGES}:
        found.unknown += 1
        return
    levels = levels_of(criterion)
    value = _level(words) if levels else _number(words)
    if (
        value is None
        or not criterion.scale.lowest <= value <= criterion.scale.highest
        or (levels and value not in levels)
    ):
        allowed = text(
            "a number from {lowest} to {highest}",
            lowest=float(criterion.scale.lowest),
            highest=float(criterion.scale.highest),
        )
        diagnostics.add(
            "F603",
            grid.location(row.number, _SIDE),
            field=f"{score.technology} {score.criterion}",
            found=words,
            allowed=allowed,
        )
        return
    found.scores[score] = value


def _level(words: str) -> float | None:
    first = words.split(" - ")[0].strip()
    return _number(first)


def _number(words: str) -> float | None:
    value = parse_number_freely(words)
    return None if isinstance(value, CellProblem) else float(value)


def _folded(words: str) -> str:
    return " ".join(plain_letters(words).casefold().split())


def doubtful_of(found: Answered, pairs_asked: int) -> Iterator[tuple[str, Any]]:
    """Give answers that are allowed and worth a second look, as (node, what)."""
    strengths = [strength for _, _, strength, _ in found.judgments]
    if len(strengths) >= 6 and set(strengths) == {1.0}:
        yield "", text("every pair is equally important")
    elif len(strengths) >= 6 and len(set(strengths)) == 1:
        yield "", text("the same degree for every pair")
    values = list(found.scores.values())
    if len(values) >= 10 and len(set(values)) == 1:
        yield "", text("the same score for everything")
    if pairs_asked and found.unknown > (pairs_asked + len(values)) / 2:
        yield "", text('more than half is "don\'t know"')
