"""Published scores of every method, to the printed digits."""

import numpy as np
import pandas as pd
import pytest
from ranking_cases import EXAMPLES, close, load

import techprio as tp
from techprio.ranking.methods import make_method
from techprio.ranking.promethee import Promethee2
from techprio.ranking.pymcdm_methods import from_pymcdm
from techprio.ranking.topsis import Topsis
from techprio.ranking.vikor import Vikor
from techprio.ranking.weighted_product import WeightedProduct
from techprio.ranking.weighted_sum import WeightedSum

SCORES = [
    ("topsis_apartment", Topsis(), "closeness"),
    ("topsis_hodgett_cars", Topsis(), "closeness"),
    ("topsis_hodgett_subset", Topsis(), "closeness"),
    ("topsis_opricovic2004_mountain", Topsis("minmax"), "closeness"),
    ("topsis_suppliers", Topsis(), "closeness"),
    ("saw_afshari2010_personnel", WeightedSum("max"), "scores"),
    ("wsm_kracka2010_heating", WeightedSum("sum"), "scores"),
    ("wsm_mca_template_dwm", WeightedSum("none"), "totals"),
    ("wsm_wikipedia", WeightedSum("none"), "totals"),
    ("tna_scirp_enterprises", WeightedSum("none"), "totals"),
    ("wpm_zavadskas2012", WeightedProduct(), "wpm"),
    ("wpm_zavadskas2012", make_method("waspas"), "waspas"),
    ("promethee2_apartment_usual", Promethee2(), "phi"),
    ("promethee2_pandp2018_location", Promethee2({"type": "linear", "q": 1, "p": 2}), "phi"),
    ("promethee2_zhao2013", Promethee2("usual"), "phi"),
    ("aras_stanujkic2015_personnel", make_method("aras"), "scores"),
    ("codas_badi2018_desalination", make_method("codas"), "scores"),
    ("codas_badi2018_lisco", make_method("codas"), "scores"),
    ("codas_keshavarz2016_microclimate", make_method("codas"), "scores"),
    ("cocoso_yazdani2019_logistics", make_method("cocoso"), "scores"),
    ("edas_sharma_ev", make_method("edas"), "scores"),
    ("edas_yazdani2020_renewables", make_method("edas"), "scores"),
    ("mabac_isik2020_lpi", make_method("mabac"), "scores"),
    ("mabac_pamucar2015_forklifts", make_method("mabac"), "scores"),
    ("marcos_stevic2020_healthcare", make_method("marcos"), "scores"),
    ("marcos_ulutas2020_stackers", make_method("marcos"), "scores"),
    ("waspas_chakraborty2015_ex2_lambda0", from_pymcdm("waspas", l=0), "waspas"),
    ("waspas_chakraborty2015_ex2_lambda1", from_pymcdm("waspas", l=1), "waspas"),
    # A weighted sum of vector-normalized values, costs negative, is the MOORA ratio system.
    ("moora_kracka2010_heating", WeightedSum("vector"), "unweighted_ratio"),
    ("multimoora_karabasevic2015", WeightedSum("vector"), "ratio"),
]


@pytest.mark.parametrize(("name", "method", "key"), SCORES, ids=[f"{n}-{k}" for n, _, k in SCORES])
def test_published_scores(name, method, key):
    # Kernels are called with the weights of the paper as they stand; some do not sum to 1.
    matrix, weights, _, published = load(name)
    scores = method(matrix.values.to_numpy(), np.array(weights), matrix.signs)
    close(name, key, scores)
    rank_key = "waspas_ranks" if key == "waspas" else "ranks"
    if rank_key in published:
        assert tp.ranking.rank_scores(scores).tolist() == published[rank_key]


def test_entropy_weights_of_the_notebook_example():
    # The paper weighs by entropy; the weights are recomputed here from its formula.
    matrix, _, _, _ = load("topsis_ersoy2021_notebook")
    shares = matrix.values.to_numpy() / matrix.values.to_numpy().sum(axis=0)
    diversity = 1 + (shares * np.log(shares)).sum(axis=0) / np.log(len(shares))
    ranking = tp.rank(matrix, diversity / diversity.sum())
    close("topsis_ersoy2021_notebook", "closeness", ranking.scores)


def test_printed_ideals_of_the_car_example():
    matrix, weights, _, _ = load("topsis_hodgett_cars")
    steps = tp.rank(matrix, weights).steps
    close("topsis_hodgett_cars", "ideal", steps["ideal"])
    close("topsis_hodgett_cars", "anti_ideal", steps["anti_ideal"])
    close("topsis_hodgett_cars", "closeness", steps["closeness"])


def test_a_fifth_apartment_swaps_two_others():
    matrix, weights, _, published = load("topsis_rank_reversal_apartment")
    ranking = tp.rank(matrix, weights)
    assert ranking.ranks.tolist() == published["ranks"]
    assert ranking.reversal_possible
    four = tp.rank(matrix.without("A5"), weights)
    assert four.ranks.tolist() == EXAMPLES["topsis_apartment"]["published"]["ranks"]


def test_printed_contributions_of_the_options_template():
    matrix, weights, _, _ = load("wsm_mca_template_dwm")
    ranking = tp.rank(matrix, weights, WeightedSum("none"))
    close("wsm_mca_template_dwm", "contributions", ranking.contributions())


VIKOR = [name for name in EXAMPLES if name.startswith("vikor")]


@pytest.mark.parametrize("name", VIKOR)
def test_published_vikor(name):
    matrix, weights, inputs, published = load(name)
    method = Vikor(inputs.get("v", 0.5))
    ranking = tp.rank(matrix, weights, method, normalize=bool(inputs.get("normalise_weights")))
    for key in "SRQ":
        if key in published:
            close(name, key, ranking.steps[key])
    if "ranks" in published:
        assert ranking.ranks.tolist() == published["ranks"]
    if "compromise" in published:
        found = method.compromise(ranking.matrix, ranking.weights)
        assert sorted(found.members) == [f"A{i}" for i in published["compromise"]]
        assert found.acceptable_advantage == published["acceptable_advantage"]
        assert found.acceptable_stability == published["acceptable_stability"]


@pytest.mark.parametrize("name", ["promethee2_ziemba2017_windfarms", "promethee2_ziemba2019_prosa"])
def test_published_net_flows_with_thresholds(name):
    matrix, weights, inputs, _ = load(name)
    method = Promethee2(inputs["preference_functions"])
    close(name, "phi", tp.rank(matrix, weights, method, normalize=True).scores)


def test_four_preference_functions_at_once():
    matrix, weights, inputs, published = load("promethee2_promcalc_sites")
    method = Promethee2(inputs["preference_functions"])
    ranking = tp.rank(matrix, weights, method, normalize=True)
    first = ranking.to_frame()["alternative"].head(5).tolist()
    assert first == [f"A{i}" for i in published["first_five"]]
    # A4 and A5 are incomparable in PROMETHEE I: each is ahead in one of the two flows.
    plus, minus = ranking.steps["positive_flow"], ranking.steps["negative_flow"]
    assert (plus["A4"] - plus["A5"]) * (minus["A4"] - minus["A5"]) > 0


def test_published_one_criterion_flows():
    name = "promethee2_r_vignette_houses"
    matrix, weights, inputs, published = load(name)
    ranking = tp.rank(matrix, weights, Promethee2(inputs["preference_functions"]))
    m = len(matrix.alternatives)
    # The package divides one-criterion flows by m and flows by m (m - 1); see the notes of the example.
    close(name, "unicriterion_net_div_m", ranking.steps["unicriterion_net_flow"] * (m - 1) / m)
    close(name, "phi_plus_div_m", ranking.steps["positive_flow"] / m)
    close(name, "phi_minus_div_m", ranking.steps["negative_flow"] / m)
    close(name, "phi_div_m", ranking.steps["net_flow"] / m)
    order = ranking.to_frame()["alternative"].tolist()
    assert order == [f"A{i}" for i in published["order"]]


def _with_bounds(matrix, bounds):
    scales = {
        criterion: tp.Scale("ratio", worst=low if up else high, best=high if up else low)
        for criterion, (low, high) in zip(matrix.criteria, bounds, strict=True)
        for up in [matrix.directions[criterion] == "maximize"]
    }
    return tp.DecisionMatrix(matrix.values, matrix.directions, scales=scales)


def test_published_spotis():
    matrix, weights, inputs, published = load("spotis_dezert2020_a")
    ranking = tp.rank(_with_bounds(matrix, inputs["bounds"]), weights, make_method("spotis"))
    close("spotis_dezert2020_a", "scores", -ranking.scores)
    assert ranking.ranks.tolist() == published["ranks"]


def test_spotis_is_a_weighted_sum_on_declared_scales():
    matrix, weights, inputs, _ = load("spotis_dezert2020_a")
    ranking = tp.rank(_with_bounds(matrix, inputs["bounds"]), weights, WeightedSum("reference"))
    close("spotis_dezert2020_a", "scores", 1 - ranking.scores)


def test_seven_methods_on_one_matrix():
    matrix, weights, inputs, published = load("multi_pyrepo_seven_methods")
    bounded = _with_bounds(matrix, inputs["methods"]["spotis"]["bounds"])
    methods = {
        "topsis": Topsis("minmax"),
        "codas": make_method("codas"),
        "vikor": Vikor(),
        "spotis": make_method("spotis"),
        "edas": make_method("edas"),
        "mabac": make_method("mabac"),
        "waspas": make_method("waspas"),
    }
    for key, method in methods.items():
        assert tp.rank(bounded, weights, method).ranks.tolist() == published[key], key
    totals = np.array(inputs["rankings"]).sum(axis=1)
    assert tp.ranking.rank_scores(-totals).tolist() == published["rank_sum_ranks"]


def _curve_values(matrix, curves):
    columns = {
        criterion: np.interp(matrix.values[criterion], *zip(*sorted(curve), strict=True))
        for criterion, curve in zip(matrix.criteria, curves, strict=True)
    }
    return pd.DataFrame(columns, index=matrix.values.index)


@pytest.mark.parametrize("name", ["mavt_apartment_curves", "mavt_suppliers_curves"])
def test_additive_value_model_on_values_from_curves(name):
    matrix, weights, inputs, published = load(name)
    values = _curve_values(matrix, inputs["value_functions"])
    ranking = tp.rank(values, weights, WeightedSum("none"), directions=["maximize"] * len(weights))
    close(name, "scores", ranking.scores)
    assert ranking.ranks.tolist() == published["ranks"]
