"""``techprio compare``: what changed between two runs, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from techprio.cli.bilingual import argument, command, option, wrong_value
from techprio.cli.parameters import language_option
from techprio.cli.screen import show, show_written
from techprio.language import Language, resolve_language, text
from techprio.model.difference import FACTOR_WORDS


@command(text("Show what changed from OLD to NEW, and why."))
@argument("old", text("OLD"), text("A study, or the folder of a result."))
@argument("new", text("NEW"), text("A study, or the folder of a result."))
@option(
    "--out",
    "folder",
    shown=text("FOLDER"),
    type=click.Path(path_type=Path),
    help=text("Write the table, the workbook and the chart here."),
)
@option(
    "--renamed",
    multiple=True,
    shown=text("OLD=NEW"),
    help=text("Ids of one technology in the two; may be given again."),
)
@option("--plan/--no-plan", default=True, show_default=True, help=text("Compare the plans too (slower)."))
@option(
    "--comments",
    "comments_file",
    shown=text("FILE"),
    type=click.Path(path_type=Path),
    help=text("Comments of the consultation between the two; shows what moved of what each is on."),
)
@language_option
def compare(
    old: str, new: str, folder: Path | None, renamed: tuple[str, ...], plan: bool, comments_file: Path | None
) -> None:
    """Compare two runs."""
    from techprio.inputs.report_tables import read_comments
    from techprio.reporting.difference import write_difference
    from techprio.study.difference import compare_runs

    language = resolve_language()
    names = dict(_ids(word) for word in renamed) or None
    difference = compare_runs(old, new, renamed=names, plan=plan)
    comments = None if comments_file is None else read_comments(comments_file, known=_subjects(difference))
    written = write_difference(difference, folder, language=language, comments=comments) if folder else []
    show("\n".join(_lines(difference, language)))
    if comments is not None:
        show("\n".join(_consultation_lines(difference, comments, language)))
    if folder:
        show_written(folder, written)


def _subjects(difference: Any) -> list[str]:
    """Return what a comment can be on: technologies, sectors, criteria."""
    names = [*difference.ranks["technology"], *difference.ranks["sector"]]
    if difference.study is not None:
        names += list(difference.study.criteria.by_id)
    return list(dict.fromkeys(str(name) for name in names))


def _consultation_lines(difference: Any, comments: Any, language: Language) -> Iterator[str]:
    from techprio.reporting.difference import consultation_frame

    yield ""
    yield text("Record of the consultation").render(language)
    for row in consultation_frame(difference, comments).itertuples():
        head = " ".join(part for part in (row.round, row.group, row.on and f"({row.on})") if part)
        yield f"  {head}: {row.text}"
        for heading, words in (
            (text("Answer"), row.answer),
            (text("Consequence"), row.consequence),
            (text("What moved"), row.moved.render(language)),
        ):
            if words:
                yield f"    {heading.render(language)}: {words}"


def _ids(word: str) -> tuple[str, str]:
    old, sign, new = (part.strip() for part in word.partition("="))
    if not (old and sign and new):
        raise wrong_value("--renamed", word, text("OLD=NEW"))
    return old, new


def _lines(difference: Any, language: Language) -> Iterator[str]:
    differing = [*difference.factors, *(f for f in difference.plan_factors if f == "resources")]
    named = [FACTOR_WORDS[factor].render(language) for factor in differing]
    named += [setting.render(language) for setting in difference.settings]
    words = ", ".join(named) or text("nothing").render(language)
    yield text("what differs between the two runs: {factors}", factors=words).render(language)
    ranks = difference.ranks.set_index("technology")
    plan = difference.plan.set_index("technology") if not difference.plan.empty else None
    still = 0
    for name, row in ranks.iterrows():
        moved = plan is not None and name in plan.index and _other_month(plan.loc[name])
        if row["change"] == "kept" and not row["rank_change"] and not moved:
            still += 1
        else:
            yield f"  {difference.explain(str(name)).render(language)}"
    if still:
        yield text("{count} technologies stay where they were", count=still).render(language)
    yield from (note.render(language) for note in difference.certainty_notes)
    yield from (f"! {note.render(language)}" for note in difference.notes)


def _other_month(row: Any) -> bool:
    return bool(row["operational_old"] != row["operational_new"])
