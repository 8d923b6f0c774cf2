"""Draw every chart of the project from the shipped study into docs/images/gallery, and write docs/gallery.md.

Run with ``python scripts/draw_gallery.py`` from the root of the repository.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path

import techprio as tp
from techprio.charts.budgets import draw_budget_use
from techprio.reporting.figures import png

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "images" / "gallery"
DPI = 72

# Chart file, what draws it, and the question that it answers.
QUESTIONS = {
    "value_functions": "What is a value of a criterion worth?",
    "contributions": "What makes the score of each technology?",
    "acceptability": "How often does each technology take each rank?",
    "weight_sensitivity": "What happens while one weight goes from 0 to 100%?",
    "check_first": "Which figures should be checked first?",
    "tornado": "Which single weight or score moves the leader most?",
    "agreement": "Do other methods give the same order?",
    "expert_strip": "Where do groups and experts stand beside the panel?",
    "consistency": "Which judgments deserve a second look?",
    "roadmap": "What comes when, and what does it use?",
    "budgets": "Does the money last, added up year by year?",
    "platform_reach": "Which technology carries which sectors?",
    "dependency_layers": "What needs what in a sector?",
    "steadiness": "Which placements of the plan change when limits and ranks are others?",
    "replacement": "What would another placement cost?",
    "frontier": "What is the next billion worth?",
    "survey_levels": "At which level do the firms of each sector stand?",
    "sector_profile": "Where is a sector stronger or weaker than the province?",
    "rank_changes": "What changed between two runs, and because of what?",
}
VIETNAMESE = ("contributions", "roadmap", "survey_levels")


def charts():
    study = tp.example("lai-chau")
    result = tp.run(study, draws=2_000, certify=True, jobs=2)
    ranking = result.rankings["AGR"]
    return {
        "value_functions": study.criteria.plot_worth,
        "contributions": ranking.plot,
        "acceptability": result.acceptability["AGR"].plot,
        "weight_sensitivity": tp.weight_sensitivity(ranking, "M1").plot,
        "check_first": result.advice.plot,
        "tornado": tp.robustness.score_sensitivity(ranking, ranking.to_frame()["alternative"][0]).plot,
        "agreement": tp.compare_methods(ranking.matrix, result.weights).plot,
        "expert_strip": result.weights.plot,
        "consistency": result.weights.plot_consistency,
        "roadmap": partial(result.plot_roadmap, sector="LOG", prerequisites=True),
        "budgets": partial(draw_budget_use, result.plan.named_budget, width=10),
        "platform_reach": result.plot_dependencies,
        "dependency_layers": partial(result.plot_dependencies, sector="LOG"),
        "steadiness": partial(result.plan.priorities.plot, labels=result.plan.labels, most=14),
        "replacement": partial(result.certainty.plot, most=14),
        "frontier": tp.phasing.plan_frontier(study, factors=[0.4, 0.6, 0.8, 1.0, 1.3, 1.6], gap=0.01).plot,
        "survey_levels": result.assessment.plot,
        "sector_profile": lambda language: result.assessment.plot_profile(sector="AGR", language=language),
        "rank_changes": lambda language: changed(study).plot(language=language),
    }


def changed(study):
    """The study beside itself with another method."""
    method = replace(study.ranking, method="weighted_sum")
    return tp.compare_runs(study, replace(study, ranking=method), plan=False)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    drawn = charts()
    lines = ["# Gallery", "", "Every chart, drawn from the shipped study by `scripts/draw_gallery.py`.", ""]
    for name, question in QUESTIONS.items():
        spoken = ("en", "vi") if name in VIETNAMESE else ("en",)
        lines += [f"## {question}", ""]
        for language in spoken:
            file = f"{name}.{language}.png"
            (FOLDER / file).write_bytes(png(drawn[name](language=language), dpi=DPI))
            lines += [f"![{question}](images/gallery/{file})", ""]
        lines += [f"`techprio.charts.{name}`", ""]
    (ROOT / "docs" / "gallery.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
