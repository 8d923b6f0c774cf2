"""``tom-tat``: all that leaders decide on one page, and the same in ten lines for the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy

from techprio.display.quantities import is_missing, render
from techprio.language import LANGUAGES, Label, Language, Text, text
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Col, Grid, Heading, Paper, Para, Part, Words
from techprio.reporting.products.wording import (
    CERTAINTY,
    amount,
    certainty_word,
    lettered,
    named_row,
    number,
    percent,
    row_of,
    workbook,
)

_MARK_LINE, _MARK_LATER, _MARK_OUT = "(*)", "(**)", "(***)"
_CERTAIN = ("¹", "²", "³", "⁴")
"""The marks of how certain a place on the list is, as the words of :data:`CERTAINTY`."""
_POINTS, _IN_TABLES = 11.5, 10.0
_SIZES = ((2700, _POINTS), (2950, 11.0), (3200, 10.5), (3600, 10.0), (4200, 9.5))
"""Up to how many letters the page holds at which size, also in a font wider than Times New Roman."""
_NAMES = (80, 50, 35, 25, 18)
"""How many letters of a name are left where the page would not hold the whole ones."""


def summary_paper(matter: Matter) -> Paper:
    """Return the one page for leaders.

    Parameters
    ----------
    matter : Matter
    """
    parts = tuple(summary_parts(matter))
    for most in _NAMES:
        if all(_letters(parts, language) <= _SIZES[-1][0] for language in LANGUAGES):
            break
        parts = tuple(summary_parts(_with_names(matter, most)))
    smaller: dict[str, float] = {language: _points(_letters(parts, language)) for language in LANGUAGES}
    return Paper("tom-tat", "plain", text("SUMMARY FOR LEADERS"), parts, points=_POINTS, points_in=smaller)


def _with_names(matter: Matter, most: int) -> Matter:
    """Return the same with names of so many letters at most, where the page would not hold whole ones."""
    other = copy(matter)
    names = {id: matter.short_name(id) for id in matter.table.index}
    other.__dict__["_short"] = {id: Label(*(_begun(one, most) for one in name)) for id, name in names.items()}
    return other


def _begun(name: str, most: int) -> str:
    """Return a name, or as many of its first words as the letters hold.

    Examples
    --------
    >>> _begun("Nền tảng dữ liệu dùng chung", 18), _begun("Nền tảng", 18)
    ('Nền tảng dữ liệu…', 'Nền tảng')
    """
    if len(name) <= most:
        return name
    return f"{name[:most].rpartition(' ')[0] or name[: most - 1]}…"


def _points(letters: int) -> float:
    """Return the size of the letters at which the page holds so many of them."""
    return next((points for most, points in _SIZES if letters <= most), _SIZES[-1][1])


def _letters(parts: Sequence[Part], language: Language) -> int:
    """Return how many letters the page has in a language."""
    count = 0
    for part in parts:
        if isinstance(part, Grid):
            count += sum(len(render(cell, language)) for row in part.rows for cell in row)
        elif isinstance(part, Heading | Para):
            count += len(render(part.words, language))
    return count


def summary_parts(matter: Matter) -> Iterator[Part]:
    """Give the five parts of the page, always these and in this order, below what is passed."""
    yield Para(matter.study.title, "center")
    yield from passed_parts(matter)
    yield Heading(
        text(
            "Priority technologies ({count} of {all} that were looked at)",
            count=len(matter.priorities),
            all=len(matter.table),
        ),
        2,
    )
    yield _priorities(matter)
    if matter.figures.has_plan:
        yield Heading(
            text("Money ({unit}; {count} technologies)", unit=matter.money, count=len(matter.placed)), 2
        )
        yield Grid(*need_and_limit(matter, source=40, each=15), points=_IN_TABLES)
        yield Para(money_sentence(matter))
    yield Heading(text("Decisions asked for"), 2)
    for place, words in enumerate(decisions(matter)):
        yield Para(words, lead=text("{letter})", letter=lettered(place)))
    if matter.figures.has_plan:
        yield Heading(text("Over a limit, not placed"), 2)
        yield Para(row_of(over_and_out(matter), " "))
    yield Heading(text("What is not certain"), 2)
    yield Para(row_of(uncertain(matter), " "))
    if matter.figures.has_plan:
        yield Para(text("{workbook}.", workbook=workbook("priorities", "roadmap", "limits")), "note")


def passed_parts(matter: Matter) -> Iterator[Part]:
    """Say which limits are passed, before all else; nothing where all are kept."""
    if matter.passed:
        yield Para(row_of(matter.passed, " "))


def leaders_lines(matter: Matter) -> Iterator[Words]:
    """Give the page in about ten lines for a screen."""
    for sector in matter.sectors:
        names = matter.of_sector(sector.code, only="priority")
        if names:
            listed = row_of(with_certainty(matter, name, matter.short_name(name)) for name in names)
            yield text("{sector}: {names}", sector=matter.sector_label(sector.code), names=listed)
    yield certainty_line(matter)
    if matter.figures.has_plan:
        yield money_sentence(matter)
        yield row_of(over_and_out(matter), " ")
    yield row_of(uncertain(matter), " ")


def certainty_of(matter: Matter, name: str) -> Words:
    """Return the word for how certain a place is; none where every candidate of the sector has one."""
    row = matter.cells[name]
    ranked = sum(not is_missing(matter.cells[one]["rank"]) for one in matter.of_sector(str(row["sector"])))
    if matter.study.ranking.priority == "top" and ranked <= matter.figures.top:
        return "-"
    return certainty_word(row["p_top"], str(row["class"]))


def with_certainty(matter: Matter, name: str, label: Label) -> Label:
    """Return the name of a technology with the mark of how certain its place on the list is."""
    marks = "".join(mark for mark in _marks(matter, name) if mark in _CERTAIN)
    return Label(*(f"{words}{marks}" for words in label))


def certainty_line(matter: Matter) -> Words:
    """Say what the marks mean, and how many of each sector are firm, contested and firmly not priority."""
    used = {mark for name in matter.priorities for mark in _marks(matter, name)}
    meant = zip(_CERTAIN, (word for _, word in CERTAINTY), strict=True)
    told = [text("{mark} {words}", mark=mark, words=words) for mark, words in meant if mark in used]
    parts = []
    for sector in matter.sectors:
        names = matter.of_sector(sector.code)
        counts = Counter(matter.cells[name]["class"] for name in names)
        if any(certainty_of(matter, name) != "-" for name in names):
            parts.append(
                text(
                    "{sector} {firm}, {contested}, {out}", sector=matter.sector_label(sector.code),
                    firm=counts["firm"], contested=counts["contested"],
                    out=counts["firmly_not"],
                )
            )  # fmt: skip
    if not parts:
        return text("Every candidate is on the list of its sector: no place had to be won.")
    counted = text("firm, contested and firmly not priority: {parts}.", parts=row_of(parts))
    return text("{marks}; {counted}", marks=row_of(told), counted=counted) if told else counted


def _priorities(matter: Matter) -> Grid:
    rows = []
    marks = {name: _marks(matter, name) for name in matter.priorities}
    for sector in matter.sectors:
        names = matter.of_sector(sector.code, only="priority")
        if names:
            marked = [Label(*(f"{w}{''.join(marks[n])}" for w in matter.short_name(n))) for n in names]
            rows.append((matter.sector_label(sector.code), row_of(marked)))
    meant: dict[str, Text] = dict(zip(_CERTAIN, (word for _, word in CERTAINTY), strict=True)) | {
        _MARK_LINE: text("see point 5"),
        _MARK_LATER: text(
            "operational after {year}", year=matter.phases[0].last_year if matter.phases else "-"
        ),
        _MARK_OUT: text("not placed"),
    }
    used = {mark for own in marks.values() for mark in own}
    told = [text("{mark} {words}", mark=mark, words=words) for mark, words in meant.items() if mark in used]
    note = text("{marks}.", marks=row_of(told)) if told else ""
    return Grid((Col("", 22), Col("", 78)), tuple(rows), note=note, points=_IN_TABLES)


def _marks(matter: Matter, name: str) -> list[str]:
    """Return what is marked at the name of a technology: how certain it is, and what is said below."""
    row = matter.cells[name]
    word, line = certainty_of(matter, name), matter.at_the_line(str(row["sector"]))
    marks = [mark for mark, (_, one) in zip(_CERTAIN, CERTAINTY, strict=True) if one == word]
    if line is not None and name == line[0]:
        marks.append(_MARK_LINE)
    if matter.phases and name in matter.unplaced:
        marks.append(_MARK_OUT)
    elif matter.phases and row["phase"] != matter.phases[0].id:
        marks.append(_MARK_LATER)
    return marks


def need_and_limit(
    matter: Matter, *, source: float, each: float
) -> tuple[tuple[Col, ...], tuple[tuple[Words, ...], ...]]:
    """Return columns and rows of need and limit by source of funds and phase.

    Parameters
    ----------
    matter : Matter
    source, each : float
        Widths of the first column and of each other one, in percent.
    """
    columns = [Col(text("Source"), source)]
    for phase in matter.phases:
        columns += [
            Col(text("{phase}: need", phase=phase.id), each, "right"),
            Col(text("{phase}: limit", phase=phase.id), each, "right"),
        ]
    rows = tuple(
        (
            fund.label,
            *(
                amount(value)
                for phase in matter.phases
                for value in (matter.used(fund.id, phase.id), matter.limit(fund.id, phase.id))
            ),
        )
        for fund in matter.funds
    )
    return tuple(columns), rows


def money_sentence(matter: Matter) -> Words:
    """Say how much of the money is that of the state, and what takes most of it."""
    if not matter.total:
        return text("The roadmap spends nothing.")
    most = matter.largest
    share = matter.spent(technologies=most) / matter.total
    priority = matter.spent(technologies=matter.priorities) / matter.total
    return text(
        "Money of the state {public} {unit}, {share} of all. The {number} costliest technologies ({names}) "
        "take {most}; the {count} priority technologies take {priority}.",
        number=len(most),
        public=amount(matter.public),
        unit=matter.money,
        share=percent(matter.public / matter.total),
        names=row_of(map(matter.short_name, most)),
        most=percent(share),
        count=len(matter.priorities),
        priority=percent(priority),
    )


def decisions(matter: Matter) -> Iterator[Text]:
    """Give the decisions that are asked for: lists, phases, money, people, responsibility."""
    yield text(
        "Lists: {priority} priority technologies, {platform} platform, {core} core, {encouraged} "
        "encouraged for innovation, {watch} to be watched and not begun now (a priority technology keeps its "
        "role).",
        priority=len(matter.priorities),
        platform=len(matter.role("platform")),
        core=len(matter.role("core")),
        encouraged=len(matter.role("encouraged")),
        watch=len(matter.role("watch")),
    )
    if matter.figures.has_plan:
        parts = [
            text("{count} operational in {phase}", count=len(matter.in_phase(phase.id)), phase=phase.id)
            for phase in matter.phases
        ]
        yield text("Phases: {parts}.", parts=row_of(parts))
        yield text(
            "Money of the state year by year; the Department of Finance is charged with balancing it and "
            "proposing "
            "its allotment."
        )
        if len(matter.figures.people):
            needs = [
                text(
                    "{people} people by the end of {year}",
                    people=number(matter.people_by(year)[0]),
                    year=year,
                )
                for year in (phase.last_year for phase in matter.phases)
            ]
            yield text(
                "Training: {needs}; the Department of Home Affairs is charged with proposals.",
                needs=row_of(needs),
            )
    yield text("Lead agency of each technology; when it is reported; yearly update of the lists.")


def over_and_out(matter: Matter) -> Iterator[Words]:
    """Say which limits are passed and what has no place."""
    yield from matter.passed
    if not matter.passed:
        yield text("At the costs as stated no limit is passed.")
    if matter.unplaced:
        yield text(
            "Not placed, {count} technologies: {names}; for want of money or people, or of a technology "
            "that must "
            "come first.",
            count=len(matter.unplaced),
            names=row_of(map(matter.short_name, matter.unplaced)),
        )
    else:
        yield text("Every technology is placed.")


def uncertain(matter: Matter) -> Iterator[Words]:
    """Say what is level at the line of a list, what was never measured, what is provisional."""
    for sector in matter.sectors:
        line = matter.at_the_line(sector.code)
        if line is not None:
            yield text(
                "{sector}: {last} is level with {others}.",
                sector=matter.sector_label(sector.code),
                last=named_row([matter.short_name(line[0])]),
                others=named_row(map(matter.short_name, line[1])),
            )
    yield text(
        "{count} of {all} technologies rest on single estimates only.",
        count=matter.unmeasured, all=len(matter.table),
    )  # fmt: skip
    instrument = matter.study.instrument
    if instrument is not None and matter.study.survey is not None and not instrument.bounds_verified:
        yield text("The bounds of the technology levels are provisional.")
