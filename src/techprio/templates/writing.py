"""Put a study into a new folder or a new workbook; nothing is overwritten, nothing left half written."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from techprio.errors import InputError
from techprio.inputs.raw_study import RawStudy, read_raw
from techprio.inputs.shipped import find_study
from techprio.language import Language, check_language
from techprio.templates.blank import DEFAULT_SECTORS, blank_study, parse_sectors
from techprio.templates.folder import study_folder
from techprio.templates.schemas import schema_files
from techprio.templates.workbook import study_workbook

WORKBOOK = ".xlsx"
SCHEMA_FOLDER = ".schema"


def convert_study(study: str | Path, target: str | Path, *, language: str = "vi") -> Path:
    """Write a study as one workbook, or as a folder of files.

    CSV files come back byte for byte, provided that they are spelled as techprio writes them (UTF-8,
    commas, quotes only where needed); YAML files keep their values and get explanations as comments.

    Parameters
    ----------
    study : str or Path
        A folder, a workbook, or the name of a shipped study.
    target : str or Path
        A workbook when its name ends in ``.xlsx``, otherwise a folder; new or empty.
    language : {"vi", "en"}
        Of sheets, headings and comments.

    Returns
    -------
    Path

    Raises
    ------
    DataFileError
        The study cannot be read.
    InputError
        The target is there already, or is another kind of file.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     book = convert_study("lai-chau", f"{folder}/study.xlsx")
    ...     sorted(file.name for file in convert_study(book, f"{folder}/study").glob("*.yaml"))
    ['criteria.yaml', 'instrument.yaml', 'resources.yaml', 'study.yaml']
    """
    return write_study(read_raw(find_study(study)), target, language=language)


def new_study(
    target: str | Path,
    *,
    sectors: str = DEFAULT_SECTORS,
    id: str = "",
    criteria: str = "",
    instrument: str = "",
    language: str = "vi",
) -> Path:
    """Write a blank study for another province.

    Parameters
    ----------
    target : str or Path
        A workbook when its name ends in ``.xlsx``, otherwise a folder; new or empty.
    sectors : str
        Codes, names, or ``code=name``, with commas between.
    id : str
        Id of the study.
    criteria : str
        A study whose criteria tree is taken over; without one the tree is to be filled in.
    instrument : str
        A study whose survey instrument is taken over, for a survey of firms.
    language : {"vi", "en"}
        Of sheets, headings and comments.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        The target is there already, or sectors that cannot be told apart.
    DataFileError
        The study of the criteria cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     study = new_study(f"{folder}/study", sectors="AGR=Nông nghiệp, ENE=Năng lượng")
    ...     sorted(path.name for path in study.glob("nong-nghiep/*"))
    ['scores.csv', 'technologies.csv']
    """
    raw = blank_study(parse_sectors(sectors), id=id, criteria=criteria, instrument=instrument)
    return write_study(raw, target, language=language, schemas=SCHEMA_FOLDER)


def write_study(raw: RawStudy, target: str | Path, *, language: str = "vi", schemas: str = "") -> Path:
    """Write the parts of a study into a new workbook or a new folder.

    Parameters
    ----------
    raw : RawStudy
    target : str or Path
    language : {"vi", "en"}
    schemas : str
        Folder inside the new one for the JSON schemas of the YAML files; empty leaves them out.

    Raises
    ------
    InputError
        The target is there already, or is another kind of file.
    """
    spoken: Language = check_language(language)
    place = Path(target)
    if place.suffix.lower() == WORKBOOK:
        return _write_workbook(study_workbook(raw, language=spoken), place)
    if place.suffix and not place.is_dir():
        raise InputError(f"{place}: found {place.suffix}; allowed: a folder, or a name that ends in .xlsx")
    files = study_folder(raw, language=spoken, schemas=schemas)
    known = schema_files() if schemas else {}
    files |= {f"{schemas}/{name}": data for name, data in known.items() if ".row." not in name}
    return write_files(files, place)


def write_files(files: dict[str, bytes], place: Path) -> Path:
    """Write files into a new or empty folder, all or none."""
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise InputError(f"{place} is not an empty folder; choose a new one, nothing is overwritten")
    place.parent.mkdir(parents=True, exist_ok=True)
    finished = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        for name, content in files.items():
            (finished / name).parent.mkdir(parents=True, exist_ok=True)
            (finished / name).write_bytes(content)
        finished.chmod(0o755)
        if place.exists():
            place.rmdir()
        os.replace(finished, place)
    finally:
        shutil.rmtree(finished, ignore_errors=True)
    return place


def _write_workbook(content: bytes, place: Path) -> Path:
    if place.exists():
        raise InputError(f"{place} is there already; choose another name, nothing is overwritten")
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{place.stem}-", suffix=WORKBOOK, dir=place.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    os.chmod(name, 0o644)
    os.replace(name, place)
    return place
