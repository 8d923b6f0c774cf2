"""What the first page of a workbook says: for whom, how long, until when, whom to ask, what to do."""

from __future__ import annotations

from techprio.display.quantities import Words
from techprio.forms.load import load_of
from techprio.forms.round_folder import Round
from techprio.language import Text, text
from techprio.model.forms import ConsensusRule, Expert
from techprio.model.study import Study

KEPT = text("What you leave empty keeps your answer of the round before.")


def guide_lines(study: Study, expert: Expert, sent: Round, *, has_earlier: bool) -> list[tuple[Words, bool]]:
    """Return the lines of the first page, and whether each is set in bold."""
    load = load_of(study, expert, with_halves=sent.halves)
    contact, deadline = expert.contact or sent.contact, expert.deadline or sent.deadline
    return [
        (study.title, True),
        (
            text(
                "Expert: {name} ({code}); round {round}",
                name=expert.name, code=expert.code, round=sent.number,
            ),
            True,
        ),
        (load.words, False),
        *([(text("Please answer by {deadline}", deadline=deadline), True)] if deadline else []),
        *([(text("Questions to: {contact}", contact=contact), False)] if contact else []),
        (text("Fill in the yellow cells only; choose from the lists."), False),
        (
            text("Pairs: which of the two criteria is more important, and by how much, from 2 to 9."),
            False,
        ),
        (how_to_answer(), False),
        (
            text("Scores: the level that fits best; what the levels mean stands above them."),
            False,
        ),
        *(
            [
                (
                    text(
                        "Values: the value that is worth half of the best; then, if you can, those worth a "
                        "quarter and three quarters."
                    ),
                    False,
                )
            ]
            if sent.halves
            else []
        ),
        (
            text('What you do not know, say so: "don\'t know" is an answer and counts as none.'),
            False,
        ),
        (text("What lies between, write as a range: 3-5, 3 or 4, 100-200."), False),
        *([(KEPT, True)] if has_earlier else []),
        (who_sees(sent.rule), False),
        (text("Save the file and send it back; its name may be changed."), False),
    ]  # fmt: skip


def who_sees(rule: ConsensusRule) -> Text:
    """Say who sees the answers, and the reasons."""
    if rule.reasons == "all":
        return text(
            "Your answers are kept under a code; the study shows them only as those of a group of five or "
            "more. Notes are read by the study team; later rounds show them to the other experts, without "
            "names."
        )
    return text(
        "Your answers are kept under a code; the study shows them only as those of a group of five or more. "
        "Notes are read by the study team alone."
    )


def how_to_answer() -> Text:
    """Say what to write on paper."""
    return text(
        "On paper: A, B, = (equal) or ? (don't know), and a degree: 3 slightly, 5 clearly, 7 very much, "
        "9 absolutely more important; 2, 4, 6, 8 lie between."
    )
