"""Charts of plans: bars that add up, marks where the numbers say, both languages."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PatchCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D

from techprio.charts.budgets import draw_budget_use
from techprio.charts.replacement import draw_replacement_costs
from techprio.charts.roadmap import draw_roadmap
from techprio.charts.steadiness import draw_steadiness
from techprio.errors import InputError
from techprio.language import Label
from techprio.model.scenarios import Frontier
from techprio.reporting.figures import draw_roadmap_page, roadmap_pages

INDEX = pd.DataFrame(
    [[0.6, 0.3, 0.1], [0.0, 0.95, 0.05], [1.0, 0.0, 0.0]],
    index=["A1", "B2", "C3"],
    columns=["2026-2030", "2031-2035", "not placed"],
)
TABLE = pd.DataFrame(
    {
        "factor": [0.5, 1.0, 2.0], "budget": [50.0, 100.0, 200.0], "value": [np.nan, 4.0, 5.0],
        "bound": [np.nan, 4.1, 5.2], "gap": [np.nan, 0.02, 0.04], "placed": [np.nan, 7, 9],
    }
)  # fmt: skip


def test_bars_of_the_steadiness_reach_from_end_to_end():
    ax = draw_steadiness(INDEX, labels={"A1": Label("Chè", "Tea")}, language="en")
    widths = np.array([patch.get_width() for patch in ax.patches]).reshape(3, 3)
    np.testing.assert_allclose(widths, INDEX.to_numpy().T)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["A1 Tea", "B2", "C3"]
    assert [t.get_text() for t in ax.texts] == ["60%", "100%", "30%", "95%", "10%"]


@pytest.mark.parametrize(("language", "word"), [("vi", "chưa bố trí"), ("en", "not placed")])
def test_the_rest_is_named_in_the_language(language, word):
    ax = draw_steadiness(INDEX, language=language)
    assert ax.get_legend().get_texts()[-1].get_text() == word


COSTS = pd.DataFrame(
    {"low": [0.02, 0.3, 0.8], "high": [0.05, np.inf, 0.9], "verdict": ["free", "open", "firm"]},
    index=["A1", "B2", "C3"],
)


def test_intervals_of_replacement_costs_reach_from_least_to_greatest_loss():
    words = {verdict: verdict for verdict in ("firm", "free", "open")}
    ax = draw_replacement_costs(COSTS, tolerance=0.1, words=words, language="en")
    drawn = [path.vertices[:, 0].tolist() for lines in ax.collections for path in lines.get_paths()]
    end = ax.get_xlim()[1]
    assert drawn == [[0.8, 0.9], [0.3, end], [0.02, 0.05]]
    assert ax.lines[-1].get_xdata()[0] == 0.1
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["firm", "open", "free"]


def test_frontier_leaves_out_what_no_plan_can_keep():
    ax = Frontier(TABLE, "billion").plot(language="en")
    assert ax.lines[0].get_xdata().tolist() == [100.0, 200.0]
    assert [t.get_text() for t in ax.texts] == ["7", "9"]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["100\n100%", "200\n200%"]


@pytest.fixture(scope="module")
def study(shipped_study):
    return shipped_study


@pytest.fixture(scope="module")
def result(shipped_result):
    return shipped_result


def test_plan_and_roles_draw_on_the_axes_they_are_given(result):
    for draw in (result.plan.plot, result.plot_roadmap, result.plot_dependencies):
        ax = Figure(figsize=(14, 20)).subplots()
        assert draw(ax) is ax


def test_names_and_ids(result, study):
    def words(drawn):
        return {t.get_text() for axes in drawn for t in axes.texts}

    for draw in (result.plot_roadmap, result.plan.plot):
        assert study.catalog.label("CRS01").vi in words(draw(language="vi"))
    nameless = replace(result.plan, labels={}, sectors={})
    bare = words(nameless.plot(language="vi"))
    assert study.catalog.label("CRS01").vi not in bare
    assert "CRS01" in bare


def test_a_roadmap_of_many_rows_is_drawn_in_panels_that_can_be_read(result):
    placed = set(result.plan.placements.index[result.plan.placements["placed"]])
    for draw in (result.plot_roadmap, result.plan.plot):
        drawn = draw(language="en")
        codes = [[t.get_text() for t in axes.texts if t.get_gid() == "code"] for axes in drawn]
        assert sorted(code for panel in codes for code in panel) == sorted(placed)
        assert max(map(len, codes)) <= 35
        assert len({axes.get_xlim() for axes in drawn}) == 1
        assert [any(t.get_gid() == "rail" for t in axes.texts) for axes in drawn] == [False, False, True]
        assert [len(axes.figure.axes) > 1 for axes in drawn] == [False, False, True]  # the budgets


def test_a_sector_is_one_picture_on_the_time_axis_of_all(result):
    axes = result.plot_roadmap(sector="LOG", language="en")
    assert axes.get_xlim() == result.plot_roadmap(language="en")[0].get_xlim()
    assert not any(t.get_gid() == "rail" for t in axes.texts)


def test_without_resources_there_is_no_roadmap(result):
    with pytest.raises(InputError, match="no plan to draw"):
        replace(result, plan=None).plot_roadmap()


def test_pages_of_the_roadmap_have_one_time_axis_few_rows_and_a_rail(trimmed_result):
    plan = trimmed_result.plan
    pages = roadmap_pages(trimmed_result, plan, rows=8)
    assert sum(map(len, pages)) == plan.placements["placed"].sum()
    assert max(map(len, pages)) <= 8
    drawn = [draw_roadmap_page(plan, page, last=page is pages[-1], language="en") for page in pages]
    assert len({axes.get_xlim() for axes in drawn}) == 1
    rails = [[t.get_text() for t in axes.texts if t.get_gid() == "rail"] for axes in drawn]
    assert rails[:-1] == [[]] * (len(pages) - 1)
    assert all(name in rails[-1][0] for name in plan.unplaced) if plan.unplaced else rails[-1] == []
    stars = sum(len(line.get_ydata()) for axes in drawn for line in axes.lines if line.get_marker() == "*")
    ranks = {name: rank for found in trimmed_result.rankings.values() for name, rank in found.ranks.items()}
    placed = plan.placements.index[plan.placements["placed"].astype(bool)]
    assert stars == sum(ranks[name] <= trimmed_result.study.ranking.top for name in placed)


def test_what_is_not_placed_stands_on_the_rail(trimmed_result):
    page = roadmap_pages(trimmed_result, trimmed_result.plan, rows=8)[0]
    axes = draw_roadmap(
        page, phases=trimmed_result.plan.phase_years, since=2020, unplaced=["AGR99", "LOG98"], language="vi"
    )
    (rail,) = [t.get_text() for t in axes.texts if t.get_gid() == "rail"]
    assert rail == "Chưa bố trí: AGR99, LOG98"
    assert axes.get_xlim()[0] == 2020


@pytest.mark.parametrize(
    ("used", "over", "said"),
    [([3, 3, 2], [], []), ([5, 3, 2], [5 - 4], ["over these limits", "year over its own limit"]),
     ([1, 6, 1], [], ["year over its own limit"]), ([4, 4, 5], [13 - 12], ["over these limits"])],
)  # fmt: skip
def test_money_is_added_up_and_what_is_over_the_limits_is_shaded(used, over, said):
    budget = pd.DataFrame(
        {"fund": "A", "fund_name": "State", "year": [2027, 2028, 2029], "limit": [4.0] * 3, "used": used}
    )
    axes = draw_budget_use(budget, width=6, language="en")
    sums = [bar.get_height() for bar in axes.patches if not bar.get_hatch()]
    assert sums == list(budget["used"].cumsum())
    assert [bar.get_height() for bar in axes.patches if bar.get_hatch()] == pytest.approx(over)
    legend = [t.get_text() for t in axes.figure.legends[0].get_texts()]
    assert legend[:2] == ["used since the first year", "limits since the first year"]
    assert set(said) <= set(legend)


def test_no_line_of_a_prerequisite_runs_behind_a_box(shipped_result):
    """Also where it leads back or stays in its layer; such a line has a head."""
    study, roles = shipped_result.study, shipped_result.roles
    heads = 0
    for sector in study.catalog.sectors:
        axes = roles.plot(sector=sector.code, language="en")
        shapes = [one for one in axes.collections if isinstance(one, PatchCollection)]
        boxes = [path.get_extents() for path in shapes[0].get_paths()]
        drawn = [one for one in axes.collections if isinstance(one, PathCollection)]
        for path in drawn[-1].get_paths():
            along = path.transformed(Affine2D().scale(200)).to_polygons(closed_only=False)[0] / 200
            inside = [
                box
                for box in boxes
                if np.any(
                    (along[:, 0] > box.x0 + 0.02)
                    & (along[:, 0] < box.x1 - 0.02)
                    & (along[:, 1] > box.y0 + 0.005)
                    & (along[:, 1] < box.y1 - 0.005)
                )
            ]
            assert inside == [], sector.code
            assert axes.get_xlim()[0] <= along[:, 0].min() <= along[:, 0].max() <= axes.get_xlim()[1]
        heads += sum(len(one.get_paths()) for one in drawn[:-1])
    assert heads > 0


@pytest.mark.parametrize("code", ["A1", "P00AGR01", "LAICHAU-AGR-01"])
def test_an_id_of_many_letters_does_not_reach_the_name_beside_it(code):
    ids = [f"{code}{k}" for k in range(4)]
    table = pd.DataFrame(
        {
            "name": "Truy xuất nguồn gốc số và mã số vùng trồng", "sector": "S", "sector_name": "Sector",
            "role": "core", "start": "2027-01", "operational": "2028-01", "certainty": 1.0,
        },
        index=ids,
    )  # fmt: skip
    axes = draw_roadmap(table, phases=[("2026-2030", 2026, 2030)])
    axes.figure.canvas.draw()
    codes, names = (
        [words.get_window_extent() for words in axes.texts if words.get_gid() == gid]
        for gid in ("code", "name")
    )
    assert [words.get_text() for words in axes.texts if words.get_gid() == "code"] == ids
    assert len(codes) == len(names) == 4
    for code_box, name_box in zip(codes, names, strict=True):
        assert code_box.x1 < name_box.x0
