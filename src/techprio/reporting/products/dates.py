"""The year that a document is dated with; its day and month are left to whoever signs it."""

from __future__ import annotations

from collections.abc import Mapping

from techprio.reporting.products.matter import Matter

_CLAUSES: Mapping[str, str] = {
    "khao-sat": "III.2", "dinh-huong": "III.3", "du-thao": "III.4", "hoan-thien": "III.5",
    "chinh-sach": "III.5", "to-trinh": "III.6", "quyet-dinh": "III.6", "tuyen-truyen": "III.6",
}  # fmt: skip
_BEFORE = ("khao-sat", "dinh-huong")
BLANK = "……"


def year_of(matter: Matter, id: str, *, of_plan: int = 0) -> str:
    """Return the year of a document; dots where nothing says it.

    What the letterhead states comes first, then the day of its content in ``workstreams.csv``; else a report
    on progress has the year that it is on, a plan its own, and the others that in which the roadmap begins,
    or the one before for the two reports that lead to it.

    Parameters
    ----------
    matter : Matter
    id : str
        Of the document.
    of_plan : int
        Year of a yearly plan; 0 for the first of the roadmap.
    """
    if matter.letterhead.year:
        return str(matter.letterhead.year)
    dated = {str(row["clause"]): str(row["date"] or "")[:4] for row in matter.rows("workstreams")}
    if id == "tien-do":
        return matter.progress.as_of[:4] if matter.progress else max(dated.values(), default="") or BLANK
    if id in _CLAUSES and dated.get(_CLAUSES[id]):
        return dated[_CLAUSES[id]]
    if not matter.years:
        return BLANK
    if id == "ke-hoach-nam":
        return str(of_plan or matter.years[0])
    return str(matter.years[0] - (id in _BEFORE))
