"""``khao-sat``: where the firms stand, who can renew, and what is to be renewed first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from techprio.errors import InputError
from techprio.language import Label, text
from techprio.model.assessment import Assessment
from techprio.reporting.products.bars import level_label, levels_chart
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Col, Dots, Grid, Heading, Paper, Para, Part, Words
from techprio.reporting.products.survey_annexes import (
    chosen_firms,
    forms_of,
    sector_names,
    survey_annexes,
)
from techprio.reporting.products.wording import (
    STANDING,
    number,
    percent,
    province_label,
    row_of,
    whole_percent,
    workbook,
)
from techprio.reporting.words import ACTION_NAMES

_FEW = 10
_FIRST_NAMES = 6
_SIDES = {
    "strength": text("Strengths"), "weakness": text("Weaknesses"),
    "opportunity": text("Opportunities"), "threat": text("Threats"),
}  # fmt: skip


def survey_paper(matter: Matter) -> Paper:
    """Return the report on the survey of firms.

    Parameters
    ----------
    matter : Matter

    Raises
    ------
    InputError
        A study without a survey.
    """
    found = matter.survey
    if found is None:
        raise InputError(text("the study has no survey of firms; name a survey and its instrument"))
    province = province_label(matter.letterhead.province)
    return Paper(
        "khao-sat",
        "report",
        text(
            "Assessment of the technology level and capability of sectors, fields and firms in {province}",
            province=province,
        ),
        tuple(_parts(matter, found)),
        annexes=survey_annexes(matter, found),
        addressees=matter.informed,
    )


def _parts(matter: Matter, found: Assessment) -> Iterator[Part]:
    yield from _survey(matter, found)
    yield from _levels(matter, found)
    yield from _swot(matter, found)
    yield from _potential(matter, found)
    yield from _actions(matter)
    yield Heading(text("General assessment, limits of the data, recommendations"))
    yield Heading(text("General assessment"), 2)
    yield from matter.written(
        "current-state", text("What do the figures say of the firms as a whole?"), STANDING
    )
    yield Heading(text("Limits of the data"), 2)
    yield from _limits(matter, found)
    yield Heading(text("Recommendations"), 2)
    yield from matter.written(
        "proposals", text("What is asked of whom, by when?"), STANDING, part="khao-sat", else_whole=True
    )
    yield Para(text("{workbook}./.", workbook=workbook("survey")))


def _survey(matter: Matter, found: Assessment) -> Iterator[Part]:
    yield Heading(text("The survey in general"))
    yield Heading(text("Basis and purpose"), 2)
    question = text("On which document does the survey rest, and what is it for?")
    yield from matter.written("process", question, STANDING, part="khao-sat")
    yield Heading(text("Scope, firms and forms"), 2)
    rows: list[tuple[Words, ...]] = []
    forms = dict(forms_of(found))
    for code, label in sector_names(matter).items():
        for row in found.sectors[found.sectors["sector"] == code].itertuples(index=False):
            asked, complete = int(row.firms), int(row.complete)
            rows.append((label, forms[row.instrument], str(asked), str(complete), str(asked - complete)))
    whole = found.sectors[["firms", "complete"]].sum()
    asked, complete = int(whole["firms"]), int(whole["complete"])
    rows.append((text("Total"), "", str(asked), str(complete), str(asked - complete)))
    columns = (
        Col(text("Sector"), 36), Col(text("Form"), 19), Col(text("Firms asked"), 15, "right"),
        Col(text("Complete"), 15, "right"), Col(text("Not complete"), 15, "right"),
    )  # fmt: skip
    yield Grid(columns, tuple(rows), strong=(len(rows) - 1,), points=12)
    yield Heading(text("How it was assessed"), 2)
    groups = [
        text("{group} ({points} points)", group=group.label, points=number(group.max_points))
        for group in found.instrument.groups
    ]
    bounds = (
        text("The bounds of the levels are those in force.")
        if found.official
        else text(
            "The bounds of the levels were not held against the text in force, so the classification is "
            "provisional."
        )
    )
    yield Para(
        text(
            "Each firm was given points in {count} groups: {groups}; a coefficient of synchronisation from "
            "0 to 1 says how "
            "evenly they are developed. {bounds}",
            count=len(groups), groups=row_of(groups), bounds=bounds,
        )
    )  # fmt: skip


def _levels(matter: Matter, found: Assessment) -> Iterator[Part]:
    yield Heading(text("Technology level and capability"))
    yield Heading(text("In general"), 2)
    forms = forms_of(found)
    levels = found.levels
    rows: list[tuple[Words, ...]] = []
    for level in sorted(set(levels["level"])):
        own = levels[levels["level"] == level]
        counts = [int(own.loc[own["instrument"] == form, "firms"].sum()) for form, _ in forms]
        rows.append((level_label(own), *(str(count) for count in counts)))
    columns = (
        Col(text("Level of technology"), 40),
        *(Col(text("Firms, {form}", form=name), 30, "right") for _, name in forms),
    )
    yield Grid(columns, tuple(rows), note=_level_note(found))
    yield levels_chart(found, sector_names(matter), dict(forms))
    yield Heading(text("By sector"), 2)
    for code, label in sector_names(matter).items():
        own = found.sectors[found.sectors["sector"] == code]
        if len(own):
            yield Heading(label, 3)
        for row in own.itertuples(index=False):
            yield Para(_of_sector(found, row, dict(forms)[row.instrument]), "dash")
    yield Heading(text("Capability to absorb, master and innovate"), 2)
    yield _capability(matter, found)


def _level_note(found: Assessment) -> Words:
    names = [Label(*row) for row in dict.fromkeys(found.levels["label_circular"])]
    return text(
        "Levels named as in the plan; the circular on the assessment calls them: {names}.",
        names=row_of(names, ", "),
    )


def _of_sector(found: Assessment, row: Any, form: Words) -> Words:
    levels = found.levels[
        (found.levels["sector"] == row.sector) & (found.levels["instrument"] == row.instrument)
    ]
    parts = [
        text(
            "{level} {count}",
            level=Label(*levels.loc[levels["level"] == level, "label_plan"].iloc[0]),
            count=int(count),
        )
        for level, count in zip(levels["level"], levels["firms"], strict=True)
        if count
    ]
    groups = found.groups[
        (found.groups["sector"] == row.sector) & (found.groups["instrument"] == row.instrument)
    ]
    if pd.isna(row.total) or not parts:
        return text("{form}: no complete answer.", form=form)
    furthest = groups.sort_values("difference", kind="stable").head(1)
    below: Words = ""
    if len(furthest) and float(furthest["difference"].iloc[0]) < 0:
        name: Any = furthest["label"].iloc[0]
        below = text(" Furthest below the province: {group}.", group=Label(*name))
    return text(
        "{form}, {complete} firms: {levels}; mean {points} points of 100, coefficient {coefficient}.{below}",
        form=form, complete=int(row.complete), levels=row_of(parts, ", "), points=number(float(row.total), 1),
        coefficient=number(float(row.synchronization), 3), below=below,
    )  # fmt: skip


def _capability(matter: Matter, found: Assessment) -> Grid:
    shown = found.instrument.groups[-3:]
    forms = dict(forms_of(found))
    rows = []
    for code, label in sector_names(matter).items():
        for form, name in forms.items():
            own = found.groups[(found.groups["sector"] == code) & (found.groups["instrument"] == form)]
            if not len(own):
                continue
            cells = [own.loc[own["group"] == group.id, "attained"] for group in shown]
            rows.append(
                (
                    label,
                    name,
                    *(percent(float(c.iloc[0])) if len(c) and pd.notna(c.iloc[0]) else "-" for c in cells),
                )
            )
    columns = (
        Col(text("Sector"), 30),
        Col(text("Form"), 20),
        *(Col(group.label, 18, "right") for group in shown),
    )
    return Grid(columns, tuple(rows), note=text("Share of the points that are reached."), points=12)


def _swot(matter: Matter, found: Assessment) -> Iterator[Part]:
    yield Heading(text("Strengths, weaknesses, opportunities and threats by sector"))
    yield Para(
        text(
            "Strengths and weaknesses of the survey stand here where the difference from the province is "
            "beyond chance."
        ),
        "note",
    )
    written = matter.rows("swot")
    shared = {sector.code for sector in matter.sectors if sector.cross}  # no sector of the plan
    for code, label in sector_names(matter).items():
        own = found.groups[
            (found.groups["sector"] == code) & found.groups["clear"].fillna(False).astype(bool)
        ]
        agreed = _agreed(own)
        sides: list[Part] = []
        for side, title in _SIDES.items():
            words: list[Words] = [
                text("{group} ({form}: {own} of the points, province {all})",
                     group=Label(*row.label), form=dict(forms_of(found))[row.instrument],
                     own=whole_percent(row.attained), all=whole_percent(row.province))
                for row in agreed[agreed["side"] == side].itertuples(index=False)
            ]  # fmt: skip
            words += [row["text"] for row in written if (row["sector"], row["side"]) == (code, side)]
            if words:
                sides.append(
                    Para(text("{names}.", names=row_of(words)), "dash", lead=text("{sector}:", sector=title))
                )
            elif side in ("opportunity", "threat") and code not in shared:
                question = text("{side} of {sector}?", side=title, sector=label)
                sides.append(Dots(question, "swot.csv", text("lead agency of the sector")))
        if sides:
            yield Heading(label, 2)
            yield from sides


def _agreed(groups: pd.DataFrame) -> pd.DataFrame:
    """Return the groups that no other form contradicts."""
    sides = groups.groupby("group")["side"].transform("nunique")
    return groups[sides == 1]


def _potential(matter: Matter, found: Assessment) -> Iterator[Part]:
    yield Heading(text("Firms with high potential for technology innovation"))
    yield Para(text("Rule: {rule}.", rule=found.rule_words))
    chosen = chosen_firms(found)
    rows: list[tuple[Words, ...]] = [
        (label, str(int((chosen["sector"] == code).sum())))
        for code, label in sector_names(matter).items()
        if (chosen["sector"] == code).any()
    ]
    if not rows:
        yield Para(text("No firm fulfils the rule."))
        return
    rows.append((text("Total"), str(len(chosen))))
    yield Grid(
        (Col(text("Sector"), 70), Col(text("Firms"), 30, "right")), tuple(rows), strong=(len(rows) - 1,)
    )
    yield Para(text("The firms stand in Annex III, which is for internal use."))


def _actions(matter: Matter) -> Iterator[Part]:
    yield Heading(text("Technologies to be renewed, replaced or transferred first"))
    table = matter.table
    kinds = {key: name for key, name in ACTION_NAMES.items() if (table["action"] == key).any()}
    rows = []
    for code, label in sector_names(matter).items():
        own = table[table["sector"] == code]
        rows.append((label, *(str(int((own["action"] == key).sum())) for key in kinds)))
    yield Grid((Col(text("Sector"), 40), *(Col(name, 15, "right") for name in kinds.values())), tuple(rows))
    for key, name in kinds.items():
        names = [one for one in matter.priorities if matter.cells[one]["action"] == key][:_FIRST_NAMES]
        if names:
            lead = text("First, {action}:", action=name)
            yield Para(text("{names} (Annex II).", names=row_of(map(matter.name, names))), "dash", lead=lead)


def _limits(matter: Matter, found: Assessment) -> Iterator[Part]:
    left = int((found.sectors["firms"] - found.sectors["complete"]).sum())
    yield Para(text("{count} forms are not complete; nothing was filled in for them.", count=left), "dash")
    few = found.sectors[found.sectors["complete"] < _FEW]
    forms, names = dict(forms_of(found)), sector_names(matter)
    if len(few):
        parts = [
            text(
                "{sector} ({form}: {count})",
                sector=names[row.sector],
                form=forms[row.instrument],
                count=int(row.complete),
            )
            for row in few.itertuples(index=False)
        ]
        yield Para(
            text("Fewer than {least} complete answers: {parts}.", least=_FEW, parts=row_of(parts)), "dash"
        )
    if len(forms) > 1:
        yield Para(
            text("Answers to the main form and to the extended one are kept apart and never averaged."),
            "dash",
        )
