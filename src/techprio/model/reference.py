"""The reference profile: acceptable values on the criteria, against which candidates are held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

import pandas as pd

from techprio.arguments import validated
from techprio.language import text
from techprio.model.checks import Checks, check_fields
from techprio.model.fields import Field
from techprio.model.matrix import DecisionMatrix
from techprio.model.scale import Scale

PROFILE = "reference profile"
"""Name of the profile among the alternatives of a matrix; no id of a technology holds a blank."""


@dataclass(frozen=True)
class ReferenceProfile:
    """An acceptable value on each criterion (``reference:`` of ``study.yaml``).

    ``ranking: {priority: score}`` makes a technology a priority whose score reaches that of the profile,
    ``priority: outranking`` one that outranks the profile as in ELECTRE TRI-B; thresholds and cut are used
    there only.

    Parameters
    ----------
    values : mapping of str to float
        In the units of the criteria; each criterion without children has one.
    indifference, preference, veto : mapping of str to float
        Thresholds by criterion: up to which difference a value counts as equal, from which one a smaller
        value does not support at all, and from which one it forbids; none for a criterion that is not named
        (no veto then).
    cut : float
        Credibility from which on a technology outranks the profile.

    Examples
    --------
    >>> ReferenceProfile({"cost": 50, "jobs": 10}, veto={"cost": 100}).cut
    0.75
    """

    values: Annotated[
        Mapping[str, float],
        Field(
            "Giá trị chấp nhận được",
            "Acceptable values",
            (
                "một giá trị cho mỗi tiêu chí không có tiêu chí con, theo đơn vị của tiêu chí",
                "a value for each criterion without children, in the unit of the criterion",
            ),
            example="{F1: 6, F2: 30}",
        ),
    ] = field(default_factory=dict)
    indifference: Annotated[
        Mapping[str, float],
        Field(
            "Ngưỡng ngang nhau",
            "Indifference thresholds",
            (
                "khác nhau đến mức này vẫn coi là ngang nhau (phân loại ELECTRE TRI-B)",
                "up to this difference values count as equal (sorting by ELECTRE TRI-B)",
            ),
            least=0,
            example="{F1: 1}",
        ),
    ] = field(default_factory=dict)
    preference: Annotated[
        Mapping[str, float],
        Field(
            "Ngưỡng kém hẳn",
            "Preference thresholds",
            (
                "kém từ mức này trở lên thì tiêu chí không ủng hộ công nghệ",
                "worse by this much, a criterion does not support the technology at all",
            ),
            least=0,
            example="{F1: 2}",
        ),
    ] = field(default_factory=dict)
    veto: Annotated[
        Mapping[str, float],
        Field(
            "Ngưỡng phủ quyết",
            "Veto thresholds",
            (
                "kém từ mức này trở lên thì công nghệ không đạt, dù các tiêu chí khác tốt",
                "worse by this much, the technology does not reach the profile whatever the others say",
            ),
            least=0,
            example="{F1: 4}",
        ),
    ] = field(default_factory=dict)
    cut: Annotated[
        float,
        Field(
            "Mức cắt",
            "Cutting level",
            (
                "độ tin cậy từ mức này trở lên thì công nghệ đạt hồ sơ tham chiếu",
                "from this credibility on a technology reaches the profile",
            ),
            least=0.5,
            most=1,
        ),
    ] = 0.75

    def __post_init__(self) -> None:
        """Check the numbers and the order of the thresholds."""
        checks = Checks(text("the reference profile cannot be used"))
        check_fields(checks, self)
        if not checks.problems and not self.values:
            checks.add("values", text("nothing"), text("an acceptable value for each criterion"))
        if not checks.problems:
            for key, found, allowed in threshold_problems(self):
                checks.add(key, found, allowed)
        checks.check()

    @validated
    def thresholds(self, criteria: Sequence[str]) -> dict[str, dict[str, float]]:
        """Return indifference, preference and veto of the criteria that have them."""
        named = ("indifference", "preference", "veto")
        return {name: {c: v for c, v in getattr(self, name).items() if c in criteria} for name in named}


def threshold_problems(profile: Any) -> list[tuple[str, Any, Any]]:
    """Return thresholds that cross, each as key, found and allowed.

    ``profile`` has the mappings ``indifference, preference, veto``.
    """
    found = []
    for criterion in dict.fromkeys((*profile.indifference, *profile.preference, *profile.veto)):
        low = profile.indifference.get(criterion, 0.0)
        middle = profile.preference.get(criterion, low)
        high = profile.veto.get(criterion)
        if middle < low:
            crossed = text("{criterion}: {low} above {high}", criterion=criterion, low=low, high=middle)
            found.append(("preference", crossed, "indifference <= preference"))
        elif high is not None and high < middle:
            crossed = text("{criterion}: {low} above {high}", criterion=criterion, low=middle, high=high)
            found.append(("veto", crossed, "preference <= veto"))
    return found


def profile_problems(
    profile: Any, leaves: Sequence[str], scales: Mapping[str, Scale | None]
) -> list[tuple[str, str, Any, Any]]:
    """Return what of a profile does not fit the criteria, each as key, criterion, found and allowed.

    The criterion is empty where the whole key is meant; an unknown name has nothing allowed.
    """
    found: list[tuple[str, str, Any, Any]] = []
    for key in ("values", "indifference", "preference", "veto"):
        found += [(key, name, name, None) for name in getattr(profile, key) if name not in leaves]
    lacking = [name for name in leaves if name not in profile.values]
    if lacking and not found:
        none = text("none for {names}", names=", ".join(lacking))
        found.append(("values", "", none, text("a value for each criterion without children")))
    for name, value in profile.values.items():
        scale = scales.get(name)
        if scale is not None and not scale.lowest <= value <= scale.highest:
            allowed = text("{least} to {most}", least=scale.lowest, most=scale.highest)
            found.append(("values", name, f"{value:g}", allowed))
    return found


def with_profile(matrix: DecisionMatrix, profile: ReferenceProfile) -> DecisionMatrix:
    """Return a matrix with the reference profile as one more alternative, without spread.

    Examples
    --------
    >>> matrix = DecisionMatrix(pd.DataFrame({"jobs": [5.0]}, index=["A"]), ["max"])
    >>> with_profile(matrix, ReferenceProfile({"jobs": 10})).alternatives
    ('A', 'reference profile')
    """
    row = pd.DataFrame(
        [[float(profile.values[c]) for c in matrix.criteria]], [PROFILE], matrix.values.columns
    )

    def beside(table: pd.DataFrame | None) -> pd.DataFrame | None:
        return None if table is None else pd.concat([table, row])

    return replace(
        matrix, values=pd.concat([matrix.values, row]), low=beside(matrix.low), high=beside(matrix.high)
    )
