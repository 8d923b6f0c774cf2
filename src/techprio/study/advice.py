"""What to check first in a study: every uncertain figure, where it stands, and what it would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.dependencies.roles import roles_under
from techprio.errors import TechprioError
from techprio.inputs.places import places_of_figures
from techprio.language import Percent, Text, text
from techprio.model.criteria import Criterion
from techprio.model.plan import Plan
from techprio.model.ranking import Ranking
from techprio.model.study import Study
from techprio.model.value_of_information import ValueOfInformation, figures_frame
from techprio.model.weights import Weights
from techprio.phasing.plan import plan_phases
from techprio.phasing.source import study_priorities
from techprio.phasing.telling_dates import STAFF_DOUBT, telling_plan_figures
from techprio.ranking.methods import bind
from techprio.ranking.validation import weight_shares, without_criteria
from techprio.robustness.priority_rule import PriorityRule
from techprio.robustness.telling_figures import information_under
from techprio.robustness.value_draws import KEPT_DRAWS, value_draws, with_draws
from techprio.scoring import (
    Matrices,
    rank_study,
    screened_out,
    sector_matrices,
    study_method,
    study_weights,
    technology_values,
)
from techprio.weighting.responses import POINTS, JudgmentResponses, judgment_responses

#: Dependencies in doubt for which the plan is made again at most.
PLANS = 8
#: How far a score of the lowest grade that has no spread is tried either way, as a share of its scale.
SCORE_DOUBT = 0.1
LOWEST_GRADE = "D"
Row = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """What a run has found already; ``drawn`` are values of at least as many draws, None for other values."""

    weights: Weights
    rankings: Mapping[str, Ranking]
    matrices: Matrices
    values: pd.Series
    drawn: pd.DataFrame | None
    plan: Plan | None


@validated
def advise(study: Study, *, draws: int | None = None, seed: int | None = None) -> ValueOfInformation:
    """Say which uncertain figures of a study are worth checking first, and what they would change.

    Parameters
    ----------
    study : Study
    draws, seed : int, optional
        Instead of those of the study, of which at most 4,000 are taken.

    Returns
    -------
    ValueOfInformation

    Raises
    ------
    InputError
        Whatever a run of the study cannot use.

    Notes
    -----
    Scores and weights as in :func:`techprio.robustness.value_of_information`, with the role in each draw;
    costs, lead times and staff by the phase of the plan as it stands; a dependency by the roles and by the
    plan without it. What has no spread is not uncertain, but for staff and for scores of the lowest grade,
    which are tried a stated share either way.

    Examples
    --------
    >>> import techprio as tp
    >>> advice = advise(tp.example("lai-chau"), draws=1000)
    >>> scores = advice.table[advice.table["kind"] == "score"]
    >>> int(scores["alone"].sum()), scores.loc[scores["alone"], "technology"].nunique()
    (99, 21)
    >>> len(advice.first())
    10
    """
    study = with_draws(study, _count(study, draws), seed)
    return advice_of(study, _stages(study))


def _count(study: Study, draws: int | None) -> int:
    """Return how many draws are taken; more than :data:`KEPT_DRAWS` only where they are asked for."""
    return min(study.robustness.draws, KEPT_DRAWS) if draws is None else draws


def advice_of(study: Study, found: Known, draws: int | None = None) -> ValueOfInformation:
    """Return what to check first from what a run has found, with as many draws as :func:`advise` takes."""
    study = with_draws(study, _count(study, draws), None)
    settings, weights = study.robustness, found.weights
    matrices = {code: ranking.matrix for code, ranking in found.rankings.items()}
    outcomes = {} if found.drawn is None else {"role": roles_under(study, found.drawn.head(settings.draws))}
    responses = None if study.judgments is None else judgment_responses(weights, study.judgments)
    drawn = information_under(
        matrices,
        weights,
        study_method(study),
        responses=responses,
        outcomes=outcomes,
        rule=PriorityRule.of(study),
        draws=settings.draws,
        seed=settings.seed,
        weight_distribution=settings.weights,
        score_distribution=settings.scores,
        firm=study.ranking.firm,
        firmly_not=study.ranking.firmly_not,
    )
    rows: list[Row] = drawn.table.to_dict("records")
    rows += _doubted_scores(study, found)
    _add_roles(study, found, rows, responses)
    rows += _dependency_rows(study, found)
    if found.plan is not None:
        rows = _with_plan(study, rows, _plan_rows(study, found))
    _add_evidence(study, rows)
    return replace(drawn, table=figures_frame(rows), labels=_labels(study), notes=tuple(_notes(study, found)))


def _stages(study: Study) -> Known:
    weights, method, matrices = study_weights(study), study_method(study), sector_matrices(study)
    rankings = rank_study(study, weights, method, matrices=matrices)
    values = technology_values(study, weights, method, matrices=matrices)
    drawn, plan = value_draws(study, weights, method, matrices=matrices), None
    if study.resources is not None:
        plan = plan_phases(
            study, values=values, excluded=screened_out(rankings), priorities=study_priorities(study)
        )
    return Known(weights, rankings, matrices, values, drawn, plan)


def _labels(study: Study) -> dict[str, Any]:
    return {str(name): study.catalog.label(name) for name in study.catalog.technologies.index}


def _notes(study: Study, found: Known) -> Iterator[Text]:
    yield text(
        "A judgment is tried one step either way, a score of grade {grade} without a spread {share} of its "
        "scale, staff {staff}.",
        grade=LOWEST_GRADE, share=Percent(SCORE_DOUBT), staff=Percent(STAFF_DOUBT),
    )  # fmt: skip
    if found.plan is None:
        yield text("Without resources there is no plan: phases are not asked.")


def _doubted_scores(study: Study, found: Known) -> Iterator[Row]:
    """Give the scores of the lowest grade without a spread, with whether a tenth of the scale matters."""
    scores, rule = study.catalog.scores, PriorityRule.of(study)
    graded = scores[(scores["evidence"] == LOWEST_GRADE) & (scores["low"] == scores["high"])]
    for row in graded.itertuples():
        code = str(study.catalog.technologies.loc[row.technology, "sector"])
        ranking = found.rankings.get(code)
        if ranking is None or row.technology not in ranking.matrix.alternatives:
            continue
        scale = ranking.matrix.scales.get(row.criterion)
        if scale is None:
            continue
        step = SCORE_DOUBT * (scale.highest - scale.lowest)
        low, high = max(scale.lowest, row.value - step), min(scale.highest, row.value + step)
        place = (
            ranking.matrix.alternatives.index(row.technology),
            ranking.matrix.criteria.index(row.criterion),
        )
        ends = np.repeat(ranking.matrix.values.to_numpy(dtype=float)[None], 3, axis=0)
        ends[1][place], ends[2][place] = low, high
        inside = rule.with_values(ranking, ends)
        moved = set(np.array(ranking.matrix.alternatives)[(inside[1:] != inside[0]).any(axis=0)].tolist())
        yield {
            "kind": "score", "sector": code, "technology": row.technology, "criterion": row.criterion,
            "low": low, "value": float(row.value), "high": high, "alone": bool(moved),
            "lists": tuple(sorted(moved)),
        }  # fmt: skip


def _add_roles(study: Study, found: Known, rows: list[Row], responses: JudgmentResponses | None) -> None:
    """Add what single scores and judgments do to roles by themselves, all else as stated."""
    values = found.values
    if study.value.source != "score":
        return
    stated, owners = values.to_numpy(dtype=float), {str(name): i for i, name in enumerate(values.index)}
    valued = {code: _valued(study, found.weights, matrix) for code, matrix in found.matrices.items()}
    worths: list[Any] = [stated[None]]
    spans: list[tuple[Row, int]] = []
    for code, (method, matrix, weights) in valued.items():
        alternatives = {name: place for place, name in enumerate(map(str, matrix.alternatives))}
        criteria = {name: place for place, name in enumerate(matrix.criteria)}
        own = [row for row in rows if row["kind"] == "score" and row["sector"] == code]
        own = [row for row in own if row["criterion"] in criteria]
        many = np.repeat(matrix.values.to_numpy(dtype=float)[None], 2 * len(own), axis=0)
        for place, row in enumerate(own):
            cell = alternatives[row["technology"]], criteria[row["criterion"]]
            many[2 * place][cell], many[2 * place + 1][cell] = row["low"], row["high"]
        ends = np.repeat(stated[None], len(many), axis=0)
        if own:
            scores = method(many, np.repeat(weights[None], len(many), axis=0), matrix.signs)
            ends[:, [owners[name] for name in alternatives]] = scores
        spans += [(row, 2) for row in own]
        worths.append(ends)
    worths.append(_judged_values(found, rows, responses, stated, owners, valued, spans))
    roles = roles_under(study, pd.DataFrame(np.vstack(worths), columns=list(values.index))).to_numpy()
    differs, names, at = roles[1:] != roles[0], np.array(list(owners), dtype=object), 0
    for row, count in spans:
        part = differs[at : at + count]
        at += count
        row["roles"] = tuple(dict.fromkeys([*row.get("roles", ()), *names[part.any(axis=0)]]))
        if row["kind"] == "judgment":
            row["p_role"] = float(part[:POINTS].any(axis=1).mean())


def _judged_values(
    found: Known, rows: list[Row], responses: JudgmentResponses | None, stated: Any,
    owners: Mapping[str, int], valued: Mapping[str, Any], spans: list[tuple[Row, int]],
) -> Any:  # fmt: skip
    """Return the values over the range of each judgment; ``spans`` takes whose they are."""
    if responses is None:
        return stated[None][:0]
    known = {
        (row["expert"], row["criterion"], row["against"]): row for row in rows if row["kind"] == "judgment"
    }
    worths = np.repeat(stated[None], responses.weights.size // responses.weights.shape[-1], axis=0)
    leaves = list(found.weights.overall.index)
    for method, matrix, _ in valued.values():
        order = [leaves.index(name) for name in matrix.criteria]
        many = responses.weights[..., order].reshape(-1, len(order))
        score = method.prepared(matrix.values.to_numpy(dtype=float), matrix.signs)
        worths[:, [owners[str(name)] for name in matrix.alternatives]] = score(
            many / many.sum(axis=1, keepdims=True)
        )
    for row in responses.table.itertuples():
        spans.append((known[row.expert, row.preferred, row.other], responses.weights.shape[1]))
    return worths


def _valued(study: Study, weights: Weights, matrix: Any) -> tuple[Any, Any, Any]:
    """Return method, matrix and weights as the value of a technology takes them."""
    leave_out = [name for name in study.value.leave_out if name in matrix.criteria]
    used = without_criteria(matrix, leave_out)
    shares, _ = weight_shares(weights, used.criteria, leave_out=leave_out)
    return bind(study_method(study), used), used, shares.to_numpy()


def _dependency_rows(study: Study, found: Known) -> Iterator[Row]:
    """Give each dependency in doubt: roles and plan without it, as probable as it is not there."""
    edges = study.catalog.dependencies
    doubted = edges[edges["confidence"].fillna(1.0) < 1]
    if not len(doubted):
        return
    values = found.values
    frame = pd.DataFrame([values.to_numpy(dtype=float)], columns=list(values.index))
    now = roles_under(study, frame).iloc[0]
    for count, (place, edge) in enumerate(doubted.iterrows()):
        without = replace(study, catalog=replace(study.catalog, dependencies=edges.drop(index=place)))
        roles = roles_under(without, frame).iloc[0]
        moved = tuple(map(str, roles.index[roles != now]))
        phases = _other_phases(without, found, values) if count < PLANS else ()
        absent = 1.0 - float(edge["confidence"])
        yield {
            "kind": "dependency", "sector": str(study.catalog.technologies.loc[edge["technology"], "sector"]),
            "technology": str(edge["technology"]), "against": str(edge["requires"]),
            "low": 0.0, "value": float(edge["confidence"]), "high": 1.0,
            "p_role": absent if moved else 0.0, "p_phase": absent if phases else 0.0,
            "misplaced": absent * (len(moved) + len(phases)), "roles": moved, "phases": phases,
        }  # fmt: skip


def _other_phases(study: Study, found: Known, values: pd.Series) -> tuple[str, ...]:
    """Return what the plan of another study, made to keep the one that is known, puts into another phase."""
    if found.plan is None:
        return ()
    try:
        plan = plan_phases(
            study, values=values, excluded=screened_out(found.rankings), keep=found.plan,
            priorities=study_priorities(study),
        )  # fmt: skip
    except TechprioError:
        return ()  # a limit that only the plan as it stands can keep
    before, after = found.plan.placements["phase"], plan.placements["phase"]
    return tuple(str(name) for name in before.index if before[name] != after.get(name))


def _plan_rows(study: Study, found: Known) -> list[Row]:
    assert found.plan is not None
    return list(
        telling_plan_figures(
            study, found.plan, values=found.values,
            excluded=screened_out(found.rankings), draws=study.robustness.draws, seed=study.robustness.seed,
        )
    )  # fmt: skip


def _with_plan(study: Study, rows: list[Row], planned: list[Row]) -> list[Row]:
    """Return all rows, a cost or lead time that is also a criterion as the score that it is."""
    shared = {
        (row["technology"], _figure_of(leaf)): row
        for leaf in _columns_of(study)
        for row in rows
        if row["kind"] == "score" and row["criterion"] == leaf.id
    }
    own = []
    for row in planned:
        score = shared.get((row["technology"], row["kind"]))
        if score is None:
            own.append(row)
            continue
        score |= {"p_phase": row["p_phase"], "phases": row["phases"]}
        score["misplaced"] = score.get("misplaced", 0.0) + row["misplaced"]
    return rows + own


def _figure_of(leaf: Criterion) -> str:
    return {"capex": "cost", "lead": "lead"}.get(leaf.field.partition("_")[0], leaf.field)


def _columns_of(study: Study) -> list[Criterion]:
    """Return the criteria that are read from a column of the catalogue."""
    return [leaf for leaf in study.criteria.leaves if leaf.field and leaf.field in study.catalog.technologies]


def _add_evidence(study: Study, rows: list[Row]) -> None:
    """Add grade, source and place of each figure; of a column of the catalogue its stated basis."""
    scores, technologies = study.catalog.scores, study.catalog.technologies
    columns = (
        scores[key].to_numpy(dtype=object) for key in ("technology", "criterion", "evidence", "source")
    )
    facts = {
        (name, leaf): (str(grade), str(source)) for name, leaf, grade, source in zip(*columns, strict=True)
    }
    fields = {leaf.id: leaf.field.partition("_")[0] for leaf in _columns_of(study)}
    fields |= {"cost": "capex", "lead": "lead"}
    bases = {key: technologies[key].to_dict() for key in technologies if str(key).endswith("_basis")}
    places = places_of_figures(study)
    for row in rows:
        name, criterion = row.get("technology", ""), row.get("criterion", "")
        column = fields.get(criterion if row["kind"] == "score" else row["kind"])
        if column is not None:
            basis = f"{column}_basis"
            row["source"] = str(bases[basis][name]) if basis in bases else ""
        else:
            row["grade"], row["source"] = facts.get((name, criterion), ("", ""))
        if row["kind"] == "judgment":
            pair = sorted((row["criterion"], row["against"]))
            row["stands_in"] = places.get(("judgment", row["expert"], *pair), "")
        elif row["kind"] == "dependency":
            row["stands_in"] = places.get(("dependency", name, row["against"]), "")
        elif row["kind"] == "score" and column is None:
            row["stands_in"] = places.get(("score", name, criterion), "")
        elif name:
            row["stands_in"] = places.get(("technology", name), "")
