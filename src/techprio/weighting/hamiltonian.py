"""Draws from a posterior by Hamiltonian Monte Carlo, many chains at once, on arrays.

References
----------
R. M. Neal (2011), MCMC using Hamiltonian dynamics, in Handbook of Markov Chain Monte Carlo, chapter 5;
M. D. Hoffman, A. Gelman (2014), The No-U-Turn sampler, Journal of Machine Learning Research 15, section 3.2
(how the length of a step is found).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
#: Log density, up to a constant, and its gradient: (chains, n) to (chains,) and (chains, n).
Density = Callable[[Array], tuple[Array, Array]]
CHAINS, WARM_UP, STEPS = 128, 200, 12
_ACCEPTED = 0.8


def sample(density: Density, start: Array, count: int, generator: np.random.Generator) -> Array:
    """Return at least ``count`` draws, shape (draws, n), from chains that begin at ``start`` (chains, n)."""
    chains, size = start.shape
    place, (height, slope) = start.copy(), density(start)
    scale = np.ones(size)
    pace, mean_pace, drift, kept = 0.1, 0.1, 0.0, []
    center, rounds, begun = np.log(10 * pace), -(-count // chains), 0
    early: list[Array] = []
    for turn in range(WARM_UP + rounds):
        warming = turn < WARM_UP
        if turn == WARM_UP // 2:
            scale = np.concatenate(early).std(axis=0) + 1e-6
            pace, drift, begun = 0.5, 0.0, turn
            center = np.log(2 * pace)
        speed = generator.standard_normal((chains, size))
        step = (pace if warming else mean_pace) * generator.uniform(0.9, 1.1)
        there, rise, turned, swing = place, height, slope, speed
        # A path may run off; its energy is then no number, and it is not taken.
        with np.errstate(all="ignore"):
            for _ in range(int(generator.integers(STEPS // 2, STEPS + 1))):
                swing = swing + step / 2 * scale * turned
                there = there + step * scale * swing
                rise, turned = density(there)
                swing = swing + step / 2 * scale * turned
            energy = rise - height - (np.square(swing).sum(axis=1) - np.square(speed).sum(axis=1)) / 2
            chance = np.where(np.isfinite(energy), np.exp(np.minimum(energy, 0.0)), 0.0)
        taken = generator.random(chains) < chance
        place = np.where(taken[:, None], there, place)
        height, slope = np.where(taken, rise, height), np.where(taken[:, None], turned, slope)
        if warming:
            # Dual averaging: shorter steps where too few are accepted.
            since = turn - begun + 1
            drift += (_ACCEPTED - float(chance.mean()) - drift) / (since + 10)
            pace = float(np.exp(center - np.sqrt(since) / 0.05 * drift))
            share = since**-0.75
            mean_pace = float(np.exp(share * np.log(pace) + (1 - share) * np.log(mean_pace)))
            if WARM_UP // 4 <= turn < WARM_UP // 2:
                early.append(place.copy())
        else:
            kept.append(place.copy())
    return np.concatenate(kept)
