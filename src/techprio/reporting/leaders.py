"""What leaders ask first, as the first sheet of the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.display.quantities import Column, Table, Words
from techprio.language import text
from techprio.model.products import PART, SUMMARY
from techprio.model.run import RunData, derived
from techprio.reporting.products.matter import Matter, matter_of
from techprio.reporting.products.summary import (
    certainty_line,
    decisions,
    money_sentence,
    over_and_out,
    uncertain,
    with_certainty,
)
from techprio.reporting.products.wording import amount, lettered, row_of
from techprio.reporting.words import currency


@derived
def leaders_table(run: RunData) -> Table:
    """Return the page for leaders as a table: names, money, decisions, what is out, what is not certain."""
    columns = [Column(PART, 34), Column(SUMMARY, 120)]
    rows = list(_rows(matter_of(run), currency(run)))
    note = (
        (text("Illustrative figures, not to be used as figures of the province."),)
        if run.study.illustrative
        else ()
    )
    title, name = text("Summary for leaders"), text("Summary")
    return Table.of("leaders", title, columns, rows, notes=note, name=name)


def _rows(matter: Matter, money: Words) -> Iterator[tuple[Words, Words]]:
    if matter.passed:
        yield text("Over a limit"), row_of(matter.passed, " ")
    for sector in matter.sectors:
        names = matter.of_sector(sector.code, only="priority")
        if names:
            marked = (with_certainty(matter, name, matter.name(name)) for name in names)
            yield matter.sector_label(sector.code), row_of(marked)
    if matter.priorities:
        yield text("How certain"), certainty_line(matter)
    if matter.figures.has_plan:
        for fund in matter.funds:
            parts = [
                text(
                    "{phase}: need {used}, limit {limit} {unit}",
                    phase=phase.id,
                    used=amount(matter.used(fund.id, phase.id)),
                    limit=amount(matter.limit(fund.id, phase.id)),
                    unit=money,
                )
                for phase in matter.phases
            ]
            yield fund.label, row_of(parts)
        yield text("Money"), money_sentence(matter)
    for place, words in enumerate(decisions(matter)):
        yield text("Decision {letter})", letter=lettered(place)), words
    if matter.figures.has_plan:
        yield text("Over a limit, not placed"), row_of(over_and_out(matter), " ")
    yield text("What is not certain"), row_of(uncertain(matter), " ")
