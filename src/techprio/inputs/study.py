"""Read a whole study and check it: all problems at once, before anything is computed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from techprio.errors import DataFileError, Problem
from techprio.inputs.catalog import ReadCatalog
from techprio.inputs.cells import Fault, parse_id
from techprio.inputs.criteria import ReadCriteria, read_criteria
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.instrument import parse_instrument
from techprio.inputs.judgments import read_judgments
from techprio.inputs.keys import choices_of, names_of
from techprio.inputs.report_material import read_material
from techprio.inputs.resources import ReadResources, read_resources
from techprio.inputs.settings import (
    check_reference_scales,
    read_gates,
    read_overrides,
    read_ranking,
    read_robustness,
    read_roles,
    read_value,
    read_weights,
)
from techprio.inputs.shipped import find_study
from techprio.inputs.status import read_status
from techprio.inputs.study_keys import SectorKeys, StudyKeys
from techprio.inputs.survey import parse_survey, survey_frame
from techprio.inputs.technologies import NUMBERS
from techprio.inputs.workbook_study import study_files
from techprio.inputs.yaml_reader import YamlValue, read_yaml
from techprio.language import NO_LABEL, Label, text
from techprio.model.catalog import Sector
from techprio.model.instrument import Instrument
from techprio.model.study import Study

_T = TypeVar("_T")


def read_study(path: str | Path) -> Study:
    """Read a study, with everything checked.

    Parameters
    ----------
    path : str or Path
        A folder with ``study.yaml``, such a file, a workspace that holds one study, or the name
        of a shipped study.

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
    reader = _Reader(find_study(path))
    study = reader.read()
    reader.diagnostics.check()
    return study()


def check_study(path: str | Path) -> list[Problem]:
    """Return every problem of a study, sorted by file and line; empty when there is none.

    Examples
    --------
    >>> check_study("lai-chau")
    []
    """
    try:
        reader = _Reader(find_study(path))
    except DataFileError as error:
        return list(error.problems)
    reader.read()
    return reader.diagnostics.problems


class _Reader:
    """Read the files of a study one after the other; what a later check needs is kept."""

    def __init__(self, path: Path) -> None:
        self.diagnostics = Diagnostics()
        self.files, self.file = study_files(path, self.diagnostics)
        self.parts: dict[str, YamlValue] = {}

    def read(self) -> Callable[[], Study]:
        """Read and check; the study itself is made by the callable, when no problem was found."""
        data = self.files.read(self.file)
        value = read_yaml(data, self.files.shown(self.file), self.diagnostics) if data is not None else None
        if value is None:
            return self._nothing
        self.parts = value.fields(*names_of(StudyKeys))
        criteria: ReadCriteria | None = self._named("criteria", read_criteria)
        resources: ReadResources | None = self._named("resources", read_resources)
        sectors = self._sectors()
        missing, cycles = self._choice("missing"), self._choice("cycles")
        funds = [fund.id for fund in resources.resources.funds] if resources else None
        catalog = ReadCatalog(self.files, sectors, criteria, funds=funds, missing=missing, cycles=cycles)  # type: ignore[arg-type]
        if resources:
            resources.check_technologies(catalog.unknown_technologies(), self.diagnostics)
        settings = self._settings(criteria)
        settings |= self._overrides(catalog)
        tree = criteria.tree if criteria else None
        judgments = self._named("judgments", lambda d, f, found: read_judgments(d, f, tree, found))
        if "judgments" not in self.parts and not getattr(settings.get("weights"), "given", None):
            self.diagnostics.add(
                "S326",
                Location(self.files.shown("judgments.csv" if self.files.is_workbook else self.file)),
                field="judgments",
                found=text("neither judgments nor given weights"),
                allowed=text("a file of judgments, or weights with method: given"),
            )
        instrument = self._named("instrument", parse_instrument)
        survey = self._survey([sector.code for sector in sectors], instrument)
        status = self._named(
            "status", lambda d, f, found: read_status(d, f, catalog.unknown_technologies(), found)
        )
        material = read_material(
            self.files,
            self.diagnostics,
            sectors=[sector.code for sector in sectors],
            phases=[phase.id for phase in resources.resources.phases] if resources else [],
            known=self._known(sectors, criteria, catalog),
        )
        return lambda: Study(
            id=self.parts["id"].text(),
            title=self.parts["title"].label(),
            catalog=catalog.build(),
            judgments=judgments,
            resources=resources.resources if resources else None,
            survey=survey,
            instrument=instrument,
            status=status,
            material=material,
            illustrative="illustrative" in self.parts and self.parts["illustrative"].flag(),
            inputs=self.files.digests,
            files=dict(sorted(self.files.contents.items())),
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

    def _choice(self, key: str) -> str:
        """Return the word of a key that is one of a few; what stands first among them by default."""
        allowed = choices_of(StudyKeys, key)
        return self.parts[key].choice(allowed, allowed[0]) if key in self.parts else allowed[0]

    def _named(self, key: str, reader: Callable[[Any, str, Diagnostics], _T | None]) -> _T | None:
        """Read the file that a key names."""
        if key not in self.parts:
            return None
        relative = self.parts[key].text()
        data = self.files.read(relative, named_at=self.parts[key].location) if relative else None
        return reader(data, self.files.shown(relative), self.diagnostics) if data is not None else None

    def _sectors(self) -> list[Sector]:
        sectors: list[Sector] = []
        locations: dict[str, Location] = {}
        for item in self.parts["sectors"].items() if "sectors" in self.parts else ():
            parts = item.fields(*names_of(SectorKeys))
            if not {"code", "folder"} <= parts.keys():
                continue
            code = parts["code"].text()
            fault = parse_id(code)
            if isinstance(fault, Fault):
                parts["code"].complain("Y205", fault.allowed, fault.proposal)
            if code in locations:
                found = text("{id}, also in {location}", id=code, location=locations[code].words)
                parts["code"].complain("S302", text("each id once"), found=found)
                continue
            locations[code] = parts["code"].location
            label = parts["label"].label() if "label" in parts else NO_LABEL
            sectors.append(
                Sector(
                    code,
                    label if any(label) else Label(code, code),
                    folder=parts["folder"].text(),
                    cross="cross" in parts and parts["cross"].flag(),
                    lead=parts["lead"].text() if "lead" in parts else "",
                )
            )
        return sectors

    def _settings(self, criteria: ReadCriteria | None) -> dict[str, Any]:
        readers: dict[str, Callable[[YamlValue], Any]] = {
            "weights": lambda value: read_weights(value, criteria),
            "ranking": read_ranking,
            "robustness": read_robustness,
            "value": lambda value: read_value(value, criteria, NUMBERS),
            "roles": read_roles,
            "gates": lambda value: read_gates(value, criteria),
        }
        settings = {key: reader(self.parts[key]) for key, reader in readers.items() if key in self.parts}
        if "ranking" in settings and criteria:
            check_reference_scales(self.parts["ranking"], settings["ranking"], criteria)
        return settings

    def _overrides(self, catalog: ReadCatalog) -> dict[str, Any]:
        if "role_overrides" not in self.parts:
            return {}
        overrides, named = read_overrides(self.parts["role_overrides"])
        technologies = catalog.unknown_technologies()
        for name, value in named:
            technologies.is_known(name, value.location, value.path)
        technologies.report(self.diagnostics)
        return {"role_overrides": overrides}

    def _survey(self, sectors: list[str], instrument: Instrument | None) -> pd.DataFrame | None:
        if "survey" in self.parts and "instrument" not in self.parts:
            allowed = text("the instrument with which the firms were surveyed")
            self.diagnostics.add(
                "Y204",
                self.parts["survey"].location,
                field="instrument",
                found=text("nothing"),
                allowed=allowed,
            )
        if instrument is None:
            return None
        table = self._named(
            "survey", lambda d, f, found: parse_survey(d, f, instrument, found, sectors=sectors)
        )
        return None if table is None else survey_frame(table, instrument)
