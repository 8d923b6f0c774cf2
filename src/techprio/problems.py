"""One problem of an input, and what it proposes; problems of one cause as one finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

from techprio.language import Label, Language, Text, resolve_language, text

Sayable = str | Text | Label
"""What an error is made of: a text, which is rendered in the reader's language, or a plain string."""


@dataclass(frozen=True)
class Edit(Text):
    """A proposal that a program can carry out: one value, name or heading is replaced, nothing else.

    Parameters
    ----------
    template, values
        The sentence.
    by : tuple of str
        What would stand there; several where only people can choose between readings.
    replaces : str
        The part of what stands there that is replaced; empty for the whole.

    Examples
    --------
    >>> from techprio.errors import did_you_mean
    >>> did_you_mean("rnage", ["range", "price"]).by
    ('range',)
    """

    by: tuple[str, ...] = ()
    replaces: str = ""

    @classmethod
    def of(cls, sentence: Text, *by: str, replaces: str = "") -> Self:
        """Return the edit that a sentence proposes."""
        return cls(sentence.template, sentence.values, by, replaces)


@dataclass(frozen=True)
class Problem:
    r"""One problem of an input, stated so that its owner can repair it alone.

    Parameters
    ----------
    code : str
        Stable number of the kind of problem, for example ``"T104"``.
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
    ...     tp.inputs.read_weight_table(file)
    ... except tp.DataFileError as error:
    ...     problem = error.problems[0]
    >>> problem.code, str(problem.place), str(problem.found), str(problem.allowed)
    ('T110', 'line 3', 'half', 'a number with one reading; a column of texts is named in texts')
    """

    code: str
    file: str
    place: Sayable
    field: Sayable
    found: Sayable
    allowed: Sayable
    proposal: Sayable = ""

    def render(self, language: Language | None = None) -> str:
        """Return the problem as one paragraph."""
        language = resolve_language(language)
        where = ":".join(part for part in (self.file, say(self.place, language)) if part)
        heads = [part for part in (where, say(self.field, language)) if part]
        parts = [
            *([": ".join(heads)] if heads else []),
            text("found {found}", found=say(self.found, language)).render(language),
            text("allowed: {allowed}", allowed=say(self.allowed, language)).render(language),
        ]
        if self.proposal:
            parts.append(text("proposal: {proposal}", proposal=say(self.proposal, language)).render(language))
        return (f"[{self.code}] " if self.code else "") + "; ".join(parts)

    @property
    def edit(self) -> Edit | None:
        """The proposal, where a program could carry it out; None where it asks people."""
        return self.proposal if isinstance(self.proposal, Edit) else None

    def to_dict(self, language: Language | None = None) -> dict[str, str]:
        """Return the fields as plain texts in one language."""
        language = resolve_language(language)
        return {item.name: say(getattr(self, item.name), language) for item in fields(self)}

    def __str__(self) -> str:
        return self.render()


SCREENFUL = 20
"""Findings that are shown of one input, unless all are asked for."""
_FEW = 4
"""Problems of one cause that are shown one by one below this number."""


@dataclass(frozen=True)
class Finding:
    """Problems of one cause: how many, the first places, and the change that clears them.

    Parameters
    ----------
    problems : tuple of Problem

    Examples
    --------
    >>> places = [f"line {row}" for row in range(2, 7)]
    >>> problems = [Problem("T114", "a.csv", place, "cost", "nothing", "a number") for place in places]
    >>> print(*find_causes(problems))
    [T114] a.csv: cost; 5 times: line 2, line 3, line 4, …; found nothing; allowed: a number
    """

    problems: tuple[Problem, ...]

    @property
    def count(self) -> int:
        """How many problems have this cause."""
        return len(self.problems)

    def render(self, language: Language | None = None) -> str:
        """Return the finding as one paragraph."""
        if self.count == 1:
            return self.problems[0].render(language)
        language = resolve_language(language)
        files, names = self._first("file", language), self._first("field", language)
        places = [
            ":".join(part for part in (one.file if len(files) > 1 else "", say(one.place, language)) if part)
            for one in self.problems
        ]
        words = [
            text("{count} times: {places}", count=self.count, places=_some(places)).render(language),
            text("found {found}", found=_some(self._first("found", language))).render(language),
            text("allowed: {allowed}", allowed=_some(self._first("allowed", language))).render(language),
        ]
        proposals = self._first("proposal", language)
        if len(proposals) == 1:
            words.append(text("proposal: {proposal}", proposal=proposals[0]).render(language))
        elif proposals:
            words.append(text("proposals such as: {proposal}", proposal=proposals[0]).render(language))
        heads = [part for part in (files[0] if len(files) == 1 else "", _some(names)) if part]
        code = self.problems[0].code
        return (f"[{code}] " if code else "") + "; ".join(part for part in (": ".join(heads), *words) if part)

    def _first(self, attribute: str, language: Language) -> list[str]:
        """Return the different words of an attribute."""
        words = (say(getattr(problem, attribute), language) for problem in self.problems)
        return [word for word in dict.fromkeys(words) if word]

    def __str__(self) -> str:
        return self.render()


def _some(words: Sequence[str], most: int = 3) -> str:
    return ", ".join([*words[:most], *(["…"] if len(words) > most else [])])


def find_causes(problems: Iterable[Problem], *, most: int = SCREENFUL) -> list[Finding]:
    """Group problems by cause, as finely as fits on a screen: file and column, then file, then kind.

    Parameters
    ----------
    problems : iterable of Problem
    most : int
        Findings that are wanted at most; more come only when there are more kinds of problems.
    """
    problems = tuple(problems)
    causes: tuple[Callable[[Problem], tuple[Any, ...]], ...] = (
        lambda one: (one.code, one.file, _kind_of(one.field), _kind_of(one.allowed), _kind_of(one.proposal)),
        lambda one: (one.code, one.file, _kind_of(one.proposal)),
        lambda one: (one.code, _kind_of(one.proposal)),
        lambda one: (one.code,),
    )
    findings: list[Finding] = []
    for cause in causes:
        groups: dict[tuple[Any, ...], list[Problem]] = {}
        for number, problem in enumerate(problems):
            groups.setdefault(cause(problem) if problem.code else (number,), []).append(problem)
        findings = [
            finding
            for group in groups.values()
            for finding in (
                [Finding(tuple(group))] if len(group) >= _FEW else [Finding((one,)) for one in group]
            )
        ]
        if len(findings) <= most:
            break
    return findings


def _kind_of(words: Sayable) -> str:
    """Return what is the same in sentences that differ in their values only."""
    return words.template if isinstance(words, Text) else str(words).rpartition(": ")[2]


def say(words: Sayable, language: Language) -> str:
    """Render a text, or pass a plain string on."""
    return words.render(language) if isinstance(words, Text | Label) else str(words)
