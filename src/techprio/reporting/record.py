"""The record of a run: enough to get the same bytes again, and nothing that a clock would change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from importlib import metadata
from typing import Any

import numpy as np

from techprio.display.quantities import Column, Table
from techprio.language import Label, Month, Percent, Text, text
from techprio.model.known_names import group_name
from techprio.model.provenance import ITEM, STATED
from techprio.model.roles import ROLE_WORDS
from techprio.model.run import RunData
from techprio.ranking.worth import OnWorth
from techprio.reporting.words import printed_notes

#: Their versions can change the last digits, or the choice between plans of equal worth.
LIBRARIES = ("numpy", "scipy", "pandas", "pymcdm", "networkx", "highspy")
_ITEMS: dict[str, Text] = {
    "version": text("Version of techprio"),
    "seed": text("Seed"),
    "ranking.method": text("Ranking method"),
    "ranking.reversal_possible": text("Another candidate can swap two others"),
    "ranking.top": text("Technologies a sector that have priority"),
    "ranking.ties": text("Equal scores"),
    "ranking.notes": text("Remarks on the ranking"),
    "robustness.draws": text("Simulation: draws"),
    "robustness.seed": text("Simulation: seed"),
    "robustness.weights": text("Simulation: weights are drawn from"),
    "robustness.scores": text("Simulation: scores are drawn from"),
    "value.source": text("Value for roles and phases comes from"),
    "value.leave_out": text("Value for roles and phases leaves out"),
    "roles.theta": text("Roles: share out of reach that counts a sector"),
    "roles.breadth": text("Roles: sectors that make a platform"),
    "roles.own_sector": text("Roles: share of its own sector that makes a platform"),
    "roles.depth": text("Roles: average technologies that make a core one"),
    "roles.kept": text("Roles: share of the value that stays with its owner"),
    "phasing.value": text("Plan: value"),
    "phasing.bound": text("Plan: proven bound of the value"),
    "phasing.gap": text("Plan: gap to the bound"),
    "phasing.status": text("Plan: state of the proof"),
    "phasing.stopped_on": text("Plan: the search stopped on"),
    "phasing.placed": text("Plan: technologies placed"),
    "phasing.not_placed": text("Plan: technologies not placed"),
    "phasing.discount_rate": text("Plan: discount rate a year"),
    "phasing.period_months": text("Plan: months of a period"),
    "phasing.start": text("Plan: first month"),
    "phasing.end": text("Plan: last month"),
    "phasing.illustrative_resources": text("Plan: the limits are illustrative"),
    "phasing.warnings": text("Plan: remarks"),
    "counts.technologies": text("Technologies"),
    "counts.dependencies": text("Dependencies"),
    "counts.criteria": text("Criteria"),
    "counts.experts": text("Experts"),
    "counts.screened": text("Screened before ranking"),
    **{f"counts.roles.{role}": words for role, words in ROLE_WORDS.items()},
}
_VALUES: dict[str, Text] = {
    "optimal": text("proven within the gap"),
    "stopped": text("stopped before the proof"),
    "gap": text("the gap"),
    "nodes": text("the number of nodes"),
    "time": text("time"),
    "score": text("the ranking score"),
    "triangular": text("the triangle of low, value and high"),
    "uniform": text("uniform weights"),
    "bayesian": text("the posterior of the group (Bayesian)"),
}
_SHARES = ("roles.theta", "roles.own_sector", "roles.kept", "phasing.gap", "phasing.discount_rate")
_COUNTED = ("robustness.draws", "options.draws")
_LEFT_OUT = ("ranking.normalization",)  # it stands in the words of the method
_NAMES: dict[str, Text | str] = {
    "Topsis": "TOPSIS",
    "WeightedSum": text("weighted sum"),
    "WeightedProduct": text("weighted product"),
    "Vikor": "VIKOR",
    "Promethee2": "PROMETHEE II",
}
_NORMALIZATIONS: dict[str, Text] = {
    "reference": text("on the declared, fixed scale of each criterion"),
    "minmax": text("between the lowest and the highest of the candidates"),
    "vector": text("by the length of each column"),
}


def run_record(run: RunData, *, files: Sequence[str] = ()) -> dict[str, Any]:
    """Return the record of a run as plain values.

    Parameters
    ----------
    run : RunData
    files : sequence of str
        Names of the files that were written beside it.

    Returns
    -------
    dict
        ``version``, ``libraries`` (versions of those that the figures rest on), ``study``, ``options``,
        ``seed``, ``weights``, ``ranking`` (with the normalization and whether adding a candidate can
        reverse two others), ``robustness``, ``value``, ``roles``, ``phasing`` (``value``, ``bound``,
        ``gap``, ``status``, ``stopped_on``), ``counts``, ``inputs`` (SHA-256), ``warnings`` in both
        languages, ``files``.
    """
    study = run.study
    return {
        "version": run.provenance.version,
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
        "study": {"id": study.id, "title": _plain(study.title), "illustrative": study.illustrative},
        "options": _plain(run.options),
        "seed": run.provenance.seed,
        "weights": {
            "method": run.weights.method,
            "overall": _plain(run.weights.overall.to_dict()),
            "settings": _plain(study.weights),
        },
        "ranking": _ranking(run),
        "robustness": _plain(study.robustness) | _draws(run),
        "value": _plain(study.value),
        "roles": _plain(run.roles.settings),
        "phasing": _phasing(run),
        "counts": _counts(run),
        "inputs": _plain(run.provenance.inputs or study.inputs),
        "warnings": [_plain(warning) for warning in run.notes],
        "files": sorted(files),
    }


def record_json(run: RunData, *, files: Sequence[str] = ()) -> bytes:
    """Return ``run.json``: keys sorted, UTF-8, LF, the same bytes for the same run."""
    words = json.dumps(
        run_record(run, files=files), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False
    )
    return (words + "\n").encode("utf-8")


def _ranking(run: RunData) -> dict[str, Any]:
    rankings = run.rankings.values()
    first = next(iter(rankings), None)
    return {
        "method": "" if first is None else repr(first.method).strip("'\""),
        "normalization": getattr(first and first.method, "normalization", None)
        or run.study.ranking.options.get("normalization", ""),
        "reversal_possible": any(ranking.reversal_possible for ranking in rankings),
        "top": run.study.ranking.top,
        "ties": {code: [list(group) for group in r.ties] for code, r in run.rankings.items() if r.ties},
        "notes": [{"en": en, "vi": vi} for en, vi in dict.fromkeys(_notes(run))],
    }


def _notes(run: RunData) -> list[tuple[str, str]]:
    return [(n.render("en"), n.render("vi")) for ranking in run.rankings.values() for n in ranking.notes]


def _draws(run: RunData) -> dict[str, Any]:
    drawn = next(iter(run.acceptability.values()), None)
    return {} if drawn is None else {"draws": drawn.draws, "seed": drawn.seed}


def _phasing(run: RunData) -> dict[str, Any] | None:
    plan = run.plan
    if plan is None:
        return None
    return {
        "value": _plain(plan.value),
        "bound": _plain(plan.bound),
        "gap": _plain(plan.gap),
        "status": plan.status,
        "stopped_on": plan.stopped_on,
        "placed": int(plan.placements["placed"].sum()),
        "not_placed": list(plan.unplaced),
        "discount_rate": plan.resources.discount_rate,
        "period_months": plan.resources.period_months,
        "start": plan.resources.start,
        "end": plan.resources.end,
        "illustrative_resources": plan.resources.illustrative,
        "warnings": [_plain(warning) for warning in plan.notes],
    }


def _counts(run: RunData) -> dict[str, Any]:
    return {
        "technologies": len(run.study.catalog.technologies),
        "dependencies": len(run.study.catalog.dependencies),
        "criteria": len(run.study.criteria.leaves),
        "experts": len(run.weights.by_expert),
        "roles": _plain(run.roles.table["role"].value_counts().to_dict()),
        "screened": sum(len(ranking.screened) for ranking in run.rankings.values()),
    }


def _plain(value: Any) -> Any:
    """Turn a value into what JSON knows; a number that is not finite becomes null."""
    if isinstance(value, Text | Label):
        return {"en": value.render("en"), "vi": value.render("vi")}
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    return value if value is None or isinstance(value, str) else repr(value)


def record_table(run: RunData) -> Table:
    """Return version, options, seed and digests of the inputs, one a row."""
    record = run_record(run)
    record["ranking"]["method"] = run_method(run)
    parts = ("version", "seed", "options", "ranking", "robustness", "value", "roles", "phasing", "counts")
    rows = [
        (_item(name), _in_words(name, value))
        for part in parts
        for name, value in _flat(part, record[part])
        if name not in _LEFT_OUT
    ]
    rows += [(text("Input {file}", file=name), digest) for name, digest in record["inputs"].items()]
    title = text("Record of the run: the same inputs and options give the same result")
    columns = [Column(ITEM, 44), Column(STATED, 90)]
    return Table.of("record", title, columns, rows, notes=printed_notes(run), name=text("Record"))


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Give every single value under its whole name; sentences one a row."""
    if isinstance(value, Mapping) and set(value) == {"en", "vi"}:
        yield name, Label(value["vi"], value["en"])
    elif name == "ranking.ties":
        yield from ((name, "; ".join(", ".join(group) for group in groups)) for groups in value.values())
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _flat(f"{name}.{key}", item)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for item in value:
            yield from _flat(name, item)
    elif value is not None and value not in ("", [], {}):
        yield name, value


def _item(name: str) -> Any:
    part, _, key = name.partition(".")
    return text("Option of the run: {name}", name=key) if part == "options" else _ITEMS.get(name, name)


def _in_words(name: str, value: Any) -> Any:
    """Return a value of the record as readers know it."""
    if isinstance(value, bool):
        return text("yes") if value else text("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if name in _SHARES:
        return Percent(float(value))
    if name in _COUNTED or name.startswith("counts."):
        return float(value)
    if name in ("phasing.start", "phasing.end"):
        return Month(value)
    if name == "robustness.weights" and isinstance(value, str):
        return _VALUES.get(value, group_name(value))
    return _VALUES.get(value, value) if isinstance(value, str) else value


def method_words(method: object) -> Text:
    """Return a ranking method in words: its name, its normalization, its other settings.

    Examples
    --------
    >>> from techprio.ranking.topsis import Topsis
    >>> print(method_words(Topsis("reference")))
    TOPSIS, normalization reference (on the declared, fixed scale of each criterion)
    """
    known = _NAMES.get(type(method).__name__)
    name: Any = known if known is not None else str(getattr(method, "name", type(method).__name__))
    words = text("{method}", method=name)
    normalization = getattr(method, "normalization", None)
    if isinstance(normalization, str) and normalization:
        meaning = _NORMALIZATIONS.get(normalization)
        how = text("{name} ({meaning})", name=normalization, meaning=meaning) if meaning else normalization
        words = text("{method}, normalization {normalization}", method=words, normalization=how)
    for key, value in _settings(method):
        words = text("{words}, {setting} {value}", words=words, setting=key, value=value)
    return words


def run_method(run: RunData) -> Text:
    """Return the ranking method of a run in words."""
    first = next(iter(run.rankings.values()), None)
    if first is None:
        return text("{method}", method=run.provenance.method)
    # How a criterion is seen belongs to the criterion.
    method = first.method.method if isinstance(first.method, OnWorth) else first.method
    return method_words(method)


def _settings(method: object) -> list[tuple[str, Any]]:
    """Return the plain settings of a method besides name and normalization."""
    found: dict[str, Any] = {}
    for field in fields(method) if is_dataclass(method) else ():
        value = getattr(method, field.name)
        if field.repr and field.name not in ("name", "normalization"):
            found |= value if isinstance(value, Mapping) else {field.name: value}
    return [
        (key, value) for key, value in found.items() if isinstance(value, str | int | float) and value != ""
    ]
