"""Read the text of one cell or scalar as a number, a month, an id, a list or a name.

Nothing is guessed: what cannot be read in exactly one way comes back as a :class:`CellProblem`
whose proposal spells what was probably meant.
"""

from __future__ import annotations

import math
import re
import unicodedata
from contextvars import ContextVar
from typing import NamedTuple

from techprio.errors import Sayable, did_you_mean, proposed
from techprio.inputs.numbers import PLAIN, Locale, number_proposal, readings
from techprio.language import text
from techprio.near_names import latin_letters

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_YAML_FLAGS = ("true", "True", "TRUE", "false", "False", "FALSE")
_FLAG_WORDS = {True: ("yes", "có", "co", "đúng"), False: ("no", "không", "khong", "sai")}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class CellProblem(NamedTuple):
    """Why a text cannot be read as what its column holds."""

    code: str
    allowed: Sayable
    proposal: Sayable = ""


def clean(raw: str) -> str:
    """Give a text in composed letters, without blanks at its ends."""
    return unicodedata.normalize("NFC", raw).strip().strip("\ufeff\u00a0\u200b").strip()


def parse_number(words: str) -> float | CellProblem:
    """Read a number with decimal point.

    Examples
    --------
    >>> parse_number("0.35")
    0.35
    >>> print(parse_number("0,35").proposal)
    write 0.35
    """
    if PLAIN.fullmatch(words):
        number = float(words)
        if math.isfinite(number) and not (words[-4:-3] == "." and is_ambiguous(words)):
            return number
    return CellProblem("T110", text("a number with decimal point, such as 0.35"), number_proposal(words))


def is_ambiguous(words: str) -> bool:
    """Return whether a number may be grouped thousands: ``6.000``, but not ``6.125`` as programs write.

    Examples
    --------
    >>> is_ambiguous("6.000"), is_ambiguous("6.125"), is_ambiguous("0.350")
    (True, False, False)
    """
    return words[-4:-3] == "." and len(readings(words)) > 1 and f"{float(words):.15g}" != words


def parse_number_freely(words: str, *, locale: Locale | None = None) -> float | CellProblem:
    """Read a number that people typed: any spelling that has exactly one reading.

    Examples
    --------
    >>> parse_number_freely("1\u00a0250"), parse_number_freely("0,35")
    (1250.0, 0.35)
    >>> print(parse_number_freely("12.500").proposal)
    two readings: write 12.5 or 12500
    """
    found = readings(words, locale=locale)
    if len(found) == 1:
        return found[0]
    return CellProblem("T110", text("a number with one reading"), number_proposal(words))


def parse_flag(words: str) -> bool | CellProblem:
    """Read true or false: a word of YAML 1.2, or yes and no in either language.

    Examples
    --------
    >>> parse_flag("True"), parse_flag("có"), parse_flag("tru").proposal.render("en")
    (True, True, 'did you mean true?')
    """
    if words in _YAML_FLAGS:
        return words[0] in "tT"
    for flag, known in _FLAG_WORDS.items():
        if words.casefold() in known:
            return flag
    return CellProblem("T113", "true, false", did_you_mean(words, ["true", "false"]))


def parse_integer(words: str) -> int | CellProblem:
    """Read a whole number; ``1e5`` and ``3.0`` are whole numbers too."""
    value = parse_number(words)
    if isinstance(value, CellProblem):
        return CellProblem("T111", text("a whole number"), value.proposal)
    return int(value) if value.is_integer() else CellProblem("T111", text("a whole number"))


def parse_month(words: str) -> str | CellProblem:
    """Read a month written ``YYYY-MM``."""
    if _MONTH.fullmatch(words):
        return words
    return CellProblem("T116", text("a month written YYYY-MM, such as 2028-07"), _month_proposal(words))


ANY_IDS: ContextVar[bool] = ContextVar("any_ids", default=False)
"""Whether the study that is being read says ``ids: any``, as one saved from frames with names does."""


def is_plain_id(words: str) -> bool:
    """Return whether words are an id as files have it: letters without marks, digits, ``_-.``."""
    return _ID.fullmatch(words) is not None


def parse_id(words: str) -> str | CellProblem:
    """Read an id: letters without marks, digits, ``_-.``; any words where the study says so."""
    if is_plain_id(words) or (ANY_IDS.get() and words and ";" not in words):
        return words
    plain = plain_letters(latin_letters(words))
    proposal = re.sub(r"[^A-Za-z0-9_.\-]+", "_", plain).strip("_.-")
    allowed = text("letters without marks, digits, '_', '-' and '.'")
    has_all_letters = not re.search(r"[^\W_a-zA-Z0-9]", plain)
    return CellProblem("T115", allowed, proposed(proposal) if proposal and has_all_letters else "")


def parse_person(words: str) -> str | CellProblem:
    """Read the code of a person; where it is none, no code is made of what may be a name."""
    found = parse_id(words)
    if isinstance(found, CellProblem):
        return found._replace(proposal=text("give each person a code such as e1, not the name"))
    return found


def parse_list(words: str) -> tuple[str, ...] | CellProblem:
    """Read a list whose entries are parted by semicolons."""
    if not words:
        return ()
    entries = tuple(clean(entry) for entry in words.split(";"))
    if "" in entries or len(set(entries)) < len(entries):
        tidy = ";".join(dict.fromkeys(entry for entry in entries if entry))
        return CellProblem("T117", text("different entries, parted by semicolons"), proposed(tidy))
    return entries


def has_control_characters(words: str) -> bool:
    """Return whether a text holds signs that no office program can show."""
    return bool(_CONTROL.search(words))


def plain_letters(words: str) -> str:
    """Take the marks off letters: ``Đất hiếm`` becomes ``Dat hiem``."""
    parts = unicodedata.normalize("NFD", words.replace("đ", "d").replace("Đ", "D"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def _month_proposal(words: str) -> Sayable:
    turned = re.fullmatch(r"(0?[1-9]|1[0-2])[/.\-]([0-9]{4})", words)
    if turned:
        return proposed(f"{turned[2]}-{int(turned[1]):02d}")
    loose = re.fullmatch(r"([0-9]{4})[/.\-](0?[1-9]|1[0-2])([/.\-][0-9]{1,2})?", words)
    return proposed(f"{loose[1]}-{int(loose[2]):02d}") if loose else ""


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")


def tidy(words: str) -> str:
    """Give a name in composed letters, with single blanks and nothing that cannot be seen.

    Examples
    --------
    >>> tidy(" Chi\u00a0phí\u200b ")
    'Chi phí'
    """
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", words)).split())


def name_key(words: str) -> str:
    """Bring a name to the form in which names are compared.

    Tone marks are moved to the end of their syllable, so that the old and the new manner of placing
    them (``hoà``, ``hòa``) are one.

    Examples
    --------
    >>> name_key("Điều  hoà") == name_key("điều hòa")
    True
    >>> name_key("mạ") == name_key("má")
    False
    """
    parts = unicodedata.normalize("NFD", tidy(words).casefold())
    return " ".join(_tone_last(word) for word in parts.split(" "))


def _tone_last(word: str) -> str:
    tones = [sign for sign in word if sign in _TONES]
    return "".join(sign for sign in word if sign not in _TONES) + "".join(tones)
