"""Phasing of a whole study: its values, its limits, its gates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from techprio.errors import InputError
from techprio.language import Text
from techprio.model.catalog import Catalog
from techprio.model.plan import Plan
from techprio.model.ranking import Ranking
from techprio.model.resources import Resources
from techprio.model.study import Study
from techprio.phasing.plan import phase as phase_catalog
from techprio.ranking.methods import make_method
from techprio.study.stages import rank_study, study_weights
from techprio.study.value import technology_values


def plan_phases(
    study: Study | Catalog,
    resources: Resources | None = None,
    values: pd.Series | None = None,
    *,
    excluded: Mapping[str, Text] | None = None,
    **options: Any,
) -> Plan:
    """Choose for every technology a start, or none.

    Parameters
    ----------
    study : Study or Catalog
        Of a study, resources, values and what its gates keep out are its own unless given.
    resources : Resources, optional
        Needed with a catalogue.
    values : Series, optional
        Value of each technology, finite and not negative; needed with a catalogue.
    excluded : mapping of str to Text, optional
        Technologies that are not to be placed, with the reason.
    **options
        ``gap``, ``node_limit``, ``time_limit``, ``cycles`` of
        :func:`techprio.phasing.plan.phase`, which holds the model.

    Returns
    -------
    Plan

    Raises
    ------
    InputError
        No resources or values, or values, limits and decisions that cannot be used.
    InfeasibleError
        Limits that no plan can keep, with the smallest set that clashes.

    Examples
    --------
    >>> import techprio as tp
    >>> plan = tp.plan_phases(tp.example("lai-chau"))
    >>> plan.gap <= 0.005
    True
    """
    if isinstance(study, Catalog):
        if resources is None or values is None:
            raise InputError("a catalogue is phased with resources and values; a study brings its own")
        return phase_catalog(study, resources, values, excluded=excluded, **options)
    limits = resources or study.resources
    if limits is None:
        raise InputError("the study states no resources; give some, or name a file under `resources:`")
    if values is None:
        weights = study_weights(study)
        method = make_method(study.ranking.method, **study.ranking.options)
        values = technology_values(study, weights, method)
    if excluded is None:
        excluded = screened_out(rank_study(study, study_weights(study)))
    return phase_catalog(study.catalog, limits, values, excluded=excluded, **options)


def screened_out(rankings: Mapping[str, Ranking]) -> dict[str, Text]:
    """Return what the gates kept out of all rankings, with the reasons."""
    return {name: reason for ranking in rankings.values() for name, reason in ranking.screened.items()}
