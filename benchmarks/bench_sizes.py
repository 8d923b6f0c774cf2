"""What happens at the ends of the scale, and how long it takes: one of everything, and a thousand.

``python benchmarks/bench_sizes.py [NAMES]`` runs each case of tests/laws/test_sizes.py in a process of its
own: processor seconds with 200 draws, peak of memory, and what came of it.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
MOST_SECONDS = 900


def study(*size, **options):
    from tests.laws.test_sizes import run

    found = run(*size, **options)
    places = found.plan.placements
    placed = int((places["start"].astype(str) != "").sum())
    return f"{placed} of {len(places)} placed, proven gap {found.plan.gap:.2%}"


def chained(count, criteria, *, closed, **options):
    import techprio as tp
    from tests.laws.test_sizes import chain

    edges = [*chain(count), *([("T0000", f"T{count - 1:04d}")] if closed else [])]
    try:
        return study(count, criteria, edges=edges, **options)
    except tp.TechprioError as error:
        return f"refused: {len(error.problems)} problem, {len(str(error))} letters"


def panel(experts, criteria):
    import techprio as tp
    from tests.laws.test_sizes import panel as judgments

    weights = tp.ahp(judgments(experts, criteria))
    agreed = tp.weighting.panel_consensus(weights).by_node["consensus"].iloc[0]
    return f"weights of {len(weights.overall)} criteria, consensus {agreed:.2f}"


CASES = {
    "1 technology, 1 criterion": lambda: study(1, 1),
    "12 technologies, no dependency": lambda: study(12, 3, sectors=3),
    "12 technologies, all in one circle": lambda: chained(12, 2, closed=True),
    "2 experts, 3 criteria": lambda: panel(2, 3),
    "1,000 experts, 8 criteria": lambda: panel(1_000, 8),
    "200 criteria, 60 technologies in 3 sectors": lambda: study(60, 200, sectors=3),
    "1,000 technologies in one sector, 12 criteria": lambda: study(1_000, 12),
    "1,000 technologies in 10 sectors, one chain": lambda: chained(1_000, 12, closed=False, sectors=10),
    "1,000 technologies, all in one circle": lambda: chained(1_000, 2, closed=True),
    "34 sectors of 90 technologies, 12 criteria": lambda: study(3_060, 12, sectors=34),
}


def main():
    if sys.argv[1:2] == ["--one"]:
        start = time.process_time()
        words = CASES[sys.argv[2]]()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"| {sys.argv[2]} | {time.process_time() - start:.1f} | {peak} | {words} |")
        return
    print(
        "| study or panel | seconds | peak MiB | what came of it |\n| --- | ---: | ---: | --- |", flush=True
    )
    for name in sys.argv[1:] or CASES:
        command = [sys.executable, __file__, "--one", name]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS, check=True)
            print(done.stdout.strip(), flush=True)
        except subprocess.TimeoutExpired:
            print(f"| {name} | over {MOST_SECONDS} on the wall | | stopped |", flush=True)


if __name__ == "__main__":
    main()
