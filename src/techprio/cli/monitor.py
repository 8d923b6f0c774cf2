"""``techprio monitor``: the plan against what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from techprio.cli.bilingual import command, option
from techprio.cli.parameters import (
    csv_folder_option,
    folder_option,
    language_option,
    locale_option,
    study_argument,
    workbook_option,
)
from techprio.cli.screen import show, show_notes, show_table
from techprio.cli.spoken import read_named
from techprio.cli.table_files import write_tables
from techprio.language import Month, Text, resolve_language, text

if TYPE_CHECKING:
    import pandas as pd

    from techprio.display.quantities import Table
    from techprio.model.monitoring import Monitoring
    from techprio.model.plan import Plan


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
@folder_option(
    "--plan",
    "approved",
    must_exist=True,
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
@locale_option
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
    from techprio.inputs.report_tables import read_indicators
    from techprio.phasing.indicators import indicator_table, judge_indicators
    from techprio.phasing.monitor import monitor_plan
    from techprio.phasing.onward import plan_onward
    from techprio.phasing.plan import plan_phases
    from techprio.study.snapshot import approved_plan

    read = read_named(study)
    status = _status(study, read.status, status_file, tuple(read.catalog.technologies.index))
    planned = plan_phases(read) if approved is None else approved_plan(approved)
    result = monitor_plan(planned, status, as_of=as_of)
    frames = {
        "technologies": result.technologies,
        "delays": result.delays,
        "money": result.money,
        "spending": result.spending,
        "agencies": result.agencies,
    }
    tables = result.tables()
    if indicator_file is not None:
        judged = judge_indicators(read_indicators(indicator_file), year=int(result.as_of[:4]))
        frames["indicators"], tables["indicators"] = judged, indicator_table(judged)
    again = plan_onward(read, result) if onward else None
    if again is not None:
        frames["onward"], tables["onward"] = again.to_frame(resolve_language()), again.tables()["plan"]
        if again.changes is not None:
            frames["onward_changes"] = again.changes
            tables["onward_changes"] = again.tables()["plan_changes"]
    write_tables(frames, tables, study, folder=folder, workbook=workbook)
    _show(result, tables)
    if approved is None:
        show_notes([text("the plan is that of the study as it is now, not an approved one")])
    if again is not None:
        _show_onward(planned, again)


def _status(
    study: str, own: pd.DataFrame | None, file: Path | None, technologies: tuple[str, ...]
) -> pd.DataFrame:
    from techprio.errors import DataFileError, Problem, file_reason
    from techprio.inputs.diagnostics import Diagnostics, UnknownNames
    from techprio.inputs.opening import file_bytes
    from techprio.inputs.status import read_status

    if file is None and own is not None:
        return own
    diagnostics = Diagnostics()
    try:
        if file is not None:
            status = read_status(file_bytes(file), file.name, UnknownNames("S303", technologies), diagnostics)
            diagnostics.check()
            return status
        found: Text | str = text("not stated")
    except OSError as error:
        found = file_reason(error)
    allowed = text("a table of what became of the technologies: year, technology, status")
    proposal = text("name one under status in study.yaml, or give --status")
    raise DataFileError([Problem("S343", str(file or study), "", "status", found, allowed, proposal)])


def _show(result: Monitoring, tables: Mapping[str, Table]) -> None:
    show(text("state at the end of {month}", month=Month(result.as_of)))
    named = result.technologies["state"].isin(["late", "at risk", "stopped", "blocked"])
    for name in result.technologies.loc[named, "technology"]:
        show(result.explain(name), mark="  ")
    click.echo()
    for name in ("agencies", "money", "indicators"):
        if name in tables:
            show_table(tables[name])
    show(result.rule.words)
    show_notes(result.notes)


def _show_onward(planned: Plan, again: Plan) -> None:
    click.echo()
    show(text("the plan from here on, where it differs"))
    for name, row in again.placements.iterrows():
        before, now = str(planned.placements.loc[name, "operational"]), str(row["operational"])
        if before != now:
            moved = text(
                "{id}: operational {new} instead of {old}",
                id=name,
                new=Month(now) if now else "–",
                old=Month(before) if before else "–",
            )
            show(moved, mark="  ")
    if again.changes is not None and len(again.changes):
        click.echo()
        show_table(again.tables()["plan_changes"])
    show_notes(again.notes)
