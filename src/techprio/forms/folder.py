"""A folder of returned forms: every file accounted for, each form and each answer by itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from techprio.display.quantities import Words
from techprio.errors import InputError, Problem, did_you_mean
from techprio.forms.answer_file import parse_answers, take_answers
from techprio.forms.answers import Filled
from techprio.forms.halves import check_halves
from techprio.forms.questions import Question, changed_facts, facts_of, questions_of
from techprio.forms.reading import open_form, take_sheets
from techprio.forms.returned_files import Item, returned_items
from techprio.forms.round_folder import Round, facts_shown
from techprio.forms.rounds import answers_of
from techprio.forms.tables import returned_tables
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.language import Text, joined, text
from techprio.model.forms import Expert, ReturnedForms
from techprio.model.study import Study


def read_forms(
    study: Study,
    experts: Sequence[Expert],
    folder: str | Path,
    sent: Round,
    *,
    prefer: Mapping[str, str] | None = None,
    strict: bool = False,
    accept_changes: bool = False,
    earlier: Mapping[str, pd.DataFrame] | None = None,
) -> ReturnedForms:
    """Read a folder of returned forms.

    Parameters
    ----------
    study : Study
    experts : sequence of Expert
        Who was asked; groups and names are theirs.
    folder : path
    sent : Round
        Forms of other rounds, and of other makers, are refused.
    prefer : mapping of expert to path inside the folder, optional
        Settles which of two forms of one expert counts; without it neither does.
    strict : bool
        A single answer that cannot be taken refuses its form.
    accept_changes : bool
        Take forms although wordings have changed since they were sent.
    earlier : mapping, optional
        ``answers`` and ``comparisons`` of the round before; what a form leaves open keeps them.

    Returns
    -------
    ReturnedForms
        All that can be read, and a finding for everything else.

    Raises
    ------
    InputError
        No such folder, or a ``prefer`` that names no expert, no file, or a file of somebody else.
    """
    place = Path(folder)
    if not place.is_dir():
        raise InputError(
            text("{folder}: found no such folder; allowed: the folder of the returned forms", folder=place)
        )
    reading = _Reading(
        study, {expert.code: expert for expert in experts}, sent, strict, accept_changes, earlier or {}
    )
    for item in returned_items(place):
        reading.take(item)
    taken = reading.chosen(prefer or {})
    found = returned_tables(study, experts, sent, taken, reading.refused, earlier)
    files = pd.DataFrame(reading.files.values(), columns=["file", "expert", "state", "code", "why"])
    return replace(
        found,
        files=files,
        problems=tuple(reading.diagnostics.problems),
        notes=(*reading.diagnostics.notes, *found.notes),
    )


@dataclass
class _Reading:
    """What one pass over a folder gathers."""

    study: Study
    known: Mapping[str, Expert]
    sent: Round
    strict: bool
    accept_changes: bool
    earlier: Mapping[str, pd.DataFrame]
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
    forms: dict[str, list[Filled]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    files: dict[str, tuple[str, str, str, str, Words]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sectors = [sector.code for sector in self.study.catalog.sectors]
        self.facts = facts_of(self.study, sectors, with_halves=self.sent.halves)

    def take(self, item: Item) -> None:
        """Read one file, or say why not."""
        before = len(self.diagnostics)
        if item.why:
            if item.refused:
                self.diagnostics.add(
                    "T102", Location(item.path), found=item.why,
                    allowed=text("a workbook, an answer file, a mail or an archive of them"),
                )  # fmt: skip
            elif item.path.rpartition("/")[2].startswith("~$") and isinstance(item.why, Text):
                self.diagnostics.note(item.why)
            state = "refused" if item.refused else "not_read"
            self.files[item.path] = (item.path, "", state, "", item.why)
            return
        form = self._workbook(item) if item.is_workbook else self._answers(item)
        if form is not None and self.sent.halves:
            check_halves(form, self.study, self.diagnostics, answers_of(self.earlier, form.expert))
        new = self.diagnostics.since(before)
        if form is None:
            self.files[item.path] = (item.path, "", "refused", "", _why(new))
            return
        if self.strict and new:
            self.refused.add(form.expert)
            self._settle(form, "refused", _why(new))
            return
        self._settle(form, "read", _why(new) if new else "")
        self.forms.setdefault(form.expert, []).append(form)

    def _workbook(self, item: Item) -> Filled | None:
        opened = open_form(item.data, item.path, self.diagnostics)
        if opened is None:
            return None
        grids, marks = opened
        form = self._form(item.path, marks)
        if form is not None:
            take_sheets(form, grids, self.study, self._asked(form.expert), self.diagnostics)
        return form

    def _answers(self, item: Item) -> Filled | None:
        fields = parse_answers(item.data)
        if not isinstance(fields, dict):
            self.diagnostics.add(
                "F609", Location(item.path), found=fields,
                allowed=text("the answer file as the page saved it"),
                proposal=text("ask the expert to send it again"),
            )  # fmt: skip
            return None
        marks = {key: str(fields.get(key, "")) for key in ("study", "round", "expert", "token", "questions")}
        form = self._form(item.path, marks)
        if form is not None:
            take_answers(form, fields, self.study, self._asked(form.expert), self.diagnostics)
        return form

    def _form(self, path: str, marks: Mapping[str, str]) -> Filled | None:
        """Return an empty form of the expert, when its marks are those of this round."""
        expert = marks["expert"]
        own = self.sent.marks(expert)
        for key in ("study", "round"):
            if marks[key] != own[key]:
                proposal = (
                    text("send the expert the present form")
                    if key == "study"
                    else text("read that round by itself")
                )
                self.diagnostics.add(
                    "F602", Location(path), field=key, found=marks[key], allowed=own[key], proposal=proposal
                )
                return None
        if expert not in self.known or expert not in self.sent.asked:
            self.diagnostics.add(
                "F605", Location(path), field="expert", found=expert,
                allowed=text("an expert of the list who was asked in this round"),
            )  # fmt: skip
            return None
        if marks.get("token") != own["token"]:
            self.diagnostics.add(
                "F607", Location(path), field="token", found=marks.get("token", ""),
                allowed=text("the token of {expert} in this round", expert=expert),
                proposal=text(
                    "give the folder in which the form was made as --sent, or send the expert the own form "
                    "again"
                ),
            )  # fmt: skip
            self.refused.add(expert)
            return None
        if marks.get("questions") != own["questions"]:
            self.diagnostics.add(
                "F608", Location(path), field="questions", found=text("a mark of other questions"),
                allowed=text("the questions that were sent"),
                proposal=text("send the expert the present form"),
            )  # fmt: skip
            self.refused.add(expert)
            return None
        return Filled(path, expert) if self._is_unchanged(path, expert) else None

    def _is_unchanged(self, path: str, expert: str) -> bool:
        """Whether the study still asks what was sent; wordings may differ where that is accepted."""
        now = facts_shown(self.facts, self.sent.asked[expert])
        changed = changed_facts(self.sent.shown_to(expert), now)
        names = listed([about for about, _ in changed])
        if not changed:
            return True
        wording = all(only_words for _, only_words in changed)
        if wording and self.accept_changes:
            self.diagnostics.note(text("worded otherwise since the forms were sent: {names}", names=names))
            return True
        proposal = (
            text("where the meaning is the same: --accept-changes")
            if wording
            else text("ask again: the answers may be about something else")
        )
        self.diagnostics.add(
            "F608", Location(path), field="questions", found=text("changed since: {names}", names=names),
            allowed=text("criteria, levels and technologies as they were sent"), proposal=proposal,
        )  # fmt: skip
        self.refused.add(expert)
        return False

    def _asked(self, expert: str) -> set[Question]:
        known = self.known[expert]
        sectors = {sector.code for sector in self.study.catalog.sectors}
        asked = tuple(code for code in self.sent.asked[expert] if code in sectors)
        return {*questions_of(self.study, replace(known, sectors=asked), with_halves=self.sent.halves)}

    def _settle(self, form: Filled, state: str, why: Words = "") -> None:
        self.files[form.file] = (form.file, form.expert, state, form.code, why)

    def chosen(self, prefer: Mapping[str, str]) -> dict[str, Filled]:
        """Return the form that counts for each expert."""
        wanted = {code: self._preferred(code, path) for code, path in prefer.items()}
        taken = {}
        for code, forms in self.forms.items():
            counting = self._one_of(code, forms, wanted.get(code))
            if counting is not None:
                taken[code] = counting
        self.refused -= taken.keys()
        self.refused |= self.forms.keys() - taken.keys()
        return taken

    def _preferred(self, code: str, path: str) -> str:
        if code not in self.known:
            known = list(self.known)
            raise InputError.argument("prefer", found=code, allowed=known, proposal=did_you_mean(code, known))
        names = [form.file for form in self.forms.get(code, ())]
        said = unicodedata.normalize("NFC", path).replace("\\", "/").removeprefix("./")
        meant = [name for name in names if said in (name, name.rpartition("/")[2])]
        if len(meant) != 1:
            found = text("{expert}={file}", expert=code, file=path)
            allowed = listed(names) if names else text("a form of {expert}; there is none", expert=code)
            raise InputError.argument("prefer", found=found, allowed=allowed)
        return meant[0]

    def _one_of(self, code: str, forms: Sequence[Filled], wanted: str | None) -> Filled | None:
        if wanted is not None:
            chosen = next(form for form in forms if form.file == wanted)
            for form in forms:
                if form is not chosen:
                    self._settle(form, "not_counted", text("{file} is preferred", file=wanted))
            return chosen
        final = [form for form in forms if not form.partial] or list(forms)
        for form in forms:
            if form not in final:
                self._settle(
                    form, "not_counted", text("a copy to be continued; {file} is final", file=final[0].file)
                )
        different: list[Filled] = []
        for form in final:
            same = next((other for other in different if other.content == form.content), None)
            if same is None:
                different.append(form)
            else:
                self._settle(form, "not_counted", text("the same answers as {file}", file=same.file))
        if len(different) == 1:
            return different[0]
        newest = max(different, key=lambda form: (form.sequence, form.file))
        names = [form.file for form in different]
        found = text(
            "{count} forms of {expert}: {names}", count=len(names), expert=code, names=", ".join(names)
        )
        proposal = text("say which one counts: {example}", example=f"--prefer {code}={newest.file}")
        self.diagnostics.add(
            "F606", Location(names[0]), field="expert", found=found, allowed=text("one form an expert"),
            proposal=proposal,
        )  # fmt: skip
        for form in different:
            self._settle(form, "refused", found)
        return None


def _why(problems: Sequence[Problem]) -> Words:
    """Say in one line what was found in a file."""
    return joined(
        joined([part for part in (problem.place, problem.field, problem.found) if part != ""], " ")
        for problem in problems
    )
