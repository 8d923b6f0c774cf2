"""The decision matrix: alternatives, criteria, directions, scales and spreads."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from techprio.display.cells import ARROWS
from techprio.display.names import with_names
from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.errors import InputError, did_you_mean
from techprio.language import Label, text
from techprio.model.criteria import Scale

DIRECTIONS = ("maximize", "minimize")
#: Other words that say a direction without doubt, in both languages.
DIRECTION_WORDS = {
    "max": "maximize",
    "benefit": "maximize",
    "higher is better": "maximize",
    "tăng": "maximize",
    "cao hơn tốt hơn": "maximize",
    "min": "minimize",
    "cost": "minimize",
    "lower is better": "minimize",
    "giảm": "minimize",
    "thấp hơn tốt hơn": "minimize",
}


@dataclass(frozen=True)
class DecisionMatrix(Showable):
    """Alternatives by criteria, with all that a ranking needs to read the numbers.

    Parameters
    ----------
    values : DataFrame, shape (m, n)
        Raw scores; index are alternatives, columns are criteria.
    directions : mapping of str to {"maximize", "minimize"}
        One per criterion, by name; the words of :data:`DIRECTION_WORDS` are taken too.
    units : mapping of str to str
    scales : mapping of str to Scale
        Declared scales; values off their scale are an error.
    low, high : DataFrame, shape (m, n), optional
        Spread of each score, ``low <= value <= high``.
    labels : mapping of str to Label
        Names of alternatives and criteria in both languages.
    name : str
        What the matrix is about, for example the sector.

    Raises
    ------
    InputError
        A value that is not a finite number, a name that is doubled or unknown, a direction
        that is missing or misspelt, a value off its scale, a spread that does not hold its value.

    Examples
    --------
    >>> import pandas as pd
    >>> cars = pd.DataFrame({"price": [20, 25], "range": [400, 520]}, index=["A", "B"])
    >>> DecisionMatrix(cars, {"price": "minimize", "range": "maximize"}).shape
    (2, 2)
    """

    values: pd.DataFrame
    directions: Mapping[str, str]
    units: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    low: pd.DataFrame | None = None
    high: pd.DataFrame | None = None
    labels: Mapping[str, Label] = field(default_factory=dict)
    name: str = ""

    def __post_init__(self) -> None:
        """Check everything at once."""
        if isinstance(self.directions, Mapping):
            words = {name: _direction(word) for name, word in self.directions.items()}
            object.__setattr__(self, "directions", words)
        faults = _name_faults(self.values) or [
            *_direction_faults(self.values, self.directions),
            *_value_faults(self.values, self.scales),
            *_spread_faults(self.values, self.low, self.high),
        ]
        if faults:
            raise InputError("the decision matrix cannot be used:\n" + "\n".join(f"  {f}" for f in faults))
        criteria = list(self.values.columns)
        object.__setattr__(self, "values", self.values.astype(float))
        object.__setattr__(self, "directions", {c: self.directions[c] for c in criteria})

    @property
    def shape(self) -> tuple[int, int]:
        """Number of alternatives and of criteria."""
        return self.values.shape[0], self.values.shape[1]

    @property
    def alternatives(self) -> tuple[str, ...]:
        """Alternatives in the order of the rows."""
        return tuple(self.values.index)

    @property
    def criteria(self) -> tuple[str, ...]:
        """Criteria in the order of the columns."""
        return tuple(self.values.columns)

    @property
    def signs(self) -> np.ndarray:
        """+1 for each criterion to maximize, -1 for each to minimize, shape (n,)."""
        return np.array([1.0 if self.directions[c] == "maximize" else -1.0 for c in self.criteria])

    def without(self, *alternatives: str) -> DecisionMatrix:
        """Return the matrix without some alternatives."""
        unknown = [a for a in alternatives if a not in self.values.index]
        if unknown:
            raise InputError(f"unknown alternative {unknown[0]!r}; known: {', '.join(self.alternatives)}")
        keep = [a for a in self.alternatives if a not in alternatives]
        return self.select(alternatives=keep)

    def select(
        self, *, alternatives: list[str] | None = None, criteria: list[str] | None = None
    ) -> DecisionMatrix:
        """Return the matrix of some alternatives and criteria, in the order given."""
        rows = list(self.alternatives) if alternatives is None else alternatives
        columns = list(self.criteria) if criteria is None else criteria
        return DecisionMatrix(
            values=self.values.loc[rows, columns],
            directions={c: self.directions[c] for c in columns},
            units={c: u for c, u in self.units.items() if c in columns},
            scales={c: s for c, s in self.scales.items() if c in columns},
            low=None if self.low is None else self.low.loc[rows, columns],
            high=None if self.high is None else self.high.loc[rows, columns],
            labels=self.labels,
            name=self.name,
        )

    def _view(self) -> View:
        frame = self.values.reset_index(drop=True)
        frame.insert(0, "", with_names(self.alternatives, self.labels))
        columns = [
            Column("", text("alternative")),
            *(Column(c, f"{c} {ARROWS[self.directions[c]]}", "number", None) for c in self.criteria),
        ]
        names = with_names(self.criteria, self.labels)
        said = [
            text("{criterion} [{unit}]", criterion=name, unit=self.units.get(c, ""))
            if self.units.get(c)
            else name
            for c, name in zip(self.criteria, names, strict=True)
            if name != c or self.units.get(c)
        ]
        return View(
            title=text(
                "{count} alternatives by {criteria} criteria", count=self.shape[0], criteria=self.shape[1]
            ),
            facts=(text("↑ higher is better, ↓ lower is better"),),
            tables=(Table(frame, columns),),
            notes=said,
        )


def _name_faults(values: pd.DataFrame) -> list[str]:
    if not isinstance(values, pd.DataFrame):
        return [f"values: found {type(values).__name__}; allowed: a DataFrame, alternatives x criteria"]
    faults = []
    if values.shape[0] == 0 or values.shape[1] == 0:
        faults.append(
            f"values: found a table of {values.shape[0]} x {values.shape[1]}; at least 1 x 1 is needed"
        )
    for what, names in (("alternative", values.index), ("criterion", values.columns)):
        faults += [
            f"{what} {name!r} stands twice; names must be different" for name in names[names.duplicated()]
        ]
    return faults


def _direction(word: object) -> object:
    plain = unicodedata.normalize("NFC", str(word)).strip().casefold()
    return DIRECTION_WORDS.get(plain, plain if plain in DIRECTIONS else word)


def _direction_faults(values: pd.DataFrame, directions: Mapping[str, str]) -> list[str]:
    faults = []
    for criterion in values.columns:
        if criterion not in directions:
            faults.append(f"criterion {criterion!r}: no direction; allowed: maximize, minimize")
        elif directions[criterion] not in DIRECTIONS:
            hint = did_you_mean(str(directions[criterion]), DIRECTIONS)
            found = directions[criterion]
            faults.append(
                f"criterion {criterion!r}: direction {found!r}; allowed: maximize, minimize; {hint}"
            )
    known = [str(c) for c in values.columns]
    for name in directions:
        if name not in values.columns:
            faults.append(f"direction for unknown criterion {name!r}; {did_you_mean(str(name), known)}")
    return faults


def _value_faults(values: pd.DataFrame, scales: Mapping[str, Scale]) -> list[str]:
    faults = []
    for criterion in values.columns:
        numbers = pd.to_numeric(values[criterion], errors="coerce")
        scale = scales.get(criterion)
        for alternative, number, raw in zip(values.index, numbers, values[criterion], strict=True):
            place = f"{alternative!r}, criterion {criterion!r}"
            if not np.isfinite(number):
                faults.append(f"{place}: found {raw!r}; allowed: a finite number")
            elif scale and not scale.lowest <= number <= scale.highest:
                faults.append(f"{place}: found {number:g}; allowed: {scale.lowest:g} to {scale.highest:g}")
    return faults


def _spread_faults(values: pd.DataFrame, low: pd.DataFrame | None, high: pd.DataFrame | None) -> list[str]:
    faults = []
    for name, spread, sign in (("low", low, 1), ("high", high, -1)):
        if spread is None:
            continue
        if not (spread.index.equals(values.index) and spread.columns.equals(values.columns)):
            faults.append(f"{name}: its alternatives and criteria must be those of values, in the same order")
            continue
        wrong = ~(sign * (values.to_numpy(float) - spread.to_numpy(float)) >= 0)
        for row, column in np.argwhere(wrong):
            place = f"{values.index[row]!r}, criterion {values.columns[column]!r}"
            found = f"{name} {spread.iat[row, column]}, value {values.iat[row, column]}"
            faults.append(f"{place}: found {found}; allowed: low <= value <= high")
    return faults
