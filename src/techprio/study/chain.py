"""The whole chain over a study: weights, rankings, robustness, roles, plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from techprio.arguments import validated
from techprio.dependencies.roles import classify_roles
from techprio.errors import InputError
from techprio.language import Percent, Text, text
from techprio.model.acceptability import RankAcceptability
from techprio.model.method import Method
from techprio.model.plan import Plan
from techprio.model.plan_certainty import ReplacementCosts
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.model.roles import Roles
from techprio.model.run import keep_derived
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.phasing.keep import EPSILON
from techprio.phasing.placement_costs import replacement_costs
from techprio.phasing.plan import plan_phases
from techprio.phasing.scenarios import compare_scenarios
from techprio.phasing.source import Priorities, rank_priorities
from techprio.reporting.words import joined
from techprio.robustness.simulation import Extra, simulate
from techprio.robustness.sorting import reached_in_study
from techprio.robustness.value_draws import keep_value_draws, reference_draws, value_draws, with_draws
from techprio.robustness.weight_sampling import Around
from techprio.scoring import (
    Matrices,
    rank_study,
    reference_values,
    run_matrices,
    screened_out,
    sector_matrices,
    study_method,
    study_weights,
    technology_values,
)
from techprio.study.result import StudyResult

Progress = Callable[[Text], None]
_COLLECTED: tuple[Extra, ...] = ("pairwise", "central_weights")
MOST_PAIRED = 300  # technologies of a sector; more have too many pairs to be read


@validated
def run(
    study: Study,
    *,
    draws: int | None = None,
    seed: int | None = None,
    jobs: int = 1,
    certify: bool = False,
    scenarios: Sequence[str] = (),
    keep: Plan | pd.DataFrame | None = None,
    epsilon: float = EPSILON,
    with_judgments: bool = False,
    progress: Progress | None = None,
) -> StudyResult:
    """Run every stage of a study and keep each as a value.

    Parameters
    ----------
    study : Study
        From :func:`techprio.read_study` or :func:`techprio.example`.
    draws, seed : int, optional
        Instead of those of the study; 0 is a seed.
    jobs : int
        Workers for the draws; results do not depend on it.
    certify : bool
        Also find what every other placement would cost, see :func:`techprio.phasing.replacement_costs`.
    scenarios : sequence of str
        Also plan under other limits, such as ``"budget=0.8"``; see :func:`techprio.compare_scenarios`.
    keep : Plan or DataFrame, optional
        An earlier plan that is to change as little as it can; see :func:`techprio.plan_phases`.
    epsilon : float
        Share of the bound that keeping may cost.
    with_judgments : bool
        Print comparisons, notes and weights of single experts, by their codes, in workbook and document;
        without it only groups.
    progress : callable, optional
        Called with the name of each stage as it begins; its method ``part``, where it has one, is called
        with how much of the stage is done, and how much there is.

    Returns
    -------
    StudyResult
        ``weights, rankings, acceptability, values, roles, plan`` and the writers. What follows from these
        (dates, influence, advice, dissent, stability, ...) is found when it is first read.

    Raises
    ------
    InputError
        What is no study, for example the name or folder of one.
    InfeasibleError
        When no plan keeps the limits of the study.

    Examples
    --------
    >>> import techprio as tp
    >>> result = tp.run(tp.example("lai-chau"), draws=100)
    >>> len(result.plan.placements)
    90
    """
    if not isinstance(study, Study):
        proposal = text("read it first: tp.read_study(...), or tp.example(...) for a shipped one")
        raise InputError.argument("study", found=study, allowed=text("a study"), proposal=proposal)
    report = progress or (lambda stage: None)
    study = with_draws(study, draws, seed)
    method = study_method(study)
    report(text("weights of the criteria"))
    weights = study_weights(study)
    report(text("rankings of {count} sectors", count=len(study.catalog.sectors)))
    matrices = sector_matrices(study)
    rankings = rank_study(study, weights, method, matrices=matrices)
    report(text("{draws} draws of weights and scores", draws=study.robustness.draws))
    part = getattr(report, "part", lambda done, whole: None)
    acceptability = {}
    for place, (code, ranking) in enumerate(rankings.items()):
        part(place, len(rankings))
        acceptability[code] = _simulate(study, ranking, weights, method, jobs)
    reached = reached_in_study(study, rankings, weights, method)
    values = technology_values(study, weights, method, matrices=matrices)
    report(text("phasing"))
    excluded = screened_out(rankings)
    plan, priorities, certainty = None, None, None
    if study.resources is not None:
        priorities = _priorities(study, weights, rankings, acceptability)
        plan = plan_phases(
            study, values=values, excluded=excluded, priorities=priorities, keep=keep, epsilon=epsilon
        )
    if certify and plan is not None:
        report(text("what every other placement would cost"))
        certainty = replacement_costs(
            study, plan, jobs=jobs, values=values, excluded=excluded, priorities=priorities
        )
        plan = replace(plan, reasons=_with_costs(plan.reasons, certainty))
    report(text("roles"))
    drawn = value_draws(study, weights, method, matrices=matrices)
    roles = _roles(study, weights, method, matrices, values, drawn, not_now(plan, excluded))
    compared = None
    if scenarios:
        report(text("{count} scenarios", count=len(scenarios)))
        compared = compare_scenarios(
            study, scenarios, values=values, excluded=excluded, stated=plan, priorities=priorities
        )
    result = StudyResult(
        study=study,
        weights=weights,
        rankings=rankings,
        acceptability=acceptability,
        values=values,
        roles=roles,
        plan=plan,
        certainty=certainty,
        scenarios=compared,
        provenance=Provenance.of(repr(method), seed=study.robustness.seed, inputs=study.inputs),
        notes=_notes(study, weights, rankings),
        options={"with_judgments": True} if with_judgments else {},
        reached=reached,
    )
    keep_derived(result, run_matrices, matrices)
    keep_value_draws(result, drawn)
    return result


def not_now(plan: Plan | None, excluded: Mapping[str, Text]) -> dict[str, Text]:
    """Return what cannot be begun, with the reason: screened out, or without a place in the plan."""
    found = {name: text("screened out: {reason}", reason=reason) for name, reason in excluded.items()}
    if plan is None:
        return found
    unplaced = [name for name in plan.unplaced if name not in found]
    return found | {name: text("not placed: {reason}", reason=plan.reasons[name]) for name in unplaced}


def _priorities(
    study: Study,
    weights: Weights,
    rankings: Mapping[str, Ranking],
    acceptability: Mapping[str, RankAcceptability],
) -> Priorities | None:
    """Return the rank classes that a plan is made for; None where it is made for values."""
    resources = study.resources
    if resources is None or resources.objective == "value":
        return None
    return rank_priorities(study, weights, rankings, acceptability, classes=resources.rank_classes)


def _roles(
    study: Study,
    weights: Weights,
    method: Method,
    matrices: Matrices,
    values: pd.Series,
    drawn: pd.DataFrame | None,
    left_out: Mapping[str, Text],
) -> Roles:
    return classify_roles(
        study.catalog,
        values,
        settings=study.roles,
        draws=drawn,
        seed=study.robustness.seed,
        overrides=study.role_overrides,
        reference=reference_values(study, weights, method, matrices=matrices),
        reference_draws=reference_draws(study, weights, method, drawn, matrices=matrices),
        not_now=left_out,
    )


def _with_costs(reasons: Mapping[str, Text], certainty: ReplacementCosts) -> dict[str, Text]:
    """Return each reason against the plan as it stands, with what holds against the best plan."""
    return {
        name: text("{before}; {after}", before=reason, after=certainty.explain(name))
        for name, reason in reasons.items()
    }


def _simulate(
    study: Study, ranking: Ranking, weights: Weights, method: Method, jobs: int
) -> RankAcceptability:
    settings = study.robustness
    return simulate(
        ranking.matrix,
        weights,
        method,
        draws=settings.draws,
        seed=settings.seed,
        weight_distribution=settings.weights,
        score_distribution=settings.scores,
        top=study.ranking.top,
        jobs=jobs,
        collect=_COLLECTED[len(ranking.ranks) > MOST_PAIRED :],
    )


def _notes(study: Study, weights: Weights, rankings: Mapping[str, Ranking]) -> tuple[Text, ...]:
    warnings = []
    if study.illustrative or (study.resources is not None and study.resources.illustrative):
        warnings.append(
            text("Illustrative data: no figure of this study may be quoted as a figure of the province.")
        )
    warnings += weights.notes
    if study.judgments is None and study.robustness.weights == "around":
        note = text("Weights are given as numbers: the simulation draws each within {spread} of its value.",
                    spread=Percent(Around().spread))  # fmt: skip
        warnings.append(note)
    warnings.append(_value_note(study))
    for ranking in rankings.values():
        warnings += [note for note in ranking.notes if note not in warnings]
    return tuple(warnings)


def _value_note(study: Study) -> Text:
    """State in one sentence what the value is."""
    left_out = joined([study.criteria.by_id[id].label for id in study.value.leave_out], ", ")
    if study.value.source != "score":
        return text("Value in roles and phasing: {source}", source=study.value.source)
    if not left_out:
        return text("Value in roles and phasing: the ranking score")
    return text("Value in roles and phasing: the ranking score without {criteria}", criteria=left_out)
