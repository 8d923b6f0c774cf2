"""A blank study says what is still to be filled in and nothing else; filled, it is a study."""

import subprocess

import openpyxl
import pytest
from click.testing import CliRunner

from techprio.cli import main
from techprio.cli.check import UNFILLED
from techprio.errors import InputError
from techprio.inputs.columns import fold, headings, word_shown
from techprio.inputs.study import check_study, read_study
from techprio.inputs.study_sheets import BLOCKS, KEY_SHEETS, TABLES, sheet_title
from techprio.model.fields import fields_of
from techprio.templates.raw_study import read_raw
from techprio.templates.writing import blank_study, new_study, parse_sectors, write_study

from .filling import fill_folder, fill_workbook

TARGETS = ("study", "study.xlsx")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("criteria", ["", "lai-chau"])
def test_blank_study_has_no_fault_beside_what_is_empty(target, language, criteria, tmp_path):
    raw = blank_study(parse_sectors("AGR=Nông nghiệp,ENE"), id="dien-bien", criteria=criteria)
    write_study(raw, tmp_path / target, language=language)
    problems = check_study(tmp_path / target)
    assert problems
    assert {problem.code for problem in problems} <= UNFILLED
    told = {str(problem.field) for problem in problems}
    assert {"title", "start", "end", "phases"} <= told
    assert ("criteria" in told) == (not criteria)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("target", TARGETS)
def test_check_is_calm_about_a_blank_study(target, language, tmp_path):
    place = str(tmp_path / target)
    made = CliRunner().invoke(main, ["template", place, "--sectors", "AGR,ENE", "--lang", language])
    assert made.exit_code == 0, made.output
    done = CliRunner().invoke(main, ["check", place, "--lang", language])
    assert done.exit_code == 1
    calm = {"vi": "phần đã điền chưa có lỗi nào", "en": "what is filled in has no fault so far"}
    assert calm[language] in done.output
    assert {"vi": "Còn phải điền", "en": "Still to be filled in"}[language] in done.output


@pytest.mark.parametrize("language", ["vi", "en"])
def test_filled_workbook_is_read_as_filled(language, tmp_path):
    book = tmp_path / "study.xlsx"
    write_study(blank_study(parse_sectors("AGR=Nông nghiệp"), id="dien-bien"), book, language=language)
    fill_workbook(book, language)
    assert [problem.render("en") for problem in check_study(book)] == []
    study = read_study(book)
    assert study.title.vi == "Lộ trình thử"
    assert list(study.catalog.technologies.index) == ["AGR01", "AGR02"]
    assert study.catalog.technologies.loc["AGR01", "capex_mode"] == 20
    assert study.resources.fund("local").per_year == {2027: 10.0, 2028: 20.0}
    assert [phase.id for phase in study.resources.phases] == ["2027-2028"]
    assert study.criteria.by_id["C1"].scale.best == 5
    assert study.criteria.by_id["C1"].anchors[1.0].vi == "kém"
    assert study.judgments.statements["strength"].tolist() == [3.0, 5.0]


def test_filled_folder_is_the_filled_workbook(tmp_path):
    raw = blank_study(parse_sectors("AGR=Nông nghiệp"), id="dien-bien")
    folder, book = (write_study(raw, tmp_path / name, language="vi") for name in TARGETS)
    fill_folder(folder)
    fill_workbook(book, "vi")
    ours, theirs = read_study(folder), read_study(book)
    assert ours.catalog.technologies.equals(theirs.catalog.technologies)
    assert ours.catalog.scores.equals(theirs.catalog.scores)
    assert (ours.resources, ours.criteria, ours.ranking, ours.title) == (
        theirs.resources,
        theirs.criteria,
        theirs.ranking,
        theirs.title,
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_sheets_have_notes_lists_frozen_headings_and_print_on_a4(language, tmp_path):
    book = write_study(blank_study(parse_sectors("AGR,ENE")), tmp_path / "s.xlsx", language=language)
    read = openpyxl.load_workbook(book)
    titles = [sheet_title(label, language) for label in KEY_SHEETS.values()][:2]
    titles += [sheet_title(block.label, language) for block in BLOCKS]
    titles += [sheet_title(t.label, language, "AGR" if t.by_sector else "") for t in TABLES]
    assert set(titles) <= set(read.sheetnames)
    for sheet in read.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    for table in TABLES:
        sheet = read[sheet_title(table.label, language, "AGR" if table.by_sector else "")]
        assert sheet.freeze_panes
        for place, column in enumerate(fields_of(table.record), 1):
            cell = sheet.cell(1, place)
            assert fold(cell.value) in headings(column)
            assert column.name in cell.comment.text
        listed = {str(rule.formula1) for rule in sheet.data_validations.dataValidation if rule.type == "list"}
        for column in fields_of(table.record):
            if column.choices:
                words = [word_shown(column, choice, language) for choice in column.choices]
                assert f'"{",".join(words)}"' in listed


def test_lists_of_ids_lead_to_the_sheets_that_declare_them(tmp_path):
    book = openpyxl.load_workbook(new_study(tmp_path / "s.xlsx", sectors="AGR,ENE", language="en"))
    wanted = {
        ("Scores ENE", "Technology"): "'Technologies ENE'!$A",
        ("Scores ENE", "Criterion"): "'Criteria'!$A",
        ("Judgments", "Other"): "'Criteria'!$A",
        ("Survey", "Sector"): "'Sectors'!$A",
        ("Yearly limits", "other"): None,
        ("Dependencies", "Technology"): None,
    }
    for (title, heading), source in wanted.items():
        sheet = book[title]
        letter = next(cell.column_letter for cell in sheet[1] if cell.value == heading)
        rules = [r for r in sheet.data_validations.dataValidation if str(r.sqref).startswith(f"{letter}2")]
        listed = [str(rule.formula1) for rule in rules if rule.type == "list"]
        assert [words.startswith(source) for words in listed] == ([True] if source else []), (title, listed)


@pytest.mark.parametrize("words", ["AGR,AGR", "Nông nghiệp,Nông nghiệp", "A B=x", ""])
def test_sectors_that_cannot_be_told_apart_are_refused(words):
    with pytest.raises(InputError):
        parse_sectors(words)


def test_nothing_is_overwritten(tmp_path):
    raw = blank_study(parse_sectors("AGR"))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "study.xlsx").write_bytes(b"mine")
    for name in ("full", "study.xlsx", "study.docx"):
        with pytest.raises(InputError):
            write_study(raw, tmp_path / name)
    assert (tmp_path / "study.xlsx").read_bytes() == b"mine"


@pytest.mark.office
@pytest.mark.parametrize("language", ["vi", "en"])
def test_filled_and_saved_by_libreoffice_it_is_the_same_study(language, soffice, tmp_path):
    book = new_study(tmp_path / "study.xlsx", sectors="AGR=Nông nghiệp", id="dien-bien", language=language)
    fill_workbook(book, language)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved")]
    command.append(str(book))
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    saved = tmp_path / "saved" / "study.xlsx"
    assert [problem.render("en") for problem in check_study(saved)] == []
    ours, theirs = read_study(saved), read_study(book)
    assert ours.catalog.technologies.equals(theirs.catalog.technologies)
    assert (ours.resources, ours.criteria) == (theirs.resources, theirs.criteria)
    sheets = zip(
        openpyxl.load_workbook(saved).worksheets, openpyxl.load_workbook(book).worksheets, strict=True
    )
    for after, before in sheets:
        assert {c.coordinate for c in after[1] if c.comment} == {c.coordinate for c in before[1] if c.comment}
        lists = [[r for r in s.data_validations.dataValidation if r.type == "list"] for s in (after, before)]
        assert bool(lists[0]) == bool(lists[1])


@pytest.mark.parametrize("target", TARGETS)
def test_instrument_of_another_study_gives_the_survey_its_columns(target, tmp_path):
    place = new_study(tmp_path / target, sectors="AGR", instrument="lai-chau", language="vi")
    assert {problem.code for problem in check_study(place)} <= UNFILLED
    raw = read_raw(place)
    assert raw.documents["instrument"]
    if target == "study":
        assert raw.tables["survey", ""].headings[3:9] == ("year", "T", "E", "O", "R", "I")
    else:
        assert [cell.value for cell in openpyxl.load_workbook(place)["Khảo sát"][1]][4:9] == list("TEORI")


def test_command_refuses_in_words(tmp_path):
    for arguments in (["--criteria", "nowhere"], ["--sectors", "A,A"], ["--instrument", str(tmp_path)]):
        done = CliRunner().invoke(main, ["template", str(tmp_path / "x"), *arguments])
        assert done.exit_code == 1
        assert not (tmp_path / "x").exists()
