"""The sheet that asks what values are worth: three rows a criterion, the half before the quarters."""

from __future__ import annotations

from techprio.display.quantities import Words
from techprio.forms.questions import HALVES, halves_of, unit_of
from techprio.forms.sheet_writer import EARLIER, FIRST_ROW, NOTE, QUESTION, VALUE, SheetWriter, height
from techprio.language import text


def write_halves(writer: SheetWriter) -> tuple[str, str, int]:
    """Write the values; return the name of the sheet, what counts its answers, and how many there are."""
    name = writer.say(text("Values"))
    heads: list[tuple[str, Words, float]] = [
        ("criterion", text("Criterion"), 44),
        ("worth", text("Which value is"), 30),
        (VALUE, text("Value"), 22),
        ("unit", text("Unit"), 18),
        (NOTE, text("Note"), 30),
        ("before", text("Your answer before"), EARLIER["before"]),
        ("group", text("Answers of the group before"), EARLIER["group"]),
        ("reasons", text("Reasons of others"), EARLIER["reasons"]),
        (QUESTION, "", 8),
    ]
    heads = [head for head in heads if head[0] not in EARLIER or head[0] in writer.shown]
    hidden = len(heads) - 1
    sheet = writer.begin(name, text("What are values of a criterion worth to you?"), heads)
    sheet.merge_range(1, 1, 1, hidden - 1, writer.say(HOW), writer.words)
    sheet.set_row(1, height((writer.say(HOW), 110)))
    row, criterion, agreed = FIRST_ROW, "", False
    for half, settled in writer.open_first(halves_of(writer.study)):
        if settled and not agreed:
            row, agreed, criterion = writer.agreed_from(sheet, row, hidden), True, ""
        leaf = writer.study.criteria.by_id[half.criterion]
        if half.criterion != criterion:
            row, criterion = writer.criterion_row(sheet, row, hidden, half.criterion), half.criterion
        before = writer.before(half)
        sheet.set_row(row, height((writer.name(half.criterion), 44), *before))
        sheet.write_string(row, 0, writer.name(half.criterion), writer.cell)
        sheet.write_string(row, 1, writer.say(HALVES[half.worth]), writer.cell)
        writer.open_cells(sheet, (row, row), 2, leaf)
        sheet.write_string(row, 3, writer.say(unit_of(leaf)), writer.cell)
        sheet.write_blank(row, 4, None, writer.answer)
        writer.write_before(sheet, row, 5, before)
        sheet.write_string(row, hidden, half.key)
        row += 1
    total = len(halves_of(writer.study))
    counted = f"COUNTA('{name}'!C{FIRST_ROW + 1}:C{row})"
    writer.count_answers(sheet, counted, total)
    return name, counted, total


HOW = text(
    "Going from the worst value to that one must gain you as much as going on from it to the best. "
    "Answer the half first; then, if you can, halve both halves."
)
