"""PROMETHEE II: how much each alternative is preferred to the others, less how much they are to it.

The net flow is a weighted sum of net flows on one criterion each, so its contributions are exact.

References
----------
Brans J.P., Mareschal B. (2005) PROMETHEE methods. In: Multiple Criteria Decision Analysis: State of the
Art Surveys. Springer;
Brans J.P., Vincke P. (1985) A preference ranking organisation method. Management Science 31(6), 647-656
(the six preference functions).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError, Problem, did_you_mean, in_python
from techprio.language import text
from techprio.model.checks import is_number
from techprio.model.fields import Field
from techprio.model.matrix import DecisionMatrix
from techprio.model.method import MethodBase, Step
from techprio.ranking.options import weigh, word_problem

Array = NDArray[np.float64]
#: Thresholds that each preference function of PROMETHEE uses.
PREFERENCE_TYPES: Mapping[str, tuple[str, ...]] = {
    "usual": (),
    "u_shape": ("q",),
    "v_shape": ("p",),
    "level": ("q", "p"),
    "linear": ("q", "p"),
    "gaussian": ("s",),
}
PREFERENCE_FIELDS = ("type", "q", "p", "s")


@dataclass(frozen=True)
class Preference:
    """How much a difference counts on one criterion.

    Parameters
    ----------
    type : {"usual", "u_shape", "v_shape", "level", "linear", "gaussian"}
    q : float
        Indifference threshold, in the unit of the criterion (u_shape, level, linear); on a criterion with a
        transform or value function in its worth, 0 to 1.
    p : float
        Preference threshold (v_shape, level, linear).
    s : float
        Turning point (gaussian).

    Examples
    --------
    >>> Preference("linear", q=1, p=3)(np.array([1.0, 2.0, 4.0])).tolist()
    [0.0, 0.5, 1.0]
    """

    type: str = "usual"
    q: float = 0.0
    p: float = 0.0
    s: float = 0.0

    def __post_init__(self) -> None:
        """Check the type and its thresholds."""
        problems = preference_problems({"type": self.type, "q": self.q, "p": self.p, "s": self.s})
        if problems:
            raise InputError(text("the preference function cannot be used"), problems)

    def __call__(self, difference: Array) -> Array:
        """Return the preference for differences in favor; 0 where the difference is not positive."""
        return np.where(difference > 0, _FUNCTIONS[self.type](difference, self), 0.0)


def preference_problems(value: object, criteria: Sequence[str] | None = None) -> list[Problem]:
    """Return what is wrong with the preference functions of PROMETHEE as they are given.

    Parameters
    ----------
    value : Preference, str, mapping or sequence
        One function for all criteria, one by criterion, or one a column.
    criteria : sequence of str, optional
        Names that a mapping by criterion may use; without it they are not checked.
    """
    if isinstance(value, Mapping) and "type" not in value:
        return [*_unknown_criteria(value, criteria), *_each(value.items())]
    if isinstance(value, Sequence) and not isinstance(value, str):
        wrong = _each((str(place), one) for place, one in enumerate(value, start=1))
        if criteria is not None and len(value) != len(criteria):
            found = text("{count} functions", count=len(value))
            allowed = text("as many as criteria, {count}", count=len(criteria))
            wrong.append(Problem("", "", "preferences", "", found, allowed))
        return wrong
    return _function_problems(value)


def _each(functions: Iterable[tuple[Any, object]]) -> list[Problem]:
    return [
        replace(problem, place=text("{one}, {other}", one=str(name), other=problem.place))
        for name, function in functions
        for problem in _function_problems(function)
    ]


def _unknown_criteria(value: Mapping[Any, Any], criteria: Sequence[str] | None) -> list[Problem]:
    return [
        Problem("", "", "preferences", "", text("preference function for unknown criterion {criterion!r}",
                criterion=str(name)), ", ".join(criteria), did_you_mean(str(name), criteria))
        for name in value
        if criteria is not None and name not in criteria
    ]  # fmt: skip


def _function_problems(value: object) -> list[Problem]:
    if isinstance(value, str):
        value = {"type": value}
    place = text("preference function")
    if not isinstance(value, Mapping):
        # A Preference has checked itself when it was made.
        known = isinstance(value, Preference)
        return [] if known else [Problem("", "", place, "", repr(value), ", ".join(PREFERENCE_FIELDS))]
    unknown = [str(name) for name in value if name not in PREFERENCE_FIELDS]
    if unknown:
        return [word_problem(place, name, PREFERENCE_FIELDS) for name in unknown]
    kind = value.get("type", "usual")
    if not isinstance(kind, str) or kind not in PREFERENCE_TYPES:
        return [word_problem(place, kind, list(PREFERENCE_TYPES))]
    return threshold_problems(str(kind), {name: value.get(name, 0.0) for name in ("q", "p", "s")})


def threshold_problems(kind: str, given: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with the thresholds ``q, p, s`` of a preference function."""
    place = text("preference function {name!r}", name=kind)
    wrong = [
        Problem("", "", place, "", text("{name} is {value}", name=name, value=in_python(value)),
                text("a number of 0 or more"))
        for name, value in given.items()
        if not (is_number(value) and value >= 0)
    ]  # fmt: skip
    if wrong:
        return wrong
    q, p, s = given["q"], given["p"], given["s"]
    if "p" in PREFERENCE_TYPES[kind] and not p > q:
        both = text("{one}, {other}", one=text("{name} is {value}", name="p", value=repr(p)),
                    other=text("{name} is {value}", name="q", value=repr(q)))  # fmt: skip
        wrong.append(Problem("", "", place, "", both, text("p above q")))
    if kind == "gaussian" and not s > 0:
        found = text("{name} is {value}", name="s", value=repr(s))
        wrong.append(Problem("", "", place, "", found, text("s above 0")))
    return wrong


def as_preference(value: Preference | str | Mapping[str, Any]) -> Preference:
    """Make a preference function from its name or from its options, as a study file gives them."""
    if isinstance(value, Preference):
        return value
    problems = preference_problems(value)
    if problems:
        raise InputError(text("the preference function cannot be used"), problems)
    return Preference(value) if isinstance(value, str) else Preference(**value)


def _usual(d: Array, _: Preference) -> Array:
    return (d > 0).astype(np.float64)


def _u_shape(d: Array, f: Preference) -> Array:
    return (d > f.q).astype(np.float64)


def _v_shape(d: Array, f: Preference) -> Array:
    return np.clip(d / f.p, 0.0, 1.0)


def _level(d: Array, f: Preference) -> Array:
    return 0.5 * (d > f.q) + 0.5 * (d > f.p)


def _linear(d: Array, f: Preference) -> Array:
    return np.clip((d - f.q) / (f.p - f.q), 0.0, 1.0)


def _gaussian(d: Array, f: Preference) -> Array:
    return -np.expm1(-np.square(d) / (2.0 * f.s**2))


_FUNCTIONS: dict[str, Callable[[Array, Preference], Array]] = {
    "usual": _usual,
    "u_shape": _u_shape,
    "v_shape": _v_shape,
    "level": _level,
    "linear": _linear,
    "gaussian": _gaussian,
}

#: One function for all criteria, one by criterion (by name), or one a column in its order.
Preferences: TypeAlias = Preference | str | Mapping[str, Any] | Sequence[Any]


@dataclass(frozen=True)
class Promethee2(MethodBase):
    """Net flow, from -1 to 1.

    Parameters
    ----------
    preferences : Preference, str, mapping or sequence
        One for all criteria, one by criterion (by name; those left out are ``"usual"``), or one a
        column in its order.

    Examples
    --------
    >>> values = np.array([[4.0, 3.0, 2.0], [3.0, 2.0, 4.0], [5.0, 1.0, 3.0]])
    >>> Promethee2()(values, np.array([0.5, 0.3, 0.2]), np.ones(3)).round(12).tolist()
    [0.1, -0.3, 0.2]
    """

    preferences: Annotated[
        Preferences,
        Field(
            "Hàm ưu tiên",
            "Preference functions",
            (
                "promethee2: một hàm cho mọi tiêu chí, hoặc theo tiêu chí",
                "promethee2: one function for all criteria, or by criterion",
            ),
            kind="free",
            example="{F3: {type: linear, q: 1, p: 3}}",
        ),
    ] = "usual"
    functions: tuple[Preference, ...] = field(default=(), repr=False, compare=False, kw_only=True)
    bounded = True
    reversal_possible = True
    normalization = "preference functions"

    @validated
    def bind(self, matrix: DecisionMatrix) -> Promethee2:
        """Return the method with one preference function a criterion of the matrix."""
        problems = preference_problems(self.preferences, matrix.criteria)
        if problems:
            raise InputError(text("the preference functions cannot be used"), problems)
        given = self.preferences
        if isinstance(given, Mapping) and "type" not in given:
            given = [given.get(name, "usual") for name in matrix.criteria]
        return replace(self, functions=self._functions(given, len(matrix.criteria)))

    def _functions(self, given: Preferences, count: int) -> tuple[Preference, ...]:
        if isinstance(given, Preference | str | Mapping):
            return (as_preference(given),) * count
        return tuple(as_preference(one) for one in given)

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the net flows, shape (..., m)."""
        positive, negative = self._flows(values, signs)
        return weigh(positive - negative, weights)

    def _flows(self, values: Array, signs: Array) -> tuple[Array, Array]:
        """Return the positive and negative flows on each criterion, shape (..., m, n)."""
        functions = self.functions or self._functions(self.preferences, values.shape[-1])
        positive, negative = np.zeros_like(values, dtype=np.float64), np.zeros_like(values, dtype=np.float64)
        others = max(values.shape[-2] - 1, 1)
        for column, function in enumerate(functions):
            gains = signs[column] * values[..., column]
            preferred = function(gains[..., :, None] - gains[..., None, :])
            positive[..., column] = preferred.sum(axis=-1) / others
            negative[..., column] = preferred.sum(axis=-2) / others
        return positive, negative

    @validated
    def steps(self, values: Array, weights: Array, signs: Array) -> Mapping[str, Step]:
        """Return one-criterion flows and the positive, negative and net flow."""
        positive, negative = self._flows(values, signs)
        plus, minus = weigh(positive, weights), weigh(negative, weights)
        return {
            "unicriterion_net_flow": Step(positive - negative),
            "positive_flow": Step(plus, ("alternative",)),
            "negative_flow": Step(minus, ("alternative",)),
            "net_flow": Step(plus - minus, ("alternative",)),
        }

    @validated
    def contributions(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the weighted one-criterion net flows; rows add up to the net flow."""
        positive, negative = self._flows(values, signs)
        return (positive - negative) * weights
