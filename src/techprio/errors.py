"""What can go wrong, in words of the field.

::

    TechprioError
    ├── InputError            an argument that cannot be used (also a ValueError)
    ├── DataFileError         a file or study with problems, all of them listed
    ├── MethodRefusedError    a ranking method that is known to be wrong
    └── InfeasibleError       limits that no plan can keep
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from techprio.language import Language, Text, text

Sayable = str | Text


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

    Examples
    --------
    >>> import techprio as tp
    >>> issubclass(tp.DataFileError, tp.TechprioError), issubclass(tp.InputError, tp.TechprioError)
    (True, True)
    """


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


class MethodRefusedError(InputError):
    """A ranking method that is refused, with the reason.

    Examples
    --------
    >>> import techprio as tp
    >>> try:
    ...     tp.from_pymcdm("lopm")
    ... except tp.MethodRefusedError as error:
    ...     print(error)
    lopm of pymcdm is refused: its direction attribute is misspelt in pymcdm, so the worst comes first
    (300 of 300 dominance checks fail)
    """


class InfeasibleError(TechprioError):
    """Limits that no plan can keep; the message names the smallest set that clashes.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> from dataclasses import replace
    >>> decisions = replace(study.resources.decisions, must=("MIN04",), must_not=("MIN01",))
    >>> try:
    ...     tp.phase(study, replace(study.resources, decisions=decisions))
    ... except tp.InfeasibleError as error:
    ...     print(error)
    MIN04 is to be placed by decision, but it cannot be placed (needs MIN03, which cannot be placed:
    needs MIN02, which cannot be placed: needs MIN01, which cannot be placed: left out by decision)
    """


@dataclass(frozen=True)
class Problem:
    r"""One fault of an input, told so that its owner can repair it alone.

    Parameters
    ----------
    code : str
        Stable number of the kind of fault, for example ``"T104"``.
    file : str
        File name as the user knows it.
    place : Text or str
        Line, cell or path inside the file (``"line 7"``, ``"Điểm!C4"``, ``"roles.theta"``); may be empty.
    field : Text or str
        Column, key or thing that is wrong.
    found : Text or str
        What stands there.
    allowed : Text or str
        What could stand there.
    proposal : Text or str
        What to do next; may be empty.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "weights.csv"
    >>> _ = file.write_text("criterion,weight\ncost,0.5\nvalue,half\n", encoding="utf-8")
    >>> try:
    ...     tp.read_weight_table(file)
    ... except tp.DataFileError as error:
    ...     problem = error.problems[0]
    >>> problem.code, str(problem.place), str(problem.found), str(problem.allowed)
    ('T110', 'line 3', 'half', 'a number with one reading')
    """

    code: str
    file: str
    place: Sayable
    field: Sayable
    found: Sayable
    allowed: Sayable
    proposal: Sayable = ""

    def render(self, language: Language = "en") -> str:
        """Tell the problem as one paragraph."""
        where = ":".join(part for part in (self.file, say(self.place, language)) if part)
        parts = [
            f"{where}: {say(self.field, language)}" if self.field else where,
            text("found {found}", found=say(self.found, language)).render(language),
            text("allowed: {allowed}", allowed=say(self.allowed, language)).render(language),
        ]
        if self.proposal:
            parts.append(text("proposal: {proposal}", proposal=say(self.proposal, language)).render(language))
        return f"[{self.code}] " + "; ".join(parts)

    def __str__(self) -> str:
        return self.render("en")


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
    ...     tp.read_weight_table(file)
    ... except tp.DataFileError as error:
    ...     print(error.problems[0].found)
    half
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def render(self, language: Language = "en") -> str:
        """Tell all problems, one a line."""
        return "\n".join(problem.render(language) for problem in self.problems)

    def __str__(self) -> str:
        return self.render("en")


def say(words: Sayable, language: Language) -> str:
    """Render a text, or pass a plain string on."""
    return words.render(language) if isinstance(words, Text) else str(words)


def near_name(name: str, names: Sequence[str]) -> str | None:
    """Find the name that was most likely meant.

    Examples
    --------
    >>> near_name("maximise", ["maximize", "minimize"])
    'maximize'
    """
    folded = {str(candidate).casefold(): str(candidate) for candidate in names}
    close = difflib.get_close_matches(str(name).casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def did_you_mean(name: str, names: Sequence[str]) -> Text | str:
    """Propose the nearest of the allowed names; empty when none is near."""
    near = near_name(name, names)
    return text("did you mean {name}?", name=near) if near else ""
