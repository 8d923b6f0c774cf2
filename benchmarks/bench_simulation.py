"""Rank acceptability against pymcdm and scikit-criteria, paired in one run on one machine.

Run with ``OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python benchmarks/bench_simulation.py``. Every contender
scores, ranks and counts the same weight vectors of one 100 x 12 matrix into one 100 x 100 table; the tables
are compared before any time is reported. Contenders take turns and the best round counts. Peers are timed
on fewer draws, since their time grows in proportion.
"""

import platform
import time
from importlib.metadata import version

import numpy as np
import pandas as pd

import techprio as tp
from techprio.robustness.experiment import prepare

ALTERNATIVES, CRITERIA = 100, 12
DRAWS, PEER_DRAWS, ROUNDS = 10_000, 1_000, 5


def problem(seed=1):
    generator = np.random.default_rng(seed)
    names = [f"t{i:03d}" for i in range(ALTERNATIVES)]
    criteria = [f"c{i:02d}" for i in range(CRITERIA)]
    values = pd.DataFrame(generator.uniform(1, 9, (ALTERNATIVES, CRITERIA)), names, criteria)
    return tp.DecisionMatrix(values, dict.fromkeys(criteria, "maximize"))


def same_draws(matrix):
    """Return the weight vectors that the simulation draws, for the peers to rank."""
    settings = {"draws": DRAWS, "seed": 2026, "weight_distribution": "uniform", "score_distribution": "fixed"}
    experiment = prepare(matrix, None, tp.Topsis(), **settings)
    return np.concatenate([experiment.draw_weights(block) for block in range(experiment.blocks)])


def table_of(ranks):
    counts = np.zeros((ALTERNATIVES, ALTERNATIVES))
    np.add.at(counts, (np.tile(np.arange(ALTERNATIVES), len(ranks)), np.asarray(ranks, int).ravel() - 1), 1)
    return counts


def pymcdm_as_documented(values, weights):
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization

    method = TOPSIS(vector_normalization)
    types = np.ones(CRITERIA)
    return table_of([method.rank(method(values, row, types)) for row in weights])


def pymcdm_without_validation(values, weights):
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization
    from scipy.stats import rankdata

    method = TOPSIS(vector_normalization)
    types = np.ones(CRITERIA)
    scores = [method(values, row, types, validation=False) for row in weights]
    return table_of([rankdata(-score, method="min") for score in scores])


def scikit_criteria_functions(values, weights):
    from skcriteria.agg.topsis import topsis
    from skcriteria.preprocessing.scalers import scale_by_vector

    objectives = np.ones(CRITERIA)
    shares = scale_by_vector(values, axis=0)
    return table_of([topsis(shares, objectives, row)[0] for row in weights])


def plain_numpy(values, weights):
    """Two matrix products and a sort: what the arithmetic costs without names and checks."""
    shares = values / np.sqrt((values**2).sum(axis=0))
    ideal, worst = shares.max(axis=0), shares.min(axis=0)
    to_ideal, to_worst = ((shares - ideal) ** 2).T, ((shares - worst) ** 2).T
    counts = np.zeros(ALTERNATIVES * ALTERNATIVES, dtype=np.int64)
    places = np.arange(ALTERNATIVES)
    for start in range(0, len(weights), 200):
        squares = weights[start : start + 200] ** 2
        away, near = np.sqrt(squares @ to_worst), np.sqrt(squares @ to_ideal)
        order = np.argsort(-away / (away + near), axis=1)
        counts += np.bincount((order * ALTERNATIVES + places).ravel(), minlength=counts.size)
    return counts.reshape(ALTERNATIVES, ALTERNATIVES).astype(float)


def timed(call):
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def main():
    matrix = problem()
    values, weights = matrix.values.to_numpy(), same_draws(matrix)
    few = weights[:PEER_DRAWS]

    def ours(collect, draws):
        return lambda: tp.simulate(
            matrix, None, tp.Topsis(), draws=draws, seed=2026, weight_distribution="uniform", collect=collect
        ).index.to_numpy()

    contenders = {
        "techprio, acceptability": (DRAWS, ours((), DRAWS)),
        "techprio, all of its tables": (DRAWS, ours(None, DRAWS)),
        "plain numpy, no names or checks": (DRAWS, lambda: plain_numpy(values, weights)),
        "pymcdm as documented": (PEER_DRAWS, lambda: pymcdm_as_documented(values, few)),
        "pymcdm, no validation, scipy ranks": (PEER_DRAWS, lambda: pymcdm_without_validation(values, few)),
        "scikit-criteria, bare functions": (PEER_DRAWS, lambda: scikit_criteria_functions(values, few)),
    }
    expected = {
        DRAWS: plain_numpy(values, weights) / DRAWS,
        PEER_DRAWS: plain_numpy(values, few) / PEER_DRAWS,
    }
    best = dict.fromkeys(contenders, np.inf)
    for _ in range(ROUNDS):
        for name, (draws, call) in contenders.items():
            seconds, table = timed(call)
            table = table if table.max() <= 1 else table / draws
            assert np.allclose(table, expected[draws], atol=1e-12), f"{name} counts something else"
            best[name] = min(best[name], seconds / draws)
    report(best)


def report(best):
    ours, documented = best["techprio, acceptability"], best["pymcdm as documented"]
    peers = ", ".join(f"{name} {version(name)}" for name in ("pymcdm", "scikit-criteria", "numpy", "scipy"))
    print(f"techprio {tp.__version__}, {peers}, Python {platform.python_version()}, {platform.machine()}\n")
    print("| contender | draws per second | techprio is faster by | pymcdm as documented is slower by |")
    print("| --- | ---: | ---: | ---: |")
    for name, seconds in best.items():
        print(f"| {name} | {1 / seconds:,.0f} | {seconds / ours:,.1f} x | {documented / seconds:,.1f} x |")


if __name__ == "__main__":
    main()
