"""Twenty wrong values in every argument of the public functions: each works or is answered in words.

A call that is right stands in the table; each of its arguments is then exchanged for each wrong value. No
error of Python, numpy or pandas may come out.
"""

import datetime
import inspect
import signal
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.arguments import parameters_of
from tests.architecture.public import NAMES

S = pd.DataFrame(
    {"readiness": [7.0, 8, 5], "cost": [90.0, 40, 60], "jobs": [120.0, 30, 80]},
    index=["Cold chain", "Data", "Dairy"],
)
D = {"readiness": "max", "cost": "min", "jobs": "max"}
W = {"readiness": 0.5, "cost": 0.3, "jobs": 0.2}
V = pd.Series({"Cold chain": 0.5, "Data": 0.3, "Dairy": 0.2})
E = pd.DataFrame({"technology": ["Cold chain", "Dairy"], "requires": ["Data", "Data"]})
SECTORS = {"Cold chain": "a", "Data": "a", "Dairy": "b"}
J = pd.DataFrame(
    {
        "expert": ["e"] * 3, "group": ["g"] * 3, "node": ["goal"] * 3,
        "preferred": ["readiness", "readiness", "cost"],
        "other": ["cost", "jobs", "jobs"], "strength": [2.0, 3, 2],
    }
)  # fmt: skip
T = pd.DataFrame({"sector": "s", "cost": [1.0, 2, 3], "months": [6, 12, 6]}, index=list(S.index))
PHASES = {"all": (2026, 2029)}
B = pd.DataFrame({"local": [2.0, 2, 2, 2]}, index=[2026, 2027, 2028, 2029])
RANKING = tp.rank(S, W, directions=D)
PANEL = tp.ahp(J)
JUDGMENTS = tp.Judgments.from_frame(J)
GRAPH = tp.dependencies.build_graph(E)
LIMITS = replace(tp.Resources.from_frame(B, start="2026-01", end="2029-12", phases=PHASES), objective="value")
CATALOG = tp.Catalog.from_frame(T, S, D, E)
PLAN = tp.plan_phases(T, LIMITS, V, dependencies=E)
ROLES = tp.classify_roles(E, V, sectors=SECTORS)
DRAWN = tp.simulate(S, W, directions=D, draws=20)

CALLS = {
    "rank": {"table": S, "weights": W, "directions": D},
    "simulate": {"table": S, "weights": W, "directions": D, "draws": 20},
    "compare_methods": {"table": S, "weights": W, "directions": D, "methods": ["topsis", "vikor"]},
    "weight_sensitivity": {"ranking": RANKING, "criteria": "cost"},
    "ahp": {"judgments": J},
    "given_weights": {"weights": W},
    "classify_roles": {"source": E, "values": V, "sectors": SECTORS},
    "plan_phases": {"source": T, "resources": LIMITS, "values": V, "dependencies": E},
    "set_language": {"language": None},
    "example": {"name": "lai-chau"},
    "Catalog.from_frame": {"technologies": T, "scores": S, "criteria": D, "dependencies": E},
    "Judgments.from_frame": {"frame": J},
    "Judgments": {"statements": J, "hierarchy": {"goal": ("readiness", "cost", "jobs")}},
    "Resources.from_frame": {"budgets": B, "start": "2026-01", "end": "2029-12", "phases": PHASES},
    "Study": {"catalog": CATALOG, "weights": W},
    "DecisionMatrix": {"values": S, "directions": D},
    "Scale": {"type": "ratio", "worst": 0, "best": 10},
    "Gate": {"criterion": "cost", "at_most": 50},
    "Criterion": {"id": "cost", "direction": "max"},
    "Label": {"vi": "Giá", "en": "Cost"},
    "Topsis": {"normalization": "vector"},
    "WeightedSum": {"normalization": "minmax"},
    "weighting.swing_weights": {"points": {"a": 10, "b": 100}},
    "weighting.direct_rating_weights": {"points": {"a": 10, "b": 30}},
    "weighting.rank_order_centroid_weights": {"ranks": {"a": 1, "b": 2}},
    "weighting.rank_sum_weights": {"ranks": {"a": 1, "b": 2}},
    "weighting.rank_reciprocal_weights": {"ranks": {"a": 1, "b": 2}},
    "weighting.best_worst_weights": {
        "best_to_others": {"a": 1, "b": 3, "c": 5}, "others_to_worst": {"a": 5, "b": 2, "c": 1}
    },
    "weighting.entropy_weights": {"table": S, "directions": D},
    "weighting.critic_weights": {"table": S, "directions": D},
    "weighting.merec_weights": {"table": S, "directions": D},
    "weighting.standard_deviation_weights": {"table": S, "directions": D},
    "weighting.combine_weights": {
        "subjective": PANEL, "objective": tp.weighting.critic_weights(S, directions=D)
    },
    "weighting.given_tree_weights": {"local": {"goal": {"a": 0.4, "b": 0.6}}},
    "weighting.judgments_from_matrices": {"matrices": {"e": pd.DataFrame([[1, 2], [0.5, 1]])}},
    "weighting.suggest_revisions": {"judgments": JUDGMENTS},
    "weighting.revise_judgment": {
        "judgments": JUDGMENTS, "expert": "e", "node": "goal",
        "preferred": "readiness", "other": "cost", "strength": 3.0,
    },
    "weighting.panel_consensus": {"weights": tp.ahp(pd.concat([J, J.assign(expert="f")]))},
    "weighting.shannon_consensus": {"priorities": [[0.5, 0.5], [0.4, 0.6]]},
    "weighting.kendall_w": {"ratings": pd.DataFrame([[1, 2, 3], [1, 3, 2]])},
    "weighting.correlate_with_others": {"ratings": pd.DataFrame([[1, 2, 3], [1, 3, 2]])},
    "weighting.overview_tables": {"judgments": JUDGMENTS},
    "ranking.make_method": {"name": "topsis"},
    "ranking.from_pymcdm": {"name": "edas"},
    "ranking.dominated_pairs": {"table": S, "directions": D},
    "ranking.effective_shares": {"weights": W},
    "ranking.rank_scores": {"scores": V},
    "ranking.Preference": {"type": "usual"},
    "robustness.draw_scores": {"table": S, "weights": W, "directions": D, "draws": 20},
    "robustness.score_sensitivity": {"ranking": RANKING, "alternative": "Data"},
    "robustness.change_weights": {"ranking": RANKING, "criterion": "cost", "changes": [0.1]},
    "robustness.rank_agreement": {"rankings": {"a": RANKING, "b": RANKING}},
    "robustness.rank_correlation": {"first": V, "second": V},
    "robustness.leave_one_out": {"ranking": RANKING},
    "robustness.clone_test": {"ranking": RANKING},
    "robustness.rank_aggregation": {"rankings": {"a": ["x", "y"], "b": ["y", "x"]}},
    "dependencies.build_graph": {"dependencies": E},
    "dependencies.check_graph": {"dependencies": E},
    "dependencies.knock_out_losses": {"graph": GRAPH, "values": V, "sectors": SECTORS},
    "dependencies.shapley_values": {"graph": GRAPH, "values": V, "samples": 10},
    "dependencies.find_critical_chain": {"graph": GRAPH, "lead": pd.Series(6, index=V.index)},
    "dependencies.transitive_reduction": {"graph": GRAPH},
    "phasing.date_certainty": {
        "source": T, "plan": PLAN, "resources": LIMITS, "values": V, "dependencies": E, "draws": 5,
    },
    "Ranking.explain": {"self": RANKING, "a": "Data"},
    "Plan.explain": {"self": PLAN, "technology": "Data"},
    "Roles.explain": {"self": ROLES, "technology": "Data"},
    "Roles.of": {"self": ROLES, "role": "platform"},
    "RankAcceptability.p_top": {"self": DRAWN},
    "RankAcceptability.standard_error": {"self": DRAWN},
    "DecisionMatrix.select": {"self": RANKING.matrix},
    "Catalog.label": {"self": CATALOG, "technology": "Data"},
    "Catalog.technologies_of": {"self": CATALOG, "code": "s"},
    "Catalog.decision_matrix": {"self": CATALOG},
    "Weights.aligned": {"self": PANEL, "criteria": list(D)},
    "Ranking.to_json": {"self": RANKING},
    "forms.ConsensusRule": {},
    "forms.Expert": {"code": "e1", "name": "An", "group": "agencies"},
    "monitor_plan": {
        "plan": PLAN,
        "status": pd.DataFrame(
            {"year": [2027], "technology": ["Data"], "status": ["running"], "start": ["2027-01"]}
        ),
    },
}  # fmt: skip
#: One path that is wrong in each way, in every function that reads a file or a study.
READERS = sorted(
    {"read_study", "check_study", "read_score_table"}
    | {f"inputs.{name}" for name in tp.inputs.__all__ if name.startswith("read_")}
)

WRONG = {
    "None": None, "True": True, "-1": -1, "0": 0, "3.5": 3.5, "nan": float("nan"), "inf": float("inf"),
    "1e155": 1e155, "no text": "", "a word": "nonsense", "bytes": b"x", "no list": [], "[None]": [None],
    "no dict": {}, "a dict of an object": {"x": object()}, "an object": object(),
    "an empty table": pd.DataFrame(),
    "a table of words": pd.DataFrame({"a": ["x"]}), "no series": pd.Series(dtype=float),
    "no array": np.array([]),
    "an array": np.zeros((2, 2)), "a function": lambda: 0, "a date": datetime.date(2026, 1, 1),
    "a set": {1, 2},
    "a path": Path("nowhere"), "NA": pd.NA, "-inf": float("-inf"), "beyond all": 10**400,
    "too long to be written": 10**5000,
    "a fraction beyond all": Fraction(10**400), "[beyond all]": [10**400], "[inf]": [float("inf")],
    "a dict of one beyond all": {"cost": 10**400}, "half a sign": "\ud83d",
}  # fmt: skip


@contextmanager
def no_longer_than(seconds):
    def late(*_):
        raise TimeoutError(f"no answer in {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def function_of(name):
    owner, _, member = name.rpartition(".")
    found = NAMES.get(f"techprio.{name}")
    return found if found is not None else getattr(NAMES[f"techprio.{owner}"], member)


def takes(function, parameter, value):
    """Whether a function declares that it takes such words, flags, numbers, or sequences of them."""
    function = getattr(function, "func", function)  # of a partial
    if inspect.isclass(function):
        return True  # a noun checks itself, and may be lenient
    _, stated = parameters_of(inspect.unwrap(getattr(function, "__func__", function)))
    return parameter not in stated or stated[parameter].takes(value)


def raw_errors(function, right, parameter, wrong=WRONG):
    for name, value in wrong.items():
        try:
            with no_longer_than(20):
                function(**{**right, parameter: value})
            if not takes(function, parameter, value):
                yield f"{parameter}={name}: taken in silence"
        except tp.TechprioError as error:
            if not (error.render("vi") and error.render("en")):
                yield f"{parameter}={name}: no words"
        except Exception as error:
            yield f"{parameter}={name}: {type(error).__name__}: {error}"
        finally:
            tp.set_language(None)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", CALLS)
def test_wrong_value_is_answered_in_words(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    function, right = function_of(name), CALLS[name]
    bound = {key: value for key, value in right.items() if key != "self"}
    if "self" in right:
        function = getattr(right["self"], name.rpartition(".")[2])
    function(**bound)  # the call is right as it stands
    parameters = [one for one in inspect.signature(function).parameters if one not in ("progress", "jobs")]
    assert [error for one in parameters for error in raw_errors(function, bound, one)] == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", READERS)
def test_path_that_is_none_is_answered_in_words(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    function = function_of(name)
    needed = {
        one.name: None
        for one in inspect.signature(function).parameters.values()
        if one.default is one.empty and one.name != "path"
    }
    assert list(raw_errors(function, needed, "path")) == []
