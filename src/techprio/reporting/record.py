"""The record of a run: enough to get the same bytes again, and nothing that a clock would change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

import numpy as np

from techprio.language import Label, Text
from techprio.model.run import RunData


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
        ``version``, ``study``, ``options``, ``seed``, ``weights``, ``ranking`` (with the normalization
        and whether adding a candidate can reverse two others), ``robustness``, ``value``, ``roles``,
        ``phasing`` (``value``, ``bound``, ``gap``, ``status``, ``stopped_on``), ``counts``, ``inputs``
        (SHA-256), ``warnings`` in both languages, ``files``.
    """
    study = run.study
    return {
        "version": run.provenance.version,
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
    sure = next(iter(run.acceptability.values()), None)
    return {} if sure is None else {"draws": sure.draws, "seed": sure.seed}


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
