"""A frame as a table of HTML: bars, arrows of direction, the first rows of long ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from techprio.display.cells import PADDING, Kind, cell, is_missing, words
from techprio.language import Label, Language, Text, text

MOST_ROWS = 40


@dataclass(frozen=True)
class Column:
    """A column of a shown table.

    Parameters
    ----------
    key : str
        Column of the frame.
    heading : Text, Label or str
    kind : {"text", "number", "share", "bar", "level", "change", "month", "light"}
        ``share`` and ``bar`` are shares of 1 written as per cent, ``level`` a figure with a bar against
        the largest of the column, ``change`` one with a sign.
    decimals : int, optional
        None writes as many as are needed.
    """

    key: str
    heading: Text | Label | str
    kind: Kind = "text"
    decimals: int | None = 3


@dataclass(frozen=True)
class Table:
    """A frame with the columns that are shown of it.

    Parameters
    ----------
    frame : DataFrame
    columns : sequence of Column
    title : Text, optional
    most : int
        Rows that are shown; how many more there are is said below.
    """

    frame: pd.DataFrame
    columns: Sequence[Column]
    title: Text | None = None
    most: int = MOST_ROWS

    def html(self, language: Language) -> str:
        """Return the table."""
        head = "".join(_heading(column, language) for column in self.columns)
        shown = self.frame.iloc[: self.most]
        largest = {column.key: _largest(self.frame[column.key], column.kind) for column in self.columns}
        rows = [
            "<tr>"
            + "".join(
                cell(value, column.kind, column.decimals, largest[column.key], language)
                for value, column in zip(row, self.columns, strict=True)
            )
            + "</tr>"
            for row in zip(*(shown[column.key].tolist() for column in self.columns), strict=True)
        ]
        caption = "" if self.title is None else _caption(self.title.render(language))
        return (
            f'<table style="border-collapse:collapse">{caption}'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{self._more(language)}"
        )

    def _more(self, language: Language) -> str:
        left = len(self.frame) - self.most
        if left <= 0:
            return ""
        more = text("{count} more rows; to_frame() has them all", count=left)
        return f"<p>{escape(more.render(language))}</p>"


def _heading(column: Column, language: Language) -> str:
    align = "left" if column.kind in ("text", "month", "light") else "right"
    return (
        f'<th scope="col" style="{PADDING};text-align:{align}">{escape(words(column.heading, language))}</th>'
    )


def _caption(title: str) -> str:
    return f'<caption style="text-align:left;font-weight:bold;padding:.4em 0">{escape(title)}</caption>'


def _largest(values: pd.Series, kind: Kind) -> float:
    if kind == "bar":
        return 1.0
    if kind not in ("level", "change"):
        return 0.0
    figures = [abs(float(v)) for v in values if not is_missing(v) and not isinstance(v, str)]
    return float(np.max(figures)) if figures else 0.0
