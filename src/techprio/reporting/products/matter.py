"""A study with the figures of its run, as the documents ask them: who, what, when, with how much."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from techprio.language import LANGUAGES, Label, Text, text
from techprio.model.assessment import Assessment
from techprio.model.funds import Fund
from techprio.model.limits import Phase
from techprio.model.monitoring import Monitoring
from techprio.model.products import PRODUCTS, Letterhead
from techprio.model.run import RunData, derived
from techprio.model.sectors import Sector
from techprio.model.study import Study
from techprio.reporting.lists import rows_of
from techprio.reporting.products.figures import Figures, figures_of
from techprio.reporting.products.parts import Dots, Part, Prose, Words
from techprio.reporting.products.sums import Sums
from techprio.reporting.products.unwritten import part_of, says_something
from techprio.reporting.products.wording import (
    bilingual,
    cut,
    month,
    page_of,
    province_label,
    row_of,
    shortened,
)
from techprio.reporting.words import Codes
from techprio.survey.assess import assess_survey

PUBLIC = ("local", "programmes")
"""Sources of funds that are money of the state."""
_DATED = re.compile(r"\b20\d\d-(0[1-9]|1[0-2])\b")
_MONTH = re.compile(r"\b0([3-9]/20\d\d)\b")  # a nought stands before months 1 and 2 only
_SHARED = Label("Công nghệ dùng chung liên ngành", "Technologies shared by sectors")
_EQUAL, _FULL = (0.40, 0.60), 0.95
PARTS = ("GOAL", "STEERING", "CAUSES")
"""Headings of parts that are no sector: overall goal; how the work is directed, causes of delays."""


@dataclass(frozen=True)
class Matter:
    """What the documents are made of.

    Parameters
    ----------
    study : Study
        With what people have written.
    figures : Figures
    progress : Monitoring, optional
        What became of the roadmap, for a report on its progress.
    before : Figures, optional
        Of the run on which the draft rested, for the report that completes it.
    """

    study: Study
    figures: Figures
    progress: Monitoring | None = None
    before: Figures | None = None

    @property
    def letterhead(self) -> Letterhead:
        """Who issues the documents; with blanks where the study does not say it."""
        return self.study.material.letterhead or Letterhead()

    @property
    def informed(self) -> tuple[Text, ...]:
        """Whom reports go to: the People's Committee, and the Steering Committee where there is one."""
        province = province_label(self.letterhead.province)
        committee = text("People's Committee of {province}", province=province)
        return (committee, text("Steering Committee")) if self.letterhead.steering else (committee,)

    @cached_property
    def survey(self) -> Assessment | None:
        """What the survey of firms says; None without one."""
        study, names = self.study, {sector.code: self.sector_label(sector.code) for sector in self.sectors}
        if study.survey is None or study.instrument is None:
            return None
        return assess_survey(study.survey, study.instrument, sectors=names)

    @cached_property
    def table(self) -> pd.DataFrame:
        """The standing of each technology with what the catalogue says of it."""
        catalog = self.study.catalog.technologies
        names = [name for name in catalog if name not in self.figures.standing]
        return self.figures.standing.join(catalog[names])

    @cached_property
    def cells(self) -> dict[str, dict[str, Any]]:
        """The same by technology, looked up once: a row of a table of many kinds of cells is slow to take."""
        return rows_of(self.table)

    @cached_property
    def sectors(self) -> tuple[Sector, ...]:
        """The sectors of the plan in their order, then the groups that serve several."""
        known = self.study.catalog.sectors
        return (*(s for s in known if not s.cross), *(s for s in known if s.cross))

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """The phases of the roadmap; none without resources."""
        return () if self.study.resources is None else tuple(self.study.resources.phases)

    @cached_property
    def funds(self) -> tuple[Fund, ...]:
        """The sources of funds."""
        return () if self.study.resources is None else tuple(self.study.resources.funds)

    def name(self, technology: str) -> Label:
        """Return the name of a technology for a text, cut at its parenthesis."""
        return Label(*map(cut, self.whole_name(technology)))

    def whole_name(self, technology: str) -> Label:
        """Return the whole name, for an annex."""
        row = self.cells[technology]
        vi, en = str(row["name_vi"]), str(row["name_en"])
        return Label(vi or en, en or vi)

    def short_name(self, technology: str) -> Label:
        """Return the short name of the catalogue, else the beginning of the name while it is its own."""
        return self._short[technology]

    @cached_property
    def _short(self) -> dict[str, Label]:
        names = {technology: self.name(technology) for technology in self.table.index}
        begun = {technology: shortened(name.vi) for technology, name in names.items()}
        taken = Counter(begun.values())
        found = {}
        for technology, name in names.items():
            row, short = self.cells[technology], begun[technology]
            own = short if taken[short] == 1 else name.vi
            found[technology] = Label(str(row.get("short_vi") or own), str(row.get("short_en") or name.en))
        return found

    def reason(self, technology: str) -> Label:
        """Return why a technology stands where it stands, codes as names."""
        return Label(*(self.without_codes(self.cells[technology][f"reason_{one}"], one) for one in LANGUAGES))

    def why(self, technology: str) -> Label | str:
        """Return in a line why a technology has priority; nothing for others."""
        found = Label(*(self.without_codes(self.cells[technology][f"why_{one}"], one) for one in LANGUAGES))
        return found if any(found) else ""

    def without_codes(self, words: str, language: str) -> str:
        """Return a sentence in which names stand for codes."""
        named = self._names[language].named(words)
        return _MONTH.sub(r"\1", _DATED.sub(lambda found: month(found[0]).en, named))

    @cached_property
    def _names(self) -> dict[str, Codes]:
        names = {technology: self.name(technology) for technology in self.table.index}
        return {one: Codes({id: getattr(name, one) for id, name in names.items()}) for one in LANGUAGES}

    def of_sector(self, code: str, *, only: str = "") -> list[str]:
        """Return the technologies of a sector by rank; ``only`` names a column that must hold."""
        return [name for name in self._by_sector.get(code, ()) if not only or self.cells[name][only]]

    @cached_property
    def _by_sector(self) -> dict[str, list[str]]:
        return {str(code): list(rows.index) for code, rows in self.table.groupby("sector", sort=False)}

    @cached_property
    def priorities(self) -> list[str]:
        """The technologies of priority."""
        return [name for s in self.sectors for name in self.of_sector(s.code, only="priority")]

    def role(self, role: str) -> list[str]:
        """Return the technologies of a role, in the order of the sectors."""
        names = (name for s in self.sectors for name in self.of_sector(s.code))
        return [name for name in names if self.cells[name]["role"] == role]

    @cached_property
    def encouraged(self) -> list[str]:
        """The technologies that are encouraged and have no priority."""
        first = set(self.priorities)
        return [name for name in self.role("encouraged") if name not in first]

    @cached_property
    def unplaced(self) -> list[str]:
        """The technologies without a place in the roadmap."""
        rows = self.table[self.table["phase"].fillna("") == ""]
        return [name for s in self.sectors for name in rows.index[rows["sector"] == s.code]]

    @cached_property
    def placed(self) -> list[str]:
        """The technologies with a place in the roadmap, the first to begin first."""
        rows = self.table[self.table["phase"].fillna("") != ""]
        return list(rows.sort_values(["start", "operational"], kind="stable").index)

    def in_phase(self, phase: str) -> list[str]:
        """Return the technologies that become operational in a phase."""
        return [name for name in self.placed if self.cells[name]["phase"] == phase]

    # --- money and people ---------------------------------------------------------------------------------

    def spent(
        self, *, fund: str = "", years: Iterable[int] | None = None, technologies: Iterable[str] | None = None
    ) -> float:
        """Return the money that is spent: of a fund, in some years, for some technologies."""
        asked = {"fund": [fund] if fund else None, "year": years, "technology": technologies}
        return self._spending.of(**{key: list(names) for key, names in asked.items() if names is not None})

    @cached_property
    def _spending(self) -> Sums:
        return Sums(self.figures.spending, "amount", ("fund", "year", "technology"))

    @cached_property
    def spent_of(self) -> dict[tuple[str, str], float]:
        """Money that is spent on each technology of each fund."""
        sums = self.figures.spending.groupby(["technology", "fund"], sort=False)["amount"].sum()
        return {(str(name), str(fund)): float(amount) for (name, fund), amount in sums.items()}

    def limit(self, fund: str, phase: str) -> float:
        """Return the limit of a source of funds in a phase."""
        return self._budget["limit"].of(fund=[fund], phase=[phase])

    def used(self, fund: str, phase: str) -> float:
        """Return what is spent of a source of funds in a phase."""
        return self._budget["used"].of(fund=[fund], phase=[phase])

    @cached_property
    def _budget(self) -> dict[str, Sums]:
        return {name: Sums(self.figures.budget, name, ("fund", "phase")) for name in ("limit", "used")}

    @cached_property
    def total(self) -> float:
        """All the money of the roadmap."""
        return self.spent()

    @cached_property
    def public(self) -> float:
        """The money of the state."""
        return sum(self.spent(fund=fund.id) for fund in self.funds if fund.id in PUBLIC)

    @property
    def passed(self) -> tuple[Label, ...]:
        """What is said of the limits that are passed; documents begin with it."""
        return self.figures.passed

    @cached_property
    def full_years(self) -> Label | None:
        """The money of the state of which 95% or more is spent by the end of a year, with these years."""
        frame = self.figures.budget
        used = frame["cumulative_used"] >= _FULL * frame["cumulative_limit"]
        full = frame[used & (frame["cumulative_limit"] > 0)]
        told = [
            text("{fund} {years}", fund=fund.label, years=", ".join(map(str, full.loc[own, "year"])))
            for fund in self.funds
            if fund.id in PUBLIC and (own := full["fund"] == fund.id).any()
        ]
        return row_of(told) if told else None

    @property
    def money(self) -> Text | str:
        """The unit of the money; a dash without resources."""
        return "-" if self.study.resources is None else self.study.resources.money

    @cached_property
    def largest(self) -> list[str]:
        """The three technologies that take the most money."""
        by_name = self.figures.spending.groupby("technology")["amount"].sum()
        return list(by_name.sort_values(ascending=False, kind="stable").index[:3])

    def people_by(self, year: int) -> tuple[float, float]:
        """Return people needed and available by the end of a year."""
        frame = self.figures.people
        rows = frame[frame["year"].astype(int) == year]
        return (float(rows["needed"].sum()), float(rows["available"].sum()))

    @property
    def years(self) -> list[int]:
        """The years of the roadmap."""
        return sorted({int(year) for year in self.figures.budget["year"]})

    # --- certainty ----------------------------------------------------------------------------------------

    def ahead(self, first: str, second: str) -> float:
        """Return the share of the trials in which the first is ahead; 0.5 where nothing was tried."""
        return self._pairs.get((first, second), 0.5)

    @cached_property
    def _pairs(self) -> dict[tuple[str, str], float]:
        found = {}
        for row in self.figures.pairs.itertuples(index=False):
            found[str(row.first), str(row.second)] = float(row.ahead)
            found[str(row.second), str(row.first)] = 1 - float(row.ahead)
        return found

    def level(self, first: str, second: str) -> bool:
        """Whether neither of two technologies is ahead of the other in 60 % of the trials."""
        low, high = _EQUAL
        return low <= self.ahead(first, second) <= high

    def at_the_line(self, code: str) -> tuple[str, list[str]] | None:
        """Return the last technology of the first k and those outside that are level with it; else None."""
        inside, names = self.of_sector(code, only="priority"), self.of_sector(code)
        if self.study.ranking.priority != "top" or not inside or not len(self.figures.pairs):
            return None
        last = inside[-1]
        outside = [name for name in names if name not in inside and self.level(last, name)]
        return (last, outside) if outside else None

    def more_often(self, code: str) -> tuple[str, str] | None:
        """Return a technology outside the list that would be on it more often than one inside."""
        inside = self.of_sector(code, only="priority")
        outside = [name for name in self.of_sector(code) if name not in inside]
        chance = self.table["p_top"].astype(float)
        if not inside or not outside or chance[inside].isna().any():
            return None
        weakest, best = chance[inside].idxmin(), chance[outside].fillna(-1).idxmax()
        return (str(weakest), str(best)) if chance[best] > chance[weakest] else None

    @property
    def unmeasured(self) -> int:
        """Number of technologies that rest on single estimates only."""
        return int((self.table["evidence"].astype(float) <= 0).sum())

    # --- agencies -----------------------------------------------------------------------------------------

    def led_by(self, agency: Label) -> list[str]:
        """Return the placed technologies that an agency of the plan leads."""
        return [n for n in self.placed if page_of(str(self.cells[n]["lead_agency"])) == agency]

    def with_partner(self, agency: Label) -> list[str]:
        """Return the placed technologies in which an agency of the plan takes part."""
        return [n for n in self.placed if agency in {page_of(one) for one in self.partners(n)}]

    def partners(self, technology: str) -> list[str]:
        """Return the partners of a technology."""
        words = self.cells[technology]["partners"]
        parts = words if isinstance(words, list | tuple) else str(words).split(";")
        return [part.strip() for part in parts if part.strip()]

    # --- what people write --------------------------------------------------------------------------------

    def written(
        self, section: str, question: Words, agency: Words = "", *, part: str = "", else_whole: bool = False
    ) -> list[Part]:
        """Return what people wrote for a section, or for a part of it under its heading; else dots.

        Parameters
        ----------
        section : str
        question : Words
            What it must answer.
        agency : Words
            Whom the drafter asks.
        part : str
            Heading of the part: the code of a sector, the id of a document, or one of :data:`PARTS`.
        else_whole : bool
            What stands under no heading answers the question too, where the part is not there.
        """
        words: dict[str, str] = {}
        for language in LANGUAGES:
            written = self.study.material.texts.get((section, language), "")
            found = part_of(written, part, self.codes)
            if part and else_whole and not says_something(found):
                found = part_of(written, "", self.codes)
            if says_something(found):
                words[language] = found
        heading = f", ## {part}" if part else ""
        source = Label(*(f"texts/{section}.{language}.md{heading}" for language in LANGUAGES))
        dots = Dots(question, source, agency)
        return [Prose(words, dots)] if words else [dots]

    @property
    def codes(self) -> list[str]:
        """The headings that part a text: the codes of the sectors, the ids of the documents, and PARTS."""
        return [*(sector.code for sector in self.sectors), *PRODUCTS, *PARTS]

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """Return the rows of a table that people wrote, cells in both languages as labels."""
        rows = self.study.material.table(name).iterrows()
        return [{str(key): bilingual(value) for key, value in row.items()} for _, row in rows]

    def sector_label(self, code: str) -> Label:
        """Return the name of a sector; the shared group is no sector of the plan."""
        found = next((sector for sector in self.sectors if sector.code == code), None)
        if found is None:
            return Label(code, code)
        return _SHARED if found.cross else found.label

    def legal(self, id: str) -> list[Mapping[str, Any]]:
        """Return the documents that may be cited in one of the plan."""
        return [row for row in self.rows("legal") if not row["used_in"] or id in row["used_in"]]


@derived
def matter_of(run: RunData) -> Matter:
    """Return what the documents of a run are made of."""
    return Matter(run.study, figures_of(run))
