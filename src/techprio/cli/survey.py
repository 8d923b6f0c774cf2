"""``techprio survey``: levels of firms, profiles of sectors, potential."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from techprio.cli.bilingual import argument, command, option
from techprio.cli.parameters import language_option
from techprio.cli.screen import show, show_notes, show_table, show_written
from techprio.cli.spoken import read_named
from techprio.cli.table_options import read_options, table_options
from techprio.language import resolve_language, text

if TYPE_CHECKING:
    from techprio.model.assessment import PotentialRule

TABLE_FILES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")


@command(text("Assess the technology level of the firms in FILE, a table or a study with a survey."))
@argument("file", text("FILE"), text("A table of firms with their points, or a study with a survey."))
@option(
    "--instrument",
    "instrument_file",
    shown=text("FILE"),
    type=click.Path(path_type=Path),
    help=text("Instrument of the survey (YAML); a study brings its own."),
)
@option(
    "--swot",
    "swot_file",
    shown=text("FILE"),
    type=click.Path(path_type=Path),
    help=text("Words of the analysts: sector, side, text."),
)
@option(
    "--groups",
    shown=text("A,B"),
    help=text("Groups that show potential; else those of the usual rule, which is printed."),
)
@option(
    "--upper-share",
    shown=text("SHARE"),
    type=float,
    help=text("Upper share with high potential (0..1); else that of the usual rule."),
)
@option(
    "--rnd-share",
    shown=text("SHARE"),
    type=float,
    help=text("Least share of revenue for research (0..1), for high potential."),
)
@option(
    "--least-k",
    shown=text("NUMBER"),
    type=float,
    help=text("Least synchronization coefficient K (0..1), for high potential."),
)
@option(
    "--seed",
    shown=text("NUMBER"),
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help=text("Seed of the intervals."),
)
@option(
    "--out",
    "folder",
    shown=text("FOLDER"),
    type=click.Path(path_type=Path),
    help=text("Write tables and charts here."),
)
@table_options
@language_option
def survey(
    file: str,
    instrument_file: Path | None,
    swot_file: Path | None,
    groups: str | None,
    upper_share: float | None,
    rnd_share: float | None,
    least_k: float | None,
    seed: int,
    folder: Path | None,
    **reading: Any,
) -> None:
    """Show levels of firms, profiles of sectors and potential."""
    from techprio.reporting.survey_tables import write_survey
    from techprio.survey.assess import assess_survey
    from techprio.survey.tables import declared_tables, tabulate_survey

    rule = _rule(groups, upper_share=upper_share, rnd_share_min=rnd_share, synchronization_min=least_k)
    firms, instrument, sectors, inputs = _read(file, instrument_file, reading)
    language = resolve_language()
    result = assess_survey(firms, instrument, sectors=sectors, rule=rule, seed=seed, inputs=inputs)
    tables = tabulate_survey(result, language, texts=_words(swot_file, sectors))
    written = write_survey(result, tables, folder, language=language) if folder else []
    for table in declared_tables(result, tables["swot"]):
        show_table(table)
    show_notes(result.notes)
    if folder:
        show_written(folder, written)


def _rule(groups: str | None, **shares: float | None) -> PotentialRule:
    from techprio.model.assessment import PotentialRule

    stated: dict[str, Any] = {name: share for name, share in shares.items() if share is not None}
    if groups is not None:
        stated["groups"] = tuple(name.strip() for name in groups.split(",") if name.strip())
    return PotentialRule(**stated)


def _read(
    file: str, instrument_file: Path | None, reading: Mapping[str, Any]
) -> tuple[Any, Any, Any, dict[str, str]]:
    """Return survey, instrument, names of sectors and digests, from a table or from a study."""
    from techprio.inputs.instrument import read_instrument
    from techprio.inputs.study_tree import is_study_workbook
    from techprio.inputs.survey import read_survey
    from techprio.model.provenance import file_digest

    if Path(file).suffix.casefold() in TABLE_FILES and not is_study_workbook(Path(file)):
        if instrument_file is None:
            raise click.UsageError(str(text("a table of firms needs its instrument: --instrument FILE")))
        instrument = read_instrument(instrument_file)
        survey = read_survey(file, instrument, **read_options(reading))
        show(survey.layout.sentence)
        show_notes(survey.notes)
        digests = {Path(name).name: file_digest(Path(name)) for name in (file, instrument_file)}
        return survey, instrument, None, digests
    return _read_study(file, instrument_file, reading["locale"])


def _read_study(name: str, instrument_file: Path | None, locale: Any) -> tuple[Any, Any, Any, dict[str, str]]:
    from techprio.errors import DataFileError, Problem
    from techprio.inputs.instrument import read_instrument

    study = read_named(name, locale=locale)
    if study.survey is None or study.instrument is None:
        allowed = text("a study that names a survey of firms and its instrument")
        proposal = text("add the keys survey and instrument to study.yaml")
        problem = Problem("S342", name, "", "survey, instrument", text("not stated"), allowed, proposal)
        raise DataFileError([problem])
    instrument = read_instrument(instrument_file) if instrument_file else study.instrument
    sectors = {sector.code: sector.label for sector in study.catalog.sectors}
    return study.survey, instrument, sectors, dict(study.inputs)


def _words(file: Path | None, sectors: Any) -> Any:
    if file is None:
        return None
    from techprio.inputs.report_tables import read_swot

    return read_swot(file, sectors=tuple(sectors or ()))
