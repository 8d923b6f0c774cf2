"""Change of firms that were surveyed in several years, and levels year by year."""

from __future__ import annotations

import pandas as pd

from techprio.model.instrument import Instrument

TREND_COLUMNS = ("instrument", "sector", "firm", "year_from", "year_to", "total_from", "total_to", "change",
                 "synchronization_change", "level_from", "level_to")  # fmt: skip


def trend_table(firms: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Compare each firm's first and latest year under one instrument, both complete.

    Only the same firm is compared with itself: means of different firms in different years would
    mix change with choice. ``<group>_change`` gives the change of each group in points.
    """
    names = list(instrument.maxima.index)
    columns = [*TREND_COLUMNS, *(f"{name}_change" for name in names)]
    rows = []
    for (own, firm), years in firms[firms["missing"] == ""].groupby(["instrument", "firm"], sort=True):
        if len(years) < 2:
            continue
        years = years.sort_values("year")
        old, new = years.iloc[0], years.iloc[-1]
        row = {
            "instrument": own,
            "sector": new["sector"],
            "firm": firm,
            "year_from": int(old["year"]),
            "year_to": int(new["year"]),
            "total_from": old["total"],
            "total_to": new["total"],
            "change": new["total"] - old["total"],
            "synchronization_change": new["synchronization"] - old["synchronization"],
            "level_from": old["level"],
            "level_to": new["level"],
            **{f"{name}_change": new[name] - old[name] for name in names},
        }
        rows.append(row)
    return pd.DataFrame(rows, columns=columns)


def yearly_levels(firms: pd.DataFrame) -> pd.DataFrame:
    """Count firms by instrument, sector, year and level; every surveyed row counts in its own year."""
    known = firms[firms["level"].notna()]
    counts = known.groupby(["instrument", "sector", "year", "level"], sort=True).size()
    return counts.rename("firms").reset_index()


def several_instruments(firms: pd.DataFrame) -> list[str]:
    """Name firms that were surveyed under more than one instrument; their years are not compared."""
    counts = firms.groupby("firm")["instrument"].nunique()
    return [str(firm) for firm in counts.index[counts > 1]]
