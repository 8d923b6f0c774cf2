"""The sliders: importance of heads and criteria, thresholds of lists and roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from techprio.language import Label, Language, Text, text
from techprio.model.study import RoleSettings

ROLE_LIMITS: dict[str, tuple[Text, float, float, float]] = {
    "theta": (text("loss from which a sector counts"), 0.01, 0.5, 0.01),
    "breadth": (text("platform from how many sectors"), 1.0, 6.0, 0.5),
    "own_sector": (text("platform from which loss of its own sector"), 0.01, 1.0, 0.01),
    "depth": (text("core from how many average technologies"), 0.5, 5.0, 0.05),
}


def _widgets() -> Any:
    import ipywidgets

    return ipywidgets


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
            max=self.most,
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
