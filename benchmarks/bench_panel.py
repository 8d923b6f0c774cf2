"""Seconds of processor time of a large panel: its survey read, its weights, its consensus, its screen."""

import platform
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np

import techprio as tp

CRITERIA = 8
PANELS = (164, 400, 1_000)


def write_survey(path, experts, seed=0):
    """A column a pair with signed degrees, as surveys are exported; nobody is quite consistent."""
    draws = np.random.default_rng(seed)
    level = draws.normal(0, 0.5, CRITERIA)
    pairs = list(combinations(range(CRITERIA), 2))
    lines = [",".join(["expert", *(f"c{i} - c{j}" for i, j in pairs)])]
    for expert in range(experts):
        ratios = [np.exp(level[i] - level[j] + draws.normal(0, 0.4)) for i, j in pairs]
        signed = [-min(9, round(r)) if r >= 1 else min(9, round(1 / r)) for r in ratios]
        lines.append(",".join([f"e{expert:04d}", *map(str, signed)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def timed(call):
    started = time.process_time()
    found = call()
    return time.process_time() - started, found


def main():
    print(f"{date.today()}, {platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}")
    print("| experts | read | weights | consensus | lines of techprio weights |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for experts in PANELS:
            file = Path(folder) / "survey.csv"
            write_survey(file, experts)
            read, found = timed(lambda file=file: tp.inputs.read_pairwise(file, minus_means="left"))
            judgments = found.judgments
            weigh, weights = timed(lambda judgments=judgments: tp.ahp(judgments))
            agree, _ = timed(lambda weights=weights: tp.weighting.panel_consensus(weights))
            command = [sys.executable, "-m", "techprio", "weights", str(file), "--minus-means", "left"]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            lines = len((done.stdout + done.stderr).splitlines())
            print(f"| {experts} | {read:.2f} s | {weigh:.2f} s | {agree:.2f} s | {lines} |")


if __name__ == "__main__":
    main()
