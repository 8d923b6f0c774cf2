"""One workbook an expert: answers from lists, everything else locked, what is missing counted."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

from techprio.display.quantities import Words
from techprio.forms.guide import guide_lines, how_to_answer
from techprio.forms.halves_sheet import write_halves
from techprio.forms.questions import (
    DEGREES,
    EQUAL,
    UNKNOWN,
    Question,
    Score,
    judged_criteria,
    node_name,
    ordered_pairs,
    scores_of,
)
from techprio.forms.round_folder import Round
from techprio.forms.rounds import Earlier
from techprio.forms.sheet_writer import (
    COUNTED,
    DEGREE,
    EARLIER,
    FIRST_ROW,
    FIRST_SIDE,
    LISTS_ROW,
    META,
    MISSING,
    NOTE,
    QUESTION,
    SIDE,
    VALUE,
    SheetWriter,
    height,
    letter,
)
from techprio.forms.spoken import ALONE
from techprio.language import Language, resolve_language, text
from techprio.model.forms import Expert
from techprio.model.study import Study

VERSION = "2"
NO_CLOCK = datetime.datetime(2026, 1, 1)
_GRID_WIDTH = 17.0
_GUIDE_WIDTH, _TITLE_WIDTH = 76, 48


def form_bytes(
    study: Study,
    expert: Expert,
    sent: Round,
    *,
    language: Language | None = None,
    earlier: Mapping[Question, Earlier] | None = None,
) -> bytes:
    """Return the form of an expert as a workbook.

    Parameters
    ----------
    study : Study
    expert : Expert
    sent : Round
        The round, with its key.
    language : {"vi", "en"}, optional
    earlier : mapping of question to Earlier, optional
        From the second round on: what is shown beside each question.
    """
    import xlsxwriter

    language = resolve_language(language)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": NO_CLOCK, "title": study.title.render(language)})
    writer = _Writer(book, study, language, earlier or {})
    guide = book.add_worksheet(writer.say(text("Guide"))[:31])
    counts = [writer.pairs(expert)]
    if sent.halves:
        counts.append(write_halves(writer))
    scores = scores_of(study, expert)
    for code in expert.sectors:
        asked = [score for score in scores if score.sector == code]
        counts.append(writer.scores(code, asked))
        if asked:
            writer.grid(code)
    writer.guide(guide, expert, sent, counts)
    writer.meta({"version": VERSION, **sent.marks(expert.code)})
    book.close()
    return stream.getvalue()


class _Writer(SheetWriter):
    def meta(self, marks: Mapping[str, str]) -> None:
        """Write the hidden sheet: the marks, then the words of every list."""
        sheet = self.book.add_worksheet(META)
        for row, (key, value) in enumerate(marks.items()):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, value)
        for row, words in enumerate(self.listed, LISTS_ROW):
            sheet.write_row(row, 0, words)
        sheet.very_hidden()

    def pairs(self, expert: Expert) -> tuple[str, str, int]:
        """Write the pairs; return the name of the sheet, what counts its answers, and how many there are."""
        name = self.say(text("Pairs"))
        heads: list[tuple[str, Words, float]] = [
            ("node", text("Comparison of"), 20),
            ("A", "A", 40),
            ("B", "B", 40),
            (SIDE, text("More important"), 30),
            (DEGREE, text("By how much"), 26),
            (NOTE, text("Note"), 26),
            ("before", text("Your answer before"), EARLIER["before"]),
            ("group", text("Answers of the group before"), EARLIER["group"]),
            ("reasons", text("Reasons of others"), EARLIER["reasons"]),
            (QUESTION, "", 8),
            (FIRST_SIDE, "", 8),
        ]
        heads = [head for head in heads if head[0] not in EARLIER or head[0] in self.shown]
        hidden = len(heads) - 2
        sheet = self.begin(name, text("Which criterion is more important, and by how much?"), heads)
        degrees = [f"{degree} - {self.say(words)}" for degree, words in DEGREES.items() if degree > 1]
        sheet.merge_range(1, 1, 1, hidden - 1, self.say(how_to_answer()), self.words)
        sheet.set_row(1, height((self.say(how_to_answer()), 110)))
        turned = dict(ordered_pairs(self.study, expert))
        equal, unknown = self.say(EQUAL), self.say(UNKNOWN)
        row, agreed = FIRST_ROW, False
        for pair, settled in self.open_first(list(turned)):
            if settled and not agreed:
                row, agreed = self.agreed_from(sheet, row, hidden), True
            one, other = (pair.other, pair.one) if turned[pair] else (pair.one, pair.other)
            before = self.before(pair)
            sheet.set_row(row, height((self.defined(one), 40), (self.defined(other), 40), *before))
            sheet.write_string(row, 0, self.say(node_name(self.study, pair.node)), self.cell)
            sheet.write_string(row, 1, self.defined(one), self.cell)
            sheet.write_string(row, 2, self.defined(other), self.cell)
            for column in (3, 4, 5):
                sheet.write_blank(row, column, None, self.answer)
            self.write_before(sheet, row, 6, before)
            sheet.write_string(row, hidden, pair.key)
            sheet.write_string(row, hidden + 1, one)
            self.offer(sheet, (row, row), 3, [self.name(one), equal, self.name(other), unknown])
            row += 1
        self.offer(sheet, (FIRST_ROW, row - 1), 4, degrees)
        side, degree = (f"'{name}'!{letter}{FIRST_ROW + 1}:{letter}{row}" for letter in "DE")
        alone = "".join(f'+({side}="{word}")' for word in (equal, unknown, *ALONE))
        counted = f'SUMPRODUCT(({side}<>"")*((({degree}<>""){alone})>0))'
        self.count_answers(sheet, counted, len(turned))
        return name, counted, len(turned)

    def scores(self, code: str, asked: Sequence[Score]) -> tuple[str, str, int]:
        """Write the scores of a sector as a long list, criterion by criterion."""
        name = self.say(text("Scores {sector}", sector=code))[:31]
        heads: list[tuple[str, Words, float]] = [
            ("technology", text("Technology"), 50),
            (VALUE, text("Score"), 44),
            (NOTE, text("Note"), 36),
            ("before", text("Your answer before"), EARLIER["before"]),
            ("group", text("Answers of the group before"), EARLIER["group"]),
            ("reasons", text("Reasons of others"), EARLIER["reasons"]),
            (QUESTION, "", 8),
            (COUNTED, "", 8),
        ]
        heads = [head for head in heads if head[0] not in EARLIER or head[0] in self.shown]
        hidden = len(heads) - 2
        sector = self.study.catalog.sector(code)
        sheet = self.begin(name, text("Scores of technologies: {sector}", sector=sector.label), heads)
        row, grid = FIRST_ROW, self._grid_name(code)
        columns = {leaf.id: at for at, leaf in enumerate(judged_criteria(self.study))}
        rows_of = {name: at for at, name in enumerate(self.study.catalog.technologies_of(code), FIRST_ROW)}
        blocks: dict[tuple[str, bool], int] = {}
        last: dict[tuple[str, bool], int] = {}
        for score, settled in self.open_first(asked):
            block = (score.criterion, settled)
            if block not in blocks:
                if settled and not any(agreed for _, agreed in blocks):
                    row = self.agreed_from(sheet, row, hidden)
                row = blocks[block] = self.criterion_row(sheet, row, hidden, score.criterion)
            label = f"{score.technology} {self.say(self.study.catalog.label(score.technology))}"
            before = self.before(score)
            sheet.set_row(row, height((label, 50), *before))
            sheet.write_string(row, 0, label, self.cell)
            sheet.write_blank(row, 2, None, self.answer)
            self.write_before(sheet, row, 3, before)
            sheet.write_string(row, hidden, score.key)
            there = f"'{grid}'!{letter(1 + columns[score.criterion])}{1 + rows_of[score.technology]}"
            sheet.write_formula(row, hidden + 1, f'=IF(OR(B{row + 1}<>"",{there}<>""),1,0)', None, 0)
            row += 1
            last[block] = row - 1
        for (criterion, settled), first in blocks.items():
            rows = (first, last[criterion, settled])
            self.open_cells(sheet, rows, 1, self.study.criteria.by_id[criterion])
        column = letter(hidden + 1)
        counted = f"SUM('{name}'!{column}{FIRST_ROW + 1}:{column}{row})"
        self.count_answers(sheet, counted, len(asked))
        return name, counted, len(asked)

    def _grid_name(self, code: str) -> str:
        return self.say(text("Grid {sector}", sector=code))[:31]

    def grid(self, code: str) -> None:
        """Write the same scores as a grid: technologies down, criteria across."""
        criteria = judged_criteria(self.study)
        heads: list[tuple[str, Words, float]] = [("technology", text("Technology"), 44)]
        heads += [(leaf.id, self.about(leaf), _GRID_WIDTH) for leaf in criteria]
        heads.append((QUESTION, "", 8))
        title = text("The same scores as a grid; fill in the list or the grid, not both")
        sheet = self.begin(self._grid_name(code), title, heads)
        sheet.set_row(FIRST_ROW - 1, min(height(*((self.about(leaf), 15) for leaf in criteria)), 400))
        for row, technology in enumerate(self.study.catalog.technologies_of(code), FIRST_ROW):
            label = f"{technology} {self.say(self.study.catalog.label(technology))}"
            sheet.set_row(row, height((label, 44)))
            sheet.write_string(row, 0, label, self.cell)
            sheet.write_string(row, len(criteria) + 1, f"grid:{code}:{technology}")
        rows = (FIRST_ROW, FIRST_ROW + len(self.study.catalog.technologies_of(code)) - 1)
        for column, leaf in enumerate(criteria, 1):
            self.open_cells(sheet, rows, column, leaf)

    def guide(self, sheet: Any, expert: Expert, sent: Round, counts: Sequence[tuple[str, str, int]]) -> None:
        """Write the first sheet: for whom, how long, until when, whom to ask, what is still open."""
        sheet.set_column(0, 0, _GUIDE_WIDTH)  # one A4 page; a single column is not shrunk to it
        lines = guide_lines(self.study, expert, sent, has_earlier=bool(self.earlier))
        for row, (words, is_strong) in enumerate(lines):
            needed = height((self.say(words), _GUIDE_WIDTH if row else _TITLE_WIDTH))
            sheet.set_row(row, needed if row else 1.4 * needed)
            style = self.heading if row == 0 else self.strong if is_strong else self.words
            sheet.write_string(row, 0, self.say(words), style)
        row = len(lines)
        for name, counted, total in counts:
            row += 1
            open_ones = self.say(text("{sheet}: still open", sheet=name)).replace('"', '""')
            formula = f'="{open_ones}: "&({total}-{counted})'
            sheet.write_formula(row, 0, formula, self.strong, f"{open_ones}: {total}")
        sheet.write_string(row + 2, 0, self.say(text("Is a technology or criterion missing?")), self.strong)
        sheet.write_blank(row + 3, 0, None, self.answer)
        sheet.write_string(row + 3, 1, MISSING)
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.protect("")
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5)
        sheet.fit_to_pages(1, 1)
