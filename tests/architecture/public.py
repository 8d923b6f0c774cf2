"""What the public face consists of: modules, functions, classes with their members."""

import dataclasses
import inspect
import typing
from collections import abc
from collections.abc import Iterator
from functools import cached_property
from types import ModuleType
from typing import Any

from matplotlib.axes import Axes

import techprio as tp

MODULES: dict[str, ModuleType] = {
    "techprio": tp,
    **{f"techprio.{name}": value for name in tp.__all__ if inspect.ismodule(value := getattr(tp, name))},
}
NAMES: dict[str, Any] = {
    f"{home}.{name}": getattr(module, name)
    for home, module in MODULES.items()
    for name in module.__all__
    if name != "__version__" and f"{home}.{name}" not in MODULES
}
CLASSES: dict[str, type] = {name: value for name, value in NAMES.items() if inspect.isclass(value)}


def functions() -> Iterator[tuple[str, Any]]:
    """Yield every public function, method, property and constructor once."""
    seen = set()
    for name, value in NAMES.items():
        if id(value) in seen:
            continue
        seen.add(id(value))
        if inspect.isfunction(value):
            yield name, value
        elif inspect.isclass(value):
            yield from ((f"{name}.{member}", function) for member, function in members(value))


def members(owner: type) -> Iterator[tuple[str, Any]]:
    """Yield the constructor, the public methods and the properties of a class, inherited ones too."""
    for member in dir(owner):
        if member.startswith("_") and member != "__init__":
            continue
        found = inspect.getattr_static(owner, member)
        if isinstance(found, property):
            found = found.fget
        elif isinstance(found, cached_property):
            found = found.func
        elif isinstance(found, classmethod | staticmethod):
            found = found.__func__
        if inspect.isfunction(found) and found.__module__.startswith("techprio"):
            yield member, found


def hints(name: str, function: Any) -> dict[str, Any]:
    """Return the annotations of a function; those of a record's constructor are those of its fields."""
    later = {"Axes": Axes, **vars(abc)}  # what modules import for type checkers only
    owner = CLASSES.get(name.removesuffix(".__init__"))
    if owner and dataclasses.is_dataclass(owner) and name.endswith(".__init__"):
        fields = {one.name for one in dataclasses.fields(owner) if one.init}
        return {
            field: hint
            for field, hint in typing.get_type_hints(owner, localns=later).items()
            if field in fields
        }
    return typing.get_type_hints(function, localns=later)
