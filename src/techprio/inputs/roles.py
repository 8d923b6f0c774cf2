"""What a row or a column of a free table is for, by the words that stand in it, in both languages.

A matrix as people have it holds more than alternatives and criteria: rows with weights, directions and units,
totals and means, columns of row numbers, time stamps and remarks. The words are compared folded (without
marks, capitals and signs), with what stands in brackets taken off.
"""

from __future__ import annotations

import re
from itertools import pairwise

from techprio.inputs.columns import fold
from techprio.model.direction import Direction, parse_direction
from techprio.model.layout import ColumnRole, RowRole


def _words(words: str) -> list[str]:
    return words.split()


_SPEAKING: dict[str, list[str]] = {
    "weights": _words(
        "trong_so ty_trong he_so weight weightage importance muc_do_quan_trong tam_quan_trong "
        "weight weights weighting weightings criteria_weight criteria_weights "
        "criterion_weight trong_so_tieu_chi trong_so_cua_tieu_chi w_j wj"
    ),
    "directions": _words(
        "direction directions type types chieu huong loai loai_tieu_chi chieu_tieu_chi criteria_type "
        "criterion_type criteria_types max_min min_max cost_benefit benefit_cost optimization optimisation "
        "optimization_direction objective objectives preference chieu_huong chieu_toi_uu xu_huong "
        "huong_toi_uu impact impacts polarity sense"
    ),
    "units": _words("unit units don_vi don_vi_tinh dvt don_vi_do unit_of_measure units_of_measure"),
    "ideal": _words(
        "ideal ideal_value ideal_values ideal_solution positive_ideal ly_tuong gia_tri_ly_tuong best "
        "best_value tot_nhat pis phuong_an_ly_tuong a_positive_ideal"
    ),
    "worst": _words("worst worst_value negative_ideal anti_ideal nadir xau_nhat nis kem_nhat ly_tuong_am"),
    "target": _words(
        "target targets target_value muc_tieu chi_tieu gia_tri_muc_tieu reference reference_point benchmark "
        "goal goals muc_dich gia_tri_tham_chieu"
    ),
    "minimum": _words(
        "min minimum nho_nhat thap_nhat toi_thieu gia_tri_nho_nhat gia_tri_min min_value minimum_requirement "
        "minimum_requirements requirement requirements yeu_cau lower_bound yeu_cau_toi_thieu muc_toi_thieu "
        "nguong threshold thresholds cut_off cutoff diem_san muc_san can_duoi"
    ),
    "maximum": _words(
        "max maximum lon_nhat cao_nhat toi_da gia_tri_lon_nhat gia_tri_max max_value upper_bound muc_toi_da "
        "diem_toi_da can_tren max_score maximum_score"
    ),
    "total": _words(
        "tong tong_cong tong_so cong total totals sum sums grand_total subtotal σ ∑ cong_don tong_diem "
        "total_score tong_cot sub_total cong_tong"
    ),
    "mean": _words(
        "trung_binh tb binh_quan mean means average averages avg diem_trung_binh gia_tri_trung_binh "
        "trung_binh_cong mean_score average_score diem_tb median trung_vi mode mean_value average_value "
        "trung_binh_chung"
    ),
    "count": _words(
        "count counts so_luong_phieu so_phieu dem so_nguoi_tra_loi responses so_y_kien number_of_responses "
        "number_of_answers so_cau_tra_loi n_valid valid_n sample_size co_mau so_quan_sat observations "
        "number_of_respondents number_of_experts so_chuyen_gia so_nguoi so_mau n_obs"
    ),
    "spread": _words(
        "std sd std_dev stdev st_dev standard_deviation do_lech_chuan dlc do_lech variance phuong_sai "
        "std_deviation cv range"
    ),
    "rank": _words("rank ranks ranking hang xep_hang thu_hang thu_tu order"),
    "kind": _words(
        "nature ban_chat kind kinds tinh_chat scale scales thang thang_diem thang_do pham_vi khoang_gia_tri "
        "measurement_scale"
    ),
    "thresholds": _words(
        "indifference preference veto indifference_threshold preference_threshold veto_threshold "
        "nguong_bang_quan nguong_uu_tien nguong_phu_quyet nguong_khong_khac_biet"
    ),
}
_ROWS = {word: role for role, words in _SPEAKING.items() for word in words}
_COLUMNS: dict[str, list[str]] = {
    "row number": _words("stt so_tt tt no nr so_thu_tu row row_number index serial s_no"),
    "time stamp": _words(
        "timestamp time_stamp dau_thoi_gian thoi_gian thoi_diem submit_date date_submitted submitted_at "
        "start_time completion_time start_date end_date ngay_gui ngay_nop last_action_date date_last_action "
        "date_started ngay_tra_loi startdate enddate submitdate startlanguage_date created_at recordeddate "
        "recorded_date datestamp"
    ),
    "address": _words("email email_address e_mail dia_chi_email ip_address ipaddress thu_dien_tu"),
    "remark": _words(
        "ghi_chu note notes remark remarks comment comments nhan_xet y_kien_khac nguon source sources "
        "chu_thich dien_giai mo_ta description"
    ),
    "text": _words(
        "linh_vuc nganh nhom khu_vuc vung tinh huyen xa dia_phuong sector group category region province "
        "district country don_vi co_quan gioi_tinh sex gender chuc_vu position department organization "
        "organisation affiliation job_title"
    ),
    "rank": _words("rank ranks ranking hang xep_hang thu_hang xep_loai"),
}
_BY_HEADING = {word: role for role, words in _COLUMNS.items() for word in words} | {
    word: role for role in ("total", "mean") for word in _SPEAKING[role]
}  # fmt: skip
CODES = frozenset(
    _words(
        "item items noi_dung question cau_hoi "
        "ma ma_so ma_cong_nghe id code technology cong_nghe alternative alternatives ma_phuong_an phuong_an "
        "option ma_chuyen_gia chuyen_gia expert respondent respondent_id nguoi_tra_loi ai response_id "
        "candidate"
    )
)
PLACES = frozenset(
    _words(
        "page pages page_no page_number trang so_trang trang_so slide slides sheet sheet_no sheet_number "
        "to so_to chapter chuong section phan muc muc_luc version versions phien_ban revision lan_sua line "
        "dong last_update updated last_updated cap_nhat nam_cap_nhat published year_of_publication "
        "nam_xuat_ban rows columns so_dong so_cot number_of_rows entries table table_no bang bang_so"
    )
)
"""Headings of a list of contents: where something stands, or its edition."""
ITEMS = frozenset(_words("item items noi_dung question questions cau_hoi cau"))
"""Headings over a column of questions: the experts then stand side by side."""
LABELS = frozenset(
    _words("ten ten_cong_nghe name names technology_name ho_ten ho_va_ten ten_phuong_an full_name")
)
CRITERIA = frozenset(
    _words("tieu_chi ten_tieu_chi ma_tieu_chi criterion criteria criterion_name indicator chi_tieu factor")
)
"""Headings over a column of criteria: the alternatives then stand side by side."""
LINK_ENDS = (("source", "target"), ("from", "to"), ("tu", "den"), ("predecessor", "successor"))
"""Headings over the two ends of a link."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
# Signs and words for better and worse that an office writes, beside those of every direction.
_DIRECTIONS: dict[str, Direction] = {
    "+": "maximize", "-": "minimize", "\u2212": "minimize", "\u2013": "minimize", "+1": "maximize",
    "\u2191": "maximize", "\u2193": "minimize", "\u25b2": "maximize", "\u25bc": "minimize",
    "loi_ich": "maximize", "chi_phi": "minimize", "maximum": "maximize", "minimum": "minimize",
    "cang_cao_cang_tot": "maximize", "cang_thap_cang_tot": "minimize", "cang_lon_cang_tot": "maximize",
    "cang_nho_cang_tot": "minimize", "toi_da": "maximize", "toi_thieu": "minimize", "toi_da_hoa": "maximize",
    "toi_thieu_hoa": "minimize", "cuc_dai": "maximize", "cuc_tieu": "minimize", "thuan": "maximize",
    "nghich": "minimize", "maximise": "maximize", "minimise": "minimize", "maximization": "maximize",
    "minimization": "minimize", "positive": "maximize", "negative": "minimize", "tich_cuc": "maximize",
    "tieu_cuc": "minimize", "beneficial": "maximize", "non_beneficial": "minimize", "benefits": "maximize",
    "costs": "minimize", "higher": "maximize", "lower": "minimize", "gain": "maximize", "loss": "minimize",
    "cao": "maximize", "thap": "minimize", "tang": "maximize", "giam": "minimize", "lon_nhat": "maximize",
    "nho": "minimize", "lon": "maximize", "low": "minimize", "high": "maximize",
    "small": "minimize", "large": "maximize",
    "nho_nhat": "minimize", "more_is_better": "maximize", "less_is_better": "minimize", "profit": "maximize",
}  # fmt: skip


def bare(words: str) -> str:
    """Fold a name, without what stands in brackets and without a colon behind it.

    Examples
    --------
    >>> bare("Trọng số (%):"), bare("Chi phí [tỷ đồng]")
    ('trong_so', 'chi_phi')
    """
    return fold(_BRACKETS.sub(" ", words))


def row_role(label: str) -> RowRole | None:
    """Return what a row speaks of, by the name at its left; None for a name like any other.

    Examples
    --------
    >>> row_role("Trọng số (wj)"), row_role("Tổng cộng:"), row_role("Average"), row_role("CN01")
    ('weights', 'total', 'mean', None)
    """
    if len(label) > 60:
        return None
    return _ROWS.get(bare(label))  # type: ignore[return-value]


GRADES = frozenset(
    _words(
        "cao thap vua trung_binh rat_cao rat_thap tot kha kem xau yeu manh rat_tot rat_kem rat_yeu rat_manh "
        "te high low medium moderate very_high very_low good fair poor bad excellent average weak strong "
        "very_good very_poor very_bad h m l vh vl co khong yes no y n dat khong_dat lon nho rat_lon rat_nho "
        "nhieu it x dong_y khong_dong_y rat_dong_y agree disagree important not_important quan_trong"
    )
)
"""Words of the usual scales."""
WHOLE = frozenset(
    _words(
        "all overall whole together toan_tinh ca_tinh toan_quoc ca_nuoc toan_vung toan_bo tat_ca toan_nganh"
    )
)
"""Names of all rows together: with their sum or mean in every column a row is no alternative."""
_FIRST = frozenset(word.split("_")[0] for word in _ROWS) | {"w"} | {word.split("_")[0] for word in WHOLE}


def begins_as_known(label: str) -> bool:
    """Whether a name may speak of columns, judged by its first word: quick, for every row of a long table."""
    return fold(label.lstrip("([{ ")[:20]).split("_")[0] in _FIRST


def speaks_of_directions(label: str) -> bool:
    """Whether a name holds a word for directions, or only signs: ``Preferred direction``, ``+/-``.

    Examples
    --------
    >>> speaks_of_directions("Preferred direction"), speaks_of_directions("+/-")
    (True, True)
    >>> speaks_of_directions("CN01")
    False
    """
    parts = fold(label).split("_")
    pairs = ["_".join(two) for two in pairwise(parts)]
    return not any(parts) or any(_ROWS.get(part) == "directions" for part in (*parts, *pairs))


def beginning_role(label: str) -> RowRole | None:
    """Return what a name speaks of by its first words: ``Trọng số AHP``, ``Average of experts``, ``w``.

    Examples
    --------
    >>> beginning_role("Trọng số AHP"), beginning_role("Average of all"), beginning_role("CN01")
    ('weights', 'mean', None)
    """
    folded = bare(label)
    if folded == "w":
        return "weights"
    known = [word for word in _ROWS if folded.startswith(f"{word}_")]
    return _ROWS[max(known, key=len)] if known else None  # type: ignore[return-value]


_ENDINGS: dict[RowRole, str] = {
    "weights": "weight weights weighting weightings importance trong_so ty_trong quan_trong",
    "mean": "mean means average averages avg median trung_binh binh_quan tb",
    "total": "total totals sum sums",
    "target": "target targets muc_tieu",
    "ideal": "ideal ly_tuong",
    "spread": "deviation lech_chuan percentile quartile decile phan_vi",
    "thresholds": "threshold thresholds",
    "minimum": "minimum toi_thieu",
    "maximum": "maximum toi_da",
}
_ENDS = {word: role for role, words in _ENDINGS.items() for word in words.split()}


def ending_role(label: str) -> RowRole | None:
    """Return what a name speaks of by its last words: ``Relative importance``, ``Bộ trọng số``.

    Examples
    --------
    >>> ending_role("Relative importance"), ending_role("Mức quan trọng"), ending_role("National average")
    ('weights', 'weights', 'mean')
    """
    parts = bare(label).split("_")
    return _ENDS.get("_".join(parts[-2:])) or _ENDS.get(parts[-1])


def column_role(heading: str) -> ColumnRole | None:
    """Return what a column is for, by its heading; None where its cells have to say it.

    Examples
    --------
    >>> column_role("STT"), column_role("Ghi chú"), column_role("Chi phí (tỷ đồng)")
    ('row number', 'remark', None)
    """
    folded = bare(heading)
    if not folded or folded.startswith("unnamed"):
        return "row number"
    if folded in CODES:
        return "id"
    if folded in LABELS:
        return "name"
    return _BY_HEADING.get(folded)  # type: ignore[return-value]


def direction_in(words: str) -> Direction | None:
    """Return the direction that a cell states: max, min, 1, -1, +, -, an arrow, cost, lợi ích.

    Examples
    --------
    >>> direction_in("Càng cao càng tốt"), direction_in("-1"), direction_in("min"), direction_in("Cao hơn")
    ('maximize', 'minimize', 'minimize', None)
    """
    plain = " ".join(words.split())
    if plain in ("1", "1.0", "+1"):
        return "maximize"
    if plain in ("-1", "-1.0", "\u22121"):
        return "minimize"
    return _DIRECTIONS.get(plain) or parse_direction(plain.casefold()) or _DIRECTIONS.get(fold(plain))


_LETTERS: dict[str, Direction] = {"b": "maximize", "c": "minimize"}


def stated_direction(words: str) -> Direction | None:
    """Return the direction that a cell states in a row or column of directions, B and C among them.

    Examples
    --------
    >>> stated_direction("C"), stated_direction("max"), direction_in("C")
    ('minimize', 'maximize', None)
    """
    return direction_in(words) or _LETTERS.get(fold(words))


def is_remark(label: str) -> bool:
    """Whether a name begins a remark or a source below a table: ``Nguồn: …``, ``Ghi chú``, ``* …``.

    Examples
    --------
    >>> is_remark("Nguồn: Sở KH&CN"), is_remark("* Ước tính"), is_remark("Nguồn nước")
    (True, True, False)
    """
    return label.startswith(("*", "(*)")) or (
        bool(label) and _BY_HEADING.get(bare(label.partition(":")[0])) == "remark"
    )


_DOUBTFUL = frozenset(
    _words(
        "cao thap nho lon low high small large tang giam "
        "higher lower positive negative thuan nghich gain loss profit"
    )
)


def clear_direction(words: str) -> bool:
    """Whether a cell can hold nothing but a direction: ``max``, an arrow, ``chi phí``; not ``cao`` or ``1``.

    Examples
    --------
    >>> clear_direction("MAX"), clear_direction("Cao"), clear_direction("-1")
    (True, False, False)
    """
    folded = fold(words)
    return (
        direction_in(words) is not None
        and not folded.isdigit()
        and folded not in _DOUBTFUL
        and words not in "+-"
    )
