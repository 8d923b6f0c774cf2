import pickle

from techprio.reporting.live_figures import Live, across


def test_a_figure_with_a_formula_goes_to_another_process():
    live = Live(2.5, across(3))
    again = pickle.loads(pickle.dumps(live))
    assert again == 2.5
    assert again.formula(6, 5, 3) == "=SUM(C7:E7)"
