"""The folder of a result: the old result or the new one, whatever happens while it is written.

A new result is made in a folder beside the target (``.results-<process>.new``), together with the files of
others that stand in the target, and the two folders change their names in one step. Where the system has
no such step the old folder is moved aside first (``.results-<process>.old``) and brought back by the next
run if the second move never came. A folder that cannot be moved (the one that a terminal stands in) is
filled file by file, its record first taken away and last put back: a folder without record is no result.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

from techprio.errors import InputError, TechprioWarning
from techprio.kept_files import files_listed
from techprio.language import Language, text

RECORD = "run.json"
A_RECORD = text("the record that a run writes")
ROOM = 20_000_000  # bytes that a result may need, tried before anything is computed
LONGEST_NAME = 255


def open_result_folder(folder: str | Path) -> Path:
    """Return the place of a result, tried before the work begins.

    An interrupted earlier run is put right first: what it left unfinished is removed.

    Raises
    ------
    InputError
        It is a file or lies below one, cannot be written, has a name that is too long, or the disk is full.
    DataFileError
        A record is there that is not that of a run: which files to replace is not known.
    """
    target = Path(folder)
    full = target.absolute()
    if any(len(os.fsencode(part)) > LONGEST_NAME - len(".-4194304.new") for part in full.parts):
        raise _unusable(folder, text("a name of more than {count} bytes", count=LONGEST_NAME))
    try:
        if target.is_symlink():
            target = full = target.resolve()
        there = next(one for one in (full, *full.parents) if os.path.lexists(one))
        if not there.is_dir():
            raise InputError(
                text("{place}: found a file; allowed: a folder, or a name that is not taken", place=there)
            )
        _put_right(target)
        written_files(target)
        beside = there if there != full else _home(target)
        with tempfile.TemporaryFile(dir=beside) as stream:
            stream.write(b"techprio")
        free = shutil.disk_usage(beside).free
    except OSError as error:
        raise _unusable(folder, _why(error)) from error
    if free < ROOM:
        why = text("{free} MB are free, {room} MB are needed", free=free // 1_000_000, room=ROOM // 1_000_000)
        raise _unusable(folder, why)
    return target


def replace_result(target: Path, files: Mapping[str, bytes], language: Language) -> list[Path]:
    """Put a result in the place of the one that is there, as a whole or not at all.

    Files that the last result did not write are kept.

    Parameters
    ----------
    target : Path
        From :func:`open_result_folder`.
    files : mapping of name to content
        The record among them.
    language : {"vi", "en"}
        Of the warning.

    Returns
    -------
    list of Path
        In the order of their names; in a second folder when another program holds the first one open.

    Raises
    ------
    InputError
        The disk is full, or the place can no longer be written.
    """
    fresh = _home(target) / f".{target.absolute().name}-{os.getpid()}.new"
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for name, content in files.items():
            place = fresh / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        place = _swap(fresh, target, files, language)
    except OSError as error:
        raise _unusable(target, _why(error)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return sorted(place / name for name in files)


def _home(target: Path) -> Path:
    """Return the folder in which a new result is made: beside the target, or in one that cannot be moved."""
    return target if _is_fixed(target) else target.absolute().parent


def _is_fixed(target: Path) -> bool:
    if not target.is_dir():
        return False
    full = target.resolve()
    return Path.cwd().is_relative_to(full) or os.path.ismount(full) or not os.access(full.parent, os.W_OK)


def _swap(fresh: Path, target: Path, files: Mapping[str, bytes], language: Language) -> Path:
    if not target.exists():
        os.rename(fresh, target)
        return target
    if held := _held_files(target):
        return _beside(fresh, target, ", ".join(held), language)
    if _is_fixed(target):
        _fill(fresh, target, files)
        return target
    _keep_others(fresh, target, files)
    try:
        if not _exchange(fresh, target):
            _move_aside(fresh, target)
    except PermissionError:
        return _beside(fresh, target, target.absolute().name, language)
    return target


def _held_files(target: Path) -> list[str]:
    """Return the files of the last result that another program holds open, as Windows sees it."""
    held = []
    for name in written_files(target):
        place = target / name
        try:
            if place.is_file():
                os.replace(place, place)  # does nothing, but is refused where the file is held
                with place.open("r+b"):
                    pass
        except PermissionError:
            held.append(name)
    return held


def _beside(fresh: Path, target: Path, held: str, language: Language) -> Path:
    """Keep a result in a second folder, because the first one is in use."""
    second = _second_name(target.absolute())
    os.rename(fresh, second)
    message = text(
        "{file} is open in another program; the new result is kept as {second}. "
        "Close it in Excel and run again, or give another folder.",
        file=held,
        second=second.name,
    )
    warnings.warn(message.render(language), TechprioWarning, stacklevel=5)
    return second


def _keep_others(fresh: Path, target: Path, files: Mapping[str, bytes]) -> None:
    """Take the files of others along: everything that the last result did not write."""
    outdated = set(written_files(target))
    for name in _names(target):
        if name not in outdated and name not in files:
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            if (target / name).is_dir():
                (fresh / name).mkdir(exist_ok=True)
            else:
                shutil.copy2(target / name, fresh / name, follow_symlinks=False)


def _names(folder: Path) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        here = Path(place).relative_to(folder)
        yield from ((here / name).as_posix() for name in names)
        yield from ((here / one).as_posix() for one in folders if not any((folder / here / one).iterdir()))


def written_files(folder: Path) -> list[str]:
    """Return the names of the files that the result in a folder consists of, by its record.

    Raises
    ------
    DataFileError
        There is a record, and it is not that of a run.
    """
    return files_listed(folder / RECORD, code="T102", allowed=A_RECORD)


def _exchange(fresh: Path, target: Path) -> bool:
    """Change the names of two folders in one step; False where the system has none."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if call(here, os.fsencode(fresh), here, os.fsencode(target), exchange) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False  # a file system without it
    raise OSError(number, os.strerror(number), str(target))


def _move_aside(fresh: Path, target: Path) -> None:
    aside = target.with_name(f".{target.absolute().name}-{os.getpid()}.old")
    os.rename(target, aside)
    try:
        os.rename(fresh, target)
    except OSError:
        os.rename(aside, target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _fill(fresh: Path, target: Path, files: Mapping[str, bytes]) -> None:
    outdated = set(written_files(target)) - set(files)
    (target / RECORD).unlink(missing_ok=True)
    for name in sorted(files, key=lambda name: name == RECORD):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(fresh / name, target / name)
    for name in outdated:
        with contextlib.suppress(OSError):
            (target / name).unlink(missing_ok=True)
            (target / name).parent.rmdir()  # refuses where something is left


def _put_right(target: Path) -> None:
    """Bring back a result that was moved aside, and remove what interrupted runs left."""
    full = target.absolute()
    for home in (full.parent, full):
        names = os.listdir(home) if home.is_dir() else []
        for name in sorted(names):
            left = home / name
            if not name.startswith(f".{full.name}-") or _at_work(left):
                continue
            if left.suffix == ".old" and not target.exists():
                os.rename(left, target)
            elif left.suffix in (".old", ".new"):
                shutil.rmtree(left, ignore_errors=True)


def _at_work(folder: Path) -> bool:
    """Whether the process that made a folder is still there."""
    number = folder.stem.rpartition("-")[2]
    if not number.isdecimal() or int(number) == os.getpid():
        return False
    if os.name == "nt":
        return folder.stat().st_mtime > _an_hour_ago()  # os.kill would end the process there
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _an_hour_ago() -> float:
    import time

    return time.time() - 3600


def _second_name(target: Path) -> Path:
    number = 2
    while (second := target.with_name(f"{target.name} ({number})")).exists():
        number += 1
    return second


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _unusable(place: str | Path, why: object) -> InputError:
    return InputError(text("{place}: cannot be written ({why}); choose another place", place=place, why=why))
