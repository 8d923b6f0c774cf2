"""What can go wrong, in words of the field.

::

    TechprioError
    ├── InputError            an argument that cannot be used (also a ValueError)
    ├── DataFileError         a file or study with problems, all of them listed
    ├── MethodRefusedError    a ranking method that is known to be wrong
    └── InfeasibleError       limits that no plan can keep
"""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from techprio.language import Label, Language, Text, resolve_language, text
from techprio.near_names import near_name
from techprio.problems import SCREENFUL, Edit, Finding, Problem, find_causes
from techprio.problems import Sayable as Sayable
from techprio.problems import say as say

__all__ = [
    "DataFileError",
    "Edit",
    "Finding",
    "InfeasibleError",
    "InputError",
    "MethodRefusedError",
    "Problem",
    "TechprioError",
    "TechprioWarning",
]


def __dir__() -> list[str]:
    return [*__all__]


class TechprioWarning(UserWarning):
    """Something that was done and that the analyst should know of.

    Examples
    --------
    >>> import techprio as tp
    >>> issubclass(tp.TechprioWarning, UserWarning)
    True
    """


class TechprioError(Exception):
    """The root of all errors that techprio raises on purpose.

    Parameters
    ----------
    message : Text or Label, optional
        What is wrong, rendered in the language of the reader.
    problems : sequence of Problem
        All problems that were found, where there can be several.

    Attributes
    ----------
    kind : str
        Name of the kind of error, the same in every language.

    Examples
    --------
    >>> import techprio as tp
    >>> issubclass(tp.DataFileError, tp.TechprioError), issubclass(tp.InputError, tp.TechprioError)
    (True, True)
    """

    kind: ClassVar[str] = "error"

    def __init__(self, message: Text | Label | None = None, problems: Iterable[Problem] = ()) -> None:
        self.message: Sayable = message or ""
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.message, self.problems)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The problems by cause: how many, the first places and the change that clears them."""
        return tuple(find_causes(self.problems))

    def render(self, language: Language | None = None) -> str:
        """Return the message and the findings, at most a screenful, one a line, in one language."""
        language = resolve_language(language)
        lines = [say(self.message, language)] if self.message else []
        indent = "  " if lines else ""
        findings = self.findings
        lines += [indent + finding.render(language) for finding in findings[:SCREENFUL]]
        if len(findings) > SCREENFUL:
            left = sum(finding.count for finding in findings[SCREENFUL:])
            lines.append(indent + text("and {count} other problems", count=left).render(language))
        return "\n".join(lines)

    def to_dict(self, language: Language | None = None) -> dict[str, Any]:
        """Return ``kind``, ``message`` and ``problems`` as plain values."""
        language = resolve_language(language)
        return {
            "kind": self.kind,
            "message": say(self.message, language) or self.render(language),
            "problems": [problem.to_dict(language) for problem in self.problems],
        }

    def to_json(self, language: Language | None = None) -> str:
        """Return :meth:`to_dict` as JSON."""
        return json.dumps(self.to_dict(language), ensure_ascii=False)

    def __str__(self) -> str:
        return self.render()


class InputError(TechprioError, ValueError):
    """An argument that cannot be used: it names what was found, what is allowed, and what to do.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> try:
    ...     tp.rank(matrix, {"price": 0.6, "rnage": 0.4}, tp.Topsis())
    ... except tp.InputError as error:
    ...     print(error)
    no weight for criterion 'range'; weights name price, rnage
    """

    kind = "input"

    @classmethod
    def argument(cls, name: str, *, found: Any, allowed: Any, proposal: Sayable = "") -> Self:
        """Return the error of one argument: what was found, what is allowed, what to do.

        Parameters
        ----------
        name : str
            The argument.
        found : Text, str or object
            A text is rendered; anything else is shown as Python writes it.
        allowed : Text, str or sequence of str
            What could stand there; a sequence lists the allowed words.
        proposal : Text or str
            What to do next; may be empty.
        """
        seen = found if isinstance(found, Text | Label) else in_python(found)
        if proposal:
            return cls(
                text("{argument}: found {found}; allowed: {allowed}; {proposal}",
                     argument=name, found=seen, allowed=allowed, proposal=proposal)
            )  # fmt: skip
        return cls(
            text("{argument}: found {found}; allowed: {allowed}", argument=name, found=seen, allowed=allowed)
        )


class MethodRefusedError(InputError):
    """A ranking method that is refused, with the reason.

    Examples
    --------
    >>> import techprio as tp
    >>> try:
    ...     tp.ranking.from_pymcdm("lopm")
    ... except tp.errors.MethodRefusedError as error:
    ...     print(error)
    lopm of pymcdm is refused: its direction attribute is misspelt in pymcdm, so the worst comes first
    (300 of 300 dominance checks fail)
    """

    kind = "method refused"


class InfeasibleError(TechprioError):
    """Limits that no plan can keep; the message names an irreducible infeasible subset.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> from dataclasses import replace
    >>> decisions = replace(study.resources.decisions, must=("MIN04",), must_not=("MIN01",))
    >>> try:
    ...     tp.plan_phases(study, replace(study.resources, decisions=decisions))
    ... except tp.InfeasibleError as error:
    ...     print(error)
    MIN04 is to be placed by decision, but it cannot be placed (needs MIN03, which cannot be placed:
    needs MIN02, which cannot be placed: needs MIN01, which cannot be placed: left out by decision)
    """

    kind = "infeasible"
    rules: tuple[tuple[str | int, ...], ...] = ()
    """Names of the limits and decisions that clash, as the phasing names its rows."""

    @classmethod
    def of(cls, message: Text, rules: Iterable[tuple[str | int, ...]]) -> InfeasibleError:
        """Return the error of some rules that clash."""
        error = cls(message)
        error.rules = tuple(rules)
        return error


class DataFileError(TechprioError):
    r"""A file, form or study that cannot be used, with every problem that was found.

    Attributes
    ----------
    problems : tuple of Problem

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "weights.csv"
    >>> _ = file.write_text("criterion,weight\ncost,0.5\nvalue,half\n", encoding="utf-8")
    >>> try:
    ...     tp.inputs.read_weight_table(file)
    ... except tp.DataFileError as error:
    ...     print(error.problems[0].found)
    half
    """

    kind = "data file"

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__(None, problems)
        self.args = (self.problems,)


def in_python(value: object) -> Text | str:
    """Return a value as Python writes it; its kind where Python cannot.

    Examples
    --------
    >>> print(in_python([2, "x"]), in_python(10**5000), sep="; ")
    [2, 'x']; a whole number of 5001 digits
    """
    try:
        return repr(value)
    except ValueError:  # Python writes no whole number of more than 4300 digits
        if isinstance(value, int):
            return text("a whole number of {count} digits", count=int(value.bit_length() * 0.30103) + 1)
        return text("an object of type {name}", name=type(value).__name__)


def file_reason(error: OSError) -> Text | str:
    """State in words why a file cannot be read or written."""
    if isinstance(error, FileNotFoundError):
        return text("there is no such file or folder")
    if isinstance(error, IsADirectoryError):
        return text("a folder, not a file")
    if isinstance(error, PermissionError):
        return text("no permission, or open in another program")
    if error.errno == errno.ESPIPE:
        return text("a pipe, a device or a socket, not a file")
    if error.errno == errno.EFBIG:
        return text("a file that is larger than any table")
    if error.errno == errno.ENAMETOOLONG:
        return text("a name that is longer than the system allows")
    return error.strerror or str(error)


def proposed(value: str, *others: str) -> Edit:
    """Propose what to write in place of a value; of several readings people choose one.

    Examples
    --------
    >>> print(proposed("12.5", "12500"))
    two readings: write 12.5 or 12500
    """
    if not others:
        return Edit.of(text("write {value}", value=value), value)
    readings = text("two readings: write {first} or {second}", first=value, second=others[0])
    return Edit.of(readings, value, *others)


def did_you_mean(name: str, names: Sequence[str]) -> Edit | str:
    """Propose the nearest of the allowed names; empty when none is near, or two are as near."""
    near = near_name(name, names)
    return Edit.of(text("did you mean {name}?", name=near), near, replaces=str(name)) if near else ""
