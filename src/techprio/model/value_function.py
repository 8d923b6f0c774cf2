r"""Value functions of one criterion: shares of its scale into worth, 0 for nothing to 1 for all.

Worth that grows fast at first and ever more slowly is exponential (Kirkwood 1997, chapter 4), fixed by its
mid-value, the point that is worth half: :math:`v(s) = (1 - e^{-cs}) / (1 - e^{-c})` with :math:`v(m) = 1/2`.

References
----------
C. W. Kirkwood (1997), Strategic Decision Making: Multiobjective Decision Analysis with Spreadsheets.
Duxbury Press, chapter 4.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import text

Array = NDArray[np.float64]
#: Mid-values nearer to an end of the scale than this share make all but a step of the curve.
NEAREST_MIDDLE = 0.02


def curvature(middle: float) -> float:
    """Return the c of the exponential value function that is worth half at a share of the scale.

    Parameters
    ----------
    middle : float
        From 0.02 to 0.98: below 0.5 worth saturates, above it worth comes late, 0.5 is the straight line.

    Returns
    -------
    float

    Examples
    --------
    >>> round(curvature(0.25), 4), curvature(0.5)
    (2.4375, 0.0)
    """
    if abs(middle - 0.5) < 1e-12:
        return 0.0
    # v(m) = 1/2 says 2 e^(-cm) = 1 + e^(-c); for m below 1/2 the root is positive, above it the mirror image.
    near = min(middle, 1.0 - middle)
    least, most = 0.0, np.log(2.0) / near
    for _ in range(200):
        c = (least + most) / 2
        if 2.0 * np.exp(-c * near) > 1.0 + np.exp(-c):
            least = c
        else:
            most = c
    return float(c if middle < 0.5 else -c)


def exponential(shares: Array, middle: float) -> Array:
    """Return the worth of shares of the scale under the exponential function with a mid-value.

    Examples
    --------
    >>> exponential(np.array([0.0, 0.25, 1.0]), 0.25).round(6).tolist()
    [0.0, 0.5, 1.0]
    """
    c = curvature(middle)
    if c == 0.0:
        return shares
    return np.asarray(np.expm1(-c * shares) / np.expm1(-c), dtype=np.float64)


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
