"""The decision matrix with its sources, as printed tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from techprio.language import text
from techprio.model.known_names import unit_name
from techprio.model.run import RunData
from techprio.reporting.tables import Column, Table


def matrix_table(run: RunData) -> Table:
    """Return the raw scores of all technologies, one row each."""
    leaves = run.study.criteria.leaves
    label = run.study.catalog.label
    rows: list[tuple[Any, ...]] = []
    for code, ranking in run.rankings.items():
        matrix = run.study.catalog.decision_matrix(code) if ranking.screened else ranking.matrix
        rows += [
            (code, name, label(name), *(float(x) for x in matrix.values.loc[name]))
            for name in matrix.alternatives
        ]
    return Table(
        "matrix",
        text("Decision matrix"),
        text("Decision matrix: scores before weighting"),
        (
            Column(text("Sector"), "code", 7),
            Column(text("Id"), "code", 8),
            Column(text("Technology"), "text", 44),
            *(Column(leaf.id, "money", 9) for leaf in leaves),
        ),
        rows,
        tuple(_legend(leaf) for leaf in leaves),
    )


def _legend(leaf: Any) -> Any:
    return text(
        "{criterion}: {name} ({unit})", criterion=leaf.id, name=leaf.label, unit=unit_name(leaf.unit) or "-"
    )


def scores_table(run: RunData) -> Table:
    """Return every stated score with its spread, evidence grade, source and note."""
    scores = run.study.catalog.scores
    rows = [
        (
            row.technology, row.criterion, _number(row.value), _number(row.low), _number(row.high),
            row.evidence, row.source, _words(row.note),
        )
        for row in scores.itertuples(index=False)
    ] + list(_read_from_catalogue(run))  # fmt: skip
    return Table(
        "scores",
        text("Scores and sources"),
        text("Every score with its spread, evidence and source"),
        (
            Column(text("Id"), "code", 9),
            Column(text("Criterion"), "code", 9),
            Column(text("Value"), "money", 10),
            Column(text("Low"), "money", 10),
            Column(text("High"), "money", 10),
            Column(text("Evidence"), "mark", 9),
            Column(text("Source"), "code", 18),
            Column(text("Note"), "text", 60),
        ),
        rows,
        (
            text("A: official figure read in a source; B: derived from a source that was read."),
            text("C: several analysts agree; D: estimate of one analyst."),
        ),
    )


def _read_from_catalogue(run: RunData) -> Iterator[tuple[Any, ...]]:
    """Give the criteria that are read from a column of the catalogue, with the basis and sources there."""
    technologies = run.study.catalog.technologies
    for leaf in run.study.criteria.leaves:
        if not leaf.field or leaf.field not in technologies:
            continue
        low, high = leaf.field_low or leaf.field, leaf.field_high or leaf.field
        basis = f"{leaf.field.partition('_')[0]}_basis"
        for name, row in technologies.iterrows():
            told = text("column {column}", column=leaf.field)
            stated = _words(row.get(basis, ""))
            yield (
                str(name), leaf.id, _number(row[leaf.field]), _number(row[low]), _number(row[high]), "",
                _words(row.get("sources", "")).replace(";", "; "),
                text("{column}; basis: {basis}", column=told, basis=stated) if stated else told,
            )  # fmt: skip


def sources_table(run: RunData) -> Table:
    """Return the sources that scores and costs point to."""
    sources = run.study.catalog.sources
    rows = [
        (str(name), *(_words(row.get(column, "")) for column in ("citation", "url", "year", "kind")))
        for name, row in sources.iterrows()
    ]
    return Table(
        "sources",
        text("Sources"),
        text("Sources"),
        (
            Column(text("Source"), "code", 18),
            Column(text("Citation"), "text", 70),
            Column(text("Address"), "text", 34),
            Column(text("Year"), "mark", 8),
            Column(text("Kind"), "text", 12),
        ),
        rows,
    )


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)


def _words(value: Any) -> str:
    if value is None or value != value:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
