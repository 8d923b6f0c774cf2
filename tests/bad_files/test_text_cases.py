"""CSV files as offices have them: the right table, or an error at the line (cases of CASES.md)."""

import unicodedata

import pytest

import techprio as tp

from .files_of_cases import notes, problems, read, workbook

TABLE = "Mã,Tên,Điểm\r\nCN01,Điện mặt trời,4\r\nCN02,Chế biến nông sản,5\r\n"


def _is_table(table):
    assert table.scores["Điểm"].to_dict() == {"CN01": 4, "CN02": 5}
    assert table.texts["Tên"].to_dict() == {"CN01": "Điện mặt trời", "CN02": "Chế biến nông sản"}


# 031
def test_criterion_named_in_decomposed_letters(tmp_path):
    head = ["Mã", "Chỉ tiêu", unicodedata.normalize("NFD", "Môi trường"), "Kinh tế "]
    table = read(tmp_path, workbook([head, ["CN01", "x", 4, 3], ["CN02", "y", 2, 5]]))
    weights_file = tmp_path / "weights.csv"
    weights_file.write_text("tieu_chi,trong_so\r\nMôi trường,0.6\r\nKinh tế,0.4\r\n", encoding="utf-8")
    weights = tp.inputs.read_weight_table(weights_file)
    assert list(table.scores) == list(weights) == ["Môi trường", "Kinh tế"]
    sums = (table.scores * weights).sum(axis=1)
    assert sums.to_dict() == pytest.approx({"CN01": 3.6, "CN02": 3.2}, abs=1e-12)


# 053
def test_vietnamese_numbers_with_the_option(tmp_path):
    amounts = ["1.250.000", "3,5", "1.234,5", "12.500", "0.5", "1 250"]
    words = "ma;gia_tri\r\n" + "".join(f"CN0{n};{amount}\r\n" for n, amount in enumerate(amounts, 1))
    found = read(tmp_path, words, "data.csv", locale="vi").scores["gia_tri"].tolist()
    assert found == [1250000, 3.5, 1234.5, 12500, 0.5, 1250]
    (problem,) = problems(tmp_path, words, "data.csv").values()
    assert (problem.code, str(problem.place), problem.found) == ("T110", "line 5", "12.500")


# 065
def test_codes_that_look_like_nothing(tmp_path):
    words = "ma,linh_vuc,diem\r\nNA,NA,4\r\nNull,None,3\r\nCN03,n/a,5\r\n"
    table = read(tmp_path, words, "data.csv", texts=["linh_vuc"])
    assert list(table.texts.index) == ["NA", "Null", "CN03"]
    assert table.texts["linh_vuc"].tolist() == ["NA", "None", "n/a"]
    assert table.scores["diem"].tolist() == [4, 3, 5]


# 072
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_byte_order_mark(tmp_path, encoding):
    _is_table(read(tmp_path, TABLE.encode(encoding), "data.csv"))


# 073
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le"])
def test_unicode_text_of_excel(tmp_path, encoding):
    words = TABLE.replace(",", "\t")
    data = words.encode(encoding) if encoding == "utf-16" else ("\ufeff" + words).encode(encoding)
    _is_table(read(tmp_path, data, "data.txt"))


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le"])
def test_unicode_text_without_its_mark(tmp_path, encoding):
    _is_table(read(tmp_path, TABLE.replace(",", "\t").encode(encoding), "data.txt"))


# 075
def test_text_that_was_decoded_wrongly_once(tmp_path):
    spoiled = "Công nghệ chế biến".encode().decode("cp1252")
    (problem,) = problems(tmp_path, f"Mã,Tên,Điểm\nCN01,{spoiled},4\n", "data.csv").values()
    assert (problem.code, str(problem.place), problem.found) == ("T122", "line 2", spoiled)
    assert "CN01" in str(problem.field)
    assert str(problem.proposal) == "write Công nghệ chế biến"


@pytest.mark.parametrize(
    ("data", "name", "sample"),
    [
        ("Ma\u0303,Điê\u0309m\nCN01,4\n".encode("cp1258"), "Windows-1258", "Mã"),
        ("M·,§iÓm\nCN01,4\n".encode("cp1252"), "TCVN3", "Mã,Điểm"),
    ],
)
def test_legacy_code_pages_are_refused_with_the_text_meant(tmp_path, data, name, sample):
    (problem,) = problems(tmp_path, data, "data.csv").values()
    assert problem.code == "T104"
    assert name in str(problem.proposal)
    assert sample in str(problem.proposal)


# 077
def test_line_that_names_the_separator(tmp_path):
    words = "\ufeffsep=;\r\nMã;Chi phí;Lợi ích\r\nCN01;1,1;2,2\r\nCN02;3,3;4,1\r\n"
    table = read(tmp_path, words, "data.csv", locale="vi")
    assert table.scores.to_numpy().tolist() == [[1.1, 2.2], [3.3, 4.1]]
    assert list(table.scores) == ["Chi phí", "Lợi ích"]


def test_row_with_a_cell_too_many(tmp_path):
    words = "Mã,Chi phí\nCN01,3,5\nCN02,4\n"
    (problem,) = problems(tmp_path, words, "data.csv").values()
    assert (problem.code, str(problem.place)) == ("T108", "line 2")


def test_column_of_texts_is_named_not_guessed(tmp_path):
    words = "Mã,Ghi chú,Điểm\nCN01,2027,4\nCN02,sau này,5\n"
    (problem,) = problems(tmp_path, words, "data.csv").values()
    assert "texts" in str(problem.allowed)
    assert read(tmp_path, words, "data.csv", texts=["Ghi chú"]).texts["Ghi chú"].tolist() == [
        "2027",
        "sau này",
    ]
    problem = problems(tmp_path, words, "data.csv", texts=["Ghi chu"])["line 1"]
    assert (problem.code, str(problem.proposal)) == ("T105", "did you mean Ghi chú?")


def test_empty_number_is_no_zero(tmp_path):
    (problem,) = problems(tmp_path, "Mã,Điểm\nCN01,\nCN02,5\n", "data.csv").values()
    assert (problem.code, str(problem.place)) == ("T114", "line 2")


def test_empty_text_is_told(tmp_path):
    assert notes(read(tmp_path, "Mã,Tên,Điểm\nCN01,,4\n", "data.csv")) == ["data.csv, line 2: Tên is empty"]
