"""Manual and schemas are those of the records, and hold for the shipped study."""

import csv
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from techprio.inputs.study_sheets import DOCUMENTS, TABLES
from techprio.model.fields import fields_of
from techprio.templates.manual import manual_text
from techprio.templates.schemas import schema_files
from techprio.templates.writing import blank_study, new_study, parse_sectors

ROOT = Path(__file__).parents[3]
STUDY = ROOT / "catalogs" / "lai-chau"
YAML_FILES = {
    "study": STUDY / "study.yaml",
    "resources": STUDY / "resources.yaml",
    "criteria": ROOT / "criteria" / "lai-chau.yaml",
    "instrument": ROOT / "criteria" / "circular17.yaml",
}
SCHEMAS = {name: json.loads(data) for name, data in schema_files().items()}


@pytest.mark.parametrize(("file", "language"), [("formats.md", "en"), ("formats.vi.md", "vi")])
def test_manual_is_up_to_date(file, language):
    written = (ROOT / "docs" / file).read_text(encoding="utf-8")
    renew = f"techprio template --manual docs/{file} --lang {language}"
    assert written == manual_text(language), f"stale; write it anew with: {renew}"


def test_schemas_are_up_to_date():
    written = {path.name: path.read_bytes() for path in (ROOT / "docs" / "schema").iterdir()}
    assert written == schema_files(), "stale; write them anew with: techprio template --schema docs/schema"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_manual_tells_every_column(language):
    words = manual_text(language)
    for table in TABLES:
        section = words.split(f"{table.file}`\n", 1)[1].split("\n## ", 1)[0]
        for column in fields_of(table.record):
            line = next(line for line in section.splitlines() if line.startswith(f"| `{column.name}` |"))
            assert column.label.vi in line
            assert column.label.en in line
            assert all(choice in line for choice in column.choices)


@pytest.mark.parametrize("name", YAML_FILES)
def test_shipped_yaml_fits_its_schema(name):
    document = yaml.safe_load(YAML_FILES[name].read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(SCHEMAS[f"{name}.schema.json"])
    assert [error.message for error in validator.iter_errors(as_json(document))] == []


def as_json(value):
    """Give a YAML document with texts as keys, as editors check it."""
    if isinstance(value, dict):
        return {str(key): as_json(part) for key, part in value.items()}
    return [as_json(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("study", ("ranking", "method"), "topsys"),
        ("study", ("robustness", "draws"), 0),
        ("study", ("rankin",), {}),
        ("study", ("sectors",), None),
        ("resources", ("start",), "07/2027"),
        ("resources", ("discount_rate",), 8),
        ("criteria", ("criteria",), [{"label": "x"}]),
    ],
)
def test_schema_refuses_what_the_reader_refuses(name, path, value):
    document = as_json(yaml.safe_load(YAML_FILES[name].read_text(encoding="utf-8")))
    at = document
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert not jsonschema.Draft202012Validator(SCHEMAS[f"{name}.schema.json"]).is_valid(document)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_shipped_rows_fit_their_schema(table):
    validator = jsonschema.Draft202012Validator(SCHEMAS[f"{table.name}.row.schema.json"])
    files = [*STUDY.rglob(table.file)]
    files += [ROOT / "criteria" / "lai-chau-judgments.csv"] if table.name == "judgments" else []
    for path in files:
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                assert [error.message for error in validator.iter_errors(row)] == []


def test_blank_study_names_schemas_that_are_there(tmp_path):
    folder = new_study(tmp_path / "study", sectors="AGR")
    for document in DOCUMENTS[:3]:
        first = (folder / document.file).read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert (
            json.loads((folder / first.partition("=")[2]).read_text(encoding="utf-8"))["title"]
            == document.file
        )


def test_blank_study_explains_every_key(tmp_path):
    for language in ("vi", "en"):
        folder = new_study(tmp_path / language, sectors="AGR", language=language)
        for document in DOCUMENTS[:3]:
            words = (folder / document.file).read_text(encoding="utf-8")
            for key in fields_of(document.record):
                assert f"# {key.label.render(language)}" in words


def test_blank_study_has_the_tables_of_the_records():
    raw = blank_study(parse_sectors("AGR,ENE"))
    for table in TABLES:
        for sector in ("AGR", "ENE") if table.by_sector else ("",):
            assert raw.tables[table.name, sector].headings == tuple(c.name for c in fields_of(table.record))
