"""The keys of ``study.yaml``."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from techprio.inputs.keys import Keys, Words, key


class SectorKeys(Keys):
    """A sector: its code, its folder and its names."""

    code: str = key(
        "Mã ngành", "Code", kind="id", about=("duy nhất trong nghiên cứu", "once in the study"), example="AGR"
    )
    folder: str = key(
        "Thư mục",
        "Folder",
        about=(
            "thư mục chứa technologies.csv và scores.csv của ngành",
            "folder with technologies.csv and scores.csv of the sector",
        ),
        example="agriculture",
    )
    label: Words = key("Tên ngành", "Name", default=Words(), example="{vi: Nông nghiệp, en: Agriculture}")
    cross: bool = key(
        "Dùng chung liên ngành",
        "Cross-sector",
        default=False,
        about=(
            "true: nhóm dùng chung, không phải ngành của kế hoạch",
            "true: a group that several sectors share, no sector of the plan",
        ),
    )
    lead: str = key("Cơ quan đầu mối", "Lead agency", default="")


class WeightKeys(Keys):
    """How the judgments of the panel become weights."""

    method: Literal["ahp", "given"] = key(
        "Phương pháp",
        "Method",
        default="ahp",
        about=(
            "ahp: từ so sánh cặp của chuyên gia; given: trọng số cho sẵn",
            "ahp: from pairwise judgments; given: weights set below",
        ),
    )
    priorities: Literal["eigenvector", "geometric_mean"] = key(
        "Cách tính trọng số", "Priorities", default="eigenvector"
    )
    aggregate: Literal["judgments", "priorities"] = key(
        "Tổng hợp",
        "Aggregation",
        default="judgments",
        about=(
            "gộp các phép so sánh hoặc gộp các trọng số riêng",
            "the judgments of the experts are combined, or their priorities",
        ),
    )
    groups: Literal["equal", "experts"] = key(
        "Vai trò của nhóm",
        "Groups",
        default="equal",
        about=(
            "equal: các nhóm ngang nhau; experts: theo số chuyên gia",
            "equal: each group counts the same; experts: by their number",
        ),
    )
    random_index: Literal["saaty", "saaty2007", "alonso_lamata"] = key(
        "Chỉ số ngẫu nhiên", "Random index", default="saaty"
    )
    given: dict[str, float] = key(
        "Trọng số cho sẵn",
        "Given weights",
        default={},
        about=(
            "một trọng số cho mỗi tiêu chí không có tiêu chí con, tổng bằng 1 hoặc 100",
            "a weight for each criterion without children, in all 1 or 100",
        ),
        example="{F1: 0.6, F2: 0.4}",
    )


class RankingKeys(Keys):
    """The ranking method; further keys are options of the method."""

    model_config = ConfigDict(frozen=True, extra="allow")

    method: Literal["topsis", "weighted_sum", "weighted_product", "vikor", "promethee2"] = key(
        "Phương pháp", "Method", default="topsis"
    )
    normalization: Literal["vector", "minmax", "reference"] = key(
        "Chuẩn hóa",
        "Normalization",
        default="vector",
        about=(
            "chỉ cho topsis; reference: theo thang cố định của tiêu chí, thêm bớt công nghệ không đổi điểm",
            "topsis only; reference: on the fixed scales of the criteria, no candidate moves a score",
        ),
    )
    top: int = key(
        "Số công nghệ ưu tiên mỗi ngành", "Priority technologies a sector", default=4, kind="integer", least=1
    )


class GateKeys(Keys):
    """A screening rule."""

    criterion: str = key("Tiêu chí", "Criterion", kind="id", example="F6")
    at_least: float | None = key("Ít nhất", "At least", default=None)
    at_most: float | None = key("Nhiều nhất", "At most", default=None, example="4.5")
    reason: Words = key("Lý do", "Reason", default=Words())


class RobustnessKeys(Keys):
    """How sure the ranks are."""

    draws: int = key("Số lần rút", "Draws", default=10_000, least=1, most=100_000_000)
    seed: int = key(
        "Hạt giống",
        "Seed",
        default=2026,
        least=0,
        about=("cùng hạt giống cho cùng kết quả", "the same seed gives the same result"),
    )
    weights: Literal["panel", "uniform", "uniform_by_node", "around", "fixed"] = key(
        "Rút trọng số",
        "Draws of weights",
        default="panel",
        about=("panel: rút lại các chuyên gia", "panel: the experts are drawn again"),
    )
    scores: Literal["triangular", "uniform", "fixed"] = key(
        "Rút điểm",
        "Draws of scores",
        default="triangular",
        about=("giữa mức thấp và mức cao", "between low and high"),
    )


class ValueKeys(Keys):
    """What a technology is worth in roles and phasing."""

    source: str = key(
        "Giá trị lấy từ",
        "Value from",
        default="score",
        name="from",
        about=("score, một tiêu chí hoặc một cột số", "score, a criterion, or a column of numbers"),
    )
    leave_out: tuple[str, ...] = key(
        "Bỏ các tiêu chí",
        "Without the criteria",
        default=(),
        about=(
            "ví dụ chi phí, vì đã tính trong ngân sách",
            "such as cost, which already counts in the budget",
        ),
        example="[F3]",
    )


class RoleKeys(Keys):
    """Thresholds of the roles: platform, core, encouraged."""

    theta: float = key("Ngưỡng liên ngành", "Share of a sector", default=0.10, least=0, most=1)
    breadth: float | None = key(
        "Số ngành",
        "Breadth",
        default=None,
        least=0,
        about=(
            "trống: một nửa số ngành, làm tròn xuống, ít nhất 2",
            "empty: half of the sectors, rounded down, at least 2",
        ),
    )
    own_sector: float = key("Phần trong ngành", "Share of its own sector", default=0.15, least=0, most=1)
    depth: float = key("Chiều sâu của cốt lõi", "Depth of core", default=1.25, least=0)
    kept: float = key(
        "Phần giữ lại",
        "Share kept",
        default=0.5,
        least=0,
        most=1,
        about=(
            "phần giá trị thuộc về chính công nghệ",
            "share of its value that stays with a technology itself",
        ),
    )


class RoleOverrideKeys(Keys):
    """A role that people decided."""

    role: Literal["platform", "core", "encouraged"] = key("Vai trò", "Role")
    reason: str = key("Lý do", "Reason")


class StudyKeys(Keys):
    """``study.yaml``: which files a study has and how they are used."""

    id: str = key("Mã nghiên cứu", "Id", kind="id", example="my-province")
    title: Words = key("Tên nghiên cứu", "Title", example='{vi: "Lộ trình …", en: "Roadmap …"}')
    illustrative: bool = key(
        "Số liệu minh họa",
        "Illustrative",
        default=False,
        about=("true: kết quả ghi rõ là minh họa", "true: every result says so"),
    )
    criteria: str = key("Tệp tiêu chí", "File of the criteria", example="criteria.yaml")
    judgments: str = key(
        "Tệp ý kiến chuyên gia",
        "File of the judgments",
        default="",
        about=("không cần khi trọng số cho sẵn", "not needed with given weights"),
        example="judgments.csv",
    )
    sectors: tuple[SectorKeys, ...] = key("Ngành", "Sectors")
    missing: Literal["error", "full_range"] = key(
        "Điểm còn thiếu",
        "Missing scores",
        default="error",
        about=(
            "error: phải bổ sung; full_range: coi như chưa biết, từ xấu nhất đến tốt nhất",
            "error: must be given; full_range: unknown, from worst to best",
        ),
    )
    cycles: Literal["error", "bundle"] = key(
        "Công nghệ cần lẫn nhau",
        "Technologies that need each other",
        default="error",
        about=(
            "error: lỗi; bundle: thành một gói, bắt đầu cùng lúc",
            "error: a fault; bundle: they start together as one",
        ),
    )
    weights: WeightKeys = key("Trọng số", "Weights", default=WeightKeys())
    ranking: RankingKeys = key("Xếp hạng", "Ranking", default=RankingKeys())
    gates: tuple[GateKeys, ...] = key(
        "Điều kiện sàng lọc",
        "Gates",
        default=(),
        about=(
            "công nghệ không đạt được liệt kê kèm lý do, không xếp hạng",
            "what fails is listed with the reason, not ranked",
        ),
    )
    robustness: RobustnessKeys = key("Độ chắc chắn", "Robustness", default=RobustnessKeys())
    value: ValueKeys = key("Giá trị", "Value", default=ValueKeys())
    roles: RoleKeys = key("Vai trò", "Roles", default=RoleKeys())
    role_overrides: dict[str, RoleOverrideKeys] = key(
        "Vai trò do con người quyết định",
        "Roles decided by people",
        default={},
        about=(
            "mã công nghệ, vai trò và lý do; vai trò tính được vẫn ghi bên cạnh",
            "technology, role and reason; the computed role stands beside it",
        ),
        example="{AGR01: {role: core, reason: ...}}",
    )
    resources: str = key(
        "Tệp nguồn lực",
        "File of the resources",
        default="",
        about=("không có thì không phân kỳ", "without it nothing is placed in time"),
        example="resources.yaml",
    )
    instrument: str = key(
        "Tệp bộ công cụ khảo sát", "File of the instrument", default="", example="circular17.yaml"
    )
    survey: str = key(
        "Tệp khảo sát doanh nghiệp",
        "File of the survey",
        default="",
        about=("cần có bộ công cụ", "needs an instrument"),
        example="survey.csv",
    )
    status: str = key(
        "Tệp tình trạng thực hiện",
        "File of the status",
        default="",
        about=("để theo dõi kế hoạch", "for monitoring the plan"),
        example="status.csv",
    )
