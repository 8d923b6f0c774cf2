"""The decision matrix with its sources and dependencies, as printed tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from techprio.display.quantities import Column, Table
from techprio.inputs.catalog_rows import DependencyRow, ScoreRow, SourceRow
from techprio.language import Label, Text, text
from techprio.model.catalog import PREREQUISITE, REQUIRES, SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.fields import stated
from techprio.model.known_names import unit_name
from techprio.model.matrix import VALUE_ON
from techprio.model.resources import YEAR
from techprio.model.run import RunData
from techprio.model.scale import CRITERION
from techprio.model.two_languages import in_two_languages, lacks_a_language
from techprio.reporting.words import EDGE_NAMES

_KINDS = {
    "plan": Label("Kế hoạch của tỉnh", "plan of the province"),
    "analyst": Label("người đánh giá", "analyst"),
    "law": Label("văn bản pháp luật", "legal text"),
    "web": Label("trang thông tin điện tử", "web page"),
}
"""Words that data files have for the kinds of sources."""
AS_WRITTEN = text("Notes, reasons and citations stand in the language in which they were written.")


def matrix_table(run: RunData) -> Table:
    """Return the raw scores of all technologies, one row each."""
    leaves, label = run.study.criteria.leaves, run.study.catalog.label
    rows: list[tuple[Any, ...]] = []
    for code, ranking in run.rankings.items():
        matrix = run.study.catalog.decision_matrix(code) if ranking.screened else ranking.matrix
        for name in matrix.alternatives:
            rows.append((code, name, label(name), *map(float, matrix.values.loc[name])))
    columns = [
        SECTOR,
        TECHNOLOGY,
        Column(TECHNOLOGY_NAME, 44),
        *(Column(VALUE_ON.each(leaf.id), 9) for leaf in leaves),
    ]
    legend = tuple(
        text("{criterion}: {name} ({unit})", criterion=x.id, name=x.label, unit=unit_name(x.unit) or "-")
        for x in leaves
    )
    title = text("Decision matrix: scores before weighting")
    return Table.of("matrix", title, columns, rows, notes=legend, name=text("Decision matrix"))


def scores_table(run: RunData) -> Table:
    """Return every stated score with its spread, evidence grade, source and note."""
    column = stated(ScoreRow)
    columns = [
        TECHNOLOGY,
        CRITERION,
        *(column["value"], column["low"], column["high"]),
        Column(column["evidence"], 9),
        Column(column["source"], 18),
        Column(column["note"], 60),
    ]
    given = run.study.catalog.scores
    frame = given.assign(note=in_two_languages(given, "note"))
    rows = [tuple(row) for row in frame[[c.as_column().key for c in columns]].to_numpy(object)]
    rows += _read_from_catalogue(run)
    notes = (
        text("A: official figure read in a source; B: derived from a source that was read."),
        text("C: several analysts agree; D: estimate of one analyst."),
        *_as_written(given, "note"),
    )
    title = text("Every score with its spread, evidence and source")
    return Table.of("scores", title, columns, rows, notes=notes, name=text("Scores and sources"))


def _read_from_catalogue(run: RunData) -> Iterator[tuple[Any, ...]]:
    """Give the criteria that are read from a column of the catalogue, with the basis and sources there."""
    technologies = run.study.catalog.technologies
    for leaf in run.study.criteria.leaves:
        if not leaf.field or leaf.field not in technologies:
            continue
        low, high = leaf.field_low or leaf.field, leaf.field_high or leaf.field
        basis = f"{leaf.field.partition('_')[0]}_basis"
        for name, row in technologies.iterrows():
            note = column = text("column {column}", column=leaf.field)
            if words := _words(row.get(basis, "")):
                note = text("{column}; basis: {basis}", column=column, basis=words)
            sources = _words(row.get("sources", "")).replace(";", "; ")
            figures = (float(row[leaf.field]), float(row[low]), float(row[high]))
            yield str(name), leaf.id, *figures, "", sources, note


def sources_table(run: RunData) -> Table:
    """Return the sources that scores and costs point to."""
    column, score = stated(SourceRow), stated(ScoreRow)
    rows = []
    sources = run.study.catalog.sources
    for (name, row), citation in zip(sources.iterrows(), in_two_languages(sources, "citation"), strict=True):
        url, year, kind = (_words(row.get(key, "")) for key in ("url", "year", "kind"))
        named = _KINDS.get(kind, kind)
        rows.append((str(name), citation, url, int(year) if year.isdigit() else year, named))
    columns = [
        Column(score["source"], 18),
        Column(column["citation"], 70),
        Column(column["url"], 34),
        YEAR,
        Column(column["kind"], 12),
    ]
    return Table.of("sources", text("Sources"), columns, rows, notes=_as_written(sources, "citation"))


def dependencies_table(run: RunData) -> Table:
    """Return every stated dependency with its kind, timing and reason."""
    frame, column = run.study.catalog.dependencies, stated(DependencyRow)
    label = run.study.catalog.label
    frame = frame.assign(
        name=list(map(label, frame["technology"])),
        prerequisite=list(map(label, frame["requires"])),
        kind=[EDGE_NAMES.get(kind, kind) for kind in frame["kind"]],
        reason=in_two_languages(frame, "reason"),
    )
    columns = [
        TECHNOLOGY,
        Column(TECHNOLOGY_NAME, 34),
        REQUIRES,
        Column(PREREQUISITE, 34),
        Column(column["kind"], 18),
        Column(column["timing"], 8),
        Column(column["lag_months"], 9),
        Column(column["reason"], 44),
    ]
    notes = (
        text("FS: the prerequisite is in operation before work starts."),
        text("SS: the prerequisite has started before work starts."),
        text("FF: the prerequisite is in operation before this technology is."),
        text("SF: the prerequisite has started before this technology is in operation."),
        text("The lag is the least number of months in between; a negative one lets the two overlap."),
        *_as_written(run.study.catalog.dependencies, "reason"),
    )
    title = text("What a technology needs")
    return Table.from_frame("dependencies", title, columns, frame, notes=notes, name=text("Dependencies"))


def _as_written(frame: pd.DataFrame, column: str) -> tuple[Text, ...]:
    return (AS_WRITTEN,) if lacks_a_language(frame, column) else ()


def _words(value: Any) -> str:
    if value is None or value != value:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
