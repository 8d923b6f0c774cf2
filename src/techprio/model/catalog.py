"""Candidate technologies of all sectors with their scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError, did_you_mean
from techprio.language import Label, text
from techprio.model.catalog_tables import (
    check_complete,
    dependency_table,
    long_scores,
    score_table,
    source_table,
    technology_table,
)
from techprio.model.checks import (
    Checks,
    as_mapping,
    check_choice,
    check_type,
    set_field,
)
from techprio.model.criteria import NO_CRITERIA, CriteriaTree, Criterion
from techprio.model.direction import DirectionLike, check_direction
from techprio.model.matrix import DecisionMatrix
from techprio.model.resources import Resources
from techprio.model.sectors import Sector, checked_sectors, named_sectors

__all__ = ["Catalog", "Sector"]

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
SECTOR_NAME = Quantity(
    "sector_name", text("Name of the sector"), text("Name of the sector."), short=text("Sector")
)
REQUIRES = Quantity("requires", text("Needs"), text("Id of the technology that is needed first."), "code")
PREREQUISITE = Quantity(
    "prerequisite", text("Prerequisite"), text("Name of the technology that is needed first.")
)
NAME_VI = Quantity("name_vi", text("Technology (Vietnamese)"), text("Vietnamese name of the technology."))
NAME_EN = Quantity("name_en", text("Technology (English)"), text("English name of the technology."))
ACTION = Quantity(
    "action", text("Action"), text("Whether a technology is renewed, replaced, transferred in or new.")
)
PARTNERS = Quantity("partners", text("Partners"), text("Agencies that take part."))
EVIDENCE_SHARE = Quantity(
    "evidence",
    text("Evidence A-C"),
    text("Share of the weight that rests on evidence of the grades A to C."),
    "share",
)


@dataclass(frozen=True)
class Catalog(Result):
    """Technologies, scores, dependencies and sources.

    What a table leaves out gets its default here, so that every column is there afterwards.

    Parameters
    ----------
    criteria : CriteriaTree, optional
        None where nothing is scored.
    sectors : sequence of Sector
        Empty: those of the technologies, in the order in which they come.
    technologies : DataFrame
        Index ``id``; the columns of ``technologies.csv`` and ``sector`` (its code), in file order. All of
        them may be left out: ``name_vi`` is then the id, ``sector`` is ``all``, ``function``
        ``production_or_application``, ``status`` ``none``, ``staff`` and
        ``trl_local`` 0 (not stated), ``capex_low, capex_high, lead_low, lead_high`` the value between
        them; texts are empty. ``capex_mode`` and ``lead_mode`` have no default. ``cost, months, name,
        trl`` are taken as short names.
    scores : DataFrame, optional
        Columns ``technology, criterion, value``, and ``low, high`` (the value), ``evidence`` (D, the
        estimate of one), ``source``, and ``note`` or ``note_vi, note_en``; one row a statement.
    dependencies : DataFrame, optional
        Columns ``technology, requires``, and ``kind`` (hard), ``timing`` (FS), ``lag_months`` (0),
        ``share`` and ``confidence`` (NaN), ``one_of``, and ``reason`` or ``reason_vi, reason_en``.
    sources : DataFrame, optional
        Index ``id``; columns ``citation`` or ``citation_vi, citation_en``, and ``url, year, kind``.
    missing : {"error", "full_range"}
        What a missing score is: a problem, or unknown between worst and best.
    cycles : {"error", "bundle"}
        What technologies that need each other are: a problem, or a bundle that starts together.

    Raises
    ------
    InputError
        With every problem of every table at once: names that are not known or are given twice, cells
        of a wrong kind or off their scale, a score that is missing.

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
    scores: pd.DataFrame = field(default_factory=pd.DataFrame)
    dependencies: pd.DataFrame = field(default_factory=pd.DataFrame)
    sources: pd.DataFrame = field(default_factory=pd.DataFrame)
    missing: MissingPolicy = "error"
    cycles: CyclePolicy = "error"

    if TYPE_CHECKING:

        def __init__(
            self,
            criteria: CriteriaTree | None,
            sectors: Sequence[Sector],
            technologies: pd.DataFrame,
            scores: pd.DataFrame | None = ...,
            dependencies: pd.DataFrame | None = ...,
            sources: pd.DataFrame | None = ...,
            missing: MissingPolicy = ...,
            cycles: CyclePolicy = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Fill what is left out and check everything at once."""
        checks = Checks(text("the catalogue cannot be used"))
        if self.criteria is None or not check_type(checks, "criteria", self.criteria, CriteriaTree):
            set_field(self, "criteria", NO_CRITERIA)
        check_choice(checks, "missing", self.missing, MissingPolicy)
        check_choice(checks, "cycles", self.cycles, CyclePolicy)
        technologies = technology_table(checks, self.technologies)
        ids = list(technologies.index)
        set_field(self, "technologies", technologies)
        set_field(self, "sectors", checked_sectors(checks, self.sectors, technologies["sector"]))
        set_field(self, "scores", score_table(checks, self.scores, ids, self.criteria))
        set_field(self, "dependencies", dependency_table(checks, self.dependencies, ids))
        set_field(self, "sources", source_table(checks, self.sources))
        check_complete(checks, self.scores, technologies, self.criteria, self.missing)
        checks.check()

    @classmethod
    def from_frame(
        cls,
        technologies: pd.DataFrame,
        scores: pd.DataFrame | None = None,
        criteria: CriteriaTree | Mapping[str, DirectionLike] | None = None,
        dependencies: pd.DataFrame | None = None,
        *,
        low: pd.DataFrame | None = None,
        high: pd.DataFrame | None = None,
        sectors: Mapping[str, Label | str] | None = None,
        cross: Sequence[str] = (),
        missing: MissingPolicy = "error",
        cycles: CyclePolicy = "error",
        sources: pd.DataFrame | None = None,
    ) -> Catalog:
        """Build a catalogue from tables.

        Parameters
        ----------
        technologies : DataFrame
            Index ``id``; ``sector``; ``name`` (or ``name_vi, name_en``), ``cost``, ``months``, ``staff``,
            ``function``, ``fund_<id>``; the columns of ``technologies.csv`` are taken too.
        scores : DataFrame, optional
            Wide, technologies by criteria, or long: ``technology, criterion, value``, and ``low, high``.
        criteria : CriteriaTree, or mapping of criterion to direction, optional
            Needed with scores.
        dependencies : DataFrame, optional
            ``technology, requires``; what else there is has a default.
        low, high : DataFrame, optional
            Spread of wide scores, of the same shape.
        sectors : mapping of code to name, optional
            Their order and names; without it the codes of the technologies.
        cross : sequence of str
            Codes of groups that serve several sectors.
        missing, cycles, sources
            As of :class:`Catalog`.

        Raises
        ------
        InputError
            With every problem at once.

        Examples
        --------
        >>> import pandas as pd
        >>> technologies = pd.DataFrame({"sector": ["AGR", "ENE"], "cost": [2.0, 5.0]}, index=["T1", "T2"])
        >>> scores = pd.DataFrame({"jobs": [3, 4]}, index=["T1", "T2"])
        >>> catalog = Catalog.from_frame(technologies, scores, {"jobs": "max"})
        >>> catalog.decision_matrix("ENE").values.to_dict()
        {'jobs': {'T2': 4.0}}
        >>> catalog.technologies.loc["T1", ["name_vi", "status", "function"]].tolist()
        ['T1', 'none', 'production_or_application']
        """
        checks = Checks(text("the catalogue cannot be used"))
        tree = _tree(checks, criteria)
        if scores is not None and criteria is None:
            checks.add("criteria", text("nothing"), text("a CriteriaTree, or a direction for each criterion"))
        long = long_scores(checks, scores, low, high)
        named = named_sectors(checks, sectors, cross, technologies)
        checks.check()
        return cls(tree, named, technologies, long, dependencies, sources, missing, cycles)

    def paid_by(self, resources: Resources) -> Catalog:
        """Return the catalogue with its costs on the only fund, where it names no source of money."""
        column = f"fund_{resources.funds[0].id}" if len(resources.funds) == 1 else ""
        shares = [name for name in self.technologies if str(name).startswith("fund_")]
        if not column or (shares and bool(self.technologies[shares].to_numpy(dtype=float).any())):
            return self
        return replace(self, technologies=self.technologies.assign(**{column: 1.0}))

    def tables(self) -> dict[str, Table]:
        """Return ``sectors``, with how many technologies each has."""
        rows = [(one.code, one.label, len(self.technologies_of(one.code))) for one in self.sectors]
        columns = [SECTOR, SECTOR_NAME, Column(TECHNOLOGIES, bar=True)]
        return tables_of(Table.of("sectors", text("Sectors"), columns, rows))

    def _summary(self) -> str:
        counts = f"{len(self.technologies)} technologies, {len(self.sectors)} sectors"
        return f"{counts}, {len(self.scores)} scores, {len(self.dependencies)} dependencies"

    def _title(self) -> Words:
        count = len(self.technologies)
        return text("{count} technologies in {sectors} sectors", count=count, sectors=len(self.sectors))

    def sector(self, code: str) -> Sector:
        """Return a sector by its code."""
        for sector in self.sectors:
            if sector.code == code:
                return sector
        codes = [sector.code for sector in self.sectors]
        fault = text("unknown sector {code!r}; known: {names}", code=code, names=", ".join(codes))
        hint = did_you_mean(str(code), codes)
        raise InputError(text("{fault}; {hint}", fault=fault, hint=hint) if hint else fault)

    def technologies_of(self, code: str) -> tuple[str, ...]:
        """Return the technologies of a sector in the order of the file."""
        self.sector(code)
        return tuple(self.technologies.index[self.technologies["sector"] == code])

    def label(self, technology: str) -> Label:
        """Return the name of a technology in both languages."""
        found = self._named.get(technology)
        if found is None:
            names = [str(name) for name in self.technologies.index]
            hint = did_you_mean(str(technology), names)
            fault = text("unknown technology {name!r}", name=technology)
            raise InputError(text("{fault}; {hint}", fault=fault, hint=hint) if hint else fault)
        return found

    @cached_property
    def _named(self) -> dict[str, Label]:
        """The names of all technologies, taken from the table at once."""
        names = self.technologies[["name_vi", "name_en"]].itertuples(name=None)
        return {name: Label(str(vi), str(en)) for name, vi, en in names}

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
            directions={leaf.id: leaf.direction for leaf in leaves if leaf.direction},
            units={leaf.id: leaf.unit for leaf in leaves},
            scales={leaf.id: leaf.scale for leaf in leaves if leaf.scale},
            low=parts["low"],
            high=parts["high"],
            labels={one.id: one.label for one in (*self.criteria.heads, *leaves)}
            | {str(name): self._named[name] for name in rows},
            name=sector or "",
            heads={leaf.id: self.criteria.head_of(leaf.id) for leaf in leaves},
        )

    @cached_property
    def _by_kind(self) -> dict[str, pd.DataFrame]:
        """A row a technology, a column a criterion, by kind of value: made once for all sectors."""
        rows, parts = self.technologies.index, ("value", "low", "high")
        wide = self.scores.pivot(index="technology", columns="criterion", values=list(parts)).reindex(rows)
        found = {}
        for which in parts:
            columns = {
                leaf.id: self._column(leaf, which, wide).to_numpy(dtype=float)
                for leaf in self.criteria.leaves
            }
            found[which] = pd.DataFrame(columns, index=pd.Index(list(rows), name="technology"), dtype=float)
        return found

    def _column(self, leaf: Criterion, which: str, wide: pd.DataFrame) -> pd.Series:
        if leaf.field and leaf.field in self.technologies:
            spread = {"value": leaf.field, "low": leaf.field_low, "high": leaf.field_high}[which]
            return self.technologies[spread or leaf.field]
        return wide.get((which, leaf.id), pd.Series(float("nan"), index=wide.index))

    def _columns(self, rows: Sequence[str], leaves: Sequence[Criterion], which: str) -> pd.DataFrame:
        columns = self._by_kind[which].loc[rows]
        gaps = columns.isna()
        for leaf in leaves if gaps.to_numpy().any() else ():
            missing = columns.index[gaps[leaf.id]]
            if not len(missing):
                continue
            if self.missing != "full_range" or leaf.scale is None:
                fault = text(
                    "no score of {technology} on {criterion}; give one, or set `missing: full_range`",
                    technology=missing[0], criterion=leaf.id,
                )  # fmt: skip
                raise InputError(fault)
            columns[leaf.id] = columns[leaf.id].fillna(_unknown(leaf)[which])
        return columns


def _unknown(leaf: Criterion) -> Mapping[str, float]:
    """Stand for an unknown score: the whole declared scale, its middle as value."""
    scale = leaf.scale
    if scale is None:
        raise InputError(text("criterion {name}: a missing score needs a declared scale", name=leaf.id))
    if scale.transform == "log10":
        middle = (scale.lowest * scale.highest) ** 0.5
    else:
        middle = (scale.lowest + scale.highest) / 2
    return {"value": middle, "low": scale.lowest, "high": scale.highest}


def _tree(checks: Checks, criteria: object) -> CriteriaTree | None:
    directions = as_mapping(criteria)
    if directions is None:
        if criteria is not None:
            check_type(checks, "criteria", criteria, CriteriaTree)
        return criteria if isinstance(criteria, CriteriaTree) else None
    heads = []
    for name, direction in directions.items():
        way = check_direction(checks, text("criterion {name}", name=repr(name)), direction)
        heads.append(Criterion(str(name), direction=way))
    return CriteriaTree("", "goal", heads)
