"""The record of ``study.yaml``: which files a study has and how they are used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from techprio.errors import InputError
from techprio.inputs.criteria import ReadCriteria
from techprio.inputs.diagnostics import listed
from techprio.inputs.records import Reading
from techprio.inputs.yaml_reader import YamlValue
from techprio.language import Label, text
from techprio.model.catalog import CyclePolicy, MissingPolicy, Sector
from techprio.model.fields import Field, fields_of
from techprio.model.study import (
    Gate,
    RankingSettings,
    RobustnessSettings,
    RoleSettings,
    ValueSettings,
    WeightSettings,
)
from techprio.ranking.methods import METHODS, make_method, option_fields

METHOD_NAMES = tuple(METHODS)
"""The methods that a study and the command line can name."""


class RankingFile(RankingSettings):
    """``ranking:``; the options of all methods stand beside the method."""

    method: Annotated[str, Field("Phương pháp", "Method", choices=METHOD_NAMES)] = RankingSettings.method

    @classmethod
    def fields_for(cls, method: str) -> tuple[Field, ...]:
        """Return the keys beside a method: those of its options only; of every one that has no such name."""
        options = {field.name for field in option_fields(method)}
        fixed = ("method", "top", "firm", "firmly_not", "transforms")
        known = method in METHOD_NAMES
        return tuple(f for f in fields_of(cls) if not known or f.name in fixed or f.name in options)


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
        Literal["platform", "core", "encouraged"],
        Field("Vai trò", "Role", words=("nền tảng", "cốt lõi", "khuyến khích")),
    ]
    reason: Annotated[str, Field("Lý do", "Reason")]


class StudyFile:
    """``study.yaml``: which files a study has and how they are used."""

    id: Annotated[str, Field("Mã nghiên cứu", "Id", kind="id", example="my-province")]
    title: Annotated[
        Label, Field("Tên nghiên cứu", "Title", required=True, example='{vi: "Lộ trình …", en: "Roadmap …"}')
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
    gates: Annotated[
        tuple[Gate, ...],
        Field(
            "Điều kiện sàng lọc",
            "Gates",
            (
                "công nghệ không đạt được liệt kê kèm lý do, không xếp hạng",
                "what fails is listed with the reason, not ranked",
            ),
        ),
    ] = ()
    robustness: Annotated[RobustnessSettings, Field("Độ chắc chắn", "Robustness")] = RobustnessSettings()
    value: Annotated[ValueSettings, Field("Giá trị", "Value")] = ValueSettings()
    roles: Annotated[RoleSettings, Field("Vai trò", "Roles")] = RoleSettings()
    role_overrides: Annotated[
        Mapping[str, RoleOverride],
        Field(
            "Vai trò do con người quyết định",
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
        str, Field("Tệp bộ công cụ khảo sát", "File of the instrument", example="circular17.yaml")
    ] = ""
    survey: Annotated[
        str,
        Field(
            "Tệp khảo sát doanh nghiệp",
            "File of the survey",
            ("cần có bộ công cụ", "needs an instrument"),
            example="survey.csv",
        ),
    ] = ""
    status: Annotated[
        str,
        Field(
            "Tệp tình trạng thực hiện",
            "File of the status",
            ("để theo dõi kế hoạch", "for monitoring the plan"),
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


def check_given(weights: Reading, criteria: ReadCriteria | None) -> None:
    """Check weights that are given as numbers: one for each criterion without children, in all 1 or 100."""
    given: dict[str, float] = weights.values.get("given", {})
    entries = weights.parts["given"].entries() if "given" in weights else []
    if criteria is None or not entries or len(given) < len(entries):
        return
    leaves = [leaf.id for leaf in criteria.tree.leaves]
    for name, item in entries:
        if name not in leaves:
            item.diagnostics.unknown(
                "S304", item.location, field=item.path, found=name, name=name, known=leaves
            )
    lacking = [leaf for leaf in leaves if leaf not in given]
    if lacking and given.keys() <= set(leaves):
        weights.complain(
            "given",
            "S326",
            text("a weight for each criterion without children"),
            found=text("none for {names}", names=", ".join(lacking)),
        )
    total = sum(given.values())
    if not lacking and min(abs(total - 1), abs(total / 100 - 1)) > 0.01:
        weights.complain(
            "given",
            "S326",
            text("weights that sum to 1 or to 100"),
            found=text("a sum of {total}", total=total),
        )


def check_group_weights(weights: Reading, groups: Iterable[str]) -> None:
    """Check the weights of the groups: one for each group of the judgments, not all 0."""
    stated: dict[str, float] = weights.values.get("group_weights", {})
    known = list(dict.fromkeys(groups))
    if not stated:
        return
    for name, item in weights.parts["group_weights"].entries():
        if name not in known:
            item.diagnostics.unknown(
                "S326", item.location, field=item.path, found=name, name=name, known=known
            )
    lacking = [name for name in known if name not in stated]
    if lacking or not sum(stated.values()):
        found = text("none for {names}", names=", ".join(lacking)) if lacking else text("a sum of 0")
        allowed = text("a weight for each group of the judgments")
        weights.complain("group_weights", "S326", allowed, found=found)


def ranking_settings(ranking: Reading, criteria: ReadCriteria | None) -> RankingSettings:
    """Return which method ranks, with the options that it has; what the method refuses is noted."""
    options = {field.attribute for field in option_fields(ranking["method"])}
    firm, firmly_not = ranking["firm"], ranking["firmly_not"]
    if firmly_not >= firm:
        found = text("{low} above {high}", low=float(firmly_not), high=float(firm))
        key = "firmly_not" if "firmly_not" in ranking else "firm"
        ranking.complain(key, "Y205", text("firmly_not below firm"), found=found)
        firm, firmly_not = RankingSettings.firm, RankingSettings.firmly_not
    settings = RankingSettings(
        ranking["method"],
        {name: option for name, option in ranking.values.items() if name in options},
        ranking["top"],
        firm,
        firmly_not,
        ranking["transforms"],
    )
    if len(ranking.values) == len(ranking.parts):
        _try_method(ranking.source, settings)
    if criteria is not None and _normalization(settings) == "reference":
        _check_reference_scales(ranking.source, criteria)
    return settings


def _try_method(value: YamlValue, settings: RankingSettings) -> None:
    """Note what a method itself refuses of its options."""
    try:
        make_method(settings.method, settings.options)
    except InputError as error:
        allowed = text("options that the method {name} can take", name=settings.method)
        value.complain("S328", allowed, found=str(error))


def _normalization(settings: RankingSettings) -> Any:
    declared = next((f.default for f in option_fields(settings.method) if f.name == "normalization"), None)
    return settings.options.get("normalization", declared)


def _check_reference_scales(ranking: YamlValue, criteria: ReadCriteria) -> None:
    """Note criteria without the scale that the reference normalization needs."""
    without = [leaf.id for leaf in criteria.tree.leaves if leaf.scale is None]
    if without:
        ranking.diagnostics.add(
            "S324",
            criteria.locations[without[0]],
            field="scale",
            found=text("none for {names}", names=listed(without)),
            allowed=text("a declared scale of each criterion, which normalization: reference needs"),
        )


def check_value(value: Reading, criteria: ReadCriteria | None, columns: Sequence[str]) -> None:
    """Check what a technology is worth in roles and phasing against the criteria and the columns."""
    if criteria is None:
        return
    names = list(criteria.tree.by_id)
    for item in value.parts["leave_out"].items() if "leave_out" in value else ():
        if item.scalar() not in names:
            item.diagnostics.unknown(
                "S304", item.location, field=item.path, found=item.scalar(), name=item.scalar(), known=names
            )
    known = ["score", *(leaf.id for leaf in criteria.tree.leaves), *columns]
    if value["source"] not in known:
        value.unknown("source", "S304", value["source"], known, path="value.from")


def check_gates(gates: Sequence[Reading], criteria: ReadCriteria | None) -> None:
    """Check screening rules: each has a bound and a criterion without children."""
    for gate in gates:
        name = gate["criterion"]
        if name is None:
            continue
        if "at_least" not in gate and "at_most" not in gate:
            gate.source.complain("S325", text("at_least or at_most"), found=text("neither"))
        leaves = [leaf.id for leaf in criteria.tree.leaves] if criteria else [name]
        if name not in leaves:
            gate.unknown("criterion", "S304", name, leaves)
