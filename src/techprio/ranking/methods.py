"""From a name, a function or an object to a ranking method that is ready for a matrix."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError, Problem, did_you_mean
from techprio.language import text
from techprio.model.fields import Field, fields_of
from techprio.model.matrix import DecisionMatrix
from techprio.model.method import Method, MethodBase
from techprio.ranking.options import options_problems, word_problem
from techprio.ranking.promethee import Promethee2, preference_problems
from techprio.ranking.pymcdm_methods import ALLOWED, REFUSED, from_pymcdm
from techprio.ranking.topsis import Topsis
from techprio.ranking.vikor import Vikor
from techprio.ranking.weighted_product import WeightedProduct
from techprio.ranking.weighted_sum import WeightedSum
from techprio.ranking.worth import RawValues, on_worth

Array = NDArray[np.float64]
Function: TypeAlias = Callable[[Array, Array, Array], Array]
#: A method object, a name of :data:`METHODS`, or any function ``(values, weights, signs) -> scores``;
#: None stands for ``Topsis()``.
MethodLike: TypeAlias = Method | Function | str | None


@dataclass(frozen=True)
class MethodEntry:
    """A ranking method that is known by name.

    Parameters
    ----------
    make : callable
        Makes the method from its options, given by name.
    options : tuple of Field
        What may be given beside the name, with kind, choices, limits and default.
    source : {"own", "pymcdm"}
        Whose kernel computes the scores.
    """

    make: Callable[..., Method]
    options: tuple[Field, ...]
    source: Literal["own", "pymcdm"]


_KERNELS: Mapping[str, Callable[..., Method]] = {
    "topsis": Topsis,
    "weighted_sum": WeightedSum,
    "weighted_product": WeightedProduct,
    "vikor": Vikor,
    "promethee2": Promethee2,
}

#: Every method that a study file, the command line and :func:`make_method` accept, by its name.
METHODS: Mapping[str, MethodEntry] = {
    **{name: MethodEntry(kind, fields_of(kind), "own") for name, kind in _KERNELS.items()},
    **{
        name: MethodEntry(partial(from_pymcdm, name), known.options, "pymcdm")
        for name, known in ALLOWED.items()
    },
}


@dataclass(frozen=True)
class FunctionMethod(MethodBase):
    """A bare function as a method: the defaults of :class:`MethodBase` around its scores.

    Parameters
    ----------
    function : callable
        ``(..., m, n), (..., n), (n,) -> (..., m)``, higher is better.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> def weighted(values, weights, signs):
    ...     return (values * signs * weights).sum(axis=-1)
    >>> tp.rank(matrix, [0.6, 0.4], weighted).to_frame()["alternative"].tolist()
    ['B', 'A', 'C']
    """

    function: Function

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the scores of the function, shape (..., m)."""
        return self.function(values, weights, signs)

    def __repr__(self) -> str:
        """Name the function; an address in memory would differ from run to run."""
        return str(getattr(self.function, "__qualname__", None) or repr(self.function))


@validated
def make_method(name: str, options: Mapping[str, Any] | None = None) -> Method:
    """Make a method from its name and options, as a study file or a command line gives them.

    In Python the classes say the same with types: ``Topsis("reference")``.

    Parameters
    ----------
    name : str
        One of :data:`METHODS`.
    options : mapping of str to object, optional
        Fields of the method, for example ``{"normalization": "reference"}``;
        ``METHODS[name].options`` lists them.

    Returns
    -------
    Method

    Raises
    ------
    MethodRefusedError
        A method of pymcdm that is known to be wrong, with the reason.
    InputError
        An unknown name, or every option and value that the method does not have.

    Examples
    --------
    >>> make_method("topsis", {"normalization": "reference"})
    Topsis(normalization='reference')
    >>> make_method("waspas", {"l": 0.5})
    PymcdmMethod(name='waspas', options={'l': 0.5})
    """
    if name in REFUSED:
        return from_pymcdm(name)
    if name not in METHODS:
        known, near = ", ".join(METHODS), did_you_mean(str(name), list(METHODS))
        if near:
            raise InputError(
                text(
                    "unknown ranking method {name!r}; known: {known}; {proposal}",
                    name=str(name),
                    known=known,
                    proposal=near,
                )
            )
        raise InputError(text("unknown ranking method {name!r}; known: {known}", name=str(name), known=known))
    problems = method_problems(name, options)
    if problems:
        raise InputError(text("the ranking method {name} cannot be made", name=name), problems)
    return METHODS[name].make(**(options or {}))


def option_fields(name: str) -> tuple[Field, ...]:
    """Return the options of a method as fields of a file; none of a name that is unknown.

    Examples
    --------
    >>> [field.name for field in option_fields("vikor")], [field.name for field in option_fields("waspas")]
    (['v'], ['l'])
    """
    return METHODS[name].options if name in METHODS else ()


def method_problems(name: str, options: Mapping[str, Any] | None = None) -> list[Problem]:
    """Return what is wrong with the name of a method and its options; empty when it can be made.

    Examples
    --------
    >>> [str(problem) for problem in method_problems("weighted_sum", {"tpo": 3})]
    ["method 'weighted_sum'; found no option 'tpo'; allowed: normalization"]
    """
    place = text("method")
    if name in REFUSED:
        why = text("{method} of pymcdm is refused: {reason}", method=name, reason=REFUSED[name])
        return [Problem("", "", place, "", why, ", ".join(METHODS))]
    if name not in METHODS:
        return [word_problem(place, name, list(METHODS))]
    given = options or {}
    problems = options_problems(name, given, METHODS[name].options)
    return [*problems, *(preference_problems(given["preferences"]) if "preferences" in given else ())]


def resolve_method(method: MethodLike) -> Method:
    """Return the method that an object, a name, a function or None stands for.

    Raises
    ------
    InputError
        Nothing that can rank: an unknown name, a class in place of an object, an object with only some
        of the members that are looked for.
    """
    if method is None:
        return Topsis()
    if isinstance(method, str):
        return make_method(method)
    allowed = text("a method object, a name of METHODS, or a function (values, weights, signs)")
    if isinstance(method, type):
        raise InputError.argument(
            "method",
            found=text("the class {name}", name=method.__name__),
            allowed=allowed,
            proposal=text("write {name}() with its brackets", name=method.__name__),
        )
    if not callable(method):
        raise InputError.argument("method", found=method, allowed=allowed)
    if isinstance(method, RawValues):
        return replace(method, method=resolve_method(method.method))
    if isinstance(method, MethodBase):
        return method
    return _adapted(method)


#: What is looked for besides the call; a stranger has all of it or none.
_MEMBERS = tuple(name for name in vars(MethodBase) if not name.startswith("_"))


def _adapted(method: Any) -> Method:
    there = [name for name in _MEMBERS if hasattr(method, name)]
    if not there:
        return FunctionMethod(_with_three_arguments(method))
    missing = tuple(name for name in _MEMBERS if name not in there)
    if not missing:
        whole: Method = method
        return whole
    raise InputError.argument(
        "method",
        found=text("{method} without {missing}", method=repr(method), missing=missing),
        allowed=text("all members of techprio.ranking.Method, or a bare function"),
        proposal=text("inherit from techprio.ranking.MethodBase, which has the defaults"),
    )


def _with_three_arguments(function: Function) -> Function:
    try:
        inspect.signature(function).bind(None, None, None)
    except TypeError as error:
        allowed = text("a function (values, weights, signs)")
        raise InputError.argument(
            "method", found=text("{method}: {why}", method=repr(function), why=str(error)), allowed=allowed
        ) from error
    except ValueError:  # a function of a compiled library states no arguments
        pass
    return function


def bind(method: MethodLike, matrix: DecisionMatrix) -> Method:
    """Make a method ready for a matrix, on the worth of its criteria, and check that it can be used on it.

    Raises
    ------
    InputError
        No method, or values that it cannot take, named by alternative and criterion.
    """
    chosen = resolve_method(method)
    ready = on_worth(chosen, matrix).bind(matrix)
    problems = ready.problems(matrix)
    if problems:
        raise InputError(text("{method} cannot be used on this matrix", method=repr(chosen)), problems)
    return ready
