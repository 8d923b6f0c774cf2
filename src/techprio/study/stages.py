"""Single stages of the chain over a whole study."""

from __future__ import annotations

from techprio.model.assessment import Assessment
from techprio.model.catalog import Sector
from techprio.model.judgments import Judgments
from techprio.model.ranking import Ranking
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.ranking.methods import make_method, rank
from techprio.ranking.protocol import Method
from techprio.survey.assess import assess_survey
from techprio.weighting.analytic_hierarchy import ahp
from techprio.weighting.given import given_weights


def study_weights(study: Study, *, judgments: Judgments | None = None) -> Weights:
    """Return the weights of a study: of its panel, or those that it gives as numbers.

    ``judgments`` stand in for those of the panel, under the same settings.
    """
    settings = study.weights
    judgments = judgments or study.judgments
    if judgments is None:
        return given_weights(settings.given, criteria=[leaf.id for leaf in study.criteria.leaves])
    return ahp(
        judgments,
        priorities=settings.priorities,
        aggregate=settings.aggregate,
        groups=settings.groups,
        random_index=settings.random_index,
    )


def assess_study(study: Study) -> Assessment | None:
    """Return what the survey of a study says; None where there is no survey."""
    if study.survey is None or study.instrument is None:
        return None
    names = {sector.code: sector.label for sector in study.catalog.sectors}
    return assess_survey(study.survey, study.instrument, sectors=names)


def rank_study(
    study: Study, weights: Weights, method: Method | None = None, *, sectors: tuple[str, ...] = ()
) -> dict[str, Ranking]:
    """Rank each sector of a study, gates applied.

    Parameters
    ----------
    study : Study
    weights : Weights
    method : ranking method, optional
        Instead of the study's own.
    sectors : tuple of str
        Codes of the sectors to rank; empty means all.

    Returns
    -------
    dict of str to Ranking
        By sector code, in the order of the study.
    """
    chosen = method or make_method(study.ranking.method, **study.ranking.options)
    wanted: tuple[Sector, ...] = (
        tuple(study.catalog.sector(code) for code in sectors) or study.catalog.sectors
    )
    return {
        sector.code: rank(study.catalog.decision_matrix(sector.code), weights, chosen, gates=study.gates)
        for sector in wanted
    }
