"""Answers of bisection: whether those of one form fit each other, where they stand, what the panel says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeGuard

import pandas as pd

from techprio.forms.answers import Answer, Filled
from techprio.forms.questions import HALVES, Half, Question, halved_criteria
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.language import Text, text
from techprio.model.bisection import bisected_points, contradiction
from techprio.model.scale import Scale
from techprio.model.study import Study


def check_halves(
    form: Filled, study: Study, diagnostics: Diagnostics, earlier: Iterable[Answer] = ()
) -> None:
    """Take out the answers to a criterion that contradict each other, and say so; whatever file they came in.

    ``earlier`` are the answers of the round before: what the form leaves open keeps them. An answer that was
    refused is missing: quarters do not stand without their half.
    """
    kept = {answer.question: answer for answer in earlier if answer.question not in form.faulty}
    now = kept | form.answers
    for leaf in halved_criteria(study):
        said = {q.worth: a.value for q, a in now.items() if is_half_of(q, leaf.id) and a.value is not None}
        questions = [Half(leaf.id, worth) for worth in HALVES]
        answered = [one for one in questions if one in form.answers or one in form.faulty]
        if not said or not answered or leaf.scale is None:
            continue
        wrong = contradiction(said, leaf.scale)
        if wrong is None:
            continue
        found, allowed, proposal = wrong
        place = form.places.get(answered[0], Location(form.file))
        for question in questions:
            form.answers.pop(question, None)
            form.faulty.add(question)
        named = text("{expert}: {found}", expert=form.expert, found=found)
        diagnostics.add("F613", place, field=leaf.id, found=named, allowed=allowed, proposal=proposal)


def is_half_of(question: Question, criterion: str) -> TypeGuard[Half]:
    """Whether a question asks what values of a criterion are worth."""
    return isinstance(question, Half) and question.criterion == criterion


def plain_scale(scale: Scale) -> Scale:
    """Return a scale with its ends and transform alone."""
    return replace(scale, ideal=(), points={}, middle=None)


def share_at(scale: Scale, value: float) -> float:
    """Return where a value stands between the ends, after the transform: 0 worst, 1 best."""
    return float(plain_scale(scale).share(value))


def value_at(scale: Scale, share: float) -> float:
    """Return the raw value that stands at a share of the scale, after the transform.

    Examples
    --------
    >>> round(value_at(Scale("ratio", 10, 1000, "log10"), 0.5), 9)
    100.0
    """
    worst, best = scale.transformed([scale.worst, scale.best])
    value = float(worst + share * (best - worst))
    return 10.0**value if scale.transform == "log10" else value


def scales_of(study: Study, halves: pd.DataFrame) -> tuple[dict[str, Scale], list[Text]]:
    """Return by criterion the scale with the points of the panel, and a note where quarters were left out."""
    scales, notes = {}, []
    known = halves[halves["value"].notna()]
    for leaf in halved_criteria(study):
        own = known[known["criterion"] == leaf.id]
        if own.empty or leaf.scale is None:
            continue
        answers: Mapping[str, dict[float, float]] = {
            str(expert): dict(zip(group["worth"].astype(float), group["value"].astype(float), strict=True))
            for expert, group in own.groupby("expert", sort=False)
        }
        plain = plain_scale(leaf.scale)
        points = bisected_points(answers, plain)
        scales[leaf.id] = replace(plain, points=points)
        if len(points) < own["worth"].nunique():
            notes.append(
                text(
                    "{criterion}: the medians of the quarters, asked of fewer experts, do not lie on their "
                    "sides of the half; only the half is used",
                    criterion=leaf.id,
                )
            )  # fmt: skip
    return scales, notes
