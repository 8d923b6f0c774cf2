"""A study: the catalogue, the panel, the limits, and how they are to be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from techprio.display.quantities import Quantity, Table, Words
from techprio.display.results import Result
from techprio.language import NO_LABEL, Label, Language, text
from techprio.model.catalog import Catalog
from techprio.model.checks import (
    Checks,
    as_written,
    check_choice,
    check_flag,
    check_label,
    check_type,
    is_name,
    set_field,
)
from techprio.model.criteria import CriteriaTree
from techprio.model.gates import Gate, gates_of
from techprio.model.instrument import Instrument
from techprio.model.judgments import Judgments
from techprio.model.plan_inputs import check_plan_inputs
from techprio.model.reference import ReferenceProfile, profile_problems
from techprio.model.report_material import ReportMaterial
from techprio.model.resources import Resources
from techprio.model.settings import (
    FROM_PANEL,
    RankingSettings,
    RobustnessSettings,
    RoleSettings,
    ValueSettings,
    WeightSettings,
    check_given_weights,
    settings_of,
    top_within,
    weights_of,
)
from techprio.model.weights import Weights

STUDY = Quantity("study", text("Study"), text("Id of the study, which names its folder."), "code")
STUDY_TITLE = Quantity("study_title", text("Title of the study"), text("Title of the study."))

__all__ = [
    "Gate",
    "RankingSettings",
    "ReferenceProfile",
    "RobustnessSettings",
    "RoleSettings",
    "Study",
    "ValueSettings",
    "WeightSettings",
]


@dataclass(frozen=True)
class Study(Result):
    """Everything that a run needs, already checked.

    Parameters
    ----------
    catalog : Catalog
    weights : Judgments, Weights, mapping or settings
        A panel, or the weight of each criterion without children; or, beside ``judgments``, how
        they become weights.
    judgments : Judgments, optional
        None when the study gives its weights as numbers.
    resources : Resources, optional
        None when nothing is to be phased. A single fund pays for all technologies that name none.
    ranking, robustness, value, roles : settings, or mapping of their options
        The options of the ranking method may stand beside its name. Without a panel the simulation
        draws each weight within 25 % of its value.
    gates : Gate or sequence of Gate
    reference : ReferenceProfile, optional
        Acceptable values on the criteria; needed where priority is to reach it.
    survey : DataFrame, optional
        Points of firms, one row a firm and year.
    instrument : Instrument, optional
        With which the firms were surveyed.
    status : DataFrame, optional
        What became of the technologies, one row a technology and year.
    role_overrides : mapping of str to (role, reason)
        Human decisions beside the rule.
    material : ReportMaterial
        What only people can write for the report.
    illustrative : bool
    id : str
    title : Label or str
        Empty: the id.
    inputs : mapping of str to str
        SHA-256 of each file that was read, by its name in the study.
    files : mapping of str to bytes
        The files themselves, so that a result can carry its inputs.
    locale : {"", "vi", "en"}
        How those files write numbers, where whoever read them said it.

    Raises
    ------
    InputError
        With every problem at once: arguments of a wrong kind, neither judgments nor weights, names
        that catalogue or criteria do not have, costs or shares that the resources need.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> study.title.en
    "Technology innovation roadmap of Lai Chau's key sectors to 2035"
    >>> len(study.catalog.technologies), len(study.criteria.leaves), len(study.judgments.experts)
    (90, 14, 12)
    >>> study.ranking.method, study.ranking.top, study.illustrative
    ('topsis', 4, True)
    """

    catalog: Catalog
    _: KW_ONLY
    weights: WeightSettings = field(default_factory=WeightSettings)
    judgments: Judgments | None = None
    resources: Resources | None = None
    ranking: RankingSettings = field(default_factory=RankingSettings)
    robustness: RobustnessSettings = field(default_factory=RobustnessSettings)
    value: ValueSettings = field(default_factory=ValueSettings)
    roles: RoleSettings = field(default_factory=RoleSettings)
    gates: tuple[Gate, ...] = ()
    reference: ReferenceProfile | None = None
    survey: pd.DataFrame | None = None
    instrument: Instrument | None = None
    status: pd.DataFrame | None = None
    role_overrides: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    material: ReportMaterial = field(default_factory=ReportMaterial)
    illustrative: bool = False
    id: str = "study"
    title: Label = NO_LABEL
    inputs: Mapping[str, str] = field(default_factory=dict, compare=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)
    locale: str = field(default="", repr=False, compare=False)

    if TYPE_CHECKING:

        def __init__(
            self,
            catalog: Catalog,
            *,
            weights: Judgments | Weights | Mapping[str, Any] | pd.Series | WeightSettings = ...,
            judgments: Judgments | None = ...,
            resources: Resources | None = ...,
            ranking: RankingSettings | Mapping[str, Any] | None = ...,
            robustness: RobustnessSettings | Mapping[str, Any] | None = ...,
            value: ValueSettings | Mapping[str, Any] | None = ...,
            roles: RoleSettings | Mapping[str, Any] | None = ...,
            gates: Gate | Sequence[Gate] = ...,
            reference: ReferenceProfile | None = ...,
            survey: pd.DataFrame | None = ...,
            instrument: Instrument | None = ...,
            status: pd.DataFrame | None = ...,
            role_overrides: Mapping[str, tuple[str, str]] = ...,
            material: ReportMaterial = ...,
            illustrative: bool = ...,
            id: str = ...,
            title: Label | str = ...,
            inputs: Mapping[str, str] = ...,
            files: Mapping[str, bytes] = ...,
            locale: str = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Bring the arguments into their form, and check everything at once."""
        checks = Checks(text("the study cannot be used"))
        if not is_name(self.id):
            checks.add("id", as_written(self.id), text("a name"))
        set_field(self, "title", check_label(checks, "title", self.title, self.id))
        check_flag(checks, "illustrative", self.illustrative)
        check_choice(checks, "locale", self.locale, ("", "vi", "en"))
        judgments, weights = weights_of(checks, self.weights, self.judgments)
        set_field(self, "judgments", judgments)
        set_field(self, "weights", weights)
        for name, kind in _SETTINGS.items():
            set_field(self, name, settings_of(checks, name, kind, getattr(self, name)))
        drawn = self.robustness
        if judgments is None and isinstance(drawn, RobustnessSettings) and drawn.weights in FROM_PANEL:
            set_field(self, "robustness", replace(drawn, weights="around"))
        set_field(self, "gates", gates_of(checks, self.gates))
        for name, part in _PARTS.items():
            check_type(
                checks, name, getattr(self, name), part, optional=name not in ("material", "role_overrides")
            )
        if check_type(checks, "catalog", self.catalog, Catalog) and not checks.problems:
            self._check_references(checks)
        checks.check()

    def _check_references(self, checks: Checks) -> None:
        """Note names that the parts of the study do not share."""
        leaves = tuple(leaf.id for leaf in self.criteria.leaves)
        technologies = self.catalog.technologies
        if self.judgments is None:
            check_given_weights(checks, self.weights.given, leaves)
        elif set(self.judgments.leaves) != set(leaves):
            found = text("judgments of {names}", names=self.judgments.leaves)
            checks.add("judgments", found, text("the criteria of the catalogue: {names}", names=leaves))
        named: list[tuple[str, Sequence[str], Sequence[str]]] = [
            ("gates", [gate.criterion for gate in self.gates], leaves),
            ("value, leave_out", self.value.leave_out, list(self.criteria.by_id)),
            ("value, source", [self.value.source], ["score", *self.criteria.by_id, *technologies.columns]),
            ("role_overrides", list(self.role_overrides), list(technologies.index)),
        ]
        for place, names, known in named:
            for name in names:
                if name not in known:
                    checks.unknown(place, name, known)
        self._check_profile(checks, leaves)
        sizes = [len(self.catalog.technologies_of(sector.code)) for sector in self.catalog.sectors]
        allowed_top = top_within(self.ranking.top, sizes) if self.ranking.priority == "top" else None
        if allowed_top is not None:
            checks.add("ranking, top", f"{self.ranking.top}", allowed_top)
        if self.survey is not None and self.instrument is None:
            allowed = text("the instrument with which the firms were surveyed")
            checks.add("instrument", text("nothing"), allowed)
        if self.resources is not None:
            set_field(self, "catalog", self.catalog.paid_by(self.resources))
            check_plan_inputs(checks, self.catalog, self.resources)

    def _check_profile(self, checks: Checks, leaves: tuple[str, ...]) -> None:
        """Note a rule of priority without its profile, and a profile that does not fit the criteria."""
        if self.reference is None:
            if self.ranking.priority != "top":
                allowed = text(
                    "a reference profile, which priority: {rule} needs", rule=self.ranking.priority
                )
                checks.add("reference", text("nothing"), allowed)
            return
        scales = {leaf.id: leaf.scale for leaf in self.criteria.leaves}
        for key, name, found, allowed in profile_problems(self.reference, leaves, scales):
            place = f"reference, {key}, {name}" if name and allowed else f"reference, {key}"
            if allowed is None:
                checks.unknown(place, name, leaves)
            else:
                checks.add(place, found, allowed)

    @property
    def criteria(self) -> CriteriaTree:
        """The criteria tree."""
        return self.catalog.criteria

    def tables(self) -> dict[str, Table]:
        """Return ``sectors`` and ``criteria``."""
        return self.catalog.tables() | self.criteria.tables()

    def _summary(self) -> str:
        experts = 0 if self.judgments is None else len(self.judgments.experts)
        counts = f"{len(self.catalog.technologies)} technologies, {len(self.catalog.sectors)} sectors"
        return f"{self.id!r}: {counts}, {len(self.criteria.leaves)} criteria, {experts} experts"

    def _title(self) -> Words:
        return self.title

    def _facts(self) -> list[Words]:
        counts = text(
            "{dependencies} dependencies, {sources} sources, {experts} experts",
            dependencies=len(self.catalog.dependencies),
            sources=len(self.catalog.sources),
            experts=0 if self.judgments is None else len(self.judgments.experts),
        )
        remark = [text("Illustrative: no figure may be quoted.")] if self.illustrative else []
        return [*remark, counts]

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """Return the tables of the study: those of which it can be built again.

        Returns
        -------
        dict of str to DataFrame
            ``technologies, scores, dependencies, sources, criteria``, and where the study has them
            ``judgments`` or ``weights``, ``budgets``, ``survey``, ``status``.

        Examples
        --------
        >>> import techprio as tp
        >>> frames = tp.example("lai-chau").to_frames()
        >>> list(frames)[:5], frames["criteria"].loc[0, ["criterion", "parent"]].tolist()
        (['technologies', 'scores', 'dependencies', 'sources', 'criteria'], ['F', 'root'])
        """
        catalog = self.catalog
        frames = {
            "technologies": catalog.technologies,
            "scores": catalog.scores,
            "dependencies": catalog.dependencies,
            "sources": catalog.sources,
            "criteria": self.criteria.to_frame(),
        }
        if self.judgments is not None:
            frames["judgments"] = self.judgments.weighted_statements
        else:
            given = pd.Series(dict(self.weights.given), name="weight", dtype=float)
            frames["weights"] = given.rename_axis("criterion").reset_index()
        if self.resources is not None:
            amounts = {fund.id: pd.Series(fund.per_year, dtype=float) for fund in self.resources.funds}
            frames["budgets"] = pd.DataFrame(amounts).rename_axis("year")
        further = {"survey": self.survey, "status": self.status}
        frames |= {name: frame for name, frame in further.items() if frame is not None}
        return {name: frame.copy() for name, frame in frames.items()}

    def save(self, path: str | Path, *, language: Language | None = None) -> Path:
        """Write the study as a folder, or as a workbook, that :func:`techprio.read_study` takes.

        Parameters
        ----------
        path : str or Path
            A workbook when its name ends in ``.xlsx``, otherwise a folder; new or empty.
        language : {"vi", "en"}, optional
            Of comments, sheets and headings.

        Raises
        ------
        InputError
            The target is there already.

        Examples
        --------
        >>> import tempfile, techprio as tp
        >>> study = tp.example("lai-chau")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     tp.read_study(study.save(f"{folder}/study")) == study
        True
        """
        # The writers of files stand above the nouns, which name them only when they are asked to write.
        save_study = import_module("techprio.templates.study_files").save_study
        return Path(save_study(self, path, language=language))


_SETTINGS = {
    "ranking": RankingSettings,
    "robustness": RobustnessSettings,
    "value": ValueSettings,
    "roles": RoleSettings,
}
_PARTS: dict[str, type] = {
    "judgments": Judgments,
    "resources": Resources,
    "reference": ReferenceProfile,
    "instrument": Instrument,
    "survey": pd.DataFrame,
    "status": pd.DataFrame,
    "material": ReportMaterial,
    "role_overrides": Mapping,
}
