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
from techprio.forms.halves_sheet import HOW
from techprio.forms.load import HALF_SECONDS, PAIR_SECONDS, SCORE_SECONDS, load_of
from techprio.forms.questions import (
    DEGREES,
    HALVES,
    Pair,
    Question,
    halved_criteria,
    halves_of,
    judged_criteria,
    level_name,
    levels_of,
    node_name,
    ordered_pairs,
    unit_of,
)
from techprio.forms.round_folder import Round
from techprio.forms.rounds import Earlier
from techprio.language import LANGUAGES, Language, Text, resolve_language, text
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
    load = load_of(study, expert, with_halves=sent.halves)
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
        "seconds": {"pair": PAIR_SECONDS, "score": SCORE_SECONDS, "half": HALF_SECONDS},
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
        "halves": _halves(study, earlier) if sent.halves else [],
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


def _halves(study: Study, earlier: Mapping[Question, Earlier]) -> list[dict[str, Any]]:
    """Return the criteria whose values are asked, each with its questions in their order."""
    return [
        _leaf(leaf)
        | {
            "ends": False,
            "questions": [
                {
                    "q": half.key,
                    "worth": half.worth,
                    "words": _both(HALVES[half.worth]),
                    "agreed": half in earlier and earlier[half].agreed,
                }
                for half in halves_of(study)
                if half.criterion == leaf.id
            ],
        }
        for leaf in halved_criteria(study)
    ]


def _leaf(leaf: Criterion) -> dict[str, Any]:
    assert leaf.scale is not None
    return {
        "id": leaf.id,
        "ends": True,
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


#: Every word of the page. Texts without values: the script fills the places in braces.
WORDS: dict[str, Text] = {
    "no_script": text(
        "This is a questionnaire, and this preview cannot show it. Save the file and open it with a "
        "web browser, or ask for the workbook."
    ),
    "language": text("Language"),
    "dear": text("For {name}"),
    "round": text("Round {round}"),
    "deadline": text("Please answer by {deadline}"),
    "contact": text("Questions to: {contact}"),
    "purpose": text(
        "Your answers help to weigh the criteria and to score the technologies of the roadmap. "
        "Nothing is right or wrong; no question is compulsory."
    ),
    "load_pairs": text("{count} comparisons, about {minutes} min"),
    "load_scores": text("{count} scores, about {minutes} min"),
    "load_halves": text("{count} values, about {minutes} min"),
    "start": text("Start"),
    "go_on": text("Continue from question {count}"),
    "start_again": text("Start again"),
    "start_again_sure": text("Really start again? The answers on this device are lost."),
    "not_me": text("This is not me"),
    "not_me_call": text("Then please do not answer this form; it is for {name}. Tell: {contact}"),
    "not_me_plain": text("the study team that sent the file"),
    "previous": text("Back"),
    "next": text("Next"),
    "overview": text("Overview"),
    "progress": text("{count} / {total}"),
    "left": text("about {minutes} min left"),
    "quick": text("Go to the next pair by itself"),
    "compare": text("For {node}: which criterion is more important?"),
    "goal": text("choosing priority technologies"),
    "definition": text("Definition"),
    "equal": text("Equal"),
    "unknown": text("Don't know"),
    "how_much": text("By how much?"),
    "slightly": text("slightly"),
    "clearly": text("clearly"),
    "very": text("very much"),
    "absolutely": text("absolutely"),
    "between": text("between two degrees"),
    "between_levels": text("between two levels"),
    "or": text("{low} or {high}"),
    "read_back": text("{one} is more important than {other}: {degree}"),
    "read_equal": text("{one} and {other} are equally important"),
    "read_unknown": text("Don't know: counted as an answer, with no value"),
    "read_open": text("Open"),
    "reason": text("Reason (optional)"),
    "reason_outside": text("Your answer lies outside the middle half of the group; a reason would help."),
    "clear": text("Clear the answer"),
    "before": text("Your answer before: {words}"),
    "group": text("Group before: {words}"),
    "reasons": text("Reasons of others: {count}"),
    "keep": text("Keep"),
    "keep_all": text("Keep all of this block"),
    "kept": text("kept"),
    "kept_rule": text("A question that you leave untouched keeps your answer of the round before."),
    "agreed_fold": text("Agreed on in the round before: {count}"),
    "incomplete_design": text(
        "This group has many criteria; a part of the pairs is asked, and the rest follows from them."
    ),
    "block_done": text("{block}: answered {count} of {total}"),
    "cycle": text("These three answers go round in a circle: {words}."),
    "fits_least": text("This answer fits the others least: {words}"),
    "others_say": text("The other answers fit about: {words}"),
    "none_enough": text("No single change is enough to bring the answers together; this one helps most."),
    "as_it_is": text("Leave as it is"),
    "change": text("Change"),
    "all_same": text("All answers of this block have the same degree. Is that what you mean?"),
    "fits": text("Nothing stands out in this block."),
    "consistency": text("Consistency"),
    "ratio_words": text(
        "Consistency ratio {ratio} (random index of Saaty 1980). 0: all answers fit each other; up to "
        "{limit} is accepted as a rule."
    ),
    "sure": text("How sure are you of this block? (optional)"),
    "sure_1": text("not very"),
    "sure_2": text("fairly"),
    "sure_3": text("very"),
    "score_step": text("{node}: {block}"),
    "levels": text("What the levels mean"),
    "best": text("best"),
    "worst": text("worst"),
    "number_range": text("a number from {low} to {high} {unit}"),
    "best_is": text("best: {value}"),
    "echo": text("{value} → {words} {unit}"),
    "echo_range": text("from {low} to {high} {unit}"),
    "which": text("Which number do you mean?"),
    "off_scale": text("not between {low} and {high}; not taken yet"),
    "no_number": text("not a number; not taken yet"),
    "number_hint": text("one number, or a range such as 100-200"),
    "halves": text("What are values worth to you?"),
    "halves_how": HOW,
    "which_value": text("Which value is {words}?"),
    "from_to": text("from {worst} (worst) to {best} (best) {unit}"),
    "off_ends": text("not between {low} and {high}, without the ends; not taken yet"),
    "halves_order": text(
        "These values do not stand in order: a quarter, a half, three quarters from {worst} to {best}. "
        "They cannot be counted so."
    ),
    "halves_missing": text("Please answer the half alone, or all three."),
    "as_grid": text("Show as a grid"),
    "as_list": text("Show as a list"),
    "weights": text("What follows from your comparisons"),
    "weights_none": text("Once the comparisons of a group join all its criteria, its weights stand here."),
    "finish": text("Finish and send"),
    "still_open": text("Still open: {count} questions. They may stay open."),
    "all_answered": text("Every question is answered."),
    "missing": text("Is a technology or criterion missing?"),
    "share": text("Share"),
    "share_next": text("Choose mail or chat, then the study team."),
    "download": text("Download the file"),
    "download_next": text("Then send {file} to the study team: {contact}"),
    "download_next_plain": text("Then send {file} to the study team."),
    "copy": text("Copy as text"),
    "copy_next": text("Then paste everything into a mail or a chat to the study team."),
    "copied": text("The text is copied."),
    "copy_by_hand": text("Copy the text of this field:"),
    "your_code": text("Code of your answers: {code}. The page that you get back shows the same code."),
    "partial": text("Download to continue later"),
    "open_partial": text("Open what was downloaded"),
    "opened": text("The saved answers are open."),
    "refuse_damaged": text("This file was changed or cut short; nothing was taken from it."),
    "refuse_other": text("This file holds no answers of a form; nothing was taken from it."),
    "refuse_study": text("This file belongs to another study; nothing was taken from it."),
    "refuse_round": text("This file belongs to another round; nothing was taken from it."),
    "refuse_expert": text("This file belongs to another expert; nothing was taken from it."),
    "refuse_questions": text("This file belongs to other questions; nothing was taken from it."),
    "saved": text("Saved on this device at {time}"),
    "not_saved": text(
        'This browser keeps nothing. Use "Download to continue later" before you close the page.'
    ),
    "forget": text("Delete the answers from this device"),
    "forget_sure": text("Really delete? What you have not sent is lost."),
    "forgotten": text("The answers are deleted from this device."),
    "answered": text("answered"),
    "open": text("open"),
    "paper": text("Questionnaire on paper: tick one box a question, then a degree from 2 to 9."),
    "code_of_expert": text("Expert: {code}"),
}
