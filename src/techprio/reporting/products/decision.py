"""``quyet-dinh``: the decision, with the roadmap and its annexes attached."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.errors import InputError
from techprio.language import Label, text
from techprio.reporting.products.annexes import roadmap_annexes
from techprio.reporting.products.basis import legal_parts
from techprio.reporting.products.letter import enclosed_with_decision
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Paper, Para, Part
from techprio.reporting.products.roadmap import roadmap_parts, roadmap_subject
from techprio.reporting.products.wording import AGENCIES, province_label

_DOTS = "……"


def decision_paper(matter: Matter, *, draft: bool = True) -> Paper:
    """Return the decision.

    Parameters
    ----------
    matter : Matter
    draft : bool

    Raises
    ------
    InputError
        A placed technology that no agency leads.
    """
    bare = [name for name in matter.placed if not str(matter.table.loc[name, "lead_agency"]).strip()]
    if bare:
        found = text("technologies without a lead agency: {names}", names=", ".join(bare))
        raise InputError.argument(
            "lead_agency", found=found, allowed=text("a lead agency of every technology")
        )
    attached: tuple[Part, ...] = (
        Para("", "center", lead=text("ROADMAP")),
        Para("", "center", lead=roadmap_subject(matter)),
        Para(enclosed_with_decision(matter.letterhead), "center"),
        *roadmap_parts(matter),
    )
    return Paper(
        "quyet-dinh",
        "decision",
        text("On the approval of: {title}", title=matter.study.title),
        tuple(_articles(matter)),
        annexes=roadmap_annexes(matter),
        attached=attached,
        draft=draft,
    )


def _articles(matter: Matter) -> Iterator[Part]:
    named = province_label(matter.letterhead.province)
    province = Label(*(words.upper() for words in named))
    yield Para("", "center", lead=text("THE PEOPLE'S COMMITTEE OF {province}", province=province))
    yield from legal_parts(matter, "quyet-dinh", pursuant=True)
    yield Para(
        text(
            "At the proposal of the Director of the {agency} in Submission no.      /TTr-{symbol} of      "
            "month      {year}.",
            agency=AGENCIES[0], symbol=matter.letterhead.symbol, year=_DOTS,
        ),
        "basis",
    )  # fmt: skip
    yield Para("", "center", lead=text("DECIDES:"))
    yield Para(
        text("There is approved, attached to this Decision: {title}.", title=matter.study.title),
        lead=text("Article 1."),
    )
    yield Para(
        text(
            "The {agency} is charged with leading, together with the agencies and units concerned, the "
            "carrying out of the "
            "roadmap; with following it and urging it on; and with reporting to the People's Committee of "
            "the province at the set "
            "times.",
            agency=AGENCIES[0],
        ),
        lead=text("Article 2."),
    )
    yield Para(text("This Decision takes effect on the day of its signature."), lead=text("Article 3."))
    yield Para(
        text(
            "The Chief of Office of the People's Committee of the province; the directors of the "
            "departments; the heads of the "
            "boards and sectors; the chairmen of the People's Committees of communes and wards; the "
            "chairman of the Provincial "
            "Business Association and the agencies and organisations concerned carry out this Decision./."
        ),
        lead=text("Article 4."),
    )
