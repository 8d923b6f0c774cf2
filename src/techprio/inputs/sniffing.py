"""What kind of file the bytes are, whatever its name says; and text out of bytes: UTF-8 or UTF-16."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Literal

from techprio.errors import Sayable
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.legacy_text import likely_reading
from techprio.language import text

Kind = Literal["text", "xlsx", "xls", "ods", "xlsb"]
MOST_BYTES = 300_000_000
"""What a workbook may take when it is unpacked: some four million cells."""
MOST_CELLS = 1_000_000
"""What a table may have: more than thirty provinces have scores."""
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What the readers of archives raise on bytes that were spoiled."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_packed(data: bytes) -> bool:
    """Return whether a file begins like a workbook: a zip archive, or Excel 97-2003."""
    return data.startswith((b"PK", _OLE))


def sniff(data: bytes, file: str, diagnostics: Diagnostics) -> Kind | None:
    """Return the kind of a file; None, with the reason noted, when it is none that can be read."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            _refuse(
                "T123",
                file,
                text("a workbook with a password"),
                text("save a copy without a password"),
                diagnostics,
            )
            return None
        return "xls"
    if data.startswith(b"PK"):
        return _sniff_zip(data, file, diagnostics)
    if max(data.count(sign) for sign in (b",", b";", b"\t", b"|", b"\n")) > MOST_CELLS:
        _refuse_size(file, diagnostics)
        return None
    if re.match(rb"[\xef\xbb\xbf\s]*<", data[:200]):
        shape = (
            "HTML"
            if re.search(rb"<(html|table|!doctype html|body|head|meta)", data[:4000], re.IGNORECASE)
            else "XML"
        )
        found = text("{format} under the name of a table", format=shape)
        _refuse(
            "T124",
            file,
            found,
            text("open it in Excel and save it as an Excel Workbook (.xlsx)"),
            diagnostics,
        )
        return None
    return "text"


def _sniff_zip(data: bytes, file: str, diagnostics: Diagnostics) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            unpacked = sum(part.file_size for part in archive.infolist())
            is_full = unpacked <= MOST_BYTES and _has_too_many_cells(archive)
    except _DAMAGED:
        _refuse(
            "T102", file, text("a damaged workbook"), text("open it in Excel and save it again"), diagnostics
        )
        return None
    kind = _kind_of(names)
    if kind is None:
        _refuse("T102", file, text("a zip archive"), text("unpack it first"), diagnostics)
    elif unpacked > MOST_BYTES:
        found = text("{size} MB when unpacked", size=unpacked // 1_000_000)
        allowed = text("a workbook of at most {size} MB when unpacked", size=MOST_BYTES // 1_000_000)
        proposal = text("copy the table alone into a new workbook")
        diagnostics.add("T102", Location(file), found=found, allowed=allowed, proposal=proposal)
        return None
    elif is_full:
        _refuse_size(file, diagnostics)
        return None
    return kind


def _has_too_many_cells(archive: zipfile.ZipFile) -> bool:
    """Whether one sheet of a workbook has more cells than a table may have; counted as it is unpacked."""
    for part in archive.infolist():
        if part.filename.startswith("xl/worksheets/") or part.filename == "content.xml":
            mark = b"table-cell" if part.filename == "content.xml" else b"<c "
            count, last = 0, b""
            with archive.open(part) as stream:
                while chunk := stream.read(1 << 20):
                    count += (last + chunk).count(mark)
                    last = chunk[1 - len(mark) :]
            if count > MOST_CELLS * (2 if part.filename == "content.xml" else 1):
                return True
    return False


def _refuse_size(file: str, diagnostics: Diagnostics) -> None:
    found = text("more than {count} cells", count=MOST_CELLS)
    allowed = text("a table of at most {count} cells", count=MOST_CELLS)
    proposal = text("copy the table alone into a new file, one file a part")
    diagnostics.add("T102", Location(file), found=found, allowed=allowed, proposal=proposal)


def _kind_of(names: set[str]) -> Kind | None:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    return "xlsb" if "xl/workbook.bin" in names else None


def _refuse(code: str, file: str, found: Sayable, proposal: Sayable, diagnostics: Diagnostics) -> None:
    allowed = text("CSV UTF-8, or a workbook without a password")
    diagnostics.add(code, Location(file), found=found, allowed=allowed, proposal=proposal)


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
