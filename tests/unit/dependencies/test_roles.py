"""Platform, core, encouraged: thresholds, margins, certainty, human decisions."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.errors import InputError
from techprio.language import NO_LABEL
from techprio.model.catalog import Catalog, Sector
from techprio.model.study import RoleSettings


def catalog_of(sectors, edges=(), *, enabling=(), cross=(), confidence=None):
    frame = pd.DataFrame({"sector": list(sectors.values())}, index=pd.Index(list(sectors), name="id"))
    frame["function"] = [
        "enabling" if name in enabling else "production_or_application" for name in frame.index
    ]
    table = pd.DataFrame(list(edges), columns=["technology", "requires"])
    if confidence is not None:
        table["confidence"] = confidence
    codes = tuple(Sector(code, NO_LABEL, cross=code in cross) for code in dict.fromkeys(sectors.values()))
    return Catalog(None, codes, frame, pd.DataFrame(), table)


# Four sectors with two technologies each; X belongs to a cross-sector group and carries 20 % of two
# sectors and all of a third.
SECTORS = {"X": "x", "A1": "a", "A2": "a", "B1": "b", "B2": "b", "C1": "c", "C2": "c", "D1": "d", "D2": "d"}
VALUES = pd.Series(
    {"X": 1, "A1": 2, "A2": 8, "B1": 2, "B2": 8, "C1": 5, "C2": 5, "D1": 5, "D2": 5}, dtype=float
)
NEEDS = [("A1", "X"), ("B1", "X"), ("C1", "X"), ("C2", "X")]


def test_cross_sector_platform_counts_the_sectors_of_the_plan():
    roles = tp.classify_roles(catalog_of(SECTORS, NEEDS, cross=("x",)), VALUES)
    row = roles.table.loc["X"]
    assert roles.knockout.loc["X"].to_dict() == pytest.approx(
        {"x": 1.0, "a": 0.2, "b": 0.2, "c": 1.0, "d": 0.0}
    )
    assert (row["role"], row["scope"]) == ("platform", "cross-sector")
    assert (row["breadth"], row["breadth_margin"]) == (3.0, 1.5)  # half of four sectors, x not counted


def test_a_sector_counts_in_part_below_the_threshold():
    settings = RoleSettings(theta=0.4)
    row = tp.classify_roles(catalog_of(SECTORS, NEEDS, cross=("x",)), VALUES, settings=settings).table.loc[
        "X"
    ]
    assert row["breadth"] == pytest.approx(0.2 / 0.4 + 0.2 / 0.4 + 1)
    assert row["role"] == "platform"  # exactly on the line of two sectors
    assert row["breadth_margin"] == pytest.approx(1.0)


def test_platform_of_its_own_sector_must_be_enabling_and_its_own_value_does_not_count():
    sectors = {"A": "a", "B": "a", "C": "a", "Z": "b"}
    values = pd.Series({"A": 7.0, "B": 1.5, "C": 1.5, "Z": 1.0})
    edges = [("B", "A")]
    plain = tp.classify_roles(catalog_of(sectors, edges), values, settings=RoleSettings(breadth=2)).table.loc[
        "A"
    ]
    enabling = tp.classify_roles(
        catalog_of(sectors, edges, enabling=("A",)), values, settings=RoleSettings(breadth=2)
    ).table.loc["A"]
    assert (plain["role"], enabling["role"], enabling["scope"]) == ("core", "platform", "own sector")
    assert enabling["own_loss"] == pytest.approx(0.15)
    assert enabling["own_loss_margin"] == pytest.approx(1.0)
    assert enabling["depth"] == pytest.approx(0.85 * 3)


def test_core_and_encouraged_by_depth():
    sectors = dict.fromkeys("ABCD", "a") | {"Z": "b"}
    values = pd.Series({"A": 5.0, "B": 2.0, "C": 2.0, "D": 1.0, "Z": 1.0})
    table = tp.classify_roles(catalog_of(sectors), values, settings=RoleSettings(breadth=2)).table
    assert table["role"].to_dict() == {
        "A": "core", "B": "encouraged", "C": "encouraged", "D": "encouraged", "Z": "encouraged"
    }  # fmt: skip
    assert table.loc["A", "depth"] == pytest.approx(2.0)  # half of the sector, four technologies
    assert table.loc["A", "depth_margin"] == pytest.approx(1.6)


def test_certainty_is_the_share_of_the_draws_in_which_the_role_holds():
    sectors = dict.fromkeys("ABCD", "a") | {"Z": "b"}
    values = pd.Series({"A": 5.0, "B": 2.0, "C": 2.0, "D": 1.0, "Z": 1.0})
    rows = [[5.0, 2, 2, 1, 1], [5, 2, 2, 1, 1], [1, 5, 2, 2, 1], [2, 2, 2, 2, 1]]
    draws = pd.DataFrame(rows, columns=values.index)
    roles = tp.classify_roles(catalog_of(sectors), values, settings=RoleSettings(breadth=2), draws=draws)
    assert roles.table["certainty"].to_dict() == {"A": 0.5, "B": 0.75, "C": 1.0, "D": 1.0, "Z": 1.0}
    shuffled = tp.classify_roles(
        catalog_of(sectors), values, settings=RoleSettings(breadth=2), draws=draws[list("ZDCBA")]
    )
    assert shuffled.table["certainty"].equals(roles.table["certainty"])


def test_an_edge_in_doubt_makes_the_role_doubtful():
    """Without its only edge, held with 0.7, the technology carries nobody and is no platform."""
    sectors = {"A": "a", "B": "a", "Z": "b"}
    values = pd.Series({"A": 1.0, "B": 9.0, "Z": 1.0})
    catalog = catalog_of(sectors, [("B", "A")], enabling=("A",), confidence=[0.7])
    settings = RoleSettings(breadth=2)
    alone = tp.classify_roles(catalog, values, settings=settings, seed=3)
    assert alone.table.loc["A", "certainty"] == pytest.approx(0.7, abs=4 * (0.21 / 500) ** 0.5)
    draws = pd.DataFrame(np.tile(values.to_numpy(), (2000, 1)), columns=values.index)
    drawn = tp.classify_roles(catalog, values, settings=settings, seed=3, draws=draws)
    assert drawn.table.loc["A", "certainty"] == pytest.approx(0.7, abs=4 * (0.21 / 500) ** 0.5)
    assert drawn.table.loc["Z", "certainty"] == 1.0


def test_a_human_decision_stands_beside_the_rule():
    catalog = catalog_of(SECTORS, NEEDS, cross=("x",))
    roles = tp.classify_roles(catalog, VALUES, overrides={"D1": ("platform", "decided by the council")})
    row = roles.table.loc["D1"]
    assert (row["role"], row["role_final"], row["role_reason"]) == (
        "encouraged" if row["depth"] < 1.25 else "core", "platform", "decided by the council"
    )  # fmt: skip
    assert "D1" in roles.of("platform")
    assert roles.to_frame()["technology"].tolist() == list(SECTORS)


def test_kept_value_lies_half_way_between_own_and_carried():
    table = tp.classify_roles(catalog_of(SECTORS, NEEDS, cross=("x",)), VALUES).table
    half = (table["own_value"] + table["carried"]) / 2
    pd.testing.assert_series_equal(table["kept_value"], half, check_names=False)
    assert table["difference"].sum() == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"overrides": {"A9": ("platform", "x")}}, "technology; found 'A9'; allowed: X, A1"),
        ({"overrides": {"A1": ("major", "x")}}, "role of A1; found 'major'; allowed: platform, core"),
        ({"overrides": {"A1": ("core", " ")}}, "reason of A1; found nothing; allowed: its reason"),
        ({"settings": RoleSettings(theta=0)}, "roles.theta"),
        ({"draws": np.ones((3, 9))}, "draws must be a DataFrame.*got ndarray"),
        ({"draws": pd.DataFrame(columns=list(SECTORS))}, "a row a draw"),
        ({"draws": pd.DataFrame(np.nan, range(3), list(SECTORS))}, "finite"),
        ({"draws": pd.DataFrame(1.0, range(2), list("ABCDEFGHI"))}, "no column for X"),
    ],
)
def test_what_cannot_be_used_is_named(options, said):
    with pytest.raises(InputError, match=said):
        tp.classify_roles(catalog_of(SECTORS, NEEDS, cross=("x",)), VALUES, **options)


def test_a_share_that_is_kept_lies_between_0_and_1():
    with pytest.raises(InputError, match="kept; found 2; allowed: a number from 0 to 1"):
        RoleSettings(kept=2)


def test_without_draws_no_certainty_is_given():
    roles = tp.classify_roles(catalog_of(SECTORS, NEEDS), VALUES)
    assert roles.table["certainty"].isna().all()
    assert "no certainty is given: neither values nor edges were drawn" in map(str, roles.notes)


def test_in_few_sectors_what_nobody_needs_is_no_cross_sector_platform():
    """With half of three sectors, rounded down to 1, each of them would be one."""
    sectors = {"A1": "a", "A2": "a", "B1": "b", "B2": "b", "C1": "c", "C2": "c"}
    values = pd.Series(1.0, list(sectors))
    lonely = tp.classify_roles(catalog_of(sectors), values)
    assert lonely.table["breadth"].tolist() == [1.0] * 6
    assert "platform" not in set(lonely.table["role"])
    needed = tp.classify_roles(catalog_of(sectors, [("B1", "A1")]), values)
    assert needed.of("platform") == ("A1",)
    assert needed.table.loc["A1", "breadth_margin"] == 1.0


def test_a_table_of_dependencies_is_enough():
    edges = pd.DataFrame({"technology": ["Dairy", "Export"], "requires": ["Data", "Dairy"]})
    values = pd.Series({"Data": 1.0, "Dairy": 2.0, "Export": 3.0, "Trail": 2.0})
    sectors = pd.Series({"Data": "crs", "Dairy": "agr", "Export": "agr", "Trail": "tou"})
    roles = tp.classify_roles(edges, values, sectors=sectors)
    assert roles.of("platform") == ("Data",)  # its own sector and all of agriculture
    assert roles.knockout.loc["Data"].to_dict() == {"crs": 1.0, "agr": 1.0, "tou": 0.0}
    graph = tp.dependencies.build_graph(edges, values.index)
    same = tp.classify_roles(graph, values, sectors=sectors)
    pd.testing.assert_frame_equal(same.table, roles.table)
    together = tp.classify_roles(edges, values)
    assert set(together.table["sector"]) == {"all"}


def test_a_study_brings_values_settings_and_decisions():
    study = tp.example("lai-chau")
    study = replace(study, role_overrides={"AGR01": ("core", "decided by the council")})
    roles = tp.classify_roles(study)
    assert roles.settings == study.roles
    assert roles.table.loc["AGR01", "role_reason"] == "decided by the council"
    assert len(roles.of("platform")) == 11


def test_values_are_needed_where_there_is_no_study():
    with pytest.raises(InputError, match="roles of DataFrame need values"):
        tp.classify_roles(pd.DataFrame({"technology": ["B"], "requires": ["A"]}))
    with pytest.raises(InputError, match="a table of dependencies"):
        tp.classify_roles("lai-chau", VALUES)


def test_edges_as_from_and_to_are_told_how_to_be_named():
    edges = pd.DataFrame({"from": ["A1"], "to": ["X"]})
    with pytest.raises(tp.DataFileError, match="what needs it is `technology`"):
        tp.classify_roles(edges, VALUES)


def test_on_the_shipped_study_platforms_are_what_others_stand_on(shipped_study, shipped_result):
    """Connectivity, shared data, security and automation are platforms; steps of a chain are not."""
    table = shipped_result.roles.table
    cross = set(table.index[table["scope"] == "cross-sector"])
    assert cross == {"CRS01", "CRS02", "CRS05", "CRS06"}
    steps = ["MIN02", "MIN03", "MIN04", "MIN05", "MIN06"]  # from ore to magnets, each the next one's need
    assert "platform" not in set(table.loc[steps, "role"])
    functions = shipped_study.catalog.technologies["function"]
    assert (functions[table.index[table["role"] == "platform"]] == "enabling").all()


def test_what_reaches_neither_the_profile_nor_can_be_begun_is_watched():
    edges = pd.DataFrame({"technology": ["B", "C"], "requires": ["A", "A"]})
    values = pd.Series({"A": 3.0, "B": 1.0, "C": 2.0, "D": 0.5, "E": 4.0})
    line = pd.Series(1.5, index=values.index)
    draws = pd.DataFrame([values, values.replace(1.0, 1.6), values, values])
    roles = tp.classify_roles(
        edges, values, settings=RoleSettings(depth=3), draws=draws, reference=line, not_now={"E": "no money"}
    )
    table = roles.table
    assert table["role"].to_dict() == {
        "A": "encouraged", "B": "watch", "C": "encouraged", "D": "watch", "E": "watch"
    }  # fmt: skip
    assert table.loc["E", "watch_reason"] == "no money"
    assert "reference profile" in str(table.loc["D", "watch_reason"])
    assert table["certainty"].tolist() == [1.0, 0.75, 1.0, 1.0, 1.0]
    assert "not now: no money" in str(roles.explain("E"))
    with pytest.raises(tp.InputError, match="Z"):
        tp.classify_roles(edges, values, not_now={"Z": "no"})


@pytest.mark.parametrize("seed", range(4))
def test_in_many_sectors_each_draw_is_judged_by_its_own_knock_out_losses(seed):
    """The rule written down once more, on the table of losses that is made without it, draw by draw."""
    generator = np.random.default_rng(seed)
    names = [f"T{k:02d}" for k in range(48)]
    sectors = {name: f"s{generator.integers(12)}" for name in names}
    edges = sorted({(names[k], names[generator.integers(k)]) for k in range(1, 48) for _ in range(2)})
    enabling = tuple(generator.choice(names, 12, replace=False))
    catalog = catalog_of(sectors, edges, enabling=enabling, cross=("s3",))
    settings = RoleSettings(theta=0.3, breadth=3)
    draws = pd.DataFrame(generator.uniform(0, 1, (40, 48)), columns=names)
    found = tp.dependencies.roles_under(catalog, draws, settings=settings)
    graph = tp.dependencies.build_graph(pd.DataFrame(edges, columns=["technology", "requires"]))
    seen = set()
    for number, values in draws.iterrows():
        lost = tp.dependencies.knock_out_losses(graph, values, sectors)
        worth, size = values.groupby(sectors).sum(), pd.Series(sectors).value_counts()
        for name in names:
            home = sectors[name]
            breadth = (lost.loc[name].drop("s3", errors="ignore") / settings.theta).clip(upper=1).sum()
            beside = lost.loc[name, home] - values[name] / worth[home]
            own = name in enabling and home != "s3" and beside >= settings.own_sector
            core = lost.loc[name, home] * size[home] >= settings.depth
            role = "platform" if breadth >= 3 or own else "core" if core else "encouraged"
            assert found.loc[number, name] == role
            seen.add(role)
    assert seen == {"platform", "core", "encouraged"}
