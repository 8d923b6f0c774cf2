"""The documents of the plan as LibreOffice prints them: a page for leaders, one an agency, none empty."""

import pypdf
import pytest

from techprio.reporting.products.compose import WRITTEN
from techprio.reporting.products.figures import figures_of
from techprio.reporting.products.files import paper_files, write_papers
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.wording import AGENCIES


@pytest.fixture(scope="module")
def printed(trimmed_result, to_pdf, tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    matter = Matter(trimmed_result.study, figures_of(trimmed_result))
    files = paper_files(matter, WRITTEN, language="vi")
    paths = write_papers(folder, files, "vi")
    return {pdf.stem: pypdf.PdfReader(pdf) for pdf in to_pdf.all(paths)}


def test_the_page_for_leaders_is_one_page_and_each_agency_has_one(printed):
    assert len(printed["tom-tat"].pages) == 1
    assert len(printed["phieu-viec"].pages) == len(AGENCIES)
    assert len(printed["to-trinh"].pages) <= 4
    for name in printed:
        if name.endswith("-phieu"):
            assert len(printed[name].pages) <= 2


def test_no_document_has_an_empty_page(printed):
    marks = ("SỐ LIỆU MINH HỌA - KHÔNG DÙNG LÀM SỐ LIỆU CỦA TỈNH", "LƯU HÀNH NỘI BỘ")
    for name, pdf in printed.items():
        for number, page in enumerate(pdf.pages, start=1):
            words = page.extract_text()
            for mark in marks:
                words = words.replace(mark, "")
            assert len(words.strip()) > 20, (name, number)
