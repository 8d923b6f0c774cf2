"""Rank acceptability by TOPSIS against other packages, paired in one run on one machine.

Run with ``OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python benchmarks/bench_ranking.py``; peers that are not
installed are left out (``benchmarks/peers``). Every contender scores, ranks and counts the same draws of one
100 x 12 matrix into one 100 x 100 table; the tables are compared before any time is reported. Contenders take
turns; what counts is the median of their processor time. Peers are timed on fewer draws, since their time
grows in proportion, and are given the draws; ours makes its own in the time measured.

``--large`` measures time and memory of 5,000 alternatives x 20 criteria x 10,000 draws instead.
"""

import resource
import statistics
import sys
import time
import warnings
from importlib.util import find_spec

import numpy as np
import pandas as pd

import techprio as tp
from techprio.robustness.counting import count_block, empty_tally
from techprio.robustness.experiment import prepare
from techprio.robustness.simulation import PIECE, run_piece

ALTERNATIVES, CRITERIA, DRAWS, ROUNDS = 100, 12, 10_000, 7
PEER_DRAWS = 1_000
SEED = 2026
BEST = "best numpy, draws of its own"


def problem(alternatives, criteria):
    """A matrix of random scores, every third criterion a cost, each score known within 10 %."""
    values = np.random.default_rng(1).uniform(1, 9, (alternatives, criteria))
    frame = pd.DataFrame(values, [f"t{i:04d}" for i in range(alternatives)])
    frame.columns = [f"c{i:02d}" for i in range(criteria)]
    ways = {name: "minimize" if i % 3 == 2 else "maximize" for i, name in enumerate(frame)}
    return tp.DecisionMatrix(frame, ways, low=0.9 * frame, high=1.1 * frame)


def experiment_of(matrix, scores, draws=DRAWS):
    distributions = {"weight_distribution": "uniform", "score_distribution": scores}
    return prepare(matrix, None, tp.Topsis(), draws=draws, seed=SEED, **distributions)


def draws_of(matrix, scores, count):
    """The values (count, m, n) or (m, n), and weights (count, n), that our simulation draws."""
    experiment = experiment_of(matrix, scores, count)
    weights = experiment.draw_weights(range(experiment.blocks))
    if scores == "fixed":
        return experiment.values, weights, experiment.signs
    drawn = list(experiment.draw_values(range(experiment.blocks)))
    return np.ascontiguousarray(np.concatenate(drawn)), weights, experiment.signs


def table_of(ranks):
    ranks = np.asarray(ranks, dtype=int)
    size = ranks.shape[1]
    cells = np.arange(size) * size + ranks - 1
    return np.bincount(cells.ravel(), minlength=size * size).reshape(size, size) / len(ranks)


def pairs_of(values, weights):
    """Values and weights of one draw after the other."""
    return zip(values if values.ndim == 3 else [values] * len(weights), weights, strict=True)


def pymcdm_as_documented(values, weights, signs):
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization

    method = TOPSIS(vector_normalization)
    return table_of([method.rank(method(x, w, signs)) for x, w in pairs_of(values, weights)])


def pymcdm_without_validation(values, weights, signs):
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization
    from scipy.stats import rankdata

    method = TOPSIS(vector_normalization)
    scores = [method(x, w, signs, validation=False) for x, w in pairs_of(values, weights)]
    return table_of(rankdata(-np.array(scores), method="min", axis=1))


def pysensmcda_simulate(values, weights, signs):
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization
    from pysensmcda.smaa import simulate

    base, samples = (values, None) if values.ndim == 2 else (values[0], values)
    method = TOPSIS(vector_normalization)
    settings = {"weights": weights, "matrix_samples": samples, "store": "accumulate"}
    return simulate(method, base, signs, **settings).rank_counts / len(weights)


def scikit_criteria_functions(values, weights, signs):
    from skcriteria.agg.topsis import topsis
    from skcriteria.preprocessing.scalers import scale_by_vector

    if values.ndim == 2:
        shares = scale_by_vector(values, axis=0)
        return table_of([topsis(shares, signs, w)[0] for w in weights])
    return table_of([topsis(scale_by_vector(x, axis=0), signs, w)[0] for x, w in pairs_of(values, weights)])


def scikit_criteria_objects(values, weights, signs):
    import skcriteria
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.preprocessing.scalers import VectorScaler

    scaler, method = VectorScaler(target="matrix"), TOPSIS()
    base = skcriteria.mkdm(values if values.ndim == 2 else values[0], [max if s > 0 else min for s in signs])
    scaled, ranks = scaler.transform(base), []
    for x, w in pairs_of(values, weights):
        ready = scaled if values.ndim == 2 else scaler.transform(base.replace(matrix=x))
        ranks.append(method.evaluate(ready.replace(weights=w)).rank_)
    return table_of(ranks)


def pydecision(values, weights, signs):
    from pyDecision.algorithm import topsis_method
    from scipy.stats import rankdata

    kinds = ["max" if s > 0 else "min" for s in signs]
    scores = [topsis_method(x, w, kinds, graph=False, verbose=False) for x, w in pairs_of(values, weights)]
    return table_of(rankdata(-np.array(scores), method="min", axis=1))


#: Name -> (module, call)
CALLS_OF_PEERS = {
    "pymcdm as documented": ("pymcdm", pymcdm_as_documented),
    "pymcdm, no validation, scipy ranks": ("pymcdm", pymcdm_without_validation),
    "pysensmcda, simulate": ("pysensmcda", pysensmcda_simulate),
    "scikit-criteria, objects": ("skcriteria", scikit_criteria_objects),
    "scikit-criteria, bare functions": ("skcriteria", scikit_criteria_functions),
    "pyDecision, scipy ranks": ("pyDecision", pydecision),
}


def bare_kernel(experiment, wanted=()):
    """Draw, score, sort and count on arrays that are ready: our simulation without checks and labels."""
    tally, sorter = empty_tally(experiment.values.shape, wanted), experiment.sorter()
    for piece in range(-(-experiment.blocks // PIECE)):
        tally.add(run_piece(experiment, wanted, piece, part_of=tally, sorter=sorter))
    return tally.index / tally.draws


def blocks_of(experiment):
    """Draws made beforehand, block by block, as our kernel likes to have them."""
    blocks = range(experiment.blocks)
    weights = (experiment.draw_weights([block]) for block in blocks)
    return list(zip(experiment.draw_values(blocks), weights, strict=True))


def given_draws(experiment, blocks):
    """Score, sort and count draws that were made beforehand, as the peers do here."""
    tally = empty_tally(experiment.values.shape, ())
    for values, weights in blocks:
        count_block(tally, experiment.sort(experiment.method(values, weights, experiment.signs)), weights)
    return tally.index / tally.draws


def plain_numpy(values, weights, signs):
    """Two matrix products and a sort on given weights: no draws, names, checks or ties."""
    shares = values / np.sqrt((values**2).sum(axis=0)) * signs
    to_ideal, to_worst = ((shares - shares.max(axis=0)) ** 2).T, ((shares - shares.min(axis=0)) ** 2).T
    places, counts = np.arange(len(values)), np.zeros(len(values) ** 2)
    for start in range(0, len(weights), 200):
        squares = weights[start : start + 200] ** 2
        away, near = np.sqrt(squares @ to_worst), np.sqrt(squares @ to_ideal)
        order = np.argsort(-away / (away + near), axis=1)
        counts += np.bincount((order * len(values) + places).ravel(), minlength=counts.size)
    return counts.reshape(len(values), len(values)) / len(weights)


def best_numpy(experiment, scores, seed=1):
    """The quickest double kernel that we can write in numpy, for our draws of one seed and no other study.

    SFC64, one stream, no root (squared distances sort alike), the place in the last bits of the key, one
    sort of whole numbers, one criterion of a block after the other. No names, checks, ties, streams of an
    alternative, or workers.
    """
    values, signs, size = experiment.values, experiment.signs, 200
    alternatives, criteria = values.shape
    bits, places = (alternatives - 1).bit_length(), np.arange(alternatives)
    generator, counts = np.random.Generator(np.random.SFC64(seed)), 0
    if scores == "fixed":
        shares = values / np.sqrt((values**2).sum(axis=0)) * signs
        to_best, to_worst = ((shares.max(axis=0) - shares) ** 2).T, ((shares - shares.min(axis=0)) ** 2).T
        to_best, both = 5 * to_best + 4 * to_worst, to_best + to_worst
    else:
        low, high = experiment.scores.low.T[..., None], experiment.scores.high.T[..., None]
        left, right = values.T[..., None] - low, high - values.T[..., None]
        width, left2, right2, base = high - low, left**2, right**2, low + high - values.T[..., None]
        drawn, part, far, near = np.empty((4, alternatives, size))
    for _ in range(0, experiment.draws, size):
        weights = generator.standard_exponential((size, criteria))
        if scores == "fixed":
            weights *= weights
            keys = weights @ to_best
            keys /= weights @ both
        else:
            far[:], near[:] = 0, 0
            for j in range(criteria):
                generator.random(out=drawn)
                np.multiply(drawn, width[j], out=drawn)
                if scores == "uniform":
                    np.add(drawn, low[j], out=drawn)
                else:
                    np.subtract(drawn, left[j], out=drawn)
                    np.minimum(drawn, 0, out=part)
                    np.maximum(drawn, 0, out=drawn)
                    np.sqrt(np.add(np.multiply(part, left[j], out=part), left2[j], out=part), out=part)
                    np.subtract(right2[j], np.multiply(drawn, right[j], out=drawn), out=drawn)
                    np.add(np.subtract(part, np.sqrt(drawn, out=drawn), out=drawn), base[j], out=drawn)
                length = np.sqrt(np.einsum("md,md->d", drawn, drawn))
                np.multiply(drawn, weights[:, j] * signs[j] / length, out=drawn)
                for total, edge in ((far, drawn.max(axis=0)), (near, drawn.min(axis=0))):
                    np.square(np.subtract(drawn, edge, out=part), out=part)
                    np.add(total, part, out=total)
            np.divide(far, np.add(far, near, out=near), out=far)
            keys = np.add(far.T, 4, order="C")
        packed = keys.view(np.int64)
        packed &= -1 << bits
        packed |= places
        packed.sort(axis=-1)
        packed &= (1 << bits) - 1
        packed += places << bits
        counts = counts + np.bincount(packed.ravel(), minlength=alternatives << bits)
    return counts.reshape(alternatives, -1)[:, :alternatives].T / experiment.draws


def contenders(matrix, scores):
    """Name -> (draws, call that returns shares of ranks)."""
    ready = experiment_of(matrix, scores)
    few = draws_of(matrix, scores, PEER_DRAWS)
    peers = {name: call for name, (package, call) in CALLS_OF_PEERS.items() if find_spec(package)}

    def ours(collect):
        settings = {"weight_distribution": "uniform", "score_distribution": scores, "collect": collect}
        found = tp.simulate(matrix, None, tp.Topsis(), draws=DRAWS, seed=SEED, **settings)
        return found.index.to_numpy()

    blocks = blocks_of(experiment_of(matrix, scores, PEER_DRAWS))
    found = {
        "techprio, acceptability": (DRAWS, lambda: ours(())),
        "techprio, its bare kernel": (DRAWS, lambda: bare_kernel(ready)),
        "techprio, draws given": (PEER_DRAWS, lambda: given_draws(ready, blocks)),
        "techprio, as it comes": (DRAWS, lambda: ours(None)),
        "techprio, all of its tables": (DRAWS, lambda: ours(("pairwise", "confidence"))),
    }
    if scores == "fixed":
        given = draws_of(matrix, scores, DRAWS)
        found["plain numpy, draws given"] = (DRAWS, lambda: plain_numpy(*given))
    found[BEST] = (DRAWS, lambda: best_numpy(ready, scores))
    for name, call in peers.items():
        found[name] = (PEER_DRAWS, lambda call=call: call(*few))
    return found


def measure(matrix, scores):
    """Processor seconds per draw of every contender in every round, after comparing what each counts."""
    entries = contenders(matrix, scores)
    expected = {draws: bare_kernel(experiment_of(matrix, scores, draws)) for draws, _ in entries.values()}
    for name, (draws, call) in entries.items():
        allowed = 0.03 if name == BEST else 1e-9
        assert np.allclose(call(), expected[draws], atol=allowed), f"{name} counts something else"
    spent = {name: [] for name in entries}
    for _ in range(ROUNDS):
        for name, (draws, call) in entries.items():
            start = time.process_time()
            call()
            spent[name].append((time.process_time() - start) / draws)
    return spent


def report(title, spent):
    seconds = {name: statistics.median(times) for name, times in spent.items()}
    ours = seconds["techprio, acceptability"]
    peers = {
        name: value for name, value in seconds.items() if not name.startswith(("techprio", "plain", BEST))
    }
    print(f"\n### {title}\n")
    print("| contender | draws per second, median | best | techprio is faster by |")
    print("| --- | ---: | ---: | ---: |")
    for name, value in seconds.items():
        print(f"| {name} | {1 / value:,.0f} | {1 / min(spent[name]):,.0f} | {value / ours:,.1f} x |")
    print()
    if peers:
        fastest, given = min(peers, key=peers.get), seconds["techprio, draws given"]
        print(f"- Against the fastest peer ({fastest}): {peers[fastest] / ours:.1f} x; draws given to both:"
              f" {peers[fastest] / given:.1f} x.")  # fmt: skip
    print(f"- Labels and checks over the bare kernel: {ours / seconds['techprio, its bare kernel'] - 1:.1%}.")
    usual = seconds["techprio, as it comes"]
    print(f"- What is found by default over the ranks alone: {usual / ours:.2f} x.")
    ratio, least = ours / seconds[BEST], min(spent["techprio, acceptability"]) / min(spent[BEST])
    print(f"- Over the best numpy kernel, which draws too: {ratio:.2f} x, shortest times {least:.2f} x.")
    if "plain numpy, draws given" in seconds:
        print(f"- Over plain numpy on the same draws: "
              f"{seconds['techprio, draws given'] / seconds['plain numpy, draws given']:.2f} x.")  # fmt: skip


def large():
    """Time and peak memory of the largest job that is promised."""
    print("| job | draws | time | peak memory |\n| --- | ---: | ---: | ---: |")
    matrix = problem(5_000, 20)
    for scores in ("fixed", "uniform"):
        for draws in (2_000, 10_000):
            start = time.perf_counter()
            settings = {"weight_distribution": "uniform", "score_distribution": scores, "collect": ()}
            tp.simulate(matrix, None, tp.Topsis(), draws=draws, seed=SEED, **settings)
            spent = time.perf_counter() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
            print(f"| 5,000 x 20, scores {scores} | {draws:,} | {spent:.0f} s | {peak:.2f} GiB |", flush=True)


def main():
    if "--large" in sys.argv:
        large()
        return
    warnings.simplefilter("ignore")
    matrix = problem(ALTERNATIVES, CRITERIA)
    report("Weights drawn, scores known", measure(matrix, "fixed"))
    report("Weights and scores drawn, uniform", measure(matrix, "uniform"))
    report("Weights and scores drawn, triangular", measure(matrix, "triangular"))


if __name__ == "__main__":
    main()
