"""Scales in a file of criteria: value functions are read, and refused at their line."""

import pytest

import techprio as tp
from techprio.inputs.criteria import read_criteria
from techprio.inputs.diagnostics import Diagnostics

FILE = """id: small
criteria:
- id: A
  direction: maximize
  scale: {type: ratio, worst: 23, best: 60, ideal: [30, 35]}
- id: B
  direction: maximize
  scale:
    type: ratio
    worst: 1
    best: 1000
    transform: log10
    points: {10: 0.8}
- id: C
  direction: minimize
  scale: {type: ratio, worst: 1000, best: 0, middle: 300}
"""


def read(words):
    diagnostics = Diagnostics()
    return read_criteria(words.encode(), "criteria.yaml", diagnostics), diagnostics


def test_value_functions_are_read_and_survive_a_table():
    found, diagnostics = read(FILE)
    assert not len(diagnostics)
    scales = {name: found.tree.by_id[name].scale for name in "ABC"}
    assert scales == {
        "A": tp.Scale("ratio", 23, 60, ideal=(30, 35)),
        "B": tp.Scale("ratio", 1, 1000, "log10", points={10: 0.8}),
        "C": tp.Scale("ratio", 1000, 0, middle=300),
    }
    again = tp.CriteriaTree.from_frame(found.tree.to_frame())
    assert {name: again.by_id[name].scale for name in "ABC"} == scales


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("ideal: [30, 35]", "ideal: [30, 70]", "line 5", "found 70; allowed: values from 23 to 60"),
        ("ideal: [30, 35]", "ideal: 30", "line 5", "a list of numbers"),
        ("points: {10: 0.8}", "points: {10: 8}", "line 13", "found 8"),
        ("points: {10: 0.8}", "points: {2000: 1}", "line 13", "found 2,000"),
        ("points: {10: 0.8}", "middle: 1", "line 13", "away from both ends"),
        ("middle: 300", "middle: 300, ideal: [5]", "line 16", "one of ideal, points and middle"),
        ("worst: 1\n", "worst: 0\n", "line 9", "points above 0, because they are compared on log10"),
        ("worst: 1000, best: 0", "worst: .inf, best: 0", "line 16", "number"),
        ("transform: log10", "transform: log2", "line 12", "log10"),
    ],
)
def test_what_a_scale_cannot_do_stands_at_its_line(right, wrong, line, said):
    assert right in FILE
    _, diagnostics = read(FILE.replace(right, wrong))
    problem = diagnostics.problems[0]
    assert line in str(problem.place)
    assert said in problem.render("en")
