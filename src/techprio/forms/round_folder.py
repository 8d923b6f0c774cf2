"""The folder of a round: its rule, whom it asked, everything that was shown, and the key of its tokens.

``round.json`` and ``shown.json`` can be read by anybody; ``round.key`` stays where it is. A token is the
beginning of HMAC-SHA256 over the code of the expert (RFC 2104): it shows that a form was made here for
this expert, not who filled it in.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from techprio.display.quantities import Words
from techprio.errors import DataFileError, InputError, Problem
from techprio.forms.answers import mark_of
from techprio.forms.questions import facts_of
from techprio.language import text
from techprio.model.forms import ConsensusRule, Expert
from techprio.model.study import Study

RECORD, SHOWN, KEY = "round.json", "shown.json", "round.key"
#: The answers of the round before, as every form of this round shows them.
EARLIER = {
    "answers": "earlier-answers.csv",
    "comparisons": "earlier-comparisons.csv",
    "halves": "earlier-halves.csv",
}


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
        criteria = {key: fact for key, fact in shown.items() if key.split()[0] in ("node", "criterion")}
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
            RECORD: (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode(),
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


def read_record(folder: Path) -> dict[str, Any]:
    """Return study, round and rule of a folder of forms, or of results.

    Raises
    ------
    DataFileError
        No such file, or one that cannot be read.
    """
    try:
        record: dict[str, Any] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        record["rule"] = ConsensusRule(**record["rule"])
        record["round"] = int(record["round"])
        record["study"] = str(record["study"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFileError([_not_a_round(folder / RECORD, error)]) from error
    return record


def read_round(folder: Path) -> Round:
    """Return the round that was made in a folder.

    Raises
    ------
    DataFileError
        A file of the round is missing or damaged.
    """
    record = read_record(folder)
    place = folder / SHOWN
    try:
        facts = json.loads(place.read_text(encoding="utf-8"))
        place = folder / KEY
        key = place.read_text(encoding="utf-8").strip()
        bytes.fromhex(key)
        place = folder / RECORD
        asked = {str(code): tuple(sectors) for code, sectors in record["asked"].items()}
        words = {name: str(record[name]) for name in ("deadline", "contact", "before")}
        halves = bool(record.get("halves", False))
        return Round(
            record["study"], record["round"], record["rule"], key, facts, asked, **words, halves=halves
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataFileError([_not_a_round(place, error)]) from error


def kept_key(folder: Path) -> str | None:
    """Return the key that lies in a folder already; None where there is none.

    Raises
    ------
    InputError
        It cannot be read.
    """
    place = folder / KEY
    if not place.exists():
        return None
    key = place.read_text(encoding="utf-8", errors="replace").strip()
    try:
        bytes.fromhex(key)
    except ValueError:
        raise InputError(text("{file}: found no key; allowed: hexadecimal digits", file=place)) from None
    return key


def _not_a_round(place: Path, error: Exception) -> Problem:
    allowed = text("a folder that techprio forms make or read has written")
    return Problem("T101", str(place), "", "", what_is_wrong(error), allowed)


def what_is_wrong(error: Exception) -> Words:
    """Say whether a file is not there, cannot be read, or holds something else."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return text("no such file")
    return text("a file that cannot be read") if isinstance(error, OSError) else text("a damaged file")
