"""What the forms of a round hold, as tables: answers of each kind, progress, doubts, the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from techprio.display.quantities import Words
from techprio.forms.answers import Answer, Filled
from techprio.forms.halves import scales_of, share_at
from techprio.forms.kinds import HALVED, KINDS, PAIRS, SCORES, Kind, kind_of, numeric
from techprio.forms.questions import Half, Pair, Question, Score, node_name, questions_of
from techprio.forms.round_folder import Round
from techprio.forms.rounds import answers_of, counted, delphi_changes, verdict_of
from techprio.language import Text, text
from techprio.model.forms import Expert, ReturnedForms
from techprio.model.provenance import Provenance
from techprio.model.study import Study
from techprio.weighting.consistency import ACCEPTED_RATIO, measure_consistency

SEVERAL = 3  # experts from which on agreement is evidence of grade C
JUDGMENTS = ["expert", "group", "node", "preferred", "other", "strength", "note"]


def returned_tables(
    study: Study,
    experts: Sequence[Expert],
    sent: Round,
    taken: Mapping[str, Filled],
    refused: set[str],
    earlier: Mapping[str, pd.DataFrame] | None,
) -> ReturnedForms:
    """Put the forms that count into tables."""
    asked = {expert.code: _asked(study, expert, sent) for expert in experts}
    given: dict[str, dict[Question, Answer]] = {}
    for expert in experts:
        form = taken.get(expert.code)
        carried = _carried(expert.code, asked[expert.code], form, sent, earlier)
        given[expert.code] = {
            question: carried[question] for question in asked[expert.code] if question in carried
        }
    tables = {
        kind.table: _table(kind, study, experts, given) for kind in KINDS if kind is not HALVED or sent.halves
    }
    comparisons, answers = tables[PAIRS.table], tables[SCORES.table]
    halves = tables.get(HALVED.table, pd.DataFrame(columns=HALVED.columns))
    judgments, notes = _usable(study, comparisons)
    notes += _unanswered(study, judgments)
    scales, left_out = scales_of(study, halves)
    notes += left_out
    changes = _changes(tables, sent, earlier)
    verdict, advice = verdict_of(study, changes, sent.rule, sent.number)
    if earlier is not None:
        notes += _absent(study, experts, taken, tables, sent, earlier)
    suggestions = [(code, form.missing) for code, form in sorted(taken.items()) if form.missing]
    return ReturnedForms(
        judgments=judgments,
        answers=answers,
        scores=aggregate_scores(answers),
        progress=_progress(experts, asked, given, taken, refused),
        doubtful=_doubtful(study, taken, given, judgments),
        comparisons=comparisons,
        halves=halves,
        scales=scales,
        suggestions=pd.DataFrame(suggestions, columns=["expert", "missing"]),
        blocks=_blocks(taken),
        movement=tuple(changes) if earlier is not None else (),
        verdict=verdict,
        advice=advice,
        notes=tuple(notes),
        round=sent.number,
        rule=sent.rule,
        provenance=Provenance.of(f"collect_forms(round={sent.number})", inputs=study.inputs),
    )


def _asked(study: Study, expert: Expert, sent: Round) -> list[Question]:
    known = {sector.code for sector in study.catalog.sectors}
    sectors = tuple(code for code in sent.asked.get(expert.code, ()) if code in known)
    return questions_of(study, replace(expert, sectors=sectors), with_halves=sent.halves)


def _carried(
    expert: str,
    asked: Iterable[Question],
    form: Filled | None,
    sent: Round,
    earlier: Mapping[str, pd.DataFrame] | None,
) -> dict[Question, Answer]:
    """Return the answers of an expert; what was left open keeps the answer of the round before."""
    now = dict(form.answers) if form else {}
    if earlier is None or (form is None and sent.rule.absent == "drop"):
        return now
    before = {answer.question: answer for answer in answers_of(earlier, expert)}
    for question in asked:
        old, new = before.get(question), now.get(question)
        if old is None or (form is not None and question in form.faulty):
            continue
        if new is None:
            now[question] = old
        else:  # the first answer is that of the first round
            now[question] = replace(new, first=old.first or (old.preferred, old.value))
    return now


def _table(
    kind: Kind, study: Study, experts: Sequence[Expert], given: Mapping[str, Mapping[Question, Answer]]
) -> pd.DataFrame:
    """Return the answers to the questions of one kind, one row an answer."""
    rows = [
        _row(kind, study, expert, answer)
        for expert in experts
        for question, answer in given[expert.code].items()
        if kind_of(question) is kind
    ]
    return numeric(pd.DataFrame(rows, columns=kind.columns), kind.numbers)


def _row(kind: Kind, study: Study, expert: Expert, answer: Answer) -> dict[str, object]:
    side, first = answer.first or (answer.preferred, answer.value)
    row: dict[str, object] = {
        "expert": expert.code, "group": expert.group, kind.number: answer.value, "first": first,
        "preferred": answer.preferred, "first_preferred": side, "low": answer.low, "high": answer.high,
        "after_help": answer.after_help, "kept": answer.kept, "note": answer.note,
    }  # fmt: skip
    question = answer.question
    scale = study.criteria.by_id[question.criterion].scale if isinstance(question, Half) else None
    if scale is not None and answer.value is not None:
        row["share"] = share_at(scale, answer.value)
    return row | dict(zip(kind.keys, question, strict=True))


def statements_of(comparisons: pd.DataFrame, *, first: bool = False) -> pd.DataFrame:
    """Return comparisons as statements of ``judgments.csv``, with the last or the first answers."""
    side, number = ("first_preferred", "first") if first else ("preferred", "strength")
    known = comparisons[comparisons[number].notna()]
    turned = known[side] == known["other"]
    return pd.DataFrame(
        {
            "expert": known["expert"],
            "group": known["group"],
            "node": known["node"],
            "preferred": known["other"].where(turned, known["one"]),
            "other": known["one"].where(turned, known["other"]),
            "strength": known[number].astype(float),
            "note": known["note"],
        },
        columns=JUDGMENTS,
    ).reset_index(drop=True)


def _usable(study: Study, comparisons: pd.DataFrame) -> tuple[pd.DataFrame, list[Text]]:
    """Return what weights can be computed from, and a note for every set that falls apart."""
    statements = statements_of(comparisons)
    kept, notes = [], []
    for (expert, node), group in statements.groupby(["expert", "node"], sort=False):
        children = study.criteria.hierarchy[str(node)]
        if is_connected(children, zip(group["preferred"], group["other"], strict=True)):
            kept.append(group)
        else:
            notes.append(
                text(
                    "{expert}: comparisons of {node} do not join all its criteria yet; "
                    "they are kept and count as soon as they do",
                    expert=str(expert), node=node_name(study, str(node)),
                )
            )  # fmt: skip
    used = pd.concat(kept, ignore_index=True) if kept else statements.iloc[:0]
    return used, notes


def is_connected(children: Sequence[str], pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether comparisons join all criteria of a node.

    Examples
    --------
    >>> is_connected("abc", [("a", "b")]), is_connected("abc", [("a", "b"), ("c", "b")])
    (False, True)
    """
    group = {name: name for name in children}
    for one, other in pairs:
        old, new = group[one], group[other]
        group = {name: new if known == old else known for name, known in group.items()}
    return len(set(group.values())) == 1


def _unanswered(study: Study, judgments: pd.DataFrame) -> list[Text]:
    """Say which nodes nobody has compared, without which no weights can be computed."""
    nodes = [node for node, children in study.criteria.hierarchy.items() if len(children) > 1]
    missing = [node for node in nodes if node not in set(judgments["node"])]
    if not missing:
        return []
    names = [node_name(study, node) for node in missing]
    return [text("weights cannot be computed yet; nobody has compared all of: {nodes}", nodes=tuple(names))]


def aggregate_scores(answers: pd.DataFrame) -> pd.DataFrame:
    """Make scores of the answers: the median, its range, and what it rests on.

    Three answers or more whose middle half spans one step at most are evidence of grade C (several
    judgments agree), all others of grade D. The reasons that were written stand in the note.

    Examples
    --------
    >>> answers = pd.DataFrame({"expert": list("abc"), "value": [3.0, 4.0, 4.0]})
    >>> answers = answers.assign(sector="S", technology="T", criterion="F2", low=None, high=None)
    >>> print(*aggregate_scores(answers).loc[0, ["value", "low", "high", "evidence"]])
    4.0 3.0 4.0 C
    """
    rows = []
    known = answers[answers["value"].notna()]
    for key, group in known.groupby(["sector", "technology", "criterion"], sort=False):
        values = group["value"].astype(float)
        low = group["low"].astype(float).fillna(values).min()
        high = group["high"].astype(float).fillna(values).max()
        spread = float(values.quantile(0.75) - values.quantile(0.25))
        grade = "C" if len(values) >= SEVERAL and spread <= 1.0 else "D"
        rows.append((*key, float(values.median()), float(low), float(high), grade, "", f"n = {len(values)}"))
    columns = ["sector", "technology", "criterion", "value", "low", "high", "evidence", "source", "note"]
    return pd.DataFrame(rows, columns=columns)


def _progress(
    experts: Sequence[Expert],
    asked: Mapping[str, Sequence[Question]],
    given: Mapping[str, Mapping[Question, Answer]],
    taken: Mapping[str, Filled],
    refused: set[str],
) -> pd.DataFrame:
    rows = []
    for expert in experts:
        form, answers = taken.get(expert.code), given[expert.code]
        known = [question for question, answer in answers.items() if answer.value is not None]
        counts = [
            sum(kind_of(question) is kind for question in questions)
            for kind in KINDS
            for questions in (asked[expert.code], known)
        ]
        state = "refused" if expert.code in refused else "missing"
        if form is not None:
            is_whole = len(answers) == len(asked[expert.code]) and not form.faulty
            state = "complete" if is_whole else "incomplete"
        rows.append((
            expert.code, expert.name, expert.group, *counts, len(answers) - len(known),
            sum(a.kept for a in answers.values()), len(form.faulty) if form else 0, state,
        ))  # fmt: skip
    columns = [
        *("expert", "name", "group", "pairs", "pairs_answered", "scores", "scores_answered"),
        *("halves", "halves_answered", "unknown", "kept", "findings", "state"),
    ]
    return pd.DataFrame(rows, columns=columns)


def _doubtful(
    study: Study,
    taken: Mapping[str, Filled],
    given: Mapping[str, Mapping[Question, Answer]],
    judgments: pd.DataFrame,
) -> pd.DataFrame:
    rows: list[tuple[str, str, Words]] = []
    for code, form in sorted(taken.items()):
        if not form.answers and not form.faulty and not form.bare_notes:
            rows.append((code, "", text("the form came back empty")))
        rows += [(code, node, what) for node, what in _unusual(given[code].values())]
        rows += [
            (code, question.name, text("a note without an answer: {note}", note=note))
            for question, note in form.bare_notes
        ]
    for expert, node, ratio in consistency_of(study, judgments).itertuples(index=False):
        if ratio > ACCEPTED_RATIO:
            words = text(
                "consistency ratio {ratio}, above {limit}", ratio=round(ratio, 3), limit=ACCEPTED_RATIO
            )
            rows.append((expert, node, words))
    rows.sort(key=lambda row: row[:2])
    return pd.DataFrame(rows, columns=["expert", "node", "what"])


def _unusual(answers: Iterable[Answer]) -> Iterator[tuple[str, Words]]:
    """Give answers that are allowed and worth a second look, as (node, what)."""
    answers = list(answers)
    known = [answer for answer in answers if answer.value is not None]
    degrees = [answer.value for answer in known if isinstance(answer.question, Pair)]
    if len(degrees) >= 6 and set(degrees) == {1.0}:
        yield "", text("every pair is equally important")
    elif len(degrees) >= 6 and len(set(degrees)) == 1:
        yield "", text("the same degree for every pair")
    by_criterion: dict[str, list[float | None]] = {}
    for answer in known:
        if isinstance(answer.question, Score):
            by_criterion.setdefault(answer.question.criterion, []).append(answer.value)
    values = [value for column in by_criterion.values() for value in column]
    if len(values) >= 10 and all(len(set(column)) == 1 for column in by_criterion.values()):
        yield "", text("the same score for everything")
    if answers and len(answers) - len(known) > len(answers) / 2:
        yield "", text('more than half is "don\'t know"')


def consistency_of(study: Study, judgments: pd.DataFrame) -> pd.DataFrame:
    """Return the consistency ratio of every expert at every node whose pairs were all compared.

    The ratio of an incomplete set is not compared with 0.10.
    """
    rows = []
    for (expert, node), group in judgments.groupby(["expert", "node"], sort=False):
        children = study.criteria.hierarchy[str(node)]
        size = len(children)
        if size < 3 or len(group) < size * (size - 1) // 2:
            continue
        place = {name: i for i, name in enumerate(children)}
        ratios = np.ones((size, size))
        for preferred, other, strength in zip(
            group["preferred"], group["other"], group["strength"], strict=True
        ):
            ratios[place[preferred], place[other]] = strength
            ratios[place[other], place[preferred]] = 1 / strength
        rows.append((str(expert), str(node), measure_consistency(ratios).cr))
    return pd.DataFrame(rows, columns=["expert", "node", "cr"])


def _absent(
    study: Study,
    experts: Sequence[Expert],
    taken: Mapping[str, Filled],
    tables: Mapping[str, pd.DataFrame],
    sent: Round,
    earlier: Mapping[str, pd.DataFrame],
) -> list[Text]:
    """Say who did not return, what the rule does with them, and the state of the questions the other way."""
    absent = [
        expert.code
        for expert in experts
        if expert.code not in taken
        and any((table["expert"] == expert.code).any() for table in earlier.values())
    ]
    if not absent:
        return []
    is_kept = sent.rule.absent == "keep"
    other = {
        name: table[~table["expert"].isin(absent)]
        if is_kept or name not in earlier
        else pd.concat([table, earlier[name][earlier[name]["expert"].isin(absent)]], ignore_index=True)
        for name, table in tables.items()
    }
    verdict, _ = verdict_of(study, _changes(other, sent, earlier), sent.rule, sent.number)
    words = (
        text(
            "returned: {returned}; carried at their earlier answers: {count} ({names}); without them: "
            "{counted}",
            returned=len(taken), count=len(absent), names=", ".join(absent), counted=counted(verdict),
        )
        if is_kept
        else text(
            "returned: {returned}; left out by the rule: {count} ({names}); at their earlier answers: "
            "{counted}",
            returned=len(taken), count=len(absent), names=", ".join(absent), counted=counted(verdict),
        )
    )  # fmt: skip
    return [words]


def _blocks(taken: Mapping[str, Filled]) -> pd.DataFrame:
    rows = [
        (code, block, *said) for code, form in sorted(taken.items()) for block, said in form.blocks.items()
    ]
    frame = pd.DataFrame(rows, columns=["expert", "block", "certainty", "seconds"])
    return numeric(frame, ["certainty", "seconds"])


def _changes(
    tables: Mapping[str, pd.DataFrame], sent: Round, earlier: Mapping[str, pd.DataFrame] | None
) -> list[pd.DataFrame]:
    return [
        delphi_changes((earlier or {}).get(name, table.iloc[:0]), table, rule=sent.rule)
        for name, table in tables.items()
    ]
