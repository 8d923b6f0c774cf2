"""From points of firms to levels, sector profiles and potential."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from techprio.errors import InputError
from techprio.language import Label, Text, text
from techprio.model.assessment import Assessment, PotentialRule
from techprio.model.instrument import Instrument
from techprio.model.provenance import Provenance
from techprio.survey.points import check_survey, firm_table
from techprio.survey.potential import check_rule, potential_table
from techprio.survey.profiles import Bootstrap, group_table, level_table, sector_points, sector_table
from techprio.survey.trend import several_instruments, trend_table, yearly_levels


def assess_survey(
    survey: pd.DataFrame,
    instrument: Instrument,
    *,
    sectors: Mapping[str, Label] | None = None,
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
    survey : DataFrame
        One row a firm and year: ``firm, sector, year``, points by group (or by the criteria that
        the instrument lists), optionally ``instrument`` (its id or that of its extension; all firms
        are inside the scope without the column) and ``rnd_share`` (0..1).
    instrument : Instrument
    sectors : mapping of str to Label, optional
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
    check_rule(rule, instrument)
    _check_options(draws, seed, confidence, small)
    check_survey(survey, instrument, list(sectors or ()))
    firms = firm_table(survey, instrument)
    bootstrap = Bootstrap(draws, seed, confidence)
    parts = sector_points(firms, instrument, bootstrap)
    table = sector_table(parts, instrument, bootstrap, small=small)
    return Assessment(
        instrument=instrument,
        firms=firms,
        sectors=table,
        levels=level_table(parts, instrument),
        groups=group_table(parts, instrument, bootstrap),
        trend=trend_table(firms, instrument),
        yearly=yearly_levels(firms),
        potential=potential_table(firms, instrument, rule),
        rule=rule,
        labels=dict(sectors or {}),
        notes=tuple(_notes(firms, table, instrument, small)),
        provenance=_provenance(instrument, rule, bootstrap, inputs),
    )


def _check_options(draws: int, seed: int, confidence: float, small: int) -> None:
    if isinstance(draws, bool) or not isinstance(draws, int) or draws < 1:
        raise InputError(f"draws must be a whole number from 1 on; got {draws!r}")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise InputError(f"seed must be a whole number from 0 on; got {seed!r}")
    if not 0 < confidence < 1:
        raise InputError(f"confidence must lie between 0 and 1; got {confidence!r}")
    if small < 0:
        raise InputError(f"small must be 0 or more; got {small!r}")


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
    from techprio import __version__

    method = f"assess(instrument={instrument.id!r}, rule={rule!r}, bootstrap={bootstrap!r})"
    return Provenance(version=__version__, method=method, seed=bootstrap.seed, inputs=dict(inputs or {}))
