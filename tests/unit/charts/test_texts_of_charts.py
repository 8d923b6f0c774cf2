"""Every chart can be read: no text cut off, covered or too small, no two colours that look alike."""

import importlib.util
import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

import techprio as tp
from techprio.charts import style
from techprio.charts.budgets import draw_budget_use
from techprio.charts.rank_changes import draw_rank_changes
from techprio.charts.roadmap_panels import PANEL_ROWS
from techprio.reporting.figures import SCREEN_WIDTH, draw_roadmap_page, roadmap_pages

_spec = importlib.util.spec_from_file_location("measuring", Path(__file__).with_name("measuring.py"))
measuring = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(measuring)

CHARTS = [
    "contributions", "criteria", "acceptability", "walk", "tornado", "agreement", "experts", "consistency",
    "roadmap", "budgets", "reach", "dependencies", "steadiness", "replacement", "frontier", "levels",
    "profile", "rank changes", "check", "worth",
]  # fmt: skip


def replacement_costs(plan):
    """Return losses from nothing to twice the own part, as if they were found."""
    options = [*(phase for phase, _, _ in plan.phase_years), "not placed"]
    shares = np.linspace(0, 2, len(plan.placements))
    verdicts = np.where(shares > 0.5, "firm", np.where(shares > 0.1, "open", "free"))
    rows = [
        (name, option, share, share + 0.05, share, verdict)
        for name, share, verdict in zip(plan.placements.index, shares, verdicts, strict=True)
        for option in options
    ]
    columns = ["technology", "option", "loss_low", "loss_high", "share_of_own", "placement"]
    planned = plan.placements["phase"].replace("", "not placed").to_dict()
    table = pd.DataFrame(rows, columns=columns)
    return tp.phasing.ReplacementCosts(table, (), 0.1, 9.0, 9.0, planned=planned, labels=plan.labels)


@pytest.fixture(scope="module")
def parts(shipped_study, shipped_result):
    """Every chart: 16 technologies of agriculture, a full panel of the roadmap, the deepest sector."""
    study, result = shipped_study, shipped_result
    ranking = result.rankings["AGR"]
    costs = replacement_costs(result.plan)
    pages = roadmap_pages(result, result.plan, rows=PANEL_ROWS)
    factors = [f"factor {place}" for place in range(8)]
    changes = pd.DataFrame(np.eye(8) - np.eye(8)[::-1], [f"AGR{place:02}" for place in range(8)], factors)
    return {
        "contributions": ranking.plot,
        "criteria": lambda language: ranking.plot(head="F", language=language),
        "acceptability": result.acceptability["AGR"].plot,
        "walk": tp.weight_sensitivity(ranking, "M1").plot,
        "tornado": tp.robustness.score_sensitivity(ranking, "AGR01").plot,
        "agreement": tp.compare_methods(ranking.matrix, result.weights).plot,
        "experts": result.weights.plot,
        "consistency": result.weights.plot_consistency,
        "roadmap": lambda language: draw_roadmap_page(
            result.plan, max(pages, key=len), last=True, prerequisites=result.roles.edges, language=language
        ),
        "budgets": lambda language: draw_budget_use(
            result.plan.named_budget, width=SCREEN_WIDTH, language=language
        ),
        "reach": result.plot_dependencies,
        "dependencies": lambda language: result.plot_dependencies(sector="MIN", language=language),
        "rank changes": lambda language: draw_rank_changes(changes, language=language),
        "steadiness": lambda language: result.plan.priorities.plot(
            labels=result.plan.labels, language=language
        ),
        "replacement": lambda language: costs.plot(language=language),
        "frontier": tp.phasing.plan_frontier(study, factors=[1.0, 1.5], gap=0.05).plot,
        "levels": result.assessment.plot,
        "check": result.advice.plot,
        "worth": study.criteria.plot_worth,
        "profile": lambda language: result.assessment.plot_profile(sector="AGR", language=language),
    }


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_can_be_read(parts, name, language):
    axes = parts[name](language=language)
    assert measuring.problems(axes) == []
    assert measuring.too_small_on_a_slide(axes) == []
    assert measuring.colours_too_near(axes) == []


def test_measuring_sees_what_is_wrong():
    ax = Figure(figsize=(3, 2)).subplots()
    ax.text(0.5, 0.5, "one over")
    ax.text(0.52, 0.5, "the other")
    ax.text(1.4, 0.5, "far outside of the figure")
    ax.text(0.1, 0.9, "tiny", fontsize=3)
    told = " ".join(measuring.problems(ax))
    assert all(word in told for word in ("over each other", "cut off", "too small"))
    wide = Figure(figsize=(30, 6)).subplots()
    wide.text(0.5, 0.5, "small", fontsize=9)
    assert "'small': 6.7 pixels" in measuring.too_small_on_a_slide(wide)


@pytest.mark.parametrize(
    ("one", "other", "seen"),
    [("#B4530A", "#8A6D00", True), ("#4477AA", "#228833", True), ("#0072B2", "#E69F00", False)],
)
def test_colours_that_some_cannot_tell_apart_are_seen(one, other, seen):
    """Brown and olive for who sees no green, blue and green for who sees no blue; blue and orange for all."""
    ax = Figure().subplots()
    ax.bar([1], [1], color=one, label="one")
    ax.bar([2], [1], color=other, label="other")
    ax.legend()
    assert bool(measuring.colours_too_near(ax)) == seen


# Sharma, Wu and Dalal (2005), table 1, to four decimals.
@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.8361, -74.0200), (50, 0, -82.7485), 3.4412),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.4900, -0.0010), (50, -2.4900, 0.0009), 7.1792),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_of_colours_is_the_published_one(one, other, distance):
    assert measuring.colour_distance.ciede2000(one, other) == pytest.approx(distance, abs=5e-5)


def test_parts_and_lines_of_the_house_are_far_apart():
    for palette in (style.SERIES, style.LINES, tuple(style.ROLE_COLORS.values())):
        for one, other in itertools.combinations(palette, 2):
            apart = measuring.colour_distance.least_distance(to_rgb(one), to_rgb(other))
            assert apart >= measuring.NEAREST, (one, other)


def test_every_chart_of_the_house_is_measured():
    """A chart that is added is measured, or named here with the reason."""
    folder = Path(tp.__file__).parent / "charts"
    drawn = {file.stem for file in folder.glob("*.py") if "\ndef draw_" in file.read_text(encoding="utf-8")}
    by_file = {
        "contributions": "contributions",
        "acceptability": "acceptability",
        "weight_sensitivity": "walk",
        "tornado": "tornado",
        "agreement": "agreement",
        "expert_strip": "experts",
        "consistency": "consistency",
        "roadmap": "roadmap",
        "budgets": "budgets",
        "dependency_layers": "dependencies",
        "platform_reach": "reach",
        "rank_changes": "rank changes",
        "steadiness": "steadiness",
        "replacement": "replacement",
        "frontier": "frontier",
        "survey_levels": "levels",
        "sector_profile": "profile",
        "check_first": "check",
        "value_functions": "worth",
    }
    assert drawn == set(by_file)
    assert set(by_file.values()) | {"criteria"} == set(CHARTS)
