"""Robust phasing and scenarios of a whole study: its values, draws, limits and gates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from techprio.errors import InputError
from techprio.language import Text
from techprio.model.frontier import Frontier
from techprio.model.plan_robustness import PlanRobustness
from techprio.model.resources import Resources
from techprio.model.scenarios import ScenarioComparison
from techprio.model.study import Study
from techprio.phasing import robust, scenarios
from techprio.ranking.methods import make_method
from techprio.study.planning import screened_out
from techprio.study.stages import rank_study, study_weights
from techprio.study.value import technology_values, value_draws


def plan_robustness(
    study: Study, *, draws: int | None = None, seed: int | None = None, **options: Any
) -> PlanRobustness:
    """Find how sure each placement of a study's plan is.

    Parameters
    ----------
    study : Study
    draws, seed : int, optional
        Instead of those of the study; 0 is a seed.
    **options
        ``plans, propose, tolerance, gap, node_limit, time_limit, jobs`` of
        :func:`techprio.phasing.robust.plan_robustness`, which holds the method.

    Returns
    -------
    PlanRobustness
        Core index per technology and phase with its band, the pool of plans with their regrets, and
        the plan that is proposed.

    Raises
    ------
    InputError
        The study has no resources, or its values are not scores and cannot be drawn.
    InfeasibleError
        Limits that no plan can keep.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> sure = tp.phasing.plan_robustness(study, draws=200, plans=2, gap=0.05)
    >>> len(sure.pool), sure.draws
    (2, 200)
    >>> round(float(sure.placed["CRS01"]), 2)
    1.0
    """
    settings = study.robustness
    study = replace(
        study,
        robustness=replace(
            settings,
            draws=settings.draws if draws is None else draws,
            seed=settings.seed if seed is None else seed,
        ),
    )
    limits, values, excluded = _basis(study)
    weights = study_weights(study)
    drawn = value_draws(study, weights, make_method(study.ranking.method, **study.ranking.options))
    if drawn is None:
        raise InputError(f"value.from is {study.value.source!r}; only values from scores can be drawn")
    return robust.plan_robustness(
        study.catalog, limits, values, drawn, excluded=excluded, seed=study.robustness.seed, **options
    )


def compare_scenarios(study: Study, changes: Sequence[str], **options: Any) -> ScenarioComparison:
    """Plan a study under other budgets or with technologies forced, side by side.

    Parameters
    ----------
    study : Study
    changes : sequence of str
        One scenario each, in words: ``"budget=0.8"``, ``"local=1.2, must=AGR03"``; see
        :func:`techprio.phasing.scenarios.scenario_resources`.
    **options
        ``gap, node_limit, time_limit`` of :func:`techprio.plan_phases`.

    Returns
    -------
    ScenarioComparison

    Raises
    ------
    InputError
        A change that cannot be read, an unknown fund or technology.

    Examples
    --------
    >>> import techprio as tp
    >>> found = compare_scenarios(tp.example("lai-chau"), ["budget=0.5"], gap=0.02)
    >>> bool(found.summary["value"][1] < found.summary["value"][0])
    True
    """
    limits, values, excluded = _basis(study)
    wanted = {words: scenarios.scenario_resources(limits, words) for words in changes}
    return scenarios.compare_scenarios(study.catalog, limits, values, wanted, excluded=excluded, **options)


def plan_frontier(study: Study, **options: Any) -> Frontier:
    """Trace the value of a study's plan against its hard budgets.

    Parameters
    ----------
    study : Study
    **options
        ``factors`` and the options of :func:`techprio.phasing.scenarios.frontier`.

    Returns
    -------
    Frontier

    Examples
    --------
    >>> import techprio as tp
    >>> found = plan_frontier(tp.example("lai-chau"), factors=[0.5, 1.0], gap=0.02)
    >>> bool(found.table["value"].is_monotonic_increasing)
    True
    """
    limits, values, excluded = _basis(study)
    return scenarios.frontier(study.catalog, limits, values, excluded=excluded, **options)


def _basis(study: Study) -> tuple[Resources, pd.Series, dict[str, Text]]:
    if study.resources is None:
        raise InputError("the study states no resources; name a file under `resources:`")
    weights = study_weights(study)
    method = make_method(study.ranking.method, **study.ranking.options)
    values = technology_values(study, weights, method)
    return study.resources, values, screened_out(rank_study(study, weights))
