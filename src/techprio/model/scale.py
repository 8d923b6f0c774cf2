r"""Declared, fixed scale of a criterion with its value function, and the quantities that describe criteria.

Worth that grows fast at first and ever more slowly is exponential (Kirkwood 1997, chapter 4), fixed by its
mid-value, the point that is worth half: :math:`v(s) = (1 - e^{-cs}) / (1 - e^{-c})` with :math:`v(m) = 1/2`.

References
----------
C. W. Kirkwood (1997), Strategic Decision Making: Multiobjective Decision Analysis with Spreadsheets.
Duxbury Press, chapter 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from techprio.arguments import validated
from techprio.display.quantities import Quantity
from techprio.errors import InputError
from techprio.language import Language, Text, text
from techprio.model.checks import Checks, check_fields, check_number
from techprio.model.fields import Field, Names

Array = NDArray[np.float64]
ScaleType = Literal["ordinal", "interval", "ratio"]
Transform = Literal["log10"]

#: Mid-values nearer to an end of the scale than this share make all but a step of the curve.
NEAREST_MIDDLE = 0.02

CRITERION = Quantity("criterion", text("Criterion"), text("By what the technologies are judged."), "code")
CRITERION_NAME = Quantity("criterion_name", text("Name"), text("Name of the criterion."))
NODE = Quantity(
    "node",
    text("Criteria group"),
    text("Head of the tree under which criteria are compared; root is the tree as a whole."),
    "code",
)
DIRECTION = Quantity("direction", text("Direction"), text("Whether higher or lower values are better."))
NODE_NAME = Quantity("node_name", text("Comparison of"), text("Whose parts were compared in pairs."))
SCALE_WORST = Quantity("worst", text("Worst"), text("Value of the fixed scale that counts 0."), "number")
SCALE_BEST = Quantity("best", text("Best"), text("Value of the fixed scale that counts 1."), "number")
SCALE = Quantity("scale", text("Scale"), text("Straight or by logarithm between worst and best."))
PLAN_CLAUSE = Quantity(
    "plan_clause", text("Clause of the plan"), text("Clause of the plan that asks for it.")
)
UNIT = Quantity("unit", text("Unit"), text("In what the criterion is measured."))


@dataclass(frozen=True)
class Scale:
    """The declared, fixed scale of a criterion.

    Parameters
    ----------
    type : {"ordinal", "interval", "ratio"}
    worst, best : float
        Fixed reference points in raw units. They do not move when an alternative comes or goes.
    transform : {"log10"}, optional
        Applied to the value and to all points before they are compared.
    ideal : sequence of one or two float
        The best value, or the first and last of the best ones, inside the scale: worth 1, and less on both
        sides down to 0 at both ends (the Reference Ideal Method).
    points : mapping of float to float
        Raw value to its worth, 0 to 1, with straight lines between; the ends are worth 0 (worst) and 1
        (best) unless they are stated too.
    middle : float, optional
        The raw value that is worth half: worth saturates when it lies nearer to the worst point.

    Raises
    ------
    InputError
        Points that are no numbers or are the same, or that are not above 0 under ``log10``; more than one
        of ideal, points and middle; one of them off the scale.

    Examples
    --------
    >>> Scale("ratio", worst=10, best=1000, transform="log10").share([10, 100, 1000]).tolist()
    [0.0, 0.5, 1.0]
    >>> Scale("ratio", 23, 60, ideal=[30, 35]).share([30, 40, 27]).round(3).tolist()
    [1.0, 0.8, 0.571]
    >>> Scale("ratio", 0, 1000, middle=200).share([0, 200, 1000]).round(6).tolist()
    [0.0, 0.5, 1.0]
    """

    type: Annotated[
        ScaleType,
        Field(
            "Loại thang",
            "Type",
            (
                "ordinal: thứ bậc (1-5); interval: khoảng; ratio: tỷ lệ, có số 0 thật",
                "ordinal: steps (1-5); interval: distances; ratio: with a true zero",
            ),
            words=("thứ bậc", "khoảng", "tỷ lệ"),
        ),
    ]
    worst: Annotated[float, Field("Mức xấu nhất", "Worst", ("mốc cố định", "fixed point"), example="1")]
    best: Annotated[float, Field("Mức tốt nhất", "Best", ("mốc cố định", "fixed point"), example="5")]
    transform: Annotated[
        Transform | None,
        Field(
            "Biến đổi",
            "Transform",
            (
                "log10 cho kinh phí, số lượng chênh lệch lớn",
                "log10 for money and counts of very different size",
            ),
        ),
    ] = None
    ideal: Annotated[
        tuple[float, ...],
        Field(
            "Khoảng lý tưởng",
            "Ideal",
            (
                "giá trị hoặc khoảng tốt nhất nằm bên trong thang; hai đầu thang là 0",
                "best value or range inside the scale; both ends are worth 0",
            ),
            kind="shares",
            example="[30, 35]",
        ),
    ] = ()
    points: Annotated[
        Mapping[float, float],
        Field(
            "Các điểm giá trị",
            "Points of worth",
            (
                "giá trị gốc: giá trị quy đổi từ 0 đến 1, nối bằng đoạn thẳng",
                "raw value: worth from 0 to 1, straight lines between",
            ),
            least=0,
            most=1,
            names=Names("number"),
            example="{100: 0.6, 500: 1}",
        ),
    ] = field(default_factory=dict, hash=False)
    middle: Annotated[
        float | None,
        Field(
            "Mức được nửa giá trị",
            "Mid-value",
            (
                "giá trị gốc đạt một nửa giá trị; càng gần mức xấu nhất thì càng chóng bão hòa",
                "raw value that is worth half; near the worst point worth saturates early",
            ),
        ),
    ] = None

    def __post_init__(self) -> None:
        """Check both points, the words, and what lies between the points."""
        checks = Checks(text("the scale cannot be used"))
        check_fields(checks, self)
        if all(str(problem.place) in ("type", "transform") for problem in checks.problems):
            for place, found, allowed in scale_problems(self):
                checks.add(place, found, allowed)
        checks.check()

    @property
    def lowest(self) -> float:
        """Smallest raw value on the scale."""
        return min(self.worst, self.best)

    @property
    def highest(self) -> float:
        """Largest raw value on the scale."""
        return max(self.worst, self.best)

    @property
    def is_straight(self) -> bool:
        """Whether worth is the plain share between worst and best: no transform and no value function."""
        return self.transform is None and self._function == ""

    @property
    def _function(self) -> str:
        return next((name for name in FUNCTIONS if getattr(self, name) not in (None, (), {})), "")

    @validated
    def share(self, values: ArrayLike) -> NDArray[np.float64]:
        """Return the worth of values after transform and value function: 0 is worst, 1 is best."""
        anchors, worths = self._anchors
        if len(anchors):
            return np.asarray(np.interp(self._transformed(values), anchors, worths), dtype=np.float64)
        shares = self._plain_share(values)
        middle = self.middle
        return shares if middle is None else exponential(shares, float(self._plain_share(middle)))

    @validated
    def share_range(self, low: float, high: float) -> tuple[float, float]:
        """Return the least and the greatest worth of the values from low to high."""
        inside = [x for x in (*self.ideal, *self.points) if low < x < high]
        worths = self.share([low, high, *inside])
        return float(worths.min()), float(worths.max())

    @validated
    def curve(self, steps: int = 200) -> pd.DataFrame:
        """Return what values are worth over the scale: ``value``, rising, ``worth`` and ``straight``.

        The steps are even both as measured and after the transform, and hold every stated value; ``straight``
        is the plain share between worst and best.

        Examples
        --------
        >>> Scale("ratio", 0, 1000, points={200: 0.8}).curve(steps=2)
            value  worth  straight
        0     0.0  0.000       0.0
        1   200.0  0.800       0.2
        2   500.0  0.875       0.5
        3  1000.0  1.000       1.0
        """
        ends = self.transformed([self.lowest, self.highest])
        even = np.linspace(float(ends[0]), float(ends[1]), steps + 1)
        measured = 10**even if self.transform == "log10" else even
        stated = [] if self.middle is None else [self.middle]
        every = [
            *np.linspace(self.lowest, self.highest, steps + 1),
            *measured,
            *self.ideal,
            *self.points,
            *stated,
        ]
        value = np.unique(np.clip(every, self.lowest, self.highest))
        straight = self.straight().share(value)
        return pd.DataFrame({"value": value, "worth": self.share(value), "straight": straight})

    @validated
    def plot(
        self, ax: Any = None, *, name: str = "", unit: str = "", language: Language | None = None
    ) -> Any:
        """Draw what each value is worth, beside the straight line.

        Parameters
        ----------
        ax : Axes, optional
        name, unit : str
            Of the criterion, as they are to be shown.
        language : {"vi", "en"}, optional
        """
        from techprio.charts.value_functions import draw_value_functions

        return draw_value_functions(self.curve().assign(criterion=name, unit=unit), ax=ax, language=language)

    def straight(self) -> Scale:
        """Return the scale without transform and value function."""
        return Scale(self.type, self.worst, self.best)

    def _plain_share(self, values: ArrayLike) -> NDArray[np.float64]:
        worst, best = self._ends
        shares = np.asarray(self._transformed(values) - worst)
        shares /= best - worst
        return shares

    @cached_property
    def _ends(self) -> NDArray[np.float64]:
        """The worst and the best point, transformed."""
        return self._transformed([self.worst, self.best])

    @cached_property
    def _anchors(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Values, transformed and rising, between which worth is a straight line; none without any."""
        worth: dict[float, float] = {}
        if self.ideal:
            worth = {self.lowest: 0.0, self.highest: 0.0, self.ideal[0]: 1.0, self.ideal[-1]: 1.0}
        elif self.points:
            worth = {self.worst: 0.0, self.best: 1.0} | dict(self.points)
        rising = sorted(worth)
        return self.transformed(rising), np.array([worth[x] for x in rising])

    @validated
    def transformed(self, values: ArrayLike) -> NDArray[np.float64]:
        """Return the values after the declared transform."""
        return self._transformed(values)

    def _transformed(self, values: ArrayLike) -> NDArray[np.float64]:
        x = np.asarray(values, dtype=np.float64)
        return np.log10(x) if self.transform == "log10" else x


#: What may lie between the ends of a scale in place of a straight line; one of them.
FUNCTIONS = ("ideal", "points", "middle")


def scale_problems(scale: Any) -> list[tuple[str, Text, Text]]:
    """Return what is wrong with the numbers of a scale, each as key, found and allowed.

    ``scale`` is a :class:`Scale`, or what was read of one from a file.
    """
    least, most = min(scale.worst, scale.best), max(scale.worst, scale.best)
    ends = text("worst {worst}, best {best}", worst=float(scale.worst), best=float(scale.best))
    if least == most:
        return [("worst, best", ends, text("two different points"))]
    by_log = isinstance(scale.transform, str) and scale.transform == "log10"
    if by_log and least <= 0:
        return [("worst, best", ends, text("points above 0, because they are compared on log10"))]
    wrong: list[tuple[str, Text, Text]] = []
    given = [name for name in FUNCTIONS if getattr(scale, name) not in (None, (), {})]
    if len(given) > 1:
        wrong.append((given[1], text("{names}", names=tuple(given)), text("one of ideal, points and middle")))
    ideal = tuple(scale.ideal or ())
    on_scale = text("values from {least} to {most}", least=least, most=most)
    if ideal and (len(ideal) > 2 or list(ideal) != sorted(ideal)):
        allowed = text("one value, or the first and the last of the best values")
        wrong.append(("ideal", text("{values}", values=tuple(map(str, ideal))), allowed))
    for name, values in (("ideal", ideal), ("points", tuple(scale.points or ()))):
        for value in values:
            if not least <= value <= most:
                wrong.append((name, text("{value}", value=float(value)), on_scale))
    if scale.middle is not None:
        inside = least < scale.middle < most
        three = np.array([scale.worst, scale.best, scale.middle if inside else scale.worst], dtype=float)
        worst, best, middle = np.log10(three) if by_log else three
        share = (middle - worst) / (best - worst)
        if not NEAREST_MIDDLE <= share <= 1 - NEAREST_MIDDLE:
            allowed = text(
                "a value inside the scale, at least {share} of it away from both ends", share=NEAREST_MIDDLE
            )
            wrong.append(("middle", text("{value}", value=float(scale.middle)), allowed))
    return wrong


def check_against_scale(checks: Checks, scale: Scale, direction: str, anchors: Iterable[float]) -> None:
    """Note where a direction contradicts the ends of a scale, or an anchor stands off it."""
    if direction and (scale.best > scale.worst) != (direction == "maximize"):
        found = text(
            "{direction}, worst {worst}, best {best}",
            direction=direction, worst=float(scale.worst), best=float(scale.best),
        )  # fmt: skip
        allowed = text("best above worst when it is to be maximized, below when it is to be minimized")
        checks.add("scale", found, allowed)
    for point in anchors:
        place = text("{what} of {name}", what="anchors", name=str(point))
        check_number(checks, place, point, scale.lowest, scale.highest)


def scale_of_row(checks: Checks, place: Text, row: Mapping[str, Any]) -> Scale | None:
    """Return the scale that a row of a table of criteria declares; None where it declares none."""
    parts = {key: row.get(key) for key in ("worst", "best", "transform", *FUNCTIONS)}
    kind = row.get("scale")
    if kind is None and all(part is None for part in parts.values()):
        return None
    try:
        return Scale(kind or "interval", **parts)  # type: ignore[arg-type]
    except InputError as error:
        checks.take(error, place)
        return None


def curvature(middle: float) -> float:
    """Return the c of the exponential value function that is worth half at a share of the scale.

    Parameters
    ----------
    middle : float
        From 0.02 to 0.98: below 0.5 worth saturates, above it worth comes late, 0.5 is the straight line.

    Returns
    -------
    float

    Examples
    --------
    >>> round(curvature(0.25), 4), curvature(0.5)
    (2.4375, 0.0)
    """
    if abs(middle - 0.5) < 1e-12:
        return 0.0
    # v(m) = 1/2 says 2 e^(-cm) = 1 + e^(-c); for m below 1/2 the root is positive, above it the mirror image.
    near = min(middle, 1.0 - middle)
    least, most = 0.0, np.log(2.0) / near
    for _ in range(200):
        c = (least + most) / 2
        if 2.0 * np.exp(-c * near) > 1.0 + np.exp(-c):
            least = c
        else:
            most = c
    return float(c if middle < 0.5 else -c)


def exponential(shares: Array, middle: float) -> Array:
    """Return the worth of shares of the scale under the exponential function with a mid-value.

    Examples
    --------
    >>> exponential(np.array([0.0, 0.25, 1.0]), 0.25).round(6).tolist()
    [0.0, 0.5, 1.0]
    """
    c = curvature(middle)
    if c == 0.0:
        return shares
    return np.asarray(np.expm1(-c * shares) / np.expm1(-c), dtype=np.float64)
