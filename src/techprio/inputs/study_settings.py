"""What a study says of itself, held against its criteria: weights, ranking, value, profile, gates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from techprio.errors import InputError
from techprio.inputs.criteria import ReadCriteria
from techprio.inputs.diagnostics import listed
from techprio.inputs.records import Reading
from techprio.inputs.yaml_reader import YamlValue
from techprio.language import text
from techprio.model.reference import profile_problems, threshold_problems
from techprio.model.settings import RankingSettings, top_within
from techprio.ranking.methods import make_method, option_fields


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
        firm=firm,
        firmly_not=firmly_not,
        transforms=ranking["transforms"],
        priority=ranking["priority"],
    )
    if len(ranking.values) == len(ranking.parts):
        _try_method(ranking.source, settings)
    if criteria is not None and _normalization(settings) == "reference":
        _check_reference_scales(ranking.source, criteria)
    return settings


def check_top(ranking: Reading, sizes: Mapping[str, int]) -> None:
    """Check that the first k of some sector leave one out; where those of a sector do not, say so.

    The default of a small study is no problem: its technologies are all priority, which is noted.
    """
    top = ranking["top"]
    if ranking["priority"] != "top" or top is None:
        return
    allowed = top_within(top, sizes.values()) if "top" in ranking else None
    if allowed is not None:
        ranking.complain("top", "Y207", allowed, found=f"{top}")
        return
    small = [code for code, count in sizes.items() if 0 < count <= top]
    if small:
        note = text("All technologies of {sectors} are among the first {k}.", sectors=listed(small), k=top)
        ranking.source.diagnostics.note(note)


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


def check_reference(study: Reading, criteria: ReadCriteria | None) -> None:
    """Check the reference profile against the criteria, and that a rule of priority that needs it has it."""
    rules = [ranking["priority"] for ranking in study.blocks("ranking")]
    if "reference" not in study:
        for ranking in study.blocks("ranking"):
            if ranking["priority"] != "top":
                allowed = text("a reference profile, which priority: {rule} needs", rule=rules[0])
                ranking.complain("priority", "S325", allowed, found=text("no reference profile"))
        return
    for profile in study.blocks("reference"):
        if not profile["values"]:
            if "values" not in profile or not profile.parts["values"].entries():
                allowed = text("an acceptable value for each criterion")
                profile.complain("values", "S325", allowed, found=text("nothing"))
            continue
        stated = _Stated(*(profile[name] for name in ("values", "indifference", "preference", "veto")))
        for key, found, allowed in threshold_problems(stated):
            profile.complain(key, "Y205", allowed, found=found)
        if criteria is None:
            continue
        leaves = [leaf.id for leaf in criteria.tree.leaves]
        scales = {leaf.id: leaf.scale for leaf in criteria.tree.leaves}
        for key, name, found, allowed in profile_problems(stated, leaves, scales):
            part = dict(profile.parts[key].entries()).get(name, profile.parts[key])
            if allowed is None:
                part.diagnostics.unknown(
                    "S304", part.location, field=part.path, found=name, name=name, known=leaves
                )
            elif name or len(profile.parts["values"].entries()) == len(stated.values):
                part.complain("S325", allowed, found=found)


class _Stated(NamedTuple):
    """The mappings of a reference profile as a file states them."""

    values: Mapping[str, float]
    indifference: Mapping[str, float]
    preference: Mapping[str, float]
    veto: Mapping[str, float]


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
