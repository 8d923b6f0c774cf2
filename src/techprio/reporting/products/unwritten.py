"""What the documents of the plan still lack of a study: texts and tables that only people can write."""

from __future__ import annotations

import re
from collections.abc import Sequence

from techprio.language import Language
from techprio.model.study import Study

_SHORTEST, _FEWEST_WORDS, _LONG = 40, 6, 120
_DUMMY = re.compile(
    r"(?i)\b(todo|tbd|tba|xxx+|lorem ipsum|placeholder|dummy|to be (written|completed|added)|"
    r"chưa (viết|có)|cần (viết|bổ sung)|sẽ (viết|bổ sung)|đang cập nhật)\b|…{3,}|\.{6,}"
)


def says_something(markdown: str) -> bool:
    """Return whether a text says something: long enough, of different words, and no dummy sentence.

    Examples
    --------
    >>> says_something("Chưa có; Sở sẽ bổ sung sau khi lấy ý kiến các ngành.")
    False
    >>> says_something("Ưu tiên công nghệ chế biến sâu chè và mắc ca gắn với vùng nguyên liệu của tỉnh.")
    True
    """
    body = "\n".join(line for line in markdown.splitlines() if not line.lstrip().startswith("#"))
    words = re.findall(r"[^\W\d_]+", body)
    letters = sum(map(len, words))
    if letters < _SHORTEST or len({word.casefold() for word in words}) < _FEWEST_WORDS:
        return False
    return letters >= _LONG or not _DUMMY.search(body)


_TABLES = ("legal", "goals", "tasks", "policies", "indicators", "provinces", "swot")
_SECTIONS = (
    "necessity", "process", "context", "feasibility", "orientation", "policies", "support", "monitoring",
    "current-state", "proposals",
)  # fmt: skip


def part_of(markdown: str, sector: str, codes: Sequence[str]) -> str:
    r"""Return the part of a text under the heading with the code of a sector; without one, the rest.

    Examples
    --------
    >>> part_of("Chung.\n\n## AGR\n\nChè.\n\n## ENE\n\nĐiện.", "AGR", ["AGR", "ENE"])
    'Chè.'
    >>> part_of("Chung.\n\n## AGR\n\nChè.", "", ["AGR"])
    'Chung.'
    """
    found: dict[str, list[str]] = {"": []}
    place = ""
    for line in markdown.splitlines():
        heading = line.lstrip("#").strip() if line.startswith("#") else ""
        if heading in codes:
            place = heading
            found.setdefault(place, [])
        else:
            found[place].append(line)
    return "\n".join(found.get(sector, [])).strip()


def unwritten(study: Study, language: Language) -> tuple[str, ...]:
    """Return the files that the documents would take and that say nothing yet.

    Examples
    --------
    >>> import techprio as tp
    >>> unwritten(tp.example("lai-chau"), "vi")[:2]
    ('goals.csv', 'tasks.csv')
    """
    material = study.material
    names = [] if material.letterhead is not None else ["letterhead.yaml"]
    names += [f"{name}.csv" for name in _TABLES if not len(material.table(name))]
    names += [
        f"texts/{name}.{language}.md"
        for name in _SECTIONS
        if not says_something(material.text(name, language))
    ]
    return tuple(names)
