"""One workbook an expert: answers from lists, everything else locked, what is missing counted."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from typing import Any

from techprio.forms.questions import (
    DEGREES,
    EQUAL,
    UNKNOWN,
    Pair,
    Score,
    criteria_mark,
    level_words,
    levels_of,
    pairs_of,
    scores_of,
)
from techprio.language import Language, Text, format_number, resolve_language, text
from techprio.model.forms import Expert
from techprio.model.study import Study

VERSION = 1
META = "techprio"
#: Hidden columns of every sheet of questions: the ids that the reader goes by, then the words of the lists.
IDS_FROM, LISTS_FROM, MOST_WORDS = 8, 12, 16
FIRST_ROW = 4
NO_CLOCK = datetime.datetime(2026, 1, 1)
SHEETS: dict[str, Text] = {
    "guide": text("Guide"),
    "pairs": text("Pairs"),
    "scores": text("Scores {sector}"),
}


def form_bytes(
    study: Study,
    expert: Expert,
    *,
    language: Language | None = None,
    round: int = 1,
    earlier: Mapping[Score, tuple[float | None, str]] | None = None,
) -> bytes:
    """Return the form of an expert as a workbook.

    Parameters
    ----------
    study : Study
    expert : Expert
    language : {"vi", "en"}, optional
    round : int
    earlier : mapping of Score to (own answer, answers of the group in words), optional
        Shown beside each score from the second round on.
    """
    import xlsxwriter

    language = resolve_language(language)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": NO_CLOCK, "title": study.title.render(language)})
    writer = _Writer(book, study, language)
    pairs, scores = pairs_of(study), scores_of(study, expert)
    by_sector = {code: [score for score in scores if score.sector == code] for code in expert.sectors}
    names = ["pairs", *(f"scores {code}" for code in by_sector)]
    guide = book.add_worksheet(writer.say(SHEETS["guide"])[:31])
    counts = [writer.pairs(pairs)]
    counts += [writer.scores(code, asked, earlier or {}) for code, asked in by_sector.items()]
    writer.guide(guide, expert, round, counts)
    meta = {
        "version": VERSION,
        "study": study.id,
        "criteria": criteria_mark(study),
        "expert": expert.code,
        "group": expert.group,
        "round": round,
        "sheets": ";".join(names),
    }
    sheet = book.add_worksheet(META)
    for row, (key, value) in enumerate(meta.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, str(value))
    sheet.very_hidden()
    book.close()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Any, study: Study, language: Language) -> None:
        self.book, self.study, self.language = book, study, language
        font = {"font_name": "Times New Roman", "font_size": 11, "text_wrap": True, "valign": "vcenter"}
        line = {"border": 1, "border_color": "#9AA5B1"}
        self.title = book.add_format({**font, "bold": True, "font_size": 15, "text_wrap": False})
        self.heading = book.add_format({**font, "bold": True, "font_size": 15})
        self.words = book.add_format(font)
        self.head = book.add_format({**font, **line, "bold": True, "bg_color": "#DCE6F1", "align": "center"})
        self.cell = book.add_format({**font, **line})
        self.answer = book.add_format({**font, **line, "bg_color": "#FFF9E5", "locked": False})
        self.strong = book.add_format({**font, "bold": True})

    def say(self, words: Any) -> str:
        return words.render(self.language) if hasattr(words, "render") else str(words)

    def name(self, criterion: str) -> str:
        return f"{criterion} {self.say(self.study.criteria.by_id[criterion].label)}"

    def _sheet(self, name: str, title: Any, heads: list[tuple[Any, float]]) -> Any:
        sheet = self.book.add_worksheet(name[:31])
        sheet.write_string(0, 0, self.say(title), self.title)
        for column, (words, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(FIRST_ROW - 1, column, self.say(words), self.head)
        sheet.set_column(IDS_FROM, LISTS_FROM + MOST_WORDS, None, None, {"hidden": True})
        sheet.freeze_panes(FIRST_ROW, 0)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(FIRST_ROW - 1)
        sheet.set_footer("&C&P / &N")
        return sheet

    def _choices(self, sheet: Any, row: int, column: int, first: int, words: list[str]) -> None:
        for place, word in enumerate(words):
            sheet.write_string(row, first + place, word)
        from xlsxwriter.utility import xl_rowcol_to_cell

        last = first + len(words) - 1
        source = f"={xl_rowcol_to_cell(row, first, True, True)}:{xl_rowcol_to_cell(row, last, True, True)}"
        options = {
            "validate": "list",
            "source": source,
            "error_title": self.say(text("From the list"))[:32],
            "error_message": self.say(text("Choose one of the list.")),
        }
        sheet.data_validation(row, column, row, column, options)

    def pairs(self, pairs: list[Pair]) -> tuple[str, str, int]:
        """Write the pairs; return the name of the sheet, what counts its answers, and how many there are."""
        name = self.say(SHEETS["pairs"])
        heads: list[tuple[Any, float]] = [
            (text("Comparison of"), 24),
            ("A", 34),
            ("B", 34),
            (text("More important"), 34),
            (text("By how much"), 34),
            (text("Note"), 30),
        ]
        sheet = self._sheet(name, text("Which criterion is more important, and by how much?"), heads)
        degrees = [f"{degree} - {self.say(words)}" for degree, words in DEGREES.items() if degree > 1]
        equal, unknown = self.say(EQUAL), self.say(UNKNOWN)
        for row, pair in enumerate(pairs, start=FIRST_ROW):
            one, other = self.name(pair.one), self.name(pair.other)
            sheet.set_row(row, _height((one, 34), (other, 34)))
            node = pair.node if pair.node not in self.study.criteria.by_id else self.name(pair.node)
            top = pair.node == self.study.criteria.root
            sheet.write_string(row, 0, self.say(text("heads of criteria")) if top else node, self.cell)
            sheet.write_string(row, 1, one, self.cell)
            sheet.write_string(row, 2, other, self.cell)
            for column in (3, 4, 5):
                sheet.write_blank(row, column, None, self.answer)
            for place, part in enumerate(pair):
                sheet.write_string(row, IDS_FROM + place, part)
            self._choices(sheet, row, 3, LISTS_FROM, [one, equal, other, unknown])
            self._choices(sheet, row, 4, LISTS_FROM + 4, degrees)
        last = FIRST_ROW + len(pairs)
        counted = f"COUNTA('{name}'!D{FIRST_ROW + 1}:D{last})"
        sheet.write_formula(1, 0, f'={counted}&" / {len(pairs)}"', self.strong, "")
        return name, counted, len(pairs)

    def scores(
        self, code: str, asked: list[Score], earlier: Mapping[Score, tuple[float | None, str]]
    ) -> tuple[str, str, int]:
        """Write the scores of a sector."""
        name = self.say(text("Scores {sector}", sector=code))[:31]
        heads: list[tuple[Any, float]] = [
            (text("Technology"), 44),
            (text("Criterion"), 38),
            (text("From worst to best"), 30),
            (text("Score"), 40),
            (text("Note"), 28),
        ]
        if earlier:
            heads += [(text("Your answer before"), 14), (text("Answers of the group before"), 22)]
        sector = self.study.catalog.sector(code)
        sheet = self._sheet(name, text("Scores of technologies: {sector}", sector=sector.label), heads)
        unknown = self.say(UNKNOWN)
        for row, score in enumerate(asked, start=FIRST_ROW):
            criterion = self.study.criteria.by_id[score.criterion]
            label = f"{score.technology} {self.say(self.study.catalog.label(score.technology))}"
            sheet.set_row(row, _height((label, 44), (self.name(score.criterion), 38)))
            sheet.write_string(row, 0, label, self.cell)
            sheet.write_string(row, 1, self.name(score.criterion), self.cell)
            sheet.write_string(row, 2, self._ends(criterion), self.cell)
            for column in (3, 4):
                sheet.write_blank(row, column, None, self.answer)
            if earlier:
                own, group = earlier.get(score, (None, ""))
                shown = "" if own is None else format_number(own, self.language)
                sheet.write_string(row, 5, shown, self.cell)
                sheet.write_string(row, 6, group, self.cell)
            for place, part in enumerate(score):
                sheet.write_string(row, IDS_FROM + place, part)
            levels = [self.say(level_words(criterion, level)) for level in levels_of(criterion)]
            if levels:
                self._choices(sheet, row, 3, LISTS_FROM, [*levels, unknown])
        last = FIRST_ROW + len(asked)
        counted = f"COUNTA('{name}'!D{FIRST_ROW + 1}:D{last})"
        sheet.write_formula(1, 0, f'={counted}&" / {len(asked)}"', self.strong, "")
        return name, counted, len(asked)

    def _ends(self, criterion: Any) -> str:
        scale = criterion.scale
        worst, best = (format_number(float(end), self.language) for end in (scale.worst, scale.best))
        unit = f" ({criterion.unit})" if criterion.unit else ""
        return f"{worst} → {best}{unit}"

    def guide(self, sheet: Any, expert: Expert, round: int, counts: list[tuple[str, str, int]]) -> None:
        """Write the first sheet: for whom, what to do, what is still open."""
        sheet.set_column(0, 0, 96)
        lines: list[tuple[Any, Any]] = [
            (self.study.title, self.heading),
            (
                text(
                    "Expert: {name} ({code}); round {round}", name=expert.name, code=expert.code, round=round
                ),
                self.strong,
            ),
            (text("Fill in the yellow cells only; choose from the lists."), self.words),
            (
                text("Pairs: which of the two criteria is more important, and by how much, from 2 to 9."),
                self.words,
            ),
            (
                text("Scores: the level that fits best; the direction from worst to best stands beside it."),
                self.words,
            ),
            (
                text('What you do not know, say so: "don\'t know" is an answer and counts as none.'),
                self.words,
            ),
            (text("Save the file and send it back; its name may be changed."), self.words),
        ]
        for row, (words, style) in enumerate(lines):
            sheet.write_string(row, 0, self.say(words), style)
        for row, (name, counted, total) in enumerate(counts, start=len(lines) + 1):
            open_ones = self.say(text("{sheet}: still open", sheet=name)).replace('"', '""')
            sheet.write_formula(row, 0, f'="{open_ones}: "&({total}-{counted})', self.strong, "")
        sheet.protect("")
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1)


def _height(*texts: tuple[str, int]) -> float:
    """Return the height of a row whose texts fold at the widths of their columns."""
    return 15.0 * max(-(-len(words) // width) for words, width in texts) + 2.0
