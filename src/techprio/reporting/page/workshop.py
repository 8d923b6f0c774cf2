"""What the page needs to rank again while weights are moved: gaps, panel, names.

For TOPSIS these are the gaps to the ideal and to the anti-ideal under weights of 1, so that
d± = √Σ w² gap²; for the weighted sum the gains. Full precision, so that the page gives Python's numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.dependencies.roles import classify_roles
from techprio.display.quantities import render
from techprio.language import LANGUAGES, Label, Text, text
from techprio.model.ranking import Ranking
from techprio.model.run import RunData
from techprio.ranking.topsis import Topsis
from techprio.ranking.weighted_sum import WeightedSum
from techprio.ranking.worth import inner_method
from techprio.reporting.page.statements import Packed
from techprio.reporting.record import run_method
from techprio.reporting.sentences import run_sentences
from techprio.robustness.priority_rule import PriorityRule
from techprio.scoring import run_matrices, technology_values
from techprio.weighting.given import given_weights

Array = NDArray[np.float64]


def workshop_data(run: RunData) -> dict[str, Any]:
    """Return the data of the workshop as plain values.

    Returns
    -------
    dict
        ``kind`` is ``"topsis"``, ``"weighted_sum"``, or None where the page cannot compute the method.
        ``rule`` says what priority is: under ``"score"`` each sector has a ``line``, the same figures with
        the reference profile as last row, under ``"outranking"`` what ``reached`` it in the run. Names and
        statements of technologies are parts of ``sentences``.
    """
    method = inner_method(next(iter(run.rankings.values())).method)
    kind = (
        "topsis"
        if isinstance(method, Topsis)
        else "weighted_sum"
        if isinstance(method, WeightedSum)
        else None
    )
    rule = PriorityRule.of(run.study)
    packed, said = Packed(), run_sentences(run)
    names = [str(name) for name in run.study.catalog.technologies.index]
    return {
        "kind": kind,
        "method": _both(run_method(run)),
        "top": run.study.ranking.top,
        "rule": rule.name,
        "phases": run.plan is not None,
        "heads": _heads(run),
        "panel": _panel(run),
        "sectors": [
            {
                "code": sector.code,
                "name": _both(sector.label),
                "cross": sector.cross,
                **_sector(run.rankings[sector.code], kind, rule),
            }
            for sector in run.study.catalog.sectors
        ],
        "views": list(_views(run)),
        "technologies": {name: _technology(run, name, packed, said.get(name)) for name in names},
        "sentences": {"words": packed.words, "parts": packed.parts},
    }


def _heads(run: RunData) -> list[dict[str, Any]]:
    used = set(run.weights.overall.index)
    heads = []
    for head in run.study.criteria.heads:
        leaves = [leaf for leaf in head.walk() if leaf.is_leaf and leaf.id in used]
        if leaves:
            criteria = [{"id": leaf.id, "name": _both(leaf.label)} for leaf in leaves]
            heads.append({"id": head.id, "name": _both(head.label), "criteria": criteria})
    return heads


def _panel(run: RunData) -> dict[str, Any]:
    """Return the weights of the panel and of its groups; of single experts only where they are asked for."""
    weights = run.weights
    shown = (weights.by_group, weights.by_expert if run.options.get("with_judgments") else None)
    members = [frame for frame in shown if frame is not None and len(frame)]
    everybody = pd.concat(members)[list(weights.overall.index)] if members else pd.DataFrame()
    return {
        "overall": {str(name): float(value) for name, value in weights.overall.items()},
        "members": {
            str(name): {str(c): float(v) for c, v in row.items()} for name, row in everybody.iterrows()
        },
    }


def _sector(ranking: Ranking, kind: str | None, rule: PriorityRule) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ids": [str(name) for name in ranking.matrix.alternatives],
        "criteria": [str(name) for name in ranking.matrix.criteria],
        "screened": sorted(map(str, ranking.screened)),
    }
    if kind is None:
        return found
    values = ranking.matrix.values.to_numpy(dtype=float)
    if rule.profile is not None and rule.name == "outranking":
        found["reached"] = sorted(rule.stated(ranking))  # of the run: the page does not outrank
    elif rule.profile is not None:
        row = np.array([float(rule.profile.values[name]) for name in ranking.matrix.criteria])
        found["line"] = _gains(ranking, kind, np.vstack([values, row]))
    return found | _gains(ranking, kind, values)


def _gains(ranking: Ranking, kind: str, values: Array) -> dict[str, Any]:
    """Return what the page weighs: the gains, and the ideals that they are held against."""
    method: Any = ranking.method
    steps = method.steps(values, np.ones(values.shape[1]), ranking.matrix.signs)
    found = {"gains": steps["normalized"].values.tolist()}
    if kind == "topsis":
        found |= {name: steps[name].values.tolist() for name in ("ideal", "anti_ideal")}
    return found


def _views(run: RunData) -> Iterator[dict[str, Any]]:
    """Give what roles and phases can be switched to: the run, and what was computed beside it.

    Each has only what differs from the run: ``roles`` under the weights of a group of the panel,
    ``phases`` of the plans with limits and ranks drawn, and of the plans of the scenarios.
    """
    yield {"name": _both(text("this run")), "note": _both(text("Roles and phases are those of the run."))}
    for group, overall in _groups(run):
        weights = given_weights(overall.to_dict(), normalize=True)
        values = technology_values(run.study, weights, matrices=run_matrices(run))
        found = classify_roles(
            run.study.catalog, values, settings=run.study.roles, overrides=run.study.role_overrides
        )
        note = text("Roles under the weights of this group; phases are those of the run.")
        yield {
            "name": _both(text("weights of {group}", group=run.weights.labels.get(group, group))),
            "note": _both(note),
            "roles": _differing(run.roles.table["role_final"], found.table["role_final"]),
        }
    if run.plan is None:
        return
    stated = run.plan.placements["phase"].astype(str)
    if run.plan.priorities is not None and len(run.plan.priorities.shares):
        note = text("The phase in most of the plans with limits and ranks drawn; roles are those of the run.")
        usual = run.plan.priorities.shares.idxmax(axis=1)
        phases = usual.where(usual.isin(run.plan.priorities.shares.columns[:-1]), "")
        yield {
            "name": _both(text("limits and ranks drawn")),
            "note": _both(note),
            "phases": _differing(stated, phases),
        }
    others = {} if run.scenarios is None else dict(list(run.scenarios.plans.items())[1:])
    for name, plan in others.items():
        note = text("Phases of the plan of this scenario; roles are those of the run.")
        yield {
            "name": _both(text("scenario {name}", name=name)),
            "note": _both(note),
            "phases": _differing(stated, plan.placements["phase"].astype(str)),
        }


def _groups(run: RunData) -> Iterator[tuple[str, pd.Series]]:
    """Give the weights of each group of the panel, where there are several."""
    groups = run.weights.by_group
    if groups is not None and len(groups) > 1 and run.study.value.source == "score":
        yield from ((str(name), row) for name, row in groups.iterrows())


def _differing(before: pd.Series, after: pd.Series) -> dict[str, str]:
    return {str(name): str(after[name]) for name in after.index if after[name] != before[name]}


def _technology(run: RunData, name: str, packed: Packed, said: Text | None) -> dict[str, Any]:
    sector = str(run.study.catalog.technologies.loc[name, "sector"])
    rank = run.rankings[sector].ranks.get(name)
    place = None if run.plan is None else run.plan.placements.loc[name]
    return {
        "name": packed.part(run.study.catalog.label(name)),
        "statement": None if said is None else packed.part(said),
        "role": str(run.roles.table.loc[name, "role_final"]),
        "sure": _certainty(run, name),
        "phase": "" if place is None else str(place["phase"]),
        "rank": None if rank is None else int(rank),
    }


def _certainty(run: RunData, name: str) -> float | None:
    """Return in which share of the draws the rule gives the role; None where people decided it."""
    row = run.roles.table.loc[name]
    known = row["role_final"] == row["role"] and pd.notna(row["certainty"])
    return round(float(row["certainty"]), 4) if known else None


def _both(label: Label | Text | str) -> dict[str, str]:
    return {one: str(render(label, one)) for one in LANGUAGES}
