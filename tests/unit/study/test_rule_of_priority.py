"""Whatever says which technologies are priority follows the rule of the study, also where it is a profile."""

from dataclasses import replace

import numpy as np
import pytest

import techprio as tp
from techprio.reporting.criteria_tables import stability_table
from techprio.robustness.certainty_of_places import run_classes
from techprio.robustness.deciding import run_deciding
from techprio.robustness.opinions import panel_dissent
from techprio.robustness.priority_rule import PriorityRule
from techprio.study.revisions import revision_effects

from ...profile_study import NAMES, study_of


@pytest.fixture(scope="module", params=["score", "outranking"])
def run(request):
    return tp.run(study_of(request.param))


#: What reaches the profile: by equal weights, by those of e1 (.75, .25), by those of e2.
REACHED = {
    # 7, 6.5, 5.5, 2 against 6; 8, 5.25, 5.75, 1.5; 6, 7.75, 5.25, 2.5
    "score": ({"A", "B"}, {"A"}, {"A", "B"}),
    # A and C are at least 6 on yield alone, B on ease alone: .75 reaches the cut of .6, .5 does not.
    "outranking": (set(), {"A", "C"}, {"B"}),
}


def test_the_rule_says_what_is_priority_under_any_weights(run):
    rule, ranking = PriorityRule.of(run.study), run.rankings["farming"]
    weights = np.array([[0.5, 0.5], [0.75, 0.25], [0.25, 0.75]])
    found = [set(np.array(NAMES)[row]) for row in rule.under(ranking, weights)]
    assert tuple(found) == REACHED[rule.name]
    assert rule.stated(ranking) == REACHED[rule.name][0]


def test_every_list_of_priorities_follows_it(run):
    stated, farmers, traders = REACHED[run.study.ranking.priority]
    frame = run.to_frame()
    assert set(frame.loc[frame["priority"] == "yes", "technology"]) == stated
    classes = run_classes(run).table.set_index("technology")
    assert set(classes.index[classes["in_first"]]) == stated
    assert {n for n in NAMES if "farmers" in classes.loc[n, "in_favor"]} == farmers
    assert {n for n in NAMES if "traders" in classes.loc[n, "in_favor"]} == traders
    assert set(run_deciding(run).table["against"]) == {"reference profile"}
    shown = {row[2] for row in run.tables()["priorities"].rows}
    assert shown == stated


def test_opinions_and_what_hangs_on_one_expert_follow_it(run):
    stated, farmers, traders = REACHED[run.study.ranking.priority]
    found = panel_dissent(run.study, opinions=2)
    assert set(found.table["technology"]) == farmers | traders
    assert set(found.table.loc[found.table["whoever"], "technology"]) == farmers & traders
    without = {row.group: (set(row.came_in), set(row.left)) for row in found.left_out.itertuples()}
    # Without the farmer the trader alone weighs, and the other way round.
    expected = {"farmers": traders, "traders": farmers}
    assert without == {g: (now - stated, stated - now) for g, now in expected.items() if now != stated}
    assert "the reference profile whoever decides" in str(found.tables()["opinions"].notes[0])


def test_other_weights_and_revised_judgments_follow_it(run):
    stated, farmers, _ = REACHED[run.study.ranking.priority]
    tried = tp.what_if(run, {"root": {"yield": 0.75}}, plan=False).ranks("farming").set_index("technology")
    assert set(tried.index[tried["priority"]]) == farmers
    assert set(tried.index[tried["priority_before"]]) == stated
    assert revision_effects(run.study)["top_changes"].isin(["", None]).all()  # two items are consistent


def test_how_far_a_weight_may_move_follows_it(run):
    # Of 6, A reaches it from .25 on (5 + 4w), B up to .6 (9 - 5w), C at 1; by outranking A and C from .6 on,
    # B up to .4.
    expected = {"score": (0.25, 0.6), "outranking": (0.4, 0.6)}[run.study.ranking.priority]
    found = run.stability.set_index("node").loc["yield", ["top_low", "top_high"]]
    assert tuple(found) == pytest.approx(expected)
    shown = stability_table(run)
    assert "Priority stays from" in [str(column.quantity.heading) for column in shown.columns]


def test_a_difference_of_two_runs_follows_it():
    new = study_of("score")
    old = replace(new, ranking=replace(new.ranking, priority="top"))
    table = tp.compare_runs(old, new, plan=False).ranks.set_index("technology")
    assert set(table.index[table["priority_old"]]) == {"A"}
    assert set(table.index[table["priority_new"]]) == {"A", "B"}


def test_what_to_check_first_follows_it():
    found = tp.run(study_of("score")).advise()
    alone = found.table[(found.table["kind"] == "score") & found.table["alone"]]
    # One score moves a mean by .5: B stays at the 6 of the profile, C comes up to it from 5.5.
    assert set(alone["technology"]) == {"C"}
    assert found.places == 2
