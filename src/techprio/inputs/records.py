"""The one reader of records: keys of a YAML file, or of the sheets in its place, by their declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass
from dataclasses import field as default
from dataclasses import fields as dataclass_fields
from typing import Any, get_args

from techprio.errors import InputError, Sayable, did_you_mean
from techprio.inputs.cells import CellProblem, parse_id, parse_integer, parse_number
from techprio.inputs.columns import word_kept
from techprio.inputs.diagnostics import listed
from techprio.inputs.yaml_reader import YamlValue
from techprio.language import Label, text
from techprio.model.fields import Field, fields_of


@dataclass
class Reading:
    """A record that was read: its values, with the place of each, before anything is made of it.

    Parameters
    ----------
    record : type
        The declaration.
    source : YamlValue
        Where the record stands.
    values : mapping of str to object
        By attribute, those that are given and could be read; blocks are readings again.
    parts : mapping of str to YamlValue
        By attribute, all that are given.
    name : str
        Of a named block.
    before : int
        How many problems there were before it was read.
    """

    record: type
    source: YamlValue
    values: dict[str, Any] = default(default_factory=dict)
    parts: dict[str, YamlValue] = default(default_factory=dict)
    name: str = ""
    before: int = 0

    def __contains__(self, attribute: str) -> bool:
        return attribute in self.parts

    def __getitem__(self, attribute: str) -> Any:
        """Return a value; what the record declares for a key that is not given or could not be read."""
        if attribute in self.values:
            return self.values[attribute]
        return next(field.default for field in fields_of(self.record) if field.attribute == attribute)

    def blocks(self, attribute: str) -> list[Reading]:
        """Return the readings of the blocks below a key; none where it is not given."""
        value = self.values.get(attribute, ())
        if isinstance(value, Reading):
            return [value]
        return list(value.values()) if isinstance(value, dict) else [*value]

    def complain(
        self,
        attribute: str,
        code: str,
        allowed: Sayable,
        proposal: Sayable = "",
        *,
        found: Sayable | None = None,
    ) -> None:
        """Note a problem of a value; of the record itself where the value is not given."""
        self.parts.get(attribute, self.source).complain(code, allowed, proposal, found)

    def unknown(self, attribute: str, code: str, name: str, known: list[str], *, path: str = "") -> None:
        """Note a name that is not among the known ones."""
        part = self.parts[attribute]
        part.diagnostics.unknown(
            code, part.location, field=path or part.path, found=name, name=name, known=known
        )

    def build(self, **further: Any) -> Any:
        """Make the noun that the record declares; None when something that it needs is not there.

        A record that is no noun gives its values by attribute.
        """
        noun = _noun_of(self.record)
        declared = {field.attribute: field for field in fields_of(self.record)}
        own = {name: value for name, value in self.values.items() if name not in further}
        values = {name: _built(value, declared[name]) for name, value in own.items()} | further
        if noun is None:
            return values
        taken = {item.name: item for item in dataclass_fields(noun) if item.init}
        given = {name: value for name, value in values.items() if name in taken}
        for name, field in declared.items():
            if field.kind == "words" and name in taken and not any(given.get(name, ())):
                like = given.get(field.like, "")
                given[name] = Label(like, like)
        needed = [
            n for n, item in taken.items() if item.default is MISSING and item.default_factory is MISSING
        ]
        if any(given.get(name) is None for name in needed):
            return None
        try:
            return noun(**given)
        except InputError as error:
            self._report(error)
            return None

    def _report(self, error: InputError) -> None:
        """Note what the noun refuses at the keys that it names; a record with a problem says no more."""
        diagnostics = self.source.diagnostics
        if len(diagnostics) > self.before:
            return
        for problem in error.problems:
            part = self.parts.get(str(problem.place), self.source)
            diagnostics.add(
                "Y205", part.location, field=part.path, found=problem.found, allowed=problem.allowed,
                proposal=problem.proposal,
            )  # fmt: skip
        if not error.problems:
            self.source.complain("Y205", str(error))


def read_record(value: YamlValue, record: type, *, name: str = "") -> Reading:
    """Read a mapping by the declaration of a record; every problem of its keys and values is noted."""
    fields = _fields_for(record, value)
    lacking = getattr(record, "lacking", None)
    required = tuple(field.name for field in fields if field.required and not lacking)
    optional = tuple(field.name for field in fields if field.name not in required)
    parts = value.fields(required, optional, blank=[field.name for field in fields_of(record)])
    reading = Reading(record, value, name=name, before=len(value.diagnostics))
    for field in fields:
        if field.name in parts:
            reading.parts[field.attribute] = parts[field.name]
            found = read_value(parts[field.name], field)
            if found is not None:
                reading.values[field.attribute] = found
    absent = [field.name for field in fields if field.required and field.name not in parts]
    if lacking and absent:
        code, allowed = lacking
        value.complain(code, allowed, found=text("none for {names}", names=", ".join(absent)))
    return reading


def _fields_for(record: type, value: YamlValue) -> list[Field]:
    """Return the keys that a record has; of a method those that are its own."""
    if hasattr(record, "fields_for"):
        given = dict(value.entries())
        field = fields_of(record)[0]
        method = given[field.name].scalar() if field.name in given else field.default
        return [*record.fields_for(method)]
    return [*fields_of(record)]


def read_value(part: YamlValue, field: Field) -> Any:
    """Return what stands under a key; None, with the problem noted, when it cannot be read."""
    return None if part.is_reported else _READERS[field.kind](part, field)


def _read_id(part: YamlValue, field: Field) -> str | None:
    words = part.text()
    problem = parse_id(words) if words else None
    if isinstance(problem, CellProblem):
        part.complain("Y205", problem.allowed, problem.proposal)
    return None if isinstance(problem, CellProblem) else words


def _read_choice(part: YamlValue, field: Field) -> Any:
    word = word_kept(field, part.scalar())
    if word not in field.choices:
        part.complain("Y208", listed(field.choices, most=20), did_you_mean(part.scalar(), field.choices))
        return None
    if field.type is bool:
        return word == field.choices[0]
    return int(word) if field.type is int else word


def _read_block(part: YamlValue, field: Field) -> Reading:
    assert field.inner is not None
    return read_record(part, field.inner)


def _read_blocks(part: YamlValue, field: Field) -> list[Reading]:
    if field.may_be_count and not part.is_list:
        part.integer(least=1)
        return []
    for item in part.items():
        if item.is_empty:
            item.complain("Y205", text("keys with values"))
    return [_read_block(item, field) for item in part.items()]


def _read_named(part: YamlValue, field: Field) -> dict[str, Reading]:
    assert field.inner is not None
    return {name: read_record(item, field.inner, name=name) for name, item in part.entries()}


def _read_numbers(part: YamlValue, field: Field) -> dict[Any, float]:
    whole = get_args(field.type)[1] is int
    numbers = {}
    for name, item in _named_values(part, field):
        number = item.integer(field.least, field.most) if whole else item.number(field.least, field.most)
        if number is not None:
            numbers[name] = number
    return numbers


def _read_shares(part: YamlValue, field: Field) -> tuple[float, ...]:
    if not part.is_list and not part.is_empty:
        part.complain("Y205", text("a list of numbers"))
        return ()
    numbers = [item.number(field.least, field.most) for item in part.items()]
    return tuple(number for number in numbers if number is not None)


def _read_labels(part: YamlValue, field: Field) -> dict[Any, Label]:
    return {name: item.label() for name, item in _named_values(part, field)}


def _read_months(part: YamlValue, field: Field) -> dict[str, str]:
    return {name: item.month() or "" for name, item in part.entries()}


def _named_values(part: YamlValue, field: Field) -> Iterator[tuple[Any, YamlValue]]:
    """Give the values under names, each with the number that its name is where names are numbers."""
    for name, item in part.entries():
        number = named_number(name, item, field)
        if number is not None:
            yield number, item


def named_number(name: str, item: YamlValue, field: Field) -> Any:
    """Return the number that a name is; None, with the problem noted, when it is none."""
    names = field.names
    if names is None:
        return name
    value = parse_integer(name) if names.kind == "integer" else parse_number(name)
    limited = names.least is not None and names.most is not None
    if isinstance(value, CellProblem):
        item.complain(
            "Y207" if limited else "Y206", names.allowed or value.allowed, value.proposal, found=name
        )
        return None
    if limited and not names.least <= value <= names.most:  # type: ignore[operator]
        item.complain("Y207", names.allowed, found=name)
        return None
    return value


_READERS: Mapping[str, Callable[[YamlValue, Field], Any]] = {
    "id": _read_id,
    "text": lambda part, field: part.text(),
    "number": lambda part, field: part.number(field.least, field.most),
    "integer": lambda part, field: part.integer(field.least, field.most),
    "flag": lambda part, field: part.flag(),
    "choice": _read_choice,
    "month": lambda part, field: part.month(),
    "list": lambda part, field: part.texts(),
    "lists": lambda part, field: tuple(item.texts() for item in part.items()),
    "shares": _read_shares,
    "words": lambda part, field: part.label(),
    "block": _read_block,
    "blocks": _read_blocks,
    "named": _read_named,
    "numbers": _read_numbers,
    "labels": _read_labels,
    "months": _read_months,
    "free": lambda part, field: part.plain(),
}


def _noun_of(record: type) -> type | None:
    """Return the noun that a record declares: the record, or the noun to which a file adds keys."""
    return next((one for one in record.__mro__ if "__dataclass_fields__" in vars(one)), None)


def _built(value: Any, field: Field) -> Any:
    if field.kind == "block":
        return value.build()
    if field.kind == "blocks":
        return tuple(made for item in value if (made := item.build()) is not None)
    if field.kind == "named":
        made = {
            name: item.build(**({field.named_by: name} if field.named_by else {}))
            for name, item in value.items()
        }
        made = {name: item for name, item in made.items() if item is not None}
        return tuple(made.values()) if field.named_by else made
    return value
