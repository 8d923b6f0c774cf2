"""Questionnaires: who is asked, what came back, and how far opinions moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from techprio.annotations import is_of_kind
from techprio.display.quantities import Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import Problem
from techprio.language import Text, text
from techprio.model.checks import (
    Checks,
    as_written,
    check_choice,
    check_number,
    is_integer,
    is_number,
    set_field,
)
from techprio.model.judgments import EXPERT, GROUP
from techprio.model.provenance import Provenance
from techprio.model.scale import NODE, Scale

OWN_WEIGHT = Quantity("own_weight", text("You"), text("Weight by your own answers."), "share")
GROUP_WEIGHT = Quantity("group_weight", text("Group"), text("Weight by the answers of all."), "share")
OWN_BAR = Quantity("own_bar", text("Your weight"), text("Weight by your own answers, as a bar."))
MEANING = Quantity("ratio_meaning", text("What it means"), text("The ratio in words."))
STATED_JUDGMENT = Quantity("stated_judgment", text("You stated"), text("Your own comparison."))
PROPOSED = Quantity(
    "proposed_judgment", text("Your other answers fit about"), text("The change that would be enough.")
)
OWN_SCORE = Quantity("own_score", text("Your score"), text("The score that you gave."), "number")
GROUP_MEDIAN = Quantity(
    "median", text("Median of the group"), text("Half of the group gave no more, half no less."), "number"
)
GROUP_HALF = Quantity(
    "middle_half", text("Middle half of the group"), text("Half of the answers lie between these two.")
)
JUDGED_CRITERION = Quantity("judged_criterion", text("Criterion judged"), text("What is compared or scored."))

FORM_STATES: dict[str, Text] = {
    "complete": text("complete"),
    "incomplete": text("incomplete"),
    "missing": text("missing"),
    "refused": text("refused"),
}
FILE_STATES: dict[str, Text] = {
    "read": text("read"),
    "not_counted": text("not counted"),
    "refused": text("refused"),
    "not_read": text("not looked at"),
}
#: What a question is after a round, in the order of the columns of a verdict.
QUESTION_STATES: dict[str, Text] = {
    "agreed": text("agreed"),
    "stable": text("stable"),
    "open": text("open"),
    "few": text("too few answers"),
}
PAIRS = Quantity("pairs", text("Comparisons"), text("Comparisons of the form."), "integer")
PAIRS_ANSWERED = Quantity(
    "pairs_answered", text("Comparisons answered"), text("Comparisons with an answer."), "integer"
)
SCORES = Quantity("scores", text("Scores"), text("Scores that the form asks for."), "integer")
SCORES_ANSWERED = Quantity(
    "scores_answered", text("Scores answered"), text("Scores with an answer."), "integer"
)
HALVES = Quantity(
    "halves", text("Values of bisection"), text("Values of bisection that the form asks for."), "integer"
)
HALVES_ANSWERED = Quantity(
    "halves_answered",
    text("Values of bisection answered"),
    text("Values of bisection with an answer."),
    "integer",
)
FORM_STATE = Quantity("state", text("State"), text("Complete, incomplete, missing or refused."))
KEPT = Quantity(
    "kept", text("Kept"), text("Answers of the round before that were left as they are."), "integer"
)
FINDINGS = Quantity("findings", text("Findings"), text("Answers that cannot be taken."), "integer")
FILE = Quantity("file", text("File"), text("Path inside the folder of returned forms."), "code")
FILE_STATE = Quantity("state", text("State"), text("Read, not counted, refused, or not looked at."))
CODE = Quantity("code", text("Code of the answers"), text("The six letters that the page showed."), "code")
REASON = Quantity("why", text("Why not read"), text("Why a file gives nothing, or what was found in it."))
BLOCK = Quantity(
    "block",
    text("Block"),
    text("Criteria group of comparisons, sector of scores, or criterion of values."),
    "code",
)
QUESTIONS = Quantity("questions", text("Questions"), text("Questions with an answer."), "integer")
STATES = tuple(
    Quantity(state, words, text("Questions by state after the round."), "integer")
    for state, words in QUESTION_STATES.items()
)
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
    contact : str
        Whom to ask; empty: that of the round.
    deadline : str
        Until when; empty: that of the round.

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
    contact: str = ""
    deadline: str = ""

    def __post_init__(self) -> None:
        """Check that everything is a text."""
        checks = Checks(text("the expert {name} cannot be asked", name=as_written(self.code)))
        for name in ("code", "name", "group", "contact", "deadline"):
            if not isinstance(getattr(self, name), str):
                checks.add(name, as_written(getattr(self, name)), text("a text"))
        sectors = tuple(self.sectors) if is_of_kind(self.sectors, Sequence[str]) else (None,)
        if all(isinstance(code, str) for code in sectors):
            set_field(self, "sectors", tuple(map(str, sectors)))
        else:
            checks.add("sectors", as_written(self.sectors), text("a sequence of {kind}", kind=text("texts")))
        checks.check()


_RULE_LIMITS: dict[str, tuple[Callable[[float], bool], Text]] = {
    "share": (lambda share: 0.5 < share <= 1, text("above 0.5, up to 1")),
    "within": (lambda steps: steps >= 0, text("0 or more")),
    "spread": (lambda factor: factor >= 1, text("1 or more")),
    "changed": (lambda share: 0 <= share < 1, text("from 0, below 1")),
    "shift": (lambda steps: steps >= 0, text("0 or more")),
    "drift": (lambda factor: factor >= 1, text("1 or more")),
    "apart": (lambda share: 0 <= share < 1, text("from 0, below 1")),
}


@dataclass(frozen=True)
class ConsensusRule:
    """When experts agree, when opinions are stable, and when to stop; fixed before the first round.

    Parameters
    ----------
    share : float
        Share of the scores that must lie within ``within`` of the median.
    within : float
        In steps of the scale.
    least : int
        Answers that are needed at all.
    spread : float
        Comparisons agree when the middle half of the ratios spans this factor at most.
    changed : float
        A question is stable when at most this share of the experts of both rounds changed the answer ...
    shift : float
        ... and the median of the scores moved by this many steps at most ...
    drift : float
        ... or the geometric mean of the ratios by this factor at most.
    apart : float
        Values of bisection agree when the share ``share`` of them lies within this share of the scale of
        their median; they are stable when their median moved by no more.
    rounds : int
        Most rounds.
    absent : {"keep", "drop"}
        Whether an expert who does not return in a later round is carried at the earlier answers.
    reasons : {"team", "all"}
        Who reads the reasons: the study team alone, or in later rounds the other experts too, without
        names and from five answers on; the form says so before anybody writes one.

    Raises
    ------
    InputError
        A value of another kind, or one that means nothing, such as a share of half or less.

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
    spread: float = 3.0
    changed: float = 0.15
    shift: float = 0.5
    drift: float = 1.25
    apart: float = 0.1
    rounds: int = 3
    absent: Literal["keep", "drop"] = "keep"
    reasons: Literal["team", "all"] = "team"

    def __post_init__(self) -> None:
        """Stop on a rule that means nothing."""
        checks = Checks(text("the rule of consensus cannot be used"))
        for name, (fits, allowed) in _RULE_LIMITS.items():
            value = getattr(self, name)
            if not is_number(value):
                checks.add(name, as_written(value), text("a finite number"))
            elif not fits(value):
                checks.add(name, as_written(value), allowed)
            else:
                set_field(self, name, float(value))
        for name, least in (("least", 2), ("rounds", 1)):
            check_number(checks, name, getattr(self, name), least, whole=True)
            if is_integer(getattr(self, name)):
                set_field(self, name, int(getattr(self, name)))
        check_choice(checks, "absent", self.absent, ("keep", "drop"))
        check_choice(checks, "reasons", self.reasons, ("team", "all"))
        checks.check()


@dataclass(frozen=True)
class ReturnedForms(Result):
    """What a folder of returned forms holds.

    Parameters
    ----------
    judgments : DataFrame
        Columns of ``judgments.csv``: the comparisons from which weights can be computed.
    answers : DataFrame
        ``expert, group, sector, technology, criterion, value, low, high, first, kept, note``: one row a
        score; no value is "don't know".
    scores : DataFrame
        Columns of ``scores.csv`` with ``sector``: the median of the answers with their range.
    progress : DataFrame
        One row an expert: ``expert, name, group, pairs, pairs_answered, scores, scores_answered, halves,
        halves_answered, unknown, kept, findings, state``; the state is complete, incomplete, missing or
        refused.
    doubtful : DataFrame
        ``expert, node, what``: answers that are allowed and worth a second look.
    comparisons : DataFrame
        Every comparison: ``expert, group, node, one, other, preferred, strength, low, high,
        first_preferred, first, after_help, kept, note``; no strength is "don't know".
    halves : DataFrame
        Every answer of bisection: ``expert, group, criterion, worth, value, low, high, share, first, kept,
        note``; ``share`` is where the value stands on the scale, after its transform; empty unless asked.
    scales : mapping of str to Scale
        By criterion the scale with the medians of :attr:`halves` as its ``points``.
    files : DataFrame
        Every file of the folder: ``file, expert, state, code, why``.
    suggestions : DataFrame
        ``expert, missing``: technologies or criteria that experts miss.
    blocks : DataFrame
        ``expert, block, certainty, seconds`` of answer files: how sure from 1 to 3, and the time spent.
    movement : tuple of DataFrame
        Comparisons and scores against the round before; empty in the first round.
    verdict : DataFrame
        ``block, questions, agreed, stable, open, few``.
    advice : Text, optional
        Stop or go on, and why.
    problems : tuple of Problem
        Forms and answers that cannot be taken; nothing of them is in the tables.
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
    comparisons: pd.DataFrame = field(default_factory=pd.DataFrame)
    halves: pd.DataFrame = field(default_factory=pd.DataFrame)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    files: pd.DataFrame = field(default_factory=pd.DataFrame)
    suggestions: pd.DataFrame = field(default_factory=pd.DataFrame)
    blocks: pd.DataFrame = field(default_factory=pd.DataFrame)
    movement: tuple[pd.DataFrame, ...] = ()
    verdict: pd.DataFrame = field(default_factory=pd.DataFrame)
    advice: Text | None = None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Text, ...] = ()
    round: int = 1
    rule: ConsensusRule = field(default_factory=ConsensusRule)
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return :attr:`progress`, one row an expert."""
        return self.progress.copy()

    def tables(self) -> dict[str, Table]:
        """Return ``progress``, ``files``, ``verdict`` and ``doubtful``."""
        progress = [
            *(EXPERT, GROUP, PAIRS, PAIRS_ANSWERED, SCORES, SCORES_ANSWERED),
            *((HALVES, HALVES_ANSWERED) if len(self.halves) else ()),
            *(KEPT, FINDINGS, FORM_STATE),
        ]
        states = [FORM_STATES.get(state, state) for state in self.progress["state"]]
        files = self.files.assign(state=[FILE_STATES.get(one, one) for one in self.files["state"]])
        advice = (self.advice,) if self.advice else ()
        return tables_of(
            Table.from_frame("progress", self._title(), progress, self.progress.assign(state=states)),
            Table.from_frame(
                "files", text("Files of the folder"), [FILE, EXPERT, FILE_STATE, CODE, REASON], files
            ),
            Table.from_frame(
                "verdict", text("Agreement after the round"), [BLOCK, QUESTIONS, *STATES], self.verdict,
                notes=advice,
            ),
            Table.from_frame(
                "doubtful", text("Answers worth a second look"), [EXPERT, NODE, SECOND_LOOK], self.doubtful
            ),
        )  # fmt: skip

    def _summary(self) -> str:
        complete = int((self.progress["state"] == "complete").sum())
        return (
            f"round {self.round}, {complete} of {len(self.progress)} complete, {len(self.problems)} problems"
        )

    def _title(self) -> Text:
        return text("Returned forms, round {round}", round=self.round)

    def _facts(self) -> tuple[Words, ...]:
        return (text("findings: {count}", count=len(self.problems)),)
