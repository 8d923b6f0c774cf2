"""How far long work is: a line with the stage, a bar and the time left on a terminal, nothing elsewhere.

A stage that cannot say how much of it is done, such as one long solve, has the time that it has taken so far.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from techprio.display.screen import shorten
from techprio.language import Text, text

if TYPE_CHECKING:
    from rich.progress import Progress as Drawn

#: Part of the time of a run that its stages take, measured on the shipped study; others count as one.
SHARES: Mapping[str, float] = {
    "reading and checking the study": 4.0,
    "weights of the criteria": 1.0,
    "rankings of {count} sectors": 1.0,
    "{draws} draws of weights and scores": 8.0,
    "roles": 2.0,
    "phasing": 8.0,
    "what every other placement would cost": 300.0,
    "{count} scenarios": 20.0,
    "levels of the survey": 1.0,
    "how far each weight may move": 4.0,
    "judgments to look at again": 2.0,
    "opinions in the panel": 3.0,
    "earliest times": 0.2,
    "dates under drawn lead times and costs": 2.0,
    "the plan with other ranks": 25.0,
    "what to check first": 12.0,
    "writing the results": 20.0,
    "writing the documents": 6.0,
}
_ROOM = 40  # letters of the line beside the name of the stage
_BAR = 12
_SURE = 0.04  # part of the work after which the time left can be estimated
_STILL = 5.0  # seconds after which a stage that tells no part of it shows how long it has taken


class Stages:
    """Shows on a terminal's stderr which stage of several is on, how far all is, and the time left.

    It is called with each stage as it begins; :meth:`part` states how much of the stage is done. Nothing
    is shown where stderr is no terminal, or the terminal can show no moving line.

    Parameters
    ----------
    expected : sequence of str
        The sentences of the stages that are to come, in their order.
    """

    def __init__(self, expected: Sequence[str]) -> None:
        self._expected = list(expected)
        self._done = 0.0
        self._share = 0.0
        self._drawn: Drawn | None = None
        self._task: Any = None

    def __enter__(self) -> Self:
        """Begin the line."""
        if sys.stderr.isatty():
            self._drawn, self._task = _draw(sum(map(_share, self._expected)))
            self._drawn.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self._drawn is not None:
            self._drawn.stop()

    def __call__(self, stage: Text) -> None:
        """State that a stage begins."""
        self._done += self._share
        self._share = _share(stage.template)
        if self._drawn is not None:
            width = max(self._drawn.console.width - _ROOM, 12)
            words = shorten(str(stage), width)
            self._drawn.update(self._task, description=words, completed=self._done, told=time.monotonic())

    def part(self, done: float, whole: float) -> None:
        """State how much of the stage is done."""
        if self._drawn is not None and whole > 0:
            completed = self._done + self._share * min(done / whole, 1.0)
            self._drawn.update(self._task, completed=completed, told=time.monotonic())


def _share(stage: str) -> float:
    return SHARES.get(stage, 1.0)


def _draw(whole: float) -> tuple[Drawn, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, TaskProgressColumn, TextColumn
    from rich.text import Text as Styled

    class TimeLeft(ProgressColumn):
        """The time that the rest may take, by how long the part before it took; else the time of a stage."""

        def __init__(self) -> None:
            super().__init__()
            self.left, self.at, self.known = 0.0, 0.0, -1.0

        def render(self, task: Any) -> Styled:
            still = time.monotonic() - task.fields["told"]
            if still >= _STILL:
                return Styled(str(time_so_far(still)))
            part = task.completed / task.total
            if part < _SURE or task.elapsed is None:
                return Styled("")
            if part != self.known:
                self.known, self.at = part, time.monotonic()
                self.left = task.elapsed * (1 - part) / part
            left = max(self.left - (time.monotonic() - self.at), 1.0)
            return Styled(str(time_left(left)))

    drawn = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=_BAR),
        TaskProgressColumn(),
        TimeLeft(),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )
    return drawn, drawn.add_task("", total=whole, told=time.monotonic())


def time_so_far(seconds: float) -> Text:
    """Return the time for which a stage has said nothing, in words.

    Examples
    --------
    >>> print(time_so_far(8.4), "|", time_so_far(130))
    8 s so far | 2 min so far
    """
    if seconds <= 90:
        return text("{count} s so far", count=int(seconds))
    return text("{count} min so far", count=int(seconds // 60))


def time_left(seconds: float) -> Text:
    """Return a time that is left, in words.

    Examples
    --------
    >>> print(time_left(8.4), "|", time_left(130))
    about 9 s left | about 3 min left
    """
    if seconds <= 90:
        return text("about {count} s left", count=int(seconds) + 1)
    return text("about {count} min left", count=int(seconds // 60) + 1)
