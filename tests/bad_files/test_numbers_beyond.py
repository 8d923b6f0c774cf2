"""Numbers that nothing can be computed from are named by technology and criterion, at every door."""

import re
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.inputs.catalog_rows import DependencyRow
from techprio.inputs.technology_row import TechnologyRow
from techprio.model.fields import fields_of

NAMES = ["A", "B", "C"]
VALUES = pd.DataFrame({"cost": [3.0, 5.0, 4.0], "jobs": [4.0, 2.0, 6.0]}, index=NAMES)
DIRECTIONS = {"cost": "min", "jobs": "max"}
ABSURD = [np.inf, -np.inf, 1e155, -1e155, 10**400, 1 + 2j, np.complex128(1 + 2j), "x"]
FARMS = pd.DataFrame({"sector": "farming"}, index=NAMES)
TREE = tp.CriteriaTree(
    "t", "root",
    (tp.Criterion("cost", direction="min", scale=tp.Scale("interval", 10, 0)),
     tp.Criterion("jobs", direction="max", scale=tp.Scale("interval", 0, 10))),
)  # fmt: skip


def with_one(table, value):
    """Return a table with another value of B on jobs."""
    changed = table.astype(object).copy()
    changed.loc["B", "jobs"] = value
    return changed


def refused(make):
    """Return what is said of B on jobs."""
    with pytest.raises(tp.InputError) as caught:
        make()
    said = str(caught.value)
    assert re.search(r"'B', criterion 'jobs'|scores, B jobs", said), said
    return said


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [*ABSURD, np.nan, None, pd.NA, True])
def test_a_value(value):
    refused(lambda: tp.rank(with_one(VALUES, value), [0.5, 0.5], directions=DIRECTIONS))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", ABSURD)
def test_an_end_of_a_spread(value):
    low, high = VALUES - 1, VALUES + 1
    assert ", low" in refused(lambda: tp.DecisionMatrix(VALUES, DIRECTIONS, low=with_one(low, value)))
    assert ", high" in refused(
        lambda: tp.simulate(
            VALUES, [0.5, 0.5], directions=DIRECTIONS, low=low, high=with_one(high, value),
            weight_distribution="fixed", draws=10,
        )
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["complex", "float32", "Float64"])
def test_a_value_in_a_frame_of_one_kind(kind):
    changed = VALUES.astype(kind)
    changed.loc["B", "jobs"] = 1 + 2j if kind == "complex" else np.inf
    refused(lambda: tp.rank(changed, [0.5, 0.5], directions=DIRECTIONS))


@pytest.mark.parametrize("end", [-np.inf, 1e155])
def test_a_spread_that_is_infinite_everywhere(end):
    refused(lambda: tp.DecisionMatrix(VALUES, DIRECTIONS, low=VALUES * 0 + end, high=VALUES + 1))


def test_a_list_that_ranks_not_all():
    with pytest.raises(tp.InputError, match="y, list b; found nothing; allowed: a rank for each name"):
        tp.robustness.rank_aggregation({"a": ["x", "y"], "b": ["x"]})


def test_real_numbers_among_complex_ones_are_real():
    found = tp.rank(VALUES.astype(complex), [0.5, 0.5], directions=DIRECTIONS)
    assert found.ranks.equals(tp.rank(VALUES, [0.5, 0.5], directions=DIRECTIONS).ranks)


@pytest.mark.parametrize(
    ("low", "high"), [(1.0, 1.5), (2.5, 3.0), (3.0, 1.0), (1.0, 11.0), (-1.0, 3.0)]
)  # the value is 2, the scale 0 to 10
def test_a_spread_that_is_reversed_or_off_the_scale(low, high):
    low, high = with_one(VALUES - 1, low).astype(float), with_one(VALUES + 1, high).astype(float)
    refused(lambda: tp.DecisionMatrix(VALUES, TREE, low=low, high=high))
    refused(lambda: tp.Catalog.from_frame(FARMS, VALUES, TREE, low=low, high=high))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", ABSURD)
@pytest.mark.parametrize("column", ["value", "low", "high"])
def test_a_score_of_a_catalogue(value, column):
    rows = [(name, c, VALUES.loc[name, c], None, None) for name in NAMES for c in VALUES]
    scores = pd.DataFrame(rows, columns=["technology", "criterion", "value", "low", "high"]).astype(object)
    scores.loc[3, column] = value  # B, jobs
    refused(lambda: tp.Catalog.from_frame(FARMS, scores, DIRECTIONS))


def test_a_score_without_a_scale_in_a_file(tmp_path):
    catalog = tp.Catalog.from_frame(FARMS, VALUES, DIRECTIONS)
    folder = tp.Study(catalog, weights={"cost": 0.5, "jobs": 0.5}).save(tmp_path / "study")
    path = folder / "farming" / "scores.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    (line,) = [number for number, words in enumerate(lines) if words.startswith("B,jobs,2")]
    lines[line] = lines[line].replace("B,jobs,2", "B,jobs,1e155", 1)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    problems = tp.check_study(folder)
    assert {p.code for p in problems} <= {"S309", "S310"}
    assert problems[0].file == "farming/scores.csv"
    assert str(problems[0].place) == f"line {line + 1}"
    assert "1e+155 on jobs" in str(problems[0].found)


def test_a_figure_whose_worth_is_asked():
    with pytest.raises(tp.InputError, match="payoffs"):
        tp.robustness.partial_information(np.arange(3.0), np.array([[1.0], [np.inf], [2.0]]))


#: Columns of numbers of technologies, and of what they need.
COLUMNS = [field.name for field in fields_of(TechnologyRow) if field.kind in ("number", "integer")]
NEEDS = [field.name for field in fields_of(DependencyRow) if field.kind in ("number", "integer")]
ENDLESS = [np.inf, -np.inf, 10**400, -(10**400), 1e300 * 10, Decimal("Infinity"), "1e400"]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", ENDLESS, ids=lambda value: str(value)[:6])
@pytest.mark.parametrize("column", COLUMNS)
def test_a_figure_of_a_technology(column, value):
    technologies = FARMS.assign(**{column: pd.Series([None, value, None], NAMES, dtype=object)})
    with pytest.raises(tp.InputError, match=rf"B,? {column}|'B'.*{column}") as caught:
        tp.Catalog.from_frame(technologies, VALUES, DIRECTIONS)
    assert "number" in str(caught.value)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", ENDLESS, ids=lambda value: str(value)[:6])
@pytest.mark.parametrize("column", NEEDS)
def test_a_figure_of_a_dependency(column, value):
    needs = pd.DataFrame({"technology": ["A", "B"], "requires": ["C", "C"]}).assign(
        **{column: pd.Series([None, value], dtype=object)}
    )
    with pytest.raises(tp.InputError, match=column) as caught:
        tp.Catalog.from_frame(FARMS, VALUES, DIRECTIONS, needs)
    assert "number" in str(caught.value)
