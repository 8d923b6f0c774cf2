"""What every result can do: state itself in a line, show its tables, be compared, be handed to other tools.

How to use it. A result is a frozen dataclass that inherits :class:`Result` and says what is its own::

    @dataclass(frozen=True)
    class Walk(Result):
        table: pd.DataFrame
        notes: tuple[Text, ...] = ()

        def _summary(self) -> str:                  # repr: Walk(12 criteria, leader kept by 9)
            return f"{len(self.table)} criteria, leader kept by {self.kept}"

        def _title(self) -> Text:                   # head of show()
            return text("Weights of {count} criteria", count=len(self.table))

        def _facts(self) -> Sequence[Text]: ...     # lines below the head; none by default

        def tables(self) -> dict[str, Table]:       # declared quantities, the main table first
            return tables_of(Table.from_frame("weights", ..., [CRITERION, WEIGHT], self.table))

``__repr__``, ``__eq__``, ``__hash__``, ``show``, ``_repr_html_``, ``to_dict`` and ``to_json`` follow. A
field that is no content (a cache, a callback) is declared with ``field(compare=False, repr=False)``;
with ``repr=False`` it stays out of ``to_dict`` too.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

from techprio.display.content import plain, same
from techprio.display.quantities import Table, Words
from techprio.display.show import Shown, View
from techprio.language import Language, resolve_language, text

LONGEST = 120


def tables_of(*tables: Table) -> dict[str, Table]:
    """Name tables by their ids."""
    return {table.id: table for table in tables}


class Result:
    """A value that states itself, shows its tables and is compared by its content.

    The base of every noun and result of the library; see the module for how to use it.
    """

    def __init_subclass__(cls, **options: Any) -> None:
        """Keep ``dataclass`` from writing its own ``repr``, ``==`` and ``hash``, which frames cannot take."""
        super().__init_subclass__(**options)
        for name in ("__repr__", "__eq__", "__hash__"):
            if name not in cls.__dict__ or cls.__dict__[name] is None:
                setattr(cls, name, getattr(Result, name))

    def __repr__(self) -> str:
        line = f"{type(self).__name__}({' '.join(self._summary().split())})"
        return line if len(line) <= LONGEST else f"{line[: LONGEST - 2]}…)"

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return False
        names = [field.name for field in dataclasses.fields(self) if field.compare]  # type: ignore[arg-type]
        return all(same(getattr(self, name), getattr(other, name)) for name in names)

    def __hash__(self) -> int:
        message = text(
            "{kind} cannot be a key: it holds tables, which have no hash",
            kind=type(self).__name__,
        )
        raise TypeError(str(message))

    def tables(self) -> dict[str, Table]:
        """Return the tables of the result under their names, the main one first; in no language yet."""
        return {}

    def show(self, language: Language | None = None) -> Shown:
        """Return what a notebook or a terminal shows of it: facts, tables with bars, notes.

        Parameters
        ----------
        language : {"vi", "en"}, optional
            By :func:`techprio.set_language`, else the environment, else English.
        """
        return Shown(self._view(), resolve_language(language))

    def _repr_html_(self) -> str:
        return self._view().html(resolve_language())

    def to_dict(self, language: Language | None = None) -> dict[str, Any]:
        """Return all fields as strings, numbers, booleans, None, lists and dicts.

        Frames are lists of rows, series dicts by their index; what is missing is None.

        Parameters
        ----------
        language : {"vi", "en"}, optional
            Of the sentences and names inside.
        """
        language = resolve_language(language)
        fields = [field for field in dataclasses.fields(self) if field.repr]  # type: ignore[arg-type]
        return {field.name: plain(getattr(self, field.name), language) for field in fields}

    def to_json(self, language: Language | None = None, *, indent: int | None = None) -> str:
        """Return :meth:`to_dict` as JSON text.

        Parameters
        ----------
        language : {"vi", "en"}, optional
        indent : int, optional
            Spaces a level; one line without it.
        """
        return json.dumps(self.to_dict(language), ensure_ascii=False, allow_nan=False, indent=indent)

    def _summary(self) -> str:
        """Return what stands in the parentheses of the repr."""
        raise NotImplementedError

    def _title(self) -> Words:
        """Return the head of what is shown."""
        raise NotImplementedError

    def _facts(self) -> Sequence[Words]:
        """Return what must be known to read the tables."""
        return ()

    def _remarks(self) -> Sequence[Words]:
        """Return what is printed below the tables."""
        return getattr(self, "notes", ())

    def _view(self) -> View:
        return View(self._title(), self._facts(), tuple(self.tables().values()), self._remarks())
