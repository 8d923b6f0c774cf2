"""What a plan is made from: a study, a catalogue, or a table with its dependencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.acceptability import RankAcceptability
from techprio.model.catalog import Catalog
from techprio.model.limits import RankClass
from techprio.model.ranking import Ranking
from techprio.model.resources import Resources
from techprio.model.settings import FROM_PANEL
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.phasing.canonical import SAMPLES
from techprio.phasing.priority import class_of_ranks, drawn_weights, expected_weights
from techprio.robustness.experiment import draw_scores
from techprio.robustness.simulation import simulate
from techprio.scoring import (
    rank_study,
    screened_out,
    sector_matrices,
    study_method,
    study_weights,
    technology_values,
)

Source: TypeAlias = Study | Catalog | pd.DataFrame


@dataclass(frozen=True)
class Priorities:
    """What the objective by rank classes rests on.

    Parameters
    ----------
    weights : Series
        Expected class weight of each technology.
    ranks : Series
        Rank inside the sector; NaN for what is not ranked.
    classes : tuple of RankClass
    drawn : DataFrame, optional
        Class weights in draws of the ranking, a row a draw; None where ranks are not drawn.

    Examples
    --------
    >>> from techprio.model.limits import RANK_CLASSES
    >>> names = pd.Index(["Dairy", "Cold chain"])
    >>> known = Priorities(pd.Series([8.0, 3.0], names), pd.Series([1, 5], names), RANK_CLASSES)
    >>> float(known.weights["Dairy"])
    8.0
    """

    weights: pd.Series
    ranks: pd.Series
    classes: tuple[RankClass, ...]
    drawn: pd.DataFrame | None = None


@dataclass(frozen=True)
class Basis:
    """A catalogue with its limits, the value of each technology, and what a gate keeps out.

    ``priorities`` are there where the objective of the resources asks for them.
    """

    catalog: Catalog
    resources: Resources
    values: pd.Series
    excluded: Mapping[str, Text]
    priorities: Priorities | None = None


def find_basis(
    source: Source,
    resources: Resources | None = None,
    values: pd.Series | None = None,
    excluded: Mapping[str, Text] | None = None,
    *,
    dependencies: pd.DataFrame | None = None,
    priorities: Priorities | None = None,
) -> Basis:
    """Return what a plan is made from; of a study, all that is not given is its own.

    The only source of funds pays for all technologies of a table that names none.

    Raises
    ------
    InputError
        No resources, or no values beside a catalogue, or a source of another kind.
    """
    if resources is not None and not isinstance(resources, Resources):
        found = text("an object of kind {kind}", kind=type(resources).__name__)
        allowed = text("Resources, such as those of Resources.from_frame")
        raise InputError.argument("resources", found=found, allowed=allowed)
    if isinstance(source, Study):
        return _of_study(source, resources, values, excluded, priorities)
    if not isinstance(source, Catalog | pd.DataFrame):
        allowed = text("a study, a catalogue, or a table of technologies")
        raise InputError.argument("source", found=source, allowed=allowed)
    if resources is None or values is None:
        raise InputError(text("a catalogue is phased with resources and values; a study brings its own"))
    catalog = source if isinstance(source, Catalog) else Catalog.from_frame(source, dependencies=dependencies)
    if priorities is None and resources.objective != "value":
        priorities = _by_values(catalog, resources.rank_classes, values)
    return Basis(catalog, resources, values, excluded or {}, priorities)


def _of_study(
    study: Study,
    resources: Resources | None,
    values: pd.Series | None,
    excluded: Mapping[str, Text] | None,
    priorities: Priorities | None,
) -> Basis:
    limits = resources or study.resources
    if limits is None:
        raise InputError(text("the study states no resources; give some, or name a file under `resources:`"))
    wanted = priorities is None and limits.objective != "value"
    if values is None or excluded is None or wanted:
        weights, matrices = study_weights(study), sector_matrices(study)
        values = technology_values(study, weights, matrices=matrices) if values is None else values
        if excluded is None or wanted:
            rankings = rank_study(study, weights, matrices=matrices)
            excluded = screened_out(rankings) if excluded is None else excluded
            if wanted:
                priorities = drawn_priorities(study, weights, rankings, classes=limits.rank_classes)
    return Basis(study.catalog, limits, values, excluded, priorities)


def by_value(source: Source, resources: Resources | None) -> Resources | None:
    """Return the limits for the sum of values, which needs no draws of the ranking."""
    stated = source.resources if resources is None and isinstance(source, Study) else resources
    return replace(stated, objective="value") if isinstance(stated, Resources) else resources


def study_priorities(study: Study) -> Priorities | None:
    """Return the rank classes of a study's technologies; None where its plan does not ask for them."""
    if study.resources is None or study.resources.objective == "value":
        return None
    weights = study_weights(study)
    return drawn_priorities(study, weights, rank_study(study, weights), classes=study.resources.rank_classes)


def drawn_priorities(
    study: Study,
    weights: Weights,
    rankings: Mapping[str, Ranking],
    *,
    classes: tuple[RankClass, ...],
    draws: int | None = None,
) -> Priorities:
    """Return the rank classes of a study's technologies from draws of its ranking under some weights.

    Weights that no panel stands behind are drawn around themselves where the study draws its panel.
    """
    settings = study.robustness
    if settings.weights in FROM_PANEL and weights.panel is None:
        settings = replace(settings, weights="around")
    if draws is not None:
        settings = replace(settings, draws=draws)
    study = replace(study, robustness=settings)
    known = {
        code: simulate(
            ranking.matrix,
            weights,
            study_method(study),
            draws=settings.draws,
            seed=settings.seed,
            weight_distribution=settings.weights,
            score_distribution=settings.scores,
            top=study.ranking.top,
        )
        for code, ranking in rankings.items()
    }
    return rank_priorities(study, weights, rankings, known, classes=classes)


@validated
def rank_priorities(
    study: Study,
    weights: Weights,
    rankings: Mapping[str, Ranking],
    acceptability: Mapping[str, RankAcceptability],
    *,
    classes: tuple[RankClass, ...],
) -> Priorities:
    """Return the rank classes of a study's technologies: expected, and in the first draws of its ranking.

    Parameters
    ----------
    study : Study
    weights : Weights
    rankings : mapping of str to Ranking
        By sector.
    acceptability : mapping of str to RankAcceptability
        By sector; its probabilities of ranks give the expected classes.
    classes : tuple of RankClass
        As the resources of the study state them.

    Returns
    -------
    Priorities

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> weights = tp.ahp(study.judgments)
    >>> matrix = study.catalog.decision_matrix("TOU")
    >>> ranking = tp.rank(matrix, weights, "weighted_sum")
    >>> certainty = tp.simulate(matrix, weights, "weighted_sum", draws=200, seed=1)
    >>> known = rank_priorities(
    ...     study, weights, {"TOU": ranking}, {"TOU": certainty}, classes=study.resources.rank_classes
    ... )
    >>> float(known.weights["TOU01"]) >= 1
    True
    """
    names = study.catalog.technologies.index
    expected: dict[str, float] = {}
    ranks: dict[str, int] = {}
    drawn: dict[str, np.ndarray] = {}
    settings = study.robustness
    for code, ranking in rankings.items():
        index = acceptability[code].index
        expected.update(zip(index.index, expected_weights(index.to_numpy(), classes), strict=True))
        ranks.update(ranking.ranks.to_dict())
        scores = draw_scores(
            ranking.matrix,
            weights,
            study_method(study),
            draws=SAMPLES,
            seed=settings.seed,
            weight_distribution=settings.weights,
            score_distribution=settings.scores,
        )
        drawn.update(zip(ranking.matrix.alternatives, drawn_weights(scores, classes).T, strict=True))
    least = min(one.weight for one in classes)
    return Priorities(
        weights=pd.Series(expected).reindex(names).fillna(least).rename("weight"),
        ranks=pd.Series(ranks, dtype=float).reindex(names).rename("rank"),
        classes=classes,
        drawn=pd.DataFrame(drawn).reindex(columns=list(names)).fillna(least),
    )


def _by_values(catalog: Catalog, classes: tuple[RankClass, ...], values: pd.Series) -> Priorities:
    """Take the order of the values inside each sector for ranks, where there is no ranking."""
    names = catalog.technologies.index
    sectors = catalog.technologies["sector"]
    ranks = values.reindex(names).astype(float).groupby(sectors).rank(method="min", ascending=False)
    weights = np.array([one.weight for one in classes])[class_of_ranks(ranks.to_numpy(), classes)]
    return Priorities(pd.Series(weights, names, name="weight"), ranks.rename("rank"), classes)
