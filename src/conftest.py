"""The examples of the docstrings share what is slow: the same call on the shipped study runs once.

Each example still stands alone and can be copied; only this run of the tests remembers.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest

import techprio as tp

SLOW = ("example", "run", "plan_phases", "what_if")
PLAIN = (str, int, float, bool, type(None))


def remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with its answers kept, by plain arguments and by the very object otherwise."""
    answers: dict[Any, Any] = {}
    kept: list[Any] = []  # an id stays that of its object only while the object lives

    def key(value: Any) -> Any:
        if isinstance(value, PLAIN):
            return value
        if isinstance(value, dict):
            return tuple((name, key(inner)) for name, inner in value.items())
        kept.append(value)
        return id(value)

    @wraps(function)
    def answer(*values: Any, **options: Any) -> Any:
        asked = (tuple(map(key, values)), key(options))
        if asked not in answers:
            answers[asked] = function(*values, **options)
        return answers[asked]

    return answer


@pytest.fixture(scope="session", autouse=True)
def _shared_results() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in SLOW:
            patch.setattr(tp, name, remembered(getattr(tp, name)))
        yield
