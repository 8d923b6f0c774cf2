"""A study that was built in Python as the files that are read again: its declarations write them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from techprio.inputs.cells import is_plain_id
from techprio.inputs.study_sheets import TABLES
from techprio.language import Label, Language, resolve_language
from techprio.model.fields import Field, fields_of
from techprio.model.instrument import Instrument
from techprio.model.settings import OWN_KEYS, RankingSettings
from techprio.model.study import Study
from techprio.model.two_languages import without_unused_forms
from techprio.templates.raw_study import RawStudy, RawTable, node_of
from techprio.templates.writing import write_study
from techprio.templates.yaml_text import study_folder


def save_study(study: Study, path: str | Path, *, language: Language | None = None) -> Path:
    """Write a study into a new folder or workbook.

    Parameters
    ----------
    study : Study
    path : str or Path
        A workbook when its name ends in ``.xlsx``, otherwise a folder; new or empty.
    language : {"vi", "en"}, optional
        Of comments, sheets and headings.

    Raises
    ------
    InputError
        The target is there already, or is another kind of file.
    """
    return write_study(raw_study(study), path, language=resolve_language(language))


def study_files(study: Study, language: Language) -> dict[str, bytes]:
    """Return the files of a study by their names in its folder.

    Examples
    --------
    >>> import techprio as tp
    >>> sorted(study_files(tp.example("lai-chau"), "en"))[:3]
    ['agriculture/scores.csv', 'agriculture/technologies.csv', 'criteria.yaml']
    """
    return study_folder(raw_study(study), language=language)


def raw_study(study: Study) -> RawStudy:
    """Return the parts of a study as its files hold them."""
    documents = {"study": _study(study), "criteria": _criteria(study)}
    if study.resources is not None:
        documents["resources"] = record_values(study.resources)
    if study.instrument is not None:
        documents["instrument"] = _instrument(study.instrument)
    if study.material.letterhead is not None:
        documents["letterhead"] = record_values(study.material.letterhead)
    raw = RawStudy({name: node_of(values) for name, values in documents.items()})
    raw.folders.update({sector.code: sector.folder for sector in study.catalog.sectors})
    raw.tables.update(_tables(study))
    for (section, language), words in study.material.texts.items():
        raw.texts[f"{section}.{language}.md"] = words
    raw.pictures.update(study.material.pictures)
    return raw


def record_values(record: Any) -> dict[str, Any]:
    """Return what a record holds by the keys of its file; what is as its default is left out.

    Examples
    --------
    >>> from techprio.model.resources import Fund
    >>> record_values(Fund("local", "Local", {2027: 3.0}, hard=False))
    {'label': {'vi': 'Local', 'en': 'Local'}, 'per_year': {2027: 3.0}, 'limit': 'soft'}
    """
    values: dict[str, Any] = {}
    for field in fields_of(type(record)):
        value = getattr(record, field.attribute)
        if field.required or not _is_default(value, field):
            values[field.name] = _written(value, field)
    return values


def _is_default(value: Any, field: Field) -> bool:
    if value is None or (isinstance(value, Label | tuple | Mapping) and not any(value)):
        return True
    return bool(value == field.default)


def _written(value: Any, field: Field) -> Any:
    if isinstance(value, Label):
        return {"vi": value.vi, "en": value.en}
    if isinstance(value, bool | np.bool_):
        return field.choices[0 if value else 1] if field.choices[:1] == ("hard",) else bool(value)
    if field.kind == "named":
        return {getattr(item, field.named_by): record_values(item) for item in value}
    if field.kind == "blocks":
        return [record_values(item) for item in value]
    if field.kind == "block" and dataclasses.is_dataclass(value):
        return record_values(value)
    if isinstance(value, Mapping):
        return {_plain(key): _written(item, field) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_written(item, field) for item in value]
    return _plain(value)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _study(study: Study) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": study.id,
        "title": {"vi": study.title.vi, "en": study.title.en},
        "illustrative": study.illustrative,
        "ids": "plain" if all(map(is_plain_id, _ids(study))) else "any",
        "sectors": [record_values(sector) for sector in study.catalog.sectors],
        "missing": study.catalog.missing,
        "cycles": study.catalog.cycles,
        "weights": record_values(study.weights),
        "ranking": _ranking(study.ranking),
        "reference": {} if study.reference is None else record_values(study.reference),
        "gates": [record_values(gate) for gate in study.gates],
        "robustness": record_values(study.robustness),
        "value": record_values(study.value),
        "roles": record_values(study.roles),
        "role_overrides": {
            name: {"role": role, "reason": reason} for name, (role, reason) in study.role_overrides.items()
        },
    }
    if values["ids"] == "plain":
        del values["ids"]
    return {key: value for key, value in values.items() if value not in ({}, [])}


def _ids(study: Study) -> list[str]:
    """Return everything that the files of a study name by an id."""
    catalog, resources = study.catalog, study.resources
    funds = [] if resources is None else [fund.id for fund in resources.funds]
    phases = [] if resources is None else [phase.id for phase in resources.phases]
    experts = [] if study.judgments is None else [str(one) for one in study.judgments.experts]
    own = [study.id, study.criteria.id, study.criteria.root, *([] if resources is None else [resources.id])]
    sectors = [sector.code for sector in catalog.sectors]
    named = [*own, *study.criteria.by_id, *sectors, *map(str, catalog.technologies.index)]
    return [words for words in [*named, *funds, *phases, *experts] if words]


def _ranking(settings: RankingSettings) -> dict[str, Any]:
    options = {name: _plain(value) for name, value in settings.options.items() if value is not None}
    return {name: getattr(settings, name) for name in OWN_KEYS} | options


def _criteria(study: Study) -> dict[str, Any]:
    tree = study.criteria
    values = {
        "id": tree.id,
        "version": tree.version,
        "label": {"vi": tree.label.vi, "en": tree.label.en} if any(tree.label) else {},
        "root": tree.root,
        "criteria": [record_values(head) for head in tree.heads],
    }
    return {key: value for key, value in values.items() if value not in ("", {})}


def _instrument(instrument: Instrument) -> dict[str, Any]:
    label, scope = instrument.label, instrument.scope
    values: dict[str, Any] = {
        "id": instrument.id,
        "label": _label(label),
        "scope": _label(scope),
        "total_max": instrument.total_max,
        "groups": [
            _filled(
                id=group.id, max_points=group.max_points, label=_label(group.label), verified=group.verified,
                criteria=[
                    _filled(id=one.id, max_points=one.max_points, label=_label(one.label))
                    for one in group.questions
                ],
            )
            for group in instrument.groups
        ],
    }  # fmt: skip
    if instrument.exponents:
        exponents = {name: _plain(value) for name, value in instrument.exponents.items()}
        values["synchronisation"] = {"exponents": exponents, "verified": instrument.exponents_verified}
    if instrument.bounds or instrument.label_sets:
        values["classes"] = _classes(instrument)
    if instrument.extension:
        named = _label(instrument.extension_label)
        values["extension"] = _filled(id=instrument.extension, label=named)
    return _filled(**values)


def _classes(instrument: Instrument) -> dict[str, Any]:
    bounds = [
        _filled(rank=bound.rank, total_min=bound.total_min, k_min=bound.k_min) for bound in instrument.bounds
    ]
    labels = {
        names.id: {
            "verified": names.verified,
            "items": [{"rank": rank, "vi": one.vi, "en": one.en} for rank, one in names.labels.items()],
        }
        for names in instrument.label_sets
    }
    return {
        "verified": instrument.bounds_verified,
        "bounds": bounds,
        **_filled(labels=labels, label_mapping=dict(instrument.label_mapping)),
        "label_mapping_verified": instrument.label_mapping_verified,
    }


def _label(label: Label) -> dict[str, str]:
    return {"vi": label.vi, "en": label.en} if any(label) else {}


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, {}, [])}


def _tables(study: Study) -> dict[tuple[str, str], RawTable]:
    catalog = study.catalog
    technologies = catalog.technologies
    found: dict[tuple[str, str], RawTable] = {}
    named = technologies.rename_axis(index="id").reset_index()
    named["trl_local"] = named["trl_local"].astype(object).where(named["trl_local"] > 0, None)
    for sector in catalog.sectors:
        rows = named["sector"] == sector.code
        ids = named.loc[rows, "id"]
        found["technologies", sector.code] = _table(named[rows].drop(columns="sector"))
        scores = catalog.scores[catalog.scores["technology"].isin(ids)]
        found["scores", sector.code] = _table(without_unused_forms(scores, "note"))
    frames = {
        "dependencies": without_unused_forms(catalog.dependencies, "reason"),
        "sources": without_unused_forms(catalog.sources.rename_axis(index="id").reset_index(), "citation"),
        "judgments": _judged(study),
        "survey": study.survey,
        "status": None if study.status is None else study.status.dropna(axis="columns", how="all"),
        **study.material.tables,
    }
    written = {table.name for table in TABLES}
    for name, frame in frames.items():
        if frame is not None and name in written and (len(frame) or name == "judgments"):
            found[name, ""] = _table(frame)
    return found


def _judged(study: Study) -> pd.DataFrame | None:
    """Return the statements of the panel; its root, which it may call otherwise, by the name of the tree."""
    if study.judgments is None:
        return None
    frame = study.judgments.weighted_statements
    return frame.assign(node=frame["node"].replace(study.judgments.root, study.criteria.root))


def _table(frame: pd.DataFrame) -> RawTable:
    """Return a table as texts; a column that is empty throughout keeps its heading."""
    columns: list[Sequence[str]] = [[_cell(value) for value in frame[name]] for name in frame]
    rows: Iterable[tuple[str, ...]] = zip(*columns, strict=True)
    return RawTable(tuple(map(str, frame.columns)), tuple(rows))


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ";".join(map(str, value))
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, float | np.floating):
        return repr(float(value)).removesuffix(".0")
    return str(value)
