"""What to check first: the uncertain scores that would change a list or a role, with their places."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.dependencies.roles import roles_under
from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.language import Text, text
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.criteria import Criterion
from techprio.model.provenance import Provenance
from techprio.model.scale import CRITERION
from techprio.model.study import Study
from techprio.ranking.methods import bind
from techprio.ranking.validation import weight_shares, without_criteria
from techprio.robustness.telling_figures import (
    ALONE,
    DECIDED_GAIN,
    GAIN,
    P_CHANGE,
    ValueOfInformation,
    value_of_information,
)
from techprio.robustness.value_draws import with_draws
from techprio.scoring import rank_study, sector_matrices, study_method, study_weights, technology_values

SPREAD = Quantity("spread", text("Low, value, high"), text("Between what the score lies, and its value."))
GRADE = Quantity(
    "grade", text("Grade of evidence"), text("Grade of the evidence, A (measured) to D (estimated).")
)
SOURCE = Quantity("source", text("Source of the figure"), text("Where the figure comes from."), "code")
PLACE = Quantity("stands_in", text("Stands in"), text("File and line of the figure."))
ROLES = Quantity(
    "roles",
    text("Changes the role of"),
    text("Technologies whose role changes inside the spread, all else as stated."),
)


@dataclass(frozen=True)
class Advice(Result):
    """Which figures of a study to check first.

    Parameters
    ----------
    table : DataFrame
        A row a score with a spread, the greatest expected gain first: ``sector, technology, criterion,
        low, value, high, grade, source, stands_in`` (file and line), ``p_change, gain, decided_gain,
        alone`` as in :class:`~techprio.robustness.ValueOfInformation`, and ``roles``: the technologies
        whose role changes at an end of the spread, all else as stated.
    information : ValueOfInformation
        With the weights and comparisons of the panel too.
    study : Study
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> advice = tp.run(tp.example("lai-chau"), draws=1000).advise()
    >>> int(advice.table["alone"].sum()), advice.table.loc[advice.table["alone"], "technology"].nunique()
    (99, 21)
    >>> advice.table.loc[0, "stands_in"]
    'energy/scores.csv:137'
    """

    table: pd.DataFrame
    information: ValueOfInformation
    study: Study
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def first(self, count: int = 10) -> pd.DataFrame:
        """Return the figures to check first; none that changes neither a list nor a role."""
        moves = (self.table["p_change"] > 0) | self.table["roles"].astype(bool)
        return self.table[moves].head(count)

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table.copy()

    def tables(self) -> dict[str, Table]:
        """Return ``check_first`` and ``settle_first``, what the panel would have to settle."""
        frame = self.first()
        shown = frame.assign(
            name=[self.study.catalog.label(name) for name in frame["technology"]],
            spread=[
                text("{low}, {value}, {high}", low=float(low), value=float(value), high=float(high))
                for low, value, high in frame[["low", "value", "high"]].itertuples(index=False)
            ],
            alone=["✓" if alone else "" for alone in frame["alone"]],
            roles=[text("{names}", names=names) if names else "" for names in frame["roles"]],
        )  # fmt: skip
        columns = [
            Column(SECTOR, 7), Column(TECHNOLOGY, 9), Column(TECHNOLOGY_NAME, 34), Column(CRITERION, 9),
            Column(SPREAD, 14), Column(GRADE, 9), Column(SOURCE, 14), Column(PLACE, 24),
            Column(P_CHANGE, bar=True), Column(GAIN, bar=True), DECIDED_GAIN, ALONE, Column(ROLES, 16),
        ]  # fmt: skip
        settle = self.information.tables()["settle_first"]
        check = Table.from_frame("check_first", self._title(), columns, shown, notes=self._facts())
        return tables_of(check, settle)

    def _summary(self) -> str:
        return f"{len(self.table)} scores with a spread, {int(self.table['alone'].sum())} change a list alone"

    def _title(self) -> Words:
        return text("Check these figures first")

    def _facts(self) -> tuple[Words, ...]:
        return (*self.information.facts(), *self.notes)


@validated
def advise(study: Study, *, draws: int | None = None, seed: int | None = None) -> Advice:
    """Say which uncertain figures of a study are worth checking first, and what they would change.

    Parameters
    ----------
    study : Study
    draws, seed : int, optional
        Instead of those of the study.

    Returns
    -------
    Advice

    Raises
    ------
    InputError
        Whatever a run of the study cannot use.

    Notes
    -----
    Phases are not asked: a figure that moves a plan only through cost or staff is not in the list.

    Examples
    --------
    >>> import techprio as tp
    >>> advice = advise(tp.example("lai-chau"), draws=1000)
    >>> bool((advice.first()["gain"] > 0).all()), len(advice.first())
    (True, 10)
    """
    study = with_draws(study, draws, seed)
    settings, weights, method = study.robustness, study_weights(study), study_method(study)
    matrices = {code: ranking.matrix for code, ranking in rank_study(study, weights, method).items()}
    found = value_of_information(
        matrices, weights, method, top=study.ranking.top, draws=settings.draws, seed=settings.seed,
        weight_distribution=settings.weights, score_distribution=settings.scores,
        firm=study.ranking.firm, firmly_not=study.ranking.firmly_not,
    )  # fmt: skip
    table = found.table[found.table["kind"] == "score"].drop(columns=["kind", "against"])
    facts = _evidence(study)
    keys = list(zip(table["technology"], table["criterion"], strict=True))
    places = places_of_scores(study)
    table = table.assign(
        grade=[facts.get(key, ("", ""))[0] for key in keys],
        source=[facts.get(key, ("", ""))[1] for key in keys],
        stands_in=[places.get(key, "") for key in keys],
        roles=_roles_alone(study, table),
    ).reset_index(drop=True)
    return Advice(table, found, study, _notes(table), found.provenance)


def _notes(table: pd.DataFrame) -> tuple[Text, ...]:
    moved = table[table["roles"].astype(bool)]
    count = len({name for names in moved["roles"] for name in names})
    roles = text(
        "{scores} of them can change a role by themselves, of {count} technologies.",
        scores=len(moved),
        count=count,
    )
    return (roles, text("Phases are not asked: cost and staff move them too."))


def _evidence(study: Study) -> dict[tuple[str, str], tuple[str, str]]:
    """Return grade and source of each score; of a column of the catalogue its stated basis."""
    scores = study.catalog.scores
    facts = {
        (row.technology, row.criterion): (str(row.evidence), str(row.source)) for row in scores.itertuples()
    }
    technologies = study.catalog.technologies
    for leaf in _columns_of(study):
        basis = f"{leaf.field.partition('_')[0]}_basis"
        if basis in technologies:
            facts |= {(str(name), leaf.id): ("", str(word)) for name, word in technologies[basis].items()}
    return facts


def _columns_of(study: Study) -> list[Criterion]:
    """Return the criteria that are read from a column of the catalogue."""
    return [leaf for leaf in study.criteria.leaves if leaf.field and leaf.field in study.catalog.technologies]


def places_of_scores(study: Study) -> dict[tuple[str, str], str]:
    """Return file and line of each score of a study of CSV files, as ``energy/scores.csv:67``."""
    found: dict[tuple[str, str], str] = {}
    names, leaves = set(map(str, study.catalog.technologies.index)), set(study.criteria.by_id)
    columns = [leaf.id for leaf in _columns_of(study)]
    for file, content in study.files.items():
        if not file.endswith(".csv"):
            continue
        lines = content.decode("utf-8-sig", errors="replace").splitlines()
        mark = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
        reader = csv.reader(lines, delimiter=mark)
        for cells in reader:
            name = cells[0].strip() if cells else ""
            if name not in names:
                continue
            place = f"{file}:{reader.line_num}"
            if file.endswith("technologies.csv"):
                found |= {(name, column): place for column in columns}
            elif file.endswith("scores.csv") and len(cells) > 1 and cells[1].strip() in leaves:
                found[name, cells[1].strip()] = place
    return found


def _roles_alone(study: Study, table: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return, for each score, whose role changes at an end of its spread, all else as stated."""
    values = technology_values(study)
    if study.value.source != "score" or not len(table):
        return [()] * len(table)
    ends: list[np.ndarray[Any, Any]] = []
    owners = {str(name): place for place, name in enumerate(values.index)}
    known: Mapping[str, Any] = {
        code: _valued(study, matrix) for code, matrix in sector_matrices(study).items()
    }
    stated = values.to_numpy(dtype=float)
    for row in table.itertuples():
        method, matrix, weights = known[row.sector]
        for end in (row.low, row.high):
            worth = stated.copy()
            if row.criterion in matrix.criteria:
                changed = matrix.values.to_numpy(dtype=float).copy()
                changed[matrix.alternatives.index(row.technology), matrix.criteria.index(row.criterion)] = end
                scores = method(changed, weights, matrix.signs)
                worth[[owners[name] for name in matrix.alternatives]] = scores
            ends.append(worth)
    frame = pd.DataFrame(np.vstack([stated, *ends]), columns=list(values.index))
    roles = roles_under(study, frame).to_numpy()
    differs = roles[1:] != roles[0]
    pairs = differs.reshape(len(table), 2, -1).any(axis=1)
    names = np.array(list(map(str, values.index)), dtype=object)
    return [tuple(names[row]) for row in pairs]


def _valued(study: Study, matrix: Any) -> tuple[Any, Any, Any]:
    """Return method, matrix and weights as the value of a technology takes them."""
    leave_out = [name for name in study.value.leave_out if name in matrix.criteria]
    used = without_criteria(matrix, leave_out)
    shares, _ = weight_shares(study_weights(study), used.criteria, leave_out=leave_out)
    return bind(study_method(study), used), used, shares.to_numpy()
