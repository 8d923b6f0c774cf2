"""Weights against AHPy and pymcdm, paired in one run on one machine.

Run with ``OMP_NUM_THREADS=1 python benchmarks/bench_weights.py``. Each pair takes turns, the best of several
rounds counts, and the results of both are compared before any time is taken.
"""

import platform
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

import techprio as tp
from techprio.weighting.consistency import measure_consistency
from techprio.weighting.priorities import priorities

ROUNDS = 7
LAI_CHAU = Path(__file__).parents[1] / "catalogs" / "lai-chau"


def judged_matrix(n, seed=1):
    generator = np.random.default_rng(seed)
    level = np.exp(generator.normal(0, 0.6, n))
    noisy = np.clip(level[:, None] / level * np.exp(generator.normal(0, 0.2, (n, n))), 1 / 9, 9)
    upper = np.triu(noisy, 1)
    return upper + np.divide(1, upper.T, out=np.zeros_like(upper), where=upper.T > 0) + np.eye(n)


def pairs_of(ratios):
    names = [f"c{i:02d}" for i in range(len(ratios))]
    return {
        (names[i], names[j]): float(ratios[i, j]) for i in range(len(names)) for j in range(i + 1, len(names))
    }


def best_of(*calls, rounds=ROUNDS):
    best = [np.inf] * len(calls)
    for _ in range(rounds):
        for place, call in enumerate(calls):
            start = time.process_time()
            call()
            best[place] = min(best[place], time.process_time() - start)
    return best


def row(what, ours, peer, theirs=None):
    ratio = f"{theirs / ours:,.1f} x" if theirs else ""
    shown = f"{theirs * 1e3:,.2f} ms" if theirs else ""
    print(f"| {what} | {ours * 1e3:,.3f} ms | {peer} | {shown} | {ratio} |")


def main():
    import ahpy
    from pymcdm import weights as pymcdm_weights

    peers = ", ".join(f"{name} {version(name)}" for name in ("ahpy", "pymcdm", "numpy", "pandas"))
    print(f"techprio {tp.__version__}, {peers}, Python {platform.python_version()}, {platform.machine()}\n")
    print("| what | techprio | peer | time of the peer | ratio |\n| --- | ---: | --- | ---: | ---: |")

    study = tp.read_study(LAI_CHAU)
    panel = tp.ahp(study.judgments).panel
    (draws,) = best_of(lambda: panel.draw(np.random.default_rng(0), 10_000))
    row("10,000 group resamples, 12 experts, 14 leaves, 5 nodes", draws, "none offers it")

    ratios = judged_matrix(15)
    pairs = pairs_of(ratios)
    table = pd.DataFrame(ratios)

    def by_ahpy():
        found = ahpy.Compare("goal", pairs, precision=6, random_index="saaty")
        return found.local_weights, found.consistency_ratio

    ours = tp.ahp(pairs, random_index="saaty2007").overall
    assert np.allclose(ours.to_numpy(), [by_ahpy()[0][name] for name in ours.index], atol=1e-5)
    kernel, face, theirs = best_of(
        lambda: (priorities(ratios), measure_consistency(ratios)), lambda: tp.ahp(table), by_ahpy
    )
    row("15 criteria, weights and ratio, on an array", kernel, "AHPy", theirs)
    row("15 criteria, with all checks and labels", face, "AHPy", theirs)

    whole = judged_matrix(8)
    missing = {pair: ratio for place, (pair, ratio) in enumerate(pairs_of(whole).items()) if place % 3}
    kept, lost = best_of(
        lambda: tp.ahp(missing), lambda: ahpy.Compare("goal", missing, precision=6), rounds=3
    )
    row("8 criteria, 10 of 28 comparisons missing", kept, "AHPy", lost)

    (chain,) = best_of(lambda: tp.ahp({(f"c{i:02d}", f"c{i + 1:02d}"): 2 for i in range(11)}))
    row("12 criteria from a bare chain of 11 comparisons", chain, "AHPy: tens of seconds, not repeated here")

    data = pd.DataFrame(
        np.random.default_rng(2).uniform(1, 100, (100, 12)), columns=[f"c{j}" for j in range(12)]
    )
    up = dict.fromkeys(data.columns, "maximize")
    matrix, x, types = tp.DecisionMatrix(data, up), data.to_numpy(), np.ones(12)
    for what, mine, peer in (
        ("entropy", lambda: tp.weighting.entropy_weights(matrix), lambda: pymcdm_weights.entropy_weights(x)),
        ("CRITIC", lambda: tp.weighting.critic_weights(matrix), lambda: pymcdm_weights.critic_weights(x)),
        ("MEREC", lambda: tp.weighting.merec_weights(matrix), lambda: pymcdm_weights.merec_weights(x, types)),
    ):
        assert np.allclose(mine().overall, peer())
        fast, slow = best_of(mine, peer, rounds=15)
        row(f"{what}, 100 x 12, labelled", fast, "pymcdm (bare array)", slow)


if __name__ == "__main__":
    main()
