"""No text of any chart is cut off, drawn over another, too small or without its letters."""

import importlib.util
from pathlib import Path

import pytest
from matplotlib.figure import Figure

import techprio as tp

_spec = importlib.util.spec_from_file_location("measuring", Path(__file__).with_name("measuring.py"))
measuring = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(measuring)

CHARTS = [
    "contributions", "acceptability", "walk", "tornado", "agreement", "experts", "consistency", "roadmap",
    "dependencies", "core", "frontier", "levels", "profile",
]  # fmt: skip


@pytest.fixture(scope="module")
def parts(shipped_study, shipped_result):
    """Every result that draws itself: 16 technologies of agriculture, 90 in roadmap and dependencies."""
    study, result = shipped_study, shipped_result
    ranking = result.rankings["AGR"]
    robust = tp.phasing.plan_robustness(study, draws=200, plans=4, gap=0.01)
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
        "core": lambda language: robust.plot(language=language),
        "frontier": tp.phasing.plan_frontier(study, factors=[0.5, 1.0, 1.5], gap=0.02).plot,
        "levels": result.assessment.plot,
        "profile": lambda language: result.assessment.plot_profile(sector="AGR", language=language),
    }


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_texts_can_be_read(parts, name, language):
    assert measuring.faults(parts[name](language=language)) == []


def test_measuring_sees_what_is_wrong():
    ax = Figure(figsize=(3, 2)).subplots()
    ax.text(0.5, 0.5, "one over")
    ax.text(0.52, 0.5, "the other")
    ax.text(1.4, 0.5, "far outside of the figure")
    ax.text(0.1, 0.9, "tiny", fontsize=3)
    told = " ".join(measuring.faults(ax))
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
        "dependency_layers": "dependencies",
        "core_index": "core",
        "frontier": "frontier",
        "survey_levels": "levels",
        "sector_profile": "profile",
    }
    beside = {"rank_changes"}  # needs two runs; measured in the tests of the difference
    assert drawn - beside == set(by_file)
    assert set(by_file.values()) == set(CHARTS)
