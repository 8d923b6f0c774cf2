"""Direction and declared, fixed scale of a criterion, and the quantities that describe criteria in tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techprio.display.quantities import Quantity
from techprio.errors import InputError, Sayable, did_you_mean
from techprio.language import Text, text
from techprio.model.checks import Faults, as_written, check_fields, is_number
from techprio.model.fields import Field

Direction = Literal["maximize", "minimize"]
DirectionLike: TypeAlias = str | int | Callable[..., Any]
"""What is taken for a direction: a word, 1 or -1, or the builtins ``max`` and ``min``."""

DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
#: Other words that state a direction without doubt, in both languages.
DIRECTION_WORDS: dict[str, Direction] = {
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


#: Words for a criterion whose best value lies inside its scale; it has no direction.
_BEST_INSIDE = ("target", "nominal", "ideal", "range", "goal", "mục tiêu", "lý tưởng", "khoảng")


def parse_direction(value: object) -> Direction | None:
    """Return the direction that a word, a sign or a builtin states; None when it states none.

    Examples
    --------
    >>> [parse_direction(value) for value in ("max", -1, min, "Tăng", True, "up")]
    ['maximize', 'minimize', 'minimize', 'maximize', None, None]
    """
    if value is max or value is min:
        return "maximize" if value is max else "minimize"
    if is_number(value):
        return {1.0: "maximize", -1.0: "minimize"}.get(float(value))  # type: ignore[arg-type,return-value]
    if not isinstance(value, str):
        return None
    plain = unicodedata.normalize("NFC", value).strip().casefold()
    return next((word for word in DIRECTIONS if word == plain), DIRECTION_WORDS.get(plain))


def check_direction(faults: Faults, place: Sayable, value: object) -> Direction:
    """Return the direction, or note what states none; the first of the two then stands in."""
    found = parse_direction(value)
    if found is None:
        allowed = text("maximize or minimize, max or min, 1 or -1")
        if isinstance(value, bool | np.bool_):
            proposal: Sayable = text("True and False state no direction; write max or min")
        elif isinstance(value, str) and value.strip().casefold() in _BEST_INSIDE:
            proposal = text(
                "where the best value lies inside the scale, turn the values into closeness to it "
                "(tp.ranking.closeness_to_ideal) and maximize that"
            )
        else:
            proposal = did_you_mean(value, [*DIRECTIONS, *DIRECTION_WORDS]) if isinstance(value, str) else ""
        faults.add(place, as_written(value), allowed, proposal)
    return found or DIRECTIONS[0]


ScaleType = Literal["ordinal", "interval", "ratio"]
Transform = Literal["log10"]

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
        Applied to the value and to both points before they are compared.

    Raises
    ------
    InputError
        Points that are no numbers or are the same, or that are not above 0 under ``log10``.

    Examples
    --------
    >>> Scale("ratio", worst=10, best=1000, transform="log10").share([10, 100, 1000]).tolist()
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
                "log10 cho tiền, số lượng chênh lệch lớn",
                "log10 for money and counts of very different size",
            ),
        ),
    ] = None

    def __post_init__(self) -> None:
        """Check both points and the words."""
        faults = Faults(text("the scale cannot be used"))
        check_fields(faults, self)
        if is_number(self.worst) and is_number(self.best):
            found = text("worst {worst}, best {best}", worst=float(self.worst), best=float(self.best))
            if self.worst == self.best:
                faults.add("worst, best", found, text("two different points"))
            elif self.transform == "log10" and self.lowest <= 0:
                allowed = text("points above 0, because they are compared on log10")
                faults.add("worst, best", found, allowed)
        faults.check()

    @property
    def lowest(self) -> float:
        """Smallest raw value on the scale."""
        return min(self.worst, self.best)

    @property
    def highest(self) -> float:
        """Largest raw value on the scale."""
        return max(self.worst, self.best)

    def share(self, values: ArrayLike) -> NDArray[np.float64]:
        """Return (x - worst) / (best - worst) after the transform: 0 is worst, 1 is best."""
        x = self.transformed(values)
        worst, best = self.transformed([self.worst, self.best])
        return np.asarray((x - worst) / (best - worst), dtype=np.float64)

    def transformed(self, values: ArrayLike) -> NDArray[np.float64]:
        """Return the values after the declared transform."""
        x = np.asarray(values, dtype=np.float64)
        return np.log10(x) if self.transform == "log10" else x


def scale_of_row(faults: Faults, place: Text, row: Mapping[str, Any]) -> Scale | None:
    """Return the scale that a row of a table of criteria declares; None where it declares none."""
    parts = [row.get(key) for key in ("scale", "worst", "best", "transform")]
    if parts == [None] * 4:
        return None
    kind, worst, best, transform = parts
    try:
        return Scale(kind or "interval", worst, best, transform)  # type: ignore[arg-type]
    except InputError as error:
        faults.take(error, place)
        return None
