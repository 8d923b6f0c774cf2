"""Objective weights from the literature, to the printed digits."""

import numpy as np
import pandas as pd
import pytest

import techprio as tp

WORDS = {"min": "minimize", "max": "maximize"}


def _table(example):
    values = np.array(example.inputs["matrix"], dtype=float)
    return pd.DataFrame(values, columns=[f"c{j}" for j in range(values.shape[1])])


def _directions(example, table):
    given = example.inputs.get("directions", ["max"] * table.shape[1])
    return {name: WORDS[word] for name, word in zip(table.columns, given, strict=True)}


@pytest.mark.parametrize(
    "name",
    [
        "entropy_elsayed2017",
        "entropy_ersoy2021",
        "entropy_lee_chang2018",
        "entropy_xu2004",
        "cilos_idocriw_zavadskas2016",
    ],
)
def test_entropy_of_raw_values(published, name):
    example = published(name)
    example.agrees("entropy_weights", tp.weighting.entropy_weights(_table(example)).overall)


@pytest.mark.parametrize("name", ["entropy_apartment_minmax", "entropy_suppliers_minmax"])
def test_entropy_of_scaled_values(published, name):
    example = published(name)
    table = _table(example)
    found = tp.weighting.entropy_weights(table, directions=_directions(example, table), scaling="minmax")
    example.agrees("entropy_minmax_weights", found.overall)


def test_critic(published):
    example = published("critic_diakoulaki1995")
    table = _table(example)
    example.agrees(
        "critic_weights", tp.weighting.critic_weights(table, directions=_directions(example, table)).overall
    )


def test_critic_as_a_paper_that_ignores_directions(published):
    example = published("critic_tus2019")
    table = _table(example)
    ignored = tp.weighting.critic_weights(table, directions=dict.fromkeys(table, "maximize")).overall
    example.agrees("critic_weights", ignored)
    # With the directions respected the weights are others: the cost then no longer conflicts alike.
    respected = tp.weighting.critic_weights(table, directions=_directions(example, table)).overall
    assert np.abs(respected - ignored).max() > 0.01


def test_merec(published):
    example = published("merec_keshavarz2021")
    table = _table(example)
    example.agrees(
        "merec_weights", tp.weighting.merec_weights(table, directions=_directions(example, table)).overall
    )


def test_standard_deviation(published):
    example = published("std_salabun2020")
    example.agrees("std_raw_weights", tp.weighting.standard_deviation_weights(_table(example)).overall)
