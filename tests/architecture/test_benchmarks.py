"""Benchmarks are run seldom; what they take from techprio is still there."""

import ast
import importlib
import importlib.util
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parents[2] / "benchmarks").glob("*.py"))


def taken(script):
    """Give the modules and names that a script imports from techprio, at its top and inside."""
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "techprio":
            yield from ((node.module, one.name) for one in node.names)


def is_there(module, name):
    try:
        home = importlib.import_module(module)
    except ImportError:
        return False
    inside = hasattr(home, "__path__") and importlib.util.find_spec(f"{module}.{name}") is not None
    return hasattr(home, name) or inside


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_what_a_benchmark_imports_is_there(script):
    assert [one for one in taken(script) if not is_there(*one)] == []


def test_what_is_not_there_is_seen(tmp_path):
    script = tmp_path / "bench.py"
    script.write_text("def f():\n    from techprio.inputs.rows import ScoreRow\n    import techprio as tp\n")
    assert [one for one in taken(script) if not is_there(*one)] == [("techprio.inputs.rows", "ScoreRow")]
    assert not is_there("techprio.none_such", "x")
