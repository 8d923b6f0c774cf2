"""Nothing under a key, in every way to write it: check and run hold the same of it, and neither stumbles."""

import pytest
import yaml

import techprio as tp
from techprio.inputs.study_sheets import DOCUMENTS
from techprio.model.fields import fields_of

from ..unit.templates.filling import fill_folder

WAYS = ["", [], [None]]
FILES = ("study.yaml", "criteria.yaml", "resources.yaml")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tp.inputs.new_study(tmp_path_factory.mktemp("sound") / "study", sectors="AGR", id="x")
    fill_folder(folder)
    return folder


def keys_of(record, path=()):
    for field in fields_of(record):
        yield (*path, field.name)
        if field.inner and field.kind == "block":
            yield from keys_of(field.inner, (*path, field.name))


def changed(document, path, value):
    copy = yaml.safe_load(yaml.safe_dump(document))
    inner = copy
    for name in path[:-1]:
        inner[name] = inner.get(name) or {}
        inner = inner[name]
    inner[path[-1]] = value
    return copy


def verdicts(study, file, path, value):
    """Return the problems of the check and those for which the reader refuses the study."""
    before = (study / file).read_text(encoding="utf-8")
    words = yaml.safe_dump(changed(yaml.safe_load(before), path, value), allow_unicode=True)
    (study / file).write_text(words, encoding="utf-8")
    try:
        listed = tp.check_study(study)
        try:
            tp.read_study(study)
        except tp.DataFileError as error:
            return listed, list(error.problems)
        return listed, []
    finally:
        (study / file).write_text(before, encoding="utf-8")


@pytest.mark.parametrize("file", FILES)
def test_check_and_run_agree_on_every_key_without_a_value(study, file):
    (document,) = (one for one in DOCUMENTS if one.file.endswith(file))
    keys = list(keys_of(document.record))
    assert len(keys) > 5
    for path in keys:
        for value in WAYS:
            listed, refused = verdicts(study, file, path, value)
            assert listed == refused, (path, value)


@pytest.mark.parametrize(
    ("file", "path", "value", "code", "field"),
    [
        ("study.yaml", ("id",), "", "Y204", "id"),
        ("study.yaml", ("title",), "", "Y204", "title"),
        ("study.yaml", ("criteria",), "", "Y204", "criteria"),
        ("study.yaml", ("judgments",), "", "S326", "judgments"),
        ("study.yaml", ("sectors",), [], "Y205", "sectors"),
        ("study.yaml", ("sectors",), [None], "Y205", "sectors[1]"),
        ("study.yaml", ("sectors",), [{"code": ""}], "Y204", "sectors[1].code"),
        ("criteria.yaml", ("criteria",), [None], "Y205", "criteria[1]"),
    ],
)
def test_what_is_needed_is_asked_for_where_it_stands(study, file, path, value, code, field):
    listed, _ = verdicts(study, file, path, value)
    assert (code, field) in {(problem.code, problem.field) for problem in listed}


def test_an_empty_text_is_an_empty_cell(study):
    """``draws: ""`` is what an empty cell of the sheet is: the default."""
    assert verdicts(study, "study.yaml", ("robustness", "draws"), "") == ([], [])
    assert verdicts(study, "criteria.yaml", ("root",), "") == ([], [])
