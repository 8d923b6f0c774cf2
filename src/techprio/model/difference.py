"""What changed between two runs of a study, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words, with_names
from techprio.display.results import Result, tables_of
from techprio.language import Label, Language, Month, Text, resolve_language, text
from techprio.model.catalog import TECHNOLOGY_NAME
from techprio.model.checks import unknown_name
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
CHANGE = Quantity("change", text("Change"), text("New, gone, screened out, moved, or in both runs."))
RANK_OLD = Quantity("rank_old", text("Old rank"), text("Rank in the old run."), "integer")
RANK_NEW = Quantity("rank_new", text("New rank"), text("Rank in the new run."), "integer")
RANK_CHANGE = Quantity(
    "rank_change", text("Change of rank"), text("New rank less old rank; below 0 is a rise."), "change"
)
RANK_PART = Quantity(
    "rank_by",
    text("Part of a factor in the change of rank"),
    text("What the factor of the column adds to the change of rank; the parts add up to it."),
    "change",
    decimals=2,
)

P_TOP_OLD = Quantity(
    "p_top_old",
    text("Old certainty"),
    text("Probability of a place among the first, old run."),
    "share",
    decimals=1,
)
P_TOP_NEW = Quantity(
    "p_top_new",
    text("New certainty"),
    text("Probability of a place among the first, new run."),
    "share",
    decimals=1,
)
CLASS_OLD = Quantity("class_old", text("Old class"), text("How firm the priority was in the old run."))
CLASS_NEW = Quantity("class_new", text("New class"), text("How firm the priority is in the new run."))
SCORE_OLD = Quantity("score_old", text("Old score"), text("Score in the old run."), "score")
SCORE_NEW = Quantity("score_new", text("New score"), text("Score in the new run."), "score")
SENTENCE = Quantity(
    "sentence", text("In one sentence"), text("What changed for the technology, and by which factor.")
)
SCORE_PART = Quantity(
    "score_by",
    text("Part of a factor in the change of score"),
    text("What the factor of the column adds to the change of score; the parts add up to it."),
    "score",
)
PARTS_SUM = Quantity("sum", text("Sum of the parts"), text("The whole change."), "score")
PHASE_OLD = Quantity("phase_old", text("Old phase"), text("Phase in the old run."), "mark")
PHASE_NEW = Quantity("phase_new", text("New phase"), text("Phase in the new run."), "mark")
OPERATIONAL_OLD = Quantity(
    "operational_old", text("Operational, old"), text("Month of operation in the old run."), "month"
)
OPERATIONAL_NEW = Quantity(
    "operational_new", text("Operational, new"), text("Month of operation in the new run."), "month"
)
MONTHS_LATER = Quantity(
    "months_later",
    text("Later"),
    text("New month of operation less the old one."),
    "integer",
    unit=text("months"),
)
MONTHS_PART = Quantity(
    "months_by",
    text("Part of a factor in the months later"),
    text("What the factor of the column adds to the months later; the parts add up to them."),
    "score",
)
MOVE_BELOW_GAP = Quantity(
    "move_below_gap",
    text("Move below the gap"),
    text(
        "It moved, though a plan within 1 % of the bound or of one made anew leaves it where it was;"
        " nothing forced it."
    ),
    short=text("Below the gap"),
)
MOVED = Quantity(
    "what_moved", text("What moved"), text("What differs between the two runs of what the comment is on.")
)


@dataclass(frozen=True)
class Difference(Result):
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
        ``technology, phase_old, phase_new, operational_old, operational_new, months_later, below_gap``:
        whether it moved though a plan within 1 % of the bound leaves it where it was. Empty when one of
        the runs has no plan.
    plan_factors : tuple of str
    plan_parts : DataFrame
        Months later by factor, for the technologies placed in every case; each row sums to
        ``months_later``.
    settings : tuple of Text
        What else differs: draws, seed, what is drawn from, version.
    certainty : DataFrame
        ``technology, p_top_old, p_top_new, class_old, class_new``; empty where one of the two is no run.
    certainty_notes : tuple of Text
        How many probabilities moved, how far, and which classes changed.
    renamed : mapping of str to str
        Old id to new id, as they were matched.
    labels : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional
    study : Study, optional
        The new one; its title stands on what is written.

    Examples
    --------
    >>> from dataclasses import replace
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> other = replace(study, weights=replace(study.weights, aggregate="priorities"))
    >>> tp.compare_runs(study, other, plan=False).factors
    ('weights',)
    """

    factors: tuple[str, ...]
    ranks: pd.DataFrame
    rank_parts: pd.DataFrame
    score_parts: pd.DataFrame
    plan: pd.DataFrame
    plan_factors: tuple[str, ...] = ()
    plan_parts: pd.DataFrame = field(default_factory=pd.DataFrame)
    settings: tuple[Text, ...] = ()
    certainty: pd.DataFrame = field(default_factory=pd.DataFrame)
    certainty_notes: tuple[Text, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None
    study: Study | None = field(default=None, repr=False, compare=False)

    def to_frame(self) -> pd.DataFrame:
        """Return a row a technology: ranks, scores, parts as ``rank_by_<factor>``, certainty and plan."""
        frame = self.ranks.copy()
        for name, parts in (("rank", self.rank_parts), ("score", self.score_parts)):
            for factor in self.factors:
                frame[f"{name}_by_{factor.replace(' ', '_')}"] = (
                    frame["technology"].map(parts[factor]).astype("Float64")
                )
        if not self.certainty.empty:
            frame = frame.merge(self.certainty, on="technology", how="left", validate="one_to_one")
        if self.plan.empty:
            return frame
        return frame.merge(self.plan, on="technology", how="left", validate="one_to_one")

    def explain(self, technology: str) -> Text:
        """Say in one sentence what became of a technology and why.

        Raises
        ------
        InputError
            A technology of neither study.
        """
        rows = self.ranks[self.ranks["technology"] == technology]
        if rows.empty:
            raise unknown_name(text("technology"), technology, self.ranks["technology"])
        words = self._rank_words(rows.iloc[0])
        moved = self.plan[self.plan["technology"] == technology] if not self.plan.empty else self.plan
        if moved.empty or moved.iloc[0]["operational_old"] == moved.iloc[0]["operational_new"]:
            return words
        return text("{words}; {plan}", words=words, plan=_plan_words(moved.iloc[0]))

    def plot(self, ax: Any = None, *, language: Language | None = None, most: int = 20) -> Any:
        """Draw the changes of rank with their parts, the largest first."""
        from techprio.charts.rank_changes import draw_rank_changes

        language = resolve_language(language)
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

    def tables(self) -> dict[str, Table]:
        """Return the table ``changes``: what is not as before, the largest change first."""
        frame = self.to_frame().assign(size=self._size(), change_named=self._kinds())
        frame = frame[~self._as_before()].sort_values("size", ascending=False, kind="stable")
        names = with_names(frame["technology"], self.labels)
        parts = [f"rank_by_{factor.replace(' ', '_')}" for factor in self.factors]
        shown = ["change_named", "rank_old", "rank_new", "rank_change", *parts]
        columns = [
            *(TECHNOLOGY_NAME, CHANGE, RANK_OLD, RANK_NEW),
            Column(RANK_CHANGE, bar=True),
            *(Column(RANK_PART.each(factor, FACTOR_WORDS[factor]), bar=True) for factor in self.factors),
        ]
        rows = [(name, *row) for name, row in zip(names, frame[shown].to_numpy(object).tolist(), strict=True)]
        return tables_of(Table.of("changes", self._title(), columns, rows))

    def _size(self) -> pd.Series:
        return pd.to_numeric(self.ranks["rank_change"]).abs().fillna(0)

    def _as_before(self) -> pd.Series:
        return (self.ranks["change"] == "kept") & (self._size() == 0)

    def _kinds(self) -> list[Text | str]:
        return [CHANGE_WORDS.get(change, change) for change in self.ranks["change"]]

    def _summary(self) -> str:
        same = int(self._as_before().sum())
        factors = ", ".join([*self.factors, *map(str, self.settings)]) or "nothing"
        return f"{len(self.ranks)} technologies, {same} as before; differs: {factors}"

    def _title(self) -> Text:
        return text("What changed: {count} technologies", count=int((~self._as_before()).sum()))

    def _facts(self) -> tuple[Words, ...]:
        return (
            text("below 0 is a rise; the parts add up to the change"),
            text("as before: {count}", count=int(self._as_before().sum())),
            *self.settings,
            *self.certainty_notes,
        )


def _plan_words(row: pd.Series) -> Text:
    if row["below_gap"]:
        return text("{move}, below the gap: a plan within 1 % of the bound or of one made"
                    " anew leaves it as it was",
                    move=_move_words(row))  # fmt: skip
    return _move_words(row)


def _move_words(row: pd.Series) -> Text:
    old, new = str(row["operational_old"]), str(row["operational_new"])
    if not old:
        return text("now placed, operational {month}", month=Month(new))
    if not new:
        return text("no longer placed, was operational {month}", month=Month(old))
    return text("operational {new} instead of {old}", new=Month(new), old=Month(old))


def _rank(value: object) -> str:
    return "–" if value is pd.NA else str(value)


def _signed(value: float) -> Label:
    """Write places lost as +, places won as −, with the decimal sign of the language."""
    words = f"{value:+.1f}".replace("-", "−")
    return Label(vi=words.replace(".", ","), en=words)
