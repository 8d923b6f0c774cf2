"""Screening rules: what a technology must fulfil to be ranked, or to be firmly priority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from techprio.language import NO_LABEL, Label, text
from techprio.model.checks import Checks, as_written, check_fields
from techprio.model.fields import Field


@dataclass(frozen=True)
class Gate:
    """A screening rule: what fails is listed with the reason, and not ranked or never firmly priority.

    Parameters
    ----------
    criterion : str
        A criterion of the matrix; its value is compared in raw units.
    at_least, at_most : float, optional
        Smallest and largest value that passes, both included.
    reason : Label
        Why the rule stands, said beside the value that fails.
    keeps_from : {"ranking", "firm"}
        What fails is not ranked; or it is ranked and may be contested, but never firmly priority.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> matrix = study.catalog.decision_matrix("AGR")
    >>> gate = tp.Gate("F1", at_least=7, reason=tp.Label("chưa sẵn sàng", "not ready"))
    >>> ranking = tp.rank(matrix, tp.ahp(study.judgments), tp.Topsis("reference"), gates=[gate])
    >>> name = sorted(ranking.screened)[0]
    >>> print(name, ranking.screened[name])
    AGR02 Local technology readiness is 5, at least 7 is needed: not ready
    """

    criterion: Annotated[str, Field("Tiêu chí", "Criterion", kind="id", example="F6")]
    at_least: Annotated[float | None, Field("Ít nhất", "At least")] = None
    at_most: Annotated[float | None, Field("Nhiều nhất", "At most", example="4.5")] = None
    reason: Annotated[Label, Field("Lý do", "Reason")] = NO_LABEL
    keeps_from: Annotated[
        Literal["ranking", "firm"],
        Field(
            "Không cho vào",
            "Keeps from",
            (
                "ranking: không xếp hạng; firm: vẫn xếp hạng nhưng không thể là ưu tiên chắc chắn",
                "ranking: is not ranked; firm: is ranked, but never firmly priority",
            ),
            words=("xếp hạng", "ưu tiên chắc chắn"),
        ),
    ] = "ranking"

    if TYPE_CHECKING:

        def __init__(
            self,
            criterion: str,
            at_least: float | None = ...,
            at_most: float | None = ...,
            reason: Label | str = ...,
            keeps_from: Literal["ranking", "firm"] = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Check name and limits."""
        checks = Checks(text("the gate on {criterion} cannot be used", criterion=as_written(self.criterion)))
        check_fields(checks, self)
        least, most = self.at_least, self.at_most
        if least is None and most is None:
            checks.add("at_least, at_most", text("no limit"), text("at_least or at_most"))
        elif least is not None and most is not None and not checks.problems and least > most:
            found = text("{low} above {high}", low=float(least), high=float(most))
            checks.add("at_least, at_most", found, "at_least <= at_most")
        checks.check()


def gates_of(checks: Checks, given: Any) -> tuple[Gate, ...]:
    """Return gates from one or a sequence of them."""
    if isinstance(given, Gate):
        return (given,)
    if given is None:
        return ()
    listed = isinstance(given, Sequence) and not isinstance(given, str)
    if not listed or not all(isinstance(gate, Gate) for gate in given):
        proposal = text("write Gate(criterion, at_least=..., reason=...)")
        checks.add("gates", as_written(given), text("a Gate, or a sequence of them"), proposal)
        return ()
    return tuple(given)
