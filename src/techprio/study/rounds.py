"""Rounds of questionnaires over a whole study: forms out, forms back, the page to each expert."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd

from techprio.csv_text import frame_csv
from techprio.errors import DataFileError, InputError, Problem
from techprio.forms.folder import read_forms
from techprio.forms.rounds import check_rule, delphi_changes, earlier_answers
from techprio.forms.workbook import form_bytes
from techprio.language import Language, resolve_language, text
from techprio.model.forms import ConsensusRule, Expert, ReturnedForms
from techprio.model.judgments import Judgments
from techprio.model.study import Study
from techprio.reporting.word.feedback import feedback_bytes
from techprio.weighting.analytic_hierarchy import ahp
from techprio.weighting.revise import suggest_revisions

RULE = "round.json"
FAR = 2.0  # steps from the median


def make_forms(
    study: Study,
    experts: Sequence[Expert],
    folder: str | Path,
    *,
    language: Language | None = None,
    rule: ConsensusRule | None = None,
    before: str | Path | None = None,
) -> list[Path]:
    """Write one form an expert into a new folder, with the rule of consensus beside them.

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

    Returns
    -------
    list of Path

    Raises
    ------
    InputError
        A folder that holds a round, a rule given in a later round, a rule that means nothing.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> import tempfile
    >>> from pathlib import Path
    >>> sent = Path(tempfile.mkdtemp()) / "round-1"
    >>> experts = [tp.forms.Expert("e1", "An", "agencies", ("AGR",))]
    >>> _ = tp.forms.make_forms(study, experts, sent, rule=tp.forms.ConsensusRule(share=0.7))
    >>> sorted(path.name for path in sent.iterdir())
    ['lai-chau-e1.xlsx', 'round.json']
    """
    language = resolve_language(language)
    target = Path(folder)
    if (target / RULE).exists():
        raise InputError(
            text(
                "{folder}: found a round of forms there; allowed: a new folder for each round", folder=target
            )
        )
    if before is not None and rule is not None:
        raise InputError(
            text("rule: it is fixed before the first round and kept; leave it out in later rounds")
        )
    first: dict[str, Any] = {"round": 1, "rule": asdict(rule or ConsensusRule())}
    record = first if before is None else _next(Path(before))
    check_rule(ConsensusRule(**record["rule"]))
    answers = None if before is None else pd.read_csv(Path(before) / "answers.csv")
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for expert in experts:
        earlier = None if answers is None else earlier_answers(answers, expert.code, language)
        content = form_bytes(study, expert, language=language, round=record["round"], earlier=earlier)
        path = target / f"{study.id}-{expert.code}.xlsx"
        path.write_bytes(content)
        written.append(path)
    (target / RULE).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return written


def collect_forms(
    study: Study,
    experts: Sequence[Expert],
    folder: str | Path,
    sent: str | Path,
    *,
    prefer: Mapping[str, str] | None = None,
) -> ReturnedForms:
    """Read the returned forms of a round; ``sent`` is the folder in which they were made.

    Parameters
    ----------
    study : Study
    experts : sequence of Expert
        Who was asked.
    folder : path
        Holds the forms that came back, whatever their names.
    sent : path
        The folder in which the forms of the round were made; it holds round and rule.
    prefer : mapping of str to str, optional
        Code of an expert to the file that counts, where two of one expert came back.

    Returns
    -------
    ReturnedForms

    Raises
    ------
    DataFileError
        No forms were made in ``sent``.
    InputError
        No such folder, or an unknown expert in ``prefer``.

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
    >>> found.round, found.progress["state"].tolist()
    (1, ['incomplete'])
    """
    record = round_record(Path(sent))

    found = read_forms(study, experts, folder, round=record["round"], prefer=prefer)
    return replace(found, rule=ConsensusRule(**record["rule"]))


def save_forms(
    study: Study,
    experts: Sequence[Expert],
    forms: ReturnedForms,
    folder: str | Path,
    *,
    language: Language | None = None,
    before: str | Path | None = None,
) -> list[Path]:
    """Write judgments, scores, progress, doubtful answers, movement and the page to each expert.

    Parameters
    ----------
    study, experts, forms
    folder : path
    language : {"vi", "en"}, optional
    before : path, optional
        Results of the round before, for the movement.

    Returns
    -------
    list of Path

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
    >>> sorted(path.name for path in tp.forms.save_forms(study, experts, found, sent.parent / "results-1"))[
    ...     :4
    ... ]
    ['answers.csv', 'doubtful.csv', 'judgments.csv', 'progress.csv']
    """
    language = resolve_language(language)
    target = Path(folder)
    files: dict[str, bytes] = {
        "judgments.csv": frame_csv(forms.judgments),
        "answers.csv": frame_csv(forms.answers),
        "progress.csv": frame_csv(forms.progress),
        "doubtful.csv": frame_csv(
            forms.doubtful.assign(what=[w.render(language) for w in forms.doubtful["what"]])
        ),
        RULE: (json.dumps({"round": forms.round, "rule": asdict(forms.rule)}, indent=2) + "\n").encode(),
    }
    for sector, scores in forms.scores.groupby("sector", sort=False):
        folder_name = study.catalog.sector(str(sector)).folder or str(sector)
        files[f"{folder_name}/scores.csv"] = frame_csv(scores.drop(columns="sector"))
    if before is not None:
        earlier = pd.read_csv(Path(before) / "answers.csv")
        files["movement.csv"] = frame_csv(delphi_changes(earlier, forms.answers, rule=forms.rule))
    files |= _pages(study, experts, forms, language)
    for name, content in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)
    return [target / name for name in sorted(files)]


def round_record(folder: Path) -> dict[str, Any]:
    """Return round and rule of a folder of forms, or of results.

    Raises
    ------
    DataFileError
        No such file, or one that cannot be read.
    """
    try:
        record: dict[str, Any] = json.loads((folder / RULE).read_text(encoding="utf-8"))
        ConsensusRule(**record["rule"])
        int(record["round"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        allowed = text("a folder that techprio forms make or read has written")
        raise DataFileError(
            [Problem("T101", str(folder / RULE), "", "", type(error).__name__, allowed)]
        ) from error
    return record


def _next(before: Path) -> dict[str, Any]:
    record = round_record(before)
    return {"round": int(record["round"]) + 1, "rule": record["rule"]}


def _pages(
    study: Study, experts: Sequence[Expert], forms: ReturnedForms, language: Language
) -> dict[str, bytes]:
    if forms.judgments.empty:
        return {}
    panel = Judgments(forms.judgments, hierarchy=study.criteria.hierarchy, labels={})
    weights = ahp(panel)
    revisions = suggest_revisions(panel).to_frame()
    medians = forms.scores.set_index(["technology", "criterion"])["value"]
    pages = {}
    for expert in experts:
        if expert.code not in weights.by_expert.index:
            continue
        own = forms.answers[forms.answers["expert"] == expert.code]
        far = own.assign(median=[float(medians[row.technology, row.criterion]) for row in own.itertuples()])
        far = far[(far["value"] - far["median"]).abs() >= FAR]
        content = feedback_bytes(
            expert,
            weights,
            study.criteria,
            revisions=revisions[revisions["expert"] == expert.code],
            far=far,
            language=language,
        )
        pages[f"pages/{expert.code}.docx"] = content
    return pages
