"""Gather techprio and all that it needs as wheels, for a computer without a network.

Run with ``python scripts/gather_wheels.py FOLDER --platform windows --python 3.12`` from the root of the
repository.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLATFORMS = {
    "windows": ["win_amd64"],
    "linux": ["manylinux_2_28_x86_64", "manylinux2014_x86_64", "linux_x86_64"],
}


def pip(*words):
    subprocess.run([sys.executable, "-m", "pip", *map(str, words)], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--platform", choices=sorted(PLATFORMS), default="windows")
    parser.add_argument("--python", default="3.12", help="version on the other computer, such as 3.12")
    parser.add_argument("--notebook", action="store_true", help="Jupyter and the sliders as well")
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    pip("wheel", "--no-deps", "--wheel-dir", wanted.folder, ROOT)
    (wheel,) = wanted.folder.glob("techprio-*.whl")
    asked = f"{wheel}[notebook]" if wanted.notebook else wheel
    tags = [word for tag in PLATFORMS[wanted.platform] for word in ("--platform", tag)]
    pip("download", "--only-binary=:all:", "--python-version", wanted.python, "--implementation", "cp", *tags,
        "--dest", wanted.folder, asked)  # fmt: skip
    print(f"{len(list(wanted.folder.glob('*.whl')))} wheels in {wanted.folder}")


if __name__ == "__main__":
    main()
