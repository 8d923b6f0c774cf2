"""The survey beside the scores of a criterion, and as its score where a mapping is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError, did_you_mean
from techprio.language import text
from techprio.model.assessment import Assessment
from techprio.model.catalog import Catalog
from techprio.model.criteria import Criterion

PointsMapping = Mapping[float, float]
COLUMNS = (
    "technology", "sector", "score", "low", "high", "instrument", "complete", "small", "total", "total_low",
    "total_high", "capability", "mapped", "mapped_low", "mapped_high", "difference",
)  # fmt: skip


@validated
def tabulate_evidence(
    assessment: Assessment,
    catalog: Catalog,
    criterion: str,
    *,
    groups: Sequence[str] | None = None,
    mapping: Mapping[str, PointsMapping] | None = None,
) -> pd.DataFrame:
    """Put what the survey shows of a technology's sector beside its score on a criterion.

    Parameters
    ----------
    assessment : Assessment
    catalog : Catalog
    criterion : str
        A leaf of the criteria tree, such as one on absorptive capacity.
    groups : sequence of str, optional
        Groups of points that matter for the criterion; ``capability`` is the share of their points that
        the sector attains. All groups of the instrument by default.
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
    >>> found = tp.survey.tabulate_evidence(assessment, study.catalog, "W3")
    >>> found.loc[found["technology"] == "MIN01", ["instrument", "score", "total"]].round(
    ...     1
    ... ).values.tolist()
    [['circular17', 3.0, 48.0], ['circular17-extension', 3.0, 31.2]]
    """
    leaf = _leaf(catalog, criterion)
    known = list(assessment.instrument.maxima.index)
    chosen = tuple(known if groups is None else groups)
    if unknown := tuple(group for group in chosen if group not in known):
        raise InputError(
            text("unknown groups {names}; groups are {known}", names=unknown, known=tuple(known))
        )
    curves = _curves(mapping or {}, assessment, leaf)
    scores = catalog.scores[catalog.scores["criterion"] == criterion].set_index("technology")
    profiles = _profiles(assessment, chosen)
    rows = []
    for technology, sector in catalog.technologies["sector"].items():
        stated = scores.loc[technology] if technology in scores.index else None
        own = profiles[profiles["sector"] == sector]
        for profile in [row for _, row in own.iterrows()] or [None]:
            rows.append(_row(str(technology), str(sector), stated, profile, curves))
    numbers = [
        name for name in COLUMNS if name not in ("technology", "sector", "instrument", "small", "complete")
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {**dict.fromkeys(numbers, "Float64"), "complete": "Int64", "small": "boolean"}
    )


@validated
def score_from_survey(
    assessment: Assessment,
    catalog: Catalog,
    criterion: str,
    *,
    mapping: Mapping[str, PointsMapping],
    instruments: Mapping[str, str] | None = None,
) -> Catalog:
    """Replace the scores of a criterion by those that the survey gives through a mapping.

    Low and high are the interval of the sector's mean, mapped. Sectors without surveyed firms
    under a mapped instrument keep their scores.

    Parameters
    ----------
    assessment : Assessment
    catalog : Catalog
    criterion : str
        A leaf of the criteria tree.
    mapping : mapping of str to (mapping of float to float)
        As in :func:`tabulate_evidence`.
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
    >>> mapped = tp.survey.score_from_survey(assessment, study.catalog, "W3", mapping=mapping)
    >>> round(float(mapped.decision_matrix("MIN").values.loc["MIN01", "W3"]), 2)
    2.92
    """
    table = tabulate_evidence(assessment, catalog, criterion, mapping=mapping, groups=())
    table = table[table["mapped"].notna()]
    chosen = dict(instruments or {})
    for sector, rows in table.groupby("sector"):
        names = sorted(rows["instrument"].unique())
        if sector not in chosen and len(names) > 1:
            raise InputError(
                text(
                    "sector {sector} was surveyed under {instruments}, which are never averaged; choose one"
                    " with {argument}",
                    sector=sector,
                    instruments=tuple(names),
                    argument=f"instruments={{{sector!r}: ...}}",
                )
            )
        if chosen.setdefault(str(sector), names[0]) not in names:
            raise InputError.argument("instruments", found=chosen[str(sector)], allowed=names)
    table = table[table["instrument"] == table["sector"].map(chosen)].set_index("technology")
    scores = catalog.scores.copy()
    mapped_rows = (scores["criterion"] == criterion) & scores["technology"].isin(table.index)
    for column, mapped in (("value", "mapped"), ("low", "mapped_low"), ("high", "mapped_high")):
        scores.loc[mapped_rows, column] = scores.loc[mapped_rows, "technology"].map(
            table[mapped].astype(float)
        )
    note = text("mean total points of the sector, mapped")
    stated = {"evidence": "B", "source": "survey", "note": "", "note_vi": note.render("vi"),
              "note_en": note.render("en")}  # fmt: skip
    scores.loc[mapped_rows, list(stated)] = list(stated.values())
    return replace(catalog, scores=scores)


def _leaf(catalog: Catalog, criterion: str) -> Criterion:
    leaves = {leaf.id: leaf for leaf in catalog.criteria.leaves}
    if criterion not in leaves:
        raise InputError.argument(
            "criterion", found=criterion, allowed=list(leaves), proposal=did_you_mean(criterion, list(leaves))
        )
    return leaves[criterion]


def _curves(
    mapping: Mapping[str, PointsMapping], assessment: Assessment, leaf: Criterion
) -> dict[str, tuple[list[float], list[float]]]:
    curves = {}
    for name, pairs in mapping.items():
        if name not in assessment.instrument.ids:
            raise InputError.argument("mapping", found=name, allowed=assessment.instrument.ids)
        points = sorted(float(point) for point in pairs)
        scores = [float(pairs[point]) for point in sorted(pairs)]
        most = assessment.instrument.total_max
        if len(points) < 2 or points[0] > 0 or points[-1] < most:
            message = text(
                "the mapping of {name} must reach from 0 to {most} points; it has {points}",
                name=name, most=float(most), points=tuple(points),
            )  # fmt: skip
            raise InputError(message)
        scale = leaf.scale
        if scale and not all(scale.lowest <= score <= scale.highest for score in scores):
            message = text(
                "the mapping of {name} leaves the scale of {criterion}, {lowest} to {highest}: {scores}",
                name=name, criterion=leaf.id, lowest=float(scale.lowest), highest=float(scale.highest),
                scores=tuple(scores),
            )  # fmt: skip
            raise InputError(message)
        step = np.diff(scores) * (1 if leaf.direction == "maximize" else -1)
        if not np.isfinite(scores).all() or (step < 0).any():
            message = text(
                "in the mapping of {name} more points must never be a worse score; it has {scores}",
                name=name, scores=tuple(scores),
            )  # fmt: skip
            raise InputError(message)
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
    stated: pd.Series | None,
    profile: pd.Series | None,
    curves: Mapping[str, tuple[list[float], list[float]]],
) -> dict[str, object]:
    row: dict[str, object] = {**dict.fromkeys(COLUMNS, pd.NA), "technology": technology, "sector": sector}
    row["instrument"] = ""
    if stated is not None:
        row |= {"score": stated["value"], "low": stated["low"], "high": stated["high"]}
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
    if stated is not None:
        row["difference"] = mapped - float(stated["value"])
    return row
