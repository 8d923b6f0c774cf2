"""All that a run of a study has found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from techprio.display.quantities import Quantity
from techprio.language import Text, text
from techprio.model.acceptability import RankAcceptability
from techprio.model.assessment import Assessment
from techprio.model.critical_chain import CriticalChain
from techprio.model.dissent import Dissent
from techprio.model.plan import Plan
from techprio.model.plan_certainty import DateCertainty, ReplacementCosts
from techprio.model.plan_influence import PlanInfluence
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.model.roles import Roles
from techprio.model.scenarios import ScenarioComparison
from techprio.model.sorting import CategoryAcceptability
from techprio.model.study import Study
from techprio.model.value_of_information import ValueOfInformation
from techprio.model.weights import Weights

T = TypeVar("T")

LEADER_LOW = Quantity(
    "leader_low",
    text("Leader stays from"),
    text("Least weight, the others in proportion, at which the first technology stays the first."),
    "share",
)
LEADER_HIGH = Quantity(
    "leader_high",
    text("Leader stays up to"),
    text("Greatest weight at which the first technology stays the first."),
    "share",
)
TOP_LOW = Quantity(
    "top_low",
    text("First {k} stay from"),
    text("Least weight at which the same technologies are the first {k}."),
    "share",
)
TOP_HIGH = Quantity(
    "top_high",
    text("First {k} stay up to"),
    text("Greatest weight at which the same technologies are the first {k}."),
    "share",
)
REACHED_LOW = Quantity(
    "top_low",
    text("Priority stays from"),
    text("Least weight at which the same technologies reach the reference profile."),
    "share",
)
REACHED_HIGH = Quantity(
    "top_high",
    text("Priority stays up to"),
    text("Greatest weight at which the same technologies reach the reference profile."),
    "share",
)
TOP_CHANGES = Quantity(
    "top_changes",
    text("Change among the first {k}"),
    text("What would come in and leave, if this one proposal were taken up."),
)

PRIORITY_CHANGES = Quantity(
    "top_changes",
    text("Change among the priorities"),
    text("What would become priority and no longer be, if this one proposal were taken up."),
)


def changes_of(rule: str, top: int) -> Quantity:
    """Return what a proposal would change under a rule of priority."""
    return TOP_CHANGES.fill(k=top) if rule == "top" else PRIORITY_CHANGES


@dataclass(frozen=True)
class RunData:
    """Every stage of a run, each a value that can be looked at.

    Parameters
    ----------
    study : Study
    weights : Weights
    rankings : mapping of str to Ranking
        By sector code, in the order of the study.
    acceptability : mapping of str to RankAcceptability
        By sector code.
    values : Series
        Value of each technology for roles and phasing (the score without ``value.leave_out``).
    roles : Roles
    plan : Plan, optional
        None when the study has no resources.
    provenance : Provenance
    notes : tuple of Text
    revisions : DataFrame, optional
        Judgments to look at again, with what each would move; None without a panel.
    dates : DateCertainty, optional
        How likely dates and money of the plan hold; None without a plan.
    certainty : ReplacementCosts, optional
        What every other placement would cost, where it was asked for.
    influence : PlanInfluence, optional
        What decides the plan, where it goes by ranks.
    chain : CriticalChain, optional
        Earliest times and slack over the prerequisites; None when the study has no resources.
    stability : DataFrame, optional
        How far each weight may move before the leader, or the first k, of a sector change.
    assessment : Assessment, optional
        What the survey of firms says; None without a survey.
    scenarios : ScenarioComparison, optional
        The plan under other limits, where they were asked for.
    advice : ValueOfInformation, optional
        Which figures to check first.
    dissent : Dissent, optional
        The opinions in the panel, each with its lists; None without one.
    reached : mapping of str to CategoryAcceptability
        By sector code, what reaches the reference profile, where priority is to reach it.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> table = pd.DataFrame({"cost": [3.0, 5.0], "jobs": [4.0, 2.0]}, index=["A", "B"])
    >>> farms = pd.DataFrame({"sector": "farming"}, index=["A", "B"])
    >>> catalog = tp.Catalog.from_frame(farms, table, {"cost": "min", "jobs": "max"})
    >>> result = tp.run(tp.Study(catalog, weights={"cost": 0.4, "jobs": 0.6}), draws=100)
    >>> isinstance(result, tp.model.RunData)
    True
    """

    study: Study
    weights: Weights
    rankings: Mapping[str, Ranking]
    acceptability: Mapping[str, RankAcceptability]
    values: Any
    roles: Roles
    plan: Plan | None
    provenance: Provenance
    notes: tuple[Text, ...] = ()
    revisions: Any = None
    dates: DateCertainty | None = None
    certainty: ReplacementCosts | None = None
    influence: PlanInfluence | None = None
    scenarios: ScenarioComparison | None = None
    chain: CriticalChain | None = None
    stability: Any = None
    assessment: Assessment | None = None
    # Follows from the rest, and names the files from which the study was read: no content of its own.
    advice: ValueOfInformation | None = field(default=None, compare=False)
    dissent: Dissent | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    reached: Mapping[str, CategoryAcceptability] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is derived: it is made again where it is needed."""
        return {name: value for name, value in self.__dict__.items() if name != _DERIVED}


_DERIVED = "_derived"


def derived(function: Callable[[RunData], T]) -> Callable[[RunData], T]:
    """Return the function of a run with what it found kept by the run, as a cached property would be.

    Several products state the same list; a run is frozen, so it is made once. Nobody changes it.
    """
    key = _key(function)

    @wraps(function)
    def kept(run: RunData) -> T:
        found: dict[str, Any] = run.__dict__.setdefault(_DERIVED, {})
        if key not in found:
            found[key] = function(run)
        made: T = found[key]
        return made

    return kept


def keep_derived(run: RunData, function: Callable[[RunData], T], found: T) -> None:
    """Let a run keep what a derived function of it would find, where it is known already."""
    run.__dict__.setdefault(_DERIVED, {})[_key(function)] = found


def take_derived(run: RunData, function: Callable[[RunData], T]) -> T:
    """Return what a derived function of a run finds, which the run keeps no longer: large, asked for once."""
    found = function(run)
    del run.__dict__[_DERIVED][_key(function)]
    return found


def _key(function: Callable[[RunData], object]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
