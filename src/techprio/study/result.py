"""The result of a run with its writers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from techprio.dependencies.chain import transitive_reduction
from techprio.dependencies.graph import catalog_graph
from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.errors import InputError
from techprio.language import Label, Language, Text, text
from techprio.model.plan import Plan
from techprio.model.roles import ROLE_WORDS
from techprio.model.run import RunData


@dataclass(frozen=True)
class StudyResult(RunData, Showable):
    """All stages of a run; see :class:`techprio.model.run.RunData` for the fields.

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
    warnings : tuple of Text
    revisions : DataFrame, optional
        Judgments to look at again; None without a panel.
    robust : PlanRobustness, optional
        Where it was asked for.
    scenarios : ScenarioComparison, optional
        Where they were asked for.
    chain : CriticalChain, optional
        None when the study has no resources.
    stability : DataFrame, optional
        How far each weight may move before the leader, or the first k, of a sector change.
    assessment : Assessment, optional
        None without a survey.
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
    ['sector', 'rank', 'id']
    """

    def to_frame(self, language: Language | None = None) -> pd.DataFrame:
        """Return the priority list, one row per technology.

        Parameters
        ----------
        language : {"vi", "en"}, optional
            Of the reasons.
        """
        from techprio.reporting.lists import priority_frame

        return priority_frame(self, language)

    def to_excel(self, path: str | Path, *, language: Language = "vi") -> Path:
        """Write the workbook of the priority lists."""
        from techprio.reporting.files import put_file
        from techprio.reporting.workbook import workbook_bytes

        return put_file(path, workbook_bytes(self, language=language), language)

    def plot_roadmap(self, ax: Any = None, *, language: Language = "vi") -> Any:
        """Draw the roadmap of the plan with names, roles and budgets.

        Raises
        ------
        InputError
            The study has no resources, so there is no plan.
        """
        if self.plan is None:
            raise InputError("the study states no resources, so there is no plan to draw")
        return self.plan.plot(ax, catalog=self.study.catalog, roles=self.roles, language=language)

    def plot_dependencies(self, ax: Any = None, *, language: Language = "vi") -> Any:
        """Draw what needs what, in layers; implied edges are left out."""
        catalog = self.study.catalog
        return self.roles.plot(
            catalog, ax, edges=transitive_reduction(catalog_graph(catalog)), language=language
        )

    def to_word(self, path: str | Path, *, language: Language = "vi") -> Path:
        """Write the report as a Word document, in the order of the province's documents."""
        from techprio.reporting.files import put_file
        from techprio.reporting.word.document import document_bytes

        return put_file(path, document_bytes(self, language=language), language)

    def to_html(self, path: str | Path, *, language: Language = "vi") -> Path:
        """Write the report as one page for a browser, both languages in it, with the workshop."""
        from techprio.reporting.files import put_file
        from techprio.reporting.page.document import page_bytes

        return put_file(path, page_bytes(self, language=language), language)

    def save(
        self,
        folder: str | Path,
        *,
        languages: Sequence[Language] = ("vi",),
        outputs: Collection[str] | None = None,
    ) -> list[Path]:
        """Write all that ``techprio run`` writes; an earlier result is replaced at the end.

        Parameters
        ----------
        folder : path
        languages : sequence of {"vi", "en"}
        outputs : collection of {"workbook", "charts", "document", "page"}, optional
            What is written besides lists and record; all of it by default.
        """
        from techprio.reporting.write import OUTPUTS, write_results

        chosen = OUTPUTS if outputs is None else outputs
        return write_results(self, Path(folder), languages=tuple(languages), outputs=chosen)

    def _view(self) -> View:
        top = self.study.ranking.top
        frame = self.to_frame()
        frame = frame[frame["rank"] <= top]
        frame = frame.assign(
            name=[
                Label(f"{i} {vi}", f"{i} {en}")
                for i, vi, en in zip(frame["id"], frame["name_vi"], frame["name_en"], strict=True)
            ],
            named_role=[ROLE_WORDS.get(role, role) for role in frame["role_final"]],
        )
        columns = [
            Column("sector", text("sector")),
            Column("rank", text("rank"), "number", 0),
            Column("name", text("technology")),
            Column("score", text("score"), "level", 4),
            Column("p_top", text("among the first {top}", top=top), "bar", 0),
            Column("named_role", text("role")),
            Column("phase", text("phase")),
            Column("operational", text("operational"), "month"),
        ]
        count = len(self.study.catalog.technologies)
        first = text("the first {top} of each sector, of {count} technologies", top=top, count=count)
        return View(
            title=self.study.title,
            facts=(first, *_plan_facts(self.plan)),
            tables=(Table(frame, columns),),
            notes=self.warnings,
        )


def _plan_facts(plan: Plan | None) -> tuple[Text, ...]:
    return () if plan is None else (plan.quality(),)
