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

import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Words
from techprio.forms.answers import Answer
from techprio.forms.halves import value_at
from techprio.forms.kinds import KINDS, SLACK, Kind, by_question, kind_of, kind_of_table, spread_of
from techprio.forms.questions import Half, Pair, Question, block_name
from techprio.language import Text, text
from techprio.model.forms import QUESTION_STATES, ConsensusRule
from techprio.model.study import Study

LEAST_SHOWN = 5  # answers from which on a group is shown: fewer would show a person


@dataclass(frozen=True)
class Earlier:
    """What stands beside a question from the second round on.

    Parameters
    ----------
    own : Answer, optional
        Of the round before.
    middle : (low, middle, high), optional
        Middle half and median of the group, of a comparison as signed degrees (see :func:`ratio_words`),
        of a half as shares of the scale; None below five answers.
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


@validated
def delphi_changes(before: pd.DataFrame, after: pd.DataFrame, *, rule: ConsensusRule) -> pd.DataFrame:
    """Compare the answers of two rounds, question by question.

    Parameters
    ----------
    before, after : DataFrame
        ``answers``, ``comparisons`` or ``halves`` of two rounds.
    rule : ConsensusRule
        That of the first round.

    Returns
    -------
    DataFrame
        The question (``sector, technology, criterion``, ``node, one, other`` or ``criterion, worth``),
        then ``experts, median_before, median_after, spread_before, spread_after, moved, mean_move, changed,
        agreed_before, agreed_after, state``. The spread is the middle half, ``moved`` counts experts of
        both rounds whose answer changed, ``changed`` is their share. Of comparisons the ratio of ``one``
        to ``other`` is compared: ``median_*`` hold the geometric mean, spread and move are factors. Of halves
        the share of the scale is compared.
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
    keys = kind_of_table(after).keys
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
    kind = kind_of(question)
    plain = kind.plain
    both = old.index.intersection(new.index)
    change = new[both] - old[both]
    moved = int((change.abs() > SLACK).sum())
    centers = [kind.center(values) for values in (old, new)]
    share = moved / len(both) if len(both) else float("nan")
    is_agreed = kind.agree(new, rule)
    state = "agreed" if is_agreed else "open"
    if len(new) < rule.least:
        state = "few"
    elif not is_agreed and len(both):
        shift = abs(centers[1] - centers[0])
        if share <= rule.changed + SLACK and shift <= kind.most_shift(rule) + SLACK:
            state = "stable"
    return (
        len(new),
        plain(centers[0]),
        plain(centers[1]),
        plain(spread_of(old)),
        plain(spread_of(new)),
        moved,
        plain(float(change.mean()) if len(both) else float("nan")),
        share,
        kind.agree(old, rule),
        is_agreed,
        state,
    )


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
        block = kind_of_table(table).block
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
    for kind, table in _tables(frames):
        for question, values in by_question(table).items():
            quarters = [float(values.quantile(q)) for q in (0.25, 0.5, 0.75)]
            middle = (quarters[0], quarters[1], quarters[2]) if len(values) >= LEAST_SHOWN else None
            said = own.get(question)
            found[question] = Earlier(
                said,
                middle,
                kind.agree(values, rule),
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
    for kind, table in _tables(frames):
        others = table[
            (table["expert"].astype(str) != expert) & (table["note"].astype(str).str.strip() != "")
        ]
        keys = [others[key].astype(str) for key in kind.keys]
        for *parts, note in zip(*keys, others["note"].astype(str), strict=True):
            found.setdefault(kind.question(*parts), set()).add(note.strip())
    return {question: tuple(sorted(notes)) for question, notes in found.items()}


def answers_of(frames: Mapping[str, pd.DataFrame], expert: str) -> Iterator[Answer]:
    """Give the answers of an expert as they stand in the tables of a round."""
    for kind, table in _tables(frames):
        for row in table[table["expert"].astype(str) == expert].to_dict("records"):
            yield kind.of_row(row)


def _tables(frames: Mapping[str, pd.DataFrame]) -> Iterator[tuple[Kind, pd.DataFrame]]:
    return ((kind, frames[kind.table]) for kind in KINDS if kind.table in frames)


def ratio_words(study: Study, pair: Pair, log: float) -> Words:
    """Say a ratio with the names of its sides.

    A ratio below 1 is stated from the other side: a quarter of ``one`` is four times ``other``.
    """
    if abs(log) < SLACK:
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


def _raw(study: Study, half: Half, share: float) -> Text:
    """Say the value that stands at a share of the scale, to four digits."""
    scale = study.criteria.by_id[half.criterion].scale
    assert scale is not None
    return text("{value}", value=float(f"{value_at(scale, share):.4g}"))


def _group_words(study: Study, question: Question, middle: tuple[float, float, float]) -> Text:
    if isinstance(question, Pair):
        low, center, high = (ratio_words(study, question, value) for value in middle)
    elif isinstance(question, Half):
        low, center, high = (_raw(study, question, share) for share in middle)
    else:
        low, center, high = (text("{value}", value=round(value, 2)) for value in middle)
    return text("median {middle}, half of the group from {low} to {high}", middle=center, low=low, high=high)
