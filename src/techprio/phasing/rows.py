r"""The model as rows and columns of an integer programme, with a name for every row.

"By" form: :math:`z_{it} = 1` when i has started by period t, so a start in t is
:math:`x_{it} = z_{it} - z_{i,t-1}`. There are columns inside the window of a start only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from techprio.phasing.model import NEVER, Name, PhasingModel


@dataclass(frozen=True)
class Rows:
    """Maximise ``cost @ z`` with ``lower <= matrix @ z <= upper``, z binary.

    ``first`` is the column of the earliest start of each technology, ``width`` the number of its
    columns, ``names`` the name of each row. The last ``amounts`` columns are no starts but amounts.
    """

    matrix: sparse.csr_matrix
    lower: np.ndarray
    upper: np.ndarray
    names: tuple[Name, ...]
    cost: np.ndarray
    first: np.ndarray
    width: np.ndarray
    earliest: np.ndarray
    amounts: int = 0

    def starts(self, solution: np.ndarray) -> np.ndarray:
        """Read the start of each technology from a solution; -1 where it never starts."""
        starts = np.full(len(self.first), NEVER)
        for i in np.flatnonzero(self.width):
            begun = solution[self.first[i] : self.first[i] + self.width[i]] > 0.5
            if begun.any():
                starts[i] = self.earliest[i] + int(begun.argmax())
        return starts

    def solution(self, starts: np.ndarray) -> np.ndarray:
        """Write a plan as a solution."""
        solution = np.zeros(len(self.cost))
        for i in np.flatnonzero(starts >= 0):
            begun = self.first[i] + starts[i] - self.earliest[i]
            solution[begun : self.first[i] + self.width[i]] = 1.0
        return solution


@dataclass(frozen=True)
class _Block:
    """Some rows: entries as (row, column, coefficient), bounds and names."""

    row: np.ndarray
    column: np.ndarray
    coefficient: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    names: tuple[Name, ...]


def build_rows(model: PhasingModel) -> Rows:
    """Write a model as rows and columns."""
    width = np.maximum(model.latest - model.earliest + 1, 0)
    first = np.concatenate([[0], np.cumsum(width)[:-1]]) if len(width) else np.zeros(0, dtype=int)
    columns = int(width.sum())
    inside, last = _windows(model)
    blocks = [
        _once(model, first, width),
        *_prerequisite_blocks(model, first),
        _limit_block(model, inside, last),
        *_minimum_blocks(model, first, width),
        *_decision_blocks(model, first, width),
        *_bundle_blocks(model, first),
    ]
    blocks = [block for block in blocks if block is not None and len(block.names)]
    heights = np.cumsum([0, *(len(block.names) for block in blocks)])
    row = np.concatenate(
        [block.row + above for block, above in zip(blocks, heights, strict=False)] or [np.zeros(0)]
    )
    column = np.concatenate([block.column for block in blocks] or [np.zeros(0)])
    entry = np.concatenate([block.coefficient for block in blocks] or [np.zeros(0)])
    shape = (int(heights[-1]), columns)
    return Rows(
        matrix=sparse.coo_matrix((entry, (row.astype(int), column.astype(int))), shape=shape).tocsr(),
        lower=np.concatenate([block.lower for block in blocks] or [np.zeros(0)]),
        upper=np.concatenate([block.upper for block in blocks] or [np.zeros(0)]),
        names=tuple(name for block in blocks for name in block.names),
        cost=step_costs(model),
        first=first,
        width=width,
        earliest=model.earliest,
    )


def step_costs(model: PhasingModel) -> np.ndarray:
    """Return the coefficients of the columns in the sum that is maximised."""
    inside, last = _windows(model)
    return _steps(model.gain, inside, last)[inside]


def _windows(model: PhasingModel) -> tuple[np.ndarray, np.ndarray]:
    """Return where a start is inside its window, and where it is the last one: (technologies, periods)."""
    period = np.arange(model.periods)
    inside = (period >= model.earliest[:, None]) & (period <= model.latest[:, None])
    return inside, period == model.latest[:, None]


def _steps(amounts: np.ndarray, inside: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Turn amounts of starts into coefficients of z: what a step in t adds, less what one in t+1 would."""
    following = np.zeros_like(amounts)
    following[..., :-1] = amounts[..., 1:]
    return np.where(inside, amounts - np.where(last, 0.0, following), 0.0)


def _once(model: PhasingModel, first: np.ndarray, width: np.ndarray) -> _Block:
    parts = [first[i] + np.arange(width[i] - 1) for i in np.flatnonzero(width > 1)]
    left = np.concatenate(parts) if parts else np.zeros(0, dtype=int)
    rows = np.arange(len(left))
    return _Block(
        row=np.concatenate([rows, rows]),
        column=np.concatenate([left, left + 1]),
        coefficient=np.repeat([1.0, -1.0], len(left)),
        lower=np.full(len(left), -np.inf),
        upper=np.zeros(len(left)),
        names=tuple(("once",) for _ in left),
    )


def _prerequisite_blocks(model: PhasingModel, first: np.ndarray) -> Iterator[_Block]:
    for need in model.prerequisites:
        i = need.dependent
        begin, end = int(model.earliest[i]), int(model.latest[i])
        if end < begin:
            continue
        period = np.arange(begin, end + 1)
        rows, columns = [period - begin], [first[i] + period - begin]
        for j, lag in need.options:
            begun = np.minimum(period - lag, model.latest[j])
            there = begun >= model.earliest[j]
            rows.append((period - begin)[there])
            columns.append(first[j] + begun[there] - model.earliest[j])
        size = [len(part) for part in rows]
        names = "/".join(model.ids[j] for j, _ in need.options)
        yield _Block(
            row=np.concatenate(rows),
            column=np.concatenate(columns),
            coefficient=np.concatenate([np.ones(size[0]), -np.ones(sum(size[1:]))]),
            lower=np.full(size[0], -np.inf),
            upper=np.zeros(size[0]),
            names=tuple(("prerequisite", model.ids[i], names) for _ in period),
        )


def _limit_block(model: PhasingModel, inside: np.ndarray, last: np.ndarray) -> _Block:
    if model.limits:
        dense = np.stack([_steps(load, inside, last)[inside] for load in model.load])
    else:
        dense = np.zeros((0, int(inside.sum())))
    row, column = np.nonzero(dense)
    return _Block(
        row=row,
        column=column,
        coefficient=dense[row, column],
        lower=np.full(len(model.limits), -np.inf),
        upper=model.capacity.astype(float),
        names=model.limits,
    )


def _counted(name: Name, columns: list[int], lower: float, upper: float) -> _Block:
    return _Block(
        row=np.zeros(len(columns), dtype=int),
        column=np.array(columns, dtype=int),
        coefficient=np.ones(len(columns)),
        lower=np.array([lower]),
        upper=np.array([upper]),
        names=(name,),
    )


def _minimum_blocks(model: PhasingModel, first: np.ndarray, width: np.ndarray) -> Iterator[_Block]:
    for minimum in model.minima:
        columns = [
            int(first[i] + min(by, model.latest[i]) - model.earliest[i])
            for i, by in zip(minimum.members, minimum.by, strict=True)
            if width[i] and by >= model.earliest[i]
        ]
        yield _counted(minimum.name, columns, minimum.count, np.inf)


def _decision_blocks(model: PhasingModel, first: np.ndarray, width: np.ndarray) -> Iterator[_Block]:
    end = first + width - 1
    for i in model.must:
        yield _counted(("must", model.ids[i]), [int(end[i])] if width[i] else [], 1.0, np.inf)
    for group in model.exclusive:
        columns = [int(end[i]) for i in group if width[i]]
        yield _counted(("exclusive", *(model.ids[i] for i in group)), columns, -np.inf, 1.0)


def _bundle_blocks(model: PhasingModel, first: np.ndarray) -> Iterator[_Block]:
    """Members share their window, so their columns are equal one by one."""
    for bundle in model.bundles:
        leader = bundle[0]
        size = int(max(model.latest[leader] - model.earliest[leader] + 1, 0))
        steps = np.arange(size)
        for other in bundle[1:]:
            yield _Block(
                row=np.concatenate([steps, steps]),
                column=np.concatenate([first[leader] + steps, first[other] + steps]),
                coefficient=np.repeat([1.0, -1.0], size),
                lower=np.zeros(size),
                upper=np.zeros(size),
                names=tuple(("bundle", *(model.ids[i] for i in bundle)) for _ in steps),
            )
