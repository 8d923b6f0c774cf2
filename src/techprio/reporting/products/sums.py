"""Sums over chosen rows of a table: what a fund pays, in some years, for some technologies."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd


class Sums:
    """A column of amounts with what each is of.

    Documents ask for hundreds of sums of the same table; its keys are turned into numbers once.

    Examples
    --------
    >>> paid = pd.DataFrame({"fund": ["a", "b", "a"], "year": [2027, 2027, 2028], "amount": [1.0, 2.0, 4.0]})
    >>> sums = Sums(paid, "amount", ("fund", "year"))
    >>> sums.of(fund=["a"]), sums.of(year=[2027]), sums.of(fund=["c"]), sums.of()
    (5.0, 3.0, 0.0, 7.0)
    """

    def __init__(self, frame: pd.DataFrame, value: str, keys: Collection[str]) -> None:
        self._amounts = frame[value].fillna(0.0).to_numpy(dtype=float)
        self._codes, self._places = {}, {}
        for key in keys:
            codes, names = pd.factorize(frame[key])
            self._codes[key] = codes
            self._places[key] = {name: place for place, name in enumerate(names.tolist())}

    def of(self, **chosen: Collection[object]) -> float:
        """Return the sum of the rows that have one of the chosen names in each key."""
        kept = np.ones(len(self._amounts), dtype=bool)
        for key, names in chosen.items():
            places = self._places[key]
            wanted = np.zeros(len(places), dtype=bool)
            wanted[[places[name] for name in names if name in places]] = True
            kept &= wanted[self._codes[key]]
        return float(self._amounts[kept].sum())
