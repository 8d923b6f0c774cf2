"""A kept file with one thing otherwise, and what holds of every answer: a law for the doors that read it."""

import copy
import json

import pytest

import techprio as tp

DEEP = "[" * 100_000
OTHERS = (None, True, 5, -1, 0.5, "", "x", "\ud83d", [], [1], ["x", 7], {}, {"a": 1}, 10**400)
RAW = (b"", b"{", b"[]", b"null", b"5", b'"x"', DEEP.encode(), b"\xff\xfe{", b"\0", b'{"a": NaN}')
#: Of what is alike in a list or below names, so many are changed.
ALIKE = 2


def places(value, path=()):
    """Give the path of each part of a JSON value; of parts that are alike the first few."""
    if path:
        yield path
    if isinstance(value, dict):
        first = {}
        for name in value:
            first.setdefault(name.partition(" ")[0], name)
        for name in first.values():
            yield from places(value[name], (*path, name))
    elif isinstance(value, list):
        for number, part in enumerate(value[:ALIKE]):
            yield from places(part, (*path, number))


def changed(value, path, other):
    """Return a copy with another part at a path."""
    whole = copy.deepcopy(value)
    inside = whole
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = other
    return whole


def without(value, path):
    """Return a copy without a part."""
    whole = copy.deepcopy(value)
    inside = whole
    for step in path[:-1]:
        inside = inside[step]
    del inside[path[-1]]
    return whole


def other_contents(content):
    """Give what is otherwise, with the bytes of the file: other kinds of values, lost keys, no JSON."""
    value = json.loads(content)
    for path in places(value):
        for other in OTHERS:
            yield f"{path} = {str(other)[:20]!r}", json.dumps(changed(value, path, other)).encode()
        yield (
            f"{path} = 1e400",
            json.dumps(changed(value, path, "<beyond>")).replace('"<beyond>"', "1e400").encode(),
        )
        yield f"without {path}", json.dumps(without(value, path)).encode()
    for raw in RAW:
        yield f"{raw[:9]!r}", raw


def check_answers(file, answer, contents=other_contents):
    """Change a file in every way; each answer is a result, or problems in words of both languages."""
    whole = file.read_bytes()
    refused = 0
    try:
        for what, content in contents(whole):
            file.write_bytes(content)
            try:
                problems = answer() or ()
            except tp.TechprioError as error:
                problems = error.problems
                refused += 1
                if not (error.render("vi") and error.render("en")):
                    pytest.fail(f"{file.name}, {what}: no words")
            except Exception as error:
                error.add_note(f"{file.name}: {what}")
                raise
            for problem in problems:
                assert problem.render("vi").encode("utf-8"), what
                assert "None" not in problem.render("en"), what
    finally:
        file.write_bytes(whole)
    return refused
