"""Weights against other packages, on random problems."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import techprio as tp

UP_DOWN = ("maximize", "minimize")


def _problem(seed):
    generator = np.random.default_rng(seed)
    m, n = int(generator.integers(3, 12)), int(generator.integers(2, 8))
    values = generator.uniform(1, 100, (m, n))
    table = pd.DataFrame(values, columns=[f"c{j}" for j in range(n)])
    signs = generator.choice([1, -1], n)
    directions = {
        name: UP_DOWN[0] if sign > 0 else UP_DOWN[1] for name, sign in zip(table, signs, strict=True)
    }
    return table, directions, signs


@pytest.mark.parametrize("seed", range(20))
def test_objective_weights_against_pymcdm(seed):
    from pymcdm import weights as peer

    table, directions, signs = _problem(seed)
    x = table.to_numpy()
    assert tp.weighting.entropy_weights(table).overall.to_numpy() == pytest.approx(
        peer.entropy_weights(x), abs=1e-9
    )
    assert tp.weighting.standard_deviation_weights(table).overall.to_numpy() == pytest.approx(
        peer.standard_deviation_weights(x), abs=1e-9
    )
    assert tp.weighting.merec_weights(table, directions=directions).overall.to_numpy() == pytest.approx(
        peer.merec_weights(x, signs), abs=1e-9
    )
    # That package scales all criteria as benefits, so the comparison does too.
    ours = tp.weighting.critic_weights(table, directions=dict.fromkeys(table, "maximize")).overall
    assert ours.to_numpy() == pytest.approx(peer.critic_weights(x), abs=1e-9)


def _ratios(seed):
    generator = np.random.default_rng(seed)
    n = int(generator.integers(3, 10))
    ratios = np.ones((n, n))
    for i in range(n):
        for j in range(i + 1, n):
            ratios[i, j] = float(generator.integers(1, 10)) ** generator.choice([1, -1])
            ratios[j, i] = 1 / ratios[i, j]
    return ratios


@pytest.mark.parametrize("seed", range(20))
def test_eigenvector_against_lapack(seed):
    ratios = _ratios(seed)
    values, vectors = np.linalg.eig(ratios)
    principal = np.abs(vectors[:, values.real.argmax()].real)
    found = tp.ahp(ratios)
    assert found.overall.to_numpy() == pytest.approx(principal / principal.sum(), abs=1e-10)


@pytest.mark.parametrize("seed", range(10))
def test_weights_and_ratio_against_ahpy(seed):
    ahpy = pytest.importorskip("ahpy", reason="AHPy is an optional peer")
    ratios = _ratios(seed)
    names = [f"c{i}" for i in range(len(ratios))]
    pairs = {(names[i], names[j]): ratios[i, j] for i in range(len(names)) for j in range(i + 1, len(names))}
    peer = ahpy.Compare("goal", pairs, precision=10, random_index="saaty")
    found = tp.ahp(pairs, random_index="saaty2007")
    assert found.overall.to_dict() == pytest.approx(peer.local_weights, abs=1e-6)
    assert found.consistency["cr"].iloc[0] == pytest.approx(peer.consistency_ratio, abs=1e-6)


@pytest.mark.parametrize("seed", range(10))
def test_concordance_against_friedman(seed):
    generator = np.random.default_rng(seed)
    ratings = generator.integers(1, 6, (9, 5))
    statistic, p_value = stats.friedmanchisquare(*ratings.T)
    found = tp.weighting.kendall_w(ratings)
    assert found.chi2 == pytest.approx(statistic)
    assert found.p_value == pytest.approx(p_value)
