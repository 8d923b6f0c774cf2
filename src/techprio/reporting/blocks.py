"""What a report is made of: sections of paragraphs, tables and figures, before any file format.

The Word document and the page are written from the same sections.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from techprio.csv_text import clean
from techprio.display.quantities import Table, render
from techprio.language import Language, text

Style = Literal["body", "note", "bullet", "number", "warning"]


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``words`` is a Text, a Label or a plain string; ``only`` the reports of one language."""

    words: Any
    style: Style = "body"
    only: Language | None = None


@dataclass(frozen=True)
class Prose:
    """Text that people wrote in one language, in Markdown, with its pictures by their addresses."""

    markdown: str
    only: Language
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class TableBlock:
    """A table with its caption; ``small`` sets it in smaller letters."""

    table: Table
    small: bool = False


@dataclass(frozen=True)
class Room:
    """What a page has for a figure, in inches."""

    width: float
    height: float


@dataclass(frozen=True)
class Figure:
    """A chart: its caption, and what draws it on new Axes, ``draw(room=…, language=…)``.

    It is printed at the size in which it is drawn.
    """

    name: str
    caption: Any
    draw: Callable[..., Any]


Block = Paragraph | Prose | TableBlock | Figure


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it.

    Parameters
    ----------
    id : str
    level : int
        1 is a chapter.
    title : Text or Label
    blocks : tuple of Block
    wide : bool
        Printed across the page, because its tables need the width.
    full : bool
        Full data, which the page leaves to workbook and document.
    """

    id: str
    level: int
    title: Any
    blocks: tuple[Block, ...] = ()
    wide: bool = False
    full: bool = False

    def spoken(self, language: Language) -> tuple[Block, ...]:
        """Return the blocks of the report in one language."""
        return tuple(block for block in self.blocks if getattr(block, "only", None) in (None, language))


def nothing(table: Table, language: Language) -> str:
    """Return what stands in place of a table without rows: its only note, or that there is none."""
    if len(table.notes) == 1:
        return clean(render(table.notes[0], language))
    return clean(text("{title}: none.", title=table.title).render(language))
