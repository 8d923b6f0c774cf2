"""What a survey of firms says: levels of firms, profiles of sectors, potential."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Label, Language, Percent, Text, joined, resolve_language, text
from techprio.model.catalog import SECTOR_NAME
from techprio.model.checks import unknown_name
from techprio.model.instrument import Instrument
from techprio.model.provenance import Provenance

PROVISIONAL = text("provisional bounds, no official class")
EXTENSION = text("extension questionnaire, never an official class")
OFFICIAL = text("official class")
UNDEFINED = text("not determined")
STATUS_WORDS: dict[str, Text] = {
    "official": OFFICIAL,
    "provisional": PROVISIONAL,
    "extension": EXTENSION,
    "undefined": UNDEFINED,
}
INSTRUMENT = Quantity(
    "instrument", text("Instrument"), text("Questionnaire with which the firms were asked."), "code"
)
FIRMS = Quantity("firms", text("Firms"), text("How many firms were surveyed."), "integer")
POINTS = Quantity(
    "total",
    text("Points of the survey"),
    text("Points of a firm, or the mean of the complete firms of a sector."),
    "number",
    short=text("Points"),
    decimals=1,
)
POINTS_LOW = Quantity(
    "total_low", text("Points, low"), text("Low end of the interval of the mean points."), "money"
)
POINTS_HIGH = Quantity(
    "total_high", text("Points, high"), text("High end of the interval of the mean points."), "money"
)
SYNCHRONIZATION = Quantity(
    "synchronization",
    text("Synchronization (K)"),
    text("How evenly the groups of points are developed, from 0 to 1."),
    "number",
    decimals=3,
)
COMPLETE = Quantity(
    "complete", text("Complete"), text("How many firms answered every question that counts."), "integer"
)
FIRM = Quantity("firm", text("Firm"), text("Code of the firm; names stay out."), "code")
FIRMS_SHARE = Quantity("share", text("Share"), text("Share of the firms of the sector."), "share")
LEVEL_NAME = Quantity(
    "level_name", text("Level"), text("Class by points and synchronization, with what the class is worth.")
)


@dataclass(frozen=True)
class PotentialRule:
    """When a firm has high potential; every part can be changed and is printed with the result.

    Parameters
    ----------
    groups : tuple of str
        Groups of the instrument that show potential.
    upper_share : float
        Share of all firms of the instrument among which the firm must be in these groups.
    sector_upper_share : float
        Share of its sector (same instrument) among which the firm must be in total points.
    synchronization_min : float
        Least synchronization coefficient. It is 0.35 unless another is stated: that of a firm with 35 of
        100 points in every group, where the second level begins (bounds of circular 17, provisional).
    rnd_share_min : float, optional
        Least share of revenue spent on research; firms that did not say are not judged then.

    Examples
    --------
    >>> print(PotentialRule(upper_share=0.2).words)
    points in R, I among the upper 20% of all firms of the instrument;
    total among the upper 50% of its sector; synchronization at least 0.35
    """

    groups: tuple[str, ...] = ("R", "I")
    upper_share: float = 0.25
    sector_upper_share: float = 0.5
    synchronization_min: float = 0.35
    rnd_share_min: float | None = None

    @property
    def words(self) -> Text:
        """The rule as a sentence."""
        return self.in_words(self.groups)

    @validated
    def in_words(self, groups: Iterable[Text | Label | str]) -> Text:
        """Return the rule as a sentence with names for the groups.

        Parameters
        ----------
        groups : iterable of Text, Label or str
            The names of ``self.groups``.
        """
        words = text(
            "points in {groups} among the upper {share} of all firms of the instrument; "
            "total among the upper {sector_share} of its sector",
            groups=joined(groups, ", "),
            share=Percent(self.upper_share),
            sector_share=Percent(self.sector_upper_share),
        )
        if self.synchronization_min > 0:
            words = text(
                "{rule}; synchronization at least {k}", rule=words, k=float(self.synchronization_min)
            )
        if self.rnd_share_min is not None:
            share = Percent(self.rnd_share_min)
            words = text("{rule}; at least {share} of revenue for research", rule=words, share=share)
        return words


@dataclass(frozen=True)
class Assessment(Result):
    """Levels of firms and profiles of sectors.

    Firms of the instrument and of its extension stand in all tables apart and are never averaged
    together. Empty cells (``<NA>``) are what cannot be known; nothing is imputed.

    Parameters
    ----------
    instrument : Instrument
    firms : DataFrame
        One row a firm and year: ``firm, sector, instrument, extension, year``, points by group,
        ``missing, total, total_low, total_high, synchronization, level, level_low, level_high,
        status, latest``. ``status`` is official, provisional, extension or undefined.
    sectors : DataFrame
        One row an instrument and sector, over the latest year of its complete firms: ``firms,
        complete, small, total`` and ``synchronization`` (of the mean points) with their intervals,
        ``mean_synchronization`` (mean of the firms'), ``level``.
    levels : DataFrame
        Firms by instrument, sector and level with the names of the level in each set.
    groups : DataFrame
        Mean, attained share and difference from the province by instrument, sector and group;
        ``side`` is strength, weakness or empty, ``clear`` when the interval leaves out 0.
    trend : DataFrame
        Firms with several years.
    yearly : DataFrame
        Firms by year and level.
    potential : DataFrame
        Latest year of each firm with what the rule asks and whether it is reached.
    rule : PotentialRule
    labels : mapping of str to Label
        Names of the sectors.
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> assessment = tp.assess_survey(study.survey, study.instrument)
    >>> assessment.official
    False
    >>> first = assessment.sectors.iloc[0]
    >>> first["sector"], int(first["firms"]), float(first["total"])
    ('AGR', 16, 38.9375)
    >>> print(assessment.explain("f011"))
    total 60 of 100, synchronization 0.55, weakest in Research and development capability (23.5% of its
    points); level 3 upper medium / advanced (provisional bounds, no official class); level 4 begins at
    75 points
    """

    instrument: Instrument
    firms: pd.DataFrame
    sectors: pd.DataFrame
    levels: pd.DataFrame
    groups: pd.DataFrame
    trend: pd.DataFrame
    yearly: pd.DataFrame
    potential: pd.DataFrame
    rule: PotentialRule
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    @property
    def official(self) -> bool:
        """Whether the bounds allow official classes for firms inside the scope."""
        return bool(self.instrument.bounds) and self.instrument.bounds_verified

    def sector_label(self, code: str) -> Label:
        """Return the name of a sector; its code where no name is given."""
        return self.labels.get(code, Label(code, code))

    def level_text(self, rank: int, status: str) -> Text:
        """Name a level in every set of names, with what it is worth."""
        return text("{level} ({status})", level=self._names(rank), status=STATUS_WORDS[status])

    def _names(self, rank: int) -> Label:
        names = self.instrument.level_labels(rank).values()
        said = (dict.fromkeys(name.render(language) for name in names) for language in ("vi", "en"))
        return Label(*map(" / ".join, said))

    def explain(self, firm: str, year: int | None = None) -> Text:
        """Say why a firm has its level.

        Parameters
        ----------
        firm : str
        year : int, optional
            Without it, the latest.

        Raises
        ------
        InputError
            No such firm or year.
        """
        rows = self.firms[self.firms["firm"] == firm]
        if rows.empty:
            raise unknown_name(text("firm"), firm, self.firms["firm"].unique())
        chosen = rows[rows["latest"]] if year is None else rows[rows["year"] == year]
        if chosen.empty:
            years = tuple(rows["year"])
            raise InputError(
                text("{firm} was not surveyed in {year}; years: {years}", firm=firm, year=year, years=years)
            )
        return _why(chosen.iloc[0], self)

    def to_frame(self) -> pd.DataFrame:
        """Return :attr:`firms`, one row a firm and year."""
        return self.firms.copy()

    def plot(self, ax: Any = None, *, language: Language | None = None, extension: bool = False) -> Any:
        """Draw how many firms of each sector stand at each level.

        Parameters
        ----------
        ax : Axes, optional
        language : {"vi", "en"}, optional
        extension : bool
            The firms outside the scope instead of those inside; never both in one chart.
        """
        from techprio.charts.survey_levels import draw_survey_levels

        language = resolve_language(language)
        own = self.instrument.extension if extension else self.instrument.id
        levels = self.levels[self.levels["instrument"] == own]
        names = {code: self.sector_label(code).render(language) for code in levels["sector"]}
        table = pd.DataFrame(
            {
                "sector": levels["sector"].map(names),
                "level": levels["level"],
                "label": [self._names(rank).render(language) for rank in levels["level"]],
                "firms": levels["firms"],
            }
        )
        status = "extension" if extension else "official" if self.official else "provisional"
        return draw_survey_levels(
            table, ax=ax, language=language, remark=STATUS_WORDS[status].render(language)
        )

    def plot_profile(
        self, ax: Any = None, *, sector: str, language: Language | None = None, extension: bool = False
    ) -> Any:
        """Draw what a sector attains in each group beside the province.

        Parameters
        ----------
        ax : Axes, optional
        sector : str
            Its code.
        language : {"vi", "en"}, optional
        extension : bool
            The firms outside the scope instead of those inside.

        Raises
        ------
        InputError
            No complete firm of the sector.
        """
        from techprio.charts.sector_profile import draw_sector_profile

        language = resolve_language(language)
        own = self.instrument.extension if extension else self.instrument.id
        rows = self.groups[(self.groups["instrument"] == own) & (self.groups["sector"] == sector)]
        if rows.empty:
            known = tuple(sorted(self.groups.loc[self.groups["instrument"] == own, "sector"].unique()))
            raise InputError(
                text(
                    "no complete firm of {instrument} in sector {sector!r}; there are {names}",
                    instrument=own,
                    sector=sector,
                    names=known,
                )
            )
        table = rows.assign(
            label=[label.render(language) for label in rows["label"]],
            attained_low=rows["mean_low"] / rows["max_points"],
            attained_high=rows["mean_high"] / rows["max_points"],
        )
        title = self.sector_label(sector).render(language)
        return draw_sector_profile(table, ax=ax, language=language, title=title)

    def tables(self) -> dict[str, Table]:
        """Return the table ``sectors``."""
        status = "official" if self.official else "provisional"
        frame = self.sectors.assign(
            sector_name=[self.sector_label(code) for code in self.sectors["sector"]],
            level_name=[
                self.level_text(int(level), "extension" if extension else status) if pd.notna(level) else ""
                for level, extension in zip(self.sectors["level"], self.sectors["extension"], strict=True)
            ],
        )
        points = Column(POINTS, bar=True)
        columns = [
            INSTRUMENT, SECTOR_NAME, FIRMS, points, POINTS_LOW, POINTS_HIGH, SYNCHRONIZATION, LEVEL_NAME,
        ]  # fmt: skip
        return tables_of(Table.from_frame("sectors", self._title(), columns, frame))

    def _summary(self) -> str:
        firms, sectors = self.firms["firm"].nunique(), self.sectors["sector"].nunique()
        classes = "official classes" if self.official else "provisional bounds"
        return f"{firms} firms, {sectors} sectors, instrument {self.instrument.id}, {classes}"

    def _title(self) -> Text:
        return text("Survey of {count} firms", count=int(self.firms["firm"].nunique()))

    def _facts(self) -> tuple[Words, ...]:
        return (self.rule.words,)

    @property
    def rule_words(self) -> Text:
        """The rule of high potential as a sentence, groups by their names."""
        names = [self.instrument.group_label(group) for group in self.rule.groups]
        return self.rule.in_words([Label(f"“{name.vi}”", f"“{name.en}”") for name in names])


def _why(row: pd.Series, assessment: Assessment) -> Text:
    instrument = assessment.instrument
    if row["missing"]:
        return text(
            "no answer on {groups}: total between {low} and {high}, "
            "level {level_low} to {level_high}; not determined",
            groups=row["missing"],
            low=float(row["total_low"]),
            high=float(row["total_high"]),
            level_low=_rank(row["level_low"]),
            level_high=_rank(row["level_high"]),
        )
    attained = {g: float(row[g]) / most for g, most in instrument.maxima.items()}
    weakest = min(attained, key=attained.__getitem__)
    base = text(
        "total {total} of {most}, synchronization {k}, weakest in {group} ({share} of its points)",
        total=float(row["total"]),
        most=float(instrument.total_max),
        k=round(float(row["synchronization"]), 2),
        group=instrument.group_label(str(weakest)),
        share=Percent(attained[weakest], 1),
    )
    if not instrument.bounds:
        return text("{points}; the instrument has no classes", points=base)
    level = int(row["level"])
    words = text(
        "{points}; level {level} {names}",
        points=base,
        level=level,
        names=assessment.level_text(level, str(row["status"])),
    )
    return _next_level(words, row, instrument, level)


def _next_level(words: Text, row: pd.Series, instrument: Instrument, level: int) -> Text:
    above = next((bound for bound in instrument.bounds if bound.rank == level + 1), None)
    if above is None:
        return text("{reason}; the highest level", reason=words)
    short = above.total_min - float(row["total"])
    if short > 0:
        return text(
            "{reason}; level {next} begins at {points} points",
            reason=words,
            next=above.rank,
            points=float(above.total_min),
        )
    return text(
        "{reason}; the points suffice for level {next}, its least synchronization of {k} is not reached",
        reason=words,
        next=above.rank,
        k=float(above.k_min or 0),
    )


def _rank(value: object) -> str:
    return "–" if value is pd.NA else str(value)
