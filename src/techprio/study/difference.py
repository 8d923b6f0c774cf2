"""What changed between two runs, and why: every part by its Shapley value."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from techprio.arguments import validated
from techprio.errors import DataFileError, InputError
from techprio.inputs.shipped import find_study
from techprio.language import Label, Percent, Text, text
from techprio.model.acceptability import CLASS_WORDS
from techprio.model.difference import Difference
from techprio.model.provenance import Provenance
from techprio.model.run import RunData
from techprio.model.study import Study
from techprio.reporting.kept_result import LIST, CertaintyRow, read_list, read_run_record
from techprio.reporting.lists import priority_table
from techprio.reporting.result_folder import RECORD
from techprio.robustness.priority_rule import PriorityRule
from techprio.scoring import rank_study, screened_out, study_weights
from techprio.study.counterfactual import StudyPair, matched_ids, renamed_study, shapley_parts
from techprio.study.plan_difference import plan_changes
from techprio.study.snapshot import listed_placements, read_for_comparison

Comparable = Study | RunData | str | Path
#: Lists keep six decimals of a probability.
_ROUNDING = 1e-5
#: Named one by one up to this many.
_MOST = 12
SETTINGS: Mapping[str, Text] = {
    "draws": text("draws"),
    "seed": text("seed"),
    "weights": text("where weights are drawn from"),
    "scores": text("where scores are drawn from"),
    "version": text("version of techprio"),
}


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
    names = matched_ids(before, after, renamed)
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


class SimulationDifference(NamedTuple):
    """Settings of the simulation that differ, and the certainty of each technology in both runs.

    Attributes
    ----------
    settings : tuple of Text
        What differs, old and new.
    table : DataFrame
        ``technology, p_top_old, p_top_new, class_old, class_new``; empty where one side is no run.
    notes : tuple of Text
        How many probabilities moved, how far, and which classes changed.
    """

    settings: tuple[Text, ...]
    table: pd.DataFrame
    notes: tuple[Text, ...]


def simulation_difference(
    old: Any, new: Any, studies: tuple[Study, Study], names: Mapping[str, str]
) -> SimulationDifference:
    """Compare what two runs state of their simulation.

    Parameters
    ----------
    old, new : Study, RunData, or path
        As :func:`techprio.compare_runs` takes them.
    studies : tuple of Study
        The studies of both.
    names : mapping of str to str
        Old id to new id of technologies that are the same.
    """
    stated = [_drawing(item, study) for item, study in zip((old, new), studies, strict=True)]
    settings = tuple(
        text("{what}: {old}, now {new}", what=words, old=str(stated[0][key]), new=str(stated[1][key]))
        for key, words in SETTINGS.items()
        if stated[0].get(key) is not None
        and stated[1].get(key) is not None
        and str(stated[0][key]) != str(stated[1][key])
    )
    lists = [_certainty(item) for item in (old, new)]
    columns = ["technology", "p_top_old", "p_top_new", "class_old", "class_new"]
    if lists[0] is None or lists[1] is None:
        return SimulationDifference(settings, pd.DataFrame(columns=columns), ())
    before = lists[0].rename(index=dict(names)).add_suffix("_old")
    both = before.join(lists[1].add_suffix("_new"), how="inner").rename_axis("technology").reset_index()
    table = both[columns]
    draws = tuple(int(one["draws"]) for one in stated)
    return SimulationDifference(settings, table, _certainty_notes(table, (draws[0], draws[1])))


def by_what(drawn: SimulationDifference, *, is_same_study: bool) -> tuple[Text, ...]:
    """Return the notes on the certainty, the first of them with what it moved by."""
    if not drawn.notes:
        return ()
    if is_same_study and drawn.settings:
        cause = text("the study is the same: all of this by {settings}", settings=drawn.settings)
    elif drawn.settings:
        cause = text("by {settings} together with what differs in the study", settings=drawn.settings)
    else:
        cause = text("by what differs in the study: the simulation is the same")
    return (drawn.notes[0], cause, *drawn.notes[1:])


def _beyond_chance(table: pd.DataFrame, draws: tuple[int, int]) -> int:
    """Count the moves beyond three standard errors of the difference of two independent simulations."""
    p = (table["p_top_old"] * draws[0] + table["p_top_new"] * draws[1] + 1) / (sum(draws) + 2)
    error = (p * (1 - p) * (1 / draws[0] + 1 / draws[1])) ** 0.5
    return int(((table["p_top_new"] - table["p_top_old"]).abs() > 3 * error).sum())


def _certainty_notes(table: pd.DataFrame, draws: tuple[int, int]) -> tuple[Text, ...]:
    change = (table["p_top_new"] - table["p_top_old"]).abs()
    moved = change[change > _ROUNDING]
    if not len(moved):
        return ()
    notes = [
        text(
            "{count} probabilities of a place among the first moved, by {most} at most",
            count=len(moved),
            most=Percent(float(moved.max()), 1),
        ),
        text(
            "{count} of them by more than {old} and {new} draws explain (three standard errors)",
            count=_beyond_chance(table, draws), old=draws[0], new=draws[1],
        ),
    ]  # fmt: skip
    known = (table["class_old"] != "") & (table["class_new"] != "")
    other = table[known & (table["class_old"] != table["class_new"])]
    for row in other.head(_MOST).itertuples():
        old, new = (CLASS_WORDS.get(word, word) for word in (row.class_old, row.class_new))
        notes.append(text("{technology}: {old}, now {new}", technology=row.technology, old=old, new=new))
    if len(other) > _MOST:
        notes.append(text("{count} more changed their class", count=len(other) - _MOST))
    return tuple(notes)


def _drawing(item: Any, study: Study) -> dict[str, Any]:
    chosen = study.robustness
    stated: dict[str, Any] = {
        "draws": chosen.draws, "seed": chosen.seed, "weights": chosen.weights, "scores": chosen.scores
    }  # fmt: skip
    if isinstance(item, RunData):
        return stated | {"version": item.provenance.version}
    if isinstance(item, str | Path) and (Path(item) / RECORD).is_file():
        record = read_run_record(Path(item))
        return {**record["robustness"], "version": record["version"]}
    return stated


def _certainty(item: Any) -> pd.DataFrame | None:
    """Return ``p_top, class`` by technology as a run states them; None of a study, which states none."""
    if isinstance(item, RunData):
        return _as_certainty(priority_table(item).set_index("id"))
    if isinstance(item, str | Path) and (Path(item) / LIST).is_file():
        return _as_certainty(read_list(Path(item), CertaintyRow))
    return None


def _as_certainty(table: pd.DataFrame) -> pd.DataFrame:
    frame = table[["p_top", "priority_class"]].set_axis(["p_top", "class"], axis=1).rename_axis("technology")
    return frame.assign(p_top=frame["p_top"].astype(float), **{"class": frame["class"].fillna("")})
