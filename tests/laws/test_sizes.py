"""The ends of the scale: one of everything, and a thousand; each runs, and says what is odd about it.

The large ones are nightly.
"""

import numpy as np
import pandas as pd
import pytest

import techprio as tp

FEW_DRAWS = 200


def table(technologies, criteria, sectors=1, seed=1):
    """Return technologies and scores of a catalogue that is drawn."""
    draw = np.random.default_rng(seed)
    names = [f"T{number:04d}" for number in range(technologies)]
    about = pd.DataFrame(
        {
            "sector": [f"S{number % sectors}" for number in range(technologies)],
            "cost": draw.integers(1, 50, technologies),
            "months": draw.choice([6, 12, 18], technologies),
        },
        index=names,
    )
    columns = [f"c{number:03d}" for number in range(criteria)]
    scores = pd.DataFrame(draw.uniform(1, 5, (technologies, criteria)), index=names, columns=columns)
    return about, scores


def limits(technologies, per_technology=10):
    budgets = pd.DataFrame({"local": technologies * per_technology / 4}, index=range(2026, 2036))
    return tp.Resources.from_frame(
        budgets, start="2026-01", end="2035-12", phases={"2026-2030": (2026, 2030), "2031-2035": (2031, 2035)}
    )


def run(technologies, criteria, *, sectors=1, edges=(), weights=None, **options):
    about, scores = table(technologies, criteria, sectors)
    needs = pd.DataFrame(list(edges), columns=["technology", "requires"])
    catalog = tp.Catalog.from_frame(about, scores, dict.fromkeys(scores.columns, "max"), needs)
    given = dict.fromkeys(scores.columns, 1 / criteria) if weights is None else weights
    study = tp.Study(catalog, weights=given, resources=limits(technologies), id="size")
    return tp.run(study, draws=FEW_DRAWS, **options)


def panel(experts, criteria, seed=1):
    """Return judgments of experts who compare all criteria, with some noise around one order."""
    draw = np.random.default_rng(seed)
    names = [f"c{number:03d}" for number in range(criteria)]
    rows = [
        (f"e{expert:04d}", "g", "goal", names[i], names[j], float(draw.choice([1, 2, 3, 5])))
        for expert in range(experts)
        for i in range(criteria)
        for j in range(i + 1, criteria)
    ]
    return pd.DataFrame(rows, columns=["expert", "group", "node", "preferred", "other", "strength"])


def chain(count):
    return [(f"T{number:04d}", f"T{number - 1:04d}") for number in range(1, count)]


def test_one_technology_and_one_criterion():
    result = run(1, 1)
    assert result.rankings["S0"].ranks.tolist() == [1]
    assert result.show("en")._repr_html_()


def test_no_dependency_makes_no_platform():
    result = run(12, 3, sectors=3)
    assert not result.roles.of("platform")


def test_two_experts_have_weights_and_a_consensus():
    weights = tp.ahp(panel(2, 3))
    assert weights.overall.sum() == pytest.approx(1)
    assert tp.weighting.panel_consensus(weights).by_node["experts"].eq(2).all()


def test_all_in_one_cycle_is_told_once():
    edges = [*chain(12), ("T0000", "T0011")]
    with pytest.raises(tp.TechprioError) as caught:
        run(12, 2, edges=edges)
    assert len(caught.value.problems) == 1
    assert "T0011 needs T0010" in str(caught.value)


def test_long_cycle_is_told_in_few_words():
    edges = pd.DataFrame([*chain(200), ("T0000", "T0199")], columns=["technology", "requires"])
    (problem,) = tp.dependencies.check_graph(edges)
    assert "a cycle of 200: " in problem.render("en")
    assert len(problem.render("en")) < 900
    assert len(problem.render("vi")) < 900


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("technologies", "criteria", "sectors", "edges"),
    [(60, 200, 3, []), (1000, 12, 1, []), (1000, 12, 10, chain(1000)), (3060, 12, 34, [])],
    ids=["200 criteria", "1000 in one sector", "a chain of 1000", "34 provinces x 90"],
)
def test_large_studies_run_through(technologies, criteria, sectors, edges):
    result = run(technologies, criteria, sectors=sectors, edges=edges)
    assert sum(len(ranking.ranks) for ranking in result.rankings.values()) == technologies
    assert result.plan.gap < 0.05


@pytest.mark.nightly
def test_a_thousand_experts():
    weights = tp.ahp(panel(1000, 8))
    assert weights.overall.sum() == pytest.approx(1)


@pytest.mark.nightly
def test_a_thousand_in_one_cycle_are_one_finding():
    edges = [*chain(1000), ("T0000", "T0999")]
    with pytest.raises(tp.TechprioError) as caught:
        run(1000, 2, edges=edges)
    assert len(caught.value.problems) == 1
