"""Bars of the documents: technology levels by sector, money spent of what is planned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from techprio.language import Label, text
from techprio.model.assessment import Assessment
from techprio.model.monitoring import Monitoring
from techprio.reporting.products.parts import Bars, Words
from techprio.reporting.products.wording import percent


def level_label(own: pd.DataFrame) -> Label:
    """Return the name of a level as the plan has it, with a capital."""
    named: Any = own["label_plan"].iloc[0]
    vi, en = named
    return Label(vi[:1].upper() + vi[1:], en[:1].upper() + en[1:])


def in_order(found: Assessment, names: Mapping[str, Label]) -> pd.DataFrame:
    """Return the sectors of a survey by form and in the order of the plan.

    Parameters
    ----------
    found : Assessment
    names : mapping of str to Label
    """
    forms, codes = list(dict.fromkeys(found.sectors["instrument"])), list(names)
    places = [
        (forms.index(row.instrument), codes.index(row.sector))
        for row in found.sectors.itertuples(index=False)
    ]
    return found.sectors.iloc[sorted(range(len(places)), key=places.__getitem__)]


def levels_chart(found: Assessment, names: Mapping[str, Label], forms: Mapping[str, Words]) -> Bars:
    """Return the share of the firms of each sector by level, a bar a sector and form.

    Parameters
    ----------
    found : Assessment
    names : mapping of str to Label
        Of the sectors, in their order.
    forms : mapping of str to Words
        Of the questionnaires.
    """
    levels = found.levels
    ranks = sorted(set(levels["level"]))
    rows = []
    for row in in_order(found, names).itertuples(index=False):
        own = levels[(levels["sector"] == row.sector) & (levels["instrument"] == row.instrument)]
        counts = [int(own.loc[own["level"] == level, "firms"].sum()) for level in ranks]
        if sum(counts):
            name = text("{sector} ({form})", sector=names[row.sector], form=forms[row.instrument])
            rows.append((name, tuple((count / sum(counts), str(count)) for count in counts)))
    return Bars(
        text("Number of firms by level"),
        tuple(level_label(levels[levels["level"] == level]) for level in ranks),
        tuple(rows),
    )


_READABLE = 0.15  # a part of a bar that holds its words


def money_bars(progress: Monitoring, labels: Mapping[str, Label]) -> Bars:
    """Return what was spent of what the roadmap plans, a bar a source of money.

    Parameters
    ----------
    progress : Monitoring
    labels : mapping of str to Label
        Of the sources of money.
    """
    rows = []
    for fund, frame in progress.money.groupby("fund", sort=False):
        planned, spent = float(frame["planned"].sum()), float(frame["spent"].sum())
        share = spent / planned if planned else 0.0
        filled, words = min(share, 1.0), percent(share)
        inside = filled >= _READABLE
        parts = ((filled, words if inside else ""), (1 - filled, "" if inside else words))
        rows.append((labels.get(str(fund), str(fund)), parts))
    key = (text("spent, share of the roadmap"), text("not spent yet"))
    return Bars(text("Source"), key, tuple(rows), dark_first=True)
