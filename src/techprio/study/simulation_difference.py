"""What two runs differ in beside the study: draws, seed, version; and the certainty that moved by it."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from techprio.language import Percent, Text, text
from techprio.model.acceptability import CLASS_WORDS
from techprio.model.run import RunData
from techprio.model.study import Study
from techprio.reporting.lists import priority_table
from techprio.reporting.result_folder import RECORD

LIST = "priorities.csv"
#: Lists keep six decimals of a probability.
ROUNDING = 1e-5
#: Named one by one up to this many.
MOST = 12
SETTINGS: Mapping[str, Text] = {
    "draws": text("draws"),
    "seed": text("seed"),
    "weights": text("where weights are drawn from"),
    "scores": text("where scores are drawn from"),
    "version": text("version of techprio"),
}


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
    stated = [_settings(item, study) for item, study in zip((old, new), studies, strict=True)]
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
    return SimulationDifference(settings, table, _notes(table, (draws[0], draws[1])))


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


def _notes(table: pd.DataFrame, draws: tuple[int, int]) -> tuple[Text, ...]:
    change = (table["p_top_new"] - table["p_top_old"]).abs()
    moved = change[change > ROUNDING]
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
    for row in other.head(MOST).itertuples():
        old, new = (CLASS_WORDS.get(word, word) for word in (row.class_old, row.class_new))
        notes.append(text("{technology}: {old}, now {new}", technology=row.technology, old=old, new=new))
    if len(other) > MOST:
        notes.append(text("{count} more changed their class", count=len(other) - MOST))
    return tuple(notes)


def _settings(item: Any, study: Study) -> dict[str, Any]:
    chosen = study.robustness
    stated: dict[str, Any] = {
        "draws": chosen.draws, "seed": chosen.seed, "weights": chosen.weights, "scores": chosen.scores
    }  # fmt: skip
    if isinstance(item, RunData):
        return stated | {"version": item.provenance.version}
    if isinstance(item, str | Path) and (Path(item) / RECORD).is_file():
        record = json.loads((Path(item) / RECORD).read_text(encoding="utf-8"))
        drawn = record.get("robustness") or {}
        own = {key: drawn[key] for key in stated if key in drawn}
        return stated | own | {"version": record.get("version")}
    return stated


def _certainty(item: Any) -> pd.DataFrame | None:
    """Return ``p_top, class`` by technology as a run states them; None of a study, which states none."""
    if isinstance(item, RunData):
        rows = priority_table(item)[["id", "p_top", "priority_class"]].to_dict("records")
    elif isinstance(item, str | Path) and (Path(item) / LIST).is_file():
        with (Path(item) / LIST).open(encoding="utf-8-sig", newline="") as stream:
            rows = [*csv.DictReader(stream)]
    else:
        return None
    if not rows or "p_top" not in rows[0]:
        return None
    frame = pd.DataFrame(
        {
            "p_top": pd.to_numeric(pd.Series([row["p_top"] for row in rows]), errors="coerce"),
            "class": [str(row.get("priority_class") or "") for row in rows],
        }
    )
    frame.index = pd.Index([str(row["id"]) for row in rows], name="technology")
    return frame
