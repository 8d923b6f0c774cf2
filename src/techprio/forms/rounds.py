"""Delphi rounds: who moved, whether opinions came closer, what is agreed, and whether to stop.

Source: Dalkey and Helmer 1963, *Management Science* 9, 458-467; the rule is stated before the first
round, because a rule chosen afterward finds the agreement it looks for (Diamond et al. 2014,
*Journal of Clinical Epidemiology* 67, 401-409). Stability, not agreement alone, ends a study (Scheibe,
Skutsch and Schofer 1975, in Linstone and Turoff, *The Delphi Method*). Comparisons are ratios: they are
judged by their logarithms, the group by the geometric mean (Aczél and Saaty 1983).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Words
from techprio.forms.answers import Answer
from techprio.forms.questions import Pair, Question, Score, block_name
from techprio.language import Text, text
from techprio.model.checks import Checks
from techprio.model.forms import QUESTION_STATES, ConsensusRule
from techprio.model.study import Study

LEAST_SHOWN = 5  # answers from which on a group is shown: fewer would show a person
_SLACK = 1e-9
_SCORE, _PAIR = ["sector", "technology", "criterion"], ["node", "one", "other"]


@dataclass(frozen=True)
class Earlier:
    """What stands beside a question from the second round on.

    Parameters
    ----------
    own : Answer, optional
        Of the round before.
    middle : (low, middle, high), optional
        Middle half and median of the group, of a comparison as signed degrees (see :func:`ratio_words`);
        None below five answers.
    agreed : bool
        By the rule of the first round.
    own_words, group_words : Text or str
    reasons : tuple of str
        What others wrote, without names and in the order of the alphabet; by the rule of the first round.
    """

    own: Answer | None
    middle: tuple[float, float, float] | None
    agreed: bool
    own_words: Words
    group_words: Words
    reasons: tuple[str, ...] = ()


def agreed(values: pd.Series, rule: ConsensusRule) -> bool:
    """Whether scores agree by the rule.

    Examples
    --------
    >>> agreed(pd.Series([4.0, 4.0, 5.0, 1.0]), ConsensusRule(share=0.75, within=1.0, least=3))
    True
    """
    if len(values) < rule.least:
        return False
    return bool((values - values.median()).abs().le(rule.within + _SLACK).mean() >= rule.share - _SLACK)


def agreed_ratios(logs: pd.Series, rule: ConsensusRule) -> bool:
    """Whether comparisons agree: the middle half of the answers spans the factor ``spread`` at most.

    Examples
    --------
    >>> logs = np.log(pd.Series([3.0, 3.0, 5.0, 5.0]))
    >>> agreed_ratios(logs, ConsensusRule(spread=2.0))
    True
    """
    return len(logs) >= rule.least and _spread(logs) <= math.log(rule.spread) + _SLACK


def check_rule(rule: ConsensusRule) -> None:
    """Stop on a rule that means nothing.

    Raises
    ------
    InputError
    """
    checks = Checks(text("the rule of consensus cannot be used"))
    allowed: list[tuple[str, bool, Text | str]] = [
        ("share", 0.5 < rule.share <= 1, text("above 0.5, up to 1")),
        ("within", rule.within >= 0, text("0 or more")),
        ("least", rule.least >= 2, text("2 or more")),
        ("spread", 1 <= rule.spread < math.inf, text("1 or more")),
        ("changed", 0 <= rule.changed < 1, text("from 0, below 1")),
        ("shift", rule.shift >= 0, text("0 or more")),
        ("drift", 1 <= rule.drift < math.inf, text("1 or more")),
        ("rounds", rule.rounds >= 1, text("1 or more")),
        ("absent", rule.absent in ("keep", "drop"), "keep, drop"),
        ("reasons", rule.reasons in ("team", "all"), "team, all"),
    ]
    for name, fits, words in allowed:
        if not fits:
            checks.add(name, repr(getattr(rule, name)), words)
    checks.check()


@validated
def delphi_changes(before: pd.DataFrame, after: pd.DataFrame, *, rule: ConsensusRule) -> pd.DataFrame:
    """Compare the answers of two rounds, question by question.

    Parameters
    ----------
    before, after : DataFrame
        ``answers``, or ``comparisons``, of two rounds.
    rule : ConsensusRule
        That of the first round.

    Returns
    -------
    DataFrame
        The question (``sector, technology, criterion`` or ``node, one, other``), then ``experts,
        median_before, median_after, spread_before, spread_after, moved, mean_move, changed,
        agreed_before, agreed_after, state``. The spread is the middle half, ``moved`` counts experts of
        both rounds whose answer changed, ``changed`` is their share. Of comparisons the ratio of ``one``
        to ``other`` is compared: ``median_*`` hold the geometric mean, spread and move are factors.
        The state is ``agreed``, ``stable``, ``open`` or ``few``.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> first = pd.DataFrame(
    ...     {
    ...         "expert": ["a", "b", "c"],
    ...         "sector": "AGR",
    ...         "technology": "AGR01",
    ...         "criterion": "F2",
    ...         "value": [2, 4, 5],
    ...     }
    ... )
    >>> second = first.assign(value=[3, 4, 5])
    >>> moved = tp.forms.delphi_changes(first, second, rule=tp.forms.ConsensusRule())
    >>> moved[["moved", "median_before", "median_after", "agreed_after"]].values.tolist()
    [[1, 4.0, 4.0, True]]
    """
    check_rule(rule)
    keys = _PAIR if "node" in after.columns else _SCORE
    first, second = by_question(before), by_question(after)
    rows = []
    for question in dict.fromkeys([*first, *second]):
        old = first.get(question, pd.Series(dtype=float))
        new = second.get(question, pd.Series(dtype=float))
        rows.append((*question, *_movement(question, old, new, rule)))
    columns = [
        *(*keys, "experts", "median_before", "median_after", "spread_before", "spread_after"),
        *("moved", "mean_move", "changed", "agreed_before", "agreed_after", "state"),
    ]
    return pd.DataFrame(rows, columns=columns)


def _movement(question: Question, old: pd.Series, new: pd.Series, rule: ConsensusRule) -> tuple[Any, ...]:
    is_pair = isinstance(question, Pair)
    judge = agreed_ratios if is_pair else agreed
    plain = math.exp if is_pair else float
    both = old.index.intersection(new.index)
    change = new[both] - old[both]
    moved = int((change.abs() > _SLACK).sum())
    centers = [_center(values, is_pair) for values in (old, new)]
    share = moved / len(both) if len(both) else float("nan")
    is_agreed = judge(new, rule)
    state = "agreed" if is_agreed else "open"
    if len(new) < rule.least:
        state = "few"
    elif not is_agreed and len(both):
        shift = abs(centers[1] - centers[0])
        most = math.log(rule.drift) if is_pair else rule.shift
        if share <= rule.changed + _SLACK and shift <= most + _SLACK:
            state = "stable"
    return (
        len(new),
        plain(centers[0]),
        plain(centers[1]),
        plain(_spread(old)),
        plain(_spread(new)),
        moved,
        plain(float(change.mean()) if len(both) else float("nan")),
        share,
        judge(old, rule),
        is_agreed,
        state,
    )


def by_question(frame: pd.DataFrame) -> dict[Question, pd.Series]:
    """Return the answers of each question by expert; of comparisons the logarithm of one to other."""
    if "node" in frame.columns:
        known = frame[frame["strength"].notna()]
        sign = np.where(known["preferred"] == known["one"], 1.0, -1.0)
        values = sign * np.log(known["strength"].astype(float))
        kind: Any = Pair
    else:
        known = frame[frame["value"].notna()]
        values, kind = known["value"].astype(float), Score
    keys = [known[name].astype(str) for name in (_PAIR if kind is Pair else _SCORE)]
    found: dict[Question, tuple[list[str], list[float]]] = {}
    for *parts, expert, value in zip(*keys, known["expert"].astype(str), values, strict=True):
        names, numbers = found.setdefault(kind(*parts), ([], []))
        names.append(expert)
        numbers.append(float(value))
    return {question: pd.Series(numbers, index=names) for question, (names, numbers) in found.items()}


def verdict_of(
    study: Study, changes: Sequence[pd.DataFrame], rule: ConsensusRule, round: int
) -> tuple[pd.DataFrame, Text]:
    """Say by block what is agreed, stable, open or answered by too few, and whether to stop.

    Parameters
    ----------
    study : Study
    changes : sequence of DataFrame
        Of :func:`delphi_changes`; in the first round against no answers.
    rule : ConsensusRule
    round : int

    Returns
    -------
    DataFrame and Text
        ``block, questions, agreed, stable, open, few``; a block is a node or a sector.
    """
    rows = []
    for table in changes:
        block = "node" if "node" in table.columns else "sector"
        for name, group in table.groupby(block, sort=False):
            counts = [int((group["state"] == state).sum()) for state in QUESTION_STATES]
            rows.append((name, len(group), *counts))
    verdict = pd.DataFrame(rows, columns=["block", "questions", *QUESTION_STATES])
    total = {state: int(verdict[state].sum()) for state in QUESTION_STATES}
    words = counted(verdict)
    if verdict.empty:
        return verdict, text("go on: nothing has been answered")
    if not total["open"] and not total["few"]:
        return verdict, text("stop: every question is agreed or stable ({counted})", counted=words)
    if round >= rule.rounds:
        return verdict, text(
            "stop: round {round} is the last by the rule ({counted}); report what is open as open",
            round=round, counted=words,
        )  # fmt: skip
    worst = verdict.assign(left=verdict["open"] + verdict["few"]).sort_values("left", ascending=False)
    names = tuple(block_name(study, str(name)) for name in worst.loc[worst["left"] > 0, "block"])
    return verdict, text("go on: {counted}; open in {blocks}", counted=words, blocks=names)


def counted(verdict: pd.DataFrame) -> Text:
    """Say how many questions are in each state."""
    total = {state: int(verdict[state].sum()) for state in QUESTION_STATES}
    return text("{agreed} agreed, {stable} stable, {open} open, {few} with too few answers", **total)


def earlier_answers(
    study: Study, frames: Mapping[str, pd.DataFrame], expert: str, rule: ConsensusRule
) -> dict[Question, Earlier]:
    """Return what the next form of an expert shows: the own answer, the group's, and what is agreed."""
    own = {answer.question: answer for answer in answers_of(frames, expert)}
    found: dict[Question, Earlier] = {}
    reasons = reasons_of_others(frames, expert) if rule.reasons == "all" else {}
    for name in ("comparisons", "answers"):
        for question, values in by_question(frames[name]).items():
            is_pair = isinstance(question, Pair)
            quarters = [float(values.quantile(q)) for q in (0.25, 0.5, 0.75)]
            middle = (quarters[0], quarters[1], quarters[2]) if len(values) >= LEAST_SHOWN else None
            said = own.get(question)
            found[question] = Earlier(
                said,
                middle,
                (agreed_ratios if is_pair else agreed)(values, rule),
                "" if said is None else _own_words(study, said),
                text("still few answers") if middle is None else _group_words(study, question, middle),
                () if middle is None else reasons.get(question, ()),
            )
    for question, said in own.items():  # "don't know" of a question that nobody answered
        found.setdefault(
            question, Earlier(said, None, False, _own_words(study, said), text("still few answers"))
        )
    return found


def reasons_of_others(frames: Mapping[str, pd.DataFrame], expert: str) -> dict[Question, tuple[str, ...]]:
    """Return what others wrote beside each question, without a sign of who it was."""
    found: dict[Question, set[str]] = {}
    for name, kind in (("comparisons", Pair), ("answers", Score)):
        table = frames[name]
        others = table[
            (table["expert"].astype(str) != expert) & (table["note"].astype(str).str.strip() != "")
        ]
        keys = [others[key].astype(str) for key in (_PAIR if kind is Pair else _SCORE)]
        for *parts, note in zip(*keys, others["note"].astype(str), strict=True):
            found.setdefault(kind(*parts), set()).add(note.strip())
    return {question: tuple(sorted(notes)) for question, notes in found.items()}


def answers_of(frames: Mapping[str, pd.DataFrame], expert: str) -> Iterator[Answer]:
    """Give the answers of an expert as they stand in the tables of a round."""
    for name in ("comparisons", "answers"):
        table = frames[name]
        for row in table[table["expert"].astype(str) == expert].to_dict("records"):
            yield _answer(row)


def _answer(row: Mapping[Any, Any]) -> Answer:
    is_pair = "node" in row
    number = "strength" if is_pair else "value"
    question: Question = (
        Pair(*(str(row[key]) for key in _PAIR)) if is_pair else Score(*(str(row[key]) for key in _SCORE))
    )
    value, low, high, first = (_maybe(row[key]) for key in (number, "low", "high", "first"))
    return Answer(
        question,
        value,
        str(row["preferred"]) if is_pair and value is not None else "",
        low,
        high,
        "" if pd.isna(row["note"]) else str(row["note"]),
        None if first is None else (str(row["first_preferred"]) if is_pair else "", first),
        bool(row["after_help"]) if is_pair else False,
        kept=True,
    )


def ratio_words(study: Study, pair: Pair, log: float) -> Words:
    """Say a ratio with the names of its sides.

    A ratio below 1 is stated from the other side: a quarter of ``one`` is four times ``other``.
    """
    if abs(log) < _SLACK:
        return text("equally important")
    name = study.criteria.by_id[pair.one if log > 0 else pair.other].label
    return text("{name}: {degree}", name=name, degree=round(math.exp(abs(log)), 1))


def _own_words(study: Study, answer: Answer) -> Words:
    if answer.value is None:
        return text("don't know")
    if isinstance(answer.question, Pair):
        sign = 1 if answer.preferred == answer.question.one else -1
        return ratio_words(study, answer.question, sign * math.log(answer.value))
    if answer.low is not None and answer.high is not None:
        return text("{low} to {high}", low=answer.low, high=answer.high)
    return text("{value}", value=answer.value)


def _group_words(study: Study, question: Question, middle: tuple[float, float, float]) -> Text:
    if isinstance(question, Pair):
        low, center, high = (ratio_words(study, question, value) for value in middle)
    else:
        low, center, high = (text("{value}", value=round(value, 2)) for value in middle)
    return text("median {middle}, half of the group from {low} to {high}", middle=center, low=low, high=high)


def _maybe(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _center(values: pd.Series, is_pair: bool) -> float:
    if not len(values):
        return float("nan")
    return float(values.mean() if is_pair else values.median())


def _spread(values: pd.Series) -> float:
    return float(values.quantile(0.75) - values.quantile(0.25)) if len(values) else float("nan")
