"""The documents of the plan as LibreOffice prints them: within their pages, none of them empty."""

import re
import subprocess
from dataclasses import replace

import pypdf
import pytest

from techprio.phasing.monitor import monitor_plan
from techprio.reporting.products.figures import figures_of
from techprio.reporting.products.files import paper_files, write_papers
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.wording import AGENCIES

AIMS = {
    "khao-sat": (12, 8), "dinh-huong": (14, 8), "du-thao": (16, 13), "chinh-sach": (6, 2), "to-trinh": (4, 0),
    "quyet-dinh": (12, 12), "tien-do": (5, 4), "ke-hoach-nam": (4, 3), "phieu-viec": (len(AGENCIES), 0),
    "tom-tat": (1, 0),
}  # fmt: skip
"""Pages of text and of annexes that each document has at most; the comment form is one more."""
WIDER = 1.45
"""By how much more a font takes that stands in for Times New Roman where none of its measure is there."""
NEVER_MORE = {"tom-tat", "phieu-viec"}


@pytest.fixture(scope="module")
def printed(shipped_result, sample_material, to_pdf, tmp_path_factory):
    """Every document of the shipped study with its sample texts, as pages."""
    folder = tmp_path_factory.mktemp("papers")
    material, status = sample_material
    study = replace(shipped_result.study, material=material)
    matter = Matter(study, figures_of(shipped_result), monitor_plan(shipped_result.plan, status))
    files = paper_files(matter, list(AIMS), language="vi")
    paths = write_papers(folder, files, "vi")
    return {
        pdf.stem: [page.extract_text() for page in pypdf.PdfReader(pdf).pages] for pdf in to_pdf.all(paths)
    }


@pytest.fixture(scope="module")
def measured():
    """Whether a font of the measure of Times New Roman is there."""
    found = subprocess.run(
        ["fc-match", "Times New Roman"], capture_output=True, text=True, check=False
    ).stdout
    return any(name in found for name in ("Times", "Liberation", "Tinos"))


@pytest.mark.parametrize("id", AIMS)
def test_text_and_annexes_keep_to_their_pages(printed, measured, id):
    pages = printed[id]
    heading = re.compile(r"^ *Phụ lục( [IVX]+)? *$", re.MULTILINE)
    text = next((place for place, words in enumerate(pages) if heading.search(words)), len(pages))
    most = 1.0 if measured or id in NEVER_MORE else WIDER
    assert text <= AIMS[id][0] * most
    assert len(pages) - text <= AIMS[id][1] * most
    assert len(printed[f"{id}-phieu"]) <= 2


def test_no_document_has_an_empty_page(printed):
    marks = ("SỐ LIỆU MINH HỌA - KHÔNG DÙNG LÀM SỐ LIỆU CỦA TỈNH", "LƯU HÀNH NỘI BỘ")
    for name, pdf in printed.items():
        for number, words in enumerate(pdf, start=1):
            for mark in marks:
                words = words.replace(mark, "")
            assert len(words.strip()) > 20, (name, number)
