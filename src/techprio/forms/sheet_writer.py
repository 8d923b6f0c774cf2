"""What every sheet of a form has: hidden keys, headings, yellow cells, lists, answers of the round before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from techprio.display.quantities import Words, render
from techprio.forms.questions import UNKNOWN, Question, level_name, level_words, levels_of, unit_of
from techprio.forms.rounds import Earlier
from techprio.language import Language, text
from techprio.model.criteria import Criterion
from techprio.model.study import Study

META = "techprio"
FIRST_ROW = 4
#: A hidden row above the headings names the columns, so that they are found where a column was put in.
KEYS_ROW = FIRST_ROW - 2
QUESTION, FIRST_SIDE, SIDE, DEGREE, VALUE, NOTE, MISSING, COUNTED = (
    *("question", "first", "side", "degree", "value", "note", "missing", "counted"),
)
LISTS_ROW = 10
#: Columns of a later round, with their widths.
EARLIER = {"before": 20, "group": 30, "reasons": 40}


class SheetWriter:
    """Writes the sheets of a form: styles, headings, cells to fill in, answers of the round before.

    Parameters
    ----------
    book : Workbook
    study : Study
    language : {"vi", "en"}
    earlier : mapping of question to Earlier
        Empty in the first round.
    """

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
        self.shown = tuple(EARLIER)[: 3 if has_reasons else 2] if earlier else ()
        self.listed: dict[tuple[str, ...], str] = {}

    def say(self, words: Words) -> str:
        """Return words in the language of the form."""
        return render(words, self.language)

    def name(self, criterion: str) -> str:
        """Return a criterion with its name."""
        return f"{criterion} {self.say(self.study.criteria.by_id[criterion].label)}"

    def defined(self, criterion: str) -> str:
        """Return a criterion with name and definition."""
        definition = self.say(self.study.criteria.by_id[criterion].definition)
        return f"{self.name(criterion)}\n{definition}" if definition else self.name(criterion)

    def begin(self, name: str, title: Words, heads: Sequence[tuple[str, Words, float]]) -> Any:
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

    def offer(self, sheet: Any, rows: tuple[int, int], column: int, words: Sequence[str]) -> None:
        """Offer a list over rows; other words are allowed after a question, because a range may be meant."""
        key = tuple(words)
        if key not in self.listed:
            from xlsxwriter.utility import xl_rowcol_to_cell

            place = LISTS_ROW + len(self.listed)
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

    def offer_numbers(self, sheet: Any, rows: tuple[int, int], column: int, criterion: Criterion) -> None:
        """Allow the numbers of a scale over rows."""
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

    def open_cells(self, sheet: Any, rows: tuple[int, int], column: int, criterion: Criterion) -> None:
        """Open the cells of a criterion over rows: one list for all of them."""
        levels = [self.say(level_words(criterion, level)) for level in levels_of(criterion)]
        for row in range(rows[0], rows[1] + 1):
            sheet.write_blank(row, column, None, self.answer if levels else self.number)
        if levels:
            self.offer(sheet, rows, column, [*levels, self.say(UNKNOWN)])
        else:
            self.offer_numbers(sheet, rows, column, criterion)

    def before(self, question: Question) -> list[tuple[str, int]]:
        """Return what stands beside a question in a later round, with the widths of its columns."""
        one = self.earlier.get(question)
        if one is None:
            return [("", EARLIER[key]) for key in self.shown]
        reasons = "\n".join(f"– {reason}" for reason in one.reasons)
        words: dict[str, Words] = {"before": one.own_words, "group": one.group_words, "reasons": reasons}
        return [(self.say(words[key]), EARLIER[key]) for key in self.shown]

    def write_before(self, sheet: Any, row: int, column: int, cells: Sequence[tuple[str, int]]) -> None:
        """Write what stands beside a question in a later round."""
        for place, (words, _) in enumerate(cells, column):
            sheet.write_string(row, place, words, self.cell)

    def open_first(self, questions: Sequence[Any]) -> list[tuple[Any, bool]]:
        """Put what is agreed already behind the rest, and say where it begins."""
        settled = {
            question: question in self.earlier and self.earlier[question].agreed for question in questions
        }
        return [(one, settled[one]) for one in sorted(questions, key=lambda one: settled[one])]

    def agreed_from(self, sheet: Any, row: int, last: int) -> int:
        """Say where the agreed questions begin; return the row below."""
        words = self.say(text("Agreed on in the round before; may be left as it is"))
        sheet.merge_range(row, 0, row, last - 1, words, self.block)
        return row + 1

    def count_answers(self, sheet: Any, counted: str, total: int) -> None:
        """Write how many of the questions of a sheet are answered."""
        sheet.write_formula(1, 0, f'={counted}&" / {total}"', self.strong, f"0 / {total}")

    def criterion_row(self, sheet: Any, row: int, last: int, criterion: str) -> int:
        """Write what a criterion means over the rows that ask about it; return the row below."""
        words = self.about(self.study.criteria.by_id[criterion])
        sheet.set_row(row, height((words, 150)))
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


def letter(column: int) -> str:
    """Return the letters of a column."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def height(*texts: tuple[str, int]) -> float:
    """Return the height of a row whose texts fold at the widths of their columns."""
    folds = [sum(max(-(-len(line) // width), 1) for line in words.split("\n")) for words, width in texts]
    return 15.0 * max(folds) + 2.0
