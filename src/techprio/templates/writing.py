"""Put a study into a new folder or a new workbook; nothing is overwritten, nothing left half written."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.inputs.cells import plain_letters
from techprio.inputs.long_table import read_catalogue
from techprio.inputs.numbers import Locale
from techprio.inputs.rows import SurveyRow
from techprio.inputs.shipped import find_study
from techprio.inputs.study_file import RankingFile
from techprio.inputs.study_sheets import TABLES
from techprio.inputs.technology_row import TechnologyRow
from techprio.language import Label, Language, resolve_language, text
from techprio.model.criteria import Criterion
from techprio.model.fields import field_of, fields_of
from techprio.model.funds import Fund
from techprio.model.products import Letterhead
from techprio.model.resources import Resources
from techprio.model.sectors import Sector
from techprio.model.settings import RobustnessSettings, WeightSettings
from techprio.templates.raw_study import RawStudy, RawTable, fill_from, node_of, read_raw
from techprio.templates.schemas import schema_files
from techprio.templates.workbook import blank_table, study_workbook
from techprio.templates.yaml_text import study_folder

WORKBOOK = ".xlsx"
DEFAULT_SECTORS = "S1,S2"
SCHEMA_FOLDER = ".schema"


@validated
def convert_study(study: str | Path, target: str | Path, *, language: Language | None = None) -> Path:
    """Write a study as one workbook, or as a folder of files.

    CSV files come back byte for byte, provided that they are spelled as techprio writes them (UTF-8,
    commas, quotes only where needed); YAML files keep their values and get explanations as comments.

    Parameters
    ----------
    study : str or Path
        A folder, a workbook, or the name of a shipped study.
    target : str or Path
        A workbook when its name ends in ``.xlsx``, otherwise a folder; new or empty.
    language : {"vi", "en"}, optional
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
    ['criteria.yaml', 'instrument.yaml', 'letterhead.yaml', 'resources.yaml', 'study.yaml']
    """
    return write_study(read_raw(find_study(study)), target, language=language)


@validated
def new_study(
    target: str | Path,
    *,
    sectors: str = DEFAULT_SECTORS,
    id: str = "",
    criteria: str = "",
    instrument: str = "",
    catalogue: str | Path = "",
    mapping: Mapping[str, Any] | str | Path | None = None,
    locale: Locale | None = None,
    language: Language | None = None,
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
    catalogue : str or Path
        A technology catalogue in long form, whose technologies stand in the first sector.
    mapping : mapping, str or Path, optional
        How to read the catalogue, see :func:`techprio.inputs.read_catalogue`; by default the YAML file of
        the same name beside it. A field that is a column of ``technologies.csv`` goes there, another is a
        criterion.
    locale : {"vi", "en"}, optional
        How the catalogue writes numbers.
    language : {"vi", "en"}, optional
        Of sheets, headings and comments.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        The target is there already, or sectors that are the same.
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
    if catalogue:
        beside = Path(catalogue).with_suffix(".yaml")
        mapping = beside if mapping is None and beside.is_file() else mapping
        fill_from(raw, read_catalogue(catalogue, mapping, locale=locale), has_criteria=bool(criteria), id=id)
    return write_study(raw, target, language=language, schemas=SCHEMA_FOLDER)


def write_study(
    raw: RawStudy, target: str | Path, *, language: Language | None = None, schemas: str = ""
) -> Path:
    """Write the parts of a study into a new workbook or a new folder.

    Parameters
    ----------
    raw : RawStudy
    target : str or Path
    language : {"vi", "en"}, optional
    schemas : str
        Folder inside the new one for the JSON schemas of the YAML files; empty leaves them out.

    Raises
    ------
    InputError
        The target is there already, or is another kind of file.
    """
    spoken = resolve_language(language)
    place = Path(target)
    if place.suffix.lower() == WORKBOOK:
        return _write_workbook(study_workbook(raw, language=spoken), place)
    if place.suffix and not place.is_dir():
        raise InputError(
            text(
                "{place}: found {found}; allowed: a folder, or a name that ends in .xlsx",
                place=str(place),
                found=place.suffix,
            )
        )
    files = study_folder(raw, language=spoken, schemas=schemas)
    known = schema_files() if schemas else {}
    files |= {f"{schemas}/{name}": data for name, data in known.items() if ".row." not in name}
    return write_files(files, place)


def write_files(files: dict[str, bytes], place: Path) -> Path:
    """Write files into a new or empty folder, all or none."""
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise InputError(
            text("{place} is not an empty folder; choose a new one, nothing is overwritten", place=str(place))
        )
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
        raise InputError(
            text("{place} is there already; choose another name, nothing is overwritten", place=str(place))
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{place.stem}-", suffix=WORKBOOK, dir=place.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    os.chmod(name, 0o644)
    os.replace(name, place)
    return place


_FUND = "fund_"


def blank_study(
    sectors: Sequence[Sector], *, id: str = "", criteria: str = "", instrument: str = ""
) -> RawStudy:
    """Return a study with its settings at their usual values and everything else to be filled in.

    Parameters
    ----------
    sectors : sequence of Sector
    id : str
        Id of the study.
    criteria : str
        A study whose criteria tree is taken over; without one the tree is to be filled in.
    instrument : str
        A study whose survey instrument is taken over; the survey gets a column for each group of points.

    Raises
    ------
    DataFileError
        There is no study of that name, or its criteria cannot be read.
    """
    documents = {
        "study": node_of(_study(sectors, id)),
        "resources": node_of(_resources(id)),
        "letterhead": node_of(_usual(Letterhead)),
    }
    if criteria:
        documents["criteria"] = _taken(criteria, "criteria")
    else:
        documents["criteria"] = node_of({"id": id or None, "criteria": None})
    raw = RawStudy(documents, folders={sector.code: sector.folder for sector in sectors})
    for table in TABLES:
        for sector in raw.folders if table.by_sector else ("",):
            raw.tables[table.name, sector] = blank_table(table)
    for code in raw.folders if criteria else ():
        raw.tables["technologies", code] = _with_fields(documents["criteria"])
    if instrument:
        documents["instrument"] = _taken(instrument, "instrument")
        raw.tables["survey", ""] = _with_groups(documents["instrument"])
    return raw


def _taken(study: str, document: str) -> yaml.MappingNode:
    """Return a document of another study."""
    found = read_raw(find_study(study)).documents.get(document)
    if found is None:
        raise InputError(
            text(
                "study {study}: found no {document}; allowed: a study that has one",
                study=study,
                document=document,
            )
        )
    return found


def parse_sectors(words: str) -> tuple[Sector, ...]:
    """Read sectors as a command line gives them: codes, names, or ``code=name``, with commas.

    Examples
    --------
    >>> [(sector.code, sector.folder) for sector in parse_sectors("AGR=Nông nghiệp, Năng lượng")]
    [('AGR', 'nong-nghiep'), ('NL', 'nang-luong')]
    """
    sectors: list[Sector] = []
    for part in (part.strip() for part in words.split(",")):
        code, is_pair, name = (piece.strip() for piece in part.partition("="))
        if not is_pair and not re.fullmatch(r"[A-Z0-9][A-Z0-9_.\-]{0,11}", code):
            code, name = _initials(part), part
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.\-]*", code):
            raise InputError(
                text("sectors: found {part!r}; allowed: codes such as AGR, names, or AGR=name", part=part)
            )
        folder = re.sub(r"[^a-z0-9]+", "-", plain_letters(name or code).lower()).strip("-")
        sectors.append(Sector(code, Label(name, ""), folder=folder or code.lower()))
    _check_distinct(sectors)
    return tuple(sectors)


def _check_distinct(sectors: Sequence[Sector]) -> None:
    for attribute, what in (("code", text("code")), ("folder", text("folder"))):
        taken = [getattr(sector, attribute) for sector in sectors]
        twice = sorted({one for one in taken if taken.count(one) > 1})
        if twice:
            raise InputError(
                text(
                    "sectors: found {names} twice; allowed: each {what} once; write CODE=name",
                    names=twice,
                    what=what,
                )
            )


def _initials(name: str) -> str:
    return "".join(word[0] for word in plain_letters(name).upper().split() if word[0].isalnum())


def _study(sectors: Sequence[Sector], id: str) -> dict[str, Any]:
    return {
        "id": id or None,
        "title": {"vi": None, "en": None},
        "sectors": [_sector(sector) for sector in sectors],
        "weights": _usual(WeightSettings),
        # On fixed scales no candidate moves the score of another: what a plan needs, though no default.
        "ranking": _usual(RankingFile) | {"normalization": "reference"},
        "robustness": _usual(RobustnessSettings),
    }


def _usual(record: type) -> dict[str, Any]:
    """Return the keys of a record that have a default, each with it."""
    return {field.name: field.default for field in fields_of(record) if field.default_word}


def _sector(sector: Sector) -> dict[str, Any]:
    return {
        "code": sector.code,
        "folder": sector.folder,
        "label": {"vi": sector.label.vi, "en": sector.label.en},
    }


def _resources(id: str) -> dict[str, Any]:
    """Return limits without amounts for the sources of funds that the tables of technologies have."""
    funds = {
        column.name.removeprefix(_FUND): {
            "label": {"vi": "", "en": ""},
            "limit": field_of(Fund, "limit").default_word,
            "per_year": None,
        }
        for column in fields_of(TechnologyRow)
        if column.name.startswith(_FUND)
    }
    return {
        "id": id or None,
        "start": None,
        "end": None,
        "phases": None,
        "budgets": funds,
        "period_months": Resources.period_months,
        "discount_rate": Resources.discount_rate,
    }


def _with_fields(criteria: yaml.MappingNode) -> RawTable:
    """Return the columns of technologies with those from which the criteria are read."""
    names = [column.name for column in fields_of(TechnologyRow)]
    fields = {key.name for key in fields_of(Criterion) if key.name.startswith("field")}
    waiting: list[yaml.Node] = [criteria]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            waiting += [value for _, value in node.value]
            named = [str(value.value) for name, value in node.value if name.value in fields]
            names += [name for name in named if name not in names and name != "survey"]
    return RawTable(tuple(names))


def _with_groups(instrument: yaml.MappingNode) -> RawTable:
    """Return the columns of a survey with one for each group of points, behind the year."""
    groups: list[Any] = next((value.value for name, value in instrument.value if name.value == "groups"), [])
    ids = [value.value for group in groups for name, value in group.value if name.value == "id"]
    names = [column.name for column in fields_of(SurveyRow)]
    place = names.index("year") + 1
    return RawTable((*names[:place], *ids, *names[place:]))
