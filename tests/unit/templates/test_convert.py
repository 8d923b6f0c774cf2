"""One workbook and the folder say the same: bytes of CSV files, values of YAML files, the study itself."""

import subprocess
import time
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import yaml

from techprio.errors import InputError
from techprio.inputs.columns import heading
from techprio.inputs.study import check_study, read_study
from techprio.inputs.study_sheets import BLOCKS, PROSE, TABLES, block_columns
from techprio.model.fields import fields_of
from techprio.model.report_material import SECTIONS
from techprio.templates.raw_study import RawStudy, RawTable, read_raw
from techprio.templates.workbook import study_workbook
from techprio.templates.writing import convert_study

ROOT = Path(__file__).parents[3]
STUDY = ROOT / "catalogs" / "lai-chau"
CSV_FILES = {str(path.relative_to(STUDY)): path for path in STUDY.rglob("*.csv")
             if path.relative_to(STUDY).parts[0] != "sample"}  # fmt: skip
CSV_FILES["judgments.csv"] = ROOT / "criteria" / "lai-chau-judgments.csv"
YAML_FILES = {
    "criteria.yaml": ROOT / "criteria" / "lai-chau.yaml",
    "instrument.yaml": ROOT / "criteria" / "circular17.yaml",
    "letterhead.yaml": STUDY / "letterhead.yaml",
    "resources.yaml": STUDY / "resources.yaml",
    "study.yaml": STUDY / "study.yaml",
}


@pytest.fixture(scope="module", params=["vi", "en"])
def book(request, tmp_path_factory):
    return convert_study("lai-chau", tmp_path_factory.mktemp("book") / "study.xlsx", language=request.param)


@pytest.fixture(scope="module")
def folder(book):
    return convert_study(book, book.parent / "study", language="en")


@pytest.fixture(scope="module")
def trimmed_books(trimmed_folder, tmp_path_factory):
    """Give the workbook of the trimmed study in each language, to open and change."""
    folder = tmp_path_factory.mktemp("trimmed")
    return {
        name: convert_study(trimmed_folder, folder / f"{name}.xlsx", language=name) for name in ("vi", "en")
    }


def said(document):
    """Give a document without keys that say nothing; numbers by value, whatever their spelling."""
    if isinstance(document, dict):
        values = {str(key): said(value) for key, value in document.items()}
        return {key: value for key, value in values.items() if value not in (None, {}, [])}
    if isinstance(document, list):
        return [said(item) for item in document]
    return (
        float(document) if isinstance(document, int | float) and not isinstance(document, bool) else document
    )


@pytest.mark.parametrize("name", sorted(CSV_FILES))
def test_csv_comes_back_byte_for_byte(folder, name):
    assert (folder / name).read_bytes() == CSV_FILES[name].read_bytes()


@pytest.mark.parametrize("name", sorted(YAML_FILES))
def test_yaml_keeps_its_values(folder, name):
    before, after = (
        said(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in (YAML_FILES[name], folder / name)
    )
    if name == "study.yaml":
        for key in ("criteria", "judgments", "instrument"):
            assert (folder / after.pop(key)).is_file()
            del before[key]
    assert after == before


def test_nothing_else_is_written(folder):
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert written == CSV_FILES.keys() | YAML_FILES.keys()


def test_workbook_reads_as_the_same_study(book):
    assert check_study(book) == []
    assert_same(read_study(book), read_study("lai-chau"))


def assert_same(ours, theirs):
    for part in ("technologies", "scores", "dependencies", "sources"):
        pd.testing.assert_frame_equal(getattr(ours.catalog, part), getattr(theirs.catalog, part))
    pd.testing.assert_frame_equal(ours.judgments.statements, theirs.judgments.statements)
    pd.testing.assert_frame_equal(ours.survey, theirs.survey)
    for part in ("id", "title", "criteria", "resources", "instrument", "weights", "ranking", "robustness",
                 "value", "roles", "gates", "illustrative", "role_overrides"):  # fmt: skip
        assert getattr(ours, part) == getattr(theirs, part), part
    assert ours.catalog.sectors == theirs.catalog.sectors


def test_workbook_says_the_same_bytes_twice():
    raw = read_raw(STUDY)
    first = study_workbook(raw, language="vi")
    time.sleep(1.1)  # the clock of a workbook counts seconds
    assert study_workbook(raw, language="vi") == first


CHANGES = [
    ("Technologies AGR", "capex_mode", "12.500", "T110", "Technologies AGR!N3"),
    ("Scores LOG", "criterion", "F22", "S304", "Scores LOG!B3"),
    ("Judgments", "strength", 0.5, "J403", "Judgments!F3"),
    ("Sectors", "cross", "maybe", "Y208", "Sectors!E3"),
    ("Criteria", "parent", "Z", "S304", "Criteria!B3"),
    ("Anchors", "criterion", "Z", "S304", "Anchors!A3"),
    ("Phases", "first_year", "soon", "Y206", "Phases!B3"),
    ("Yearly limits", "local", -5, "R501", "Yearly limits!B3"),
    ("Funds", "limit", "firm", "Y208", "Funds"),
]


@pytest.mark.parametrize(("sheet", "column", "value", "code", "place"), CHANGES)
def test_problems_name_sheet_and_cell(sheet, column, value, code, place, trimmed_books, tmp_path):
    path, book = tmp_path / "study.xlsx", openpyxl.load_workbook(trimmed_books["en"])
    headings = [cell.value for cell in book[sheet][1]]
    known = {
        c.name: heading(c, "en") for t in TABLES if sheet.startswith(t.label.en) for c in fields_of(t.record)
    }
    for block in BLOCKS:
        if block.label.en == sheet:
            known = {name: heading(c, "en") for name, (c, _) in block_columns(block.name).items()}
    place_of = headings.index(known.get(column, column)) + 1
    book[sheet].cell(3, place_of).value = value
    book.save(path)
    problems = [problem for problem in check_study(path) if problem.code == code]
    assert problems
    assert all(problem.file.startswith("study.xlsx") for problem in problems)
    assert any(str(problem.place).startswith(place) for problem in problems), [str(p.place) for p in problems]


def test_keys_name_their_cell_and_misspelt_sheets_are_told(trimmed_books, tmp_path):
    path, book = tmp_path / "study.xlsx", openpyxl.load_workbook(trimmed_books["en"])
    rows = {row[3].value: row[1] for row in book["Study"].iter_rows(min_row=2)}
    rows["ranking/method"].value = "topsys"
    rows["robustness/draws"].value = "many"
    book["Survey"].title = "Surveys"
    book.create_sheet("x_mine")["A1"] = "left alone"
    book.save(path)
    told = {problem.code: problem for problem in check_study(path)}
    assert str(told["Y208"].place) == f"Study!{rows['ranking/method'].coordinate}"
    assert "topsis" in str(told["Y208"].proposal)
    assert str(told["Y206"].place) == f"Study!{rows['robustness/draws'].coordinate}"
    assert str(told["T125"].found) == "Surveys"
    assert "Survey" in str(told["T125"].proposal)
    assert set(told) == {"Y208", "Y206", "T125"}


def test_a_sector_without_its_sheets_is_told(trimmed_books, tmp_path):
    path, book = tmp_path / "study.xlsx", openpyxl.load_workbook(trimmed_books["vi"])
    del book["Công nghệ AGR"], book["Điểm LOG"]
    book.save(path)
    told = [problem.render("vi") for problem in check_study(path) if problem.code == "T125"]
    assert len(told) == 2
    assert "trang Công nghệ AGR" in told[0] + told[1]
    assert "trang Điểm LOG" in told[0] + told[1]


def test_spellings_that_a_workbook_would_lose_are_kept(tmp_path):
    table = RawTable(
        ("id", "citation", "x_code"), (("S-1", "0.50", "007"), ("S-2", "=1+1", "1e5"), ("S-3", " a", ""))
    )
    raw = read_raw(STUDY)
    changed = RawStudy(raw.documents, raw.tables | {("sources", ""): table}, raw.folders)
    (tmp_path / "study.xlsx").write_bytes(study_workbook(changed, language="vi"))
    assert read_raw(tmp_path / "study.xlsx").tables["sources", ""] == table


def test_a_text_too_long_for_a_cell_is_refused():
    table = RawTable(("id", "citation"), (("S-1", "a" * 40_000),))
    with pytest.raises(InputError, match="32767"):
        study_workbook(RawStudy(tables={("sources", ""): table}), language="en")


@pytest.fixture(scope="module", params=["xlsx", "ods", "xls"])
def saved_by_libreoffice(request, trimmed_books, soffice, tmp_path_factory):
    """Give the workbook of each language as LibreOffice saves it; one start of it for both."""
    folder = tmp_path_factory.mktemp(request.param)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        request.param,
        "--outdir",
        folder,
        *trimmed_books.values(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {language: folder / f"{language}.{request.param}" for language in trimmed_books}


@pytest.mark.office
@pytest.mark.parametrize("language", ["vi", "en"])
def test_saved_by_libreoffice_it_is_the_same_study(saved_by_libreoffice, language, trimmed_folder, tmp_path):
    saved = saved_by_libreoffice[language]
    assert [problem.render("en") for problem in check_study(saved)] == []
    assert_same(read_study(saved), read_study(trimmed_folder))
    again = convert_study(saved, tmp_path / "folder")
    assert (again / "survey.csv").read_bytes() == (trimmed_folder / "survey.csv").read_bytes()


def test_prose_and_tables_of_the_report_go_both_ways(tmp_path):
    folder = convert_study("lai-chau", tmp_path / "folder")
    (folder / "texts").mkdir()
    words = {"orientation.vi.md": "# Định hướng\n\nĐoạn **một**.\n", "method.en.md": "One line.\n"}
    for name, prose in words.items():
        (folder / "texts" / name).write_text(prose, encoding="utf-8")
    goals = "sector,phase,indicator,baseline,target,unit\n,2026-2030,share,0.10,007,%\n"
    (folder / "goals.csv").write_text(goals, encoding="utf-8")
    book = convert_study(folder, tmp_path / "study.xlsx", language="en")
    assert check_study(book) == []
    ours, theirs = read_study(book).material, read_study(folder).material
    assert {key: prose.strip() for key, prose in theirs.texts.items()} == {
        key: prose.strip() for key, prose in ours.texts.items()
    }
    assert ours.table("goals").equals(theirs.table("goals"))
    again = convert_study(book, tmp_path / "again")
    assert {path.name: path.read_text(encoding="utf-8") for path in (again / "texts").iterdir()} == words
    assert (again / "goals.csv").read_text(encoding="utf-8") == goals


def test_a_text_for_no_section_is_told_at_its_cell(trimmed_books, tmp_path):
    path, book = tmp_path / "study.xlsx", openpyxl.load_workbook(trimmed_books["vi"])
    book["Phần thuyết minh"]["A3"], book["Phần thuyết minh"]["B3"] = "roadmaps", "words"
    book.save(path)
    told = check_study(path)
    assert [(problem.code, str(problem.place)) for problem in told] == [("T113", "Phần thuyết minh!A3")]
    assert "roadmap" in str(told[0].proposal)


def test_sections_of_the_sheet_are_those_of_the_report():
    assert fields_of(PROSE.record)[0].choices == SECTIONS


@pytest.mark.parametrize("block", [one for one in BLOCKS if one.record], ids=lambda one: one.name)
def test_nothing_of_a_record_is_lost_on_its_sheet(block):
    """Outlays and caps of a fund and the best span of a criterion had no column: converting dropped them."""
    shown = {path for _, path in block_columns(block.name).values()}
    others = {"children", "anchors", "per_year"}  # on sheets of their own

    def missing(record, before):
        for field in fields_of(record):
            path = (*before, field.name)
            if field.kind == "block" and field.inner:
                yield from missing(field.inner, path)
            elif field.name not in others and not any(one[: len(path)] == path for one in shown):
                yield path

    assert not list(missing(block.record, ()))


def test_a_list_of_blocks_and_shares_come_back_as_they_were(copy_trimmed_study, tmp_path):
    folder = copy_trimmed_study(tmp_path)
    file = next(folder.glob("**/resources.yaml"))
    added = (
        "    outlays: [0.5, 0.3, 0.2]\n    caps: [{first_year: 2028, last_year: 2030, amount: 250},"
        " {first_year: 2031, last_year: 2032, amount: 60}]\n"
    )
    words = file.read_text(encoding="utf-8")
    file.write_text(words.replace("    per_year:", added + "    per_year:", 1), encoding="utf-8")
    before = read_study(folder).resources
    assert len(before.funds[0].caps) == 2
    book = convert_study(folder, tmp_path / "study.xlsx")
    assert read_study(book).resources.funds == before.funds
    assert read_study(convert_study(book, tmp_path / "again")).resources.funds == before.funds


def test_points_of_worth_come_back_as_they_were(copy_trimmed_study, tmp_path):
    folder = copy_trimmed_study(tmp_path)
    file = next(folder.parents[1].glob("criteria/lai-chau.yaml"))
    old = "scale: {type: ratio, worst: 25000, best: 2, transform: log10}"
    words = file.read_text(encoding="utf-8")
    assert old in words
    new = "scale: {type: ratio, worst: 25000, best: 2, points: {100: 0.6, 500: 0.4}}"
    file.write_text(words.replace(old, new), encoding="utf-8")
    before = read_study(folder).criteria
    book = convert_study(folder, tmp_path / "study.xlsx")
    assert read_study(book).criteria == before
    assert read_study(convert_study(book, tmp_path / "again")).criteria == before
