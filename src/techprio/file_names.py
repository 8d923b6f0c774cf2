"""Names of files that every system takes: Windows refuses signs, endings and words that others allow."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 80
_SIGNS = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


def portable_name(words: str) -> str:
    """Return words as the name of a file or folder on any system.

    Signs that Windows refuses become ``_``, dots and blanks at the end go, the name of a device gets a ``_``,
    and what is too long is cut. A name that had to be changed ends with a mark of the words, so that two
    names stay two.

    Examples
    --------
    >>> portable_name("AGR tưới"), portable_name("a:b"), portable_name("con")
    ('AGR tưới', 'a_b-6783a31e', 'con_-1143da2b')
    >>> len(portable_name("a" * 300))
    80
    """
    stated = unicodedata.normalize("NFC", words)
    name = _SIGNS.sub("_", stated).rstrip(". ")
    if found := _DEVICES.match(name):
        name = f"{found[1]}_{name[found.end(1) :]}"
    if name and name == stated and len(name) <= LONGEST and len(name.encode()) <= 2 * LONGEST:
        return name
    mark = hashlib.sha256(stated.encode()).hexdigest()[:8]
    kept = name[: LONGEST - len(mark) - 1]
    while len(kept.encode()) > 2 * LONGEST:
        kept = kept[:-1]
    return f"{kept}-{mark}"
