"""What leaves the house, opened by LibreOffice."""

import re

import pypdf
import pytest

pytestmark = pytest.mark.office

HEADINGS = {"vi": "Danh mục công nghệ ưu tiên", "en": "Priority lists"}
SUFFIXES = {"vi": "", "en": ".en"}


@pytest.fixture(scope="module")
def printed(trimmed_result, tmp_path_factory, to_pdf):
    """Give what LibreOffice prints of each file, in each language: a list of the words of its pages."""
    folder = tmp_path_factory.mktemp("run") / "results"
    trimmed_result.save(folder, languages=("vi", "en"), outputs=("workbook", "reference"))
    target = tmp_path_factory.mktemp("printed")
    sources = [path for suffix in SUFFIXES.values() for path in (folder / f"report{suffix}.docx",
               folder / f"priorities{suffix}.xlsx")]  # fmt: skip
    return {path.stem: pypdf.PdfReader(path) for path in to_pdf.all(sources, folder=target)}


def letters_of(words):
    """Return a pattern for words in a PDF, where a letter of another font than the rest may be lost."""
    return "".join(re.escape(sign) if sign.isascii() and sign != " " else r"\W*\w?\W*" for sign in words)


def test_the_pattern_tells_words_apart():
    pattern = letters_of("Truy xuất")
    assert re.search(pattern, "Truy xu t")
    assert re.search(pattern, "Truy xuất")
    assert not re.search(pattern, "Truy vấn")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_word_document_becomes_pages_with_their_numbers(printed, language):
    pdf, heading = printed[f"report{SUFFIXES[language]}"], letters_of(HEADINGS[language])
    sizes = {tuple(sorted(round(float(side)) for side in page.mediabox[2:])) for page in pdf.pages}
    assert sizes == {(595, 842)}
    told = [page.extract_text() for page in pdf.pages]
    contents = "\n".join(told[:6])  # behind a summary of a page or two
    line = next(line for line in contents.splitlines() if re.match(heading + r"\s*\.{5}", line))
    number = int(line.rsplit(".", 1)[-1])
    assert re.search(heading, told[number - 1])
    assert [number for number, words in enumerate(told, start=1) if len(words.strip()) < 8] == []
    whole = "".join(told)
    assert "AGR01" in whole
    assert "Error:" not in whole


@pytest.mark.parametrize("language", ["vi", "en"])
def test_workbook_prints_without_error_values(printed, trimmed_study, language):
    whole = "".join(page.extract_text() for page in printed[f"priorities{SUFFIXES[language]}"].pages)
    assert re.search(letters_of(trimmed_study.catalog.label("AGR01").render(language)[:12]), whole)
    for error in ("#REF!", "#VALUE!", "#NAME?", "Err:5", "###"):
        assert error not in whole
