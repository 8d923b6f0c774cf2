"""How each comment of a consultation was taken in, and what it moved from one run to the next."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from techprio.language import Language, text
from techprio.model.difference import Difference
from techprio.reporting.tables import Column, Table

SENTENCES = 6  # of a sector or of the whole; the sheet of changes holds all


def consultation_frame(
    difference: Difference, comments: pd.DataFrame, *, language: Language = "en"
) -> pd.DataFrame:
    """Return the comments with what became of what they are on.

    Parameters
    ----------
    difference : Difference
        From the run before the consultation to the run after it.
    comments : DataFrame
        Of :func:`techprio.inputs.comments.read_comments`.
    language : {"vi", "en"}

    Returns
    -------
    DataFrame
        ``round, group, on, text, answer, consequence, moved``. That two things happened between two
        runs does not say that one caused the other: the column says what moved, the parts of the
        difference say by which factor.
    """
    moved = [" ".join(_moved(difference, tuple(ids), language)) for ids in comments["on"]]
    return comments.assign(on=["; ".join(ids) for ids in comments["on"]], moved=moved)


def consultation_table(difference: Difference, comments: pd.DataFrame, language: Language) -> Table:
    """Return the record of the consultation as a printed table."""
    frame = consultation_frame(difference, comments, language=language)
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


def _moved(difference: Difference, ids: tuple[str, ...], language: Language) -> Iterator[str]:
    technologies = list(difference.ranks["technology"])
    for name in ids:
        if name in technologies:
            yield difference.sentence(name).render(language) + "."
            continue
        sector = difference.ranks[difference.ranks["sector"] == name]
        if not sector.empty:
            yield from _changed(difference, list(sector["technology"]), language)
            continue
        yield from _changed(difference, technologies, language)
    if not ids:
        yield from _changed(difference, technologies, language)


def _changed(difference: Difference, names: list[str], language: Language) -> Iterator[str]:
    rows = difference.ranks[difference.ranks["technology"].isin(names)]
    changed = rows[(rows["change"] != "kept") | (rows["rank_change"].fillna(0) != 0)]
    if changed.empty:
        yield text("no rank moved").render(language) + "."
    for name in changed["technology"].head(SENTENCES):
        yield difference.sentence(name).render(language) + "."
    if len(changed) > SENTENCES:
        rest = text("and {count} more, on the sheet of changes", count=len(changed) - SENTENCES)
        yield rest.render(language) + "."
