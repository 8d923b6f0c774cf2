"""A survey instrument as data: groups of points, synchronization, classes and their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from techprio.arguments import validate_methods
from techprio.language import NO_LABEL, Label, Text, text
from techprio.model.checks import (
    Checks,
    as_written,
    check_choice,
    check_label,
    check_named_once,
    check_number,
    check_type,
    set_field,
)

Verified = Literal["true", "derived", "false"]
SUM_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Question:
    """A single criterion of a group, with its maximum.

    Parameters
    ----------
    id : str
        Column of the survey that holds its points.
    max_points : float
    label : Label

    Examples
    --------
    >>> import techprio as tp
    >>> question = tp.survey.Question("T3", max_points=5, label=tp.Label("Tuổi thiết bị", "Age of equipment"))
    >>> group = tp.survey.PointGroup("T", 30, tp.Label("Thiết bị", "Equipment"), questions=(question,))
    >>> sum(one.max_points for one in group.questions) <= group.max_points
    True
    """

    id: str
    max_points: float
    label: Label = NO_LABEL

    def __post_init__(self) -> None:
        """Check words and points."""
        problems = Checks(text("the criterion {name} cannot be used", name=as_written(self.id)))
        _check_points(problems, self)
        problems.check()


@dataclass(frozen=True)
class PointGroup:
    """A group of an instrument; ``questions`` where the instrument lists them.

    Parameters
    ----------
    id : str
        Column of the survey that holds its points.
    max_points : float
        Sum of the maxima of its questions, where they are listed.
    label : Label
    questions : tuple of Question
    verified : {"true", "derived", "false"}
        Whether the maximum was read in a public page, worked out from published numbers, or neither.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> group = study.instrument.groups[0]
    >>> group.id, group.max_points, group.label.en
    ('T', 30.0, 'State of production technology and equipment')
    """

    id: str
    max_points: float
    label: Label = NO_LABEL
    questions: tuple[Question, ...] = ()
    verified: Verified = "false"

    def __post_init__(self) -> None:
        """Check words and points."""
        problems = Checks(text("the group of points {name} cannot be used", name=as_written(self.id)))
        _check_points(problems, self)
        check_choice(problems, "verified", self.verified, Verified)
        set_field(self, "questions", _parts(problems, "questions", self.questions, Question))
        problems.check()


@dataclass(frozen=True)
class ClassBound:
    """The least total, and the least synchronization where it is known, of a class.

    Parameters
    ----------
    rank : int
        1 is the lowest class.
    total_min : float
        Least total points, included.
    k_min : float, optional
        Least synchronization coefficient, 0..1; None asks for none.

    Examples
    --------
    >>> import techprio as tp
    >>> bound = tp.survey.ClassBound(rank=2, total_min=35, k_min=0.3)
    >>> bound.rank, bound.total_min, bound.k_min
    (2, 35, 0.3)
    """

    rank: int
    total_min: float
    k_min: float | None = None


@dataclass(frozen=True)
class LabelSet:
    """Names of the classes by rank, 1 is the lowest.

    Parameters
    ----------
    id : str
        Where the names come from.
    labels : mapping of int to Label
        Name of each class by its rank.
    verified : bool
        Whether they were read in the source.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> names = study.instrument.label_sets[0]
    >>> names.id, names.labels[1].en, names.verified
    ('circular', 'outdated', False)
    """

    id: str
    labels: Mapping[int, Label]
    verified: bool = False


@validate_methods
@dataclass(frozen=True)
class Instrument:
    """What is asked of firms, and how points become a level.

    Parameters
    ----------
    id : str
    groups : tuple of PointGroup
    label : Label
    exponents : mapping of str to float
        Exponent of each group in the synchronization coefficient; empty means the share of the
        group in all points.
    exponents_verified : {"true", "derived", "false"}
    bounds : tuple of ClassBound
        From the lowest class up; empty when the instrument has no classes.
    bounds_verified : bool
        Only verified bounds give an official class.
    label_sets : tuple of LabelSet
        The names in use, those of the instrument first.
    label_mapping : mapping of int to int
        Rank in the first set of names to rank in the others; empty means the same rank.
    label_mapping_verified : bool
    extension : str
        Id of the adapted questionnaire for firms outside the scope; empty when there is none.
    extension_label : Label
    scope : Label
    total_max : float
        Sum of all maxima.

    Examples
    --------
    >>> two = Instrument("pilot", (PointGroup("A", 60), PointGroup("B", 40)))
    >>> two.powers.to_dict()
    {'A': 0.6, 'B': 0.4}
    """

    id: str
    groups: tuple[PointGroup, ...]
    label: Label = NO_LABEL
    exponents: Mapping[str, float] = field(default_factory=dict)
    exponents_verified: Verified = "false"
    bounds: tuple[ClassBound, ...] = ()
    bounds_verified: bool = False
    label_sets: tuple[LabelSet, ...] = ()
    label_mapping: Mapping[int, int] = field(default_factory=dict)
    label_mapping_verified: bool = False
    extension: str = ""
    extension_label: Label = NO_LABEL
    scope: Label = NO_LABEL
    total_max: float = 100.0

    def __post_init__(self) -> None:
        """Check the kinds of the parts; :meth:`check` finds what contradicts itself."""
        problems = Checks(text("the instrument {name} cannot be used", name=as_written(self.id)))
        check_named_once(problems, "id", [self.id])
        check_number(problems, "total_max", self.total_max)
        for name in ("label", "extension_label", "scope"):
            set_field(self, name, check_label(problems, name, getattr(self, name)))
        for name, kind in (("groups", PointGroup), ("bounds", ClassBound), ("label_sets", LabelSet)):
            set_field(self, name, _parts(problems, name, getattr(self, name), kind))
        if not self.groups:
            problems.add("groups", text("nothing"), text("at least one group"))
        problems.check()

    @property
    def ids(self) -> tuple[str, ...]:
        """The instrument and its extension, as the survey names them."""
        return (self.id, self.extension) if self.extension else (self.id,)

    @cached_property
    def maxima(self) -> pd.Series:
        """Maximum of each group."""
        return pd.Series({group.id: float(group.max_points) for group in self.groups}, dtype=float)

    @cached_property
    def powers(self) -> pd.Series:
        """Exponent of each group in the synchronization coefficient."""
        if self.exponents:
            return pd.Series(self.exponents, dtype=float).reindex(self.maxima.index)
        return self.maxima / self.maxima.sum()

    def group_label(self, group: str) -> Label:
        """Return the name of a group; its id where no name is given."""
        label = next(g.label for g in self.groups if g.id == group)
        return label if any(label) else Label(group, group)

    def instrument_label(self, name: str) -> Label:
        """Return the name of the instrument or of its extension."""
        label = self.extension_label if self.extension and name == self.extension else self.label
        return label if any(label) else Label(name, name)

    def level(self, totals: ArrayLike, synchronization: ArrayLike) -> NDArray[np.int64]:
        """Return the highest class whose bounds are both reached; 0 where there are no classes.

        Parameters
        ----------
        totals, synchronization : array_like, shape (n,)
        """
        total = np.asarray(totals, dtype=float) + SUM_TOLERANCE
        k = np.asarray(synchronization, dtype=float) + SUM_TOLERANCE
        level = np.zeros(total.shape, dtype=np.int64)
        for bound in self.bounds:
            reached = (total >= bound.total_min) & (bound.k_min is None or k >= bound.k_min)
            level = np.where(reached & (level == bound.rank - 1), bound.rank, level)
        return level

    def level_labels(self, rank: int) -> dict[str, Label]:
        """Return the name of a class in every set of names."""
        names = {}
        for place, labels in enumerate(self.label_sets):
            own = rank if place == 0 else self.label_mapping.get(rank, rank)
            names[labels.id] = labels.labels.get(own, Label(str(rank), str(rank)))
        return names

    def check(self) -> None:
        """Stop when the instrument contradicts itself.

        Raises
        ------
        InputError
            Every contradiction at once.
        """
        problems = Checks(text("the instrument {name} cannot be used", name=as_written(self.id)))
        for fault in instrument_problems(self):
            problems.add(fault.field, fault.found, fault.allowed)
        problems.check()


@dataclass(frozen=True)
class InstrumentProblem:
    """What contradicts itself in an instrument: the key of the file, what is found and allowed."""

    field: str
    found: Text | str
    allowed: Text | str


def instrument_problems(instrument: Instrument) -> list[InstrumentProblem]:
    """List everything in which an instrument contradicts itself."""
    if not instrument.groups:
        return [InstrumentProblem("groups", text("nothing"), text("at least one group"))]
    return [*_group_problems(instrument), *_exponent_problems(instrument), *_class_problems(instrument)]


def _group_problems(instrument: Instrument) -> list[InstrumentProblem]:
    problems = []
    names = [group.id for group in instrument.groups]
    names += [question.id for group in instrument.groups for question in group.questions]
    if doubled := _doubled(names):
        problems.append(InstrumentProblem("groups", ", ".join(doubled), text("each id once")))
    for group in instrument.groups:
        if not _is_positive(group.max_points):
            problems.append(
                InstrumentProblem(f"groups.{group.id}.max_points", _shown(group.max_points), _above_zero())
            )
        asked = sum(question.max_points for question in group.questions)
        if group.questions and abs(asked - group.max_points) > SUM_TOLERANCE:
            allowed = text("maxima of the criteria that sum to {total}", total=float(group.max_points))
            problems.append(InstrumentProblem(f"groups.{group.id}.criteria", _shown(asked), allowed))
    total = sum(float(group.max_points) for group in instrument.groups)
    if not abs(total - instrument.total_max) <= SUM_TOLERANCE:
        allowed = text("maxima that sum to {total}", total=float(instrument.total_max))
        problems.append(InstrumentProblem("groups.max_points", _shown(total), allowed))
    return problems


def _exponent_problems(instrument: Instrument) -> list[InstrumentProblem]:
    if not instrument.exponents:
        return []
    place, groups = "synchronisation.exponents", [group.id for group in instrument.groups]
    if set(instrument.exponents) != set(groups):
        return [
            InstrumentProblem(
                place,
                ", ".join(instrument.exponents),
                text("one exponent for each of {groups}", groups=", ".join(groups)),
            )
        ]
    problems = [
        InstrumentProblem(f"{place}.{name}", _shown(power), _above_zero())
        for name, power in instrument.exponents.items()
        if not _is_positive(power)
    ]
    total = sum(instrument.exponents.values())
    if not abs(total - 1) <= 1e-6:
        problems.append(InstrumentProblem(place, _shown(total), text("exponents that sum to 1")))
    return problems


def _class_problems(instrument: Instrument) -> list[InstrumentProblem]:
    problems = []
    ranks = [bound.rank for bound in instrument.bounds]
    if ranks != list(range(1, len(ranks) + 1)):
        allowed = text("ranks 1, 2, 3 … from the lowest class up")
        problems.append(InstrumentProblem("classes.bounds", ", ".join(map(str, ranks)), allowed))
    totals = [bound.total_min for bound in instrument.bounds]
    if totals and totals[0] != 0:
        problems.append(
            InstrumentProblem("classes.bounds", _shown(totals[0]), text("a lowest class from 0 points"))
        )
    if any(not low < high for low, high in pairwise(totals)):
        allowed = text("least totals that rise from class to class")
        problems.append(InstrumentProblem("classes.bounds", ", ".join(map(str, totals)), allowed))
    if totals and not totals[-1] <= instrument.total_max:
        allowed = text("at most {most}", most=float(instrument.total_max))
        problems.append(InstrumentProblem("classes.bounds", _shown(totals[-1]), allowed))
    for bound in instrument.bounds:
        if bound.k_min is not None and not 0 <= bound.k_min <= 1:
            problems.append(InstrumentProblem("classes.bounds.k_min", _shown(bound.k_min), text("0 to 1")))
    for labels in instrument.label_sets:
        if missing := [str(rank) for rank in ranks if rank not in labels.labels]:
            place, found = f"classes.labels.{labels.id}", text("no name of {ranks}", ranks=", ".join(missing))
            problems.append(InstrumentProblem(place, found, text("a name of each class")))
    return problems


def _check_points(problems: Checks, part: Question | PointGroup) -> None:
    check_named_once(problems, "id", [part.id])
    check_number(problems, "max_points", part.max_points)
    set_field(part, "label", check_label(problems, "label", part.label))


def _parts(problems: Checks, name: str, given: object, kind: type[Any]) -> tuple[Any, ...]:
    if isinstance(given, str) or not isinstance(given, Sequence):
        problems.add(name, as_written(given), text("a sequence of {kind}", kind=kind.__name__))
        return ()
    right = [check_type(problems, name, one, kind) for one in given]
    return tuple(given) if all(right) else ()


def _doubled(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _is_positive(value: float) -> bool:
    return bool(np.isfinite(value)) and value > 0


def _shown(value: float) -> str:
    return f"{value:g}"


def _above_zero() -> Text:
    return text("a number above 0")
