"""What must hold for knock-out, roles and unlocked value on every graph."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import techprio as tp
from techprio.language import NO_LABEL
from techprio.model.catalog import Catalog, Sector

EDGE = ["technology", "requires", "kind", "timing", "lag_months", "share", "one_of", "confidence"]
many = settings(max_examples=40, deadline=None, derandomize=True)


@st.composite
def catalogs(draw, *, alternatives=True):
    count = draw(st.integers(3, 9))
    names = [f"T{number}" for number in range(count)]
    frame = pd.DataFrame(
        {
            "sector": [draw(st.sampled_from("stu")) for _ in names],
            "function": [draw(st.sampled_from(["enabling", "production_or_application"])) for _ in names],
        },
        index=pd.Index(names, name="id"),
    )
    kinds = st.sampled_from(["hard", "hard", "soft", "way"] if alternatives else ["hard", "hard", "soft"])
    edges = []
    for after in range(count):
        for before in range(after):
            if draw(st.integers(0, 2)) == 0:
                kind = draw(kinds)
                group, kind = ("way", "hard") if kind == "way" else ("", kind)
                edges.append((names[after], names[before], kind, "FS", 0, np.nan, group, np.nan))
    sectors = tuple(Sector(code, NO_LABEL) for code in dict.fromkeys(frame["sector"]))
    values = pd.Series([draw(st.integers(0, 9)) / 1.0 for _ in names], index=names)
    return Catalog(None, sectors, frame, pd.DataFrame(), pd.DataFrame(edges, columns=EDGE)), values


def graph_of(catalog):
    return tp.dependencies.build_graph(catalog.dependencies, list(catalog.technologies.index))


@given(catalogs())
@many
def test_unlocked_values_sum_to_the_whole(study):
    catalog, values = study
    carried, error = tp.dependencies.shapley_values(graph_of(catalog), values)
    assert carried.sum() == pytest.approx(values.sum(), abs=1e-9)
    assert (carried >= -1e-12).all()
    assert (error == 0).all()


@given(catalogs())
@many
def test_nobody_loses_less_than_itself_or_more_than_all(study):
    catalog, values = study
    lost = tp.dependencies.knock_out_losses(graph_of(catalog), values, catalog.technologies["sector"])
    assert (lost >= 0).all().all()
    assert (lost <= 1 + 1e-12).all().all()
    for name, code in catalog.technologies["sector"].items():
        total = values[catalog.technologies["sector"] == code].sum()
        if total:
            assert lost.loc[name, code] >= values[name] / total - 1e-12


@given(catalogs(alternatives=False))
@many
def test_an_implied_edge_changes_nothing(study):
    catalog, values = study
    graph = graph_of(catalog)
    known = set(zip(graph.edges["technology"], graph.edges["requires"], strict=True))
    implied = [
        (name, far, "hard", "FS", 0, np.nan, "", np.nan)
        for name in graph.technologies
        for far in sorted(graph.prerequisites(name))
        if (name, far) not in known
    ]
    more = pd.DataFrame(implied, columns=EDGE)
    redundant = replace(catalog, dependencies=pd.concat([catalog.dependencies, more], ignore_index=True))
    one, other = tp.classify_roles(catalog, values), tp.classify_roles(redundant, values)
    pd.testing.assert_frame_equal(one.knockout, other.knockout)
    pd.testing.assert_frame_equal(one.table, other.table)
    drawn = tp.dependencies.transitive_reduction(graph_of(redundant))
    assert not set(zip(drawn["technology"], drawn["requires"], strict=True)) & {row[:2] for row in implied}


@given(catalogs(), st.randoms(use_true_random=False))
@many
def test_the_order_of_the_file_changes_no_role(study, random):
    catalog, values = study
    order = list(values.index)
    random.shuffle(order)
    shuffled = replace(catalog, technologies=catalog.technologies.loc[order])
    one = tp.classify_roles(catalog, values).table
    other = tp.classify_roles(shuffled, values).table.loc[one.index]
    columns = [column for column in one if column not in ("sector", "scope")]
    pd.testing.assert_frame_equal(one[columns], other[columns])


@given(catalogs(), st.integers(2, 9))
@many
def test_the_unit_of_the_values_changes_no_role(study, unit):
    catalog, values = study
    one, other = tp.classify_roles(catalog, values), tp.classify_roles(catalog, values * unit)
    assert one.table["role"].equals(other.table["role"])
    pd.testing.assert_frame_equal(one.knockout, other.knockout)
    np.testing.assert_allclose(other.table["carried"], unit * one.table["carried"], atol=1e-9)


@given(catalogs())
@many
def test_a_technology_without_value_that_nobody_needs_changes_nobody_elses_loss(study):
    catalog, values = study
    row = pd.DataFrame({"sector": [catalog.sectors[0].code], "function": ["enabling"]}, index=["Z"])
    longer = replace(catalog, technologies=pd.concat([catalog.technologies, row]))
    graph = tp.dependencies.build_graph(catalog.dependencies, list(longer.technologies.index))
    lost = tp.dependencies.knock_out_losses(
        graph, pd.concat([values, pd.Series({"Z": 0.0})]), longer.technologies["sector"]
    )
    before = tp.dependencies.knock_out_losses(graph_of(catalog), values, catalog.technologies["sector"])
    pd.testing.assert_frame_equal(lost.loc[before.index, before.columns], before, check_names=False)
