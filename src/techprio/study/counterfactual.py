"""Counterfactual studies between two studies, and the Shapley value of each factor in a change.

In a counterfactual study some factors are as they were, the others as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import factorial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.errors import InputError
from techprio.language import text
from techprio.model.catalog import Catalog
from techprio.model.checks import Checks
from techprio.model.criteria import CriteriaTree
from techprio.model.judgments import JUDGMENT_COLUMNS, Judgments
from techprio.model.study import Study

RANK_FACTORS = ("weights", "scores", "criteria", "candidates", "method")
JOINT = "criteria and weights"
Evaluate = Callable[[frozenset[str]], Any]


@dataclass(frozen=True)
class StudyPair:
    """Two studies whose technologies carry the same ids; ``ranked`` are those that no gate stopped.

    The candidates of a study are its ranked technologies with their sectors, so that a gate acts
    as a part of the candidate set and mixed studies need none.
    """

    old: Study
    new: Study
    ranked_old: tuple[str, ...]
    ranked_new: tuple[str, ...]

    def changed(self) -> tuple[str, ...]:
        """Return the factors in which the two studies differ, in a fixed order."""
        old, new = self.old, self.new
        differs = {
            "weights": not _same_weights(old, new),
            "scores": not self._same_scores(),
            "criteria": _scales(old) != _scales(new),
            "candidates": not self._sectors(new=False).equals(self._sectors(new=True)),
            "method": (old.ranking, old.value) != (new.ranking, new.value),
        }
        if {leaf.id for leaf in old.criteria.leaves} != {leaf.id for leaf in new.criteria.leaves} or (
            old.criteria.hierarchy != new.criteria.hierarchy
        ):
            # Weights belong to their criteria: neither can change alone.
            return (JOINT, *(f for f in ("scores", "candidates", "method") if differs[f]))
        return tuple(factor for factor in RANK_FACTORS if differs[factor])

    def resources_changed(self) -> bool:
        """Whether limits, dependencies or what a plan needs of a technology differ."""
        old, new = self.old, self.new
        return (
            old.resources != new.resources
            or not _same_frame(old.catalog.dependencies, new.catalog.dependencies)
            or not self._same_needs()
        )

    def mixed(self, news: frozenset[str], *, whole: bool = False) -> Study:
        """Return the counterfactual study in which the named factors are new and all others old.

        With ``whole`` it has the screened technologies as well, as a plan needs them to know what
        waits for them.
        """

        def of(factor: str) -> Study:
            joint = JOINT in news and factor in ("criteria", "weights")
            return self.new if factor in news or joint else self.old

        return replace(
            of("method"),
            catalog=self._catalog(of, whole=whole),
            judgments=of("weights").judgments,
            weights=of("weights").weights,
            resources=of("resources").resources,
            gates=(),
        )

    def _catalog(self, of: Callable[[str], Study], *, whole: bool) -> Catalog:
        base, tree = of("candidates").catalog, of("criteria").criteria
        ranked = self.ranked_new if base is self.new.catalog else self.ranked_old
        sectors = base.technologies["sector"] if whole else base.technologies["sector"].reindex(list(ranked))
        scores = self._scores(of("scores"), tree, sectors.index)
        edges = of("resources").catalog.dependencies
        known = edges["technology"].isin(sectors.index) & edges["requires"].isin(sectors.index)
        codes = set(sectors)
        return replace(
            base,
            criteria=tree,
            sectors=tuple(sector for sector in base.sectors if sector.code in codes),
            technologies=self._technologies(of, sectors),
            scores=scores,
            dependencies=edges[known].reset_index(drop=True),
            missing="full_range",
        )

    def _technologies(self, of: Callable[[str], Study], sectors: pd.Series) -> pd.DataFrame:
        """Take scored columns from the study of the scores, all others from that of the resources."""
        needs = self._rows(of("resources")).reindex(list(sectors.index))
        scored = self._rows(of("scores")).reindex(list(sectors.index))
        fields = [name for name in self._score_fields() if name in scored]
        return needs.assign(**{name: scored[name] for name in fields}, sector=sectors)

    def _scores(self, source: Study, tree: CriteriaTree, technologies: pd.Index) -> pd.DataFrame:
        """Take the scores of one study; those of the other where it has none."""
        both = pd.concat([source.catalog.scores, self._other(source).catalog.scores])
        both = both.drop_duplicates(["technology", "criterion"])
        leaves = [leaf.id for leaf in tree.leaves]
        kept = both["technology"].isin(technologies) & both["criterion"].isin(leaves)
        return both[kept].reset_index(drop=True)

    def _rows(self, source: Study) -> pd.DataFrame:
        own, other = source.catalog.technologies, self._other(source).catalog.technologies
        added = other.loc[[name for name in other.index if name not in own.index]]
        return pd.concat([own, added.reindex(columns=own.columns)]) if len(added) else own

    def _other(self, study: Study) -> Study:
        return self.old if study is self.new else self.new

    def _sectors(self, *, new: bool) -> pd.Series:
        study, ranked = (self.new, self.ranked_new) if new else (self.old, self.ranked_old)
        return study.catalog.technologies["sector"].reindex(list(ranked)).sort_index()

    def _score_fields(self) -> list[str]:
        leaves = [leaf for study in (self.old, self.new) for leaf in study.criteria.leaves if leaf.field]
        fields = [name for leaf in leaves for name in (leaf.field, leaf.field_low, leaf.field_high) if name]
        return list(dict.fromkeys(fields))

    def _common(self) -> list[str]:
        return [
            name
            for name in self.old.catalog.technologies.index
            if name in self.new.catalog.technologies.index
        ]

    def _same_scores(self) -> bool:
        common, fields = self._common(), self._score_fields()
        rows = [study.catalog.technologies.reindex(common, columns=fields) for study in (self.old, self.new)]
        return _same_frame(*rows) and _same_frame(
            *(_statements(study.catalog.scores, common) for study in (self.old, self.new))
        )

    def _same_needs(self) -> bool:
        words = ["name_vi", "name_en", "summary_vi", "summary_en", "sector", *self._score_fields()]
        return _same_frame(
            *(
                study.catalog.technologies.reindex(self._common()).drop(columns=words, errors="ignore")
                for study in (self.old, self.new)
            )
        )


def matched_ids(old: Study, new: Study, given: Mapping[str, str] | None) -> dict[str, str]:
    """Return old id to new id of technologies that are the same, as stated or by sector and name.

    Raises
    ------
    InputError
        A renaming of unknown ids.
    """
    before, after = old.catalog.technologies, new.catalog.technologies
    if given is not None:
        checks = Checks(text("the renaming cannot be used"))
        for name in given:
            if name not in before.index:
                checks.unknown(text("old id"), name, before.index)
        for name in dict.fromkeys(given.values()):
            if name not in after.index:
                checks.unknown(text("new id"), name, after.index)
            if list(given.values()).count(name) > 1:
                checks.add(text("new id"), text("{name} twice", name=name), text("each name once"))
            if name in before.index:
                checks.add(text("new id"), repr(name), text("an id that the old study does not have"))
        checks.check()
        return dict(given)
    gone = [name for name in before.index if name not in after.index]
    fresh = [name for name in after.index if name not in before.index]
    return {
        name: match[0]
        for name in gone
        if len(match := [other for other in fresh if _same_name(before.loc[name], after.loc[other])]) == 1
    }


def _same_name(old: pd.Series, new: pd.Series) -> bool:
    words = [tuple(str(row[key]).strip().casefold() for key in ("sector", "name_vi")) for row in (old, new)]
    return words[0] == words[1]


def renamed_study(study: Study, names: Mapping[str, str]) -> Study:
    """Return a study whose technologies carry other ids, everywhere but in its decisions."""
    if not names:
        return study
    catalog = study.catalog

    def renamed(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
        other = {column: frame[column].map(names) for column in columns}
        return frame.assign(
            **{column: frame[column].where(other[column].isna(), other[column]) for column in columns}
        )

    return replace(
        study,
        catalog=replace(
            catalog,
            technologies=catalog.technologies.rename(index=dict(names)),
            scores=renamed(catalog.scores, "technology"),
            dependencies=renamed(catalog.dependencies, "technology", "requires"),
        ),
        role_overrides={names.get(name, name): value for name, value in study.role_overrides.items()},
    )


def _scales(study: Study) -> list[tuple[object, ...]]:
    return [(leaf.id, leaf.direction, leaf.scale, leaf.field) for leaf in study.criteria.leaves]


def _same_weights(old: Study, new: Study) -> bool:
    if old.weights != new.weights or (old.judgments is None) != (new.judgments is None):
        return False
    if old.judgments is None or new.judgments is None:
        return True
    return _same_frame(*(_answers(judgments) for judgments in (old.judgments, new.judgments))) and (
        (old.judgments.expert_weights, old.judgments.group_weights)
        == (new.judgments.expert_weights, new.judgments.group_weights)
    )


def _answers(judgments: Judgments) -> pd.DataFrame:
    columns = list(JUDGMENT_COLUMNS)
    return judgments.statements[columns].sort_values(columns[:5], ignore_index=True)


def _statements(scores: pd.DataFrame, technologies: list[str]) -> pd.DataFrame:
    kept = scores[scores["technology"].isin(technologies)]
    columns = ["technology", "criterion", "value", "low", "high"]
    return kept[columns].sort_values(columns[:2], ignore_index=True)


def _same_frame(old: pd.DataFrame, new: pd.DataFrame) -> bool:
    if list(old.columns) != list(new.columns):
        return False
    return old.reset_index(drop=True).equals(new.reset_index(drop=True))


def shapley_parts(factors: Sequence[str], evaluate: Evaluate) -> dict[str, NDArray[np.float64]]:
    """Return the Shapley value of each factor in a change from old to new.

    The part of a factor is the mean, over all orders in which the factors could have changed, of
    what its change adds at its turn. The parts sum to ``evaluate(all) - evaluate(none)``, and a
    factor that never matters gets 0, whatever the order of the list.

    Parameters
    ----------
    factors : sequence of str
        What changed; 2 ** len(factors) cases are evaluated, each once.
    evaluate : callable
        Takes the set of factors that are new, all others being old; returns a number or an array of
        one shape for every set.

    Returns
    -------
    dict of str to ndarray

    Raises
    ------
    InputError
        A factor that stands twice, or a result that is not finite.

    References
    ----------
    L. S. Shapley, "A value for n-person games", Contributions to the Theory of Games II (1953), 307-317.

    Examples
    --------
    >>> price, amount = (2, 3), (10, 20)
    >>> cost = lambda new: price["price" in new] * amount["amount" in new]
    >>> {name: float(part) for name, part in shapley_parts(["price", "amount"], cost).items()}
    {'price': 15.0, 'amount': 25.0}
    """
    if len(set(factors)) != len(factors):
        raise InputError(text("factors must differ; found {names}", names=tuple(factors)))
    values = {case: _finite(evaluate, case) for case in cases_of(factors)}
    count = len(factors)
    parts = {}
    for factor in factors:
        part = np.zeros_like(values[frozenset()])
        for case in cases_of([other for other in factors if other != factor]):
            share = factorial(len(case)) * factorial(count - len(case) - 1) / factorial(count)
            part = part + share * (values[case | {factor}] - values[case])
        parts[factor] = part
    return parts


def cases_of(factors: Sequence[str]) -> list[frozenset[str]]:
    """Return every set of the factors, the empty one first."""
    return [frozenset(chosen) for size in range(len(factors) + 1) for chosen in combinations(factors, size)]


def _finite(evaluate: Evaluate, case: frozenset[str]) -> NDArray[np.float64]:
    value = np.asarray(evaluate(case), dtype=np.float64)
    if not np.isfinite(value).all():
        new = tuple(sorted(case)) or text("nothing")
        raise InputError(text("the case in which {names} is new has no finite result", names=new))
    return value
