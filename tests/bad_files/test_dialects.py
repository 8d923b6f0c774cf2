"""A study in the dialects of offices gives the same study and result, or one clear finding a file.

The study is of the shipped kind, trimmed; its tables are saved anew as people and programs save them.
"""

import csv
import io
import re
import shutil
import subprocess

import openpyxl
import pytest

import techprio as tp
from techprio.reporting.write import result_files
from techprio.templates.writing import convert_study

from ..unit.templates.test_convert import assert_same

TABLES = ("technologies.csv", "scores.csv", "dependencies.csv", "survey.csv")


def tables_of(folder):
    return [file for file in sorted(folder.rglob("*.csv")) if file.name in TABLES]


def rewritten(folder, change, *, separator=",", encoding="utf-8", line="\n"):
    """Write every table anew, its rows changed."""
    for file in tables_of(folder):
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        stream = io.StringIO()
        csv.writer(stream, delimiter=separator, lineterminator=line).writerows(change(rows, file.stem))
        file.write_bytes(stream.getvalue().encode(encoding, "replace"))
    return folder


def same(rows, _):
    return rows


def decimal_commas(rows, _):
    return [[re.sub(r"^(-?[0-9]+)\.([0-9]+)$", r"\1,\2", cell) for cell in row] for row in rows]


def amounts(rows):
    return [n for n, head in enumerate(rows[0]) if re.fullmatch("capex_(low|mode|high)", head)]


def grouped(rows, name):
    """Amounts as a Vietnamese office types them, in thousands of a million and with three decimals."""
    at = amounts(rows) if name == "technologies" else []
    rows = decimal_commas(rows, name)
    for row in rows[1:]:
        for place in at:
            whole, _, part = row[place].partition(",")
            row[place] = f"{int(whole):,}".replace(",", ".") + (f",{part}" if part else "") if whole else ""
    return rows


def group_headings(rows, _):
    """A title, and merged headings of groups as a text file keeps them: once, then empty cells."""
    width = len(rows[0])
    upper = ["CÔNG NGHỆ", *[""] * (width // 2 - 1), "SỐ LIỆU", *[""] * (width - width // 2 - 1)]
    return [["PHỤ LỤC 2", *[""] * (width - 1)], upper, *rows]


def units(rows, name):
    """Money in million VND in place of billion, as the headings say, and months that say so too."""
    for place in amounts(rows) if name == "technologies" else ():
        rows[0][place] += " (triệu đồng)"
        for row in rows[1:]:
            row[place] = f"{float(row[place]) * 1000:.15g}" if row[place] else ""
    return [[re.sub("^lead_mode$", "lead_mode [tháng]", cell) for cell in row] for row in rows]


def sums(rows, name):
    """Totals and means below, and who signed it."""
    numbers = [
        all(re.fullmatch(r"-?[0-9.]+", row[place]) for row in rows[1:] if row[place])
        for place in range(len(rows[0]))
    ]
    if name == "dependencies" or not any(numbers):
        return rows

    def of(how, label):
        cells = [
            f"{how([float(row[place]) for row in rows[1:] if row[place]] or [0]):g}" if ok else ""
            for place, ok in enumerate(numbers)
        ]
        return [label, *cells[1:]]

    return [*rows, of(sum, "Tổng cộng"), of(lambda v: sum(v) / len(v), "Trung bình"), of(max, "Lớn nhất")]


FOLDERS = {
    "UTF-16 and tabs": (same, {"encoding": "utf-16", "separator": "\t"}),
    "semicolons": (same, {"separator": ";", "encoding": "utf-8-sig", "line": "\r\n"}),
    "semicolons and decimal commas": (decimal_commas, {"separator": ";", "encoding": "utf-8-sig"}),
    "commas in quotes": (decimal_commas, {"separator": ","}),
    "thousands and decimal commas": (grouped, {"separator": ";"}),
    "several heading rows": (group_headings, {}),
    "units in headings": (units, {}),
    "totals and means": (sums, {}),
}


@pytest.fixture
def folder(copy_trimmed_study, tmp_path):
    return copy_trimmed_study(tmp_path)


@pytest.mark.parametrize("dialect", FOLDERS)
def test_folder_in_a_dialect_is_the_same_study(dialect, folder, trimmed_study):
    change, how = FOLDERS[dialect]
    rewritten(folder, change, **how)
    assert [problem.render("en") for problem in tp.inputs.check_study(folder)] == []
    assert_same(tp.read_study(folder), trimmed_study)


def test_legacy_code_page_is_one_finding_a_file_that_names_it(folder):
    rewritten(folder, same, encoding="cp1258")
    problems = tp.inputs.check_study(folder)
    spoiled = {file.relative_to(folder).as_posix() for file in tables_of(folder) if not _is_ascii(file)}
    assert {problem.file for problem in problems if problem.code == "T104"} == spoiled
    assert len(problems) == len(spoiled)
    assert all("UTF-8" in problem.render("en") for problem in problems)


def _is_ascii(file):
    return file.read_bytes().isascii()


def in_workbook(change, folder, target):
    book = openpyxl.load_workbook(convert_study(folder, target / "study.xlsx", language="vi"))
    for sheet in book:
        if sheet.title.startswith(("Công nghệ", "Điểm")):
            change(sheet)
    book.save(target / "study.xlsx")
    return target / "study.xlsx"


def merged_headings(sheet):
    sheet.insert_rows(1, 2)
    sheet["A1"], sheet["A2"], sheet["E2"] = "BẢNG SỐ LIỆU", "Tên gọi", "Số liệu"
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("A2:D2")
    sheet.merge_cells("E2:H2")


def hidden_columns(sheet):
    for letter in ("C", "E"):
        sheet.column_dimensions[letter].hidden = True
    sheet.row_dimensions[3].hidden = True


def numbers_as_texts(sheet):
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, float):
                cell.value = f"{cell.value:.12g}".replace(".", ",")
                cell.number_format = "@"


@pytest.mark.parametrize("change", [merged_headings, hidden_columns, numbers_as_texts])
def test_workbook_in_a_dialect_is_the_same_study(change, trimmed_folder, trimmed_study, tmp_path):
    book = in_workbook(change, trimmed_folder, tmp_path)
    assert [problem.render("en") for problem in tp.inputs.check_study(book)] == []
    assert_same(tp.read_study(book), trimmed_study)


@pytest.mark.office
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_workbook_of_another_program_is_the_same_study(
    kind, trimmed_folder, trimmed_study, soffice, tmp_path
):
    book = in_workbook(merged_headings, trimmed_folder, tmp_path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert_same(tp.read_study(tmp_path / f"study.{kind}"), trimmed_study)


def test_same_study_in_a_dialect_gives_the_same_lists(folder, trimmed_result):
    rewritten(folder, grouped, separator=";", encoding="utf-16")
    result = tp.run(tp.read_study(folder), draws=200)
    wanted = result_files(trimmed_result, languages=("vi",), outputs=())
    found = result_files(result, languages=("vi",), outputs=())
    lists = [name for name in wanted if name.endswith(".csv") and not name.startswith("inputs/")]
    assert "priorities.csv" in lists
    assert [name for name in lists if found[name] != wanted[name]] == []


# --- what no file decides by itself: the caller says how numbers are written -----------------------------


@pytest.fixture
def in_thousands(folder):
    """Amounts such as 12.500: thousands in Vietnam, twelve and a half elsewhere."""

    def change(rows, name):
        if name != "technologies":
            return rows
        for row in rows[1:]:
            for place, amount in zip(amounts(rows), ("12.500", "13.500", "14.500"), strict=True):
                row[place] = amount
        return rows

    return rewritten(folder, change, separator=";")


def test_numbers_that_no_file_decides_are_asked_for_with_the_option(in_thousands):
    problems = tp.inputs.check_study(in_thousands)
    assert {problem.code for problem in problems} == {"T110"}
    for locale, amount in (("vi", 12500), ("en", 12.5)):
        assert tp.read_study(in_thousands, locale=locale).catalog.technologies["capex_low"].eq(amount).all()
    study = in_thousands / "study.yaml"
    study.write_text(study.read_text(encoding="utf-8") + "locale: vi\n", encoding="utf-8")
    assert tp.read_study(in_thousands).catalog.technologies["capex_low"].eq(12500).all()
    assert tp.read_study(in_thousands, locale="en").catalog.technologies["capex_low"].eq(12.5).all()
    with pytest.raises(tp.InputError, match="locale"):
        tp.read_study(in_thousands, locale="fr")


def test_a_result_remembers_how_its_inputs_write_numbers(in_thousands, trimmed_result, tmp_path):
    study = tp.read_study(in_thousands, locale="vi")
    run = type("Run", (), {"study": study})
    from techprio.reporting.write import _snapshot_note  # the rest of a result is not needed here

    shutil.copytree(in_thousands.parents[1], tmp_path / "result")
    target = tmp_path / "result" / "catalogs" / "lai-chau"
    run.provenance = trimmed_result.provenance
    (target / "snapshot.json").write_bytes(_snapshot_note(run))
    for name in ("criteria",):
        shutil.copytree(in_thousands.parents[1] / name, target / name)
    for name, data in study.files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    assert tp.read_study(target).catalog.technologies["capex_low"].eq(12500).all()
