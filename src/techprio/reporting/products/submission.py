"""``to-trinh``: the submission, with what is asked for and what is uncertain."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.language import text
from techprio.reporting.products.basis import core_parts, legal_parts, plan_cited, practical, scientific
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Heading, Paper, Para, Part
from techprio.reporting.products.summary import decisions, over_and_out, passed_parts, uncertain
from techprio.reporting.products.wording import STANDING, lettered, province_label, row_of


def submission_paper(matter: Matter, *, draft: bool = True) -> Paper:
    """Return the submission.

    Parameters
    ----------
    matter : Matter
    draft : bool
    """
    return Paper(
        "to-trinh",
        "submission",
        text("On the approval of: {title}", title=matter.study.title),
        tuple(_parts(matter)),
        addressees=(
            text("People's Committee of {province}", province=province_label(matter.letterhead.province)),
        ),
        draft=draft,
    )


def _parts(matter: Matter) -> Iterator[Part]:
    yield Para(
        text(
            "Carrying out {plan}, the {agency} submits the roadmap to the People's Committee of the "
            "province for "
            "consideration and approval, as follows:",
            plan=plan_cited(matter),
            agency=STANDING,
        )
    )
    yield from passed_parts(matter)
    yield Heading(text("Need"))
    yield from matter.written(
        "necessity",
        text("Why is the roadmap needed now, in three or four sentences?"),
        STANDING,
        part="to-trinh",
        else_whole=True,
    )
    yield Heading(text("Basis"))
    yield Heading(text("Legal basis"), 2)
    yield from legal_parts(matter, "to-trinh")
    yield Heading(text("Scientific basis"), 2)
    yield Para(scientific(matter))
    yield Heading(text("Practical basis"), 2)
    yield Para(practical(matter))
    yield Heading(text("How it was prepared"))
    yield from matter.written(
        "process",
        text("Survey, reports, consultation: with days and numbers?"),
        STANDING,
        part="to-trinh",
        else_whole=True,
    )
    comments = matter.rows("comments")
    if comments:
        groups = row_of(dict.fromkeys(row["group"] for row in comments))
        yield Para(text("{count} comments were received from: {groups}.", count=len(comments), groups=groups))
    yield from core_parts(matter)
    yield Heading(text("Feasibility, and what is not certain"))
    for words in (*over_and_out(matter), *uncertain(matter)):
        yield Para(words, "dash")
    yield Heading(text("Decisions that are asked for"))
    for place, words in enumerate(decisions(matter)):
        yield Para(words, lead=text("{letter})", letter=lettered(place)))
    yield Para(
        text(
            "The {agency} respectfully submits it to the People's Committee of the province for "
            "consideration and "
            "decision./.",
            agency=STANDING,
        )
    )
    yield Para(
        text(
            "(Enclosed: draft Decision; draft roadmap with its annexes; completed report; table of "
            "comments with the answers; "
            "draft policies; workbook of the figures.)"
        ),
        "note",
    )
