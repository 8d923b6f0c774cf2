"""What the removal of one technology does to the scores of the others."""

import numpy as np
import pytest

import techprio as tp

from .conftest import copy_study, keep_rows

GONE = "AGR07"


@pytest.fixture(scope="module")
def smaller(tmp_path_factory):
    """Copy the study without one technology and all its rows."""
    study = copy_study(tmp_path_factory.mktemp("smaller"))
    keep_rows(study / "agriculture" / "technologies.csv", lambda row: row["id"] != GONE)
    keep_rows(study / "agriculture" / "scores.csv", lambda row: row["technology"] != GONE)
    keep_rows(study / "dependencies.csv", lambda row: GONE not in (row["technology"], row["requires"]))
    return tp.read_study(study)


def _scores(study, normalization):
    matrix = study.catalog.decision_matrix("AGR")
    ranking = tp.rank(matrix, tp.ahp(study.judgments), tp.Topsis(normalization=normalization))
    return ranking, ranking.scores.drop(GONE, errors="ignore")


def test_reference_scores_stay_to_the_last_bit(smaller):
    before, kept = _scores(tp.example("lai-chau"), "reference")
    after, scores = _scores(smaller, "reference")
    assert len(scores) == len(before.scores) - 1
    assert scores.equals(kept)
    assert not before.reversal_possible
    assert not after.reversal_possible


def test_vector_scores_move(smaller):
    before, kept = _scores(tp.example("lai-chau"), "vector")
    _, scores = _scores(smaller, "vector")
    assert np.abs(scores - kept).max() > 1e-6
    assert before.reversal_possible


def test_output_says_which_holds():
    for normalization, possible in (("reference", False), ("vector", True)):
        ranking, _ = _scores(tp.example("lai-chau"), normalization)
        said = " ".join(note.render("en") for note in ranking.notes)
        assert ("cannot swap two others" in said) is not possible
        assert ("can swap two others" in said) is possible
