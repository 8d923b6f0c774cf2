"""A run under other weights and thresholds: what moves, and what stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from techprio.arguments import validated
from techprio.dependencies.roles import classify_roles
from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError, did_you_mean
from techprio.language import Label, Text, text
from techprio.model.catalog import TECHNOLOGY_NAME
from techprio.model.checks import Checks, is_number
from techprio.model.plan import PHASE_BEFORE, Plan
from techprio.model.provenance import Provenance
from techprio.model.ranking import PRIORITY, RANK, SCORE, Ranking, places_of
from techprio.model.resources import PHASE
from techprio.model.roles import ROLE, ROLE_WORDS, Roles
from techprio.model.run import RunData
from techprio.model.settings import RoleSettings
from techprio.model.weights import Weights
from techprio.phasing.plan import GAP, NODES, SECONDS, plan_phases
from techprio.phasing.source import Priorities, drawn_priorities, rank_priorities
from techprio.robustness.priority_rule import PriorityRule
from techprio.robustness.weight_sources import Shifted
from techprio.scoring import rank_study, reference_values, screened_out, sector_matrices, technology_values
from techprio.study.chain import not_now
from techprio.weighting.given import given_tree_weights, given_weights

FLAT = ""
RANK_BEFORE = Quantity("rank_before", text("Rank before"), text("Rank in the run."), "integer")
RANKS_UP = Quantity(
    "moved", text("Ranks up"), text("Rank before less rank now; above 0 is a rise."), "change"
)
ROLE_BEFORE = Quantity("role_before", text("Role before"), text("Role in the run."))


@dataclass(frozen=True)
class WhatIf(Result):
    """Rankings, roles and plan under other weights or thresholds, beside those of a run.

    Parameters
    ----------
    before : RunData
        The run.
    weights : Weights
    rankings : mapping of str to Ranking
        By sector code.
    roles : Roles
    plan : Plan, optional
        None where it was not asked for, or the study has no resources.
    top : int
        How many technologies of a sector are priority.
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> tried = tp.what_if(tp.run(study, draws=100), {"root": {"M": 0.6}}, plan=False)
    >>> risen = tried.ranks("AGR").query("moved > 0").iloc[0]
    >>> risen["technology"], int(risen["rank_before"]), int(risen["rank"])
    ('AGR03', 15, 3)
    """

    before: RunData
    weights: Weights
    rankings: Mapping[str, Ranking]
    roles: Roles
    plan: Plan | None = None
    top: int = 4
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def ranks(self, sector: str | None = None) -> pd.DataFrame:
        """Return ranks now and before.

        Parameters
        ----------
        sector : str, optional
            Code of one sector; all by default.

        Returns
        -------
        DataFrame
            ``technology, sector, rank, tied, score, rank_before, moved, priority, priority_before``, best
            first; ``moved`` above 0 is a rise.
        """
        codes = list(self.rankings) if sector is None else [self._sector(sector)]
        frames = [self._ranks_of(code) for code in codes]
        return pd.concat(frames, ignore_index=True)

    def role_changes(self) -> pd.DataFrame:
        """Return the technologies whose role is another one: ``technology, role_before, role``."""
        return self._changes(self.before.roles.table["role_final"], self.roles.table["role_final"], "role")

    def phase_changes(self) -> pd.DataFrame:
        """Return the technologies that stand in another phase: ``technology, phase_before, phase``.

        An empty phase is not placed. The frame is empty when there is no plan to compare.
        """
        if self.plan is None or self.before.plan is None:
            return pd.DataFrame(columns=["technology", "phase_before", "phase"])
        return self._changes(self.before.plan.placements["phase"], self.plan.placements["phase"], "phase")

    def to_frame(self) -> pd.DataFrame:
        """Return :meth:`ranks` of all sectors with role and phase now and before."""
        frame = self.ranks().set_index("technology")
        frame["role_before"] = self.before.roles.table["role_final"]
        frame["role"] = self.roles.table["role_final"]
        if self.plan is not None and self.before.plan is not None:
            frame["phase_before"] = self.before.plan.placements["phase"]
            frame["phase"] = self.plan.placements["phase"]
        return frame.reset_index()

    def tables(self) -> dict[str, Table]:
        """Return the ranks of each sector under its code, then ``roles`` and ``phases`` that change."""
        changes = [self.role_table(), *([] if self.plan is None else [self.phase_table()])]
        return tables_of(*(self.rank_table(code) for code in self.rankings), *changes)

    def rank_table(self, sector: str) -> Table:
        """Return the ranks of one sector, now and before."""
        frame = self.ranks(sector)
        frame["name"] = self._names(frame)
        frame["rank"] = places_of(frame)
        frame["priority"] = ["●" if priority else "\u00a0" for priority in frame["priority"]]
        columns = [
            RANK,
            PRIORITY,
            TECHNOLOGY_NAME,
            Column(SCORE, bar=True),
            RANK_BEFORE,
            Column(RANKS_UP, bar=True),
        ]
        return Table.from_frame(sector, _sector_title(self.before, sector), columns, frame)

    def role_table(self) -> Table:
        """Return the technologies whose role changes."""
        frame = self.role_changes()
        names = self._names(frame)
        rows = [
            (name, ROLE_WORDS.get(before, before), ROLE_WORDS.get(now, now))
            for name, before, now in zip(names, frame["role_before"], frame["role"], strict=True)
        ]
        title = text("roles that change: {count}", count=len(frame))
        return Table.of("roles", title, [TECHNOLOGY_NAME, ROLE_BEFORE, ROLE], rows)

    def phase_table(self) -> Table:
        """Return the technologies whose phase changes."""
        frame = self.phase_changes()
        out = text("not placed")
        rows = [
            (name, before or out, now or out)
            for name, before, now in zip(
                self._names(frame), frame["phase_before"], frame["phase"], strict=True
            )
        ]
        title = text("placements that change: {count}", count=len(frame))
        return Table.of("phases", title, [TECHNOLOGY_NAME, PHASE_BEFORE, PHASE], rows)

    def _names(self, frame: pd.DataFrame) -> list[Words]:
        label = self.before.study.catalog.label
        return [named(name, label(name)) for name in frame["technology"]]

    def _summary(self) -> str:
        moved = int((self.ranks()["moved"].fillna(0) != 0).sum())
        return f"{self.before.study.id!r}: {moved} ranks moved, {len(self.role_changes())} roles changed"

    def _title(self) -> Words:
        return text("Under other weights and thresholds")

    def _facts(self) -> tuple[Words, ...]:
        return () if self.plan is None else (self.plan.quality(),)

    def _sector(self, code: str) -> str:
        if code not in self.rankings:
            known = list(self.rankings)
            proposal = did_you_mean(code, known)
            raise InputError.argument("sector", found=code, allowed=known, proposal=proposal)
        return code

    def _ranks_of(self, code: str) -> pd.DataFrame:
        frame = self.rankings[code].to_frame().rename(columns={"alternative": "technology"})
        before = self.before.rankings[code].ranks
        frame["sector"] = code
        frame["rank_before"] = frame["technology"].map(before).astype("Int64")
        frame["moved"] = frame["rank_before"] - frame["rank"]
        rule = PriorityRule.of(self.before.study)
        now = replace(rule, top=self.top).stated(self.rankings[code])
        frame["priority"] = frame["technology"].isin(now)
        frame["priority_before"] = frame["technology"].isin(rule.stated(self.before.rankings[code]))
        order = ["technology", "sector", "rank", "tied", "score", "rank_before", "moved", "priority"]
        return frame[[*order, "priority_before"]]

    def _changes(self, before: pd.Series, now: pd.Series, what: str) -> pd.DataFrame:
        differs = before.ne(now.reindex(before.index))
        frame = pd.DataFrame({f"{what}_before": before[differs], what: now.reindex(before.index)[differs]})
        return frame.rename_axis("technology").reset_index()


@validated
def what_if(
    result: RunData,
    shares: Mapping[str, Mapping[str, float]] | None = None,
    *,
    top: int | None = None,
    roles: RoleSettings | None = None,
    plan: bool = True,
    gap: float = GAP,
    node_limit: int = NODES,
    time_limit: float = SECONDS,
) -> WhatIf:
    """Rank, classify and phase a study again under other weights or thresholds.

    Parameters
    ----------
    result : StudyResult
        From :func:`techprio.run`.
    shares : mapping of node to mapping of child to number, optional
        New weights inside some nodes of the criteria tree. Where some children of a node are named,
        these are their shares, 0 to 1, and the others keep their proportions in what is left; where all
        are named, any unit will do and they are divided by their sum. Other nodes stay as they are. For
        weights without a tree the node is ``""``.
    top : int, optional
        How many technologies of a sector are priority; nothing changes where they are those that reach the
        reference profile.
    roles : RoleSettings, optional
        Thresholds of the role rule.
    plan : bool
        Whether to phase again, which takes about a second.
    gap, node_limit, time_limit
        As for :func:`techprio.plan_phases`.

    Returns
    -------
    WhatIf

    Raises
    ------
    InputError
        An unknown node or criterion, a weight that is negative or no number, shares that leave no
        place for the others, all of a node 0, a ``top`` below 1 or above the largest sector.

    Examples
    --------
    >>> import techprio as tp
    >>> result = tp.run(tp.example("lai-chau"), draws=100)
    >>> tried = tp.what_if(result, {"root": {"M": 0.6}}, plan=False)
    >>> round(float(tried.weights.local["root", "M"]), 6)
    0.6
    >>> tried.ranks("AGR").loc[[0, 1], ["technology", "rank_before"]].values.tolist()
    [['AGR01', 1], ['AGR07', 2]]
    """
    study = result.study
    chosen = study.ranking.top if top is None else top
    if not is_number(chosen) or chosen != int(chosen) or chosen < 1:
        raise InputError.argument("top", found=top, allowed=text("a whole number from {least} on", least=1))
    most = max((len(ranking.ranks) for ranking in result.rankings.values()), default=chosen)
    if top is not None and chosen > max(most, study.ranking.top):
        allowed = text("a whole number from 1 to {most}, the technologies of the largest sector", most=most)
        raise InputError.argument("top", found=top, allowed=allowed)
    weights = changed_shares(result.weights, shares or {})
    matrices = sector_matrices(study)
    rankings = rank_study(study, weights, matrices=matrices)
    values = technology_values(study, weights, matrices=matrices)
    placed = None
    if plan and study.resources is not None:
        placed = plan_phases(
            study,
            values=values,
            excluded=screened_out(rankings),
            priorities=_priorities(result, weights, rankings),
            gap=gap,
            node_limit=node_limit,
            time_limit=time_limit,
        )
    # Without a plan of its own, what the run could not place stays out.
    known = placed if plan else result.plan
    found = classify_roles(
        study.catalog,
        values,
        settings=roles or study.roles,
        overrides=study.role_overrides,
        reference=reference_values(study, weights, matrices=matrices),
        not_now=not_now(known, screened_out(rankings)),
    )
    return WhatIf(result, weights, rankings, found, placed, int(chosen), provenance=result.provenance)


def _priorities(result: RunData, weights: Weights, rankings: Mapping[str, Ranking]) -> Priorities | None:
    """Return the rank classes under other weights: the draws of the run, shifted to where those are."""
    study = result.study
    if study.resources is None or study.resources.objective == "value":
        return None
    classes = study.resources.rank_classes
    if weights is result.weights:
        return rank_priorities(study, weights, rankings, result.acceptability, classes=classes)
    panel = result.weights.panel
    if panel is not None:
        shifted = Shifted.to(panel, result.weights.overall, weights.overall)
        weights = replace(weights, panel=shifted)
    return drawn_priorities(study, weights, rankings, classes=classes)


def local_shares(weights: Weights) -> dict[str, dict[str, float]]:
    """Return the share of every child inside its node, the root first; one node ``""`` without a tree."""
    if not weights.hierarchy:
        return {FLAT: {str(name): float(value) for name, value in weights.overall.items()}}
    return {
        node: {child: float(weights.local[node, child]) for child in children}
        for node, children in weights.hierarchy.items()
    }


def changed_shares(weights: Weights, shares: Mapping[str, Mapping[str, float]]) -> Weights:
    """Return weights with the shares of some children changed, as :func:`what_if` takes them."""
    if not shares:
        return weights
    found = local_shares(weights)
    checks = Checks(text("the weights cannot be changed"))
    for node, children in shares.items():
        if node not in found:
            checks.unknown(text("node"), node, found)
            continue
        unknown = [child for child in children if child not in found[node]]
        for child in unknown:
            checks.unknown(text("child of {node}", node=repr(node)), child, found[node])
        if not unknown:
            _check_shares(checks, node, children, whole=len(children) == len(found[node]))
    checks.check()
    for node, children in shares.items():
        found[node] = _filled_up(found[node], children)
    if list(found) == [FLAT]:
        return replace(given_weights(found[FLAT], normalize=True), labels=weights.labels)
    return replace(given_tree_weights(found, normalize=True), labels=weights.labels)


def _check_shares(checks: Checks, node: str, children: Mapping[str, float], *, whole: bool) -> None:
    wrong = {child: share for child, share in children.items() if not is_number(share) or share < 0}
    for child, share in wrong.items():
        place = text("{child} under {node}", child=repr(child), node=repr(node))
        checks.add(place, repr(share), text("0 or more"))
    if wrong:
        return
    total = sum(children.values())
    if whole and total == 0:
        found = text("nothing but 0")
        checks.add(text("children of {node}", node=repr(node)), found, text("at least one share above 0"))
    if not whole and total > 1:
        checks.add(
            text("children of {node}", node=repr(node)),
            text("shares that sum to {total}", total=f"{total:g}"),
            text("at most 1, the others share the rest"),
            text("name every child of the node to give weights in another unit"),
        )


def _filled_up(now: Mapping[str, float], children: Mapping[str, float]) -> dict[str, float]:
    """Return the new shares of a node; children that are not named keep their proportions."""
    rest = [child for child in now if child not in children]
    if not rest:
        return {child: float(children[child]) for child in now}
    left, before = 1.0 - sum(children.values()), sum(now[child] for child in rest)
    kept = {child: left * (now[child] / before if before > 0 else 1.0 / len(rest)) for child in rest}
    return {child: float(children.get(child, kept.get(child, 0.0))) for child in now}


def named(code: str, label: Label) -> Label:
    """Put a name behind its code."""
    return Label(f"{code} {label.render('vi')}", f"{code} {label.render('en')}")


def _sector_title(run: RunData, code: str) -> Text:
    return text("{code} {name}", code=code, name=run.study.catalog.sector(code).label)
