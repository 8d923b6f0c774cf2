"""What methods with a normalization share, and what they ask of a matrix."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Self

from techprio.errors import InputError, Problem
from techprio.language import Text, text
from techprio.model.matrix import DecisionMatrix
from techprio.model.method import MethodBase
from techprio.model.scale import Scale
from techprio.ranking.normalization import FIXED
from techprio.ranking.options import check_options


@dataclass(frozen=True)
class NormalizedMethod(MethodBase):
    """The part that methods with a normalization share: binding to declared scales.

    Parameters
    ----------
    normalization : str
    scales : tuple of Scale
        Set by :meth:`bind`; not for the caller.
    """

    normalization: str = "minmax"
    scales: tuple[Scale, ...] = field(default=(), repr=False, compare=False, kw_only=True)

    def __post_init__(self) -> None:
        """Check the normalization."""
        check_options(self)

    @property
    def reversal_possible(self) -> bool:
        """Whether another candidate can swap two alternatives."""
        return self.normalization not in FIXED

    @property
    def bounded(self) -> bool:
        """Whether scores lie in 0..1, so that ties are judged on that scale."""
        return self.normalization != "none"

    def bind(self, matrix: DecisionMatrix) -> Self:
        """Return the method with the declared scales of a matrix, where it needs them.

        Raises
        ------
        InputError
            A criterion without a declared scale, or a scale that runs against its direction.
        """
        if self.normalization != "reference":
            return self
        problems = scale_problems(matrix)
        if problems:
            raise InputError(text("normalization 'reference' cannot be used"), problems)
        return replace(self, scales=tuple(matrix.scales[c] for c in matrix.criteria))


def scale_problems(matrix: DecisionMatrix) -> list[Problem]:
    """Return which criteria lack a declared scale, or have one that runs against their direction."""
    problems = []
    for criterion in matrix.criteria:
        place = text("criterion {criterion!r}", criterion=criterion)
        scale = matrix.scales.get(criterion)
        if scale is None:
            found, allowed = text("no declared scale"), text("a scale with its worst and best")
            problems.append(Problem("", "", place, "", found, allowed))
        elif (scale.best > scale.worst) != (matrix.directions[criterion] == "maximize"):
            found = text(
                "best {best} and worst {worst} contradict its direction {direction!r}",
                best=f"{scale.best:g}",
                worst=f"{scale.worst:g}",
                direction=matrix.directions[criterion],
            )
            allowed = text("best above worst to maximize, below it to minimize")
            problems.append(Problem("", "", place, "", found, allowed))
    return problems


def positive_problems(matrix: DecisionMatrix, allowed: Text) -> list[Problem]:
    """Return every value that is not above zero, its spread included, and what is allowed."""
    lowest = matrix.values if matrix.low is None else matrix.low
    return [
        Problem(
            "",
            "",
            text("{alternative!r}, criterion {criterion!r}", alternative=alternative, criterion=criterion),
            "",
            f"{value:g}",
            allowed,
        )
        for criterion in matrix.criteria
        for alternative, value in lowest[criterion].items()
        if value <= 0
    ]
