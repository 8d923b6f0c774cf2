"""``techprio survey``: levels of firms, profiles of sectors, potential."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from techprio.cli.screen import findings_stop, language_option
from techprio.language import Language, text

TABLE_FILES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")


@click.command()
@click.argument("file")
@click.option(
    "--instrument",
    "instrument_file",
    type=click.Path(path_type=Path),
    help="Instrument of the survey (YAML); a study brings its own.",
)
@click.option(
    "--swot", "swot_file", type=click.Path(path_type=Path), help="Words of the analysts: sector, side, text."
)
@click.option("--groups", metavar="A,B", default="R,I", show_default=True, help="Groups that show potential.")
@click.option(
    "--upper-share", type=float, default=0.25, show_default=True, help="Upper share with high potential."
)
@click.option(
    "--rnd-share", type=float, help="Least share of revenue for research (0..1), for high potential."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Seed of the intervals."
)
@click.option("--out", "folder", type=click.Path(path_type=Path), help="Write tables and charts here.")
@language_option()
def command(
    file: str,
    instrument_file: Path | None,
    swot_file: Path | None,
    groups: str,
    upper_share: float,
    rnd_share: float | None,
    seed: int,
    folder: Path | None,
    language: Language,
) -> None:
    """Assess the technology level of the firms in FILE, a table or a study with a survey."""
    from techprio.cli.survey_screen import survey_lines
    from techprio.model.assessment import PotentialRule
    from techprio.reporting.survey import write_survey
    from techprio.survey.assess import assess_survey
    from techprio.survey.tables import tabulate_survey

    names = tuple(name.strip() for name in groups.split(",") if name.strip())
    rule = PotentialRule(groups=names, upper_share=upper_share, rnd_share_min=rnd_share)
    with findings_stop(language):
        survey, instrument, sectors, inputs = _read(file, instrument_file)
        result = assess_survey(survey, instrument, sectors=sectors, rule=rule, seed=seed, inputs=inputs)
        tables = tabulate_survey(result, language, texts=_words(swot_file, sectors))
        written = write_survey(result, tables, folder, language=language) if folder else []
    click.echo("\n".join(survey_lines(result, tables, language)))
    if folder:
        click.echo(text("{count} files in {folder}:", count=len(written), folder=folder).render(language))
        for path in written:
            click.echo(f"  {path}")


def _read(file: str, instrument_file: Path | None) -> tuple[Any, Any, Any, dict[str, str]]:
    """Return survey, instrument, names of sectors and digests, from a table or from a study."""
    from techprio.inputs.instrument import read_instrument
    from techprio.inputs.survey import read_survey
    from techprio.inputs.workbook_study import is_study_workbook
    from techprio.model.provenance import file_digest

    if Path(file).suffix.casefold() in TABLE_FILES and not is_study_workbook(Path(file)):
        if instrument_file is None:
            raise click.UsageError("a table of firms needs its instrument: --instrument FILE")
        instrument = read_instrument(instrument_file)
        survey = read_survey(file, instrument)
        digests = {Path(name).name: file_digest(Path(name)) for name in (file, instrument_file)}
        return survey, instrument, None, digests
    return _read_study(file, instrument_file)


def _read_study(name: str, instrument_file: Path | None) -> tuple[Any, Any, Any, dict[str, str]]:
    from techprio.errors import DataFileError, Problem
    from techprio.inputs.instrument import read_instrument
    from techprio.inputs.shipped import find_study
    from techprio.inputs.study import read_study

    study = read_study(find_study(name))
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
    from techprio.inputs.swot import read_swot

    return read_swot(file, sectors=tuple(sectors or ()))
