"""How figures, months, names and agencies are written in the documents."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from techprio.language import Label, Text, format_number, text

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""The order in which points are lettered: no f, and đ after d."""
AGENCIES: tuple[Label, ...] = (
    Label("Sở Khoa học và Công nghệ", "Department of Science and Technology"),
    Label("Sở Tài chính", "Department of Finance"),
    Label("Sở Công Thương", "Department of Industry and Trade"),
    Label("Sở Nông nghiệp và Môi trường", "Department of Agriculture and Environment"),
    Label("Sở Văn hóa, Thể thao và Du lịch", "Department of Culture, Sports and Tourism"),
    Label("Sở Nội vụ", "Department of Home Affairs"),
    Label("Ban Quản lý Khu kinh tế tỉnh", "Management Board of the provincial economic zone"),
    Label(
        "Các sở, ban, ngành; UBND các xã, phường",
        "Other departments and boards; People's Committees of communes and wards",
    ),
    Label("Hiệp hội Doanh nghiệp tỉnh", "Provincial Business Association"),
)
"""The agencies with duties in the plan, in the order of its section V."""
STANDING = AGENCIES[0]
"""The agency that issues reports and submissions and gathers those of the others."""
_OTHERS = (
    Label("UBND các xã, phường", "People's Committees of communes and wards"),
    Label("Các sở, ban, ngành", "departments and boards"),
    Label("Doanh nghiệp viễn thông", "telecommunication firms"),
)
_SPELLED = {"UBND xã, phường": "UBND các xã, phường", "Các sở, ngành": "Các sở, ban, ngành"}
_SHARED = AGENCIES[7]

_IN_TABLES = (
    Label("KH&CN", "DOST"),
    Label("TC", "DOF"),
    Label("CT", "DOIT"),
    Label("NN&MT", "DAE"),
    Label("VHTT&DL", "DCST"),
    Label("NV", "DHA"),
    Label("BQL KKT", "EZ Board"),
    Label("Sở, ngành, UBND xã", "other agencies"),
    Label("HHDN", "BA"),
)
_OTHERS_IN_TABLES = (
    Label("Xã", "PCs"),
    Label("Sở, ngành", "departments"),
    Label("DNVT", "telecoms"),
)


def agency_in_table(name: str) -> Label:
    """Return an agency as the annex tables write it, short.

    Examples
    --------
    >>> agency_in_table("Sở Khoa học và Công nghệ").vi, agency_in_table("UBND xã, phường").vi
    ('KH&CN', 'Xã')
    """
    label = agency_label(name)
    if label in _OTHERS:
        return _OTHERS_IN_TABLES[_OTHERS.index(label)]
    return _IN_TABLES[AGENCIES.index(label)] if label in AGENCIES else label


def agencies_note(names: Iterable[str]) -> Label | str:
    """Return what the short names of the agencies in an annex table stand for; nothing where none is short.

    Examples
    --------
    >>> agencies_note(["Sở Công Thương", "Sở Tài chính", "Sở Công Thương"]).vi
    'TC: Sở Tài chính; CT: Sở Công Thương.'
    """
    used = {agency_label(name) for name in names}
    named = [
        Label(f"{short.vi}: {whole.vi}", f"{short.en}: {whole.en}")
        for whole in (*AGENCIES, *_OTHERS)
        if whole in used and (short := agency_in_table(whole.vi)).en != whole.en
    ]
    return Label(*(f"{words}." for words in row_of(named))) if named else ""


SHEETS: Mapping[str, Text] = {
    "priorities": text("Priority technologies"),
    "technologies": text("All technologies"),
    "weights": text("Weights"),
    "roadmap": text("Roadmap"),
    "money": text("Money by year"),
    "limits": text("Budget use"),
    "staff": text("Staff"),
    "survey": text("Survey"),
}
"""The sheets of the workbook that the documents name."""


def workbook(*sheets: str) -> Text:
    """Return where the figures of a text are set out: the workbook, and sheets of it by their keys.

    Examples
    --------
    >>> str(workbook("survey"))
    'Detailed figures are in the workbook that goes with it, sheet “Survey”'
    """
    named = row_of((text("“{sheet}”", sheet=SHEETS[one]) for one in sheets), ", ")
    if len(sheets) == 1:
        return text("Detailed figures are in the workbook that goes with it, sheet {sheet}", sheet=named)
    return text("Detailed figures are in the workbook that goes with it, sheets {sheets}", sheets=named)


CERTAINTY: tuple[tuple[float, Text], ...] = (
    (0.95, text("certain")),
    (0.80, text("fairly certain")),
    (0.50, text("to be looked at again")),
    (0.0, text("not certain")),
)
"""The word for a probability of standing among the first, from the least that it needs."""


def certainty_word(probability: Any, priority_class: str = "firm") -> Text | str:
    """Return the word for a probability of standing among the first of a sector.

    What its class keeps from firm, by the bounds of the study or a veto, is never called certain.

    Examples
    --------
    >>> str(certainty_word(0.86)), certainty_word(None)
    ('fairly certain', '-')
    >>> str(certainty_word(0.98, "contested"))
    'to be looked at again'
    """
    if probability is None or math.isnan(float(probability)):
        return "-"
    most = 1.0 if priority_class == "firm" else math.nextafter(CERTAINTY[1][0], 0)
    return next(word for least, word in CERTAINTY if min(float(probability), most) >= least)


def agency_label(name: str) -> Label:
    """Return an agency as the plan spells it, with its English name where that is known.

    Examples
    --------
    >>> agency_label("UBND xã, phường").vi
    'UBND các xã, phường'
    """
    spelled = _SPELLED.get(name.strip(), name.strip())
    return next((one for one in (*AGENCIES, *_OTHERS) if one.vi == spelled), Label(spelled, spelled))


def page_of(name: str) -> Label:
    """Return the agency of the plan on whose page a name of the data stands; its own where it has none."""
    label = agency_label(name)
    return _SHARED if label in _OTHERS[:2] else label


def amount(value: float) -> Label:
    """Return a sum of money with three significant digits.

    Examples
    --------
    >>> [amount(one).vi for one in (27004.0, 298.6, 83.24, 0.0, 1737.3, 99.96)]
    ['27.000', '299', '83,2', '0', '1.740', '100']
    """
    if value == 0:
        return Label("0", "0")
    for _ in range(2):  # rounding may bring one digit more
        decimals = 2 - math.floor(math.log10(abs(value)))
        value = round(value, decimals)
    return number(value, max(0, decimals))


def number(value: float, decimals: int = 0) -> Label:
    """Return a number with the signs of each language."""
    return Label(format_number(value, "vi", decimals), format_number(value, "en", decimals))


def percent(share: float) -> Label:
    """Return a share as a percentage with three significant digits.

    Examples
    --------
    >>> percent(0.0466).vi, percent(0.7398).en
    ('4,66%', '74.0%')
    """
    found = amount(100 * share)
    return Label(f"{found.vi}%", f"{found.en}%")


def whole_percent(share: float) -> Label:
    """Return a share as a percentage of a sentence, in whole numbers.

    Examples
    --------
    >>> whole_percent(0.591).vi, whole_percent(0.0372).en
    ('59%', '4%')
    """
    found = number(100 * float(share))
    return Label(f"{found.vi}%", f"{found.en}%")


def month(written: str) -> Label:
    """Return a month of a table; months 1 and 2 with a nought.

    Examples
    --------
    >>> month("2028-07").vi, month("2028-02").vi, month("").vi
    ('7/2028', '02/2028', '-')
    """
    if not written:
        return Label("-", "-")
    year, of_year = written.split("-")
    short = of_year if int(of_year) < 3 else str(int(of_year))
    return Label(f"{short}/{year}", f"{short}/{year}")


def day(written: str) -> str:
    """Return a day of a table; days and months as they are written in numbers.

    Examples
    --------
    >>> day("2027-03-05"), day("2026-02-10"), day("")
    ('05/3/2027', '10/02/2026', '-')
    """
    if written.count("-") != 2:
        return written or "-"
    year, of_year, of_month = written.split("-")
    return f"{of_month}/{of_year if int(of_year) < 3 else int(of_year)}/{year}"


def cut(name: str) -> str:
    """Return a name up to its parenthesis.

    Examples
    --------
    >>> cut("Nền tảng điều phối vận tải (TMS)")
    'Nền tảng điều phối vận tải'
    """
    return name.partition(" (")[0].strip()


SHORT = 40
_JOINTS = (", ", " và ", " cho ", " bằng ", " theo ")


def shortened(name: str) -> str:
    """Return a Vietnamese name, or its beginning up to a joint where it is longer than 40 letters.

    The noun stands first there, so the beginning is a name; an English one could lose its noun.

    Examples
    --------
    >>> shortened("Khai thác lộ thiên cơ giới hóa, tối ưu nổ mìn và điều hành mỏ số")
    'Khai thác lộ thiên cơ giới hóa'
    >>> shortened("Nền tảng cửa khẩu số")
    'Nền tảng cửa khẩu số'
    """
    if len(name) <= SHORT:
        return name
    cuts = [place for joint in _JOINTS if (place := name.rfind(joint, 0, SHORT + 1)) > SHORT // 4]
    return name[: max(cuts)] if cuts else name


def row_of(parts: Iterable[Label | Text | str], between: str = "; ") -> Label:
    """Return words one after the other, in each language."""
    kept = list(parts)
    vi, en = (
        between.join(part if isinstance(part, str) else part.render(language) for part in kept)
        for language in ("vi", "en")
    )
    return Label(vi, en)


def named_row(names: Iterable[Label]) -> Label:
    """Return names inside a sentence: in quotes, because they hold commas, the last behind *and*.

    Examples
    --------
    >>> named_row([Label("Chè", "Tea"), Label("Điện, nước", "Power, water")]).vi
    '“Chè” và “Điện, nước”'
    """
    quoted = [text("“{name}”", name=name) for name in names]
    if len(quoted) < 2:
        return row_of(quoted)
    return row_of([text("{first} and {second}", first=row_of(quoted[:-1], ", "), second=quoted[-1])])


def lettered(place: int) -> Label:
    """Return the letter of a point, counted from 0.

    Examples
    --------
    >>> lettered(4).vi, lettered(4).en
    ('đ', 'e')
    """
    if place >= len(LETTERS):
        return Label(str(place + 1), str(place + 1))
    return Label(LETTERS[place], "abcdefghijklmnopqrstuvwxyz"[place])


def province_label(written: str) -> Label:
    """Return a province as it stands after the name of a body; dots where it is not stated.

    Examples
    --------
    >>> province_label("tỉnh Lai Châu").en
    'Lai Chau province'
    """
    if not written:
        return Label("……", "……")
    plain = without_marks(written.removeprefix("tỉnh "))
    return Label(written, f"{plain} province" if written.startswith("tỉnh ") else plain)


def without_marks(name: str) -> str:
    """Return a Vietnamese name as English writes it.

    Examples
    --------
    >>> without_marks("Đắk Lắk")
    'Dak Lak'
    """
    parted = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def measured(value: Any, unit: Any) -> Label:
    """Return a value that people wrote with its unit; a per cent sign stands close to its number.

    Examples
    --------
    >>> measured("30", "%").vi, measured("80", Label("% so với 2026", "% of 2026")).en, measured(4, "ha").vi
    ('30%', '80% of 2026', '4 ha')
    """
    parts = [one if isinstance(one, str | Label | Text) else str(one) for one in (value, unit) if one]
    joined = row_of(parts, " ")
    return Label(*(words.replace(" %", "%") for words in joined))


def is_less(value: Any, other: Any) -> bool:
    """Whether a value that people wrote is less than another; not where one of them is no number.

    Examples
    --------
    >>> is_less("80", "100"), is_less("1,5", "1,2"), is_less("many", "few")
    (True, False, False)
    """
    try:
        first, second = (float(str(one).replace(",", ".")) for one in (value, other))
    except ValueError:
        return False
    return first < second


def bilingual(words: Any) -> Any:
    """Return a cell that people wrote in both languages, ``Vietnamese | English``, as a label; else itself.

    Examples
    --------
    >>> bilingual("Chè | Tea").en, bilingual("Chè")
    ('Tea', 'Chè')
    """
    if not isinstance(words, str):
        return words
    vi, bar, en = (part.strip() for part in words.partition(" | "))
    return Label(vi, en) if bar and vi and en else words


_ROMAN: Sequence[tuple[int, str]] = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(value: int) -> str:
    """Return a Roman number.

    Examples
    --------
    >>> roman(4), roman(7), roman(12)
    ('IV', 'VII', 'XII')
    """
    words = ""
    for size, sign in _ROMAN:
        while value >= size:
            words, value = words + sign, value - size
    return words
