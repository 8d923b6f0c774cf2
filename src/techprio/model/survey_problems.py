"""What a table of surveyed firms must be, whether it comes from a file or from a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from techprio.errors import Sayable, did_you_mean
from techprio.language import text
from techprio.model.instrument import Instrument, PointGroup

KEYS = ("firm", "sector", "year")
YEARS = (1990, 2100)


@dataclass(frozen=True)
class SurveyProblem:
    """A problem of a survey: the row by its position (None for the table as a whole), field and words."""

    code: str
    row: int | None
    field: str
    found: Sayable
    allowed: Sayable
    proposal: Sayable = ""


def survey_problems(
    survey: pd.DataFrame, instrument: Instrument, *, sectors: Sequence[str] = ()
) -> list[SurveyProblem]:
    """List every problem of a survey; empty points are no problem, they are reported as missing.

    Parameters
    ----------
    survey : DataFrame
        One row a firm and year: ``firm, sector, year``, optionally ``instrument``, and points by
        group or by the criteria that the instrument lists.
    instrument : Instrument
    sectors : sequence of str
        Known sector codes; empty takes every code.
    """
    missing = list(_missing_columns(survey, instrument))
    if missing:
        return missing
    return [
        *_key_problems(survey, instrument, sectors),
        *_doubled_firms(survey),
        *(problem for group in instrument.groups for problem in _point_problems(survey, group)),
        *_share_problems(survey),
    ]


def asked_by_question(survey: pd.DataFrame, group: PointGroup) -> bool:
    """Tell whether the survey has the criteria of a group instead of its points."""
    return bool(group.questions) and group.id not in survey.columns


def _missing_columns(survey: pd.DataFrame, instrument: Instrument) -> Iterator[SurveyProblem]:
    columns = [str(column) for column in survey.columns]
    needed = list(KEYS)
    for group in instrument.groups:
        questions = [question.id for question in group.questions]
        if asked_by_question(survey, group) and set(questions) & set(columns):
            needed += questions
        else:
            needed.append(group.id)
        if both := set(questions) & set(columns) if group.id in columns else set():
            found = text("{group} and {questions}", group=group.id, questions=", ".join(sorted(both)))
            yield SurveyProblem(
                "S341", None, group.id, found, text("points by group or by criterion, not both")
            )
    free = [column for column in columns if column not in needed]
    for name in needed:
        if name not in columns:
            found = text("no such column; the table has {names}", names=", ".join(columns))
            yield SurveyProblem("T105", None, name, found, ", ".join(needed), did_you_mean(name, free))


def _key_problems(
    survey: pd.DataFrame, instrument: Instrument, sectors: Sequence[str]
) -> Iterator[SurveyProblem]:
    for row, (firm, year) in enumerate(zip(survey["firm"], survey["year"], strict=True)):
        if not _word(firm):
            yield SurveyProblem("T114", row, "firm", text("nothing"), text("an id"))
        if not _is_year(year):
            allowed = text("a year from {first} to {last}", first=YEARS[0], last=YEARS[1])
            yield SurveyProblem("T111", row, "year", _word(year) or text("nothing"), allowed)
    yield from _unknown_names(survey, "S306", "sector", sectors)
    if "instrument" in survey.columns:
        yield from _unknown_names(survey, "S322", "instrument", instrument.ids)


def _unknown_names(
    survey: pd.DataFrame, code: str, field: str, known: Sequence[str]
) -> Iterator[SurveyProblem]:
    """Tell each unknown name once, at its first row; no known names at all takes every name."""
    names = [_word(value) for value in survey[field]]
    for name in dict.fromkeys(names):
        if name and (not known or name in known):
            continue
        found = text("{name} in {count} row(s)", name=name or text("nothing"), count=names.count(name))
        allowed = ", ".join(known) if known else text("a text")
        yield SurveyProblem(code, names.index(name), field, found, allowed, did_you_mean(name, list(known)))


def _doubled_firms(survey: pd.DataFrame) -> Iterator[SurveyProblem]:
    keys = [(_word(firm), _word(year)) for firm, year in zip(survey["firm"], survey["year"], strict=True)]
    first: dict[tuple[str, str], int] = {}
    for row, key in enumerate(keys):
        if key in first and all(key):
            found = text("{firm} again in {year}", firm=key[0], year=key[1])
            proposal = text(
                "ask the firm which row holds; the other one says {points}",
                points=_points(survey, first[key]),
            )
            yield SurveyProblem("S320", row, "firm", found, text("each firm once a year"), proposal)
        first.setdefault(key, row)


def _points(survey: pd.DataFrame, row: int) -> str:
    return ", ".join(f"{name} {_word(value)}" for name, value in survey.iloc[row].items() if _word(value))


def _point_problems(survey: pd.DataFrame, group: PointGroup) -> Iterator[SurveyProblem]:
    limits = {group.id: group.max_points}
    if asked_by_question(survey, group):
        limits = {question.id: question.max_points for question in group.questions}
    for name, most in limits.items():
        for row, value in enumerate(survey[name]):
            yield from _number_problems(row, name, value, most)


def _number_problems(row: int, name: str, value: object, most: float) -> Iterator[SurveyProblem]:
    if not _word(value):
        return
    number = _number(value)
    allowed = text("a number from {least} to {most}", least=0.0, most=float(most))
    if number is None:
        yield SurveyProblem("T110", row, name, _word(value), allowed)
    elif number > most:
        yield SurveyProblem("S321", row, name, _word(value), allowed)
    elif not number >= 0:
        yield SurveyProblem("T112", row, name, _word(value), allowed)


def _share_problems(survey: pd.DataFrame) -> Iterator[SurveyProblem]:
    if "rnd_share" in survey.columns:
        for row, value in enumerate(survey["rnd_share"]):
            yield from _number_problems(row, "rnd_share", value, 1.0)


def _word(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value).strip()


def _number(value: object) -> float | None:
    if isinstance(value, bool | np.bool_):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]  # a text that is no number is a problem below
    except (TypeError, ValueError):
        return None
    return number if np.isfinite(number) else None


def _is_year(value: object) -> bool:
    number = _number(value)
    return number is not None and number == int(number) and YEARS[0] <= number <= YEARS[1]
