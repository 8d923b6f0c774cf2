"""Every public function answers for its arguments: one that contradicts its annotation is named."""

import inspect

from .public import functions

#: What the errors and sentences themselves are made of stands below the floor of the check.
BELOW = {"errors", "language", "problems", "arguments"}


def test_every_public_function_is_validated():
    bare = [
        name
        for name, function in functions()
        if not name.endswith("__init__")
        and function.__module__.split(".")[1] not in BELOW
        and set(inspect.signature(function).parameters) - {"self", "cls", "language"}
        and not getattr(function, "__isabstractmethod__", False)
        and not hasattr(function, "__wrapped__")
    ]
    assert bare == []
