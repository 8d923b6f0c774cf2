"""The declared, fixed scale of a criterion, and the quantities that describe criteria in tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techprio.display.quantities import Quantity
from techprio.language import text
from techprio.model.checks import Faults, check_fields, is_number
from techprio.model.fields import Field

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
