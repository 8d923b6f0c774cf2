"""The answer file of the page: JSON with marks and checksum, or the same as text to be pasted.

The checksum is SHA-256 over the file without its last field; the text is base64 (RFC 4648) between two
lines, with a CRC-32 at its end. Neither proves who typed.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
import zlib
from typing import Any

from techprio.display.quantities import Words
from techprio.forms.answers import Answer, Filled, Span, code_of, middle_degree, middle_of
from techprio.forms.questions import Half, Pair, Question, Score, levels_of
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.kept_files import checksum_of, parse_json
from techprio.language import text
from techprio.model.criteria import Criterion
from techprio.model.study import Study

FORMAT = "techprio-answers"
VERSION = 1
MOST_BYTES = 1_000_000
MOST_NOTE = 300
BEGIN, END = "-----BEGIN TECHPRIO ANSWERS-----", "-----END TECHPRIO ANSWERS-----"
_CHECKSUM = re.compile(r',\n"checksum": "([0-9a-f]{64})"\n\}\s*\Z')


def parse_answers(data: bytes) -> dict[str, Any] | Words:
    """Return the fields of an answer file, or why it cannot be read."""
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return text("changed or cut short: not UTF-8")
    if has_pasted(words):
        unpacked = _out_of_text(words)
        if not isinstance(unpacked, str):
            return unpacked
        words = unpacked
    words = words.replace("\r\n", "\n")
    if len(words.encode()) > MOST_BYTES:
        return text("larger than {size} kB", size=MOST_BYTES // 1000)
    try:
        fields = parse_json(words, finite=False)
    except ValueError:
        return text("changed or cut short: no whole JSON")
    if not isinstance(fields, dict) or fields.get("format") != FORMAT:
        return text("no answers of a form")
    if fields.get("version") != VERSION:
        return text("version {found}; this one reads {known}", found=fields.get("version"), known=VERSION)
    end = _CHECKSUM.search(words)
    if end is None or checksum_of(words[: end.start()] + "\n}\n") != end[1]:
        return text("changed or cut short: the checksum is another one")
    return fields


def has_pasted(words: str) -> bool:
    """Whether a text holds answers that were pasted, whatever a mail did to its lines."""
    return _squeezed(BEGIN) in _squeezed(words)


def pasted_texts(words: str) -> list[str]:
    """Return every answer file that was pasted into a text, each as a text of its own."""
    begin = _squeezed(BEGIN)
    return [begin + part for part in _squeezed(words).split(begin)[1:]]


def _squeezed(words: str) -> str:
    """Return a text without blanks, quoting signs and tags: a mail may put them anywhere."""
    return re.sub(r"<[^<>]*>|&nbsp;|&gt;|[\s>|\u00a0\u200b]", "", words)


def _out_of_text(words: str) -> str | Words:
    """Return the answer file that was pasted."""
    cut = text("changed or cut short: the pasted text is not whole")
    inside, end, _ = _squeezed(words).partition(_squeezed(BEGIN))[2].partition(_squeezed(END))
    found = re.fullmatch(r"([A-Za-z0-9+/=]*?)CRC32=([0-9a-f]{8})", inside)
    if not end or not found:
        return cut
    try:
        content = base64.b64decode(found[1], validate=True)
        return content.decode("utf-8") if int(found[2], 16) == zlib.crc32(content) else cut
    except (binascii.Error, ValueError):
        return cut


def take_answers(
    found: Filled, fields: dict[str, Any], study: Study, asked: set[Question], diagnostics: Diagnostics
) -> None:
    """Take the answers of a file, each by itself."""
    known = {question.key: question for question in asked}
    found.partial = fields.get("state") != "final"
    sequence = fields.get("sequence")
    found.sequence = sequence if isinstance(sequence, int) else 0
    found.code = code_of(str(fields["checksum"]))
    found.missing = _words(fields.get("missing"))
    found.blocks = _blocks(fields.get("certainty"), fields.get("seconds"))
    listed = fields.get("answers")
    for number, one in enumerate(listed if isinstance(listed, list) else ()):
        place = Location(found.file, 0, 0, f"answers[{number}]")
        key = one.get("q") if isinstance(one, dict) else None
        question = known.get(key) if isinstance(key, str) else None
        if question is None:
            allowed = text("a question that this expert was asked")
            diagnostics.add("F611", place, field="q", found=_json(key), allowed=allowed)
            continue
        note = _words(one.get("note"))
        if not {"value", "preferred", "unknown", "low", "high"} & one.keys() and note:
            found.bare_notes.append((question, note))
            continue
        read = _pair(question, one) if isinstance(question, Pair) else _value(question, one, study)
        if isinstance(read, Answer):
            found.take(read, place, diagnostics)
        else:
            found.refuse("F603", question, place, diagnostics, found=_json(one), allowed=read)


def _blocks(certainty: Any, seconds: Any) -> dict[str, tuple[float | None, float | None]]:
    """Return certainty (1 to 3) and seconds by block."""
    sure, spent = (part if isinstance(part, dict) else {} for part in (certainty, seconds))
    blocks = {
        str(block): (_number(sure.get(block), 1, 3), _number(spent.get(block), 0, math.inf))
        for block in dict.fromkeys([*sure, *spent])
    }
    return {block: said for block, said in blocks.items() if said != (None, None)}


def _pair(pair: Pair, one: dict[str, Any]) -> Answer | Words:
    rest = _rest(pair, one, 1, 9)
    preferred, value = one.get("preferred"), one.get("value")
    if one.get("unknown") is True and value is None:
        return Answer(pair, None, **rest)
    if preferred == "=" and value == 1:
        return Answer(pair, 1.0, pair.one, **rest)
    if preferred not in (pair.one, pair.other):
        return text("preferred {one}, {other} or =", one=pair.one, other=pair.other)
    span = _span(one, 2, 9, middle_degree)
    if span is None:
        return text("a degree from 2 to 9")
    return Answer(pair, span.value, preferred, span.low, span.high, **rest)


def _value(question: Score | Half, one: dict[str, Any], study: Study) -> Answer | Words:
    criterion: Criterion = study.criteria.by_id[question.criterion]
    assert criterion.scale is not None
    lowest, highest = float(criterion.scale.lowest), float(criterion.scale.highest)
    rest = _rest(question, one, lowest, highest)
    if one.get("unknown") is True and one.get("value") is None:
        return Answer(question, None, **rest)
    levels = levels_of(criterion)
    span = _span(one, lowest, highest, lambda low, high: middle_of(criterion, low, high))
    if span is None or (
        levels and not {one.get("low", span.value), one.get("high", span.value)} <= {*levels}
    ):
        return text("a number from {lowest} to {highest}", lowest=lowest, highest=highest)
    if isinstance(question, Half) and not lowest < span.value < highest:
        return text(
            "a number between {lowest} and {highest}, without the ends", lowest=lowest, highest=highest
        )
    return Answer(question, span.value, "", span.low, span.high, **rest)


def _span(one: dict[str, Any], lowest: float, highest: float, middle: Any) -> Span | None:
    if one.get("low") is None and one.get("high") is None:
        value = _number(one.get("value"), lowest, highest)
        return None if value is None else Span(value)
    low, high = (_number(one.get(end), lowest, highest) for end in ("low", "high"))
    if low is None or high is None or low > high:
        return None
    span: Span = middle(low, high)
    return span


def _number(value: Any, lowest: float, highest: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not lowest <= value <= highest:
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _rest(question: Question, one: dict[str, Any], lowest: float, highest: float) -> dict[str, Any]:
    first = _number(one.get("first"), lowest, highest)
    preferred = ""
    if isinstance(question, Pair):
        preferred = str(one.get("first_preferred", one.get("preferred", "")))
        preferred = question.one if preferred not in (question.one, question.other) else preferred
    return {
        "note": _words(one.get("note")),
        "first": None if first is None else (preferred, first),
        "after_help": one.get("after_help") is True,
        "kept": one.get("kept") is True,
    }


def _words(value: Any) -> str:
    return value.strip()[:MOST_NOTE] if isinstance(value, str) else ""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
