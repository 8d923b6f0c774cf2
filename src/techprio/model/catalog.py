"""Candidate technologies of all sectors with their scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

import pandas as pd

from techprio.display.quantities import Quantity
from techprio.errors import InputError, did_you_mean
from techprio.language import Label, text
from techprio.model.criteria import CriteriaTree, Criterion
from techprio.model.fields import Field
from techprio.model.matrix import DecisionMatrix

MissingPolicy = Literal["error", "full_range"]
CyclePolicy = Literal["error", "bundle"]

SECTOR = Quantity("sector", text("Sector"), text("Code of the sector of the technology."), "code")
TECHNOLOGY = Quantity("technology", text("Id"), text("Id of the technology in the catalogue."), "code")
TECHNOLOGY_NAME = Quantity("name", text("Technology"), text("Name of the technology."))
COST = Quantity("cost", text("Cost"), text("What the technology costs, all funds together."), "money")
LEAD_MONTHS = Quantity(
    "lead_months",
    text("Lead time"),
    text("Months from the start of the work until the technology is operational."),
    "integer",
    unit=text("months"),
)
TECHNOLOGIES = Quantity(
    "technologies", text("Number of technologies"), text("How many technologies there are."), "integer"
)
SECTOR_NAME = Quantity("sector_name", text("Name of the sector"), text("Name of the sector."))
REQUIRES = Quantity("requires", text("Needs"), text("Id of the technology that is needed first."), "code")


@dataclass(frozen=True)
class Sector:
    """A sector of the study; ``cross`` marks the group that serves several sectors."""

    code: Annotated[
        str,
        Field(
            "Mã ngành", "Code", ("duy nhất trong nghiên cứu", "once in the study"), kind="id", example="AGR"
        ),
    ]
    label: Annotated[
        Label,
        Field("Tên ngành", "Name", required=False, like="code", example="{vi: Nông nghiệp, en: Agriculture}"),
    ]
    folder: Annotated[
        str,
        Field(
            "Thư mục",
            "Folder",
            (
                "thư mục chứa technologies.csv và scores.csv của ngành",
                "folder with technologies.csv and scores.csv of the sector",
            ),
            required=True,
            example="agriculture",
        ),
    ] = ""
    cross: Annotated[
        bool,
        Field(
            "Dùng chung liên ngành",
            "Cross-sector",
            (
                "true: nhóm dùng chung, không phải ngành của kế hoạch",
                "true: a group that several sectors share, no sector of the plan",
            ),
        ),
    ] = False
    lead: Annotated[str, Field("Cơ quan đầu mối", "Lead agency")] = ""


@dataclass(frozen=True)
class Catalog:
    """Technologies, scores, dependencies and sources.

    Parameters
    ----------
    criteria : CriteriaTree
    sectors : tuple of Sector
    technologies : DataFrame
        Index ``id``; the columns of ``technologies.csv`` and ``sector`` (its code), in file order.
    scores : DataFrame
        Columns ``technology, criterion, value, low, high, evidence, source, note``; one row a statement.
    dependencies : DataFrame
        Columns ``technology, requires, kind, timing, lag_months, share, one_of, confidence, reason``;
        empty ``share``/``confidence`` are NaN, empty ``one_of`` is "".
    sources : DataFrame
        Index ``id``.
    missing : {"error", "full_range"}
        What a missing score is: a fault, or unknown between worst and best.
    cycles : {"error", "bundle"}
        What technologies that need each other are: a fault, or a bundle that starts together.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> catalog = study.catalog
    >>> catalog.technologies_of("ENE")[:3]
    ('ENE01', 'ENE02', 'ENE03')
    >>> catalog.label("ENE06").en
    'Rooftop solar for self-use'
    >>> catalog.decision_matrix("ENE").shape
    (14, 14)
    """

    criteria: CriteriaTree
    sectors: tuple[Sector, ...]
    technologies: pd.DataFrame
    scores: pd.DataFrame
    dependencies: pd.DataFrame
    sources: pd.DataFrame = field(default_factory=pd.DataFrame)
    missing: MissingPolicy = "error"
    cycles: CyclePolicy = "error"

    def sector(self, code: str) -> Sector:
        """Return a sector by its code."""
        for sector in self.sectors:
            if sector.code == code:
                return sector
        codes = [sector.code for sector in self.sectors]
        hint = did_you_mean(code, codes)
        raise InputError(
            f"unknown sector {code!r}; known: {', '.join(codes)}" + (f"; {hint}" if hint else "")
        )

    def technologies_of(self, code: str) -> tuple[str, ...]:
        """Return the technologies of a sector in the order of the file."""
        self.sector(code)
        return tuple(self.technologies.index[self.technologies["sector"] == code])

    def label(self, technology: str) -> Label:
        """Return the name of a technology in both languages; its id where it has no name."""
        row = self.technologies.loc[technology]
        return Label(*(str(row.get(f"name_{language}", technology)) for language in ("vi", "en")))

    def decision_matrix(self, sector: str | None = None) -> DecisionMatrix:
        """Build the matrix of one sector, or of all technologies.

        Parameters
        ----------
        sector : str, optional
            Code of the sector; without it all technologies stand in one matrix.

        Returns
        -------
        DecisionMatrix
            Criteria are the leaves of the tree, in its order; low and high from the scores.

        Raises
        ------
        InputError
            A missing score while ``missing`` is ``"error"``, or an unknown sector.
        """
        rows = list(self.technologies.index if sector is None else self.technologies_of(sector))
        leaves = self.criteria.leaves
        parts = {which: self._columns(rows, leaves, which) for which in ("value", "low", "high")}
        return DecisionMatrix(
            values=parts["value"],
            directions={leaf.id: str(leaf.direction) for leaf in leaves},
            units={leaf.id: leaf.unit for leaf in leaves},
            scales={leaf.id: leaf.scale for leaf in leaves if leaf.scale},
            low=parts["low"],
            high=parts["high"],
            labels={**{leaf.id: leaf.label for leaf in leaves}, **{row: self.label(row) for row in rows}},
            name=sector or "",
        )

    def _columns(self, rows: Sequence[str], leaves: Sequence[Criterion], which: str) -> pd.DataFrame:
        wide = self.scores.pivot(index="technology", columns="criterion", values=which)
        columns = {leaf.id: self._column(rows, leaf, which, wide) for leaf in leaves}
        return pd.DataFrame(columns, index=pd.Index(rows, name="technology"), dtype=float)

    def _column(self, rows: Sequence[str], leaf: Criterion, which: str, wide: pd.DataFrame) -> pd.Series:
        if leaf.field and leaf.field in self.technologies:
            spread = {"value": leaf.field, "low": leaf.field_low, "high": leaf.field_high}[which]
            column = self.technologies.loc[list(rows), spread or leaf.field].astype(float)
        else:
            column = wide.reindex(index=rows).get(leaf.id, pd.Series(float("nan"), index=rows))
        gaps = column.index[column.isna()]
        if len(gaps) and (self.missing != "full_range" or leaf.scale is None):
            raise InputError(f"no score of {gaps[0]} on {leaf.id}; give one, or set `missing: full_range`")
        return column.fillna(_unknown(leaf)[which]) if len(gaps) else column


def _unknown(leaf: Criterion) -> Mapping[str, float]:
    """Stand for an unknown score: the whole declared scale, its middle as value."""
    scale = leaf.scale
    if scale is None:
        raise InputError(f"criterion {leaf.id}: a missing score needs a declared scale")
    if scale.transform == "log10":
        middle = (scale.lowest * scale.highest) ** 0.5
    else:
        middle = (scale.lowest + scale.highest) / 2
    return {"value": middle, "low": scale.lowest, "high": scale.highest}
