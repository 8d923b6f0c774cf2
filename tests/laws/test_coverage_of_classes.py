"""Over 200 invented studies with a known truth, firm priorities are truly first at least as often as stated.

The truth of each study is one more draw of what the study states: scores between low and high, weights
around those of the panel. A class that promises 80 % must then hold in 80 % of the technologies that bear it.
"""

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.robustness import Around, priority_classes

STUDIES, COUNT, CRITERIA, TOP = 200, 12, 4, 4
METHOD = tp.Topsis("reference")
SCALES = {f"c{j}": tp.Scale("interval", 0, 10) for j in range(CRITERIA)}
WAYS = dict.fromkeys(SCALES, "max")


@pytest.fixture(scope="module")
def outcomes():
    rng = np.random.default_rng(20260)
    rows = []
    for number in range(STUDIES):
        ends = np.sort(rng.uniform(1, 9, (COUNT, CRITERIA, 3)), axis=2)
        middle = ends[:, :, 1:2]
        low, value, high = np.moveaxis(middle + 0.4 * (ends - middle), 2, 0)
        names = [f"T{place:02}" for place in range(COUNT)]
        tables = [pd.DataFrame(part, index=names, columns=list(SCALES)) for part in (value, low, high)]
        matrix = tp.DecisionMatrix(tables[0], WAYS, scales=SCALES, low=tables[1], high=tables[2])
        weights = dict(zip(SCALES, rng.dirichlet(np.full(CRITERIA, 4.0)), strict=True))
        around = Around(spread=0.3)
        ranking = tp.rank(matrix, weights, METHOD)
        drawn = tp.simulate(
            matrix, weights, METHOD, draws=600, seed=number, top=TOP, weight_distribution=around, collect=[]
        )
        true_weights = around.source(pd.Series(weights), list(SCALES)).draw(rng, 1)[0]
        truth = pd.DataFrame(rng.triangular(low, value, high), index=names, columns=list(SCALES))
        ranks = tp.rank(tp.DecisionMatrix(truth, WAYS, scales=SCALES), true_weights, METHOD).ranks
        table = priority_classes({"S": ranking}, {"S": drawn}).table
        rows.append(table.assign(truly=table["technology"].map(ranks) <= TOP))
    return pd.concat(rows, ignore_index=True)


@pytest.mark.parametrize(("name", "truly", "stated"), [("firm", True, 0.8), ("firmly_not", False, 0.8)])
def test_classes_hold_at_least_as_often_as_stated(outcomes, name, truly, stated):
    share = (outcomes.loc[outcomes["priority_class"] == name, "truly"] == truly).mean()
    assert share >= stated


def test_probabilities_are_the_frequencies_of_the_truth(outcomes):
    bins = pd.cut(outcomes["p_top"], [-0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.01])
    found = outcomes.groupby(bins, observed=True).agg(
        stated=("p_top", "mean"), truly=("truly", "mean"), n=("truly", "size")
    )
    # Four standard errors of a frequency, and 0.01 because technologies of one study go together.
    allowed = 4 * np.sqrt(found["stated"] * (1 - found["stated"]) / found["n"]) + 0.01
    assert ((found["stated"] - found["truly"]).abs() <= allowed).all(), found


def test_all_three_classes_are_there(outcomes):
    counts = outcomes["priority_class"].value_counts()
    assert counts.min() > 200
    assert set(counts.index) == {"firm", "contested", "firmly_not"}
