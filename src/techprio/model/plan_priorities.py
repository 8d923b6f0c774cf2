"""What a canonical plan rests on: rank classes, counts against proven maxima, steadiness of placements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Quantity
from techprio.language import Label, Language, Text, resolve_language, text

STEADINESS = Quantity(
    "steadiness",
    text("Steadiness of the placement"),
    text(
        "Share of the continuous plans, limits and ranks drawn, in which the technology stands where the plan"
        " has it."
    ),
    "share",
    short=text("Steadiness"),
)


COUNT_COLUMNS = (
    *("first_rank", "last_rank", "weight", "phase"),
    *("members", "possible", "reached", "most", "proved"),
)
"""What is known of each rank class by the end of a phase."""
OVERRUN_COLUMNS = ("limit", "year", "amount", "proved")
"""What is known of each soft limit that is passed."""


@dataclass(frozen=True)
class PlanPriorities:
    """The policy behind a plan, and how firmly the plan stands.

    Parameters
    ----------
    weights : Series
        Weight of each technology: its expected rank class.
    counts : DataFrame
        One row a rank class and phase; columns ``first_rank, last_rank`` (NaN: all the rest), ``weight,
        phase, members, possible, reached, most, proved``: technologies of the class, those that readiness
        and prerequisites allow to be operational by the end of the phase, those that are, and the greatest
        number in any plan that keeps the limits; ``proved`` is False where the search for it stopped.
    shares : DataFrame
        Index technology, a column a phase and ``not placed``: in which share of the continuous plans a
        technology stands where, when limits and ranks are drawn; rows sum to 1.
    overrun : DataFrame
        Columns ``limit, year, amount, proved``: by how much soft limits are passed because no plan keeps
        them, up to the last year whose money counts together with ``year``; ``proved`` is False where the
        search for less stopped; empty when all are kept.
    samples : int
        Continuous plans behind the shares.
    loss : float
        Share of the continuous bound that the plan gives up.
    warnings : tuple of Text
        One sentence a soft limit that is passed.

    Examples
    --------
    >>> counts = pd.DataFrame(
    ...     [(1, 4, 8.0, "2026-2030", 28, 27, 27, 27, True)],
    ...     columns=["first_rank", "last_rank", "weight", "phase", "members", "possible", "reached", "most",
    ...              "proved"],
    ... )
    >>> for sentence in PlanPriorities(pd.Series(dtype=float), counts, pd.DataFrame()).sentences():
    ...     print(sentence)
    27 technologies of ranks 1 to 4 are operational by the end of 2026-2030; the most possible is 27
    """

    weights: pd.Series
    counts: pd.DataFrame
    shares: pd.DataFrame
    overrun: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(OVERRUN_COLUMNS)))
    samples: int = 0
    loss: float = 0.0
    warnings: tuple[Text, ...] = ()

    def sentences(self) -> tuple[Text, ...]:
        """Return one sentence a class and phase: reached against the proven maximum."""
        return tuple(_sentence(row) for row in self.counts.itertuples() if row.possible)

    @validated
    def steadiness(self, phases: pd.Series) -> pd.Series:
        """Return the share of the continuous plans in which each technology stands in its phase.

        Parameters
        ----------
        phases : Series
            Phase of each technology, empty where it is not placed.
        """
        row = self.shares.index.get_indexer(phases.index)
        column = self.shares.columns.get_indexer(phases.where(phases.astype(bool), "not placed"))
        known = (row >= 0) & (column >= 0)
        found = np.full(len(phases), np.nan)
        found[known] = self.shares.to_numpy(float)[row[known], column[known]]
        return pd.Series(found, index=phases.index)

    @validated
    def plot(
        self,
        ax: Any = None,
        *,
        labels: Mapping[str, Label] | None = None,
        most: int = 24,
        language: Language | None = None,
    ) -> Any:
        """Draw the steadiness of the technologies whose placement is least steady, those on top.

        Parameters
        ----------
        ax : Axes, optional
        labels : mapping of str to Label, optional
        most : int
            How many are drawn.
        language : {"vi", "en"}, optional

        Returns
        -------
        Axes
        """
        from techprio.charts.steadiness import draw_steadiness

        least = self.shares.loc[self.shares.max(axis=1).sort_values(kind="stable").index[:most]]
        return draw_steadiness(least, ax, labels=labels, language=resolve_language(language))


def _sentence(row: object) -> Text:
    first, last = int(row.first_rank), row.last_rank  # type: ignore[attr-defined]
    if last != last:
        ranks = text("ranks from {first} on", first=first)
    elif last == first:
        ranks = text("rank {first}", first=first)
    else:
        ranks = text("ranks {first} to {last}", first=first, last=int(last))
    places = {
        "reached": int(row.reached),  # type: ignore[attr-defined]
        "most": int(row.most),  # type: ignore[attr-defined]
        "ranks": ranks,
        "phase": row.phase,  # type: ignore[attr-defined]
    }
    if row.proved and not places["most"]:  # type: ignore[attr-defined]
        return text(
            "no plan within the limits has any of the {members} technologies of {ranks} operational by the"
            " end of {phase}",
            members=int(row.members),  # type: ignore[attr-defined]
            ranks=ranks,
            phase=row.phase,  # type: ignore[attr-defined]
        )
    if row.proved:  # type: ignore[attr-defined]
        return text(
            "{reached} technologies of {ranks} are operational by the end of {phase}; the most possible is"
            " {most}",
            **places,
        )
    return text(
        "{reached} technologies of {ranks} are operational by the end of {phase}; no more than {most} can be",
        **places,
    )
