"""A study: the catalogue, the panel, the limits, and how they are to be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import pandas as pd

from techprio.display.quantities import Column, Table, Words
from techprio.display.results import Result, tables_of
from techprio.display.show import ARROWS
from techprio.language import NO_LABEL, Label, text
from techprio.model.catalog import SECTOR, SECTOR_NAME, TECHNOLOGIES, Catalog
from techprio.model.criteria import CriteriaTree
from techprio.model.fields import Field
from techprio.model.instrument import Instrument
from techprio.model.judgments import Judgments
from techprio.model.report_material import ReportMaterial
from techprio.model.resources import Resources
from techprio.model.scale import CRITERION, CRITERION_NAME, DIRECTION, UNIT


@dataclass(frozen=True)
class WeightSettings:
    """How the judgments of the panel become weights (``weights:`` of ``study.yaml``).

    Examples
    --------
    >>> import techprio as tp
    >>> tp.model.WeightSettings().method
    'ahp'
    """

    method: Annotated[
        Literal["ahp", "given"],
        Field(
            "Phương pháp",
            "Method",
            (
                "ahp: từ so sánh cặp của chuyên gia; given: trọng số cho sẵn",
                "ahp: from pairwise judgments; given: weights set below",
            ),
        ),
    ] = "ahp"
    priorities: Annotated[
        Literal["eigenvector", "geometric_mean"], Field("Cách tính trọng số", "Priorities")
    ] = "eigenvector"
    aggregate: Annotated[
        Literal["judgments", "priorities"],
        Field(
            "Tổng hợp",
            "Aggregation",
            (
                "gộp các phép so sánh hoặc gộp các trọng số riêng",
                "the judgments of the experts are combined, or their priorities",
            ),
        ),
    ] = "judgments"
    groups: Annotated[
        Literal["equal", "experts"],
        Field(
            "Vai trò của nhóm",
            "Groups",
            (
                "equal: các nhóm ngang nhau; experts: theo số chuyên gia",
                "equal: each group counts the same; experts: by their number",
            ),
        ),
    ] = "equal"
    random_index: Annotated[
        Literal["saaty", "saaty2007", "alonso_lamata"], Field("Chỉ số ngẫu nhiên", "Random index")
    ] = "saaty"
    given: Annotated[
        Mapping[str, float],
        Field(
            "Trọng số cho sẵn",
            "Given weights",
            (
                "một trọng số cho mỗi tiêu chí không có tiêu chí con, tổng bằng 1 hoặc 100",
                "a weight for each criterion without children, in all 1 or 100",
            ),
            least=0,
            example="{F1: 0.6, F2: 0.4}",
        ),
    ] = field(default_factory=dict)


@dataclass(frozen=True)
class RankingSettings:
    """Which method ranks, with which options, and how many technologies of a sector are priority.

    Examples
    --------
    >>> import techprio as tp
    >>> tp.model.RankingSettings().method, tp.model.RankingSettings(top=3).top
    ('topsis', 3)
    """

    method: str = "topsis"
    options: Mapping[str, Any] = field(default_factory=dict)
    top: Annotated[
        int, Field("Số công nghệ ưu tiên mỗi ngành", "Priority technologies a sector", least=1)
    ] = 4


@dataclass(frozen=True)
class RobustnessSettings:
    """How many draws, from what, with which seed.

    Examples
    --------
    >>> from dataclasses import replace
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> replace(study, robustness=tp.model.RobustnessSettings(draws=500)).robustness.draws
    500
    """

    draws: Annotated[int, Field("Số lần rút", "Draws", least=1, most=100_000_000)] = 10_000
    seed: Annotated[
        int,
        Field(
            "Hạt giống",
            "Seed",
            ("cùng hạt giống cho cùng kết quả", "the same seed gives the same result"),
            least=0,
        ),
    ] = 2026
    weights: Annotated[
        Literal["panel", "uniform", "uniform_by_node", "around", "fixed"],
        Field(
            "Rút trọng số",
            "Draws of weights",
            ("panel: rút lại các chuyên gia", "panel: the experts are drawn again"),
        ),
    ] = "panel"
    scores: Annotated[
        Literal["triangular", "uniform", "fixed"],
        Field("Rút điểm", "Draws of scores", ("giữa mức thấp và mức cao", "between low and high")),
    ] = "triangular"


@dataclass(frozen=True)
class ValueSettings:
    """What the value of a technology is in roles and phasing: the score without some criteria.

    Examples
    --------
    >>> import techprio as tp
    >>> tp.model.ValueSettings(leave_out=("F3",)).source
    'score'
    """

    source: Annotated[
        str,
        Field(
            "Giá trị lấy từ",
            "Value from",
            ("score, một tiêu chí hoặc một cột số", "score, a criterion, or a column of numbers"),
            name="from",
        ),
    ] = "score"
    leave_out: Annotated[
        tuple[str, ...],
        Field(
            "Bỏ các tiêu chí",
            "Without the criteria",
            (
                "ví dụ chi phí, vì đã tính trong ngân sách",
                "such as cost, which already counts in the budget",
            ),
            example="[F3]",
        ),
    ] = ()


@dataclass(frozen=True)
class RoleSettings:
    """Thresholds of the role rule; ``breadth`` None means half of the sectors, rounded down, at least 2.

    Examples
    --------
    >>> import techprio as tp
    >>> tp.model.RoleSettings(theta=0.2).theta
    0.2
    """

    theta: Annotated[float, Field("Ngưỡng liên ngành", "Share of a sector", least=0, most=1)] = 0.10
    breadth: Annotated[
        float | None,
        Field(
            "Số ngành",
            "Breadth",
            (
                "trống: một nửa số ngành, làm tròn xuống, ít nhất 2",
                "empty: half of the sectors, rounded down, at least 2",
            ),
            least=0,
        ),
    ] = None
    own_sector: Annotated[float, Field("Phần trong ngành", "Share of its own sector", least=0, most=1)] = 0.15
    depth: Annotated[float, Field("Chiều sâu của cốt lõi", "Depth of core", least=0)] = 1.25
    kept: Annotated[
        float,
        Field(
            "Phần giữ lại",
            "Share kept",
            (
                "phần giá trị thuộc về chính công nghệ",
                "share of its value that stays with a technology itself",
            ),
            least=0,
            most=1,
        ),
    ] = 0.5


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

    criterion: Annotated[str, Field("Tiêu chí", "Criterion", kind="id", example="F6")]
    at_least: Annotated[float | None, Field("Ít nhất", "At least")] = None
    at_most: Annotated[float | None, Field("Nhiều nhất", "At most", example="4.5")] = None
    reason: Annotated[Label, Field("Lý do", "Reason")] = NO_LABEL


@dataclass(frozen=True)
class Study(Result):
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

    def tables(self) -> dict[str, Table]:
        """Return ``sectors`` and ``criteria``."""
        sectors = [
            (sector.code, sector.label, len(self.catalog.technologies_of(sector.code)))
            for sector in self.catalog.sectors
        ]
        criteria = [
            (leaf.id, leaf.label, ARROWS.get(leaf.direction or "", ""), leaf.unit)
            for leaf in self.criteria.leaves
        ]
        return tables_of(
            Table.of(
                "sectors", text("Sectors"), [SECTOR, SECTOR_NAME, Column(TECHNOLOGIES, bar=True)], sectors
            ),
            Table.of("criteria", text("Criteria"), [CRITERION, CRITERION_NAME, DIRECTION, UNIT], criteria),
        )

    def _summary(self) -> str:
        experts = 0 if self.judgments is None else len(self.judgments.experts)
        counts = f"{len(self.catalog.technologies)} technologies, {len(self.catalog.sectors)} sectors"
        return f"{self.id!r}: {counts}, {len(self.criteria.leaves)} criteria, {experts} experts"

    def _title(self) -> Words:
        return self.title

    def _facts(self) -> list[Words]:
        counts = text(
            "{dependencies} dependencies, {sources} sources, {experts} experts",
            dependencies=len(self.catalog.dependencies),
            sources=len(self.catalog.sources),
            experts=0 if self.judgments is None else len(self.judgments.experts),
        )
        remark = [text("Illustrative: no figure may be quoted.")] if self.illustrative else []
        return [*remark, counts]
