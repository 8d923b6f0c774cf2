"""Texts of legacy code pages: recognized, and repaired for the proposal, never taken over.

The table of TCVN3 (TCVN 5712:1993, the code of the .Vn fonts) is the standard's, as its letters look
when their bytes are read as Windows-1252.
"""

from __future__ import annotations

import re
import unicodedata

_TCVN3 = str.maketrans(
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
)
_SIGNS_IN_WORDS = re.compile(
    r"[A-Za-zÀ-ÿ][µ¶·¸¹¨»¼½¾©®ª«¬\u00ad×÷¡¢£¤¥¦§]|[µ¶·¸¹¨»¼½¾©®ª«¬\u00ad×÷¡¢£¤¥¦§][A-Za-zÀ-ÿ]"
)
_VIETNAMESE = re.compile(
    "[àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ]", re.IGNORECASE
)


def is_legacy_font(font: str) -> bool:
    """Return whether a font belongs to a legacy code page.

    Examples
    --------
    >>> is_legacy_font(".VnTime"), is_legacy_font("Times New Roman")
    (True, False)
    """
    return font.startswith((".Vn", "VNI-"))


def from_tcvn3(words: str) -> str:
    """Repair a text of TCVN3.

    Examples
    --------
    >>> from_tcvn3("C«ng nghÖ sinh häc")
    'Công nghệ sinh học'
    """
    return words.translate(_TCVN3)


def from_mojibake(words: str) -> str | None:
    """Repair UTF-8 that was once read as Windows-1252; None when it was not.

    Examples
    --------
    >>> from_mojibake("CÃ´ng nghá»‡")
    'Công nghệ'
    >>> from_mojibake("Công nghệ") is None
    True
    """
    if words.isascii():
        return None
    try:
        repaired = b"".join(_byte(sign) for sign in words).decode("utf-8")
    except ValueError:
        return None
    return unicodedata.normalize("NFC", repaired) if len(repaired) < len(words) else None


def _byte(sign: str) -> bytes:
    """Return the byte that Windows-1252 shows as this sign; its five gaps stand for themselves."""
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def repaired(words: str, *, font: str = "") -> str | None:
    """Return what a legacy text was meant to be; None when the text is sound.

    Examples
    --------
    >>> repaired("N¨ng l\u00adîng t¸i t¹o")
    'Năng lượng tái tạo'
    >>> repaired("Máy Bosch® 5·10³ m²") is None
    True
    """
    if words.isascii():
        return None
    mojibake = from_mojibake(words)
    if mojibake is not None:
        return mojibake
    in_words = len(_SIGNS_IN_WORDS.findall(words))
    if (is_legacy_font(font) and in_words) or in_words >= 2:
        return from_tcvn3(words)
    return from_tcvn3(words) if is_legacy_font(font) and not _is_composed(words) else None


def _is_composed(words: str) -> bool:
    return any(ord(sign) > 0xFF for sign in unicodedata.normalize("NFC", words))


def likely_reading(data: bytes) -> tuple[str, str] | None:
    """Return the code page that bytes most likely have, and their first line with marks in it."""
    readings = {
        "Windows-1258": unicodedata.normalize("NFC", data.decode("cp1258", errors="replace")),
        "TCVN3": from_tcvn3(data.decode("cp1252", errors="replace")),
    }
    name = max(readings, key=lambda key: _vietnamese_share(readings[key]))
    if not _VIETNAMESE.search(readings[name]):
        return None
    line = next(line for line in readings[name].splitlines() if _VIETNAMESE.search(line))
    return name, line.strip()[:80]


def _vietnamese_share(words: str) -> float:
    marked = [sign for sign in words if not sign.isascii()]
    return len(_VIETNAMESE.findall("".join(marked))) / max(len(marked), 1)
