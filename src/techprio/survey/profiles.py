"""Firms and sectors: totals, synchronization, levels, means with uncertainty, strengths, weaknesses."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import text
from techprio.model.instrument import Instrument
from techprio.model.survey_problems import asked_by_question


@validated
def measure_synchronization(points: ArrayLike, instrument: Instrument) -> NDArray[np.float64]:
    """Return K = Π (points_g / max_g) ^ exponent_g.

    With exponents that are the shares of the groups in all points, 0 <= K <= total / maximum,
    and K equals total / maximum only when every group attains the same share: K separates a
    lopsided firm from a balanced one of the same total.

    Parameters
    ----------
    points : array_like, shape (…, groups)
        Points by group, in the order of ``instrument.groups``; a Series or DataFrame is aligned by
        name. A zero makes K 0, a missing group (NaN) leaves it undefined (NaN).
    instrument : Instrument

    Returns
    -------
    ndarray, shape (…,)

    Raises
    ------
    InputError
        Not one number for each group, or points outside 0..maximum.

    Notes
    -----
    The form was recomputed from the four sector rows that the Department of Science and Technology
    of Phu Yen publishes (danhgiatdcn.khcnpy.gov.vn); it agrees with them to two decimals. The text
    of Circular 17/2019/TT-BKHCN that fixes it was not read.

    Examples
    --------
    >>> from techprio.model.instrument import Instrument, PointGroup
    >>> pilot = Instrument("pilot", (PointGroup("A", 60), PointGroup("B", 40)))
    >>> measure_synchronization([[30, 20], [45, 5], [50, 0]], pilot).round(3).tolist()
    [0.5, 0.366, 0.0]
    """
    names = list(instrument.maxima.index)
    if isinstance(points, pd.Series | pd.DataFrame):
        have = points.index if isinstance(points, pd.Series) else points.columns
        if missing := [name for name in names if name not in have]:
            raise InputError(
                text(
                    "points of {missing} are missing; groups are {names}",
                    missing=tuple(missing),
                    names=tuple(names),
                )
            )
        points = points[names].to_numpy(dtype=float, na_value=np.nan)
    x = np.asarray(points, dtype=float)
    if x.ndim == 0 or x.shape[-1] != len(names):
        raise InputError(
            text(
                "points must have {count} groups ({names}); found shape {shape}",
                count=len(names),
                names=tuple(names),
                shape=str(x.shape),
            )
        )
    maxima = instrument.maxima.to_numpy()
    outside = (x < 0) | (x > maxima + 1e-9) | np.isinf(x)
    if outside.any():
        group = names[int(np.argwhere(outside)[0][-1])]
        most = float(instrument.maxima[group])
        raise InputError(text("points of {group} must lie between 0 and {most}", group=group, most=most))
    attained = x / maxima
    return np.asarray(np.prod(attained ** instrument.powers.to_numpy(), axis=-1), dtype=np.float64)


Array = NDArray[np.float64]
SIDES_EACH = 2


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


@dataclass(frozen=True)
class Bootstrap:
    """How the uncertainty of sector means is found: firms drawn again, with replacement.

    Parameters
    ----------
    draws : int
    seed : int
    confidence : float
        Share of the draws between the two ends of an interval.
    """

    draws: int = 2000
    seed: int = 0
    confidence: float = 0.95

    def means(self, points: Array, name: str) -> Array:
        """Return the mean points of each draw, shape (draws, groups).

        The stream depends on the seed and the name alone, so another sector in the survey
        changes nothing here.
        """
        generator = np.random.default_rng(np.random.SeedSequence([self.seed, crc32(name.encode())]))
        count = len(points)
        taken = generator.multinomial(count, np.full(count, 1 / count), size=self.draws)
        return np.asarray(taken @ points / count, dtype=np.float64)

    def ends(self, values: Array) -> Array:
        """Return the two ends of the interval, shape (2, …)."""
        rest = (1 - self.confidence) / 2
        return np.asarray(np.quantile(values, [rest, 1 - rest], axis=0), dtype=np.float64)


@dataclass(frozen=True)
class SectorPoints:
    """The firms of one sector under one instrument, each with its latest year."""

    instrument: str
    sector: str
    extension: bool
    firms: pd.DataFrame
    points: Array
    drawn: Array

    @property
    def complete(self) -> int:
        """How many firms answered every group."""
        return len(self.points)


def sector_points(firms: pd.DataFrame, instrument: Instrument, bootstrap: Bootstrap) -> list[SectorPoints]:
    """Part the latest rows by instrument and sector; firms under two instruments never meet."""
    names = list(instrument.maxima.index)
    parts = []
    latest = firms[firms["latest"]]
    for (extension, sector), rows in latest.groupby(["extension", "sector"], sort=True):
        own = instrument.extension if extension else instrument.id
        points = rows.loc[rows["missing"] == "", names].to_numpy(dtype=float)
        drawn = bootstrap.means(points, f"{own}/{sector}") if len(points) > 1 else np.empty((0, len(names)))
        parts.append(SectorPoints(own, str(sector), bool(extension), rows, points, drawn))
    return parts


def sector_table(
    parts: list[SectorPoints], instrument: Instrument, bootstrap: Bootstrap, *, small: int
) -> pd.DataFrame:
    """One row a sector and instrument: means over its complete firms, intervals, K, level."""
    rows = [_sector_row(part, instrument, bootstrap, small) for part in parts]
    integers = dict.fromkeys(("firms", "complete", "year_first", "year_last", "level"), "Int64")
    numbers = ("total", "total_low", "total_high", "synchronization", "synchronization_low",
               "synchronization_high", "mean_synchronization")  # fmt: skip
    return pd.DataFrame(rows).astype({**integers, **dict.fromkeys(numbers, "Float64")})


def _sector_row(
    part: SectorPoints, instrument: Instrument, bootstrap: Bootstrap, small: int
) -> dict[str, object]:
    row: dict[str, object] = {
        "instrument": part.instrument,
        "sector": part.sector,
        "extension": part.extension,
        "firms": len(part.firms),
        "complete": part.complete,
        "small": part.complete < small,
        "year_first": part.firms["year"].min(),
        "year_last": part.firms["year"].max(),
        **dict.fromkeys(("total", "total_low", "total_high", "synchronization"), pd.NA),
        **dict.fromkeys(
            ("synchronization_low", "synchronization_high", "mean_synchronization", "level"), pd.NA
        ),
    }
    if part.complete:
        mean = part.points.mean(axis=0)
        row["total"] = mean.sum()
        row["synchronization"] = float(measure_synchronization(mean, instrument))
        row["mean_synchronization"] = float(measure_synchronization(part.points, instrument).mean())
        if instrument.bounds:
            row["level"] = int(instrument.level(mean.sum(), measure_synchronization(mean, instrument)))
    if part.complete > 1:
        row["total_low"], row["total_high"] = bootstrap.ends(part.drawn.sum(axis=1))
        ends = bootstrap.ends(measure_synchronization(part.drawn, instrument))
        row["synchronization_low"], row["synchronization_high"] = ends
    return row


def level_table(parts: list[SectorPoints], instrument: Instrument) -> pd.DataFrame:
    """Count the firms of each sector and instrument at each level; shares of the complete firms."""
    rows = []
    for part in parts:
        counts = part.firms["level"].value_counts()
        for bound in instrument.bounds:
            count = int(counts.get(bound.rank, 0))
            rows.append(
                {
                    "instrument": part.instrument,
                    "sector": part.sector,
                    "level": bound.rank,
                    **{f"label_{name}": label for name, label in instrument.level_labels(bound.rank).items()},
                    "firms": count,
                    "share": count / part.complete if part.complete else 0.0,
                }
            )
    names = [f"label_{labels.id}" for labels in instrument.label_sets]
    return pd.DataFrame(rows, columns=["instrument", "sector", "level", *names, "firms", "share"])


def group_table(parts: list[SectorPoints], instrument: Instrument, bootstrap: Bootstrap) -> pd.DataFrame:
    """Compare what each sector attains in each group with the province under the same instrument.

    The province is the mean over all complete firms of the instrument. A difference is clear
    when its interval leaves out 0; sectors are drawn apart, the province is put together from
    the draws of its sectors.
    """
    rows: list[dict[str, object]] = []
    for own in dict.fromkeys(part.instrument for part in parts):
        members = [part for part in parts if part.instrument == own and part.complete]
        if not members:
            continue
        province, drawn = _province(members, bootstrap.draws)
        for part in members:
            rows += _group_rows(part, instrument, bootstrap, province, drawn)
    columns = ["instrument", "sector", "group", "label", "max_points", "answered", "mean_answered", "mean",
               "mean_low", "mean_high", "attained", "province", "difference", "difference_low",
               "difference_high", "side", "clear"]  # fmt: skip
    ends = dict.fromkeys(("mean_low", "mean_high", "difference_low", "difference_high"), "Float64")
    return pd.DataFrame(rows, columns=columns).astype(ends)


def _province(members: list[SectorPoints], draws: int) -> tuple[Array, Array]:
    firms = sum(part.complete for part in members)
    mean = np.vstack([part.points for part in members]).mean(axis=0)
    drawn = np.zeros((draws, len(mean)))
    for part in members:
        drawn += part.complete / firms * (part.drawn if len(part.drawn) else part.points)
    return mean, drawn


def _group_rows(
    part: SectorPoints, instrument: Instrument, bootstrap: Bootstrap, province: Array, drawn: Array
) -> list[dict[str, object]]:
    maxima = instrument.maxima.to_numpy()
    mean = part.points.mean(axis=0)
    difference = (mean - province) / maxima
    sides = _sides(difference)
    ends = bootstrap.ends(part.drawn) if len(part.drawn) else None
    gaps = bootstrap.ends((part.drawn - drawn) / maxima) if len(part.drawn) else None
    rows: list[dict[str, object]] = []
    for place, group in enumerate(instrument.groups):
        answers = part.firms[group.id].dropna()
        rows.append(
            {
                "instrument": part.instrument,
                "sector": part.sector,
                "group": group.id,
                "label": instrument.group_label(group.id),
                "max_points": float(group.max_points),
                "answered": len(answers),
                "mean_answered": float(answers.mean()),
                "mean": mean[place],
                "mean_low": pd.NA if ends is None else ends[0, place],
                "mean_high": pd.NA if ends is None else ends[1, place],
                "attained": mean[place] / maxima[place],
                "province": province[place] / maxima[place],
                "difference": difference[place],
                "difference_low": pd.NA if gaps is None else gaps[0, place],
                "difference_high": pd.NA if gaps is None else gaps[1, place],
                "side": sides[place],
                "clear": gaps is not None and bool(gaps[0, place] > 0 or gaps[1, place] < 0),
            }
        )
    return rows


def _sides(difference: Array) -> list[str]:
    """Mark the groups furthest above the province as strength, furthest below as weakness."""
    order = np.argsort(-difference, kind="stable")
    above = [place for place in order if difference[place] > 1e-9][:SIDES_EACH]
    below = [place for place in order[::-1] if difference[place] < -1e-9][:SIDES_EACH]
    return [
        "strength" if place in above else "weakness" if place in below else ""
        for place in range(len(difference))
    ]
