"""Where a new chart lives: shown by a notebook, kept by nobody elsewhere."""

import sys
from types import SimpleNamespace

import pandas as pd
import pytest
from matplotlib import pyplot

from techprio.charts import style
from techprio.charts.acceptability import draw_acceptability
from techprio.charts.rank_changes import draw_rank_changes
from techprio.charts.style import axes_or_new, release_figure

INDEX = pd.DataFrame([[0.7, 0.3], [0.3, 0.7]], index=["A", "B"], columns=[1, 2])


@pytest.fixture
def notebook(monkeypatch):
    monkeypatch.setattr(style, "in_notebook", lambda: True)
    yield
    pyplot.close("all")


def test_a_script_keeps_no_figure():
    before = pyplot.get_fignums()
    draw_acceptability(INDEX)
    draw_rank_changes(pd.DataFrame({"weights": [1.0, -1.0]}, index=["A", "B"]))
    assert pyplot.get_fignums() == before


def test_a_notebook_shows_every_new_chart_once(notebook):
    ax = draw_acceptability(INDEX)
    assert [pyplot.figure(number) for number in pyplot.get_fignums()] == [ax.figure]
    assert axes_or_new(ax, (1, 1)) is ax
    assert len(pyplot.get_fignums()) == 1


def test_a_chart_that_went_into_a_file_is_not_shown(notebook):
    release_figure(draw_acceptability(INDEX).figure)
    assert pyplot.get_fignums() == []


def test_a_shell_with_a_kernel_is_a_notebook(monkeypatch):
    shells = iter([SimpleNamespace(kernel=object()), SimpleNamespace(), None])
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: next(shells)))
    assert [style.in_notebook() for _ in range(3)] == [True, False, False]
