"""What ranking methods share: options that are declared and checked, and the weighted sum over criteria."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from techprio.errors import InputError, Problem, did_you_mean, in_python
from techprio.language import Text, text
from techprio.model.checks import is_number
from techprio.model.fields import Field, fields_of


def normalization_field(allowed: tuple[str, ...]) -> Field:
    """Declare the normalization of a method for the files of a study."""
    about = (
        "reference: theo thang cố định của tiêu chí, thêm bớt công nghệ không đổi điểm",
        "reference: on the fixed scales of the criteria, no candidate moves a score",
    )
    return Field("Cách quy về thang chung", "Normalization", about, choices=allowed)


def option_problems(option: Field, value: object) -> list[Problem]:
    """Return what is wrong with the value of an option: no choice of its own, or off its limits.

    Examples
    --------
    >>> from techprio.ranking.vikor import Vikor
    >>> [str(problem) for problem in option_problems(fields_of(Vikor)[0], 2)]
    ['option v; found 2; allowed: a number from 0 to 1']
    """
    place = text("option {name}", name=option.name)
    if option.choices:
        return (
            []
            if isinstance(value, str) and value in option.choices
            else [word_problem(place, value, option.choices)]
        )
    if option.kind != "number":
        return []
    least = -np.inf if option.least is None else option.least
    most = np.inf if option.most is None else option.most
    if is_number(value) and least <= value <= most:
        return []
    allowed = text("a number from {least} to {most}", least=least, most=most)
    return [Problem("", "", place, "", repr(value), allowed)]


def options_problems(method: str, given: Mapping[str, object], known: Sequence[Field]) -> list[Problem]:
    """Return every option that a method does not have, and every value that it does not take."""
    declared = {option.name: option for option in known}
    found: list[Problem] = []
    for name, value in given.items():
        if name in declared:
            found += option_problems(declared[name], value)
            continue
        place = text("method {method!r}", method=method)
        allowed = ", ".join(declared) if declared else text("none: the method has no options")
        wrong = text("no option {option!r}", option=str(name))
        found.append(Problem("", "", place, "", wrong, allowed, did_you_mean(str(name), list(declared))))
    return found


def check_options(method: object) -> None:
    """Refuse a method whose own fields hold what their declarations do not allow.

    Raises
    ------
    InputError
        Every wrong field at once.
    """
    kind: type = type(method)
    problems = [
        problem
        for option in fields_of(kind)
        for problem in option_problems(option, getattr(method, option.attribute))
    ]
    if problems:
        raise InputError(text("the ranking method {name} cannot be made", name=kind.__name__), problems)


def word_problem(place: Text, word: object, words: Sequence[str]) -> Problem:
    """Return the problem of a word that is none of the allowed ones."""
    near = did_you_mean(word, words) if isinstance(word, str) else ""
    return Problem("", "", place, "", in_python(word), ", ".join(words), near)


Array = NDArray[np.float64]
#: Multiply-adds of one matrix product; above it BLAS libraries wake their threads, which is slower
#: than the product itself on a busy machine.
PRODUCT_LIMIT = 250_000


def weigh(parts: Array, weights: Array) -> Array:
    """Sum parts times weights over the criteria.

    Parameters
    ----------
    parts : array, shape (..., m, n)
    weights : array, shape (..., n)

    Returns
    -------
    array, shape (..., m)

    Examples
    --------
    >>> weigh(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.5, 0.5], [1.0, 0.0]])).tolist()
    [[1.5, 3.5], [1.0, 3.0]]
    """
    if parts.ndim > 2 or weights.ndim == 1:
        product: Array = (parts * weights[..., None, :]).sum(axis=-1)
        return product
    return weigher(parts)(weights)


def weigher(parts: Array, *, reuse: bool = False) -> Callable[[Array], Array]:
    """Return :func:`weigh` of the parts of one matrix, shape (m, n), for many weights.

    With ``reuse`` a result stands in the memory of the one before where that has the room: new memory takes
    longer than the sums.
    """
    rows = max(1, PRODUCT_LIMIT // max(parts.size, 1))
    columns = np.ascontiguousarray(parts.T)
    memory = np.empty((0, len(parts)))

    def weighed(weights: Array) -> Array:
        if weights.ndim == 1:
            return np.asarray((parts * weights).sum(axis=-1), dtype=np.float64)
        many = weights.reshape(-1, weights.shape[-1])
        nonlocal memory
        if not reuse or len(memory) < len(many):
            memory = np.empty((len(many), len(parts)))
        out = memory[: len(many)]
        for start in range(0, len(many), rows):
            np.matmul(many[start : start + rows], columns, out=out[start : start + rows])
        return out.reshape(*weights.shape[:-1], parts.shape[0])

    return weighed
