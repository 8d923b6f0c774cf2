"""Each document by its id, from a study and the figures of its run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from techprio.errors import InputError
from techprio.language import text
from techprio.model.products import PRODUCTS, product_id
from techprio.reporting.products.agencies import agency_paper
from techprio.reporting.products.annexes import comment_form, roadmap_annexes
from techprio.reporting.products.approval import decision_paper, policies_paper, submission_paper
from techprio.reporting.products.booklet import booklet_paper
from techprio.reporting.products.dates import year_of
from techprio.reporting.products.final import final_paper
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.orientation import orientation_paper
from techprio.reporting.products.parts import Paper
from techprio.reporting.products.progress import PERIODS, progress_paper
from techprio.reporting.products.roadmap import ROADMAP_POINTS, roadmap_parts, roadmap_subject
from techprio.reporting.products.summary import summary_paper
from techprio.reporting.products.survey_report import survey_paper
from techprio.reporting.products.year_plan import year_paper


@dataclass(frozen=True)
class Wish:
    """What is asked of a document besides its id.

    Parameters
    ----------
    draft : int
        Number of the draft; 0 leaves it out.
    final : bool
        No draft any more.
    agency : str
        The one agency whose page it is.
    year : int
        Of the yearly plan; 0 for the first of the roadmap.
    period : {6, 12}
        Months that a report on progress is on.
    """

    draft: int = 0
    final: bool = False
    agency: str = ""
    year: int = 0
    period: int = PERIODS[-1]


def _draft_paper(matter: Matter) -> Paper:
    """Return the draft roadmap that is sent out for comments."""
    annexes = (*roadmap_annexes(matter), comment_form())
    parts = tuple(roadmap_parts(matter, drawn=True))
    return Paper(
        "du-thao", "roadmap", roadmap_subject(matter), parts, annexes=annexes, draft=True,
        points_in=ROADMAP_POINTS,
    )  # fmt: skip


_PAPERS: Mapping[str, Callable[[Matter, Wish], Paper]] = {
    "khao-sat": lambda matter, wish: survey_paper(matter),
    "dinh-huong": lambda matter, wish: orientation_paper(matter),
    "du-thao": lambda matter, wish: _draft_paper(matter),
    "hoan-thien": lambda matter, wish: final_paper(matter, draft=not wish.final),
    "chinh-sach": lambda matter, wish: policies_paper(matter, draft=not wish.final),
    "to-trinh": lambda matter, wish: submission_paper(matter, draft=not wish.final),
    "quyet-dinh": lambda matter, wish: decision_paper(matter, draft=not wish.final),
    "tuyen-truyen": lambda matter, wish: booklet_paper(matter),
    "tien-do": lambda matter, wish: progress_paper(matter, agency=wish.agency, period=wish.period),
    "ke-hoach-nam": lambda matter, wish: year_paper(matter, wish.year),
    "phieu-viec": lambda matter, wish: agency_paper(matter, wish.agency),
    "tom-tat": lambda matter, wish: summary_paper(matter),
}
_WITHOUT_PLAN = ("khao-sat", "tom-tat")
WRITTEN = tuple(_PAPERS)
"""The documents that are written by this version."""


def known_product(name: str) -> str:
    """Return the id of a document that can be written.

    Raises
    ------
    InputError
        An unknown document, or one that this version does not write.
    """
    id = product_id(name)
    if id is None or id not in _PAPERS:
        allowed = [f"{one} ({PRODUCTS[one]})" for one in WRITTEN]
        raise InputError.argument("ID", found=name, allowed=[*allowed, "all"])
    return id


def usual_papers(matter: Matter) -> tuple[str, ...]:
    """Return the documents that every run writes: the page for leaders, and the draft of a roadmap."""
    return ("tom-tat", "du-thao") if matter.figures.has_plan else ("tom-tat",)


def possible_papers(matter: Matter) -> tuple[str, ...]:
    """Return every document for which the data are there."""
    surveyed = matter.study.survey is not None and matter.study.instrument is not None
    left = {"khao-sat"} if not surveyed else set()
    left |= {"tuyen-truyen"} if matter.study.illustrative else set()
    left |= set() if matter.figures.has_plan else set(WRITTEN) - set(_WITHOUT_PLAN)
    return tuple(id for id in WRITTEN if id not in left)


def compose(id: str, matter: Matter, wish: Wish | None = None) -> Paper:
    """Return a document in no language yet.

    Parameters
    ----------
    id : str
    matter : Matter
    wish : Wish, optional

    Raises
    ------
    InputError
        An unknown document; a final one with figures that are examples; what needs a plan, without one.
    """
    wish = wish or Wish()
    if wish.final and matter.study.illustrative:
        raise InputError(
            text("the figures of this study are examples, so no document of it is final; take --final away")
        )
    if not matter.figures.has_plan and id not in _WITHOUT_PLAN:
        raise InputError(
            text("{id} needs a roadmap, and the study names no resources; name a file of resources", id=id)
        )
    id = known_product(id)
    return replace(_PAPERS[id](matter, wish), year=year_of(matter, id, of_plan=wish.year))
