"""What leaves the house, opened by LibreOffice."""

import re

import pypdf
import pytest

pytestmark = pytest.mark.office

HEADINGS = {"vi": "Danh mục công nghệ ưu tiên", "en": "Priority lists"}


@pytest.fixture(scope="module")
def result(shipped_result):
    return shipped_result


@pytest.mark.parametrize("language", ["vi", "en"])
def test_word_document_becomes_pages_with_their_numbers(result, language, tmp_path, to_pdf):
    pdf = pypdf.PdfReader(to_pdf(result.to_word(tmp_path / "report.docx", language=language)))
    sizes = {tuple(sorted(round(float(side)) for side in page.mediabox[2:])) for page in pdf.pages}
    assert sizes == {(595, 842)}
    contents = "\n".join(page.extract_text() for page in pdf.pages[:6])  # behind a summary of a page or two
    line = next(line for line in contents.splitlines() if re.match(HEADINGS[language] + r"\s*\.{5}", line))
    number = int(line.rsplit(".", 1)[-1])
    assert HEADINGS[language] in pdf.pages[number - 1].extract_text()
    told = [page.extract_text() for page in pdf.pages]
    assert [number for number, words in enumerate(told, start=1) if len(words.strip()) < 8] == []
    whole = "".join(told)
    assert "AGR01" in whole
    assert "Error:" not in whole


@pytest.mark.parametrize("language", ["vi", "en"])
def test_workbook_prints_without_error_values(result, language, tmp_path, to_pdf):
    pdf = pypdf.PdfReader(to_pdf(result.to_excel(tmp_path / "priorities.xlsx", language=language)))
    whole = "".join(page.extract_text() for page in pdf.pages)
    assert result.study.catalog.label("AGR01").render(language)[:12] in whole
    for error in ("#REF!", "#VALUE!", "#NAME?", "Err:5", "###"):
        assert error not in whole
