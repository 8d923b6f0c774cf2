"""The line of progress: what a long stage shows that cannot say how much of it is done."""

import time

from techprio.cli.progress import _draw


def test_a_stage_that_tells_nothing_shows_how_long_it_has_taken():
    """The bar stood still for minutes in one long solve, beside a time left that nobody had estimated."""
    drawn, task_id = _draw(10.0)
    column, task = drawn.columns[-1], drawn.tasks[0]
    drawn.update(task_id, told=time.monotonic() - 42.5, completed=2.0)
    assert str(column.render(task)) == "42 s so far"
    drawn.update(task_id, told=time.monotonic() - 190.0)
    assert str(column.render(task)) == "3 min so far"
    drawn.update(task_id, told=time.monotonic(), completed=3.0)
    assert "so far" not in str(column.render(task))
