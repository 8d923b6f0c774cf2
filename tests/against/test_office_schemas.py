"""Every part of every workbook and document that is written keeps the published schemas of Office Open XML.

The schemas are those of ECMA-376 (ISO/IEC 29500, transitional) as Microsoft's Open XML SDK states them, with
its rules between parts; ``openxml-audit`` carries them. What a library itself writes against them stands in
``OF_LIBRARIES``.
"""

import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml import OxmlElement
from matplotlib.figure import Figure

import techprio as tp
from techprio.errors import Problem
from techprio.reporting.problem_workbook import write_problems
from techprio.reporting.products.compose import WRITTEN
from techprio.reporting.products.figures import figures_of
from techprio.reporting.products.files import paper_files, write_papers
from techprio.reporting.products.matter import Matter
from techprio.reporting.word.document import document_bytes
from techprio.reporting.workbook import workbook_bytes
from techprio.templates.writing import convert_study, new_study

audit = pytest.importorskip("openxml_audit", reason="the test extra brings it")

EXPERTS = (tp.forms.Expert("e1", "Nguyễn Văn An", "agencies", ("AGR",)),)
#: What a library itself writes, by (part, words of the finding). Both are allowed by the schemas of
#: ECMA-376, where the parts of a font come in any order, and not by Microsoft's reading of them.
OF_LIBRARIES = {
    ("/xl/styles.xml", "Unexpected element '"): "openpyxl 3.1",
    ("/xl/worksheets/", "inline-string cell(s)"): "openpyxl 3.1",
}


def findings(path):
    validator = audit.OpenXmlValidator(max_errors=0)
    return [
        f"{path.name}: {one.part_uri} {one.path}: {one.description}"
        for one in validator.validate(path).errors
        if not any(part in one.part_uri and words in one.description for part, words in OF_LIBRARIES)
    ]


def all_findings(folder):
    files = sorted(one for one in folder.rglob("*") if one.suffix in (".xlsx", ".docx"))
    assert files
    return [found for path in files for found in findings(path)]


def test_workbook_and_report(trimmed_result, tmp_path, monkeypatch):
    monkeypatch.setattr("techprio.reporting.word.document.drawn", lambda block, **place: Figure((4, 3)))
    (tmp_path / "priorities.xlsx").write_bytes(workbook_bytes(trimmed_result, language="vi"))
    (tmp_path / "report.docx").write_bytes(document_bytes(trimmed_result, language="vi"))
    assert all_findings(tmp_path) == []


def test_papers(trimmed_result, tmp_path):
    study = replace(trimmed_result.study, illustrative=False)  # of examples no booklet is written
    matter = Matter(study, figures_of(trimmed_result))
    write_papers(tmp_path, paper_files(matter, WRITTEN, language="vi"), "vi")
    assert all_findings(tmp_path) == []


def test_forms_and_the_pages_that_experts_get_back(small_study, tmp_path, open_workbook):
    sent, back = tmp_path / "sent", tmp_path / "filled by openpyxl"
    tp.forms.make_forms(small_study, EXPERTS, sent, language="vi")
    open_workbook(sent / "small-e1-r1.xlsx").answer_all().save(back / "filled.xlsx")
    forms = tp.forms.collect_forms(small_study, EXPERTS, back, sent)
    tp.forms.save_forms(small_study, EXPERTS, forms, tmp_path / "results")
    assert list((tmp_path / "results").rglob("*.docx"))
    assert all_findings(tmp_path) == []


def test_studies_as_workbooks_and_lists_of_problems(trimmed_folder, tmp_path):
    new_study(tmp_path / "blank.xlsx", sectors="AGR")
    convert_study(trimmed_folder, tmp_path / "study.xlsx")
    problem = Problem("X1", "dependencies.csv", "line 2", "technology", "a", "b")
    write_problems([problem], trimmed_folder, tmp_path / "problems.xlsx")
    assert all_findings(tmp_path) == []


def test_element_at_a_wrong_place_is_found(tmp_path):
    document = docx.Document()
    document.sections[0]._sectPr.append(OxmlElement("w:pgNumType"))
    document.save(tmp_path / "wrong.docx")
    assert any("pgNumType" in one for one in findings(tmp_path / "wrong.docx"))


def test_element_at_a_wrong_place_in_a_sheet_is_found(small_study, tmp_path):
    tp.forms.make_forms(small_study, EXPERTS, tmp_path / "sent", language="vi")
    right, wrong = tmp_path / "sent/small-e1-r1.xlsx", tmp_path / "wrong.xlsx"
    with zipfile.ZipFile(right) as source, zipfile.ZipFile(wrong, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<sheetData>", b"<mergeCells/><sheetData>"))
    assert findings(right) == []
    assert any("mergeCells" in one for one in findings(wrong))
