"""One typed record per table that people write for the report."""

from __future__ import annotations

from typing import Annotated, Literal

from techprio.inputs.columns import Row
from techprio.model.fields import Field


class GoalRow(Row):
    """``goals.csv``: what is to be reached by the end of a phase."""

    sector: Annotated[str, Field("Ngành", "Sector", ("trống: toàn tỉnh", "empty: the whole province"))] = ""
    phase: Annotated[str, Field("Giai đoạn", "Phase", also=("giai_doan",))]
    indicator: Annotated[str, Field("Chỉ tiêu", "Indicator", also=("chi_so",))]
    baseline: Annotated[str, Field("Hiện trạng", "Baseline")] = ""
    target: Annotated[str, Field("Mục tiêu", "Target")]
    unit: Annotated[str, Field("Đơn vị", "Unit")] = ""


class TaskRow(Row):
    """``tasks.csv``: who does what until when."""

    sector: Annotated[str, Field("Ngành", "Sector", ("trống: toàn tỉnh", "empty: the whole province"))] = ""
    task: Annotated[str, Field("Nhiệm vụ", "Task")]
    lead: Annotated[str, Field("Chủ trì", "Lead", also=("co_quan_chu_tri",))]
    partners: Annotated[str, Field("Phối hợp", "Partners", also=("co_quan_phoi_hop",))] = ""
    deadline: Annotated[str, Field("Thời hạn", "Deadline")]
    deliverable: Annotated[str, Field("Sản phẩm", "Deliverable")] = ""


class PolicyRow(Row):
    """``policies.csv``: a support policy that is proposed."""

    sector: Annotated[str, Field("Ngành", "Sector", ("trống: toàn tỉnh", "empty: the whole province"))] = ""
    policy: Annotated[str, Field("Chính sách", "Policy")]
    content: Annotated[str, Field("Nội dung", "Content")] = ""
    agency: Annotated[str, Field("Cơ quan tham mưu", "Agency")] = ""
    basis: Annotated[str, Field("Căn cứ", "Basis")] = ""


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
        ],
        Field("Mục", "Section", ("mục của báo cáo", "section of the report")),
    ]
    vi: Annotated[str, Field("Tiếng Việt", "Vietnamese", ("dạng Markdown", "in Markdown"))] = ""
    en: Annotated[str, Field("Tiếng Anh", "English", ("dạng Markdown", "in Markdown"))] = ""
