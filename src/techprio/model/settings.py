"""The settings of a study: how weights, rankings, draws, values and roles are made, and what is screened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from techprio.arguments import MOST_DRAWS
from techprio.language import Text, text
from techprio.model.checks import (
    Checks,
    as_mapping,
    as_written,
    check_fields,
    check_number,
    checked_part,
    is_name,
)
from techprio.model.fields import Field
from techprio.model.judgments import Judgments
from techprio.model.weights import Weights


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
                "gộp các cặp so sánh hoặc gộp trọng số của từng chuyên gia",
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
                "equal: các nhóm có vai trò như nhau; experts: theo số chuyên gia",
                "equal: each group counts the same; experts: by their number",
            ),
        ),
    ] = "equal"
    group_weights: Annotated[
        Mapping[str, float],
        Field(
            "Trọng số của các nhóm",
            "Weights of the groups",
            (
                "thay cho groups: một trọng số cho mỗi nhóm, ví dụ phiếu 0.4, 0.4, 0.2",
                "in place of groups: a weight for each group, such as votes of 0.4, 0.4 and 0.2",
            ),
            least=0,
            example="{agencies: 0.4, firms: 0.4, farmers: 0.2}",
        ),
    ] = field(default_factory=dict)
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

    def __post_init__(self) -> None:
        """Check every option."""
        checks = Checks(text("the settings of the weights cannot be used"))
        check_fields(checks, self)
        checks.check()

    @property
    def voices(self) -> Mapping[str, float] | Literal["equal", "experts"]:
        """How the groups count: the weights stated for them, else ``groups``."""
        return self.group_weights or self.groups


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
    priority: Annotated[
        Literal["top", "score", "outranking"],
        Field(
            "Ưu tiên là",
            "Priority is",
            (
                "top: thuộc nhóm đầu; score: điểm đạt hồ sơ tham chiếu; outranking: xếp hạng trên hồ sơ đó "
                "(ELECTRE TRI-B)",
                "top: among the first; score: a score that reaches the reference profile; outranking: "
                "outranks that profile (ELECTRE TRI-B)",
            ),
            words=("nhóm đầu", "điểm đạt", "xếp trên"),
        ),
    ] = "top"
    firm: Annotated[
        float,
        Field(
            "Chắc chắn ưu tiên từ",
            "Firm from",
            (
                "từ xác suất này trở lên, công nghệ chắc chắn thuộc nhóm đầu",
                "from this probability of the first k on a technology is firmly priority",
            ),
            least=0,
            most=1,
        ),
    ] = 0.8
    firmly_not: Annotated[
        float,
        Field(
            "Chắc chắn không ưu tiên đến",
            "Firmly not up to",
            (
                "đến xác suất này, công nghệ chắc chắn không thuộc nhóm đầu; ở giữa là chưa phân định",
                "up to this probability a technology is firmly not priority; contested between the two",
            ),
            least=0,
            most=1,
        ),
    ] = 0.2
    transforms: Annotated[
        bool,
        Field(
            "Dùng biến đổi của tiêu chí",
            "Transforms of criteria",
            (
                "false: bỏ log10 và hàm giá trị của mọi tiêu chí, dùng giá trị gốc",
                "false: without log10 and value functions, every criterion as it was measured",
            ),
        ),
    ] = True

    def __post_init__(self) -> None:
        """Check the method's name and the options."""
        checks = Checks(text("the settings of the ranking cannot be used"))
        check_fields(checks, self)
        if not checks.problems and self.firmly_not >= self.firm:
            found = text("{low} above {high}", low=float(self.firmly_not), high=float(self.firm))
            checks.add("firmly_not", found, text("firmly_not below firm"))
        if not is_name(self.method):
            checks.add("method", as_written(self.method), text("the name of a ranking method"))
        if not isinstance(self.options, Mapping):
            checks.add("options", as_written(self.options), text("a mapping by name"))
        checks.check()


#: Draws of weights that need a panel; without one weights are drawn around those given.
FROM_PANEL = ("panel", "bayesian")


def top_within(top: int, sizes: Iterable[int]) -> Text | None:
    """Return which k of the first k are allowed where a stated one is above every sector; else None.

    The default of a small study is no problem: its technologies are all among the first k, which is said.
    """
    most = max(sizes, default=0)
    if not most or top <= most or top == RankingSettings.top:
        return None
    return text("a whole number from 1 to {most}, the technologies of the largest sector", most=most)


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

    draws: Annotated[int, Field("Số lượt mô phỏng", "Draws", least=1, most=MOST_DRAWS)] = 10_000
    seed: Annotated[
        int,
        Field(
            "Số khởi tạo (seed)",
            "Seed",
            ("cùng số khởi tạo cho cùng kết quả", "the same seed gives the same result"),
            least=0,
        ),
    ] = 2026
    weights: Annotated[
        Literal["panel", "bayesian", "uniform", "uniform_by_node", "around", "fixed"],
        Field(
            "Mô phỏng trọng số",
            "Draws of weights",
            (
                "panel: chọn lại ngẫu nhiên các chuyên gia; bayesian: phân phối hậu nghiệm chung",
                "panel: the experts are drawn again; bayesian: the posterior of the group",
            ),
        ),
    ] = "panel"
    scores: Annotated[
        Literal["triangular", "uniform", "fixed"],
        Field("Mô phỏng điểm", "Draws of scores", ("giữa mức thấp và mức cao", "between low and high")),
    ] = "triangular"

    def __post_init__(self) -> None:
        """Check every option."""
        checks = Checks(text("the settings of the simulation cannot be used"))
        check_fields(checks, self)
        checks.check()


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

    def __post_init__(self) -> None:
        """Check every option."""
        checks = Checks(text("the settings of the value cannot be used"))
        check_fields(checks, self)
        checks.check()


@dataclass(frozen=True)
class RoleSettings:
    """Thresholds of the role rule; ``breadth`` None means half of the sectors, rounded down, at least 2.

    Examples
    --------
    >>> import techprio as tp
    >>> tp.model.RoleSettings(theta=0.2).theta
    0.2
    """

    theta: Annotated[
        float, Field("Ngưỡng tính một ngành là chịu ảnh hưởng", "Share of a sector", least=0, most=1)
    ] = 0.10
    breadth: Annotated[
        float | None,
        Field(
            "Số ngành chịu ảnh hưởng để là nền tảng",
            "Breadth",
            (
                "trống: một nửa số ngành, làm tròn xuống, ít nhất 2",
                "empty: half of the sectors, rounded down, at least 2",
            ),
            least=0,
        ),
    ] = None
    own_sector: Annotated[
        float, Field("Phần bị mất trong ngành để là nền tảng", "Share of its own sector", least=0, most=1)
    ] = 0.15
    depth: Annotated[float, Field("Mức ảnh hưởng trong ngành để là cốt lõi", "Depth of core", least=0)] = 1.25
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

    def __post_init__(self) -> None:
        """Check every option."""
        checks = Checks(text("the settings of the roles cannot be used"))
        check_fields(checks, self)
        checks.check()


def weights_of(checks: Checks, given: Any, judgments: Any) -> tuple[Judgments | None, WeightSettings]:
    """Return judgments and settings from a panel, from weights as numbers, or from settings."""
    if isinstance(given, Judgments):
        if judgments is not None:
            allowed = text("settings beside judgments, not judgments again")
            checks.add("weights", as_written(given), allowed)
        return given, WeightSettings()
    if given is None or isinstance(given, WeightSettings):
        return judgments, given or WeightSettings()
    numbers = as_mapping(given.overall if isinstance(given, Weights) else given)
    if numbers is None:
        allowed = text("Judgments, Weights, or a weight for each criterion")
        checks.add("weights", as_written(given), allowed)
        return judgments, WeightSettings()
    if any(isinstance(value, str) for value in numbers.values()):
        return judgments, settings_of(checks, "weights", WeightSettings, given)
    for name, number in numbers.items():
        check_number(checks, text("{what} of {name}", what="weights", name=str(name)), number, 0)
    if checks.problems:
        return judgments, WeightSettings()
    return judgments, WeightSettings(method="given", given={str(n): float(x) for n, x in numbers.items()})


#: What stands beside the options of a ranking method.
OWN_KEYS = ("method", "top", "priority", "firm", "firmly_not", "transforms")


def settings_of(checks: Checks, name: str, kind: type[Any], given: Any) -> Any:
    """Return settings from an object, or from a mapping of their options; the defaults from None."""
    if given is None:
        return kind()
    options = given.get("options", {}) if isinstance(given, Mapping) else None
    if kind is RankingSettings and isinstance(options, Mapping):
        own = {key: value for key, value in given.items() if key in OWN_KEYS}
        rest = {key: value for key, value in given.items() if key not in (*OWN_KEYS, "options")}
        given = {**own, "options": {**options, **rest}}
    return checked_part(checks, name, kind, given)


def check_given_weights(checks: Checks, given: Mapping[str, float], leaves: Sequence[str]) -> None:
    """Note weights that are missing, that no criterion has, or that do not sum to 1 or 100."""
    if not given:
        checks.add("weights", text("nothing"), text("Judgments, Weights, or a weight for each criterion"))
        return
    for name in given:
        if name not in leaves:
            checks.unknown("weights", name, leaves)
    if lacking := [name for name in leaves if name not in given]:
        found = text("none for {names}", names=", ".join(lacking))
        checks.add("weights", found, text("a weight for each criterion without children"))
    total = float(sum(given.values()))
    if not lacking and min(abs(total - 1), abs(total / 100 - 1)) > 0.01:
        checks.add("weights", text("a sum of {total}", total=total), text("weights that sum to 1 or to 100"))
