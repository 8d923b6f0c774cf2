"""The face of a package: the names of its stub, each loaded when it is first used.

``lazy_loader`` does the loading. Two things are added: a stage also shows names that live in another
room (nouns and results live in ``model``, what needs the whole chain in ``study``), and a name that
does not exist is answered with the nearest one that does.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import lazy_loader

Face = tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]


def attach(package: str, file: str) -> Face:
    """Return ``__getattr__``, ``__dir__`` and ``__all__`` of a package, as its stub has them.

    Parameters
    ----------
    package : str
        ``__name__`` of the package.
    file : str
        Its ``__file__``; the stub ``__init__.pyi`` stands beside it.

    Examples
    --------
    >>> import techprio as tp
    >>> tp.rnak
    Traceback (most recent call last):
    AttributeError: techprio has no name 'rnak'; did you mean rank?
    """
    here, own, elsewhere = _stub_names(package, Path(file).with_suffix(".pyi"))
    load, _, _ = lazy_loader.attach(package, here, own)
    names = sorted({*here, *elsewhere, *(name for names in own.values() for name in names)})

    def load_name(name: str) -> Any:
        if name in elsewhere:
            value = getattr(import_module(elsewhere[name]), name)
            setattr(sys.modules[package], name, value)
            return value
        if name in names:
            return load(name)
        raise AttributeError(_no_name(package, name, names))

    return load_name, names.copy, names


def _stub_names(package: str, stub: Path) -> tuple[set[str], dict[str, list[str]], dict[str, str]]:
    """Return the modules of the package, its own names by module, and the homes of the other names."""
    modules: set[str] = set()
    own: dict[str, list[str]] = {}
    elsewhere: dict[str, str] = {}
    for node in ast.parse(stub.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.ImportFrom):
            continue
        names = [alias.name for alias in node.names]
        if node.module is None:
            modules.update(names)
        elif node.module.startswith(f"{package}."):
            own.setdefault(node.module.removeprefix(f"{package}."), []).extend(names)
        else:
            elsewhere |= dict.fromkeys(names, node.module)
    return modules, own, elsewhere


def _no_name(package: str, name: str, names: list[str]) -> str:
    if name.startswith("__"):  # asked for by Python and by tools, not by a person
        return name
    from techprio.language import text
    from techprio.near_names import near_name

    near = near_name(name, names)
    if near is None:
        return str(text("{module} has no name {name!r}", module=package, name=name))
    words = text("{module} has no name {name!r}; did you mean {near}?", module=package, name=name, near=near)
    return str(words)
