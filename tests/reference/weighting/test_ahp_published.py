"""AHP examples from the literature, to the printed digits."""

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.weighting.consistency import implied_ratio, judgment_errors, measure_consistency
from techprio.weighting.priorities import fill_least_eigenvalue

SINGLE = [
    "ahp_apartment",
    "ahp_saaty2008_drinks",
    "ahp_saaty_city_n5",
    "ahp_saaty_city_errors",
    "ahp_saaty_school_n6",
    "ahp_scirp_port_n6",
    "ahp_suppliers_cto",
    "ahp_mcda_r_style",
]


@pytest.mark.parametrize("name", SINGLE)
def test_one_matrix(published, name):
    example = published(name)
    found = tp.ahp(example.table(), random_index=example.inputs.get("random_index", "saaty"))
    row = found.consistency.iloc[0]
    figures = {"weights": found.overall, "lambda_max": row["lambda_max"], "cr": row["cr"]}
    compared = [key for key in figures if key in example.printed]
    assert compared
    for key in compared:
        example.agrees(key, figures[key])


def test_errors_of_the_city_matrix(published):
    example = published("ahp_saaty_city_errors")
    errors = judgment_errors(example.table().to_numpy())
    above = errors[np.triu_indices(5, 1)]
    example.agrees("error_upper", np.maximum(above, 1 / above))
    printed = np.array(example.printed["error_matrix"])
    assert np.abs(errors - printed).max() <= example.tolerance("error_matrix")


def test_seven_organisational_needs(published):
    example = published("ahp_accounting_is_needs")
    for name, matrix in example.inputs["matrices"].items():
        found = tp.ahp(example.table(matrix))
        example.agrees(f"weights:{name}", found.overall)
        example.agrees(f"cr:{name}", found.consistency["cr"].iloc[0])


@pytest.mark.parametrize(
    "name", ["ahp_wikipedia_leader", "ahp_saaty_city_hierarchy", "ahp_pandp2018_hierarchy"]
)
def test_hierarchy(published, name):
    example = published(name)
    goal, alternatives = example.inputs["goal"], example.inputs["alternatives"]
    tree = {"goal": example.table(goal["matrix"], goal["order"])}
    for criterion, below in goal["children"].items():
        names = [f"{criterion}: {alternative}" for alternative in alternatives]
        tree[criterion] = example.table(below["matrix"], names)
    found = tp.ahp(tree)
    if "weights:goal" in example.printed:
        example.agrees("weights:goal", found.local["goal"])
    totals = found.overall.groupby([leaf.split(": ")[1] for leaf in found.overall.index]).sum()[alternatives]
    example.agrees("totals", totals)
    if "ranks" in example.printed:
        example.agrees("ranks", totals.rank(ascending=False))


def test_house_repaired_by_harker(published):
    example = published("ahp_saaty_house_n8")
    ratios = example.table().to_numpy(copy=True)
    index = example.inputs.get("random_index", "saaty2007")
    example.agrees("cr_before", measure_consistency(ratios, random_index=index).cr)
    errors = judgment_errors(ratios)
    row, column = np.unravel_index(errors.argmax(), errors.shape)
    assert [row + 1, column + 1] == example.printed["worst_pair"]
    implied = implied_ratio(ratios, row, column)
    example.agrees("replacement", implied)
    ratios[row, column], ratios[column, row] = implied, 1 / implied
    example.agrees("cr_after", measure_consistency(ratios, random_index=index).cr)


def test_style_matrix_is_read_as_printed(published):
    example = published("ahp_mcda_r_style")
    ratios = example.table().to_numpy()
    gaps = [
        min(
            abs(1 - ratios[i, k] / (ratios[i, j] * ratios[j, k])),
            abs(1 - ratios[i, j] * ratios[j, k] / ratios[i, k]),
        )
        for i in range(4)
        for j in range(4)
        for k in range(4)
        if len({i, j, k}) == 3
    ]
    # Koczkodaj's index needs no weights: it checks that the table was read as printed.
    example.agrees("koczkodaj", max(gaps))


def test_incomplete_house_filled_with_least_eigenvalue(published):
    example = published("ahp_incomplete_bozoki_house")
    ratios = example.table().to_numpy()
    filled = fill_least_eigenvalue(ratios)
    gaps = [(i, j) for i in range(8) for j in range(i + 1, 8) if np.isnan(ratios[i, j])]
    example.agrees("completion", [filled[i, j] for i, j in gaps])
    found = tp.ahp(pd.DataFrame(ratios), largest=None)
    assert not found.consistency["complete"].iloc[0]


def test_two_hundred_judges_arithmetic_mean_of_priorities(published):
    example = published("ahp_group_city200_aip")
    panel = tp.weighting.judgments_from_matrices(example.judges())
    found = tp.ahp(panel, priorities="normalized_columns", aggregate="priorities_arithmetic")
    example.agrees("aip_arithmetic", found.overall)
    example.agrees("aip_sd", found.by_expert.std(ddof=1))


def test_two_hundred_judges_geometric_mean_of_priorities(published):
    example = published("ahp_group_city200_aip_eigen")
    panel = tp.weighting.judgments_from_matrices(example.judges())
    found = tp.ahp(panel, aggregate="priorities", random_index=example.inputs["random_index"])
    # The source prints the geometric mean before it is scaled to sum 1.
    example.agrees("aip_geometric_unnormalised", np.exp(np.log(found.by_expert).mean()))
    printed = np.array(example.printed["aip_geometric_unnormalised"])
    assert found.overall.to_numpy() == pytest.approx(printed / printed.sum(), abs=1e-4)
    individual = found.consistency[found.consistency["kind"] == "expert"]
    example.agrees("n_consistent", (individual["cr"] <= 0.1).sum())
