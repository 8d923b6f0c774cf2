"""Value functions from questions of bisection: halve the scale, then the halves.

References
----------
D. von Winterfeldt and W. Edwards (1986), Decision Analysis and Behavioral Research. Cambridge University
Press, chapter 7 (mid-value splitting, also called bisection).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from techprio.arguments import validated
from techprio.display.quantities import Words
from techprio.errors import InputError
from techprio.language import text
from techprio.model.checks import Checks
from techprio.model.scale import NEAREST_MIDDLE, Scale, exponential

WORTHS = (0.25, 0.5, 0.75)


@validated
def mid_value(answers: Mapping[float, float], *, worst: float, best: float) -> float:
    """Return the mid-value of a criterion from answers to questions of bisection.

    The first question halves the scale ("from which value on is half of the gain made?", 0.5); further
    ones halve the halves (0.25 and 0.75). The exponential function that is nearest to all of them, by
    least squares of worth, states the mid-value that a scale takes as ``middle``.

    Parameters
    ----------
    answers : mapping of float to float
        Worth (0.5, 0.25, 0.75 ...) to the raw value that is said to have it.
    worst, best : float
        Ends of the scale.

    Returns
    -------
    float
        In raw units.

    Raises
    ------
    InputError
        No answer, worth not between 0 and 1, values outside the scale, or a higher worth at a worse value.

    Examples
    --------
    >>> mid_value({0.5: 200}, worst=0, best=1000)
    200.0
    >>> round(mid_value({0.5: 200, 0.25: 90, 0.75: 420}, worst=0, best=1000))
    209
    """
    shares = {worth: (value - worst) / (best - worst) for worth, value in sorted(answers.items())}
    found = ", ".join(f"{worth:g}: {answers[worth]:g}" for worth in shares) or text("nothing")
    inside = all(0 < worth < 1 and 0 < share < 1 for worth, share in shares.items())
    rising = all(a < b for a, b in zip(list(shares.values())[:-1], list(shares.values())[1:], strict=True))
    if not shares or not inside or not rising:
        allowed = text(
            "worth between 0 and 1, each at a value inside the scale, more worth nearer to the best"
        )
        raise InputError.argument("answers", found=found, allowed=allowed)
    middles = np.linspace(NEAREST_MIDDLE, 1.0 - NEAREST_MIDDLE, 9601)
    if len(shares) == 1 and 0.5 in shares:
        return float(answers[0.5])
    worths, points = np.array(list(shares)), np.array(list(shares.values()))
    gaps = [float(np.square(exponential(points, float(m)) - worths).sum()) for m in middles]
    return float(worst + middles[int(np.argmin(gaps))] * (best - worst))


@validated
def bisected_points(answers: Mapping[str, Mapping[float, float]], scale: Scale) -> dict[float, float]:
    """Return the value function of a panel from its answers to questions of bisection.

    Mid-value splitting (von Winterfeldt and Edwards 1986, chapter 7): every expert says which value is worth
    half of the best (0.5), and may halve the halves (0.25 and 0.75). The points are the medians over the
    experts; between them, and to the ends of the scale, worth is a straight line. Values are raw, also under
    ``log10``: there the median of an even number of experts is the geometric mean of the middle two, and the
    lines are straight over the logarithm, as the scale draws them.

    Parameters
    ----------
    answers : mapping of str to mapping of float to float
        By expert: worth (0.5 alone, or 0.25, 0.5 and 0.75) to the raw value that is said to have it.
    scale : Scale
        Its ends and transform count; what it says between them is replaced.

    Returns
    -------
    dict of float to float
        ``points`` of a :class:`Scale`: raw value to worth. Only the half where the medians of the quarters,
        asked of fewer experts, do not lie on their sides of it.

    Raises
    ------
    InputError
        No answers, a scale whose best value lies inside it, or answers of an expert that contradict.

    Examples
    --------
    >>> panel = {"e1": {0.5: 200, 0.25: 90, 0.75: 420}, "e2": {0.5: 300}, "e3": {0.5: 250}}
    >>> bisected_points(panel, Scale("ratio", 0, 1000))
    {90: 0.25, 250: 0.5, 420: 0.75}
    """
    checks = Checks(text("the answers of bisection cannot be used"))
    if scale.ideal:
        checks.add("scale", text("ideal"), text("a scale whose best value is one of its ends"))
    if not any(answers.values()):
        checks.add("answers", text("nothing"), text("at least one value that is worth half"))
    for expert, said in answers.items():
        wrong = contradiction(said, scale) if said and not scale.ideal else None
        if wrong is not None:
            checks.add(text("{what} of {name}", what="answers", name=expert), *wrong)
    checks.check()
    given = {worth: [said[worth] for said in answers.values() if worth in said] for worth in WORTHS}
    points = {_median(values, scale): worth for worth, values in given.items() if values}
    if contradiction({worth: value for value, worth in points.items()}, scale) is not None:
        points = {_median(given[0.5], scale): 0.5}
    return points


def contradiction(answers: Mapping[float, float], scale: Scale) -> tuple[Words, Words, Words] | None:
    """Return what is found, allowed and proposed where answers of one expert contradict; else None.

    Examples
    --------
    >>> contradiction({0.5: 200, 0.25: 90, 0.75: 420}, Scale("ratio", 0, 1000)) is None
    True
    """
    found: Words = ", ".join(f"{worth:g}: {answers[worth]:g}" for worth in sorted(answers)) or text("nothing")
    outside = [value for value in answers.values() if not scale.lowest < value < scale.highest]
    if outside:
        allowed = text(
            "values between {lowest} and {highest}, without the ends", lowest=float(scale.lowest),
            highest=float(scale.highest),
        )  # fmt: skip
        return found, allowed, ""
    if {*answers} not in ({0.5}, {*WORTHS}):
        allowed = text("the value worth a half, alone or with those worth a quarter and three quarters")
        return found, allowed, text("add what is missing, or leave the quarters open")
    towards = sorted(answers.values(), reverse=scale.best < scale.worst)
    if [answers[worth] for worth in sorted(answers)] == towards and len({*towards}) == len(towards):
        return None
    allowed = text(
        "a quarter, a half, three quarters in this order from {worst} to {best}", worst=float(scale.worst),
        best=float(scale.best),
    )  # fmt: skip
    in_order = ", ".join(f"{worth:g}: {value:g}" for worth, value in zip(WORTHS, towards, strict=True))
    distinct = len({*towards}) == len(towards)
    return found, allowed, text("{values}, if that is meant", values=in_order) if distinct else ""


def _median(values: Sequence[float], scale: Scale) -> float:
    """Return the median; of an even number the middle of two after the transform."""
    low, high = (sorted(values)[place] for place in ((len(values) - 1) // 2, len(values) // 2))
    if low == high:
        return low
    return float(np.sqrt(low * high)) if scale.transform == "log10" else (low + high) / 2
