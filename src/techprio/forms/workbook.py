"""One workbook an expert: answers from lists, everything else locked, what is missing counted."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

from techprio.display.quantities import Words, render
from techprio.forms.guide import guide_lines, how_to_answer
from techprio.forms.questions import (
    DEGREES,
    EQUAL,
    UNKNOWN,
    Question,
    Score,
    judged_criteria,
    level_name,
    level_words,
    levels_of,
    node_name,
    ordered_pairs,
    scores_of,
    unit_of,
)
from techprio.forms.round_folder import Round
from techprio.forms.rounds import Earlier
from techprio.forms.spoken import ALONE
from techprio.language import Language, resolve_language, text
from techprio.model.criteria import Criterion
from techprio.model.forms import Expert
from techprio.model.study import Study

VERSION = "2"
META = "techprio"
FIRST_ROW = 4
#: A hidden row above the headings names the columns, so that they are found where a column was put in.
KEYS_ROW = FIRST_ROW - 2
QUESTION, FIRST_SIDE, SIDE, DEGREE, VALUE, NOTE, MISSING, COUNTED = (
    *("question", "first", "side", "degree", "value", "note", "missing", "counted"),
)
NO_CLOCK = datetime.datetime(2026, 1, 1)
_GRID_WIDTH, _LISTS_ROW = 17.0, 10
#: Columns of a later round, with their widths.
_EARLIER = {"before": 20, "group": 30, "reasons": 40}
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


class _Writer:
    def __init__(
        self, book: Any, study: Study, language: Language, earlier: Mapping[Question, Earlier]
    ) -> None:
        self.book, self.study, self.language, self.earlier = book, study, language, earlier
        font = {"font_name": "Times New Roman", "font_size": 11, "text_wrap": True, "valign": "vcenter"}
        line = {"border": 1, "border_color": "#9AA5B1"}
        self.title = book.add_format({**font, "bold": True, "font_size": 15, "text_wrap": False})
        self.heading = book.add_format({**font, "bold": True, "font_size": 15})
        self.words = book.add_format(font)
        self.head = book.add_format({**font, **line, "bold": True, "bg_color": "#DCE6F1", "align": "center"})
        self.cell = book.add_format({**font, **line})
        self.block = book.add_format({**font, **line, "bg_color": "#EEF2F6", "valign": "top"})
        yellow = {**font, **line, "bg_color": "#FFF9E5", "locked": False}
        self.answer = book.add_format({**yellow, "num_format": "@"})  # 3-5 must not become a date
        self.number = book.add_format(yellow)
        self.strong = book.add_format({**font, "bold": True})
        has_reasons = any(one.reasons for one in earlier.values())
        self.shown = tuple(_EARLIER)[: 3 if has_reasons else 2] if earlier else ()
        self.listed: dict[tuple[str, ...], str] = {}

    def say(self, words: Words) -> str:
        return render(words, self.language)

    def name(self, criterion: str) -> str:
        return f"{criterion} {self.say(self.study.criteria.by_id[criterion].label)}"

    def defined(self, criterion: str) -> str:
        definition = self.say(self.study.criteria.by_id[criterion].definition)
        return f"{self.name(criterion)}\n{definition}" if definition else self.name(criterion)

    def meta(self, marks: Mapping[str, str]) -> None:
        """Write the hidden sheet: the marks, then the words of every list."""
        sheet = self.book.add_worksheet(META)
        for row, (key, value) in enumerate(marks.items()):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, value)
        for row, words in enumerate(self.listed, _LISTS_ROW):
            sheet.write_row(row, 0, words)
        sheet.very_hidden()

    def _sheet(self, name: str, title: Words, heads: Sequence[tuple[str, Words, float]]) -> Any:
        """Begin a sheet: hidden row of keys, headings, hidden columns for what the reader goes by."""
        sheet = self.book.add_worksheet(name[:31])
        sheet.write_string(0, 0, self.say(title), self.title)
        for column, (key, words, width) in enumerate(heads):
            hidden = {"hidden": True} if key in (QUESTION, FIRST_SIDE, COUNTED) else {}
            sheet.set_column(column, column, width, None, hidden)
            sheet.write_string(KEYS_ROW, column, key)
            sheet.write_string(FIRST_ROW - 1, column, self.say(words), self.head)
        sheet.set_row(KEYS_ROW, None, None, {"hidden": True})
        sheet.freeze_panes(FIRST_ROW, 0)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(FIRST_ROW - 1)
        sheet.set_footer("&C&P / &N")
        return sheet

    def _choices(self, sheet: Any, rows: tuple[int, int], column: int, words: Sequence[str]) -> None:
        """Offer a list over rows; other words are allowed after a question, because a range may be meant."""
        key = tuple(words)
        if key not in self.listed:
            from xlsxwriter.utility import xl_rowcol_to_cell

            place = _LISTS_ROW + len(self.listed)
            first, last = (xl_rowcol_to_cell(place, at, True, True) for at in (0, len(words) - 1))
            self.listed[key] = f"={META}!{first}:{last}"
        options = {
            "validate": "list",
            "source": self.listed[key],
            "error_type": "warning",
            "error_title": self.say(text("From the list"))[:32],
            "error_message": self.say(text("Choose one of the list, or write a range such as 3-5.")),
        }
        sheet.data_validation(rows[0], column, rows[1], column, options)

    def _numbers(self, sheet: Any, rows: tuple[int, int], column: int, criterion: Criterion) -> None:
        assert criterion.scale is not None
        lowest, highest = float(criterion.scale.lowest), float(criterion.scale.highest)
        allowed = text(
            "{lowest} to {highest} {unit}", lowest=lowest, highest=highest, unit=unit_of(criterion)
        )
        options = {
            "validate": "decimal", "criteria": "between", "minimum": lowest, "maximum": highest,
            "error_type": "warning", "error_title": self.say(text("A number"))[:32],
            "error_message": self.say(text("A number, {limits}; or a range such as 3-5.", limits=allowed)),
        }  # fmt: skip
        sheet.data_validation(rows[0], column, rows[1], column, options)

    def _answers(self, sheet: Any, rows: tuple[int, int], column: int, criterion: Criterion) -> None:
        """Open the cells of a criterion over rows: one list for all of them."""
        levels = [self.say(level_words(criterion, level)) for level in levels_of(criterion)]
        for row in range(rows[0], rows[1] + 1):
            sheet.write_blank(row, column, None, self.answer if levels else self.number)
        if levels:
            self._choices(sheet, rows, column, [*levels, self.say(UNKNOWN)])
        else:
            self._numbers(sheet, rows, column, criterion)

    def _before(self, question: Question) -> list[tuple[str, int]]:
        """Return what stands beside a question in a later round, with the widths of its columns."""
        one = self.earlier.get(question)
        if one is None:
            return [("", _EARLIER[key]) for key in self.shown]
        reasons = "\n".join(f"– {reason}" for reason in one.reasons)
        words: dict[str, Words] = {"before": one.own_words, "group": one.group_words, "reasons": reasons}
        return [(self.say(words[key]), _EARLIER[key]) for key in self.shown]

    def _write_before(self, sheet: Any, row: int, column: int, cells: Sequence[tuple[str, int]]) -> None:
        for place, (words, _) in enumerate(cells, column):
            sheet.write_string(row, place, words, self.cell)

    def _open_first(self, questions: Sequence[Any]) -> list[tuple[Any, bool]]:
        """Put what is agreed already behind the rest, and say where it begins."""
        settled = {
            question: question in self.earlier and self.earlier[question].agreed for question in questions
        }
        return [(one, settled[one]) for one in sorted(questions, key=lambda one: settled[one])]

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
            ("before", text("Your answer before"), _EARLIER["before"]),
            ("group", text("Answers of the group before"), _EARLIER["group"]),
            ("reasons", text("Reasons of others"), _EARLIER["reasons"]),
            (QUESTION, "", 8),
            (FIRST_SIDE, "", 8),
        ]
        heads = [head for head in heads if head[0] not in _EARLIER or head[0] in self.shown]
        hidden = len(heads) - 2
        sheet = self._sheet(name, text("Which criterion is more important, and by how much?"), heads)
        degrees = [f"{degree} - {self.say(words)}" for degree, words in DEGREES.items() if degree > 1]
        sheet.merge_range(1, 1, 1, hidden - 1, self.say(how_to_answer()), self.words)
        sheet.set_row(1, _height((self.say(how_to_answer()), 110)))
        turned = dict(ordered_pairs(self.study, expert))
        equal, unknown = self.say(EQUAL), self.say(UNKNOWN)
        row, agreed = FIRST_ROW, False
        for pair, settled in self._open_first(list(turned)):
            if settled and not agreed:
                row, agreed = self._agreed(sheet, row, hidden), True
            one, other = (pair.other, pair.one) if turned[pair] else (pair.one, pair.other)
            before = self._before(pair)
            sheet.set_row(row, _height((self.defined(one), 40), (self.defined(other), 40), *before))
            sheet.write_string(row, 0, self.say(node_name(self.study, pair.node)), self.cell)
            sheet.write_string(row, 1, self.defined(one), self.cell)
            sheet.write_string(row, 2, self.defined(other), self.cell)
            for column in (3, 4, 5):
                sheet.write_blank(row, column, None, self.answer)
            self._write_before(sheet, row, 6, before)
            sheet.write_string(row, hidden, pair.key)
            sheet.write_string(row, hidden + 1, one)
            self._choices(sheet, (row, row), 3, [self.name(one), equal, self.name(other), unknown])
            row += 1
        self._choices(sheet, (FIRST_ROW, row - 1), 4, degrees)
        side, degree = (f"'{name}'!{letter}{FIRST_ROW + 1}:{letter}{row}" for letter in "DE")
        alone = "".join(f'+({side}="{word}")' for word in (equal, unknown, *ALONE))
        counted = f'SUMPRODUCT(({side}<>"")*((({degree}<>""){alone})>0))'
        self._count(sheet, counted, len(turned))
        return name, counted, len(turned)

    def _agreed(self, sheet: Any, row: int, last: int) -> int:
        words = self.say(text("Agreed on in the round before; may be left as it is"))
        sheet.merge_range(row, 0, row, last - 1, words, self.block)
        return row + 1

    def _count(self, sheet: Any, counted: str, total: int) -> None:
        sheet.write_formula(1, 0, f'={counted}&" / {total}"', self.strong, f"0 / {total}")

    def scores(self, code: str, asked: Sequence[Score]) -> tuple[str, str, int]:
        """Write the scores of a sector as a long list, criterion by criterion."""
        name = self.say(text("Scores {sector}", sector=code))[:31]
        heads: list[tuple[str, Words, float]] = [
            ("technology", text("Technology"), 50),
            (VALUE, text("Score"), 44),
            (NOTE, text("Note"), 36),
            ("before", text("Your answer before"), _EARLIER["before"]),
            ("group", text("Answers of the group before"), _EARLIER["group"]),
            ("reasons", text("Reasons of others"), _EARLIER["reasons"]),
            (QUESTION, "", 8),
            (COUNTED, "", 8),
        ]
        heads = [head for head in heads if head[0] not in _EARLIER or head[0] in self.shown]
        hidden = len(heads) - 2
        sector = self.study.catalog.sector(code)
        sheet = self._sheet(name, text("Scores of technologies: {sector}", sector=sector.label), heads)
        row, grid = FIRST_ROW, self._grid_name(code)
        columns = {leaf.id: at for at, leaf in enumerate(judged_criteria(self.study))}
        rows_of = {name: at for at, name in enumerate(self.study.catalog.technologies_of(code), FIRST_ROW)}
        blocks: dict[tuple[str, bool], int] = {}
        last: dict[tuple[str, bool], int] = {}
        for score, settled in self._open_first(asked):
            block = (score.criterion, settled)
            if block not in blocks:
                if settled and not any(agreed for _, agreed in blocks):
                    row = self._agreed(sheet, row, hidden)
                row = blocks[block] = self._criterion(sheet, row, hidden, score.criterion)
            label = f"{score.technology} {self.say(self.study.catalog.label(score.technology))}"
            before = self._before(score)
            sheet.set_row(row, _height((label, 50), *before))
            sheet.write_string(row, 0, label, self.cell)
            sheet.write_blank(row, 2, None, self.answer)
            self._write_before(sheet, row, 3, before)
            sheet.write_string(row, hidden, score.key)
            there = f"'{grid}'!{_letter(1 + columns[score.criterion])}{1 + rows_of[score.technology]}"
            sheet.write_formula(row, hidden + 1, f'=IF(OR(B{row + 1}<>"",{there}<>""),1,0)', None, 0)
            row += 1
            last[block] = row - 1
        for (criterion, settled), first in blocks.items():
            rows = (first, last[criterion, settled])
            self._answers(sheet, rows, 1, self.study.criteria.by_id[criterion])
        column = _letter(hidden + 1)
        counted = f"SUM('{name}'!{column}{FIRST_ROW + 1}:{column}{row})"
        self._count(sheet, counted, len(asked))
        return name, counted, len(asked)

    def _criterion(self, sheet: Any, row: int, last: int, criterion: str) -> int:
        words = self.about(self.study.criteria.by_id[criterion])
        sheet.set_row(row, _height((words, 150)))
        sheet.merge_range(row, 0, row, last - 1, words, self.block)
        return row + 1

    def about(self, criterion: Criterion) -> str:
        """Return name, definition and what the answers mean, on the sheet and in print."""
        assert criterion.scale is not None
        lines = [self.defined(criterion.id)]
        best, levels = float(criterion.scale.best), levels_of(criterion)
        said = []
        for level in levels:
            if level_name(criterion, level) or level == best:
                words = self.say(level_words(criterion, level))
                said.append(f"{words} ({self.say(text('best'))})" if level == best else words)
        if not levels:
            ends = text(
                "a number in {unit}, from {worst} (worst) to {best} (best); or a range such as 3-5",
                unit=unit_of(criterion) or "-", worst=float(criterion.scale.worst), best=best,
            )  # fmt: skip
            said.append(self.say(ends))
        return "\n".join([*lines, "; ".join(said)])

    def _grid_name(self, code: str) -> str:
        return self.say(text("Grid {sector}", sector=code))[:31]

    def grid(self, code: str) -> None:
        """Write the same scores as a grid: technologies down, criteria across."""
        criteria = judged_criteria(self.study)
        heads: list[tuple[str, Words, float]] = [("technology", text("Technology"), 44)]
        heads += [(leaf.id, self.about(leaf), _GRID_WIDTH) for leaf in criteria]
        heads.append((QUESTION, "", 8))
        title = text("The same scores as a grid; fill in the list or the grid, not both")
        sheet = self._sheet(self._grid_name(code), title, heads)
        sheet.set_row(FIRST_ROW - 1, min(_height(*((self.about(leaf), 15) for leaf in criteria)), 400))
        for row, technology in enumerate(self.study.catalog.technologies_of(code), FIRST_ROW):
            label = f"{technology} {self.say(self.study.catalog.label(technology))}"
            sheet.set_row(row, _height((label, 44)))
            sheet.write_string(row, 0, label, self.cell)
            sheet.write_string(row, len(criteria) + 1, f"grid:{code}:{technology}")
        rows = (FIRST_ROW, FIRST_ROW + len(self.study.catalog.technologies_of(code)) - 1)
        for column, leaf in enumerate(criteria, 1):
            self._answers(sheet, rows, column, leaf)

    def guide(self, sheet: Any, expert: Expert, sent: Round, counts: Sequence[tuple[str, str, int]]) -> None:
        """Write the first sheet: for whom, how long, until when, whom to ask, what is still open."""
        sheet.set_column(0, 0, _GUIDE_WIDTH)  # one A4 page; a single column is not shrunk to it
        lines = guide_lines(self.study, expert, sent, has_earlier=bool(self.earlier))
        for row, (words, is_strong) in enumerate(lines):
            height = _height((self.say(words), _GUIDE_WIDTH if row else _TITLE_WIDTH))
            sheet.set_row(row, height if row else 1.4 * height)
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


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _height(*texts: tuple[str, int]) -> float:
    """Return the height of a row whose texts fold at the widths of their columns."""
    folds = [sum(max(-(-len(line) // width), 1) for line in words.split("\n")) for words, width in texts]
    return 15.0 * max(folds) + 2.0
