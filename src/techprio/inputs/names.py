"""When two names are one name: letters composed or not, blanks, capitals and the place of the tone mark."""

from __future__ import annotations

import re
import unicodedata

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
