"""The words that the outputs share."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from techprio.language import Label, Language, Text, text
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
