"""One thing, one name in Vietnamese: no catalogue holds a word that the wording list replaces."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import techprio

CATALOGUES = sorted((Path(techprio.__file__).parent / "locale" / "vi").glob("*.po"))
MANUAL = Path(__file__).parents[2] / "docs" / "formats.vi.md"
AVOIDED = {
    r"ứng viên": "công nghệ được xem xét",
    r"hạt giống": "số khởi tạo: beside crops it is a seed to sow",
    r"\blần (rút|lấy mẫu|mô phỏng)\b|số lần rút|được rút\b|rút từ\b": "lượt mô phỏng",
    r"lấy mẫu lặp": "chọn lại ngẫu nhiên các chuyên gia",
    r"phân bố (tam giác|trọng số)": "phân phối",
    r"hội đồng": "toàn thể chuyên gia: no council is set up by decision",
    r"phép so sánh|bộ ba so sánh": "so sánh cặp, cặp so sánh",
    r"cụm ý kiến|luồng ý kiến": "nhóm ý kiến",
    r"\bnút\b": "nhóm tiêu chí, by its name",
    r"cục bộ": "trọng số trong nhóm",
    r"điểm số": "điểm tổng hợp, điểm tiêu chí, điểm khảo sát",
    r"chuẩn hóa": "quy về thang chung",
    r"độ chấp nhận hạng": "xác suất theo thứ hạng",
    r"xác suất vào nhóm|P\(top": "khả năng thuộc {k} hạng đầu",
    r"hạng kỳ vọng": "hạng trung bình",
    r"(?<!mức )\bđộ chắc chắn|mức chắc\b|(?<!độ )\bmức chắc chắn": "mức độ chắc chắn",
    r"bằng chứng": "chứng cứ",
    r"chuyên viên": "người đánh giá: the other is a rank of the civil service",
    r"giá trị mở ra|gánh vác": "giá trị lan tỏa",
    r"ngoài tầm|mức mất\b|(?<!bị )mất của ngành": "phần bị mất nếu thiếu",
    r"ngành mình|\bcủa mình\b": "ngành của công nghệ đó",
    r"^biên\b|biên độ|^độ (rộng|sâu)\b": "số ngành chịu ảnh hưởng, mức ảnh hưởng trong ngành",
    r"chức năng hỗ trợ": "tạo nền tảng",
    r"vai trò quyết định|con người quyết định": "vai trò được quyết định",
    r"khuyến khích(?! đổi mới)": "khuyến khích đổi mới",
    r"điều kiện (tiên quyết|cần\b)": "công nghệ cần có trước",
    r"cạnh (phụ thuộc|cứng|mềm)|quan hệ mềm": "quan hệ phụ thuộc; bắt buộc phải có trước, có thì tốt hơn",
    r"vòng tròn|mở vòng|nhóm rời": "vòng phụ thuộc, mâu thuẫn vòng",
    r"chuỗi (găng|dài nhất)": "đường găng",
    r"nửa năm": "kỳ 6 tháng",
    r"(hạn mức|ngân sách|giới hạn) (cứng|mềm)": "hạn mức không được vượt, hạn mức tham khảo",
    r"(tỷ lệ|giá trị) chiết khấu": "tỷ suất chiết khấu, giá trị quy về hiện tại",
    r"(?<!tiếp )\bcận\b|khoảng cách (đã|tối|tới)": "giới hạn trên, chênh lệch tối đa",
    r"bị sàng lọc|điều kiện sàng lọc": "bị loại do không đạt điều kiện",
    r"xếp loại": "phân loại",
    r"ngưỡng tạm\b(?! tính)": "ngưỡng tạm tính",
    r"bộ (công cụ|câu hỏi)": "mẫu phiếu điều tra",
    r"tiềm năng cao": "tiềm năng đổi mới công nghệ cao",
    r"chỉ số (theo|với|thiếu)": "chỉ tiêu",
    r"bị chặn|\bđèn\b": "vướng mắc; đúng tiến độ, chậm, chậm nhiều",
    r"hướng xử lý": "hình thức",
    r"biên bản": "bảng tổng hợp, tiếp thu, giải trình",
    r"giải pháp chủ yếu|mục tiêu tổng quát": "giải pháp trọng tâm, mục tiêu tổng thể: the words of the plan",
    r"bảng tính(?! toán)|sổ tính": "tệp Excel",
    r"lô-ga-rít|lôgarit": "logarit",
    r"lời văn": "phần thuyết minh",
    r"hết giờ|\btụt\b|chạy từ 0|ở đâu$|\bkia$|\bmình\b|\bxong\b": "the written register",
    r"(?-i:\b(ai|Ai)\b)": "an agency, an expert, an audience: AI in capitals is another word",
    r"\btiền\b(?! tệ)": "kinh phí",
    r"tiên quyết": "công nghệ cần có trước",
    r"sàng lọc": "điều kiện loại trừ",
    r"thời gian triển khai": "thời gian thực hiện",
    r"tình trạng|trạng thái": "tình hình thực hiện",
    r"(?<!ngành, )lĩnh vực": "ngành; lĩnh vực only in the plan's ngành, lĩnh vực",
    r"một nghiên cứu|nghiên cứu (này|khác|trống|không)": "bộ dữ liệu",
    r"không kế hoạch|kế hoạch (đề xuất|nào)|không có kế hoạch": "phương án phân kỳ",
    r"(?<=[\d}]) %": "no space before the sign of percent",
    r"–": "a hyphen in ranges",
    r"\broot\b": "toàn bộ tiêu chí",
    r"circular17": "Thông tư 17/2019/TT-BKHCN",
    r"bảy ngành": "sáu ngành và nhóm công nghệ dùng chung",
    r"các \{count\}": "{count}: there is no plural",
    r"\(s\)": "there is no plural",
}
"""What is not said any more, with what is said instead."""
ALLOWED = {
    "a place below {root!r}": "the name of a place, not a word",
}
"""The English of messages that keep such a word, with the reason."""


@cache
def _messages():
    found = []
    for file in CATALOGUES:
        with file.open("rb") as stream:
            found += [
                (file.stem, one.id, re.sub(r"`[^`]*`", "", one.string)) for one in read_po(stream) if one.id
            ]
    return tuple(found)


@pytest.mark.parametrize("word", AVOIDED)
def test_a_word_that_is_replaced_is_gone(word):
    pattern = re.compile(word, re.IGNORECASE)
    left = [
        (room, english, vietnamese)
        for room, english, vietnamese in _messages()
        if pattern.search(vietnamese) and english not in ALLOWED
    ]
    assert not left, AVOIDED[word]


def test_the_manual_which_has_every_field_record_keeps_to_the_words():
    """Ids and words of files stand in it as examples and choices."""
    manual = re.sub(r"`[^`]*`", "", MANUAL.read_text(encoding="utf-8"))
    cells = [cell for line in manual.splitlines() for cell in line.split(" | ")]
    left = [
        (word, cell)
        for word in AVOIDED
        for cell in cells
        if cell.rstrip(" |") not in ("root", "circular17", "để trống nghĩa là root")
        and re.search(word, cell, re.IGNORECASE)
    ]
    assert not left


def test_what_is_allowed_holds_such_a_word():
    said = {english: vietnamese for _, english, vietnamese in _messages()}
    for english in ALLOWED:
        assert any(re.search(word, said[english], re.IGNORECASE) for word in AVOIDED), english
