"""From points of firms to levels, sector profiles and potential."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError, Problem
from techprio.language import Label, Text, text
from techprio.model.assessment import Assessment, PotentialRule
from techprio.model.checks import Checks, check_number, is_integer, label_of
from techprio.model.instrument import Instrument
from techprio.model.provenance import Provenance
from techprio.model.study import Study
from techprio.model.survey_problems import SurveyProblem, survey_problems
from techprio.survey.profiles import (
    Bootstrap,
    firm_table,
    group_table,
    level_table,
    sector_points,
    sector_table,
)

POTENTIAL_COLUMNS = (
    "instrument", "sector", "firm", "year", "total", "total_needed", "attained", "attained_needed",
    "synchronization", "rnd_share", "judged", "potential",
)  # fmt: skip
TREND_COLUMNS = (
    "instrument", "sector", "firm", "year_from", "year_to", "total_from", "total_to", "change",
    "synchronization_change", "level_from", "level_to",
)  # fmt: skip


@validated
def assess_survey(
    firms: pd.DataFrame,
    instrument: Instrument,
    *,
    sectors: Mapping[str, Label | str] | None = None,
    rule: PotentialRule = PotentialRule(),  # noqa: B008  frozen
    draws: int = 2000,
    seed: int = 0,
    confidence: float = 0.95,
    small: int = 10,
    inputs: Mapping[str, str] | None = None,
) -> Assessment:
    """Turn the points of surveyed firms into levels, profiles of sectors and potential.

    Sector figures rest on the latest year of each firm with answers on every group. A missing
    group leaves the firm's total, K and level undetermined; it is listed, never filled in.

    Parameters
    ----------
    firms : DataFrame
        One row a firm and year: ``firm, sector, year``, points by group (or by the criteria that
        the instrument lists), optionally ``instrument`` (its id or that of its extension; all firms
        are inside the scope without the column) and ``rnd_share`` (0..1).
    instrument : Instrument
    sectors : mapping of str to Label or str, optional
        The known sectors and their names; without it every code is taken.
    rule : PotentialRule
        When a firm has high potential.
    draws, seed : int
        Bootstrap of the sector means over firms; 0 is a seed.
    confidence : float
        Of the intervals.
    small : int
        A sector with fewer complete firms is said to be a small sample.
    inputs : mapping of str to str, optional
        SHA-256 of the files that were read, for the record.

    Returns
    -------
    Assessment

    Raises
    ------
    InputError
        Points above a maximum, a firm twice in a year, unknown sectors or instruments, missing
        columns, an instrument that contradicts itself: all of them at once.

    Examples
    --------
    >>> import pandas as pd
    >>> from techprio.model.instrument import Instrument, PointGroup
    >>> pilot = Instrument("pilot", (PointGroup("R", 60), PointGroup("I", 40)))
    >>> firms = pd.DataFrame(
    ...     {"firm": ["a", "b"], "sector": "AGR", "year": 2026, "R": [30, 15], "I": [20, None]}
    ... )
    >>> assess_survey(firms, pilot).firms[["firm", "total", "synchronization", "missing"]]
      firm  total  synchronization missing
    0    a   50.0              0.5
    1    b   <NA>             <NA>       I
    """
    instrument.check()
    _check_rule(rule, instrument)
    _check_options(draws, seed, confidence, small)
    _check_survey(firms, instrument, list(sectors or ()))
    rows = firm_table(firms, instrument)
    bootstrap = Bootstrap(draws, seed, confidence)
    parts = sector_points(rows, instrument, bootstrap)
    table = sector_table(parts, instrument, bootstrap, small=small)
    return Assessment(
        instrument=instrument,
        firms=rows,
        sectors=table,
        levels=level_table(parts, instrument),
        groups=group_table(parts, instrument, bootstrap),
        trend=trend_table(rows, instrument),
        yearly=yearly_levels(rows),
        potential=potential_table(rows, instrument, rule),
        rule=rule,
        labels=_labels(sectors or {}),
        notes=tuple(_notes(rows, table, instrument, small)),
        provenance=_provenance(instrument, rule, bootstrap, inputs),
    )


def assess_study(study: Study) -> Assessment | None:
    """Return the assessment of the survey of a study; None where there is no survey."""
    if study.survey is None or study.instrument is None:
        return None
    names = {sector.code: sector.label for sector in study.catalog.sectors}
    return assess_survey(study.survey, study.instrument, sectors=names)


def _labels(sectors: Mapping[str, Label | str]) -> dict[str, Label]:
    """Return the names of the sectors; a plain text is the name in both languages."""
    checks, labels = Checks(text("the survey cannot be assessed")), {}
    for code, name in sectors.items():
        label = label_of(name, str(code))
        if label is None:
            checks.add(text("sector {code}", code=code), repr(name), text("a name"))
        else:
            labels[str(code)] = label
    checks.check()
    return labels


def _check_survey(survey: pd.DataFrame, instrument: Instrument, sectors: Sequence[str]) -> None:
    """Stop when a survey cannot be used, with every problem at once."""
    if not isinstance(survey, pd.DataFrame) or survey.empty:
        raise InputError(
            text("firms must be a DataFrame with at least one row: firm, sector, year, points by group")
        )
    found = survey_problems(survey, instrument, sectors=sectors)
    problems = [
        Problem(
            fault.code,
            "",
            _place(fault),
            "",
            fault.found,
            fault.allowed,
            fault.proposal,
        )
        for fault in found
    ]
    if problems:
        raise InputError(text("the survey has {count} problem(s)", count=len(problems)), problems)


def _place(fault: SurveyProblem) -> Text | str:
    if fault.row is None:
        return fault.field
    return text("row {row}, {field}", row=fault.row + 1, field=fault.field)


def _check_options(draws: int, seed: int, confidence: float, small: int) -> None:
    checks = Checks(text("the survey cannot be assessed"))
    if not is_integer(draws) or draws < 1:
        checks.add("draws", repr(draws), text("a whole number from {least} on", least=1))
    if not is_integer(seed) or seed < 0:
        checks.add("seed", repr(seed), text("a whole number from {least} on", least=0))
    if not 0 < confidence < 1:
        checks.add("confidence", repr(confidence), text("a number between 0 and 1"))
    if small < 0:
        checks.add("small", repr(small), text("0 or more"))
    checks.check()


def _check_rule(rule: PotentialRule, instrument: Instrument) -> None:
    checks = Checks(text("the rule of high potential cannot be used"))
    known = list(instrument.maxima.index)
    if not rule.groups or any(group not in known for group in rule.groups):
        allowed = text("groups among {groups}", groups=tuple(known))
        checks.add("groups", ", ".join(rule.groups) or text("nothing"), allowed)
    for name in ("upper_share", "sector_upper_share", "synchronization_min", "rnd_share_min"):
        value = getattr(rule, name)
        if value is not None:
            check_number(checks, name, value, 0, 1)
    checks.check()


def _notes(firms: pd.DataFrame, sectors: pd.DataFrame, instrument: Instrument, small: int) -> list[Text]:
    notes = [*_class_notes(instrument)]
    if firms["extension"].any():
        notes.append(
            text(
                "firms of {extension} answered an adapted questionnaire; "
                "they are never averaged with those of {instrument}",
                extension=instrument.extension,
                instrument=instrument.id,
            )
        )
    for _, row in firms[firms["missing"] != ""].iterrows():
        notes.append(
            text(
                "{firm} ({year}): no answer on {groups}; total, synchronization and level are not determined",
                firm=row["firm"],
                year=row["year"],
                groups=row["missing"],
            )
        )
    for _, row in sectors[sectors["small"]].iterrows():
        notes.append(
            text(
                "{sector} ({instrument}): only {count} complete firms, fewer than {small}; "
                "the intervals are rough and too narrow",
                sector=row["sector"],
                instrument=row["instrument"],
                count=row["complete"],
                small=small,
            )
        )
    if mixed := several_instruments(firms):
        notes.append(
            text(
                "surveyed under two instruments, so their years are not compared: {firms}",
                firms=", ".join(mixed),
            )
        )
    if instrument.exponents_verified != "true":
        notes.append(
            text(
                "the exponents of the synchronization coefficient were recomputed or assumed, "
                "not read in the source"
            )
        )
    return notes


def _class_notes(instrument: Instrument) -> list[Text]:
    if not instrument.bounds:
        return [text("the instrument has no class bounds; no levels are given")]
    notes = []
    if not instrument.bounds_verified:
        notes.append(
            text(
                "provisional bounds: the class bounds of {instrument} are not verified, "
                "no official class is given; put the official ones into the instrument file",
                instrument=instrument.id,
            )
        )
    if all(bound.k_min is None for bound in instrument.bounds):
        notes.append(
            text("the least synchronization of a class is not known; levels rest on total points alone")
        )
    if unsure := [labels.id for labels in instrument.label_sets if not labels.verified]:
        notes.append(text("names of the levels not verified: {sets}", sets=", ".join(unsure)))
    if len(instrument.label_sets) > 1 and not instrument.label_mapping_verified:
        notes.append(text("the two sets of names are matched by rank; this matching is not verified"))
    return notes


def _provenance(
    instrument: Instrument, rule: PotentialRule, bootstrap: Bootstrap, inputs: Mapping[str, str] | None
) -> Provenance:
    method = f"assess(instrument={instrument.id!r}, rule={rule!r}, bootstrap={bootstrap!r})"
    return Provenance.of(method, seed=bootstrap.seed, inputs=inputs)


def potential_table(firms: pd.DataFrame, instrument: Instrument, rule: PotentialRule) -> pd.DataFrame:
    """Judge the latest year of each firm; a firm with a gap is not judged, and is marked so.

    A firm has high potential when its points in the named groups are among the upper share of all
    firms of its instrument, its total is among the upper share of its sector, and K and the share
    of revenue for research reach what the rule asks.
    """
    latest = firms[firms["latest"]].copy()
    groups = list(rule.groups)
    latest["attained"] = latest[groups].sum(axis=1, skipna=False) / float(instrument.maxima[groups].sum())
    complete = latest["missing"] == ""
    known = latest[complete]
    attained = known.groupby("instrument")["attained"].quantile(1 - rule.upper_share)
    totals = known.groupby(["instrument", "sector"])["total"].quantile(1 - rule.sector_upper_share)
    latest["attained_needed"] = latest["instrument"].map(attained)
    pairs = pd.MultiIndex.from_frame(latest[["instrument", "sector"]])
    latest["total_needed"] = totals.reindex(pairs).to_numpy()
    judged = complete if rule.rnd_share_min is None else complete & latest["rnd_share"].notna()
    reached = (
        _at_least(latest["attained"], latest["attained_needed"])
        & _at_least(latest["total"], latest["total_needed"])
        & _at_least(latest["synchronization"], rule.synchronization_min)
    )
    if rule.rnd_share_min is not None:
        reached &= _at_least(latest["rnd_share"], rule.rnd_share_min)
    latest["judged"] = judged
    latest["potential"] = judged & reached
    numbers = dict.fromkeys(("attained", "attained_needed", "total_needed"), "Float64")
    return latest[list(POTENTIAL_COLUMNS)].astype(numbers).reset_index(drop=True)


def _at_least(values: pd.Series, least: pd.Series | float) -> pd.Series:
    return (
        (values.astype("Float64") >= pd.Series(least, index=values.index).astype("Float64") - 1e-9)
        .fillna(False)
        .astype(bool)
    )


def trend_table(firms: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Compare each firm's first and latest year under one instrument, both complete.

    Only the same firm is compared with itself: means of different firms in different years would
    mix change with choice. ``<group>_change`` gives the change of each group in points.
    """
    names = list(instrument.maxima.index)
    columns = [*TREND_COLUMNS, *(f"{name}_change" for name in names)]
    rows = []
    for (own, firm), years in firms[firms["missing"] == ""].groupby(["instrument", "firm"], sort=True):
        if len(years) < 2:
            continue
        years = years.sort_values("year")
        old, new = years.iloc[0], years.iloc[-1]
        row = {
            "instrument": own,
            "sector": new["sector"],
            "firm": firm,
            "year_from": int(old["year"]),
            "year_to": int(new["year"]),
            "total_from": old["total"],
            "total_to": new["total"],
            "change": new["total"] - old["total"],
            "synchronization_change": new["synchronization"] - old["synchronization"],
            "level_from": old["level"],
            "level_to": new["level"],
            **{f"{name}_change": new[name] - old[name] for name in names},
        }
        rows.append(row)
    return pd.DataFrame(rows, columns=columns)


def yearly_levels(firms: pd.DataFrame) -> pd.DataFrame:
    """Count firms by instrument, sector, year and level; every surveyed row counts in its own year."""
    known = firms[firms["level"].notna()]
    counts = known.groupby(["instrument", "sector", "year", "level"], sort=True).size()
    return counts.rename("firms").reset_index()


def several_instruments(firms: pd.DataFrame) -> list[str]:
    """Name firms that were surveyed under more than one instrument; their years are not compared."""
    counts = firms.groupby("firm")["instrument"].nunique()
    return [str(firm) for firm in counts.index[counts > 1]]
