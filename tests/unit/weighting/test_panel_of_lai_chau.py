"""The 12-expert panel against plain loops, the csv module and numpy.linalg.eig."""

import csv
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

import techprio as tp

CRITERIA = Path(__file__).parents[3] / "criteria"


def _hierarchy():
    tree = yaml.safe_load((CRITERIA / "lai-chau.yaml").read_text(encoding="utf-8"))
    heads = tree.get("criteria", tree.get("heads"))
    nodes = {tree["root"]: tuple(head["id"] for head in heads)}
    nodes.update({head["id"]: tuple(child["id"] for child in head["children"]) for head in heads})
    return nodes


HIERARCHY = _hierarchy()


def _rows():
    with (CRITERIA / "lai-chau-judgments.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def weights():
    return tp.ahp(tp.Judgments(pd.DataFrame(_rows()), HIERARCHY))


def _plain_matrix(rows, expert, node):
    names = HIERARCHY[node]
    said = {}
    for row in rows:
        if row["expert"] == expert and row["node"] == node:
            said[row["preferred"], row["other"]] = float(row["strength"])
            said[row["other"], row["preferred"]] = 1 / float(row["strength"])
    if len(said) < len(names) * (len(names) - 1):
        # Gaps: solve min sum (log a_ij - y_i + y_j)^2 as an ordinary least squares problem.
        design, target = [], []
        for (one, other), ratio in said.items():
            line = [0.0] * len(names)
            line[names.index(one)], line[names.index(other)] = 1.0, -1.0
            design.append(line)
            target.append(math.log(ratio))
        level = np.linalg.lstsq(np.array(design), np.array(target), rcond=None)[0]
        for i, one in enumerate(names):
            for j, other in enumerate(names):
                if i != j and (one, other) not in said:
                    said[one, other] = math.exp(level[i] - level[j])
    return [[1.0 if one == other else said[one, other] for other in names] for one in names]


def _plain_weights(rows, experts_by_group, node):
    names = HIERARCHY[node]
    pooled = np.ones((len(names), len(names)))
    for i in range(len(names)):
        for j in range(len(names)):
            across = 1.0
            for experts in experts_by_group.values():
                inside = 1.0
                for expert in experts:
                    inside *= _plain_matrix(rows, expert, node)[i][j]
                across *= inside ** (1 / len(experts))
            pooled[i, j] = across ** (1 / len(experts_by_group))
    values, vectors = np.linalg.eig(pooled)
    principal = np.abs(vectors[:, np.argmax(values.real)].real)
    return dict(zip(names, principal / principal.sum(), strict=True))


def _plain_overall(rows, experts_by_group):
    heads = _plain_weights(rows, experts_by_group, "root")
    return {
        leaf: heads[head] * weight
        for head in HIERARCHY["root"]
        for leaf, weight in _plain_weights(rows, experts_by_group, head).items()
    }


def test_overall_weights_are_those_of_plain_loops(weights):
    rows = _rows()
    groups = {}
    for row in rows:
        members = groups.setdefault(row["group"], [])
        if row["expert"] not in members:
            members.append(row["expert"])
    assert sum(len(members) for members in groups.values()) == 12
    expected = _plain_overall(rows, groups)
    assert list(weights.overall.index) == list(expected)
    assert weights.overall.to_dict() == pytest.approx(expected, abs=1e-9)
    for group, members in groups.items():
        alone = _plain_overall(rows, {group: members})
        assert weights.by_group.loc[group].to_dict() == pytest.approx(alone, abs=1e-9)


def test_the_inconsistent_and_the_incomplete_are_named(weights):
    table = weights.consistency
    high = table[(table["kind"] == "expert") & (table["cr"] > 0.1)]
    assert list(zip(high["expert"], high["node"], strict=True)) == [("e04", "root"), ("e11", "M")]
    gaps = table[~table["complete"]]
    assert list(zip(gaps["expert"], gaps["node"], strict=True)) == [("e07", "M")]
    notes = " ".join(str(note) for note in weights.notes)
    assert "e07 left out 2 comparisons at M" in notes


def test_panel_redrawn_as_it_is_gives_the_point_estimate(weights):
    itself = weights.panel.overall(np.ones(12))
    assert itself == pytest.approx(weights.overall.to_numpy(), abs=1e-14)


def test_draws_are_weights_and_repeat(weights):
    draws = weights.panel.draw(np.random.default_rng(0), 500)
    assert draws.shape == (500, 14)
    assert draws.sum(axis=1) == pytest.approx(np.ones(500), abs=1e-12)
    assert (draws > 0).all()
    assert np.array_equal(draws, weights.panel.draw(np.random.default_rng(0), 500))
    # A bootstrap is centered near the estimate; five standard errors is far beyond chance.
    error = draws.std(axis=0) / np.sqrt(500)
    assert (np.abs(draws.mean(axis=0) - weights.overall.to_numpy()) < 5 * error + 0.005).all()


def test_one_draw_is_the_panel_of_the_drawn_experts(weights):
    rows = _rows()
    counts = weights.panel.draw_counts(np.random.default_rng(3), 1)
    experts = list(weights.by_expert.index)
    groups = {}
    for expert, times in zip(experts, counts[0], strict=True):
        group = next(row["group"] for row in rows if row["expert"] == expert)
        groups.setdefault(group, []).extend([expert] * int(times))
    expected = _plain_overall(rows, groups)
    assert weights.panel.overall(counts)[0] == pytest.approx(list(expected.values()), abs=1e-9)
