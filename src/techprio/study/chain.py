"""The whole chain over a study: weights, rankings, how sure, roles, plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from techprio import __version__
from techprio.dependencies.roles import classify_roles
from techprio.language import Text, text
from techprio.model.acceptability import RankAcceptability
from techprio.model.plan import Plan
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.ranking.methods import make_method
from techprio.ranking.protocol import Method
from techprio.robustness.simulation import simulate
from techprio.study.planning import plan_phases, screened_out
from techprio.study.result import StudyResult
from techprio.study.revisions import revision_effects
from techprio.study.scenarios import compare_scenarios, plan_robustness
from techprio.study.sensitivity import stability_of_sectors
from techprio.study.stages import assess_study, rank_study, study_weights
from techprio.study.timing import earliest_times
from techprio.study.value import technology_values, value_draws, value_note

Progress = Callable[[Text], None]


def run(
    study: Study,
    *,
    draws: int | None = None,
    seed: int | None = None,
    jobs: int = 1,
    robust: bool = False,
    scenarios: Sequence[str] = (),
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
    robust : bool
        Also find how sure each placement is; see :func:`techprio.phasing.plan_robustness`.
    scenarios : sequence of str
        Also plan under other limits, such as ``"budget=0.8"``; see :func:`techprio.compare_scenarios`.
    progress : callable, optional
        Called with the name of each stage as it begins.

    Returns
    -------
    StudyResult
        ``weights, rankings, acceptability, values, roles, plan`` and the writers.

    Raises
    ------
    InfeasibleError
        When no plan keeps the limits of the study.

    Examples
    --------
    >>> import techprio as tp
    >>> result = tp.run(tp.example("lai-chau"), draws=200)
    >>> len(result.plan.placements)
    90
    """
    say = progress or (lambda stage: None)
    study = _with_options(study, draws, seed)
    method = make_method(study.ranking.method, **study.ranking.options)
    say(text("weights of the criteria"))
    weights = study_weights(study)
    say(text("rankings of {count} sectors", count=len(study.catalog.sectors)))
    rankings = rank_study(study, weights, method)
    say(text("{draws} draws of weights and scores", draws=study.robustness.draws))
    acceptability = {
        code: _simulate(study, ranking, weights, method, jobs) for code, ranking in rankings.items()
    }
    say(text("roles"))
    values = technology_values(study, weights, method)
    roles = classify_roles(
        study.catalog,
        values,
        settings=study.roles,
        value_draws=value_draws(study, weights, method),
        seed=study.robustness.seed,
        overrides=study.role_overrides,
    )
    say(text("phasing"))
    plan = _plan(study, rankings, values)
    if robust:
        say(text("how sure the plan is"))
    sure = plan_robustness(study, jobs=jobs) if robust else None
    if scenarios:
        say(text("{count} scenarios", count=len(scenarios)))
    others = compare_scenarios(study, scenarios) if scenarios else None
    return StudyResult(
        study=study,
        weights=weights,
        rankings=rankings,
        acceptability=acceptability,
        values=values,
        roles=roles,
        plan=plan,
        chain=earliest_times(study),
        stability=stability_of_sectors(study, rankings, weights),
        assessment=assess_study(study),
        robust=sure,
        scenarios=others,
        revisions=None if study.judgments is None else revision_effects(study, weights),
        provenance=Provenance(__version__, repr(method), study.robustness.seed, study.inputs),
        warnings=_warnings(study, weights, rankings),
    )


def _with_options(study: Study, draws: int | None, seed: int | None) -> Study:
    settings = study.robustness
    return replace(
        study,
        robustness=replace(
            settings,
            draws=settings.draws if draws is None else draws,
            seed=settings.seed if seed is None else seed,
        ),
    )


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
    )


def _plan(study: Study, rankings: Mapping[str, Ranking], values: pd.Series) -> Plan | None:
    if study.resources is None:
        return None
    return plan_phases(study, values=values, excluded=screened_out(rankings))


def _warnings(study: Study, weights: Weights, rankings: Mapping[str, Ranking]) -> tuple[Text, ...]:
    warnings = []
    if study.illustrative or (study.resources is not None and study.resources.illustrative):
        warnings.append(
            text("Illustrative data: no figure of this study may be quoted as a figure of the province.")
        )
    warnings += weights.notes
    warnings.append(value_note(study))
    for ranking in rankings.values():
        warnings += [note for note in ranking.notes if note not in warnings]
    return tuple(warnings)
