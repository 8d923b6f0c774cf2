"""The tables of an assessment in words: for files, the screen and the report."""

from __future__ import annotations

import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Column, Quantity, Table
from techprio.language import Label, Language, Percent, Text, resolve_language, text
from techprio.model.assessment import (
    FIRMS,
    INSTRUMENT,
    POINTS,
    POINTS_HIGH,
    POINTS_LOW,
    STATUS_WORDS,
    SYNCHRONIZATION,
    Assessment,
)
from techprio.model.catalog import SECTOR, SECTOR_NAME
from techprio.survey.swot import swot_table

COMPLETE = Quantity(
    "complete_firms",
    text("Complete firms"),
    text("Firms that answered every group of the instrument."),
    "integer",
)
MEAN_K = Quantity(
    "mean_synchronization", text("Mean of K"), text("Mean of the K of the firms."), "number", decimals=2
)
LEVEL = Quantity(
    "points_level", text("Level of the points"), text("Level of the mean points, 1 the lowest."), "integer"
)
FIRMS_AT_LEVEL = Quantity(
    "at_level", text("Firms at a level"), text("Firms of the sector at a level, and their share.")
)
FIRM = Quantity("firm", text("Firm"), text("Code of the firm."), "code")
ATTAINED = Quantity(
    "attained",
    text("Share in {groups}"),
    text("Share of the points of these groups that the firm has."),
    "share",
)
YEARS = Quantity("years", text("Years of survey"), text("First and last survey of the firm."), "code")
CHANGE = Quantity(
    "points_change",
    text("Change of points"),
    text("From the first survey to the last."),
    "change",
    decimals=1,
)
K_CHANGE = Quantity(
    "synchronization_change",
    text("Change of K"),
    text("From the first survey to the last."),
    "change",
    decimals=2,
)
SIDE = Quantity("side", text("Side"), text("Strength, weakness, opportunity or threat."))
SWOT_WORDS = Quantity("text", text("Content"), text("What the survey shows, or the analysts add."))
SIDE_WORDS: dict[str, Text] = {
    "strength": text("strength"),
    "weakness": text("weakness"),
    "opportunity": text("opportunity"),
    "threat": text("threat"),
}

MARKS: dict[str, Text] = {
    "provisional": text("provisional"),
    "extension": text("extension, not official"),
    "undefined": text("not determined"),
}


@validated
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


def declared_tables(assessment: Assessment, swot: pd.DataFrame) -> tuple[Table, ...]:
    """Return sectors and levels of each instrument, potential, change and SWOT as declared quantities.

    Parameters
    ----------
    assessment : Assessment
    swot : DataFrame
        From :func:`techprio.survey.swot_table`.
    """
    tables = []
    for own in assessment.sectors["instrument"].unique():
        tables += [_sector_figures(assessment, own), _level_figures(assessment, own)]
    tables += [_potential_figures(assessment), _trend_figures(assessment)]
    sides = [SIDE_WORDS[side] for side in swot["side"]]
    tables.append(
        Table.from_frame(
            "swot",
            text("SWOT by sector"),
            [SECTOR, SIDE, SWOT_WORDS],
            swot.assign(side=sides),
            most=len(swot),
        )
    )
    return tuple(table for table in tables if table.rows)


def _sector_figures(assessment: Assessment, own: str) -> Table:
    frame = assessment.sectors[assessment.sectors["instrument"] == own]
    names = [assessment.sector_label(code) for code in frame["sector"]]
    shown = [
        text("{sector} (small sample)", sector=name) if small else name
        for name, small in zip(names, frame["small"], strict=True)
    ]
    title = text("{id}: {label}", id=own, label=assessment.instrument.instrument_label(own))
    points = (Column(POINTS, bar=True), POINTS_LOW, POINTS_HIGH)
    columns = [SECTOR_NAME, FIRMS, COMPLETE, *points, SYNCHRONIZATION, MEAN_K, LEVEL]
    return Table.from_frame(
        f"sectors {own}",
        title,
        columns,
        frame.assign(sector_name=shown, complete_firms=frame["complete"], points_level=frame["level"]),
    )


def _level_figures(assessment: Assessment, own: str) -> Table:
    levels = assessment.levels[assessment.levels["instrument"] == own]
    ranks = sorted(int(rank) for rank in levels["level"].unique())
    columns = [
        SECTOR_NAME,
        *(FIRMS_AT_LEVEL.each(str(rank), _level_name(assessment, rank)) for rank in ranks),
    ]
    rows = []
    for sector, own_rows in levels.groupby("sector", sort=False):
        counts = own_rows.set_index("level")
        cells = [
            text(
                "{firms} ({share})",
                firms=int(counts.loc[r, "firms"]),
                share=Percent(counts.loc[r, "share"], 0),
            )
            for r in ranks
        ]
        rows.append((assessment.sector_label(str(sector)), *cells))
    status = STATUS_WORDS[class_status(assessment, own)]
    title = text("Firms by level ({status})", status=status)
    return Table.of(f"levels {own}", title, columns, rows)


def _level_name(assessment: Assessment, rank: int) -> Text:
    names = tuple(assessment.instrument.level_labels(rank).values())
    return text("{rank} {names}", rank=rank, names=names)


def _potential_figures(assessment: Assessment) -> Table:
    rule = assessment.rule
    title = text("Firms with high potential: {rule}", rule=assessment.rule_words)
    share = ATTAINED.fill(groups=rule.groups)
    columns = [FIRM, SECTOR_NAME, INSTRUMENT, POINTS, Column(share, bar=True), SYNCHRONIZATION]
    chosen = assessment.potential[assessment.potential["potential"].fillna(False).astype(bool)]
    chosen = chosen.sort_values("total", ascending=False, kind="stable")
    chosen = chosen.assign(sector_name=list(map(assessment.sector_label, chosen["sector"])))
    return Table.from_frame("potential", title, columns, chosen, most=len(chosen))


def _trend_figures(assessment: Assessment) -> Table:
    trend = assessment.trend
    years = [f"{a}-{b}" for a, b in zip(trend["year_from"], trend["year_to"], strict=True)]
    title = text("Firms surveyed in several years")
    return Table.from_frame(
        "trend",
        title,
        [FIRM, SECTOR, YEARS, CHANGE, K_CHANGE],
        trend.assign(years=years, points_change=trend["change"]),
        most=len(trend),
    )


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
    table["why"] = [assessment.explain(firm, int(year)).render(language) for firm, year in rows]
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
