"""Every error that a person reads is a text of the catalogue, not a sentence in one language."""

import ast
import re
from pathlib import Path

import techprio
from techprio import errors

SOURCE = Path(techprio.__file__).parent
OURS = {name for name in errors.__all__ if name.endswith("Error")} | {"Problem", "Fault"}
TWO_WORDS = re.compile(r"[a-z]{2,} [a-z]{2,}")
CLICK = {"ClickException", "UsageError", "BadParameter", "BadArgumentUsage", "BadOptionUsage"}


def _name(call):
    """Return the class that is called: InputError(...), InputError.argument(...), click.UsageError(...)."""
    function = call.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.attr if function.value.id == "click" else function.value.id
    return function.id if isinstance(function, ast.Name) else ""


def _sentences(node):
    """Yield what is written as a sentence inside a call and is no text: two words with a blank between."""
    if isinstance(node, ast.Call) and _name(node) in {"text", "Text"}:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and TWO_WORDS.search(node.value):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _sentences(child)


def _faults(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or _name(node) not in OURS | CLICK:
            continue
        named = isinstance(node.func, ast.Attribute)  # InputError.argument(name, ...): a name is no sentence
        bare = (
            node.args and isinstance(node.args[0], ast.JoinedStr) and _name(node) != "Problem" and not named
        )
        if bare or any(True for _ in _sentences(node)):
            yield f"{file.relative_to(SOURCE)}:{node.lineno}"


def test_errors_are_texts():
    found = [fault for file in sorted(SOURCE.rglob("*.py")) for fault in _faults(file)]
    assert found == []
