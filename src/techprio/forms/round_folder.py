"""The folder of a round: its rule, whom it asked, everything that was shown, and the key of its tokens.

``round.json`` and ``shown.json`` can be read by anybody; ``round.key`` stays where it is. A token is the
beginning of HMAC-SHA256 over the code of the expert (RFC 2104): it shows that a form was made here for
this expert, not who filled it in.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypedDict

from techprio.errors import DataFileError, InputError, Problem, Sayable
from techprio.forms.answers import mark_of
from techprio.forms.questions import facts_of
from techprio.kept_files import check_seal, read_kept, read_words, sealed
from techprio.language import text
from techprio.model.forms import ConsensusRule, Expert
from techprio.model.study import Study

RECORD, SHOWN, KEY = "round.json", "shown.json", "round.key"
A_ROUND = text("a folder that techprio forms make or read has written")
#: The answers of the round before, as every form of this round shows them.
EARLIER = {
    "answers": "earlier-answers.csv",
    "comparisons": "earlier-comparisons.csv",
    "halves": "earlier-halves.csv",
}


class FactWords(TypedDict):
    """What every fact has: its words in both languages."""

    words: Mapping[str, str]


class Fact(FactWords, total=False):
    """A fact of ``shown.json``; beside the words what the question is about."""

    sector: str


class RoundRecord(TypedDict):
    """``round.json`` of a folder of forms, or of results."""

    study: str
    round: int
    rule: Mapping[str, Any]


class ResultRecord(RoundRecord):
    """``round.json`` of a folder of results."""

    answers: str


class SentRecord(RoundRecord):
    """``round.json`` of a folder of forms."""

    asked: Mapping[str, Sequence[str]]
    deadline: str
    contact: str
    before: str
    halves: bool


@dataclass(frozen=True)
class Round:
    """A round of forms as it was sent.

    Parameters
    ----------
    study : str
    number : int
    rule : ConsensusRule
    key : str
        Hexadecimal digits.
    facts : mapping
        Everything that was shown, of all sectors.
    asked : mapping of str to sequence of str
        Sectors by expert.
    deadline, contact : str
    before : str
        Mark of the answers of the round before; empty in the first.
    halves : bool
        Whether the forms ask what values are worth.
    """

    study: str
    number: int
    rule: ConsensusRule
    key: str
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)
    deadline: str = ""
    contact: str = ""
    before: str = ""
    halves: bool = False

    @classmethod
    def of(
        cls,
        study: Study,
        experts: Sequence[Expert],
        *,
        number: int = 1,
        rule: ConsensusRule | None = None,
        key: str | None = None,
        deadline: str = "",
        contact: str = "",
        before: str = "",
        halves: bool = False,
    ) -> Round:
        """Begin a round with a new key."""
        sectors = [sector.code for sector in study.catalog.sectors]
        return cls(
            study=study.id,
            number=number,
            rule=rule or ConsensusRule(),
            key=key or secrets.token_hex(16),
            facts=facts_of(study, sectors, with_halves=halves),
            asked={expert.code: list(expert.sectors) for expert in experts},
            deadline=deadline,
            contact=contact,
            before=before,
            halves=halves,
        )

    def token(self, expert: str) -> str:
        """Return what shows that a form was made in this folder for this expert."""
        return hmac.new(bytes.fromhex(self.key), expert.encode("utf-8"), hashlib.sha256).hexdigest()[:16]

    def shown_to(self, expert: str) -> dict[str, Mapping[str, Any]]:
        """Return what the form of an expert showed."""
        return facts_shown(self.facts, self.asked.get(expert, ()))

    def marks(self, expert: str) -> dict[str, str]:
        """Return the marks that a form carries: study, round, expert, token, criteria and questions."""
        shown = self.shown_to(expert)
        criteria = {
            key: fact for key, fact in shown.items() if key.partition(" ")[0] in ("node", "criterion")
        }
        return {
            "study": self.study,
            "round": str(self.number),
            "expert": expert,
            "token": self.token(expert),
            "criteria": mark_of(criteria),
            "questions": mark_of(shown),
        }

    def files(self) -> dict[str, bytes]:
        """Return the files that hold the round."""
        record = {
            "study": self.study,
            "round": self.number,
            "rule": asdict(self.rule),
            "deadline": self.deadline,
            "contact": self.contact,
            "asked": {code: list(sectors) for code, sectors in self.asked.items()},
            "before": self.before,
            "halves": self.halves,
        }
        shown = json.dumps(self.facts, ensure_ascii=False, indent=1, sort_keys=True)
        return {
            RECORD: sealed(record, indent=2),
            SHOWN: (shown + "\n").encode(),
            KEY: (self.key + "\n").encode(),
        }


def facts_shown(
    facts: Mapping[str, Mapping[str, Any]], sectors: Sequence[str]
) -> dict[str, Mapping[str, Any]]:
    """Return the facts that somebody is shown who scores these sectors."""
    shown = {}
    for about, fact in facts.items():
        kind, _, name = about.partition(" ")
        sector = {"sector": name, "technology": fact.get("sector")}.get(kind)
        if sector is None or sector in sectors:
            shown[about] = fact
    return shown


def read_results(folder: Path) -> tuple[ResultRecord, ConsensusRule]:
    """Return the record of a folder of results, with its rule.

    Raises
    ------
    DataFileError
        No such file, or one that cannot be read.
    """
    record = read_kept(folder / RECORD, ResultRecord, code="T101", allowed=A_ROUND)
    _check_record(folder / RECORD, record)
    return record, _rule_of(folder / RECORD, record)


def read_round(folder: Path) -> Round:
    """Return the round that was made in a folder.

    Raises
    ------
    DataFileError
        A file of the round is missing or damaged.
    """
    record = read_kept(folder / RECORD, SentRecord, code="T101", allowed=A_ROUND)
    _check_record(folder / RECORD, record)
    return Round(
        study=record["study"],
        number=record["round"],
        rule=_rule_of(folder / RECORD, record),
        key=_key_of(folder / KEY),
        facts=read_kept(folder / SHOWN, Mapping[str, Fact], code="T101", allowed=A_ROUND),  # type: ignore[type-abstract]
        asked={code: tuple(sectors) for code, sectors in record["asked"].items()},
        deadline=record["deadline"],
        contact=record["contact"],
        before=record["before"],
        halves=record["halves"],
    )


def _check_record(place: Path, record: RoundRecord) -> None:
    """Stop on a record that was changed since it was written: its rule is fixed before the first round."""
    if record["round"] < 1:
        raise DataFileError([_wrong(place, "round", str(record["round"]), text("1 or more"))])
    check_seal(place, record, code="T101")


def _rule_of(place: Path, record: RoundRecord) -> ConsensusRule:
    """Return the rule of a record, which must be one that could have been written."""
    known = [item.name for item in fields(ConsensusRule)]
    beside = [name for name in record["rule"] if name not in known]
    lacking = [name for name in known if name not in record["rule"]]
    problems = [_wrong(place, f"rule.{name}", name, ", ".join(known)) for name in beside]
    problems += [_wrong(place, f"rule.{name}", text("nothing"), text("a value")) for name in lacking]
    if problems:
        raise DataFileError(problems)
    try:
        return ConsensusRule(**record["rule"])
    except InputError as error:
        problems = [_wrong(place, f"rule.{one.place}", one.found, one.allowed) for one in error.problems]
        raise DataFileError(problems) from error


def _key_of(place: Path) -> str:
    """Return the key that lies in a folder."""
    key = read_words(place, code="T101", allowed=A_ROUND).strip()
    if re.fullmatch("(?:[0-9A-Fa-f]{2})+", key) is None:
        raise DataFileError([_wrong(place, "", text("a damaged file"), text("hexadecimal digits"))])
    return key


def _wrong(place: Path, field: Sayable, found: Sayable, allowed: Sayable) -> Problem:
    return Problem("T101", str(place), "", field, found, allowed)


def kept_key(folder: Path) -> str | None:
    """Return the key that lies in a folder already; None where there is none.

    Raises
    ------
    DataFileError
        It cannot be read.
    """
    place = folder / KEY
    return _key_of(place) if place.exists() else None
