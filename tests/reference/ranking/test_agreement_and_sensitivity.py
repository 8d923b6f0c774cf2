"""Published rank correlations, stability intervals, weight changes, votes and SMAA tables."""

import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from ranking_cases import EXAMPLES, close, load

import techprio as tp
from techprio.ranking.options import weigh
from techprio.ranking.order import sort_runs
from techprio.robustness.counting import count_block, empty_tally
from techprio.robustness.rank_lists import borda, copeland


def _ranks(values):
    return pd.Series(values).rank(method="average")


@pytest.mark.parametrize("name", ["spearman_r_ties", "spearman_wikipedia_iq_tv"])
def test_published_spearman(name):
    inputs = EXAMPLES[name]["inputs"]
    close(
        name, "spearman", tp.robustness.rank_correlation(_ranks(inputs["x"]), _ranks(inputs["y"]), "spearman")
    )


@pytest.mark.parametrize("coefficient", ["spearman", "weighted_spearman", "ws"])
def test_published_similarity_of_rankings(coefficient):
    inputs = EXAMPLES["ws_salabun2020"]["inputs"]
    found = tp.robustness.rank_correlation(pd.Series(inputs["x"]), pd.Series(inputs["y"]), coefficient)
    close("ws_salabun2020", coefficient, found)


@pytest.mark.parametrize("name", ["votes_borda_copeland_apartment", "votes_condorcet_cycle"])
def test_published_votes(name):
    inputs, published = EXAMPLES[name]["inputs"], EXAMPLES[name]["published"]
    ranks = pd.DataFrame(
        {n: pd.Series({a: order.index(a) + 1 for a in order}) for n, order in enumerate(inputs["orders"])}
    ).loc[inputs["alternatives"]]
    assert borda(ranks).tolist() == published["borda"]
    assert copeland(ranks).tolist() == published["copeland"]


def test_published_interval_of_the_leader():
    name = "stability_apartment_price"
    matrix, weights, _, _ = load(name)
    ranking = tp.rank(matrix, weights, tp.WeightedSum("minmax"))
    assert ranking.ranks["A1"] == 1
    walk = tp.weight_sensitivity(ranking, "C1")
    # The source prints the first point of a grid of 0.001 at which the leader has changed.
    interval = walk.to_frame()[["leader_low", "leader_high"]].iloc[0].tolist()
    close(name, "winner:1", interval)
    last_below = walk.crossings[walk.crossings["weight"] <= interval[0]].iloc[-1]
    assert (last_below["below"], last_below["above"]) == ("A3", "A1")


@pytest.mark.parametrize("criterion", [1, 2, 3, 4])
def test_published_ranks_under_weight_changes(criterion):
    name = "sensitivity_pyrepo_percent"
    matrix, weights, inputs, published = load(name)
    ranking = tp.rank(matrix, weights, tp.Topsis("minmax"))
    table = tp.robustness.change_weights(ranking, f"C{criterion}", inputs["percentages"], others="equally")
    assert table.to_numpy().tolist() == published[f"percent:{criterion}"]


def test_published_acceptability_from_published_samples():
    # The samples of the itest of gertvv/rsmaa; the published table is that of JSMAA.
    name = "smaa_antidepressants_ordinal"
    file = Path(__file__).parents[1] / "data" / "smaa_antidepressants_samples.json.gz"
    samples = json.loads(gzip.decompress(file.read_bytes()))
    values = np.array(samples["measurements"]) / samples["measurement_scale"]
    weights = np.array(samples["weights"]) / samples["weight_scale"]
    tally = empty_tally(values.shape[1:], ["central_weights"])
    for start in range(0, len(values), 500):
        part = slice(start, start + 500)
        count_block(tally, sort_runs(weigh(values[part], weights[part])), weights[part])
    close(name, "rank_acceptability", tally.index / tally.draws)
    central = tally.central / tally.central.sum(axis=1, keepdims=True)
    leads = [
        float((weigh(values, np.tile(own, (len(values), 1))).argmax(axis=1) == row).mean())
        for row, own in enumerate(central)
    ]
    close(name, "confidence_factors", leads)


def test_published_two_level_weighted_scores():
    # The table truncates each step to three decimals; see the notes of the example.
    name = "tna_bahrain_mitigation"
    inputs = EXAMPLES[name]["inputs"]
    final = np.concatenate(
        [
            g * np.array(items)
            for g, items in zip(inputs["group_weights"], inputs["item_weights"], strict=True)
        ]
    )
    close(name, "final_weights", final)
    printed = np.array(inputs["printed_final_weights"])
    scores = np.concatenate([np.array(s, dtype=float) for s in inputs["scores"]])
    frame = pd.DataFrame([scores], columns=inputs["criteria"])
    ranking = tp.rank(
        frame, printed, tp.WeightedSum("none"), directions=["maximize"] * len(scores), normalize=True
    )
    parts = ranking.contributions().iloc[0].to_numpy() * printed.sum()
    close(name, "weighted_scores_from_printed", parts)
