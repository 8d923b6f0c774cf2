"""Levels, profiles and potential; figures of the shipped survey by plain Python over the file."""

import csv
import math
from collections import defaultdict
from pathlib import Path
from statistics import fmean

import numpy as np
import pandas as pd
import pytest

import techprio as tp

ROOT = Path(__file__).parents[3]
GROUPS = {"T": 30, "E": 20, "O": 19, "R": 17, "I": 14}


@pytest.fixture(scope="module")
def by_hand():
    """Points of the latest year of each complete firm by (instrument, sector), without pandas."""
    latest = {}
    with (ROOT / "catalogs" / "lai-chau" / "survey.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["firm"] not in latest or latest[row["firm"]]["year"] < row["year"]:
                latest[row["firm"]] = row
    parts = defaultdict(list)
    for row in latest.values():
        if all(row[group] for group in GROUPS):
            parts[row["instrument"], row["sector"]].append([float(row[group]) for group in GROUPS])
    return parts


def coefficient(points):
    return math.prod((p / m) ** (m / 100) for p, m in zip(points, GROUPS.values(), strict=True))


def test_shipped_survey_totals_and_means(assessment, by_hand):
    found = assessment.sectors.set_index(["instrument", "sector"])
    assert set(found.index) == set(by_hand)
    for key, firms in by_hand.items():
        means = [fmean(column) for column in zip(*firms, strict=True)]
        assert found.loc[key, "complete"] == len(firms)
        assert found.loc[key, "total"] == pytest.approx(sum(means), abs=1e-9)
        assert found.loc[key, "synchronization"] == pytest.approx(coefficient(means), abs=1e-9)
        assert found.loc[key, "mean_synchronization"] == pytest.approx(
            fmean(coefficient(firm) for firm in firms), abs=1e-9
        )


def test_shipped_survey_group_means_and_province(assessment, by_hand):
    for own in ("circular17", "circular17-extension"):
        pooled = [firm for (name, _), firms in by_hand.items() if name == own for firm in firms]
        for place, (group, most) in enumerate(GROUPS.items()):
            chosen = (assessment.groups["instrument"] == own) & (assessment.groups["group"] == group)
            rows = assessment.groups[chosen].set_index("sector")
            province = fmean(firm[place] for firm in pooled) / most
            for sector, row in rows.iterrows():
                mean = fmean(firm[place] for firm in by_hand[own, sector])
                assert row["mean"] == pytest.approx(mean, abs=1e-9)
                assert row["difference"] == pytest.approx(mean / most - province, abs=1e-9)


def test_shipped_survey_levels_count_every_complete_firm(assessment, by_hand):
    bounds = [0, 35, 60, 75]
    found = assessment.levels.set_index(["instrument", "sector", "level"])["firms"]
    for key, firms in by_hand.items():
        totals = [sum(firm) for firm in firms]
        for level in range(1, 5):
            most = bounds[level] if level < 4 else 101
            assert found[(*key, level)] == sum(bounds[level - 1] <= total < most for total in totals)


def test_shipped_survey_is_never_called_official(assessment):
    assert not assessment.official
    assert set(assessment.firms["status"]) == {"provisional", "extension", "undefined"}
    assert any("provisional bounds" in str(note) for note in assessment.notes)
    assert "no official class" in str(assessment.explain("f001"))
    assert "never an official class" in str(assessment.explain("f017"))


def test_a_level_that_is_called_alike_in_both_sets_of_names_is_named_once(assessment):
    said = [assessment.level_text(rank, "provisional").render("en") for rank in (1, 3)]
    assert [words.split(" (")[0] for words in said] == ["outdated", "upper medium / advanced"]


def test_firms_with_gaps_are_listed_and_not_imputed(assessment):
    gaps = assessment.firms[assessment.firms["missing"] != ""].set_index("firm")
    assert gaps["missing"].to_dict() == {"f021": "R", "f049": "E", "f072": "I", "f098": "R"}
    assert gaps[["total", "synchronization", "level"]].isna().all(axis=None)
    row = gaps.loc["f049"]  # 17 + 9 + 2 + 1 without E of at most 20
    assert (row["total_low"], row["total_high"]) == (29, 49)
    assert (row["level_low"], row["level_high"]) == (1, 2)
    notes = "\n".join(map(str, assessment.notes))
    assert all(firm in notes for firm in gaps.index)


def test_trend_compares_a_firm_with_itself(assessment):
    (row,) = assessment.trend.to_dict("records")
    assert (row["firm"], row["year_from"], row["year_to"]) == ("f047", 2024, 2026)
    assert (row["total_from"], row["total_to"], row["change"]) == (25, 36, 11)
    assert (row["level_from"], row["level_to"]) == (1, 2)
    assert assessment.yearly.query("year == 2024")["firms"].sum() == 1


def test_extension_is_never_averaged_with_the_instrument(pair, table):
    inside = table(("a", "AGR", 2026, 30, 20), ("b", "AGR", 2026, 60, 40), instrument="pilot")
    outside = table(("c", "AGR", 2026, 0, 0), instrument="pilot-extension")
    alone = tp.assess_survey(inside, pair)
    both = tp.assess_survey(pd.concat([inside, outside]), pair)
    own = both.sectors.query("instrument == 'pilot'").reset_index(drop=True)
    pd.testing.assert_frame_equal(own, alone.sectors)
    pd.testing.assert_frame_equal(
        both.groups.query("instrument == 'pilot'").reset_index(drop=True), alone.groups
    )
    assert both.firms.set_index("firm").loc["c", "status"] == "extension"


def test_verified_bounds_give_official_classes_inside_the_scope_only(pair, table):
    rows = table(("a", "AGR", 2026, 60, 20), ("b", "AGR", 2026, 60, 20))
    found = tp.assess_survey(rows.assign(instrument=["pilot", "pilot-extension"]), pair)
    assert found.official
    assert found.firms.set_index("firm")["status"].to_dict() == {"a": "official", "b": "extension"}


def test_synchronization_can_hold_a_class_back(pair, table):
    # 75 points suffice for class 3; K = (60/60)^0.6 * (15/40)^0.4 = 0.675, with 10 points of I it is 0.574
    found = tp.assess_survey(table(("a", "AGR", 2026, 60, 15), ("b", "AGR", 2026, 60, 10)), pair)
    firms = found.firms.set_index("firm")
    assert firms.loc["a", "level"] == 3
    assert firms.loc["b", "level"] == 2
    assert "least synchronization of 0.65 is not reached" in str(found.explain("b"))


def test_zero_makes_k_zero_and_a_gap_leaves_it_undetermined(pair, table):
    firms = tp.assess_survey(table(("a", "X", 2026, 60, 0), ("b", "X", 2026, None, 30)), pair).firms
    assert firms["synchronization"].tolist() == [0.0, pd.NA]


def test_points_by_criterion_are_summed_to_their_group():
    asked = tp.survey.PointGroup(
        "R", 60, questions=(tp.survey.Question("q1", 20), tp.survey.Question("q2", 40))
    )
    instrument = tp.survey.Instrument("pilot", (asked, tp.survey.PointGroup("I", 40)))
    rows = pd.DataFrame(
        {"firm": ["a", "b"], "sector": "X", "year": 2026, "q1": [5, 5], "q2": [10, None], "I": [8, 8]}
    )
    firms = tp.assess_survey(rows, instrument).firms.set_index("firm")
    assert firms.loc["a", ["R", "total"]].tolist() == [15, 23]
    assert firms.loc["b", "missing"] == "R"
    both = rows.assign(R=15)
    with pytest.raises(tp.InputError, match="points by group or by criterion, not both"):
        tp.assess_survey(both, instrument)


def test_small_samples_are_said_and_a_single_firm_has_no_interval(pair, table):
    found = tp.assess_survey(table(("a", "AGR", 2026, 30, 20)), pair)
    assert found.sectors["total_low"].isna().all()
    assert any("only 1 complete firms" in str(note) for note in found.notes)


def test_interval_is_that_of_the_bootstrap_distribution(pair, table):
    # Two firms of 20 and 80 points: the mean of two draws is 20, 50 or 80 with shares 1/4, 1/2, 1/4.
    found = tp.assess_survey(table(("a", "X", 2026, 12, 8), ("b", "X", 2026, 48, 32)), pair, confidence=0.4)
    assert found.sectors.loc[0, ["total_low", "total_high"]].tolist() == [50, 50]
    wide = tp.assess_survey(table(("a", "X", 2026, 12, 8), ("b", "X", 2026, 48, 32)), pair, confidence=0.9)
    assert wide.sectors.loc[0, ["total_low", "total_high"]].tolist() == [20, 80]


def test_sides_are_the_groups_furthest_from_the_province(pair, table):
    rows = [("a", "X", 2026, 60, 4), ("b", "Y", 2026, 12, 36)]
    groups = tp.assess_survey(table(*rows), pair).groups.set_index(["sector", "group"])
    assert groups["side"].to_dict() == {
        ("X", "R"): "strength",
        ("X", "I"): "weakness",
        ("Y", "R"): "weakness",
        ("Y", "I"): "strength",
    }
    assert groups.loc[("X", "R"), "difference"] == pytest.approx((60 - 36) / 60)


def test_potential_follows_the_stated_rule(pair, table):
    rows = [(f"f{n}", "X", 2026, 10 * n, 4 * n) for n in range(1, 7)]
    rule = tp.survey.PotentialRule(groups=("I",), upper_share=0.5, sector_upper_share=0.2)
    found = tp.assess_survey(table(*rows), pair, rule=rule).potential
    # Medians of I: 14; the upper fifth of the totals 14, 28 … 84 begins at 70.
    assert found.loc[found["potential"], "firm"].tolist() == ["f5", "f6"]
    strict = tp.survey.PotentialRule(groups=("I",), rnd_share_min=0.01)
    spent = table(*rows).assign(rnd_share=[0.0, 0.0, 0.0, 0.0, None, 0.02])
    judged = tp.assess_survey(spent, pair, rule=strict).potential.set_index("firm")
    assert not judged.loc["f5", "judged"]
    assert judged.index[judged["potential"]].tolist() == ["f6"]


def test_results_do_not_change_with_rows_or_other_sectors(survey, instrument, assessment):
    mixed = survey.sample(frac=1, random_state=1)
    again = tp.assess_survey(mixed, instrument)
    pd.testing.assert_frame_equal(again.sectors, assessment.sectors)
    pd.testing.assert_frame_equal(again.groups, assessment.groups)
    less = tp.assess_survey(survey[survey["sector"] != "PRO"], instrument).sectors
    kept = assessment.sectors[assessment.sectors["sector"] != "PRO"].reset_index(drop=True)
    pd.testing.assert_frame_equal(less, kept)


def test_seed_zero_is_a_seed(survey, instrument):
    first, again, other = (tp.assess_survey(survey, instrument, seed=seed).sectors for seed in (0, 0, 1))
    pd.testing.assert_frame_equal(first, again)
    assert not first["total_low"].equals(other["total_low"])


def test_why_knows_firm_and_year(assessment):
    assert "total 25 of 100" in str(assessment.explain("f047", 2024))
    assert "total 36 of 100" in str(assessment.explain("f047"))
    with pytest.raises(tp.InputError, match="not surveyed in 2020"):
        assessment.explain("f047", 2020)
    with pytest.raises(tp.InputError, match="unknown firm 'g1'"):
        assessment.explain("g1")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"R": [61, 10]}, "row 1, R; found 61"),
        ({"R": [-1, 10]}, "row 1, R; found -1"),
        ({"R": ["many", 10]}, "row 1, R; found many"),
        ({"R": [np.inf, 10]}, "row 1, R; found inf"),
        ({"firm": ["a", "a"]}, "a again in 2026"),
        ({"firm": ["", "b"]}, "row 1, firm; found nothing"),
        ({"sector": ["AGR", "AGRI"]}, "did you mean AGR"),
        ({"year": [2026.5, 2026]}, "row 1, year; found 2026.5"),
        ({"instrument": ["pilot", "pilot-2"]}, "pilot-2 in 1 row"),
        ({"rnd_share": [0.5, 50]}, "row 2, rnd_share; found 50"),
    ],
)
def test_bad_rows_are_named(change, words, pair, table):
    rows = table(("a", "AGR", 2026, 30, 20), ("b", "AGR", 2026, 10, 10)).assign(**change)
    with pytest.raises(tp.InputError) as caught:
        tp.assess_survey(rows, pair, sectors={"AGR": tp.Label("Nông nghiệp", "Agriculture")})
    assert words in str(caught.value)


def test_all_bad_rows_at_once(pair, table):
    rows = table(("a", "AGR", 2026, 61, 50), ("a", "AGR", 2026, -1, 10))
    with pytest.raises(tp.InputError, match=r"4 problem\(s\)"):
        tp.assess_survey(rows, pair)


def test_missing_group_column_is_named_with_a_proposal(pair, table):
    rows = table(("a", "AGR", 2026, 30, 20)).rename(columns={"firm": "firms"}).drop(columns="I")
    with pytest.raises(tp.InputError) as caught:
        tp.assess_survey(rows, pair)
    assert "did you mean firms" in str(caught.value)
    assert "I; found no such column" in str(caught.value)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"draws": 0}, "draws"),
        ({"draws": True}, "draws"),
        ({"seed": -1}, "seed"),
        ({"confidence": 1.0}, "confidence"),
        ({"small": -1}, "small"),
        ({"rule": tp.survey.PotentialRule(groups=("Z",))}, "groups among R, I"),
        ({"rule": tp.survey.PotentialRule(upper_share=25)}, "upper_share"),
        ({"rule": tp.survey.PotentialRule(rnd_share_min=5)}, "rnd_share_min"),
    ],
)
def test_bad_options_are_refused(options, words, pair, table):
    with pytest.raises(tp.InputError, match=words):
        tp.assess_survey(table(("a", "AGR", 2026, 30, 20)), pair, **options)


def test_empty_survey_is_refused(pair, table):
    with pytest.raises(tp.InputError, match="at least one row"):
        tp.assess_survey(table(), pair)


def test_synchronization_refuses_what_is_not_points(pair):
    with pytest.raises(tp.InputError, match="2 groups"):
        tp.survey.measure_synchronization([1, 2, 3], pair)
    with pytest.raises(tp.InputError, match="points of I must lie between 0 and 40"):
        tp.survey.measure_synchronization([1, 41], pair)
    with pytest.raises(tp.InputError, match="points of I are missing"):
        tp.survey.measure_synchronization(pd.Series({"R": 3}), pair)
