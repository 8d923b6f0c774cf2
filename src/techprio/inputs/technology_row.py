"""The record of a candidate technology."""

from __future__ import annotations

from typing import Literal

from techprio.inputs.columns import Row, column

Status = Literal["none", "pilot", "partial", "operational"]


class TechnologyRow(Row):
    """``<sector>/technologies.csv``: a candidate technology."""

    id: str = column(
        "Mã",
        "Id",
        kind="id",
        also=("ma_cong_nghe", "code"),
        about=("duy nhất trong cả nghiên cứu", "once in the whole study"),
    )
    name_vi: str = column("Tên công nghệ", "Name in Vietnamese", also=("ten", "ten_tieng_viet"))
    name_en: str = column("Tên tiếng Anh", "Name in English", default="")
    summary_vi: str = column("Mô tả", "Summary in Vietnamese", default="", also=("tom_tat",))
    summary_en: str = column("Mô tả tiếng Anh", "Summary in English", default="")
    family: str = column(
        "Nhóm công nghệ",
        "Family",
        default="",
        about=("tên nhóm do nghiên cứu đặt, ví dụ biotech", "a group named by the study, such as biotech"),
    )
    function: Literal["enabling", "production_or_application"] = column(
        "Chức năng",
        "Function",
        about=(
            "enabling: tạo nền cho công nghệ khác; còn lại là production_or_application",
            "enabling: others build on it; all others are production_or_application",
        ),
    )
    plan_naming: Literal["literal", "class", "none"] = column(
        "Cách nêu trong kế hoạch",
        "Naming in the plan",
        default="none",
        about=("nêu đích danh, nêu nhóm, hoặc không nêu", "named itself, only its class, or not at all"),
    )
    plan_clauses: tuple[str, ...] = column(
        "Mục của kế hoạch",
        "Clauses of the plan",
        default=(),
        about=("mục của kế hoạch có nêu công nghệ này", "where the plan asks for it"),
    )
    trl_global: int | None = column(
        "TRL thế giới",
        "TRL in the world",
        default=None,
        unit="TRL",
        least=1,
        most=9,
        about=("mức sẵn sàng cao nhất trên thế giới", "its best readiness level anywhere"),
    )
    trl_local: int = column(
        "TRL tại địa phương",
        "TRL in the province",
        unit="TRL",
        least=1,
        most=9,
        about=(
            "mức sẵn sàng trong điều kiện như của tỉnh; 9 là vận hành thường xuyên",
            "readiness in conditions like those of the province; 9 is routine operation",
        ),
    )
    status: Status = column(
        "Hiện trạng tại địa phương",
        "Status in the province",
        also=("hien_trang",),
        about=(
            "none chưa có; pilot thử nghiệm; partial một phần; operational đang vận hành",
            "what is there already in the province",
        ),
    )
    capex_low: float = column(
        "Vốn đầu tư, thấp",
        "Capital cost, low",
        unit="billion VND",
        least=0,
        about=("mức thấp nhất có thể tin", "lowest that is believable"),
    )
    capex_mode: float = column(
        "Vốn đầu tư",
        "Capital cost, most likely",
        unit="billion VND",
        least=0,
        also=("von_dau_tu",),
        about=("tổng vốn mọi nguồn đến khi vận hành", "all sources together, up to operation"),
    )
    capex_high: float = column(
        "Vốn đầu tư, cao",
        "Capital cost, high",
        unit="billion VND",
        least=0,
        about=("mức cao nhất có thể tin", "highest that is believable"),
    )
    capex_basis: str = column(
        "Căn cứ vốn đầu tư",
        "Basis of the cost",
        default="",
        about=("số liệu vốn lấy từ đâu", "where the cost comes from"),
    )
    lead_low: float = column(
        "Thời gian thực hiện, thấp",
        "Lead time, low",
        unit="months",
        least=0,
        about=("mức thấp nhất có thể tin", "lowest that is believable"),
    )
    lead_mode: float = column(
        "Thời gian thực hiện",
        "Lead time, most likely",
        unit="months",
        least=0,
        about=("từ khi bắt đầu đến khi vận hành", "from the start to operation"),
    )
    lead_high: float = column(
        "Thời gian thực hiện, cao",
        "Lead time, high",
        unit="months",
        least=0,
        about=("mức cao nhất có thể tin", "highest that is believable"),
    )
    lead_basis: str = column(
        "Căn cứ thời gian",
        "Basis of the lead time",
        default="",
        about=("số liệu thời gian lấy từ đâu", "where the lead time comes from"),
    )
    staff: float = column(
        "Nhân lực",
        "Staff",
        unit="people",
        least=0,
        also=("nhan_luc",),
        about=("số người cần có khi vận hành", "people needed for operation"),
    )
    fund_local: float = column(
        "Tỷ lệ ngân sách địa phương",
        "Share of the local budget",
        least=0,
        most=1,
        about=("bốn tỷ lệ cộng lại bằng 1", "the four shares sum to 1"),
    )
    fund_programmes: float = column(
        "Tỷ lệ chương trình, dự án",
        "Share of programmes",
        least=0,
        most=1,
        about=("bốn tỷ lệ cộng lại bằng 1", "the four shares sum to 1"),
    )
    fund_enterprise: float = column(
        "Tỷ lệ vốn doanh nghiệp",
        "Share of firms",
        least=0,
        most=1,
        about=("bốn tỷ lệ cộng lại bằng 1", "the four shares sum to 1"),
    )
    fund_other: float = column(
        "Tỷ lệ nguồn khác",
        "Share of other sources",
        least=0,
        most=1,
        about=("bốn tỷ lệ cộng lại bằng 1", "the four shares sum to 1"),
    )
    action: Literal["renew", "replace", "transfer", "new"] = column(
        "Hình thức",
        "Action",
        also=("hinh_thuc",),
        about=(
            "renew đổi mới; replace thay thế; transfer nhận chuyển giao; new đầu tư mới",
            "renew what is there, replace it, take a transfer, or begin anew",
        ),
    )
    lead_agency: str = column("Cơ quan chủ trì", "Lead agency", default="", also=("chu_tri",))
    partners: tuple[str, ...] = column("Cơ quan phối hợp", "Partners", default=(), also=("phoi_hop",))
    sources: tuple[str, ...] = column(
        "Nguồn",
        "Sources",
        default=(),
        also=("nguon_so_lieu",),
        about=("mã trong sources.csv", "ids of sources.csv"),
    )
