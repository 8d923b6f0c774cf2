"""Every public name is documented with an example that runs."""

import importlib.util
import inspect
import re
from pathlib import Path

import pytest

import techprio as tp

#: A dict and a text: objects of Python's own kind carry no docstring of theirs.
WITHOUT_DOCSTRING = {"METHODS", "__version__"}
ROOT = Path(__file__).parents[2]
MODULES = {name: value for name in tp.__all__ if inspect.ismodule(value := getattr(tp, name))}
NAMES = {
    name: getattr(module, name)
    for module in (tp, *MODULES.values())
    for name in module.__all__
    if name not in WITHOUT_DOCSTRING and name not in MODULES
}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_public_name_has_an_example(name):
    words = inspect.getdoc(NAMES[name]) or ""

    assert re.search(r"^Examples\n-+\n(.*\n)*?>>> ", words, re.MULTILINE), "it has an example that runs"
    assert ">>> " in words.split("Examples\n", 1)[1]


@pytest.mark.parametrize("name", sorted(WITHOUT_DOCSTRING))
def test_names_without_a_docstring_are_described_on_a_page(name):
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md"))
    assert f"`techprio.{name}`" in pages or f"`tp.{name}`" in pages


def test_examples_are_run():
    options = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "--doctest-modules" in options
    assert re.search(r'testpaths = \[.*"src"', options)


def test_reference_mentions_every_public_name(tmp_path):
    source = (ROOT / "docs" / "conf.py").read_text(encoding="utf-8")
    copy = tmp_path / "conf.py"
    copy.write_text(source, encoding="utf-8")
    (tmp_path / "reference").mkdir()
    spec = importlib.util.spec_from_file_location("site", copy)
    site = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(site)
    site.write_reference(None)
    written = [page.read_text(encoding="utf-8") for page in (tmp_path / "reference").glob("*.md")]
    written.append((ROOT / "docs" / "reference" / "index.md").read_text(encoding="utf-8"))
    pages = "\n".join(written)
    absent = [
        name
        for name in [*NAMES, *WITHOUT_DOCSTRING]
        if not re.search(rf"[.`]{re.escape(name)}(`|$)", pages, re.MULTILINE)
    ]

    assert absent == []
