"""The survey instrument from YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import yaml

from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.instrument_keys import (
    BoundKeys,
    ClassKeys,
    ExtensionKeys,
    InstrumentKeys,
    LabelKeys,
    LabelSetKeys,
    PointGroupKeys,
    QuestionKeys,
    ScopeKeys,
    SynchronizationKeys,
)
from techprio.inputs.keys import names_of
from techprio.inputs.yaml_reader import YamlValue, read_yaml
from techprio.language import NO_LABEL, Label, text
from techprio.model.instrument import (
    ClassBound,
    Instrument,
    LabelSet,
    PointGroup,
    Question,
    Verified,
    instrument_faults,
)

_VERIFIED: tuple[Verified, ...] = get_args(Verified)


def read_instrument(path: str | Path) -> Instrument:
    """Read an instrument file.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Instrument

    Raises
    ------
    DataFileError
        Every problem of the file, with line and column.

    Examples
    --------
    >>> import techprio as tp
    >>> file = tp.inputs.find_study("lai-chau") / "../../criteria/circular17.yaml"
    >>> instrument = tp.inputs.read_instrument(file)
    >>> instrument.id, instrument.total_max, instrument.bounds_verified
    ('circular17', 100.0, False)
    """
    diagnostics = Diagnostics()
    instrument = None
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        allowed = text("an instrument file in YAML")
        diagnostics.add("T101", Location(str(path)), found=error.strerror or str(error), allowed=allowed)
    else:
        instrument = parse_instrument(data, Path(path).name, diagnostics)
    diagnostics.check()
    assert instrument is not None
    return instrument


def parse_instrument(data: bytes | yaml.Node, file: str, diagnostics: Diagnostics) -> Instrument | None:
    """Read the bytes of an instrument file; None when it has no groups that could be used.

    Parameters
    ----------
    data : bytes or Node
    file : str
        Name for the problems.
    findings : Diagnostics
        Takes the problems.
    """
    value = read_yaml(data, file, diagnostics)
    if value is None:
        return None
    parts = value.fields(*names_of(InstrumentKeys))
    if not {"id", "groups"} <= parts.keys():
        return None
    before = len(diagnostics)
    groups = tuple(group for item in parts["groups"].items() if (group := _group(item)) is not None)
    most = parts["total_max"].number(least=0) if "total_max" in parts else 100.0
    instrument = Instrument(
        id=parts["id"].text(),
        groups=groups,
        label=parts["label"].label() if "label" in parts else NO_LABEL,
        scope=_scope(parts["scope"]) if "scope" in parts else NO_LABEL,
        total_max=100.0 if most is None else most,
        **(_synchronization(parts["synchronisation"]) if "synchronisation" in parts else {}),
        **(_classes(parts["classes"]) if "classes" in parts else {}),
        **(_extension(parts["extension"]) if "extension" in parts else {}),
    )
    if len(diagnostics) == before:
        _report_faults(instrument, parts, file, diagnostics)
    return instrument


def _report_faults(
    instrument: Instrument, parts: dict[str, YamlValue], file: str, diagnostics: Diagnostics
) -> None:
    for fault in instrument_faults(instrument):
        part = parts.get(fault.field.split(".")[0])
        location = part.location if part is not None else Location(file)
        diagnostics.add("S340", location, field=fault.field, found=fault.found, allowed=fault.allowed)


def _group(value: YamlValue) -> PointGroup | None:
    parts = value.fields(*names_of(PointGroupKeys))
    most = parts["max_points"].number() if "max_points" in parts else None
    if "id" not in parts or most is None:
        return None
    return PointGroup(
        id=parts["id"].text(),
        max_points=most,
        label=parts["label"].label() if "label" in parts else NO_LABEL,
        questions=_questions(parts["criteria"]) if "criteria" in parts else (),
        verified=_verified(parts),
    )


def _questions(value: YamlValue) -> tuple[Question, ...]:
    """Read the criteria of a group: a list of them, or only how many there are."""
    if not isinstance(value.node, yaml.SequenceNode):
        value.integer(least=1)
        return ()
    questions = []
    for item in value.items():
        parts = item.fields(*names_of(QuestionKeys))
        most = parts["max_points"].number(least=0) if "max_points" in parts else None
        if "id" in parts and most is not None:
            label = parts["label"].label() if "label" in parts else NO_LABEL
            questions.append(Question(parts["id"].text(), most, label))
    return tuple(questions)


def _verified(parts: dict[str, YamlValue]) -> Verified:
    return parts["verified"].choice(_VERIFIED, "false") if "verified" in parts else "false"  # type: ignore[return-value]


def _scope(value: YamlValue) -> Label:
    parts = value.fields(*names_of(ScopeKeys))
    return Label(*(parts[name].text() if name in parts else "" for name in ("vi", "en")))


def _synchronization(value: YamlValue) -> dict[str, Any]:
    parts = value.fields(*names_of(SynchronizationKeys))
    exponents = {}
    for name, power in parts["exponents"].entries() if "exponents" in parts else ():
        number = power.number()
        if number is not None:
            exponents[name] = number
    return {"exponents": exponents, "exponents_verified": _verified(parts)}


def _classes(value: YamlValue) -> dict[str, Any]:
    parts = value.fields(*names_of(ClassKeys))
    bounds = [_bound(item) for item in parts["bounds"].items()] if "bounds" in parts else []
    sets = parts["labels"].entries() if "labels" in parts else []
    mapping = parts["label_mapping"].entries() if "label_mapping" in parts else []
    return {
        "bounds": tuple(bound for bound in bounds if bound is not None),
        "bounds_verified": "verified" in parts and parts["verified"].flag(),
        "label_sets": tuple(_label_set(name, item) for name, item in sets),
        "label_mapping": {
            int(old): new for old, rank in mapping if old.isdigit() and (new := rank.integer(1))
        },
        "label_mapping_verified": "label_mapping_verified" in parts
        and parts["label_mapping_verified"].flag(),
    }


def _bound(value: YamlValue) -> ClassBound | None:
    parts = value.fields(*names_of(BoundKeys))
    rank = parts["rank"].integer(least=1) if "rank" in parts else None
    total = parts["total_min"].number(least=0) if "total_min" in parts else None
    k_min = parts["k_min"].number(least=0, most=1) if "k_min" in parts else None
    return None if rank is None or total is None else ClassBound(rank, total, k_min)


def _label_set(name: str, value: YamlValue) -> LabelSet:
    parts = value.fields(*names_of(LabelSetKeys))
    labels = {}
    for item in parts["items"].items() if "items" in parts else ():
        words = item.fields(*names_of(LabelKeys))
        rank = words["rank"].integer(least=1) if "rank" in words else None
        if rank is not None:
            labels[rank] = Label(*(words[key].text() if key in words else "" for key in ("vi", "en")))
    return LabelSet(name, labels, "verified" in parts and parts["verified"].flag())


def _extension(value: YamlValue) -> dict[str, Any]:
    parts = value.fields(*names_of(ExtensionKeys))
    return {
        "extension": parts["id"].text() if "id" in parts else "",
        "extension_label": parts["label"].label() if "label" in parts else NO_LABEL,
    }
