"""Sectors without a platform name what comes closest, and the arrows that would make it pass."""

from dataclasses import replace

import pandas as pd
import pytest

import techprio as tp
from techprio.dependencies import platform_candidates


@pytest.fixture(scope="module")
def found(shipped_study):
    return platform_candidates(tp.classify_roles(shipped_study), shipped_study.catalog)


def test_only_sectors_of_the_plan_without_a_platform_are_named(shipped_study, found):
    table = tp.classify_roles(shipped_study).table
    with_platform = set(table.loc[table["role_final"] == "platform", "sector"])
    cross = {sector.code for sector in shipped_study.catalog.sectors if sector.cross}
    assert set(found["sector"]) == {s.code for s in shipped_study.catalog.sectors} - with_platform - cross
    assert set(found["sector"]) == {"AGR", "PRO"}
    assert (found["margin"] < 1).all()
    assert found.groupby("sector")["margin"].apply(lambda margin: margin.is_monotonic_decreasing).all()


@pytest.mark.parametrize("place", [0, 2, 3])
def test_with_the_missing_arrows_it_is_a_platform(shipped_study, found, place):
    row = found.iloc[place]
    arrows = pd.DataFrame({"technology": list(row["missing"]), "requires": row["technology"], "kind": "hard",
                           "timing": "FS", "lag_months": 0.0, "reason": "a test"})  # fmt: skip
    assert len(arrows)
    edges = pd.concat([shipped_study.catalog.dependencies, arrows], ignore_index=True)
    catalog = replace(shipped_study.catalog, dependencies=edges)
    roles = tp.classify_roles(replace(shipped_study, catalog=catalog))
    assert roles.table.loc[row["technology"], ["role", "scope"]].tolist() == ["platform", "own sector"]
    assert row["sector"] not in set(platform_candidates(roles, catalog)["sector"])


def test_roles_of_another_catalogue_are_refused(shipped_study, trimmed_study):
    with pytest.raises(tp.InputError, match="roles of the technologies"):
        platform_candidates(tp.classify_roles(trimmed_study), shipped_study.catalog)
    with pytest.raises(tp.InputError, match="count"):
        platform_candidates(tp.classify_roles(trimmed_study), trimmed_study.catalog, count=0)
