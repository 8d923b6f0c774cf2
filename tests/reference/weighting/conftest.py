"""Published examples: one JSON file each, with its citation, inputs, printed results and tolerance."""

import gzip
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

DATA = Path(__file__).parents[1] / "data"


class Published:
    """One published example."""

    def __init__(self, name):
        self.record = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
        self.inputs = self.record["inputs"]
        self.printed = self.record["published"]

    def tolerance(self, key):
        """Return the tolerance that the printed digits leave."""
        tolerance = self.record["tolerance"]
        if not isinstance(tolerance, dict):
            return tolerance
        return tolerance.get(key, tolerance.get("*", tolerance.get(key.split(":")[0])))

    def agrees(self, key, found):
        """Compare with the printed figures; a figure that was not printed is None."""
        printed = np.array(self.printed[key], dtype=float)
        found = np.array(found, dtype=float)
        assert printed.shape == found.shape
        known = ~np.isnan(printed)
        # A thousandth of a unit for decimal ties that binary fractions cannot hold.
        assert np.abs(found - printed)[known].max() <= self.tolerance(key) * 1.001, (key, found, printed)

    def table(self, matrix=None, names=None):
        """Return a square table of ratios; fractions are read as such, null is a gap."""
        matrix = self.inputs["matrix"] if matrix is None else matrix
        values = _from_upper(matrix) if isinstance(matrix, dict) else _numbers(matrix)
        names = names or self.inputs.get("items") or self.inputs.get("criteria")
        names = names if names and len(names) == len(values) else [f"c{i}" for i in range(len(values))]
        return pd.DataFrame(values, index=names, columns=names)

    def judges(self):
        """Return the answers of many judges to one upper triangle, a minus where the row is preferred."""
        with gzip.open(DATA / self.inputs["judgements_file"], "rt", encoding="utf-8") as stream:
            rows = json.load(stream)
        tables = {}
        for number, row in enumerate(rows):
            values = np.ones((self.inputs["n"], self.inputs["n"]))
            for (i, j), said in zip(zip(*np.triu_indices(len(values), 1), strict=True), row, strict=True):
                values[i, j] = abs(said) if said < 0 else 1 / said
                values[j, i] = 1 / values[i, j]
            tables[f"judge{number:03d}"] = pd.DataFrame(values)
        return tables


def _number(cell):
    return np.nan if cell is None else float(Fraction(str(cell)))


def _numbers(rows):
    return np.array([[_number(cell) for cell in row] for row in rows])


def _from_upper(packed):
    """Rows of the upper triangle; some sources leave out the diagonal, as these do."""
    values = np.ones((packed["n"], packed["n"]))
    for i, row in enumerate(packed["upper"]):
        for j, cell in enumerate(row, start=i + 1):
            values[i, j] = _number(cell)
            values[j, i] = 1 / values[i, j]
    return values


@pytest.fixture
def published():
    """Give the loader of published examples."""
    return Published
