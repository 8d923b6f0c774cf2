"""Pictures that the prose of a report shows: found in the Markdown, read beside the texts."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.files import StudyFiles
from techprio.language import text

FOLDER = "texts"
_KINDS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
_ELSEWHERE = re.compile(r"^([a-z][a-z0-9+.-]*:|//|/|\\)", re.IGNORECASE)


def pictures_in(markdown: str) -> Iterator[tuple[str, int]]:
    r"""Give the address of every picture of a Markdown text, with its line.

    Examples
    --------
    >>> list(pictures_in("Bối cảnh\n\n![Bản đồ](map.png)"))
    [('map.png', 3)]
    """
    from markdown_it import MarkdownIt

    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown):
        for child in token.children or ():
            if child.type != "image":
                continue
            written = str(child.attrs["src"])
            lines = token.content.split("\n")
            place = next((n for n, line in enumerate(lines) if picture_name(written) in _name(line)), 0)
            yield picture_name(written), (token.map[0] if token.map else 0) + place + 1


def picture_name(address: str) -> str:
    """Return an address as people write it: letters composed, nothing encoded.

    Examples
    --------
    >>> picture_name("b%E1%BA%A3n%20%C4%91%E1%BB%93.png")
    'bản đồ.png'
    """
    return _name(unquote(address))


def _name(words: str) -> str:
    return unicodedata.normalize("NFC", unquote(words))


def read_pictures(markdown: str, file: str, files: StudyFiles, diagnostics: Diagnostics) -> dict[str, bytes]:
    """Read the pictures of a text; a problem with the line for each that cannot be printed."""
    found: dict[str, bytes] = {}
    for address, line in pictures_in(markdown):
        location = Location(file, line)
        allowed = text("a PNG, JPEG or GIF file inside the folder {folder}", folder=FOLDER)
        path = posixpath.normpath(f"{FOLDER}/{address}")
        if _ELSEWHERE.match(address) or "\\" in address or not path.startswith(f"{FOLDER}/"):
            diagnostics.add("T133", location, found=address, allowed=allowed)
            continue
        data = files.read(path, named_at=location)
        if data is None:
            continue
        if not _is_picture(data):
            diagnostics.add("T133", location, found=address, allowed=allowed)
            continue
        found[address] = data
    return found


def _is_picture(data: bytes) -> bool:
    """Return whether the bytes are a picture that a document can hold."""
    from docx.image.image import Image

    if not data.startswith(_KINDS):
        return False
    try:
        image = Image.from_blob(data)
        return image.px_width > 0 and image.px_height > 0
    except Exception:  # the parser meets whatever bytes there are with whatever error
        return False
