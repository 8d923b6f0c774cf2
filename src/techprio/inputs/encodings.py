"""Bytes into text: UTF-8 or nothing, with a word on what else it may be."""

from __future__ import annotations

from techprio.errors import Sayable
from techprio.inputs.findings import Findings, Spot
from techprio.language import text


def decode(data: bytes, file: str, findings: Findings) -> str | None:
    """Return the text of a file, or note why it cannot be read."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        findings.add("T103", Spot(file), found=text("an empty file"), allowed=text("a file with text"))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = text("the byte {byte}, which UTF-8 does not have there", byte=f"0x{data[error.start]:02x}")
        findings.add("T104", Spot(file, line), found=found, allowed="UTF-8", proposal=_guess(data))
        return None


def _guess(data: bytes) -> Sayable:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return text("the file is UTF-16: save it as CSV UTF-8")
    if data[:4] == b"PK\x03\x04":
        return text("the file is a workbook: save it as CSV UTF-8")
    return text("save it as CSV UTF-8")
