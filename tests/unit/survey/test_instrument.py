"""An instrument that contradicts itself is refused with every contradiction."""

from dataclasses import replace

import pytest

import techprio as tp
from techprio.language import Label

TWO = (tp.survey.PointGroup("A", 60), tp.survey.PointGroup("B", 40))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"groups": ()}, "at least one group"),
        (
            {"groups": (tp.survey.PointGroup("A", 60), tp.survey.PointGroup("B", 30))},
            "maxima that sum to 100",
        ),
        ({"groups": (tp.survey.PointGroup("A", 60), tp.survey.PointGroup("A", 40))}, "each id once"),
        ({"groups": (tp.survey.PointGroup("A", 100), tp.survey.PointGroup("B", 0))}, "a number above 0"),
        (
            {"groups": (tp.survey.PointGroup("A", 60, questions=(tp.survey.Question("q", 50),)), TWO[1])},
            "sum to 60",
        ),
        ({"exponents": {"A": 1.0}}, "one exponent for each of A, B"),
        ({"exponents": {"A": 0.6, "B": 0.3}}, "exponents that sum to 1"),
        ({"exponents": {"A": 1.4, "B": -0.4}}, "a number above 0"),
        ({"bounds": (tp.survey.ClassBound(1, 10),)}, "from 0 points"),
        ({"bounds": (tp.survey.ClassBound(1, 0), tp.survey.ClassBound(3, 50))}, "ranks 1, 2, 3"),
        (
            {
                "bounds": (
                    tp.survey.ClassBound(1, 0),
                    tp.survey.ClassBound(2, 50),
                    tp.survey.ClassBound(3, 50),
                )
            },
            "that rise",
        ),
        ({"bounds": (tp.survey.ClassBound(1, 0), tp.survey.ClassBound(2, 150))}, "at most 100"),
        ({"bounds": (tp.survey.ClassBound(1, 0), tp.survey.ClassBound(2, 50, 1.5))}, "0 to 1"),
        (
            {
                "bounds": (tp.survey.ClassBound(1, 0),),
                "label_sets": (tp.survey.LabelSet("plan", {2: Label("a", "a")}),),
            },
            "a name of each class",
        ),
    ],
)
def test_contradictions_are_named(changes, words):
    with pytest.raises(tp.InputError, match=words):
        replace(tp.survey.Instrument("pilot", TWO), **changes).check()


def test_both_sets_of_names_by_their_mapping():
    names = (
        tp.survey.LabelSet("first", {1: Label("thấp", "low"), 2: Label("cao", "high")}),
        tp.survey.LabelSet(
            "second", {1: Label("kém", "poor"), 2: Label("khá", "fair"), 3: Label("tốt", "good")}
        ),
    )
    bounds = (tp.survey.ClassBound(1, 0), tp.survey.ClassBound(2, 50))
    instrument = tp.survey.Instrument(
        "pilot", TWO, bounds=bounds, label_sets=names, label_mapping={1: 1, 2: 3}
    )
    instrument.check()
    assert instrument.level_labels(2) == {"first": Label("cao", "high"), "second": Label("tốt", "good")}
    assert instrument.level([49.9, 50, 100], [1, 1, 1]).tolist() == [1, 2, 2]
