"""The workbooks of a run: one for leaders and finance, of few sheets, and one for the analyst."""

from __future__ import annotations

from typing import NamedTuple

from techprio.display.quantities import Table
from techprio.language import Language
from techprio.model.run import RunData
from techprio.reporting.advice_tables import check_tables, opinion_tables
from techprio.reporting.checklist import checklist_table
from techprio.reporting.criteria_tables import (
    consistency_table,
    experts_table,
    revision_tables,
    stability_table,
    weights_table,
)
from techprio.reporting.leaders import leaders_table
from techprio.reporting.list_tables import (
    classes_table,
    deciding_table,
    statements_table,
    technology_list,
)
from techprio.reporting.master_list import master_list_of
from techprio.reporting.matrix_tables import dependencies_table, matrix_table, scores_table, sources_table
from techprio.reporting.money_tables import budget_table, spending_table
from techprio.reporting.named_codes import names_in, with_named_codes
from techprio.reporting.plan_tables import certainty_tables, chain_tables, roadmap_table, staff_table
from techprio.reporting.ranking_tables import acceptability_table, roles_table, screening_table
from techprio.reporting.record import record_table
from techprio.reporting.sheets import Imprint, tables_bytes
from techprio.reporting.supplied_tables import swot_print
from techprio.reporting.survey_tables import survey_tables

ANALYSIS = "analysis.xlsx"
"""The file of the analyst's workbook, which stands beside the other one."""


def run_tables(run: RunData) -> tuple[Table, ...]:
    """Return the tables that leaders and finance open; with index and legend at most twelve sheets."""
    return _filled(
        run,
        leaders_table(run),
        master_list_of(run),
        technology_list(run),
        roadmap_table(run),
        spending_table(run),
        budget_table(run),
        staff_table(run),
        weights_table(run),
        *survey_tables(run)[:1],
        checklist_table(run),
    )


def analysis_tables(run: RunData) -> tuple[Table, ...]:
    """Return what the figures rest on: scores, certainty, roles, dates, survey, record.

    Comparisons of single experts are among them only where the run was asked for the judgments.
    """
    return _filled(
        run,
        classes_table(run),
        deciding_table(run),
        statements_table(run),
        *check_tables(run),
        roles_table(run),
        acceptability_table(run),
        matrix_table(run),
        scores_table(run),
        sources_table(run),
        dependencies_table(run),
        *chain_tables(run),
        *certainty_tables(run),
        stability_table(run),
        consistency_table(run),
        *revision_tables(run),
        experts_table(run),
        *opinion_tables(run),
        screening_table(run),
        *survey_tables(run)[1:],
        swot_print(run),
        record_table(run),
    )


def _filled(run: RunData, *tables: Table) -> tuple[Table, ...]:
    """Return the tables that have rows, codes as names: an empty sheet is nothing to open."""
    names = names_in(run)
    return tuple(with_named_codes(table, names) for table in tables if table.rows)


def workbook_bytes(
    run: RunData, *, language: Language | None = None, beside: str = "", tables: Tables | None = None
) -> bytes:
    """Return the workbook for leaders and finance.

    The first sheet is what leaders ask first, the second an index of all sheets with their full titles.
    Every text is written as text, so that no name can become a formula; numbers, years and months are
    what they are and take the signs of the reader's own settings. Sums of money are formulas.

    Parameters
    ----------
    run : RunData
    language : {"vi", "en"}, optional
    beside : str
        File of the analyst's workbook in the same folder; the index leads to its sheets.
    tables : Tables, optional
        Those of the run, where they are composed already.

    Returns
    -------
    bytes
        The same for the same run.
    """
    tables = Tables.of(run) if tables is None else tables
    others = {beside: tables.analysis} if beside else {}
    return tables_bytes(tables.run, _imprint(run), language=language, beside=others)


def analysis_bytes(run: RunData, *, language: Language | None = None, tables: Tables | None = None) -> bytes:
    """Return the analyst's workbook.

    Parameters
    ----------
    run : RunData
    language : {"vi", "en"}, optional
    tables : Tables, optional
        Those of the run, where they are composed already.
    """
    found = analysis_tables(run) if tables is None else tables.analysis
    return tables_bytes(found, _imprint(run), language=language)


class Tables(NamedTuple):
    """The tables of both workbooks, in no language yet."""

    run: tuple[Table, ...] = ()
    analysis: tuple[Table, ...] = ()

    @classmethod
    def of(cls, run: RunData) -> Tables:
        """Compose them."""
        return cls(run_tables(run), analysis_tables(run))


def _imprint(run: RunData) -> Imprint:
    return Imprint(run.study.title, run.study.id, run.provenance.version)
