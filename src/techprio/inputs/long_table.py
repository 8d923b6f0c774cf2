"""A technology catalogue in long form, as official ones come: a row a technology, parameter, year, case."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from techprio.arguments import validated
from techprio.inputs.cells import CellProblem, name_key, tidy
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics, listed
from techprio.inputs.finding import LayoutLike, TableOptions, open_free_table
from techprio.inputs.free_cells import read_free_number
from techprio.inputs.grid import GridRow, shown
from techprio.inputs.layout import FoundTable
from techprio.inputs.long_mapping import LongMapping, WantedField, read_long_mapping
from techprio.inputs.numbers import Locale
from techprio.inputs.tables import report_problem
from techprio.language import Text, text
from techprio.model.layout import ColumnRole, Layout
from techprio.model.matrix import GREATEST

#: Headings by which a column is recognised where the mapping does not name it, folded.
_HEADINGS = {
    "technology": ("ws", "technology", "tech", "technology_name", "cong_nghe", "ten_cong_nghe", "ma"),
    "parameter": ("par", "parameter", "quantity", "variable", "indicator", "thong_so", "chi_tieu"),
    "value": ("val", "value", "gia_tri"),
    "unit": ("unit", "units", "don_vi"),
}
_NO_LAYOUT = Layout("")
_BRACKET = re.compile(r"\s*[\[(][^\])]*[\])]\s*$")


@dataclass(frozen=True)
class CatalogueTable:
    """What a catalogue in long form says of each technology.

    Parameters
    ----------
    values, low, high : DataFrame, shape (m, n)
        Technologies in rows, fields in columns; NaN where the catalogue says nothing. Low and high are the
        value where they are not given.
    names : Series of str, shape (m,)
    missing : DataFrame
        ``technology`` and ``field`` of each value that is not there.
    notes : tuple of Text
        Which rows were taken, and what was not.
    layout : Layout
        What each row and column was taken for.

    Examples
    --------
    >>> values = pd.DataFrame({"capex": [900.0, 1200.0]}, index=["heat pump", "boiler"])
    >>> names = pd.Series(values.index, values.index)
    >>> found = CatalogueTable(values, values, values, names, pd.DataFrame(columns=["technology", "field"]))
    >>> found.values.loc["boiler", "capex"], len(found.missing)
    (np.float64(1200.0), 0)
    """

    values: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    names: pd.Series
    missing: pd.DataFrame
    notes: tuple[Text, ...] = ()
    layout: Layout = _NO_LAYOUT


@validated
def read_catalogue(
    path: str | Path,
    mapping: Mapping[str, Any] | str | Path | None = None,
    *,
    sheet: str | None = None,
    locale: Locale | None = None,
    layout: LayoutLike | None = None,
    header_rows: int | None = None,
    skip_rows: Collection[int] = (),
) -> CatalogueTable:
    r"""Read a catalogue in which each row holds one value of one technology.

    Parameters
    ----------
    path : str or Path
        CSV file or workbook.
    mapping : mapping, str or Path, optional
        The mapping or its YAML file. ``technology``, ``parameter`` and ``value`` name columns, ``name`` and
        ``unit`` too where there are such; ``where`` states which rows hold the value (``{year: 2030, est:
        ctrl}``), ``low`` and ``high`` what is different for the bounds (``{est: Lower}``); ``fields`` gives
        each field its parameter, or ``{parameter, unit, factor}``. Columns that are not named are recognised
        by their headings; without ``fields`` every parameter is taken.
    sheet : str, optional
    locale : {"vi", "en"}, optional
        Settles numbers that have two readings.
    layout : {"rows", "columns"} or mapping of int to str, optional
        Whether each row or each column is a value; or what single rows are, by their number in the file.
    header_rows : int, optional
        How many rows of headings there are; 0 for none.
    skip_rows : collection of int
        Lines (rows of a sheet) to be left out. Columns are named in the mapping.

    Returns
    -------
    CatalogueTable

    Raises
    ------
    DataFileError
        A column, parameter or unit that is not there, rows that say two things.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "catalogue.csv"
    >>> _ = file.write_text(
    ...     "tech,par,unit,year,val\nPV,Investment [MEUR],MEUR,2030,2\nPV,Build time,years,2030,0.5\n"
    ...     "PV,Investment [MEUR],MEUR,2050,1\n", encoding="utf-8")
    >>> months = {"parameter": "Build time", "unit": "years", "factor": 12}
    >>> mapping = {"where": {"year": 2030}, "fields": {"cost": "Investment", "lead_mode": months}}
    >>> read_catalogue(file, mapping).values.loc["PV"].to_dict()
    {'cost': 2.0, 'lead_mode': 6.0}
    """
    diagnostics = Diagnostics()
    keys = read_long_mapping(mapping)
    sheet = sheet or keys.sheet
    options = TableOptions(layout, header_rows, None, skip_rows, sheet, locale)
    found = open_free_table(path, diagnostics, options, text("a catalogue in long form"))
    table = _Reader(found, keys, locale, diagnostics).read()
    diagnostics.check()
    return table


class _Reader:
    """Read the rows of a catalogue by a mapping."""

    def __init__(
        self, layout: FoundTable, keys: LongMapping, locale: Locale | None, diagnostics: Diagnostics
    ) -> None:
        self.layout, self.keys, self.locale, self.diagnostics = layout, keys, locale, diagnostics
        self.heading = layout.grid.location(layout.heading_row)

    def read(self) -> CatalogueTable:
        places = {key: self._place(key) for key in ("technology", "parameter", "value")}
        self._report_missing(
            [key for key, at in places.items() if at is None and key not in self.keys.columns]
        )
        if None in places.values():
            self.diagnostics.check()
        self.places = {key: place for key, place in places.items() if place is not None}
        for key in ("name", "unit"):
            place = self._place(key)
            if place is not None:
                self.places[key] = place
        taken = self._rows(self.keys.where)
        rows = self.layout.rows
        technologies = list(dict.fromkeys(tidy(self._words(row, "technology")) for row in rows))
        fields = self._fields(taken)
        values = self._values(taken, fields, technologies)
        ends = {
            part: self._values(self._rows({**self.keys.where, **other}), fields, technologies)
            for part, other in (("low", self.keys.low), ("high", self.keys.high))
            if other
        }
        empty = values.isna()
        missing = [(name, field) for name in technologies for field in fields if empty.loc[name, field]]
        if missing:
            gaps = listed([f"{name}: {field}" for name, field in missing])
            self.diagnostics.note(text("{count} values are missing: {names}", count=len(missing), names=gaps))
        if len(missing) == values.size and not len(self.diagnostics):
            allowed = text("at least one value of a technology")
            self.diagnostics.add("T103", self.heading, found=text("no value"), allowed=allowed)
        names: dict[str, str] = {}
        for row in rows:
            names.setdefault(tidy(self._words(row, "technology")), tidy(self._words(row, "name")))
        return CatalogueTable(
            values,
            ends["low"].fillna(values) if "low" in ends else values,
            ends["high"].fillna(values) if "high" in ends else values,
            pd.Series(names, dtype=object).reindex(technologies),
            pd.DataFrame(missing, columns=["technology", "field"]),
            tuple(self.diagnostics.notes),
            self._layout(),
        )

    def _layout(self) -> Layout:
        """Return what the rows and columns were taken for."""
        roles: dict[str, ColumnRole] = {"technology": "id", "value": "criterion", "parameter": "name"}
        taken = {place: roles.get(key, "text") for key, place in self.places.items()}
        for place, heading in enumerate(self.layout.headings):
            if heading:
                self.layout.columns[place] = (taken.get(place, "not read"), "")
        return self.layout.layout(self.locale)

    def _place(self, key: str) -> int | None:
        """Return the column that the mapping names, or that its heading tells."""
        stated = self.keys.columns.get(key, "")
        headings = self.layout.headings
        wanted = (fold(stated),) if stated else _HEADINGS.get(key, ())
        found = next(
            (place for name in wanted for place, one in enumerate(headings) if fold(one) == name), None
        )
        if found is None and stated:
            self.diagnostics.unknown(
                "T105",
                self.heading,
                field=key,
                found=stated,
                name=stated,
                known=[heading for heading in headings if heading],
            )
        return found

    def _report_missing(self, keys: Sequence[str]) -> None:
        """Report the columns that no heading tells, with the mapping that names them."""
        known = [heading for heading in self.layout.headings if heading]
        lines = "; ".join(f"{key}: {known[at % len(known)]}" for at, key in enumerate(keys) if known)
        if keys:
            self.diagnostics.add(
                "T105", self.heading, field=", ".join(keys), found=text("no such column"),
                allowed=listed(known), proposal=_by_mapping(lines),
            )  # fmt: skip

    def _words(self, row: GridRow, key: str) -> str:
        return shown(row.entry(self.places[key])) if key in self.places else ""

    def _rows(self, where: Mapping[str, str]) -> list[GridRow]:
        """Return the rows that a condition takes; a column or a word that is not there is reported."""
        rows = self.layout.rows
        for name, wanted in where.items():
            known = [heading for heading in self.layout.headings if heading]
            folded = [fold(heading) for heading in self.layout.headings]
            place = folded.index(fold(name)) if fold(name) in folded else None
            if place is None:
                self.diagnostics.unknown("T105", self.heading, field=name, found=name, name=name, known=known)
                continue
            there = {name_key(shown(row.entry(place))) for row in self.layout.rows}
            if name_key(wanted) not in there:
                words = sorted({shown(row.entry(place)) for row in self.layout.rows})
                self.diagnostics.unknown(
                    "T113", self.heading, field=name, found=wanted, name=wanted, known=words
                )
            rows = [row for row in rows if name_key(shown(row.entry(place))) == name_key(wanted)]
        return rows

    def _fields(self, rows: Sequence[GridRow]) -> dict[str, WantedField]:
        """Return each field with the parameter as the catalogue writes it."""
        there = list(dict.fromkeys(tidy(self._words(row, "parameter")) for row in rows))
        fields: dict[str, WantedField] = {}
        wanted = self.keys.fields or {_BRACKET.sub("", name): WantedField(name) for name in there}
        for field, one in wanted.items():
            key = name_key(one.parameter)
            known = [name for name in there if name_key(name) == key] or [
                name for name in there if name_key(_BRACKET.sub("", name)) == key
            ]
            if len(known) == 1:
                fields[field] = replace(one, parameter=known[0])
            else:
                self.diagnostics.unknown(
                    "T105", self.heading, field=field, found=one.parameter, name=one.parameter,
                    known=known or there,
                )  # fmt: skip
        return fields

    def _values(
        self,
        rows: Sequence[GridRow],
        fields: Mapping[str, WantedField],
        technologies: Sequence[str],
    ) -> pd.DataFrame:
        frame = pd.DataFrame(index=technologies, columns=list(fields), dtype=float)
        first: dict[tuple[str, str], GridRow] = {}
        for field, one in fields.items():
            for row in rows:
                if tidy(self._words(row, "parameter")) != one.parameter:
                    continue
                place = self.places["value"]
                location = self.layout.grid.location(row.number, place)
                value = read_free_number(row.entry(place), locale=self.locale)
                if isinstance(value, CellProblem) or value is None:
                    if value is not None and shown(row.entry(place)):
                        report_problem(value, location, field, shown(row.entry(place)), self.diagnostics)
                    continue
                if abs(value * one.factor) > GREATEST:
                    most = text("a finite number, no more than {most} in size", most=f"{GREATEST:g}")
                    self.diagnostics.add(
                        "T112", location, field=field, found=f"{value * one.factor:g}", allowed=most
                    )
                    continue
                found = self._words(row, "unit")
                if one.unit and "unit" in self.places and name_key(found) != name_key(one.unit):
                    self.diagnostics.add("T126", location, field=field, found=found or "-", allowed=one.unit)
                    continue
                name = tidy(self._words(row, "technology"))
                before = frame.loc[name, field]
                if (name, field) in first and before != value * one.factor:
                    self._report_several(first[name, field], row)
                    return frame
                first.setdefault((name, field), row)
                frame.loc[name, field] = value * one.factor
        return frame

    def _report_several(self, one: GridRow, other: GridRow) -> None:
        """Report, once, which columns tell apart the rows that say two things of one technology."""
        alike = ("technology", "parameter")
        rows = [
            row
            for row in self.layout.rows
            if all(self._words(row, key) == self._words(one, key) for key in alike)
        ]
        columns = {
            heading: list(dict.fromkeys(shown(row.entry(place)) for row in rows))
            for place, heading in enumerate(self.layout.headings)
            if heading and place not in self.places.values()
        }
        columns = {heading: words for heading, words in columns.items() if len(words) > 1}
        conditions = "; ".join(f"{heading}: {', '.join(words[:8])}" for heading, words in columns.items())
        example = ", ".join(f"{heading}: {words[-1]}" for heading, words in columns.items())
        place = self.places["value"]
        self.diagnostics.add(
            "T129",
            self.layout.grid.location(other.number, place),
            field=self._words(other, "parameter"),
            found=text(
                "two values of {id}, the other in {location}",
                id=tidy(self._words(other, "technology")),
                location=self.layout.grid.location(one.number, place).words,
            ),
            allowed=text("one value; state in where which rows count: {columns}", columns=conditions or "-"),
            proposal=_by_mapping(f"where: {{{example}}}") if columns else "",
        )


def _by_mapping(lines: str) -> Text:
    return text(
        "write a mapping in YAML, such as {lines}, and give it by mapping= or --mapping FILE", lines=lines
    )


def report_long_table(layout: FoundTable, diagnostics: Diagnostics) -> bool:
    """Report a table in long form where a row a technology is wanted: one problem that names its columns."""
    places = {
        key: next((p for p, one in enumerate(layout.headings) if fold(one) in names), None)
        for key, names in _HEADINGS.items()
    }
    if None in (places["technology"], places["parameter"], places["value"]):
        return False
    names = [shown(row.entry(places["technology"])) for row in layout.rows]  # type: ignore[arg-type]
    if len(set(names)) == len(names):
        return False
    found = text(
        "a table in long form ({columns}): {technology} has {rows} rows for {count} technologies, "
        "{parameter} names what {value} holds",
        columns=listed([heading for heading in layout.headings if heading]),
        technology=layout.headings[places["technology"]],  # type: ignore[index]
        rows=len(names),
        count=len(set(names)),
        parameter=layout.headings[places["parameter"]],  # type: ignore[index]
        value=layout.headings[places["value"]],  # type: ignore[index]
    )
    diagnostics.add(
        "T130",
        layout.grid.location(layout.heading_row),
        found=found,
        allowed=text("a row a technology; read_catalogue reads a table in long form, by a mapping"),
    )
    return True
