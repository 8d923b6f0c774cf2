"""The record of ``study.yaml``: which files a study has and how they are used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from techprio.language import Label
from techprio.model.catalog import CyclePolicy, MissingPolicy
from techprio.model.fields import Field, fields_of
from techprio.model.gates import Gate
from techprio.model.reference import ReferenceProfile
from techprio.model.sectors import Sector
from techprio.model.settings import (
    OWN_KEYS,
    RankingSettings,
    RobustnessSettings,
    RoleSettings,
    ValueSettings,
    WeightSettings,
)
from techprio.ranking.methods import METHODS, option_fields

METHOD_NAMES = tuple(METHODS)
"""The methods that a study and the command line can name."""


class RankingFile(RankingSettings):
    """``ranking:``; the options of all methods stand beside the method."""

    method: Annotated[str, Field("Phương pháp", "Method", choices=METHOD_NAMES)] = RankingSettings.method

    @classmethod
    def fields_for(cls, method: str) -> tuple[Field, ...]:
        """Return the keys beside a method: those of its options only; of every one that has no such name."""
        options = {field.name for field in option_fields(method)}
        known = method in METHOD_NAMES
        return tuple(f for f in fields_of(cls) if not known or f.name in OWN_KEYS or f.name in options)


def _add_options() -> None:
    """Declare the options of every method; which of them a method has is asked when a study is read."""
    found: dict[str, Field] = {}
    words: dict[str, list[str]] = {}
    for method, field in ((name, field) for name in METHOD_NAMES for field in option_fields(name)):
        known = found.get(field.name, field)
        choices = tuple(dict.fromkeys((*known.choices, *field.choices)))
        if field.choices:
            words.setdefault(field.name, []).append(f"{method}: {', '.join(field.choices)}")
        found[field.name] = Field(
            known.vi, known.en, known.about, known.kind, unit=known.unit, least=known.least, most=known.most,
            choices=choices, example=known.example,
        )  # fmt: skip
    for name, field in found.items():
        vi, en = ("; ".join([part, *words.get(name, ())]) for part in field.about)
        field = replace(field, about=(vi, en))
        RankingFile.__annotations__[name] = Annotated[Any, field]
        setattr(RankingFile, name, None)


_add_options()


class RoleOverride:
    """A role that people decided."""

    role: Annotated[
        Literal["platform", "core", "encouraged", "watch"],
        Field("Vai trò", "Role", words=("nền tảng", "cốt lõi", "khuyến khích", "theo dõi")),
    ]
    reason: Annotated[str, Field("Lý do", "Reason")]


class StudyFile:
    """``study.yaml``: which files a study has and how they are used."""

    id: Annotated[str, Field("Mã bộ dữ liệu", "Id", kind="id", example="my-province")]
    title: Annotated[
        Label, Field("Tên bộ dữ liệu", "Title", required=True, example='{vi: "Lộ trình …", en: "Roadmap …"}')
    ]
    illustrative: Annotated[
        bool,
        Field(
            "Số liệu minh họa",
            "Illustrative",
            ("true: kết quả ghi rõ là minh họa", "true: every result says so"),
        ),
    ] = False
    criteria: Annotated[str, Field("Tệp tiêu chí", "File of the criteria", example="criteria.yaml")]
    judgments: Annotated[
        str,
        Field(
            "Tệp ý kiến chuyên gia",
            "File of the judgments",
            ("không cần khi trọng số cho sẵn", "not needed with given weights"),
            example="judgments.csv",
        ),
    ] = ""
    sectors: Annotated[tuple[Sector, ...], Field("Ngành", "Sectors")]
    parts: Annotated[
        tuple[str, ...],
        Field(
            "Các phần tìm theo tên",
            "Parts found by their names",
            (
                "ví dụ dependencies, sources, goals, texts; phần đã ghi mà không có là lỗi",
                "such as dependencies, sources, goals, texts; one that is stated and not there is a problem",
            ),
            example="[dependencies, sources]",
        ),
    ] = ()
    ids: Annotated[
        Literal["plain", "any"],
        Field(
            "Cách viết mã",
            "How ids are written",
            (
                "plain: chữ không dấu, chữ số, dấu _ - và chấm; any: chữ bất kỳ, như khi lưu từ Python",
                "plain: letters without marks, digits, _ - and .; any: any words, as saved from Python",
            ),
        ),
    ] = "plain"
    locale: Annotated[
        Literal["", "vi", "en"],
        Field(
            "Cách viết số trong các bảng",
            "How tables write numbers",
            (
                "vi: dấu phẩy thập phân như Excel tiếng Việt; en: dấu chấm; để trống: xem số của từng bảng",
                "vi: decimal commas, as a Vietnamese Excel saves them; en: points; empty: the numbers of "
                "each table say it",
            ),
            choices=("vi", "en"),
        ),
    ] = ""
    missing: Annotated[
        MissingPolicy,
        Field(
            "Điểm còn thiếu",
            "Missing scores",
            (
                "error: phải bổ sung; full_range: coi như chưa biết, từ xấu nhất đến tốt nhất",
                "error: must be given; full_range: unknown, from worst to best",
            ),
        ),
    ] = "error"
    cycles: Annotated[
        CyclePolicy,
        Field(
            "Công nghệ cần lẫn nhau",
            "Technologies that need each other",
            (
                "error: lỗi; bundle: thành một gói, bắt đầu cùng lúc",
                "error: a problem; bundle: they start together as one",
            ),
        ),
    ] = "error"
    weights: Annotated[WeightSettings, Field("Trọng số", "Weights")] = WeightSettings()
    ranking: Annotated[RankingFile, Field("Xếp hạng", "Ranking")] = RankingFile()
    reference: Annotated[
        ReferenceProfile | None,
        Field(
            "Hồ sơ tham chiếu",
            "Reference profile",
            (
                "mức chấp nhận được theo từng tiêu chí; công nghệ dưới mức này chỉ theo dõi, chưa làm",
                "what is acceptable on each criterion; what lies below it is watched, not begun",
            ),
        ),
    ] = None
    gates: Annotated[
        tuple[Gate, ...],
        Field(
            "Điều kiện loại trừ",
            "Gates",
            (
                "công nghệ không đạt được liệt kê kèm lý do, không xếp hạng",
                "what fails is listed with the reason, not ranked",
            ),
            example='[{criterion: F1, at_least: 4, reason: {vi: "chưa thử nghiệm ở đâu", '
            'en: "proven nowhere yet"}}, {criterion: F6, at_most: 3, reason: {vi: "phép do trung ương cấp", '
            'en: "permits outside provincial control"}, keeps_from: firm}]',
        ),
    ] = ()
    robustness: Annotated[RobustnessSettings, Field("Độ ổn định của kết quả", "Robustness")] = (
        RobustnessSettings()
    )
    value: Annotated[ValueSettings, Field("Giá trị", "Value")] = ValueSettings()
    roles: Annotated[RoleSettings, Field("Vai trò", "Roles")] = RoleSettings()
    role_overrides: Annotated[
        Mapping[str, RoleOverride],
        Field(
            "Vai trò được cơ quan quyết định",
            "Roles decided by people",
            (
                "mã công nghệ, vai trò và lý do; vai trò tính được vẫn ghi bên cạnh",
                "technology, role and reason; the computed role stands beside it",
            ),
            example="{AGR01: {role: core, reason: ...}}",
        ),
    ] = {}
    resources: Annotated[
        str,
        Field(
            "Tệp nguồn lực",
            "File of the resources",
            ("không có thì không phân kỳ", "without it nothing is placed in time"),
            example="resources.yaml",
        ),
    ] = ""
    instrument: Annotated[
        str, Field("Tệp mẫu phiếu điều tra", "File of the instrument", example="circular17.yaml")
    ] = ""
    survey: Annotated[
        str,
        Field(
            "Tệp khảo sát doanh nghiệp",
            "File of the survey",
            ("cần có mẫu phiếu điều tra", "needs an instrument"),
            example="survey.csv",
        ),
    ] = ""
    status: Annotated[
        str,
        Field(
            "Tệp tình hình thực hiện",
            "File of the status",
            ("để giám sát lộ trình", "for monitoring the plan"),
            example="status.csv",
        ),
    ] = ""
    letterhead: Annotated[
        str,
        Field(
            "Tệp thể thức văn bản",
            "File of the letterhead",
            ("cơ quan ban hành, nơi nhận, người ký", "who issues the documents, who gets them, who signs"),
            example="letterhead.yaml",
        ),
    ] = ""
