"""Bytes into text: UTF-8 or UTF-16; anything else is refused with a word on what it may be."""

from __future__ import annotations

from techprio.errors import Sayable
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.legacy_text import likely_reading
from techprio.language import text


def decode(data: bytes, file: str, diagnostics: Diagnostics) -> str | None:
    """Return the text of a file, or note why it cannot be read."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        diagnostics.add("T103", Location(file), found=text("an empty file"), allowed=text("a file with text"))
        return None
    try:
        words = data.decode(_encoding(data))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = text("the byte {byte}, which UTF-8 does not have there", byte=f"0x{data[error.start]:02x}")
        diagnostics.add("T104", Location(file, line), found=found, allowed="UTF-8", proposal=_guess(data))
        return None
    if "\0" in words:
        line = words.count("\n", 0, words.index("\0")) + 1
        found = text("a file that is not text")
        diagnostics.add("T102", Location(file, line), found=found, allowed=text("a file with text"))
        return None
    return words


def _encoding(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    sample = data[:2000]
    if sample[1::2].count(0) > len(sample) // 4:
        return "utf-16-le"
    if sample[::2].count(0) > len(sample) // 4:
        return "utf-16-be"
    return "utf-8-sig"


def _guess(data: bytes) -> Sayable:
    reading = likely_reading(data)
    if reading is None:
        return text("save it as CSV UTF-8")
    name, sample = reading
    return text(
        "it is probably {encoding}, {sample}: save it as CSV UTF-8", encoding=name, sample=repr(sample)
    )
