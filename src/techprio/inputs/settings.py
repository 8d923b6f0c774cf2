"""The settings of a study: how weights, rankings, draws, values and roles are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from techprio.inputs.cells import Fault, parse_number
from techprio.inputs.criteria import ReadCriteria
from techprio.inputs.diagnostics import listed
from techprio.inputs.keys import Keys, choices_of, names_of
from techprio.inputs.study_keys import (
    GateKeys,
    RankingKeys,
    RobustnessKeys,
    RoleKeys,
    RoleOverrideKeys,
    ValueKeys,
    WeightKeys,
)
from techprio.inputs.yaml_reader import YamlValue
from techprio.language import NO_LABEL, text
from techprio.model.study import (
    Gate,
    RankingSettings,
    RobustnessSettings,
    RoleSettings,
    ValueSettings,
    WeightSettings,
)


def read_weights(value: YamlValue, criteria: ReadCriteria | None) -> WeightSettings:
    """Read ``weights:``."""
    parts = value.fields(*names_of(WeightKeys))
    given = _given(parts["given"], criteria) if "given" in parts else {}
    return WeightSettings(
        method=_choice(parts, "method", WeightKeys),
        priorities=_choice(parts, "priorities", WeightKeys),
        aggregate=_choice(parts, "aggregate", WeightKeys),
        groups=_choice(parts, "groups", WeightKeys),
        random_index=_choice(parts, "random_index", WeightKeys),
        given=given,
    )


def _choice(parts: Mapping[str, YamlValue], name: str, record: type[Keys]) -> Any:
    allowed = choices_of(record, name)
    return parts[name].choice(allowed, allowed[0]) if name in parts else allowed[0]


def _given(value: YamlValue, criteria: ReadCriteria | None) -> dict[str, float]:
    before = len(value.diagnostics)
    given = {name: item.number(0) for name, item in value.entries()}
    if len(value.diagnostics) > before or criteria is None:
        return {}
    leaves = [leaf.id for leaf in criteria.tree.leaves]
    for name, item in value.entries():
        if name not in leaves:
            value.diagnostics.unknown(
                "S304", item.location, field=item.path, found=name, name=name, known=leaves
            )
    lacking = [leaf for leaf in leaves if leaf not in given]
    if lacking and given.keys() <= set(leaves):
        value.complain(
            "S326",
            text("a weight for each criterion without children"),
            found=text("none for {names}", names=", ".join(lacking)),
        )
    total = sum(number or 0.0 for number in given.values())
    if not lacking and min(abs(total - 1), abs(total / 100 - 1)) > 0.01:
        value.complain(
            "S326", text("weights that sum to 1 or to 100"), found=text("a sum of {total}", total=total)
        )
    return {name: number or 0.0 for name, number in given.items()}


def read_ranking(value: YamlValue) -> RankingSettings:
    """Read ``ranking:``; keys other than ``method`` and ``top`` are options of the method."""
    given = dict(value.entries())
    method = _choice(given, "method", RankingKeys)
    top = given["top"].integer(1) if "top" in given else None
    options: dict[str, Any] = {}
    for name, item in given.items():
        if name in ("method", "top"):
            continue
        if method == "topsis":
            value.fields(*names_of(RankingKeys))
            options["normalization"] = _choice(given, "normalization", RankingKeys)
            break
        number = parse_number(item.text())
        options[name] = item.text() if isinstance(number, Fault) else number
    settings = RankingSettings(method=method, options=options)
    return settings if top is None else replace(settings, top=top)


def read_robustness(value: YamlValue) -> RobustnessSettings:
    """Read ``robustness:``."""
    parts = value.fields(*names_of(RobustnessKeys))
    settings = RobustnessSettings(
        weights=_choice(parts, "weights", RobustnessKeys),
        scores=_choice(parts, "scores", RobustnessKeys),
    )
    draws = parts["draws"].integer(1, 100_000_000) if "draws" in parts else None
    seed = parts["seed"].integer(0) if "seed" in parts else None
    settings = settings if draws is None else replace(settings, draws=draws)
    return settings if seed is None else replace(settings, seed=seed)


def read_value(value: YamlValue, criteria: ReadCriteria | None, columns: tuple[str, ...]) -> ValueSettings:
    """Read ``value:``: what a technology is worth in roles and phasing."""
    parts = value.fields(*names_of(ValueKeys))
    leave_out = parts["leave_out"].texts() if "leave_out" in parts else ()
    source = parts["from"].text() if "from" in parts else "score"
    if criteria:
        names = list(criteria.tree.by_id)
        for item in parts["leave_out"].items() if "leave_out" in parts else ():
            if item.text() not in names:
                value.diagnostics.unknown(
                    "S304", item.location, field=item.path, found=item.text(), name=item.text(), known=names
                )
        known = ("score", *(leaf.id for leaf in criteria.tree.leaves), *columns)
        if source not in known:
            value.diagnostics.unknown(
                "S304", parts["from"].location, field="value.from", found=source, name=source, known=known
            )
    return ValueSettings(source, leave_out)


def read_roles(value: YamlValue) -> RoleSettings:
    """Read ``roles:``, the thresholds of the role rule."""
    parts = value.fields(*names_of(RoleKeys))
    limits = {"theta": 1.0, "breadth": None, "own_sector": 1.0, "depth": None, "kept": 1.0}
    numbers = {name: item.number(0, limits[name]) for name, item in parts.items()}
    return RoleSettings(**{name: number for name, number in numbers.items() if number is not None})


def read_gates(value: YamlValue, criteria: ReadCriteria | None) -> tuple[Gate, ...]:
    """Read ``gates:``, the screening rules."""
    gates = []
    for item in value.items():
        parts = item.fields(*names_of(GateKeys))
        if "criterion" not in parts:
            continue
        name = parts["criterion"].text()
        bounds = {key: parts[key].number() for key in ("at_least", "at_most") if key in parts}
        if not bounds:
            item.complain("S325", text("at_least or at_most"), found=text("neither"))
        leaves = [leaf.id for leaf in criteria.tree.leaves] if criteria else [name]
        if name not in leaves:
            value.diagnostics.unknown(
                "S304",
                parts["criterion"].location,
                field=parts["criterion"].path,
                found=name,
                name=name,
                known=leaves,
            )
        reason = parts["reason"].label() if "reason" in parts else NO_LABEL
        gates.append(Gate(name, bounds.get("at_least"), bounds.get("at_most"), reason))
    return tuple(gates)


def read_overrides(value: YamlValue) -> tuple[dict[str, tuple[str, str]], list[tuple[str, YamlValue]]]:
    """Read ``role_overrides:``: technology to role and reason; also where each name stands."""
    overrides: dict[str, tuple[str, str]] = {}
    for name, item in value.entries():
        parts = item.fields(*names_of(RoleOverrideKeys))
        role = _choice(parts, "role", RoleOverrideKeys)
        overrides[name] = (role, parts["reason"].text() if "reason" in parts else "")
    return overrides, value.entries()


def check_reference_scales(ranking: YamlValue, settings: RankingSettings, criteria: ReadCriteria) -> None:
    """Note criteria without the scale that the reference normalization needs."""
    if settings.options.get("normalization") != "reference":
        return
    without = [leaf.id for leaf in criteria.tree.leaves if leaf.scale is None]
    if without:
        allowed = text("a declared scale of each criterion, which normalization: reference needs")
        location = criteria.locations[without[0]]
        ranking.diagnostics.add(
            "S324",
            location,
            field="scale",
            found=text("none for {names}", names=listed(without)),
            allowed=allowed,
        )
