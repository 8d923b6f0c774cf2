"""The first sheet of a study in one workbook: what it is, in which order to fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from techprio.language import Language, Text, text
from techprio.templates.book_cells import set_page
from techprio.templates.book_styles import Styles


@dataclass(frozen=True)
class GuideLine:
    """A sheet and how many rows it has; none where rows do not count."""

    name: str
    title: str
    rows: int | None = None


_STEPS = (
    text(
        "This workbook is a whole study. Fill in the sheets in the order below; cells with a list offer "
        "the allowed words. Rest the pointer on a heading to read what its column means."
    ),
    text("Dark headings and 'required' mark what is needed. All else may stay empty."),
    text(
        "Do not rename sheets, headings and keys. A column or sheet whose name begins with x_ is yours and "
        "is left alone. Ids have no marks and no blanks, for example AGR01."
    ),
    text("Leave out what you do not know. An empty cell is never taken for a zero."),
    text("Save it as an Excel Workbook (.xlsx) and check it, as often as you like:"),
)
_COMMANDS = ("techprio check study.xlsx", "techprio run study.xlsx --out results")
_PURPOSES: dict[str, Text] = {
    "study": text("name of the study and how it is computed"),
    "sectors": text("the sectors and their codes; a new sector needs its own two sheets"),
    "criteria": text("the criteria, each below the one it belongs to"),
    "anchors": text("what the points of each scale mean"),
    "judgments": text("which criterion matters more to each expert, and how much"),
    "technologies": text("the candidate technologies of a sector"),
    "scores": text("one score a technology and criterion, with its source"),
    "dependencies": text("which technology needs which other one"),
    "sources": text("where figures come from"),
    "resources": text("when work can start, and how limits are used"),
    "phases": text("the phases of the roadmap"),
    "funds": text("the sources of funds"),
    "amounts": text("money by source and people to be trained, year by year"),
    "gates": text("what a technology must fulfil to be ranked at all"),
    "overrides": text("roles that people decided, with the reason"),
    "survey": text("points of the surveyed firms; needs an instrument"),
    "status": text("what became of the technologies, for monitoring"),
    "goals": text("for the report: goals by phase"),
    "tasks": text("for the report: tasks, who leads, until when"),
    "policies": text("for the report: support policies that are proposed"),
    "indicators": text("for the report: indicators with baseline, targets, what was measured"),
    "swot": text("for the report: strengths, weaknesses, opportunities, threats"),
    "provinces": text("for the report: what other provinces have done"),
    "alignment": text("for the report: how the roadmap fits plans in force"),
    "comments": text("for the report: comments of the consultation with the answers"),
    "prose": text("for the report: the words that only people can write, by section"),
    "instrument": text("the survey instrument; seldom changed"),
}
_NEEDED = ("study", "sectors", "criteria", "judgments", "technologies", "scores")


def write_guide(
    sheet: Any, styles: Styles, title: str, lines: Sequence[GuideLine], *, language: Language
) -> None:
    """Write the first sheet."""
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 62)
    sheet.set_column(2, 2, 14)
    sheet.set_column(3, 3, 10)
    sheet.merge_range(0, 0, 0, 3, title, styles.title)
    sheet.set_row(0, 26)
    row = 2
    for step in _STEPS:
        words = step.render(language)
        sheet.merge_range(row, 0, row, 3, words, styles.paragraph)
        sheet.set_row(row, 15 * (1 + len(words) // 112))
        row += 1
    for command in _COMMANDS:
        sheet.merge_range(row, 0, row, 3, f"    {command}", styles.key)
        row += 1
    row += 1
    headings = (text("Sheet"), text("What it holds"), text("Needed"), text("Rows"))
    for place, heading in enumerate(headings):
        sheet.write_string(row, place, heading.render(language), styles.needed)
    for line in lines:
        row += 1
        quoted = line.title.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{quoted}'!A1", styles.link, line.title)
        sheet.write_string(row, 1, _PURPOSES[line.name].render(language), styles.about)
        need = text("required") if line.name in _NEEDED else text("where it applies")
        sheet.write_string(row, 2, need.render(language), styles.about)
        if line.rows is None:
            sheet.write_blank(row, 3, None, styles.about)
        else:
            sheet.write_number(row, 3, line.rows, styles.about)
    set_page(sheet, title, frozen=None)
