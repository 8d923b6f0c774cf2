"""The value functions of several criteria as one table, for the chart of what values are worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from techprio.errors import InputError, did_you_mean
from techprio.language import Language, resolve_language, text
from techprio.model.known_names import unit_name

if TYPE_CHECKING:
    from techprio.model.criteria import Criterion


def shaped(leaves: Sequence[Criterion]) -> tuple[str, ...]:
    """Return the criteria whose worth is no straight line: by a transform or a value function."""
    return tuple(leaf.id for leaf in leaves if leaf.scale is not None and not leaf.scale.is_straight)


def worth_curves(
    leaves: Sequence[Criterion], criteria: Sequence[str] | None, language: Language | None
) -> pd.DataFrame:
    """Return ``criterion, unit, value, worth, straight`` of the criteria named; else of those not straight.

    Raises
    ------
    InputError
        A name that no criterion with a scale has, or no criterion to show.
    """
    language = resolve_language(language)
    scaled = {leaf.id: leaf for leaf in leaves if leaf.scale is not None}
    names = shaped(leaves) if criteria is None else tuple(criteria)
    unknown = [name for name in names if name not in scaled]
    if unknown or not names:
        found = unknown[0] if unknown else text("no criterion with a transform or a value function")
        proposal = did_you_mean(unknown[0], list(scaled)) if unknown else ""
        raise InputError.argument("criteria", found=found, allowed=list(scaled), proposal=proposal)
    parts = []
    for name in names:
        leaf, unit = scaled[name], unit_name(scaled[name].unit)
        said = unit if isinstance(unit, str) else unit.render(language)
        shown = f"{name} {leaf.label.render(language)}" if any(leaf.label) else name
        assert leaf.scale is not None
        parts.append(leaf.scale.curve().assign(criterion=shown, unit=said))
    return pd.concat(parts, ignore_index=True)
