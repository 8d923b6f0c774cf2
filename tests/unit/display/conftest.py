"""One of every result of the library, made from the small study."""

import pandas as pd
import pytest

import techprio as tp


@pytest.fixture(scope="module")
def study(trimmed_study):
    return trimmed_study


@pytest.fixture(scope="module")
def result(trimmed_result):
    return trimmed_result


def small_replacement():
    table = pd.DataFrame({"sector": "s", "cost": [5.0, 8.0], "months": 6}, index=["A", "B"])
    budgets = pd.DataFrame({"local": [6.0, 4.0]}, index=[2026, 2027])
    limits = tp.Resources.from_frame(budgets, start="2026-01", end="2027-12", phases={"all": (2026, 2027)})
    values = pd.Series({"A": 3.0, "B": 1.0})
    return tp.phasing.replacement_costs(table, tp.plan_phases(table, limits, values), limits, values)


BIDS = pd.DataFrame({"cost": [75, 28], "skill": [67, 80]}, index=["a1", "a2"])
BOUND = pd.DataFrame({"cost": [50], "skill": [60]}, index=["b"])


@pytest.fixture(scope="module")
def shown(study, result, trimmed_folder, tmp_path_factory):
    """One of every public class that has a table."""
    ranking = result.rankings["AGR"]
    status = pd.DataFrame(
        [(2028, "CRS01", "running", "2028-01", "", 40.0)],
        columns=["year", "technology", "status", "start", "operational", "spent_local"],
    )
    folder = tmp_path_factory.mktemp("forms")
    experts = (tp.forms.Expert("e1", "An", "agencies", ("AGR",)),)
    tp.forms.make_forms(study, experts, folder / "sent")
    scores = tmp_path_factory.mktemp("table") / "scores.csv"
    scores.write_text("id,cost,value\nA,3,4\nB,2,5\nweights,0.4,0.6\n", encoding="utf-8")
    changed = tp.compare_runs(study, tp.read_study(trimmed_folder), plan=False)
    return {
        "study": study,
        "catalog": study.catalog,
        "tree": study.criteria,
        "judgments": study.judgments,
        "resources": study.resources,
        "result": result,
        "matrix": ranking.matrix,
        "weights": result.weights,
        "ranking": ranking,
        "acceptability": result.acceptability["AGR"],
        "explanation": ranking.explain(*ranking.to_frame()["alternative"].head(2)),
        "roles": result.roles,
        "plan": result.plan,
        "chain": result.chain,
        "layout": tp.read_score_table(scores).layout,
        "assessment": result.assessment,
        "monitoring": tp.monitor_plan(result.plan, status),
        "methods": tp.compare_methods(ranking.matrix, result.weights),
        "walk": tp.weight_sensitivity(ranking, "F1"),
        "tornado": tp.robustness.score_sensitivity(ranking, ranking.matrix.alternatives[0]),
        "revisions": tp.weighting.suggest_revisions(study.judgments),
        "concordance": tp.weighting.kendall_w(result.weights.by_expert),
        "graph": tp.dependencies.build_graph(study.catalog.dependencies),
        "consensus": tp.weighting.panel_consensus(result.weights),
        "scenarios": tp.compare_scenarios(study, ["budget=0.8"], gap=0.05),
        "frontier": tp.phasing.plan_frontier(study, factors=[1.0], gap=0.05),
        "dates": tp.phasing.date_certainty(study, result.plan, draws=100),
        "replacement": small_replacement(),
        "influence": tp.phasing.PlanInfluence(
            pd.DataFrame(
                {"phases": [9, 30, 18], "starts": [21, 52, 40]}, index=["equal", "reversed", "permuted"]
            ),
            placed=80,
            held=25,
            provenance=result.plan.provenance,
        ),
        "date_request": tp.phasing.request_date(study, result.plan, "CRS01", "2029-12"),
        "rank_lists": tp.robustness.rank_aggregation(
            pd.DataFrame({"r1": [1, 2, 3], "r2": [2, 1, 3]}, index=["A", "B", "C"])
        ),
        "classes": tp.robustness.priority_classes(result.rankings, result.acceptability),
        "deciding": tp.robustness.what_decides(
            result.rankings,
            tp.robustness.priority_classes(result.rankings, result.acceptability),
        ),
        "information": tp.robustness.value_of_information(ranking.matrix, result.weights, draws=100),
        "advice": result.advise(draws=100),
        "dissent": tp.robustness.panel_dissent(study, leave_out=False),
        "bayesian": tp.weighting.bayesian_group(result.weights, draws=200),
        "sorting": tp.ranking.electre_tri_b(BIDS, [0.5, 0.5], BOUND, directions=["max", "max"]),
        "categories": tp.robustness.smaa_tri(
            BIDS, None, BOUND, directions=["max", "max"], weight_distribution="uniform", draws=100
        ),
        "difference": changed,
        "what_if": tp.what_if(result, plan=False),
        "forms": tp.forms.collect_forms(study, experts, folder / "sent", folder / "sent"),
    }
