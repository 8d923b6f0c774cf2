"""Which uncertain figure of some lists, known exactly, would change the first k, and what that is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import text
from techprio.model.judgments import Judgments
from techprio.model.matrix import DecisionMatrix
from techprio.model.provenance import Provenance
from techprio.model.value_of_information import ValueOfInformation, figures_frame
from techprio.model.weights import Weights
from techprio.ranking.methods import MethodLike
from techprio.ranking.validation import WeightsLike, weight_shares
from techprio.robustness.experiment import Experiment, prepare
from techprio.robustness.information import (
    DrawnList,
    Information,
    Places,
    classes_gained,
    polynomial_bases,
)
from techprio.robustness.priority_rule import PriorityRule
from techprio.robustness.score_sampling import Quantile
from techprio.robustness.weight_sampling import Distribution
from techprio.weighting.responses import POINTS, JudgmentResponses, judgment_responses

Array = NDArray[np.float64]
Row = dict[str, Any]
#: Draws in which chances of the first k are counted over the range of a judgment.
JUDGED_DRAWS = 1_000
#: Quantiles of a drawn weight that stand for its low, value and high.
ENDS = (0.05, 0.5, 0.95)
#: What technologies are found to be in each draw, by the name of the outcome: role, phase.
Outcomes = Mapping[str, pd.DataFrame]


@validated
def value_of_information(
    lists: Mapping[str, DecisionMatrix] | DecisionMatrix,
    weights: WeightsLike | None = None,
    method: MethodLike = None,
    *,
    judgments: Judgments | None = None,
    outcomes: Outcomes | None = None,
    top: int = 4,
    draws: int = 10_000,
    seed: int = 0,
    weight_distribution: Distribution | None = None,
    score_distribution: str | Quantile = "triangular",
    firm: float = 0.8,
    firmly_not: float = 0.2,
) -> ValueOfInformation:
    """Find which figures, known exactly, would change the first k of a list, and what that is worth.

    Parameters
    ----------
    lists : mapping of str to DecisionMatrix, or DecisionMatrix
        One matrix a list, by its name.
    weights, method, draws, seed, weight_distribution, score_distribution
        As in :func:`techprio.simulate`; the draws are the same.
    judgments : Judgments, optional
        Those that the weights come from; each is then a figure that may be a step weaker or stronger.
    outcomes : mapping of str to DataFrame, optional
        What else technologies are found to be in the same draws, as ``{"role": frame}`` with a row a draw and
        a column a technology.
    top : int
        The k of each list.
    firm, firmly_not : float
        Bounds of what is not contested, for ``firm_gain`` and ``decided_gain``.

    Returns
    -------
    ValueOfInformation

    Raises
    ------
    InputError
        Whatever a simulation cannot use; bounds that cross; an outcome that is neither role nor phase, or of
        another number of draws.

    Notes
    -----
    Weights are seen as one figure a criterion, and as one a pair of criteria under the same head (their
    ratio), each over all lists. Figures that the draws cannot tell from chance have no gain. A judgment of an
    expert is not drawn by the simulation, which draws whole experts: its range is one step of Saaty's scale
    either way, and what it does to the scores is added to their means (the scores are taken as additive in
    one judgment and the rest).

    Examples
    --------
    >>> import techprio as tp
    >>> cars = pd.DataFrame({"price": [20.0, 25.0, 21.0]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, ["min"], low=cars - 2, high=cars + 2)
    >>> found = value_of_information(matrix, [1.0], top=1, weight_distribution="fixed", draws=1000)
    >>> sorted(found.first()["technology"])
    ['A', 'C']
    """
    responses = None
    if judgments is not None and isinstance(weights, Weights):
        responses = judgment_responses(weights, judgments)
    return information_under(
        lists, weights, method, responses=responses, outcomes=outcomes, rule=PriorityRule(top), draws=draws,
        seed=seed, weight_distribution=weight_distribution, score_distribution=score_distribution, firm=firm,
        firmly_not=firmly_not,
    )  # fmt: skip


def information_under(
    lists: Mapping[str, DecisionMatrix] | DecisionMatrix,
    weights: WeightsLike | None,
    method: MethodLike,
    *,
    responses: JudgmentResponses | None,
    outcomes: Outcomes | None,
    rule: PriorityRule,
    draws: int,
    seed: int,
    weight_distribution: Distribution | None,
    score_distribution: str | Quantile,
    firm: float,
    firmly_not: float,
) -> ValueOfInformation:
    """Return :func:`value_of_information` where what is priority follows any rule."""
    if not 0 <= firmly_not < firm <= 1:
        found = text("firm {firm}, firmly_not {not_}", firm=float(firm), not_=float(firmly_not))
        raise InputError.argument("firm, firmly_not", found=found, allowed="0 <= firmly_not < firm <= 1")
    given = {lists.name: lists} if isinstance(lists, DecisionMatrix) else lists
    settled = _check_outcomes(outcomes or {}, draws)
    rows: list[Row] = []
    drawn: list[_Drawn] = []
    for code, matrix in given.items():
        experiment = prepare(
            matrix, weights, method, draws=draws, seed=seed, weight_distribution=weight_distribution,
            score_distribution=score_distribution,
        )  # fmt: skip
        chosen = rule.method(experiment.method, experiment.matrix)
        experiment = replace(experiment, method=chosen)
        one, values = _draw(code, experiment, weights, rule, (firm, firmly_not))
        drawn.append(one)
        rows += [] if values is None else _score_rows(one, values, settled)
    rows += _weight_rows(drawn, getattr(weights, "hierarchy", None) or {}, settled)
    if responses is not None and isinstance(weights, Weights):
        rows += _judgment_rows(drawn, weights, responses)
    return ValueOfInformation(
        table=figures_frame(rows),
        top=rule.top,
        draws=draws,
        seed=seed,
        places=sum(int(one.found.is_first.sum()) for one in drawn),
        labels={name: label for matrix in given.values() for name, label in matrix.labels.items()},
        provenance=Provenance.of("value_of_information", seed=seed),
    )


def _check_outcomes(outcomes: Outcomes, draws: int) -> dict[str, Places]:
    for name, frame in outcomes.items():
        if name not in ("role", "phase"):
            raise InputError.argument("outcomes", found=name, allowed=("role", "phase"))
        if len(frame) != draws:
            found = text("{name}: {count} rows", name=name, count=len(frame))
            raise InputError.argument("outcomes", found=found, allowed=text("{count} draws", count=draws))
    return {name: Places(frame) for name, frame in outcomes.items()}


@dataclass(frozen=True)
class _Drawn:
    """One list with its draws; ``stated`` are its weights as they stand."""

    code: str
    experiment: Experiment
    stated: Array
    weights: Array
    found: DrawnList
    inside: Places

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(map(str, self.experiment.matrix.alternatives))

    def row(self, information: Information) -> Row:
        """Return what a figure is worth for this list."""
        return {
            "p_list": information.p_change,
            "gain": information.gain,
            "firm_gain": information.firm_gain,
            "decided_gain": information.decided_gain,
            "lists": tuple(self.names[place] for place in information.moved),
        }


def _draw(
    code: str,
    experiment: Experiment,
    weights: WeightsLike | None,
    rule: PriorityRule,
    bounds: tuple[float, float],
) -> tuple[_Drawn, Array | None]:
    """Return a list with its draws, and its drawn values (draws, m, n) where they vary."""
    blocks = range(experiment.blocks)
    whole = experiment.draw_weights(blocks)
    values: Array | None = None
    if experiment.scores is None:
        scores = [score for _, score in experiment.scored(blocks)]
    else:
        parts = list(experiment.draw_values(blocks))
        ends = np.cumsum([len(part) for part in parts])[:-1]
        scores = [experiment.score(*one) for one in zip(parts, np.split(whole, ends), strict=True)]
        # In memory a figure is one piece: (n, m, draws) seen the other way round.
        values = np.concatenate([part.T for part in parts], axis=2).T
    stated = whole.mean(axis=0)
    if weights is not None:
        stated = weight_shares(weights, experiment.matrix.criteria)[0].to_numpy()
    top = min(rule.top, experiment.values.shape[0]) if rule.profile is None else None
    found = DrawnList(np.concatenate(scores), top, bounds)
    places = Places(pd.DataFrame(found.inside, columns=list(map(str, experiment.matrix.alternatives))))
    return _Drawn(code, experiment, stated, whole, found, places), values


def _score_rows(drawn: _Drawn, values: Array, settled: Mapping[str, Places]) -> Iterator[Row]:
    source, matrix = drawn.experiment.scores, drawn.experiment.matrix
    assert source is not None
    low, value, high = (part[:, source.columns] for part in (source.low, source.value, source.high))
    own_only = not drawn.experiment.method.reversal_possible
    alone = _changes_alone(drawn, low, high)
    for i in range(len(matrix.alternatives)):
        columns = np.flatnonzero(low[i] < high[i])
        if not len(columns):
            continue
        figures = np.ascontiguousarray(values[:, i, columns].T)
        bases = polynomial_bases(figures)
        if own_only:
            worth = drawn.found.own_information(i, figures, bases)
        else:
            worth = [drawn.found.information(*one) for one in zip(figures, bases, strict=True)]
        more = _settled(bases, {"list": drawn.inside, **settled})
        for j, information, outcome in zip(columns, worth, more, strict=True):
            yield {
                "kind": "score", "sector": drawn.code, "technology": drawn.names[i],
                "criterion": matrix.criteria[j], "low": float(low[i, j]), "value": float(value[i, j]),
                "high": float(high[i, j]), "alone": bool(alone[i, j]), **drawn.row(information), **outcome,
            }  # fmt: skip


def _settled(bases: Array, outcomes: Mapping[str, Places]) -> list[Row]:
    """Return, for each figure, how many wrong decisions fewer, and how likely another role or phase is."""
    rows: list[Row] = [{"misplaced": 0.0} for _ in bases]
    for name, places in outcomes.items():
        for row, found in zip(rows, places.settled(bases), strict=True):
            row["misplaced"] += found.fewer
            if name != "list":
                row |= {f"p_{name}": float(found.changed.mean()), f"{name}s": found.names}
    return rows


def _changes_alone(drawn: _Drawn, low: Array, high: Array) -> NDArray[np.bool_]:
    """Return which scores change the first k by themselves at an end of their spread, all else as stated."""
    experiment = drawn.experiment
    values, changes = experiment.values, np.zeros(experiment.values.shape, dtype=bool)

    def inside(many: Array) -> NDArray[np.bool_]:
        weights = np.broadcast_to(drawn.stated, (len(many), len(drawn.stated)))
        return drawn.found.chosen(np.asarray(experiment.method(many, weights, experiment.signs)))

    first = inside(values[None])[0]
    for i in range(len(values)):
        columns = np.flatnonzero(low[i] < high[i])
        ends = np.repeat(values[None], 2 * len(columns), axis=0)
        for place, j in enumerate(columns):
            ends[2 * place, i, j], ends[2 * place + 1, i, j] = low[i, j], high[i, j]
        if len(columns):
            differs = (inside(ends) != first).any(axis=1)
            changes[i, columns] = differs.reshape(-1, 2).any(axis=1)
    return changes


def _weight_rows(
    lists: Sequence[_Drawn], hierarchy: Mapping[str, Sequence[str]], settled: Mapping[str, Places]
) -> Iterator[Row]:
    if not lists:
        return
    # One weight moves all lists in the same draw.
    last = lists[-1]
    figures = list(_weight_figures(last.weights, last.experiment.matrix.criteria, hierarchy))
    every = polynomial_bases(np.array([figure for *_, figure in figures]).reshape(-1, len(last.weights)))
    for (kind, criterion, against, figure), basis in zip(figures, every, strict=True):
        bases = basis[None]
        parts = [one.found.information(figure, basis) for one in lists]
        rows = [one.row(part) for one, part in zip(lists, parts, strict=True)]
        others = [_settled(bases, {"list": one.inside})[0] for one in lists[:-1]]
        whole = _settled(bases, {"list": last.inside, **settled})[0]
        whole["misplaced"] += sum(row["misplaced"] for row in others)
        yield {
            "kind": kind, "criterion": criterion, "against": against,
            **dict(zip(("low", "value", "high"), map(float, np.quantile(figure, ENDS)), strict=True)),
            **{key: sum(row[key] for row in rows) for key in ("gain", "firm_gain", "decided_gain")},
            "p_list": float(np.any([part.changed for part in parts], axis=0).mean()),
            "lists": tuple(name for row in rows for name in row["lists"]), **whole,
        }  # fmt: skip


def _weight_figures(
    drawn: Array, criteria: Sequence[str], hierarchy: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str, str, Array]]:
    """Give the weight of each criterion and head, and the ratio of each two under one head."""
    places = {name: place for place, name in enumerate(criteria)}

    def below(name: str) -> list[int]:
        if name in places:
            return [places[name]]
        return [place for child in hierarchy.get(name, ()) for place in below(child)]

    heads = [name for children in hierarchy.values() for name in children if name not in places]
    totals = {name: drawn[:, below(name)].sum(axis=1) for name in (*places, *heads)}
    for name, total in totals.items():
        if np.ptp(total) > 1e-12:
            yield "weight", name, "", total
    for children in hierarchy.values():
        for one, other in combinations([name for name in children if name in totals], 2):
            first, second = totals[one], totals[other]
            if (first > 0).all() and (second > 0).all() and np.ptp(first / second) > 1e-12:
                yield "comparison", one, other, np.log(first / second)


def _judgment_rows(lists: Sequence[_Drawn], weights: Weights, responses: JudgmentResponses) -> Iterator[Row]:
    """Give what each judgment of an expert is worth over its range of one step either way."""
    shifts = [_shifts(one, responses.weights, weights) for one in lists]
    for place, row in enumerate(responses.table.itertuples()):
        parts = [_judged(one, *shift, place) for one, shift in zip(lists, shifts, strict=True)]
        yield {
            "kind": "judgment", "criterion": row.preferred, "against": row.other, "expert": row.expert,
            "group": row.group, "low": row.low, "value": row.value, "high": row.high,
            **{key: sum(part[key] for part in parts)
               for key in ("gain", "firm_gain", "decided_gain", "misplaced")},
            "p_list": float(np.any([part["changed"] for part in parts], axis=0).mean()),
            "lists": tuple(name for part in parts for name in part["lists"]),
            "alone": any(part["alone"] for part in parts),
        }  # fmt: skip


def _shifts(drawn: _Drawn, overall: Array, weights: Weights) -> tuple[Array, Array]:
    """Return the scores as stated, shape (m,), and how judgments move them, (judgments, points + 2, m)."""
    experiment = drawn.experiment
    order = [list(weights.overall.index).index(name) for name in experiment.matrix.criteria]
    many = overall[..., order]
    many = many / many.sum(axis=-1, keepdims=True)
    score = experiment.method.prepared(experiment.values, experiment.signs)
    stated = np.asarray(score(drawn.stated[None]))[0]
    scores = np.asarray(score(many.reshape(-1, many.shape[-1])))
    return stated, scores.reshape(*many.shape[:2], -1) - stated


def _judged(drawn: _Drawn, stated: Array, shifts: Array, place: int) -> Row:
    found = drawn.found
    nothing = {
        **dict.fromkeys(("gain", "firm_gain", "decided_gain", "misplaced"), 0.0),
        "changed": np.zeros(POINTS, dtype=bool), "lists": (), "alone": False,
    }  # fmt: skip
    if not found.open:
        return nothing
    ends = found.chosen(np.vstack([stated, stated + shifts[place, POINTS:]]))
    shift = shifts[place, :POINTS] - shifts[place, :POINTS].mean(axis=0)
    fitted = found.means + shift
    chosen = found.chosen(fitted)
    first = found.is_first
    changed = (chosen != first).any(axis=1)
    alone = bool((ends[1:] != ends[0]).any())
    if not changed.any():
        return nothing | {"alone": alone}
    gain = float((fitted * chosen).sum(axis=1).mean() - (fitted * first).sum(axis=1).mean())
    scores = found.scores[:JUDGED_DRAWS]
    each = found.chosen((scores + shift[:, None]).reshape(-1, scores.shape[1]))
    later = np.ones(len(scores)) @ each.reshape(len(shift), *scores.shape).astype(float) / len(scores)
    now = later.mean(axis=0)
    wrong = np.minimum(now, 1 - now).sum() - np.minimum(later, 1 - later).sum(axis=1).mean()
    more: tuple[float, float] = (0.0, 0.0)
    if found.bounds is not None:
        more = classes_gained(now, later, np.full(len(later), 1 / len(later)), found.bounds)
    moved = np.flatnonzero((chosen != first).any(axis=0))
    return {
        "gain": max(gain, 0.0), "firm_gain": more[0], "decided_gain": more[1],
        "misplaced": max(float(wrong), 0.0), "changed": changed, "alone": alone,
        "lists": tuple(drawn.names[i] for i in moved),
    }  # fmt: skip
