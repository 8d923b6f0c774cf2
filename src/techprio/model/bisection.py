"""Value functions from questions of bisection: halve the scale, then the halves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import text
from techprio.model.scale import NEAREST_MIDDLE, exponential


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
