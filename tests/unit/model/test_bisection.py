"""Answers to questions of bisection: what they say, which are refused."""

import numpy as np
import pytest

import techprio as tp
from techprio.model.bisection import mid_value
from techprio.model.scale import exponential


def test_bisection_finds_the_mid_value_of_exponential_answers():
    asked = np.array([0.25, 0.5, 0.75])
    shares = np.linspace(0, 1, 100_001)
    said = np.interp(asked, exponential(shares, 0.3), shares)
    answers = dict(zip(asked.tolist(), (1000 * said).tolist(), strict=True))
    assert mid_value(answers, worst=0, best=1000) == pytest.approx(300, abs=0.1)
    mirrored = {1 - worth: value for worth, value in answers.items()}
    assert mid_value(mirrored, worst=1000, best=0) == pytest.approx(300, abs=0.1)


@pytest.mark.parametrize("answers", [{}, {0.5: 2000}, {1.0: 500}, {0.25: 600, 0.5: 300}])
def test_answers_that_contradict_themselves_are_refused(answers):
    with pytest.raises(tp.InputError, match="inside the scale"):
        mid_value(answers, worst=0, best=1000)
