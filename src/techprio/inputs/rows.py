"""One typed record per table of a study; those of its catalogue: ``catalog_rows``, ``technology_row``."""

from __future__ import annotations

from typing import Annotated, Literal

from techprio.inputs.columns import Row
from techprio.model.fields import Field

_Sector = Annotated[str, Field("Ngành", "Sector", ("trống: toàn tỉnh", "empty: the whole province"))]
_Technologies = Annotated[
    tuple[str, ...],
    Field(
        "Công nghệ liên quan",
        "Technologies",
        ("mã công nghệ, cách nhau bằng dấu chấm phẩy", "ids, semicolons between them"),
    ),
]


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
