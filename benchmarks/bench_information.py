"""What to check first: value of information of every figure, from the draws of the simulation.

Run with ``python benchmarks/bench_information.py``. Processor time of all threads, the best of three rounds:
what else runs on the machine lengthens the wait, hardly this. Ten seconds on two cores are the target
for 10,000 draws x 1,200 figures, so twenty of processor time.
"""

import time

import numpy as np
import pandas as pd

import techprio as tp
from techprio.study.advice import advise

ROUNDS = 3
DRAWS = 10_000


def invented(sectors=7, technologies=13, criteria=14, seed=1):
    """Return lists with a spread on every score but a few: 1,274 scores."""
    generator = np.random.default_rng(seed)
    names = [f"c{j:02d}" for j in range(criteria)]
    scales = {name: tp.Scale("interval", 0, 10) for name in names}
    lists = {}
    for sector in range(sectors):
        rows = [f"S{sector}T{i:02d}" for i in range(technologies)]
        values = pd.DataFrame(generator.uniform(2, 8, (technologies, criteria)), rows, names)
        spread = generator.uniform(0.2, 2, values.shape)
        lists[f"S{sector}"] = tp.DecisionMatrix(
            values, dict.fromkeys(names, "max"), scales=scales, low=values - spread, high=values + spread
        )
    return lists, pd.Series(generator.dirichlet(np.full(criteria, 5.0)), names)


def best_of(call):
    found, best = None, np.inf
    for _ in range(ROUNDS):
        start = time.process_time()
        found = call()
        best = min(best, time.process_time() - start)
    return found, best


def main():
    lists, weights = invented()
    found, seconds = best_of(
        lambda: tp.robustness.value_of_information(
            lists, weights, tp.Topsis("reference"), draws=DRAWS, seed=1, weight_distribution="around"
        )
    )
    study = tp.example("lai-chau")
    advice, whole = best_of(lambda: advise(study, draws=DRAWS))
    print("| what | figures | processor time |\n| --- | ---: | ---: |")
    for what, count, used in (
        (f"{DRAWS:,} draws, 7 lists of 13 x 14, every score spread", len(found.table), seconds),
        (f"{DRAWS:,} draws, shipped study: scores, judgments, roles, plan", len(advice.table), whole),
    ):
        print(f"| {what} | {count:,} | {used:.1f} s |")


if __name__ == "__main__":
    main()
