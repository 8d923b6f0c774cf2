"""Every sentence has its Vietnamese, with the same places."""

import ast
import re
import string
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import techprio

SOURCE = Path(techprio.__file__).parent
KEYWORDS = {"text": (1,), "Text": (1,), "translate": (1,)}


def _catalogue():
    entries = {}
    for file in sorted((SOURCE / "locale" / "vi").glob("*.po")):
        with file.open("rb") as stream:
            entries.update({m.id: m.string for m in read_po(stream) if m.id})
    return entries


def _templates():
    found = extract_from_dir(str(SOURCE), method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found if isinstance(message, str)} | _inside_f_strings()


def _inside_f_strings():
    """Return the sentences of calls inside f-strings, which the extraction does not look into."""
    return {
        call.args[0].value
        for file in SOURCE.rglob("*.py")
        for joined in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in KEYWORDS
        and isinstance(call.args[0], ast.Constant)
    }


def _places(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_sentence_is_translated():
    catalogue = _catalogue()
    templates = _templates()
    assert templates, "no sentence was found; the extraction is broken"
    missing = sorted(t for t in templates if not catalogue.get(t))
    assert not missing


def test_translations_keep_their_places():
    wrong = {
        english: vietnamese
        for english, vietnamese in _catalogue().items()
        if _places(english) != _places(vietnamese)
    }
    assert not wrong


def test_no_sentence_has_two_translations():
    found = {}
    for file in sorted((SOURCE / "locale" / "vi").glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream):
                if message.id:
                    found.setdefault(message.id, set()).add(message.string)
    assert not {english: ways for english, ways in found.items() if len(ways) > 1}


def test_no_sentence_stands_twice_in_a_catalogue():
    """A reader of catalogues takes the last; whoever mends the first sees no change."""
    twice = {}
    for file in sorted((SOURCE / "locale" / "vi").glob("*.po")):
        keys = re.findall(r"^msgid (.+(?:\n\".*\")*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        twice[file.name] = sorted({key for key in keys if keys.count(key) > 1} - {'""'})
    assert not any(twice.values()), twice


def test_every_place_of_a_sentence_is_filled():
    """``text("{name} …", name=…)``: a place without a value would raise only when the sentence is shown."""
    empty = []
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text"
            ):
                continue
            given = {keyword.arg for keyword in node.keywords}
            if None in given or not (node.args and isinstance(node.args[0], ast.Constant)):
                continue  # values from a mapping, or a sentence from a variable
            places = _places(node.args[0].value)
            if given and places != given:
                empty.append(f"{file.name}:{node.lineno}: {sorted(places ^ given)}")
    assert empty == []
