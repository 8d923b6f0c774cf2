"""The panel of sliders without a browser: what each one sets off."""

import re

import pytest

import techprio as tp

from ...profile_study import study_of

pytest.importorskip("ipywidgets")


@pytest.fixture(scope="module")
def result(trimmed_result):
    return trimmed_result


@pytest.fixture
def panel(result):
    return tp.explore(result, "AGR", language="en", phases=False)


def test_by_a_profile_the_number_of_places_stands_still_and_it_says_what_is_marked():
    panel = tp.explore(tp.run(study_of("score")), language="en", phases=False)
    assert panel.thresholds.sliders["top"].disabled
    assert "Priority (●) is to reach the reference profile" in panel.ranks.value
    panel.weights.by_node["root"]["yield"].value = 100  # against 50 of the other
    ranks = panel.current.ranks().set_index("technology")
    assert set(ranks.index[ranks["priority"]]) == {"A"}


def test_at_first_it_shows_the_run(panel, result):
    assert panel.current.ranks("AGR")["moved"].eq(0).all()
    assert "AGR01" in panel.ranks.value
    assert bytes(panel.chart.value).startswith(b"\x89PNG")


def test_a_slider_moves_ranks_and_the_reset_brings_them_back(panel, result):
    panel.weights.by_node["root"]["M"].value = 100
    assert panel.current.ranks("AGR")["moved"].ne(0).any()
    panel.reset()
    assert panel.current.ranks("AGR")["moved"].eq(0).all()
    assert panel.weights.values() == {}


def test_unmoved_sliders_keep_the_exact_weights(panel, result):
    panel.weights.by_node["F"]["F1"].value = 50
    local = panel.current.weights.local
    assert local["root", "M"] == pytest.approx(result.weights.local["root", "M"], abs=1e-12)
    before = result.weights.local["F"]
    assert local["F", "F2"] / local["F", "F3"] == pytest.approx(before["F2"] / before["F3"], abs=1e-12)


def test_thresholds_move_roles_and_top(panel):
    panel.thresholds.sliders["top"].value = 6
    assert panel.current.top == 6
    panel.thresholds.sliders["depth"].value = 5.0
    assert len(panel.current.role_changes()) > 0
    assert re.search(r"roles that change: [1-9]", panel.changes.value)


def test_phases_follow_when_they_are_asked_for(panel):
    assert panel.current.plan is None
    panel.phases.value = True
    assert panel.current.plan is not None
    assert "no plan" in panel.changes.value


def test_a_setting_that_cannot_be_used_is_told_and_the_last_one_stays(panel):
    before = panel.current
    for slider in panel.weights.by_node["F"].values():
        panel._quiet = True
        slider.value = 0
    panel._quiet = False
    panel.refresh()
    assert "above 0" in panel.state.value
    assert panel.current is before


def test_another_sector_is_shown_without_computing_again(panel):
    before = panel.current
    panel.sector.value = "LOG"
    assert panel.current is before
    assert "LOG01" in panel.ranks.value


def test_vietnamese_panel_has_vietnamese_words(result):
    panel = tp.explore(result, "AGR", language="vi", phases=False)
    assert "trọng số đang dùng" in panel.ranks.value
    assert "27,2%" in panel.ranks.value


def test_weights_without_a_tree_have_one_row_of_sliders(result, tmp_path):
    from dataclasses import replace

    flat = replace(result.weights, hierarchy={}, local=result.weights.local.iloc[:0])
    panel = tp.explore(replace(result, weights=flat), "AGR", language="en", phases=False)
    panel.weights.by_node[""]["F1"].value = 90
    assert panel.current.weights.overall["F1"] > 0.4


def test_unknown_sector_is_named(result):
    with pytest.raises(tp.InputError, match="AGR"):
        tp.explore(result, "AGX")


def test_missing_widgets_are_told_with_the_command(result, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(tp.InputError, match=r"techprio\[notebook\]"):
        tp.explore(result)
