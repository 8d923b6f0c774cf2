"""The keys of a criteria file."""

from __future__ import annotations

from typing import Any, Literal

from techprio.inputs.keys import Keys, Words, key

_EXAMPLE = """- id: F
  label: {vi: Tính khả thi, en: Feasibility}
  children:
  - id: F3
    label: {vi: Chi phí đầu tư, en: Capital cost}
    direction: minimize
    unit: billion VND
    scale: {type: ratio, worst: 25000, best: 2, transform: log10}
    field: capex_mode
  - id: F2
    label: {vi: Khả năng tiếp cận, en: Access}
    direction: maximize
    scale: {type: ordinal, worst: 1, best: 5}
    anchors: {1: {vi: không mua được, en: unavailable}, 5: {vi: nhiều nhà cung cấp, en: several suppliers}}"""


class ScaleKeys(Keys):
    """The fixed scale of a criterion."""

    type: Literal["ordinal", "interval", "ratio"] = key(
        "Loại thang",
        "Type",
        about=(
            "ordinal: thứ bậc (1-5); interval: khoảng; ratio: tỷ lệ, có số 0 thật",
            "ordinal: steps (1-5); interval: distances; ratio: with a true zero",
        ),
    )
    worst: float = key("Mức xấu nhất", "Worst", about=("mốc cố định", "fixed point"), example="1")
    best: float = key("Mức tốt nhất", "Best", about=("mốc cố định", "fixed point"), example="5")
    transform: Literal["log10"] | None = key(
        "Biến đổi",
        "Transform",
        default=None,
        about=(
            "log10 cho tiền, số lượng chênh lệch lớn",
            "log10 for money and counts of very different size",
        ),
    )


class CriterionKeys(Keys):
    """A criterion; one with children has neither direction nor scale."""

    id: str = key("Mã", "Id", kind="id", example="F1")
    label: Words = key("Tên", "Name", default=Words(), example="{vi: Chi phí đầu tư, en: Capital cost}")
    definition: Words = key("Định nghĩa", "Definition", default=Words())
    direction: Literal["maximize", "minimize"] | None = key(
        "Chiều",
        "Direction",
        default=None,
        about=(
            "bắt buộc với tiêu chí không có tiêu chí con; minimize: càng nhỏ càng tốt",
            "needed without children; minimize: less is better",
        ),
    )
    unit: str = key("Đơn vị", "Unit", default="", example="billion VND")
    scale: ScaleKeys | None = key(
        "Thang",
        "Scale",
        default=None,
        about=("cần cho normalization: reference", "needed for normalization: reference"),
    )
    anchors: dict[str, Words] = key(
        "Mô tả mức điểm",
        "Anchors",
        default={},
        about=("ý nghĩa của từng mức điểm", "what points of the scale mean"),
        example="{1: {vi: kém, en: poor}, 5: {vi: tốt, en: good}}",
    )
    field: str = key(
        "Lấy từ cột",
        "Column",
        default="",
        about=(
            "cột của technologies.csv thay cho điểm trong scores.csv",
            "column of technologies.csv in place of scores",
        ),
        example="capex_mode",
    )
    field_low: str = key("Cột mức thấp", "Column of the low value", default="")
    field_high: str = key("Cột mức cao", "Column of the high value", default="")
    plan_clause: str = key("Mục của kế hoạch", "Clause of the plan", default="")
    children: tuple[CriterionKeys, ...] = key("Tiêu chí con", "Children", default=())


class CriteriaKeys(Keys):
    """The file of the criteria tree."""

    id: str = key("Mã cây tiêu chí", "Id", kind="id", example="my-province")
    version: str = key("Phiên bản", "Version", default="", example='"0.1"')
    label: Words = key("Tên cây tiêu chí", "Name", default=Words())
    horizon: dict[str, Any] = key(
        "Thời kỳ",
        "Horizon",
        default={},
        about=("chỉ để tham khảo", "for readers only"),
        example="{from: 2026, to: 2035}",
    )
    root: str = key(
        "Mã gốc",
        "Root",
        default="root",
        kind="id",
        about=("nút cha của các nhóm tiêu chí trong judgments.csv", "node of the heads in judgments.csv"),
    )
    criteria: tuple[CriterionKeys, ...] = key("Tiêu chí", "Criteria", example=_EXAMPLE)
