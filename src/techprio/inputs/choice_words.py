"""The words of lists in Vietnamese: offices choose and write these, files keep the English ones.

Either is understood wherever a table is read.
"""

from __future__ import annotations

from collections.abc import Mapping

from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import listed
from techprio.language import Label, Language, Text, text

WORDS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("enabling", "production_or_application"): ("tạo nền", "sản xuất hoặc ứng dụng"),
    ("literal", "class", "none"): ("nêu đích danh", "nêu nhóm", "không nêu"),
    ("none", "pilot", "partial", "operational"): ("chưa có", "thử nghiệm", "một phần", "đang vận hành"),
    ("renew", "replace", "transfer", "new"): ("đổi mới", "thay thế", "nhận chuyển giao", "đầu tư mới"),
    ("hard", "soft"): ("cứng", "mềm"),
    ("not started", "running", "done", "stopped"): (
        "chưa bắt đầu",
        "đang thực hiện",
        "hoàn thành",
        "đã dừng",
    ),
    ("baseline", "target", "measured"): ("hiện trạng", "mục tiêu", "kết quả"),
    ("true", "false"): ("có", "không"),
    ("maximize", "minimize"): ("càng lớn càng tốt", "càng nhỏ càng tốt"),
    ("ordinal", "interval", "ratio"): ("thứ bậc", "khoảng", "tỷ lệ"),
    ("within phase", "none", "whole horizon"): ("trong giai đoạn", "không chuyển", "cả thời kỳ"),
    ("platform", "core", "encouraged"): ("nền tảng", "cốt lõi", "khuyến khích"),
}
"""The Vietnamese words of each list, in the order of its English ones."""


def spoken(choices: tuple[str, ...], word: str, language: Language) -> str:
    """Return a word of a list as people of the language write it.

    Examples
    --------
    >>> spoken(("hard", "soft"), "soft", "vi"), spoken(("FS", "FF"), "FS", "vi")
    ('mềm', 'FS')
    """
    if language == "en" or choices not in WORDS or word not in choices:
        return word
    return WORDS[choices][choices.index(word)]


def meant(choices: tuple[str, ...], word: str) -> str:
    """Return the word that files keep; the word itself when it is none of the Vietnamese ones.

    Examples
    --------
    >>> meant(("hard", "soft"), "Mềm"), meant(("hard", "soft"), "weak")
    ('soft', 'weak')
    """
    folded = [fold(one) for one in WORDS.get(choices, ())]
    return choices[folded.index(fold(word))] if fold(word) in folded else word


def allowed_choices(choices: tuple[str, ...]) -> Text | str:
    """List the words of a list, in Vietnamese with those that files keep.

    Examples
    --------
    >>> allowed_choices(("hard", "soft")).render("vi")
    'cứng (hard), mềm (soft)'
    """
    if choices not in WORDS:
        return listed(choices)
    both = [f"{said} ({kept})" for said, kept in zip(WORDS[choices], choices, strict=True)]
    return text("{words}", words=Label(", ".join(both), ", ".join(choices)))
