"""One typed record per table that people write for the report."""

from __future__ import annotations

from typing import Literal

from techprio.inputs.columns import Row, column


class GoalRow(Row):
    """``goals.csv``: what is to be reached by the end of a phase."""

    sector: str = column(
        "Ngành", "Sector", default="", about=("trống: toàn tỉnh", "empty: the whole province")
    )
    phase: str = column("Giai đoạn", "Phase", also=("giai_doan",))
    indicator: str = column("Chỉ tiêu", "Indicator", also=("chi_so",))
    baseline: str = column("Hiện trạng", "Baseline", default="")
    target: str = column("Mục tiêu", "Target")
    unit: str = column("Đơn vị", "Unit", default="")


class TaskRow(Row):
    """``tasks.csv``: who does what until when."""

    sector: str = column(
        "Ngành", "Sector", default="", about=("trống: toàn tỉnh", "empty: the whole province")
    )
    task: str = column("Nhiệm vụ", "Task")
    lead: str = column("Chủ trì", "Lead", also=("co_quan_chu_tri",))
    partners: str = column("Phối hợp", "Partners", default="", also=("co_quan_phoi_hop",))
    deadline: str = column("Thời hạn", "Deadline")
    deliverable: str = column("Sản phẩm", "Deliverable", default="")


class PolicyRow(Row):
    """``policies.csv``: a support policy that is proposed."""

    sector: str = column(
        "Ngành", "Sector", default="", about=("trống: toàn tỉnh", "empty: the whole province")
    )
    policy: str = column("Chính sách", "Policy")
    content: str = column("Nội dung", "Content", default="")
    agency: str = column("Cơ quan tham mưu", "Agency", default="")
    basis: str = column("Căn cứ", "Basis", default="")


class ProvinceRow(Row):
    """``provinces.csv``: what another province has done, and the lesson."""

    province: str = column("Địa phương", "Province", also=("tinh",))
    sector: str = column("Ngành", "Sector", default="")
    lesson: str = column("Bài học", "Lesson", also=("kinh_nghiem",))
    source: str = column("Nguồn", "Source", default="")


class AlignmentRow(Row):
    """``alignment.csv``: how the roadmap fits a plan or strategy that is in force."""

    sector: str = column("Ngành", "Sector", default="")
    document: str = column("Văn bản", "Document")
    objective: str = column("Mục tiêu của văn bản", "Objective")
    contribution: str = column("Đóng góp của lộ trình", "Contribution")


class ProseRow(Row):
    """``texts/<section>.<language>.md``: the words of people for a section, in Markdown."""

    section: Literal[
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
    ] = column("Mục", "Section", about=("mục của báo cáo", "section of the report"))
    vi: str = column("Tiếng Việt", "Vietnamese", default="", about=("dạng Markdown", "in Markdown"))
    en: str = column("Tiếng Anh", "English", default="", about=("dạng Markdown", "in Markdown"))
