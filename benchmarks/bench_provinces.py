"""Whole studies spread over a cluster of dask: the same bytes as one by one, and what the spreading costs.

``python benchmarks/bench_provinces.py [--provinces 34] [--workers 2] [--small]`` makes so many provinces of
the shipped study (90 technologies), each with scores of its own, runs them one by one and on a
``LocalCluster`` of that many workers, one thread each, and compares every file. With ``--small`` a province
is the trimmed study of the tests (17 technologies), where the start of the workers weighs most. Seconds on
the wall need a quiet machine; processor seconds do not.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))


def provinces(count, folder, *, small):
    """Write so many studies, each with scores of its own within the spread of those of the study."""
    import techprio as tp
    from tests.trimmed_study import write_trimmed_study

    study = tp.read_study(write_trimmed_study(folder)) if small else tp.example("lai-chau")
    for number in range(count):
        draw = np.random.default_rng(number)
        scores = study.catalog.scores.copy()
        low = scores["low"].fillna(scores["value"]).astype(float)
        high = scores["high"].fillna(scores["value"]).astype(float)
        scores["value"] = (low + draw.uniform(size=len(scores)) * (high - low)).round(6)
        name = f"province-{number + 1:02d}"
        yield replace(study, id=name, catalog=replace(study.catalog, scores=scores)).save(folder / name)


def spent():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.perf_counter(), sum(one.ru_utime + one.ru_stime for one in used)


def timed(call):
    before = spent()
    call()
    return [after - begin for after, begin in zip(spent(), before, strict=True)]


def files_of(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def main():
    from distributed import LocalCluster

    import techprio as tp

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--provinces", type=int, default=34)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--small", action="store_true")
    asked = parser.parse_args()
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        studies = list(provinces(asked.provinces, folder, small=asked.small))
        alone = timed(lambda: tp.run_many(studies, folder / "alone", jobs=1, outputs=("workbook",)))

        def on_a_cluster():
            with LocalCluster(
                n_workers=asked.workers, threads_per_worker=1, dashboard_address=None
            ) as cluster:
                engine = f"dask={cluster.scheduler_address}"
                tp.run_many(studies, folder / "spread", engine=engine, outputs=("workbook",))

        spread = timed(on_a_cluster)
        one, other = files_of(folder / "alone"), files_of(folder / "spread")
        different = [str(name) for name in one if one[name] != other.get(name)]
        assert one.keys() == other.keys(), sorted(map(str, one.keys() ^ other.keys()))
        assert not different, different
        size = len(tp.read_study(studies[0]).catalog.technologies)
        print("| provinces | how | seconds on the wall | processor seconds | files |")
        print("| ---: | --- | ---: | ---: | ---: |")
        for how, (wall, used), files in (
            ("one by one", alone, one),
            (f"LocalCluster, {asked.workers} workers", spread, other),
        ):
            made = f"{asked.provinces} of {size} technologies"
            print(f"| {made} | {how} | {wall:.0f} | {used:.0f} | {len(files)} |")
        wall, used = alone[0] / spread[0] / asked.workers, alone[1] / spread[1]
        print(f"\nEvery file is the same. Efficiency on the wall {wall:.0%}, by processor time {used:.0%}.")


if __name__ == "__main__":
    main()
