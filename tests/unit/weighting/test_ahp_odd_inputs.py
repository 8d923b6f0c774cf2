"""Square tables and pairs as they come from real work: the right weights, or an error that says where."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import techprio as tp

NAMES = ["Kinh tế", "Xã hội", "Môi trường", "Khả thi"]
FOUR = pd.DataFrame(
    [[1, 3, 5, 2], [1 / 3, 1, 2, 1 / 2], [1 / 5, 1 / 2, 1, 1 / 3], [1 / 2, 2, 3, 1]],
    index=NAMES,
    columns=NAMES,
)
FOUR_EIGENVECTOR = [0.4828856166, 0.1569898608, 0.0881500614, 0.2719744613]
FOUR_GEOMETRIC = [0.483189026, 0.1568759738, 0.088217843, 0.2717171572]
FOUR_LAMBDA, FOUR_CI = 4.0145209586, 0.0048403195
FOUR_CR = {"saaty": 0.0053781328, "alonso_lamata": 0.0054910035}
CASES = json.loads((Path(__file__).parent / "odd_matrices.json").read_text(encoding="utf-8"))


def _error(matrix, **options):
    with pytest.raises(tp.InputError) as caught:
        tp.ahp(matrix, **options)
    return str(caught.value)


def _check_four(weights):
    assert weights.overall[NAMES].tolist() == pytest.approx(FOUR_EIGENVECTOR, abs=1e-8)
    row = weights.consistency.iloc[0]
    assert (row["lambda_max"], row["ci"], row["cr"]) == pytest.approx(
        (FOUR_LAMBDA, FOUR_CI, FOUR_CR["saaty"]), abs=1e-8
    )


def test_a_reciprocal_table_by_both_methods():
    _check_four(tp.ahp(FOUR))
    assert tp.ahp(FOUR, priorities="geometric_mean").overall.tolist() == pytest.approx(
        FOUR_GEOMETRIC, abs=1e-8
    )
    found = tp.ahp(FOUR, random_index="alonso_lamata")
    assert found.consistency["cr"].iloc[0] == pytest.approx(FOUR_CR["alonso_lamata"], abs=1e-8)


def test_lower_half_rounded_to_three_places():
    rounded = FOUR.round(3)
    assert rounded.loc["Xã hội", "Kinh tế"] == 0.333
    _check_four(tp.ahp(rounded))


def test_one_half_is_enough():
    upper = FOUR.where(np.triu(np.ones((4, 4), dtype=bool)))
    _check_four(tp.ahp(upper.mask(np.eye(4, dtype=bool))))
    _check_four(tp.ahp(FOUR.where(np.tril(np.ones((4, 4), dtype=bool)))))


def test_columns_in_another_order_and_decomposed_names():
    moved = FOUR[["Môi trường", "Kinh tế", "Khả thi", "Xã hội"]]
    _check_four(tp.ahp(moved))
    decomposed = FOUR.rename(columns={"Môi trường": "Mo\u0302i trươ\u0300ng "})
    _check_four(tp.ahp(decomposed))


def test_pairs_and_numbers_as_text():
    pairs = {(NAMES[i], NAMES[j]): FOUR.iat[i, j] for i in range(4) for j in range(i + 1, 4)}
    _check_four(tp.ahp(pairs))
    _check_four(tp.ahp(FOUR.astype(str)))


@pytest.mark.parametrize("name", list(CASES))
def test_matrix_with_known_answers(name):
    case = CASES[name]
    labels = case["names"]
    table = pd.DataFrame(case["matrix"], index=labels, columns=labels).map(lambda x: float(Fraction(str(x))))
    within = {"abs": case["tolerance"]}
    found = tp.ahp(table)
    row = found.consistency.iloc[0]
    assert found.overall.tolist() == pytest.approx(case["weights_eigenvector"], **within)
    assert tp.ahp(table, priorities="geometric_mean").overall.tolist() == pytest.approx(
        case["weights_geometric_mean"], **within
    )
    assert row["lambda_max"] == pytest.approx(case["lambda_max"], **within)
    assert row["ci"] == pytest.approx(case["ci"], **within)
    assert row["cr"] == pytest.approx(case["cr_saaty"], **within)
    other = tp.ahp(table, random_index="alonso_lamata")
    assert other.consistency["cr"].iloc[0] == pytest.approx(case["cr_alonso_lamata"], **within)


def test_a_circle_is_told_by_name():
    loop = pd.DataFrame([[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]], index=list("ABC"), columns=list("ABC"))
    said = [str(note) for note in tp.ahp(loop).notes]
    assert any("A over B, B over C, C over A" in note for note in said)


def test_two_criteria_are_consistent_by_definition():
    found = tp.ahp({("Kinh tế", "Xã hội"): 4})
    assert found.overall.to_dict() == pytest.approx({"Kinh tế": 0.8, "Xã hội": 0.2}, abs=1e-12)
    row = found.consistency.iloc[0]
    assert (row["lambda_max"], row["ci"], row["cr"], row["verdict"]) == (2.0, 0.0, 0.0, "trivial")


def test_one_ninth_rounded_down_is_on_the_scale():
    table = pd.DataFrame([[1, 9], [0.111, 1]])
    assert tp.ahp(table).overall.tolist() == pytest.approx([0.9, 0.1], abs=1e-9)
    assert tp.ahp({("a", "b"): 0.111}).overall.tolist() == pytest.approx([0.111 / 1.111, 1 / 1.111], abs=1e-9)


def test_sixteen_criteria_have_ci_only():
    levels = np.ones((16, 16))
    levels[0, 1], levels[1, 0] = 2, 1 / 2
    row = tp.ahp(levels).consistency.iloc[0]
    assert row["ci"] > 0
    assert np.isnan(row["cr"])
    assert row["verdict"] == "not defined"


def test_one_silent_expert_is_left_out_and_named():
    names = ["Kinh tế", "Xã hội", "Môi trường"]

    def table(*upper):
        values = np.full((3, 3), np.nan)
        values[np.triu_indices(3, 1)] = upper
        return pd.DataFrame(values, index=names, columns=names)

    panel = tp.weighting.judgments_from_matrices(
        {
            "Chuyên gia A": table(3, 5, 2),
            "Chuyên gia B": table(1 / 3, 2, 4),
            "Chuyên gia C": table(np.nan, np.nan, np.nan),
        }
    )
    found = tp.ahp(panel)
    assert found.overall.tolist() == pytest.approx([0.4363568366, 0.4204265324, 0.1432166311], abs=1e-8)
    group = found.consistency.set_index("expert").loc["panel"]
    assert group["lambda_max"] == pytest.approx(3.0013832996, abs=1e-8)
    assert group["cr"] == pytest.approx(0.0011924996, abs=1e-8)
    assert list(found.by_expert.index) == ["Chuyên gia A", "Chuyên gia B"]
    assert any("Chuyên gia C" in str(note) for note in found.notes)


def test_zero_is_no_opinion_told_apart_from_equal():
    said = _error(pd.DataFrame([[1, 0, 5], [0, 1, 2], [0.2, 0.5, 1]], index=list("abc"), columns=list("abc")))
    assert "row 'a', column 'b'; found 0" in said
    assert "row 'b', column 'a'; found 0" in said
    assert "no opinion is blank, equal is 1" in said


def test_diagonal_that_is_not_one():
    said = _error(pd.DataFrame([[9, 2], [0.5, 1]], index=["x", "y"], columns=["x", "y"]))
    assert "row 'x', column 'x'; found 9; allowed: 1" in said


def test_a_slip_of_the_finger():
    table = pd.DataFrame(
        [[1, 19, 5], [np.nan, 1, 2], [np.nan, np.nan, 1]], index=list("abc"), columns=list("abc")
    )
    said = _error(table)
    assert "row 'a', column 'b'; found 19" in said
    assert "1/9 to 9" in said
    assert tp.ahp(table, largest=None).overall["a"] > 0.8


def test_two_islands_are_named():
    said = _error({(NAMES[0], NAMES[1]): 3, (NAMES[2], NAMES[3]): 2})
    assert "Kinh tế, Xã hội | Môi trường, Khả thi" in said
    assert "ask for one judgment between them" in said


def test_all_faults_are_told_at_once():
    table = pd.DataFrame(
        [[1, "1.5.2", -2], [3, 1, 4], [1, 2, 1]], index=["a", "b", "c"], columns=["a", "b", "c"]
    )
    said = _error(table)
    assert "found '1.5.2'" in said
    assert "found -2" in said
    contradiction = _error(pd.DataFrame([[1, 3], [0.5, 1]], index=["a", "b"], columns=["a", "b"]))
    assert "whose product is 1.5" in contradiction
    assert "ask who filled in the form" in contradiction


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        (np.ones((2, 3)), "2 rows and 3 columns"),
        (np.ones(3), "1 dimensions"),
        (pd.DataFrame(np.ones((2, 2)), index=["a", "b"], columns=["a", "c"]), "row 'b' has no column"),
        (pd.DataFrame(np.ones((2, 2)), index=["a", "a"], columns=["a", "b"]), "row 'a' stands twice"),
        ({("a", "b", "c"): 2}, "allowed: pairs of names"),
        ({}, "found nothing"),
        ({("a", "b"): 2, ("b", "a"): 2}, "inverses of each other"),
        ({("a", "b"): float("inf")}, "found inf"),
        ({("a", "a"): 2}, "allowed: 1 on the diagonal"),
        (pd.DataFrame(np.full((2, 2), np.nan)), "no statement"),
    ],
)
def test_tables_that_cannot_be_used(matrix, words):
    assert words in _error(matrix)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"priorities": "eigenvectors"}, "did you mean eigenvector?"),
        ({"aggregate": "judgment"}, "did you mean judgments?"),
        ({"groups": "all"}, "allowed: equal, experts, a mapping by name"),
        ({"groups": {"x": 1}}, "unknown group 'x'"),
        ({"random_index": "saaty1980"}, "alonso_lamata"),
        ({"random_index": -1.0}, "a number above 0"),
    ],
)
def test_options_that_do_not_exist(options, words):
    assert words in _error(FOUR, **options)
