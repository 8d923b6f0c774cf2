"""Bayesian groups: the authors' example of the Bayesian best-worst method, and JAGS on the same models."""

import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import techprio as tp

DATA = Path(__file__).parents[1] / "data"


def record(name):
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def near(found, results):
    """Weights within 0.002, certainties within 0.03: the sampling error of 4,000 draws, three times over."""
    assert found.weights.to_numpy() == pytest.approx(results["weights"], abs=0.002)
    assert found.sample.std().to_numpy() == pytest.approx(results["sd"], rel=0.12)
    assert np.abs(found.certainty.to_numpy() - np.array(results["certainty"])).max() < 0.03


def test_bayesian_best_worst_method_of_mohammadi_and_rezaei():
    known = record("bwm_bayesian_mohammadi2020")
    tables = [
        pd.DataFrame(known["inputs"][key], columns=known["inputs"]["criteria"])
        for key in ("best_to_others", "others_to_worst")
    ]
    found = tp.weighting.bayesian_best_worst(*tables, seed=3)
    near(found, known["results"])
    assert found.weights.idxmax() == "price"
    assert 0.4 < found.certainty.loc["delivery cost", "price"] < 0.6  # nobody can say which comes first


def test_the_posterior_of_a_panel_is_that_of_the_upper_level():
    known = record("group_posterior_jags")
    names = list("FIWM")
    said = {
        f"e{number}": {(names[i], names[j]): row[i] / row[j] for i, j in combinations(range(len(names)), 2)}
        for number, row in enumerate(known["inputs"]["priorities"])
    }
    judgments = tp.weighting.judgments_from_matrices(said, largest=None)
    weights = tp.ahp(judgments, groups="experts", largest=None)
    near(tp.weighting.bayesian_group(weights, seed=1), known["results"])
