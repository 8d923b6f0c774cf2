"""The result of a run with its writers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pandas as pd

from techprio.display.quantities import Column, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Language, Text, check_language, resolve_language, text
from techprio.model.acceptability import CLASS_WORDS, PRIORITY_CLASS
from techprio.model.assessment import Assessment
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.checks import unknown_name
from techprio.model.critical_chain import CriticalChain
from techprio.model.dissent import Dissent
from techprio.model.plan import OPERATIONAL
from techprio.model.plan_certainty import DateCertainty
from techprio.model.plan_influence import PlanInfluence
from techprio.model.ranking import RANK, SCORE
from techprio.model.resources import PHASE
from techprio.model.roles import CERTAINTY, ROLE, ROLE_WORDS
from techprio.model.run import RunData
from techprio.model.value_of_information import ValueOfInformation
from techprio.robustness.certainty_of_places import run_classes
from techprio.study.advice import advise as find_advice
from techprio.study.late_stages import (
    LateStage,
    advice_of_run,
    assessment_of,
    chain_of,
    dates_of,
    dissent_of,
    influence_of,
    late_stage,
    revisions_of,
    stability_of,
)


@dataclass(frozen=True)
class StudyResult(RunData, Result):
    """All stages of a run; see :class:`techprio.model.run.RunData` for the fields.

    Weights, rankings, draws, roles and plan are there from the beginning; dates, influence, chain, stability,
    assessment, advice, dissent and revisions are found when they are first read, or by :meth:`complete`.
    The writers call down to the reporting room, which knows only the nouns.

    Attributes
    ----------
    study : Study
    weights : Weights
    rankings : dict of str to Ranking
        By sector code, in the order of the study.
    acceptability : dict of str to RankAcceptability
        By sector code.
    values : Series
        Value of each technology for roles and phasing.
    roles : Roles
    plan : Plan, optional
        None when the study has no resources.
    provenance : Provenance
    notes : tuple of Text
    revisions : DataFrame, optional
        Judgments to look at again; None without a panel.
    dates : DateCertainty, optional
        None without a plan.
    certainty : ReplacementCosts, optional
        Where it was asked for.
    influence : PlanInfluence, optional
        Where the plan goes by ranks.
    scenarios : ScenarioComparison, optional
        Where they were asked for.
    chain : CriticalChain, optional
        None when the study has no resources.
    stability : DataFrame, optional
        How far each weight may move before the leader, or the first k, of a sector change.
    assessment : Assessment, optional
        None without a survey.
    advice : ValueOfInformation, optional
        Which figures to check first.
    dissent : Dissent, optional
        The opinions in the panel; None without one.
    options : mapping
        What the run was asked for.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> result = tp.run(study, draws=100)
    >>> result.rankings["AGR"].to_frame()["alternative"].head(4).tolist()
    ['AGR01', 'AGR07', 'AGR11', 'AGR15']
    >>> result.roles.of("platform")[:2]
    ('CRS01', 'CRS02')
    >>> round(result.plan.gap, 3) <= 0.005
    True
    >>> result.to_frame().columns[:3].tolist()
    ['technology', 'sector', 'rank']
    """

    assessment: Assessment | None = late_stage(assessment_of, text("levels of the survey"))
    stability: Any = late_stage(stability_of, text("how far each weight may move"))
    revisions: Any = late_stage(revisions_of, text("judgments to look at again"))
    dissent: Dissent | None = late_stage(dissent_of, text("opinions in the panel"))
    chain: CriticalChain | None = late_stage(chain_of, text("earliest times"))
    dates: DateCertainty | None = late_stage(dates_of, text("dates under drawn lead times and costs"))
    influence: PlanInfluence | None = late_stage(influence_of, text("the plan with other ranks"))
    # Names the files from which the study was read: no content of its own, so it is not compared.
    advice: ValueOfInformation | None = field(
        default=late_stage(advice_of_run, text("what to check first")), compare=False
    )

    def complete(self, progress: Callable[[Text], None] | None = None) -> Self:
        """Find now what is found when it is first read, and return the run.

        Parameters
        ----------
        progress : callable, optional
            Called with the name of each stage as it begins.
        """
        for name, stage in vars(StudyResult).items():
            if isinstance(stage, LateStage):
                if progress is not None:
                    progress(stage.stage)
                getattr(self, name)
        return self

    def to_frame(self, language: Language | None = None) -> pd.DataFrame:
        """Return the priority list, one row a technology: ``technology, sector, rank`` and the rest.

        Parameters
        ----------
        language : {"vi", "en"}, optional
            Of the reasons.
        """
        from techprio.reporting.lists import priority_frame

        frame = priority_frame(self, language).rename(columns={"id": "technology"})
        return frame[["technology", *(name for name in frame.columns if name != "technology")]]

    def to_excel(self, path: str | Path, *, language: Language | None = None) -> Path:
        """Write the workbook for leaders and finance; see also :func:`techprio.reporting.to_analysis`."""
        from techprio.reporting.files import to_workbook

        return to_workbook(self, path, language=language)

    def plot_roadmap(
        self,
        ax: Any = None,
        *,
        sector: str | None = None,
        prerequisites: bool = False,
        language: Language | None = None,
    ) -> Any:
        """Draw the roadmap of the plan with names and roles: of all sectors with the budgets, or of one.

        A picture has 35 rows at most: more are drawn in several, on one time axis, the budgets on the last.

        Parameters
        ----------
        ax : Axes, optional
            On Axes of your own all rows are drawn.
        sector : str, optional
        prerequisites : bool
            Whether lines lead from each prerequisite to what needs it.
        language : {"vi", "en"}, optional

        Returns
        -------
        Axes or list of Axes
            A list where there are several pictures.

        Raises
        ------
        InputError
            The study has no resources, so there is no plan; an unknown sector, or one without any placement.
        """
        if self.plan is None:
            raise InputError(text("the study states no resources, so there is no plan to draw"))
        from techprio.charts.roadmap_panels import first_year, roadmap_in_panels
        from techprio.reporting.figures import roadmap_rows

        rows = roadmap_rows(self, self.plan)
        if sector is not None and sector not in set(rows["sector"]):
            raise unknown_name(text("sector with a placement"), sector, dict.fromkeys(rows["sector"]))
        return roadmap_in_panels(
            rows if sector is None else rows[rows["sector"] == sector],
            ax,
            phases=self.plan.phase_years,
            since=first_year(rows, self.plan.phase_years),
            budget=self.plan.named_budget if sector is None else None,
            unplaced=self.plan.unplaced if sector is None else (),
            title=self.plan.title if sector is None else self.study.catalog.sector(sector).label,
            prerequisites=self.roles.edges if prerequisites else None,
            language=language,
        )

    def plot_dependencies(
        self, ax: Any = None, *, sector: str | None = None, language: Language | None = None
    ) -> Any:
        """Draw which technologies carry which sectors, or what needs what in one sector; see Roles.plot."""
        return self.roles.plot(ax, sector=sector, language=language)

    def advise(self, *, draws: int | None = None) -> ValueOfInformation:
        """Say which uncertain figures to check first, and what they would change.

        Parameters
        ----------
        draws : int, optional
            Instead of those of the study, of which at most 4,000 are taken.
        """
        if draws is None and self.advice is not None:
            return self.advice
        return find_advice(self.study, draws=draws)

    def to_word(self, path: str | Path, *, language: Language | None = None) -> Path:
        """Write the report as a Word document, in the order of the province's documents."""
        from techprio.reporting.files import to_document

        return to_document(self, path, language=language)

    def to_html(self, path: str | Path, *, language: Language | None = None) -> Path:
        """Write the report as one page for a browser, both languages in it, with the workshop."""
        from techprio.reporting.files import to_page

        return to_page(self, path, language=language)

    def save(
        self,
        folder: str | Path,
        *,
        languages: Sequence[Language] | None = None,
        outputs: Collection[str] | None = None,
        progress: Callable[[float, float], None] | None = None,
    ) -> list[Path]:
        """Write all that ``techprio run`` writes; an earlier result is replaced at the end.

        Parameters
        ----------
        folder : path
        languages : sequence of {"vi", "en"}, optional
            One file a language of each document; by default the language of the reader alone.
        outputs : collection of {"workbook", "charts", "papers", "page", "reference"}, optional
            What is written besides lists and record; all but the long report by default.
        progress : callable, optional
            Called as ``progress(steps done, steps in all)``.
        """
        from techprio.reporting.write import USUAL, write_results

        chosen = USUAL if outputs is None else outputs
        spoken = (resolve_language(),) if languages is None else tuple(map(check_language, languages))
        return write_results(self, Path(folder), languages=spoken, outputs=chosen, progress=progress)

    def tables(self) -> dict[str, Table]:
        """Return the table ``priorities``: the first of each sector."""
        frame = self.to_frame()
        frame = frame[frame["priority"] == "yes"]
        rows = [
            (row.sector, row.rank, row.technology, self.study.catalog.label(row.technology), row.score,
             row.p_top, CLASS_WORDS.get(row.priority_class, ""),
             ROLE_WORDS.get(row.role_final, row.role_final),
             row.certainty if row.role_final == row.role else None,
             row.phase, row.operational)
            for row in frame.itertuples(index=False)
        ]  # fmt: skip
        columns = [
            *(SECTOR, RANK, TECHNOLOGY, TECHNOLOGY_NAME),
            Column(SCORE, bar=True),
            Column(run_classes(self).chance, bar=True),
            *(PRIORITY_CLASS, ROLE, CERTAINTY, PHASE, OPERATIONAL),
        ]
        return tables_of(Table.of("priorities", text("Priority list"), columns, rows))

    def _summary(self) -> str:
        plan = "no plan" if self.plan is None else f"{len(self.plan.unplaced)} not placed"
        counts = f"{len(self.rankings)} sectors, {len(self.study.catalog.technologies)} technologies"
        return f"{self.study.id!r}: {counts}, {plan}, techprio {self.provenance.version}"

    def _title(self) -> Words:
        return self.study.title

    def _facts(self) -> list[Words]:
        top, count = self.study.ranking.top, len(self.study.catalog.technologies)
        first = text("the first {top} of each sector, of {count} technologies", top=top, count=count)
        if self.study.ranking.priority != "top":
            first = text("what reaches the reference profile, of {count} technologies", count=count)
        return [first, *([] if self.plan is None else [*self.plan.proofs(), self.plan.quality()])]
