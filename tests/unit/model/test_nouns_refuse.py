"""Each noun refuses, when it is made, what cannot be used: the place, what was found, what is allowed."""

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.model.criteria import CriteriaTree, Criterion
from techprio.model.gates import Gate
from techprio.model.instrument import Instrument, PointGroup
from techprio.model.resources import Decisions, Fund, Phase, Resources, Staff
from techprio.model.scale import Scale
from techprio.model.sectors import Sector
from techprio.model.settings import (
    RankingSettings,
    RobustnessSettings,
    RoleSettings,
    ValueSettings,
    WeightSettings,
)

YEARS = {2026: 1.0, 2027: 1.0}
PHASES = (Phase("all", 2026, 2027),)
FUNDS = (Fund("local", "", YEARS),)
TABLE = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]}, index=["x", "y"])
WAYS = {"a": "max", "b": "min"}
TECHNOLOGIES = pd.DataFrame({"sector": ["s", "s"], "cost": [1.0, 2.0], "months": [6, 12]}, index=["x", "y"])
PANEL = pd.DataFrame(
    {"expert": ["e"], "group": ["g"], "node": ["goal"], "preferred": ["a"], "other": ["b"], "strength": [2.0]}
)


def resources(**changes):
    return Resources(
        **{"id": "r", "start": "2026-01", "end": "2027-12", "phases": PHASES, "funds": FUNDS} | changes
    )


def catalog(technologies=TECHNOLOGIES, scores=TABLE, criteria=WAYS, dependencies=None, **options):
    return tp.Catalog.from_frame(technologies, scores, criteria, dependencies, **options)


def study(**changes):
    return tp.Study(**{"catalog": catalog(), "weights": {"a": 0.5, "b": 0.5}} | changes)


def leaf(**changes):
    return Criterion(**{"id": "c", "direction": "max"} | changes)


UP = Scale("ratio", 0, 10)
WRONG = [
    # scales
    (lambda: Scale("linear", worst=0, best=1), "type; found 'linear'; allowed: ordinal, interval, ratio"),
    (lambda: Scale("ratio", worst=0, best=0), "found worst 0, best 0; allowed: two different points"),
    (lambda: Scale("ratio", worst="low", best=1), "worst; found 'low'; allowed: a finite number"),
    (lambda: Scale("ratio", worst=True, best=5), "worst; found True; allowed: a finite number"),
    (lambda: Scale("ratio", worst=None, best=5), "worst; found nothing; allowed: a finite number"),
    (lambda: Scale("ratio", worst=float("nan"), best=5), "worst; found nan"),
    (lambda: Scale("ratio", worst=1, best=float("inf")), "best; found inf"),
    (lambda: Scale("ratio", 0, 10, "log10"), "points above 0, because they are compared on log10"),
    (lambda: Scale("ratio", 1, 10, "log2"), "transform; found 'log2'; allowed: log10"),
    (lambda: Scale(3, 1, 10), "type; found 3; allowed: ordinal"),
    # criteria
    (lambda: leaf(direction="up"), "direction; found 'up'; allowed: maximize or minimize"),
    (lambda: leaf(direction=True), "direction; found True; .*True and False state no direction"),
    (lambda: leaf(direction=2), "direction; found 2"),
    (lambda: leaf(direction="maximise"), "proposal: did you mean maximize"),
    (lambda: leaf(id=3), "id; found 3; allowed: a name"),
    (lambda: leaf(id=""), "id; found ''; allowed: a name"),
    (lambda: leaf(label=4), "label; found 4; allowed: a text, or a Label"),
    (lambda: leaf(unit=4), "unit; found 4; allowed: a text"),
    (lambda: leaf(scale=(0, 1)), r"scale; found \(0, 1\); allowed: Scale"),
    (lambda: leaf(scale=UP, direction="min"), "scale; found minimize, worst 0, best 10"),
    (lambda: leaf(anchors={20: "much"}, scale=UP), "anchors of 20; found 20; allowed: a number from 0 to 10"),
    (lambda: leaf(anchors=["much"]), "anchors; found .*; allowed: a mapping"),
    (lambda: leaf(anchors={"one": "much"}), "anchors of one; found 'one'; allowed: a finite number"),
    (lambda: leaf(children="ab"), "children; found 'ab'; allowed: a sequence of Criterion"),
    (lambda: leaf(children=[leaf(id="d")]), "direction; found 'maximize'; allowed: direction belongs to"),
    # the tree
    (lambda: CriteriaTree("t", "root", [leaf(), leaf()]), "criteria; found c twice"),
    (lambda: CriteriaTree("t", "c", [leaf()]), "criteria; found c twice"),
    (lambda: CriteriaTree("t", "root", [Criterion("c")]), "criterion 'c'; found no direction"),
    (lambda: CriteriaTree("t", "root", ["c"]), "heads; found .*; allowed: a sequence of Criterion"),
    (lambda: CriteriaTree("t", "", [leaf()]), "root; found ''"),
    (lambda: CriteriaTree.from_frame([1]), "the table; found .*; allowed: a DataFrame"),
    (
        lambda: CriteriaTree.from_frame(pd.DataFrame({"criterion": ["a"], "parnt": ["b"]})),
        "did you mean parent",
    ),
    (lambda: CriteriaTree.from_frame(pd.DataFrame({"criterion": ["a", "a"]})), "criterion; found a twice"),
    (
        lambda: CriteriaTree.from_frame(
            pd.DataFrame({"criterion": ["a", "b"], "parent": ["head", "haed"], "direction": "max"})
        ),
        "criterion 'b', parent; found 'haed'; .*did you mean head",
    ),
    (
        lambda: CriteriaTree.from_frame(pd.DataFrame({"criterion": ["a", "b"], "parent": ["b", "a"]})),
        "does not stand below it",
    ),
    (
        lambda: CriteriaTree.from_frame(
            pd.DataFrame({"criterion": ["a"], "direction": ["max"], "worst": [3]})
        ),
        "criterion 'a', best; found nothing",
    ),
    # the matrix
    (lambda: tp.DecisionMatrix([[1, 2]], WAYS), r"values; found \[\[1, 2\]\]; allowed: a DataFrame"),
    (lambda: tp.DecisionMatrix(TABLE, {"a": "max"}), "criterion 'b'; found no direction"),
    (lambda: tp.DecisionMatrix(TABLE, [True, False]), "criterion 'a', direction; found True"),
    (lambda: tp.DecisionMatrix(TABLE, ["max"]), "directions; found 1 of them"),
    (lambda: tp.DecisionMatrix(TABLE, "max"), "directions; found 'max'"),
    (lambda: tp.DecisionMatrix(TABLE, 5), "directions; found 5; allowed: a direction for each of a, b"),
    (lambda: tp.DecisionMatrix(TABLE, WAYS | {"c": "max"}), "directions; found 'c'; allowed: a, b"),
    (lambda: tp.DecisionMatrix(TABLE.reset_index(), WAYS), "criterion 'index'; .*the index of the table"),
    (lambda: tp.DecisionMatrix(TABLE.assign(a=[True, False]), WAYS), "'a'; found no number at all"),
    (lambda: tp.DecisionMatrix(TABLE.assign(a=[1, np.nan]), WAYS), "'y', criterion 'a'; found nan"),
    (lambda: tp.DecisionMatrix(TABLE.assign(a=pd.to_datetime(["2026", "2027"])), WAYS), "criterion 'a'"),
    (lambda: tp.DecisionMatrix(TABLE.iloc[:0], WAYS), "at least one alternative"),
    (lambda: tp.DecisionMatrix(TABLE.set_axis(["x", "x"]), WAYS), "alternative 'x'; found x twice"),
    (lambda: tp.DecisionMatrix(TABLE, WAYS, scales={"a": UP, "q": UP}), "scales; found 'q'"),
    (
        lambda: tp.DecisionMatrix(TABLE, WAYS, scales={"a": (0, 1)}),
        r"scales, 'a'; found \(0, 1\); allowed: Scale",
    ),
    (
        lambda: tp.DecisionMatrix(TABLE, WAYS, scales={"a": Scale("ratio", 0, 1.5)}),
        "found 2; allowed: 0 to 1.5",
    ),
    (lambda: tp.DecisionMatrix(TABLE, WAYS, low=TABLE + 1), "found low 2, value 1; allowed: low <= value"),
    (lambda: tp.DecisionMatrix(TABLE, WAYS, low=3), "low; found 3; allowed: a DataFrame"),
    (lambda: tp.DecisionMatrix(TABLE, WAYS, high=TABLE.T), "high; found other names"),
    (lambda: tp.DecisionMatrix(TABLE, WAYS, labels={"a": 3}), "labels, 'a'; found 3"),
    (lambda: tp.DecisionMatrix(TABLE, WAYS, units=3), "units; found 3; allowed: a mapping"),
    # phases, funds, staff, decisions
    (lambda: Phase("p", 2030, 2026), "last_year; found 2026; allowed: a year from 2030 on"),
    (lambda: Phase("p", "2026", 2027), "first_year; found '2026'; allowed: a whole number"),
    (lambda: Phase("p", True, 2027), "first_year; found True"),
    (lambda: Phase(3, 2026, 2027), "id; found 3"),
    (lambda: Fund("", "", YEARS), "id; found ''; allowed: a name"),
    (lambda: Fund("f", "", [1, 2]), r"per_year; found \[1, 2\]; allowed: a mapping"),
    (lambda: Fund("f", "", {2026: -1}), "per_year of 2026; found -1; allowed: a number from 0 on"),
    (lambda: Fund("f", "", {"2026": 1}), "per_year of 2026; found '2026'; allowed: a year"),
    (lambda: Fund("f", "", YEARS, hard="yes"), "hard; found 'yes'; allowed: True, False"),
    (lambda: Fund("f", "", YEARS, carry_over="always"), "carry_over; found 'always'"),
    (lambda: Staff("", {2026: float("nan")}), "per_year of 2026; found nan"),
    (lambda: Staff("", YEARS, accumulates=1), "accumulates; found 1"),
    (lambda: Decisions(must="AGR01"), "must; found 'AGR01'; allowed: a sequence of str"),
    (lambda: Decisions(must=("a",), must_not=("a",)), "must_not; found a, which is wanted as well"),
    (
        lambda: Decisions(fixed_start={"a": "soon"}),
        "fixed_start of a; found 'soon'; allowed: a month YYYY-MM",
    ),
    (lambda: Decisions(not_before={"a": "2027"}), "not_before of a; found '2027'"),
    (lambda: Decisions(must=("a", "b"), exclusive=(("a", "b"),)), "exclusive; found a, b are wanted"),
    # resources
    (lambda: resources(start="2026"), "start; found '2026'; allowed: a month YYYY-MM"),
    (lambda: resources(start="2026-13"), "start; found '2026-13'"),
    (lambda: resources(end="2025-01"), "found end 2025-01 before start 2026-01"),
    (lambda: resources(phases=()), "phases; found none with 2026"),
    (lambda: resources(phases=({"id": "p", "first": 2026},)), "phases, number 1; found 'first'"),
    (lambda: resources(phases="all"), "phases; found 'all'; allowed: a sequence of Phase"),
    (lambda: resources(funds=FUNDS * 2), "funds; found local twice"),
    (lambda: resources(funds=(Fund("f", "", {2026: 1}),)), "budget f; found no amount for 2027"),
    (lambda: resources(staff=Staff("", {2026: 1})), "staff; found no amount for 2027"),
    (lambda: resources(staff=3), "staff; found 3; allowed: Staff"),
    (lambda: resources(period_months=5), "period_months; found '5'; allowed: 1, 2, 3, 4, 6, 12"),
    (lambda: resources(discount_rate=1), "discount_rate; found 1; allowed: from 0 to below 1"),
    (lambda: resources(lead_factor={"nnoe": 1}), "lead_factor; found 'nnoe'; .*did you mean none"),
    (lambda: resources(sector_minimum={"late": 1}), "sector_minimum; found 'late'; allowed: all"),
    (
        lambda: resources(sector_minimum={"all": 1.5}),
        "sector_minimum of all; found 1.5; allowed: a whole number",
    ),
    (lambda: resources(earliest_start_months={12: 3}), "a readiness level from 1 to 9"),
    (
        lambda: resources(decisions=Decisions(fixed_start={"a": "2030-01"})),
        "found 2030-01; allowed: 2026-01 to",
    ),
    (lambda: Resources.from_frame(3, start="2026-01", end="2026-12", phases={}), "budgets; found 3"),
    (
        lambda: Resources.from_frame(pd.Series(YEARS), start="2026-01", end="2027-12", phases={"all": 2026}),
        "phases, all; found 2026; allowed: a first and a last year",
    ),
    # the catalogue
    (lambda: catalog(technologies=3), "technologies; found 3; allowed: a DataFrame"),
    (lambda: catalog(technologies=TECHNOLOGIES.set_axis(["x", "x"])), "technologies; found x twice"),
    (
        lambda: catalog(technologies=TECHNOLOGIES.assign(cost=["much", 1])),
        "technologies, x, capex_mode; found 'much'",
    ),
    (
        lambda: catalog(technologies=TECHNOLOGIES.assign(cost=[True, False])),
        "technologies, x, capex_mode; found True",
    ),
    (lambda: catalog(technologies=TECHNOLOGIES.assign(months=-1)), "technologies, x, lead_mode; found -1"),
    (lambda: catalog(technologies=TECHNOLOGIES.assign(cost_low=9)), "allowed: capex_low <= capex_mode"),
    (
        lambda: catalog(technologies=TECHNOLOGIES.assign(status="soon")),
        "technologies, x, status; found 'soon'",
    ),
    (lambda: catalog(technologies=TECHNOLOGIES.assign(fund_local=2)), "technologies, x, fund_local; found 2"),
    (lambda: catalog(sectors={"other": "Other"}), "technologies, sector; found 's'; allowed: other"),
    (lambda: catalog(cross=["q"]), "cross; found 'q'; allowed: s"),
    (lambda: catalog(scores=None), "criterion 'a'; found no score of x, y"),
    (lambda: catalog(criteria=None), "criteria; found nothing; allowed: a CriteriaTree"),
    (lambda: catalog(criteria={"a": "up", "b": "min"}), "criterion 'a'; found 'up'"),
    (lambda: catalog(scores=TABLE.iloc[:1]), "criterion 'a'; found no score of y"),
    (lambda: catalog(scores=TABLE.rename(index={"x": "z"})), "scores, technology; found 'z'"),
    (lambda: catalog(scores=TABLE.rename(columns={"a": "q"})), "scores, criterion; found 'q'"),
    (lambda: catalog(low=TABLE.T), "low; found other names"),
    (lambda: catalog(low=TABLE + 1), "scores, x a; found 2, 1, 1; allowed: low <= value <= high"),
    (
        lambda: catalog(dependencies=pd.DataFrame({"from": ["x"], "to": ["y"]})),
        "column 'requires'; found no such",
    ),
    (
        lambda: catalog(dependencies=pd.DataFrame({"technology": ["x"], "requires": ["z"]})),
        "dependencies, requires; found 'z'; allowed: x, y",
    ),
    (
        lambda: catalog(
            dependencies=pd.DataFrame({"technology": ["x"], "requires": ["y"], "kind": ["must"]})
        ),
        "dependencies, x y, kind; found 'must'; allowed: hard, soft",
    ),
    (lambda: catalog(missing="ignore"), "missing; found 'ignore'; allowed: error, full_range"),
    (lambda: Sector(""), "code; found ''"),
    (lambda: Sector("s", cross="no"), "cross; found 'no'"),
    # judgments
    (lambda: tp.Judgments(3, {"goal": ("a", "b")}), "statements; found 3; allowed: a DataFrame"),
    (lambda: tp.Judgments(PANEL, {}), "hierarchy; found nothing"),
    (lambda: tp.Judgments(PANEL, {"goal": "ab"}), "node 'goal'; found 'ab'"),
    (lambda: tp.Judgments(PANEL, {"goal": ()}), "node 'goal'; found no children"),
    (lambda: tp.Judgments(PANEL.drop(columns="strength"), {"goal": ("a",)}), "column 'strength' is missing"),
    (
        lambda: tp.Judgments(PANEL, {"goal": ("a", "b")}, group_weights={"g": -1}),
        "group_weights of g; found -1",
    ),
    (lambda: tp.Judgments(PANEL, {"goal": ("a", "b")}, labels=3), "labels; found 3"),
    (lambda: tp.Judgments.from_frame(PANEL.drop(columns="other")), "column 'other'; found no such column"),
    (lambda: tp.Judgments.from_frame(PANEL, criteria=3), "criteria; found 3; allowed: CriteriaTree"),
    # gates and settings
    (lambda: Gate("a"), "at_least, at_most; found no limit"),
    (lambda: Gate("a", at_least=5, at_most=4), "found 5 above 4"),
    (lambda: Gate("a", at_least="5"), "at_least; found '5'; allowed: a finite number"),
    (lambda: Gate("", at_least=5), "criterion; found ''"),
    (lambda: WeightSettings(method="ahpp"), "method; found 'ahpp'; .*did you mean ahp"),
    (lambda: WeightSettings(given={"a": "1"}), "given of a; found '1'"),
    (lambda: RankingSettings(top=0), "top; found 0; allowed: a number from 1 on"),
    (lambda: RankingSettings(method=3), "method; found 3"),
    (lambda: RankingSettings(options=3), "options; found 3"),
    (lambda: RobustnessSettings(draws=0), "draws; found 0"),
    (lambda: RobustnessSettings(draws=1e3), "draws; found 1000.0; allowed: a whole number"),
    (lambda: RobustnessSettings(seed=True), "seed; found True"),
    (lambda: ValueSettings(leave_out="F3"), "leave_out; found 'F3'; allowed: a sequence of str"),
    (lambda: RoleSettings(theta=2), "theta; found 2; allowed: a number from 0 to 1"),
    # the study
    (lambda: tp.Study(1), "catalog; found 1; allowed: Catalog"),
    (lambda: study(weights=None), "weights; found nothing; allowed: Judgments, Weights"),
    (lambda: study(weights=[0.5, 0.5]), "weights; found .*; allowed: Judgments, Weights"),
    (lambda: study(weights={"a": 0.5, "q": 0.5}), "weights; found 'q'; allowed: a, b"),
    (lambda: study(weights={"a": 0.5}), "weights; found none for b"),
    (lambda: study(weights={"a": 0.5, "b": 0.1}), "weights; found a sum of 0.6"),
    (lambda: study(weights={"a": True, "b": 0}), "weights of a; found True"),
    (lambda: study(resources=3), "resources; found 3; allowed: Resources"),
    (
        lambda: study(ranking={"method": "topsis", "top": 3}),
        "ranking, top; found 3; allowed: a whole number from 1 to 2, the technologies of the largest sector",
    ),
    (lambda: study(ranking="topsis"), "ranking; found 'topsis'; allowed: RankingSettings"),
    (lambda: study(ranking={"method": 3}), "ranking, method; found 3"),
    (lambda: study(robustness={"drwas": 3}), "robustness; found 'drwas'; .*did you mean draws"),
    (lambda: study(roles=0.5), "roles; found 0.5; allowed: RoleSettings"),
    (lambda: study(gates={"criterion": "a"}), "gates; found .*; allowed: a Gate"),
    (lambda: study(gates=Gate("q", at_least=1)), "gates; found 'q'; allowed: a, b"),
    (lambda: study(value={"leave_out": ("q",)}), "value, leave_out; found 'q'"),
    (lambda: study(value={"source": "profit"}), "value, source; found 'profit'"),
    (lambda: study(role_overrides={"z": ("core", "x")}), "role_overrides; found 'z'"),
    (lambda: study(survey=TABLE), "instrument; found nothing"),
    (lambda: study(id=3), "id; found 3"),
    (lambda: study(title=3), "title; found 3"),
    (lambda: study(illustrative="yes"), "illustrative; found 'yes'"),
    (
        lambda: study(resources=resources(), catalog=catalog(TECHNOLOGIES.drop(columns="cost"))),
        "no column capex_mode",
    ),
    (
        lambda: study(resources=resources(decisions=Decisions(must=("z",)))),
        "must; found 'z'; allowed: x, y",
    ),
    # the survey's instrument
    (lambda: Instrument("i", ()), "groups"),
    (lambda: Instrument("i", (PointGroup("A", 60),)).check(), "maxima that sum to 100"),
    (lambda: Instrument("i", "AB"), "groups; found 'AB'; allowed: a sequence of PointGroup"),
    (lambda: PointGroup("A", "sixty"), "max_points; found 'sixty'"),
    (lambda: PointGroup("A", 60, verified="yes"), "verified; found 'yes'"),
]


@pytest.mark.parametrize(("make", "said"), WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_used_is_refused_in_words(make, said):
    with pytest.raises(tp.InputError, match=said) as error:
        make()
    assert error.value.problems
    vietnamese = error.value.render("vi")
    assert vietnamese != error.value.render("en")
    assert "found" not in vietnamese
    assert error.value.to_dict("en")["problems"][0]["place"]


@pytest.mark.parametrize("study", ["lai-chau", 1, None])
def test_a_run_of_no_study_names_the_cure(study):
    with pytest.raises(tp.InputError, match=r"tp.read_study\(...\), or tp.example"):
        tp.run(study)
