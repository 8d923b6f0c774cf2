"""Rounds of questionnaires over a whole study: forms out and forms back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.file_names import portable_name
from techprio.forms.folder import read_forms
from techprio.forms.page import page_form
from techprio.forms.questions import halved_criteria
from techprio.forms.round_folder import (
    EARLIER,
    RECORD,
    Round,
    kept_key,
    read_results,
    read_round,
)
from techprio.forms.rounds import earlier_answers
from techprio.forms.workbook import form_bytes
from techprio.inputs.cells import CellProblem, parse_person
from techprio.language import Language, resolve_language, text
from techprio.model.checks import Checks
from techprio.model.forms import ConsensusRule, Expert, ReturnedForms
from techprio.model.study import Study
from techprio.reporting.files import free_folder, put_files
from techprio.study.kept_answers import RESULTS, kept_tables, kept_words, mark_of_words

FormKind = Literal["workbook", "page", "both"]


@validated
def make_forms(
    study: Study,
    experts: Sequence[Expert],
    folder: str | Path,
    *,
    language: Language | None = None,
    rule: ConsensusRule | None = None,
    before: str | Path | None = None,
    kind: FormKind = "workbook",
    deadline: str = "",
    contact: str = "",
    value_functions: bool = False,
) -> list[Path]:
    """Write the form of every expert into a new folder, with the rule of consensus beside them.

    Parameters
    ----------
    study : Study
    experts : sequence of Expert
    folder : path
        Must not hold a round already.
    language : {"vi", "en"}, optional
    rule : ConsensusRule, optional
        Of the first round; later rounds keep it.
    before : path, optional
        The results of the round before (of :func:`save_forms`): the forms then show own and group answers.
    kind : {"workbook", "page", "both"}
        A page is one HTML file that needs no network.
    deadline, contact : str
        Stand on the first page, unless an expert has others.
    value_functions : bool
        Ask too which values of the measured criteria are worth a half, a quarter and three quarters of the
        best (bisection); criteria with an ``ideal`` inside their scale are not asked.

    Returns
    -------
    list of Path

    Raises
    ------
    InputError
        A folder that holds a round, a rule given in a later round, a rule that means nothing, results of
        another study, value functions of a study without a measured criterion.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> import tempfile
    >>> from pathlib import Path
    >>> sent = Path(tempfile.mkdtemp()) / "round-1"
    >>> experts = [tp.forms.Expert("e1", "An", "agencies")]
    >>> _ = tp.forms.make_forms(study, experts, sent, rule=tp.forms.ConsensusRule(share=0.7))
    >>> sorted(path.name for path in sent.iterdir())
    ['lai-chau-e1-r1.xlsx', 'round.json', 'round.key', 'shown.json']
    """
    language = resolve_language(language)
    target = free_folder(folder)
    if kind not in ("workbook", "page", "both"):
        raise InputError.argument("kind", found=kind, allowed=("workbook", "page", "both"))
    if (target / RECORD).exists():
        raise InputError(
            text(
                "{folder}: found a round of forms there; allowed: a new folder for each round", folder=target
            )
        )
    _check_experts(study, experts)
    if value_functions and not halved_criteria(study):
        raise InputError.argument(
            "value_functions", found=text("no criterion with a measured scale whose best value is an end"),
            allowed=text("at least one; or leave value functions out"),
        )  # fmt: skip
    if before is not None and rule is not None:
        raise InputError(
            text("rule: it is fixed before the first round and kept; leave it out in later rounds")
        )
    number, earlier, mark, files = 1, None, "", {}
    if before is not None:
        record, rule = read_results(Path(before))
        if record["study"] != study.id:
            raise InputError.argument("before", found=record["study"], allowed=study.id)
        words = kept_words(Path(before), RESULTS)
        number, mark = record["round"] + 1, mark_of_words(words)
        if mark != record["answers"]:
            raise InputError(
                text(
                    "{folder}: the answers were changed after the round was read; "
                    "read the returned forms again",
                    folder=before,
                )
            )
        earlier = _of_listed(kept_tables(words), experts)
        files = {EARLIER[name]: (Path(before) / RESULTS[name]).read_bytes() for name in words}
    sent = Round.of(
        study, experts, number=number, rule=rule, key=kept_key(target), deadline=deadline, contact=contact,
        before=mark, halves=value_functions,
    )  # fmt: skip
    forms = {}
    for expert in experts:
        shown = None if earlier is None else earlier_answers(study, earlier, expert.code, sent.rule)
        name = f"{portable_name(study.id)}-{portable_name(expert.code)}-r{number}"
        if kind != "page":
            forms[f"{name}.xlsx"] = form_bytes(study, expert, sent, language=language, earlier=shown)
        if kind != "workbook":
            forms[f"{name}.html"] = page_form(study, expert, sent, language=language, earlier=shown)
    written = put_files(target, {**files, **sent.files(), **forms}, language)
    return [path for path in written if path.name in forms]


def _check_experts(study: Study, experts: Sequence[Expert]) -> None:
    """Stop on codes that name no file, or name two experts, and on unknown sectors."""
    checks = Checks(text("the experts cannot be asked"))
    sectors = [sector.code for sector in study.catalog.sectors]
    seen: set[str] = set()
    for expert in experts:
        wrong = parse_person(expert.code)
        if isinstance(wrong, CellProblem):
            checks.add("code", repr(expert.code), wrong.allowed, wrong.proposal)
        if expert.code in seen:
            checks.add("code", repr(expert.code), text("each id once"))
        seen.add(expert.code)
        for code in expert.sectors:
            if code not in sectors:
                checks.unknown(text("sectors of {expert}", expert=expert.code), code, sectors)
    checks.check()


def _of_listed(frames: Mapping[str, pd.DataFrame], experts: Sequence[Expert]) -> dict[str, pd.DataFrame]:
    """Leave out who is not on the list any more: nothing of somebody who withdrew is shown or counted."""
    codes = [expert.code for expert in experts]
    return {name: table[table["expert"].isin(codes)] for name, table in frames.items()}


@validated
def collect_forms(
    study: Study,
    experts: Sequence[Expert],
    folder: str | Path,
    sent: str | Path,
    *,
    prefer: Mapping[str, str] | None = None,
    strict: bool = False,
    accept_changes: bool = False,
    before: str | Path | None = None,
) -> ReturnedForms:
    """Read the returned forms of a round; ``sent`` is the folder in which they were made.

    Parameters
    ----------
    study : Study
    experts : sequence of Expert
        Who was asked; group and name are taken from here.
    folder : path
        Holds what came back, whatever its names: workbooks, answer files, mails, archives.
    sent : path
        The folder in which the forms of the round were made; it holds round, rule and key.
    prefer : mapping of str to str, optional
        Code of an expert to the path that counts, where two forms of one expert came back.
    strict : bool
        A form with an answer that cannot be taken is refused as a whole.
    accept_changes : bool
        Forms count although wordings have changed since they were sent.
    before : path, optional
        Results of the round before; only checked, the folder in ``sent`` holds them.

    Returns
    -------
    ReturnedForms

    Raises
    ------
    DataFileError
        No forms were made in ``sent``.
    InputError
        No such folder, an unknown expert or file in ``prefer``, or results of another round.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> import tempfile
    >>> from pathlib import Path
    >>> sent = Path(tempfile.mkdtemp()) / "round-1"
    >>> experts = [tp.forms.Expert("e1", "An", "agencies")]
    >>> _ = tp.forms.make_forms(study, experts, sent)
    >>> found = tp.forms.collect_forms(study, experts, sent, sent)
    >>> found.round, found.progress["state"].tolist()
    (1, ['incomplete'])
    """
    made = read_round(Path(sent))
    if made.study != study.id:
        raise InputError.argument("sent", found=made.study, allowed=study.id)
    earlier = None
    if made.before:
        words = kept_words(Path(sent), EARLIER)
        if mark_of_words(words) != made.before:
            raise InputError(
                text(
                    "{folder}: the answers of the round before were changed after the forms were made",
                    folder=sent,
                )
            )
        earlier = _of_listed(kept_tables(words), experts)
    if before is not None and (
        not made.before or mark_of_words(kept_words(Path(before), RESULTS)) != made.before
    ):
        raise InputError(
            text(
                "{folder}: found the results of another round; allowed: those from which the forms were made",
                folder=before,
            )
        )  # fmt: skip
    return read_forms(
        study, experts, folder, made, prefer=prefer, strict=strict, accept_changes=accept_changes,
        earlier=earlier,
    )  # fmt: skip
