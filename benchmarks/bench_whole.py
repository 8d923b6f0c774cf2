"""What a person waits for: whole runs and their products, and the stages from one province to 34.

``python benchmarks/bench_whole.py [--rounds N] [--against SOURCES]`` prints the tables of docs/benchmarks.md.
Each command runs in a process of its own, in turns with the others; what counts is processor time, that of
its children included. SOURCES is the checkout of another version (its folder that holds ``src``); the same
commands run there in the same rounds.
"""

import argparse
import datetime
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUN = ("run", "lai-chau", "--out", "results")
COMMANDS = {
    "check": ("check", "lai-chau"),
    "run, lists and record alone": (*RUN, "--files", "none"),
    "run, workbook": (*RUN, "--files", "workbook"),
    "run, charts": (*RUN, "--files", "charts"),
    "run, page": (*RUN, "--files", "page"),
    "run, papers": (*RUN, "--files", "papers"),
    "run, as it comes": RUN,
    "run, the long report too": (*RUN, "--files", "all"),
    "all twelve papers from that result": ("document", "lai-chau", "all", "--results", "results"),
}
#: What an older version is asked; its products have other names.
SHARED = ("check", "run, lists and record alone", "run, as it comes")
PROVINCES = (1, 2, 4, 8, 16, 34)
DRAWS = 1_000


def processor_seconds(arguments, sources, folder):
    """Return the processor seconds of a command, its children included."""
    environment = environment_of(sources)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "techprio", *arguments], cwd=folder, env=environment, capture_output=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr.decode()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def environment_of(sources):
    """Return the environment in which a process takes techprio from these sources, one thread a library."""
    # Bytecode is kept, as in an installed package.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return inherited | {
        "PYTHONPATH": os.pathsep.join([str(sources / "src"), os.environ.get("PYTHONPATH", "")]),
        "MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
    }  # fmt: skip


def print_commands(rounds, against):
    versions = {"this": ROOT} | ({"against": against} if against else {})
    times = {}
    for sources in versions.values():
        subprocess.run([sys.executable, "-m", "compileall", "-q", sources / "src"], check=True)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for label, arguments in COMMANDS.items():
                for version, sources in versions.items():
                    if version == "this" or label in SHARED:
                        spent = processor_seconds(arguments, sources, folder)
                        times.setdefault((label, version), []).append(spent)
        processor_seconds(COMMANDS["run, the long report too"], ROOT, folder)
        sizes = {p.name: p.stat().st_size for p in Path(folder, "results").rglob("*.*") if p.is_file()}
    print("| command | seconds, least | median |" + (" other version, least | ratio |" if against else ""))
    print("| --- | ---: | ---: |" + (" ---: | ---: |" if against else ""))
    for label in COMMANDS:
        own = times[label, "this"]
        row = f"| {label} | {min(own):.1f} | {statistics.median(own):.1f} |"
        other = times.get((label, "against"))
        if against:
            row += f" {min(other):.1f} | {min(own) / min(other):.2f} |" if other else " | |"
        print(row)
    print("\n| file | MB |\n| --- | ---: |")
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:6]:
        print(f"| `{name}` | {size / 1e6:.2f} |")


def nation(provinces, *, planned=False):
    """Return the shipped study as often as there are provinces, each with sectors of its own.

    A planned one has as often the money and the people; otherwise there is no plan.
    """
    import pandas as pd

    import techprio as tp

    study = tp.example("lai-chau")
    catalog = study.catalog
    technologies, scores, dependencies, sectors = [], [], [], []
    for number in range(provinces):
        code = f"P{number:02d}"
        own = catalog.technologies.rename(index=lambda name, code=code: code + name)
        technologies.append(own.assign(sector=code + own["sector"].astype(str)))
        scores.append(catalog.scores.assign(technology=code + catalog.scores["technology"].astype(str)))
        edges = {key: code + catalog.dependencies[key].astype(str) for key in ("technology", "requires")}
        dependencies.append(catalog.dependencies.assign(**edges))
        sectors += [replace(sector, code=code + sector.code) for sector in catalog.sectors]
    whole = replace(
        catalog,
        technologies=pd.concat(technologies),
        scores=pd.concat(scores, ignore_index=True),
        dependencies=pd.concat(dependencies, ignore_index=True),
        sectors=tuple(sectors),
    )
    limits = None
    if planned:
        from techprio.phasing.scenarios import scenario_resources

        limits = scenario_resources(study.resources, f"budget={provinces},staff={provinces}")
    return replace(study, catalog=whole, resources=limits, survey=None, files={}, inputs={})


def run_whole(provinces):
    """Run and save a planned nation as ``techprio run`` does; print the processor seconds, and the sizes."""
    import techprio as tp

    study = nation(provinces, planned=True)
    begin = time.process_time()
    found = tp.run(study)
    middle = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        found.save(folder)
        end = time.process_time()
        page = (Path(folder) / "report.html").stat().st_size
        found.save(folder, outputs=("reference",))
        report = (Path(folder) / "report.docx").stat().st_size
    print(json.dumps({"run": middle - begin, "files": end - middle, "page": page, "report": report}))


def print_large():
    print("\n| technologies | run, s | files, s | both against 90 | `report.html`, MB | `report.docx`, MB |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    first = None
    for provinces in (1, 5):
        found = own_process("--whole", provinces)
        both = found["run"] + found["files"]
        first = first or both
        sizes = f"{found['page'] / 1e6:.2f} | {found['report'] / 1e6:.2f}"
        times = f"{found['run']:.1f} | {found['files']:.1f} | {both / first:.2f}"
        print(f"| {90 * provinces} | {times} | {sizes} |", flush=True)


def own_process(option, count):
    command = [sys.executable, __file__, option, str(count)]
    done = subprocess.run(command, env=environment_of(ROOT), capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def time_stages(provinces):
    """Print the processor seconds of each stage over so many provinces, and the peak of memory, as JSON."""
    import techprio as tp
    from techprio.scoring import rank_study, sector_matrices, study_method, study_weights, technology_values

    study, spent = nation(provinces), {}
    weights, method = study_weights(study), study_method(study)

    def timed(stage, work):
        begin = time.process_time()
        found = work()
        spent[stage] = time.process_time() - begin
        return found

    matrices = timed("matrices", lambda: sector_matrices(study))
    rankings = timed("rankings", lambda: rank_study(study, weights, method, matrices=matrices))
    timed(f"{DRAWS:,} draws", lambda: [
        tp.simulate(one.matrix, weights, method, draws=DRAWS, seed=1) for one in rankings.values()
    ])  # fmt: skip
    values = technology_values(study, weights, method, matrices=matrices)
    timed("roles", lambda: tp.classify_roles(study.catalog, values, settings=study.roles))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({**spent, "peak MiB": peak}))


def print_scaling():
    rows = {}
    for count in PROVINCES:
        rows[count] = own_process("--provinces", count)
    stages = list(rows[1])
    print("\n| provinces | technologies | " + " | ".join(stages) + " |")
    print("| ---: | ---: |" + " ---: |" * len(stages))
    for count, found in rows.items():
        shown = [f"{found[one]:.0f}" if one == "peak MiB" else f"{found[one]:.2f}" for one in stages]
        print(f"| {count} | {90 * count} | " + " | ".join(shown) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--provinces", type=int)
    parser.add_argument("--whole", type=int)
    asked = parser.parse_args()
    if asked.provinces:
        time_stages(asked.provinces)
        return
    if asked.whole:
        run_whole(asked.whole)
        return
    print(f"{datetime.date.today()}, {platform.machine()}, Python {platform.python_version()},"
          f" {asked.rounds} rounds\n")  # fmt: skip
    print_commands(asked.rounds, asked.against)
    print_large()
    print_scaling()


if __name__ == "__main__":
    main()
