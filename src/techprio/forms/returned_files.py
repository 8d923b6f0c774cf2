"""Everything that lies in a folder of returned forms, unpacked: workbooks, answer files, mails, archives."""

from __future__ import annotations

import codecs
import contextlib
import email
import email.policy
import io
import lzma
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from techprio.display.quantities import Words
from techprio.forms.answer_file import FORMAT, has_pasted, pasted_texts
from techprio.language import text

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".ods", ".xls")
_CLOSED = (".rar", ".7z", ".tar", ".gz", ".tgz", ".msg", ".mht", ".mhtml", ".numbers")
_SCANS = (".pdf", ".jpg", ".jpeg", ".png", ".heic", ".tif", ".tiff", ".doc", ".docx", ".odt", ".rtf")
MOST_BYTES = 50_000_000
"""What one file of an archive may take when it is unpacked."""
MOST_TEXT = 5_000_000
MOST_DEEP = 3
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, ValueError, EOFError, RuntimeError,
    NotImplementedError,
)  # fmt: skip
_SYSTEM = (".ds_store", "thumbs.db", "desktop.ini")


class Item(NamedTuple):
    """One file: its path in the folder, its bytes, or why it is not looked at."""

    path: str
    data: bytes
    why: Words = ""
    refused: bool = False

    @property
    def is_workbook(self) -> bool:
        """Whether the name is that of a workbook."""
        return self.path.lower().endswith(WORKBOOKS)


def returned_items(folder: Path) -> Iterator[Item]:
    """Give every file of a folder, those inside of mails and archives too."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = unicodedata.normalize("NFC", path.relative_to(folder).as_posix())
        try:
            data = path.read_bytes()
        except OSError as error:
            yield Item(name, b"", text("cannot be read ({why})", why=error.strerror or ""), refused=True)
            continue
        yield from _unpacked(name, data, 0)


def _unpacked(path: str, data: bytes, depth: int) -> Iterator[Item]:
    name = path.rpartition("/")[2]
    data = _as_utf8(data)
    ending = "." + name.rpartition(".")[2].lower() if "." in name else ""
    if name.startswith("~$"):
        open_one = name.removeprefix("~$")
        yield Item(
            path,
            b"",
            text("{file} is open in Excel; answers that are not saved yet are not in it", file=open_one),
        )
    elif name.startswith((".", "._")) or name.lower() in _SYSTEM:
        yield Item(path, b"", text("a file of the system"))
    elif ending in WORKBOOKS or (ending not in (".eml", ".zip", ".html", ".htm") and _is_ours(name, data)):
        yield from _one_by_one(path, data)
    elif ending in (".zip", ".eml") and depth >= MOST_DEEP:
        yield Item(path, b"", text("an archive inside of archives; unpack it"), refused=True)
    elif ending == ".zip":
        yield from _of_archive(path, data, depth)
    elif ending == ".eml":
        yield from _of_mail(path, data, depth)
    elif ending in _CLOSED:
        why = text("a kind of file that is not opened; save what is in it into the folder")
        yield Item(path, b"", why, refused=True)
    elif ending in _SCANS:
        yield Item(path, b"", text("a picture or a text; answers on paper are typed into the workbook"))
    elif ending in (".html", ".htm"):
        yield Item(path, b"", text("the questionnaire itself; its answers are in the file that it saves"))
    elif ending in (".txt", ".json"):
        yield Item(path, b"", text("text without answers of a form"))
    else:
        yield Item(path, b"", text("not a form"))


def _as_utf8(data: bytes) -> bytes:
    """Return a text that Windows saved as "Unicode" in the letters of all others."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    with contextlib.suppress(UnicodeError):
        return data.decode("utf-16").encode()
    return data


def _is_ours(name: str, data: bytes) -> bool:
    """Whether a file says that it holds answers, damaged or not."""
    named = name.lower().endswith(".answers.json")
    return named or FORMAT.encode() in data or (len(data) < MOST_TEXT and _pasted_in(data))


def _pasted_in(data: bytes) -> bool:
    return b"TECHPRIO" in data.upper() and has_pasted(data.decode("utf-8", errors="replace"))


def _one_by_one(path: str, data: bytes) -> Iterator[Item]:
    """Give every answer that was pasted into a text by itself: a chat, or a reply above an earlier mail."""
    texts = pasted_texts(data.decode("utf-8", errors="replace")) if _pasted_in(data) else []
    if len(texts) < 2 or path.lower().endswith(WORKBOOKS):
        yield Item(path, data)
        return
    for number, words in enumerate(texts, 1):
        yield Item(f"{path}/{number}", words.encode())


def _of_archive(path: str, data: bytes, depth: int) -> Iterator[Item]:
    damaged = text("a damaged archive, or one with a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            if not parts:
                yield Item(path, b"", text("an archive without files"))
            for part in sorted(parts, key=lambda one: one.filename):
                inner = f"{path}/{_name_of(part)}"
                if part.file_size > MOST_BYTES:
                    yield Item(inner, b"", text("too large"), refused=True)
                    continue
                try:
                    content = archive.read(part)
                except _DAMAGED:
                    yield Item(inner, b"", damaged, refused=True)
                    continue
                yield from _unpacked(inner, content, depth + 1)
    except _DAMAGED:
        yield Item(path, b"", damaged, refused=True)


def _name_of(part: zipfile.ZipInfo) -> str:
    """Return the name of a file of an archive; Windows writes UTF-8 without saying so."""
    name = part.filename
    if not part.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name)


def _of_mail(path: str, data: bytes, depth: int) -> Iterator[Item]:
    mail = email.message_from_bytes(data, policy=email.policy.default)
    found = False
    for number, part in enumerate(mail.walk()):
        assert isinstance(part, EmailMessage)
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        name = part.get_filename()
        if name:
            found = True
            inner = f"{path}/{unicodedata.normalize('NFC', name.rpartition('/')[2])}"
            yield from _unpacked(inner, content if isinstance(content, bytes) else b"", depth + 1)
        elif isinstance(content, bytes) and _pasted_in(content):
            if part.get_content_subtype() == "html" and found:
                continue  # the same text once more
            found = True
            yield from _one_by_one(f"{path}/text-{number}.txt", content)
    if not found:
        yield Item(path, b"", text("a mail without a form"))
