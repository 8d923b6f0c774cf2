"""The panel in a notebook: sliders on top, what follows from them below."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from techprio.dependencies.roles import breadth_threshold
from techprio.display.show import View
from techprio.errors import InputError, TechprioError, did_you_mean
from techprio.language import Language, Text, format_percent, resolve_language, text
from techprio.reporting.figures import png
from techprio.sliders.controls import ThresholdSliders, WeightSliders
from techprio.study.result import StudyResult
from techprio.study.variants import WhatIf, local_shares, what_if

CHART_DPI = 80


class Explorer:
    """Sliders over a run; the last line of a cell shows them.

    Attributes
    ----------
    current : WhatIf
        What the sliders say now: rankings, roles and plan.
    box : ipywidgets.VBox
        The panel itself, for a layout of your own.
    """

    def __init__(self, result: StudyResult, sector: str, language: Language, *, phases: bool) -> None:
        widgets = _widgets()
        self._result = result
        self._language = language
        self._phases_at_first = phases and result.plan is not None
        self._quiet = False
        codes = {code: f"{code} {_sector_name(result, code, language)}" for code in result.rankings}
        self.weights = WeightSliders(local_shares(result.weights), result.weights.labels, language)
        self.thresholds = ThresholdSliders(
            top=result.study.ranking.top,
            most=max(len(ranking.ranks) for ranking in result.rankings.values()),
            roles=result.study.roles,
            breadth=breadth_threshold(result.study.catalog, result.study.roles),
            language=language,
        )
        self.sector = widgets.Dropdown(
            options=[(name, code) for code, name in codes.items()],
            value=sector,
            description=self._say(text("sector")),
        )
        self.phases = widgets.Checkbox(
            value=self._phases_at_first,
            disabled=result.plan is None,
            description=self._say(text("phases follow (about two seconds)")),
            indent=False,
        )
        self.reset_button = widgets.Button(description=self._say(text("reset")))
        self.state = widgets.HTML()
        self.ranks = widgets.HTML()
        self.chart = widgets.Image(format="png", layout={"max_width": "100%"})
        self.changes = widgets.HTML()
        self.current: WhatIf = what_if(result, plan=False)
        self._listen()
        self.box = widgets.VBox(
            [
                widgets.HBox([self.sector, self.phases, self.reset_button]),
                widgets.Tab(
                    children=[self.weights.box(), self.thresholds.box()],
                    titles=[self._say(text("weights")), self._say(text("thresholds"))],
                ),
                self.state,
                self.ranks,
                self.changes,
                self.chart,
            ]
        )
        self.refresh()

    def refresh(self) -> None:
        """Compute again from where the sliders stand; a setting that cannot be used is told in the panel."""
        self._tell(text("computing …"))
        try:
            self.current = what_if(
                self._result,
                self.weights.values(),
                top=self.thresholds.chosen_top(),
                roles=self.thresholds.settings(),
                plan=bool(self.phases.value),
            )
        except TechprioError as error:
            self.state.value = f'<p role="alert"><b>{escape(str(error))}</b></p>'
            return
        self._draw()

    def reset(self) -> None:
        """Go back to the weights and thresholds of the study."""
        self._quiet = True
        self.weights.reset()
        self.thresholds.reset()
        self._quiet = False
        self.refresh()

    def _listen(self) -> None:
        for slider in (*self.weights.all, *self.thresholds.all, self.phases):
            slider.observe(self._on(self.refresh), names="value")
        self.sector.observe(self._on(self._draw), names="value")
        self.reset_button.on_click(lambda _: self.reset())

    def _on(self, act: Callable[[], None]) -> Callable[[Any], None]:
        def moved(_: Any) -> None:
            if not self._quiet:
                act()

        return moved

    def _draw(self) -> None:
        code = str(self.sector.value)
        view = View(
            title=text("Ranks of {sector}", sector=self._result.study.catalog.sector(code).label),
            facts=(*self._moved_facts(code),),
            tables=(self.current.rank_table(code),),
        )
        self.ranks.value = view.html(self._language)
        plan = self.current.plan
        changes = View(
            title=text("Roles and phases"),
            facts=() if plan is None else (plan.quality(),),
            tables=[self.current.role_table(), *([] if plan is None else [self.current.phase_table()])],
        )
        self.changes.value = changes.html(self._language)
        self.chart.value = png(self.current.rankings[code].plot(language=self._language), dpi=CHART_DPI)
        self._tell(text("up to date"))

    def _moved_facts(self, code: str) -> tuple[Text, ...]:
        frame = self.current.ranks(code)
        entered = list(frame.loc[frame["priority"] & ~frame["priority_before"], "technology"])
        left = list(frame.loc[~frame["priority"] & frame["priority_before"], "technology"])
        weights = self.current.weights.local
        heads = (
            weights[weights.index.get_level_values(0)[0]] if len(weights) else self.current.weights.overall
        )
        shown = "; ".join(
            f"{name} {format_percent(float(share), self._language, 1)}" for name, share in heads.items()
        )
        said = [text("weights used: {weights}", weights=shown)]
        if entered or left:
            said.append(
                text(
                    "priority now: {entered}; no longer: {left}",
                    entered=", ".join(entered) or "–",
                    left=", ".join(left) or "–",
                )
            )
        return tuple(said)

    def _tell(self, words: Text) -> None:
        self.state.value = f'<p role="status">{escape(self._say(words))}</p>'

    def _say(self, words: Text) -> str:
        return words.render(self._language)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.box._repr_mimebundle_(**options)


def explore(
    result: StudyResult, sector: str | None = None, *, language: Language | None = None, phases: bool = True
) -> Explorer:
    """Open sliders over a run in a notebook: weights and thresholds move, ranks, roles and phases follow.

    The figures come from :func:`techprio.what_if`, the chart from :meth:`Ranking.plot`; both can be had
    without sliders.

    Parameters
    ----------
    result : StudyResult
        From :func:`techprio.run`.
    sector : str, optional
        Code of the sector that is shown first.
    language : {"vi", "en"}, optional
    phases : bool
        Whether the plan is made anew at each move.

    Returns
    -------
    Explorer
        ``explorer.current`` holds the rankings, roles and plan under the sliders.

    Raises
    ------
    InputError
        The extra ``notebook`` is not installed, or an unknown sector.

    Examples
    --------
    >>> import techprio as tp
    >>> result = tp.run(tp.example("lai-chau"), draws=100)
    >>> panel = tp.explore(result, "AGR", language="en", phases=False)
    >>> panel.weights.by_node["root"]["M"].value = 60
    >>> panel.current.ranks("AGR")["technology"].iloc[0]
    'AGR01'
    """
    try:
        _widgets()
    except ImportError:
        raise InputError(
            text('sliders need ipywidgets; install it with: pip install "techprio[notebook]"')
        ) from None
    codes = list(result.rankings)
    if sector is not None and sector not in codes:
        proposal = did_you_mean(sector, codes)
        raise InputError.argument("sector", found=sector, allowed=codes, proposal=proposal)
    return Explorer(result, sector or codes[0], resolve_language(language), phases=phases)


def _widgets() -> Any:
    import ipywidgets

    return ipywidgets


def _sector_name(result: StudyResult, code: str, language: Language) -> str:
    return result.study.catalog.sector(code).label.render(language)
