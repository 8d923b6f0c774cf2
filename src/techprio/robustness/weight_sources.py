"""What drawn weights are taken from: one vector, a simplex, a neighborhood, a box.

Each has ``criteria`` and ``draw(generator, count)`` (:class:`~techprio.model.weights.WeightSource`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.errors import InputError
from techprio.language import text
from techprio.model.weights import WeightSource, align

Array = NDArray[np.float64]
SWEEPS = 60


class RowSource(ABC):
    """A source whose vectors come of as many random numbers each, and of nothing else.

    The vectors of many generators are then made at once: with few criteria the calls take longer than the
    sums.
    """

    criteria: tuple[str, ...]

    @abstractmethod
    def fill(self, generator: np.random.Generator, numbers: Array) -> None:
        """Put random numbers into the array, shape (count, n)."""

    @abstractmethod
    def weigh(self, numbers: Array) -> Array:
        """Return weight vectors in the memory of the random numbers, shape (count, n)."""

    def draw(self, generator: np.random.Generator, count: int) -> Array:
        """Return weight vectors, shape (count, n)."""
        numbers = np.empty((count, len(self.criteria)))
        self.fill(generator, numbers)
        return self.weigh(numbers)


@dataclass(frozen=True)
class Selected:
    """Draws of a source in the order of the matrix, without the criteria that are left out."""

    inner: WeightSource
    criteria: tuple[str, ...]

    def draw(self, generators: Sequence[np.random.Generator], count: int) -> Array:
        """Draw ``count`` vectors of each generator, shape (generators * count, n).

        They are ordered by name, and scaled to 1 where criteria were left out.
        """
        names = list(self.inner.criteria)
        drawn = self._drawn(generators, (count, len(names)))
        if tuple(names) == self.criteria:
            return drawn
        chosen = drawn[:, [names.index(name) for name in self.criteria]]
        if len(self.criteria) == len(names):
            return chosen
        totals = chosen.sum(axis=1, keepdims=True)
        if not (totals > 0).all():
            raise InputError(
                text("a drawn weight vector has nothing left without the criteria that are left out")
            )
        return np.asarray(chosen / totals, dtype=np.float64)

    def _drawn(self, generators: Sequence[np.random.Generator], shape: tuple[int, int]) -> Array:
        drawn = np.empty((len(generators), *shape))
        if isinstance(self.inner, RowSource):
            for generator, numbers in zip(generators, drawn, strict=True):
                self.inner.fill(generator, numbers)
            return self.inner.weigh(drawn.reshape(-1, shape[1]))
        for place, generator in enumerate(generators):
            found = np.asarray(self.inner.draw(generator, shape[0]), dtype=np.float64)
            if found.shape != shape:
                raise InputError(
                    text(
                        "the weight source returned shape {found}; {needed} is needed",
                        found=str(found.shape),
                        needed=str(shape),
                    )
                )
            # Written so that a NaN fails too.
            if not (found.min() >= 0 and found.max() < np.inf):
                raise InputError(text("the weight source returned weights that are negative or not finite"))
            drawn[place] = found
        return drawn.reshape(-1, shape[1])


def select(source: WeightSource, criteria: Sequence[str], leave_out: Sequence[str]) -> Selected:
    """Match a source to the criteria of a matrix by name; both must name the same ones."""
    if set(source.criteria) != {*criteria, *leave_out} or len(set(source.criteria)) < len(source.criteria):
        align(pd.Series(1.0, index=list(source.criteria)), [*criteria, *leave_out])
    return Selected(source, tuple(criteria))


@dataclass(frozen=True)
class Constant:
    """One vector in every draw."""

    criteria: tuple[str, ...]
    weights: tuple[float, ...]

    def draw(self, generator: np.random.Generator, count: int) -> Array:
        """Return weight vectors, shape (count, n)."""
        return np.tile(np.array(self.weights), (count, 1))


@dataclass(frozen=True)
class Shifted:
    """Draws of a source, each criterion times a factor of its own, then scaled to 1.

    Parameters
    ----------
    inner : WeightSource
    factors, extra : tuple of float
        In the order of ``inner.criteria``; ``extra`` is added, for criteria that the source never draws.
    """

    inner: WeightSource
    factors: tuple[float, ...]
    extra: tuple[float, ...]

    @classmethod
    def to(cls, inner: WeightSource, before: pd.Series, after: pd.Series) -> Shifted:
        """Shift a source that is drawn around some weights so that it is drawn around others."""
        old, new = (np.array([float(one[name]) for name in inner.criteria]) for one in (before, after))
        factors = np.divide(new, old, out=np.zeros_like(new), where=old > 0)
        return cls(inner, tuple(factors), tuple(np.where(old > 0, 0.0, new)))

    @property
    def criteria(self) -> tuple[str, ...]:
        """Criteria of the source."""
        return tuple(self.inner.criteria)

    def draw(self, generator: np.random.Generator, count: int) -> Array:
        """Draw and shift; draws that end at 0 everywhere are those of ``extra``, or equal."""
        drawn = np.asarray(self.inner.draw(generator, count)) * np.array(self.factors) + np.array(self.extra)
        drawn[drawn.sum(axis=1) <= 0] = 1.0
        return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class Simplex(RowSource):
    """All weights of the simplex, equally likely."""

    criteria: tuple[str, ...]

    def fill(self, generator: np.random.Generator, numbers: Array) -> None:
        """Put exponentials into the array, shape (count, n)."""
        generator.standard_exponential(out=numbers)

    def weigh(self, numbers: Array) -> Array:
        """Scale each row to 1, in its memory."""
        return _scaled(numbers)


@dataclass(frozen=True)
class NodeSimplex:
    """Each node of a tree drawn by itself and multiplied down."""

    hierarchy: Mapping[str, tuple[str, ...]]

    @property
    def criteria(self) -> tuple[str, ...]:
        """Criteria in the order of the columns."""
        children = [child for node in self.hierarchy.values() for child in node]
        return tuple(child for child in children if child not in self.hierarchy)

    def draw(self, generator: np.random.Generator, count: int) -> Array:
        """Return weight vectors, shape (count, n)."""
        share = {next(iter(self.hierarchy)): np.ones(count)}
        for node, children in self.hierarchy.items():
            local = Simplex(children).draw(generator, count)
            for column, child in enumerate(children):
                share[child] = share[node] * local[:, column]
        return np.column_stack([share[name] for name in self.criteria])


@dataclass(frozen=True)
class OrderedSimplex:
    """Weights that keep a stated order, ties of a group free."""

    groups: tuple[tuple[str, ...], ...]

    @property
    def criteria(self) -> tuple[str, ...]:
        """Criteria in the order of the columns."""
        return tuple(name for group in self.groups for name in group)

    def draw(self, generator: np.random.Generator, count: int) -> Array:
        """Return weight vectors, shape (count, n)."""
        drawn = -np.sort(-Simplex(self.criteria).draw(generator, count), axis=1)
        start = 0
        for group in self.groups:
            part = drawn[:, start : start + len(group)]
            drawn[:, start : start + len(group)] = generator.permuted(part, axis=1)
            start += len(group)
        return drawn


@dataclass(frozen=True)
class Neighborhood(RowSource):
    """Each weight times a factor around 1, rescaled."""

    criteria: tuple[str, ...]
    weights: tuple[float, ...]
    spread: float

    def fill(self, generator: np.random.Generator, numbers: Array) -> None:
        """Put numbers in 0..1 into the array, shape (count, n)."""
        generator.random(out=numbers)

    def weigh(self, numbers: Array) -> Array:
        """Make a factor of each number, then scale each row of weights times factors to 1, in its memory."""
        numbers *= 2.0
        numbers -= 1.0
        numbers *= self.spread
        numbers += 1.0
        numbers *= np.array(self.weights)
        return _scaled(numbers)


@dataclass(frozen=True)
class BoundedWeights:
    """Weights between a low and a high that sum to 1, equally likely."""

    criteria: tuple[str, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    def draw(self, generator: np.random.Generator, count: int) -> Array:
        """Return weight vectors, shape (count, n)."""
        low, high = np.array(self.low), np.array(self.high)
        room = float((high - low).sum())
        middle = low + (high - low) * ((1.0 - low.sum()) / room if room > 0 else 0.0)
        drawn = np.tile(middle, (count, 1))
        if len(low) < 2:
            return drawn
        for _ in range(SWEEPS):
            shuffled = generator.permutation(len(low))
            half = len(low) // 2
            first, second = shuffled[:half], shuffled[half : 2 * half]
            both = drawn[:, first] + drawn[:, second]
            least = np.maximum(low[first], both - high[second])
            most = np.minimum(high[first], both - low[second])
            drawn[:, first] = least + generator.random(both.shape) * np.maximum(most - least, 0.0)
            drawn[:, second] = both - drawn[:, first]
        return np.clip(drawn, low, high)


def _scaled(rows: Array) -> Array:
    return np.divide(rows, np.add.reduce(rows, axis=1, keepdims=True), out=rows)
