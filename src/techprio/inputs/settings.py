"""The settings of a study: what their declarations cannot check alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from techprio.errors import InputError
from techprio.inputs.criteria import ReadCriteria
from techprio.inputs.diagnostics import listed
from techprio.inputs.records import Reading
from techprio.inputs.yaml_reader import YamlValue
from techprio.language import text
from techprio.model.study import RankingSettings
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


def ranking_settings(ranking: Reading, criteria: ReadCriteria | None) -> RankingSettings:
    """Return which method ranks, with the options that it has; what the method refuses is noted."""
    options = {field.attribute for field in option_fields(ranking["method"])}
    settings = RankingSettings(
        ranking["method"],
        {name: option for name, option in ranking.values.items() if name in options},
        ranking["top"],
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
