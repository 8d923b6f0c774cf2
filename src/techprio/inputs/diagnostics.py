"""Collect problems with their places, so that a study tells all of them at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from techprio.errors import DataFileError, Problem, Sayable, did_you_mean
from techprio.language import Text, text
from techprio.model.layout import letters
from techprio.near_names import near_name

NO_PLACES: Mapping[str, int] = {}


class Location(NamedTuple):
    """A place in a file: a line, a line and column, or the address of a cell.

    The row of a workbook also knows in which column each field stands, so that a problem of one
    field names its cell.
    """

    file: str
    line: int = 0
    column: int = 0
    address: str = ""
    places: Mapping[str, int] = NO_PLACES

    def of(self, field: Sayable) -> Location:
        """Return the cell of a field; the row itself when the field is not in one cell."""
        place = self.places.get(field) if isinstance(field, str) else None
        if place is None:
            return self
        sheet = self.address.rpartition("!")[0]
        return Location(self.file, self.line, place + 1, f"{sheet}!{letters(place)}{self.line}")

    @property
    def place(self) -> Text | str:
        """The place in words; empty when the whole file is meant."""
        if self.address or not self.line:
            return self.address
        if self.column:
            return text("line {line}, column {column}", line=self.line, column=self.column)
        return text("line {line}", line=self.line)

    @property
    def words(self) -> Text | str:
        """File and place in words, to point at a second place from within a problem."""
        return text("{file}, {place}", file=self.file, place=self.place) if self.place else self.file


class Diagnostics:
    """The problems of a study, in the order of its files and lines."""

    def __init__(self) -> None:
        self._found: list[tuple[Location, Problem]] = []
        self.notes: list[Text] = []

    def add(
        self,
        code: str,
        location: Location,
        *,
        field: Sayable = "",
        found: Sayable,
        allowed: Sayable,
        proposal: Sayable = "",
    ) -> None:
        """Note a problem under a code that :data:`~techprio.inputs.diagnostics.CODES` knows."""
        if code not in CODES:
            raise KeyError(code)
        location = location.of(field)
        problem = Problem(code, location.file, location.place, field, found, allowed, proposal)
        self._found.append((location, problem))

    def note(self, words: Text) -> None:
        """Keep a sentence about what was left out or taken as it is: no problem, but reported."""
        if words not in self.notes:
            self.notes.append(words)

    def unknown(
        self,
        code: str,
        location: Location,
        *,
        field: str,
        found: Sayable,
        name: str,
        known: list[str] | tuple[str, ...],
    ) -> None:
        """Note a name that is not among the known ones, with the nearest of them."""
        self.add(
            code,
            location,
            field=field,
            found=found,
            allowed=listed(known),
            proposal=did_you_mean(name, known),
        )

    def __len__(self) -> int:
        return len(self._found)

    def take(self, other: Diagnostics) -> None:
        """Take what was found elsewhere, in its order."""
        self._found += other._found
        for words in other.notes:
            self.note(words)

    def since(self, count: int) -> list[Problem]:
        """Return what was noted after so many problems, in the order in which it was found."""
        return [problem for _, problem in self._found[count:]]

    @property
    def problems(self) -> list[Problem]:
        """All problems, sorted by file, sheet, line and column."""
        order = sorted(self._found, key=lambda item: _order(item[0]))
        return [problem for _, problem in order]

    def extend(self, other: Diagnostics) -> None:
        """Take over what was noted elsewhere."""
        self._found += other._found
        for note in other.notes:
            self.note(note)

    def clear(self) -> None:
        """Forget the problems: another one explains them all."""
        self._found.clear()

    def check(self) -> None:
        """Stop with all problems, if there is any.

        Raises
        ------
        DataFileError
        """
        if self._found:
            raise DataFileError(self.problems)


def _order(location: Location) -> tuple[str, str, int, int]:
    return (
        location.file,
        location.address.rpartition("!")[0] or location.address,
        location.line,
        location.column,
    )


def listed(names: list[str] | tuple[str, ...], most: int = 12) -> Text | str:
    """Give the names as a list that stays readable."""
    if len(names) <= most:
        return ", ".join(names)
    return text("{names} and {count} more", names=", ".join(names[:most]), count=len(names) - most)


CODES: dict[str, Text] = {
    "T101": text("file is missing"),
    "T102": text("file cannot be read"),
    "T103": text("file is empty"),
    "T104": text("file is not UTF-8"),
    "T105": text("column is missing"),
    "T106": text("column stands twice"),
    "T107": text("column is unknown"),
    "T108": text("row has too many or too few cells"),
    "T109": text("quotes are not closed"),
    "T110": text("not a number"),
    "T111": text("not a whole number"),
    "T112": text("number is outside its limits"),
    "T113": text("word is not one of the list"),
    "T114": text("cell is empty"),
    "T115": text("id has signs that an id cannot have"),
    "T116": text("not a month"),
    "T117": text("list has an empty or doubled entry"),
    "T118": text("text has control characters"),
    "T119": text("error value of a formula"),
    "T120": text("formula without a stored value"),
    "T121": text("date in place of something else"),
    "T122": text("text of a legacy code page"),
    "T123": text("workbook has a password"),
    "T124": text("file is not what its name says"),
    "T125": text("sheet is missing or not named"),
    "T126": text("number without a unit among percents"),
    "T127": text("number in place of a code or list"),
    "T128": text("true or false in place of something else"),
    "T129": text("same name twice"),
    "T130": text("kind of table is not recognized"),
    "T131": text("name of a text is not known"),
    "T133": text("picture of a text cannot be printed"),
    "T137": text("table has two readings"),
    "T138": text("row or column is empty"),
    "T139": text("unit is not the one wanted"),
    "T132": text("answer is not clear"),
    "T134": text("part of the study is not there, or misnamed"),
    "T140": text("text is too long"),
    "T141": text("not a day"),
    "T142": text("text stands twice"),
    "T136": text("direction of arrows is not stated"),
    "Y201": text("YAML cannot be read"),
    "Y202": text("key stands twice"),
    "Y203": text("key is unknown"),
    "Y204": text("key is missing"),
    "Y205": text("wrong kind of value"),
    "Y206": text("not a number"),
    "Y207": text("number is outside its limits"),
    "Y208": text("word is not one of the list"),
    "Y209": text("anchors, aliases and tags are not used here"),
    "S301": text("study is not found"),
    "S302": text("id stands twice"),
    "S303": text("technology is unknown"),
    "S304": text("criterion is unknown"),
    "S305": text("source is unknown"),
    "S306": text("sector is unknown"),
    "S307": text("score is missing"),
    "S308": text("score stands twice"),
    "S309": text("value is off its scale"),
    "S310": text("low, value and high are out of order"),
    "S311": text("shares of funds do not sum to 1"),
    "S312": text("source of funds is unknown"),
    "S313": text("technology needs itself"),
    "S314": text("dependency stands twice"),
    "S315": text("dependencies run in a cycle"),
    "S316": text("share belongs to soft dependencies"),
    "S317": text("criterion cannot be scored here"),
    "S318": text("scale is not usable"),
    "S319": text("direction and scale contradict each other"),
    "S320": text("firm stands twice in a year"),
    "S321": text("points are above the maximum"),
    "S322": text("instrument is unknown"),
    "S323": text("field of a criterion is not usable"),
    "S324": text("scale is missing"),
    "S325": text("gate is not usable"),
    "S326": text("weights are not usable"),
    "S327": text("lag inside a bundle"),
    "S328": text("ranking method does not take its options"),
    "S340": text("instrument contradicts itself"),
    "S341": text("points stand by group and by criterion"),
    "S342": text("study has no survey"),
    "S343": text("status of the technologies is not stated"),
    "S344": text("list of a result is not what its inputs lead to"),
    "S345": text("indicator lacks a baseline, a target or a direction"),
    "S351": text("phase is before that of a prerequisite"),
    "J401": text("node is unknown"),
    "J402": text("criterion does not stand under the node"),
    "J403": text("strength is below 1"),
    "J404": text("criterion is compared with itself"),
    "J405": text("pair is judged twice"),
    "J406": text("comparisons fall into components that nothing links"),
    "J407": text("expert stands in two groups"),
    "J408": text("not a ratio"),
    "J409": text("ratio is off the scale"),
    "J410": text("diagonal is not 1"),
    "J411": text("two sides of a pair contradict each other"),
    "J412": text("rows and columns name different things"),
    "J413": text("side of a comparison is not given"),
    "J414": text("meaning of the minus sign is not stated"),
    "J415": text("weight is negative"),
    "F601": text("not a form of techprio"),
    "F602": text("form of another study, of other criteria or of another round"),
    "F603": text("answer is not one of the list"),
    "F604": text("side and degree of a comparison do not fit"),
    "F605": text("expert is not on the list"),
    "F606": text("several forms of one expert"),
    "F607": text("token is not that of the expert"),
    "F608": text("what was asked has changed"),
    "F609": text("answer file cannot be read"),
    "F610": text("question is answered twice"),
    "F611": text("question was not asked"),
    "F612": text("row does not fit its question"),
    "F613": text("values of bisection contradict each other"),
    "R501": text("amount is negative"),
    "R502": text("year is missing"),
    "R503": text("year is outside the horizon"),
    "R504": text("phases overlap or leave a gap"),
    "R505": text("phase is unknown"),
    "R506": text("end is before the start"),
    "R507": text("status is missing"),
    "R508": text("decisions contradict each other"),
    "R509": text("a source of funds is tied to something unknown"),
    "R510": text("a tied source of funds pays for something else"),
    "R511": text("no plan can keep these limits"),
}
"""Title of each kind of problem, in both languages."""


class UnknownNames:
    """Gather unknown names of one kind and report each once, at its first place.

    Parameters
    ----------
    code : str
        Code of the problem.
    known : collection of str, optional
        None when the file that declares the names could not be read: nothing is then unknown.
    lenient : collection of str
        Names that are not reported, because a problem elsewhere explains them.
    """

    def __init__(self, code: str, known: Collection[str] | None, *, lenient: Collection[str] = ()) -> None:
        self.code = code
        self.known = known
        self._quick = frozenset(known or ())
        self.lenient = lenient
        self._places: dict[str, list[tuple[Location, str]]] = {}

    def is_known(self, name: str | None, location: Location, field: str) -> bool:
        """Return whether a name is known; note it when it is not. None is a cell already reported."""
        if self.known is None or name is None:
            return name is not None
        if name in self._quick:
            return True
        if name not in self.lenient:
            self._places.setdefault(name, []).append((location, field))
        return False

    def meant(self, name: str | None) -> str | None:
        """Return the name itself when it is known, or the nearest known one."""
        if name is None or self.known is None or name in self._quick:
            return name
        return near_name(name, list(self.known))

    def report(self, diagnostics: Diagnostics) -> None:
        """Hand the problems over."""
        for name, places in self._places.items():
            location, field = places[0]
            found = text("{name}, in {count} rows", name=name, count=len(places)) if len(places) > 1 else name
            diagnostics.add(
                self.code,
                location,
                field=field,
                found=found,
                allowed=listed(tuple(self.known or ())) or "-",
                proposal=did_you_mean(name, list(self.known or ())),
            )
