"""Read a whole study and check it: all problems at once, before anything is computed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, TypeVar

import pandas as pd
import yaml

from techprio.arguments import validated
from techprio.errors import DataFileError, InputError, Problem
from techprio.inputs.catalog import ReadCatalog
from techprio.inputs.cells import ANY_IDS
from techprio.inputs.columns import Row
from techprio.inputs.criteria import ReadCriteria, read_criteria
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.document_tables import parse_legal, parse_letterhead, parse_workstreams
from techprio.inputs.instrument import parse_instrument
from techprio.inputs.judgments import read_judgments
from techprio.inputs.numbers import LOCALES, Locale
from techprio.inputs.parts import check_parts
from techprio.inputs.pictures import FOLDER, read_pictures
from techprio.inputs.records import Reading, read_record
from techprio.inputs.report_tables import parse_comments, parse_indicators, parse_swot
from techprio.inputs.resources import ReadResources, read_resources
from techprio.inputs.rows import AlignmentRow, GoalRow, PolicyRow, ProvinceRow, TaskRow
from techprio.inputs.sectors import read_sectors
from techprio.inputs.shipped import find_study
from techprio.inputs.status import read_status
from techprio.inputs.study_file import StudyFile
from techprio.inputs.study_settings import (
    check_gates,
    check_given,
    check_group_weights,
    check_reference,
    check_top,
    check_value,
    ranking_settings,
)
from techprio.inputs.study_tree import StudyTree, study_tree
from techprio.inputs.survey import parse_survey, survey_frame
from techprio.inputs.tables import read_table
from techprio.inputs.technologies import NUMBERS, check_grants
from techprio.language import LANGUAGES, Text, text
from techprio.model.instrument import Instrument
from techprio.model.report_material import SECTIONS, TABLES, ReportMaterial
from techprio.model.sectors import Sector
from techprio.model.study import Study

_T = TypeVar("_T")
_OWN = ("id", "title", "illustrative", "weights", "robustness", "value", "roles", "reference", "gates")
"""What goes from the record of the file to the study as it is."""


@validated
def read_study(path: str | Path, *, locale: Locale | None = None) -> Study:
    """Read a study, with everything checked.

    Parameters
    ----------
    path : str or Path
        A folder with ``study.yaml``, such a file, a workspace that holds one study, or the name
        of a shipped study.
    locale : {"vi", "en"}, optional
        How its tables write numbers: ``"vi"`` as a Vietnamese Excel saves them, with decimal commas; without
        it the key ``locale`` of the study, else the numbers of each table say it.

    Returns
    -------
    Study

    Raises
    ------
    DataFileError
        With every problem of every file, sorted by file and line.

    Examples
    --------
    >>> study = read_study("lai-chau")
    >>> len(study.catalog.technologies), len(study.judgments.experts)
    (90, 12)
    """
    reader = _Reader(find_study(path), _checked(locale))
    study = reader.read()
    reader.diagnostics.check()
    return study()


@validated
def check_study(path: str | Path, *, locale: Locale | None = None) -> list[Problem]:
    """Return every problem of a study, sorted by file and line; empty when there is none.

    Parameters
    ----------
    path : str or Path
        See :func:`read_study`.
    locale : {"vi", "en"}, optional
        How its tables write numbers.

    Examples
    --------
    >>> check_study("lai-chau")
    []
    """
    return examine_study(path, locale=locale).problems


class Examined(NamedTuple):
    """Problems of a study, what was left out of it, and what makes it where there is no problem."""

    problems: list[Problem]
    notes: list[Text]
    build: Callable[[], Study] | None


def examine_study(path: str | Path, *, locale: Locale | None = None) -> Examined:
    """Read a study once, for all that is asked of what was read."""
    try:
        reader = _Reader(find_study(path), _checked(locale))
    except DataFileError as error:
        return Examined(list(error.problems), [], None)
    build = reader.read()
    problems = reader.diagnostics.problems
    return Examined(problems, reader.diagnostics.notes, None if problems else build)


def key_location(path: str | Path, part: str, keys: Sequence[str]) -> Location:
    """Return where a key of a file of a study stands; the innermost one that is there, else the file."""
    tree = study_tree(find_study(path), Diagnostics())
    value = tree.document(part)
    location = Location(tree.name_of(part))
    for key in keys:
        if value is None or not isinstance(value.node, yaml.MappingNode):
            break
        value = next((item for name, item in value.entries() if name == key), None)
        location = location if value is None else value.location
    return location


def _checked(locale: Locale | None) -> Locale | None:
    if locale is not None and locale not in LOCALES:
        raise InputError.argument("locale", found=locale, allowed=", ".join(LOCALES))
    return locale


class _Reader:
    """Read the files of a study one after the other; what a later check needs is kept."""

    reading: Reading

    def __init__(self, path: Path, locale: Locale | None = None) -> None:
        self.diagnostics = Diagnostics()
        self.tree = study_tree(path, self.diagnostics, locale)

    def read(self) -> Callable[[], Study]:
        """Read and check; the study itself is made by the callable, when no problem was found."""
        token = ANY_IDS.set(self.tree.stated("ids") == "any")
        try:
            return self._read()
        finally:
            ANY_IDS.reset(token)

    def _read(self) -> Callable[[], Study]:
        value = self.tree.document("study")
        if value is None:
            return self._nothing
        self.reading = read_record(value, StudyFile)
        check_parts(self.tree, self.reading)
        criteria: ReadCriteria | None = self._document("criteria", read_criteria)
        resources: ReadResources | None = self._document("resources", read_resources)
        sectors = read_sectors(self.reading)
        catalog = ReadCatalog(
            self.tree,
            sectors,
            criteria,
            funds=resources.funds if resources else None,
            missing=self.reading["missing"],
            cycles=self.reading["cycles"],
        )
        if resources:
            resources.check_technologies(catalog.unknown_technologies(), self.diagnostics)
            check_grants(resources.tied, catalog.technologies, self.diagnostics)
        settings = self._settings(criteria) | self._overrides(catalog)
        sizes = {code: len(list(table)) for code, table in catalog.technologies.tables.items()}
        for ranking in self.reading.blocks("ranking"):
            check_top(ranking, sizes)
        tree = criteria.tree if criteria else None
        judgments = self._table("judgments", lambda d, f, found: read_judgments(d, f, tree, found))
        self._await_weights()
        if judgments is not None:
            for weights in self.reading.blocks("weights"):
                check_group_weights(weights, judgments.groups)
        instrument = self._document("instrument", parse_instrument)
        survey = self._survey([sector.code for sector in sectors], instrument)
        status = self._table(
            "status", lambda d, f, found: read_status(d, f, catalog.unknown_technologies(), found)
        )
        material = read_material(
            self.tree,
            sectors=[sector.code for sector in sectors],
            phases=resources.phases if resources else [],
            known=self._known(sectors, criteria, catalog),
            technologies=catalog.unknown_technologies().known,
        )
        letterhead = self._document("letterhead", parse_letterhead)
        return lambda: Study(
            catalog=catalog.build(resources.resources if resources else None),
            judgments=judgments,
            resources=resources.resources if resources else None,
            survey=survey,
            instrument=instrument,
            status=status,
            material=replace(material, letterhead=letterhead),
            inputs=self.tree.files.digests,
            files=dict(sorted(self.tree.files.contents.items())),
            locale=self.tree.given_locale or "",
            **settings,
        )

    @staticmethod
    def _known(sectors: list[Sector], criteria: ReadCriteria | None, catalog: ReadCatalog) -> list[str]:
        """Return all that a comment can be on; nothing, where a file could not be read."""
        technologies = catalog.unknown_technologies().known
        if criteria is None or technologies is None:
            return []
        return [*technologies, *(sector.code for sector in sectors), *criteria.tree.by_id]

    def _nothing(self) -> Study:
        raise DataFileError(self.diagnostics.problems)

    def _document(self, key: str, reader: Callable[[Any, str, Diagnostics], _T | None]) -> _T | None:
        """Read the YAML file that a key names."""
        value = self.tree.document(key)
        return reader(value.node, value.file, self.diagnostics) if value is not None else None

    def _table(self, key: str, reader: Callable[[Any, str, Diagnostics], _T | None]) -> _T | None:
        """Read the table that a key names."""
        grid = self.tree.table(key) if self.reading[key] else None
        return reader(grid, self.tree.name_of(key), self.diagnostics) if grid is not None else None

    def _settings(self, criteria: ReadCriteria | None) -> dict[str, Any]:
        """Return what the study says of itself, checked against its criteria."""
        for weights in self.reading.blocks("weights"):
            check_given(weights, criteria)
        for value in self.reading.blocks("value"):
            check_value(value, criteria, NUMBERS)
        check_gates(self.reading.blocks("gates"), criteria)
        check_reference(self.reading, criteria)
        values = self.reading.build(sectors=())
        settings = {name: values[name] for name in _OWN if values.get(name) is not None}
        rankings = [ranking_settings(ranking, criteria) for ranking in self.reading.blocks("ranking")]
        return settings | ({"ranking": rankings[0]} if rankings else {})

    def _overrides(self, catalog: ReadCatalog) -> dict[str, Any]:
        """Return roles that people decided; technologies that are not known are noted."""
        overrides = self.reading.blocks("role_overrides")
        technologies = catalog.unknown_technologies()
        for one in overrides:
            technologies.is_known(one.name, one.source.location, one.source.path)
        technologies.report(self.diagnostics)
        return {"role_overrides": {one.name: (one["role"], one["reason"]) for one in overrides}}

    def _await_weights(self) -> None:
        """Note a study that has neither judgments nor weights as numbers."""
        weights = self.reading.blocks("weights")
        if "judgments" in self.reading or any(one["given"] for one in weights):
            return
        self.diagnostics.add(
            "S326",
            Location(self.tree.name_of("judgments" if self.tree.is_workbook else "study")),
            field="judgments",
            found=text("neither judgments nor given weights"),
            allowed=text("a file of judgments, or weights with method: given"),
        )

    def _survey(self, sectors: list[str], instrument: Instrument | None) -> pd.DataFrame | None:
        if "survey" in self.reading and "instrument" not in self.reading:
            self.diagnostics.add(
                "Y204",
                self.reading.parts["survey"].location,
                field="instrument",
                found=text("nothing"),
                allowed=text("the instrument with which the firms were surveyed"),
            )
        if instrument is None:
            return None
        table = self._table(
            "survey", lambda d, f, found: parse_survey(d, f, instrument, found, sectors=sectors)
        )
        return None if table is None else survey_frame(table, instrument)


_RECORDS: dict[str, type[Row]] = {
    "goals": GoalRow,
    "tasks": TaskRow,
    "policies": PolicyRow,
    "provinces": ProvinceRow,
    "alignment": AlignmentRow,
}


def read_material(
    tree: StudyTree,
    *,
    sectors: Sequence[str],
    phases: Sequence[str],
    known: Sequence[str],
    technologies: Collection[str] | None = None,
) -> ReportMaterial:
    """Read what is there of the prose and of the tables.

    Parameters
    ----------
    tree : StudyTree
    sectors, phases : sequence of str
        Codes that may stand in the tables; no phase takes every word.
    known : sequence of str
        Ids that a comment can be on.
    technologies : collection of str, optional
        Ids that tasks and policies can be tied to; None takes every id.
    """
    tables = {}
    for name in TABLES:
        data = tree.table(name) if tree.has(name) else None
        if data is not None:
            tables[name] = _report_table(
                name, data, tree.name_of(name), tree.diagnostics, sectors, phases, known, technologies
            )
    pictures: dict[str, bytes] = {}
    texts = _texts(tree, pictures)
    return ReportMaterial(texts=texts, tables=tables, pictures=pictures)


def _report_table(
    name: str,
    data: Any,
    file: str,
    diagnostics: Diagnostics,
    sectors: Sequence[str],
    phases: Sequence[str],
    known: Sequence[str],
    technologies: Collection[str] | None,
) -> pd.DataFrame:
    others: dict[str, Callable[[], pd.DataFrame]] = {
        "swot": lambda: parse_swot(data, file, diagnostics, sectors=sectors),
        "indicators": lambda: parse_indicators(data, file, diagnostics),
        "comments": lambda: parse_comments(data, file, diagnostics, known=known),
        "legal": lambda: parse_legal(data, file, diagnostics),
        "workstreams": lambda: parse_workstreams(data, file, diagnostics),
    }
    if name in others:
        return others[name]()
    record = _RECORDS[name]
    table = read_table(data, file, record, diagnostics)
    for line in table:
        for column, allowed, code in (("sector", sectors, "S306"), ("phase", phases, "R505")):
            word = line.get(column)
            if word and allowed and word not in allowed:
                diagnostics.unknown(
                    code, line.location, field=column, found=word, name=word, known=list(allowed)
                )
        for id in line.get("technologies") or ():
            if technologies and id not in technologies:
                diagnostics.unknown(
                    "S303", line.location, field="technologies", found=id, name=id, known=list(technologies)
                )
    frame = table.frame(record)
    if "technologies" in frame:
        tied = [tuple(part for part in str(ids).split(";") if part) for ids in frame["technologies"]]
        frame = frame.assign(technologies=tied)
    return frame


def _texts(tree: StudyTree, pictures: dict[str, bytes]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for name in tree.text_names():
        path = PurePosixPath(name)
        section, _, language = path.stem.rpartition(".")
        if path.suffix != ".md" or name.startswith("."):
            continue
        if section not in SECTIONS or language not in LANGUAGES:
            _report_name(name, section, language, tree.diagnostics)
            continue
        words = tree.text(name)
        if words.strip():
            found[section, language] = words
            pictures.update(read_pictures(words, f"{FOLDER}/{name}", tree.files, tree.diagnostics))
    return found


def _report_name(name: str, section: str, language: str, diagnostics: Diagnostics) -> None:
    location = Location(f"{FOLDER}/{name}")
    if language not in LANGUAGES:
        allowed = text("a name such as {example}", example=f"{SECTIONS[0]}.vi.md")
        diagnostics.add("T131", location, found=name, allowed=allowed)
    else:
        diagnostics.unknown("T131", location, field="", found=section, name=section, known=list(SECTIONS))
