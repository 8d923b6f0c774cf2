"""Which of the known names was meant: look-alike signs and the shape of codes first, then slips of letters.

A name that two known names explain equally well is left open: a wrong proposal that is obeyed changes data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

#: Signs of other alphabets that look like Latin ones, and what looks alike in print.
_FOREIGN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧοĐđ–—−‐‑",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXoDd-----",
)
_ALIKE = str.maketrans("oqilzsbg|!", "0011258611")
_NUMBER = re.compile(r"[0-9]+")
_BETWEEN = re.compile(r"[^\w|!]+|_+")


def near_name(name: str, names: Sequence[str]) -> str | None:
    """Find the name that was most likely meant; None when none is near, or two are as near.

    Parameters
    ----------
    name : str
        What was found.
    names : sequence of str
        What is known.

    Notes
    -----
    Five comparisons, each only when those before found nothing: the same but for case, marks, blanks and
    signs between; the same but for leading zeros; the same but for look-alike signs (O and 0, l and 1, a
    Cyrillic А); one slip (a letter left out, added, exchanged or two turned round [1]_) in three letters,
    with the same numbers in it, because codes that differ in a number name different things. Last, the one
    word that begins with the letters given (gauss for gaussian).

    References
    ----------
    .. [1] Damerau (1964), A technique for computer detection and correction of spelling errors.

    Examples
    --------
    >>> near_name("maximise", ["maximize", "minimize"]), near_name("AGR-O1", ["AGR01", "AGR16"])
    ('maximize', 'AGR01')
    >>> near_name("AGR1", ["AGR01", "AGR10", "AGR11"]), near_name("T19", ["T11", "T12"])
    ('AGR01', None)
    """
    name, known = str(name), list(dict.fromkeys(str(candidate) for candidate in names))
    for folding in (_folded, _without_zeros, _alike):
        found = _same(name, known, folding)
        if found:
            return found[0] if len(found) == 1 and not _has_rival(name, found[0], known) else None
    others = [one for one in known if not _is_other_number(_folded(name), _folded(one))]
    return _one_slip_away(_without_zeros(name), others) or _cut_short(_folded(name), known)


def latin_letters(name: str) -> str:
    """Replace letters of other alphabets, and wide ones, by the Latin letters that look like them.

    Examples
    --------
    >>> latin_letters("АGR01")  # the first letter is Cyrillic
    'AGR01'
    """
    return unicodedata.normalize("NFKC", name).translate(_FOREIGN)


def _has_rival(name: str, near: str, known: Sequence[str]) -> bool:
    """Return whether a name with a digit too many is one digit from another: AGR011, AGR11 and AGR01."""
    folded = _folded(name)
    if len(folded) <= len(_folded(near)):
        return False
    return any(_slips(folded, _folded(other)) <= 1 for other in known if other != near)


def _is_other_number(name: str, candidate: str) -> bool:
    """Return whether a name has the letters of a code and then another number: AGRl2 is AGR12, not AGR02."""
    letters = re.match(r"[^0-9]+", candidate)
    if not letters or not name.startswith(letters[0]):
        return False
    mine, other = name[letters.end() :].translate(_ALIKE), candidate[letters.end() :].translate(_ALIKE)
    if not re.fullmatch(r"[0-9.]+", mine) or not re.fullmatch(r"[0-9.]+", other):
        return False
    return _plain_numbers(mine) != _plain_numbers(other)


def _plain_numbers(digits: str) -> str:
    return _NUMBER.sub(lambda number: number[0].lstrip("0") or "0", digits)


@lru_cache(maxsize=8192)
def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", latin_letters(name)).casefold()
    letters = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return _BETWEEN.sub(lambda signs: "." if _parts_numbers(signs) else "", letters)


def _parts_numbers(signs: re.Match[str]) -> bool:
    """Return whether signs stand between two digits: 1.2 is not 12."""
    before, after = signs.string[: signs.start()], signs.string[signs.end() :]
    return before[-1:].isdigit() and after[:1].isdigit()


@lru_cache(maxsize=8192)
def _without_zeros(name: str) -> str:
    return _plain_numbers(_folded(name))


@lru_cache(maxsize=8192)
def _alike(name: str) -> str:
    """Return a name with its look-alike signs as digits; one of a single sign says too little."""
    folded = _folded(name)
    if len(folded) < 2:
        return ""
    digits = folded.translate(_ALIKE).replace("rn", "m").replace("vv", "w")
    return _plain_numbers(digits)


def _same(name: str, known: Sequence[str], folding: Callable[[str], str]) -> list[str]:
    wanted = folding(name)
    return [candidate for candidate in known if wanted and folding(candidate) == wanted]


def _one_slip_away(name: str, known: Sequence[str]) -> str | None:
    """Return the one known name with the fewest slips, when they are few for its length."""
    numbers = _NUMBER.findall(name)
    near: dict[str, int] = {}
    for candidate in known:
        folded = _without_zeros(candidate)
        most = min(3, max(len(name), len(folded)) // 3)
        if abs(len(name) - len(folded)) > most or _NUMBER.findall(folded) != numbers:
            continue
        if (slips := _slips(name, folded)) <= most:
            near[candidate] = slips
    best = [candidate for candidate, slips in near.items() if slips == min(near.values())]
    return best[0] if len(best) == 1 else None


def _cut_short(name: str, known: Sequence[str]) -> str | None:
    """Return the one known word that begins with these letters; codes with digits are no words."""
    longer = [one for one in known if len(name) >= 3 and _folded(one).startswith(name)]
    return longer[0] if len(longer) == 1 and not _NUMBER.search(_folded(longer[0])) else None


def _slips(one: str, other: str) -> int:
    """Return the optimal string alignment distance of two names."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        above, before = before, row
        row = [i]
        for j, against in enumerate(other, 1):
            fewest = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != against))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == against:
                fewest = min(fewest, above[j - 2] + 1)
            row.append(fewest)
    return row[-1]
