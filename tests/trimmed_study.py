"""A study of the shipped kind with three sectors and seventeen technologies.

What holds for any study is shown on it; the shipped one takes twenty times as long.
"""

import csv
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
SECTORS = {"CRS": "cross-sector", "AGR": "agriculture", "LOG": "logistics"}
KEPT = {
    *(f"CRS0{n}" for n in range(1, 7)),
    *(f"AGR0{n}" for n in range(1, 7)),
    *(f"LOG0{n}" for n in range(1, 6)),
}
SHARE_OF_THE_LIMITS = 3
DRAWS = 1000  # a tenth of the shipped ones


def write_trimmed_study(around):
    """Write the study below a folder, and return its own folder."""
    shutil.copytree(ROOT / "criteria", around / "criteria")
    shipped, small = ROOT / "catalogs" / "lai-chau", around / "catalogs" / "lai-chau"
    small.mkdir(parents=True)
    for folder in SECTORS.values():
        (small / folder).mkdir()
        for name, column in (("technologies.csv", "id"), ("scores.csv", "technology")):
            _keep(shipped / folder / name, small / folder / name, lambda row, of=column: row[of] in KEPT)
    _keep(
        shipped / "dependencies.csv",
        small / "dependencies.csv",
        lambda row: {row["technology"], row["requires"]} <= KEPT,
    )
    _keep(shipped / "survey.csv", small / "survey.csv", lambda row: row["sector"] in SECTORS)
    for name in ("sources.csv", "letterhead.yaml", "legal.csv"):
        shutil.copy(shipped / name, small)
    lines = (shipped / "study.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    stays = (
        line for line in lines if not (code := re.match(r"  - \{code: (\w+)", line)) or code[1] in SECTORS
    )
    settings = re.sub(r"draws: \d+", f"draws: {DRAWS}", "".join(stays))
    (small / "study.yaml").write_text(settings, encoding="utf-8")
    limits = (shipped / "resources.yaml").read_text(encoding="utf-8")
    (small / "resources.yaml").write_text(re.sub(r"(20\d\d: )(\d+)", _less, limits), encoding="utf-8")
    return small


def _less(found):
    return f"{found[1]}{max(1, int(found[2]) // SHARE_OF_THE_LIMITS)}"


def _keep(source, target, keep):
    with source.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        rows, names = [row for row in reader if keep(row)], reader.fieldnames
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
