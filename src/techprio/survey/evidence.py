"""The survey beside the criterion on absorptive capacity, and as its score where a mapping is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from techprio.errors import InputError, did_you_mean
from techprio.model.assessment import Assessment
from techprio.model.catalog import Catalog
from techprio.model.criteria import Criterion

PointsMapping = Mapping[float, float]
COLUMNS = (
    "technology", "sector", "score", "low", "high", "instrument", "complete", "small", "total", "total_low",
    "total_high", "capability", "mapped", "mapped_low", "mapped_high", "difference",
)  # fmt: skip


def tabulate_evidence(
    assessment: Assessment,
    catalog: Catalog,
    *,
    criterion: str = "W3",
    groups: tuple[str, ...] = ("E", "O", "R", "I"),
    mapping: Mapping[str, PointsMapping] | None = None,
) -> pd.DataFrame:
    """Put what the survey says of a technology's sector beside its score on a criterion.

    Parameters
    ----------
    assessment : Assessment
    catalog : Catalog
    criterion : str
        A leaf of the criteria tree.
    groups : tuple of str
        Groups of points that matter most for taking in technology; ``capability`` is the share of
        their points that the sector attains.
    mapping : mapping of str to (mapping of float to float), optional
        For an instrument, mean total points → score on the criterion's scale, linear in between.
        Without it the survey stays evidence and nothing is mapped.

    Returns
    -------
    DataFrame
        One row a technology and instrument; a sector under both instruments has two rows, one
        without firms has one with empty cells. ``difference`` is mapped minus score.

    Raises
    ------
    InputError
        Unknown criterion, groups or instruments; a mapping that does not rise or leaves the scale.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> assessment = tp.assess_survey(study.survey, study.instrument)
    >>> found = tp.survey.tabulate_evidence(assessment, study.catalog)
    >>> found.loc[found["technology"] == "MIN01", ["instrument", "score", "total"]].round(
    ...     1
    ... ).values.tolist()
    [['circular17', 3.0, 48.0], ['circular17-extension', 3.0, 31.2]]
    """
    leaf = _leaf(catalog, criterion)
    known = list(assessment.instrument.maxima.index)
    if unknown := [group for group in groups if group not in known]:
        raise InputError(f"unknown groups {', '.join(unknown)}; groups are {', '.join(known)}")
    curves = _curves(mapping or {}, assessment, leaf)
    scores = catalog.scores[catalog.scores["criterion"] == criterion].set_index("technology")
    profiles = _profiles(assessment, groups)
    rows = []
    for technology, sector in catalog.technologies["sector"].items():
        said = scores.loc[technology] if technology in scores.index else None
        own = profiles[profiles["sector"] == sector]
        for profile in [row for _, row in own.iterrows()] or [None]:
            rows.append(_row(str(technology), str(sector), said, profile, curves))
    numbers = [
        name for name in COLUMNS if name not in ("technology", "sector", "instrument", "small", "complete")
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {**dict.fromkeys(numbers, "Float64"), "complete": "Int64", "small": "boolean"}
    )


def score_from_survey(
    assessment: Assessment,
    catalog: Catalog,
    *,
    mapping: Mapping[str, PointsMapping],
    criterion: str = "W3",
    instruments: Mapping[str, str] | None = None,
) -> Catalog:
    """Replace the scores of a criterion by those that the survey gives through a mapping.

    Low and high are the interval of the sector's mean, mapped. Sectors without surveyed firms
    under a mapped instrument keep their scores.

    Parameters
    ----------
    assessment : Assessment
    catalog : Catalog
    mapping : mapping of str to (mapping of float to float)
        As in :func:`tabulate_evidence`.
    criterion : str
    instruments : mapping of str to str, optional
        For each sector surveyed under two mapped instruments, the one that counts: they are never
        averaged.

    Returns
    -------
    Catalog

    Raises
    ------
    InputError
        As :func:`tabulate_evidence`; a sector under two mapped instruments without a choice.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> assessment = tp.assess_survey(study.survey, study.instrument)
    >>> mapping = {"circular17": {0: 1, 100: 5}}
    >>> mapped = tp.survey.score_from_survey(assessment, study.catalog, mapping=mapping)
    >>> round(float(mapped.decision_matrix("MIN").values.loc["MIN01", "W3"]), 2)
    2.92
    """
    table = tabulate_evidence(assessment, catalog, criterion=criterion, mapping=mapping, groups=())
    table = table[table["mapped"].notna()]
    chosen = dict(instruments or {})
    for sector, rows in table.groupby("sector"):
        names = sorted(rows["instrument"].unique())
        if sector not in chosen and len(names) > 1:
            raise InputError(
                f"sector {sector} was surveyed under {' and '.join(names)}, which are never averaged; "
                f"choose one with instruments={{{sector!r}: ...}}"
            )
        if chosen.setdefault(str(sector), names[0]) not in names:
            raise InputError(
                f"sector {sector} has no mapped points of {chosen[str(sector)]!r}; there are {names}"
            )
    table = table[table["instrument"] == table["sector"].map(chosen)].set_index("technology")
    scores = catalog.scores.copy()
    told = (scores["criterion"] == criterion) & scores["technology"].isin(table.index)
    for column, mapped in (("value", "mapped"), ("low", "mapped_low"), ("high", "mapped_high")):
        scores.loc[told, column] = scores.loc[told, "technology"].map(table[mapped].astype(float))
    scores.loc[told, ["evidence", "source", "note"]] = [
        "B",
        "survey",
        "mean total points of the sector, mapped",
    ]
    return replace(catalog, scores=scores)


def _leaf(catalog: Catalog, criterion: str) -> Criterion:
    leaves = {leaf.id: leaf for leaf in catalog.criteria.leaves}
    if criterion not in leaves:
        raise InputError(f"unknown criterion {criterion!r}; {did_you_mean(criterion, list(leaves))}")
    return leaves[criterion]


def _curves(
    mapping: Mapping[str, PointsMapping], assessment: Assessment, leaf: Criterion
) -> dict[str, tuple[list[float], list[float]]]:
    curves = {}
    for name, pairs in mapping.items():
        if name not in assessment.instrument.ids:
            raise InputError(
                f"mapping for unknown instrument {name!r}; known: {', '.join(assessment.instrument.ids)}"
            )
        points = sorted(float(point) for point in pairs)
        scores = [float(pairs[point]) for point in sorted(pairs)]
        if len(points) < 2 or points[0] > 0 or points[-1] < assessment.instrument.total_max:
            most = assessment.instrument.total_max
            raise InputError(f"the mapping of {name} must reach from 0 to {most:g} points; got {points}")
        scale = leaf.scale
        if scale and not all(scale.lowest <= score <= scale.highest for score in scores):
            raise InputError(
                f"the mapping of {name} leaves the scale of {leaf.id}, "
                f"{scale.lowest:g} to {scale.highest:g}: {scores}"
            )
        step = np.diff(scores) * (1 if leaf.direction == "maximize" else -1)
        if not np.isfinite(scores).all() or (step < 0).any():
            raise InputError(
                f"in the mapping of {name} more points must never be a worse score; got {scores}"
            )
        curves[name] = (points, scores)
    return curves


def _profiles(assessment: Assessment, groups: tuple[str, ...]) -> pd.DataFrame:
    sectors = assessment.sectors[assessment.sectors["complete"] > 0].copy()
    means = assessment.groups.pivot(index=["instrument", "sector"], columns="group", values="mean")
    most = float(assessment.instrument.maxima[list(groups)].sum())
    pairs = pd.MultiIndex.from_frame(sectors[["instrument", "sector"]])
    share = means[list(groups)].sum(axis=1) / most if groups else means.iloc[:, 0] * np.nan
    sectors["capability"] = share.reindex(pairs).to_numpy()
    return sectors


def _row(
    technology: str,
    sector: str,
    said: pd.Series | None,
    profile: pd.Series | None,
    curves: Mapping[str, tuple[list[float], list[float]]],
) -> dict[str, object]:
    row: dict[str, object] = {**dict.fromkeys(COLUMNS, pd.NA), "technology": technology, "sector": sector}
    row["instrument"] = ""
    if said is not None:
        row |= {"score": said["value"], "low": said["low"], "high": said["high"]}
    if profile is None:
        return row
    kept = ("instrument", "complete", "small", "total", "total_low", "total_high", "capability")
    row |= {name: profile[name] for name in kept}
    if profile["instrument"] not in curves:
        return row
    points, scores = curves[profile["instrument"]]
    mapped = float(np.interp(float(profile["total"]), points, scores))
    ends = [
        profile[name] if profile[name] is not pd.NA else profile["total"]
        for name in ("total_low", "total_high")
    ]
    low, high = sorted(float(np.interp(float(end), points, scores)) for end in ends)
    row |= {"mapped": mapped, "mapped_low": low, "mapped_high": high}
    if said is not None:
        row["difference"] = mapped - float(said["value"])
    return row
