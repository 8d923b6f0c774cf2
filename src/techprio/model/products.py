"""The documents that the plan asks for: their names, and the heads under which they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from techprio.display.quantities import Quantity
from techprio.language import Text, text
from techprio.model.checks import Checks, check_fields
from techprio.model.fields import Field

PART = Quantity(
    "leaders_part", text("Part"), text("Sector, source of funds or point of the page for leaders.")
)
SUMMARY = Quantity("summary", text("In brief"), text("What the page for leaders says of it."))

PRODUCTS: Mapping[str, str] = {
    "khao-sat": "survey",
    "dinh-huong": "orientation",
    "du-thao": "draft",
    "hoan-thien": "final",
    "chinh-sach": "policies",
    "to-trinh": "submission",
    "quyet-dinh": "decision",
    "tuyen-truyen": "booklet",
    "tien-do": "progress",
    "ke-hoach-nam": "year-plan",
    "phieu-viec": "agency-page",
    "tom-tat": "summary",
}
"""The id of each document with its English name."""
CLAUSES: Mapping[str, Text] = {
    "III.1": text("Steering Committee and its group of assistants"),
    "III.2": text("Survey and assessment of technology level and capability"),
    "III.3": text("Orientation of the roadmap"),
    "III.4": text("Draft of the roadmap, and consultation on it"),
    "III.5": text("Completed roadmap, and draft policies in its support"),
    "III.6": text("Approval of the roadmap, and start of its implementation"),
}
"""The contents of the work, by clause of the plan."""


def product_id(name: str) -> str | None:
    """Return the id of a document that is called by its id or its English name; None where there is none.

    Examples
    --------
    >>> product_id("decision"), product_id("to-trinh"), product_id("letter")
    ('quyet-dinh', 'to-trinh', None)
    """
    if name in PRODUCTS:
        return name
    return next((id for id, english in PRODUCTS.items() if english == name), None)


@dataclass(frozen=True)
class Signer:
    """Who signs: powers and office, never a name.

    Parameters
    ----------
    powers : str
        Such as ``TM. ỦY BAN NHÂN DÂN``; empty where the office signs by itself.
    office : str

    Examples
    --------
    >>> import techprio as tp
    >>> tp.model.Signer(office="GIÁM ĐỐC").powers
    ''
    """

    powers: Annotated[
        str,
        Field(
            "Thẩm quyền ký",
            "Powers",
            ("ví dụ TM. ỦY BAN NHÂN DÂN hoặc KT. GIÁM ĐỐC; có thể trống", "may be empty"),
            example='"TM. ỦY BAN NHÂN DÂN"',
        ),
    ] = ""
    office: Annotated[
        str,
        Field(
            "Chức vụ người ký",
            "Office",
            ("không ghi tên người", "never the name of a person"),
            example='"GIÁM ĐỐC"',
        ),
    ] = ""


@dataclass(frozen=True)
class Letterhead:
    """``letterhead.yaml``: who issues the documents, and to whom they go.

    Parameters
    ----------
    province : str
        As it stands after ``ỦY BAN NHÂN DÂN``, such as ``tỉnh Lai Châu``.
    place : str
        Where the documents are dated.
    parent : str
        The body above the issuer.
    agency : str
        The department that issues reports and submissions.
    symbol : str
        Of the department, in the numbers of its documents.
    drafting_unit : str
    year : int, optional
        Of the date of the documents; without it that of the content of the plan which they complete.
    authority : {"collective", "head"}
        Whether the committee or its chairman decides.
    signer, province_signer : Signer
    receivers_decision, receivers_submission, receivers_report : tuple of str
    steering : bool
        Whether there is a steering committee.

    Raises
    ------
    InputError
        A value of a wrong kind.

    Examples
    --------
    >>> import techprio as tp
    >>> tp.model.Letterhead(place="Lai Châu").symbol
    'SKHCN'
    """

    province: Annotated[
        str,
        Field("Tỉnh", "Province", ("viết như tỉnh Lai Châu", "as in tỉnh Lai Châu"), example="tỉnh Lai Châu"),
    ] = ""
    place: Annotated[
        str,
        Field("Nơi ban hành", "Place", ("đứng trước ngày, tháng", "before the date"), example="Lai Châu"),
    ] = ""
    parent: Annotated[str, Field("Cơ quan cấp trên", "Body above", example="UBND TỈNH LAI CHÂU")] = ""
    agency: Annotated[
        str, Field("Cơ quan ban hành", "Issuing agency", ("cơ quan thường trực", "the standing agency"))
    ] = "Sở Khoa học và Công nghệ"
    symbol: Annotated[
        str, Field("Ký hiệu cơ quan", "Symbol", ("trong số, ký hiệu văn bản", "in numbers of documents"))
    ] = "SKHCN"
    drafting_unit: Annotated[
        str, Field("Đơn vị soạn thảo", "Drafting unit", ("ghi ở dòng Lưu", "in the last line of receivers"))
    ] = ""
    year: Annotated[
        int | None,
        Field(
            "Năm của văn bản",
            "Year",
            (
                "năm trong ngày, tháng, năm ban hành; trống: lấy theo tiến độ và Lộ trình",
                "of the date of the documents; empty: by workstreams and roadmap",
            ),
            least=2000,
            most=2100,
            example="2027",
        ),
    ] = None
    authority: Annotated[
        Literal["collective", "head"],
        Field(
            "Thẩm quyền quyết định",
            "Authority",
            (
                "collective: tập thể Ủy ban nhân dân; head: Chủ tịch",
                "collective: the committee; head: its chairman",
            ),
            words=("tập thể", "người đứng đầu"),
        ),
    ] = "collective"
    signer: Annotated[Signer, Field("Người ký của cơ quan", "Who signs for the agency")] = Signer(
        office="GIÁM ĐỐC"
    )
    province_signer: Annotated[Signer, Field("Người ký của tỉnh", "Who signs for the province")] = Signer(
        "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"
    )
    receivers_decision: Annotated[
        tuple[str, ...], Field("Nơi nhận của quyết định", "Receivers of the decision")
    ] = (
        "Bộ Khoa học và Công nghệ",
        "Chủ tịch, các PCT UBND tỉnh",
        "Các sở, ban, ngành tỉnh",
        "UBND các xã, phường",
        "Hiệp hội Doanh nghiệp tỉnh",
    )
    receivers_submission: Annotated[
        tuple[str, ...], Field("Nơi nhận của tờ trình", "Receivers of the submission")
    ] = ("Ban Chỉ đạo", "Giám đốc, các Phó Giám đốc Sở")
    receivers_report: Annotated[tuple[str, ...], Field("Nơi nhận của báo cáo", "Receivers of reports")] = (
        "Ban Chỉ đạo",
        "Giám đốc, các Phó Giám đốc Sở",
    )
    steering: Annotated[bool, Field("Có Ban Chỉ đạo", "Steering committee")] = True

    def __post_init__(self) -> None:
        """Check everything at once."""
        checks = Checks(text("the letterhead cannot be used"))
        check_fields(checks, self)
        checks.check()
