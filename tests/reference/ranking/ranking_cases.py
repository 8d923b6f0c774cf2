"""The published examples as matrices and weights; nothing here is our own output."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

import techprio as tp

EXAMPLES = json.loads(
    Path(__file__).parents[1].joinpath("data", "ranking_examples.json").read_text(encoding="utf-8")
)
WORDS = {"max": "maximize", "min": "minimize"}


def load(name):
    """Return matrix, weights, inputs and published results of one example."""
    example = EXAMPLES[name]
    inputs = example["inputs"]
    values = np.array(inputs["matrix"], dtype=float)
    if inputs.get("alternatives_in_columns"):
        values = values.T
    m, n = values.shape
    directions = [WORDS[word] for word in inputs.get("directions", ["max"] * n)]
    frame = pd.DataFrame(
        values, index=[f"A{i + 1}" for i in range(m)], columns=[f"C{j + 1}" for j in range(n)]
    )
    matrix = tp.DecisionMatrix(frame, dict(zip(frame.columns, directions, strict=True)))
    weights = inputs.get("weights")
    if isinstance(weights, list):
        weights = [1 / int(w[2:]) if isinstance(w, str) else w for w in weights]
    return matrix, weights, inputs, example["published"]


def tolerance(name, key):
    """Return the tolerance of a published figure."""
    given = EXAMPLES[name]["tolerance"]
    if not isinstance(given, dict):
        return given
    return given.get(key, given.get("*"))


def close(name, key, found):
    """Compare with print, to the printed digits."""
    np.testing.assert_allclose(
        np.asarray(found, dtype=float), EXAMPLES[name]["published"][key], rtol=0, atol=tolerance(name, key)
    )
