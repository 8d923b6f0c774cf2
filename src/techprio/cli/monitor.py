"""``techprio monitor``: the plan against what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pandas as pd

from techprio.cli.bilingual import command, option
from techprio.cli.frames import frame_lines, write_frames
from techprio.cli.parameters import csv_folder_option, language_option, study_argument, workbook_option
from techprio.cli.spoken import read_named
from techprio.language import Language, Text, resolve_language, text
from techprio.model.monitoring import LIGHT_WORDS, Monitoring
from techprio.model.plan import Plan

AGENCIES: dict[str, Text] = {
    "lead_agency": text("lead agency"),
    **LIGHT_WORDS,
    "technologies": text("technologies"),
}
MONEY: dict[str, Text] = {
    "fund": text("fund"),
    "year": text("year"),
    "planned": text("planned"),
    "spent": text("spent"),
    "difference": text("difference"),
}


@command(
    text("Compare the plan of STUDY with its status table: what is late, what it delays, money, agencies.")
)
@study_argument
@option(
    "--status",
    "status_file",
    shown=text("FILE"),
    type=click.Path(path_type=Path),
    help=text("Table of what became of the technologies; else the study's own."),
)
@option(
    "--plan",
    "approved",
    shown=text("FOLDER"),
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help=text("Folder of the result that was approved; else the plan of the study as it is now."),
)
@option(
    "--indicators",
    "indicator_file",
    shown=text("FILE"),
    type=click.Path(path_type=Path),
    help=text("Table of indicators with baseline, targets and what was measured."),
)
@option("--as-of", shown=text("YYYY-MM"), help=text("Month of the report; else the end of the latest year."))
@csv_folder_option
@workbook_option
@option("--onward", is_flag=True, help=text("Plan again from this month, done and running work kept."))
@language_option
def monitor(
    study: str,
    status_file: Path | None,
    approved: Path | None,
    indicator_file: Path | None,
    as_of: str | None,
    folder: Path | None,
    workbook: Path | None,
    onward: bool,
) -> None:
    """Hold a plan against what became of it."""
    from techprio.inputs.indicators import read_indicators
    from techprio.phasing.indicators import judge_indicators
    from techprio.phasing.monitor import monitor_plan
    from techprio.phasing.onward import plan_onward
    from techprio.phasing.plan import plan_phases
    from techprio.study.approved import approved_plan

    read = read_named(study)
    language = resolve_language()
    status = _status(study, read.status, status_file, tuple(read.catalog.technologies.index))
    planned = plan_phases(read) if approved is None else approved_plan(approved)
    result = monitor_plan(planned, status, as_of=as_of)
    tables = {
        "technologies": result.technologies,
        "delays": result.delays,
        "money": result.money,
        "spending": result.spending,
        "agencies": result.agencies,
    }
    if indicator_file is not None:
        year = int(result.as_of[:4])
        tables["indicators"] = judge_indicators(read_indicators(indicator_file), year=year)
    again = plan_onward(read, result) if onward else None
    if again is not None:
        tables["onward"] = again.to_frame(language)
    for path in write_frames(tables, folder=folder, workbook=workbook):
        click.echo(str(path), err=True)
    click.echo("\n".join(_lines(result, language)))
    if approved is None:
        note = text("the plan is that of the study as it is now, not an approved one")
        click.echo(f"! {note}")
    if "indicators" in tables:
        click.echo("\n".join(_indicator_lines(tables["indicators"], language)))
    if again is not None:
        click.echo("\n".join(_onward_lines(planned, again, language)))


def _status(
    study: str, own: pd.DataFrame | None, file: Path | None, technologies: tuple[str, ...]
) -> pd.DataFrame:
    from techprio.errors import DataFileError, Problem
    from techprio.inputs.diagnostics import Diagnostics
    from techprio.inputs.status import read_status
    from techprio.inputs.unknown import UnknownNames

    if file is None and own is not None:
        return own
    diagnostics = Diagnostics()
    try:
        if file is not None:
            status = read_status(
                file.read_bytes(), file.name, UnknownNames("S303", technologies), diagnostics
            )
            diagnostics.check()
            return status
        found: Text | str = text("not stated")
    except OSError as error:
        found = error.strerror or str(error)
    allowed = text("a table of what became of the technologies: year, technology, status")
    proposal = text("name one under status in study.yaml, or give --status")
    raise DataFileError([Problem("S343", str(file or study), "", "status", found, allowed, proposal)])


def _lines(result: Monitoring, language: Language) -> Iterator[str]:
    yield text("state at the end of {month}", month=result.as_of).render(language)
    table = result.technologies
    told = table[table["state"].isin(["late", "at risk", "stopped", "blocked"])]
    for name in told["technology"]:
        yield f"  {result.sentence(name).render(language)}"
    yield ""
    yield result.rule.words.render(language)
    yield from frame_lines(_said(result.agencies, AGENCIES, language), language)
    yield ""
    yield text("money, up to this month").render(language)
    money = _said(result.money.assign(year=result.money["year"].astype(str)), MONEY, language)
    yield from frame_lines(money, language)
    yield from (f"! {note.render(language)}" for note in result.notes)


def _indicator_lines(table: pd.DataFrame, language: Language) -> Iterator[str]:
    from techprio.phasing.indicators import INDICATOR_STATES

    names = table[f"name_{language}"].where(table[f"name_{language}"] != "", table["indicator"])
    shown = pd.DataFrame(
        {
            text("Indicator").render(language): names,
            text("Unit").render(language): table["unit"],
            text("baseline").render(language): table["baseline"],
            text("measured").render(language): table["measured"].astype(float),
            text("expected").render(language): table["expected"].astype(float),
            text("next target").render(language): table["next_target"],
            text("year").render(language): table["next_year"].astype(str),
            text("state").render(language): [
                INDICATOR_STATES[word].render(language) for word in table["state"]
            ],
        }
    )
    yield ""
    yield from frame_lines(shown, language)


def _onward_lines(planned: Plan, again: Plan, language: Language) -> Iterator[str]:
    yield ""
    yield text("the plan from here on, where it differs").render(language)
    for name, row in again.placements.iterrows():
        before, now = str(planned.placements.loc[name, "operational"]), str(row["operational"])
        if before != now:
            told = text(
                "{id}: operational {new} instead of {old}", id=name, new=now or "–", old=before or "–"
            )
            yield f"  {told.render(language)}"


def _said(table: pd.DataFrame, headings: dict[str, Text], language: Language) -> pd.DataFrame:
    return table.rename(columns={key: words.render(language) for key, words in headings.items()})
