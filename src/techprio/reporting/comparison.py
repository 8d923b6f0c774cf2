"""Several finished results side by side, read from their folders: weights, platforms, money, people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from techprio.display.quantities import Column, Table
from techprio.display.show import View
from techprio.language import Label, Language, text
from techprio.model.catalog import TECHNOLOGIES, TECHNOLOGY_NAME
from techprio.model.plan import USED_IN_ALL
from techprio.model.resources import CURRENCY, PEOPLE_IN_ALL
from techprio.model.roles import FOUND_IN, STUDIES
from techprio.model.scale import CRITERION
from techprio.model.scenarios import PLACED
from techprio.model.study import STUDY, STUDY_TITLE, Study
from techprio.model.weights import WEIGHT
from techprio.reporting.kept_result import (
    PlacementRow,
    RoleRow,
    read_list,
    read_run_record,
    read_spending,
)
from techprio.reporting.sheets import Imprint, tables_bytes


def comparison_files(
    studies: Mapping[str, Study], folders: Mapping[str, Path], *, language: Language
) -> dict[str, bytes]:
    """Return ``comparison.xlsx`` and ``comparison.html`` of finished results.

    Parameters
    ----------
    studies : mapping of id to Study
    folders : mapping of id to path
        Where the result of each study stands.
    language : {"vi", "en"}
    """
    tables = comparison_tables(studies, folders)
    title = text("{count} studies side by side", count=len(folders))
    version = read_run_record(next(iter(folders.values())))["version"]
    shown = title.render(language)
    page = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(shown)}</title>"
        "<style>body{font-family:sans-serif;max-width:70rem;margin:1rem auto;padding:0 1rem}</style>"
        f"<h1>{escape(shown)}</h1>{View('', tables=tables).html(language)}</html>\n"
    )
    return {
        "comparison.xlsx": tables_bytes(
            tables, Imprint(title, ", ".join(folders), version), language=language
        ),
        "comparison.html": page.encode(),
    }


def comparison_tables(studies: Mapping[str, Study], folders: Mapping[str, Path]) -> tuple[Table, ...]:
    """Return the studies with their money and people, the weights of the criteria, and the platforms."""
    return (
        _studies(studies, folders),
        _weights(studies, folders),
        _platforms(folders),
    )


def _studies(studies: Mapping[str, Study], folders: Mapping[str, Path]) -> Table:
    columns = [
        STUDY,
        STUDY_TITLE,
        TECHNOLOGIES,
        PLACED,
        Column(USED_IN_ALL, bar=True),
        CURRENCY,
        PEOPLE_IN_ALL,
    ]
    rows = [_row(studies[name], folder) for name, folder in folders.items()]
    return Table.of("studies", text("Studies"), columns, rows)


def _row(study: Study, folder: Path) -> tuple[Any, ...]:
    lists = read_list(folder, PlacementRow)
    placed = int((lists["start"] != "").sum())
    if study.resources is None:
        return study.id, study.title, len(lists), placed, 0.0, "", 0.0
    plan = read_spending(folder, [fund.id for fund in study.resources.funds])
    spent, people = plan.filter(like="spent_").to_numpy(float).sum(), plan["people"].sum()
    return study.id, study.title, len(lists), placed, float(spent), study.resources.money, float(people)


def _weights(studies: Mapping[str, Study], folders: Mapping[str, Path]) -> Table:
    weights = {name: read_run_record(folder)["weights"]["overall"] for name, folder in folders.items()}
    labels = {leaf.id: leaf.label for study in studies.values() for leaf in study.criteria.leaves}
    names = list(dict.fromkeys(criterion for found in weights.values() for criterion in found))
    rows = [
        (_named(name, labels.get(name)), *(weights[study].get(name) for study in folders)) for name in names
    ]
    columns = [CRITERION, *(Column(WEIGHT.each(name), bar=True) for name in folders)]
    return Table.of("weights", text("Weights of the criteria by study"), columns, rows)


def _named(name: str, label: Label | None) -> Label:
    return Label(*(f"{name} {words}".strip() for words in (label or Label("", ""))))


def _platforms(folders: Mapping[str, Path]) -> Table:
    """List the platforms, those of most studies first; the same in two studies by its name."""
    found: dict[str, tuple[Label, list[str]]] = {}
    for study, folder in folders.items():
        for label in _platforms_of(folder):
            found.setdefault((label.vi or label.en).casefold(), (label, []))[1].append(study)
    ordered = sorted(found.values(), key=lambda one: -len(one[1]))
    rows = [(label, len(where), ", ".join(where)) for label, where in ordered]
    notes = (text("Technologies of two studies are taken for the same one when their names are the same."),)
    columns = [TECHNOLOGY_NAME, STUDIES, FOUND_IN]
    return Table.of("platforms", text("Platforms that recur"), columns, rows, notes=notes)


def _platforms_of(folder: Path) -> Iterator[Label]:
    lists = read_list(folder, RoleRow)
    for row in lists[lists["role_final"] == "platform"].itertuples():
        yield Label(str(row.name_vi), str(row.name_en))
