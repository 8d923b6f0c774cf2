"""The best-worst method: two rows of comparisons instead of all pairs, solved exactly.

Nonlinear model (Rezaei 2015, *Omega* 53, 49-57): least ξ with ``|w_B / w_j - a_Bj| <= ξ`` and
``|w_j / w_W - a_jW| <= ξ``. With w_W = 1 and x = w_B the conditions are that the intervals

    [a_BW - ξ, a_BW + ξ]   and   [(a_jW - ξ)(a_Bj - ξ), (a_jW + ξ)(a_Bj + ξ)]   for every other j

have a common x. Intervals on a line meet when every two of them meet, so the least ξ is the largest
of the values at which two of them just touch: roots of linear and quadratic equations, no search.

Linear model (Rezaei 2016, *Omega* 64, 126-130): least ξ with ``|w_B - a_Bj w_j| <= ξ`` and
``|w_j - a_jW w_W| <= ξ``, a linear program with one solution.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError, did_you_mean
from techprio.language import text
from techprio.model.weights import Weights
from techprio.weighting.given import check_figures, make_weights, name_figures

Array = NDArray[np.float64]
Model = Literal["nonlinear", "linear"]
_MODELS: tuple[Model, ...] = get_args(Model)


@validated
def best_worst_weights(
    best_to_others: Mapping[str, float] | pd.Series,
    others_to_worst: Mapping[str, float] | pd.Series,
    *,
    model: Model = "nonlinear",
) -> Weights:
    """Weigh by comparing the best with all, and all with the worst.

    Parameters
    ----------
    best_to_others : mapping or Series
        How many times the best outweighs each criterion, 1 for the best itself (1 to 9 by custom).
    others_to_worst : mapping or Series
        How many times each criterion outweighs the worst, 1 for the worst itself. Of several that
        could be the best or the worst, the first is taken.
    model : {"nonlinear", "linear"}
        ``"nonlinear"`` fits ratios and has a consistency ratio; where several weights reach the least
        ξ, the middle of each criterion's range is taken. ``"linear"`` has one solution; its ξ is
        itself the measure.

    Returns
    -------
    Weights
        ``consistency`` has one row with ``xi``, ``cr`` (ξ over the largest ξ that a_BW allows; NaN for
        the linear model, which has none) and ``cr_input`` (Liang, Brunelli and Rezaei 2020, *Omega*
        96, 102175).

    Raises
    ------
    InputError
        Names that differ, a comparison below 1 or no number, no criterion with 1 in a row, the two
        figures for best against worst that contradict each other, an unknown model.

    Examples
    --------
    >>> found = best_worst_weights({"a": 1, "b": 2, "c": 4}, {"a": 4, "b": 2, "c": 1})
    >>> found.overall.round(4).tolist()
    [0.5714, 0.2857, 0.1429]
    """
    if model not in _MODELS:
        raise InputError.argument(
            "model", found=model, allowed=_MODELS, proposal=did_you_mean(str(model), _MODELS)
        )
    to_others = check_figures(
        name_figures(best_to_others), text("the comparisons of the best cannot be used"), least=1.0
    )
    to_worst = check_figures(
        name_figures(others_to_worst), text("the comparisons with the worst cannot be used"), least=1.0
    )
    best, worst = _find_ends(to_others, to_worst)
    names = list(to_others.index)
    a_best, a_worst = to_others.to_numpy(), to_worst.loc[names].to_numpy()
    solve = _nonlinear if model == "nonlinear" else _linear
    weights, xi = solve(a_best, a_worst, names.index(best), names.index(worst))
    return make_weights(
        pd.Series(weights, index=names),
        f"best_worst_weights(model={model!r})",
        consistency=_consistency(a_best, a_worst, float(to_others[worst]), xi, model),
    )


def _find_ends(to_others: pd.Series, to_worst: pd.Series) -> tuple[str, str]:
    missing = [name for name in to_others.index if name not in to_worst.index]
    missing += [name for name in to_worst.index if name not in to_others.index]
    if missing:
        raise InputError(
            text(
                "{names} stands in one of the two rows only; compare it in both",
                names=tuple(map(repr, missing)),
            )
        )
    bests = list(to_others.index[to_others == 1])
    worsts = list(to_worst.index[to_worst == 1])
    if not bests or not worsts:
        if bests:
            raise InputError(
                text("the worst has no 1 against itself; the criterion compared with itself is 1")
            )
        raise InputError(text("the best has no 1 against itself; the criterion compared with itself is 1"))
    # Among several with 1 the best is the one that beats the worst most, and the other way round.
    best = max(bests, key=lambda name: float(to_worst[name]))
    worst = max(worsts, key=lambda name: float(to_others[name]))
    if abs(to_others[worst] - to_worst[best]) > 1e-9:
        raise InputError.argument(
            f"{best!r} / {worst!r}",
            found=text(
                "{one} in one row and {other} in the other",
                one=f"{to_others[worst]:g}",
                other=f"{to_worst[best]:g}",
            ),
            allowed=text("the same figure for best against worst in both"),
        )
    return best, worst


def _nonlinear(a_best: Array, a_worst: Array, best: int, worst: int) -> tuple[Array, float]:
    top = a_best[worst]
    others = [j for j in range(len(a_best)) if j not in (best, worst)]
    product, total = (a_best * a_worst)[others], (a_best + a_worst)[others]
    touching = [0.0, *_touching_others(product, total), *_touching_top(product, total, top)]
    xi = max(touching)
    low = np.maximum(a_best - xi, 0.0)[others] * np.maximum(a_worst - xi, 0.0)[others]
    high = ((a_best + xi) * (a_worst + xi))[others]
    x = (max([top - xi, *low]) + min([top + xi, *high])) / 2
    weights = np.ones(len(a_best))
    weights[best] = x
    for j in others:
        floor = max(a_worst[j] - xi, x / (a_best[j] + xi))
        ceiling = min(a_worst[j] + xi, x / (a_best[j] - xi)) if a_best[j] > xi else a_worst[j] + xi
        weights[j] = (floor + ceiling) / 2
    return weights / weights.sum(), xi


def _touching_others(product: Array, total: Array) -> list[float]:
    """Return ξ at which two intervals of other criteria just meet: (P_j - P_k) / (S_j + S_k)."""
    if not len(product):
        return []
    return [float(((product[:, None] - product) / (total[:, None] + total)).max())]


def _touching_top(product: Array, total: Array, top: float) -> list[float]:
    """Return ξ at which the interval of each other criterion just meets that of best against worst."""
    found = []
    for p, s in zip(product, total, strict=True):
        if p > top:  # (a_jW - ξ)(a_Bj - ξ) = a_BW + ξ, the smaller root
            found.append(float(((s + 1) - np.sqrt((s + 1) ** 2 - 4 * (p - top))) / 2))
        else:  # (a_jW + ξ)(a_Bj + ξ) = a_BW - ξ, the positive root
            found.append(float((-(s + 1) + np.sqrt((s + 1) ** 2 + 4 * (top - p))) / 2))
    return found


def _linear(a_best: Array, a_worst: Array, best: int, worst: int) -> tuple[Array, float]:
    from scipy.optimize import linprog

    n = len(a_best)
    rows = []
    for j in range(n):
        for one, other, ratio in ((best, j, a_best[j]), (j, worst, a_worst[j])):
            if one != other:
                row = np.zeros(n + 1)
                row[one], row[other] = 1.0, -ratio
                rows += [row, -row]
    bounds = np.array(rows).reshape(-1, n + 1)
    bounds[:, n] = -1.0
    goal = np.zeros(n + 1)
    goal[n] = 1.0
    whole = np.ones((1, n + 1))
    whole[0, n] = 0.0
    solved = linprog(goal, A_ub=bounds, b_ub=np.zeros(len(bounds)), A_eq=whole, b_eq=[1.0], method="highs")
    return np.asarray(solved.x[:n]), float(solved.x[n])


def largest_xi(top: float) -> float:
    """Return the largest ξ that a comparison best against worst allows: the consistency index.

    The smaller root of ξ² - (1 + 2a) ξ + (a² - a) = 0: 0, 0.44, 1.00, 1.63, 2.30 ... for a = 1, 2, 3 ...
    """
    return float(((1 + 2 * top) - np.sqrt(1 + 8 * top)) / 2)


def _consistency(a_best: Array, a_worst: Array, top: float, xi: float, model: str) -> pd.DataFrame:
    bound = largest_xi(top)
    ratio = (xi / bound if bound > 0 else 0.0) if model == "nonlinear" else float("nan")
    spread = float(np.abs(a_best * a_worst - top).max()) if top > 1 else 0.0
    by_input = spread / (top**2 - top) if top > 1 else 0.0
    row = ("matrix", "goal", len(a_best), xi, ratio, by_input)
    return pd.DataFrame([row], columns=["expert", "node", "n", "xi", "cr", "cr_input"])
