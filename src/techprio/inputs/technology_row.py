"""The record of a candidate technology."""

from __future__ import annotations

from typing import Annotated, Literal

from techprio.inputs.columns import Row
from techprio.model.fields import Field

Status = Literal["none", "pilot", "partial", "operational"]


class TechnologyRow(Row):
    """``<sector>/technologies.csv``: a candidate technology."""

    id: Annotated[
        str,
        Field(
            "Mã",
            "Id",
            ("duy nhất trong cả nghiên cứu", "once in the whole study"),
            kind="id",
            also=("ma_cong_nghe", "code"),
        ),
    ]
    name_vi: Annotated[
        str,
        Field(
            "Tên công nghệ",
            "Name in Vietnamese",
            ("tên tiếng Việt hoặc tiếng Anh là đủ", "a name in one of the languages is enough"),
            also=("ten", "ten_tieng_viet", "name"),
        ),
    ] = ""
    name_en: Annotated[str, Field("Tên tiếng Anh", "Name in English")] = ""
    short_vi: Annotated[
        str,
        Field(
            "Tên gọn",
            "Short name in Vietnamese",
            ("không quá 40 chữ; dùng trong tóm tắt", "40 letters at most; for the one-page summary"),
            also=("ten_gon",),
        ),
    ] = ""
    short_en: Annotated[
        str,
        Field(
            "Tên gọn tiếng Anh",
            "Short name in English",
            ("không quá 40 chữ", "40 letters at most"),
        ),
    ] = ""
    summary_vi: Annotated[str, Field("Mô tả", "Summary in Vietnamese", also=("tom_tat",))] = ""
    summary_en: Annotated[str, Field("Mô tả tiếng Anh", "Summary in English")] = ""
    family: Annotated[
        str,
        Field(
            "Nhóm công nghệ",
            "Family",
            ("tên nhóm do nghiên cứu đặt, ví dụ biotech", "a group named by the study, such as biotech"),
        ),
    ] = ""
    function: Annotated[
        Literal["enabling", "production_or_application"],
        Field(
            "Chức năng",
            "Function",
            (
                "enabling: tạo nền tảng cho công nghệ khác; còn lại là production_or_application",
                "enabling: others build on it; all others are production_or_application",
            ),
            words=("tạo nền tảng", "sản xuất hoặc ứng dụng"),
        ),
    ] = "production_or_application"
    plan_naming: Annotated[
        Literal["literal", "class", "none"],
        Field(
            "Cách nêu trong Kế hoạch",
            "Naming in the plan",
            ("nêu đích danh, nêu nhóm, hoặc không nêu", "named itself, only its class, or not at all"),
            words=("nêu đích danh", "nêu nhóm", "không nêu"),
        ),
    ] = "none"
    plan_clauses: Annotated[
        tuple[str, ...],
        Field(
            "Mục của Kế hoạch",
            "Clauses of the plan",
            ("mục của Kế hoạch có nêu công nghệ này", "where the plan asks for it"),
        ),
    ] = ()
    trl_global: Annotated[
        int | None,
        Field(
            "TRL thế giới",
            "TRL in the world",
            ("mức sẵn sàng cao nhất trên thế giới", "its best readiness level anywhere"),
            unit="TRL",
            least=1,
            most=9,
        ),
    ] = None
    trl_local: Annotated[
        int | None,
        Field(
            "TRL tại địa phương",
            "TRL in the province",
            (
                "mức sẵn sàng trong điều kiện như của tỉnh; 9 là vận hành thường xuyên",
                "readiness in conditions like those of the province; 9 is routine operation",
            ),
            unit="TRL",
            least=1,
            most=9,
        ),
    ] = None
    status: Annotated[
        Status,
        Field(
            "Hiện trạng tại địa phương",
            "Status in the province",
            (
                "none chưa có; pilot thử nghiệm; partial một phần; operational đang vận hành",
                "what is there already in the province",
            ),
            also=("hien_trang",),
            words=("chưa có", "thử nghiệm", "một phần", "đang vận hành"),
        ),
    ] = "none"
    capex_low: Annotated[
        float | None,
        Field(
            "Vốn đầu tư, thấp",
            "Capital cost, low",
            ("mức thấp nhất hợp lý; trống: bằng giá trị", "lowest that is believable; empty: the value"),
            unit="billion VND",
            least=0,
        ),
    ] = None
    capex_mode: Annotated[
        float,
        Field(
            "Vốn đầu tư",
            "Capital cost, most likely",
            ("tổng vốn mọi nguồn đến khi vận hành", "all sources together, up to operation"),
            unit="billion VND",
            least=0,
            also=("von_dau_tu",),
        ),
    ]
    capex_high: Annotated[
        float | None,
        Field(
            "Vốn đầu tư, cao",
            "Capital cost, high",
            ("mức cao nhất hợp lý; trống: bằng giá trị", "highest that is believable; empty: the value"),
            unit="billion VND",
            least=0,
        ),
    ] = None
    capex_basis: Annotated[
        str,
        Field(
            "Căn cứ vốn đầu tư", "Basis of the cost", ("số liệu vốn lấy từ đâu", "where the cost comes from")
        ),
    ] = ""
    lead_low: Annotated[
        float | None,
        Field(
            "Thời gian thực hiện, thấp",
            "Lead time, low",
            ("mức thấp nhất hợp lý; trống: bằng giá trị", "lowest that is believable; empty: the value"),
            unit="months",
            least=0,
        ),
    ] = None
    lead_mode: Annotated[
        float,
        Field(
            "Thời gian thực hiện",
            "Lead time, most likely",
            ("từ khi bắt đầu đến khi vận hành", "from the start to operation"),
            unit="months",
            least=0,
        ),
    ]
    lead_high: Annotated[
        float | None,
        Field(
            "Thời gian thực hiện, cao",
            "Lead time, high",
            ("mức cao nhất hợp lý; trống: bằng giá trị", "highest that is believable; empty: the value"),
            unit="months",
            least=0,
        ),
    ] = None
    lead_basis: Annotated[
        str,
        Field(
            "Căn cứ thời gian",
            "Basis of the lead time",
            ("số liệu thời gian lấy từ đâu", "where the lead time comes from"),
        ),
    ] = ""
    staff: Annotated[
        float,
        Field(
            "Nhân lực",
            "Staff",
            ("số người cần có khi vận hành", "people needed for operation"),
            unit="people",
            least=0,
            also=("nhan_luc",),
        ),
    ] = 0.0
    fund_local: Annotated[
        float | None,
        Field(
            "Tỷ lệ ngân sách địa phương",
            "Share of the local budget",
            ("các tỷ lệ cộng lại bằng 1", "the shares sum to 1"),
            least=0,
            most=1,
        ),
    ] = None
    fund_programmes: Annotated[
        float | None,
        Field(
            "Tỷ lệ chương trình, dự án",
            "Share of programmes",
            ("các tỷ lệ cộng lại bằng 1", "the shares sum to 1"),
            least=0,
            most=1,
        ),
    ] = None
    fund_enterprise: Annotated[
        float | None,
        Field(
            "Tỷ lệ vốn doanh nghiệp",
            "Share of firms",
            ("các tỷ lệ cộng lại bằng 1", "the shares sum to 1"),
            least=0,
            most=1,
        ),
    ] = None
    fund_other: Annotated[
        float | None,
        Field(
            "Tỷ lệ nguồn khác",
            "Share of other sources",
            ("các tỷ lệ cộng lại bằng 1", "the shares sum to 1"),
            least=0,
            most=1,
        ),
    ] = None
    action: Annotated[
        Literal["renew", "replace", "transfer", "new"] | None,
        Field(
            "Hình thức",
            "Action",
            (
                "renew đổi mới; replace thay thế; transfer nhận chuyển giao; new đầu tư mới",
                "renew what is there, replace it, take a transfer, or begin anew",
            ),
            also=("hinh_thuc",),
            words=("đổi mới", "thay thế", "nhận chuyển giao", "đầu tư mới"),
        ),
    ] = None
    lead_agency: Annotated[str, Field("Cơ quan chủ trì", "Lead agency", also=("chu_tri",))] = ""
    partners: Annotated[tuple[str, ...], Field("Cơ quan phối hợp", "Partners", also=("phoi_hop",))] = ()
    sources: Annotated[
        tuple[str, ...],
        Field("Nguồn", "Sources", ("mã trong sources.csv", "ids of sources.csv"), also=("nguon_so_lieu",)),
    ] = ()


class UnplannedTechnologyRow(TechnologyRow):
    """A technology of a study without resources: nothing is phased, so cost and lead time may be left out."""

    capex_mode = lead_mode = None  # type: ignore[assignment]
