"""Questionnaires: who is asked, what came back, and how far opinions moved."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from techprio.display.quantities import Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import Problem
from techprio.language import Text, text
from techprio.model.judgments import EXPERT, GROUP
from techprio.model.provenance import Provenance
from techprio.model.scale import NODE

FORM_STATES: dict[str, Text] = {
    "complete": text("complete"),
    "incomplete": text("incomplete"),
    "missing": text("missing"),
    "refused": text("refused"),
}
PAIRS = Quantity("pairs", text("Comparisons"), text("Comparisons of the form."), "integer")
PAIRS_ANSWERED = Quantity(
    "pairs_answered", text("Comparisons answered"), text("Comparisons with an answer."), "integer"
)
SCORES = Quantity("scores", text("Scores"), text("Scores that the form asks for."), "integer")
SCORES_ANSWERED = Quantity(
    "scores_answered", text("Scores answered"), text("Scores with an answer."), "integer"
)
FORM_STATE = Quantity("state", text("State"), text("Complete, incomplete, missing or refused."))
SECOND_LOOK = Quantity(
    "what", text("Worth a second look"), text("An answer that is allowed and looks unusual.")
)


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
class ReturnedForms(Result):
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
    provenance : Provenance, optional

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
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return :attr:`progress`, one row an expert."""
        return self.progress.copy()

    def tables(self) -> dict[str, Table]:
        """Return ``progress`` and ``doubtful``."""
        progress = [EXPERT, GROUP, PAIRS, PAIRS_ANSWERED, SCORES, SCORES_ANSWERED, FORM_STATE]
        states = [FORM_STATES.get(state, state) for state in self.progress["state"]]
        doubtful = [EXPERT, NODE, SECOND_LOOK]
        return tables_of(
            Table.from_frame("progress", self._title(), progress, self.progress.assign(state=states)),
            Table.from_frame("doubtful", text("Answers worth a second look"), doubtful, self.doubtful),
        )

    def _summary(self) -> str:
        complete = int((self.progress["state"] == "complete").sum())
        return (
            f"round {self.round}, {complete} of {len(self.progress)} complete, {len(self.problems)} problems"
        )

    def _title(self) -> Text:
        return text("Returned forms, round {round}", round=self.round)

    def _facts(self) -> tuple[Words, ...]:
        return (text("refused forms: {count}", count=len(self.problems)),)
