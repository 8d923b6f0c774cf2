"""A ranking: scores, ranks, ties, and what they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from techprio.language import Text
from techprio.model.matrix import DecisionMatrix
from techprio.model.provenance import Provenance


@dataclass(frozen=True)
class Ranking:
    """Alternatives of one matrix in order.

    Parameters
    ----------
    scores : Series, shape (m,)
        Score of each alternative, higher is better, in the order of the matrix.
    ranks : Series of int, shape (m,)
        1 is best; equal scores share the lower number (1, 2, 2, 4).
    ties : tuple of tuple of str
        Alternatives that share a rank.
    matrix : DecisionMatrix
    weights : Series
        By criterion, aligned with the matrix.
    method : object
        The frozen method that made the scores; its repr is the provenance.
    reversal_possible : bool
        Whether adding or removing an alternative can swap two others.
    screened : mapping of str to Text
        Alternatives that a gate kept out, with the reason.
    notes : tuple of Text
    provenance : Provenance, optional
    """

    scores: pd.Series
    ranks: pd.Series
    ties: tuple[tuple[str, ...], ...]
    matrix: DecisionMatrix
    weights: pd.Series
    method: object
    reversal_possible: bool
    screened: Mapping[str, Text] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return one row per alternative, best first, equals by name: ``rank, alternative, score, tied``."""
        tied = {name for group in self.ties for name in group}
        frame = (
            pd.DataFrame({"rank": self.ranks, "score": self.scores}).rename_axis("alternative").reset_index()
        )
        frame["tied"] = frame["alternative"].isin(tied)
        frame = frame.sort_values(["rank", "alternative"], kind="stable", ignore_index=True)
        return frame[["rank", "alternative", "score", "tied"]]
