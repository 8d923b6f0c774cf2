"""Delphi rounds: who moved, whether opinions came closer, and what is agreed on by the rule set before.

Source: Dalkey and Helmer 1963, *Management Science* 9, 458-467; the rule is stated before the first
round, because a rule chosen afterward finds the agreement it looks for (Diamond et al. 2014,
*Journal of Clinical Epidemiology* 67, 401-409).
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from techprio.forms.folder import answers_by_question
from techprio.forms.questions import Score
from techprio.language import Language, format_number, text
from techprio.model.checks import Faults
from techprio.model.forms import ConsensusRule


def agreed(values: pd.Series, rule: ConsensusRule) -> bool:
    """Whether answers agree by the rule.

    Examples
    --------
    >>> agreed(pd.Series([4.0, 4.0, 5.0, 1.0]), ConsensusRule(share=0.75, within=1.0, least=3))
    True
    """
    if len(values) < rule.least:
        return False
    return bool((values - values.median()).abs().le(rule.within + 1e-9).mean() >= rule.share - 1e-9)


def check_rule(rule: ConsensusRule) -> None:
    """Stop on a rule that means nothing.

    Raises
    ------
    InputError
    """
    faults = Faults(text("the rule of consensus cannot be used"))
    if not 0.5 < rule.share <= 1:
        faults.add("share", repr(rule.share), text("above 0.5, up to 1"))
    if not rule.within >= 0:
        faults.add("within", repr(rule.within), text("0 or more"))
    if not rule.least >= 2:
        faults.add("least", repr(rule.least), text("2 or more"))
    faults.check()


def delphi_changes(before: pd.DataFrame, after: pd.DataFrame, *, rule: ConsensusRule) -> pd.DataFrame:
    """Compare the answers of two rounds, question by question.

    Parameters
    ----------
    before, after : DataFrame
        ``answers`` of two rounds.
    rule : ConsensusRule
        That of the first round.

    Returns
    -------
    DataFrame
        ``sector, technology, criterion, experts, median_before, median_after, spread_before,
        spread_after, moved, mean_move, agreed_before, agreed_after``; the spread is the middle half,
        ``moved`` counts experts of both rounds whose answer changed.

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
    first, second = answers_by_question(before), answers_by_question(after)
    rows = []
    for question in dict.fromkeys([*first, *second]):
        old = first.get(question, pd.Series(dtype=float))
        new = second.get(question, pd.Series(dtype=float))
        both = old.index.intersection(new.index)
        change = new[both] - old[both]
        rows.append(
            (
                *question,
                len(new),
                _median(old),
                _median(new),
                _spread(old),
                _spread(new),
                int((change != 0).sum()),
                float(change.mean()) if len(both) else float("nan"),
                agreed(old, rule),
                agreed(new, rule),
            )
        )
    columns = [
        "sector",
        "technology",
        "criterion",
        "experts",
        "median_before",
        "median_after",
        "spread_before",
        "spread_after",
        "moved",
        "mean_move",
        "agreed_before",
        "agreed_after",
    ]
    return pd.DataFrame(rows, columns=columns)


def earlier_answers(
    answers: pd.DataFrame, expert: str, language: Language
) -> Mapping[Score, tuple[float | None, str]]:
    """Return what the next form of an expert shows: the own answer, and the group's in words."""
    found = {}
    for question, values in answers_by_question(answers).items():
        own = float(values[expert]) if expert in values.index else None
        low, middle, high = (
            format_number(float(x), language) for x in (values.min(), values.median(), values.max())
        )
        group = text("median {middle}, from {low} to {high}", middle=middle, low=low, high=high)
        found[question] = (own, group.render(language))
    return found


def _median(values: pd.Series) -> float:
    return float(values.median()) if len(values) else float("nan")


def _spread(values: pd.Series) -> float:
    return float(values.quantile(0.75) - values.quantile(0.25)) if len(values) else float("nan")
