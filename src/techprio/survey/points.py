"""Points of firms: totals, synchronization, levels, and what is not known of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from techprio.errors import InputError
from techprio.model.instrument import Instrument
from techprio.model.survey_faults import asked_by_question, survey_faults
from techprio.survey.synchronization import measure_synchronization


def firm_table(survey: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Work out each row of a checked survey, sorted by instrument, sector, firm and year.

    A missing group leaves the total, K and level empty; ``total_low`` and ``total_high`` say
    between what the total lies, ``level_low`` and ``level_high`` the same of the level.
    """
    rows = _known(survey, instrument)
    points = _points(survey, instrument)
    frame = pd.concat([rows, points], axis=1)
    missing = points.isna()
    maxima = instrument.maxima
    frame["missing"] = [", ".join(points.columns[list(row)]) for row in missing.to_numpy()]
    frame["total"] = points.sum(axis=1, min_count=len(points.columns))
    frame["total_low"] = points.sum(axis=1)
    frame["total_high"] = points.fillna(maxima).sum(axis=1)
    frame["synchronization"] = measure_synchronization(points, instrument)
    complete = ~missing.any(axis=1)
    lowest = instrument.level(frame["total_low"], measure_synchronization(points.fillna(0.0), instrument))
    highest = instrument.level(
        frame["total_high"], measure_synchronization(points.fillna(maxima), instrument)
    )
    if instrument.bounds:
        frame["level_low"], frame["level_high"] = lowest, highest
    else:
        frame["level_low"] = frame["level_high"] = pd.NA
    frame["level"] = frame["level_low"].where(complete)
    frame["status"] = np.select(
        [~complete | (not instrument.bounds), frame["extension"]],
        ["undefined", "extension"],
        default="official" if instrument.bounds_verified else "provisional",
    )
    frame["latest"] = frame["year"] == frame.groupby("firm")["year"].transform("max")
    numbers = [*points.columns, "total", "total_low", "total_high", "synchronization", "rnd_share"]
    frame = frame.astype(
        {**dict.fromkeys(numbers, "Float64"), **dict.fromkeys(("level", "level_low", "level_high"), "Int64")}
    )
    return frame.sort_values(["extension", "sector", "firm", "year"], kind="stable").reset_index(drop=True)


def check_survey(survey: pd.DataFrame, instrument: Instrument, sectors: Sequence[str] = ()) -> None:
    """Stop when a survey cannot be used.

    Raises
    ------
    InputError
        Every fault at once.
    """
    if not isinstance(survey, pd.DataFrame) or survey.empty:
        raise InputError(
            "survey must be a DataFrame with at least one row: firm, sector, year, points by group"
        )
    faults = survey_faults(survey, instrument, sectors=sectors)
    if faults:
        told = [
            f"{'row ' + str(f.row + 1) + ', ' if f.row is not None else ''}{f.field}: "
            f"found {f.found}; allowed: {f.allowed}" + (f"; {f.proposal}" if f.proposal else "")
            for f in faults
        ]
        raise InputError(f"the survey has {len(faults)} problem(s):\n" + "\n".join(told))


def _known(survey: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    firms = [str(firm).strip() for firm in survey["firm"]]
    frame = pd.DataFrame({"firm": firms, "sector": [str(s).strip() for s in survey["sector"]]})
    own = survey["instrument"] if "instrument" in survey.columns else [instrument.id] * len(survey)
    frame["instrument"] = [str(name).strip() for name in own]
    frame["extension"] = frame["instrument"] != instrument.id
    frame["year"] = [int(float(year)) for year in survey["year"]]
    share = survey["rnd_share"] if "rnd_share" in survey.columns else pd.Series(np.nan, index=survey.index)
    frame["rnd_share"] = pd.to_numeric(share).to_numpy(dtype=float, na_value=np.nan)
    return frame


def _points(survey: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    columns = {}
    for group in instrument.groups:
        if asked_by_question(survey, group):
            asked = [pd.to_numeric(survey[question.id]) for question in group.questions]
            values = pd.concat(asked, axis=1).sum(axis=1, min_count=len(asked))
        else:
            values = pd.to_numeric(survey[group.id])
        columns[group.id] = values.to_numpy(dtype=float, na_value=np.nan)
    return pd.DataFrame(columns)
