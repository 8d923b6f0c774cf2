"""A study: the catalogue, the panel, the limits, and how they are to be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from techprio.display.cells import ARROWS
from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.language import NO_LABEL, Label, text
from techprio.model.catalog import Catalog
from techprio.model.criteria import CriteriaTree
from techprio.model.instrument import Instrument
from techprio.model.judgments import Judgments
from techprio.model.report_material import ReportMaterial
from techprio.model.resources import Resources


@dataclass(frozen=True)
class WeightSettings:
    """How the judgments of the panel become weights (``weights:`` of ``study.yaml``)."""

    method: str = "ahp"
    priorities: Literal["eigenvector", "geometric_mean"] = "eigenvector"
    aggregate: Literal["judgments", "priorities"] = "judgments"
    groups: str = "equal"
    random_index: str = "saaty"
    given: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class RankingSettings:
    """Which method ranks, with which options, and how many technologies of a sector are priority."""

    method: str = "topsis"
    options: Mapping[str, Any] = field(default_factory=dict)
    top: int = 4


@dataclass(frozen=True)
class RobustnessSettings:
    """How many draws, from what, with which seed."""

    draws: int = 10_000
    seed: int = 2026
    weights: str = "panel"
    scores: str = "triangular"


@dataclass(frozen=True)
class ValueSettings:
    """What the value of a technology is in roles and phasing: the score without some criteria."""

    source: str = "score"
    leave_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoleSettings:
    """Thresholds of the role rule; ``breadth`` None means half of the sectors, rounded down."""

    theta: float = 0.10
    breadth: float | None = None
    own_sector: float = 0.15
    depth: float = 1.25
    kept: float = 0.5


@dataclass(frozen=True)
class Gate:
    """A screening rule: what fails is listed with the reason, not ranked.

    Parameters
    ----------
    criterion : str
        A criterion of the matrix; its value is compared in raw units.
    at_least, at_most : float, optional
        Smallest and largest value that passes, both included.
    reason : Label
        Why the rule stands, said beside the value that fails.

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

    criterion: str
    at_least: float | None = None
    at_most: float | None = None
    reason: Label = NO_LABEL


@dataclass(frozen=True)
class Study(Showable):
    """Everything that a run needs, already checked.

    Parameters
    ----------
    id : str
    title : Label
    catalog : Catalog
    judgments : Judgments, optional
        None when the study gives its weights as numbers.
    resources : Resources, optional
        None when nothing is to be phased.
    weights, ranking, robustness, value, roles : settings
    gates : tuple of Gate
    survey : DataFrame, optional
        Points of firms, one row a firm and year.
    instrument : Instrument, optional
        With which the firms were surveyed.
    status : DataFrame, optional
        What became of the technologies, one row a technology and year.
    role_overrides : mapping of str to (role, reason)
        Human decisions beside the rule.
    material : ReportMaterial
        What only people can write for the report.
    illustrative : bool
    inputs : mapping of str to str
        SHA-256 of each file that was read, by its name in the study.
    files : mapping of str to bytes
        The files themselves, so that a result can carry its inputs.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> study.title.en
    "Technology innovation roadmap of Lai Chau's key sectors to 2035"
    >>> len(study.catalog.technologies), len(study.criteria.leaves), len(study.judgments.experts)
    (90, 14, 12)
    >>> study.ranking.method, study.ranking.top, study.illustrative
    ('topsis', 4, True)
    """

    id: str
    title: Label
    catalog: Catalog
    judgments: Judgments | None = None
    resources: Resources | None = None
    weights: WeightSettings = WeightSettings()
    ranking: RankingSettings = RankingSettings()
    robustness: RobustnessSettings = RobustnessSettings()
    value: ValueSettings = ValueSettings()
    roles: RoleSettings = RoleSettings()
    gates: tuple[Gate, ...] = ()
    survey: pd.DataFrame | None = None
    instrument: Instrument | None = None
    status: pd.DataFrame | None = None
    role_overrides: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    material: ReportMaterial = field(default_factory=ReportMaterial)
    illustrative: bool = False
    inputs: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def criteria(self) -> CriteriaTree:
        """The criteria tree."""
        return self.catalog.criteria

    def _view(self) -> View:
        catalog = self.catalog
        sectors = pd.DataFrame(
            {
                "code": [sector.code for sector in catalog.sectors],
                "name": [sector.label for sector in catalog.sectors],
                "technologies": [len(catalog.technologies_of(sector.code)) for sector in catalog.sectors],
            }
        )
        criteria = pd.DataFrame(
            {
                "id": [leaf.id for leaf in self.criteria.leaves],
                "name": [leaf.label for leaf in self.criteria.leaves],
                "direction": [ARROWS.get(leaf.direction or "", "") for leaf in self.criteria.leaves],
                "unit": [leaf.unit for leaf in self.criteria.leaves],
            }
        )
        sector_columns = (
            Column("code", text("sector")),
            Column("name", text("name")),
            Column("technologies", text("technologies"), "level", 0),
        )
        criterion_columns = (
            Column("id", text("criterion")),
            Column("name", text("name")),
            Column("direction", text("direction")),
            Column("unit", text("unit")),
        )
        counts = text(
            "{dependencies} dependencies, {sources} sources, {experts} experts",
            dependencies=len(catalog.dependencies),
            sources=len(catalog.sources),
            experts=0 if self.judgments is None else len(self.judgments.experts),
        )
        remark = (text("Illustrative: no figure may be quoted."),) if self.illustrative else ()
        tables = (Table(sectors, sector_columns), Table(criteria, criterion_columns))
        return View(title=self.title, facts=(*remark, counts), tables=tables)
