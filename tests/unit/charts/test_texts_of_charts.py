"""No text of any chart is cut off, drawn over another, too small or without its letters."""

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import techprio as tp

_spec = importlib.util.spec_from_file_location("measuring", Path(__file__).with_name("measuring.py"))
measuring = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(measuring)

CHARTS = [
    "contributions", "acceptability", "walk", "tornado", "agreement", "experts", "consistency", "roadmap",
    "dependencies", "steadiness", "replacement", "frontier", "levels", "profile", "check",
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
    """Every result that draws itself: 16 technologies of agriculture, 90 in roadmap and dependencies."""
    study, result = shipped_study, shipped_result
    ranking = result.rankings["AGR"]
    costs = replacement_costs(result.plan)
    return {
        "contributions": ranking.plot,
        "acceptability": result.acceptability["AGR"].plot,
        "walk": tp.weight_sensitivity(ranking, "M1").plot,
        "tornado": tp.robustness.score_sensitivity(ranking, "AGR01").plot,
        "agreement": tp.compare_methods(ranking.matrix, result.weights).plot,
        "experts": result.weights.plot,
        "consistency": result.weights.plot_consistency,
        "roadmap": result.plot_roadmap,
        "dependencies": result.plot_dependencies,
        "steadiness": lambda language: result.plan.priorities.plot(
            labels=result.plan.labels, language=language
        ),
        "replacement": lambda language: costs.plot(language=language),
        "frontier": tp.phasing.plan_frontier(study, factors=[1.0, 1.5], gap=0.05).plot,
        "levels": result.assessment.plot,
        "check": result.advice.plot,
        "profile": lambda language: result.assessment.plot_profile(sector="AGR", language=language),
    }


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_texts_can_be_read(parts, name, language):
    assert measuring.problems(parts[name](language=language)) == []


def test_measuring_sees_what_is_wrong():
    ax = Figure(figsize=(3, 2)).subplots()
    ax.text(0.5, 0.5, "one over")
    ax.text(0.52, 0.5, "the other")
    ax.text(1.4, 0.5, "far outside of the figure")
    ax.text(0.1, 0.9, "tiny", fontsize=3)
    told = " ".join(measuring.problems(ax))
    assert all(word in told for word in ("over each other", "cut off", "too small"))


def test_every_chart_of_the_house_is_measured():
    """A chart that is added is measured, or named here with the reason."""
    folder = Path(tp.__file__).parent / "charts"
    drawn = {file.stem for file in folder.glob("*.py") if "def draw_" in file.read_text(encoding="utf-8")}
    by_file = {
        "contributions": "contributions",
        "acceptability": "acceptability",
        "weight_sensitivity": "walk",
        "tornado": "tornado",
        "agreement": "agreement",
        "expert_strip": "experts",
        "consistency": "consistency",
        "roadmap": "roadmap",
        "budgets": "roadmap",
        "dependency_layers": "dependencies",
        "steadiness": "steadiness",
        "replacement": "replacement",
        "frontier": "frontier",
        "survey_levels": "levels",
        "sector_profile": "profile",
        "check_first": "check",
    }
    beside = {"rank_changes"}  # needs two runs; measured in the tests of the difference
    assert drawn - beside == set(by_file)
    assert set(by_file.values()) == set(CHARTS)
