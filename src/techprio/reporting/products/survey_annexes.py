"""The annexes of the report on the survey: levels and points, technologies by action, firms."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from techprio.language import Label, text
from techprio.model.assessment import Assessment
from techprio.reporting.products.bars import in_order, level_label
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Annex, Col, Grid, Words
from techprio.reporting.products.wording import agencies_note, agency_in_table, number
from techprio.reporting.words import ACTION_NAMES


def sector_names(matter: Matter) -> dict[str, Label]:
    """Return the names of the sectors by their codes, in the order of the plan."""
    return {sector.code: matter.sector_label(sector.code) for sector in matter.sectors}


def forms_of(found: Assessment) -> list[tuple[str, Words]]:
    """Return the questionnaires with their names: the main one, then its extension."""
    used = list(dict.fromkeys(found.sectors["instrument"]))
    extended = set(found.sectors.loc[found.sectors["extension"], "instrument"])
    names = {True: text("extended form"), False: text("main form")}
    return [(form, names[form in extended]) for form in used]


def chosen_firms(found: Assessment) -> pd.DataFrame:
    """Return the firms of high potential, those with the most points first."""
    chosen = found.potential[found.potential["potential"].fillna(False).astype(bool)]
    return chosen.sort_values("total", ascending=False, kind="stable")


def survey_annexes(matter: Matter, found: Assessment) -> tuple[Annex, ...]:
    """Return the three annexes.

    Parameters
    ----------
    matter : Matter
    found : Assessment
    """
    return (
        Annex(text("Firms by level and sector"), (_levels(matter, found), _points(matter, found))),
        Annex(text("Technologies by what is to be done with them"), (_actions(matter),)),
        Annex(text("Firms with high potential"), (_firms(matter, found),), mark=text("FOR INTERNAL USE")),
    )


def _levels(matter: Matter, found: Assessment) -> Grid:
    """Return how many firms of each sector and form are on each level."""
    levels = sorted(set(found.levels["level"]))
    heads = [level_label(found.levels[found.levels["level"] == level]) for level in levels]
    rows: list[tuple[Words, ...]] = []
    for named, sector, form in _sectors_and_forms(matter, found):
        own = found.levels[(found.levels["sector"] == sector) & (found.levels["instrument"] == form)]
        counts = [int(own.loc[own["level"] == level, "firms"].sum()) for level in levels]
        rows.append((*named, *map(str, counts)))
    columns = (
        Col(text("Sector"), 34),
        Col(text("Form"), 18),
        *(Col(head, 12, "right") for head in heads),
    )
    return Grid(columns, tuple(rows), small=True)


def _points(matter: Matter, found: Assessment) -> Grid:
    """Return the mean points of each sector and form, by group of the questionnaire and in all."""
    groups = found.instrument.groups
    rows: list[tuple[Words, ...]] = []
    for named, sector, form in _sectors_and_forms(matter, found):
        own = found.groups[(found.groups["sector"] == sector) & (found.groups["instrument"] == form)]
        whole = found.sectors[(found.sectors["sector"] == sector) & (found.sectors["instrument"] == form)]
        points = [*(own.loc[own["group"] == group.id, "mean"] for group in groups), whole["total"]]
        rows.append((*named, *(_mean(cells) for cells in points)))
    columns = (
        Col(text("Sector"), 20),
        Col(text("Form"), 14),
        *(Col(group.label, 11, "right") for group in groups),
        Col(text("Total"), 11, "right"),
    )
    return Grid(columns, tuple(rows), note=text("Mean points of the complete answers."), small=True)


def _mean(cells: pd.Series) -> Words:
    return number(float(cells.iloc[0]), 1) if len(cells) and pd.notna(cells.iloc[0]) else "-"


def _sectors_and_forms(matter: Matter, found: Assessment) -> Iterator[tuple[tuple[Words, Words], str, str]]:
    """Give the names of each sector and form that was asked, with their ids."""
    names, forms = sector_names(matter), dict(forms_of(found))
    for row in in_order(found, names).itertuples(index=False):
        sector, form = str(row.sector), str(row.instrument)
        yield (names[sector], forms[form]), sector, form


def _actions(matter: Matter) -> Grid:
    """Return every technology by what is to be done with it."""
    names, kinds, cells = list(sector_names(matter).items()), list(ACTION_NAMES), matter.cells
    places = {code: place for place, (code, _) in enumerate(names)}

    def placed(technology: str) -> tuple[int, int]:
        action = cells[technology]["action"]
        kind = kinds.index(action) if action in kinds else len(kinds)
        return kind, places[str(cells[technology]["sector"])]

    rows = tuple(
        (
            ACTION_NAMES.get(str(cells[one]["action"]), "-"),
            matter.sector_label(str(cells[one]["sector"])),
            one,
            matter.whole_name(one),
            agency_in_table(str(cells[one]["lead_agency"])),
        )
        for one in sorted(cells, key=placed)
    )
    columns = (
        Col(text("Form of action"), 16), Col(text("Sector"), 24), Col(text("Code"), 9, "center"),
        Col(text("Technology"), 37), Col(text("Lead agency"), 14),
    )  # fmt: skip
    return Grid(
        columns, rows, note=agencies_note(str(row["lead_agency"]) for row in cells.values()), small=True
    )


def _firms(matter: Matter, found: Assessment) -> Grid:
    names = sector_names(matter)
    columns = (
        Col(text("No."), 8, "center"), Col(text("Firm"), 14, "center"), Col(text("Sector"), 46),
        Col(text("Points"), 14, "right"), Col(text("Coefficient"), 18, "right"),
    )  # fmt: skip
    rows = tuple(
        (
            str(count),
            row.firm,
            names[row.sector],
            number(float(row.total), 1),
            number(float(row.synchronization), 3),
        )
        for count, row in enumerate(chosen_firms(found).itertuples(index=False), start=1)
    )
    return Grid(columns, rows, small=True)
