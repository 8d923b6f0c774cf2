"""Run the benchmarks and write what they print into docs/benchmarks.md.

``python benchmarks/make_page.py [NAMES] [--against SOURCES]`` runs each script of :data:`PARTS`, or those
that are named, and puts its output between the marks of its part, with the command, the day, the machine and
the versions. Scripts that have peers run in an environment of their own, which is made from the file of
``benchmarks/peers``; all others in the environment of this command. What people wrote around the marks stays.
"""

import argparse
import datetime
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
SHOWN = ("techprio", "numpy", "pandas", "scipy", "highspy", "pymcdm", "scikit-criteria", "pyDecision",
         "pysensmcda", "AHPy", "openpyxl", "networkx", "matplotlib")  # fmt: skip


class Part(NamedTuple):
    """A script with its arguments, and the file of its peers."""

    command: tuple[str, ...]
    peers: str = ""


PARTS = {
    "weights": Part(("bench_weights.py",), "weights"),
    "panel": Part(("bench_panel.py",)),
    "ranking": Part(("bench_ranking.py",), "ranking"),
    "pysensmcda": Part(("bench_ranking.py",), "pysensmcda"),
    "memory": Part(("bench_ranking.py", "--large")),
    "information": Part(("bench_information.py",)),
    "phasing": Part(("bench_phasing.py",)),
    "steady": Part(("bench_steady.py", "certify", "large")),
    "reading": Part(("bench_reading.py",)),
    "forms": Part(("bench_forms.py",)),
    "whole": Part(("bench_whole.py",)),
    "sizes": Part(("bench_sizes.py",)),
    "provinces": Part(("bench_provinces.py",)),
    "page": Part(("bench_page.py",)),
}
_MARKS = "<!-- made by make_page.py {name} -->\n", "<!-- end of {name} -->"


def make_environment(folder, peers):
    """Return the Python of a new environment with techprio and the peers of a file."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = next(path for path in (folder / "bin/python", folder / "Scripts/python.exe") if path.exists())
    needed = ["-r", ROOT / "benchmarks" / "peers" / f"{peers}.txt"]
    subprocess.run([python, "-m", "pip", "install", "-q", ROOT, *needed], check=True)
    return python


def machine():
    """Return the processor as the system calls it, and how many cores there are."""
    names = []
    if Path("/proc/cpuinfo").exists():
        names = re.findall(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return f"{os.cpu_count()} cores of {names[0] if names else platform.processor()} ({platform.machine()})"


def versions(python):
    """Return the versions of what is measured, in an environment."""
    code = (
        "import importlib.metadata as m, platform\n"
        "print('Python', platform.python_version(), end='')\n"
        f"for name in {SHOWN!r}:\n"
        "    try: print(',', name, m.version(name), end='')\n"
        "    except m.PackageNotFoundError: pass\n"
    )
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout


def output_of(part, python, further):
    """Run a script, one thread a library, and return what it prints."""
    quiet = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
    done = subprocess.run(
        [python, ROOT / "benchmarks" / part.command[0], *part.command[1:], *further],
        env=os.environ | quiet, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{' '.join(part.command)}:\n{done.stderr}")
    return done.stdout.strip()


def put(page, name, content):
    """Return the page with the part of a name exchanged; a new part stands at the end.

    Examples
    --------
    >>> page = put("# Benchmarks\\n", "weights", "| 1 |")
    >>> put(page, "weights", "| 2 |") == page.replace("| 1 |", "| 2 |")
    True
    """
    begin, end = (mark.format(name=name) for mark in _MARKS)
    block = f"{begin}\n{content}\n\n{end}"
    if begin not in page:
        return f"{page.rstrip()}\n\n{block}\n"
    before, _, rest = page.partition(begin)
    return before + block + rest.partition(end)[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--against", help="another checkout, for the whole runs")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(PARTS)
    if unknown:
        parser.error(f"{', '.join(sorted(unknown))}; allowed: {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.names or PARTS:
            part = PARTS[name]
            python = make_environment(Path(folder, name), part.peers) if part.peers else sys.executable
            further = ["--against", asked.against] if name == "whole" and asked.against else []
            print(name, flush=True)
            shown = " ".join((*part.command, *further[:1], *("SOURCES" for _ in further[1:])))
            head = f"`python benchmarks/{shown}`, {datetime.date.today()}, {machine()}, {versions(python)}."
            content = f"{head}\n\n{output_of(part, python, further)}"
            page = put(PAGE.read_text(encoding="utf-8"), name, content)
            PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
