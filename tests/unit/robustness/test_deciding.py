"""What decides on which side of the line a technology stands, and what a reference profile makes priority."""

import pandas as pd
import pytest

import techprio as tp
from techprio.model import ReferenceProfile
from techprio.robustness import priority_classes, reach_profile, what_decides

NAMES = ["W", "X", "Y", "Z"]
TABLE = pd.DataFrame({"a": [9.0, 7.0, 6.9, 1.0], "b": [1.0, 2.0, 5.0, 3.0]}, index=NAMES)
SPREAD = pd.Series({"a": 0.5, "b": 0.0})
MATRIX = tp.DecisionMatrix(TABLE, {"a": "max", "b": "max"}, low=TABLE.sub(SPREAD), high=TABLE.add(SPREAD))
WEIGHTS = {"a": 0.9, "b": 0.1}
METHOD = tp.WeightedSum("none")
FIXED = {"weight_distribution": "fixed", "draws": 2000, "seed": 1}


@pytest.fixture(scope="module")
def lists():
    return {"S": tp.rank(MATRIX, WEIGHTS, METHOD)}, {
        "S": tp.simulate(MATRIX, WEIGHTS, METHOD, top=2, **FIXED)
    }


def test_the_nearest_on_the_other_side_and_the_score_that_decides(lists):
    found = what_decides(lists[0], priority_classes(*lists)).table.set_index("technology")
    row = found.loc["Y"]
    assert (row["against"], row["speaks_for"], row["speaks_against"]) == ("X", ("b",), ("a",))
    assert row["margin"] == pytest.approx(0.9 * -0.1 + 0.1 * 3)
    # Y leads X by .21; a of Y half a point lower makes that -.24.
    assert (row["score_on"], row["flips_at"]) in (("a", 6.4), ("a", 7.5))
    assert pd.isna(found.loc["Z", "flips_at"])


def test_two_of_which_neither_is_ahead_are_equal(lists):
    pairs = {"S": pd.DataFrame(0.55, index=list("WXYZ"), columns=list("WXYZ"))}
    assert what_decides(lists[0], priority_classes(*lists), ahead=pairs).table["equal"].all()
    pairs["S"].loc[:] = 0.9
    assert not what_decides(lists[0], priority_classes(*lists), ahead=pairs).table["equal"].any()


@pytest.mark.parametrize("rule", ["score", "outranking"])
def test_priority_is_what_reaches_the_profile(lists, rule):
    profile = ReferenceProfile({"a": 6.95, "b": 2}, cut=0.85)
    reached = {"S": reach_profile(MATRIX, WEIGHTS, METHOD, profile, rule=rule, **FIXED)}
    classes = priority_classes(*lists, profile=profile, rule=rule, reached=reached)
    table = classes.table.set_index("technology")
    # By score 6.455 is reached by W, X and Y; a weighs .9, so Y outranks only where it reaches 6.95 on a.
    stated = {"score": "WXY", "outranking": "WX"}[rule]
    assert set(table.index[table["in_first"]]) == set(stated)
    assert classes.of("W") == "firm"
    assert classes.of("Z") == "firmly_not"
    if rule == "outranking":
        # 6.9 +- .5, triangular: the share above 6.95 is (.45 / .5) ** 2 / 2.
        assert table.loc["Y", "p_top"] == pytest.approx(0.405, abs=4 * table.loc["Y", "standard_error"])
    assert set(what_decides(lists[0], classes, profile=profile).table["against"]) == {"reference profile"}


def test_what_cannot_be_used_is_refused(lists):
    profile = ReferenceProfile({"a": 6.95, "b": 2})
    with pytest.raises(tp.InputError, match="reached"):
        priority_classes(*lists, profile=profile)
    for wrong in (
        {"values": {}},
        {"values": {"a": 1}, "veto": {"a": 1}, "preference": {"a": 2}},
        {"cut": 0.2},
    ):
        with pytest.raises(tp.InputError, match="reference profile cannot be used"):
            ReferenceProfile(**{"values": {"a": 1}, **wrong})


def test_a_profile_that_nothing_reaches_is_said():
    found = reach_profile(MATRIX, WEIGHTS, METHOD, ReferenceProfile({"a": 60, "b": 60}), **FIXED)
    assert "no members" in str(found.notes[0])


def test_the_contested_of_both_sides_stand_together_with_what_decides(lists):
    found = what_decides(lists[0], priority_classes(*lists))
    # X and Y are .21 apart and a may move either by .45: each is contested, Y above the line.
    (above, below) = found.tables()["deciding"].printed("en")
    assert above[1:4] == ["Y", "2", "✓"]
    assert below[1:4] == ["X", "3", ""]
    assert (above[5], below[5]) == ("X", "Y")
    assert above[7:9] == ["b", "a"]
    assert any(word in above[11] for word in ("a: 6.4 - 6.9 - 7.4", "a of X: 6.5 - 7 - 7.5"))
    nothing = found.__class__(found.table.assign(priority_class="firm"), found.top).tables()["deciding"]
    assert not nothing.rows
    assert "nothing is left to decide" in str(nothing.notes[0])
