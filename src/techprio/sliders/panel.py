"""The panel in a notebook: sliders on top, what follows from them below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from techprio.arguments import validated
from techprio.dependencies.rule import breadth_threshold
from techprio.display.show import View
from techprio.errors import InputError, TechprioError, did_you_mean
from techprio.language import Label, Language, Text, format_percent, resolve_language, text
from techprio.model.settings import RoleSettings
from techprio.reporting.figures import png
from techprio.robustness.priority_rule import PriorityRule
from techprio.study.result import StudyResult
from techprio.study.variants import WhatIf, local_shares, what_if

CHART_DPI = 80
ROLE_LIMITS: dict[str, tuple[Text, float, float, float]] = {
    "theta": (text("loss from which a sector counts"), 0.01, 0.5, 0.01),
    "breadth": (text("platform from how many sectors"), 1.0, 6.0, 0.5),
    "own_sector": (text("platform from which loss of its own sector"), 0.01, 1.0, 0.01),
    "depth": (text("core from how many average technologies"), 0.5, 5.0, 0.05),
}


@dataclass
class WeightSliders:
    """A slider a head and a criterion, in per cent of its node; they need not add up to 100."""

    shares: Mapping[str, Mapping[str, float]]
    labels: Mapping[str, Label]
    language: Language
    by_node: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make them, at the weights of the run."""
        for node, children in self.shares.items():
            self.by_node[node] = {child: self._slider(child, share) for child, share in children.items()}

    @property
    def all(self) -> list[Any]:
        """Every slider."""
        return [slider for sliders in self.by_node.values() for slider in sliders.values()]

    def values(self) -> dict[str, dict[str, float]]:
        """Return the importance of every child by node; nodes at the weights of the run are left out."""
        return {
            node: {child: self._value(node, child) for child in sliders}
            for node, sliders in self.by_node.items()
            if any(slider.value != self._start(node)[child] for child, slider in sliders.items())
        }

    def reset(self) -> None:
        """Go back to the weights of the run."""
        for node, sliders in self.by_node.items():
            for child, slider in sliders.items():
                slider.value = self._start(node)[child]

    def box(self) -> Any:
        """Return heads above, and the criteria of each head in a fold below."""
        widgets = _widgets()
        nodes = list(self.by_node)
        heads = widgets.VBox(list(self.by_node[nodes[0]].values()))
        folds = [widgets.VBox(list(self.by_node[node].values())) for node in nodes[1:]]
        if not folds:
            return heads
        criteria = widgets.Accordion(children=folds, titles=[self._name(node) for node in nodes[1:]])
        return widgets.VBox([heads, criteria])

    def _start(self, node: str) -> dict[str, float]:
        return {child: round(100 * share, 1) for child, share in self.shares[node].items()}

    def _value(self, node: str, child: str) -> float:
        value = float(self.by_node[node][child].value)
        return 100 * self.shares[node][child] if value == self._start(node)[child] else value

    def _name(self, code: str) -> str:
        return f"{code} {self.labels[code].render(self.language)}" if code in self.labels else code

    def _slider(self, child: str, share: float) -> Any:
        return _widgets().FloatSlider(
            value=round(100 * share, 1),
            min=0.0,
            max=100.0,
            step=0.5,
            description=self._name(child),
            tooltip=self._name(child),
            readout_format=".1f",
            continuous_update=False,
            style={"description_width": "22em"},
            layout={"width": "44em"},
        )


@dataclass
class ThresholdSliders:
    """How many are priority, and the thresholds of the role rule."""

    top: int
    most: int
    by_profile: bool
    roles: RoleSettings
    breadth: float
    language: Language
    sliders: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make them, at the settings of the study."""
        widgets = _widgets()
        common: dict[str, Any] = {
            "continuous_update": False,
            "style": {"description_width": "22em"},
            "layout": {"width": "44em"},
        }
        self.sliders["top"] = widgets.IntSlider(
            value=self.top,
            min=1,
            max=max(self.most, self.top),
            disabled=self.by_profile,  # then no number of places says what is priority
            description=self._say(text("priority of each sector")),
            **common,
        )
        for name, (words, low, high, step) in ROLE_LIMITS.items():
            value = self._start(name)
            self.sliders[name] = widgets.FloatSlider(
                value=value,
                min=min(low, value),
                max=max(high, value),
                step=step,
                description=self._say(words),
                **common,
            )

    @property
    def all(self) -> list[Any]:
        """Every slider."""
        return list(self.sliders.values())

    def chosen_top(self) -> int:
        """How many are priority."""
        return int(self.sliders["top"].value)

    def settings(self) -> RoleSettings:
        """Return the thresholds of the role rule as they stand."""
        moved = {
            name: float(self.sliders[name].value)
            for name in ROLE_LIMITS
            if self.sliders[name].value != self._start(name)
        }
        return replace(self.roles, **moved)

    def reset(self) -> None:
        """Go back to the settings of the study."""
        self.sliders["top"].value = self.top
        for name in ROLE_LIMITS:
            self.sliders[name].value = self._start(name)

    def box(self) -> Any:
        """Return them below one another."""
        return _widgets().VBox(self.all)

    def _start(self, name: str) -> float:
        value = getattr(self.roles, name)
        return self.breadth if value is None else float(value)

    def _say(self, words: Text) -> str:
        return words.render(self.language)


class Explorer:
    """Sliders over a run; the last line of a cell shows them.

    Attributes
    ----------
    current : WhatIf
        Rankings, roles and plan under the sliders as they stand.
    box : ipywidgets.VBox
        The panel itself, for a layout of your own.

    Examples
    --------
    >>> import techprio as tp
    >>> result = tp.run(tp.example("lai-chau"), draws=100)
    >>> panel = tp.explore(result, "AGR", language="en", phases=False)
    >>> len(panel.current.ranks("AGR"))
    16
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
            by_profile=PriorityRule.of(result.study).profile is not None,
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
        """Compute again from where the sliders stand; a setting that cannot be used is shown in the panel."""
        self._report(text("computing …"))
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
        self._report(text("up to date"))

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
        facts = [text("weights used: {weights}", weights=shown)]
        if self.thresholds.by_profile:
            facts.append(text("Priority (●) is to reach the reference profile under these weights."))
        if entered or left:
            facts.append(
                text(
                    "priority now: {entered}; no longer: {left}",
                    entered=", ".join(entered) or "–",
                    left=", ".join(left) or "–",
                )
            )
        return tuple(facts)

    def _report(self, words: Text) -> None:
        self.state.value = f'<p role="status">{escape(self._say(words))}</p>'

    def _say(self, words: Text) -> str:
        return words.render(self._language)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.box._repr_mimebundle_(**options)


@validated
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
