"""Where a result comes from: enough to get the same bytes again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from techprio.arguments import validated
from techprio.display.quantities import Quantity
from techprio.language import text

ITEM = Quantity("item", text("Item"), text("What the record states."))
STATED = Quantity("stated", text("Value"), text("What the run was asked for, or found."))


@dataclass(frozen=True)
class Provenance:
    """The record that every result carries. It holds no clock, so equal inputs give equal bytes.

    Parameters
    ----------
    version : str
        Version of techprio.
    method : str
        The repr of the method and its options.
    seed : int, optional
        Seed of the draws; 0 is a seed.
    inputs : mapping of str to str
        SHA-256 of each input file by its name in the study.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> tp.rank(matrix, [0.6, 0.4], tp.Topsis()).provenance.method
    "Topsis(normalization='vector')"
    """

    version: str
    method: str = ""
    seed: int | None = None
    inputs: Mapping[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    @validated
    def of(cls, method: str, *, seed: int | None = None, inputs: Mapping[str, str] | None = None) -> Self:
        """Return the record of a result that this version of techprio made."""
        from techprio import __version__

        return cls(__version__, method, seed, dict(inputs or {}))


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
