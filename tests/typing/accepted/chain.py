"""A caller's script from study to result: every name has its type."""

from pathlib import Path

import techprio as tp

study: tp.Study = tp.example("lai-chau")
weights: tp.Weights = tp.ahp(study.judgments)
matrix: tp.DecisionMatrix = study.catalog.decision_matrix("AGR")
ranking: tp.Ranking = tp.rank(matrix, weights, tp.Topsis("reference"))
spread: tp.RankAcceptability = tp.simulate(matrix, weights, tp.Topsis("reference"), draws=100, seed=1)
walk: tp.robustness.WeightSensitivity = tp.weight_sensitivity(ranking, "W1")
result: tp.StudyResult = tp.run(study, draws=100)
plan: tp.Plan | None = result.plan
roles: tp.Roles | None = result.roles
written: list[Path] = result.save("results")
difference: tp.model.Difference = tp.compare_runs(result, "results")
problems: list[tp.errors.Problem] = list(tp.check_study("my-study"))
tp.set_language("vi")
tp.set_language(None)


def stated(error: tp.TechprioError) -> str:
    """Return the words of an error for another program."""
    return error.to_json("en")
