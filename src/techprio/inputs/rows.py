"""One typed record per table of a study; that of the technologies stands in ``technology_row``."""

from __future__ import annotations

from typing import Annotated, Literal

from techprio.inputs.columns import Row
from techprio.model.fields import Field
from techprio.model.prerequisites import LONGEST_LAG, Timing

Evidence = Literal["A", "B", "C", "D"]
_Sector = Annotated[str, Field("Ngành", "Sector", ("trống: toàn tỉnh", "empty: the whole province"))]
_Technologies = Annotated[
    tuple[str, ...],
    Field(
        "Công nghệ liên quan",
        "Technologies",
        ("mã công nghệ, cách nhau bằng dấu chấm phẩy", "ids, semicolons between them"),
    ),
]


class ScoreRow(Row):
    """``<sector>/scores.csv``: one statement on one technology and criterion."""

    technology: Annotated[
        str,
        Field(
            "Công nghệ",
            "Technology",
            ("mã trong technologies.csv của ngành", "id in technologies.csv of the sector"),
            kind="id",
            also=("ma", "ma_cong_nghe"),
        ),
    ]
    criterion: Annotated[
        str,
        Field(
            "Tiêu chí",
            "Criterion",
            (
                "mã tiêu chí không có tiêu chí con và không lấy từ cột",
                "id of a criterion without children that is not read from a column",
            ),
            kind="id",
            also=("ma_tieu_chi",),
        ),
    ]
    value: Annotated[
        float,
        Field(
            "Giá trị",
            "Value",
            ("trên thang của tiêu chí, theo đơn vị gốc", "on the scale of the criterion, in its own unit"),
            also=("diem", "score"),
        ),
    ]
    low: Annotated[float | None, Field("Thấp", "Low", ("trống: bằng giá trị", "empty: the value"))] = None
    high: Annotated[float | None, Field("Cao", "High", ("trống: bằng giá trị", "empty: the value"))] = None
    evidence: Annotated[
        Evidence,
        Field(
            "Mức chứng cứ",
            "Evidence",
            (
                "A số liệu chính thức hoặc đo được; B suy ra từ nguồn đã đọc; C nhiều chuyên gia thống nhất; "
                "D ước tính của một người",
                "A official or measured; B derived from a source; C several judgments agree; D one estimate",
            ),
        ),
    ] = "D"
    source: Annotated[str, Field("Nguồn", "Source", ("mã trong sources.csv", "id in sources.csv"))] = ""
    note: Annotated[str, Field("Ghi chú", "Note")] = ""


class DependencyRow(Row):
    """``dependencies.csv``: a technology and what it requires."""

    technology: Annotated[
        str,
        Field(
            "Công nghệ",
            "Technology",
            ("công nghệ cần công nghệ khác", "the one that needs the other"),
            kind="id",
            also=("ma", "ma_cong_nghe"),
        ),
    ]
    requires: Annotated[
        str,
        Field(
            "Cần trước",
            "Requires",
            ("công nghệ phải có trước", "the one that is needed"),
            kind="id",
            also=("can_truoc", "phu_thuoc"),
        ),
    ]
    kind: Annotated[
        Literal["hard", "soft"],
        Field(
            "Loại",
            "Kind",
            ("hard: bắt buộc; soft: có thì tốt hơn", "hard: cannot run without; soft: works better with"),
            words=("cứng", "mềm"),
        ),
    ] = "hard"
    timing: Annotated[
        Timing,
        Field(
            "Quan hệ thời gian",
            "Timing",
            (
                "FS: công nghệ kia vận hành rồi mới bắt đầu; SS: bắt đầu sau khi công nghệ kia bắt đầu; "
                "FF: vận hành sau khi công nghệ kia vận hành; SF: vận hành sau khi công nghệ kia bắt đầu",
                "FS: starts after the other is operational; SS: starts after the other starts; "
                "FF: operational after the other is; SF: operational after the other starts",
            ),
        ),
    ] = "FS"
    lag_months: Annotated[
        float,
        Field(
            "Độ trễ",
            "Lag",
            (
                "số tháng giữa hai mốc mà cột quan hệ thời gian nêu; số âm: được chồng lên nhau",
                "months between the two ends that the timing names; negative: the two may overlap",
            ),
            unit="months",
            least=-LONGEST_LAG,
            most=LONGEST_LAG,
        ),
    ] = 0
    share: Annotated[
        float | None,
        Field(
            "Phần giá trị mất",
            "Share lost",
            ("chỉ cho soft; trống: 0.3", "soft only; empty: 0.3"),
            least=0,
            most=1,
        ),
    ] = None
    one_of: Annotated[
        str, Field("Nhóm thay thế", "One of", ("một trong nhóm là đủ", "one of the group is enough"))
    ] = ""
    confidence: Annotated[
        float | None,
        Field(
            "Độ tin cậy",
            "Confidence",
            ("mức chắc chắn của quan hệ này; trống: chắc chắn", "how sure this dependency is; empty: sure"),
            least=0,
            most=1,
        ),
    ] = None
    reason: Annotated[str, Field("Lý do", "Reason")] = ""


class SourceRow(Row):
    """``sources.csv``: where figures come from."""

    id: Annotated[
        str,
        Field(
            "Mã",
            "Id",
            ("được nêu ở cột nguồn của các bảng khác", "named in the source columns of other tables"),
            kind="id",
        ),
    ]
    citation: Annotated[str, Field("Trích dẫn", "Citation")]
    url: Annotated[str, Field("Địa chỉ", "Address")] = ""
    year: Annotated[int | None, Field("Năm", "Year", least=1900, most=2100)] = None
    kind: Annotated[str, Field("Loại", "Kind")] = ""


class JudgmentRow(Row):
    """``judgments.csv``: an expert prefers one criterion to another, so many times."""

    expert: Annotated[
        str,
        Field(
            "Chuyên gia",
            "Expert",
            ("mã chuyên gia, không ghi tên người", "a code, not the name of a person"),
            kind="id",
            person=True,
        ),
    ]
    group: Annotated[
        str,
        Field(
            "Nhóm",
            "Group",
            (
                "nhóm của chuyên gia: cơ quan, nghiên cứu, doanh nghiệp",
                "whom the expert stands for: agencies, research, firms",
            ),
        ),
    ]
    node: Annotated[
        str,
        Field(
            "Nhóm tiêu chí",
            "Node",
            ("nhóm của hai tiêu chí được so sánh", "parent of the two criteria"),
            kind="id",
            also=("nut",),
        ),
    ]
    preferred: Annotated[
        str,
        Field(
            "Quan trọng hơn",
            "Preferred",
            ("tiêu chí được coi trọng hơn", "the criterion that matters more"),
            kind="id",
            also=("uu_tien",),
        ),
    ]
    other: Annotated[
        str,
        Field(
            "Tiêu chí còn lại",
            "Other",
            ("tiêu chí được so sánh với nó", "the criterion it is compared with"),
            kind="id",
            also=("con_lai", "tieu_chi_kia"),
        ),
    ]
    strength: Annotated[
        float,
        Field("Mức độ", "Strength", ("1 là ngang nhau, 9 là hơn tuyệt đối", "1 is equal, 9 is absolute")),
    ]
    weight: Annotated[
        float | None,
        Field(
            "Trọng số chuyên gia",
            "Weight of the expert",
            (
                "số phiếu của chuyên gia trong nhóm; giống nhau ở mọi dòng của chuyên gia; trống: ngang nhau",
                "vote of the expert in the group; the same in all rows of the expert; empty: all equal",
            ),
            least=0,
            also=("vote", "votes", "phieu", "so_phieu"),
        ),
    ] = None
    note: Annotated[str, Field("Ghi chú", "Note")] = ""


class SurveyRow(Row):
    """``survey.csv``: points of a firm; the groups of the instrument are further columns."""

    firm: Annotated[
        str,
        Field(
            "Doanh nghiệp",
            "Firm",
            ("mã doanh nghiệp, không ghi tên", "a code, not the name"),
            kind="id",
            also=("ma_doanh_nghiep",),
        ),
    ]
    sector: Annotated[
        str,
        Field(
            "Ngành",
            "Sector",
            ("mã ngành của nghiên cứu", "code of a sector of the study"),
            kind="id",
            also=("linh_vuc",),
        ),
    ]
    instrument: Annotated[
        str,
        Field(
            "Mẫu phiếu điều tra",
            "Instrument",
            (
                "mã mẫu phiếu chính hoặc phiếu mở rộng; không tính bình quân chung hai loại",
                "id of the instrument or of its extension; the two are never averaged",
            ),
            kind="id",
            also=("bo_cong_cu",),
        ),
    ] = ""
    year: Annotated[int, Field("Năm", "Year", least=1990, most=2100)]
    employees: Annotated[float | None, Field("Lao động", "Employees", unit="people", least=0)] = None
    revenue_bn_vnd: Annotated[float | None, Field("Doanh thu", "Revenue", unit="billion VND", least=0)] = None
    rnd_share: Annotated[
        float | None,
        Field(
            "Tỷ lệ chi nghiên cứu",
            "Share of revenue for research",
            ("0.01 là một phần trăm", "0.01 is one percent"),
            least=0,
            most=1,
        ),
    ] = None
    note: Annotated[str, Field("Ghi chú", "Note")] = ""


class GoalRow(Row):
    """``goals.csv``: what is to be reached by the end of a phase."""

    sector: _Sector = ""
    phase: Annotated[str, Field("Giai đoạn", "Phase", also=("giai_doan",))]
    indicator: Annotated[str, Field("Chỉ tiêu", "Indicator", also=("chi_so",))]
    baseline: Annotated[str, Field("Hiện trạng", "Baseline")] = ""
    target: Annotated[str, Field("Mục tiêu", "Target")]
    unit: Annotated[str, Field("Đơn vị", "Unit")] = ""


class TaskRow(Row):
    """``tasks.csv``: who does what until when."""

    sector: _Sector = ""
    task: Annotated[str, Field("Nhiệm vụ", "Task")]
    lead: Annotated[str, Field("Chủ trì", "Lead", also=("co_quan_chu_tri",))]
    partners: Annotated[str, Field("Phối hợp", "Partners", also=("co_quan_phoi_hop",))] = ""
    deadline: Annotated[str, Field("Thời hạn", "Deadline")]
    deliverable: Annotated[str, Field("Sản phẩm", "Deliverable")] = ""
    technologies: _Technologies = ()


class PolicyRow(Row):
    """``policies.csv``: a support policy that is proposed."""

    sector: _Sector = ""
    policy: Annotated[str, Field("Chính sách", "Policy")]
    content: Annotated[str, Field("Nội dung", "Content")] = ""
    agency: Annotated[str, Field("Cơ quan tham mưu", "Agency")] = ""
    basis: Annotated[str, Field("Căn cứ", "Basis")] = ""
    problem: Annotated[str, Field("Vấn đề cần giải quyết", "Problem")] = ""
    beneficiaries: Annotated[str, Field("Đối tượng", "Beneficiaries")] = ""
    funding: Annotated[str, Field("Nguồn kinh phí", "Funding")] = ""
    technologies: _Technologies = ()


class ProvinceRow(Row):
    """``provinces.csv``: what another province has done, and the lesson."""

    province: Annotated[str, Field("Địa phương", "Province", also=("tinh",))]
    sector: Annotated[str, Field("Ngành", "Sector")] = ""
    lesson: Annotated[str, Field("Bài học", "Lesson", also=("kinh_nghiem",))]
    source: Annotated[str, Field("Nguồn", "Source")] = ""


class AlignmentRow(Row):
    """``alignment.csv``: how the roadmap fits a plan or strategy that is in force."""

    sector: Annotated[str, Field("Ngành", "Sector")] = ""
    document: Annotated[str, Field("Văn bản", "Document")]
    objective: Annotated[str, Field("Mục tiêu của văn bản", "Objective")]
    contribution: Annotated[str, Field("Đóng góp của lộ trình", "Contribution")]


class ProseRow(Row):
    """``texts/<section>.<language>.md``: the words of people for a section, in Markdown."""

    section: Annotated[
        Literal[
            "orientation",
            "context",
            "method",
            "current-state",
            "priorities",
            "roadmap",
            "policies",
            "monitoring",
            "basis",
            "conclusion",
            "necessity",
            "process",
            "feasibility",
            "support",
            "contacts",
            "proposals",
        ],
        Field("Mục", "Section", ("mục của báo cáo", "section of the report")),
    ]
    vi: Annotated[str, Field("Tiếng Việt", "Vietnamese", ("dạng Markdown", "in Markdown"))] = ""
    en: Annotated[str, Field("Tiếng Anh", "English", ("dạng Markdown", "in Markdown"))] = ""
