"""Words that studies write in English as codes, said in the language of the reader.

A name that is not known here is printed as the study writes it.
"""

from __future__ import annotations

from techprio.language import Label, Text, text

#: Groups of stakeholders as the shipped forms and studies name them.
GROUPS: dict[str, Text] = {
    "agencies": text("agencies"),
    "research": text("research"),
    "science": text("science"),
    "enterprises": text("enterprises"),
    "firms": text("firms"),
    "experts": text("experts"),
    "panel": text("panel"),
    "group": text("panel"),
}
UNITS: dict[str, Text] = {
    "score": text("score"),
    "points": text("points"),
    "months": text("months"),
    "people": text("people"),
    "jobs": text("jobs"),
    "households": text("households"),
    "jobs or households": text("jobs or households"),
    "billion VND": text("billion VND"),
    "billion VND per year": text("billion VND per year"),
    "million VND": text("million VND"),
}


def group_name(code: str) -> Text | str:
    """Return the name of a group of stakeholders for readers.

    Examples
    --------
    >>> group_name("agencies").render("vi"), group_name("Hội Nông dân")
    ('cơ quan quản lý', 'Hội Nông dân')
    """
    return GROUPS.get(code, code)


def group_labels() -> dict[str, Label]:
    """Return the known groups as labels for charts."""
    return {code: Label(words.render("vi"), words.render("en")) for code, words in GROUPS.items()}


def unit_name(unit: str) -> Text | str:
    """Return a unit for readers.

    Examples
    --------
    >>> unit_name("billion VND per year").render("vi"), unit_name("TRL")
    ('tỷ đồng/năm', 'TRL')
    """
    return UNITS.get(unit, unit)
