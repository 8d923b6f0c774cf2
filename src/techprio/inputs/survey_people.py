"""Columns of a survey that speak of the expert: the name, the stakeholder group, the vote."""

from __future__ import annotations

import pandas as pd

from techprio.inputs.columns import fold

EXPERT = ("expert", "respondent", "ma_chuyen_gia", "chuyen_gia", "id", "ma", "code", "response_id")
_GROUP = ("group", "nhom", "nhom_chuyen_gia", "stakeholder", "stakeholder_group")
_VOTE = (
    "vote",
    "votes",
    "weight",
    "voting_power",
    "voting_weight",
    "trong_so",
    "phieu",
    "so_phieu",
    "trong_so_phieu",
    "trong_so_chuyen_gia",
    "expert_weight",
)
KEPT = (*EXPERT, *_GROUP, *_VOTE)
"""Folded headings of columns that speak of the expert."""


def split_attributes(attributes: pd.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """Return the group of each expert, and the vote as it is written; empty where no column holds them."""
    found: list[dict[str, str]] = []
    for known in (_GROUP, _VOTE):
        column = next((name for name in attributes if fold(str(name)) in known), None)
        found.append({} if column is None else attributes[column].astype(str).to_dict())
    return found[0], found[1]
