"""Questionnaires: who is asked, what came back, and how far opinions moved."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.errors import Problem
from techprio.language import Text, text

FORM_STATES: dict[str, Text] = {
    "complete": text("complete"),
    "incomplete": text("incomplete"),
    "missing": text("missing"),
    "refused": text("refused"),
}


@dataclass(frozen=True)
class Expert:
    """Somebody who is asked: a code, a name, a stakeholder group, and the sectors to score.

    Parameters
    ----------
    code : str
        Stands in the files in place of the name.
    name : str
        Only on what the expert gets.
    group : str
        Stakeholder group.
    sectors : tuple of str
        Codes of the sectors to score; empty: comparisons of criteria only.

    Examples
    --------
    >>> import techprio as tp
    >>> tp.forms.Expert(code="e1", name="Nguyễn Văn An", group="agencies", sectors=("AGR", "ENE")).sectors
    ('AGR', 'ENE')
    """

    code: str
    name: str
    group: str
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConsensusRule:
    """When experts agree on a score; fixed before the first round.

    Parameters
    ----------
    share : float
        Share of the answers that must lie within ``within`` of the median.
    within : float
        In steps of the scale.
    least : int
        Answers that are needed at all.

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
    >>> second = first.assign(value=[4, 4, 5])
    >>> rule = tp.forms.ConsensusRule(share=0.75, within=1, least=3)
    >>> moved = tp.forms.delphi_changes(first, second, rule=rule)
    >>> moved[["agreed_before", "agreed_after"]].values.tolist()
    [[False, True]]
    """

    share: float = 0.75
    within: float = 1.0
    least: int = 3


@dataclass(frozen=True)
class ReturnedForms(Showable):
    """What a folder of returned forms holds.

    Parameters
    ----------
    judgments : DataFrame
        Columns of ``judgments.csv``.
    answers : DataFrame
        ``expert, group, technology, criterion, value``: one row a score that was given.
    scores : DataFrame
        Columns of ``scores.csv`` with ``sector``: the median of the answers with their range.
    progress : DataFrame
        One row an expert: ``expert, group, pairs, pairs_answered, scores, scores_answered, unknown,
        state``; the state is complete, incomplete, missing or refused.
    doubtful : DataFrame
        ``expert, node, what``: answers that are allowed and worth a second look.
    problems : tuple of Problem
        Of forms that were refused; nothing of such a form is in the tables.
    notes : tuple of Text
    round : int
    rule : ConsensusRule
        That of the first round.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> import tempfile
    >>> from pathlib import Path
    >>> sent = Path(tempfile.mkdtemp()) / "round-1"
    >>> experts = [tp.forms.Expert("e1", "An", "agencies", ("AGR",))]
    >>> _ = tp.forms.make_forms(study, experts, sent)
    >>> found = tp.forms.collect_forms(study, experts, sent, sent)
    >>> first = found.progress.iloc[0]
    >>> first["expert"], int(first["pairs"]), int(first["pairs_answered"]), first["state"]
    ('e1', 24, 0, 'incomplete')
    """

    judgments: pd.DataFrame
    answers: pd.DataFrame
    scores: pd.DataFrame
    progress: pd.DataFrame
    doubtful: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    notes: tuple[Text, ...] = ()
    round: int = 1
    rule: ConsensusRule = field(default_factory=ConsensusRule)

    def _view(self) -> View:
        progress = (
            Column("expert", text("expert")),
            Column("group", text("group")),
            Column("pairs", text("comparisons"), "number", 0),
            Column("pairs_answered", text("answered"), "number", 0),
            Column("scores", text("scores"), "number", 0),
            Column("scores_answered", text("answered"), "number", 0),
            Column("named_state", text("state")),
        )
        doubtful = (
            Column("expert", text("expert")),
            Column("node", text("node")),
            Column("what", text("worth a second look")),
        )
        states = [FORM_STATES.get(state, state) for state in self.progress["state"]]
        return View(
            title=text("Returned forms, round {round}", round=self.round),
            facts=(text("refused forms: {count}", count=len(self.problems)),),
            tables=(
                Table(self.progress.assign(named_state=states), progress),
                Table(self.doubtful, doubtful),
            ),
            notes=self.notes,
        )
