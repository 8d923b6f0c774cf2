"""What changed between two runs, and why: every part by its Shapley value."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from techprio.arguments import validated
from techprio.errors import DataFileError, InputError
from techprio.inputs.shipped import find_study
from techprio.language import Label, Text, text
from techprio.model.checks import Checks
from techprio.model.difference import Difference
from techprio.model.provenance import Provenance
from techprio.model.run import RunData
from techprio.model.study import Study
from techprio.reporting.result_folder import RECORD
from techprio.robustness.priority_rule import PriorityRule
from techprio.scoring import rank_study, screened_out, study_weights
from techprio.study.counterfactual import StudyPair, renamed_study, shapley_parts
from techprio.study.plan_difference import plan_changes
from techprio.study.simulation_difference import by_what, simulation_difference
from techprio.study.snapshot import listed_placements, read_for_comparison

Comparable = Study | RunData | str | Path


@validated
def compare_runs(
    old: Comparable,
    new: Comparable,
    *,
    renamed: Mapping[str, str] | None = None,
    plan: bool = True,
) -> Difference:
    """State what changed from one run to the next, and attribute each change to what caused it.

    Every counterfactual between old and new is computed: with k changed factors, 2 ** k rankings. The
    part of a factor is its Shapley value over these cases, so the parts add up to the change.

    Parameters
    ----------
    old, new : Study, StudyResult, or path
        A path is a study or the folder of a result, which carries its inputs.
    renamed : mapping of str to str, optional
        Old id to new id of technologies that are the same. Without it, a vanished and a new id of
        one sector with the same name are taken as renamed, and said; ``{}`` matches none.
    plan : bool
        Compare the plans too; it solves a plan for each case.

    Returns
    -------
    Difference

    Raises
    ------
    InputError
        Two different studies; what is neither a study nor a result, or a folder without one; a renaming
        of unknown ids; a criterion without a declared scale that
        some technology of the other study was never scored on.
    DataFileError
        A study with problems.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> from dataclasses import replace
    >>> other = replace(study, weights=replace(study.weights, aggregate="priorities"))
    >>> difference = tp.compare_runs(study, other, plan=False)
    >>> difference.factors
    ('weights',)
    >>> moved = difference.ranks.query("rank_change != 0")["technology"]
    >>> print(difference.explain(moved.iloc[0]))
    ENE01 Extension and uprating of large hydropower plants: rank 5 to 4; weights −1.0
    """
    (before, notes_before), (after, notes_after) = _taken(old, "old"), _taken(new, "new")
    if before.id != after.id:
        raise InputError(
            text(
                "these are two studies, {old} and {new}; compare two versions of one study (the id stands"
                " in study.yaml)",
                old=repr(before.id),
                new=repr(after.id),
            )
        )
    names = _renamed(before, after, renamed)
    pair, screened = _pair(renamed_study(before, names), after)
    factors = pair.changed()
    ranks, rank_parts, score_parts = _rank_changes(pair, factors, screened)
    given = (_placements(old, names), _placements(new, {}))
    drawn = simulation_difference(old, new, (before, after), names)
    plans = plan_changes(pair, factors, screened, given) if plan else None
    return Difference(
        factors=factors,
        ranks=ranks,
        rank_parts=rank_parts,
        score_parts=score_parts,
        plan=plans.table if plans else pd.DataFrame(),
        plan_factors=plans.factors if plans else (),
        plan_parts=plans.parts if plans else pd.DataFrame(),
        settings=drawn.settings,
        certainty=drawn.table,
        certainty_notes=by_what(drawn, is_same_study=not factors and not pair.resources_changed()),
        renamed=names,
        labels=_labels(pair),
        notes=(*notes_before, *notes_after, *_notes(pair, factors, names), *(plans.notes if plans else ())),
        provenance=_provenance(before, after),
        study=after,
    )


def _taken(item: Comparable, name: str) -> tuple[Study, tuple[Text, ...]]:
    """Return one of the two studies, with what is to be noted of it."""
    if isinstance(item, Study):
        return item, ()
    if isinstance(item, RunData):
        return item.study, ()
    if not isinstance(item, str | Path):
        raise InputError.argument(name, found=item, allowed=text("a study, a result, or the folder of one"))
    if not (Path(item) / RECORD).is_file():
        try:
            find_study(item)
        except DataFileError as error:
            message = text("{folder} is neither a study nor the result of a run", folder=item)
            raise InputError(message, error.problems) from error
    return read_for_comparison(Path(item))


def _placements(item: Comparable, names: Mapping[str, str]) -> pd.DataFrame | None:
    """Return the plan that a result states; None of a study, which states none."""
    if isinstance(item, RunData):
        return None if item.plan is None else item.plan.placements.rename(index=dict(names))
    if isinstance(item, str | Path) and (Path(item) / RECORD).is_file():
        return listed_placements(item).rename(index=dict(names))
    return None


def _renamed(old: Study, new: Study, given: Mapping[str, str] | None) -> dict[str, str]:
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


def _pair(old: Study, new: Study) -> tuple[StudyPair, dict[str, dict[str, Text]]]:
    screened: dict[str, dict[str, Text]] = {}
    ranked = {}
    for name, study in (("old", old), ("new", new)):
        screened[name] = screened_out(rank_study(study, study_weights(study)))
        ranked[name] = tuple(t for t in study.catalog.technologies.index if t not in screened[name])
    return StudyPair(old, new, ranked["old"], ranked["new"]), screened


def _rank_changes(
    pair: StudyPair, factors: tuple[str, ...], screened: Mapping[str, Mapping[str, Text]]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    old = _with_priority(pair.mixed(frozenset()), PriorityRule.of(pair.old))
    new = _with_priority(pair.mixed(frozenset(factors)), PriorityRule.of(pair.new))
    ranks = _rank_table(pair, old, new, screened)
    stayed = list(ranks.loc[ranks["change"] == "kept", "technology"])
    stayed = [name for name in stayed if name in old.index and name in new.index]

    def evaluate(news: frozenset[str]) -> object:
        return _ranked(pair.mixed(news)).loc[stayed, ["rank", "score"]].to_numpy(dtype=float)

    parts = shapley_parts(factors, evaluate)
    rank_parts = pd.DataFrame({f: parts[f][:, 0] for f in factors}, index=pd.Index(stayed, name="technology"))
    score_parts = pd.DataFrame({f: parts[f][:, 1] for f in factors}, index=rank_parts.index)
    return ranks, rank_parts, score_parts


def _ranked(study: Study) -> pd.DataFrame:
    """Return rank and score of every technology, ranked inside its sector."""
    rankings = rank_study(study, study_weights(study)).values()
    frames = [pd.DataFrame({"rank": ranking.ranks, "score": ranking.scores}) for ranking in rankings]
    return pd.concat(frames)


def _with_priority(study: Study, rule: PriorityRule) -> pd.DataFrame:
    """Return rank, score and whether it is priority by a rule, for every technology."""
    frames = []
    for ranking in rank_study(study, study_weights(study)).values():
        frame = pd.DataFrame({"rank": ranking.ranks, "score": ranking.scores})
        frames.append(frame.assign(priority=frame.index.isin(rule.stated(ranking))))
    return pd.concat(frames)


def _rank_table(
    pair: StudyPair, old: pd.DataFrame, new: pd.DataFrame, screened: Mapping[str, Mapping[str, Text]]
) -> pd.DataFrame:
    before, after = pair.old.catalog.technologies["sector"], pair.new.catalog.technologies["sector"]
    names = [*after.index, *(name for name in before.index if name not in after.index)]
    table = pd.DataFrame({"technology": names})
    table["sector"] = [after.get(name, before.get(name)) for name in names]
    table["change"] = [_change(name, before, after, screened) for name in names]
    for side, ranked in (("old", old), ("new", new)):
        table[f"rank_{side}"] = table["technology"].map(ranked["rank"]).astype("Int64")
        table[f"score_{side}"] = table["technology"].map(ranked["score"]).astype("Float64")
        table[f"priority_{side}"] = table["technology"].isin(ranked.index[ranked["priority"]])
    kept = table["change"] == "kept"
    table["rank_change"] = (table["rank_new"] - table["rank_old"]).where(kept)
    table["score_change"] = (table["score_new"] - table["score_old"]).where(kept)
    sides = [f"{name}_{side}" for name in ("rank", "score", "priority") for side in ("old", "new")]
    return table[["technology", "sector", "change", *sides, "rank_change", "score_change"]]


def _change(
    name: str, before: pd.Series, after: pd.Series, screened: Mapping[str, Mapping[str, Text]]
) -> str:
    if name not in before.index:
        return "new"
    if name not in after.index:
        return "gone"
    if before[name] != after[name]:
        return "moved"
    was, is_now = name in screened["old"], name in screened["new"]
    if was != is_now:
        return "screened" if is_now else "readmitted"
    return "kept"


def _labels(pair: StudyPair) -> dict[str, Label]:
    labels = {name: pair.old.catalog.label(name) for name in pair.old.catalog.technologies.index}
    return labels | {name: pair.new.catalog.label(name) for name in pair.new.catalog.technologies.index}


def _notes(pair: StudyPair, factors: tuple[str, ...], names: Mapping[str, str]) -> list[Text]:
    notes = [
        text("{old} is taken as {new}: they carry the same name", old=old, new=new)
        for old, new in names.items()
    ]
    common = pair.old.catalog.technologies.index.intersection(pair.new.catalog.technologies.index)
    for name in common:
        words = [str(study.catalog.technologies.loc[name, "name_vi"]) for study in (pair.old, pair.new)]
        if words[0] != words[1]:
            notes.append(text("{id} has another name: {old}, now {new}", id=name, old=words[0], new=words[1]))
    if not factors:
        notes.append(text("nothing that the ranking uses has changed"))
    if "criteria and weights" in factors:
        notes.append(
            text(
                "the criteria themselves differ, so criteria and weights changed together; "
                "a score that one study lacks counts as the middle of its scale in the cases between"
            )
        )
    return notes


def _provenance(old: Study, new: Study) -> Provenance:
    inputs = {f"old/{name}": digest for name, digest in old.inputs.items()}
    inputs |= {f"new/{name}": digest for name, digest in new.inputs.items()}
    return Provenance.of("compare by Shapley values", inputs=inputs)
