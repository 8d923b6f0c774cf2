"""Stages of a run that follow from the others, each found when it is first asked for and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from techprio.dependencies.chain import find_critical_chain
from techprio.dependencies.graph import catalog_graph
from techprio.language import Text
from techprio.model.assessment import Assessment
from techprio.model.critical_chain import CriticalChain
from techprio.model.dissent import Dissent
from techprio.model.plan_certainty import DateCertainty
from techprio.model.plan_influence import PlanInfluence
from techprio.model.ranking import Ranking
from techprio.model.run import RunData, take_derived
from techprio.model.study import Study
from techprio.model.value_of_information import ValueOfInformation
from techprio.phasing.data import lead_months, ready_months
from techprio.phasing.date_draws import date_certainty
from techprio.phasing.influence import plan_influence
from techprio.phasing.source import rank_priorities
from techprio.robustness.one_weight import profile_intervals, stability_intervals
from techprio.robustness.opinions import opinions_of
from techprio.robustness.priority_rule import PriorityRule
from techprio.robustness.value_draws import run_value_draws
from techprio.scoring import run_matrices, screened_out
from techprio.study.advice import Known, advice_of
from techprio.study.revisions import revision_effects
from techprio.survey.assess import assess_study

if TYPE_CHECKING:
    from techprio.study.result import StudyResult

T = TypeVar("T")
DATES = 10_000  # draws of lead times and costs at most
STABILITY = ["sector", "node", "weight", "leader_low", "leader_high", "top_low", "top_high"]


class LateStage:
    """A field of a run that is found from the others when it is first read, unless it was given.

    Parameters
    ----------
    find : callable
        From the run.
    stage : Text
        What is said while it is found.
    """

    def __init__(self, find: Callable[[RunData], Any], stage: Text) -> None:
        self.find, self.stage = find, stage

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, run: StudyResult | None, owner: type) -> Any:
        if run is None:
            return self
        if self.name not in run.__dict__:
            run.__dict__[self.name] = self.find(run)
        return run.__dict__[self.name]

    def __set__(self, run: StudyResult, value: object) -> None:
        if value is not self:  # the default of the dataclass is the descriptor
            run.__dict__[self.name] = value


def late_stage(find: Callable[[RunData], T], stage: Text) -> T:
    """Return the default of such a field; typed as what is found, as ``dataclasses.field`` is."""
    found: Any = LateStage(find, stage)
    return found


def dates_of(run: RunData) -> DateCertainty | None:
    """Return how likely dates and money of the plan hold; None without a plan."""
    if run.plan is None:
        return None
    settings, excluded = run.study.robustness, screened_out(run.rankings)
    draws = min(settings.draws, DATES)
    return date_certainty(
        run.study, run.plan, values=run.values, excluded=excluded, draws=draws, seed=settings.seed
    )


def influence_of(run: RunData) -> PlanInfluence | None:
    """Return what decides a plan; None without one that goes by ranks."""
    resources = run.study.resources
    if run.plan is None or resources is None or resources.objective == "value":
        return None
    priorities = rank_priorities(
        run.study, run.weights, run.rankings, run.acceptability, classes=resources.rank_classes
    )
    return plan_influence(
        run.study, run.plan, seed=run.study.robustness.seed, values=run.values,
        excluded=screened_out(run.rankings), priorities=priorities,
    )  # fmt: skip


def advice_of_run(run: RunData) -> ValueOfInformation:
    """Return which figures to check first."""
    matrices, drawn = run_matrices(run), take_derived(run, run_value_draws)
    return advice_of(run.study, Known(run.weights, run.rankings, matrices, run.values, drawn, run.plan))


def assessment_of(run: RunData) -> Assessment | None:
    """Return what the survey of firms says; None where there is none."""
    return assess_study(run.study)


def chain_of(run: RunData) -> CriticalChain | None:
    """Return earliest times, slack and the critical chain of a study; None without resources."""
    if run.study.resources is None:
        return None
    technologies = run.study.catalog.technologies
    return find_critical_chain(
        catalog_graph(run.study.catalog),
        lead_months(technologies, run.study.resources),
        ready=ready_months(technologies, run.study.resources),
    )


def stability_of(run: RunData) -> pd.DataFrame:
    """Return the stability intervals of heads and criteria in every sector, a row each."""
    return stability_of_sectors(run.study, run.rankings)


def stability_of_sectors(study: Study, rankings: Mapping[str, Ranking]) -> pd.DataFrame:
    """Return the stability intervals of heads and criteria in every sector, a row each."""
    frames, rule = [], PriorityRule.of(study)
    for code, ranking in rankings.items():
        if len(ranking.scores) < 2 or len(ranking.matrix.criteria) < 2:
            continue
        several = len(study.criteria.heads) > 1  # the weight of a lone head cannot move
        heads = [head.id for head in study.criteria.heads if several and not head.is_leaf]
        names = [*heads, *ranking.matrix.criteria]
        found = stability_intervals(ranking, names, hierarchy=study.criteria, top=rule.top)
        if rule.profile is not None:
            reached = profile_intervals(ranking, names, rule, hierarchy=study.criteria)
            found[["top_low", "top_high"]] = reached[["top_low", "top_high"]]
        frames.append(found.rename(columns={"criterion": "node"}).assign(sector=code))
    return pd.concat(frames, ignore_index=True)[STABILITY] if frames else pd.DataFrame(columns=STABILITY)


def dissent_of(run: RunData) -> Dissent | None:
    """Return the opinions in the panel; None without one."""
    return opinions_of(run.study, run.weights, run.rankings)


def revisions_of(run: RunData) -> pd.DataFrame | None:
    """Return the judgments to look at again, with what each would move; None without a panel."""
    if run.study.judgments is None:
        return None
    return revision_effects(run.study, run.weights, matrices=run_matrices(run))
