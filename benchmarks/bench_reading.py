"""Seconds of processor time and memory of reading and checking tables of 5,000 technologies and 20 criteria.

Each file is read in a process of its own, so that its peak of memory is its own.
"""

import platform
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

TECHNOLOGIES, CRITERIA = 5_000, 20
HEADINGS = ["technology", "criterion", "value", "low", "high", "evidence", "source", "note"]


def score(technology, criterion):
    return (technology * 7 + criterion * 3) % 50 / 10


def write_wide(path):
    """One technology a row, one criterion a column, under a title and two rows of headings."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("Bảng điểm"), book.add_format({"bold": True})
        sheet.merge_range(0, 0, 0, CRITERIA + 1, "BẢNG ĐIỂM", bold)
        sheet.write_row(
            2, 0, ["Mã", "Tên công nghệ", *(f"Tiêu chí {n}" for n in range(1, CRITERIA + 1))], bold
        )
        for row in range(TECHNOLOGIES):
            scores = [score(row, column) for column in range(CRITERIA)]
            sheet.write_row(row + 3, 0, [f"CN{row:04d}", f"Công nghệ số {row}", *scores])


def write_long(path):
    """One statement a row, as ``scores.csv`` of a study: 100,000 rows of eight columns."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Điểm")
        sheet.write_row(
            0, 0, ["technology", "criterion", "value", "low", "high", "evidence", "source", "note"]
        )
        for row in range(TECHNOLOGIES * CRITERIA):
            technology, criterion = divmod(row, CRITERIA)
            value = score(technology, criterion)
            cells = [f"CN{technology:04d}", f"C{criterion + 1}", value, value, value, "C", "S01", "x"]
            sheet.write_row(row + 1, 0, cells)


def read_wide(path):
    import techprio as tp

    scores = tp.read_score_table(path).scores
    assert scores.shape == (TECHNOLOGIES, CRITERIA)
    assert scores.iat[4_999, 19] == score(4_999, 19)


def read_long(path):
    from techprio.inputs.catalog_rows import ScoreRow
    from techprio.inputs.diagnostics import Diagnostics
    from techprio.inputs.tables import read_table

    diagnostics = Diagnostics()
    frame = read_table(path.read_bytes(), path.name, ScoreRow, diagnostics).frame(ScoreRow)
    diagnostics.check()
    assert len(frame) == TECHNOLOGIES * CRITERIA


FILES = {"wide": (write_wide, read_wide), "long": (write_long, read_long)}


def share_of_layout(path):
    """Return the time of recognising the layout of the wide table, over that of the rest of the reading."""
    import techprio as tp
    from techprio.inputs.diagnostics import Diagnostics
    from techprio.inputs.finding import TableOptions, find_free_table
    from techprio.inputs.workbooks import read_workbook

    (grid,) = read_workbook(path.read_bytes(), path.name, "xlsx", Diagnostics())
    finds, reads = [], []
    for _ in range(3):
        started = time.process_time()
        find_free_table(grid, Diagnostics(), TableOptions(), over_criteria=True)
        finds.append(time.process_time() - started)
        started = time.process_time()
        tp.read_score_table(path)
        reads.append(time.process_time() - started)
    return min(finds) / (min(reads) - min(finds))


def measure(kind, path):
    started = time.process_time()
    FILES[kind][1](Path(path))
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.1f} {peak:.0f}")


def main():
    import numpy
    import openpyxl
    import pandas

    versions = f"Python {platform.python_version()}, openpyxl {openpyxl.__version__}"
    versions += f", numpy {numpy.__version__}, pandas {pandas.__version__}"
    print(f"{date.today()}, {platform.machine()}, {versions}")
    print("| workbook | MB | seconds | peak MiB |\n| --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for kind, (write, _) in FILES.items():
            path = Path(folder) / f"{kind}.xlsx"
            write(path)
            size = path.stat().st_size / 1e6
            done = subprocess.run(
                [sys.executable, __file__, kind, str(path)], capture_output=True, text=True, check=True
            )
            seconds, peak = done.stdout.split()
            print(f"| {kind} | {size:.1f} | {seconds} | {peak} |")
        print(f"recognition of the layout adds {share_of_layout(Path(folder) / 'wide.xlsx'):.0%}")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure(*sys.argv[1:])
    else:
        main()
