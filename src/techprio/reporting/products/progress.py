"""``tien-do``: what is done, late, held up and spent; before approval, how far the making is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from techprio.errors import InputError
from techprio.language import Label, Text, text
from techprio.model.monitoring import Monitoring
from techprio.phasing.indicators import INDICATOR_STATES, judge_indicators
from techprio.phasing.months import month_number, month_text
from techprio.reporting.products.agencies import find_agency
from techprio.reporting.products.bars import money_bars
from techprio.reporting.products.making import cause_parts, making_parts, request_parts, steering_parts
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Annex, Col, Grid, Heading, Paper, Para, Part, Words
from techprio.reporting.products.wording import (
    AGENCIES,
    STANDING,
    agencies_note,
    agency_in_table,
    amount,
    month,
    named_row,
    number,
    page_of,
    row_of,
)

_STATES: dict[str, Text] = {
    "done": text("done"),
    "on time": text("on schedule"),
    "at risk": text("at risk of delay"),
    "late": text("late"),
    "very late": text("very late"),
    "stopped": text("stopped"),
    "blocked": text("held up"),
    "not planned": text("outside the roadmap"),
}
PERIODS = (6, 12)
_MOST = 8


def progress_paper(matter: Matter, *, agency: str = "", period: int = 12) -> Paper:
    """Return the report on progress: of one agency, or of the standing agency for all.

    Parameters
    ----------
    matter : Matter
        With what became of the roadmap; without it the report is on its making.
    agency : str
    period : {6, 12}
        Months that it is on.

    Raises
    ------
    InputError
        An unknown agency, another period.
    """
    if period not in PERIODS:
        raise InputError.argument("--period", found=period, allowed=" | ".join(map(str, PERIODS)))
    issuer = find_agency(agency) if agency else None
    own = None if issuer in (None, STANDING) else issuer
    progress = matter.progress
    parts = making_parts(matter) if progress is None else _parts(matter, progress, own, period)
    title = text("On the making of: {title}", title=matter.study.title)
    annexes: tuple[Annex, ...] = ()
    if progress is not None:
        title = text(
            "On the implementation of: {title}, {period}",
            title=matter.study.title,
            period=_period(progress.as_of, period),
        )
        annexes = (
            Annex(text("Technologies: planned and expected"), (_each(matter, progress, own),), wide=True),
        )
    to = (STANDING,) if own is not None else matter.informed[:1]
    return Paper("tien-do", "report", title, tuple(parts), annexes=annexes, addressees=to, issuer=own)


def _period(as_of: str, period: int) -> Text:
    year, of_year = int(as_of[:4]), int(as_of[5:7])
    if period == PERIODS[1]:
        return text("year {year}", year=year)
    half = text("first six months of {year}", year=year)
    return half if of_year <= PERIODS[0] else text("last six months of {year}", year=year)


def _reported(progress: Monitoring, agency: Label | None) -> pd.DataFrame:
    """Return the technologies that are placed or were begun: of an agency, or all without one."""
    frame = progress.technologies
    frame = frame[(frame["state"] != "not planned") | (frame["status"] != "not started")]
    if agency is None:
        return frame
    return frame[[page_of(str(name)) == agency for name in frame["lead_agency"]]]


def _word(progress: Monitoring, row: Any) -> Text | str:
    """Return the state of a technology in a word, where its light is red a stronger one."""
    state = str(row.state)
    if state == "late" and row.light == "red":
        state = "very late"
    return _STATES.get(state, state)


def _parts(matter: Matter, progress: Monitoring, agency: Label | None, period: int) -> Iterator[Part]:
    own = _reported(progress, agency)
    yield Heading(text("State of the implementation"))
    yield Heading(text("Direction of the work"), 2)
    yield from steering_parts(matter, agency)
    yield Heading(text("Results in general"), 2)
    yield Para(
        text("By {month} the roadmap has {count} technologies:", month=month(progress.as_of), count=len(own))
    )
    yield _by_group(matter, progress, own, agency)
    yield Para(
        text(
            "Late: behind the roadmap by itself; very late: by {months} months or more. At risk of delay: "
            "not late by itself, but a technology that must come first is; its months are those expected.",
            months=progress.rule.red_months,
        ),
        "note",
    )
    yield Heading(text("Results of the implementation"))
    yield Heading(text("Technologies"), 2)
    yield from _named(matter, progress, own)
    yield Heading(text("Money"), 2)
    yield from _money(matter, progress, own, agency)
    yield Heading(text("People"), 2)
    yield from _people(matter, progress, own)
    table = matter.study.material.table("indicators")
    if len(table) and agency is None:
        yield Heading(text("Indicators"), 2)
        yield _indicators(judge_indicators(table, year=int(progress.as_of[:4])))
    yield Heading(text("Shortcomings and causes"))
    yield from _delays(matter, progress, own)
    yield from cause_parts(matter, agency)
    yield Heading(text("Tasks of the next period"))
    yield from _next(matter, progress, own, period)
    yield from request_parts(matter, matter.informed[0] if agency is None else STANDING, agency)


def _by_group(matter: Matter, progress: Monitoring, own: pd.DataFrame, agency: Label | None) -> Grid:
    """Return how many technologies are in which state, by agency, or by sector for one agency."""
    shown = [key for key in _STATES if any(_word(progress, row) == _STATES[key] for row in own.itertuples())]
    if agency is None:
        groups = [(one, own[[page_of(str(n)) == one for n in own["lead_agency"]]]) for one in AGENCIES]
        rest = own[[page_of(str(n)) not in AGENCIES for n in own["lead_agency"]]]
        groups.append((Label("Chưa có cơ quan chủ trì", "No lead agency"), rest))
        head = text("Lead agency")
    else:
        groups = [(matter.sector_label(s.code), own[own["sector"] == s.code]) for s in matter.sectors]
        head = text("Sector")
    rows: list[tuple[Words, ...]] = []
    for name, frame in (*groups, (text("Total"), own)):
        if len(frame):
            words = [_word(progress, row) for row in frame.itertuples()]
            rows.append((name, *(str(words.count(_STATES[key])) for key in shown), str(len(frame))))
    width = 62 / (len(shown) + 1)
    columns = (
        Col(head, 38),
        *(Col(_STATES[key], width, "right") for key in shown),
        Col(text("Total"), width, "right"),
    )
    return Grid(columns, tuple(rows), points=12, strong=(len(rows) - 1,))


def _named(matter: Matter, progress: Monitoring, own: pd.DataFrame) -> Iterator[Part]:
    parts = []
    for key in ("done", "on time", "at risk", "late", "very late", "blocked", "stopped", "not planned"):
        names = [
            row.technology
            for row in own.itertuples()
            if _word(progress, row) == _STATES[key] and (key != "on time" or row.status == "running")
        ]
        if names:
            lead = text("{state} ({count}):", state=_STATES[key], count=len(names))
            parts.append(_some(matter, names, lead))
    yield from parts or [Para(text("No technology was to have begun yet."))]


def _some(matter: Matter, names: list[str], lead: Text) -> Para:
    """Return the first of some technologies, and how many others there are."""
    others = [text("{count} others", count=len(names) - _MOST)] if len(names) > _MOST else []
    listed = row_of([*map(matter.short_name, names[:_MOST]), *others])
    return Para(text("{names}.", names=listed), "dash", lead=lead)


def _money(matter: Matter, progress: Monitoring, own: pd.DataFrame, agency: Label | None) -> Iterator[Part]:
    if agency is not None:
        frame = progress.spending[progress.spending["technology"].isin(own["technology"])]
        planned, spent = float(frame["planned"].sum()), float(frame["spent"].sum())
        yield Para(
            text(
                "By {month} {planned} {unit} were planned for what it leads, {spent} were spent.",
                month=month(progress.as_of),
                planned=amount(planned),
                spent=amount(spent),
                unit=matter.money,
            )
        )
        return
    labels = {fund.id: fund.label for fund in matter.funds}
    rows: list[tuple[Words, ...]] = []
    whole = [0.0, 0.0]
    for fund, frame in progress.money.groupby("fund", sort=False):
        sums = [float(frame["planned"].sum()), float(frame["spent"].sum(min_count=1))]
        whole = [a + (0.0 if pd.isna(b) else b) for a, b in zip(whole, sums, strict=True)]
        rows.append(
            (
                labels.get(str(fund), str(fund)),
                *(text("not reported") if pd.isna(one) else amount(one) for one in sums),
            )
        )
    rows.append((text("Total"), *map(amount, whole)))
    columns = (
        Col(text("Source"), 50), Col(text("By the roadmap"), 25, "right"), Col(text("Spent"), 25, "right")
    )  # fmt: skip
    note = text(
        "In {unit}, from the beginning of the roadmap to {month}.",
        unit=matter.money,
        month=month(progress.as_of),
    )
    yield Grid(columns, tuple(rows), note=note, points=12, strong=(len(rows) - 1,))
    yield money_bars(progress, labels)


def _people(matter: Matter, progress: Monitoring, own: pd.DataFrame) -> Iterator[Part]:
    year = int(progress.as_of[:4])
    staff = matter.figures.staff
    led = staff[staff["technology"].isin(own["technology"]) & (staff["year"].astype(int) <= year)]
    yield Para(
        text(
            "By the roadmap {people} people are trained by the end of {year} for these technologies.",
            people=number(float(led["people"].sum())),
            year=year,
        )
    )


def _indicators(judged: pd.DataFrame) -> Grid:
    columns = (
        Col(text("Indicator"), 40),
        Col(text("Baseline"), 13, "right"),
        Col(text("Measured"), 13, "right"),
        Col(text("Next target"), 18, "right"),
        Col(text("State"), 16),
    )
    rows = tuple(
        (
            Label(row.name_vi or row.indicator, row.name_en or row.indicator),
            _figure(row.baseline),
            _figure(row.measured),
            text(
                "{value} ({year})",
                value=_figure(row.next_target),
                year="-" if pd.isna(row.next_year) else int(row.next_year),
            ),
            INDICATOR_STATES.get(row.state, row.state),
        )
        for row in judged.itertuples()
    )
    return Grid(columns, rows[:_MOST], points=12)


def _figure(value: Any) -> Words:
    return "-" if pd.isna(value) else number(float(value), 0 if float(value).is_integer() else 1)


def _delays(matter: Matter, progress: Monitoring, own: pd.DataFrame) -> Iterator[Part]:
    late = [row for row in own.itertuples() if row.state in ("late", "blocked", "stopped", "at risk")]
    late.sort(key=lambda row: -(0 if pd.isna(row.months_late) else int(row.months_late)))
    if not late:
        yield Para(text("No technology is late."))
    for row in late[:_MOST]:
        name = matter.short_name(row.technology)
        words: Words = text("{name}: {state}", name=name, state=_word(progress, row))
        if pd.notna(row.months_late) and row.months_late > 0:
            words = text("{words}, {months} months", words=words, months=int(row.months_late))
        if row.through:
            through = named_row([matter.short_name(row.through)])
            words = text("{words}, through {technology}", words=words, technology=through)
        delayed = progress.delays[progress.delays["cause"] == row.technology]["technology"]
        if len(delayed):
            names = named_row(map(matter.short_name, list(delayed)[:4]))
            count = len(delayed)
            words = text("{words}; delays {count} others: {names}", words=words, count=count, names=names)
        yield Para(text("{names}.", names=words), "dash")
    if len(late) > _MOST:
        yield Para(text("All {count} are in the annex.", count=len(late)))


def _next(matter: Matter, progress: Monitoring, own: pd.DataFrame, period: int) -> Iterator[Part]:
    """Give what is due in the months of the next report."""
    now = month_number(progress.as_of)
    first, last = month_text(now + 1), month_text(now + period)
    begins = own[own["start_expected"].between(first, last) & (own["status"] == "not started")]
    ends = own[own["operational_expected"].between(first, last) & (own["status"] != "done")]
    when = {"first": month(first), "last": month(last)}
    for lead, frame in (
        (text("To begin from {first} to {last} ({count}):", **when, count=len(begins)), begins),
        (
            text("To be brought into operation from {first} to {last} ({count}):", **when, count=len(ends)),
            ends,
        ),
    ):
        names = list(frame["technology"])
        yield _some(matter, names, lead) if names else Para(text("None."), "dash", lead=lead)


def _each(matter: Matter, progress: Monitoring, agency: Label | None) -> Grid:
    columns = (
        Col(text("No."), 5, "center"),
        Col(text("Code"), 8, "center"),
        Col(text("Technology"), 37),
        Col(text("Lead agency"), 12),
        Col(text("State"), 12),
        Col(text("Operational, planned"), 10, "center"),
        Col(text("Operational, expected"), 10, "center"),
        Col(text("Months late"), 6, "right"),
    )
    rows: list[tuple[Words, ...]] = []
    strong = []
    own = _reported(progress, agency)
    for sector in matter.sectors:
        frame = own[own["sector"] == sector.code]
        if len(frame):
            strong.append(len(rows))
            rows.append(("", "", matter.sector_label(sector.code), *[""] * 5))
        for row in frame.itertuples():
            late = "-" if pd.isna(row.months_late) else str(int(row.months_late))
            rows.append(
                (
                    str(len(rows) - len(strong) + 1),
                    row.technology,
                    matter.whole_name(row.technology),
                    agency_in_table(str(row.lead_agency)),
                    _word(progress, row),
                    month(str(row.operational_planned)),
                    month(str(row.operational_expected)),
                    text("{months} early", months=late[1:]) if late[1:] and late[0] == "-" else late,
                )
            )
    note = agencies_note(own["lead_agency"].astype(str))
    return Grid(columns, tuple(rows), note=note, small=True, strong=tuple(strong), points=10)
