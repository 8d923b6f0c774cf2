"""A blank study for another province."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

from techprio.errors import InputError
from techprio.inputs.cells import plain_letters
from techprio.inputs.raw_study import RawStudy, RawTable, read_raw, sector_folders
from techprio.inputs.rows import SurveyRow
from techprio.inputs.shipped import find_study
from techprio.inputs.study_sheets import TABLES
from techprio.inputs.technology_row import TechnologyRow
from techprio.language import Label
from techprio.model.catalog import Sector
from techprio.model.criteria import Criterion
from techprio.model.fields import fields_of
from techprio.templates.workbook import blank_table

DEFAULT_SECTORS = "S1,S2"
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
    documents = {"study": _node(_study(sectors, id)), "resources": _node(_resources(id))}
    if criteria:
        documents["criteria"] = _taken(criteria, "criteria")
    else:
        documents["criteria"] = _node({"id": id or None, "criteria": None})
    raw = RawStudy(documents, folders=sector_folders(documents["study"]))
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
        raise InputError(f"study {study}: found no {document}; allowed: a study that has one")
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
            raise InputError(f"sectors: found {part!r}; allowed: codes such as AGR, names, or AGR=name")
        folder = re.sub(r"[^a-z0-9]+", "-", plain_letters(name or code).lower()).strip("-")
        sectors.append(Sector(code, Label(name, ""), folder=folder or code.lower()))
    _check_distinct(sectors)
    return tuple(sectors)


def _check_distinct(sectors: Sequence[Sector]) -> None:
    for what in ("code", "folder"):
        taken = [getattr(sector, what) for sector in sectors]
        twice = sorted({one for one in taken if taken.count(one) > 1})
        if twice:
            raise InputError(
                f"sectors: found {', '.join(twice)} twice; allowed: each {what} once; write CODE=name"
            )


def _initials(name: str) -> str:
    return "".join(word[0] for word in plain_letters(name).upper().split() if word[0].isalnum())


def _node(document: dict[str, Any]) -> yaml.MappingNode:
    words = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    node = yaml.compose(words.replace(": null\n", ":\n"), Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.MappingNode)
    return node


def _study(sectors: Sequence[Sector], id: str) -> dict[str, Any]:
    return {
        "id": id or None,
        "title": {"vi": None, "en": None},
        "sectors": [_sector(sector) for sector in sectors],
        "weights": {
            "method": "ahp",
            "priorities": "eigenvector",
            "aggregate": "judgments",
            "groups": "equal",
        },
        "ranking": {"method": "topsis", "normalization": "reference", "top": 4},
        "robustness": {"draws": 10_000, "seed": 2026, "weights": "panel", "scores": "triangular"},
    }


def _sector(sector: Sector) -> dict[str, Any]:
    return {
        "code": sector.code,
        "folder": sector.folder,
        "label": {"vi": sector.label.vi, "en": sector.label.en},
    }


def _resources(id: str) -> dict[str, Any]:
    """Return limits without amounts for the sources of funds that the tables of technologies have."""
    funds = {
        column.name.removeprefix(_FUND): {"label": {"vi": "", "en": ""}, "limit": "hard", "per_year": None}
        for column in fields_of(TechnologyRow)
        if column.name.startswith(_FUND)
    }
    return {
        "id": id or None,
        "start": None,
        "end": None,
        "phases": None,
        "budgets": funds,
        "period_months": 6,
        "discount_rate": 0.08,
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
