"""Files that techprio has written and reads again, such as the record of a run or of a round.

Between writing and reading anything may happen to them: an editor, a synchronised folder, a disk. What is
read is therefore held against the shape in which it was written, and everything that is otherwise is named.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import typing
from collections import abc
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from techprio.annotations import allowed_by, as_written, fits
from techprio.errors import DataFileError, Problem, Sayable, file_reason
from techprio.language import text

T = TypeVar("T")
_MISSING = object()
_SEAL = "checksum"
_HALF_SIGN = re.compile(r"\\u[dD][89a-fA-F]")


def read_kept(path: Path, shape: type[T], *, code: str, allowed: Sayable, proposal: Sayable = "") -> T:
    r"""Return what a JSON file holds, in the shape in which it was written.

    Parameters
    ----------
    path : Path
    shape : TypedDict
        Keys with what stands under them; keys beside them are nobody's business.
    code : str
        Of the problems.
    allowed : Text
        What the file should be, where it is none.
    proposal : Text, optional
        What to do about it.

    Raises
    ------
    DataFileError
        No such file, no UTF-8, no JSON (also ``NaN`` and numbers beyond all limits), or every key whose
        value is of another shape.

    Examples
    --------
    >>> import tempfile
    >>> Kept = typing.TypedDict("Kept", {"version": str, "draws": int})
    >>> file = Path(tempfile.mkdtemp()) / "run.json"
    >>> _ = file.write_text('{"version": "0.1.0", "draws": "many"}', encoding="utf-8")
    >>> try:
    ...     read_kept(file, Kept, code="T102", allowed="the record of a run")
    ... except DataFileError as error:
    ...     print(error.problems[0].field, error.problems[0].found, error.problems[0].allowed)
    draws 'many' a whole number
    """
    words = read_words(path, code=code, allowed=allowed, proposal=proposal)
    try:
        value = parse_json(words)
    except ValueError as error:
        line = text("line {line}", line=error.lineno) if isinstance(error, json.JSONDecodeError) else ""
        damaged = text("a damaged file")
        raise DataFileError([Problem(code, str(path), line, "", damaged, allowed, proposal)]) from error
    wrong = [
        Problem(code, str(path), "", name, found, wanted if name else allowed, proposal)
        for name, found, wanted in contradictions(value, shape)
    ]
    if wrong:
        raise DataFileError(wrong)
    return typing.cast(T, value)


def read_words(path: Path, *, code: str, allowed: Sayable, proposal: Sayable = "") -> str:
    """Return the text of a file that was written in UTF-8; arguments of :func:`read_kept`.

    Raises
    ------
    DataFileError
        No such file, or no UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        found = file_reason(error) if isinstance(error, OSError) else text("a damaged file")
        raise DataFileError([Problem(code, str(path), "", "", found, allowed, proposal)]) from error


def parse_json(words: str, *, finite: bool = True) -> Any:
    r"""Return the value of a JSON text, with finite numbers and whole signs only.

    Half a sign, which a page writes as ``\ud83d`` where a text was cut inside it, becomes the replacement
    character: no file could hold it.

    Parameters
    ----------
    words : str
    finite : bool
        False lets ``NaN`` and numbers beyond all limits through, for a reader that answers each by itself.

    Raises
    ------
    ValueError
        No JSON, a number that is not finite, or brackets deeper than anything that is written.

    Examples
    --------
    >>> parse_json('["half a sign: \\ud83d", 1]')
    ['half a sign: \ufffd', 1]
    """
    try:
        strict = {"parse_constant": _no_number, "parse_float": _finite} if finite else {}
        value = json.loads(words, **strict)  # type: ignore[arg-type]
        if not _HALF_SIGN.search(words):
            return value
        whole = json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass")
        return json.loads(whole.decode("utf-16", "replace"))
    except RecursionError as error:
        raise ValueError(str(error)) from error


def sealed(content: Mapping[str, Any], *, indent: int | None = None) -> bytes:
    r"""Return content as JSON with a checksum (SHA-256), so that any change of it is seen when it is read.

    With ``indent`` it is written for people, a key a line.

    Examples
    --------
    >>> sealed({"draws": 2})[:36]
    b'{"draws":2,"checksum":"89dad05bcf9d6'
    """
    whole = {**content, _SEAL: _checksum(content)}
    words = _compact(whole) if indent is None else json.dumps(whole, ensure_ascii=False, indent=indent)
    return f"{words}\n".encode()


def check_seal(path: Path, content: Mapping[str, Any], *, code: str, proposal: Sayable = "") -> None:
    """Stop on content that :func:`sealed` did not write as it is.

    Raises
    ------
    DataFileError
    """
    rest = {key: value for key, value in content.items() if key != _SEAL}
    if content.get(_SEAL) != _checksum(rest):
        found, allowed = text("another content"), text("the file as it was written")
        raise DataFileError([Problem(code, str(path), "", _SEAL, found, allowed, proposal)])


def _compact(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _checksum(content: Mapping[str, Any]) -> str:
    return checksum_of(_compact(content))


def checksum_of(content: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


class _Listing(typing.TypedDict):
    files: Sequence[str]


def files_listed(record: Path, *, code: str, allowed: Sayable) -> list[str]:
    """Return the names of the files beside a record that were written with it; none without a record.

    Parameters
    ----------
    record : Path
        JSON with the list ``files``.
    code : str
        Of the problems.
    allowed : Text
        What the record should be.

    Returns
    -------
    list of str
        Names that lead out of the folder are left out.

    Raises
    ------
    DataFileError
        The record is there and cannot be read: what was written with it is not known.
    """
    if not record.exists():
        return []
    proposal = text("give another folder, or remove {file} and what was written with it", file=record.name)
    listing = read_kept(record, _Listing, code=code, allowed=allowed, proposal=proposal)
    return [name for name in listing["files"] if _is_inside(name)]


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and not {"..", "\\", ":", "\0"} & {*path.parts, *name}


def contradictions(value: Any, hint: Any, name: str = "") -> Iterator[tuple[str, Sayable, Sayable]]:
    """Give name, what was found and what is allowed for each part that is not what its declaration says.

    Examples
    --------
    >>> [(name, str(found)) for name, found, _ in contradictions({"a": ["x", 1]}, Mapping[str, list[str]])]
    [('a[2]', '1')]
    """
    if fits(value, hint):
        return
    inside = [*_parts(value, hint, name)]
    if not inside:
        yield name, text("nothing") if value is _MISSING else as_written(value), allowed_by(hint)
    for part, inner, inner_name in inside:
        yield from contradictions(part, inner, inner_name)


def _parts(value: Any, hint: Any, name: str) -> Iterator[tuple[Any, Any, str]]:
    """Give the values inside a value, each with its declaration and its name."""
    kind, inner = typing.get_origin(hint), typing.get_args(hint)
    if isinstance(value, Mapping) and typing.is_typeddict(hint):
        for key, wanted in typing.get_type_hints(hint).items():
            if key in value or key in hint.__required_keys__:
                yield value.get(key, _MISSING), wanted, f"{name}.{key}".strip(".")
    elif isinstance(value, Mapping) and kind is abc.Mapping:
        for key, part in value.items():
            yield part, inner[1], f"{name}.{key}".strip(".")
    elif isinstance(value, list) and kind in (abc.Sequence, list):
        for number, part in enumerate(value, 1):
            yield part, inner[0], f"{name}[{number}]"


def _no_number(word: str) -> float:
    raise ValueError(word)


def _finite(word: str) -> float:
    number = float(word)
    return number if math.isfinite(number) else _no_number(word)
