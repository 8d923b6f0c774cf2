"""Stated, best-worst and given weights and rank concordance from the literature, to the printed digits."""

from fractions import Fraction

import numpy as np
import pytest

import techprio as tp


def test_best_worst_that_is_fully_consistent(published):
    example = published("bwm_consistent_4")
    names = "abcd"
    rows = [
        dict(zip(names, example.inputs[key], strict=True)) for key in ("best_to_others", "others_to_worst")
    ]
    for model in ("nonlinear", "linear"):
        found = tp.weighting.best_worst_weights(*rows, model=model)
        example.agrees("weights", found.overall)
        example.agrees("xi", found.consistency["xi"].iloc[0])


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("normalise_points_apartment_direct", tp.weighting.direct_rating_weights),
        ("normalise_points_apartment_swing", tp.weighting.swing_weights),
        ("fucom_sodur2024", tp.weighting.direct_rating_weights),
    ],
)
def test_points(published, name, method):
    example = published(name)
    points = {f"c{i}": float(Fraction(str(p))) for i, p in enumerate(example.inputs["points"])}
    example.agrees("weights", method(points).overall)


@pytest.mark.parametrize(
    ("key", "method"),
    [
        ("roc:12", tp.weighting.rank_order_centroid_weights),
        ("rank_sum:12", tp.weighting.rank_sum_weights),
        ("reciprocal:12", tp.weighting.rank_reciprocal_weights),
    ],
)
def test_weights_of_twelve_places(published, key, method):
    published("surrogate_andraszyk_n12").agrees(key, method([f"c{i:02d}" for i in range(12)]).overall)


@pytest.mark.parametrize("name", ["kendallw_bioestadistica", "kendallw_demsar2006"])
def test_concordance_with_ties(published, name):
    example = published(name)
    found = tp.weighting.kendall_w(np.array(example.inputs["ratings"]).T)
    example.agrees("chi2", found.chi2)
    example.agrees("df", found.degrees)
    if "chi2_uncorrected" in example.printed:
        judges = len(example.inputs["ratings"][0])
        example.agrees("chi2_uncorrected", judges * found.degrees * found.w_uncorrected)


def test_concordance_of_one_sixteenth(published):
    example = published("kendallw_proofwiki")
    # Rank 1 is the best there; here the highest rating is.
    found = tp.weighting.kendall_w(-np.array(example.inputs["ratings"]))
    example.agrees("rank_sums", found.rank_sums)
    example.agrees("S", ((found.rank_sums - found.rank_sums.mean()) ** 2).sum())
    example.agrees("W_uncorrected", found.w_uncorrected)


def test_two_levels_of_given_weights(published):
    example = published("tna_bahrain_mitigation")
    groups, names = example.inputs["groups"], iter(example.inputs["criteria"])
    tree = {"goal": dict(zip(groups, example.inputs["group_weights"], strict=True))}
    for group, weights in zip(groups, example.inputs["item_weights"], strict=True):
        tree[group] = {next(names): weight for weight in weights}
    found = tp.weighting.given_tree_weights(tree)
    assert list(found.overall.index) == example.inputs["criteria"]
    example.agrees("final_weights", found.overall)
