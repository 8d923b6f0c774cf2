"""What changed between two runs of a study, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from techprio.display.names import with_names
from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.errors import InputError, did_you_mean
from techprio.language import Label, Language, Text, format_month, text
from techprio.model.provenance import Provenance
from techprio.model.study import Study

FACTOR_WORDS: dict[str, Text] = {
    "weights": text("weights"),
    "scores": text("scores"),
    "criteria": text("criteria"),
    "criteria and weights": text("criteria and weights"),
    "candidates": text("candidates"),
    "method": text("method"),
    "value": text("value of the technologies"),
    "resources": text("resources and dependencies"),
}

CHANGE_WORDS: dict[str, Text] = {
    "kept": text("in both"),
    "new": text("new"),
    "gone": text("no longer a candidate"),
    "screened": text("now screened out"),
    "readmitted": text("no longer screened out"),
    "moved": text("moved to another sector"),
}


@dataclass(frozen=True)
class Difference(Showable):
    """Rank, score and plan of each technology in two runs, changes attributed to what changed.

    The parts of a change are Shapley values over the factors that differ between the two studies:
    they add up to the change.

    Parameters
    ----------
    factors : tuple of str
        What differs: weights, scores, criteria (or ``criteria and weights`` where the criteria
        themselves differ), candidates, method.
    ranks : DataFrame
        One row a technology of either study: ``technology, sector, change`` (kept, new, gone,
        screened, readmitted, moved), ``rank_old, rank_new, rank_change`` (below 0 is a rise),
        ``score_old, score_new, score_change``, ``priority_old, priority_new``. Empty where there is
        no such number.
    rank_parts, score_parts : DataFrame
        Part of each factor by technology; rows are the technologies ranked in both runs in the same
        sector. Each row sums to its change.
    plan : DataFrame
        ``technology, phase_old, phase_new, operational_old, operational_new, months_later``; empty when
        one of the runs has no plan.
    plan_factors : tuple of str
    plan_parts : DataFrame
        Months later by factor, for the technologies placed in every case; each row sums to
        ``months_later``.
    renamed : mapping of str to str
        Old id to new id, as they were matched.
    labels : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional
    study : Study, optional
        The new one; its title stands on what is written.
    """

    factors: tuple[str, ...]
    ranks: pd.DataFrame
    rank_parts: pd.DataFrame
    score_parts: pd.DataFrame
    plan: pd.DataFrame
    plan_factors: tuple[str, ...] = ()
    plan_parts: pd.DataFrame = field(default_factory=pd.DataFrame)
    renamed: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None
    study: Study | None = field(default=None, repr=False)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a technology: ranks, scores, the parts as ``rank_by_<factor>``, and the plan."""
        frame = self.ranks.copy()
        for name, parts in (("rank", self.rank_parts), ("score", self.score_parts)):
            for factor in self.factors:
                frame[f"{name}_by_{factor.replace(' ', '_')}"] = (
                    frame["technology"].map(parts[factor]).astype("Float64")
                )
        if self.plan.empty:
            return frame
        return frame.merge(self.plan, on="technology", how="left", validate="one_to_one")

    def sentence(self, technology: str) -> Text:
        """Say in one sentence what became of a technology and why.

        Raises
        ------
        InputError
            A technology of neither study.
        """
        rows = self.ranks[self.ranks["technology"] == technology]
        if rows.empty:
            known = list(self.ranks["technology"])
            raise InputError(f"unknown technology {technology!r}; {did_you_mean(technology, known)}")
        words = self._rank_words(rows.iloc[0])
        moved = self.plan[self.plan["technology"] == technology] if not self.plan.empty else self.plan
        if moved.empty or moved.iloc[0]["operational_old"] == moved.iloc[0]["operational_new"]:
            return words
        return text("{words}; {plan}", words=words, plan=_plan_words(moved.iloc[0]))

    def plot(self, ax: Any = None, *, language: Language = "vi", most: int = 20) -> Any:
        """Draw the changes of rank with their parts, the largest first."""
        from techprio.charts.rank_changes import draw_rank_changes

        moved = self.ranks[self.ranks["rank_change"].fillna(0) != 0]
        moved = moved[moved["technology"].isin(self.rank_parts.index)]
        order = moved["rank_change"].abs().sort_values(ascending=False, kind="stable").index
        chosen = list(moved.loc[order, "technology"])[:most]
        table = self.rank_parts.loc[chosen].rename(
            columns={factor: FACTOR_WORDS[factor].render(language) for factor in self.factors}
        )
        return draw_rank_changes(table, ax=ax, language=language)

    def _rank_words(self, row: pd.Series) -> Text:
        name = self.labels.get(row["technology"], Label(row["technology"], row["technology"]))
        places = {"name": name, "id": row["technology"]}
        if row["change"] == "new":
            return text("{id} {name}: new, rank {rank}", **places, rank=_rank(row["rank_new"]))
        if row["change"] == "gone":
            return text(
                "{id} {name}: no longer a candidate, was rank {rank}", **places, rank=_rank(row["rank_old"])
            )
        if row["change"] == "screened":
            return text(
                "{id} {name}: now screened out, was rank {rank}", **places, rank=_rank(row["rank_old"])
            )
        if row["change"] == "readmitted":
            return text(
                "{id} {name}: no longer screened out, rank {rank}", **places, rank=_rank(row["rank_new"])
            )
        if row["change"] == "moved":
            return text(
                "{id} {name}: moved to sector {sector}, rank {rank}",
                **places,
                sector=row["sector"],
                rank=_rank(row["rank_new"]),
            )
        if row["rank_change"] is pd.NA:
            return text("{id} {name}: screened out in both", **places)
        if row["rank_change"] == 0:
            return text("{id} {name}: rank {rank} as before", **places, rank=_rank(row["rank_new"]))
        return text(
            "{id} {name}: rank {old} to {new}; {parts}",
            **places,
            old=_rank(row["rank_old"]),
            new=_rank(row["rank_new"]),
            parts=self._parts(row["technology"]),
        )

    def _parts(self, technology: str) -> Text:
        parts = self.rank_parts.loc[technology]
        kept = parts[parts.abs() > 1e-9]
        order = kept.abs().sort_values(ascending=False, kind="stable").index
        words: Text | None = None
        for factor in order:
            part = text(
                "{factor} {amount}", factor=FACTOR_WORDS[str(factor)], amount=_signed(float(kept[factor]))
            )
            words = part if words is None else text("{first}, {second}", first=words, second=part)
        return words or text("no single factor")

    def _view(self) -> View:
        frame = self.to_frame()
        size = pd.to_numeric(frame["rank_change"]).abs().fillna(0)
        same = (frame["change"] == "kept") & (size == 0)
        frame = frame.assign(
            name=with_names(frame["technology"], self.labels),
            kind=[CHANGE_WORDS.get(change, change) for change in frame["change"]],
            size=size,
        )
        frame = frame[~same].sort_values("size", ascending=False, kind="stable")
        columns = [
            Column("name", text("technology")),
            Column("kind", text("change")),
            Column("rank_old", text("old rank"), "number", 0),
            Column("rank_new", text("new rank"), "number", 0),
            Column("rank_change", text("ranks down"), "change", 0),
            *(
                Column(f"rank_by_{factor.replace(' ', '_')}", FACTOR_WORDS[factor], "change", 2)
                for factor in self.factors
            ),
        ]
        return View(
            title=text("What changed: {count} technologies", count=len(frame)),
            facts=(
                text("below 0 is a rise; the parts add up to the change"),
                text("as before: {count}", count=int(same.sum())),
            ),
            tables=(Table(frame, columns),),
            notes=self.notes,
        )


def _plan_words(row: pd.Series) -> Text:
    old, new = str(row["operational_old"]), str(row["operational_new"])
    if not old:
        return text("now placed, operational {month}", month=_month(new))
    if not new:
        return text("no longer placed, was operational {month}", month=_month(old))
    return text("operational {new} instead of {old}", new=_month(new), old=_month(old))


def _month(month: str) -> Label:
    return Label(vi=format_month(month, "vi"), en=month)


def _rank(value: object) -> str:
    return "–" if value is pd.NA else str(value)


def _signed(value: float) -> Label:
    """Write places lost as +, places won as −, with the decimal sign of the language."""
    words = f"{value:+.1f}".replace("-", "−")
    return Label(vi=words.replace(".", ","), en=words)
