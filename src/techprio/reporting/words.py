"""The words that the outputs share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from techprio.display.quantities import is_missing
from techprio.language import Chance, Label, Language, Text, text
from techprio.model.known_names import group_name
from techprio.model.roles import ROLE_WORDS
from techprio.model.run import RunData

ACTION_NAMES: dict[str, Text] = {
    "renew": text("renew"),
    "replace": text("replace"),
    "transfer": text("transfer in"),
    "new": text("new investment"),
}
DIRECTION_NAMES: dict[str, Text] = {
    "maximize": text("higher is better"),
    "minimize": text("lower is better"),
}
EDGE_NAMES: dict[str, Text] = {"hard": text("cannot run without"), "soft": text("works better with")}
_PERIODS: dict[int, Text] = {
    1: text("month"),
    3: text("quarter"),
    6: text("half-year"),
    12: text("year"),
}


def no_picture(name: str) -> Text:
    """Return what stands in place of a picture that was not read with its text."""
    return text("[picture {name} was not read with this text]", name=name)


def role_name(role: str) -> Text | str:
    """Return the name of a role for readers."""
    return ROLE_WORDS.get(role, role)


def role_with_certainty(role: str, by_rule: str, certainty: Any) -> Text | str:
    """Return a role with the share of the draws in which the rule gives it.

    The role stands alone where nothing was drawn and where people decided otherwise than the rule.
    """
    if role != by_rule or is_missing(certainty):
        return role_name(role)
    return text("{role} ({share})", role=role_name(role), share=Chance(float(certainty), 0))


def currency(run: RunData) -> Text | str:
    """Return the unit of money of a run, that of the catalogue where the study states no resources."""
    return text("billion VND") if run.study.resources is None else run.study.resources.money


def period_name(months: int) -> Text:
    """Return what a period of the plan is called.

    Examples
    --------
    >>> print(period_name(12), "|", period_name(4))
    year | period of 4 months
    """
    return _PERIODS.get(months, text("period of {months} months", months=months))


def in_each(words: Callable[[Language], str]) -> Label:
    """Return words that are put together in each language by itself.

    Examples
    --------
    >>> in_each(lambda language: language.upper()).render("vi")
    'VI'
    """
    return Label(vi=words("vi"), en=words("en"))


def joined(parts: Iterable[Text | Label | str], between: str = "; ") -> Label:
    """Return parts in one row.

    Examples
    --------
    >>> joined([Label("Năng lượng", "Energy"), "TOU"]).render("en")
    'Energy; TOU'
    """
    kept = list(parts)
    return in_each(lambda one: between.join(p if isinstance(p, str) else p.render(one) for p in kept))


class Codes:
    """Codes with their names, which are put in their place in sentences.

    Parameters
    ----------
    names : mapping of str to str
        By their codes.

    Examples
    --------
    >>> Codes({"A1": "Tea", "A10": "Dams"}).named("waits for A1 and A10, see A1.csv")
    'waits for Tea and Dams, see A1.csv'
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._parted = [code for code in names if _WORD.fullmatch(code) is None]

    def named(self, words: str) -> str:
        """Return a sentence in which names stand for codes."""
        if any(code in words for code in self._parted):
            return self._any.sub(lambda found: self._names[found[0]], words)
        if self._names.keys().isdisjoint(_WORD.findall(words)):  # as nearly all are, of hundreds of codes
            return words
        return _ALONE.sub(lambda found: self._names.get(found[0], found[0]), words)

    @cached_property
    def _any(self) -> re.Pattern[str]:
        """What finds codes that are several words too: those first, and the longest of all."""
        longest = sorted(self._names, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))}){_BEHIND}")


_WORD = re.compile(r"\w+")
_BEHIND = r"(?!\w|\.[a-z])"  # no name of a file
_ALONE = re.compile(rf"(?<!\w)\w+{_BEHIND}")


def printed_notes(run: RunData, notes: Sequence[Text] | None = None) -> tuple[Text, ...]:
    """Return notes of a run as they are printed: groups for single experts.

    The codes of experts stay where the run was asked for the judgments.
    """
    notes, judgments = run.notes if notes is None else notes, run.study.judgments
    if judgments is None:
        return tuple(notes)
    groups: dict[str, Any] = {}
    if not run.options.get("with_judgments"):
        pairs = judgments.statements[["expert", "group"]].drop_duplicates("expert")
        groups = {
            str(expert): text("of group {group}", group=group_name(str(group)))
            for expert, group in pairs.itertuples(index=False)
        }
    return tuple(_renamed(note, {"expert": groups}) for note in notes)


def _renamed(note: Text, names: Mapping[str, Mapping[str, Any]]) -> Text:
    values = {key: names.get(key, {}).get(str(value), value) for key, value in note.values.items()}
    return Text(note.template, values)
