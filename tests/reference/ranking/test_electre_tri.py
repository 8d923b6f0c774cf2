"""ELECTRE TRI-B and SMAA-TRI against published examples.

manual: V. Mousseau, R. Slowinski, P. Zielniewicz (1999) ELECTRE TRI 2.0a, methodological guide and user's
manual, Document du LAMSADE 111: tables 1, 2 and 9, assignments of page 20; intermediate indices as printed
by C. Ghiaus, "Computational explanation of ELECTRE Tri-B" (github.com/cghiaus/ELECTRE_Tri).
Iskafi: K. Iskafi (2022) Recherche opérationnelle, ENSA Maroc: tables 10.1, 10.13, sorting of table 10.31.
risk zones: M. Merad, T. Verdel, B. Roy, S. Kouniali (2004) Use of multi-criteria decision-aids for risk
zoning and management of large area subjected to mining-induced hazards, Tunnelling and Underground Space
Technology 19(2), 125-138, as T. Tervonen reproduces it in the tests of JSMAA (github.com/tommite/jsmaa),
where class 3 of zone 5 in the paper is corrected to 4; weights and cutting levels of the stochastic analysis
from his model file smaatri-riskzoning (T. Tervonen et al. 2009, European Journal of Operational Research 192,
236-242).
normal: the probabilistic run of the example of the manual with standard deviations of a tenth (M. Baseer et
al. 2023, pELECTRE-Tri, Energies 16, 5296; printed in pelectre_tri-b_explained of the same repository).
"""

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.ranking import electre_tri_b
from techprio.ranking.electre_tri import Profiles, assigned
from techprio.robustness import Intervals, smaa_tri

CRITERIA = ["c1", "c2", "c3", "c4", "c5"]
UP = dict.fromkeys(CRITERIA, "max")
OFFERS = pd.DataFrame(
    [[75, 67, 85, 82, 90], [28, 35, 70, 90, 95], [45, 60, 55, 68, 60]], ["a1", "a2", "a3"], CRITERIA
)
BOUNDS = pd.DataFrame([[50, 48, 55, 55, 60], [70, 75, 80, 75, 85]], ["b1", "b2"], CRITERIA)
EQUAL = [0.2] * 5


def same(number):
    return dict.fromkeys(CRITERIA, number)


MANUAL = {"indifference": same(5), "preference": same(10), "veto": same(30), "cut": 0.75}


def test_manual_credibilities():
    found = electre_tri_b(OFFERS, EQUAL, BOUNDS, directions=UP, **MANUAL)
    up = [[1.0, 0.88], [0.6, 0.0], [1.0, 0.002345]]
    down = [[0.0, 0.92], [0.0, 0.6], [0.6, 1.0]]
    np.testing.assert_allclose(found.credibility, up, atol=5e-7)
    np.testing.assert_allclose(found.credibility_of_profiles, down, atol=5e-7)


@pytest.mark.parametrize(
    ("procedure", "bounds", "categories"),
    [
        # a1 is indifferent to b2 (.88 and .92): it outranks it, which the pessimistic procedure asks for.
        ("pessimistic", ["b1", "b2"], ["C3", "C1", "C2"]),
        ("optimistic", ["b1", "b2"], ["C3", "C3", "C2"]),
        ("pessimistic", ["b2"], ["C2", "C1", "C1"]),
        ("optimistic", ["b2"], ["C2", "C2", "C1"]),
    ],
)
def test_manual_assignments(procedure, bounds, categories):
    found = electre_tri_b(OFFERS, EQUAL, BOUNDS.loc[bounds], directions=UP, procedure=procedure, **MANUAL)
    assert found.categories.tolist() == categories


def test_iskafi():
    rows = [
        [0.72, 3.56, 1.34, 0.62, 44.34], [0.80, 3.94, 1.43, 0.74, 36.36], [0.76, 3.63, 1.38, 0.89, 48.75],
        [0.78, 3.74, 1.45, 0.72, 42.13], [0.74, 3.54, 1.37, 0.73, 36.99], [0.69, 3.74, 1.45, 0.84, 42.43],
        [0.70, 3.28, 1.28, 0.83, 47.43], [0.86, 3.37, 1.15, 0.80, 80.79],
    ]  # fmt: skip
    bounds = pd.DataFrame([[0.75, 3.5, 1.3, 0.73, 42], [0.8, 3.7, 1.37, 0.79, 43]], ["M", "B"], CRITERIA)
    found = electre_tri_b(
        pd.DataFrame(rows, [f"a{n}" for n in range(1, 9)], CRITERIA), [0.3, 0.3, 0.2, 0.1, 0.1], bounds,
        directions=UP, cut=0.7, procedure="optimistic",
        indifference=dict(zip(CRITERIA, [0.02, 0.05, 0.02, 0.05, 2], strict=True)),
        preference=dict(zip(CRITERIA, [0.05, 0.1, 0.05, 0.1, 8], strict=True)),
        veto=dict(zip(CRITERIA, [0.15, 0.6, 0.25, 0.25, 15], strict=True)),
    )  # fmt: skip
    assert found.categories.to_dict() == {
        "a7": "C1", "a1": "C2", "a3": "C2", "a5": "C2", "a2": "C3", "a4": "C3", "a6": "C3", "a8": "C3"
    }  # fmt: skip


ZONE_CRITERIA = ["g1.1", "g1.2", "g1.3", "g1.4", "g1.5", "g2.1", "g2.2", "g2.3", "g2.4", "g2.5.1"]
ZONES = pd.DataFrame(
    {
        "Z1": [5.8, 10, 0, 20, 0, 35, 2.37, 6.8, 3.6, 20], "Z2": [4.8, 0, 40, 0, 0, 70, 1.28, 1.83, 0.2, 10],
        "Z3": [9.7, 10, 10, 0, 30, 200, 1.67, 0.84, 7.4, 30],
        "Z4": [10.4, 10, 10, 10, 30, 203, 1.68, 0.83, 9, 20],
        "Z5": [9.7, 0, 10, 0, 10, 222, 1.2, 0.54, 1.8, 20],
        "Z6": [9.8, 10, 0, 20, 0, 50, 1.27, 2.54, 6.7, 20],
        "Z7": [12.3, 0, 0, 0, 30, 155, 0.96, 0.61, 14.1, 10],
        "Z8": [11.2, 10, 0, 0, 30, 180, 0.71, 0.39, 6.4, 20],
        "Z10": [11, 10, 0, 10, 30, 170, 0.31, 0.18, 2.6, 20],
    },
    index=ZONE_CRITERIA,
).T  # fmt: skip
CLASSES = ["class 4", "class 3", "class 2", "class 1"]
ZONE_BOUNDS = pd.DataFrame(
    {
        "4|3": [8, 0, 10, 10, 10, 190, 1.0, 0.63, 6, 20], "3|2": [10, 10, 10, 10, 10, 150, 1.4, 0.82, 20, 20],
        "2|1": [14, 10, 40, 20, 20, 110, 1.9, 1.0, 35, 30],
    },
    index=ZONE_CRITERIA,
).T  # fmt: skip
ZONE_OPTIONS = {
    "directions": {name: "min" if name == "g2.1" else "max" for name in ZONE_CRITERIA},
    "categories": CLASSES,
    "indifference": {"g1.1": 0.05, "g2.1": 10, "g2.2": 0.1, "g2.3": 0.05, "g2.4": 0.5},
    "preference": {"g1.1": 0.1, "g2.1": 20, "g2.2": 0.2, "g2.3": 0.09, "g2.4": 1.0},
    "procedure": "optimistic",
}
ZONE_WEIGHTS = [0.11, 0.02, 0.02, 0.02, 0.11, 0.02, 0.02, 0.44, 0.02, 0.22]
ZONE_CLASSES = {
    "Z1": "class 1", "Z2": "class 1", "Z3": "class 2", "Z4": "class 2", "Z5": "class 4", "Z6": "class 1",
    "Z7": "class 3", "Z8": "class 4", "Z10": "class 4",
}  # fmt: skip


def test_risk_zones():
    found = electre_tri_b(ZONES, ZONE_WEIGHTS, ZONE_BOUNDS, cut=0.65, **ZONE_OPTIONS)
    assert found.categories.to_dict() == ZONE_CLASSES
    assert found.credibility.loc["Z10", "4|3"] == pytest.approx(0.5, abs=0.01)


def test_smaa_tri_with_nothing_drawn_is_electre_tri():
    found = smaa_tri(
        ZONES, ZONE_WEIGHTS, ZONE_BOUNDS, cut=0.65, weight_distribution="fixed", draws=10, **ZONE_OPTIONS
    )
    assert found.stated.to_dict() == ZONE_CLASSES
    assert found.likeliest().to_dict() == ZONE_CLASSES
    assert (found.index.max(axis=1) == 1).all()


def test_smaa_tri_of_the_risk_zones_against_a_program_of_its_own():
    """The intervals of weights and cutting level of the stochastic analysis; another sampler, plain loops."""
    low = np.array([0.07, 0, 0, 0, 0.07, 0, 0, 0.33, 0, 0.15])
    high = np.array([0.15, 0.04, 0.04, 0.04, 0.15, 0.04, 0.04, 0.54, 0.04, 0.28])
    found = smaa_tri(
        ZONES, None, ZONE_BOUNDS, cut=(0.65, 0.85), draws=4000, seed=3,
        weight_distribution=Intervals(dict(zip(ZONE_CRITERIA, zip(low, high, strict=True), strict=True))),
        **ZONE_OPTIONS,
    )  # fmt: skip
    own = _zones_by_rejection(low, high, 1500)
    error = np.sqrt(own * (1 - own) * (1 / 1500 + 1 / 4000))
    assert (np.abs(found.index[CLASSES].to_numpy() - own) <= 4.5 * error + 1e-3).all()
    assert found.likeliest()["Z1"] == "class 1"
    assert found.standard_error().to_numpy().max() < 0.008


def _zones_by_rejection(low, high, count):
    rng = np.random.default_rng(11)
    counts, done = np.zeros((len(ZONES), 4)), 0
    signs = [-1 if name == "g2.1" else 1 for name in ZONE_CRITERIA]
    q = [ZONE_OPTIONS["indifference"].get(name, 0.0) for name in ZONE_CRITERIA]
    p = [ZONE_OPTIONS["preference"].get(name, 0.0) for name in ZONE_CRITERIA]
    agrees = {}
    for zone, row in ZONES.iterrows():
        for bound, profile in ZONE_BOUNDS.iterrows():
            for way in (1, -1):
                parts = []
                for a, b, sign, qj, pj in zip(row, profile, signs, q, p, strict=True):
                    short = round(way * sign * (b - a), 9)
                    parts.append(1.0 if short <= qj else 0.0 if short >= pj else (pj - short) / (pj - qj))
                agrees[zone, bound, way] = np.array(parts)
    while done < count:
        w = np.append(rng.uniform(low[:-1], high[:-1]), 0.0)
        w[-1] = 1 - w.sum()
        if not low[-1] <= w[-1] <= high[-1]:
            continue
        cut = rng.uniform(0.65, 0.85)
        for place, zone in enumerate(ZONES.index):
            category = 3
            for step, bound in enumerate(ZONE_BOUNDS.index):
                up, down = (float(w @ agrees[zone, bound, way]) for way in (1, -1))
                if down >= cut > up:
                    category = step
                    break
            counts[place, category] += 1
        done += 1
    return counts / count


def test_probabilistic_run_of_the_manual():
    """Normal values, printed with two digits from a run of about a hundred draws."""
    ends = [np.full(5, number) for number in (5.0, 10.0, 30.0)]
    kernel = Profiles(BOUNDS.to_numpy(float), *ends, np.ones(5))
    offers = OFFERS.to_numpy(float)
    drawn = np.random.default_rng(0).normal(offers, 0.1 * offers, size=(4000, 3, 5))
    up, down = kernel.credibility(drawn, np.full((4000, 5), 0.2))
    places = assigned(up, down, 0.7, "optimistic")
    shares = np.stack([(places == place).mean(axis=0) for place in range(3)], axis=1)
    printed = np.array([[0, 0.13, 0.87], [0, 0.47, 0.53], [0, 1, 0]])
    assert (np.abs(shares - printed) <= 4 * np.sqrt(shares * (1 - shares) / 100) + 0.005).all()


def test_smaa_tri_in_closed_form():
    """Two criteria, uniform weights: the weight of c2 is uniform, and the cut between .5 and 1 as well."""
    table = pd.DataFrame({"c1": [0.0], "c2": [1.0]}, index=["a"])
    bound = pd.DataFrame({"c1": [1.0], "c2": [1.0]}, index=["b"])
    options = {"directions": ["max", "max"], "weight_distribution": "uniform", "draws": 20_000, "seed": 5}
    for cut in (0.6, 0.9):
        share = smaa_tri(table, None, bound, cut=cut, **options).p_best()["a"]
        assert share == pytest.approx(1 - cut, abs=0.015)
    drawn = smaa_tri(table, None, bound, cut=(0.5, 1.0), **options).p_best()["a"]
    assert drawn == pytest.approx(0.25, abs=0.015)


def test_ideal_ranges_are_compared_by_worth():
    scales = {"warm": tp.Scale("ratio", 0, 40, ideal=[18, 22])}
    matrix = tp.DecisionMatrix(
        pd.DataFrame({"warm": [20.0, 35.0]}, index=["good", "hot"]), ["max"], scales=scales
    )
    bound = pd.DataFrame({"warm": [15.0]}, index=["fair"])
    assert electre_tri_b(matrix, [1.0], bound).categories.tolist() == ["C2", "C1"]
