"""The tables of an assessment in words: for files, the screen and the report."""

from __future__ import annotations

import pandas as pd

from techprio.language import Label, Language, Text, resolve_language, text
from techprio.model.assessment import STATUS_WORDS, Assessment
from techprio.survey.swot import swot_table

MARKS: dict[str, Text] = {
    "provisional": text("provisional"),
    "extension": text("extension, not official"),
    "undefined": text("not determined"),
}


def tabulate_survey(
    assessment: Assessment, language: Language | None = None, *, texts: pd.DataFrame | None = None
) -> dict[str, pd.DataFrame]:
    """Return every table of an assessment with its words in one language.

    Parameters
    ----------
    assessment : Assessment
    language : {"vi", "en"}, optional
    texts : DataFrame, optional
        The analysts' ``sector, side, text`` for the SWOT table.

    Returns
    -------
    dict of str to DataFrame
        ``sectors, levels, groups, firms, potential, trend, yearly, swot``. A class that is not
        official carries its mark in the cell, so it cannot be taken for one.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> assessment = tp.assess_survey(study.survey, study.instrument)
    >>> tables = tp.survey.tabulate_survey(assessment, "en")
    >>> sorted(tables)[:4]
    ['firms', 'groups', 'levels', 'potential']
    """
    language = resolve_language(language)
    tables = {
        "sectors": _sectors(assessment, language),
        "levels": _levels(assessment, language),
        "groups": assessment.groups.copy(),
        "firms": _firms(assessment, language),
        "potential": assessment.potential.copy(),
        "trend": assessment.trend.copy(),
        "yearly": assessment.yearly.copy(),
        "swot": swot_table(assessment, texts),
    }
    return {name: _rendered(table, language) for name, table in tables.items()}


def marked_level(assessment: Assessment, rank: int, status: str, labels: str) -> Text | Label:
    """Name a level in one set of names, marked unless it is official."""
    name = assessment.instrument.level_labels(rank)[labels]
    return name if status == "official" else text("{level} ({mark})", level=name, mark=MARKS[status])


def class_status(assessment: Assessment, instrument: str) -> str:
    """Return what the classes of firms under an instrument are worth."""
    if instrument != assessment.instrument.id:
        return "extension"
    return "official" if assessment.official else "provisional"


def _sectors(assessment: Assessment, language: Language) -> pd.DataFrame:
    table = assessment.sectors.copy()
    names = [assessment.sector_label(code) for code in table["sector"]]
    table.insert(2, "name", [name.render(language) for name in names])
    statuses = [class_status(assessment, own) for own in table["instrument"]]
    return _with_levels(table, statuses, assessment)


def _firms(assessment: Assessment, language: Language) -> pd.DataFrame:
    table = _with_levels(assessment.firms.copy(), list(assessment.firms["status"]), assessment)
    table["status"] = [STATUS_WORDS[status].render(language) for status in assessment.firms["status"]]
    rows = zip(assessment.firms["firm"], assessment.firms["year"], strict=True)
    table["why"] = [assessment.why(firm, int(year)).render(language) for firm, year in rows]
    return table


def _with_levels(table: pd.DataFrame, statuses: list[str], assessment: Assessment) -> pd.DataFrame:
    for labels in assessment.instrument.label_sets:
        table[f"level_{labels.id}"] = [
            "" if rank is pd.NA else marked_level(assessment, int(rank), status, labels.id)
            for rank, status in zip(table["level"], statuses, strict=True)
        ]
    return table


def _levels(assessment: Assessment, language: Language) -> pd.DataFrame:
    table = assessment.levels.copy()
    statuses = [class_status(assessment, own) for own in table["instrument"]]
    for labels in assessment.instrument.label_sets:
        table[f"label_{labels.id}"] = [
            marked_level(assessment, int(rank), status, labels.id)
            for rank, status in zip(table["level"], statuses, strict=True)
        ]
    table["status"] = [STATUS_WORDS[status].render(language) for status in statuses]
    return table


def _rendered(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    worded = [name for name in table if table[name].map(lambda cell: isinstance(cell, Label | Text)).any()]
    return table.assign(**{name: [_rendered_cell(cell, language) for cell in table[name]] for name in worded})


def _rendered_cell(cell: object, language: Language) -> object:
    return cell.render(language) if isinstance(cell, Label | Text) else cell
