"""What a plan is made from: a study, a catalogue, or a table with its dependencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.catalog import Catalog
from techprio.model.resources import Resources
from techprio.model.study import Study
from techprio.scoring import rank_study, screened_out, study_weights, technology_values

Source: TypeAlias = Study | Catalog | pd.DataFrame


@dataclass(frozen=True)
class Basis:
    """A catalogue with its limits, the value of each technology, and what a gate keeps out."""

    catalog: Catalog
    resources: Resources
    values: pd.Series
    excluded: Mapping[str, Text]


def find_basis(
    source: Source,
    resources: Resources | None = None,
    values: pd.Series | None = None,
    excluded: Mapping[str, Text] | None = None,
    *,
    dependencies: pd.DataFrame | None = None,
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
        return _of_study(source, resources, values, excluded)
    if not isinstance(source, Catalog | pd.DataFrame):
        allowed = text("a study, a catalogue, or a table of technologies")
        raise InputError.argument("source", found=source, allowed=allowed)
    if resources is None or values is None:
        raise InputError(text("a catalogue is phased with resources and values; a study brings its own"))
    if isinstance(source, Catalog):
        return Basis(source, resources, values, excluded or {})
    catalog = Catalog.from_frame(source, dependencies=dependencies)
    return Basis(catalog, resources, values, excluded or {})


def _of_study(
    study: Study,
    resources: Resources | None,
    values: pd.Series | None,
    excluded: Mapping[str, Text] | None,
) -> Basis:
    limits = resources or study.resources
    if limits is None:
        raise InputError(text("the study states no resources; give some, or name a file under `resources:`"))
    if values is None or excluded is None:
        weights = study_weights(study)
        values = technology_values(study, weights) if values is None else values
        excluded = screened_out(rank_study(study, weights)) if excluded is None else excluded
    return Basis(study.catalog, limits, values, excluded)
