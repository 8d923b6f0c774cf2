"""One declaration reads, checks, documents and blanks: kinds of fault that this makes impossible."""

import dataclasses
import shutil
from typing import Annotated

import pytest
import yaml
from click.testing import CliRunner

import techprio as tp
from techprio.cli import main
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.instrument import parse_instrument
from techprio.inputs.records import read_record
from techprio.inputs.shipped import shipped_folder
from techprio.inputs.study_file import StudyFile
from techprio.inputs.study_sheets import DOCUMENTS
from techprio.inputs.yaml_reader import read_yaml
from techprio.model import fields
from techprio.model.fields import Field, fields_of
from techprio.model.study import RobustnessSettings
from techprio.ranking.methods import METHODS
from techprio.templates.manual import manual_text
from techprio.templates.schemas import document_schema

from ..templates.filling import fill_folder

CIRCULAR = (shipped_folder() / "criteria" / "circular17.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tp.inputs.new_study(tmp_path_factory.mktemp("sound") / "study", sectors="AGR", id="x")
    fill_folder(folder)
    return folder


@pytest.fixture
def study(sound, tmp_path):
    return shutil.copytree(sound, tmp_path / "study")


def changed(study, **keys):
    """Set keys of ``study.yaml``, each given as YAML."""
    path = study / "study.yaml"
    words = path.read_text(encoding="utf-8")
    document = yaml.compose(words)
    document.value = [pair for pair in document.value if pair[0].value not in keys]
    path.write_text(
        yaml.serialize(document, allow_unicode=True) + "".join(f"{k}: {v}\n" for k, v in keys.items()),
        encoding="utf-8",
    )
    return tp.check_study(study)


def line_of(study, beginning):
    lines = (study / "study.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(beginning))


# --- options of a ranking method --------------------------------------------------------------------------


def test_options_are_checked_against_the_method_with_their_line(study):
    problems = changed(study, ranking="{method: weighted_sum, normalization: refernce, tpo: 3}")
    assert [(p.code, p.field, p.found) for p in problems] == [
        ("Y208", "ranking.normalization", "refernce"),
        ("Y203", "ranking.tpo", "tpo"),
    ]
    assert [p.proposal.render("en") for p in problems] == ["did you mean reference?", "did you mean top?"]
    assert {str(p.place).partition(",")[0] for p in problems} == {f"line {line_of(study, 'ranking:')}"}


@pytest.mark.parametrize(
    ("ranking", "code", "field"),
    [
        ("{method: vikor, normalization: minmax}", "Y203", "ranking.normalization"),
        ("{method: vikor, v: 2}", "Y207", "ranking.v"),
        ("{method: waspas, l: x}", "Y206", "ranking.l"),
        ("{method: topsis, normalization: max}", "S328", "ranking"),
        ("{method: promethee2, preferences: linaer}", "S328", "ranking"),
        ("{method: copras}", "Y208", "ranking.method"),
        ("{method: topsis, method: vikor}", "Y202", "ranking.method"),
    ],
)
def test_each_method_has_its_own_options(study, ranking, code, field):
    assert [(p.code, p.field) for p in changed(study, ranking=ranking)] == [(code, field)]


@pytest.mark.parametrize("name", METHODS)
def test_study_and_command_line_take_the_same_methods(study, name):
    options = ", normalization: reference" if name.startswith("weighted") else ""
    assert changed(study, ranking=f"{{method: {name}{options}, top: 2}}") == []
    assert tp.read_study(study).ranking.method == name
    result = CliRunner().invoke(main, ["rank", str(study), "--method", name])
    assert "unknown" not in result.output


# --- marks of trust, ids and titles -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("\n  verified: derived", "\n  verified: ture", "Y208"),
        ("confidence: 0.", "confidence: 7.", "Y207"),
        ("criteria_count:", "criteria_count: many #", "Y206"),
        ("label_mapping_verified:", "label_mapping_verified: tru #", "Y208"),
        ("total_max:", "total_max: {a: 1} #", "Y206"),
    ],
)
def test_a_typo_in_the_instrument_is_a_problem(old, new, code):
    assert old in CIRCULAR
    words = CIRCULAR.replace(old, new, 1)
    diagnostics = Diagnostics()
    parse_instrument(words.encode(), "circular17.yaml", diagnostics)
    line = next(n for n, line in enumerate(words.splitlines(), 1) if new.strip().removesuffix(" #") in line)
    found = [(p.code, str(p.place).partition(",")[0]) for p in diagnostics.problems]
    assert (code, f"line {line}") in found


@pytest.mark.parametrize(
    ("key", "words", "code"),
    [
        ("illustrative", "on", "Y208"), ("illustrative", "1", "Y208"), ("illustrative", "tru", "Y208"),
        ("illustrative", "[true]", "Y208"), ("title", "{vn: Lộ trình}", "Y203"), ("title", "[a, b]", "Y205"),
        ("id", "{a: b}", "Y205"), ("id", "../../x y", "Y205"), ("judgments", "[a]", "Y205"),
        ("missing", "eror", "Y208"), ("robustness", "{seed: yes}", "Y206"),
    ],
)  # fmt: skip
def test_every_key_of_a_study_is_read_before_the_problems_are_listed(study, key, words, code):
    (problem, *_) = (p for p in changed(study, **{key: words}) if p.field.startswith(key))
    assert problem.code == code
    assert str(problem.place).startswith(f"line {line_of(study, key + ':')}")
    with pytest.raises(tp.DataFileError):
        tp.read_study(study)


@pytest.mark.parametrize(("word", "flag"), [("True", True), ("yes", True), ("có", True), ("không", False)])
def test_a_flag_is_never_turned_round(study, word, flag):
    assert changed(study, illustrative=word) == []
    assert tp.read_study(study).illustrative is flag


# --- manual and reader ------------------------------------------------------------------------------------


def blocks(record, path=()):
    """Give every record of a document with the path of its keys."""
    yield record, path
    for field in fields_of(record):
        if field.inner and field.kind == "block":
            yield from blocks(field.inner, (*path, field.name))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_what_the_manual_says_of_a_key_left_out_is_what_the_reader_does(document):
    words = manual_text("en").split(f"## `{document.file}`", 1)[1].split("\n## ", 1)[0]
    for record, path in blocks(document.record):
        diagnostics = Diagnostics()
        reading = read_record(read_yaml(b"{}", document.file, diagnostics), record)
        refused = {problem.field for problem in diagnostics.problems}
        if getattr(record, "lacking", None):
            refused = {field.name for field in fields_of(record)}
        for field in fields_of(record):
            row = next(
                r for r in words.splitlines() if r.startswith(f"| `{'.'.join((*path, field.name))}` |")
            )
            assert ("| required |" in row) == (field.name in refused), row
            if "empty stands for" in row:
                assert f"empty stands for {field.default_word} |" in row
                assert reading[field.attribute] == field.default


# --- a setting in one place -------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Extended(RobustnessSettings):
    """Settings with one more, as a later version may have it."""

    patience: Annotated[
        int, Field("Độ kiên nhẫn", "Patience", ("số lần thử", "how many tries"), least=1, most=9)
    ] = 3


@pytest.fixture
def one_more(monkeypatch):
    hint = Annotated[Extended, Field("Độ chắc chắn", "Robustness")]
    monkeypatch.setitem(StudyFile.__annotations__, "robustness", hint)
    monkeypatch.setattr(StudyFile, "robustness", Extended())
    for known in (fields._fields, fields._declared):
        known.cache_clear()
    yield
    monkeypatch.undo()
    for known in (fields._fields, fields._declared):
        known.cache_clear()


def test_one_more_setting_appears_everywhere(one_more, study, tmp_path):
    assert changed(study, robustness="{patience: 12}")[0].allowed.render("en") == "a number from 1 to 9"
    assert changed(study, robustness="{patience: 5}") == []
    assert tp.read_study(study).robustness.patience == 5
    for language, label in (("en", "Patience; how many tries"), ("vi", "Độ kiên nhẫn; số lần thử")):
        assert f"| `robustness.patience` | {label} |" in manual_text(language)
    schema = document_schema(StudyFile, "study.yaml")
    assert schema["$defs"]["Extended"]["properties"]["patience"]["maximum"] == 9
    blank = tp.inputs.new_study(tmp_path / "blank", sectors="AGR", language="en")
    assert "patience: Patience; how many tries" in (blank / "study.yaml").read_text(encoding="utf-8")
    book = tp.inputs.convert_study(study, tmp_path / "study.xlsx")
    assert tp.read_study(book).robustness.patience == 5
    again = tp.inputs.convert_study(book, tmp_path / "again")
    assert tp.read_study(again).robustness == tp.read_study(study).robustness
