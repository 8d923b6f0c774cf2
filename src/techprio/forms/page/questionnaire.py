"""Writes the questionnaire of an expert: one file, both languages, no request to anywhere.

The same round gives the same bytes. Style and script are named by their SHA-256 in the content security
policy, so that nothing else runs.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from techprio.display.quantities import Words, render
from techprio.forms.answer_file import BEGIN, END, FORMAT, VERSION
from techprio.forms.answers import Answer
from techprio.forms.guide import who_sees
from techprio.forms.load import PAIR_SECONDS, SCORE_SECONDS, load_of
from techprio.forms.page.words import WORDS
from techprio.forms.questions import (
    DEGREES,
    Pair,
    Question,
    judged_criteria,
    level_name,
    levels_of,
    node_name,
    ordered_pairs,
    unit_of,
)
from techprio.forms.round_folder import Round
from techprio.forms.rounds import Earlier
from techprio.language import LANGUAGES, Language, resolve_language
from techprio.model.criteria import Criterion
from techprio.model.forms import Expert
from techprio.model.study import Study
from techprio.weighting.consistency import ACCEPTED_RATIO, RANDOM_INDICES

#: Parts of the script, in the order in which they use each other.
SCRIPTS = ("numbers.js", "consistency.js", "answers.js", "fields.js", "screens.js", "main.js")


def page_form(
    study: Study,
    expert: Expert,
    sent: Round,
    *,
    language: Language | None = None,
    earlier: Mapping[Question, Earlier] | None = None,
) -> bytes:
    """Return the questionnaire of an expert as one HTML page.

    Parameters
    ----------
    study : Study
    expert : Expert
    sent : Round
        The round, with its key.
    language : {"vi", "en"}, optional
        In which the page opens; it holds both.
    earlier : mapping of question to Earlier, optional
        From the second round on: what stands beside each question.
    """
    from jinja2 import Environment, StrictUndefined

    language = resolve_language(language)
    style = _asset("page.css")
    script = "(() => {\n'use strict';\n" + "\n".join(_asset(name) for name in SCRIPTS) + "})();\n"
    environment = Environment(undefined=StrictUndefined, autoescape=True, keep_trailing_newline=True)
    load = load_of(study, expert)
    page = environment.from_string(_asset("page.html")).render(
        language=language,
        languages=LANGUAGES,
        title=_both(study.title),
        about=_both(load.words),
        words={"no_script": _both(WORDS["no_script"])},
        style=style,
        script=script,
        hashes={"style": _hash(style), "script": _hash(script)},
        data=_as_json(_data(study, expert, sent, language, earlier or {})),
    )
    return page.encode()


def _data(
    study: Study, expert: Expert, sent: Round, language: Language, earlier: Mapping[Question, Earlier]
) -> dict[str, Any]:
    leaves = judged_criteria(study)
    return {
        "file": {"format": FORMAT, "version": VERSION, **sent.marks(expert.code), "round": sent.number},
        "armor": [BEGIN, END],
        "language": language,
        "title": _both(study.title),
        "name": expert.name,
        "deadline": expert.deadline or sent.deadline,
        "contact": expert.contact or sent.contact,
        "seconds": {"pair": PAIR_SECONDS, "score": SCORE_SECONDS},
        "limit": ACCEPTED_RATIO,
        "randomIndex": RANDOM_INDICES["saaty"],
        "degrees": {degree: _both(words) for degree, words in DEGREES.items()},
        "criteria": {
            one.id: {"name": _both(one.label), "about": _both(one.definition)}
            for one in study.criteria.by_id.values()
        },
        "nodes": _nodes(study, expert, earlier),
        "sectors": [
            {
                "id": code,
                "name": _both(study.catalog.sector(code).label),
                "technologies": [
                    {"id": name, "name": _both(study.catalog.label(name))}
                    for name in study.catalog.technologies_of(code)
                ],
            }
            for code in expert.sectors
        ],
        "leaves": [_leaf(leaf) for leaf in leaves] if expert.sectors else [],
        "earlier": {question.key: _earlier(one) for question, one in earlier.items()},
        "words": {key: _both(words) for key, words in (WORDS | {"who_sees": who_sees(sent.rule)}).items()},
    }


def _nodes(study: Study, expert: Expert, earlier: Mapping[Question, Earlier]) -> list[dict[str, Any]]:
    nodes: dict[str, dict[str, Any]] = {}
    for pair, turned in ordered_pairs(study, expert):
        node = nodes.setdefault(
            pair.node,
            {
                "id": pair.node,
                "name": _both(node_name(study, pair.node)),
                "children": list(study.criteria.hierarchy[pair.node]),
                "pairs": [],
            },
        )
        agreed = pair in earlier and earlier[pair].agreed
        node["pairs"].append(
            {"q": pair.key, "one": pair.one, "other": pair.other, "turned": turned, "agreed": agreed}
        )
    return list(nodes.values())


def _leaf(leaf: Criterion) -> dict[str, Any]:
    assert leaf.scale is not None
    return {
        "id": leaf.id,
        "levels": [{"value": level, "name": _both(level_name(leaf, level))} for level in levels_of(leaf)],
        "lowest": float(leaf.scale.lowest),
        "highest": float(leaf.scale.highest),
        "worst": float(leaf.scale.worst),
        "best": float(leaf.scale.best),
        "log": leaf.scale.transform == "log10",
        "unit": _both(unit_of(leaf)),
    }


def _earlier(one: Earlier) -> dict[str, Any]:
    own = None if one.own is None else _own(one.own)
    return {
        "own": own,
        "middle": one.middle,
        "agreed": one.agreed,
        "ownWords": _both(one.own_words),
        "groupWords": _both(one.group_words),
        "reasons": one.reasons,
    }


def _own(answer: Answer) -> dict[str, Any]:
    found: dict[str, Any] = {"value": answer.value, "note": answer.note}
    if isinstance(answer.question, Pair):
        found["preferred"] = "=" if answer.value == 1 else answer.preferred
    if answer.value is None:
        found["unknown"] = True
    if answer.low is not None:
        found |= {"low": answer.low, "high": answer.high}
    return found


def _both(words: Words) -> dict[str, str]:
    return {language: render(words, language) for language in LANGUAGES}


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _as_json(data: Any) -> str:
    """Return JSON that cannot end the script element it stands in."""
    return (
        json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        .replace("</", "<\\/")
        .replace("<!", "<\\!")
    )


@cache
def _asset(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
