"""What is shown of a result: a title, facts in a line each, tables and notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from techprio.display.tables import Table
from techprio.language import Label, Language, Text, check_language


@dataclass(frozen=True)
class View:
    """What a notebook shows of a result.

    Parameters
    ----------
    title : Text
    facts : sequence of Text
        What must be known to read the tables: method, draws, gap.
    tables : sequence of Table
    notes : sequence of Text
    """

    title: Text | Label
    facts: Sequence[Text | Label | str] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[Text | Label | str] = ()

    def html(self, language: Language) -> str:
        """Return all of it as one block."""
        said = [f"<p><b>{escape(self.title.render(language))}</b></p>"]
        said += [f'<p style="margin:.2em 0">{_words(fact, language)}</p>' for fact in self.facts]
        said += [table.html(language) for table in self.tables]
        if self.notes:
            said.append("<ul>" + "".join(f"<li>{_words(n, language)}</li>" for n in self.notes) + "</ul>")
        return f'<div style="overflow-x:auto">{"".join(said)}</div>'


@dataclass(frozen=True)
class Shown:
    """A result in one language, for the last line of a notebook's cell."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


class Showable:
    """A result that a notebook shows as tables with bars, in English unless asked otherwise."""

    def show(self, language: Language = "vi") -> Shown:
        """Return what a notebook shows, in one language; the last line of a cell displays it.

        Parameters
        ----------
        language : {"vi", "en"}
        """
        return Shown(self._view().html(check_language(language)))

    def _view(self) -> View:
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return self._view().html("en")


def _words(value: Text | Label | str, language: Language) -> str:
    return escape(value if isinstance(value, str) else value.render(language))
