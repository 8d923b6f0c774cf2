"""What is shown of a result: a title, facts in a line each, tables and notes, as HTML or as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from techprio.display.quantities import NOTHING, Column, Table, Words, is_missing, render, write
from techprio.display.screen import table_lines
from techprio.language import Language, resolve_language, text

ARROWS = {"maximize": "↑", "minimize": "↓"}
_PADDING = "padding:.2em .7em"
_SHORT, _LEAST = 16, "11em"  # letters of a text that may stand in a narrow column, width of a longer one
_BAR = "rgba(11,92,173,.28)"
_RISE, _FALL = "rgba(60,122,58,.30)", "rgba(180,83,10,.30)"
_LIGHTS = {"green": "#3C7A3A", "yellow": "#B26A00", "red": "#B3261E"}


@dataclass(frozen=True)
class View:
    """What is shown of a result, in no language yet.

    Parameters
    ----------
    title : Text, Label or str
    facts : sequence of Text
        What must be known to read the tables: method, draws, gap.
    tables : sequence of Table
    notes : sequence of Text

    Examples
    --------
    >>> print(Shown(View("Costs", facts=("at the prices of 2026",)), "en"))
    Costs
    ...
    """

    title: Words
    facts: Sequence[Words] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[Words] = ()

    def html(self, language: Language | None = None) -> str:
        """Return all of it as one block for a notebook."""
        language = resolve_language(language)
        parts = [f"<p><b>{escape(render(self.title, language))}</b></p>"]
        parts += [f'<p style="margin:.2em 0">{escape(render(fact, language))}</p>' for fact in self.facts]
        parts += [_table_html(table, language, self.title) for table in self.tables]
        if self.notes:
            items = "".join(f"<li>{escape(render(note, language))}</li>" for note in self.notes)
            parts.append(f"<ul>{items}</ul>")
        return f'<div style="overflow-x:auto">{"".join(parts)}</div>'

    def text(self, language: Language | None = None) -> str:
        """Return all of it as lines for a terminal."""
        language = resolve_language(language)
        lines = [render(self.title, language), *(render(fact, language) for fact in self.facts)]
        for table in self.tables:
            lines += ["", *_table_lines(table, language, self.title)]
        if self.notes:
            lines += ["", *(f"- {render(note, language)}" for note in self.notes)]
        return "\n".join(lines)


@dataclass(frozen=True, repr=False)
class Shown:
    """A result in one language: HTML for the last line of a notebook's cell, plain text for ``print``.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> print(tp.rank(matrix, [0.6, 0.4]).show("en"))
    Ranking of 3 alternatives
    ...
    """

    view: View
    language: Language | None = None

    def __repr__(self) -> str:
        return self.view.text(self.language)

    def _repr_html_(self) -> str:
        return self.view.html(self.language)


def _rest(table: Table, language: Language) -> list[str]:
    left = len(table.rows) - table.most
    more = [text("{count} more rows; to_frame() has them all", count=left)] if left > 0 else []
    return [render(words, language) for words in (*more, *table.notes)]


def _caption(table: Table, above: Words, language: Language) -> str:
    """Return the title of a table where it says more than the title above."""
    title = render(table.title, language)
    return "" if title == render(above, language) else title


def _table_html(table: Table, language: Language, above: Words) -> str:
    head = "".join(
        f'<th scope="col" style="{_PADDING};text-align:{_align(column)}"'
        f' title="{escape(render(column.quantity.explanation, language))}">'
        f"{escape(column.quantity.head(language))}</th>"
        for column in table.columns
    )
    full = [_full(table, place) for place in range(len(table.columns))]
    body = "".join(
        "<tr>"
        + "".join(
            _cell_html(value, column, language, largest)
            for value, column, largest in zip(row, table.columns, full, strict=True)
        )
        + "</tr>"
        for row in table.rows[: table.most]
    )
    title = _caption(table, above, language)
    caption = title and (
        f'<caption style="text-align:left;font-weight:bold;padding:.4em 0">{escape(title)}</caption>'
    )
    below = "".join(f"<p>{escape(words)}</p>" for words in _rest(table, language))
    return (
        f'<div style="overflow-x:auto"><table style="border-collapse:collapse">{caption}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{below}"
    )


def _align(column: Column) -> str:
    return "right" if column.numeric else "center" if column.format == "mark" else "left"


def _full(table: Table, place: int) -> float:
    """Return the number whose bar fills the cell; 0 where there are no bars."""
    column = table.columns[place]
    if not column.bar:
        return 0.0
    if column.format == "share":
        return 1.0
    values = (row[place] for row in table.rows)
    return max((abs(float(v)) for v in values if not is_missing(v) and not isinstance(v, str)), default=0.0)


def _cell_html(value: Any, column: Column, language: Language, full: float) -> str:
    words = escape(write(value, column.quantity, language, missing=NOTHING))
    style = f"{_PADDING};text-align:{_align(column)}"
    if not column.numeric and len(words) > _SHORT:
        style += f";min-width:{_LEAST}"
    if column.format == "light" and value in _LIGHTS:
        words = f'<span style="color:{_LIGHTS[value]}">●</span> {words}'
    if full and not is_missing(value) and not isinstance(value, str):
        length = f"{100 * min(abs(float(value)) / full, 1.0):.1f}%"
        color = _BAR if column.format != "change" else _RISE if value > 0 else _FALL
        style += f";background:linear-gradient(90deg,{color} {length},transparent {length});min-width:6em"
    return f'<td style="{style}">{words}</td>'


def _table_lines(table: Table, language: Language, above: Words) -> list[str]:
    title = _caption(table, above, language)
    shown = replace(table, rows=table.rows[: table.most], notes=())
    return [*([title] if title else []), *table_lines(shown, language), *_rest(table, language)]
