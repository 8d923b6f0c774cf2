"""How each comment of a consultation was taken in, and what it moved from one run to the next."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from techprio.language import Text, text
from techprio.model.difference import Difference
from techprio.reporting.tables import Column, Table
from techprio.reporting.words import joined

SENTENCES = 6  # of a sector or of the whole; the sheet of changes holds all


def consultation_frame(difference: Difference, comments: pd.DataFrame) -> pd.DataFrame:
    """Return the comments with what became of what they are on.

    Parameters
    ----------
    difference : Difference
        From the run before the consultation to the run after it.
    comments : DataFrame
        Of :func:`techprio.inputs.comments.read_comments`.

    Returns
    -------
    DataFrame
        ``round, group, on, text, answer, consequence, moved``. That two things happened between two
        runs does not say that one caused the other: the column says what moved, the parts of the
        difference say by which factor. ``moved`` holds texts in no language yet.
    """
    moved = [joined(_moved(difference, tuple(ids)), " ") for ids in comments["on"]]
    return comments.assign(on=["; ".join(ids) for ids in comments["on"]], moved=moved)


def consultation_table(difference: Difference, comments: pd.DataFrame) -> Table:
    """Return the record of the consultation as a printed table."""
    frame = consultation_frame(difference, comments)
    title = text("Record of the consultation")
    columns = (
        Column(text("Round"), "text", 9),
        Column(text("Group"), "text", 18),
        Column(text("On"), "text", 14),
        Column(text("Comment"), "text", 40),
        Column(text("Answer"), "text", 34),
        Column(text("Consequence"), "text", 26),
        Column(text("What moved"), "text", 60),
    )
    note = text("What moved: between the run before and the run after, for what the comment is on.")
    return Table(
        "consultation", title, title, columns, list(frame.itertuples(index=False, name=None)), (note,)
    )


def _moved(difference: Difference, ids: tuple[str, ...]) -> Iterator[Text]:
    technologies = list(difference.ranks["technology"])
    for name in ids:
        if name in technologies:
            yield text("{sentence}.", sentence=difference.sentence(name))
            continue
        sector = difference.ranks[difference.ranks["sector"] == name]
        yield from _changed(difference, technologies if sector.empty else list(sector["technology"]))
    if not ids:
        yield from _changed(difference, technologies)


def _changed(difference: Difference, names: list[str]) -> Iterator[Text]:
    rows = difference.ranks[difference.ranks["technology"].isin(names)]
    changed = rows[(rows["change"] != "kept") | (rows["rank_change"].fillna(0) != 0)]
    if changed.empty:
        yield text("{sentence}.", sentence=text("no rank moved"))
    for name in changed["technology"].head(SENTENCES):
        yield text("{sentence}.", sentence=difference.sentence(name))
    if len(changed) > SENTENCES:
        rest = text("and {count} more, on the sheet of changes", count=len(changed) - SENTENCES)
        yield text("{sentence}.", sentence=rest)
