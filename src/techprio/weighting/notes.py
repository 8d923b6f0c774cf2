"""What was done with judgments that the analyst should know."""

from __future__ import annotations

import numpy as np
import pandas as pd

from techprio.language import Text, text
from techprio.weighting.answers import Answers
from techprio.weighting.triads import circular_triads

_SMALL_GROUP = 3


def ahp_notes(answers: Answers, silent: tuple[str, ...], consistency: pd.DataFrame) -> tuple[Text, ...]:
    """Say who was silent, whose gaps were filled, which loops and high ratios there are."""
    notes = [text("expert {expert} answered nothing and is left out", expert=expert) for expert in silent]
    for node, children in answers.hierarchy.items():
        answered = answers.answered(node)
        for place, expert in enumerate(answers.experts):
            ratios = answers.ratios[node][place]
            if not answered[place]:
                notes.append(
                    text(
                        "expert {expert} said nothing at {node} and has no vote there",
                        expert=expert,
                        node=node,
                    )
                )
            elif np.isnan(ratios).any():
                notes.append(
                    text(
                        "expert {expert} left out {count} comparisons at {node}; "
                        "they are filled by logarithmic least squares",
                        expert=expert,
                        count=int(np.isnan(ratios).sum()) // 2,
                        node=node,
                    )
                )
            for loop in circular_triads(ratios):
                first, second, third = (children[i] for i in loop)
                notes.append(
                    text(
                        "expert {expert} goes in a circle at {node}: {first} over {second}, "
                        "{second} over {third}, {third} over {first}",
                        expert=expert,
                        node=node,
                        first=first,
                        second=second,
                        third=third,
                    )
                )
    notes += _ratio_notes(consistency)
    return (*notes, *_group_notes(answers))


def _ratio_notes(consistency: pd.DataFrame) -> list[Text]:
    high = consistency[consistency["verdict"] == "look again"]
    return [
        text(
            "consistency ratio of {expert} at {node} is {ratio}, above 0.10",
            expert=e,
            node=n,
            ratio=round(float(r), 3),
        )
        for e, n, r in zip(high["expert"], high["node"], high["cr"], strict=True)
    ]


def _group_notes(answers: Answers) -> list[Text]:
    if len(answers.experts) < 2:
        return []
    sizes = pd.Series(answers.groups).value_counts(sort=False)
    return [
        text(
            "group {group} has {count} members only; drawing from it understates the spread of opinion",
            group=group,
            count=int(size),
        )
        for group, size in sizes.items()
        if size < _SMALL_GROUP
    ]
