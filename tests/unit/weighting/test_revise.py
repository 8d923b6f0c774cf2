"""Help with inconsistency."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.weighting.consistency import implied_ratio, measure_consistency
from techprio.weighting.panel_notes import circular_triads

LAI_CHAU = Path(__file__).parents[3] / "catalogs" / "lai-chau"


@pytest.fixture(scope="module")
def judgments():
    return tp.read_study(LAI_CHAU).judgments


@pytest.fixture(scope="module")
def revisions(judgments):
    return tp.weighting.suggest_revisions(judgments)


def test_the_two_experts_above_the_bound_are_found(revisions):
    places = revisions.table[["expert", "node"]].drop_duplicates()
    assert places.values.tolist() == [["e04", "root"], ["e11", "M"]]
    assert (revisions.table.groupby(["expert", "node"]).size() == 3).all()


def test_each_proposal_gives_the_ratio_it_promises(revisions):
    for row in range(len(revisions.table)):
        said = revisions.table.iloc[row]
        after = tp.ahp(revisions.judgments_after(row)).consistency.set_index(["expert", "node"])
        assert after.loc[(said["expert"], said["node"]), "cr"] == pytest.approx(said["cr_after"], abs=1e-5)
        assert said["clears"] == (said["cr_after"] <= 0.1)
        assert said["cr_after"] < said["cr"]


def test_no_nearer_value_of_the_scale_would_do(revisions):
    for row in revisions.table[revisions.table["clears"]].itertuples():
        stated = np.log(row.strength)
        same_side = row.proposed_preferred == row.preferred
        proposed = np.log(row.proposed_strength) * (1 if same_side else -1)
        for level in range(1, 10):
            for preferred, other, value in (
                (row.preferred, row.other, np.log(level)),
                (row.other, row.preferred, -np.log(level)),
            ):
                if abs(value - stated) < abs(proposed - stated) - 1e-9:
                    pair = {"preferred": preferred, "other": other, "strength": level}
                    changed = tp.weighting.revise_judgment(revisions.judgments, row.expert, row.node, **pair)
                    table = tp.ahp(changed).consistency.set_index(["expert", "node"])
                    assert table.loc[(row.expert, row.node), "cr"] > 0.1


def test_weights_after_a_revision_are_those_of_the_revised_judgments(revisions, judgments):
    before, after = tp.ahp(judgments).overall, revisions.weights_after(0).overall
    assert np.abs(after - before).max() > 1e-4
    assert after["M1"] < before["M1"]  # e04 no longer puts M over F


def test_no_single_change_is_said():
    # Two loops that share no pair: mending one leaves the other.
    pairs = {("a", "b"): 9, ("b", "c"): 9, ("c", "a"): 9, ("d", "e"): 9, ("e", "f"): 9, ("f", "d"): 9}
    cross = {(x, y): 1 for x in "abc" for y in "def"}
    found = tp.weighting.suggest_revisions(tp.weighting.judgments_from_matrices({"e1": {**pairs, **cross}}))
    assert [str(note) for note in found.notes] == ["no single change clears e1 at goal"]
    assert not found.table["clears"].any()


def test_consistent_experts_need_no_help():
    found = tp.weighting.suggest_revisions(
        tp.weighting.judgments_from_matrices({"e1": {("a", "b"): 2, ("b", "c"): 2, ("a", "c"): 4}})
    )
    assert found.to_frame().empty
    assert list(found.table.columns)[:3] == ["expert", "node", "cr"]


def test_gaps_are_kept_in_mind():
    pairs = {("a", "b"): 3, ("b", "c"): 3, ("c", "a"): 3, ("c", "d"): 2}
    found = tp.weighting.suggest_revisions(tp.weighting.judgments_from_matrices({"e1": pairs}))
    # c against d hangs alone: nothing else says anything about it, so nothing is implied.
    assert set(found.table["preferred"] + found.table["other"]) == {"ab", "bc", "ca"}
    ratios = np.array([[1, 3, np.nan], [1 / 3, 1, 2], [np.nan, 1 / 2, 1]])
    assert implied_ratio(ratios, 0, 1) is None
    assert implied_ratio(ratios, 0, 2) == pytest.approx(6)


def test_pair_that_was_never_compared(judgments):
    with pytest.raises(tp.InputError, match="has 0 judgments of 'M1' and 'F1'"):
        tp.weighting.revise_judgment(judgments, "e01", "M", preferred="M1", other="F1", strength=2)
    with pytest.raises(tp.InputError, match="limit"):
        tp.weighting.suggest_revisions(judgments, limit=0)


def test_circular_triads_of_both_senses_and_none_with_ties():
    one = np.array([[1, 2, 1 / 2], [1 / 2, 1, 2], [2, 1 / 2, 1]])
    assert circular_triads(one) == [(0, 1, 2)]
    assert circular_triads(one.T) == [(0, 2, 1)]
    tied = np.where(one == 2, 1.0, np.where(one == 0.5, 1.0, one))
    assert circular_triads(tied) == []


def test_random_index_by_number_and_by_table():
    loop = np.array([[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]])
    ci = (4 + 1 / 3 - 3) / 2
    assert measure_consistency(loop, random_index=0.5).cr == pytest.approx(ci / 0.5)
    assert measure_consistency(loop, random_index={3: 0.52}).cr == pytest.approx(ci / 0.52)
    assert np.isnan(measure_consistency(loop, random_index={4: 0.9}).cr)


def test_frame_has_fixed_columns(revisions):
    assert isinstance(revisions.to_frame(), pd.DataFrame)
    assert list(revisions.to_frame().columns)[-2:] == ["cr_after", "clears"]


def test_a_value_between_the_steps_of_the_scale():
    # Only values near 3.5 clear so narrow a limit; the scale has 3 and 4.
    pairs = {("a", "b"): 3.5, ("b", "c"): 1, ("a", "c"): 9}
    found = tp.weighting.suggest_revisions(
        tp.weighting.judgments_from_matrices({"e1": pairs}), limit=1e-4
    ).table
    row = found[(found["preferred"] == "a") & (found["other"] == "c")].iloc[0]
    assert row["clears"]
    assert row["proposed_strength"] == pytest.approx(3.5, abs=1e-4)
