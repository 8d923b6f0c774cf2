"""A folder of returned forms: judgments and scores, who is missing, what is doubtful."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from techprio.errors import InputError, did_you_mean
from techprio.forms.questions import Score, pairs_of, scores_of
from techprio.forms.reading import Answered, doubtful_of, read_form
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.language import Text, text
from techprio.model.forms import Expert, ReturnedForms
from techprio.model.judgments import Judgments
from techprio.model.provenance import Provenance
from techprio.model.study import Study
from techprio.weighting.analytic_hierarchy import ahp

ENDINGS = (".xlsx", ".xlsm", ".ods", ".xls")
CR_LIMIT = 0.10
SEVERAL = 3  # experts from which on agreement is evidence of grade C


def read_forms(
    study: Study,
    experts: Sequence[Expert],
    folder: str | Path,
    *,
    round: int = 1,
    prefer: Mapping[str, str] | None = None,
) -> ReturnedForms:
    """Read a folder of returned forms.

    Parameters
    ----------
    study : Study
    experts : sequence of Expert
        Who was asked.
    folder : path
    round : int
        Forms of other rounds are refused.
    prefer : mapping of expert to file name, optional
        Settles which of two forms of one expert counts; without it neither does.

    Returns
    -------
    ReturnedForms
        Forms with problems give nothing; all their problems are listed at once.

    Raises
    ------
    InputError
        No such folder, or an unknown expert in ``prefer``.
    """
    place = Path(folder)
    if not place.is_dir():
        raise InputError(
            text("{folder}: found no such folder; allowed: the folder of the returned forms", folder=place)
        )
    known = {expert.code: expert for expert in experts}
    for code in prefer or {}:
        if code not in known:
            raise InputError.argument(
                "prefer", found=code, allowed=list(known), proposal=did_you_mean(code, list(known))
            )
    diagnostics = Diagnostics()
    taken, refused = _all_forms(study, known, place, diagnostics, round, prefer or {})
    return ReturnedForms(
        judgments=_judgments(taken),
        answers=_answers(taken),
        scores=aggregate_scores(_answers(taken)),
        progress=_progress(study, experts, taken, refused),
        doubtful=_doubtful(study, taken),
        problems=tuple(diagnostics.problems),
        notes=tuple(diagnostics.notes),
        round=round,
        provenance=Provenance.of(f"collect_forms(round={round})", inputs=study.inputs),
    )


def _all_forms(
    study: Study,
    known: Mapping[str, Expert],
    folder: Path,
    diagnostics: Diagnostics,
    round: int,
    prefer: Mapping[str, str],
) -> tuple[dict[str, Answered], set[str]]:
    found: dict[str, list[tuple[str, Answered, bool]]] = {}
    for path in sorted(folder.rglob("*")):
        name = unicodedata.normalize("NFC", path.name)
        if not path.is_file() or path.suffix.lower() not in ENDINGS or _is_left_out(name, diagnostics):
            continue
        before = len(diagnostics)
        form = read_form(path.read_bytes(), name, study, diagnostics, round=round)
        if form is None:
            continue
        if form.expert not in known:
            allowed = text("an expert of the list")
            diagnostics.add("F605", Location(name), field="expert", found=form.expert, allowed=allowed)
            continue
        found.setdefault(form.expert, []).append((name, form, len(diagnostics) == before))
    taken, refused = {}, set()
    for code, forms in found.items():
        chosen = _chosen(code, forms, prefer, diagnostics)
        if chosen is None or not chosen[2]:
            refused.add(code)
        else:
            taken[code] = chosen[1]
    return taken, refused


def _is_left_out(name: str, diagnostics: Diagnostics) -> bool:
    if name.startswith("~$"):
        open_one = name.removeprefix("~$")
        diagnostics.note(
            text("{file} is open in Excel; answers that are not saved yet are not in it", file=open_one)
        )
        return True
    return name.startswith((".", "._"))


def _chosen(
    code: str, forms: list[tuple[str, Answered, bool]], prefer: Mapping[str, str], diagnostics: Diagnostics
) -> tuple[str, Answered, bool] | None:
    if len(forms) == 1:
        return forms[0]
    names = [name for name, _, _ in forms]
    wanted = prefer.get(code)
    if wanted in names:
        return forms[names.index(wanted)]
    proposal = text("say which one counts: {example}", example=f"--prefer {code}={names[0]}")
    found = text("{count} forms of {expert}: {names}", count=len(names), expert=code, names=", ".join(names))
    diagnostics.add(
        "F606",
        Location(names[0]),
        field="expert",
        found=found,
        allowed=text("one form an expert"),
        proposal=proposal,
    )
    return None


def _judgments(taken: Mapping[str, Answered]) -> pd.DataFrame:
    rows = [
        (
            code,
            form.group,
            pair.node,
            preferred,
            pair.other if preferred == pair.one else pair.one,
            strength,
            note,
        )
        for code, form in sorted(taken.items())
        for pair, preferred, strength, note in form.judgments
    ]
    return pd.DataFrame(rows, columns=["expert", "group", "node", "preferred", "other", "strength", "note"])


def _answers(taken: Mapping[str, Answered]) -> pd.DataFrame:
    rows = [
        (code, form.group, score.sector, score.technology, score.criterion, value)
        for code, form in sorted(taken.items())
        for score, value in form.scores.items()
    ]
    return pd.DataFrame(rows, columns=["expert", "group", "sector", "technology", "criterion", "value"])


def aggregate_scores(answers: pd.DataFrame) -> pd.DataFrame:
    """Make scores of the answers: the median, its range, and what it rests on.

    Three answers or more whose middle half spans one step at most are evidence of grade C (several
    judgments agree), all others of grade D.

    Examples
    --------
    >>> answers = pd.DataFrame({"expert": list("abc"), "value": [3.0, 4.0, 4.0]})
    >>> answers = answers.assign(sector="S", technology="T", criterion="F2")
    >>> print(*aggregate_scores(answers).loc[0, ["value", "low", "high", "evidence"]])
    4.0 3.0 4.0 C
    """
    rows = []
    for (sector, technology, criterion), group in answers.groupby(
        ["sector", "technology", "criterion"], sort=False
    ):
        values = group["value"].astype(float)
        spread = float(values.quantile(0.75) - values.quantile(0.25))
        grade = "C" if len(values) >= SEVERAL and spread <= 1.0 else "D"
        note = f"n = {len(values)}"
        rows.append(
            (
                sector,
                technology,
                criterion,
                float(values.median()),
                float(values.min()),
                float(values.max()),
                grade,
                "",
                note,
            )
        )
    columns = ["sector", "technology", "criterion", "value", "low", "high", "evidence", "source", "note"]
    return pd.DataFrame(rows, columns=columns)


def _progress(
    study: Study, experts: Sequence[Expert], taken: Mapping[str, Answered], refused: set[str]
) -> pd.DataFrame:
    pairs = len(pairs_of(study))
    rows = []
    for expert in experts:
        form = taken.get(expert.code)
        asked = len(scores_of(study, expert))
        judged, scored, unknown = (len(form.judgments), len(form.scores), form.unknown) if form else (0, 0, 0)
        state = "refused" if expert.code in refused else "missing"
        if form is not None:
            state = "complete" if judged + scored + unknown >= pairs + asked else "incomplete"
        rows.append((expert.code, expert.name, expert.group, pairs, judged, asked, scored, unknown, state))
    columns = [
        "expert",
        "name",
        "group",
        "pairs",
        "pairs_answered",
        "scores",
        "scores_answered",
        "unknown",
        "state",
    ]
    return pd.DataFrame(rows, columns=columns)


def _doubtful(study: Study, taken: Mapping[str, Answered]) -> pd.DataFrame:
    rows: list[tuple[str, str, Text]] = []
    pairs = len(pairs_of(study))
    for code, form in sorted(taken.items()):
        rows += [(code, node, what) for node, what in doubtful_of(form, pairs)]
        rows += [
            (
                code,
                node,
                text("consistency ratio {ratio}, above {limit}", ratio=round(ratio, 3), limit=CR_LIMIT),
            )
            for node, ratio in _inconsistent(study, form)
        ]
    return pd.DataFrame(rows, columns=["expert", "node", "what"])


def _inconsistent(study: Study, form: Answered) -> list[tuple[str, float]]:
    statements = _judgments({form.expert: form})
    asked = {(pair.node, *sorted((pair.one, pair.other))) for pair in pairs_of(study)}
    given = {(row.node, *sorted((row.preferred, row.other))) for row in statements.itertuples()}
    if asked != given:  # the ratio of an incomplete set is not compared with 0.10
        return []
    panel = Judgments(statements, hierarchy=study.criteria.hierarchy, labels={})
    table = ahp(panel).consistency
    own = table[(table["expert"] == form.expert) & (table["cr"] > CR_LIMIT)]
    return [(str(row.node), float(row.cr)) for row in own.itertuples()]


def answers_by_question(answers: pd.DataFrame) -> dict[Score, pd.Series]:
    """Return the answers of each question by expert."""
    keys = ["sector", "technology", "criterion"]
    return {
        Score(*map(str, question)): group.set_index("expert")["value"].astype(float)
        for question, group in answers.groupby(keys, sort=False)
    }
